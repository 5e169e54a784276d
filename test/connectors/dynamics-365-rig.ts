/** An environment that the owner has set up for the ledger, and the payloads that are told to it. */
import { type DynamicsState, dynamics365 as sandbox } from '../../local/vendors/dynamics-365';
import * as people from '../../local/vendors/dynamics-365/people';
import { CLIENT_ID, CLIENT_SECRET, ORIGIN, TENANT } from '../../local/vendors/dynamics-365/state';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import type { Account, Credentials, EffectContext, FeedState } from '../../src/connectors/connector';
import { dynamics365 } from '../../src/connectors/dynamics-365';
import type { MirrorPage, MirrorRow } from '../../src/connectors/mirror';
import type { CreditWish, InvoiceWish, PaymentWish } from '../../src/domain/books';
import { day } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import type { TaskNote } from '../../src/domain/status';
import { currency, instant, key, leaseId } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';
import { statusOf, taskOf as taskAnywhere } from './told-samples';

export const START = Date.UTC(2026, 11, 2, 15);
export const KEY = 'new_rentledgerid';
export const ROOT = `${ORIGIN}/api/data/v9.0`;

const OPEN: Account = { DYNAMICS_URL: ORIGIN, DYNAMICS_TENANT: TENANT, DYNAMICS_CLIENT_ID: CLIENT_ID };
const TYPES = 'new_rentstatus=String;new_rentbalance=Money;new_rentdue=DateTime';

/** Columns, alternate key and change tracking as the guide asks for them. */
export function setUp(state: DynamicsState, nowMs: number): void {
  people.addColumn(state, 'contact', { name: KEY, label: 'Rent Ledger id' });
  people.addColumn(state, 'contact', { name: 'new_rentstatus', label: 'Rent status' });
  people.addColumn(state, 'contact', { name: 'new_rentbalance', kind: 'Money', label: 'Rent balance' });
  people.addColumn(state, 'contact', { name: 'new_rentdue', kind: 'DateOnly', label: 'Rent due' });
  people.defineKey(state, 'contact', [KEY], nowMs - people.INDEX_MS);
  people.trackChanges(state, 'contact');
}

