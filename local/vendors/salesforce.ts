/** The Salesforce sandbox: the sign-in hosts and the REST API of two organisations, one of them with its fields made. */
import { answering } from './kit/reply';
import { type Answer, type Call, objectIn, wants } from './salesforce/call';
import { collections } from './salesforce/collections';
import { composite } from './salesforce/composite';
import { notFound } from './salesforce/errors';
import { freshState, HOST, TRIAL_HOST } from './salesforce/fresh';
import { admit, limits, usageHeader, versionIn, versions } from './salesforce/gate';
import { nextPage, runQuery } from './salesforce/query';
import { signIn } from './salesforce/signin';
import { sobjects } from './salesforce/sobjects';
import type { Desk, SalesforceState } from './salesforce/state';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { SalesforceState } from './salesforce/state';

function handle(state: SalesforceState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  if (url.pathname.startsWith('/services/oauth2/')) return answering(() => signIn(state, request, nowMs));
  return api(state, request, url, nowMs);
}

function api(state: SalesforceState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  const org = state.orgs.find(({ host }) => host === url.hostname);
  const [services, data, version, ...path] = url.pathname
    .split('/')
    .filter((step) => step !== '')
    .map(decodeURIComponent);
  const reply = answering(() => {
    if (!org || services !== 'services' || data !== 'data') throw notFound();
    const call = { method: request.method, path, url, headers: request.headers, body: () => objectIn(request) };
    // Which versions there are is told to everybody, and costs nothing.
    if (version === undefined) return listed(call);
    const desk = admit(state, request, org, versionIn(version), nowMs);
    return replyOf(answerTo(desk, call));
  });
  return org ? { ...reply, headers: { ...reply.headers, ...usageHeader(org, nowMs) } } : reply;
}

function listed(call: Call): SandboxReply {
  wants(call, 'GET');
  return replyOf({ status: 200, body: versions() });
}

function answerTo(desk: Desk, call: Call): Answer {
  const [noun, second, ...more] = call.path;
  switch (noun) {
    case 'sobjects':
      return sobjects(desk, call);
    case 'query':
    case 'queryAll': {
      wants(call, 'GET');
      if (more.length > 0) throw notFound();
      if (second !== undefined) return { status: 200, body: nextPage(desk, second, call.headers) };
      return { status: 200, body: runQuery(desk, call.url, call.headers, noun === 'queryAll') };
    }
    case 'composite':
      if (second === 'sobjects') return collections(desk, call);
      if (second !== undefined) throw notFound();
      return composite(desk, call);
    case 'limits':
      wants(call, 'GET');
      return { status: 200, body: limits(desk) };
    default:
      throw notFound();
  }
}

function replyOf({ status, body, headers = {} }: Answer): SandboxReply {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (body === undefined) return { status, headers: lower, body: '' };
  const type = { 'content-type': 'application/json;charset=UTF-8' };
  return { status, headers: { ...type, ...lower }, body: JSON.stringify(body) };
}

export const salesforce: Sandbox<SalesforceState> = {
  id: 'salesforce',
  title: 'Salesforce',
  hosts: [HOST, TRIAL_HOST, 'login.salesforce.com', 'test.salesforce.com'],
  start: freshState,
  handle,
};
