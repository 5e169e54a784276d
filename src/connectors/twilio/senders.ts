/** Who texts: a number of the account, or a messaging service with a pool of them. */
import { e164 } from '../../domain/phone';
import { bodyOf } from '../../http/body';
import { getFrom } from '../../http/encode';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import { type Account, type AccountSeen, asked, askedAll, type Choice, type Flow } from '../connector';
import { accountOf, listed, listPage, MESSAGING, messages } from './api';

const SERVICE_SID = /^MG[0-9a-f]{32}$/i;
const MAX_PAGES = 20;

export type Sender =
  | { readonly kind: 'service'; readonly sid: string }
  | { readonly kind: 'number'; readonly number: string };

/** Undefined where the owner has not chosen one. */
export function senderOf({ TWILIO_SENDER: entered = '' }: Account): Sender | undefined {
  const text = entered.trim();
  if (text === '') return undefined;
  if (SERVICE_SID.test(text)) return { kind: 'service', sid: text };
  const found = e164(text);
  if ('number' in found) return { kind: 'number', number: found.number };
  return fail(
    'rejected',
    `"${text}" is neither a phone number of Twilio nor a messaging service, which begins with MG.`,
  );
}

/** The sender; without one nothing can leave. */
export function chosenSender(account: Account): Sender {
  const chosen = senderOf(account);
  return chosen ?? fail('rejected', 'No sender is chosen for Twilio. Choose a number or a messaging service.');
}

export const isService = (account: Account): boolean => SERVICE_SID.test((account.TWILIO_SENDER ?? '').trim());

// ---------------------------------------------------------------- services and their numbers

const SERVICES = '/v1/Services';
const numbersPath = (sid: string): string => `${SERVICES}/${sid}/PhoneNumbers`;

const serviceRequest = (sid: string) => getFrom(`${MESSAGING}${SERVICES}/${sid}`);

function* numbersOf(sid: string): Flow<readonly string[]> {
  const rows = yield* everyPage<Json, string>(
    (next) => listed(numbersPath(sid), next),
    (reply) => listPage(reply, 'phone_numbers'),
    MAX_PAGES,
  );
  return rows.map((row) => row.str('phone_number'));
}

/** The numbers to which residents answer. A pool changes, so it is asked for each time. */
export function* ownNumbers(account: Account): Flow<readonly string[]> {
  const sender = senderOf(account);
  if (!sender) return [];
  return sender.kind === 'number' ? [sender.number] : yield* numbersOf(sender.sid);
}

/** Carriers of the United States deliver nothing of a number without a campaign. */
const UNREGISTERED = 'no US campaign is registered for it';

/** All messaging services and the numbers in their pools. A number that is in no pool has to be typed. */
export function* senders(): Flow<readonly Choice[]> {
  const services = yield* everyPage<Json, string>(
    (next) => listed(SERVICES, next),
    (reply) => listPage(reply, 'services'),
    MAX_PAGES,
  );
  const choices: Choice[] = [];
  for (const service of services) {
    const sid = service.str('sid');
    const name = service.opt('friendly_name') ?? sid;
    const numbers = yield* numbersOf(sid);
    const note = noteOf(service, numbers);
    choices.push({ id: sid, name, ...(note ? { note } : {}) });
    choices.push(...numbers.map((number) => ({ id: number, name: number, note: `in the pool of ${name}` })));
  }
  return choices;
}

function noteOf(service: Json, numbers: readonly string[]): string | undefined {
  if (numbers.length === 0) return 'it has no number';
  return isRegistered(service) ? undefined : UNREGISTERED;
}

const isRegistered = (service: Json): boolean =>
  !service.has('us_app_to_person_registered') || service.bool('us_app_to_person_registered');

// ---------------------------------------------------------------- the test call

const STATUSES = { active: true, suspended: false, closed: false } as const;
const MODES = { Full: 'live', Trial: 'sandbox' } as const;

/** A standard API key opens everything but the account itself, so with a key the messages are asked for instead. */
export function* test(account: Account): Flow<AccountSeen> {
  const usesKey = (account.TWILIO_KEY_SID ?? '') !== '';
  const sender = senderOf(account);
  const first = usesKey ? messages(account, {}, undefined, 1) : accountOf(account);
  const [told, service] =
    sender?.kind === 'service' ? yield* askedAll(first, serviceRequest(sender.sid)) : [yield* asked(first), undefined];
  const owner = usesKey ? undefined : ownerIn(bodyOf(told, 'account'));
  const name = owner?.name ?? `Twilio account ${(account.TWILIO_ACCOUNT_SID ?? '').slice(-4)}`;
  const from = sender ? `, ${yield* senderName(sender, service && bodyOf(service, 'service'))}` : '';
  return { name: `${name}${from}`, mode: owner?.mode ?? 'live' };
}

function ownerIn(body: Json): Pick<AccountSeen, 'name' | 'mode'> {
  if (!body.oneOf('status', STATUSES)) return fail('rejected', `This Twilio account is ${body.str('status')}.`);
  return { name: body.opt('friendly_name') ?? body.str('sid'), mode: body.oneOf('type', MODES) };
}

function* senderName(sender: Sender, service: Json | undefined): Flow<string> {
  if (sender.kind === 'number' || !service) return sender.kind === 'number' ? sender.number : sender.sid;
  const name = service.opt('friendly_name') ?? sender.sid;
  const numbers = yield* numbersOf(sender.sid);
  if (numbers.length === 0)
    return fail('rejected', `The messaging service "${name}" has no number. Add one in the console of Twilio.`);
  return isRegistered(service) ? name : `${name} (${UNREGISTERED})`;
}
