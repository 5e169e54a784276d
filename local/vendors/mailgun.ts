/** The Mailgun sandbox: mail, events, suppressions and the queue of one account with domains in two regions. */
import { answering, jsonReply } from './kit/reply';
import { emptyQueue, settle } from './mailgun/delivery';
import { shownDomain } from './mailgun/domains';
import { refusal } from './mailgun/errors';
import { firstPage, laterPage } from './mailgun/feed';
import { domainIn, HOSTS, isStorage, keyOf, permit } from './mailgun/gate';
import { send } from './mailgun/messages';
import { type Domain, freshState, type MailgunState } from './mailgun/state';
import { add, isTable, list, lookUp, remove } from './mailgun/suppressions';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { MailgunState } from './mailgun/state';

interface Call {
  readonly state: MailgunState;
  readonly request: SandboxRequest;
  readonly url: URL;
  readonly nowMs: number;
}

const notFound = () => refusal(404, 'Not Found');
const wrongMethod = () => refusal(405, 'Method Not Allowed');

function handle(state: MailgunState, request: SandboxRequest, nowMs: number): SandboxReply {
  settle(state, nowMs);
  return answering(() => route({ state, request, url: new URL(request.url), nowMs }));
}

function route(call: Call): SandboxReply {
  const [version, ...parts] = call.url.pathname.split('/').slice(1).map(decodeURIComponent);
  if (isStorage(call.url)) return atStorage(call, version, parts);
  if (version === 'v4' && parts[0] === 'domains' && parts.length === 2) return oneDomain(call, parts[1]!);
  const [name = '', noun = '', ...rest] = parts;
  if (version !== 'v3' || rest.length > 1) throw notFound();
  const [one] = rest;
  const key = keyOf(call.state, call.request, 'plain');
  permit(key, name.toLowerCase(), noun === 'messages', 'plain');
  const domain = () => domainIn(call.state, call.url, name, `Domain not found: ${name}`);
  if (noun === 'messages' && one === undefined) return messages(call, domain());
  if (noun === 'events') return events(call, domain(), one);
  if (isTable(noun)) return suppressions(call, domain(), noun, one);
  throw notFound();
}

function messages({ state, request, nowMs }: Call, domain: Domain): SandboxReply {
  if (request.method !== 'POST') throw wrongMethod();
  return send(state, domain, request, nowMs);
}

function events({ state, request, url, nowMs }: Call, domain: Domain, page: string | undefined): SandboxReply {
  if (request.method !== 'GET') throw wrongMethod();
  return page === undefined ? firstPage(state, domain, url, nowMs) : laterPage(state, domain, url, page, nowMs);
}

function suppressions(
  { state, request, url, nowMs }: Call,
  domain: Domain,
  table: Parameters<typeof list>[2],
  address: string | undefined,
): SandboxReply {
  if (address === undefined) {
    if (request.method === 'GET') return list(state, domain, table, url);
    if (request.method === 'POST') return add(state, domain, table, request, nowMs);
    throw wrongMethod();
  }
  if (request.method === 'GET') return lookUp(state, domain, table, address);
  if (request.method === 'DELETE') return remove(state, domain, table, address);
  throw wrongMethod();
}

function oneDomain({ state, request, url }: Call, name: string): SandboxReply {
  permit(keyOf(state, request, 'json'), name.toLowerCase(), false, 'json');
  if (request.method !== 'GET') throw wrongMethod();
  return shownDomain(domainIn(state, url, name, 'Domain not found'));
}

/** The only thing that can be done to mail on its way: all of a domain's is dropped, at the host that stores it. */
function atStorage({ state, request, url }: Call, version: string | undefined, parts: readonly string[]): SandboxReply {
  const [name = '', noun, ...rest] = parts;
  if (version !== 'v3' || noun !== 'envelopes' || rest.length > 0) throw notFound();
  permit(keyOf(state, request, 'json'), name.toLowerCase(), false, 'json');
  if (request.method !== 'DELETE') throw wrongMethod();
  emptyQueue(state, domainIn(state, url, name, 'domain not found'));
  return jsonReply(200, { message: 'done' });
}

export const mailgun: Sandbox<MailgunState> = {
  id: 'mailgun',
  title: 'Mailgun',
  hosts: HOSTS,
  start: freshState,
  handle,
};