export function opened(nowMs: number, more: Account = {}) {
  const state = sandbox.start();
  setUp(state, nowMs);
  const form = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
  const token: SandboxRequest = {
    method: 'POST',
    url: `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...form, scope: `${ORIGIN}/.default` }).toString(),
  };
  const { access_token: access } = JSON.parse(sandbox.handle(state, token, nowMs).body) as { access_token: string };
  const account = { ...OPEN, COLUMN_TYPES: TYPES, ...more };
  const credentials = { ...account, DYNAMICS_CLIENT_SECRET: CLIENT_SECRET, [ACCESS_TOKEN]: access };
  return { state, account, credentials: { ...credentials, [EXPIRES_AT]: String(nowMs + 3_599_000) } };
}

export const ask = (method: string, path: string, credentials: Credentials, body?: unknown): SandboxRequest => ({
  method,
  url: `${ROOT}/${path}`,
  headers: {
    authorization: `Bearer ${credentials[ACCESS_TOKEN]}`,
    ...(body ? { 'content-type': 'application/json' } : {}),
  },
  body: body ? JSON.stringify(body) : '',
});

// ---------------------------------------------------------------- payloads

export { statusOf };

export const taskOf = (lease: string, more: Partial<TaskNote> = {}): TaskNote =>
  taskAnywhere(lease, { task: key(`task:${lease}:late-1`), detail: 'Owes 1,250.50', ...more });

export const INVOICE = 'RL-1A2B3C4D5E';
const customer = (lease: string) => ({
  leaseId: leaseId(lease),
  name: `Ann Lee (${lease})`,
  residents: 'Ann Lee',
  email: 'ann@example.com',
  phone: '+15125550123',
  property: 'Elm House',
  unit: '4B',
});
const shared = (lease: string) => ({ customer: customer(lease), currency: currency('USD'), gone: false });

export const invoiceOf = (more: Partial<InvoiceWish> = {}, lease = 'L-1'): InvoiceWish => ({
  ...shared(lease),
  number: INVOICE,
  amountCents: cents(125_050),
  day: day('2026-12-01'),
  due: day('2026-12-01'),
  type: 'rent',
  description: 'Rent December 2026',
  ...more,
});

export const paymentOf = (more: Partial<PaymentWish> = {}, lease = 'L-1'): PaymentWish => ({
  ...shared(lease),
  number: 'RP-1A2B3C4D5E',
  amountCents: cents(50_000),
  day: day('2026-12-03'),
  invoice: INVOICE,
  source: 'stripe',
  reference: 'pi_1',
  ...more,
});

export const creditOf = (more: Partial<CreditWish> = {}, lease = 'L-1'): CreditWish => ({
  ...shared(lease),
  number: 'RC-1A2B3C4D5E',
  amountCents: cents(5_025),
  day: day('2026-12-04'),
  invoice: INVOICE,
  reason: 'Broken heating',
  ...more,
});

// ---------------------------------------------------------------- the bench

export const rigWith = (more: Partial<Rig<DynamicsState>> = {}, account: Account = {}): Rig<DynamicsState> => ({
  connector: dynamics365,
  sandbox,
  startMs: START,
  currency: 'USD',
  start: (nowMs) => opened(nowMs, account),
  pay: () => '',
  manyPages: 0,
  spoil: () => undefined,
  writes: [],
  refusals: [],
  ...more,
});

export type Told = 'standing' | 'task' | 'invoice' | 'payment' | 'credit';
type Values = Readonly<Record<string, string | number | boolean | null>>;

/** One environment, and the effects as the Outbox lets them go: several at once. */
export class CrmBench extends LawBench<DynamicsState> {
  place: FeedState | undefined;

  constructor(account: Account = {}) {
    super(rigWith({}, account));
  }

  contexts(payloads: readonly object[]): EffectContext[] {
    return payloads.map((payload, at) => ({
      key: key(`crm:${at}`),
      payload: JSON.parse(JSON.stringify(payload)) as EffectContext['payload'],
      now: instant(this.nowMs),
      account: this.account,
      attempt: 1,
    }));
  }

  /** A minute passes first. */
  tell(effect: Told, ...payloads: readonly object[]): FlowResult<readonly unknown[]> {
    this.nowMs += 60_000;
    const { batch } = effectOf(dynamics365, effect);
    if (!batch) throw new Error('it goes alone');
    return this.run(batch.run(this.contexts(payloads)));
  }

  /** Fails the test where one of them was refused. */
  done(effect: Told, ...payloads: readonly object[]): readonly string[] {
    const result = this.tell(effect, ...payloads);
    if ('fault' in result || result.value.some((each) => typeof each !== 'string'))
      throw new Error(JSON.stringify(result));
    return result.value as readonly string[];
  }

  rows(table: string): readonly Values[] {
    return this.state.rows[table]!.map((row) => ({ id: row.id, ...row.values }));
  }

  contact(lease = 'L-1'): Values {
    return this.rows('contact').find((row) => row[KEY] === lease) ?? {};
  }

  invoice(): Values {
    return this.rows('invoice')[0] ?? {};
  }

  /** Pulls the mirror's feed once, its state passing through JSON. */
  look(): MirrorPage {
    this.nowMs += 60_000;
    const flow = dynamics365.mirror?.pull?.(this.place, {
      since: instant(START - 86_400_000),
      now: instant(this.nowMs),
      account: this.account,
    });
    if (!flow) throw new Error('no feed');
    const result = this.run(flow);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    this.place = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
    return result.value;
  }

  /** All that changed, the last word on each row. */
  news(): ReadonlyMap<string, MirrorRow> {
    const rows = new Map<string, MirrorRow>();
    for (let more = true; more; ) {
      const page = this.look();
      for (const row of page.rows) rows.set(row.id, row);
      more = page.more;
    }
    return rows;
  }
}

/** A fault of that kind, in such words. */
export const faultLike = (fault: string, message: unknown) => expect.objectContaining({ fault, message });
