/** Messages as Twilio shows them: one, and the list by pages. */
import { FAILURES, refusal } from './errors';
import { onlyKnown } from './gate';
import type { Message, TwilioState } from './state';
import { rfc2822 } from './state';

type Json = Readonly<Record<string, unknown>>;

const when = (ms: number | null): string | null => (ms === null ? null : rfc2822(ms));

/** A price has five decimals and is what the account loses; nothing is `null`. */
const priceOf = (price: number | null): string | null =>
  price === null ? null : `-${Math.floor(price / 100_000)}.${String(price % 100_000).padStart(5, '0')}`;

/** What has just been created tells less. */
export function shown(account: string, message: Message, isNew = false): Json {
  const uri = `/2010-04-01/Accounts/${account}/Messages/${message.sid}`;
  return {
    account_sid: account,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.createdMs),
    date_sent: when(message.sentMs),
    date_updated: rfc2822(message.updatedMs),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : (FAILURES[message.errorCode] ?? null),
    from: message.from,
    messaging_service_sid: message.service,
    num_media: '0',
    num_segments: String(message.segments),
    price: priceOf(message.price),
    price_unit: isNew ? null : 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json`, ...(isNew ? {} : { feedback: `${uri}/Feedback.json` }) },
    to: message.to,
    uri: `${uri}.json`,
  };
}

/** Only what is scheduled can be called off. */
export function cancel(message: Message, fields: Readonly<Record<string, string>>, nowMs: number): void {
  if (fields.Status !== 'canceled') throw refusal(20001, `Status ${fields.Status ?? ''} is not canceled`);
  if (message.status !== 'scheduled') throw refusal(30409, 'This message cannot be canceled');
  message.status = 'canceled';
  message.updatedMs = nowMs;
  message.next = null;
}

const DATES = ['DateSent', 'DateSent<', 'DateSent>'] as const;
const FILTERS = ['To', 'From', ...DATES];
const DAY_MS = 86_400_000;

type Filter = (message: Message) => boolean;

/** A day, or a moment, in GMT. Both ends of a range belong to it. */
function dateFilter(name: (typeof DATES)[number], text: string): Filter {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const startMs = isDay || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(startMs)) throw refusal(20001, `${name} ${text} is neither a date nor a moment in GMT`);
  const endMs = startMs + (isDay ? DAY_MS : 1000);
  return ({ sentMs }) => {
    if (sentMs === null) return false;
    return (name === 'DateSent<' || sentMs >= startMs) && (name === 'DateSent>' || sentMs < endMs);
  };
}

function filtersOf(query: Readonly<Record<string, string>>): Filter[] {
  const filters: Filter[] = DATES.flatMap((name) => (query[name] === undefined ? [] : dateFilter(name, query[name])));
  if (query.To !== undefined) filters.push(({ to }) => to === query.To);
  if (query.From !== undefined) filters.push(({ from }) => from === query.From);
  return filters;
}

function pageSizeOf(text = '50'): number {
  const size = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (size < 1 || size > 1000) throw refusal(20001, `PageSize ${text} is not between 1 and 1000`);
  return size;
}

/** Newest first. A token names the message beside which its page begins: what arrives meanwhile moves nothing. */
export function listed(state: TwilioState, url: URL): Json {
  const query = onlyKnown(url.searchParams, [...FILTERS, 'PageSize', 'Page', 'PageToken']);
  const filters = filtersOf(query);
  const size = pageSizeOf(query.PageSize);
  const page = Number(query.Page ?? '0');
  if (!Number.isSafeInteger(page) || page < 0) throw refusal(20001, `Page ${query.Page} is not a number`);
  if (page > 0 && query.PageToken === undefined) throw refusal(70002, 'Paged requests must include a PageToken');
  const rows = Object.values(state.messages)
    .filter((message) => filters.every((fits) => fits(message)))
    .reverse()
    .sort((a, b) => (b.sentMs ?? b.createdMs) - (a.sentMs ?? a.createdMs));
  const from = startOf(rows, query.PageToken, size);
  const items = rows.slice(from, from + size);
  const uriOf = addressOf(url, query, size);
  return {
    end: items.length === 0 ? page * size : page * size + items.length - 1,
    first_page_uri: uriOf(0),
    next_page_uri: from + size < rows.length ? uriOf(page + 1, `PA${items.at(-1)!.sid}`) : null,
    page,
    page_size: size,
    previous_page_uri: from > 0 && page > 0 ? uriOf(page - 1, `PB${items[0]?.sid ?? ''}`) : null,
    messages: items.map((message) => shown(state.account.sid, message)),
    start: page * size,
    uri: uriOf(page, query.PageToken),
  };
}

function startOf(rows: readonly Message[], token: string | undefined, size: number): number {
  if (token === undefined) return 0;
  const [, side, sid] = /^P([AB])(SM[0-9a-f]{32})$/.exec(token) ?? [];
  const at = rows.findIndex((message) => message.sid === sid);
  if (at < 0) throw refusal(20001, `PageToken ${token} is invalid`);
  return side === 'A' ? at + 1 : Math.max(0, at - size);
}

const addressOf =
  (url: URL, query: Readonly<Record<string, string>>, size: number) =>
  (page: number, token?: string): string => {
    const pairs = FILTERS.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]]));
    const all = [...pairs, ['PageSize', String(size)], ['Page', String(page)]];
    if (token !== undefined) all.push(['PageToken', token]);
    // An operator stands in the name, and what follows it is the sign that every pair has.
    return `${url.pathname}?${new URLSearchParams(all).toString()}`;
  };
