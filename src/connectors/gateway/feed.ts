/**
 * The receipts feed of a gateway. It can be asked by day only, and what is entered or taken back later shows in a line of an older
 * day: every read looks back two months, and the first one walks there from the beginning of the books, a month at a time.
 */
import type { PaymentReversal, PaymentSeen, PaymentState } from '../../domain/book';
import { addDays, localDay, parseDay } from '../../domain/calendar';
import { type Day, key, zone } from '../../domain/values';
import { fault } from '../../http/faults';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import type { Fault } from '../../http/types';
import type { FeedPage, FeedState, Flow, Lost, PullContext, ReceiptFeed } from '../connector';
import { joined, named, noonOf, readRows } from '../seen';
import { ourNumber } from '../wishes';
import { aboutRow, type Line, type LineState, lineIn, rowsOf } from './lines';
import type { Profile } from './profile';

const UTC = zone('Etc/UTC');
const LOOK_BACK_DAYS = 60;
const STEP_DAYS = 30;
/** Two months are many pages. */
const EVERY_MINUTES = 60;

export const receiptsOf = (profileOf: (context: PullContext) => Profile): ReceiptFeed => ({
  pull: (state, context) => pull(profileOf(context), state, context),
  everyMinutes: () => EVERY_MINUTES,
});

function* pull(profile: Profile, state: FeedState | undefined, { since, now }: PullContext): Flow<FeedPage> {
  // A day more at both ends: the days of the books are not those of UTC.
  const first = addDays(localDay(since, UTC), -1);
  const last = addDays(localDay(now, UTC), 1);
  const from = later(first, parseDay(String(state?.from ?? '')) ?? first);
  const end = profile.ask.to ? earlier(addDays(from, LOOK_BACK_DAYS), last) : last;
  const { payments, faults } = readReceipts(profile, yield* rowsOf(profile, 'payment', { from, to: end }));
  const isOver = end >= last;
  const next = isOver ? addDays(last, -LOOK_BACK_DAYS) : addDays(from, STEP_DAYS);
  const seen = payments.filter(({ initiatedAt }) => initiatedAt >= since);
  return { payments: seen, faults, state: { from: later(first, next) }, more: !isOver };
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** What we posted there ourselves comes from the ledger, and is no payment. */
function readReceipts(profile: Profile, rows: readonly Json[]): Pick<FeedPage, 'payments' | 'faults'> {
  const about = (row: Json) => aboutRow(row, profile.answer.id);
  const { found, faults } = readRows(rows, about, (row) => lineIn(profile, 'payment', row));
  const lines = found.filter(({ reference }) => ourNumber(reference) === undefined);
  const byId = new Map(lines.map((line) => [line.id, line]));
  const backs = new Map<string, Line>();
  const lost: Lost[] = [];
  for (const line of lines) {
    if (line.amountCents >= 0 && line.reverses === undefined) continue;
    if (line.reverses !== undefined && byId.has(line.reverses)) backs.set(line.reverses, line);
    else lost.push({ about: line.id, fault: unclear(line) });
  }
  const payments = lines.filter((line) => line.amountCents > 0 && line.reverses === undefined);
  return {
    payments: payments.map((line) => paymentOf(profile, line, backs.get(line.id))),
    faults: [...faults, ...lost],
  };
}

function unclear({ id, reverses }: Line): Fault {
  const what = reverses
    ? `takes back ${reverses}, which is not listed any more`
    : 'is below nothing and names no payment';
  return fault('malformed', `Line ${id} ${what}: look there, and enter here what it means.`);
}

const STATES: Readonly<Record<LineState, PaymentState>> = {
  settled: 'settled',
  pending: 'pending',
  returned: 'settled',
  reversed: 'settled',
};
/** Why staff took a payment back stands in their own words, if anywhere. */
const BOUNCED = /\bNSF\b|\breturned\b|\bbounced\b|insufficient/i;

function paymentOf({ id: source, currency }: Profile, line: Line, back: Line | undefined): PaymentSeen {
  const { id, amountCents, day, customer, reference, method, text } = line;
  const state = STATES[line.state];
  const isBack = back !== undefined || line.state === 'returned' || line.state === 'reversed';
  const isBounced = line.state === 'returned' || BOUNCED.test(back?.text ?? '');
  const reversal: PaymentReversal = {
    key: key(`${source}:${id}:back`),
    reason: isBounced ? 'returned' : 'refunded',
    state: 'final',
    amountCents,
    at: noonOf(back?.day ?? day),
    detail: back?.text ?? 'taken back there',
  };
  return {
    ...named(source, id),
    amountCents,
    currency,
    state,
    initiatedAt: noonOf(day),
    ...(state === 'settled' ? { settledAt: noonOf(day) } : {}),
    ...(customer === undefined ? {} : { customer }),
    memo: maskMemo(joined([method, reference, text], ', ')) || undefined,
    reversals: isBack ? [reversal] : [],
  };
}
