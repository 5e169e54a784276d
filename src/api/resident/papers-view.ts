/** Statement, rent summary and receipt of one lease. A statement and a summary need the journal from their first day to now. */
import { digestOf } from '../../domain/audit';
import { type Entry, effectCents, type Item, type LeaseState, type ReceiptRow } from '../../domain/book';
import { monthKey, yearOf } from '../../domain/calendar';
import { itemsOf } from '../../domain/ledger';
import { cents, minus, negate, sum, ZERO } from '../../domain/money';
import type { Cents, Day, Key } from '../../domain/values';
import { headOf, type Told } from './head-view';
import type { OneLease } from './lease';
import { dayOf, ledgerLines, sinceOf, sourceOf } from './ledger-view';
import type { ReceiptView, StatementView, YearView } from './papers';
import type { DocumentsView } from './view';

/** Taking back a credit; every other reversal takes back a payment. */
const CREDIT_UNDONE: readonly string[] = ['undone', 'waiver undone', 'adjustment undone'];

const isOfCredit = (entry: Entry): boolean =>
  entry.kind === 'credit' || (entry.kind === 'reversal' && CREDIT_UNDONE.includes(entry.reason));
const isOfMoney = (entry: Entry): boolean =>
  entry.kind === 'receipt' ||
  entry.kind === 'reinstatement' ||
  (entry.kind === 'reversal' && !CREDIT_UNDONE.includes(entry.reason));

interface Totals {
  readonly chargedCents: Cents;
  readonly creditedCents: Cents;
  readonly paidCents: Cents;
}

function totalsOf(entries: readonly Entry[]): Totals {
  const effect = (of: (entry: Entry) => boolean) => sum(entries.filter(of).map(effectCents));
  return {
    chargedCents: effect((entry) => entry.kind === 'charge'),
    creditedCents: negate(effect(isOfCredit)),
    paidCents: negate(effect(isOfMoney)),
  };
}

/** Both days belong to it. A first day after the last one, or days beyond the books, come to what the books can tell. */
export function statementView(
  one: OneLease,
  told: Told,
  asked: { readonly from: Day; readonly until: Day },
): StatementView {
  const { account, entries } = one;
  const since = sinceOf(one);
  const until = within(asked.until, since, account.today);
  const from = within(asked.from, since, until);
  const later = sum(entries.filter((entry) => entry.day > until).map(effectCents));
  const closingCents = minus(account.state.balanceCents, later);
  const inside = entries.filter((entry) => entry.day >= from && entry.day <= until);
  return {
    ...headOf(one, told),
    from,
    until,
    openingCents: minus(closingCents, sum(inside.map(effectCents))),
    lines: ledgerLines(one).filter((line) => line.day >= from && line.day <= until),
    ...totalsOf(inside),
    closingCents,
    documents: { since },
  };
}

const within = (day: Day, first: Day, last: Day): Day => (day < first ? first : day > last ? last : day);

export function yearView(one: OneLease, told: Told, year: number): YearView {
  const inside = one.entries.filter((entry) => yearOf(entry.day) === year);
  const months = [...Array(12).keys()]
    .map((index) => `${year}-${String(index + 1).padStart(2, '0')}`)
    .filter((month) => month <= monthKey(one.account.today));
  const totals = totalsOf(inside);
  const paidFor = paidForOf(one.entries, inside);
  return {
    ...headOf(one, told),
    year,
    months: months.map((month) => ({ month, ...totalsOf(inside.filter(({ day }) => monthKey(day) === month)) })),
    ...totals,
    paidFor,
    aheadCents: minus(totals.paidCents, sum(paidFor.map((each) => each.amountCents))),
  };
}

/** What money was put on, in these entries; what was taken off again counts against it. Credits are no money. */
function paidForOf(all: readonly Entry[], inside: readonly Entry[]): YearView['paidFor'] {
  const credits = new Set(all.filter((entry) => entry.kind === 'credit').map((entry) => entry.key));
  const types = new Map<string, number>();
  for (const entry of inside) {
    if (!('items' in entry) || isOfCredit(entry)) continue;
    if (entry.kind === 'allocation' && credits.has(entry.receipt)) continue;
    const sign = entry.kind === 'reversal' ? -1 : 1;
    for (const item of entry.items) types.set(item.type, (types.get(item.type) ?? 0) + sign * item.amountCents);
  }
  return [...types]
    .filter(([, amount]) => amount !== 0)
    .map(([type, amount]) => ({ type, amountCents: cents(amount) }))
    .sort((a, b) => b.amountCents - a.amountCents);
}

/** What an address bears instead of a receipt's key, which may name the lease. */
export const receiptName = (receipt: Key): string => digestOf(receipt).slice(0, 24);

/** Money that came, whatever became of it since. */
const RECEIVED: readonly ReceiptRow['state'][] = [
  'settled',
  'returned',
  'disputed',
  'dispute won',
  'dispute lost',
  'refunded',
  'partly refunded',
];
const RECEIPTS_MAX = 24;

export function documentsOf(one: OneLease): DocumentsView {
  const { account, receipts } = one;
  const since = sinceOf(one);
  const thisYear = yearOf(account.today);
  const years = [...Array(thisYear - yearOf(since) + 1).keys()].map((back) => thisYear - back);
  const received = receipts.filter((row) => RECEIVED.includes(row.state)).slice(0, RECEIPTS_MAX);
  return {
    since,
    years,
    receipts: received.map((row) => ({
      name: receiptName(row.key),
      on: dayOf(row.initiatedAt, account),
      amountCents: row.amountCents,
    })),
  };
}

/** Undefined where this lease has no such receipt. */
export function receiptView(one: OneLease, told: Told, name: string): ReceiptView | undefined {
  const { account, receipts } = one;
  const row = receipts.find((each) => receiptName(each.key) === name && RECEIVED.includes(each.state));
  if (!row) return undefined;
  const { state } = account;
  const unspent = state.unspent.find((each) => each.source === row.key);
  return {
    ...headOf(one, told),
    name,
    on: dayOf(row.initiatedAt, account),
    amountCents: row.amountCents,
    state: row.state,
    source: sourceOf(row),
    reference: row.externalId,
    payer: row.payer,
    paidFor: itemsNow(state, row).map(({ type, due, amountCents }) => ({ type, due, amountCents })),
    reversedCents: row.reversedCents,
    aheadCents: unspent?.leftCents ?? ZERO,
    balanceCents: account.state.balanceCents,
  };
}

/** Where its money lies: as the state knows, and for paid charges that it has forgotten as the row remembers. */
function itemsNow(state: LeaseState, row: ReceiptRow): readonly Item[] {
  const known = new Set(state.charges.map((charge) => charge.key));
  return [...row.items.filter((item) => !known.has(item.charge)), ...itemsOf(state, row.key)];
}
