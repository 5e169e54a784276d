/** Both ways to Yardi and their sandbox keep the laws. */
import { setUpGateway, takeGatewayPayment } from '../../local/vendors/gateway/people';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { yardiBreeze as sandbox, type YardiState } from '../../local/vendors/yardi-breeze';
import { typeVoyagerCharge, typeVoyagerReceipt } from '../../local/vendors/yardi-breeze/people';
import { yardiBreeze } from '../../src/connectors/yardi-breeze';
import { holdsTheLaws } from './laws';
import { creditWish, gatewayWorld, invoiceWish, paymentWish, RC, RL, RP, START, voyagerWorld } from './yardi-rig';

const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
const RENT = 'https://breeze-gateway.example/api/transactions/rent';
const get = (url: string, headers: Record<string, string> = {}): SandboxRequest => ({
  method: 'GET',
  url,
  headers,
  body: '',
});

const byReference = (state: YardiState, number: string): number =>
  state.gateway.lines.filter((line) => line.reference === number).length;

const gatewayRig = {
  connector: yardiBreeze,
  sandbox,
  startMs: START,
  currency: 'USD',
  start: () => gatewayWorld(),
  pay: ({ gateway }: YardiState, { amountCents, atMs }: { amountCents: number; atMs: number }) =>
    takeGatewayPayment(gateway, { tenant: '5001', cents: amountCents, day: dayOf(atMs) }).id,
  manyPages: 205,
  spoil({ gateway }: YardiState, id: string) {
    const line = gateway.lines.find((each) => each.id === id);
    if (!line) throw new Error(`no ${id}`);
    line.status = 'in dispute' as never;
  },
  emptied(reply: { status: number; headers: Readonly<Record<string, string>>; body: string }) {
    const body = JSON.parse(reply.body) as { transactions?: unknown[]; nextPage?: number | null };
    if (!body.transactions || body.nextPage == null) return undefined;
    return { ...reply, body: JSON.stringify({ ...body, transactions: [] }) };
  },
  writes: [
    { effect: 'invoice', payload: () => invoiceWish(), count: (state: YardiState) => byReference(state, RL) },
    { effect: 'payment', payload: () => paymentWish(), count: (state: YardiState) => byReference(state, RP) },
  ],
  refusals: [
    { name: 'a wrong key', request: () => get(RENT, { authorization: 'Bearer x' }), status: 401, says: /not valid/ },
    {
      name: 'an unknown path',
      request: () => get(`${RENT}/x`, { authorization: 'Bearer gw-breeze-4fd1b6' }),
      status: 404,
      says: /no \/api/,
    },
  ],
};

describe('through a gateway', () => {
  holdsTheLaws<YardiState>(gatewayRig as never);
});

/** A gateway that knows no reference, heeds no key, and takes lines below nothing: whatever stays once, the ledger sees to it. */
describe('through a gateway that promises nothing', () => {
  holdsTheLaws<YardiState>({
    ...gatewayRig,
    emptied: undefined,
    start: () => {
      const world = gatewayWorld({ GATEWAY_BACK: 'as negative lines' });
      setUpGateway(world.state.gateway, { once: { reference: false, key: false }, negative: true });
      return world;
    },
    writes: [
      ...gatewayRig.writes,
      { effect: 'credit', payload: () => creditWish(), count: (state: YardiState) => byReference(state, RC) },
    ],
  } as never);
});

/** A gateway that promises to heed the key. */
describe('through a gateway that knows Idempotency-Key', () => {
  holdsTheLaws<YardiState>({
    ...gatewayRig,
    emptied: undefined,
    connector: { ...yardiBreeze, receipts: undefined },
    start: () => gatewayWorld({ GATEWAY_REPEATS: 'it knows Idempotency-Key' }),
  } as never);
});

describe('through Voyager', () => {
  const bearing = (state: YardiState, number: string): number =>
    state.voyager.lines.filter((line) => line.document === number || line.comment === number).length;
  holdsTheLaws<YardiState>({
    ...gatewayRig,
    emptied: undefined,
    start: () => voyagerWorld(),
    // Some pay a charge that is open, and others pay ahead.
    pay({ voyager }: YardiState, { amountCents, atMs }: { amountCents: number; atMs: number }) {
      const about = { tenant: '5001', cents: amountCents, day: dayOf(atMs) };
      if (amountCents % 2 === 0) typeVoyagerCharge(voyager, about);
      return typeVoyagerReceipt(voyager, { ...about, document: `check ${amountCents}` }).id;
    },
    manyPages: 120,
    spoil({ voyager }: YardiState, id: string) {
      const line = voyager.lines.find((each) => each.id === id);
      if (!line) throw new Error(`no ${id}`);
      Object.assign(line, { day: 'some day' });
    },
    writes: [
      { effect: 'invoice', payload: () => invoiceWish(), count: (state: YardiState) => bearing(state, RL) },
      { effect: 'payment', payload: () => paymentWish(), count: (state: YardiState) => bearing(state, RP) },
    ],
    refusals: [
      {
        name: 'a page',
        request: () => get('https://voyager.example/8223harbor/webservices/ItfResidentTransactions20.asmx'),
        status: 405,
        says: /Not Allowed/,
      },
    ],
  } as never);
});
