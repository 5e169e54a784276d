/** The QuickBooks Online sandbox: a strict company that answers as Intuit's accounting API does, with its sign-in. */
import { bearerOf, grantOf } from './kit/oauth';
import { answering, jsonBody, jsonReply, mediaType, Refused } from './kit/reply';
import { changesSince } from './quickbooks/changes';
import { type ListKind, writeList } from './quickbooks/lists';
import { createPayment, deletePayment, updatePayment, voidPayment } from './quickbooks/payments';
import { runQuery } from './quickbooks/query';
import { refusal, refuse, throttled, unauthorized } from './quickbooks/refuse';
import { createSale, deleteSale, type Sale, updateSale, voidSale } from './quickbooks/sales';
import { agree, tokens } from './quickbooks/signin';
import {
  type Entity,
  freshState,
  type Kind,
  LIVE_HOST,
  type QuickbooksState,
  SANDBOX_HOST,
  stamp,
} from './quickbooks/state';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { QuickbooksState } from './quickbooks/state';

const SIGN_IN = 'oauth.platform.intuit.com';
const AGREE = 'appcenter.intuit.com';
const PER_MINUTE = 500;

function handle(state: QuickbooksState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  return answering(() => {
    if (url.host === AGREE) return url.pathname === '/connect/oauth2' ? agree(state, request, nowMs) : nowhere();
    if (url.host === SIGN_IN)
      return url.pathname === '/oauth2/v1/tokens/bearer' ? tokens(state, request, nowMs) : nowhere();
    const reply = answer(state, request, url, nowMs);
    return { ...reply, headers: { ...reply.headers, intuit_tid: `1-${nowMs.toString(16)}` } };
  });
}

const nowhere = (): SandboxReply => jsonReply(404, { error: 'not_found' });

function answer(state: QuickbooksState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  if (!grantOf(state.oauth, bearerOf(request), nowMs)) return unauthorized('Token expired or invalid');
  limit(state, nowMs);
  const [, realm, name = '', id] = /^\/v3\/company\/(\d+)\/([a-z]+)(?:\/(\w+))?$/i.exec(url.pathname) ?? [];
  if (realm === undefined) return nowhere();
  if (realm !== state.realm || url.host !== state.host)
    return refusal('120', `The application may not open company ${realm} here`, 403, 'AuthorizationFault');
  checkParams(url, name, request.method);
  if (request.method === 'GET') return read(state, name, id, url, nowMs);
  if (request.method !== 'POST' || id !== undefined)
    return refuse('500', `Operation ${request.method} is not supported`);
  if (name === 'query') return query(state, textOf(request), nowMs);
  return written(state, request, name, url, nowMs);
}

function limit(state: QuickbooksState, nowMs: number): void {
  state.callsMs = state.callsMs.filter((at) => at > nowMs - 60_000);
  if (state.callsMs.length >= PER_MINUTE) throw new Refused(throttled());
  state.callsMs.push(nowMs);
}

const PARAMS: Readonly<Record<string, readonly string[]>> = {
  query: ['query'],
  cdc: ['entities', 'changedSince'],
};
const WRITE_PARAMS = ['operation', 'include', 'requestid'];

function checkParams(url: URL, name: string, method: string): void {
  const own = PARAMS[name] ?? (method === 'POST' ? WRITE_PARAMS : []);
  for (const param of url.searchParams.keys())
    if (!['minorversion', 'format', ...own].includes(param)) refuse('2010', `Unknown parameter ${param}`, param);
  const version = url.searchParams.get('minorversion');
  if (version !== null && !/^\d{1,3}$/.test(version)) refuse('2010', 'minorversion must be a number', 'minorversion');
  if ((url.searchParams.get('requestid') ?? '').length > 50) refuse('2050', 'requestid has at most 50 characters');
}

function textOf(request: SandboxRequest): string {
  if (!['application/text', 'text/plain'].includes(mediaType(request)))
    return refuse('500', `Content type ${mediaType(request)} is not supported for a query`);
  return request.body;
}

const query = (state: QuickbooksState, text: string, nowMs: number): SandboxReply =>
  jsonReply(200, { QueryResponse: runQuery(state, text), time: stamp(nowMs) });

