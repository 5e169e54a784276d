/** Cells that call the script's own functions: where they are, and the rows of values that they spread. */
import { columnName } from './a1';
import { type CellError, type Effective, isFormula, type Row } from './cells';
import { tokenize } from './formula-tokens';
import { isBlock } from './formula-values';
import type { Sheet } from './sheet';
import type { WorkbookState } from './state';

type Rows = readonly (readonly Effective[])[];

interface CustomCell {
  readonly sheet: Sheet;
  readonly row: number;
  readonly column: number;
  readonly formula: string;
}

/** What keeps rows of values from spreading, in Google's words; undefined when nothing does. */
export function obstacle(sheet: Sheet, row: number, column: number, rows: Rows): CellError | undefined {
  const width = Math.max(...rows.map((cells) => cells.length));
  const missing = row + rows.length - sheet.rowCount;
  if (missing > 0) return refused(`please insert more rows (${missing}).`);
  const narrow = column + width - sheet.columnCount;
  if (narrow > 0) return refused(`please insert more columns (${narrow}).`);
  for (let down = 0; down < rows.length; down++) {
    for (let right = 0; right < width; right++) {
      if ((down === 0 && right === 0) || sheet.cell(row + down, column + right) === null) continue;
      const place = `${columnName(column + right)}${row + down + 1}`;
      return {
        error: '#REF!',
        message: `Array result was not expanded because it would overwrite data in ${place}.`,
      };
    }
  }
  return undefined;
}

const refused = (what: string): CellError => ({
  error: '#REF!',
  message: `Result was not automatically expanded, ${what}`,
});

/** Finds the cells again and again; a row that has not changed is looked at once. */
export class CustomCells {
  private readonly columns = new WeakMap<Row, readonly number[]>();

  /** Calculates each of them, and lays the rows that they give over the sheets. False when all lies as before. */
  lay(state: WorkbookState): boolean {
    const laid = new Map<Sheet, Map<string, Effective>>();
    for (const cell of this.find(state)) {
      const { sheet, row, column, formula } = cell;
      const value = state.whole(sheet, row, column, formula);
      if (!isBlock(value) || obstacle(sheet, row, column, value) !== undefined) continue;
      const values = laid.get(sheet) ?? new Map<string, Effective>();
      cover(values, cell, value);
      laid.set(sheet, values);
    }
    return state.sheets.map((sheet) => put(sheet, laid.get(sheet))).includes(true);
  }

  private find(state: WorkbookState): readonly CustomCell[] {
    const found: CustomCell[] = [];
    for (const sheet of state.sheets) {
      if (!sheet.hasFormulas) continue;
      for (let row = 0; row < sheet.usedRows; row++) {
        const cells = sheet.row(row);
        for (const column of this.columnsOf(state, cells)) {
          const cell = cells[column] ?? null;
          if (isFormula(cell)) found.push({ sheet, row, column, formula: cell.f });
        }
      }
    }
    return found;
  }

  private columnsOf(state: WorkbookState, row: Row): readonly number[] {
    const known = this.columns.get(row);
    if (known !== undefined) return known;
    const columns = row.flatMap((cell, column) => (isFormula(cell) && callsScript(state, cell.f) ? [column] : []));
    this.columns.set(row, columns);
    return columns;
  }
}

function callsScript(state: WorkbookState, formula: string): boolean {
  const tokens = tokenize(formula.slice(1)) ?? [];
  return tokens.some((token) => token.kind === 'name' && state.custom.knows(token.text));
}

/** Where two spread over one cell, the first keeps it. */
function cover(values: Map<string, Effective>, { row, column }: CustomCell, rows: Rows): void {
  rows.forEach((cells, down) => {
    cells.forEach((value, right) => {
      const key = `${row + down}:${column + right}`;
      if ((down > 0 || right > 0) && !values.has(key)) values.set(key, value);
    });
  });
}

function put(sheet: Sheet, values: ReadonlyMap<string, Effective> | undefined): boolean {
  const before = sheet.spread;
  if (values === undefined || values.size === 0) {
    delete sheet.spread;
    return before !== undefined;
  }
  const places = [...values.keys()].map((key) => key.split(':').map(Number));
  const at = (row: number, column: number) => values.get(`${row}:${column}`) ?? null;
  const rows = places.reduce((most, [row = 0]) => Math.max(most, row + 1), 0);
  const columns = places.reduce((most, [, column = 0]) => Math.max(most, column + 1), 0);
  sheet.spread = { at, rows, columns };
  const isSame = before?.rows === rows && before.columns === columns;
  return !isSame || places.some(([row = 0, column = 0]) => before.at(row, column) !== at(row, column));
}
