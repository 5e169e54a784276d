/** What stands in the workbook before setup: one `spreadsheets.get` reply as the few facts that setup compares. */
import type { SheetShape, WorkbookShape } from '../../ports';
import { TABS, type Tab } from '../schema';
import { hexOf, type RgbColor } from './colours';
import { DASHBOARD_GRID } from './dashboard-layout';

/**
 * The field mask of the one `spreadsheets.get` that setup needs. It asks for cells, so it must go with the ranges of
 * {@link setupRanges}: without ranges Google would send every cell of a ledger.
 */
export const SETUP_FIELDS = [
  'sheets.properties(sheetId,title,index,hidden,tabColorStyle,gridProperties(rowCount,columnCount,frozenRowCount))',
  'sheets.data(startRow,startColumn,rowData.values(userEnteredValue,note,dataValidation,' +
    'userEnteredFormat(numberFormat,textFormat.bold)))',
  'sheets.conditionalFormats',
  'sheets.protectedRanges(protectedRangeId,description,range)',
  'sheets.charts(chartId,spec(title,basicChart.domains.domain.sourceRange.sources))',
  'sheets.basicFilter.range',
].join(',');

/** Rows in which the header row is looked for: people insert a few rows above it. */
const HEADER_SEARCH_ROWS = 12;
/** The Dashboard's table is checked as a whole. */
const DASHBOARD_ROWS = DASHBOARD_GRID.rows;

/** A cell of the sampled rows. */
export interface CellSeen {
  /** The typed text; '' for an empty cell. Numbers, formulas and booleans as text. */
  readonly text: string;
  /** A number, boolean or formula stands there, so the row is data and no header. */
  readonly typed: boolean;
  readonly note: string;
  readonly bold: boolean;
  /** Type of the number format, such as DATE; undefined for automatic. */
  readonly format?: string;
  /** Values of a dropdown; undefined when the cell has no validation. */
  readonly choices?: readonly string[];
}

export interface RangeSeen {
  readonly startRow: number;
  /** Undefined: to the end of the grid. */
  readonly endRow?: number;
  readonly startColumn: number;
  readonly endColumn?: number;
}

export interface RuleSeen {
  /** Its place among the tab's conditional formats. */
  readonly index: number;
  /** {@link ruleKey} of the rule; '' for a gradient, which is never ours. */
  readonly key: string;
  readonly ranges: readonly RangeSeen[];
}

export interface ChartSeen {
  readonly id: number;
  readonly title: string;
  /** 0-based first cell of its labels. */
  readonly startRow: number;
  readonly startColumn: number;
}

export interface CurrentSheet {
  readonly id: number;
  readonly title: string;
  readonly rows: number;
  readonly columns: number;
  readonly hidden: boolean;
  readonly frozenRows: number;
  /** `#rrggbb`; undefined without a tab colour. */
  readonly tabColour?: string;
  /** The first rows, row 0 being the Sheet's row 1. */
  readonly top: readonly (readonly CellSeen[])[];
  /** The grid's last row; undefined when it was not read. */
  readonly last?: readonly CellSeen[];
  readonly rules: readonly RuleSeen[];
  readonly protections: readonly { readonly id: number; readonly description: string; readonly startRow: number }[];
  readonly charts: readonly ChartSeen[];
  /** Set while repairing: the header row had been deleted and an empty one stands in its place. */
  readonly orphaned?: boolean;
  /** Set while repairing: the Dashboard of an older version makes room for this one's. */
  readonly anew?: boolean;
  /** 0-based row of the basic filter's headers; undefined without a filter. */
  readonly filterRow?: number;
}

export interface CurrentWorkbook {
  readonly sheets: readonly CurrentSheet[];
}

// ---------------------------------------------------------------- Google's reply, as far as the mask asks for it

interface GridRange {
  readonly startRowIndex?: number;
  readonly endRowIndex?: number;
  readonly startColumnIndex?: number;
  readonly endColumnIndex?: number;
}

interface Condition {
  readonly type?: string;
  readonly values?: readonly { readonly userEnteredValue?: string }[];
}

interface ColourStyle {
  readonly rgbColor?: RgbColor;
}

