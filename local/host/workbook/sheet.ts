/** One tab: its rows, the attributes of its cells, its dimensions and the objects that lie on it. */
import { type Effective, isFormula, type Row, type StoredCell, trimRow } from './cells';
import type { Json } from './json';
import { RunGrid } from './run-grid';
import { insertRuns, moveRuns, NO_RUNS, type Runs, spliceRuns } from './runs';

export type Dimension = 'ROWS' | 'COLUMNS';

export interface SheetProperties {
  readonly sheetId: number;
  readonly title: string;
  readonly sheetType: 'GRID';
  readonly gridProperties: Json & { readonly rowCount: number; readonly columnCount: number };
  readonly hidden?: boolean;
  readonly [name: string]: unknown;
}

/** The objects of a sheet in the API's own shapes. */
export interface SheetObjects {
  readonly merges?: readonly Json[];
  readonly conditionalFormats?: readonly Json[];
  readonly filterViews?: readonly Json[];
  readonly protectedRanges?: readonly Json[];
  readonly basicFilter?: Json;
  readonly charts?: readonly Json[];
  readonly bandedRanges?: readonly Json[];
  readonly developerMetadata?: readonly Json[];
}

/** The attributes a cell can have beside its value, by their name in CellData. */
export const ATTRIBUTES = ['userEnteredFormat', 'note', 'dataValidation', 'textFormatRuns'] as const;
export type Attribute = (typeof ATTRIBUTES)[number];
export type Attributes = Record<Attribute, RunGrid>;

export interface SheetJson {
  readonly properties: SheetProperties;
  readonly objects: SheetObjects;
  readonly attributes: Readonly<Record<Attribute, readonly Runs[] | RunGrid>>;
  readonly dimensions: Readonly<Record<Dimension, Runs>>;
  readonly rows: readonly Row[];
}

const EMPTY: Row = [];

/** Values that formulas have spread over empty cells: calculated, never stored. */
export interface Spread {
  readonly at: (row: number, column: number) => Effective;
  /** How far down and right they reach. */
  readonly rows: number;
  readonly columns: number;
}

export class Sheet {
  properties: SheetProperties;
  objects: SheetObjects = {};
  attributes: Attributes;
  /** Ids of DimensionProperties in the workbook's pool. */
  dimensions: Record<Dimension, Runs> = { ROWS: NO_RUNS, COLUMNS: NO_RUNS };
  /** False means that no cell holds a formula, so a shift of references may skip the sheet. */
  hasFormulas = false;
  spread?: Spread;
  private cells: Row[] = [];
  /** True while another copy of the sheet holds the same outer array. */
  private shared = false;

  constructor(properties: SheetProperties) {
    this.properties = properties;
    this.attributes = {
      userEnteredFormat: new RunGrid(),
      note: new RunGrid(),
      dataValidation: new RunGrid(),
      textFormatRuns: new RunGrid(),
    };
  }

  /** A copy whose changes do not show here; costs nothing until one of the two is written. */
  copy(): Sheet {
    const made = new Sheet(this.properties);
    made.objects = this.objects;
    for (const name of ATTRIBUTES) made.attributes[name] = this.attributes[name].copy();
    made.dimensions = { ...this.dimensions };
    made.hasFormulas = this.hasFormulas;
    made.spread = this.spread;
    made.cells = this.cells;
    made.shared = true;
    this.shared = true;
    return made;
  }

  toJSON(): SheetJson {
    const { properties, objects, attributes, dimensions } = this;
    return { properties, objects, attributes, dimensions, rows: this.cells };
  }

  static fromJSON(json: SheetJson): Sheet {
    const sheet = new Sheet(json.properties);
    sheet.objects = json.objects;
    for (const name of ATTRIBUTES) {
      const columns = json.attributes[name];
      sheet.attributes[name] = columns instanceof RunGrid ? columns.copy() : new RunGrid(columns);
    }
    sheet.dimensions = { ...json.dimensions };
    sheet.cells = json.rows as Row[];
    sheet.shared = true;
    sheet.hasFormulas = json.rows.some((row) => row.some(isFormula));
    return sheet;
  }

  get id(): number {
    return this.properties.sheetId;
  }

  get title(): string {
    return this.properties.title;
  }

  get rowCount(): number {
    return this.properties.gridProperties.rowCount;
  }

  get columnCount(): number {
    return this.properties.gridProperties.columnCount;
  }

  /** Rows down to the last that holds a value. */
  get usedRows(): number {
    return Math.max(this.cells.length, this.spread?.rows ?? 0);
  }

  usedColumns(): number {
    let most = this.spread?.columns ?? 0;
    for (const row of this.cells) if (row.length > most) most = row.length;
    return most;
  }

  row(index: number): Row {
    return this.cells[index] ?? EMPTY;
  }

  cell(row: number, column: number): StoredCell {
    return this.cells[row]?.[column] ?? null;
  }

  private own(): Row[] {
    if (this.shared) {
      this.cells = this.cells.slice();
      this.shared = false;
    }
    return this.cells;
  }

