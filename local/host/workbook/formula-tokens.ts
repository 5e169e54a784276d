/** Splits a formula into tokens, and rewrites its references when rows or columns are inserted or deleted. */
import { columnIndex, columnName, quoteTitle } from './a1';
import type { Shift } from './ranges';

export type TokenKind = 'number' | 'text' | 'ref' | 'name' | 'op' | 'space' | 'error';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** A corner of a reference; absent parts make whole rows or columns. */
export interface Corner {
  readonly column?: number;
  readonly row?: number;
  readonly fixedColumn: boolean;
  readonly fixedRow: boolean;
}

export interface Reference {
  readonly title?: string;
  readonly from: Corner;
  readonly to?: Corner;
}

const SHEET = /(?:(?:'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_]*)!)?/.source;
const CELL = /\$?[A-Za-z]{1,3}\$?[0-9]{1,8}/.source;
const END = /(?:\$?[A-Za-z]{1,3}\$?[0-9]{1,8}|\$?[A-Za-z]{1,3}|\$?[0-9]{1,8})/.source;
const BOUNDARY = /(?![A-Za-z0-9_(!.])/.source;

const RULES: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', /\s+/y],
  ['text', /"(?:[^"]|"")*"/y],
  ['error', /#(?:REF!|DIV\/0!|VALUE!|NAME\?|NUM!|N\/A|NULL!|ERROR!)/y],
  ['ref', new RegExp(`${SHEET}${CELL}:${END}${BOUNDARY}`, 'y')],
  ['ref', new RegExp(`${SHEET}\\$?[A-Za-z]{1,3}:\\$?[A-Za-z]{1,3}(?:\\$?[0-9]{1,8})?${BOUNDARY}`, 'y')],
  ['ref', new RegExp(`${SHEET}\\$?[0-9]{1,8}:\\$?[0-9]{1,8}${BOUNDARY}`, 'y')],
  ['ref', new RegExp(`${SHEET}${CELL}${BOUNDARY}`, 'y')],
  ['number', /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y],
  ['name', /[A-Za-z_][A-Za-z0-9_.]*/y],
  ['op', /<=|>=|<>|[-+*/^&=<>%(),;]/y],
];

/** The tokens of a formula without its '='; undefined when a character fits nowhere. */
export function tokenize(source: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const token = next(source, at);
    if (token === undefined) return undefined;
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function next(source: string, at: number): Token | undefined {
  for (const [kind, rule] of RULES) {
    rule.lastIndex = at;
    const match = rule.exec(source);
    if (match !== null) return { kind, text: match[0] };
  }
  return undefined;
}

function corner(source: string): Corner {
  const match = /^(\$?)([A-Za-z]*)(\$?)([0-9]*)$/.exec(source) as RegExpExecArray;
  const [, dollar, letters = '', second, digits] = match;
  const column = letters === '' ? undefined : columnIndex(letters);
  const row = digits === '' ? undefined : Number(digits) - 1;
  return { column, row, fixedColumn: dollar === '$' && letters !== '', fixedRow: second === '$' || letters === '' };
}

export function parseReference(source: string): Reference {
  const bang = source.lastIndexOf('!');
  const raw = bang < 0 ? undefined : source.slice(0, bang);
  const title = raw?.startsWith("'") ? raw.slice(1, -1).replaceAll("''", "'") : raw;
  const [from = '', to] = source.slice(bang + 1).split(':');
  return { title, from: corner(from), to: to === undefined ? undefined : corner(to) };
}

function cornerText(at: Corner): string {
  const column = at.column === undefined ? '' : `${at.fixedColumn ? '$' : ''}${columnName(at.column)}`;
  const row = at.row === undefined ? '' : `${at.fixedRow && at.column !== undefined ? '$' : ''}${at.row + 1}`;
  return column + row;
}

export function referenceText(ref: Reference): string {
  const title = ref.title === undefined ? '' : `${quoteTitle(ref.title)}!`;
  return `${title}${cornerText(ref.from)}${ref.to === undefined ? '' : `:${cornerText(ref.to)}`}`;
}

function rewrite(formula: string, change: (ref: Reference) => string): string {
  const tokens = tokenize(formula.slice(1));
  if (tokens === undefined) return formula;
  const texts = tokens.map((token) => (token.kind === 'ref' ? change(parseReference(token.text)) : token.text));
  return `=${texts.join('')}`;
}

function shiftReference(ref: Reference, shift: Shift): string {
  const key = shift.dimension === 'ROWS' ? 'row' : 'column';
  const last = ref.to ?? ref.from;
  const start = ref.from[key];
  const end = last[key];
  if (start === undefined && end === undefined) return referenceText(ref);
  const moved = shift.move(start ?? 0, end === undefined ? Number.MAX_SAFE_INTEGER : end + 1);
  if (moved === undefined) return '#REF!';
  const from = start === undefined ? ref.from : { ...ref.from, [key]: moved[0] };
  if (ref.to === undefined) return referenceText({ ...ref, from });
  const to = end === undefined ? ref.to : { ...ref.to, [key]: moved[1] - 1 };
  return referenceText({ ...ref, from, to });
}

/** A formula of sheet `home` after rows or columns of the sheet called `title` came or went. */
export function shiftFormula(formula: string, home: string, title: string, shift: Shift): string {
  return rewrite(formula, (ref) => ((ref.title ?? home) === title ? shiftReference(ref, shift) : referenceText(ref)));
}

function moveCorner(at: Corner, rows: number, columns: number): Corner | undefined {
  const row = at.row === undefined || at.fixedRow ? at.row : at.row + rows;
  const column = at.column === undefined || at.fixedColumn ? at.column : at.column + columns;
  if ((row ?? 0) < 0 || (column ?? 0) < 0) return undefined;
  return { ...at, row, column };
}

/** A formula copied `rows` down and `columns` to the right: relative references move along. */
export function copyFormula(formula: string, rows: number, columns: number): string {
  return rewrite(formula, (ref) => {
    const from = moveCorner(ref.from, rows, columns);
    const to = ref.to === undefined ? undefined : moveCorner(ref.to, rows, columns);
    if (from === undefined || (ref.to !== undefined && to === undefined)) return '#REF!';
    return referenceText({ ...ref, from, to });
  });
}

/** A formula after a sheet got another title. */
export function renameInFormula(formula: string, oldTitle: string, newTitle: string): string {
  return rewrite(formula, (ref) => referenceText(ref.title === oldTitle ? { ...ref, title: newTitle } : ref));
}