const KINDS: readonly Kind[] = [
  'Invoice',
  'CreditMemo',
  'Payment',
  'Customer',
  'Item',
  'Account',
  'PaymentMethod',
  'Deposit',
];

function kindOf(name: string): Kind {
  const kind = KINDS.find((one) => one.toLowerCase() === name.toLowerCase());
  return kind ?? refuse('500', `Operation ${name} is not supported`);
}

function read(state: QuickbooksState, name: string, id: string | undefined, url: URL, nowMs: number): SandboxReply {
  const time = stamp(nowMs);
  if (name === 'query') return query(state, url.searchParams.get('query') ?? '', nowMs);
  if (name === 'cdc') return jsonReply(200, { ...changesSince(state, url.searchParams, nowMs), time });
  if (name.toLowerCase() === 'companyinfo' && id === state.realm)
    return jsonReply(200, { CompanyInfo: Object.values(state.objects.CompanyInfo)[0], time });
  const kind = kindOf(name);
  const found = state.objects[kind][id ?? ''];
  if (!found) return refuse('610', `Object Not Found : ${kind} ${id}`);
  return jsonReply(200, { [kind]: found, time });
}

/** A write with a request id that was answered before is answered the same again, whatever became of the object. */
function written(state: QuickbooksState, request: SandboxRequest, name: string, url: URL, nowMs: number): SandboxReply {
  if (mediaType(request) !== 'application/json')
    return refuse('500', `Content type ${mediaType(request)} is not supported`);
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return refuse('2010', 'The request is not a JSON object');
  const requestId = url.searchParams.get('requestid');
  const print = `${name} ${url.searchParams.get('operation') ?? ''}`;
  const before = requestId === null ? undefined : state.replays[requestId];
  if (before?.print === print) return { ...jsonReply(before.status, undefined), body: before.body };
  const kind = kindOf(name);
  const done = act(state, kind, body as Record<string, unknown>, url.searchParams, nowMs);
  const told = typeof done === 'string' ? { status: 'Deleted', domain: 'QBO', Id: done } : done;
  const reply = jsonReply(200, { [kind]: told, time: stamp(nowMs) });
  if (requestId !== null) state.replays[requestId] = { print, status: 200, body: reply.body };
  return reply;
}

function act(
  state: QuickbooksState,
  kind: Kind,
  body: Record<string, unknown>,
  params: URLSearchParams,
  nowMs: number,
): Entity | string {
  const operation = params.get('operation') ?? (body.Id === undefined ? 'create' : 'update');
  const include = params.get('include');
  const options = { duplicates: include === 'allowduplicatedocnum', nowMs };
  const isVoid = include === 'void' && operation === 'update';
  switch (kind) {
    case 'Invoice':
    case 'CreditMemo':
      return sale(state, kind, operation, body, options);
    case 'Payment':
      if (operation === 'create') return createPayment(state, body, nowMs);
      if (isVoid) return voidPayment(state, body, nowMs);
      if (operation === 'update') return updatePayment(state, body, nowMs);
      if (operation === 'delete') return deletePayment(state, body, nowMs);
      break;
    case 'Customer':
    case 'Item':
      if (operation === 'create' || operation === 'update') return writeList(state, kind as ListKind, body, nowMs);
  }
  return refuse('500', `Operation ${operation} is not supported for ${kind}.`);
}

function sale(
  state: QuickbooksState,
  kind: Sale,
  operation: string,
  body: Record<string, unknown>,
  options: { duplicates: boolean; nowMs: number },
): Entity | string {
  if (operation === 'create') return createSale(state, kind, body, options);
  if (operation === 'update') return updateSale(state, kind, body, options);
  if (operation === 'void') return voidSale(state, kind, body, options.nowMs);
  if (operation === 'delete') return deleteSale(state, kind, body, options.nowMs);
  return refuse('500', `Operation ${operation} is not supported for ${kind}.`);
}

export const quickbooks: Sandbox<QuickbooksState> = {
  id: 'quickbooks',
  title: 'QuickBooks Online',
  hosts: [SANDBOX_HOST, LIVE_HOST, SIGN_IN, AGREE],
  start: freshState,
  handle,
};
