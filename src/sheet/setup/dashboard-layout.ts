/** The fixed places of the Dashboard's blocks: what setup labels, the run fills and the charts draw. */

/** A block of rows. Rows are 1-based, as in the margin; columns are 0-based. */
export interface DashboardBlock {
  /** Row of the block's own headings; the first block uses the tab's header row. */
  readonly headingRow: number;
  readonly column: number;
  readonly headings: readonly string[];
  readonly firstRow: number;
  readonly lastRow: number;
}

function block(headingRow: number, column: number, headings: readonly string[], rows: number): DashboardBlock {
  return { headingRow, column, headings, firstRow: headingRow + 1, lastRow: headingRow + rows };
}

/** The columns with the numbers of the charts begin here, right of the charts. */
export const NUMBERS_COLUMN = 7;

/** The header row: over these columns the run writes, so all of them must stand where they ought to. */
export const DASHBOARD_HEADERS = [
  'Figures',
  'Collected this month',
  'Of what is due',
  'Outstanding',
  'Late residents',
  'Processing',
  'To handle',
  'Numbers of the charts',
] as const;

/**
 * - `figures`: a row for each currency, that of most leases first;
 * - `lines`: links below the figures, as-of, when the figures are out of date, news;
 * - `collection`, `aging`, `ahead`, `cashIn`: what the charts draw, beside them;
 * - `upcoming`, `exceptions`, `properties`: tables below the charts; `drawing` says how a property's sparkline is drawn.
 */
export const DASHBOARD_LAYOUT = {
  figures: block(1, 0, DASHBOARD_HEADERS.slice(0, NUMBERS_COLUMN), 3),
  lines: { links: 5, asOf: 6, outOfDate: 7, news: 8 },
  collection: block(
    10,
    NUMBERS_COLUMN,
    ["This month's charges", 'Paid', 'Processing', 'Due', 'Late', 'Not paid by then'],
    2,
  ),
  aging: block(14, NUMBERS_COLUMN, ['Unpaid by age in days', 'Unpaid', 'Currency', 'Residents'], 4),
  ahead: { row: 19 },
  cashIn: block(21, NUMBERS_COLUMN, ['Day', 'Last month', 'Expected so far', 'Received so far'], 31),
  upcoming: block(35, 0, ['Next 14 days', 'What', '', '', 'How many', 'Amount', 'Currency'], 17),
  exceptions: block(54, 0, ['Needs a person', 'Days', 'Since', 'Where', 'What happened', '', '', '', 'What to do'], 16),
  properties: block(72, 0, ['Collected on time, by property', '12 months', 'Currency'], 40),
  drawing: { row: 72, column: 16 },
} as const;

/** The grid must hold the tables and the charts. */
export const DASHBOARD_GRID = { rows: 120, columns: 18 } as const;

/** Months of a property's sparkline, the present one included. */
export const MONTHS_SHOWN = 12;
/** The column of the oldest month. */
export const MONTHS_COLUMN = 3;

/** How the sparklines are drawn: bars from nothing to all. As cells, because a formula's own list is written otherwise in each locale. */
export const SPARKLINE_OPTIONS: readonly (readonly [string, string | number])[] = [
  ['charttype', 'column'],
  ['ymin', 0],
  ['ymax', 1],
  ['color', '#0d652d'],
];

/** True where the run may fill the tab: row 1 as setup writes it, and no column put in between. */
export const isLaidOut = (headers: readonly unknown[]): boolean =>
  DASHBOARD_HEADERS.every((header, at) => String(headers[at] ?? '').trim() === header);
