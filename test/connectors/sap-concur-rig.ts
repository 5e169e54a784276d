/** SAP Concur's sandbox with the connector beside it: a company that has signed in, and notes of its receipts. */
import { sapConcur as sandbox } from '../../local/vendors/sap-concur';
import { makeConcurRequestToken } from '../../local/vendors/sap-concur/people';
import { CLIENT_ID, CLIENT_SECRET, COMPANY_ID, type ConcurState, OWNER_ID } from '../../local/vendors/sap-concur/state';
import type { Account, Credentials } from '../../src/connectors/connector';
import type { DeliveryPage, OpenMessage } from '../../src/connectors/messages';
import { sapConcur } from '../../src/connectors/sap-concur';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { LawBench, type Rig } from './laws';

export const START = Date.UTC(2026, 11, 2, 15);
export const SECOND = 1000;
const HOME = 'https://us2.api.concursolutions.com';
const OWNER = { username: 'olivia@landlord.example', password: 'owner-password' };

/** What the ledger tells of a receipt. */
export const note = (more: Readonly<Record<string, unknown>> = {}) => ({
  receipt: 'stripe:pi_1',
  leaseId: 'L-1',
  property: 'Maple Court',
  unit: '4B',
  residents: 'Zoë Park',
  address: '12 Maple Street',
  manager: 'Olivia Owner',
  currency: 'USD',
  amountCents: 145_000,
  state: 'settled',
  reversedCents: 0,
  day: '2026-12-02',
  source: 'stripe',
  reference: 'pi_1',
  matched: 'customer',
  allocated: ['rent due 2026-12-01 1450.00'],
  balanceCents: 0,
  customer: OWNER_ID,
  ...more,
});

/** The owner follows the guide: a first token of the company, or of a user. */
export function firstTokens(state: ConcurState, nowMs: number, as: 'company' | 'user' = 'company') {
  const company = () => ({
    credtype: 'authtoken',
    username: COMPANY_ID,
    password: makeConcurRequestToken(state, nowMs),
  });
  const app = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET, grant_type: 'password' };
  const body = new URLSearchParams({ ...app, ...(as === 'company' ? company() : OWNER) }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const reply = sandbox.handle(state, { method: 'POST', url: `${HOME}/oauth2/v0/token`, headers, body }, nowMs);
  return JSON.parse(reply.body) as { refresh_token: string; access_token: string };
}

function start(nowMs: number, as: 'company' | 'user', account: Account) {
  const state = sandbox.start();
  const { refresh_token: refresh, access_token } = firstTokens(state, nowMs, as);
  const credentials: Credentials = {
    SAP_CONCUR_CLIENT_ID: CLIENT_ID,
    SAP_CONCUR_CLIENT_SECRET: CLIENT_SECRET,
    SAP_CONCUR_REFRESH_TOKEN: refresh,
    ...account,
    [ACCESS_TOKEN]: `${HOME} ${access_token}`,
    [EXPIRES_AT]: String(nowMs + 3_600_000),
  };
  return { state, credentials, account, refresh };
}

const none = (): never => {
  throw new Error('SAP Concur is no place where money comes in');
};

export const rig = (as: 'company' | 'user' = 'company', more: Account = {}): Rig<ConcurState> => ({
  connector: sapConcur,
  sandbox,
  startMs: START,
  currency: 'USD',
  start: (nowMs) => start(nowMs, as, { SAP_CONCUR_DATA_CENTRE: 'us2', SAP_CONCUR_API: 'receipts v4', ...more }),
  pay: none,
  spoil: none,
  manyPages: 0,
  writes: [{ effect: 'receipt', payload: () => note(), count: (state: ConcurState) => state.receipts.length }],
  refusals: [],
});

/** With what the ledger asks of this platform. */
export class ConcurBench extends LawBench<ConcurState> {
  /** What was sent and not heard of, as the Outbox has it. */
  readonly open: OpenMessage[] = [];

  constructor(as: 'company' | 'user' = 'company', more: Account = {}) {
    super(rig(as, more));
  }

  /** Posts a receipt; one that went out is open from then on. */
  post(effectKey: string, more: Readonly<Record<string, unknown>> = {}, attempt = 1): FlowResult<string> {
    const payload = note(more);
    const context = { key: key(effectKey), payload, now: instant(this.nowMs), account: this.account, attempt };
    const result = this.run(sapConcur.effects!.receipt!.run(context));
    if ('value' in result) this.heard(result.value);
    return result;
  }

  /** Posts many, and gives their references. */
  postMany(count: number): string[] {
    return Array.from({ length: count }, (_, at) => {
      const result = this.post(`receipt:L-1:${at}`, { receipt: `stripe:pi_${at}` });
      if ('fault' in result) throw new Error(JSON.stringify(result.fault));
      return result.value;
    });
  }

  heard(ref: string): void {
    this.open.push({ ref, kind: 'receipt', to: OWNER_ID, sentAt: instant(this.nowMs) });
  }

  look(): FlowResult<DeliveryPage> {
    const context = {
      since: instant(START - 86_400_000),
      now: instant(this.nowMs),
      account: this.account,
      open: this.open,
    };
    return this.run(sapConcur.deliveries!.pull(undefined, context));
  }

  /** `ref state: detail` of each piece of news. */
  news(): string[] {
    const result = this.look();
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value.delivered.map(({ ref, state, detail }) => `${ref} ${state}${detail ? `: ${detail}` : ''}`);
  }
}
