/** One attribute of all cells of a sheet (a format, a note, a rule) as runs per column, and the pool of its values. */
import { idAt, insertRuns, mapRuns, moveRuns, NO_RUNS, type Run, type Runs, runsEnd, runsOf, spliceRuns } from './runs';

/** Values by id, each stored once; id 0 is "none". Grows only, except when a failed batch is rolled back. */
export class Pool {
  private readonly texts: string[] = [];
  private readonly values: unknown[] = [undefined];
  private readonly ids = new Map<string, number>();

  constructor(texts: readonly string[] = []) {
    for (const text of texts) this.add(text, JSON.parse(text));
  }

  private add(text: string, value: unknown): number {
    const id = this.texts.push(text);
    this.values[id] = value;
    this.ids.set(text, id);
    return id;
  }

  id(value: unknown): number {
    if (value === undefined || value === null) return 0;
    const text = JSON.stringify(value);
    return this.ids.get(text) ?? this.add(text, JSON.parse(text));
  }

  value(id: number): unknown {
    return this.values[id];
  }

  get size(): number {
    return this.texts.length;
  }

  /** Forgets everything that was added after the pool had `size` values. */
  truncate(size: number): void {
    for (const text of this.texts.splice(size)) this.ids.delete(text);
    this.values.length = size + 1;
  }

  copy(): Pool {
    return new Pool(this.texts);
  }

  toJSON(): readonly string[] {
    return this.texts;
  }
}

export class RunGrid {
  private columns: Runs[];

  constructor(columns: readonly (readonly Run[])[] = []) {
    this.columns = [...columns];
  }

  copy(): RunGrid {
    return new RunGrid(this.columns);
  }

  toJSON(): readonly Runs[] {
    return this.columns;
  }

  column(index: number): Runs {
    return this.columns[index] ?? NO_RUNS;
  }

  at(row: number, column: number): number {
    return idAt(this.column(column), row);
  }

  private put(column: number, runs: Runs): void {
    while (this.columns.length < column) this.columns.push(NO_RUNS);
    this.columns[column] = runs;
    while (this.columns.length > 0 && this.columns[this.columns.length - 1]?.length === 0) this.columns.pop();
  }

  /** Rows that hold a value, counted from the top; 0 when the grid is empty. */
  rowsUsed(): number {
    return this.columns.reduce((most, runs) => Math.max(most, runsEnd(runs)), 0);
  }

  columnsUsed(): number {
    return this.columns.length;
  }

  map(r1: number, r2: number, c1: number, c2: number, change: (id: number) => number): void {
    for (let column = c1; column < c2; column++) this.put(column, mapRuns(this.column(column), r1, r2, change));
  }

  /** Writes ids down one column from `row`. */
  paint(column: number, row: number, ids: readonly number[]): void {
    this.put(column, spliceRuns(this.column(column), row, ids.length, runsOf(ids), ids.length));
  }

  private each(change: (runs: Runs) => Runs): void {
    for (let column = this.columns.length - 1; column >= 0; column--) this.put(column, change(this.column(column)));
  }

  /** New rows take the ids of row `model`, or none when it is outside the sheet. */
  insertRows(at: number, count: number, model: number): void {
    this.each((runs) => insertRuns(runs, at, count, model < 0 ? 0 : idAt(runs, model)));
  }

  deleteRows(start: number, end: number): void {
    this.each((runs) => spliceRuns(runs, start, end - start, NO_RUNS, 0));
  }

  moveRows(start: number, end: number, to: number): void {
    this.each((runs) => moveRuns(runs, start, end, to));
  }

  private setColumns(columns: Runs[]): void {
    this.columns = columns;
    while (this.columns.length > 0 && this.columns[this.columns.length - 1]?.length === 0) this.columns.pop();
  }

  private padded(length: number): Runs[] {
    return Array.from({ length: Math.max(length, this.columns.length) }, (_, index) => this.column(index));
  }

  insertColumns(at: number, count: number, model: number): void {
    const columns = this.padded(at);
    const fill = model < 0 ? NO_RUNS : this.column(model);
    columns.splice(at, 0, ...new Array<Runs>(count).fill(fill));
    this.setColumns(columns);
  }

  deleteColumns(start: number, end: number): void {
    const columns = this.padded(0);
    columns.splice(start, end - start);
    this.setColumns(columns);
  }

  moveColumns(start: number, end: number, to: number): void {
    const columns = this.padded(Math.max(end, to));
    const moved = columns.splice(start, end - start);
    columns.splice(to > start ? to - moved.length : to, 0, ...moved);
    this.setColumns(columns);
  }

  /** Puts row `order[i]` of the block (counted from `row`) at place i, in columns `[c1, c2)`. */
  permute(row: number, c1: number, c2: number, order: readonly number[]): void {
    for (let column = c1; column < Math.min(c2, this.columns.length); column++) {
      const runs = this.column(column);
      if (runs.length === 0) continue;
      this.paint(
        column,
        row,
        order.map((from) => idAt(runs, row + from)),
      );
    }
  }
}
