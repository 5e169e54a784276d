/** What the run writes on the Dashboard: figures, what the charts draw, and the tables below; labels and charts belong to Set up. */

import { AGING_NAMES } from '../domain/aging';
import { addDays, clockText, dateOf, instantOf, localDay, monthKey } from '../domain/calendar';
import { minus, sum } from '../domain/money';
import type { Run, RunBook } from '../domain/run-book';
import type { Cents, Currency, Day, Instant, Zone } from '../domain/values';
import type { Cell, SheetRequest } from '../ports';
import { apiCell, moneyCell, serialOf } from './cells';
import { ageOf, type Exception, exceptionsOf } from './dashboard/exceptions';
import { allFigures, type Figures } from './dashboard/figures';
import { monthsBack, type Rates, ratesToday } from './dashboard/rates';
import { upcomingOf } from './dashboard/upcoming';
import type { Loaded } from './load';
import { DASHBOARD, RECEIPTS, RENT_ROLL } from './schema';
import { DASHBOARD_LAYOUT as AT, type DashboardBlock, MONTHS_COLUMN, MONTHS_SHOWN } from './setup/dashboard-layout';

export { type Figures, figuresOf, waitingOf } from './dashboard/figures';

/** A cell of the Dashboard: a value, a link to a place of this file, or a sparkline over cells of its row. */
type Shown = Cell | { readonly text: string; readonly link: string } | { readonly sparkline: string };

const WRITTEN = 'userEnteredValue,userEnteredFormat.textFormat.link';

function shownCell(cell: Shown): Record<string, unknown> {
  if (typeof cell !== 'object') return apiCell(cell);
  if ('sparkline' in cell) return { userEnteredValue: { formulaValue: cell.sparkline } };
  return { ...apiCell(cell.text), userEnteredFormat: { textFormat: { link: { uri: cell.link } } } };
}

/** The requests that fill the Dashboard from the book as it stands: their number is the same for any portfolio. */
export function dashboardRequests(loaded: Loaded, run: Run, sheetId: number): SheetRequest[] {
  const { book } = loaded;
  const all = allFigures(book, run);
  const main = all[0] as Figures;
  const exceptions = exceptionsOf(book, run, loaded.connections);
  const write = (row: number, column: number, rows: readonly (readonly Shown[])[]): SheetRequest => ({
    updateCells: {
      start: { sheetId, rowIndex: row - 1, columnIndex: column },
      rows: rows.map((cells) => ({ values: cells.map(shownCell) })),
      fields: WRITTEN,
    },
  });
  const fill: Fill = (block, rows, width) => write(block.firstRow, block.column, filled(rows, roomIn(block), width));
  // Of links within a file Google knows the tab and the cell; a filter of its rows belongs to a person.
  const link: Link = (tab, range) => ({
    text: tab,
    link: `#gid=${loaded.sheetIds.get(tab) ?? sheetId}${range === undefined ? '' : `&range=${range}`}`,
  });
  return [
    fill(AT.figures, figureRows(all, exceptions.length), 7),
    write(AT.lines.links, 0, [
      [
        'Open',
        link(RECEIPTS.title),
        '',
        link(RENT_ROLL.title),
        link(RENT_ROLL.title),
        link(RECEIPTS.title),
        { ...link(DASHBOARD.title, `A${AT.exceptions.headingRow}`), text: 'List below' },
      ],
    ]),
    write(AT.lines.asOf, 0, lineRows(book, run, all)),
    fill(AT.collection, collectionRows(main, book), 6),
    fill(AT.aging, agingRows(main), 4),
    write(AT.ahead.row, AT.aging.column, [['Paid ahead, apart', money(main.ahead, main), main.currency, '']]),
    fill(AT.cashIn, cashInRows(main, book), 4),
    fill(AT.upcoming, upcomingRows(book, run), 7),
    fill(AT.exceptions, exceptionRows(exceptions, main.asOf, link), 9),
    ...propertyRequests(loaded, run, main.asOf, write, fill),
  ];
}

/** Exactly so many rows and cells: what stood there before is written over. */
function filled(rows: readonly (readonly Shown[])[], count: number, width: number): readonly (readonly Shown[])[] {
  return Array.from({ length: count }, (_, row) => Array.from({ length: width }, (_, at) => rows[row]?.[at] ?? ''));
}

const money = (amount: Cents, { currency }: { readonly currency: Currency }): number => moneyCell(amount, currency);

