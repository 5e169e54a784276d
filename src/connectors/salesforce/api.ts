/** How Salesforce's REST API is talked to: addresses, queries, composite calls, and what its errors mean. */
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, percent, sendJson, withHeaders } from '../../http/encode';
import { classify, fail, isGood, raise } from '../../http/faults';
import { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type Credentials, type Flow } from '../connector';

/** Spring '26. Salesforce keeps old versions for years. */
const ROOT = '/services/data/v66.0';

/** What people copy is the address of any page of theirs; the API lives under the same name. */
const PAGES = new RegExp(
  '^(?:https://)?([\\w-]+(?:\\.(?:sandbox|develop|scratch|trailblaze|demo))?)' +
    '\\.(?:my\\.salesforce|lightning\\.force|my\\.salesforce-setup)\\.com(?:[/?#].*)?$',
  'i',
);

/** `maple-street.my.salesforce.com`, from what the owner has entered. */
export function domainOf({ SALESFORCE_DOMAIN: entered = '' }: Credentials): string {
  const [, name] = PAGES.exec(entered.trim()) ?? [];
  if (name) return `${name.toLowerCase()}.my.salesforce.com`;
  return fail('rejected', 'My Domain must look like maple-street.my.salesforce.com. See Setup > My Domain.');
}

/** Where the organisation lives, as the sign-in has told. */
export const instanceOf = (account: Account): string => account.SALESFORCE_INSTANCE || `https://${domainOf(account)}`;

/** The address goes with a token, so it must be one of Salesforce's own. */
export function instanceIn(reply: Json): Account {
  const address = reply.opt('instance_url');
  if (address === undefined) return {};
  if (/^https:\/\/[\w-]+(?:\.[\w-]+)*\.salesforce\.com$/.test(address)) return { SALESFORCE_INSTANCE: address };
  return reply.at('instance_url').wrong('an address of Salesforce');
}

export const sign = (request: HttpRequest, { ACCESS_TOKEN: token = '' }: Credentials): HttpRequest =>
  withHeaders(request, { Authorization: `Bearer ${token}` });

/** Of the id and the page of a record. */
export const refOf = (account: Account, id: string): string => `${id} ${instanceOf(account)}/${id}`;

export const read = (account: Account, path: string): HttpRequest => getFrom(`${instanceOf(account)}${ROOT}${path}`);

// ---------------------------------------------------------------- queries

/** A text between quotes: what would end it is escaped, and no control character is in it. */
export const quoted = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  `'${text.replace(/[\u0000-\u001f]/g, ' ').replace(/[\\']/g, '\\$&')}'`;

export const oneOf = (field: string, texts: readonly string[]): string =>
  `${field} IN (${[...new Set(texts)].map(quoted).join(', ')})`;

/** The name of a field stands in queries and addresses; nothing else may get in with it. */
export function fieldName(entered: string): string {
  const name = entered.trim();
  return /^[A-Za-z]\w{0,79}$/.test(name) ? name : fail('rejected', `"${name}" is no API name of a field.`);
}

/** `all` has deleted records too. */
export const query = (account: Account, soql: string, all = false): HttpRequest =>
  read(account, `/${all ? 'queryAll' : 'query'}?q=${percent(soql)}`);

export const rowsOf = (reply: HttpReply, about: string): Json[] => rowsIn(bodyOf(reply, about));

function rowsIn(body: Json): Json[] {
  // No query of ours asks for more than one page holds.
  if (!body.bool('done')) return body.at('done').wrong('true');
  return body.list('records');
}

/** At most five queries in one call; the records of each. */
export function* queries(account: Account, soqls: readonly string[]): Flow<readonly Json[][]> {
  const parts = soqls.map((soql): Part => ({ method: 'GET', path: `/query?q=${percent(soql)}` }));
  const told = yield* composite(account, parts, false);
  return told.map((part) => (part.fault ? raise(part.fault) : rowsIn(part.body)));
}

// ---------------------------------------------------------------- composite calls

