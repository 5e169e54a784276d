/** AppFolio by way of a gateway of the customer's own: it keeps the laws, and the other profile's keys are asked for by nobody. */
import { type AppfolioState, appfolio as sandbox } from '../../local/vendors/appfolio';
import { openPortfolio } from '../../local/vendors/appfolio/portfolio';
import { renameGatewayField, reverseGatewayLine, takeGatewayPayment } from '../../local/vendors/gateway/people';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { appfolio } from '../../src/connectors/appfolio';
import type { Account } from '../../src/connectors/connector';
import { day } from '../../src/domain/calendar';
import { instant, key } from '../../src/domain/values';
import { creditWish, invoiceWish, NO_LAWS, Office, PEOPLE, paymentWish, START } from './appfolio-rig';
import { holdsTheLaws } from './laws';

const URL = 'https://appfolio-gateway.example';
const ACCOUNT: Account = {
  APPFOLIO_PROFILE: 'gateway',
  GATEWAY_URL: URL,
  GATEWAY_AUTH: 'basic',
  GATEWAY_USER: 'rent-ledger',
};
const SECRET = 'gw-appfolio-93ac';
/** The lease that the Links tab names. */
const ADA = { ...PEOPLE.ADA, id: '7001' };

function start(nowMs: number) {
  const state = sandbox.start();
  openPortfolio(state, SMALL_PORTFOLIO, nowMs);
  return { state, credentials: { ...ACCOUNT, GATEWAY_SECRET: SECRET }, account: ACCOUNT };
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const ask = (method: string, path: string, secret: string, body?: unknown): SandboxRequest => ({
  method,
  url: `${URL}${path}`,
  headers: {
    authorization: `Basic ${Buffer.from(`rent-ledger:${secret}`).toString('base64')}`,
    'content-type': 'application/json',
  },
  body: body === undefined ? '' : JSON.stringify(body),
});

const rig = {
  ...NO_LAWS,
  start,
  pay: (state: AppfolioState, { amountCents, atMs }: { amountCents: number; atMs: number }) =>
    takeGatewayPayment(state.gateway, { tenant: '5001', cents: amountCents, day: dayOf(atMs) }).id,
  manyPages: 205,
  spoil: (state: AppfolioState, id: string) => {
    Object.assign(state.gateway.lines.find((line) => line.id === id)!, { status: 'limbo' });
  },
  emptied: (reply: { status: number; headers: Readonly<Record<string, string>>; body: string }) => {
    const body = JSON.parse(reply.body) as { data?: unknown[]; next_page_path?: string | null };
    return body.next_page_path ? { ...reply, body: JSON.stringify({ ...body, data: [] }) } : undefined;
  },
  writes: [
    {
      effect: 'invoice',
      payload: () => invoiceWish({ customer: ADA }),
      count: (state: AppfolioState) => state.gateway.lines.filter(({ kind }) => kind === 'charge').length,
    },
    {
      effect: 'payment',
      payload: () => paymentWish({ customer: ADA, day: '2026-12-02' }),
      count: (state: AppfolioState) => state.gateway.lines.filter(({ kind }) => kind === 'payment').length,
    },
  ],
  refusals: [
    {
      name: 'another key',
      request: () => ask('GET', '/v1/payments', 'other'),
      status: 401,
      says: /credentials are not valid/,
    },
    {
      name: 'a payment without its lease',
      request: () => ask('POST', '/v1/payments', SECRET, { amount: '1.00' }),
      status: 400,
      says: /occupancyId/,
    },
    {
      name: 'a path that it does not have',
      request: () => ask('GET', '/v1/receipts', SECRET),
      status: 404,
      says: /receipts/,
    },
  ],
};

describe('a gateway before AppFolio', () => {
  holdsTheLaws<AppfolioState>(rig);

  const office = () => new Office(rig);

  it('takes payments at /v1/payments, and knows what came back from us', () => {
    const one = office();
    const id = one.value(one.wish('payment', paymentWish({ customer: ADA, day: '2026-12-02' })));
    expect(one.state.gateway.lines).toEqual([
      expect.objectContaining({ id, kind: 'payment', cents: 45_010, reference: 'RP-8K2M4N7QPZ', tenant: '5001' }),
    ]);
    expect(one.drain().payments.size).toBe(0);
    expect(one.state.charges).toEqual([]);
    expect(one.state.notes).toEqual([]);
  });

  it('sends several charges in one batch, and each has an outcome of its own', () => {
    const one = office();
    const other = { ...PEOPLE.BEN, id: '9999' };
    const outcomes = one.together([
      invoiceWish({ customer: ADA }),
      invoiceWish({ number: 'RL-000000000A', customer: other }),
    ]);
    expect(outcomes).toEqual([expect.stringMatching(/^7001/), expect.objectContaining({ fault: 'rejected' })]);
  });

  it('leaves credit to a person unless it takes amounts below nothing', () => {
    const one = office();
    expect(one.wish('credit', creditWish({ customer: ADA }))).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/by hand/) },
    });
  });

  it('tells of payments that bounced', () => {
    const one = office();
    const paid = takeGatewayPayment(one.state.gateway, { tenant: '5001', cents: 90_000, day: '2026-12-01' });
    reverseGatewayLine(one.state.gateway, paid.id, '2026-12-02');
    expect([...one.drain().payments.values()]).toEqual([
      expect.objectContaining({ customer: '7001', reversals: [expect.objectContaining({ reason: 'returned' })] }),
    ]);
  });

  it('holds charges and payments against the ledger, and credit where the gateway takes it, which AppFolio itself cannot', () => {
    const one = office();
    one.value(one.wish('invoice', invoiceWish({ customer: ADA })));
    one.value(one.wish('payment', paymentWish({ customer: ADA, day: '2026-12-02' })));
    const [since, until] = [instant(Date.UTC(2026, 10, 1)), instant(one.nowMs)];
    const items = one.value(one.run(appfolio.books!.items({ since, until, now: until, account: ACCOUNT })));
    expect(items.map(({ kind, number }) => [kind, number])).toEqual([
      ['invoice', 'RL-8K2M4N7QPZ'],
      ['payment', 'RP-8K2M4N7QPZ'],
    ]);
    expect(appfolio.books!.takes!(ACCOUNT)).toEqual(['invoice', 'payment']);
    const back = { ...ACCOUNT, GATEWAY_BACK: 'as negative lines' };
    expect(appfolio.books!.takes!(back)).toEqual(['invoice', 'payment', 'credit']);
    expect(appfolio.receipts!.everyMinutes!(ACCOUNT)).toBeGreaterThan(0);
    expect(appfolio.receipts!.everyMinutes!({})).toBeUndefined();
  });

  it('shows one real row, and the request that would be sent, before anything is', () => {
    const one = office();
    takeGatewayPayment(one.state.gateway, { tenant: '5001', cents: 90_000, day: '2026-12-01' });
    renameGatewayField(one.state.gateway, 'amount', 'total');
    const row = one.value(one.run(appfolio.sample!(undefined, ACCOUNT)));
    expect(row!.fields).toEqual(expect.arrayContaining([{ field: 'total', label: 'total', value: '900.00' }]));
    const mapped = { ...ACCOUNT, MAP_AMOUNT: 'total' };
    const [request] = appfolio.rehearse!('payment', {
      ...{ key: key('rehearsed'), payload: paymentWish({ customer: ADA }), now: instant(START), attempt: 1 },
      account: mapped,
    });
    expect(request).toMatchObject({ method: 'POST', url: `${URL}/v1/payments` });
    expect(JSON.parse(request!.body!)).toMatchObject({ total: '450.10', occupancyId: '7001' });
    expect(one.state.gateway.lines).toHaveLength(1);
    const other = { key: key('rehearsed'), payload: paymentWish(), now: instant(START), attempt: 1, account: {} };
    expect(appfolio.rehearse!('payment', other)).toEqual([]);
  });

  it('is tried by its own address, and a roster is had only where it lists tenants', () => {
    const one = office();
    expect(one.run(appfolio.test!(ACCOUNT))).toEqual({ value: { name: 'appfolio-gateway.example', mode: 'live' } });
    expect(one.run(appfolio.roster!(ACCOUNT, day('2026-12-02')))).toMatchObject({ fault: { fault: 'rejected' } });
    expect(appfolio.ownHosts!({ GATEWAY_URL: URL })).toEqual(['appfolio-gateway.example']);
    expect(appfolio.credentials.filter(({ optional, choices }) => !optional && !choices)).toEqual([]);
  });
});

describe('AppFolio itself without its keys', () => {
  it('says which are missing before anything is sent', () => {
    const one = new Office();
    one.credentials = { GATEWAY_SECRET: SECRET };
    expect(one.wish('invoice', invoiceWish())).toMatchObject({
      fault: { fault: 'auth', message: expect.stringMatching(/developer ID/) },
    });
    one.credentials = { APPFOLIO_DEVELOPER_ID: 'd1' };
    expect(one.wish('invoice', invoiceWish())).toMatchObject({
      fault: { fault: 'auth', message: expect.stringMatching(/keys of both/) },
    });
    expect(one.har.size).toBe(0);
  });
});
