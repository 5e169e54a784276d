/** A customer's AppFolio database for tests: one portfolio, the connector's keys, and wishes of the ledger about its people. */
import { type AppfolioState, appfolio as sandbox } from '../../local/vendors/appfolio';
import { openPortfolio } from '../../local/vendors/appfolio/portfolio';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { appfolio } from '../../src/connectors/appfolio';
import type { Account, Credentials, EffectContext } from '../../src/connectors/connector';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import type { Fault } from '../../src/http/types';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';

export const START = Date.UTC(2026, 11, 2, 15);
export const ACCOUNT: Account = { APPFOLIO_DATABASE: 'maplestreet' };

export function credentialsOf(state: AppfolioState): Credentials {
  return {
    APPFOLIO_CLIENT_ID: state.databaseApi.clientId,
    APPFOLIO_CLIENT_SECRET: state.databaseApi.clientSecret,
    APPFOLIO_DEVELOPER_ID: state.developerId,
    APPFOLIO_REPORTS_ID: state.reportsApi.clientId,
    APPFOLIO_REPORTS_SECRET: state.reportsApi.clientSecret,
  };
}

export function start(nowMs: number) {
  const state = sandbox.start();
  openPortfolio(state, SMALL_PORTFOLIO, nowMs - 60_000);
  state.rowsPerReportPage = 50;
  return { state, credentials: credentialsOf(state), account: ACCOUNT };
}

export const ADA = {
  leaseId: 'L-1',
  name: 'Ada Park (L-1)',
  residents: 'Ada Park',
  email: 'ada@example.com',
  property: 'Harbor Court',
  unit: '11',
};
const BEN = { leaseId: 'L-2', name: 'Ben Ortiz (L-2)', residents: 'Ben Ortiz', property: 'Harbor Court', unit: '12' };
export const PEOPLE = { ADA, BEN };

type Change = Readonly<Record<string, unknown>>;

export const invoiceWish = (change: Change = {}) => ({
  number: 'RL-8K2M4N7QPZ',
  customer: ADA,
  currency: 'USD',
  amountCents: 125_000,
  day: '2026-12-01',
  due: '2026-12-01',
  type: 'rent',
  description: 'rent, Harbor Court 11, due 2026-12-01',
  gone: false,
  ...change,
});
export const paymentWish = (change: Change = {}) => ({
  number: 'RP-8K2M4N7QPZ',
  customer: ADA,
  currency: 'USD',
  amountCents: 45_010,
  day: '2026-12-03',
  invoice: 'RL-8K2M4N7QPZ',
  source: 'stripe',
  reference: 'pi_123',
  gone: false,
  ...change,
});
export const creditWish = (change: Change = {}) => ({
  number: 'RC-8K2M4N7QPZ',
  customer: ADA,
  currency: 'USD',
  amountCents: 20_000,
  day: '2026-12-03',
  invoice: 'RL-8K2M4N7QPZ',
  reason: 'Broken heating',
  gone: false,
  ...change,
});

export const NO_LAWS: Rig<AppfolioState> = {
  connector: appfolio,
  sandbox,
  startMs: START,
  currency: 'USD',
  start,
  pay: () => '',
  manyPages: 0,
  spoil: () => undefined,
  writes: [],
  refusals: [],
};

/** The database with the connector before it; wishes are sent as the Outbox sends them. */
export class Office extends LawBench<AppfolioState> {
  private wishes = 0;

  constructor(rig: Rig<AppfolioState> = NO_LAWS) {
    super(rig);
  }

  private told(payload: Change, more: Partial<EffectContext>): EffectContext {
    this.nowMs += 60_000;
    const name = key(`wish:${++this.wishes}`);
    return { key: name, payload, now: instant(this.nowMs), account: this.account, attempt: 1, ...more };
  }

  wish(effect: string, payload: Change, more: Partial<EffectContext> = {}): FlowResult<string> {
    return this.run(effectOf(appfolio, effect).run(this.told(payload, more)));
  }

  /** Several invoices that leave in one go. */
  together(payloads: readonly Change[]): readonly (string | Fault)[] {
    const { batch } = effectOf(appfolio, 'invoice');
    const result = this.run(batch!.run(payloads.map((payload) => this.told(payload, {}))));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  value<T>(result: FlowResult<T>): T {
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  /** What has left since, as `POST charges`. */
  calls(from = 0): string[] {
    return this.sent.slice(from).map(({ method, url }) => {
      const { pathname } = new URL(url);
      return `${method} ${pathname.replace(/^\/api\/v\d\//, '')}`;
    });
  }
}
