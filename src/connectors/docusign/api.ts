/** How DocuSign is talked to: its servers, the account's own site, and what its errors mean. */
import { bodyOf, errorIn } from '../../http/body';
import { form, getFrom, type Params, percent, sendJson, withHeaders } from '../../http/encode';
import { classify, fail, isGood } from '../../http/faults';
import type { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, type AccountSeen, asked, type Choice, type Credentials, type Flow } from '../connector';

export const AUTH_HOSTS = { production: 'account.docusign.com', demo: 'account-d.docusign.com' };
export const SITES = '.docusign.net';

const isDemo = (chosen: Account | Credentials): boolean => chosen.DOCUSIGN_ENVIRONMENT === 'demo';

export const authHost = (chosen: Account | Credentials): string => AUTH_HOSTS[isDemo(chosen) ? 'demo' : 'production'];

/** The page on which the sender sees an envelope. */
export const pageOf = (account: Account, envelope: string): string =>
  `https://app${isDemo(account) ? 'demo' : ''}.docusign.com/documents/details/${percent(envelope)}`;

/** Accounts live on different sites and may move: the address is never put together, it is what DocuSign told. */
function address({ BASE_URI: base, ACCOUNT_ID: id }: Account, path: string): string {
  if (!base || !id) return fail('auth', 'DocuSign has not said where this account is. Connect it again.');
  return `${base}/restapi/v2.1/accounts/${percent(id)}${path}`;
}

export const read = (account: Account, path: string, query: Params = {}): HttpRequest => {
  const asking = form(query);
  return getFrom(`${address(account, path)}${asking === '' ? '' : `?${asking}`}`);
};

export const write = (method: 'POST' | 'PUT', account: Account, path: string, body: object): HttpRequest =>
  sendJson(method, address(account, path), body);

export const sign = (request: HttpRequest, { ACCESS_TOKEN: token = '' }: Credentials): HttpRequest =>
  withHeaders(request, { Accept: 'application/json', Authorization: `Bearer ${token}` });

// ---------------------------------------------------------------- the account

const BASE = /^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.docusign\.net$/;

export function* test(account: Account): Flow<AccountSeen> {
  const who = bodyOf(yield* asked(getFrom(`https://${authHost(account)}/oauth/userinfo`)), 'user');
  const mine = accountIn(who, account.DOCUSIGN_ACCOUNT ?? '');
  const base = mine.str('base_uri');
  if (!BASE.test(base)) return mine.at('base_uri').wrong('an address of DocuSign');
  const found = { ACCOUNT_ID: mine.str('account_id'), BASE_URI: base, USER_NAME: who.opt('name') ?? '' };
  // The token must open the account's own site too.
  bodyOf(yield* asked(read({ ...account, ...found }, '/templates', { count: '1' })), 'templates');
  return { name: mine.str('account_name'), mode: isDemo(account) ? 'sandbox' : 'live', found };
}

/** The account of that id, or the user's own. */
function accountIn(who: Json, wanted: string): Json {
  const accounts = who.list('accounts');
  const same = (one: Json) => one.str('account_id').toLowerCase() === wanted.trim().toLowerCase();
  const found = wanted === '' ? accounts.find(isDefault) : accounts.find(same);
  if (found) return found;
  const names = accounts.map((one) => `${one.str('account_name')} (${one.str('account_id')})`).join(', ');
  return fail('rejected', `This DocuSign user has no such account. Enter the API account ID of one of: ${names}.`);
}

/** A truth here, a text in the rest of DocuSign's answers. */
const isDefault = (one: Json): boolean => String(one.at('is_default').value) === 'true';

const PAGE = 100;
const MAX_PAGES = 20;

/** All templates, to choose from. */
export function* templates(account: Account): Flow<readonly Choice[]> {
  return yield* everyPage<Choice, number>(
    (start = 0) => read(account, '/templates', { count: PAGE, start_position: start, order: 'asc', order_by: 'name' }),
    (reply, start = 0) => {
      const page = bodyOf(reply, 'templates');
      const items = page
        .items('envelopeTemplates')
        .map((each) => ({ id: each.str('templateId'), name: each.opt('name') ?? '(no name)' }));
      const next = start + PAGE;
      return { items, next: next < countIn(page, 'totalSetSize') ? next : undefined };
    },
    MAX_PAGES,
  );
}

/** Counts are texts. */
export function countIn(page: Json, path: string): number {
  const { value } = page.at(path);
  return /^\d{1,9}$/.test(String(value)) ? Number(value) : page.at(path).wrong('a count');
}

// ---------------------------------------------------------------- faults

const KINDS: Readonly<Record<string, FaultKind>> = {
  AUTHORIZATION_INVALID_TOKEN: 'auth',
  PARTNER_AUTHENTICATION_FAILED: 'auth',
  USER_AUTHENTICATION_FAILED: 'auth',
  USER_DOES_NOT_BELONG_TO_SPECIFIED_ACCOUNT: 'auth',
  USER_LACKS_MEMBERSHIP: 'auth',
  USER_LACKS_PERMISSIONS: 'auth',
  ENVELOPE_DOES_NOT_EXIST: 'missing',
  RESOURCE_NOT_FOUND: 'missing',
  TEMPLATE_ID_INVALID: 'missing',
};

/** A limit that was reached comes with HTTP 400 as well as with 429. */
const LIMIT = /LIMIT_EXCEEDED$/i;

export function docusignFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const said = errorIn(reply);
  const code = said.word('errorCode') ?? said.word('error');
  const kind = LIMIT.test(code ?? '') ? 'busy' : KINDS[code ?? ''];
  const found = classify(reply, { message: said.word('message') ?? code, code, kind });
  const trace = reply.headers['x-docusign-tracetoken'];
  return found && trace ? { ...found, requestId: trace } : found;
}
