/** What people do behind a gateway: the bookkeeper and the desk in the property system, and the operator of the gateway itself. */
import type { PortfolioTenant } from './portfolio';
import type { Part, SetUp } from './profiles';
import { addLine, type GatewayState, type Line, type Tenant } from './state';

/** Somebody moves in. */
export function addGatewayTenant(state: GatewayState, tenant: PortfolioTenant): void {
  state.tenants.push({ ...tenant, lease: tenant.lease ?? tenant.code });
}

/** The desk changes a mail address, a phone number, the rent or a day of the lease. */
export function changeGatewayTenant(state: GatewayState, code: string, change: Partial<PortfolioTenant>): void {
  const at = state.tenants.findIndex((one) => one.code === code);
  if (at < 0) throw new Error(`The gateway has no tenant ${code}.`);
  state.tenants[at] = { ...state.tenants[at]!, ...change } as Tenant;
}

/** The bookkeeper types a payment that came in at the office. */
export function takeGatewayPayment(
  state: GatewayState,
  payment: { readonly tenant: string; readonly cents: number; readonly day: string } & Partial<Line>,
): Line {
  return addLine(state, { method: 'Check', ...payment, kind: 'payment' });
}

/** The bookkeeper types a charge. */
export function chargeGatewayTenant(
  state: GatewayState,
  charge: { readonly tenant: string; readonly cents: number; readonly day: string } & Partial<Line>,
): Line {
  return addLine(state, { code: state.setUp.codes[0]!, ...charge, kind: 'charge' });
}

/** A payment bounces, or a line was wrong: it is marked, and a line of the other sign goes into the books. */
export function reverseGatewayLine(state: GatewayState, id: string, day: string): Line {
  const line = lineAt(state, id);
  line.status = 'reversed';
  const { kind, tenant, cents, code, method, document, reference } = line;
  const back = { kind, tenant, cents: -cents, day, code, method, document, reference, reverses: id };
  return addLine(state, { ...back, text: kind === 'payment' ? 'NSF' : 'Reversed' });
}

/** The bookkeeper corrects an amount in place. */
export function correctGatewayLine(state: GatewayState, id: string, cents: number): void {
  lineAt(state, id).cents = cents;
}

function lineAt(state: GatewayState, id: string): Line {
  const line = state.lines.find((one) => one.id === id);
  if (!line) throw new Error(`The gateway has no transaction ${id}.`);
  return line;
}

/** Staff post the batches that wait. */
export function postGatewayBatches(state: GatewayState): void {
  for (const line of state.lines) if (line.status === 'pending') line.status = 'posted';
}

/** Staff throw away what waits in batches, as they may. */
export function dropGatewayBatches(state: GatewayState): void {
  state.lines = state.lines.filter((line) => line.status !== 'pending');
}

/** The month before this one (`2026-11`) and all earlier ones take nothing more. */
export function closeGatewayMonths(state: GatewayState, openFrom: string): void {
  state.setUp.openFrom = openFrom;
}

/** The operator sets the gateway up in another way: another key, other paths, formats, signs. */
export function setUpGateway(state: GatewayState, change: Partial<SetUp>): void {
  Object.assign(state.setUp, change);
}

/** The operator calls a field by another name, in both kinds of lines. */
export function renameGatewayField(state: GatewayState, part: Part, name: string): void {
  for (const kind of ['charge', 'payment'] as const) {
    const before = state.setUp.fields[kind][part];
    if (before !== undefined) state.setUp.fields[kind][part] = before.endsWith('?') ? `${name}?` : name;
  }
}

/** The gateway is not there for the next calls. */
export function stopGateway(state: GatewayState, calls = 1, status = 503, waitSeconds: number | null = 30): void {
  for (let call = 0; call < calls; call++) state.trouble.push({ status, waitSeconds });
}