export interface ConditionalFormat {
  readonly ranges?: readonly GridRange[];
  readonly booleanRule?: {
    readonly condition?: Condition;
    readonly format?: {
      readonly backgroundColor?: RgbColor;
      readonly backgroundColorStyle?: ColourStyle;
      readonly textFormat?: { readonly foregroundColor?: RgbColor; readonly foregroundColorStyle?: ColourStyle };
    };
  };
}

interface CellData {
  readonly userEnteredValue?: Readonly<Record<string, string | number | boolean>>;
  readonly note?: string;
  readonly dataValidation?: { readonly condition?: Condition };
  readonly userEnteredFormat?: {
    readonly numberFormat?: { readonly type?: string };
    readonly textFormat?: { readonly bold?: boolean };
  };
}

interface GridData {
  readonly startRow?: number;
  readonly startColumn?: number;
  readonly rowData?: readonly { readonly values?: readonly CellData[] }[];
}

interface ChartReply {
  readonly chartId?: number;
  readonly spec?: {
    readonly title?: string;
    readonly basicChart?: {
      readonly domains?: readonly {
        readonly domain?: { readonly sourceRange?: { readonly sources?: readonly GridRange[] } };
      }[];
    };
  };
}

interface SheetReply {
  readonly properties?: {
    readonly sheetId?: number;
    readonly title?: string;
    readonly hidden?: boolean;
    readonly tabColorStyle?: ColourStyle;
    readonly gridProperties?: {
      readonly rowCount?: number;
      readonly columnCount?: number;
      readonly frozenRowCount?: number;
    };
  };
  readonly data?: readonly GridData[];
  readonly conditionalFormats?: readonly ConditionalFormat[];
  readonly protectedRanges?: readonly {
    readonly protectedRangeId?: number;
    readonly description?: string;
    readonly range?: GridRange;
  }[];
  readonly charts?: readonly ChartReply[];
  readonly basicFilter?: { readonly range?: GridRange };
}

// ---------------------------------------------------------------- reading

/** The sheet that holds a tab. Sheets compares titles without regard to case, so we do as well. */
export function sheetOf<S extends { readonly title: string }>(tab: Tab, sheets: readonly S[]): S | undefined {
  const wanted = tab.title.toLowerCase();
  return sheets.find((sheet) => sheet.title.trim().toLowerCase() === wanted);
}

/** 0-based column as letters: 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  const rest = index % 26;
  const letter = String.fromCharCode(65 + rest);
  return index < 26 ? letter : columnLetters((index - rest) / 26 - 1) + letter;
}

function rowsRange(sheet: SheetShape, fromRow: number, toRow: number): string {
  const title = `'${sheet.title.replace(/'/g, "''")}'`;
  return `${title}!A${fromRow}:${columnLetters(sheet.columns - 1)}${toRow}`;
}

/** The ranges to ask for with {@link SETUP_FIELDS}: the top rows and the last row of each tab of ours that exists. */
export function setupRanges(shape: WorkbookShape): string[] {
  return TABS.flatMap((tab) => {
    const sheet = sheetOf(tab, shape.sheets);
    if (!sheet) return [];
    const top = Math.min(sheet.rows, tab.title === 'Dashboard' ? DASHBOARD_ROWS : HEADER_SEARCH_ROWS);
    const first = rowsRange(sheet, 1, top);
    return sheet.rows > top ? [first, rowsRange(sheet, sheet.rows, sheet.rows)] : [first];
  });
}

/** Reads a `spreadsheets.get` reply to {@link SETUP_FIELDS}. */
export function currentWorkbook(reply: Readonly<Record<string, unknown>>): CurrentWorkbook {
  const sheets = (reply.sheets ?? []) as readonly SheetReply[];
  return { sheets: sheets.map(currentSheet) };
}

