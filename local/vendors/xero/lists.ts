/** What lists share: filters, order, pages, and what has changed since a moment. */
import type { SandboxRequest } from '../sandbox';
import { modifiedSince } from './dates';
import { badQuery } from './errors';

type Value = string | number | undefined;

export interface Listed<T> {
  readonly items: readonly T[];
  /** Only where pages were asked for. */
  readonly pagination?: { page: number; pageSize: number; pageCount: number; itemCount: number };
}

export interface ListRules<T> {
  /** Parameters besides where and order. */
  readonly takes: readonly string[];
  /** What may stand in a filter or an order. Dates are `yyyy-MM-dd`. */
  readonly fields: Readonly<Record<string, (item: T) => Value>>;
  /** Undefined where If-Modified-Since is not known. */
  readonly updatedMs?: (item: T) => number;
}

const MAX_PAGE = 1000;

/** Parameters of the query, each once and known. */
export function queryOf(request: SandboxRequest, takes: readonly string[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    if (!takes.includes(name)) throw badQuery(`No parameter '${name}' exists on this resource`);
    if (found[name] !== undefined) throw badQuery(`The parameter '${name}' stands there twice`);
    found[name] = value;
  }
  return found;
}

export function list<T>(request: SandboxRequest, all: readonly T[], rules: ListRules<T>): Listed<T> {
  const query = queryOf(request, ['where', 'order', ...rules.takes]);
  const since = sinceOf(request, rules);
  const kept = all.filter((item) => since === undefined || (rules.updatedMs?.(item) ?? 0) > since);
  const found = kept.filter(whereOf(query.where, rules.fields));
  return paged(ordered(found, query.order, rules), query);
}

function sinceOf<T>(request: SandboxRequest, { updatedMs }: ListRules<T>): number | undefined {
  const header = request.headers['if-modified-since'];
  if (header === undefined || !updatedMs) return undefined;
  const ms = modifiedSince(header);
  if (ms === undefined) throw badQuery(`'${header}' is not a date in UTC`);
  return ms;
}

const wholeIn = (name: string, text: string, most: number): number => {
  if (!/^\d{1,6}$/.test(text) || Number(text) < 1 || Number(text) > most)
    throw badQuery(`${name} must be a whole number from 1 to ${most}`);
  return Number(text);
};

function paged<T>(items: readonly T[], query: Readonly<Record<string, string>>): Listed<T> {
  if (query.page === undefined && query.pageSize === undefined) return { items };
  const page = wholeIn('page', query.page ?? '1', 999_999);
  const pageSize = wholeIn('pageSize', query.pageSize ?? '100', MAX_PAGE);
  const itemCount = items.length;
  return {
    items: items.slice((page - 1) * pageSize, page * pageSize),
    pagination: { page, pageSize, pageCount: Math.max(1, Math.ceil(itemCount / pageSize)), itemCount },
  };
}

function ordered<T>(items: readonly T[], order: string | undefined, { fields, updatedMs }: ListRules<T>): readonly T[] {
  const match = /^(\w[\w.]*)(?: (ASC|DESC))?$/i.exec(order ?? 'UpdatedDateUTC ASC');
  const [, name = '', way = 'ASC'] = match ?? [];
  const value = name === 'UpdatedDateUTC' ? (updatedMs ?? (() => 0)) : fields[name];
  if (!value) throw badQuery(`No property or field '${name}' exists to order by`);
  const sign = way.toUpperCase() === 'DESC' ? -1 : 1;
  const compare = (a: T, b: T): number => {
    const [one, two] = [value(a) ?? '', value(b) ?? ''];
    return one === two ? 0 : one < two ? -sign : sign;
  };
  return [...items].sort(compare);
}

// ---------------------------------------------------------------- filters

const TEST = /^([\w.]+?)\s*(==|!=|>=|<=|=|>|<)\s*(.+)$/;
const STARTS = /^([\w.]+)\.StartsWith\("([^"]*)"\)$/;

/** Tests that are joined by AND; a field or a value that Xero cannot read is refused. */
function whereOf<T>(where: string | undefined, fields: ListRules<T>['fields']): (item: T) => boolean {
  if (where === undefined) return () => true;
  const tests = where.split(/\s+AND\s+|&&/i).map((text) => testOf(text.trim(), fields));
  return (item) => tests.every((test) => test(item));
}

function testOf<T>(text: string, fields: ListRules<T>['fields']): (item: T) => boolean {
  const fieldOf = (name: string): ((item: T) => Value) => {
    const found = fields[name];
    if (!found) throw badQuery(`No property or field '${name}' exists`);
    return found;
  };
  const starts = STARTS.exec(text);
  if (starts) {
    const field = fieldOf(starts[1]!);
    return (item) => String(field(item) ?? '').startsWith(starts[2]!);
  }
  const [, name = '', sign = '', given = ''] = TEST.exec(text) ?? [];
  const field = fieldOf(name);
  const wanted = valueIn(given);
  return (item) => holds(field(item) ?? '', sign, wanted);
}

function valueIn(text: string): string | number {
  const quoted = /^"([^"]*)"$/.exec(text) ?? /^Guid\("([^"]*)"\)$/i.exec(text);
  if (quoted) return quoted[1]!;
  const date = /^DateTime\((\d{4}),\s*(\d{1,2}),\s*(\d{1,2})\)$/.exec(text);
  if (date) return `${date[1]}-${date[2]!.padStart(2, '0')}-${date[3]!.padStart(2, '0')}`;
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  throw badQuery(`Syntax error near '${text}'`);
}

function holds(value: string | number, sign: string, wanted: string | number): boolean {
  if (typeof value !== typeof wanted) throw badQuery('Operator is incompatible with operand types');
  switch (sign) {
    case '=':
    case '==':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case '>=':
      return value >= wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    default:
      return value < wanted;
  }
}