/** One call within a composite call. */
export interface Part {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** What a part came to. */
export interface Told {
  readonly body: Json;
  readonly fault?: Fault;
  /** Nothing is wrong with it: another part was refused, and this one was taken back or not begun. */
  readonly halted: boolean;
}

/** So later parts refer to what the part of that number gives: `@{r0.id}`. */
export const partName = (at: number): string => `r${at}`;

/** Sends at most 25 parts as one call. With `whole` all of them are saved, or none. */
export function* composite(account: Account, parts: readonly Part[], whole: boolean): Flow<readonly Told[]> {
  const compositeRequest = parts.map(({ method, path, body }, at) => ({
    method,
    url: `${ROOT}${path}`,
    referenceId: partName(at),
    ...(body ? { body } : {}),
  }));
  const request = sendJson(
    'POST',
    `${instanceOf(account)}${ROOT}/composite`,
    { allOrNone: whole, compositeRequest },
    parts.every(({ method }) => method === 'GET') ? { reads: true } : {},
  );
  const answers = bodyOf(yield* asked(request), 'composite').list('compositeResponse');
  return parts.map((_, at) => {
    const answer = answers.find((one) => one.str('referenceId') === partName(at));
    return answer ? toldBy(answer) : fail('malformed', `Salesforce did not answer part ${at} of a composite call.`);
  });
}

function toldBy(answer: Json): Told {
  const body = answer.at('body');
  const status = answer.int('httpStatusCode');
  const found = faultOfPart(status, body.value);
  return { body, ...(found ? { fault: found } : {}), halted: found?.code === 'PROCESSING_HALTED' };
}

/** A part, or a record of a collection, is refused in the words of a whole call. */
export function faultOfPart(status: number, body: unknown): Fault | undefined {
  const found = salesforceFault({ status, headers: {}, body: JSON.stringify(body) ?? '' });
  // The session is good, or the call would not have been answered: what is refused is this one record.
  return found?.fault === 'auth' || found?.fault === 'missing' ? { ...found, fault: 'rejected' } : found;
}

/** Up to 200 records at once, each with an outcome of its own: its id, or its fault. */
export const collection = (account: Account, path: string, records: readonly object[]): HttpRequest =>
  sendJson('PATCH', `${instanceOf(account)}${ROOT}/composite/sobjects${path}`, { allOrNone: false, records });

export function savedIn(reply: HttpReply): (string | Fault)[] {
  return new Json({ rows: bodyOf(reply, 'collection').value }, 'collection').list('rows').map(savedOne);
}

function savedOne(row: Json): string | Fault {
  if (row.bool('success')) return row.str('id');
  const [error] = row.list('errors');
  const [errorCode, message] = [error?.word('statusCode'), error?.word('message')];
  return faultOfPart(400, [{ errorCode, message }]) ?? row.wrong('saved or refused');
}

// ---------------------------------------------------------------- errors

interface Meaning {
  readonly kind?: FaultKind;
  /** Instead of Salesforce's words, which are written for programmers. */
  readonly says?: string;
  readonly retryAfterSeconds?: number;
}

const MEANINGS: Readonly<Record<string, Meaning>> = {
  REQUEST_LIMIT_EXCEEDED: {
    kind: 'busy',
    says: 'The calls that your Salesforce organisation may make in 24 hours are used up, by all its programs together.',
    retryAfterSeconds: 3600,
  },
  UNABLE_TO_LOCK_ROW: { kind: 'busy', says: 'Somebody saves the same record in Salesforce just now.' },
  SERVER_UNAVAILABLE: { kind: 'down' },
  API_DISABLED_FOR_ORG: {
    kind: 'rejected',
    says: 'Your edition of Salesforce has no API, or this user may not use it.',
  },
  DUPLICATES_DETECTED: {
    says: 'A duplicate rule takes the resident for a contact that is there. Write the Lease ID into that contact.',
  },
  INSUFFICIENT_ACCESS: { kind: 'rejected' },
  INSUFFICIENT_ACCESS_OR_READONLY: { kind: 'rejected' },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: { kind: 'rejected' },
};

/** Undefined when the reply is good. */
export function salesforceFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  if (reply.status === 300)
    return classify({ ...reply, status: 400 }, { message: 'Several contacts have the same key.', code: 'SEVERAL' });
  const error = errorIn(reply);
  const [code, message] = [error.word('0.errorCode'), error.word('0.message')];
  const { kind, says, retryAfterSeconds } = MEANINGS[code ?? ''] ?? {};
  const found = classify(reply, { message: says ?? message, code, kind });
  return found && retryAfterSeconds !== undefined ? { ...found, retryAfterSeconds } : found;
}
