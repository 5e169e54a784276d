/** Filter expressions of the events feed: words, quoted words, AND, OR, a minus before a word, and sizes. */
import type { EventItem } from './state';

type Reader = (item: EventItem) => readonly string[];
type Match = (value: string, wanted: string) => boolean;

interface Field {
  readonly read: Reader;
  readonly match: Match;
}

const objectAt = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    value,
  );

const texts = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined ? [] : [String(value)];
};

const at =
  (...path: readonly string[]): Reader =>
  (item) =>
    texts(objectAt(item, ...path));

const equal: Match = (value, wanted) => value === wanted;
const contains: Match = (value, wanted) => value.includes(wanted);
/** The id as the messages call gave it, or as events have it. */
const sameId: Match = (value, wanted) => value === wanted.replace(/^<|>$/g, '');

const attached: Reader = (item) => {
  const list = objectAt(item, 'message', 'attachments');
  return Array.isArray(list) ? list.flatMap((each) => texts(objectAt(each, 'filename'))) : [];
};

const FIELDS: Readonly<Record<string, Field>> = {
  event: { read: at('event'), match: equal },
  severity: { read: at('severity'), match: equal },
  tags: { read: at('tags'), match: equal },
  recipient: { read: at('recipient'), match: contains },
  recipients: { read: at('message', 'recipients'), match: contains },
  'message-id': { read: at('message', 'headers', 'message-id'), match: sameId },
  from: { read: at('message', 'headers', 'from'), match: contains },
  to: { read: at('message', 'headers', 'to'), match: contains },
  subject: { read: at('message', 'headers', 'subject'), match: contains },
  list: { read: at('mailing-list', 'address'), match: equal },
  attachment: { read: attached, match: contains },
  size: { read: at('message', 'size'), match: equal },
};

export const FILTERS = Object.keys(FIELDS);

const TERM = /-?"[^"]*"|\S+/g;

/** Whether an event passes `value` as the filter of that field. */
export function passes(item: EventItem, name: string, value: string): boolean {
  const field = FIELDS[name];
  if (!field) return false;
  const found = field.read(item).map((each) => each.toLowerCase());
  const either = value.split(/\s+OR\s+/).map((part) => (part.match(TERM) ?? []).filter((term) => term !== 'AND'));
  return either.some((terms) => terms.length > 0 && terms.every((term) => holds(found, term, field.match)));
}

function holds(found: readonly string[], term: string, match: Match): boolean {
  const [, sign, limit] = /^([<>])(\d+)$/.exec(term) ?? [];
  if (sign) return found.some((each) => (sign === '>' ? Number(each) > Number(limit) : Number(each) < Number(limit)));
  const isNegative = term.startsWith('-') && term.length > 1;
  const wanted = (isNegative ? term.slice(1) : term).replace(/^"|"$/g, '').toLowerCase();
  return found.some((each) => match(each, wanted)) !== isNegative;
}
