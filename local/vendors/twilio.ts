/** The Twilio sandbox: texts that are queued, sent, delivered or not, replies to them, and messaging services. */
import { answering, jsonReply } from './kit/reply';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';
import { createMessage } from './twilio/create';
import { passTime } from './twilio/delivery';
import { notFound, refusal, unauthenticated } from './twilio/errors';
import { type Access, accessOf, checkAccount, checkConcurrency, formOf, onlyKnown } from './twilio/gate';
import { pretend } from './twilio/magic';
import { cancel, listed, shown } from './twilio/messages';
import { listedNumbers, listedServices, serviceOf, shownService } from './twilio/services';
import { freshState, rfc2822, type TwilioState } from './twilio/state';

export type { TwilioState } from './twilio/state';

const API = 'api.twilio.com';
const MESSAGING = 'messaging.twilio.com';

interface Call {
  readonly state: TwilioState;
  readonly request: SandboxRequest;
  readonly url: URL;
  readonly access: Access;
  readonly nowMs: number;
}

function handle(state: TwilioState, request: SandboxRequest, nowMs: number): SandboxReply {
  passTime(state, nowMs);
  const url = new URL(request.url);
  const reply = answering(() => {
    checkConcurrency(state, nowMs);
    const call = { state, request, url, access: accessOf(state, request), nowMs };
    return url.hostname === MESSAGING ? messaging(call) : api(call);
  });
  state.serials.request = (state.serials.request ?? 0) + 1;
  const own = {
    'twilio-concurrent-requests': String(state.callsMs.length),
    'twilio-request-id': `RQ${String(state.serials.request).padStart(32, '0')}`,
  };
  return { ...reply, headers: { ...own, ...reply.headers } };
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

function only(call: Call, ...allowed: readonly string[]): void {
  const { method } = call.request;
  if (!METHODS.includes(method) || !allowed.includes(method)) throw refusal(20004, 'Method not allowed', 405);
}

function api(call: Call): SandboxReply {
  const { state, access, url } = call;
  const [, account = '', rest = ''] = /^\/2010-04-01\/Accounts\/(AC[0-9a-fA-F]{32})(.*)$/.exec(url.pathname) ?? [];
  const [, sid] = /^\/Messages\/([SM]M[0-9a-fA-F]{32})\.json$/.exec(rest) ?? [];
  if (rest !== '.json' && rest !== '/Messages.json' && sid === undefined) throw notFound(url.pathname);
  checkAccount(state, access, account);
  if (access === 'test') return pretended(call, rest);
  if (rest === '.json') return accountReply(call);
  return sid === undefined ? overAll(call) : overOne(call, sid);
}

/** Test credentials may create messages; all else is forbidden to them. */
function pretended({ state, request, nowMs }: Call, rest: string): SandboxReply {
  if (rest !== '/Messages.json' || request.method !== 'POST')
    throw refusal(20008, 'Resource not accessible with Test Account Credentials', 403);
  return jsonReply(201, shown(state.test.sid, pretend(state, request, nowMs), true));
}

/** A standard key is no key to the account itself. */
function accountReply(call: Call): SandboxReply {
  const { account } = call.state;
  only(call, 'GET');
  if (call.access === 'standard') throw unauthenticated('Authentication Error - invalid username');
  onlyKnown(call.url.searchParams, []);
  const uri = `/2010-04-01/Accounts/${account.sid}`;
  return jsonReply(200, {
    auth_token: account.authToken,
    date_created: rfc2822(account.createdMs),
    date_updated: rfc2822(account.createdMs),
    friendly_name: account.name,
    owner_account_sid: account.sid,
    sid: account.sid,
    status: account.status,
    subresource_uris: { messages: `${uri}/Messages.json` },
    type: account.type,
    uri: `${uri}.json`,
  });
}

function overAll(call: Call): SandboxReply {
  const { state, request, url, nowMs } = call;
  only(call, 'GET', 'POST');
  if (request.method === 'GET') return jsonReply(200, listed(state, url));
  return jsonReply(201, shown(state.account.sid, createMessage(state, request, nowMs), true));
}

function overOne(call: Call, sid: string): SandboxReply {
  const { state, request, url, nowMs } = call;
  only(call, 'GET', 'POST');
  const message = state.messages[sid];
  if (!message) throw notFound(url.pathname);
  if (request.method === 'POST') cancel(message, formOf(request, ['Status']), nowMs);
  return jsonReply(200, shown(state.account.sid, message));
}

function messaging(call: Call): SandboxReply {
  const { state, access, url } = call;
  if (access === 'test') throw refusal(20008, 'Resource not accessible with Test Account Credentials', 403);
  const [found, sid, rest] = /^\/v1\/Services(?:\/(MG[0-9a-fA-F]{32})(\/PhoneNumbers)?)?$/.exec(url.pathname) ?? [];
  if (found === undefined) throw notFound(url.pathname.replace(/^\/v1/, ''));
  only(call, 'GET');
  if (sid === undefined) return jsonReply(200, listedServices(state, url));
  const service = serviceOf(state, sid);
  return jsonReply(200, rest ? listedNumbers(state, service, url) : shownService(state, service));
}

export const twilio: Sandbox<TwilioState> = {
  id: 'twilio',
  title: 'Twilio',
  hosts: [API, MESSAGING],
  start: freshState,
  handle,
};
