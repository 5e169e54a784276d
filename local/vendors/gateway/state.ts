/** What a gateway keeps: the operator's set-up, and the books of the property system behind it as far as the gateway shows them. */
import { nextNumber } from '../kit/reply';
import type { Portfolio, PortfolioProperty, PortfolioTenant, PortfolioUnit } from './portfolio';
import type { Kind, SetUp } from './profiles';

export type Status = 'posted' | 'pending' | 'reversed';

export interface Tenant extends PortfolioTenant {
  readonly lease: string;
}

/** A charge or a payment. What goes back is a line of the other sign that names the first. */
export interface Line {
  readonly id: string;
  readonly kind: Kind;
  readonly tenant: string;
  cents: number;
  readonly day: string;
  readonly postMonth: string;
  readonly code: string | null;
  readonly method: string | null;
  readonly document: string | null;
  reference: string | null;
  readonly text: string | null;
  status: Status;
  readonly reverses: string | null;
  /** Digest of what was posted through the gateway; null for what staff typed. */
  readonly posted: string | null;
}

export interface GatewayState {
  setUp: SetUp;
  serials: Record<string, number>;
  properties: PortfolioProperty[];
  units: PortfolioUnit[];
  tenants: Tenant[];
  lines: Line[];
  /** By Idempotency-Key: what was asked, and which line it made. */
  keys: Record<string, { readonly asked: string; readonly line: string }>;
  /** When it was called within the last minute. */
  calls: number[];
  /** The next answers, whatever is asked. */
  trouble: { readonly status: number; readonly waitSeconds: number | null }[];
}

export const freshGateway = (setUp: SetUp): GatewayState => ({
  setUp,
  serials: {},
  properties: [],
  units: [],
  tenants: [],
  lines: [],
  keys: {},
  calls: [],
  trouble: [],
});

/** Puts a portfolio behind the gateway; what is there already under the same code is replaced. */
export function seedGateway(state: GatewayState, portfolio: Portfolio): void {
  replace(state.properties, portfolio.properties);
  replace(state.units, portfolio.units, (one) => `${one.property} ${one.code}`);
  const tenants = portfolio.tenants.map((tenant) => ({ ...tenant, lease: tenant.lease ?? tenant.code }));
  replace(state.tenants, tenants);
  for (const { kind, tenant, cents, day, ...rest } of portfolio.lines ?? []) {
    const code = kind === 'charge' ? (rest.code ?? state.setUp.codes[0]!) : null;
    const method = kind === 'payment' ? (rest.method ?? 'Check') : null;
    addLine(state, { kind, tenant, cents, day, code, method, reference: rest.reference, text: rest.text });
  }
}

function replace<One extends { readonly code: string }>(
  into: One[],
  given: readonly One[],
  key: (one: One) => string = ({ code }) => code,
): void {
  for (const one of given) {
    const at = into.findIndex((each) => key(each) === key(one));
    if (at < 0) into.push({ ...one });
    else into[at] = { ...one };
  }
}

export type NewLine = Pick<Line, 'kind' | 'tenant' | 'cents' | 'day'> &
  Partial<Omit<Line, 'id' | 'reference' | 'text'>>;

/** A line as it comes into the books. Ids count on, so later lines have higher ones. */
export function addLine(
  state: GatewayState,
  line: NewLine & { readonly reference?: string | null; readonly text?: string | null },
): Line {
  const made: Line = {
    postMonth: line.day.slice(0, 7),
    code: null,
    method: null,
    document: null,
    status: 'posted',
    reverses: null,
    posted: null,
    ...line,
    id: String(700_100_000 + nextNumber(state, 'line')),
    reference: line.reference ?? null,
    text: line.text ?? null,
  };
  state.lines.push(made);
  return made;
}

/** What a tenant owes for one charge, after posted payments have gone to the oldest charges first. */
export function openCents(state: GatewayState, charge: Line): number {
  if (charge.status === 'reversed' || charge.reverses !== null) return 0;
  const own = state.lines.filter((line) => line.tenant === charge.tenant && line.status !== 'pending');
  const stands = (line: Line) => line.kind === 'charge' && line.status === 'posted' && line.reverses === null;
  const charges = own.filter(stands).sort((a, b) => (a.day < b.day ? -1 : 1));
  let paid = own.filter((line) => line.kind === 'payment').reduce((sum, line) => sum + line.cents, 0);
  for (const each of charges) {
    const open = Math.max(0, each.cents - Math.max(0, paid));
    if (each.id === charge.id) return open;
    paid -= each.cents;
  }
  return charge.cents;
}

export function balanceOf(state: GatewayState, tenant: string): number {
  const own = state.lines.filter((line) => line.tenant === tenant && line.status !== 'pending');
  return own.reduce((sum, line) => sum + (line.kind === 'charge' ? line.cents : -line.cents), 0);
}
