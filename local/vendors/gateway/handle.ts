/** A customer's JSON gateway before a property system, answering by its set-up. Each property sandbox has one at a host of its own. */
import { answering } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { letIn } from './gate';
import { listLines, listTenants, listUnits } from './lists';
import { postLine } from './post';
import type { Kind } from './profiles';
import type { GatewayState } from './state';
import { refused } from './wire';

const KINDS: readonly Kind[] = ['charge', 'payment'];

export function handleGateway(state: GatewayState, request: SandboxRequest, nowMs: number): SandboxReply {
  return answering(() => {
    letIn(state, request, nowMs);
    const { setUp } = state;
    const url = new URL(request.url);
    const { pathname } = url;
    const kinds = KINDS.filter((kind) => setUp.paths[kind] === pathname);
    if (kinds.length === 0 && pathname !== setUp.paths.tenants && pathname !== setUp.paths.units)
      throw refused(setUp, 404, `There is no ${pathname}.`);
    if (request.method === 'GET') {
      if (kinds.length > 0) return listLines(state, url, kinds);
      return pathname === setUp.paths.tenants ? listTenants(state, url, nowMs) : listUnits(state, url, nowMs);
    }
    if (request.method !== 'POST' || kinds.length === 0)
      throw refused(setUp, 405, `${request.method} is not allowed here.`);
    return postLine(state, request, kinds);
  });
}
