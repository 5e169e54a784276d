/** Fills a template's parts with a message's fields; text and HTML are both made from what comes out. */
import type { Node } from './message-check';
import type { MessageFields } from './message-fields';

/** A word of a list row: the template's own, or the value of a field. */
export interface RowPart {
  readonly text: string;
  /** The field that it came from; undefined for the template's own words. */
  readonly field?: string;
}
export type Row = readonly RowPart[];

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string }
  /** The resident's own page. */
  | { readonly kind: 'account'; readonly url: string }
  /** A link that is called by its own address. */
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'rows'; readonly rows: readonly Row[]; readonly more: number };

type Value = string | readonly Readonly<Record<string, string>>[] | undefined;

interface Scope {
  // Maps, so that a field called like a part of every object finds nothing.
  readonly fields: ReadonlyMap<string, Value>;
  readonly row: ReadonlyMap<string, Value>;
  readonly maxRows: number;
  /** Fields that the template prints and the message does not know. */
  readonly missing: Set<string>;
}

/** The pieces of a message in order, at most `maxRows` rows per list, and the fields that it lacks. */
export function fill(nodes: readonly Node[], fields: MessageFields, maxRows: number) {
  const scope: Scope = { fields: new Map(Object.entries(fields)), row: new Map(), maxRows, missing: new Set() };
  const pieces = nodes.flatMap((node) => pieceOf(node, scope));
  return { pieces, missing: [...scope.missing] };
}

const LINKS: Readonly<Record<string, 'link' | 'account' | 'address'>> = {
  pay_link: 'link',
  account_link: 'account',
  sheet_link: 'address',
};

function pieceOf(node: Node, scope: Scope): Piece[] {
  if (node.kind === 'text') return [{ kind: 'text', text: node.text }];
  const value = lookup(node.name, scope);
  if (node.kind === 'section') {
    if (node.when && isList(value)) return rowsOf(node.inside, value, scope);
    return isSaid(value) === node.when ? node.inside.flatMap((each) => pieceOf(each, scope)) : [];
  }
  if (typeof value !== 'string') {
    scope.missing.add(node.name);
    return [];
  }
  const kind = LINKS[node.name];
  return kind && value !== '' ? [{ kind, url: value.trim() }] : [{ kind: 'text', text: oneLine(value) }];
}

function rowsOf(inside: readonly Node[], list: readonly Readonly<Record<string, string>>[], scope: Scope): Piece[] {
  if (list.length === 0) return [];
  const rows = list
    .slice(0, scope.maxRows)
    .map((row) => inside.flatMap((node) => rowPart(node, { ...scope, row: new Map(Object.entries(row)) })));
  return [{ kind: 'rows', rows, more: list.length - rows.length }];
}

function rowPart(node: Node, scope: Scope): RowPart[] {
  if (node.kind === 'text') return [{ text: node.text }];
  const value = lookup(node.name, scope);
  if (node.kind === 'section') {
    return isSaid(value) === node.when ? node.inside.flatMap((each) => rowPart(each, scope)) : [];
  }
  if (typeof value === 'string') return [{ text: oneLine(value), field: node.name }];
  scope.missing.add(node.name);
  return [];
}

const lookup = (name: string, scope: Scope): Value => scope.row.get(name) ?? scope.fields.get(name);

const isList = (value: Value): value is readonly Readonly<Record<string, string>>[] => Array.isArray(value);

/** A section speaks when its field says something: an empty text, an empty list and a count of 0 do not. */
const isSaid = (value: Value): boolean =>
  typeof value === 'string' ? value.trim() !== '' && value.trim() !== '0' : value !== undefined && value.length > 0;

const MAX_VALUE = 500;

/**
 * A value as one harmless line: line breaks become commas, control characters and marks that turn the direction of text
 * go, and what is longer than 500 characters is cut between characters.
 */
export function oneLine(value: string): string {
  const line = value
    .trim()
    .replace(/,?[ \t]*[\r\n\u2028\u2029]+\s*/g, ', ')
    .replace(/\t/g, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd');
  return cut(line, MAX_VALUE);
}

/** At most `limit` UTF-16 units, never half of a character; the last is an ellipsis when something was cut. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = limit - 1;
  const before = text.charCodeAt(end - 1);
  if (before >= 0xd800 && before <= 0xdbff) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** The pieces as plain text: lists line by line, the link as it is, no more than one empty line in a row. */
export function plainText(pieces: readonly Piece[]): string {
  return tidy(pieces.map(plainPiece).join(''));
}

function plainPiece(piece: Piece): string {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind !== 'rows') return piece.url;
  const rows = piece.rows.map((row) => row.map((part) => part.text).join('')).join('');
  return piece.more > 0 ? `${rows}${rows.endsWith('\n') ? '' : ' '}… + ${piece.more}\n` : rows;
}

/** No blanks at the end of a line, no two empty lines in a row, nothing empty around it. */
export const tidy = (text: string): string =>
  text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
