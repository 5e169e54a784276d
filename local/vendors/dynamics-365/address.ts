/** Reads the addresses of the Web API: a set, a row by its id or an alternate key, and the query options. */
import { badQuery, invalid, refused } from './errors';
import { columnIn, type Desk, isGuid, type Row, type Scalar, statusOf } from './state';
import { isLookup, type Table, tableOfSet } from './tables';

/** A row's key as the address has it; `text` is what the answer repeats. */
export interface Key {
  readonly id?: string;
  readonly columns?: Readonly<Record<string, Scalar>>;
  readonly text: string;
}

export interface Target {
  readonly table: Table;
  readonly key?: Key;
}

/** Data with one of these cannot be asked for by an alternate key. */
const DANGEROUS = /[/<>*%&:\\?+]/;

/** Splits at commas that stand in no quotes. */
const parted = (text: string): string[] => text.match(/(?:'(?:[^']|'')*'|[^,'])+/g) ?? [];

function literalOf(text: string): Scalar {
  const quoted = /^'((?:[^']|'')*)'$/.exec(text);
  if (quoted) {
    const value = quoted[1]!.replace(/''/g, "'");
    const [letter] = DANGEROUS.exec(value) ?? [];
    if (letter !== undefined)
      throw refused(400, '', `A potentially dangerous Request.Path value was detected from the client (${letter}).`);
    return value;
  }
  if (isGuid(text)) return text.toLowerCase();
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw badQuery(`Bad Request - Error in query syntax.`);
}

function keyOf(table: Table, inside: string): Key {
  if (isGuid(inside)) return { id: inside.toLowerCase(), text: inside };
  const columns: Record<string, Scalar> = {};
  for (const part of parted(inside)) {
    const [, name, value] = /^\s*(\w+)\s*=\s*([\s\S]+?)\s*$/.exec(part) ?? [];
    if (name === undefined || value === undefined) throw badQuery('Bad Request - Error in query syntax.');
    columns[name] = literalOf(value);
  }
  const id = columns[table.id];
  return typeof id === 'string' && Object.keys(columns).length === 1 ? { id, text: id } : { columns, text: inside };
}

const noSegment = (segment: string) => refused(404, '0x8006088a', `Resource not found for the segment '${segment}'.`);

/** `contacts`, `contacts(…)`, decoded. */
export function targetOf(segment: string): Target {
  const [, set = '', inside] = /^([A-Za-z_]+)(?:\(([\s\S]*)\))?$/.exec(segment) ?? [];
  const table = tableOfSet(set);
  if (!table) throw noSegment(set === '' ? segment : set);
  return inside === undefined ? { table } : { table, key: keyOf(table, inside) };
}

const same = (a: Scalar | undefined, b: Scalar): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;

/** The row of a key. An alternate key must have been defined and its index be built. */
export function rowOf(desk: Desk, table: Table, key: Key): Row | undefined {
  const rows = desk.state.rows[table.name]!;
  if (key.id !== undefined) return rows.find((row) => row.id === key.id);
  const wanted = key.columns ?? {};
  const names = Object.keys(wanted).sort().join();
  const isKey = desk.state.tables[table.name]!.keys.some(
    (each) => [...each.columns].sort().join() === names && statusOf(each, desk.nowMs) === 'Active',
  );
  if (!isKey) {
    const resource = `Microsoft.Dynamics.CRM.${table.name}`;
    throw badQuery(
      `The key in the request URI is not valid for resource '${resource}'. Ensure that the names and number of key ` +
        `properties match the declared or alternate key properties for the resource '${resource}'.`,
    );
  }
  return rows.find((row) => Object.entries(wanted).every(([name, value]) => same(row.values[name], value)));
}

export const missing = (table: Table, key: Key) =>
  key.id === undefined
    ? refused(404, '0x80060891', `A record with the specified key values does not exist in ${table.name} entity`)
    : refused(404, '0x80040217', `${table.name} With Id = ${key.id} Does Not Exist`);

export function mustFind(desk: Desk, table: Table, key: Key): Row {
  const row = rowOf(desk, table, key);
  if (!row) throw missing(table, key);
  return row;
}

/** What `@odata.bind` names: an address, absolute or not, or `$1` of an earlier request of the change set. */
export function boundRow(desk: Desk, bind: unknown, to: Table, refs: ReadonlyMap<string, string>): Row {
  if (typeof bind !== 'string') throw invalid('The value of an odata.bind annotation must be a URI.');
  const address = resolved(bind, refs);
  const segment = decodeURIComponent(
    address.replace(/^https:\/\/[^/]+/, '').replace(/^\/?(?:api\/data\/v9\.\d\/)?/, ''),
  );
  const { table, key } = targetOf(segment);
  if (!key || table.name !== to.name) throw invalid(`'${bind}' is no ${to.name}.`);
  return mustFind(desk, table, key);
}

/** `$1` at the start of an address, replaced by what it stands for. */
export function resolved(address: string, refs: ReadonlyMap<string, string>): string {
  const [whole, id] = /^\/?\$(\d+)/.exec(address) ?? [];
  if (whole === undefined || id === undefined) return address;
  const found = refs.get(id);
  if (found === undefined)
    throw refused(400, '', `Content-ID Reference: '$${id}' does not exist in the batch context.`);
  return found + address.slice(whole.length);
}

/** The query options that are asked for; others than those of `allowed` are refused. */
export function optionsOf(url: URL, allowed: readonly string[]): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    if (name === '$skip') throw badQuery('Skip Clause is not supported in CRM');
    if (!allowed.includes(name)) throw badQuery(`The query parameter ${name} is not supported.`);
    if (options[name] !== undefined) throw badQuery(`Query option '${name}' was specified more than once.`);
    options[name] = value;
  }
  return options;
}

export const noProperty = (table: Table, name: string) =>
  badQuery(`Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`);

export const SYSTEM_COLUMNS = ['createdon', 'modifiedon', 'versionnumber', '_createdby_value', '_modifiedby_value'];

/** A name as rows are read: lookups by `_x_value`. */
export function mustRead(desk: Desk, table: Table, name: string): void {
  if (SYSTEM_COLUMNS.includes(name)) return;
  const [, inner] = /^_(\w+)_value$/.exec(name) ?? [];
  const column = columnIn(desk.state, table, inner ?? name);
  if (!column || isLookup(column) !== (inner !== undefined)) throw noProperty(table, name);
}

export function selectedOf(desk: Desk, table: Table, select: string | undefined): readonly string[] | undefined {
  if (select === undefined || select === '*') return undefined;
  const names = select.split(',').map((each) => each.trim());
  for (const name of names) mustRead(desk, table, name);
  return names;
}

/** The preferences of a request: `odata.maxpagesize=500` and the like. */
export function preferencesOf(headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const parts = (headers.prefer ?? '').match(/(?:"[^"]*"|[^,"])+/g) ?? [];
  return new Map(
    parts.map((part) => {
      const [name = '', value = ''] = part.trim().split(/=([\s\S]*)/);
      return [name.toLowerCase(), value.replace(/^"|"$/g, '')];
    }),
  );
}
