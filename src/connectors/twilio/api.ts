/** How Twilio is talked to: forms in, JSON out, Basic with the auth token or an API key, and its numbered errors. */
import { base64, utf8 } from '../../domain/encoding';
import { type Instant, instant } from '../../domain/values';
import { bodyOf, errorIn } from '../../http/body';
import { FORM, form, getFrom, type Params, withHeaders, withQuery } from '../../http/encode';
import { classify, fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Page } from '../../http/paging';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials } from '../connector';

const API = 'https://api.twilio.com';
export const MESSAGING = 'https://messaging.twilio.com';
export const hosts = ['api.twilio.com', 'messaging.twilio.com'];

export const PAGE = 200;
/** The longest page that there is. */
export const LONG_PAGE = 1000;
/** Requests side by side; Twilio limits how many are under way, not how many there are in a second. */
export const WAVE = 10;

const ACCOUNT_SID = /^AC[0-9a-f]{32}$/i;

/** An API key is a user of its own; the auth token belongs to the account. */
export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  const { TWILIO_ACCOUNT_SID: account = '', TWILIO_KEY_SID: key = '', TWILIO_SECRET: secret = '' } = credentials;
  return withHeaders(request, { Authorization: `Basic ${base64(utf8(`${key || account}:${secret}`))}` });
}

/** Errors that mean something else than their HTTP status: a sender's queue is full, or too much came at once. */
const KINDS: Readonly<Record<string, FaultKind>> = { 21611: 'busy', 20429: 'busy' };

export function twilioFault(reply: HttpReply): Fault | undefined {
  if (reply.status < 300) return undefined;
  const error = errorIn(reply);
  const { value } = error.at('code');
  const code = typeof value === 'number' ? String(value) : undefined;
  return classify(reply, { message: error.word('message'), code, kind: KINDS[code ?? ''] });
}

/** The place of an account's things: `/2010-04-01/Accounts/AC…`. */
export function pathOf({ TWILIO_ACCOUNT_SID: sid = '' }: Account): string {
  if (ACCOUNT_SID.test(sid)) return `/2010-04-01/Accounts/${sid}`;
  return fail('rejected', 'The Account SID of Twilio begins with AC and has 34 characters. Copy it from the console.');
}

export const accountOf = (account: Account): HttpRequest => getFrom(`${API}${pathOf(account)}.json`);

/** One message. */
export const messageOf = (account: Account, sid: string): HttpRequest =>
  getFrom(`${API}${pathOf(account)}/Messages/${encodeURIComponent(sid)}.json`);

/** A new message, or a change of one. */
export const sendForm = (account: Account, fields: Params, sid?: string): HttpRequest => ({
  method: 'POST',
  url: `${API}${pathOf(account)}/Messages${sid === undefined ? '' : `/${encodeURIComponent(sid)}`}.json`,
  headers: {},
  contentType: FORM,
  body: form(fields),
});

export interface Search {
  readonly to?: string;
  readonly from?: string;
  /** Sent or received then or later: what has not been sent has no such date, and is left out. */
  readonly sentSince?: string;
}

/** A page of the list, newest first: the first one, or the one at an address that the page before has told. */
export function messages(account: Account, { to, from, sentSince }: Search, next?: string, size = PAGE): HttpRequest {
  const path = `${pathOf(account)}/Messages.json`;
  if (next !== undefined) return getFrom(`${API}${ownPath(next, `${path}?`)}`);
  // The operator is part of the name.
  return getFrom(withQuery(`${API}${path}`, { To: to, From: from, 'DateSent>': sentSince, PageSize: size }));
}

function ownPath(next: string, within: string): string {
  if (next.startsWith(within)) return next;
  return fail('malformed', 'Twilio names a next page that lies elsewhere.');
}

export function pageOf(reply: HttpReply): Page<Json, string> {
  const body = bodyOf(reply, 'messages');
  return { items: body.list('messages'), next: body.opt('next_page_uri') };
}

/** A page of a list of messaging services or their numbers. */
export function listed(path: string, next?: string): HttpRequest {
  return getFrom(next === undefined ? `${MESSAGING}${path}?PageSize=${PAGE}` : ownPath(next, `${MESSAGING}${path}?`));
}

export function listPage(reply: HttpReply, name: string): Page<Json, string> {
  const body = bodyOf(reply, name);
  return { items: body.list(name), next: body.opt('meta.next_page_url') };
}

const STAMP = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) \+0000$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Fri, 24 May 2019 17:44:46 +0000`, as Twilio writes all dates of messages. */
export function momentOf(row: Json, path: string): Instant {
  const [, date, month = '', year, ...time] = STAMP.exec(row.str(path)) ?? [];
  const index = MONTHS.indexOf(month);
  if (index < 0) return row.at(path).wrong('a date such as Fri, 24 May 2019 17:44:46 +0000');
  const [hours, minutes, seconds] = time.map(Number);
  return instant(Date.UTC(Number(year), index, Number(date), hours, minutes, seconds));
}
