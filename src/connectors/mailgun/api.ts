/** How Mailgun is talked to: the region's host, the domain in every address, two keys, and what its errors mean. */
import { base64, utf8 } from '../../domain/encoding';
import { errorIn } from '../../http/body';
import { getFrom, type Params, percent, withHeaders, withQuery } from '../../http/encode';
import { classify, fail, isGood } from '../../http/faults';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials } from '../connector';

export const US_HOST = 'api.mailgun.net';
export const EU_HOST = 'api.eu.mailgun.net';

/** Every message of ours bears it: events of others on the domain are not read. No hyphen, which may part words. */
export const OUR_TAG = 'rentledger';

const MESSAGES = 'messages';

export const domainOf = ({ MAILGUN_DOMAIN = '' }: Account): string => MAILGUN_DOMAIN.trim().toLowerCase();

const baseOf = ({ MAILGUN_REGION }: Account): string => `https://${MAILGUN_REGION === 'EU' ? EU_HOST : US_HOST}`;

/** Domain and address stand in the path. */
export const get = (account: Account, path: readonly string[], params: Params = {}): HttpRequest =>
  getFrom(withQuery(`${baseOf(account)}/v3/${[domainOf(account), ...path].map(percent).join('/')}`, params));

export const domainCall = (account: Account): HttpRequest =>
  getFrom(`${baseOf(account)}/v4/domains/${percent(domainOf(account))}`);

export const messagesCall = (account: Account, body: Pick<HttpRequest, 'body' | 'contentType'>): HttpRequest => ({
  method: 'POST',
  url: `${baseOf(account)}/v3/${percent(domainOf(account))}/${MESSAGES}`,
  headers: {},
  ...body,
});

/** Mail leaves with the sending key where there is one, which can do nothing else; the account's key reads. */
export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  const sends = request.method === 'POST' && request.url.endsWith(`/${MESSAGES}`);
  const key = (sends && credentials.MAILGUN_SENDING_KEY?.trim()) || credentials.MAILGUN_API_KEY?.trim();
  if (!key) return fail('auth', 'The Mailgun API key is missing. Connect Mailgun again.');
  return withHeaders(request, { Authorization: `Basic ${base64(utf8(`api:${key}`))}` });
}

/** A wrong region looks like a domain that is not there, and the wait after too many calls stands within a sentence. */
export function mailgunFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const error = errorIn(reply);
  const said = error.word('message') ?? error.word('Error') ?? plainWords(reply);
  const isStranger = reply.status === 404 && /^domain not found/i.test(said ?? '');
  const found = classify(reply, {
    ...(said === undefined ? {} : { message: isStranger ? `${said} (or not in this region)` : said }),
    ...(isStranger ? { kind: 'auth' as const } : {}),
  });
  const seconds = waitIn(error.at('retry-seconds').value, said);
  return found && seconds !== undefined ? { ...found, retryAfterSeconds: seconds } : found;
}

/** `Forbidden`, and nothing longer: a page of HTML says nothing. */
const plainWords = ({ body }: HttpReply): string | undefined => /^[\w .,'-]{1,80}$/.exec(body.trim())?.[0];

const MAX_WAIT_SECONDS = 86_400;

function waitIn(told: unknown, said = ''): number | undefined {
  const text = typeof told === 'number' ? String(told) : /try again after (\d{1,6}) seconds?/i.exec(said)?.[1];
  const seconds = Number(text);
  return text !== undefined && seconds >= 0 ? Math.min(MAX_WAIT_SECONDS, Math.ceil(seconds)) : undefined;
}
