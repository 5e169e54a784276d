/** How SendGrid is talked to: a host for each region, what its errors mean, and the language of its logs. */
import type { Instant } from '../../domain/values';
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, percent, sendJson, utcSeconds, withHeaders, withQuery } from '../../http/encode';
import { classify, fault, isGood } from '../../http/faults';
import { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials } from '../connector';

/** Mail and lists of an EU subuser are at the second host only. */
export const HOSTS = ['api.sendgrid.com', 'api.eu.sendgrid.com'] as const;
export const REGIONS = ['global', 'EU'] as const;

const address = ({ SENDGRID_REGION: region }: Account, path: string): string =>
  `https://${HOSTS[region === 'EU' ? 1 : 0]}/v3${path}`;

export const get = (account: Account, path: string, query: Readonly<Record<string, number>> = {}): HttpRequest =>
  getFrom(withQuery(address(account, path), query));

export const post = (account: Account, path: string, body?: object, more: Partial<HttpRequest> = {}): HttpRequest =>
  sendJson('POST', address(account, path), body, more);

export const sendMail = (account: Account, mail: object): HttpRequest => post(account, '/mail/send', mail);

const HOLDS = '/user/scheduled_sends';

/** The mails of a batch are not to leave. */
export const cancelBatch = (account: Account, batch: string): HttpRequest =>
  post(account, HOLDS, { batch_id: batch, status: 'cancel' });

export const holds = (account: Account, batch?: string): HttpRequest =>
  get(account, batch === undefined ? HOLDS : `${HOLDS}/${percent(batch)}`);

export const changeHold = (account: Account, batch: string, status: 'cancel'): HttpRequest =>
  sendJson('PATCH', address(account, `${HOLDS}/${percent(batch)}`), { status });

export const sign = (request: HttpRequest, { SENDGRID_API_KEY: key = '' }: Credentials): HttpRequest =>
  // A line break that was pasted along must not end the header.
  withHeaders(request, { Accept: 'application/json', Authorization: `Bearer ${key.trim()}` });

/** The rows of a list that stands bare in the body. */
export const rowsOf = (reply: HttpReply, about: string): readonly Json[] =>
  new Json({ [about]: bodyOf(reply, about).value }, 'SendGrid').list(about);

// ---------------------------------------------------------------- logs

/** Rows of one search; there are no further pages. */
export const LOG_ROWS = 1000;

/** A text of the query language. Addresses may hold one kind of quotation mark. */
export const quoted = (text: string): string => (text.includes('"') ? `'${text}'` : `"${text}"`);

export const takenIn = (sign: '>=' | '<=', at: Instant | number): string =>
  `sg_message_id_created_at ${sign} TIMESTAMP ${quoted(utcSeconds(at))}`;

/** Only reads, though it is a POST. */
export const searchLogs = (account: Account, conditions: readonly string[], limit = LOG_ROWS): HttpRequest => {
  const query = conditions.length > 0 ? { query: conditions.join(' AND ') } : {};
  return post(account, '/logs', { ...query, limit }, { reads: true });
};

export const readLog = (account: Account, id: string): HttpRequest => get(account, `/logs/${percent(id)}`);

// ---------------------------------------------------------------- faults

/** The key has no permission for it, or the account has no such thing. */
export const isClosed = ({ status }: Fault): boolean => status === 403 || status === 404;

const HOUR_SECONDS = 3600;

/**
 * Undefined when the reply is good. A plan that is used up has the status of a wrong key, and a sender who is not verified that of
 * a missing permission: both are told by their words.
 */
export function sendgridFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const first = errorIn(reply).at('errors.0');
  const message = first.word('message') ?? '';
  if (/credits exceeded/i.test(message))
    return fault('busy', `SendGrid sends no more mail on this plan for now: ${message}.`, {
      status: reply.status,
      retryAfterSeconds: HOUR_SECONDS,
    });
  const field = first.word('field');
  const said = field && field !== 'null' ? `${message} (${field})` : message;
  const found = classify(reply, { message: said || undefined, kind: kindOf(message) });
  const seconds = reply.status === 429 ? secondsToReset(reply) : undefined;
  return found && seconds !== undefined ? { ...found, retryAfterSeconds: seconds } : found;
}

const kindOf = (message: string): FaultKind | undefined =>
  /verified sender identity/i.test(message) ? 'rejected' : undefined;

/** By the vendor's own clock: when its count begins anew, less what it is there now. */
function secondsToReset({ headers }: HttpReply): number | undefined {
  const seconds = Number(headers['x-ratelimit-reset']) - Date.parse(headers.date ?? '') / 1000;
  return seconds > 0 && seconds < HOUR_SECONDS ? Math.ceil(seconds) : undefined;
}
