/** The Dashboard's figures of a month: one set for each currency, from the states of the leases and nothing older. */

import { AGING_NAMES, aging } from '../../domain/aging';
import type { Lease, LeaseState, OpenCharge, Property } from '../../domain/book';
import { addDays, localDay, monthKey } from '../../domain/calendar';
import { least, minus, plus, sum, ZERO } from '../../domain/money';
import { waits } from '../../domain/receipt-row';
import { pendingCents, type Run, type RunBook, stateOf } from '../../domain/run-book';
import type { Cents, Currency, Day } from '../../domain/values';
import { chargesOfMonth, type MonthSums, NO_MONTH, withMonth } from '../month';
import { standingToday } from '../rent-roll';

export interface Figures {
  readonly currency: Currency;
  /** The other currencies of the book, whose money is not in these figures. */
  readonly left: readonly Currency[];
  readonly asOf: Day;
  /** Of what falls due this month. */
  month: MonthSums;
  /** Of what fell due last month: charged, and what of it had come by the same date. */
  lastMonth: MonthSums;
  /** Unpaid and due, of any month. */
  outstanding: Cents;
  /** Leases that are late. */
  late: number;
  processing: Cents;
  /** Unpaid on late leases, of any month. */
  lateCents: Cents;
  /** What of this month's charges is open: under way, due on late leases, and the rest. With what is paid it is all of them. */
  open: { processing: Cents; late: Cents; due: Cents };
  /** Received and not yet needed. */
  ahead: Cents;
  ages: Cents[];
  residents: number[];
  readonly received: Map<Day, Cents>;
  readonly charged: Map<Day, Cents>;
  /** Of last month's charges, by day of that month. */
  readonly receivedBefore: Map<Day, Cents>;
}

/** The currencies of the leases, that of most of them first. */
function currenciesOf(book: RunBook): readonly Currency[] {
  const counts = new Map<Currency, number>();
  for (const lease of book.leases) {
    const code = book.properties.get(lease.property)?.currency ?? book.settings.currency;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const found = [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code);
  return found.length > 0 ? found : [book.settings.currency];
}

/** What waits for a person, by kind. */
export function waitingOf(book: RunBook): {
  readonly problems: number;
  readonly payments: number;
  readonly tasks: number;
} {
  return {
    problems: book.problems.length,
    payments: book.receipts.filter(waits).length,
    tasks: book.tasks.filter((task) => task.state === 'open').length,
  };
}

const noFigures = (currency: Currency, left: readonly Currency[], asOf: Day): Figures => ({
  currency,
  left,
  asOf,
  month: NO_MONTH,
  lastMonth: NO_MONTH,
  outstanding: ZERO,
  late: 0,
  processing: ZERO,
  lateCents: ZERO,
  open: { processing: ZERO, late: ZERO, due: ZERO },
  ahead: ZERO,
  ages: AGING_NAMES.map(() => ZERO),
  residents: AGING_NAMES.map(() => 0),
  received: new Map(),
  charged: new Map(),
  receivedBefore: new Map(),
});

/** The figures of each currency, as of the run's moment on the workbook's clock; that of most leases first. */
export function allFigures(book: RunBook, run: Run): readonly Figures[] {
  const asOf = localDay(run.now, book.settings.zone);
  const codes = currenciesOf(book);
  const all = codes.map((code) =>
    noFigures(
      code,
      codes.filter((each) => each !== code),
      asOf,
    ),
  );
  const byCode = new Map(all.map((figures) => [figures.currency, figures]));
  for (const lease of book.leases) {
    const property = book.properties.get(lease.property);
    const figures = property && byCode.get(property.currency);
    if (figures) addLease(figures, book, run, lease, property);
  }
  return all;
}

/** The figures in the currency that most leases have. */
export const figuresOf = (book: RunBook, run: Run): Figures => allFigures(book, run)[0] as Figures;

const firstOf = (day: Day): Day => `${monthKey(day)}-01` as Day;
const grow = (amounts: Map<Day, Cents>, on: Day, amount: Cents) =>
  amounts.set(on, plus(amounts.get(on) ?? ZERO, amount));

function addLease(figures: Figures, book: RunBook, run: Run, lease: Lease, property: Property): void {
  const today = localDay(run.now, property.zone);
  const state = stateOf(book, lease.id);
  const standing = standingToday(book, lease, property, today);
  figures.month = withMonth(figures.month, state, today);
  for (const charge of chargesOfMonth(state, today)) {
    grow(figures.charged, charge.due, charge.totalCents);
    addCovers(figures.received, charge, firstOf(today));
  }
  addLastMonth(figures, state, today);
  figures.outstanding = plus(figures.outstanding, standing.unpaidCents);
  figures.processing = plus(figures.processing, pendingCents(book, lease.id));
  figures.ahead = plus(figures.ahead, sum(state.unspent.map((each) => each.leftCents)));
  if (standing.word === 'late') {
    figures.late++;
    figures.lateCents = plus(figures.lateCents, standing.unpaidCents);
  }
  figures.open = withOpen(figures.open, state, today, pendingCents(book, lease.id), standing.word === 'late');
  aging(state.charges, today).forEach((amount, index) => {
    figures.ages[index] = plus(figures.ages[index] ?? ZERO, amount);
    if (amount > 0) figures.residents[index] = (figures.residents[index] ?? 0) + 1;
  });
}

/** Money under way stands for what fell due first. */
function withOpen(
  open: Figures['open'],
  state: LeaseState,
  today: Day,
  pending: Cents,
  isLate: boolean,
): Figures['open'] {
  const charges = [...chargesOfMonth(state, today)].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  let [left, { processing, late, due }] = [pending, open];
  for (const charge of charges) {
    const covered = least(left, charge.openCents);
    const rest = minus(charge.openCents, covered);
    left = minus(left, covered);
    processing = plus(processing, covered);
    if (isLate && charge.due <= today) late = plus(late, rest);
    else due = plus(due, rest);
  }
  return { processing, late, due };
}

/** Money that came before the month counts on its first day. */
function addCovers(into: Map<Day, Cents>, charge: OpenCharge, first: Day): void {
  for (const cover of charge.covers) grow(into, cover.on < first ? first : cover.on, cover.amountCents);
}

/** Paid charges are kept for 120 days, so last month can be told from the states alone. */
function addLastMonth(figures: Figures, state: LeaseState, today: Day): void {
  const last = addDays(firstOf(today), -1);
  const sameDay = `${monthKey(last)}-${today.slice(8)}`;
  for (const charge of chargesOfMonth(state, last)) {
    addCovers(figures.receivedBefore, charge, firstOf(last));
    const late = sum(charge.covers.filter((cover) => cover.on > sameDay).map((cover) => cover.amountCents));
    const covered = minus(charge.totalCents, charge.openCents);
    figures.lastMonth = {
      expected: plus(figures.lastMonth.expected, charge.totalCents),
      collected: plus(figures.lastMonth.collected, minus(covered, late)),
    };
  }
}