/** What a person must do is one list, whatever its currency: it stands in the first row. */
const figureRows = (all: readonly Figures[], exceptions: number): readonly (readonly Cell[])[] =>
  all.map((figures, at) => {
    const { collected, expected } = figures.month;
    return [
      figures.currency,
      money(collected, figures),
      expected > 0 ? collected / expected : '',
      money(figures.outstanding, figures),
      figures.late,
      money(figures.processing, figures),
      at === 0 ? exceptions : '',
    ];
  });

// ---------------------------------------------------------------- as of, out of date, news

const HOUR = 3_600_000;
/** The day's run comes within the hour after midnight; two hourly runs later it has been missed. */
const MISSED_HOURS = 3;

/** The first moment at which the figures are old for certain: some property's next day has begun, and no run came. */
export function outOfDateAt(book: RunBook, run: Run): Instant {
  const zones = new Set<Zone>([...book.properties.values()].map((property) => property.zone));
  const begins = [...(zones.size > 0 ? zones : [book.settings.zone])].map((zone) =>
    instantOf(addDays(localDay(run.now, zone), 1), 0, 0, zone),
  );
  return (Math.min(...begins) + MISSED_HOURS * HOUR) as Instant;
}

/** A moment as the Sheet's own number, on the workbook's clock. */
function momentCell(at: Instant, zone: Zone): number {
  const [on = '', clock = ''] = clockText(at, zone).split(' ');
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return serialOf(on as Day) + (hours * 60 + minutes) / 1440;
}

const CLOCK = 'Open Rent Ledger > Setup, and switch the clock on.';

function lineRows(book: RunBook, run: Run, all: readonly Figures[]): readonly (readonly Cell[])[] {
  const { zone } = book.settings;
  const next = clockText((run.now + HOUR) as Instant, zone).slice(11);
  return [
    [
      `As of ${clockText(run.now, zone)} (${zone}); next run about ${next}. Written anew when something changes, and each day.`,
      '',
    ],
    [
      'Out of date after',
      momentCell(outOfDateAt(book, run), zone),
      `Red: the day's run was missed, and these figures are of ${clockText(run.now, zone)}. ${CLOCK}`,
    ],
    [newsOf(book, all), ''],
  ];
}

function newsOf(book: RunBook, all: readonly Figures[]): string {
  if (book.leases.length === 0)
    return 'There are no leases yet. Open Rent Ledger > Setup: it takes over your list, or fills in a demo to try.';
  const unseen = all.slice(AT.figures.lastRow - AT.figures.headingRow).map((figures) => figures.currency);
  const more = unseen.length > 0 ? ` Not shown here: ${unseen.join(', ')}.` : '';
  const charts = all.length > 1 ? `The charts are in ${all[0]?.currency}.` : '';
  const isPaid = all.every((figures) => figures.outstanding === 0) && all.some((figures) => figures.month.expected > 0);
  const good = isPaid ? '✓ Good news: everything that has fallen due is paid.' : '';
  return `${[good, charts].filter((text) => text !== '').join(' ')}${more}`.trim();
}

// ---------------------------------------------------------------- numbers of the charts

const hasLastMonth = (book: RunBook, { asOf }: Figures): boolean =>
  monthsBack(asOf, 1) >= monthKey(book.settings.booksOpenOn);

/** A part that is nothing is left empty, so that its segment bears no label. */
function collectionRows(figures: Figures, book: RunBook): readonly (readonly Cell[])[] {
  const { month, lastMonth, open } = figures;
  const part = (amount: Cents) => (amount === 0 ? '' : money(amount, figures));
  const then = hasLastMonth(book, figures)
    ? [
        `By day ${dateOf(figures.asOf)} of last month`,
        part(lastMonth.collected),
        '',
        '',
        '',
        part(minus(lastMonth.expected, lastMonth.collected)),
      ]
    : ['Last month: before the books opened', '', '', '', '', ''];
  return [['This month', ...[month.collected, open.processing, open.due, open.late].map(part), ''], then];
}

const agingRows = (figures: Figures): readonly (readonly Cell[])[] =>
  figures.ages.map((amount, at) => {
    const count = figures.residents[at] ?? 0;
    return [
      `${AGING_NAMES[at]}: ${count} ${count === 1 ? 'lease' : 'leases'}`,
      money(amount, figures),
      figures.currency,
      count,
    ];
  });

