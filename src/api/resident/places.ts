/** Where the rows of one lease stand: index columns first, then only those rows. What others have is looked through here and left. */
import { shownSince } from '../../domain/pages';
import type { Run } from '../../domain/run-book';
import type { Day, PropertyName } from '../../domain/values';
import type { Cell, Host } from '../../ports';
import { textOf } from '../../sheet/cells';
import { schemaCells } from '../../sheet/layout';
import { openingLease } from '../../sheet/openings';
import { type Listed, listFrom, runsOf } from '../../sheet/row-list';
import {
  CONTACTS,
  LEASES,
  LEDGER,
  LINKS,
  OPENINGS,
  OUTBOX,
  PAGE_ROWS,
  RECEIPTS,
  REQUESTS,
  RESIDENT_PAGES,
  TASKS,
  type Tab,
  TERMS,
} from '../../sheet/schema';
import { columnLetters } from '../../sheet/setup/current';
import { type Found, layoutIn } from './found';

export interface RawRow {
  readonly row: number;
  readonly raw: readonly Cell[];
}
/** The rows of a tab that are this lease's, in their order. */
export type Rows = (title: string) => readonly RawRow[];

export interface Places {
  /** The row of the Resident pages tab, in the order of its schema. */
  readonly page: readonly Cell[];
  /** Sheet rows by tab. */
  readonly at: ReadonlyMap<string, readonly number[]>;
  readonly contacts: readonly RawRow[];
  /** The first day of the entries that were asked for; left out for all. */
  readonly since?: Day;
  readonly older: boolean;
  readonly unitsOf: (property: PropertyName) => number;
}

/** Tabs of one row or more for a lease, which is named under Lease ID. A tab of that kind that is new gets a name here. */
const BY_LEASE: readonly Tab[] = [LEASES, TERMS, LINKS, TASKS, REQUESTS, OPENINGS, LEDGER, RECEIPTS, OUTBOX];
/** Ranges in one call: its address is bounded. */
const RANGES_AT_ONCE = 80;

interface Column {
  readonly tab: Tab;
  readonly header: string;
  /** The first and the last sheet row; to the end where there is no last. */
  readonly from: number;
  readonly last?: number;
}

const LEASE = 'Lease ID';

export function placesOf(host: Host, run: Run, found: Found, pageRow: number, whole: boolean): Places {
  const { marks } = found;
  const columns: readonly Column[] = [
    ...BY_LEASE.map((tab) => ({ tab, header: LEASE, from: whole ? 2 : firstRow(tab, found) })),
    { tab: LEASES, header: 'Property', from: 2 },
    { tab: LEASES, header: 'Unit', from: 2 },
  ];
  const [listed = [], page = [], last = [], contacts = [], ...cells] = listedToo(host, pageRow, [
    `'${RESIDENT_PAGES.title}'!A${pageRow}:AZ${pageRow}`,
    rangeOf(found, { tab: LEDGER, header: 'Key', from: marks.ledgerRows + 1 }),
    `'${CONTACTS.title}'!A2:AZ`,
    ...columns.map((column) => rangeOf(found, column)),
  ]);
  refuseOtherLedger(found, last);
  const own = schemaCells(layoutIn(found)(RESIDENT_PAGES), page[0] ?? []);
  const [id = '', lease = ''] = own.map(textOf);
  const since = whole ? undefined : shownSince(run.now);
  const before = since ? (listFrom(listed[0] ?? [], id, marks) ?? lookThrough(host, found, lease, since)) : NONE;
  const at = BY_LEASE.map((tab, index) => {
    const rows =
      tab === OPENINGS ? openingRows(cells[index] ?? [], lease, found) : rowsOf(columns[index], cells[index], lease);
    return [
      tab.title,
      [...(EARLIER[tab.title]?.(before) ?? []), ...rows.filter((row) => whole || row >= tailOf(tab, found))],
    ] as const;
  });
  const [properties, units] = cells.slice(BY_LEASE.length);
  return {
    page: own,
    at: new Map(at),
    contacts: contacts.map((raw, index) => ({ row: index + 2, raw })),
    ...(since ? { since } : {}),
    older: before.older,
    unitsOf: (property) => distinct(properties, units, property),
  };
}

/** The tab of lists may end above a page that was made since: a range below a tab's end is refused. */
function listedToo(host: Host, pageRow: number, ranges: readonly string[]) {
  try {
    return host.workbook.read([`'${PAGE_ROWS.title}'!A${pageRow}:E${pageRow}`, ...ranges]);
  } catch {
    return [[], ...host.workbook.read(ranges)];
  }
}

