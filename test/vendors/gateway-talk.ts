/** A small client for a customer's JSON gateway: one portfolio behind it, and the key of its set-up on every call. */
import { handleGateway } from '../../local/vendors/gateway/handle';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import type { SetUp } from '../../local/vendors/gateway/profiles';
import { freshGateway, type GatewayState, seedGateway } from '../../local/vendors/gateway/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const GATEWAY = 'https://gateway.example';

function keyOf({ auth }: SetUp): Record<string, string> {
  if (auth.kind === 'header') return { [auth.name.toLowerCase()]: auth.value };
  if (auth.kind === 'bearer') return { authorization: `Bearer ${auth.token}` };
  return { authorization: `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}` };
}

export class GatewayTalk extends Talk<GatewayState> {
  constructor(setUp: SetUp, nowMs = WEDNESDAY_MS) {
    const state = freshGateway(setUp);
    seedGateway(state, SMALL_PORTFOLIO);
    const sandbox = { id: 'gateway', title: 'Gateway', hosts: [], start: () => state, handle: handleGateway };
    super(sandbox, state, nowMs);
  }

  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    const reply = this.send(method, `${GATEWAY}${path}`, { ...keyOf(this.state.setUp), ...type, ...headers }, text);
    return { status: reply.status, json: JSON.parse(reply.body) as Json, headers: reply.headers };
  }

  get(path: string) {
    return this.call('GET', path);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}) {
    return this.call('POST', path, body, headers);
  }
}
