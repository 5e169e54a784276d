/** Rent Manager by way of a customer's gateway: the laws hold there too, and the Web API is never called. */

import * as gatewayPeople from '../../local/vendors/gateway/people';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { seedGateway } from '../../local/vendors/gateway/state';
import { GATEWAY_HOST, rentmanager as sandbox } from '../../local/vendors/rentmanager';
import type { RentmanagerState } from '../../local/vendors/rentmanager/state';
import type { Credentials } from '../../src/connectors/connector';
import { rentmanager } from '../../src/connectors/rentmanager';
import { instant, key } from '../../src/domain/values';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { effectOf } from './drive';
import { holdsTheLaws, LawBench, type Rig } from './laws';
import { invoiceWish, paymentWish, START } from './rentmanager-rig';

const ACCOUNT = { RENTMANAGER_PROFILE: 'gateway', GATEWAY_URL: `https://${GATEWAY_HOST}` };

function start(nowMs: number) {
  const state = sandbox.start();
  seedGateway(state.gateway, SMALL_PORTFOLIO);
  const { auth } = state.gateway.setUp;
  const credentials: Credentials = {
    ...ACCOUNT,
    GATEWAY_SECRET: auth.kind === 'header' ? auth.value : '',
    [ACCESS_TOKEN]: 'key',
    [EXPIRES_AT]: String(nowMs + 86_400_000 * 30),
  };
  return { state, credentials, account: ACCOUNT };
}

/** The gateway knows its tenants, units and properties by numbers; the sheet is filled with those. */
const there = { id: '5001', property: '101', unit: '11' };
const rent = (more: object = {}) => invoiceWish(more, 'L-1', there);
const money = () => ({ ...paymentWish(), customer: rent().customer });
const bearing = (number: string) => (state: RentmanagerState) =>
  state.gateway.lines.filter((line) => line.reference === number).length;

const rig: Rig<RentmanagerState> = {
  connector: rentmanager,
  sandbox,
  startMs: START,
  currency: 'USD',
  start,
  pay({ gateway }, { amountCents, atMs }) {
    const day = new Date(atMs).toISOString().slice(0, 10);
    return gatewayPeople.takeGatewayPayment(gateway, { tenant: '5001', cents: amountCents, day }).id;
  },
  manyPages: 401,
  spoil({ gateway }, id) {
    const line = gateway.lines.find((each) => each.id === id);
    Object.assign(line ?? {}, { status: 'vanished' });
  },
  writes: [
    { effect: 'invoice', payload: () => rent(), count: bearing('RL-8K2M4N7QPZ') },
    { effect: 'payment', payload: money, count: bearing('RP-0123456789') },
  ],
  refusals: [
    {
      name: 'a wrong key',
      request: () => ({
        method: 'GET',
        url: `https://${GATEWAY_HOST}/api/v2/transactions/rent`,
        headers: { 'x-rm12api-apitoken': 'nobody' },
        body: '',
      }),
      status: 401,
      says: /The credentials are not valid/,
    },
  ],
};

holdsTheLaws<RentmanagerState>(rig);

describe('by way of a gateway', () => {
  it('a look at its list takes the place of a log-in, with the key in the header that Rent Manager uses', () => {
    const { credentials } = start(START);
    const request = rentmanager.oauth!.request(credentials, { kind: 'client' });
    expect(request).toMatchObject({
      method: 'GET',
      url: expect.stringMatching(/^https:\/\/rentmanager-gateway\.landlord\.example\/api\/v2\/transactions\/rent\?/),
      headers: { 'X-RM12Api-ApiToken': 'gw-rm-7720c5' },
    });
    const reply = { status: 200, headers: {}, body: '{"data":[],"page":1,"totalPages":1}' };
    expect(rentmanager.oauth!.read(reply).access).toBe('key');
    expect(() => rentmanager.oauth!.read({ ...reply, body: '{}' })).toThrow(/token/);
    expect(rentmanager.oauth!.fault({ ...reply, status: 401, body: '{"error":"No."}' })).toMatchObject({
      fault: 'auth',
      message: 'The log-in was refused (HTTP 401). No.',
    });
  });

  it('nothing is ever asked of another host', () => {
    const one = new LawBench(rig);
    one.payMany(2);
    one.run(rentmanager.test!(one.account));
    one.drain();
    for (const write of rig.writes) one.effect(write, 1);
    one.run(rentmanager.sample!(undefined, one.account));
    for (const each of ['fields', 'chargeTypes']) one.run(rentmanager.lists![each]!(one.account));
    const period = { since: instant(START - 86_400_000), until: instant(START), now: instant(one.nowMs) };
    one.run(rentmanager.books!.items({ ...period, account: one.account }));
    expect(new Set(one.sent.map(({ url }) => new URL(url).hostname))).toEqual(new Set([GATEWAY_HOST]));
  });

  it('a dry run shows the charge as it would be posted', () => {
    const context = { payload: rent(), now: instant(START), account: ACCOUNT, attempt: 1 };
    const [request] = rentmanager.rehearse!('invoice', { ...context, key: key('k') });
    expect(request).toMatchObject({ method: 'POST', url: `https://${GATEWAY_HOST}/api/v2/transactions/rent` });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      type: 'charge',
      tenantId: 5001,
      unitId: 11,
      propertyId: 101,
      chargeTypeId: 2,
      amount: '1250.00',
      date: '2026-12-01',
      reference: 'RL-8K2M4N7QPZ',
      comment: 'Rent for December 2026',
    });
    expect(rentmanager.rehearse!('standing', { ...context, key: key('k') })).toEqual([]);
  });

  it('several wishes go in one batch, each with its own end', () => {
    const one = new LawBench(rig);
    const { batch } = effectOf(rentmanager, 'invoice');
    const wishes = [rent(), rent({ number: 'RL-0000000001', type: 'parking' })];
    const contexts = wishes.map((payload, at) => ({
      key: key(`k${at}`),
      payload: payload as never,
      now: instant(one.nowMs),
      account: one.account,
      attempt: 1,
    }));
    expect(one.run(batch!.run(contexts))).toMatchObject({
      value: [expect.any(String), { fault: 'rejected', message: expect.stringContaining('"parking"') }],
    });
  });
});
