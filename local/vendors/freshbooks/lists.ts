/** FreshBooks' lists: pages by number, a hundred rows at most, searches in brackets, deleted rows only when asked for. */
import { oldError } from './errors';

type Row = Readonly<Record<string, unknown>>;
type Test = (row: Row, value: string) => boolean;

export interface ListRules {
  readonly one: string;
  readonly many: string;
  /** What may stand in `search[…]`. A name that ends in `[]` takes a list, each value in a parameter of its own. */
  readonly searches: Readonly<Record<string, Test>>;
  readonly includes?: readonly string[];
  readonly sorts?: readonly string[];
  /** Rows have no visible state. */
  readonly plain?: true;
}

const CAP = 100;
const DEFAULT = 15;

export interface Listed<T> {
  readonly rows: readonly T[];
  readonly includes: readonly string[];
  readonly envelope: {
    readonly page: number;
    readonly pages: number;
    readonly per_page: number;
    readonly total: number;
  };
}

export const equals =
  (field: string): Test =>
  (row, value) =>
    String(row[field] ?? '') === value;

export const like =
  (field: string): Test =>
  (row, value) =>
    String(row[field] ?? '')
      .toLowerCase()
      .includes(value.toLowerCase());

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** By day: from this one on, or before it. A time of day is refused. */
export const between = (name: string, field = name): Readonly<Record<string, Test>> => ({
  [`${name}_min`]: (row, value) => value <= String(row[field]).slice(0, 10),
  [`${name}_max`]: (row, value) => String(row[field]).slice(0, 10) < value,
});

function checkDay(name: string, value: string): void {
  if (!/_(?:min|max)\]$/.test(name) || DAY.test(value)) return;
  throw oldError(422, { errno: 1033, object: 'search', field: name, value, message: 'A date YYYY-MM-DD is expected.' });
}

export function listed<T extends Row>(query: URLSearchParams, rows: readonly T[], rules: ListRules): Listed<T> {
  checkNames(query, rules);
  const found = sorted(
    rows.filter((row) => passes(row, query, rules)),
    query,
    rules,
  );
  const size = Math.min(CAP, whole(query, 'per_page', 1013) ?? DEFAULT);
  const page = Math.max(1, whole(query, 'page', 1014) ?? 1);
  return {
    rows: found.slice((page - 1) * size, page * size),
    includes: query.getAll('include[]'),
    envelope: { page, pages: Math.ceil(found.length / size), per_page: size, total: found.length },
  };
}

function checkNames(query: URLSearchParams, { one, searches, includes = [], plain }: ListRules): void {
  for (const [name, value] of query) {
    const inner = /^search\[(\w+)\](\[\])?$/.exec(name);
    const isKnown = inner
      ? `${inner[1]}${inner[2] ?? ''}` in searches || (inner[1] === 'vis_state' && !inner[2] && !plain)
      : ['page', 'per_page', 'sort'].includes(name) || (name === 'include[]' && includes.includes(value));
    if (!isKnown)
      throw oldError(422, { errno: 1004, object: one, field: name, value, message: 'Unknown search or parameter.' });
    checkDay(name, value);
  }
}

function passes(row: Row, query: URLSearchParams, { searches, plain }: ListRules): boolean {
  if (!plain) {
    const wanted = query.get('search[vis_state]');
    if (wanted === null ? row.vis_state === 1 : String(row.vis_state) !== wanted) return false;
  }
  return Object.entries(searches).every(([name, test]) => {
    const values = query.getAll(name.endsWith('[]') ? `search[${name.slice(0, -2)}][]` : `search[${name}]`);
    return values.length === 0 || values.some((value) => test(row, value));
  });
}

function sorted<T extends Row>(rows: readonly T[], query: URLSearchParams, { one, sorts = [] }: ListRules): T[] {
  const wanted = query.get('sort') ?? 'id_desc';
  const match = /^(\w+)_(asc|desc)$/.exec(wanted);
  if (!match || !['id', ...sorts].includes(match[1]!))
    throw oldError(422, { errno: 1004, object: one, field: 'sort', value: wanted, message: 'It cannot be sorted so.' });
  const [, field = '', direction] = match;
  const sign = direction === 'asc' ? 1 : -1;
  const order = (a: unknown, b: unknown) => (a === b ? 0 : (a as string) < (b as string) ? -1 : 1);
  return [...rows].sort((a, b) => sign * (order(a[field], b[field]) || order(a.id, b.id)));
}

function whole(query: URLSearchParams, name: string, errno: number): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  throw oldError(422, { errno, object: 'paging', field: name, value, message: `${name} must be a positive integer.` });
}
