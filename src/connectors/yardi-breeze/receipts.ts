/**
 * Receipts of Voyager: those that were applied in some days, and those that wait as prepayments. The feed goes property by property,
 * and looks back two months at every read, for a receipt that is reversed or applied later shows under that day.
 */
import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import { addDays, localDay, parseDay } from '../../domain/calendar';
import { negate } from '../../domain/money';
import { type Day, key, zone } from '../../domain/values';
import { fault } from '../../http/faults';
import { maskMemo } from '../../http/redact';
import type { Account, FeedPage, FeedState, Flow, Lost, PullContext } from '../connector';
import { joined, named, noonOf, readRows } from '../seen';
import { ourNumber } from '../wishes';
import { aboutRow, currencyOf, customersOf, detailsIn, lineIn, propertiesOf, type VoyagerLine } from './rows';

const UTC = zone('Etc/UTC');
const LOOK_BACK_DAYS = 60;
const STEP_DAYS = 30;
export const EVERY_MINUTES = 60;

interface Read {
  readonly lines: readonly VoyagerLine[];
  readonly faults: readonly Lost[];
}

/** Each receipt once. What waits as a prepayment is asked for without days. */
export function* receiptsOf(
  account: Account,
  property: string,
  window: { readonly FromDate?: Day; readonly ToDate?: Day },
): Flow<Read> {
  const applied = yield* customersOf(account, 'GetResidentTransactions_ByApplicationDate_Login', property, window);
  const waiting = yield* customersOf(account, 'GetResidentPrepays_Login', property);
  const rows = [...detailsIn(applied, 'Payment'), ...detailsIn(waiting, 'Payment')];
  const { found, faults } = readRows(rows, aboutRow, (row) => lineIn(row, account));
  return { lines: [...new Map(found.map((line) => [line.id, line])).values()], faults };
}

/** Flat and JSON-ready. */
type Place = {
  /** Codes of all properties, parted by blanks, and which of them is next. */
  readonly codes: string;
  readonly at: number;
  /** The first day of the next window, and that with which each property begins. */
  readonly from: string;
  readonly start: string;
};

const isPlace = (state: FeedState | undefined): state is Place =>
  typeof state?.codes === 'string' && Number.isInteger(state.at) && parseDay(String(state.start)) !== undefined;

export function* pull(state: FeedState | undefined, { account, since, now }: PullContext): Flow<FeedPage> {
  // A day more at both ends: the days of the books are not those of UTC.
  const first = addDays(localDay(since, UTC), -1);
  const last = addDays(localDay(now, UTC), 1);
  const known: Place = isPlace(state) ? state : { codes: '', at: 0, from: first, start: first };
  const place = known.at === 0 && known.from === known.start ? yield* beginning(account, known) : known;
  const code = place.codes.split(' ')[place.at];
  if (!code) return { payments: [], faults: [], state: over(place, first, last), more: false };
  const from = later(first, parseDay(place.from) ?? first);
  const end = earlier(addDays(from, LOOK_BACK_DAYS), last);
  const read = yield* receiptsOf(account, code, { FromDate: from, ToDate: end });
  const { payments, faults } = paymentsIn(account, read.lines);
  const seen = payments.filter(({ initiatedAt }) => initiatedAt >= since);
  const next = further(place, from, end < last);
  const isOver = next.at >= place.codes.split(' ').length;
  return {
    payments: seen,
    faults: [...read.faults, ...faults],
    state: isOver ? over(place, first, last) : next,
    more: !isOver,
  };
}

/** The list of properties is read anew with every round. */
function* beginning(account: Account, place: Place): Flow<Place> {
  const codes = (yield* propertiesOf(account)).map(({ code }) => code).join(' ');
  return { ...place, codes };
}

const further = (place: Place, from: Day, isMore: boolean): Place =>
  isMore ? { ...place, from: addDays(from, STEP_DAYS) } : { ...place, at: place.at + 1, from: place.start };

function over(place: Place, first: Day, last: Day): Place {
  const start = later(first, addDays(last, -LOOK_BACK_DAYS));
  return { ...place, at: 0, from: start, start };
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** What we imported ourselves comes from the ledger. A reversal has the number, the tenant and the amount of what it takes back. */
function paymentsIn(account: Account, all: readonly VoyagerLine[]): Pick<FeedPage, 'payments' | 'faults'> {
  const lines = all.filter(({ document }) => ourNumber(document) === undefined);
  const isBack = (line: VoyagerLine) => line.isReversal || line.amountCents < 0;
  const given = lines.filter((line) => !isBack(line));
  const backs = new Map<string, VoyagerLine>();
  const faults: Lost[] = [];
  for (const back of lines.filter(isBack)) {
    const amount = back.amountCents < 0 ? negate(back.amountCents) : back.amountCents;
    const first = given.find(
      (line) =>
        !backs.has(line.id) &&
        line.customer === back.customer &&
        line.document === back.document &&
        line.amountCents === amount,
    );
    if (first) backs.set(first.id, back);
    else
      faults.push({
        about: back.id,
        fault: fault(
          'malformed',
          `Receipt ${back.id} of ${back.customer} takes back one that is not listed: look in Voyager, and enter here what it means.`,
        ),
      });
  }
  return { payments: given.map((line) => paymentOf(account, line, backs.get(line.id))), faults };
}

function paymentOf(account: Account, line: VoyagerLine, back: VoyagerLine | undefined): PaymentSeen {
  const { id, amountCents, day, customer, type, document, comment } = line;
  return {
    ...named('yardi-breeze', id),
    amountCents,
    currency: currencyOf(account),
    state: 'settled',
    initiatedAt: noonOf(day),
    settledAt: noonOf(day),
    customer,
    memo: maskMemo(joined([type, document, comment], ', ')) || undefined,
    reversals: back ? [reversalOf(line, back)] : [],
  };
}

/** Whether a bank returned it, for which a fee could be due, stands in the words of the staff. */
function reversalOf({ id, amountCents }: VoyagerLine, { day, comment }: VoyagerLine): PaymentReversal {
  return {
    key: key(`yardi-breeze:${id}:back`),
    reason: /\bNSF\b|\breturned\b|insufficient/i.test(comment ?? '') ? 'returned' : 'refunded',
    state: 'final',
    amountCents,
    at: noonOf(day),
    detail: comment ?? 'reversed in Voyager',
  };
}
