/** The whole state of one spreadsheet, its snapshots, and the calculator over it. */
import type { A1, Rect } from './a1';
import { parseA1 } from './a1';
import { type Effective, isFormula } from './cells';
import { type CallAnswer, CustomCalls } from './custom-calls';
import { obstacle } from './custom-cells';
import { formatValue, type NumberFormat } from './format';
import { evaluate, evaluateWhole, type Surroundings } from './formula';
import { type Reference, referenceText } from './formula-tokens';
import { failure, isBlock, type Operand } from './formula-values';
import { type Json, obj } from './json';
import { cellsExceeded, MAX_WORKBOOK_CELLS } from './limits';
import { type Locale, localeOf } from './locale';
import { Pool } from './run-grid';
import { serialOfInstant } from './serial';
import { Sheet, type SheetJson } from './sheet';

export interface SpreadsheetProperties {
  readonly title: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly [name: string]: unknown;
}

export interface StateJson {
  readonly spreadsheetId: string;
  readonly properties: SpreadsheetProperties;
  readonly namedRanges: readonly Json[];
  readonly developerMetadata: readonly Json[];
  /** How many ids were given out. */
  readonly idsUsed: number;
  readonly pool: readonly string[] | Pool;
  readonly sheets: readonly (SheetJson | Sheet)[];
  /** Answers of the script's own functions, by call. */
  readonly custom?: readonly (readonly [string, CallAnswer])[];
}

export class WorkbookState {
  namedRanges: readonly Json[] = [];
  developerMetadata: readonly Json[] = [];
  pool = new Pool();
  sheets: Sheet[] = [];
  /** The host's clock in epoch ms; completes dates typed without a year. */
  nowMs: () => number = () => 0;
  /** Refuses a write to a place that the caller may not edit; absent while nobody is to be refused. */
  guard?: (sheet: Sheet, rect: Rect) => void;
  private idsUsed = 0;
  custom = new CustomCalls();
  /** Counts the changes of cells. */
  changes = 0;
  private readonly results = new Map<string, Operand>();
  private readonly blocks = new Map<string, Effective[][]>();
  private readonly open = new Set<string>();
  /** How often a formula was found to lead back to itself. */
  private loops = 0;

  constructor(
    readonly spreadsheetId: string,
    public properties: SpreadsheetProperties,
  ) {}

  toJSON(): StateJson {
    const { spreadsheetId, properties, namedRanges, developerMetadata, idsUsed, pool, sheets } = this;
    const json = { spreadsheetId, properties, namedRanges, developerMetadata, idsUsed, pool, sheets };
    const custom = this.custom.toJSON();
    return custom.length === 0 ? json : { ...json, custom };
  }

  static fromJSON(json: StateJson): WorkbookState {
    const state = new WorkbookState(json.spreadsheetId, json.properties);
    state.namedRanges = json.namedRanges;
    state.developerMetadata = json.developerMetadata;
    state.idsUsed = json.idsUsed;
    state.custom = new CustomCalls(json.custom);
    state.pool = json.pool instanceof Pool ? json.pool.copy() : new Pool(json.pool);
    state.sheets = json.sheets.map((sheet) => (sheet instanceof Sheet ? sheet.copy() : Sheet.fromJSON(sheet)));
    return state;
  }

  /** A state of its own that shares unchanged rows with this one. */
  copy(): WorkbookState {
    const made = WorkbookState.fromJSON(this.toJSON());
    made.nowMs = this.nowMs;
    return made;
  }

  /** Runs a change and puts everything back as it was when it throws. */
  atomically<T>(change: () => T): T {
    const before = { ...this.toJSON(), sheets: this.sheets.map((sheet) => sheet.copy()) };
    const poolSize = this.pool.size;
    try {
      return change();
    } catch (error) {
      this.properties = before.properties;
      this.namedRanges = before.namedRanges;
      this.developerMetadata = before.developerMetadata;
      this.idsUsed = before.idsUsed;
      this.sheets = before.sheets;
      this.pool.truncate(poolSize);
      throw error;
    } finally {
      this.changed();
    }
  }

  /** Forgets calculated values; every change of a cell goes through here. */
  changed(): void {
    this.changes++;
    if (this.results.size > 0) this.results.clear();
    if (this.blocks.size > 0) this.blocks.clear();
  }

  /** An id in the style of Google's (scattered, below 2^31), the same for the same history. */
  freshId(): number {
    this.idsUsed++;
    return Number((BigInt(this.idsUsed) * 2_654_435_761n) % 2_147_483_647n);
  }

  get locale(): Locale {
    return localeOf(this.properties.locale);
  }

  readonly find = (sheetId: number): Sheet | undefined => this.sheets.find((sheet) => sheet.id === sheetId);

  byTitle(title: string): Sheet | undefined {
    const wanted = title.toLowerCase();
    return this.sheets.find((sheet) => sheet.title.toLowerCase() === wanted);
  }

