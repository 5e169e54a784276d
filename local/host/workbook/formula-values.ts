/** Values inside a formula: coercion to numbers and text, comparison, and blocks of cells. */
import { type CellError, type Effective, type ErrorCode, isCellError } from './cells';

/** A value, or the block of a reference. */
export type Operand = Effective | readonly (readonly Effective[])[];

export function failure(error: ErrorCode): CellError {
  return { error };
}

export function isBlock(value: Operand): value is readonly (readonly Effective[])[] {
  return Array.isArray(value);
}

/** One value of an operand: a block of one cell gives that cell, a larger one is an error. */
export function single(value: Operand): Effective {
  if (!isBlock(value)) return value;
  if (value.length > 1 || (value[0]?.length ?? 0) > 1) return failure('#VALUE!');
  return value[0]?.[0] ?? null;
}

/** A number as arithmetic sees it: empty is 0, TRUE is 1, text that reads as a number is one. */
export function numeric(value: Effective): number | CellError {
  if (typeof value === 'number') return value;
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isCellError(value)) return value;
  const parsed = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(parsed) ? parsed : failure('#VALUE!');
}

export function textOf(value: Effective): string | CellError {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'object') return value;
  return String(value);
}

function rank(value: Effective): number {
  if (typeof value === 'string') return 1;
  return typeof value === 'boolean' ? 2 : 0;
}

/** Order of two values as Sheets sorts and compares them: numbers, then text without case, then booleans. */
export function compare(a: Effective, b: Effective): number {
  const left = a ?? (typeof b === 'string' ? '' : typeof b === 'boolean' ? false : 0);
  const right = b ?? (typeof a === 'string' ? '' : typeof a === 'boolean' ? false : 0);
  if (rank(left) !== rank(right)) return rank(left) - rank(right);
  if (typeof left === 'string') {
    const [x, y] = [left.toLowerCase(), String(right).toLowerCase()];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  return Number(left) - Number(right);
}
