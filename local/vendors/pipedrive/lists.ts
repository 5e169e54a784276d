/** Lists of v2: parameters held against what an operation knows, filters, one order, and pages by an opaque cursor. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import { invalid } from './errors';

export type Kind = 'whole' | 'flag' | 'time' | 'text' | 'ids' | readonly string[];
export type Params = Readonly<Record<string, Kind>>;
export type Given = Readonly<Record<string, string | undefined>>;

/** `2026-12-02T15:00:00Z`: whole seconds in UTC, no fraction. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const MOST_IDS = 100;

export const PAGE: Params = { limit: 'whole', cursor: 'text' };
export const orderBy = (...fields: readonly string[]): Params => ({
  sort_by: fields,
  sort_direction: ['asc', 'desc'],
});

/** The parameters, each of which must be known and fit. */
export function paramsOf(url: URL, rules: Params): Given {
  for (const [name, value] of url.searchParams) {
    const kind = rules[name];
    if (kind === undefined) throw invalid(`query parameter "${name}" is not allowed`);
    if (!fits(kind, value)) throw invalid(`query parameter "${name}" is not valid`);
  }
  return Object.fromEntries(url.searchParams);
}

function fits(kind: Kind, value: string): boolean {
  if (typeof kind !== 'string') return kind.includes(value);
  if (kind === 'whole') return /^\d{1,15}$/.test(value);
  if (kind === 'flag') return value === 'true' || value === 'false';
  if (kind === 'time') return TIME.test(value) && !Number.isNaN(Date.parse(value));
  if (kind !== 'ids') return true;
  const ids = value.split(',');
  return ids.length <= MOST_IDS && ids.every((id) => /^\d{1,15}$/.test(id));
}

/** A row as lists need it: what is sorted by, in milliseconds or numbers. */
export interface Sortable {
  readonly id: number;
}

type Sorts<Row> = Readonly<Record<string, (row: Row) => number | string>>;

interface Mark {
  readonly by: string;
  readonly direction: string;
  readonly value: number | string;
  readonly id: number;
}

const encode = (mark: Mark): string => Buffer.from(JSON.stringify(mark)).toString('base64url');

function decode(cursor: string, by: string, direction: string): Mark {
  try {
    const mark = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Mark;
    if (mark.by === by && mark.direction === direction && typeof mark.id === 'number') return mark;
  } catch {
    // It is answered as any cursor that is not of this list.
  }
  throw invalid('query parameter "cursor" is not valid');
}

export function sizeOf({ limit }: Given, most = 500): number {
  const size = limit === undefined ? 100 : Number(limit);
  if (size < 1 || size > most) throw invalid(`query parameter "limit" must be between 1 and ${most}`);
  return size;
}

/** One page in the wanted order, and the cursor of the next. */
export function paged<Row extends Sortable>(
  rows: readonly Row[],
  given: Given,
  sorts: Sorts<Row>,
): { readonly page: readonly Row[]; readonly next: string | null } {
  const size = sizeOf(given);
  const { sort_by: by = 'id', sort_direction: direction = 'asc', cursor } = given;
  const of = sorts[by] ?? (({ id }: Row) => id);
  const sign = direction === 'desc' ? -1 : 1;
  const order = (a: { value: number | string; id: number }, b: { value: number | string; id: number }): number => {
    if (a.value !== b.value) return a.value < b.value ? -sign : sign;
    return sign * (a.id - b.id);
  };
  const marked = rows.map((row) => ({ row, value: of(row), id: row.id })).sort(order);
  const from = cursor === undefined ? undefined : decode(cursor, by, direction);
  const rest = from ? marked.filter((one) => order(one, from) >= 0) : marked;
  const after = rest[size];
  return {
    page: rest.slice(0, size).map(({ row }) => row),
    next: after ? encode({ by, direction, value: after.value, id: after.id }) : null,
  };
}

/**
 * Pipedrive says in words that the last page's cursor is null, and in its schema that a cursor is a text: here it is left out, and a
 * reader must bear both.
 */
export const listReply = (data: unknown, next: string | null): SandboxReply =>
  jsonReply(200, { success: true, data, additional_data: next === null ? {} : { next_cursor: next } });

export const oneReply = (data: unknown): SandboxReply => jsonReply(200, { success: true, data });

/** Changed in the span that is asked for: its start belongs to it, its end does not. */
export const isWithin = (updatedMs: number, { updated_since: since, updated_until: until }: Given): boolean =>
  (since === undefined || updatedMs >= Date.parse(since)) && (until === undefined || updatedMs < Date.parse(until));

/** Members that the description never calls null are left out where there is nothing to say. */
export const withoutNulls = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));

export const isOneOf = (ids: string | undefined, id: number): boolean =>
  ids === undefined || ids.split(',').includes(String(id));
