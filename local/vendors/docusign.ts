/** The DocuSign sandbox: the account servers and the API of one owner, in demo and on two production sites. */
import { listEnvelopes } from './docusign/changes';
import { createEnvelope } from './docusign/create';
import { changeEnvelope, getEnvelope, getRecipients } from './docusign/envelopes';
import { refusal } from './docusign/errors';
import { admit, headersFor, membersOf } from './docusign/gate';
import { settle } from './docusign/moves';
import { signIn } from './docusign/signin';
import { AUTH_HOSTS, type Desk, type DocusignState, type Environment, freshState } from './docusign/state';
import { getTemplate, listTemplates } from './docusign/templates';
import { answering, jsonReply } from './kit/reply';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { DocusignState } from './docusign/state';

const API_HOSTS = ['demo.docusign.net', 'na4.docusign.net', 'eu.docusign.net'];

function handle(state: DocusignState, request: SandboxRequest, nowMs: number): SandboxReply {
  const { hostname } = new URL(request.url);
  settle(state, nowMs);
  const environment = (Object.keys(AUTH_HOSTS) as Environment[]).find((one) => AUTH_HOSTS[one] === hostname);
  if (environment) return answering(() => signIn(state, environment, request, nowMs));
  return api(state, request, nowMs);
}

const PATH = /^\/restapi\/v2\.1\/accounts\/([^/]+)\/(.+?)\/?$/;

function api(state: DocusignState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  const [, account = '', path = ''] = PATH.exec(url.pathname) ?? [];
  const reply = answering(() => {
    if (path === '') throw notFound();
    const desk = admit(state, request, { host: url.hostname, account }, nowMs);
    const answer = answerTo(desk, request, url, path);
    const own = state.integrations.find(
      (one) => one.key === desk.token.integration && one.environment === desk.token.environment,
    );
    if (own) own.calls += 1;
    return answer;
  });
  return { ...reply, headers: { ...reply.headers, ...headersFor(state, account, nowMs) } };
}

const notFound = (): Error => refusal(404, 'RESOURCE_NOT_FOUND', 'The URL provided does not resolve to a resource.');

function answerTo(desk: Desk, request: SandboxRequest, url: URL, path: string): SandboxReply {
  const [noun = '', id, part, ...more] = path.split('/').map(decodeURIComponent);
  const kind = `${noun}${id === undefined ? '' : '/ID'}${part === undefined ? '' : `/${part}`}`;
  if (more.length > 0 || !(kind in METHODS)) throw notFound();
  if (!METHODS[kind]!.includes(request.method))
    throw refusal(405, 'HTTP_METHOD_NOT_ALLOWED', `The method ${request.method} is not allowed here.`);
  switch (`${request.method} ${kind}`) {
    case 'GET templates':
      return jsonReply(200, listTemplates(desk, url));
    case 'GET templates/ID':
      return jsonReply(200, getTemplate(desk, id!, url));
    case 'GET envelopes':
      return jsonReply(200, listEnvelopes(desk, url));
    case 'POST envelopes':
      return jsonReply(201, createEnvelope(desk, membersOf(request)));
    case 'GET envelopes/ID':
      return jsonReply(200, getEnvelope(desk, id!, url));
    case 'PUT envelopes/ID':
      return jsonReply(200, changeEnvelope(desk, id!, url, membersOf(request)));
    default:
      return jsonReply(200, getRecipients(desk, id!, url));
  }
}

const METHODS: Readonly<Record<string, readonly string[]>> = {
  templates: ['GET'],
  'templates/ID': ['GET'],
  envelopes: ['GET', 'POST'],
  'envelopes/ID': ['GET', 'PUT'],
  'envelopes/ID/recipients': ['GET'],
};

export const docusign: Sandbox<DocusignState> = {
  id: 'docusign',
  title: 'DocuSign',
  hosts: [...API_HOSTS, ...Object.values(AUTH_HOSTS)],
  start: freshState,
  handle,
};
