/** What became of the envelopes: the list of changes, read by the moment of the change and never envelope by envelope. */
import { type Instant, instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import type { Json } from '../../http/json';
import { type Account, asked, type FeedState, type Flow } from '../connector';
import type { Delivered, DeliveryContext, DeliveryFeed, DeliveryPage } from '../messages';
import { MINUTE_MS, readRows } from '../seen';
import { countIn, read } from './api';
import { MARK } from './envelopes';

/** DocuSign asks for twenty: the same envelope may be looked at once in fifteen minutes. */
const EVERY_MINUTES = 20;
const OVERLAP_MS = 15 * MINUTE_MS;
const COUNT = 100;

/** Where the next page begins: at a moment, after so many changes of that moment. */
interface Place {
  readonly from: string;
  readonly start: number;
  /** When the first page of this drain was asked for: from there, less the overlap, the next one begins. */
  readonly begun: number;
}

/** Before there is a place: from the oldest envelope that is out. */
function placeIn(state: FeedState | undefined, { now, open }: DeliveryContext): Place {
  const oldest = Math.min(now - OVERLAP_MS, ...open.map((one) => one.sentAt - OVERLAP_MS));
  return {
    from: typeof state?.from === 'string' ? state.from : iso(oldest),
    start: Number(state?.start ?? 0),
    begun: Number(state?.begun ?? now),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

const page = (account: Account, { from, start }: Place) =>
  read(account, '/envelopes', {
    from_date: from,
    from_to_status: 'changed',
    include: 'custom_fields,recipients',
    // In the order of the changes: what changes while pages are read comes again at the end, and nothing is passed over.
    order: 'asc',
    order_by: 'status_changed',
    count: COUNT,
    start_position: start,
  });

function* pull(state: FeedState | undefined, context: DeliveryContext): Flow<DeliveryPage> {
  const place = placeIn(state, context);
  const told = bodyOf(yield* asked(page(context.account, place)), 'changes');
  const rows = told.items('envelopes');
  const { found, faults } = readRows(rows.filter(isOurs), aboutOf, newsOf);
  const end = place.start + countIn(told, 'resultSetSize');
  const more = told.has('nextUri') || end < countIn(told, 'totalSetSize');
  const next = more ? after(place, rows) : { from: iso(place.begun - OVERLAP_MS), start: 0 };
  return { delivered: found.flat(), faults, more, state: { ...next } };
}

/** On from the moment of the last change; where a whole page is of one moment, on by its length. */
function after({ from, start, begun }: Place, rows: readonly Json[]): Place {
  const last = rows.at(-1);
  const moment = last ? iso(last.isoInstant('statusChangedDateTime')) : from;
  return moment > from ? { from: moment, start: 0, begun } : { from, start: start + (rows.length || COUNT), begun };
}

const aboutOf = (row: Json): string => `envelope ${row.word('envelopeId') ?? '(no id)'}`;

/** The account may be used for other things: only what bears our mark is ours. */
const isOurs = (row: Json): boolean =>
  row.items('customFields.textCustomFields').some((field) => field.word('name') === MARK);

// ---------------------------------------------------------------- one envelope

/** Every status that DocuSign documents. Those of drafts, of a correction and of processing are no news. */
const STATUSES: Readonly<Record<string, (row: Json) => Delivered | undefined>> = {
  created: () => undefined,
  correct: () => undefined,
  processing: () => undefined,
  sent: (row) => news(row, 'sent', 'sentDateTime'),
  delivered: (row) => news(row, 'opened', 'deliveredDateTime'),
  // All have signed and DocuSign is putting the documents together: `completed` follows by itself.
  signed: () => undefined,
  completed: (row) => news(row, 'signed', 'completedDateTime'),
  declined: (row) => ({ ...news(row, 'declined', 'declinedDateTime'), detail: declineIn(row) }),
  voided: (row) => ({
    ...news(row, hasExpired(row) ? 'expired' : 'voided', 'voidedDateTime'),
    detail: row.opt('voidedReason') ?? '',
  }),
  // Two statuses of old, which DocuSign still documents.
  deleted: (row) => news(row, 'voided', 'statusChangedDateTime'),
  timedout: (row) => news(row, 'expired', 'statusChangedDateTime'),
};

function newsOf(row: Json): readonly Delivered[] {
  const one = row.as(aboutOf(row));
  const told = one.oneOf('status', STATUSES)(one);
  return [...(told ? [told] : []), ...(told?.state === 'sent' || told?.state === 'opened' ? bouncedIn(one) : [])];
}

const news = (row: Json, state: Delivered['state'], moment: string): Delivered => ({
  ref: row.str('envelopeId'),
  state,
  at: row.has(moment) ? row.isoInstant(moment) : row.isoInstant('statusChangedDateTime'),
  detail: '',
});

/** Who declined, and why. */
function declineIn(row: Json): string {
  const one = row.items('recipients.signers').find((each) => each.word('status') === 'declined');
  return one ? `${one.word('name') ?? ''}: ${one.word('declinedReason') ?? ''}`.trim() : '';
}

/** DocuSign voids an envelope that has run out of time, and says so in the reason only. */
function hasExpired(row: Json): boolean {
  if (!row.has('expireDateTime') || !row.has('voidedDateTime')) return false;
  return row.isoInstant('voidedDateTime') >= row.isoInstant('expireDateTime');
}

/** A mail to a signer came back: the envelope waits for somebody who was never asked. */
const bouncedIn = (row: Json): readonly Delivered[] =>
  row
    .items('recipients.signers')
    .filter((one) => one.word('status') === 'autoresponded')
    .map((one) => ({
      address: one.str('email'),
      state: 'bounced' as const,
      at: momentOf(row),
      detail: one.word('autoRespondedReason') ?? '',
    }));

const momentOf = (row: Json): Instant => instant(row.isoInstant('statusChangedDateTime'));

export const deliveries: DeliveryFeed = {
  pull,
  // A post of DocuSign Connect is signed in a header, which a script cannot read: it only says that a look is worth while.
  byHint: (hint) => JSON.stringify(hint).includes('envelopeId'),
  everyMinutes: EVERY_MINUTES,
};
