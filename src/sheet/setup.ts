/** Sets up and repairs the workbook: what exists and what ought to exist give one batch of requests; pure. */
import type { SheetRequest, WorkbookShape } from '../ports';
import { defaultRows, type SetupOptions } from './defaults';
import { TABS, type Tab } from './schema';
import { ADD_ON_TAB, PEOPLE_TAB, rgb } from './setup/colours';
import { type CurrentSheet, type CurrentWorkbook, sheetOf } from './setup/current';
import { arrangeDashboard, dashboardPlacement, dashboardTable } from './setup/dashboard';
import { dashboardCharts } from './setup/dashboard-charts';
import { DASHBOARD_GRID } from './setup/dashboard-layout';
import { arrange, freshPlacement, type Placement, placement } from './setup/headers';
import { highlightRequests } from './setup/highlights';
import { gridRequests, type TableTarget, tableRequests } from './setup/table';

export type { SetupOptions } from './defaults';
export { type CurrentWorkbook, currentWorkbook, SETUP_FIELDS, setupRanges } from './setup/current';
export { DASHBOARD_LAYOUT } from './setup/dashboard-layout';
export { STATUS_LOOKS, statusText } from './setup/status';

const NEW_TAB_ROWS = 1000;
const FILTERED: readonly string[] = ['Rent Roll', 'Receipts', 'Tasks', 'Outbox', 'Log'];

/**
 * The one `spreadsheets.batchUpdate` that creates what is missing and repairs what is broken; empty when all is right.
 * Data, people's own columns, rules, notes and tabs are never touched. `current` is the reply to SETUP_FIELDS; where it
 * knows nothing of a sheet that `shape` has, that sheet is left alone.
 */
export function setupRequests(shape: WorkbookShape, current: CurrentWorkbook, options: SetupOptions): SheetRequest[] {
  const order = shape.sheets.map((sheet) => sheet.title);
  const ids = new Set(shape.sheets.map((sheet) => sheet.id));
  const requests: SheetRequest[] = [];
  for (const tab of TABS) {
    const existing = sheetOf(tab, shape.sheets);
    if (!existing) {
      requests.push(...createTab(tab, newId(ids), placeInOrder(tab, order), options));
      continue;
    }
    const sheet = current.sheets.find((each) => each.id === existing.id);
    if (sheet) requests.push(...repairTab(tab, sheet, options.locale));
  }
  return requests;
}

/** The ids of new sheets count up from 1; an id in use is skipped. */
function newId(ids: Set<number>): number {
  let id = 1;
  while (ids.has(id)) id++;
  ids.add(id);
  return id;
}

/** Behind the nearest tab of ours that comes before it, else first; people's other sheets keep their order. */
function placeInOrder(tab: Tab, order: string[]): number {
  const before = TABS.slice(0, TABS.indexOf(tab)).reverse();
  const titles = order.map((title) => title.trim().toLowerCase());
  const neighbour = before.find((each) => titles.includes(each.title.toLowerCase()));
  const index = neighbour ? titles.indexOf(neighbour.title.toLowerCase()) + 1 : 0;
  order.splice(index, 0, tab.title);
  return index;
}

const tabColour = (tab: Tab): string => (tab.owner === 'people' ? PEOPLE_TAB : ADD_ON_TAB);
const isDashboard = (tab: Tab): boolean => tab.title === 'Dashboard';
const leastGrid = (tab: Tab) => (isDashboard(tab) ? DASHBOARD_GRID : { rows: 2, columns: 1 });

function createTab(tab: Tab, sheetId: number, index: number, options: SetupOptions): SheetRequest[] {
  const least = leastGrid(tab);
  const gridProperties = {
    rowCount: Math.max(least.rows, NEW_TAB_ROWS),
    columnCount: Math.max(least.columns, tab.columns.length),
    frozenRowCount: 1,
  };
  const properties = {
    sheetId,
    title: tab.title,
    index,
    hidden: tab.hidden ?? false,
    gridProperties,
    tabColorStyle: { rgbColor: rgb(tabColour(tab)) },
  };
  const target = { tab, sheetId, place: freshPlacement(tab), sheet: undefined, locale: options.locale };
  return [{ addSheet: { properties } }, ...dressTab(target), ...writeDefaults(tab, sheetId, options)];
}

