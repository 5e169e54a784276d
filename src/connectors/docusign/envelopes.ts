/** Envelopes: a lease or a payment plan goes out for signature once; it is sent again, or voided with a reason. */
import { bodyOf } from '../../http/body';
import { utcSeconds } from '../../http/encode';
import { fail, faultOf } from '../../http/faults';
import { Json } from '../../http/json';
import type { HttpReply } from '../../ports';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { DAY_MS } from '../seen';
import { refOf } from '../told';
import { withPage } from '../wishes';
import { pageOf, read, write } from './api';
import { filledTemplate } from './templates';

/** The envelope's own field by which it is known as ours. */
export const MARK = 'rentLedger';

/** DocuSign keeps numbers of ours for seven days; a field of the envelope is there for good. */
const SEARCHED_MS = 60 * DAY_MS;
const SUBJECT_LENGTH = 100;
const REASON_LENGTH = 200;
const BLURB_LENGTH = 2000;
/** DocuSign reminds by itself, every third day, and gives up after a month. */
const NOTICES = {
  useAccountDefaults: 'false',
  reminders: { reminderEnabled: 'true', reminderDelay: '3', reminderFrequency: '3' },
  expirations: { expireEnabled: 'true', expireAfter: '30', expireWarn: '3' },
};

type Chosen = 'DOCUSIGN_LEASE_TEMPLATE' | 'DOCUSIGN_PLAN_TEMPLATE';

const cut = (text: string, length: number): string => [...text].slice(0, length).join('');
const idOf = (ref: string): string => ref.split(' ', 1)[0] ?? '';

/** Payload: a LeaseOffer with terms. */
const envelope = (chosen: Chosen, title: string): Effect => ({
  once: 'lookup',
  followed: true,
  *run(context) {
    const { account, payload, attempt } = context;
    const ref = refOf(context.key);
    const before = attempt > 1 ? yield* sentBefore(context, ref) : undefined;
    if (before !== undefined) return withPage(before, pageOf(account, before));
    const filled = yield* filledTemplate(account, account[chosen] ?? '', payload);
    const body = { ...filled, ...wordsOf(payload, title), status: 'sent', ...numbered(ref), notification: NOTICES };
    const made = bodyOf(yield* asked(write('POST', account, '/envelopes', body)), 'envelope').str('envelopeId');
    return withPage(made, pageOf(account, made));
  },
  link: (ref) => ({ kind: 'document', externalId: idOf(ref) }),
});

const numbered = (ref: string) => ({
  transactionId: ref,
  customFields: { textCustomFields: [{ name: MARK, value: ref, show: 'false', required: 'false' }] },
});

function wordsOf(payload: EffectContext['payload'], title: string): object {
  const offer = new Json(payload, 'payload');
  const place = `${offer.str('property')} ${offer.opt('unit') ?? ''}`.trim();
  const note = offer.opt('note');
  return {
    emailSubject: cut(`${title}: ${place}`, SUBJECT_LENGTH),
    ...(note ? { emailBlurb: cut(note, BLURB_LENGTH) } : {}),
  };
}

/** An envelope of an earlier try whose answer was lost. */
function* sentBefore({ account, now }: EffectContext, ref: string): Flow<string | undefined> {
  const searches = [
    { transaction_ids: ref },
    { from_date: utcSeconds(now - SEARCHED_MS), custom_field: `${MARK}=${ref}` },
  ];
  for (const search of searches) {
    const found = bodyOf(yield* asked(read(account, '/envelopes', search)), 'envelopes');
    const [first] = [...found.items('envelopes'), ...found.items('envelopeTransactionStatuses')];
    if (first) return first.str('envelopeId');
  }
  return undefined;
}

export const lease: Effect = envelope('DOCUSIGN_LEASE_TEMPLATE', 'Lease');
export const plan: Effect = envelope('DOCUSIGN_PLAN_TEMPLATE', 'Payment plan');

/** The envelope that the payload or an earlier effect names. */
function pathIn({ payload, after }: EffectContext): string {
  const wish = new Json(payload, 'payload');
  const id = idOf(after ?? wish.str('document'));
  return /^[\da-f-]{36}$/i.test(id) ? `/envelopes/${id}` : wish.at('document').wrong('an envelope');
}

/**
 * What was done to an envelope is not the envelope: under a name of its own it takes no news of it, so that each is told once.
 */
const doneTo = (what: 'resent' | 'voided', reply: HttpReply): string =>
  `${what}:${bodyOf(reply, 'envelope').str('envelopeId')}`;

/** The invitation goes out again. Nothing at DocuSign tells whether it did, so after a lost answer a person decides. */
export const resend: Effect = {
  once: 'ask',
  *run(context) {
    const path = `${pathIn(context)}?resend_envelope=true`;
    return doneTo('resent', yield* asked(write('PUT', context.account, path, {})));
  },
};

/** Payload: `document`, and the reason as `note`. What is voided already stays so. */
export const end: Effect = {
  once: 'natural-id',
  *run(context) {
    const { account, payload } = context;
    const reason = new Json(payload, 'payload').opt('note')?.trim();
    if (!reason) return fail('rejected', 'DocuSign voids nothing without a reason, which the resident is told.');
    const path = pathIn(context);
    const body = { status: 'voided', voidedReason: cut(reason, REASON_LENGTH) };
    try {
      return doneTo('voided', yield* asked(write('PUT', account, path, body)));
    } catch (error) {
      if (faultOf(error).code !== 'ENVELOPE_CANNOT_VOID_INVALID_STATE') throw error;
    }
    return yield* voidedAlready(account, path);
  },
  unlink: (ref) => ref.replace('voided:', ''),
};

function* voidedAlready(account: Account, path: string): Flow<string> {
  const reply = yield* asked(read(account, path));
  const status = bodyOf(reply, 'envelope').str('status');
  if (status === 'voided') return doneTo('voided', reply);
  return fail('rejected', `The envelope is ${status} at DocuSign, so it cannot be voided.`);
}
