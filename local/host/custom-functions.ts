/** Functions of the script in cells: each call runs as an execution of its own, without rights, and gives the cell its value. */
import type { Machine } from './machine';
import { runFunction } from './runner';
import type { RunResult } from './state';
import type { CallAnswer, CustomCall } from './workbook/custom-calls';

type Scalar = string | number | boolean;

/** A function that gives nothing leaves its cell blank. */
function scalar(value: unknown): Scalar {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

/** A list is a column; a list of lists is rows, filled up to the longest. */
function rowsOf(values: readonly unknown[]): CallAnswer {
  const rows = values.map((row) => (Array.isArray(row) ? row.map(scalar) : [scalar(row)]));
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return { value: '' };
  return { rows: rows.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? '')) };
}

function answerOf(result: RunResult): CallAnswer {
  if (!result.ok) return { error: result.error?.message ?? 'Unknown error' };
  return Array.isArray(result.value) ? rowsOf(result.value) : { value: scalar(result.value) };
}

/** Brings the cells of the workbook that call the script up to date; costs nothing while no cell has changed. */
export function settleCells(machine: Machine): void {
  machine.workbook.settle(({ handler, args }: CustomCall) =>
    answerOf(runFunction(machine, { handler, args, user: machine.state.owner, trigger: 'custom' }).result),
  );
}
