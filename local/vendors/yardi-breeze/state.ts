/** What a Voyager database keeps for the Billing and Payments interface: houses, people, lines, how receipts were applied, batches. */
import type { Portfolio, PortfolioProperty, PortfolioTenant, PortfolioUnit } from '../gateway/portfolio';
import { nextNumber } from '../kit/reply';

export type Kind = 'charge' | 'payment';
export const PAYMENT_TYPES = ['Check', 'ACH', 'CreditCard', 'Cash', 'MoneyOrder', 'Other'] as const;

export interface Credentials {
  readonly UserName: string;
  readonly Password: string;
  readonly ServerName: string;
  readonly Database: string;
  readonly Platform: string;
  readonly InterfaceEntity: string;
  readonly InterfaceLicense: string;
}

export interface Tenant extends PortfolioTenant {
  /** 0: any payment, 1: certified funds only, 2: none. */
  paymentAccepted: 0 | 1 | 2;
}

export interface ChargeCode {
  readonly code: string;
  readonly description: string;
  readonly account: string;
}

/** A charge or a receipt. A reversal is a receipt of the other sign that names the first. */
export interface Line {
  readonly id: string;
  readonly kind: Kind;
  readonly tenant: string;
  readonly cents: number;
  readonly day: string;
  readonly postMonth: string;
  readonly code: string | null;
  readonly type: string | null;
  readonly document: string | null;
  readonly description: string | null;
  readonly comment: string | null;
  readonly serviceTo: string | null;
  readonly reverses: string | null;
  batch: number;
  posted: boolean;
}

/** So much of a receipt pays so much of a charge since a day; a receipt and its reversal are applied to each other. */
export interface Application {
  readonly payment: string;
  readonly to: string;
  readonly cents: number;
  readonly day: string;
}

export interface VoyagerState {
  credentials: Credentials;
  /** The path before `/webservices`. */
  client: string;
  /** This host asks for HTTP Basic with the same pair besides. */
  asksBasic: boolean;
  /** Properties that the interface is not configured for. */
  withheld: string[];
  /** Imports come into a batch that stands posted at once, or that staff have to post. */
  posts: Record<Kind, 'as posted' | 'in a batch'>;
  /** Months before this one take no lines: `2026-10`. */
  openFrom: string | null;
  serials: Record<string, number>;
  properties: PortfolioProperty[];
  units: PortfolioUnit[];
  tenants: Tenant[];
  codes: ChargeCode[];
  lines: Line[];
  applications: Application[];
}

export const freshVoyager = (): VoyagerState => ({
  credentials: {
    UserName: 'rentledgerws',
    Password: 'vgr-Pw-51f2',
    ServerName: 'sdb17b1',
    Database: 'harbor_live',
    Platform: 'SQL Server',
    InterfaceEntity: 'Rent Ledger',
    InterfaceLicense: 'TElDRU5TRS1SRU5ULUxFREdFUg==',
  },
  client: '8223harbor',
  asksBasic: false,
  withheld: [],
  posts: { charge: 'as posted', payment: 'as posted' },
  openFrom: null,
  serials: {},
  properties: [],
  units: [],
  tenants: [],
  codes: [
    { code: 'rent', description: 'Rent', account: '51100000' },
    { code: 'late', description: 'Late Fee', account: '53200000' },
    { code: 'util', description: 'Utilities', account: '53400000' },
    { code: 'nsf', description: 'NSF Fee', account: '53300000' },
    { code: 'admin', description: 'Administration', account: '53000000' },
  ],
  lines: [],
  applications: [],
});

export function seedVoyager(state: VoyagerState, portfolio: Portfolio): void {
  state.properties.push(...portfolio.properties);
  state.units.push(...portfolio.units);
  for (const tenant of portfolio.tenants) state.tenants.push({ ...tenant, paymentAccepted: 0 });
  for (const { kind, tenant, cents, day, code, method, reference, text } of portfolio.lines ?? []) {
    const own = kind === 'charge' ? { code: code ?? 'rent' } : { type: method ?? 'Check', document: reference ?? null };
    addLine(state, { kind, tenant, cents, day, comment: text ?? null, ...own }, newBatch(state), true);
  }
}

export const newBatch = (state: VoyagerState): number => 300 + nextNumber(state, 'batch');

export type NewLine = Pick<Line, 'kind' | 'tenant' | 'cents' | 'day'> & Partial<Line>;

export function addLine(state: VoyagerState, line: NewLine, batch: number, posted: boolean): Line {
  const made: Line = {
    postMonth: line.day.slice(0, 7),
    ...{ code: null, type: null, document: null, description: null, comment: null, serviceTo: null, reverses: null },
    ...line,
    id: String(700_091_000 + nextNumber(state, 'line')),
    batch,
    posted: false,
  };
  state.lines.push(made);
  if (posted) postLine(state, made);
  return made;
}

/** From now on it counts: receipts go to the oldest open charges, and what is left waits as a prepayment. */
export function postLine(state: VoyagerState, line: Line): void {
  line.posted = true;
  if (line.reverses !== null) {
    const first = line.reverses;
    state.applications = state.applications.filter((one) => one.payment !== first);
    state.applications.push({ payment: line.id, to: first, cents: line.cents, day: line.day });
    state.applications.push({ payment: first, to: line.id, cents: -line.cents, day: line.day });
  }
  apply(state, line.tenant, line.day);
}

function apply(state: VoyagerState, tenant: string, day: string): void {
  const own = state.lines.filter((line) => line.tenant === tenant && line.posted);
  const charges = own.filter((line) => line.kind === 'charge').sort((a, b) => (a.day < b.day ? -1 : 1));
  for (const payment of own.filter((line) => line.kind === 'payment' && line.cents > 0)) {
    for (const charge of charges) {
      const cents = Math.min(prepaidCents(state, payment), openCents(state, charge));
      if (cents > 0) state.applications.push({ payment: payment.id, to: charge.id, cents, day });
    }
  }
}

const sum = (applications: readonly Application[]): number => applications.reduce((all, { cents }) => all + cents, 0);

export const openCents = (state: VoyagerState, charge: Line): number =>
  charge.cents - sum(state.applications.filter((one) => one.to === charge.id));

/** What of a receipt is not applied to anything yet. */
export const prepaidCents = (state: VoyagerState, payment: Line): number =>
  payment.cents - sum(state.applications.filter((one) => one.payment === payment.id));

export function balanceOf(state: VoyagerState, tenant: string): number {
  const own = state.lines.filter((line) => line.tenant === tenant && line.posted);
  return own.reduce((all, line) => all + (line.kind === 'charge' ? line.cents : -line.cents), 0);
}
