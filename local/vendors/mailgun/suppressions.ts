/** Bounces, unsubscribes and complaints: alphabetical lists of addresses, by pages or one by one. */
import { jsonBody, jsonReply, mediaType } from '../kit/reply';
import { object, queryOf, type Rule, text } from '../kit/strict';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { badRequest, refusal } from './errors';
import { fieldOf, formOf } from './form';
import { type Domain, type MailgunState, rfcInstant, rfcTime, type Suppression, suppressed, type Table } from './state';

const MAX_PAGE = 1000;
const MAX_BATCH = 1000;
const DEFAULT_PAGE = 100;

const ADDRESS = text({ like: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ });
const tagList: Rule = (value, at) =>
  Array.isArray(value) && value.every((tag) => typeof tag === 'string')
    ? undefined
    : { at, what: 'wrong type', wanted: 'a list of tags' };

interface Wording {
  readonly rule: Rule;
  /** `%` stands for how many. */
  readonly added: string;
  readonly absent: string;
  readonly removed: string;
  readonly notRemoved: string;
}

const TABLES: Readonly<Record<Table, Wording>> = {
  bounces: {
    rule: object({ address: ADDRESS, 'code?': text(), 'error?': text(), 'created_at?': text() }),
    added: '% addresses have been added to the bounces table',
    absent: 'Address not found in bounces table',
    removed: 'Bounced addresses for this domain have been removed',
    notRemoved: 'Address not found in bounces table',
  },
  unsubscribes: {
    rule: object({ address: ADDRESS, 'tags?': tagList, 'created_at?': text() }),
    added: '% addresses have been added to the unsubscribes table',
    absent: 'Address not found in unsubscribers table',
    removed: 'Unsubscribe event has been removed',
    notRemoved: 'Unsubscribe event for this tag does not exist',
  },
  complaints: {
    rule: object({ address: ADDRESS, 'created_at?': text() }),
    added: '% complaint addresses have been added to the complaints table',
    absent: 'No spam complaints found for this address',
    removed: 'Complaint addresses for this domain have been removed',
    notRemoved: 'No spam complaints found for this address',
  },
};

export const isTable = (name: string): name is Table => name in TABLES;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const byAddress = (a: Suppression, b: Suppression): number => (a.address < b.address ? -1 : 1);

export function list(state: MailgunState, domain: Domain, table: Table, url: URL): SandboxReply {
  const { limit, page, address, term } = listQuery(url);
  const rows = suppressed(state, domain.name, table)
    .filter((row) => row.address.startsWith(term))
    .sort(byAddress);
  const before = rows.filter((row) => row.address < address);
  const after = rows.filter((row) => row.address > address);
  const items = {
    first: () => rows.slice(0, limit),
    next: () => after.slice(0, limit),
    previous: () => before.slice(-limit),
    last: () => rows.slice(-limit),
  }[page]();
  const at = (to: string, divider?: string) => {
    const query = new URLSearchParams({ page: to, limit: String(limit), term });
    if (divider !== undefined) query.set('address', divider);
    return `${url.origin}/v3/${domain.name}/${table}?${query}`;
  };
  const paging = {
    first: at('first'),
    last: at('last'),
    // An empty page leads on from where it stands.
    next: at('next', items.at(-1)?.address ?? address),
    previous: at('previous', items[0]?.address ?? address),
  };
  return jsonReply(200, { items, paging });
}

const PAGES = ['first', 'next', 'previous', 'last'] as const;

function listQuery(url: URL) {
  const query = queryOf(url);
  for (const [name, value] of Object.entries(query))
    if (!['limit', 'page', 'address', 'term'].includes(name) || typeof value !== 'string')
      throw badRequest(`invalid parameter: ${name}`);
  const given = query as Readonly<Record<string, string | undefined>>;
  const limit = given.limit ? Number(given.limit) : DEFAULT_PAGE;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) throw badRequest('invalid parameter: limit');
  const page = PAGES.find((each) => each === (given.page || 'first'));
  if (!page) throw badRequest('invalid parameter: page');
  if ((page === 'next' || page === 'previous') && !given.address) throw badRequest('invalid parameter: address');
  return { limit, page, address: given.address ?? '', term: given.term ?? '' };
}

export function lookUp(state: MailgunState, domain: Domain, table: Table, address: string): SandboxReply {
  const found = suppressed(state, domain.name, table).find((row) => same(row.address, address));
  if (!found) throw refusal(404, TABLES[table].absent);
  return jsonReply(200, found);
}

export function remove(state: MailgunState, domain: Domain, table: Table, address: string): SandboxReply {
  const rows = suppressed(state, domain.name, table);
  const index = rows.findIndex((row) => same(row.address, address));
  if (index < 0) throw refusal(404, TABLES[table].notRemoved);
  rows.splice(index, 1);
  return jsonReply(200, { message: TABLES[table].removed, address });
}

type Given = Readonly<Record<string, unknown>>;

/** One record as a form, or up to a thousand as a JSON list. An address that is there already is written anew. */
export function add(
  state: MailgunState,
  domain: Domain,
  table: Table,
  request: SandboxRequest,
  nowMs: number,
): SandboxReply {
  const records = mediaType(request) === 'application/json' ? jsonRecords(request) : [formRecord(request, table)];
  const added = records.map((record) => {
    const complaint = TABLES[table].rule(record, '');
    if (complaint) throw badRequest(`Invalid format for parameter ${complaint.at}: wanted ${complaint.wanted}`);
    return entryOf(table, record as Given, nowMs);
  });
  for (const entry of added) suppress(state, domain.name, table, entry);
  return jsonReply(200, { message: TABLES[table].added.replace('%', String(added.length)) });
}

/** Writes an address into a table, or anew. */
export function suppress(state: MailgunState, domainName: string, table: Table, entry: Suppression): void {
  const rows = suppressed(state, domainName, table);
  const index = rows.findIndex((row) => same(row.address, entry.address));
  if (index < 0) rows.push(entry);
  else rows[index] = entry;
}

function jsonRecords(request: SandboxRequest): readonly unknown[] {
  const body = jsonBody(request);
  if (!Array.isArray(body)) throw badRequest('Invalid json: a list of records is expected');
  if (body.length > MAX_BATCH) throw badRequest('Batch size should be less than 1000');
  return body;
}

function formRecord(request: SandboxRequest, table: Table): Given {
  const form = formOf(request);
  const record: Record<string, unknown> = {};
  for (const [name] of form.fields) record[name] = fieldOf(form, name);
  // The description names this field `tags`, Mailgun's own client `tag`.
  const tag = record.tags ?? record.tag;
  if (table !== 'unsubscribes' || tag === undefined) return record;
  const { tag: _tag, ...others } = record;
  return { ...others, tags: [tag] };
}

function entryOf(table: Table, record: Given, nowMs: number): Suppression {
  const { address, code = '550', error = '', tags = ['*'], created_at: created } = record;
  const atMs = created === undefined ? nowMs : rfcInstant(String(created));
  if (atMs === undefined) throw badRequest('Invalid format for parameter created_at: wanted an RFC 2822 time');
  const base = { address: String(address), created_at: rfcTime(atMs) };
  if (table === 'bounces') return { ...base, code: String(code), error: String(error) };
  return table === 'unsubscribes' ? { ...base, tags: tags as string[] } : base;
}
