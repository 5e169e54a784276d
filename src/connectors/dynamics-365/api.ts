/** How the Dataverse Web API is talked to: addresses of rows, ids and keys of ours, and what its errors mean. */
import { digestOf } from '../../domain/audit';
import { errorIn } from '../../http/body';
import { getFrom, percent, withHeaders } from '../../http/encode';
import { classify, fail, isGood } from '../../http/faults';
import type { Json } from '../../http/json';
import { retryAfterSeconds } from '../../http/retry';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials } from '../connector';

export const SIGN_IN = 'https://login.microsoftonline.com';
/** What is true of 9.0 stays true of the versions after it. */
export const VERSION = 'v9.0';

/** The environment's origin in what the owner has entered: its address with or without a path. */
export function originIn({ DYNAMICS_URL: entered = '' }: Account): string {
  const [, host] = /^(?:https:\/\/)?([\w-]+(?:\.api)?\.crm\d*\.dynamics\.com)(?:[/?#]|$)/i.exec(entered.trim()) ?? [];
  if (host) return `https://${host.toLowerCase()}`;
  return fail('rejected', 'The environment is no address such as https://contoso.crm.dynamics.com.');
}

export const rootOf = (account: Account): string => `${originIn(account)}/api/data/${VERSION}/`;

/** A row's page in the app, for people. */
export const pageOf = (account: Account, table: string, id: string): string =>
  `${originIn(account)}/main.aspx?etn=${table}&pagetype=entityrecord&id=${id}`;

export const get = (account: Account, path: string, prefer?: string): HttpRequest =>
  getFrom(`${rootOf(account)}${path}`, prefer ? { Prefer: prefer } : {});

/** An address that the platform gave, which leads to the next page or to the changes since. */
export function following(account: Account, link: string, prefer: string): HttpRequest {
  if (!link.startsWith(`${originIn(account)}/api/data/`))
    fail('malformed', 'Dynamics 365 leads to a next page that is not its own.');
  return getFrom(link, { Prefer: prefer });
}

/** The query of a list, in OData's own names. */
export const listOf = (set: string, query: Readonly<Record<string, string>>): string =>
  `${set}?${Object.entries(query)
    .map(([name, value]) => `$${name}=${percent(value)}`)
    .join('&')}`;

/** An id of ours for a row of theirs: the same for the same cause, in the form of version 5 (RFC 9562). */
export function rowId(cause: string): string {
  const hex = digestOf(`rent-ledger:${cause}`);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

const COLUMN = /^[a-z][a-z\d_]{0,99}$/;
/** Dataverse reads no alternate key with one of these. */
const UNREADABLE = /[/<>*%&:\\?+]/;

/** The column that holds our key, on contacts. */
export function keyColumn({ DYNAMICS_KEY: entered = '' }: Account): string {
  const name = entered.trim() || 'new_rentledgerid';
  return COLUMN.test(name)
    ? name
    : fail('rejected', `"${name}" is no logical name of a column, such as new_rentledgerid.`);
}

/** A text inside quotes, as OData has it. */
export const quoted = (text: string): string => `'${text.replace(/'/g, "''")}'`;

/** `contacts(new_rentledgerid='L-1')` */
export function contactAt(account: Account, lease: string): string {
  const [letter] = UNREADABLE.exec(lease) ?? [];
  if (letter !== undefined)
    fail('rejected', `Dynamics 365 can look up no key with "${letter}" in it, and the lease is called ${lease}.`);
  return `contacts(${keyColumn(account)}=${percent(quoted(lease)).replace(/%27/g, "'")})`;
}

// ---------------------------------------------------------------- the door

const STANDARD = { Accept: 'application/json', 'OData-Version': '4.0', 'OData-MaxVersion': '4.0' };

/** The token goes to the environment that the owner has entered, and nowhere else. */
export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  if (!request.url.startsWith(`${originIn(credentials)}/`))
    fail('malformed', 'A request for another environment than the one that is connected.');
  return withHeaders(request, { ...STANDARD, Authorization: `Bearer ${credentials.ACCESS_TOKEN ?? ''}` });
}

interface Meaning {
  readonly kind?: FaultKind;
  /** Instead of Dataverse's words, which are written for programmers. */
  readonly says?: string;
}

const MADE = 'Power Apps > Tables > Contact';

const MEANINGS: Readonly<Record<string, Meaning>> = {
  '0x80072560': {
    says: 'The application is no user of this environment. Add it under Application users in the Power Platform admin center.',
  },
  // Somebody else wrote in the same moment: the next try reads anew.
  '0x80060882': { kind: 'busy', says: 'Somebody changed the row in the same moment.' },
  '0x80040237': { kind: 'busy', says: 'Somebody made the row in the same moment.' },
  '0x8004022e': { says: 'The invoice is paid or canceled in Dynamics 365 and takes no change.' },
  NO_KEY: {
    kind: 'rejected',
    says: `Contacts have no alternate key on the column of our key, or its index is not built yet. Define it in ${MADE} > Keys.`,
  },
  NO_TRACKING: {
    kind: 'rejected',
    says: `Changes of contacts are not tracked. Switch it on in ${MADE} > Properties > Advanced options > Track changes.`,
  },
};

/** What a message says for which there is no code of its own. */
const WORDS: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/key in the request URI is not valid/, 'NO_KEY'],
  [/Change tracking is not enabled/, 'NO_TRACKING'],
];
const NO_COLUMN = [
  /Could not find a property named '([^']+)' on type '[\w.]+\.(\w+)'/,
  /property '([^']+)' does not exist on type '[\w.]+\.(\w+)'/,
];

function columnMissing(message: string): Meaning | undefined {
  const [, column, table] = NO_COLUMN.map((pattern) => pattern.exec(message)).find((each) => each !== null) ?? [];
  if (column === undefined) return undefined;
  const says = `The table ${table} has no column ${column}. Make it in Power Apps > Tables, or choose another one.`;
  return { kind: 'rejected', says };
}

/** Undefined when the reply is good. It may be one of those inside a batch. */
export function dynamicsFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const error = errorIn(reply).at('error');
  const message = error.word('message') ?? '';
  const [, known] = WORDS.find(([pattern]) => pattern.test(message)) ?? [];
  const code = error.word('code');
  const meaning = columnMissing(message) ?? MEANINGS[known ?? code ?? ''];
  const found = classify(reply, {
    ...wordsFor(meaning, message),
    ...(code === undefined ? {} : { code }),
    ...(meaning?.kind ? { kind: meaning.kind } : {}),
  });
  const seconds = retryAfterSeconds(reply.headers['retry-after'], 0);
  return found && seconds !== undefined ? { ...found, retryAfterSeconds: seconds } : found;
}

function wordsFor(meaning: Meaning | undefined, message: string): { readonly message?: string } {
  const [privilege] = /prv\w+/.exec(message) ?? [];
  if (privilege !== undefined) return { message: lacking(privilege) };
  const says = meaning?.says ?? message;
  return says === '' ? {} : { message: says };
}

const lacking = (privilege: string): string =>
  `The security role of the application user lacks ${privilege}. Add it in the Power Platform admin center.`;

/** Texts end where the column does. */
export const cut = (text: string, length: number): string => [...text].slice(0, length).join('');

/** What OData itself says of a row or a list; its names have a point in them. */
export function odataIn(holder: Json, name: 'etag' | 'nextLink' | 'deltaLink' | 'context'): string | undefined {
  const said = (holder.value as Readonly<Record<string, unknown>> | null)?.[`@odata.${name}`];
  return typeof said === 'string' && said !== '' ? said : undefined;
}
