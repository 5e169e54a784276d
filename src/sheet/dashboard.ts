/** The Dashboard's figures: what the native charts draw, for the currency that most money is in. */

import { AGING_NAMES, aging } from '../domain/aging';
import type { Lease, Property } from '../domain/book';
import { addDays, dateOf, localDay, monthKey } from '../domain/calendar';
import { plus, sum, ZERO } from '../domain/money';
import { waits } from '../domain/receipt-row';
import { pendingCents, type Run, type RunBook, stateOf } from '../domain/run-book';
import type { Cents, Currency, Day } from '../domain/values';
import type { Cell, SheetRequest } from '../ports';
import { apiRow, moneyCell } from './cells';
import { chargesOfMonth, type MonthSums, NO_MONTH, withMonth } from './month';
import { standingToday } from './rent-roll';
import { DASHBOARD_LAYOUT } from './setup/dashboard';

export interface Figures {
  readonly currency: Currency;
  /** The other currencies of the book, whose money is in no figure. */
  readonly left: readonly Currency[];
  readonly asOf: Day;
  /** Of what falls due this month. */
  month: MonthSums;
  /** Unpaid and due, of any month. */
  outstanding: Cents;
  /** Leases that are late. */
  late: number;
  processing: Cents;
  due: Cents;
  lateCents: Cents;
  ages: Cents[];
  residents: number[];
  readonly received: Map<Day, Cents>;
  readonly charged: Map<Day, Cents>;
}

/** The currencies of the leases, that of most of them first. Others are named, not added up. */
function currenciesOf(book: RunBook): readonly Currency[] {
  const counts = new Map<Currency, number>();
  for (const lease of book.leases) {
    const code = book.properties.get(lease.property)?.currency ?? book.settings.currency;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code);
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

/** The figures of the month, as of the run's moment on the workbook's clock. */
export function figuresOf(book: RunBook, run: Run): Figures {
  const [currency = book.settings.currency, ...left] = currenciesOf(book);
  const asOf = localDay(run.now, book.settings.zone);
  const figures: Figures = {
    currency,
    left,
    asOf,
    month: NO_MONTH,
    outstanding: ZERO,
    late: 0,
    processing: ZERO,
    due: ZERO,
    lateCents: ZERO,
    ages: AGING_NAMES.map(() => ZERO),
    residents: AGING_NAMES.map(() => 0),
    received: new Map(),
    charged: new Map(),
  };
  for (const lease of book.leases) {
    const property = book.properties.get(lease.property);
    if (property?.currency === currency) addLease(figures, book, run, lease, property);
  }
  return figures;
}

function addLease(figures: Figures, book: RunBook, run: Run, lease: Lease, property: Property): void {
  const today = localDay(run.now, property.zone);
  const state = stateOf(book, lease.id);
  const standing = standingToday(book, lease, property, today);
  const month = monthKey(today);
  figures.month = withMonth(figures.month, state, today);
  for (const charge of chargesOfMonth(state, today)) {
    figures.charged.set(charge.due, plus(figures.charged.get(charge.due) ?? ZERO, charge.totalCents));
    for (const cover of charge.covers) {
      const on = cover.on < `${month}-01` ? (`${month}-01` as Day) : cover.on;
      figures.received.set(on, plus(figures.received.get(on) ?? ZERO, cover.amountCents));
    }
  }
  figures.outstanding = plus(figures.outstanding, standing.unpaidCents);
  figures.processing = plus(figures.processing, pendingCents(book, lease.id));
  if (standing.word === 'late') {
    figures.late++;
    figures.lateCents = plus(figures.lateCents, standing.unpaidCents);
  } else if (standing.word !== 'processing') figures.due = plus(figures.due, standing.unpaidCents);
  aging(state.charges, today).forEach((amount, index) => {
    figures.ages[index] = plus(figures.ages[index] ?? ZERO, amount);
    if (amount > 0) figures.residents[index] = (figures.residents[index] ?? 0) + 1;
  });
}

/** The requests that fill the data ranges; labels, formats and charts belong to Set up. */
export function dashboardRequests(book: RunBook, run: Run, sheetId: number): SheetRequest[] {
  const figures = figuresOf(book, run);
  const {
    currency,
    month: { collected, expected },
  } = figures;
  const money = (amount: Cents) => moneyCell(amount, currency);
  const share =
    expected > 0
      ? `${Math.round((collected * 100) / expected)}% of ${money(expected).toFixed(2)} charged`
      : 'Nothing was charged yet this month.';
  const { problems, payments, tasks } = waitingOf(book);
  const block = (firstRow: number, rows: readonly (readonly Cell[])[]): SheetRequest => ({
    updateCells: {
      start: { sheetId, rowIndex: firstRow - 1, columnIndex: 1 },
      rows: rows.map(apiRow),
      fields: 'userEnteredValue',
    },
  });
  return [
    block(DASHBOARD_LAYOUT.figures.firstRow, [
      [money(collected), currency, share],
      [money(figures.outstanding), currency, `As of ${figures.asOf} (${book.settings.zone}).`],
      [figures.late, '', `${money(figures.lateCents).toFixed(2)} ${currency} together.`],
      [money(figures.processing), currency, 'Under way; neither paid nor late.'],
      [problems + payments + tasks, '', 'Problems in cells, payments that wait, open tasks.'],
    ]),
    block(
      DASHBOARD_LAYOUT.aging.firstRow,
      figures.ages.map((amount, index) => [money(amount), currency, figures.residents[index] ?? 0]),
    ),
    block(
      DASHBOARD_LAYOUT.collection.firstRow,
      [collected, figures.processing, figures.due, figures.lateCents].map((amount) => [money(amount), currency, '']),
    ),
    cashIn(figures, sheetId),
  ];
}

/** Received and expected so far, day by day of the month. */
function cashIn(figures: Figures, sheetId: number): SheetRequest {
  const month = `${monthKey(figures.asOf)}-01` as Day;
  const rows: Cell[][] = [];
  for (let on = month; rows.length < 31; on = addDays(on, 1)) {
    const inMonth = monthKey(on) === monthKey(month);
    const upTo = (amounts: ReadonlyMap<Day, Cents>) =>
      moneyCell(sum([...amounts].filter(([day]) => day <= on).map(([, amount]) => amount)), figures.currency);
    rows.push(
      inMonth
        ? [`${dateOf(on)}`, on <= figures.asOf ? upTo(figures.received) : '', upTo(figures.charged)]
        : ['', '', ''],
    );
  }
  return {
    updateCells: {
      start: { sheetId, rowIndex: DASHBOARD_LAYOUT.cashIn.firstRow - 1, columnIndex: 0 },
      rows: rows.map(apiRow),
      fields: 'userEnteredValue',
    },
  };
}