/** Received and expected so far, day by day of the month, beside what had come last month by then. */
function cashInRows(figures: Figures, book: RunBook): readonly (readonly Cell[])[] {
  const first = `${monthKey(figures.asOf)}-01` as Day;
  const before = `${monthsBack(figures.asOf, 1)}-01` as Day;
  const known = hasLastMonth(book, figures);
  const upTo = (amounts: ReadonlyMap<Day, Cents>, on: Day) =>
    money(sum([...amounts].filter(([day]) => day <= on).map(([, amount]) => amount)), figures);
  return Array.from({ length: 31 }, (_, at): readonly Cell[] => {
    const [on, then] = [addDays(first, at), addDays(before, at)];
    if (monthKey(on) !== monthKey(first)) return ['', '', '', ''];
    const last = known && monthKey(then) === monthKey(before) ? upTo(figures.receivedBefore, then) : '';
    return [`${dateOf(on)}`, last, upTo(figures.charged, on), on <= figures.asOf ? upTo(figures.received, on) : ''];
  });
}

// ---------------------------------------------------------------- tables

const withMore = <T>(rows: readonly T[], most: number, more: (count: number) => T): readonly T[] =>
  rows.length <= most ? rows : [...rows.slice(0, most - 1), more(rows.length - most + 1)];

const roomIn = (block: DashboardBlock): number => block.lastRow - block.headingRow;

function upcomingRows(book: RunBook, run: Run): readonly (readonly Cell[])[] {
  const rows = upcomingOf(book, run).map(({ day, what, count, amountCents, currency }): readonly Cell[] => [
    day,
    cut(what, 60),
    '',
    '',
    count,
    ...(amountCents !== undefined && currency !== undefined ? [moneyCell(amountCents, currency), currency] : ['', '']),
  ]);
  if (rows.length === 0) return [['', 'Nothing falls due, and no lease ends.']];
  return withMore(rows, roomIn(AT.upcoming), (count) => ['', `and ${count} more`]);
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

type Link = (tab: string, range?: string) => { readonly text: string; readonly link: string };

function exceptionRows(exceptions: readonly Exception[], today: Day, link: Link): readonly (readonly Shown[])[] {
  const rows = exceptions.map((each): readonly Shown[] => [
    each.kind,
    ageOf(each, today) ?? '',
    each.since ?? '',
    link(each.tab, each.row === undefined ? undefined : `A${each.row}`),
    cut(each.what.replace(/\s+/g, ' '), 90),
    '',
    '',
    '',
    cut(each.fix, 140),
  ]);
  if (rows.length === 0) return [['✓ Nothing']];
  return withMore(rows, roomIn(AT.exceptions), (count) => [
    `and ${count} more`,
    '',
    '',
    '',
    'Open Rent Ledger > Today.',
  ]);
}

type Write = (row: number, column: number, rows: readonly (readonly Shown[])[]) => SheetRequest;
type Fill = (block: DashboardBlock, rows: readonly (readonly Shown[])[], width: number) => SheetRequest;

function propertyRequests({ book, marks }: Loaded, run: Run, today: Day, write: Write, fill: Fill): SheetRequest[] {
  const months = Array.from({ length: MONTHS_SHOWN }, (_, at) => monthsBack(today, MONTHS_SHOWN - 1 - at));
  const sizes = new Map<string, number>();
  for (const lease of book.leases) sizes.set(lease.property, (sizes.get(lease.property) ?? 0) + 1);
  const all = [...ratesToday(book, marks.rates, localDay(run.now, book.settings.zone))]
    .map(([name, rates]) => ({ name, rates, size: sizes.get(name) ?? 0 }))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  const rows = all.map(({ name, rates }, at): readonly Shown[] => [
    name,
    rates.size > 0 ? { sparkline: sparklineAt(AT.properties.firstRow + at) } : 'no history yet',
    book.properties.get(name)?.currency ?? '',
    ...months.map((month) => rateCell(rates, month)),
  ]);
  return [
    write(AT.properties.headingRow, MONTHS_COLUMN, [months]),
    fill(
      AT.properties,
      withMore(rows, roomIn(AT.properties), (count) => [`and ${count} more`]),
      3 + MONTHS_SHOWN,
    ),
  ];
}

const rateCell = (rates: Rates, month: string): Cell => {
  const rate = rates.get(month);
  return rate === undefined ? '' : rate / 10_000;
};

const letter = (column: number): string => String.fromCharCode(65 + column);

/**
 * The one formula of the add-on: over numbers of ours in its own row, with no text in it. A semicolon parts its arguments in every
 * locale, and how it is drawn stands in cells, because a list in a formula does not.
 */
export function sparklineAt(row: number): string {
  const [first, last] = [letter(MONTHS_COLUMN), letter(MONTHS_COLUMN + MONTHS_SHOWN - 1)];
  const { row: top, column } = AT.drawing;
  return `=SPARKLINE($${first}${row}:$${last}${row};$${letter(column)}$${top + 1}:$${letter(column + 1)}$${top + 4})`;
}
