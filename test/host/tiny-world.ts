/** A small world for the host's own tests: an inline bundle, every scope, and one vendor that counts. */
import { type Bundle, bundleOf, type Manifest } from '../../local/host/bundle';
import type { Sandbox, SandboxReply } from '../../local/vendors/sandbox';
import { World, type WorldOptions } from '../../local/world';

const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;

export const FULL_MANIFEST: Manifest = {
  timeZone: 'America/New_York',
  oauthScopes: [
    ...['spreadsheets', 'gmail.send', 'gmail.readonly', 'script.external_request', 'script.scriptapp'].map(scope),
    ...['script.container.ui', 'userinfo.email', 'script.send_mail'].map(scope),
  ],
  webapp: { access: 'ANYONE_ANONYMOUS', executeAs: 'USER_DEPLOYING' },
  dependencies: {
    enabledAdvancedServices: [
      { userSymbol: 'Sheets', serviceId: 'sheets' },
      { userSymbol: 'Gmail', serviceId: 'gmail' },
    ],
  },
};

export interface Counter {
  seen: { method: string; url: string; headers: Record<string, string>; body: string; bytes?: string }[];
}

function json(status: number, value: unknown, headers: Record<string, string> = {}): SandboxReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** A vendor that keeps what it is asked and answers by path. */
export const counter: Sandbox<Counter> = {
  id: 'counter',
  title: 'Counter',
  hosts: ['api.counter.test'],
  start: () => ({ seen: [] }),
  handle(state, request, nowMs) {
    state.seen.push({ ...request, headers: { ...request.headers } });
    const { pathname } = new URL(request.url);
    if (pathname === '/fail') return json(422, { error: 'no' });
    if (pathname === '/hop') return { status: 302, headers: { location: '/end' }, body: '' };
    if (pathname === '/list') return json(200, { data: [{ id: 1 }, { id: 2 }], next: 'n2' });
    return json(200, { count: state.seen.length, nowMs, path: pathname }, { 'x-request-id': 'r1' });
  },
};

export const START = '2026-03-02T15:00:00Z';
export const OWNER = 'owner@example.com';

export function tinyBundle(code: string, manifest: Partial<Manifest> = {}, pages: Record<string, string> = {}): Bundle {
  return bundleOf(code, { ...FULL_MANIFEST, ...manifest }, pages);
}

/** A world whose app is this code. */
export function tinyWorld(code: string | Bundle, options: Partial<WorldOptions> = {}): World {
  return World.create({
    now: START,
    zone: 'America/New_York',
    locale: 'en_US',
    owner: OWNER,
    title: 'Rent',
    bundle: typeof code === 'string' ? tinyBundle(code) : code,
    sandboxes: [counter],
    ...options,
  });
}

/** Evaluates Apps Script code in a fresh world and gives its value, or `name: message` of its error. */
export function evaluate(expression: string, world?: World): unknown {
  const app = world ?? tinyWorld('function probe(code) { return eval(code); }');
  const result = app.run('probe', [expression]);
  return result.ok ? result.value : `${result.error?.name}: ${result.error?.message}`;
}
