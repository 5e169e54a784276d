/** Rows as requests of one batchUpdate: appended below, or written at their columns. */
import { assert } from '../domain/values';
import type { Cell, SheetRequest } from '../ports';
import { apiCell, apiMoney, apiRow } from './cells';
import { placed } from './layout';
import type { Loaded } from './load';
import { LEDGER, RECEIPTS, RENT_ROLL, type Tab } from './schema';

export const idOf = (loaded: Loaded, tab: Tab): number => {
  const id = loaded.sheetIds.get(tab.title);
  assert(id !== undefined, `no tab ${tab.title}`);
  return id;
};
export const layoutFor = (loaded: Pick<Loaded, 'layouts'>, tab: Tab) => {
  const layout = loaded.layouts.get(tab.title);
  assert(layout, `no layout of ${tab.title}`);
  return layout;
};

export const FIELDS = 'userEnteredValue';

export function append(loaded: Loaded, tab: Tab, rows: readonly (readonly Cell[])[]): SheetRequest[] {
  if (rows.length === 0) return [];
  const layout = layoutFor(loaded, tab);
  const sheetId = idOf(loaded, tab);
  if (!outgrown(loaded, tab, rows.length)) {
    return [{ appendCells: { sheetId, rows: rows.map((cells) => apiRow(placed(layout, cells))), fields: FIELDS } }];
  }
  const money = new Set(tab.columns.flatMap((each) => (each.kind === 'money' ? [layout.at.get(each.header)] : [])));
  const cellOf = (cell: Cell | undefined, index: number) => (money.has(index) ? apiMoney(cell) : apiCell(cell));
  const values = rows.map((cells) => ({ values: placed(layout, cells).map(cellOf) }));
  return [{ appendCells: { sheetId, rows: values, fields: `${FIELDS},userEnteredFormat.numberFormat` } }];
}

/** Set up formats the first thousand rows; what is appended below them must bring its format along. */
function outgrown(loaded: Loaded, tab: Tab, added: number): boolean {
  const { marks } = loaded;
  const rows =
    tab === LEDGER
      ? marks.ledgerRows
      : tab === RECEIPTS
        ? marks.receiptRows
        : tab === RENT_ROLL
          ? loaded.rentRoll.length
          : 0;
  return rows + added > 990;
}

/** Cells at their columns, in runs of neighbours, so that people's own columns in between are not touched. */
export function updateRow(loaded: Loaded, tab: Tab, row: number, cells: readonly (Cell | undefined)[]): SheetRequest[] {
  const places = placed(layoutFor(loaded, tab), cells);
  const requests: SheetRequest[] = [];
  let at = 0;
  while (at < places.length) {
    if (places[at] === undefined) {
      at++;
      continue;
    }
    let end = at;
    while (end < places.length && places[end] !== undefined) end++;
    requests.push({
      updateCells: {
        start: { sheetId: idOf(loaded, tab), rowIndex: row - 1, columnIndex: at },
        rows: [apiRow(places.slice(at, end))],
        fields: FIELDS,
      },
    });
    at = end;
  }
  return requests;
}

export function upsert<T extends { readonly row: number }>(
  loaded: Loaded,
  tab: Tab,
  rows: readonly T[],
  cells: (row: T) => readonly Cell[],
  count: number,
): SheetRequest[] {
  const isNew = (row: T) => row.row >= count + 2;
  return [
    ...rows.filter((row) => !isNew(row)).flatMap((row) => updateRow(loaded, tab, row.row, cells(row))),
    ...append(loaded, tab, rows.filter(isNew).map(cells)),
  ];
}