  private trim(cells: Row[]): void {
    while (cells.length > 0 && cells[cells.length - 1]?.length === 0) cells.pop();
  }

  /** Puts a whole row; the array belongs to the sheet from now on. */
  setRow(index: number, row: StoredCell[]): void {
    const cells = this.own();
    trimRow(row);
    if (!this.hasFormulas && row.some(isFormula)) this.hasFormulas = true;
    while (cells.length < index) cells.push(EMPTY);
    cells[index] = row;
    if (index === cells.length - 1) this.trim(cells);
  }

  setCell(row: number, column: number, value: StoredCell): void {
    const fresh = this.row(row).slice();
    while (fresh.length < column) fresh.push(null);
    fresh[column] = value;
    this.setRow(row, fresh);
  }

  setGrid(size: { readonly rowCount?: number; readonly columnCount?: number }): void {
    this.properties = { ...this.properties, gridProperties: { ...this.properties.gridProperties, ...size } };
  }

  /** Opens `count` rows at `at`; they take the attributes of row `model` (-1: none). */
  insertRows(at: number, count: number, model: number): void {
    const cells = this.own();
    if (at < cells.length) {
      const tail = cells.splice(at);
      for (let i = 0; i < count; i++) cells.push(EMPTY);
      for (const row of tail) cells.push(row);
    }
    for (const name of ATTRIBUTES) {
      // Google carries formats and rules into new rows, never notes or rich text.
      const inherits = name === 'userEnteredFormat' || name === 'dataValidation';
      this.attributes[name].insertRows(at, count, inherits ? model : -1);
    }
    this.dimensions.ROWS = insertRuns(this.dimensions.ROWS, at, count, 0);
    this.setGrid({ rowCount: this.rowCount + count });
  }

  insertColumns(at: number, count: number, model: number): void {
    this.mapRows((row) => {
      if (row.length <= at) return row;
      return [...row.slice(0, at), ...new Array<StoredCell>(count).fill(null), ...row.slice(at)];
    });
    for (const name of ATTRIBUTES) {
      const inherits = name === 'userEnteredFormat' || name === 'dataValidation';
      this.attributes[name].insertColumns(at, count, inherits ? model : -1);
    }
    this.dimensions.COLUMNS = insertRuns(this.dimensions.COLUMNS, at, count, 0);
    this.setGrid({ columnCount: this.columnCount + count });
  }

  deleteRows(start: number, end: number): void {
    const cells = this.own();
    cells.splice(start, end - start);
    this.trim(cells);
    for (const name of ATTRIBUTES) this.attributes[name].deleteRows(start, end);
    this.dimensions.ROWS = spliceRuns(this.dimensions.ROWS, start, end - start, NO_RUNS, 0);
    this.setGrid({ rowCount: this.rowCount - (end - start) });
  }

  deleteColumns(start: number, end: number): void {
    this.mapRows((row) => (row.length <= start ? row : trimRow([...row.slice(0, start), ...row.slice(end)])));
    for (const name of ATTRIBUTES) this.attributes[name].deleteColumns(start, end);
    this.dimensions.COLUMNS = spliceRuns(this.dimensions.COLUMNS, start, end - start, NO_RUNS, 0);
    this.setGrid({ columnCount: this.columnCount - (end - start) });
  }

  /** Moves `[start, end)` before the place `to`, both counted before the move. */
  moveRows(start: number, end: number, to: number): void {
    const cells = this.own();
    while (cells.length < Math.max(end, to)) cells.push(EMPTY);
    const moved = cells.splice(start, end - start);
    cells.splice(to > start ? to - moved.length : to, 0, ...moved);
    this.trim(cells);
    for (const name of ATTRIBUTES) this.attributes[name].moveRows(start, end, to);
    this.dimensions.ROWS = moveRuns(this.dimensions.ROWS, start, end, to);
  }

  moveColumns(start: number, end: number, to: number): void {
    this.mapRows((row) => {
      if (row.length <= Math.min(start, to)) return row;
      const wide = row.slice();
      while (wide.length < Math.max(end, to)) wide.push(null);
      const moved = wide.splice(start, end - start);
      wide.splice(to > start ? to - moved.length : to, 0, ...moved);
      return trimRow(wide);
    });
    for (const name of ATTRIBUTES) this.attributes[name].moveColumns(start, end, to);
    this.dimensions.COLUMNS = moveRuns(this.dimensions.COLUMNS, start, end, to);
  }

  /** Sends every row through `change`, which gives a new array or the old one. */
  mapRows(change: (row: Row, index: number) => Row): void {
    const cells = this.own();
    for (let i = 0; i < cells.length; i++) cells[i] = change(cells[i] as Row, i);
    this.trim(cells);
  }

  /** Cuts what lies outside of a smaller grid. */
  crop(rowCount: number, columnCount: number): void {
    if (rowCount < this.rowCount) this.deleteRows(rowCount, this.rowCount);
    if (columnCount < this.columnCount) this.deleteColumns(columnCount, this.columnCount);
    this.setGrid({ rowCount, columnCount });
  }
}