function repairTab(tab: Tab, seen: CurrentSheet, locale: string): SheetRequest[] {
  // The Dashboard's numbers stand in fixed ranges, and charts lie over it: it has ways of its own.
  const { sheet, requests } = isDashboard(tab) ? arrangeDashboard(seen) : arrange(tab, seen);
  const place = isDashboard(tab) ? dashboardPlacement(tab, sheet) : placement(tab, sheet);
  const target = { tab, sheetId: sheet.id, place, sheet, locale };
  return [...requests, ...gridRequests(target, leastGrid(tab)), ...sheetProperties(tab, sheet), ...dressTab(target)];
}

/** What every tab gets, new or old; each part gives nothing where it is already right. */
function dressTab(target: TableTarget): SheetRequest[] {
  const { tab, sheetId, place, sheet } = target;
  const dashboard = isDashboard(tab);
  const table = tableRequests(target);
  const columnsAnew = table.some((request) => 'repeatCell' in request);
  return [
    ...table,
    ...(dashboard ? dashboardTable(sheetId, sheet, columnsAnew) : []),
    ...highlightRequests(tab.title, sheetId, place, sheet),
    ...protection(tab, sheetId, sheet),
    ...filter(tab, sheetId, place, sheet),
    ...(dashboard ? dashboardCharts(sheetId, sheet?.charts ?? [], sheet?.anew === true) : []),
  ];
}

function sheetProperties(tab: Tab, sheet: CurrentSheet): SheetRequest[] {
  const requests: SheetRequest[] = [];
  const change = (properties: object, fields: string) =>
    requests.push({ updateSheetProperties: { properties: { sheetId: sheet.id, ...properties }, fields } });
  if (sheet.frozenRows < 1) change({ gridProperties: { frozenRowCount: 1 } }, 'gridProperties.frozenRowCount');
  if (tab.hidden && !sheet.hidden) change({ hidden: true }, 'hidden');
  if (sheet.tabColour === undefined) change({ tabColorStyle: { rgbColor: rgb(tabColour(tab)) } }, 'tabColorStyle');
  return requests;
}

/** Warns before an edit and never forbids it: everyone's clicks in the sidebar must be able to write. */
function protection(tab: Tab, sheetId: number, sheet: CurrentSheet | undefined): SheetRequest[] {
  const whole = tab.owner === 'add-on';
  const description = whole ? `Rent Ledger writes ${tab.title}` : `Rent Ledger reads the headers of ${tab.title}`;
  const range = whole ? { sheetId } : { sheetId, startRowIndex: 0, endRowIndex: 1 };
  const found = sheet?.protections.find((each) => each.description === description);
  if (found?.startRow === 0) return [];
  if (found) {
    // It slid down with rows inserted above the headers.
    return [{ updateProtectedRange: { protectedRange: { protectedRangeId: found.id, range }, fields: 'range' } }];
  }
  const protectedRange = { range, description, warningOnly: true };
  return [{ addProtectedRange: { protectedRange } }];
}

function filter(tab: Tab, sheetId: number, place: Placement, sheet: CurrentSheet | undefined): SheetRequest[] {
  if (!FILTERED.includes(tab.title) || sheet?.filterRow === 0) return [];
  const range = {
    sheetId,
    startRowIndex: 0,
    startColumnIndex: 0,
    endColumnIndex: Math.max(...place.columns.map((each) => each.at + 1)),
  };
  return [{ setBasicFilter: { filter: { range } } }];
}

/** Only for a tab that this batch creates: rows that people deleted or rewrote are theirs. */
function writeDefaults(tab: Tab, sheetId: number, options: SetupOptions): SheetRequest[] {
  const rows = defaultRows(tab, options);
  if (rows.length === 0) return [];
  const values = (row: readonly (string | number)[]) =>
    row.map((cell) => {
      if (cell === '') return {};
      return { userEnteredValue: typeof cell === 'number' ? { numberValue: cell } : { stringValue: cell } };
    });
  return [
    {
      updateCells: {
        rows: rows.map((row) => ({ values: values(row) })),
        fields: 'userEnteredValue',
        start: { sheetId, rowIndex: 1, columnIndex: 0 },
      },
    },
  ];
}
