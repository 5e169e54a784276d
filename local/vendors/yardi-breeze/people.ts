/** What people do in Voyager: leasing staff, bookkeepers, and the administrator of the interface. A gateway's people are its own. */
import type { PortfolioTenant } from '../gateway/portfolio';
import type { Line as GatewayLine } from '../gateway/state';
import { addLine, type Kind, type Line, newBatch, postLine, type Tenant, type VoyagerState } from './state';

/** Somebody moves in. */
export function addVoyagerTenant(state: VoyagerState, tenant: PortfolioTenant): void {
  state.tenants.push({ ...tenant, paymentAccepted: 0 });
}

/** Leasing staff change a mail address, a phone number, the rent or a day of the lease. */
export function changeVoyagerTenant(state: VoyagerState, code: string, change: Partial<Tenant>): void {
  const at = state.tenants.findIndex((one) => one.code === code);
  if (at < 0) throw new Error(`Voyager has no tenant ${code}.`);
  state.tenants[at] = { ...state.tenants[at]!, ...change };
}

type Typed = { readonly tenant: string; readonly cents: number; readonly day: string } & Partial<Line>;

/** A bookkeeper types a charge and posts it. */
export const typeVoyagerCharge = (state: VoyagerState, charge: Typed): Line =>
  addLine(state, { code: 'rent', ...charge, kind: 'charge' }, newBatch(state), true);

/** A bookkeeper types a receipt and posts it. */
export const typeVoyagerReceipt = (state: VoyagerState, receipt: Typed): Line =>
  addLine(state, { type: 'Check', ...receipt, kind: 'payment' }, newBatch(state), true);

/** The bank returns a check: the receipt is reversed. */
export function returnVoyagerReceipt(state: VoyagerState, id: string, day: string): Line {
  const first = state.lines.find((one) => one.id === id && one.kind === 'payment');
  if (!first) throw new Error(`Voyager has no receipt ${id}.`);
  const { kind, tenant, cents, type, document } = first;
  const back = { kind, tenant, cents: -cents, day, type, document, comment: 'NSF', reverses: id };
  return addLine(state, back, newBatch(state), true);
}

/** Staff post the batches that wait. */
export function postVoyagerBatches(state: VoyagerState): void {
  for (const line of state.lines) if (!line.posted) postLine(state, line);
}

/** Staff throw away the batches that wait. */
export function dropVoyagerBatches(state: VoyagerState): void {
  state.lines = state.lines.filter((line) => line.posted);
}

/** The administrator has imports wait in batches, or come in as posted. */
export function setVoyagerPosting(state: VoyagerState, kind: Kind, how: VoyagerState['posts'][Kind]): void {
  state.posts[kind] = how;
}

/** Months before this one (`2026-11`) are closed. */
export function closeVoyagerMonths(state: VoyagerState, openFrom: string): void {
  state.openFrom = openFrom;
}

/** The administrator changes the password of the interface's user. */
export function changeVoyagerPassword(state: VoyagerState, password: string): void {
  state.credentials = { ...state.credentials, Password: password };
}

/** The administrator takes a property away from the interface. */
export function withholdVoyagerProperty(state: VoyagerState, code: string): void {
  state.withheld.push(code);
}

/** Staff accept any payment of somebody, certified funds only, or none: an eviction is on its way. */
export function acceptVoyagerPayments(state: VoyagerState, code: string, accepted: Tenant['paymentAccepted']): void {
  changeVoyagerTenant(state, code, { paymentAccepted: accepted });
}

/** Yardi opens the interface to a customer who had a gateway before: the same books are behind it, under the same numbers. */
export function openVoyagerBooks(state: VoyagerState, lines: readonly GatewayLine[]): void {
  for (const { kind, reference, method, text, ...line } of lines) {
    const own =
      kind === 'charge'
        ? { comment: reference ?? text, description: text }
        : { type: method, document: reference, comment: text };
    const carried: Line = {
      ...{ code: null, type: null, document: null, description: null, comment: null, serviceTo: null },
      ...{ id: line.id, kind, tenant: line.tenant, cents: line.cents, day: line.day, postMonth: line.postMonth },
      ...(kind === 'charge' ? { code: line.code } : {}),
      ...own,
      reverses: line.reverses,
      batch: newBatch(state),
      posted: false,
    };
    state.lines.push(carried);
    if (line.status !== 'pending') postLine(state, carried);
  }
}
