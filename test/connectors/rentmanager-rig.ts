/** A company at the Rent Manager sandbox for tests: two houses, three tenants, and the ledger logged in. */
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { rentmanager as sandbox } from '../../local/vendors/rentmanager';
import * as people from '../../local/vendors/rentmanager/people';
import { COMPANY, PASSWORD, type RentmanagerState, USERNAME } from '../../local/vendors/rentmanager/state';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import type { Credentials, EffectContext } from '../../src/connectors/connector';
import { rentmanager } from '../../src/connectors/rentmanager';
import { instant, key } from '../../src/domain/values';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { effectOf } from './drive';
import { LawBench } from './laws';

export const START = Date.UTC(2026, 11, 2, 15);
export const HOST = `https://${COMPANY}.api.rentmanager.com`;
export const DAY = 86_400_000;

export const ENTERED = {
  RENTMANAGER_COMPANY: COMPANY,
  RENTMANAGER_USERNAME: USERNAME,
  RENTMANAGER_PASSWORD: PASSWORD,
};

/** As the test call leaves it. */
export const ACCOUNT = {
  RENTMANAGER_COMPANY: COMPANY,
  RENTMANAGER_USERNAME: USERNAME,
  RENT_TYPE: '1',
  LATE_TYPE: '2',
  NSF_TYPE: '3',
};

export function start(nowMs: number) {
  const state = sandbox.start();
  people.seedPortfolio(state, SMALL_PORTFOLIO, { nowMs });
  const body = JSON.stringify({ Username: USERNAME, Password: PASSWORD, LocationID: 1 });
  const reply = sandbox.handle(state, ask('POST', '/Authentication/AuthorizeUser', {}, body), nowMs);
  const credentials: Credentials = {
    ...ENTERED,
    [ACCESS_TOKEN]: JSON.parse(reply.body) as string,
    [EXPIRES_AT]: String(nowMs + 12 * 3_600_000),
  };
  return { state, credentials, account: ACCOUNT };
}

export const ask = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): SandboxRequest => ({
  method,
  url: `${HOST}${path}`,
  headers: { ...(body === '' ? {} : { 'content-type': 'application/json' }), ...headers },
  body,
});

export const signed = (credentials: Credentials) => ({ 'x-rm12api-apitoken': credentials[ACCESS_TOKEN] ?? '' });

export const base = {
  connector: rentmanager,
  sandbox,
  startMs: START,
  currency: 'USD',
  start,
  pay(state: RentmanagerState, { amountCents, atMs }: { amountCents: number; atMs: number }) {
    const day = new Date(atMs - 5 * 3_600_000).toISOString().slice(0, 10);
    return String(people.recordPayment(state, { tenant: 5001, cents: amountCents, day }, { nowMs: atMs }));
  },
  manyPages: 501,
  spoil(state: RentmanagerState, id: string) {
    const payment = state.tables.Payments.find((each) => String(each.ID) === id);
    if (!payment) throw new Error(`no ${id}`);
    Object.assign(payment, { ReversalDate: '2026-12-03T00:00:00', ReversalType: 'Chargeback' });
  },
};

/** The connector at its sandbox, driven by the real client; the clock is the test's. */
export class RentmanagerBench extends LawBench<RentmanagerState> {
  constructor(begin = start) {
    super({ ...base, start: begin, writes: [], refusals: [] });
  }

  get hand() {
    return { nowMs: this.nowMs };
  }

  context(payload: object, name = 'k', attempt = 1): EffectContext {
    const now = instant(this.nowMs);
    return { key: key(name), payload: payload as never, now, account: this.account, attempt };
  }

  /** Sends one wish, a minute after whatever was before. */
  wish(effect: string, payload: object, attempt = 1) {
    this.nowMs += 60_000;
    return this.run(effectOf(rentmanager, effect).run(this.context(payload, effect, attempt)));
  }

  /** Sends wishes in one go. */
  batch(effect: string, payloads: readonly object[]) {
    this.nowMs += 60_000;
    const { batch } = effectOf(rentmanager, effect);
    if (!batch) throw new Error(`${effect} has no batch`);
    const result = this.run(batch.run(payloads.map((payload, at) => this.context(payload, `${effect}${at}`))));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  rows(table: 'Charges' | 'Payments' | 'Credits') {
    return this.state.tables[table];
  }
}

const TENANTS = {
  'L-1': { residents: 'Ada Park', property: 'Harbor Court', unit: '11' },
  'L-2': { residents: 'Ben Ortiz', property: 'Harbor Court', unit: '12' },
  'L-3': { residents: 'Chi Wong', property: 'Linden Row', unit: '21' },
};
export type LeaseName = keyof typeof TENANTS;

export const wished = (more: object, lease: LeaseName = 'L-1', who: object = {}) => ({
  customer: { leaseId: lease, name: `${TENANTS[lease].residents} (${lease})`, ...TENANTS[lease], ...who },
  currency: 'USD',
  amountCents: 125_000,
  day: '2026-12-01',
  gone: false,
  ...more,
});

export const invoiceWish = (more: object = {}, lease: LeaseName = 'L-1', who: object = {}) =>
  wished(
    { number: 'RL-8K2M4N7QPZ', due: '2026-12-01', type: 'rent', description: 'Rent for December 2026', ...more },
    lease,
    who,
  );

export const paymentWish = (more: object = {}, lease: LeaseName = 'L-1') =>
  wished(
    {
      number: 'RP-0123456789',
      invoice: 'RL-8K2M4N7QPZ',
      source: 'stripe',
      reference: 'pi_123',
      day: '2026-12-02',
      ...more,
    },
    lease,
  );

export const creditWish = (more: object = {}, lease: LeaseName = 'L-1') =>
  wished(
    { number: 'RC-ABCDEFGHJK', invoice: 'RL-8K2M4N7QPZ', amountCents: 5000, reason: 'broken heater', ...more },
    lease,
  );