  /** The sheet and rectangle of an A1 text; a named range stands for its range. @throws SheetsApiError */
  locate(range: string): { readonly sheet: Sheet; readonly rect?: Rect } {
    const named = this.namedRanges.find((item) => item.name === range);
    const first = this.sheets[0] as Sheet;
    if (named !== undefined) return this.gridRect(obj(named.range));
    const a1: A1 = parseA1(range, (title) => this.byTitle(title) !== undefined);
    return { sheet: a1.title === undefined ? first : (this.byTitle(a1.title) ?? first), rect: a1.rect };
  }

  private gridRect(range: Json): { sheet: Sheet; rect: Rect } {
    const sheet = this.find(Number(range.sheetId ?? 0)) ?? (this.sheets[0] as Sheet);
    const edge = (key: string, open: number) => (typeof range[key] === 'number' ? Number(range[key]) : open);
    const rect = {
      r1: edge('startRowIndex', 0),
      r2: edge('endRowIndex', sheet.rowCount),
      c1: edge('startColumnIndex', 0),
      c2: edge('endColumnIndex', sheet.columnCount),
    };
    return { sheet, rect };
  }

  cellCount(): number {
    return this.sheets.reduce((sum, sheet) => sum + sheet.rowCount * sheet.columnCount, 0);
  }

  /** @throws SheetsApiError when the workbook would have too many cells with `more` of them. */
  checkGrowth(more: number): void {
    if (more > 0 && this.cellCount() + more > MAX_WORKBOOK_CELLS) throw cellsExceeded();
  }

  /** The value of a cell after calculation. */
  effective(sheet: Sheet, row: number, column: number): Effective {
    const cell = sheet.cell(row, column);
    if (cell === null) return sheet.spread?.at(row, column) ?? null;
    if (!isFormula(cell)) return cell;
    const value = this.whole(sheet, row, column, cell.f);
    return isBlock(value) ? (obstacle(sheet, row, column, value) ?? value[0]?.[0] ?? null) : value;
  }

  /** What the formula of a cell gives: a value, or rows of values that spread from it. */
  whole(sheet: Sheet, row: number, column: number, formula: string): Operand {
    const key = `${sheet.id}:${row}:${column}`;
    const known = this.results.get(key);
    if (known !== undefined) return known;
    if (this.open.has(key)) {
      this.loops++;
      return failure('#REF!');
    }
    this.open.add(key);
    try {
      const world = { ...this.surroundings(sheet), custom: this.ask };
      const value = evaluateWhole(formula, world, this.custom.spreads);
      this.results.set(key, value);
      return value;
    } finally {
      this.open.delete(key);
    }
  }

  private readonly ask = (name: string, values: readonly Operand[]) => this.custom.ask(name, values);

  /** The value of a formula as if it stood on a sheet; its result is not kept. */
  calculate(sheet: Sheet, formula: string): Effective {
    return evaluate(formula, this.surroundings(sheet));
  }

  private surroundings(home: Sheet): Surroundings {
    const now = () => serialOfInstant(this.nowMs(), this.properties.timeZone);
    return { cells: (ref) => this.referenced(home, ref), now };
  }

  private referenced(home: Sheet, ref: Reference): Effective[][] | undefined {
    const sheet = ref.title === undefined ? home : this.byTitle(ref.title);
    if (sheet === undefined) return undefined;
    const to = ref.to ?? ref.from;
    const r1 = Math.min(ref.from.row ?? 0, to.row ?? 0);
    const c1 = Math.min(ref.from.column ?? 0, to.column ?? 0);
    const lastRow = Math.max(ref.from.row ?? 0, to.row ?? sheet.rowCount - 1);
    const lastColumn = Math.max(ref.from.column ?? 0, to.column ?? sheet.columnCount - 1);
    if (lastRow >= sheet.rowCount || lastColumn >= sheet.columnCount) return undefined;
    // A reference to a whole column must not cost a million empty rows.
    const used = to.row !== undefined ? lastRow : Math.min(lastRow, Math.max(r1, sheet.usedRows - 1));
    const key = `${sheet.id}:${referenceText({ ...ref, title: undefined })}`;
    const known = this.blocks.get(key);
    if (known !== undefined) return known;
    const loops = this.loops;
    const rows: Effective[][] = [];
    for (let row = r1; row <= used; row++) {
      const cells: Effective[] = [];
      for (let column = c1; column <= lastColumn; column++) cells.push(this.effective(sheet, row, column));
      rows.push(cells);
    }
    // Inside a circle the value depends on where one came in, so it holds for this cell alone.
    if (loops === this.loops) this.blocks.set(key, rows);
    return rows;
  }

  /** The user-entered format of a cell; undefined when it has none. */
  formatOf(sheet: Sheet, row: number, column: number): Json | undefined {
    return this.pool.value(sheet.attributes.userEnteredFormat.at(row, column)) as Json | undefined;
  }

  numberFormat(sheet: Sheet, row: number, column: number): NumberFormat | undefined {
    return this.formatOf(sheet, row, column)?.numberFormat as NumberFormat | undefined;
  }

  /** The text that the grid shows. */
  display(sheet: Sheet, row: number, column: number): string {
    return formatValue(this.effective(sheet, row, column), this.numberFormat(sheet, row, column), this.locale);
  }
}
