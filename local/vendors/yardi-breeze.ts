/**
 * The Yardi sandbox: a customer's JSON gateway before Yardi Breeze, and Voyager's Billing and Payments 2.0 as a SOAP service. Both
 * are hosts of the customer: Yardi has none that is the same for everybody.
 */
import { handleGateway } from './gateway/handle';
import type { Portfolio } from './gateway/portfolio';
import { yardiGateway } from './gateway/profiles';
import { freshGateway, type GatewayState, seedGateway } from './gateway/state';
import { jsonReply } from './kit/reply';
import type { LoadReport, Sandbox, SandboxReply, SandboxRequest } from './sandbox';
import { freshVoyager, seedVoyager, type VoyagerState } from './yardi-breeze/state';
import { handleVoyager } from './yardi-breeze/voyager';

export const GATEWAY_HOST = 'breeze-gateway.example';
export const VOYAGER_HOST = 'voyager.example';

export interface YardiState {
  gateway: GatewayState;
  voyager: VoyagerState;
}

function handle(state: YardiState, request: SandboxRequest, nowMs: number): SandboxReply {
  const { hostname } = new URL(request.url);
  if (hostname === GATEWAY_HOST) return handleGateway(state.gateway, request, nowMs);
  if (hostname === VOYAGER_HOST) return handleVoyager(state.voyager, request, nowMs);
  return jsonReply(404, undefined);
}

/** A portfolio comes into both books. */
function load(state: YardiState, json: unknown): LoadReport {
  const portfolio = json as Portfolio;
  seedGateway(state.gateway, portfolio);
  seedVoyager(state.voyager, portfolio);
  return { loaded: portfolio.tenants.length, refused: [] };
}

export const yardiBreeze: Sandbox<YardiState> = {
  id: 'yardi-breeze',
  title: 'Yardi Breeze',
  hosts: [GATEWAY_HOST, VOYAGER_HOST],
  start: () => ({ gateway: freshGateway(yardiGateway()), voyager: freshVoyager() }),
  handle,
  load,
};
