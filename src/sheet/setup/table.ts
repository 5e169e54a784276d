/** The table of one tab: grid size, header cells, notes, widths, number formats and dropdowns. */
import type { SheetRequest } from '../../ports';
import type { Column, Tab } from '../schema';
import { HEADER_FILL, rgb } from './colours';
import type { CellSeen, CurrentSheet } from './current';
import { choicesFit, dropdown, formatFits, numberFormat } from './formats';
import type { Placed, Placement } from './headers';

const DEFAULT_WIDTH_PIXELS = 110;
const SPARE_ROWS = 200;

export interface TableTarget {
  readonly tab: Tab;
  readonly sheetId: number;
  readonly place: Placement;
  /** Undefined for a tab that this batch creates. */
  readonly sheet: CurrentSheet | undefined;
  readonly locale: string;
}

/** Makes room for missing columns at the right and for at least one row below the headers. */
export function gridRequests(target: TableTarget, least: { rows: number; columns: number }): SheetRequest[] {
  const { sheet, sheetId, place } = target;
  if (!sheet) return [];
  const requests: SheetRequest[] = [];
  const columns = Math.max(least.columns, ...place.columns.map((each) => each.at + 1)) - sheet.columns;
  if (columns > 0) requests.push({ appendDimension: { sheetId, dimension: 'COLUMNS', length: columns } });
  const rows = least.rows - sheet.rows;
  if (rows > 0) {
    requests.push({ appendDimension: { sheetId, dimension: 'ROWS', length: Math.max(rows, SPARE_ROWS) } });
  }
  return requests;
}

/** Headers, notes, widths, number formats and dropdowns that are missing; nothing for those that are right. */
export function tableRequests(target: TableTarget): SheetRequest[] {
  return [
    ...runs(target.place.columns.filter((each) => each.fresh)).flatMap((run) => freshHeaders(target, run)),
    ...target.place.columns.filter((each) => !each.fresh).flatMap((each) => repairHeader(target, each)),
    ...target.place.columns.flatMap((each) => [...formatRequests(target, each), ...dropdownRequests(target, each)]),
  ];
}

/** Neighbouring columns together, so that a new tab's header row is one request. */
function runs(columns: readonly Placed[]): Placed[][] {
  const sorted = [...columns].sort((a, b) => a.at - b.at);
  const groups: Placed[][] = [];
  for (const each of sorted) {
    const group = groups[groups.length - 1];
    if (group && group[group.length - 1]!.at === each.at - 1) group.push(each);
    else groups.push([each]);
  }
  return groups;
}

function freshHeaders({ sheetId }: TableTarget, run: readonly Placed[]): SheetRequest[] {
  const values = run.map(({ column }) => ({
    userEnteredValue: { stringValue: column.header },
    userEnteredFormat: { backgroundColorStyle: { rgbColor: rgb(HEADER_FILL) }, textFormat: { bold: true } },
    ...(column.note === '' ? {} : { note: column.note }),
  }));
  const header: SheetRequest = {
    updateCells: {
      rows: [{ values }],
      fields: 'userEnteredValue,note,userEnteredFormat.backgroundColorStyle,userEnteredFormat.textFormat.bold',
      start: { sheetId, rowIndex: 0, columnIndex: run[0]!.at },
    },
  };
  return [header, ...run.map(({ column, at }) => width(sheetId, at, column))];
}

function width(sheetId: number, at: number, column: Column): SheetRequest {
  return {
    updateDimensionProperties: {
      range: { sheetId, dimension: 'COLUMNS', startIndex: at, endIndex: at + 1 },
      properties: { pixelSize: column.width ?? DEFAULT_WIDTH_PIXELS },
      fields: 'pixelSize',
    },
  };
}

/** Bold again, and the note where it is gone. A note that people rewrote on their own tabs is theirs. */
function repairHeader({ tab, sheetId, sheet }: TableTarget, { column, at }: Placed): SheetRequest[] {
  const cell = sheet?.top[0]?.[at];
  const start = { sheetId, rowIndex: 0, columnIndex: at };
  const noteGone = column.note !== '' && cell?.note === '';
  const noteOld = tab.owner === 'add-on' && column.note !== '' && cell?.note !== column.note;
  const requests: SheetRequest[] = [];
  if (noteGone || noteOld) {
    requests.push({ updateCells: { rows: [{ values: [{ note: column.note }] }], fields: 'note', start } });
  }
  if (!cell?.bold) {
    const values = [{ userEnteredFormat: { textFormat: { bold: true } } }];
    requests.push({ updateCells: { rows: [{ values }], fields: 'userEnteredFormat.textFormat.bold', start } });
  }
  return requests;
}

const below = (sheetId: number, at: number) => ({
  sheetId,
  startRowIndex: 1,
  startColumnIndex: at,
  endColumnIndex: at + 1,
});

/** The first and the last cell below a header: a gap between them is not looked for, a new end of the grid is. */
function samples({ sheet }: TableTarget, at: number): (CellSeen | undefined)[] {
  const first = sheet?.top[1]?.[at];
  return sheet?.last === undefined ? [first] : [first, sheet.last[at]];
}

function formatRequests(target: TableTarget, { column, at, fresh }: Placed): SheetRequest[] {
  const wanted = numberFormat(column.kind, target.locale);
  if (!fresh && samples(target, at).every((cell) => formatFits(wanted, cell))) return [];
  const range = below(target.sheetId, at);
  const cell = { userEnteredFormat: { numberFormat: wanted } };
  return [{ repeatCell: { range, cell, fields: 'userEnteredFormat.numberFormat' } }];
}

function dropdownRequests(target: TableTarget, { column, at, fresh }: Placed): SheetRequest[] {
  if (!column.choices) return [];
  if (!fresh && samples(target, at).every((cell) => choicesFit(column, cell))) return [];
  const range = below(target.sheetId, at);
  return [{ setDataValidation: { range, rule: dropdown(column.choices) } }];
}
