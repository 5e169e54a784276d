/** The first look for a link: what all pages need, and the columns by which a link is known. One call, whoever asks. */
import { assert } from '../../domain/values';
import type { Cell, Host } from '../../ports';
import { textOf } from '../../sheet/cells';
import { headerRow, type Layout, layoutOf, rowsBelow } from '../../sheet/layout';
import { type Marks, marksFrom } from '../../sheet/marks';
import {
  CONNECTIONS,
  CONTACTS,
  LADDER,
  LEASES,
  LEDGER,
  LINKS,
  OPENINGS,
  OUTBOX,
  PROPERTIES,
  RECEIPTS,
  REQUESTS,
  RESIDENT_PAGES,
  SETTINGS,
  STATE,
  TASKS,
  type Tab,
  TERMS,
} from '../../sheet/schema';
import { columnLetters } from '../../sheet/setup/current';

/** Small tabs that are about no lease. */
const WHOLE: readonly Tab[] = [STATE, SETTINGS, PROPERTIES, LADDER, CONNECTIONS];
/** Tabs of which single rows are read later. */
const NARROW: readonly Tab[] = [
  LEASES,
  TERMS,
  LINKS,
  TASKS,
  REQUESTS,
  CONTACTS,
  OPENINGS,
  LEDGER,
  RECEIPTS,
  OUTBOX,
  RESIDENT_PAGES,
];
/** Rows in which a person may have pushed the headers of a people's tab down. */
const HEADER_ROWS = 10;

export interface Found {
  readonly marks: Marks;
  readonly layouts: ReadonlyMap<string, Layout>;
  /** Rows from sheet row 2 on, of the tabs that are read whole. */
  readonly rows: ReadonlyMap<string, readonly (readonly Cell[])[]>;
  /** Sheet row of the link; undefined where there is none, or it is not live in this version. */
  readonly row?: number;
}

export const layoutIn =
  ({ layouts }: Pick<Found, 'layouts'>) =>
  (tab: Tab): Layout => {
    const layout = layouts.get(tab.title);
    assert(layout, `no layout of ${tab.title}`);
    return layout;
  };

const ID_COLUMNS = ['Link', 'Version', 'State'] as const;
type Columns = readonly (readonly (readonly Cell[])[])[];

/** Throws where the workbook is not one that was set up. */
export function findPage(host: Host, id: string, version: number): Found {
  const asSchema = RESIDENT_PAGES.columns.map(({ header }) => header);
  const values = host.workbook.read([
    ...WHOLE.map((tab) => `'${tab.title}'!A1:AZ`),
    ...NARROW.map((tab) => `'${tab.title}'!A1:AZ${tab.owner === 'people' ? HEADER_ROWS : 1}`),
    ...ID_COLUMNS.map((header) => columnRange(asSchema.indexOf(header))),
  ]);
  const marks = marksFrom((values[0] ?? []).slice(1));
  if (!marks) throw new Error('This workbook has not been set up.');
  const layouts = new Map<string, Layout>();
  const rows = new Map<string, readonly (readonly Cell[])[]>();
  [...WHOLE, ...NARROW].forEach((tab, index) => {
    const cells = values[index] ?? [];
    const header = tab.owner === 'people' ? headerRow(tab, cells) : 0;
    layouts.set(tab.title, layoutOf(tab, cells[header] ?? []));
    if (index < WHOLE.length) rows.set(tab.title, rowsBelow(cells, header));
  });
  const layout = layoutIn({ layouts })(RESIDENT_PAGES);
  const places = ID_COLUMNS.map((header) => layout.at.get(header) ?? 0);
  const isMoved = ID_COLUMNS.some((header, at) => places[at] !== asSchema.indexOf(header));
  const columns = isMoved ? host.workbook.read(places.map(columnRange)) : values.slice(-ID_COLUMNS.length);
  const row = rowOf(columns, id, version);
  return { marks, layouts, rows, ...(row === undefined ? {} : { row }) };
}

const columnRange = (at: number): string => `'${RESIDENT_PAGES.title}'!${columnLetters(at)}2:${columnLetters(at)}`;

function rowOf([ids = [], versions = [], states = []]: Columns, id: string, version: number): number | undefined {
  const at = ids.findIndex((cells) => textOf(cells[0]) === id);
  const isRight = Number(versions[at]?.[0]) === version && textOf(states[at]?.[0]) === 'live';
  return at >= 0 && isRight ? at + 2 : undefined;
}