const NONE: Listed = { ledger: [], receipts: [], older: false };
const EARLIER: Readonly<Record<string, (listed: Listed) => readonly number[]>> = {
  [LEDGER.title]: ({ ledger }) => ledger,
  [RECEIPTS.title]: ({ receipts }) => receipts,
};

const tailOf = (tab: Tab, { marks }: Found): number =>
  tab === LEDGER ? marks.tailRow : tab === RECEIPTS ? marks.receiptsTailRow : tab === OUTBOX ? marks.outboxTailRow : 2;
/** A range must not begin below the grid: the row before an open tail is there. */
const firstRow = (tab: Tab, found: Found): number => Math.max(2, tailOf(tab, found) - 1);

function rangeOf(found: Found, { tab, header, from, last }: Column): string {
  const letters = columnLetters(layoutIn(found)(tab).at.get(header) ?? 0);
  return `'${tab.title}'!${letters}${from}:${letters}${last ?? ''}`;
}

type Cells = readonly (readonly Cell[])[] | undefined;

function rowsOf(column: Column | undefined, cells: Cells = [], lease: string): readonly number[] {
  const wanted = lease.toLowerCase();
  return cells.flatMap((each, index) =>
    textOf(each[0]).toLowerCase() === wanted ? [index + (column?.from ?? 2)] : [],
  );
}

/** Up to the first row of a close that has not come to its end. */
function openingRows(cells: NonNullable<Cells>, lease: string, { marks }: Found): readonly number[] {
  for (let index = 0; index < cells.length; index++) {
    const name = openingLease(textOf(cells[index]?.[0]), marks.closedMonth);
    if (name === undefined) return [];
    if (name === lease) return [index + 2];
  }
  return [];
}

/** Somebody has sorted, added or deleted rows: nothing is shown that may be wrong. */
function refuseOtherLedger({ marks }: Found, last: NonNullable<Cells>): void {
  const isRight = marks.ledgerRows === 0 || textOf(last[0]?.[0]) === marks.ledgerLastKey;
  if (last.length !== 1 || !isRight) throw new Error('The Ledger does not end where State says.');
}

/** Without a list for this link the Ledger's closed part is looked through: one call more. */
function lookThrough(host: Host, found: Found, lease: string, since: Day): Listed {
  const { tailRow, receiptsTailRow } = found.marks;
  const ledger = { tab: LEDGER, header: LEASE, from: 2, last: tailRow - 1 };
  const receipts = { tab: RECEIPTS, header: LEASE, from: 2, last: receiptsTailRow - 1 };
  const wanted = [
    ...(tailRow > 2 ? [ledger, { ...ledger, header: 'Day' }] : []),
    ...(receiptsTailRow > 2 ? [receipts] : []),
  ];
  if (wanted.length === 0) return NONE;
  const cells = host.workbook.read(wanted.map((column) => rangeOf(found, column)));
  const [names, days] = tailRow > 2 ? cells : [];
  const all = rowsOf(ledger, names, lease);
  const recent = all.filter((row) => textOf(days?.[row - 2]?.[0]) >= since);
  return {
    ledger: recent,
    receipts: receiptsTailRow > 2 ? rowsOf(receipts, cells[cells.length - 1], lease) : [],
    older: recent.length < all.length,
  };
}

function distinct(properties: Cells = [], units: Cells = [], property: PropertyName): number {
  const seen = new Set<string>();
  properties.forEach((cells, index) => {
    if (textOf(cells[0]).toLowerCase() === property.toLowerCase()) seen.add(textOf(units[index]?.[0]));
  });
  return seen.size;
}

/** Reads the rows: one call, or one for each eighty ranges. */
export function rowsAt(host: Host, { at }: Places): Rows {
  const runs = [...at].flatMap(([title, rows]) => runsOf(rows).map(([first, last]) => ({ title, first, last })));
  const read = new Map<string, RawRow[]>();
  for (let from = 0; from < runs.length; from += RANGES_AT_ONCE) {
    const part = runs.slice(from, from + RANGES_AT_ONCE);
    const values = host.workbook.read(part.map(({ title, first, last }) => `'${title}'!A${first}:AZ${last}`));
    part.forEach(({ title, first, last }, index) => {
      const rows = Array.from({ length: last - first + 1 }, (_, more) => ({
        row: first + more,
        raw: values[index]?.[more] ?? [],
      }));
      read.set(title, [...(read.get(title) ?? []), ...rows]);
    });
  }
  return (title) => read.get(title) ?? [];
}