function currentSheet(sheet: SheetReply): CurrentSheet {
  const properties = sheet.properties ?? {};
  const grid = properties.gridProperties ?? {};
  const rows = grid.rowCount ?? 0;
  const last = rowAt(sheet.data ?? [], rows - 1);
  const tabColour = hexOf(properties.tabColorStyle?.rgbColor);
  return {
    id: properties.sheetId ?? 0,
    title: properties.title ?? '',
    rows,
    columns: grid.columnCount ?? 0,
    hidden: properties.hidden ?? false,
    frozenRows: grid.frozenRowCount ?? 0,
    ...(tabColour === undefined ? {} : { tabColour }),
    top: topRows(sheet.data ?? []),
    ...(last === undefined ? {} : { last }),
    rules: (sheet.conditionalFormats ?? []).map(ruleSeen),
    protections: (sheet.protectedRanges ?? []).map((each) => ({
      id: each.protectedRangeId ?? 0,
      description: each.description ?? '',
      startRow: each.range?.startRowIndex ?? 0,
    })),
    charts: (sheet.charts ?? []).map(chartSeen),
    ...(sheet.basicFilter === undefined ? {} : { filterRow: sheet.basicFilter.range?.startRowIndex ?? 0 }),
  };
}

function chartSeen({ chartId, spec }: ChartReply): ChartSeen {
  const source = spec?.basicChart?.domains?.[0]?.domain?.sourceRange?.sources?.[0];
  return {
    id: chartId ?? 0,
    title: spec?.title ?? '',
    startRow: source?.startRowIndex ?? 0,
    startColumn: source?.startColumnIndex ?? 0,
  };
}

function topRows(data: readonly GridData[]): readonly (readonly CellSeen[])[] {
  const first = data.find((grid) => (grid.startRow ?? 0) === 0);
  return (first?.rowData ?? []).slice(0, DASHBOARD_ROWS).map((row) => cells(row.values, first?.startColumn));
}

/** A row that was asked for; empty where Google left it out because nothing stands in it. */
function rowAt(data: readonly GridData[], index: number): readonly CellSeen[] | undefined {
  const grid = data.find((each) => (each.startRow ?? 0) === index) ?? data[0];
  if (!grid || data.length === 0) return undefined;
  return cells(grid.rowData?.[index - (grid.startRow ?? 0)]?.values, grid.startColumn);
}

const EMPTY_CELL: CellSeen = { text: '', typed: false, note: '', bold: false };

function cells(values: readonly CellData[] = [], startColumn = 0): CellSeen[] {
  return [...Array.from({ length: startColumn }, () => EMPTY_CELL), ...values.map(cellSeen)];
}

function cellSeen(cell: CellData): CellSeen {
  const entered = cell.userEnteredValue ?? {};
  const value = Object.values(entered)[0];
  const format = cell.userEnteredFormat?.numberFormat?.type;
  const condition = cell.dataValidation?.condition;
  const choices = condition && (condition.values ?? []).map((each) => each.userEnteredValue ?? '');
  return {
    text: value === undefined ? '' : String(value),
    typed: value !== undefined && entered.stringValue === undefined,
    note: cell.note ?? '',
    bold: cell.userEnteredFormat?.textFormat?.bold ?? false,
    ...(format === undefined ? {} : { format }),
    ...(choices === undefined ? {} : { choices }),
  };
}

function ruleSeen(rule: ConditionalFormat, index: number): RuleSeen {
  return { index, key: ruleKey(rule), ranges: (rule.ranges ?? []).map(rangeSeen) };
}

function rangeSeen(range: GridRange): RangeSeen {
  return {
    startRow: range.startRowIndex ?? 0,
    startColumn: range.startColumnIndex ?? 0,
    ...(range.endRowIndex === undefined ? {} : { endRow: range.endRowIndex }),
    ...(range.endColumnIndex === undefined ? {} : { endColumn: range.endColumnIndex }),
  };
}

/**
 * A conditional format without its place: condition and colours in one comparable text. Google adds deprecated twins of
 * colour fields and drops zeros, so rules are compared by this and never field by field.
 */
export function ruleKey(rule: ConditionalFormat): string {
  const boolean = rule.booleanRule;
  if (!boolean) return '';
  const { format, condition } = boolean;
  const text = format?.textFormat;
  return JSON.stringify([
    condition?.type ?? '',
    (condition?.values ?? []).map((value) => value.userEnteredValue ?? ''),
    hexOf(text?.foregroundColorStyle?.rgbColor ?? text?.foregroundColor) ?? '',
    hexOf(format?.backgroundColorStyle?.rgbColor ?? format?.backgroundColor) ?? '',
  ]);
}
