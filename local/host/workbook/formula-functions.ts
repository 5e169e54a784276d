/** The functions of the small calculator: those that the add-on's own setup writes, and their near neighbours. */
import type { CellError, Effective } from './cells';
import { isCellError } from './cells';
import { compare, failure, isBlock, numeric, type Operand, single, textOf } from './formula-values';

type Fn = (values: readonly Operand[]) => Operand;

/** Numbers as SUM sees them: in a block only true numbers count, a value written out is read as a number. */
function numbers(values: readonly Operand[]): number[] | CellError {
  const out: number[] = [];
  for (const value of values) {
    for (const item of isBlock(value) ? value.flat() : [value]) {
      if (item !== null && isCellError(item)) return item;
      if (isBlock(value) && typeof item !== 'number') continue;
      const number = numeric(item);
      if (typeof number !== 'number') return number;
      out.push(number);
    }
  }
  return out;
}

function fold(change: (all: readonly number[]) => Effective): Fn {
  return (values) => {
    const all = numbers(values);
    return Array.isArray(all) ? change(all) : all;
  };
}

function cells(value: Operand | undefined): readonly Effective[] {
  if (value === undefined) return [];
  return isBlock(value) ? value.flat() : [value];
}

function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/~?[*?]|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return `\\${part[part.length - 1]}`;
  });
  return new RegExp(`^${source}$`, 'is');
}

/** A criterion of COUNTIF: `">10"`, `"<>open"`, `"late*"` or a value. */
function criterion(value: Effective): (cell: Effective) => boolean {
  const [, op = '', rest = ''] = /^(<>|<=|>=|<|>|=)?(.*)$/s.exec(typeof value === 'string' ? value : '') ?? [];
  const operand: Effective = typeof value !== 'string' ? value : rest;
  const asNumber = typeof operand === 'string' && operand.trim() !== '' ? Number(operand) : Number.NaN;
  const target: Effective = Number.isFinite(asNumber) ? asNumber : operand;
  const pattern = typeof target === 'string' && target !== '' ? wildcard(target) : undefined;
  const equal = (cell: Effective): boolean => {
    if (pattern !== undefined) return typeof cell === 'string' && pattern.test(cell);
    if (target === '') return cell === null || cell === '';
    return typeof cell === typeof target && compare(cell, target) === 0;
  };
  if (op === '' || op === '=') return equal;
  if (op === '<>') return (cell) => !equal(cell);
  return (cell) => {
    if (cell === null || typeof cell !== typeof target) return false;
    const order = compare(cell, target);
    if (op === '<') return order < 0;
    if (op === '<=') return order <= 0;
    return op === '>' ? order > 0 : order >= 0;
  };
}

function sumIf([range, wanted, sums]: readonly Operand[]): Operand {
  if (range === undefined || wanted === undefined) return failure('#N/A');
  const matches = criterion(single(wanted));
  const added = cells(sums ?? range);
  let total = 0;
  cells(range).forEach((cell, index) => {
    const item = added[index];
    if (matches(cell) && typeof item === 'number') total += item;
  });
  return total;
}

function round([value, digits]: readonly Operand[]): Operand {
  const number = numeric(single(value ?? null));
  const places = numeric(single(digits ?? 0));
  if (typeof number !== 'number') return number;
  if (typeof places !== 'number') return places;
  // The exponent form keeps 1.005 from becoming 1.00499... before it is rounded.
  const scaled = Math.round(Number(`${Math.abs(number)}e${Math.trunc(places)}`));
  return Math.sign(number) * Number(`${scaled}e${-Math.trunc(places)}`);
}

function choose([test, then, otherwise]: readonly Operand[]): Operand {
  const value = numeric(single(test ?? null));
  if (typeof value !== 'number') return value;
  return value !== 0 ? (then ?? null) : (otherwise ?? false);
}

export const FUNCTIONS: Readonly<Record<string, Fn>> = {
  SUM: fold((all) => all.reduce((sum, n) => sum + n, 0)),
  AVERAGE: fold((all) => (all.length === 0 ? failure('#DIV/0!') : all.reduce((sum, n) => sum + n, 0) / all.length)),
  MIN: fold((all) => all.reduce((least, n) => Math.min(least, n), all[0] ?? 0)),
  MAX: fold((all) => all.reduce((most, n) => Math.max(most, n), all[0] ?? 0)),
  COUNT: (values) => values.flatMap(cells).filter((cell) => typeof cell === 'number').length,
  COUNTA: (values) => values.flatMap(cells).filter((cell) => cell !== null && cell !== '').length,
  COUNTBLANK: (values) => values.flatMap(cells).filter((cell) => cell === null || cell === '').length,
  COUNTIF: ([range, wanted]) => {
    if (range === undefined || wanted === undefined) return failure('#N/A');
    return cells(range).filter(criterion(single(wanted))).length;
  },
  SUMIF: sumIf,
  ABS: ([value]) => {
    const number = numeric(single(value ?? null));
    return typeof number === 'number' ? Math.abs(number) : number;
  },
  ROUND: round,
  IF: choose,
  AND: fold((all) => all.every((n) => n !== 0)),
  OR: fold((all) => all.some((n) => n !== 0)),
  NOT: ([value]) => {
    const number = numeric(single(value ?? null));
    return typeof number === 'number' ? number === 0 : number;
  },
  // A picture in the cell: it has no value that a formula could go on with.
  SPARKLINE: ([data]) => (data === undefined ? failure('#N/A') : ''),
  LEN: ([value]) => {
    const text = textOf(single(value ?? null));
    return typeof text === 'string' ? text.length : text;
  },
};
