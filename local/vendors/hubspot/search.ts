/** The search: filters, one sort, pages by offset, an index that lags, and no more than ten thousand results. */
import { jsonReply } from '../kit/reply';
import { listOf, object, oneOf, text, whole } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { complained, invalid } from './errors';
import type { Property } from './properties';
import { CREATED, indexed, shown } from './records';
import type { CrmObject, Desk, HubspotState, ObjectType } from './state';
import { momentOf } from './values';

const MOST_ON_A_PAGE = 200;
const MOST_RESULTS = 10_000;
const MOST_GROUPS = 5;
const MOST_IN_A_GROUP = 6;
const MOST_FILTERS = 18;

const PLAIN = ['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'CONTAINS_TOKEN', 'NOT_CONTAINS_TOKEN'];
const LISTS = ['IN', 'NOT_IN'];
const BARE = ['HAS_PROPERTY', 'NOT_HAS_PROPERTY'];
const OPERATORS = [...PLAIN, ...LISTS, ...BARE, 'BETWEEN'];

const SEARCH = object({
  filterGroups: listOf(
    object({
      filters: listOf(
        object({
          propertyName: text({ min: 1 }),
          operator: oneOf(...OPERATORS),
          'value?': text(),
          'highValue?': text(),
          'values?': listOf(text(), { min: 1, max: 100 }),
        }),
      ),
    }),
  ),
  sorts: listOf(text({ min: 1 })),
  properties: listOf(text()),
  limit: whole,
  after: text({ like: /^\d*$/ }),
  'query?': text({ max: 3000 }),
});

interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

interface Asked {
  readonly filterGroups: readonly { readonly filters: readonly Filter[] }[];
  readonly sorts: readonly string[];
  readonly properties: readonly string[];
  readonly limit: number;
  readonly after: string;
  readonly query?: string;
}

type Row = { readonly record: CrmObject; readonly properties: Readonly<Record<string, string>> };

export function searched(desk: Desk, type: ObjectType, body: unknown): SandboxReply {
  const { state, nowMs } = desk;
  const complaint = SEARCH(body, '');
  if (complaint) throw complained(state, complaint);
  const asked = body as Asked;
  checkLimits(state, asked);
  const tests = asked.filterGroups.map(({ filters }) => filters.map((filter) => testOf(state, type, filter)));
  const rows = state[type].flatMap((record): Row[] => {
    const properties = indexed(record, nowMs);
    return properties ? [{ record, properties }] : [];
  });
  const hits = rows.filter(
    (row) =>
      (tests.length === 0 || tests.some((group) => group.every((test) => test(row)))) && mentions(row, asked.query),
  );
  const sorted = [...hits].sort(orderOf(state, type, asked.sorts[0] ?? CREATED[type]));
  const start = Number(asked.after || '0');
  const end = start + asked.limit;
  const results = sorted
    .slice(start, end)
    .map(({ record, properties }) => ({ ...shown(type, record, asked.properties, properties), archived: false }));
  const paging = end < sorted.length ? { paging: { next: { after: String(end) } } } : {};
  return jsonReply(200, { total: sorted.length, results, ...paging });
}

function checkLimits(state: HubspotState, { filterGroups, sorts, limit, after }: Asked): void {
  const filters = filterGroups.flatMap((group) => group.filters);
  if (limit < 1 || limit > MOST_ON_A_PAGE)
    throw invalid(state, `The requested limit of ${limit} must be between 1 and ${MOST_ON_A_PAGE}.`);
  if (Number(after || '0') + limit > MOST_RESULTS)
    throw invalid(state, `Cannot page beyond ${MOST_RESULTS} results: after ${after}, limit ${limit}.`);
  if (filterGroups.length > MOST_GROUPS) throw invalid(state, `At most ${MOST_GROUPS} filter groups are allowed.`);
  if (filterGroups.some((group) => group.filters.length === 0 || group.filters.length > MOST_IN_A_GROUP))
    throw invalid(state, `A filter group must have between 1 and ${MOST_IN_A_GROUP} filters.`);
  if (filters.length > MOST_FILTERS) throw invalid(state, `At most ${MOST_FILTERS} filters are allowed in all.`);
  if (sorts.length > 1) throw invalid(state, 'Only one sorting rule can be applied to any search.');
  for (const filter of filters) checkFilter(state, filter);
}

function checkFilter(state: HubspotState, { operator, value, highValue, values, propertyName }: Filter): void {
  const wanted = LISTS.includes(operator)
    ? values !== undefined && value === undefined
    : BARE.includes(operator)
      ? value === undefined && values === undefined
      : value !== undefined && values === undefined;
  if (!wanted || (operator === 'BETWEEN') !== (highValue !== undefined))
    throw invalid(state, `The operator ${operator} on ${propertyName} does not take these values.`);
}

const propertyOf = (state: HubspotState, type: ObjectType, name: string): Property => {
  const property = state.properties[type].find((one) => one.name === name);
  if (property) return property;
  throw invalid(state, `There was a problem with the request. Property ${name} does not exist.`);
};

type Test = (row: Row) => boolean;

function testOf(state: HubspotState, type: ObjectType, filter: Filter): Test {
  if (filter.propertyName === 'associations.contact' && type === 'tasks') return linkTest(state, filter);
  const property = propertyOf(state, type, filter.propertyName);
  const { operator, value = '', highValue = '', values = [] } = filter;
  const known = ({ properties }: Row) => properties[property.name];
  const comparable = (text: string) => comparableOf(state, property, text);
  const compared = (accept: (order: number) => boolean, limit: string): Test => {
    const fixed = comparable(limit);
    return (row) => {
      const own = known(row);
      return own !== undefined && accept(order(comparable(own), fixed));
    };
  };
  const tests: Readonly<Record<string, () => Test>> = {
    EQ: () => compared((sign) => sign === 0, value),
    NEQ: () => not(compared((sign) => sign === 0, value)),
    LT: () => compared((sign) => sign < 0, value),
    LTE: () => compared((sign) => sign <= 0, value),
    GT: () => compared((sign) => sign > 0, value),
    GTE: () => compared((sign) => sign >= 0, value),
    BETWEEN: () =>
      both(
        compared((sign) => sign >= 0, value),
        compared((sign) => sign <= 0, highValue),
      ),
    IN: () => among(property, values),
    NOT_IN: () => not(among(property, values)),
    HAS_PROPERTY: () => (row) => known(row) !== undefined,
    NOT_HAS_PROPERTY: () => (row) => known(row) === undefined,
    CONTAINS_TOKEN: () => (row) => hasTokens(known(row), value),
    NOT_CONTAINS_TOKEN: () => (row) => !hasTokens(known(row), value),
  };
  return tests[operator]!();
}

const not =
  (test: Test): Test =>
  (row) =>
    !test(row);
const both =
  (one: Test, other: Test): Test =>
  (row) =>
    one(row) && other(row);

/** Text properties are kept in lower case in the index, and a list is held against that as it was sent: `A` is never in it. */
const among =
  (property: Property, values: readonly string[]): Test =>
  ({ properties }) => {
    const own = properties[property.name];
    return own !== undefined && values.includes(property.type === 'string' ? own.toLowerCase() : own);
  };

function linkTest(state: HubspotState, { operator, value, values }: Filter): Test {
  if (operator !== 'EQ' && operator !== 'IN') throw invalid(state, `associations.contact does not take ${operator}.`);
  const wanted = operator === 'EQ' ? [value] : (values ?? []);
  return ({ record }) => state.links.some(({ task, contact }) => task === record.id && wanted.includes(contact));
}

function comparableOf(state: HubspotState, property: Property, text: string): number | string {
  if (property.type === 'number') return numeric(state, property, Number(text));
  if (property.type === 'date' || property.type === 'datetime')
    return numeric(state, property, momentOf(text) ?? Number.NaN);
  return property.type === 'enumeration' ? text : text.toLowerCase();
}

function numeric(state: HubspotState, { name, type }: Property, value: number): number {
  if (Number.isNaN(value)) throw invalid(state, `There was a problem with the request. ${name} wants a ${type}.`);
  return value;
}

const order = (one: number | string, other: number | string): number => (one === other ? 0 : one < other ? -1 : 1);

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}*]+/u)
    .filter(Boolean);

/** Every word of the value is a word of the text; `*` stands for any letters. */
function hasTokens(own: string | undefined, value: string): boolean {
  const known = words(own ?? '');
  return words(value).every((word) => {
    const like = new RegExp(`^${word.replace(/\*/g, '.*')}$`, 'u');
    return known.some((each) => like.test(each));
  });
}

const mentions = ({ properties }: Row, query: string | undefined): boolean =>
  query === undefined || Object.values(properties).some((value) => hasTokens(value, query));

/** `name` upwards, `-name` downwards; equal ones by id. */
function orderOf(state: HubspotState, type: ObjectType, sort: string): (one: Row, other: Row) => number {
  const property = propertyOf(state, type, sort.replace(/^-/, ''));
  const sign = sort.startsWith('-') ? -1 : 1;
  const key = ({ properties }: Row) => {
    const own = properties[property.name];
    return own === undefined ? undefined : comparableOf(state, property, own);
  };
  return (one, other) => {
    const [a, b] = [key(one), key(other)];
    const byKey = a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : order(a, b);
    return sign * byKey || Number(one.record.id) - Number(other.record.id);
  };
}
