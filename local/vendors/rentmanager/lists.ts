/** Rent Manager's lists: filters, fields, embeds, order and pages; a page that is not the last answers 206 and links to the next. */
import type { SandboxReply } from '../sandbox';
import { invalid } from './errors';
import { type Condition, conditionsIn, testOf } from './filters';
import { MODELS, type ModelName } from './shapes';
import type { Desk, Row } from './state';
import { type Embeds, View } from './views';

const MOST = 1000;

/** `Contacts,Leases.Unit` */
export function embedsIn(model: ModelName, text: string): Embeds {
  const found: Embeds = new Map();
  for (const path of text.split(',').filter((each) => each !== '')) {
    let at = found;
    let inside: ModelName = model;
    for (const name of path.split('.')) {
      const relation = MODELS[inside].embeds[name];
      if (!relation && MODELS[inside].fields[name] !== 'sum')
        throw invalid('embeds', `The value '${path}' is not valid for embeds of ${model}.`);
      const inner = at.get(name) ?? new Map();
      at.set(name, inner);
      at = inner;
      if (relation) inside = relation.model;
    }
  }
  return found;
}

function fieldsIn(model: ModelName, text: string | null): ReadonlySet<string> | undefined {
  if (text === null || text === '') return undefined;
  const names = text.split(',').map((each) => each.trim());
  for (const name of names)
    if (!(name in MODELS[model].fields) && !(name in MODELS[model].embeds))
      throw invalid('fields', `The field '${name}' is not valid for ${model}.`);
  return new Set(names);
}

/** The test of a condition, whose field may lie in a row that can be embedded: `Unit.UnitTypeID`. */
function rowTest(model: ModelName, condition: Condition, view: View): (row: Row) => boolean {
  const [first = '', ...rest] = condition.path.split('.');
  const relation = MODELS[model].embeds[first];
  if (rest.length > 0 && relation) {
    const inner = rowTest(relation.model, { ...condition, path: rest.join('.') }, view);
    return (row) => view.related(model, row, first).some(inner);
  }
  const type = rest.length > 0 ? undefined : MODELS[model].fields[first];
  if (!type || MODELS[model].unfiltered?.includes(first))
    throw invalid('filters', `The field '${condition.path}' is not valid for a filter of ${model}.`);
  const test = testOf(condition, type, view.desk.state.zone);
  return (row) => test(view.value(model, row, first));
}

function whole(query: URLSearchParams, name: string, fallback: number, most: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most)
    throw invalid(name, `The value '${text}' must lie between 1 and ${most}.`);
  return value;
}

type Order = (a: Row, b: Row) => number;

function orderIn(model: ModelName, text: string | null, view: View): Order | undefined {
  if (text === null) return undefined;
  const [, field = '', direction = 'asc'] = /^(\w+)(?:[ ,](asc|desc))?$/i.exec(text) ?? [];
  if (!(field in MODELS[model].fields)) throw invalid('orderby', `The value '${text}' is not valid for orderby.`);
  const sign = direction.toLowerCase() === 'asc' ? 1 : -1;
  const rank = (row: Row) => view.value(model, row, field) as number | string;
  return (a, b) => (rank(a) === rank(b) ? 0 : (rank(a) < rank(b) ? -1 : 1) * sign);
}

const PARAMETERS = ['filters', 'fields', 'embeds', 'orderby', 'pagesize', 'pagenumber'];

/** Names of parameters are read without regard to case. */
export function parametersOf(url: URL, known: readonly string[]): URLSearchParams {
  const found = new URLSearchParams();
  for (const [name, value] of url.searchParams) {
    const lower = name.toLowerCase();
    if (!known.includes(lower)) throw invalid(name, 'There is no such parameter.');
    found.set(lower, value);
  }
  return found;
}

/** A page of rows. `rows` in the order of their keys. */
export function listed(desk: Desk, model: ModelName, rows: readonly Row[], url: URL): SandboxReply {
  const view = new View(desk);
  const query = parametersOf(url, PARAMETERS);
  const tests = conditionsIn(query.get('filters') ?? '').map((each) => rowTest(model, each, view));
  const fields = fieldsIn(model, query.get('fields'));
  const embeds = embedsIn(model, query.get('embeds') ?? '');
  const order = orderIn(model, query.get('orderby'), view);
  const size = whole(query, 'pagesize', MOST, MOST);
  const page = whole(query, 'pagenumber', 1, 1_000_000);
  const found = rows.filter((row) => tests.every((test) => test(row)));
  if (order) found.sort(order);
  const shown = found.slice((page - 1) * size, page * size).map((row) => view.shown(model, row, embeds, fields));
  const headers = { 'x-total-results': String(found.length), ...linksFor(url, page, Math.ceil(found.length / size)) };
  if (shown.length === 0) return { status: desk.state.emptyStatus, headers, body: '' };
  return {
    status: page * size < found.length ? 206 : 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(shown),
  };
}

function linksFor(url: URL, page: number, pages: number): Readonly<Record<string, string>> {
  const linkTo = (number: number, rel: string): string => {
    const to = new URL(url);
    for (const name of [...to.searchParams.keys()]) if (/^pagenumber$/i.test(name)) to.searchParams.delete(name);
    to.searchParams.set('pagenumber', String(number));
    return `<${to}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 && page <= pages ? [linkTo(page - 1, 'prev')] : []),
    ...(page < pages ? [linkTo(page + 1, 'next')] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(', ') };
}

/** One row by its key. */
export function instance(desk: Desk, model: ModelName, row: Row, url: URL): SandboxReply {
  const query = parametersOf(url, ['fields', 'embeds']);
  const fields = fieldsIn(model, query.get('fields'));
  const shown = new View(desk).shown(model, row, embedsIn(model, query.get('embeds') ?? ''), fields);
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(shown) };
}
