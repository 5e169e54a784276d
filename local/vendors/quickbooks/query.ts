/** The query language of the QuickBooks sandbox: one entity, conditions joined by and, one order, a window. */
import { refuse } from './refuse';
import { all, type Entity, type Kind, type QuickbooksState } from './state';

const COMMON = ['Id', 'MetaData.CreateTime', 'MetaData.LastUpdatedTime'];
const SALE = [...COMMON, 'DocNumber', 'TxnDate', 'CustomerRef', 'TotalAmt', 'Balance'];
/** What may stand in a condition or an order. Lines and links may not. */
const FILTERABLE: Readonly<Record<Kind, readonly string[]>> = {
  Account: [...COMMON, 'Name', 'AccountType', 'Active'],
  CompanyInfo: COMMON,
  CreditMemo: SALE,
  Customer: [
    ...COMMON,
    'DisplayName',
    'GivenName',
    'FamilyName',
    'CompanyName',
    'PrimaryEmailAddr',
    'Active',
    'Balance',
  ],
  Deposit: [...COMMON, 'TxnDate', 'DocNumber', 'TotalAmt'],
  Invoice: [...SALE, 'DueDate'],
  Item: [...COMMON, 'Name', 'Type', 'Active'],
  Payment: [...COMMON, 'TotalAmt', 'CustomerRef', 'TxnDate', 'PaymentMethodRef', 'PaymentRefNum'],
  PaymentMethod: [...COMMON, 'Name', 'Active'],
  Preferences: COMMON,
};

interface Condition {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
}

interface Query {
  readonly kind: Kind;
  readonly counts: boolean;
  readonly conditions: readonly Condition[];
  readonly order?: { readonly field: string; readonly down: boolean };
  readonly start: number;
  readonly max: number;
}

const SHAPE = new RegExp(
  [
    '^\\s*select\\s+(\\*|count\\(\\*\\))\\s+from\\s+(\\w+)',
    '(?:\\s+where\\s+(.+?))?',
    '(?:\\s+order\\s*by\\s+([\\w.]+)(?:\\s+(asc|desc))?)?',
    '(?:\\s+startposition\\s+(\\d+))?(?:\\s+maxresults\\s+(\\d+))?\\s*$',
  ].join(''),
  'is',
);
const VALUE = `'(?:[^'\\\\]|\\\\.)*'|true|false|-?\\d+(?:\\.\\d+)?`;
const CONDITION = new RegExp(
  `^\\s*([\\w.]+)\\s*(<=|>=|=|<|>|\\bin\\b|\\blike\\b)\\s*(\\(\\s*(?:${VALUE})(?:\\s*,\\s*(?:${VALUE}))*\\s*\\)|${VALUE})\\s*(?:and\\b|$)`,
  'is',
);

const bare = (text: string): string =>
  text.startsWith("'") ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text.toLowerCase();

function conditionsOf(text: string): Condition[] {
  const found: Condition[] = [];
  for (let rest = text; rest.trim() !== ''; ) {
    const match = CONDITION.exec(rest);
    if (!match) return refuse('4000', `Error parsing query : QueryParserError: Encountered "${rest.slice(0, 40)}"`);
    const [whole, field = '', operator = '', value = ''] = match;
    const values = [...value.matchAll(new RegExp(VALUE, 'gis'))].map(([one]) => bare(one));
    if (operator.toLowerCase() !== 'in' && value.startsWith('('))
      return refuse('4000', 'Error parsing query : QueryParserError: a list needs IN');
    found.push({ field, operator: operator.toLowerCase(), values });
    rest = rest.slice(whole.length);
  }
  return found;
}

function parse(text: string): Query {
  const match = SHAPE.exec(text);
  if (!match) return refuse('4000', `Error parsing query : QueryParserError: Encountered "${text.slice(0, 60)}"`);
  const [, what, name = '', where = '', order, direction, start = '1', max = '100'] = match;
  const kind = (Object.keys(FILTERABLE) as Kind[]).find((one) => one.toLowerCase() === name.toLowerCase());
  if (!kind) return refuse('4001', `Invalid query : QueryValidationError: Invalid context declaration: ${name}`);
  const conditions = conditionsOf(where);
  for (const field of [...conditions.map((one) => one.field), ...(order ? [order] : [])])
    if (!FILTERABLE[kind].includes(field))
      refuse('4001', `Invalid query : QueryValidationError: Property ${field} not found for Entity ${kind}`);
  if (Number(max) < 1 || Number(max) > 1000 || Number(start) < 1)
    return refuse('4001', 'Invalid query : QueryValidationError: value of max should be between 1 and 1000');
  return {
    kind,
    counts: what !== '*',
    conditions,
    ...(order ? { order: { field: order, down: direction?.toLowerCase() === 'desc' } } : {}),
    start: Number(start),
    max: Number(max),
  };
}

/** A member as text or number: references by their value, stamps as moments. */
function memberOf(entity: Entity, field: string): string | number {
  let value: unknown = entity;
  for (const step of field.split('.')) value = (value as Record<string, unknown> | undefined)?.[step];
  if (typeof value === 'object' && value !== null) {
    const { value: ref, Address } = value as { value?: string; Address?: string };
    return ref ?? Address ?? '';
  }
  if (field.startsWith('MetaData.')) return Date.parse(String(value));
  if (field === 'Id') return Number(value);
  return typeof value === 'number' ? value : String(value ?? '');
}

const like = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('%')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'is',
  );

function holds(entity: Entity, { field, operator, values }: Condition): boolean {
  const own = memberOf(entity, field);
  const wanted = values.map((text) => {
    if (typeof own === 'string') return text;
    const moment = field.startsWith('MetaData.') ? Date.parse(text) : Number(text);
    return Number.isNaN(moment) ? refuse('4001', `Invalid query : QueryValidationError: bad value ${text}`) : moment;
  });
  const [first = ''] = wanted;
  const same = (one: string | number) =>
    typeof own === 'string' ? own.toLowerCase() === String(one).toLowerCase() : own === one;
  switch (operator) {
    case 'in':
      return wanted.some(same);
    case 'like':
      return like(values[0] ?? '').test(String(own));
    case '<':
      return own < first;
    case '>':
      return own > first;
    case '<=':
      return own <= first;
    case '>=':
      return own >= first;
    default:
      return same(first);
  }
}

/** The `QueryResponse` of a statement. Lists show what is active unless the statement says otherwise. */
export function runQuery(state: QuickbooksState, text: string): Record<string, unknown> {
  const { kind, counts, conditions, order, start, max } = parse(text);
  const asksActive = conditions.some(({ field }) => field === 'Active');
  const found = all(state, kind)
    .filter((entity) => asksActive || entity.Active !== false)
    .filter((entity) => conditions.every((condition) => holds(entity, condition)));
  if (counts) return { totalCount: found.length };
  const { field, down } = order ?? { field: 'Id', down: false };
  const sorted = [...found].sort((a, b) => {
    const [one, two] = [memberOf(a, field), memberOf(b, field)];
    if (one === two) return Number(a.Id) - Number(b.Id);
    return (one < two ? -1 : 1) * (down ? -1 : 1);
  });
  const page = sorted.slice(start - 1, start - 1 + max);
  return page.length === 0 ? {} : { [kind]: page, startPosition: start, maxResults: page.length };
}
