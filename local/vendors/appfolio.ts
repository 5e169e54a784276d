/** The AppFolio sandbox: the Database API (v0) at api.appfolio.com, the Reports API (v2) at the customer's own host, and a gateway. */
import { refused } from './appfolio/errors';
import { enterDatabase } from './appfolio/gate';
import { listReply } from './appfolio/lists';
import { RESOURCES } from './appfolio/objects';
import { report } from './appfolio/reports';
import { type AppfolioState, DATABASE, type Desk, freshState } from './appfolio/state';
import { createCharge, createCharges, createNote, once } from './appfolio/writes';
import { handleGateway } from './gateway/handle';
import { answering } from './kit/reply';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { AppfolioState } from './appfolio/state';

const DATABASE_HOST = 'api.appfolio.com';
/** A customer's own service before AppFolio: AppFolio itself has no such paths. */
const GATEWAY_HOST = 'appfolio-gateway.example';

function handle(state: AppfolioState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  if (url.hostname === GATEWAY_HOST) return handleGateway(state.gateway, request, nowMs);
  const desk: Desk = { state, nowMs };
  return answering(() => (url.hostname === DATABASE_HOST ? database(desk, request, url) : report(desk, request, url)));
}

const POSTS: readonly (readonly [RegExp, (desk: Desk, request: SandboxRequest, id: string) => SandboxReply])[] = [
  [/^charges$/, createCharge],
  [/^charges\/bulk$/, createCharges],
  [/^tenants\/([^/]+)\/notes$/, createNote],
];

function database(desk: Desk, request: SandboxRequest, url: URL): SandboxReply {
  enterDatabase(desk, request);
  const path = /^\/api\/v0\/(.+)$/.exec(url.pathname)?.[1] ?? '';
  const resource = RESOURCES[path];
  if (request.method === 'GET' && resource) return listReply(url, resource.rows(desk), resource.rules);
  for (const [pattern, act] of POSTS) {
    const match = pattern.exec(path);
    if (!match || request.method !== 'POST') continue;
    return once(desk, request, path, () => act(desk, request, match[1] ?? ''));
  }
  throw refused(404, 'Not Found');
}

export const appfolio: Sandbox<AppfolioState> = {
  id: 'appfolio',
  title: 'AppFolio',
  hosts: [DATABASE_HOST, `${DATABASE}.appfolio.com`, GATEWAY_HOST],
  start: freshState,
  handle,
};
