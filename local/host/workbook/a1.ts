/** A1 notation: text to half-open zero-based rectangles and back. */
import { invalid } from './errors';

/** Zero-based, half-open; an open end is Infinity. */
export interface Rect {
  readonly r1: number;
  readonly r2: number;
  readonly c1: number;
  readonly c2: number;
}

export interface A1 {
  /** Undefined when the text names no sheet. */
  readonly title?: string;
  /** Undefined for a whole sheet. */
  readonly rect?: Rect;
}

/** 0 -> A, 25 -> Z, 26 -> AA. */
export function columnName(column: number): string {
  let name = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  }
  return name;
}

/** A -> 0, AA -> 26. */
export function columnIndex(name: string): number {
  let index = 0;
  for (const letter of name.toUpperCase()) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

const CORNER = /^\$?([A-Za-z]{1,3})?\$?([0-9]{1,8})?$/;
const R1C1 = /^R([0-9]+)C([0-9]+)(?::R([0-9]+)C([0-9]+))?$/i;

interface Corner {
  readonly row?: number;
  readonly column?: number;
}

function corner(text: string): Corner | undefined {
  const match = CORNER.exec(text);
  if (match === null || text === '' || text === '$') return undefined;
  const row = match[2] === undefined ? undefined : Number(match[2]) - 1;
  if (row !== undefined && row < 0) return undefined;
  return { row, column: match[1] === undefined ? undefined : columnIndex(match[1]) };
}

function span(a: number | undefined, b: number | undefined): [number, number] | undefined {
  if (a === undefined && b === undefined) return [0, Number.POSITIVE_INFINITY];
  if (a === undefined) return undefined;
  if (b === undefined) return [a, Number.POSITIVE_INFINITY];
  return a <= b ? [a, b + 1] : [b, a + 1];
}

function r1c1(text: string): Rect | undefined {
  const match = R1C1.exec(text);
  if (match === null) return undefined;
  const [, r1, c1, r2 = r1, c2 = c1] = match.map((part) => (part === undefined ? undefined : Number(part)));
  const rows = span(Number(r1) - 1, Number(r2) - 1);
  const columns = span(Number(c1) - 1, Number(c2) - 1);
  if (rows === undefined || columns === undefined || rows[0] < 0 || columns[0] < 0) return undefined;
  return { r1: rows[0], r2: rows[1], c1: columns[0], c2: columns[1] };
}

/** The rectangle of a text without a sheet name (`A1`, `A:C`, `2:5`, `A5:Z`, `R1C1`); undefined when it is none. */
export function parseRect(text: string): Rect | undefined {
  const notation = r1c1(text);
  if (notation !== undefined) return notation;
  const parts = text.split(':');
  const a = corner(parts[0] ?? '');
  if (a === undefined || parts.length > 2) return undefined;
  if (parts.length === 1) {
    if (a.row === undefined || a.column === undefined) return undefined;
    return { r1: a.row, r2: a.row + 1, c1: a.column, c2: a.column + 1 };
  }
  const b = corner(parts[1] ?? '');
  if (b === undefined) return undefined;
  // `A5:Z` is open below; `A:Z5` means the same rectangle as `A5:Z` on Google.
  const rows = a.row === undefined && b.row !== undefined ? span(b.row, undefined) : span(a.row, b.row);
  const columns =
    a.column === undefined && b.column !== undefined ? span(b.column, undefined) : span(a.column, b.column);
  if (rows === undefined || columns === undefined) return undefined;
  return { r1: rows[0], r2: rows[1], c1: columns[0], c2: columns[1] };
}

function splitTitle(text: string): { title?: string; rest?: string } | undefined {
  if (text.startsWith("'")) {
    const match = /^'((?:[^']|'')+)'(?:!(.*))?$/s.exec(text);
    if (match === null) return undefined;
    return { title: (match[1] as string).replaceAll("''", "'"), rest: match[2] };
  }
  const bang = text.lastIndexOf('!');
  if (bang < 0) return { rest: text };
  return { title: text.slice(0, bang), rest: text.slice(bang + 1) };
}

export function unparsable(text: string): Error {
  return invalid(`Unable to parse range: ${text}`);
}

/**
 * Parses `'Rent Roll'!A1:Z`. A bare word is a sheet when `hasSheet` knows it, otherwise a range on the first sheet.
 * @throws SheetsApiError `Unable to parse range: ...`
 */
export function parseA1(text: string, hasSheet: (title: string) => boolean): A1 {
  const parts = splitTitle(text);
  if (parts === undefined) throw unparsable(text);
  if (parts.title === undefined && hasSheet(text)) return { title: text };
  if (parts.title !== undefined && !hasSheet(parts.title)) throw unparsable(text);
  if (parts.rest === undefined) return { title: parts.title };
  const rect = parseRect(parts.rest);
  if (rect === undefined) throw unparsable(text);
  return { title: parts.title, rect };
}

/** A sheet title as it stands before `!`, in quotes when it needs them. */
export function quoteTitle(title: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(title) && parseRect(title) === undefined;
  return plain ? title : `'${title.replaceAll("'", "''")}'`;
}

/** `A1` or `A1:B2`; the rectangle must be closed. */
export function rectText(rect: Rect): string {
  const from = `${columnName(rect.c1)}${rect.r1 + 1}`;
  const to = `${columnName(rect.c2 - 1)}${rect.r2}`;
  return from === to ? from : `${from}:${to}`;
}

export function rangeText(title: string, rect: Rect): string {
  return `${quoteTitle(title)}!${rectText(rect)}`;
}
