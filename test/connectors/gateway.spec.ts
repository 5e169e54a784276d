/** A customer's JSON gateway: whatever its operator calls things and however it writes them, and what a wish becomes there. */
import {
  addGatewayTenant,
  closeGatewayMonths,
  postGatewayBatches,
  renameGatewayField,
  reverseGatewayLine,
  setUpGateway,
  stopGateway,
  takeGatewayPayment,
} from '../../local/vendors/gateway/people';
import { yardiBreeze as sandbox, type YardiState } from '../../local/vendors/yardi-breeze';
import type { BookItem, EffectContext } from '../../src/connectors/connector';
import { yardiBreeze } from '../../src/connectors/yardi-breeze';
import { day } from '../../src/domain/calendar';
import { instant, key } from '../../src/domain/values';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';
import {
  CUSTOMER,
  creditWish,
  entered,
  gatewayWorld,
  invoiceWish,
  type Opened,
  paymentWish,
  RC,
  RL,
  RP,
  START,
} from './yardi-rig';

type Payload = Readonly<Record<string, unknown>>;
const DAY = 86_400_000;

/** The connector before one gateway, at a clock that the test moves. */
class Bench extends LawBench<YardiState> {
  constructor(open: () => Opened) {
    const rig = { connector: yardiBreeze, sandbox, startMs: START, currency: 'USD', start: open };
    super(rig as unknown as Rig<YardiState>);
  }

  get gateway() {
    return this.state.gateway;
  }

  context(payload: Payload, kind = 'invoice'): EffectContext {
    return { key: key(`books:${kind}`), payload, now: instant(this.nowMs), account: this.account, attempt: 1 };
  }

  tell(kind: string, payload: Payload) {
    return this.run(effectOf(yardiBreeze, kind).run(this.context(payload, kind)));
  }

  tellAll(kind: string, payloads: readonly Payload[]) {
    const { batch } = effectOf(yardiBreeze, kind);
    if (!batch) throw new Error('no batch');
    return this.run(batch.run(payloads.map((payload) => this.context(payload, kind))));
  }

  items(): readonly BookItem[] {
    const window = { since: instant(START - 20 * DAY), now: instant(this.nowMs), until: instant(this.nowMs) };
    const result = this.run(yardiBreeze.books!.items({ ...window, account: this.account }));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  /** What stands there: kind, amount and reference. */
  get lines() {
    return this.gateway.lines.map(({ kind, cents, reference }) => [kind, cents, reference]);
  }
}

const bench = (more = {}) => new Bench(() => gatewayWorld(more));

/** A gateway set up in nearly every other way, and a card that says so. */
function odd(): Opened {
  const world = gatewayWorld();
  const { gateway } = world.state;
  for (const [part, name] of [
    ['amount', 'amt'],
    ['reference', 'ref'],
    ['tenant', 'res'],
  ] as const)
    renameGatewayField(gateway, part, name);
  setUpGateway(gateway, {
    auth: { kind: 'header', name: 'X-Site-Key', value: 'site-key-77' },
    extraHeader: { name: 'X-Site', value: '7' },
    dateFormat: 'MM/dd/yyyy',
    amountFormat: 'cents',
    signs: { charge: 1, payment: -1 },
    errors: 'errors',
    paths: { ...gateway.setUp.paths, charge: '/lines/charges', payment: '/lines/payments' },
    list: { root: 'data', next: 'pages', nextIs: 'pages', size: 100, maxSize: 500 },
  });
  const given = {
    GATEWAY_URL: 'https://breeze-gateway.example/',
    GATEWAY_SECRET: 'site-key-77',
    GATEWAY_AUTH: 'header',
    GATEWAY_HEADER: 'X-Site-Key',
    GATEWAY_EXTRA: 'X-Site: 7',
    GATEWAY_PATH_CHARGES: 'lines/charges',
    GATEWAY_PATH_PAYMENTS: '/lines/payments',
    GATEWAY_ROOT: 'data',
    GATEWAY_TENANT_ROOT: 'data',
    GATEWAY_NEXT: 'pages',
    GATEWAY_NEXT_IS: 'pages',
    GATEWAY_DAYS: 'MM/dd/yyyy',
    GATEWAY_AMOUNTS: 'cents',
    GATEWAY_SIGNS: 'payments are negative',
    MAP_AMOUNT: 'amt',
    MAP_REFERENCE: 'ref',
    // Charges and payments of this sandbox call it the same in lines, and rows of tenants do not.
    MAP_TENANT: 'res',
    GATEWAY_TENANT_FIELDS: 'id=tenantCode',
    MAP_TYPE: 'type',
  };
  return { state: world.state, ...entered(yardiBreeze, given) };
}

describe('a wish', () => {
  it('becomes a line with everything that the gateway asks for, and an Idempotency-Key', () => {
    const one = bench();
    expect(one.tell('invoice', invoiceWish())).toEqual({ value: '700100001' });
    const sent = one.sent.find(({ method }) => method === 'POST');
    expect(sent?.headers['Idempotency-Key']).toBe(RL);
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      type: 'charge',
      propertyCode: '101',
      unitCode: '11',
      tenantCode: '5001',
      chargeCode: 'rent',
      amount: '1250.00',
      postMonth: '2026-12',
      transactionDate: '2026-12-01',
      reference: RL,
      description: 'rent, Harbor Court 11, due 2026-12-01',
    });
    one.tell('payment', paymentWish());
    expect(JSON.parse(one.sent.at(-1)?.body ?? '')).toEqual({
      type: 'payment',
      tenantCode: '5001',
      amount: '1250.00',
      paymentMethod: 'Other',
      documentNumber: 'pi_1',
      transactionDate: '2026-12-02',
      reference: RP,
      comment: 'stripe pi_1',
    });
  });

  it('is the same whatever the gateway calls things and however it writes them', () => {
    const one = new Bench(odd);
    expect(one.tell('invoice', invoiceWish())).toHaveProperty('value');
    expect(one.tell('payment', paymentWish())).toHaveProperty('value');
    expect(one.lines).toEqual([
      ['charge', 125_000, RL],
      ['payment', 125_000, RP],
    ]);
    expect(one.items().map(({ kind, amountCents, gone }) => [kind, amountCents, gone])).toEqual([
      ['invoice', 125_000, false],
      ['payment', 125_000, false],
    ]);
    const { id } = takeGatewayPayment(one.gateway, { tenant: '5002', cents: 70_000, day: '2026-12-04' });
    expect(one.drain().payments.get(id)).toMatchObject({ amountCents: 70_000, customer: '5002', state: 'settled' });
  });

  it('is taken back as a line below nothing where the gateway takes those, and brought back as another one', () => {
    const one = bench({ GATEWAY_BACK: 'as negative lines' });
    setUpGateway(one.gateway, { negative: true });
    one.tell('invoice', invoiceWish());
    const first = one.tell('payment', paymentWish());
    one.nowMs += 3 * DAY;
    expect(one.tell('payment', paymentWish({ gone: true }))).toEqual(first);
    expect(one.tell('payment', paymentWish({ gone: true }))).toEqual(first);
    expect(one.items().find(({ number }) => number === RP)).toMatchObject({ amountCents: 125_000, gone: true });
    expect(one.tell('payment', paymentWish({ amountCents: 60_000 }))).toEqual(first);
    expect(one.tell('credit', creditWish())).toHaveProperty('value');
    expect(one.lines).toEqual([
      ['charge', 125_000, RL],
      ['payment', 125_000, RP],
      ['payment', -125_000, `${RP}/1`],
      ['payment', 60_000, `${RP}/2`],
      ['charge', -5_000, RC],
    ]);
    expect(one.items().map(({ number, amountCents, gone }) => [number, amountCents, gone])).toEqual([
      [RL, 125_000, false],
      [RC, 5_000, false],
      [RP, 60_000, false],
    ]);
    expect(one.gateway.lines[2]?.day).toBe('2026-12-13');
  });

  it('is left to a person where the gateway takes nothing below nothing', () => {
    const one = bench();
    one.tell('payment', paymentWish());
    for (const [kind, payload] of [
      ['payment', paymentWish({ gone: true })],
      ['credit', creditWish()],
    ] as const)
      expect(one.tell(kind, payload)).toMatchObject({
        fault: { fault: 'rejected', message: expect.stringMatching(/by hand/) },
      });
    expect(one.lines).toHaveLength(1);
    expect(yardiBreeze.books!.takes!(one.account)).toEqual(['invoice', 'payment']);
    expect(yardiBreeze.books!.takes!(bench({ GATEWAY_BACK: 'as negative lines' }).account)).toContain('credit');
  });

  it('is done with when nothing of it is there and nothing is to be', () => {
    const one = bench();
    expect(one.tell('invoice', invoiceWish({ gone: true }))).toEqual({ value: RL });
    expect(one.lines).toEqual([]);
  });

  it('is not posted again after staff have reversed it', () => {
    const one = bench();
    one.tell('payment', paymentWish());
    reverseGatewayLine(one.gateway, one.gateway.lines[0]!.id, '2026-12-09');
    expect(one.tell('payment', paymentWish())).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/taken back/) },
    });
    expect(one.tell('payment', paymentWish({ gone: true }))).toHaveProperty('value');
    expect(one.items()).toMatchObject([{ number: RP, gone: true }]);
  });

  it('finds its household by unit and mail where the Links tab has no id, and never by a guess', () => {
    const { id: _, ...unlinked } = CUSTOMER;
    const one = bench();
    expect(one.tell('payment', paymentWish({ customer: unlinked }))).toHaveProperty('value');
    expect(one.gateway.lines[0]?.tenant).toBe('5001');
    const stranger = { ...unlinked, email: 'other@example.com', residents: 'Eva Lind' };
    const told = { fault: { fault: 'rejected', message: expect.stringMatching(/Links tab/) } };
    expect(one.tell('invoice', invoiceWish({ customer: stranger }))).toMatchObject(told);
    addGatewayTenant(one.gateway, { ...one.gateway.tenants[0]!, code: '5010', property: '102' });
    expect(one.tell('invoice', invoiceWish({ customer: unlinked }))).toMatchObject(told);
    expect(one.tell('invoice', invoiceWish({ customer: { ...CUSTOMER, id: '999' } }))).toMatchObject(told);
  });

  it('is refused where its type has no code, or its currency is another one', () => {
    const one = bench({ GATEWAY_CODES: 'rent=rent' });
    expect(one.tell('invoice', invoiceWish({ type: 'late fee' }))).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/"late fee"/) },
    });
    expect(one.tell('payment', paymentWish({ currency: 'GBP' }))).toMatchObject({ fault: { fault: 'rejected' } });
    expect(one.lines).toEqual([]);
  });

  it('says what the gateway said when it is refused', () => {
    const one = bench();
    closeGatewayMonths(one.gateway, '2027-01');
    expect(one.tell('invoice', invoiceWish())).toMatchObject({
      fault: { fault: 'rejected', status: 422, message: expect.stringMatching(/2026-12 is closed/) },
    });
    stopGateway(one.gateway, 20, 503, 90);
    expect(one.tell('payment', paymentWish())).toMatchObject({ fault: { fault: 'down', retryAfterSeconds: 90 } });
  });

  it('does not believe a list that heeds no reference', () => {
    const one = bench();
    takeGatewayPayment(one.gateway, { tenant: '5002', cents: 5_000, day: '2026-12-01' });
    one.answer = (request, reply) => {
      request.url.includes('reference=') &&
        Object.assign(request, { url: request.url.replace(/reference=[^&]*&?/, '') });
      return reply();
    };
    expect(one.tell('payment', paymentWish())).toMatchObject({ fault: { fault: 'malformed' } });
    expect(one.lines).toHaveLength(1);
  });

  it('looks by day where a gateway cannot be asked by reference', () => {
    const one = bench({ GATEWAY_ASKS: 'reference=-' });
    takeGatewayPayment(one.gateway, { tenant: '5002', cents: 5_000, day: '2026-12-03' });
    one.tell('payment', paymentWish());
    one.nowMs += DAY;
    expect(one.tell('payment', paymentWish())).toEqual({ value: '700100002' });
    expect(one.lines).toHaveLength(2);
    expect(one.sent.some(({ url }) => url.includes('reference'))).toBe(false);
  });
});

describe('wishes that leave together', () => {
  const another = (number: string, more: Payload = {}) => invoiceWish({ number, ...more });

  it('read the list of tenants once, and a bad one fails alone', () => {
    const one = bench();
    const result = one.tellAll('invoice', [
      another('RL-0000000001'),
      another('RL-0000000002', { customer: { ...CUSTOMER, id: '999' } }),
      another('RL-0000000003', { type: 'fun' }),
      another('RL-0000000004', { customer: { ...CUSTOMER, id: '5003' } }),
      { number: 'nonsense' },
    ]);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    expect(result.value.map((each) => (typeof each === 'string' ? 'done' : each.fault))).toEqual([
      'done',
      'rejected',
      'rejected',
      'done',
      'malformed',
    ]);
    expect(one.lines.map(([, , reference]) => reference)).toEqual(['RL-0000000001', 'RL-0000000004']);
    expect(one.sent.filter(({ url }) => url.includes('/api/tenants'))).toHaveLength(1);
  });

  it('about one number follow each other', () => {
    const one = bench({ GATEWAY_BACK: 'as negative lines' });
    setUpGateway(one.gateway, { negative: true });
    const result = one.tellAll('payment', [paymentWish(), paymentWish({ gone: true }), paymentWish()]);
    expect(result).toMatchObject({ value: [expect.any(String), expect.any(String), expect.any(String)] });
    expect(one.lines.map(([, amount]) => amount)).toEqual([125_000, -125_000, 125_000]);
  });
});

describe('payments recorded there', () => {
  it('are receipts of the tenant whose id they have; ours are not', () => {
    const one = bench();
    one.tell('payment', paymentWish());
    const { id } = takeGatewayPayment(one.gateway, { tenant: '5002', cents: 70_000, day: '2026-12-04', text: 'cash' });
    const { payments, faults } = one.drain();
    expect(faults).toEqual([]);
    expect([...payments.values()]).toEqual([
      {
        ...{ key: `yardi-breeze:${id}`, source: 'yardi-breeze', externalId: id },
        ...{ amountCents: 70_000, currency: 'USD', state: 'settled', customer: '5002', memo: 'Check, cash' },
        initiatedAt: Date.UTC(2026, 11, 4, 12),
        settledAt: Date.UTC(2026, 11, 4, 12),
        reversals: [],
      },
    ]);
  });

  it('that bounce later are taken back, as returned by the bank or as corrected by staff', () => {
    const one = bench();
    const pay = (cents: number) => takeGatewayPayment(one.gateway, { tenant: '5001', cents, day: '2026-12-04' }).id;
    const [bounced, corrected] = [pay(70_000), pay(10_000)];
    one.drain();
    one.nowMs += 20 * DAY;
    reverseGatewayLine(one.gateway, bounced, '2026-12-20');
    Object.assign(reverseGatewayLine(one.gateway, corrected, '2026-12-21'), { text: 'Typed twice' });
    const { payments, faults } = one.drain();
    expect(faults).toEqual([]);
    expect(payments.get(bounced)?.reversals).toMatchObject([
      { reason: 'returned', state: 'final', amountCents: 70_000, at: Date.UTC(2026, 11, 20, 12) },
    ]);
    expect(payments.get(corrected)?.reversals).toMatchObject([{ reason: 'refunded', detail: 'Typed twice' }]);
  });

  it('that wait in a batch are pending until staff post it', () => {
    const one = bench();
    const { id } = takeGatewayPayment(one.gateway, {
      tenant: '5001',
      cents: 100,
      day: '2026-12-04',
      status: 'pending',
    });
    expect(one.drain().payments.get(id)?.state).toBe('pending');
    postGatewayBatches(one.gateway);
    expect(one.drain().payments.get(id)?.state).toBe('settled');
  });

  it('below nothing that name no payment are told to a person', () => {
    const one = bench();
    const { id } = takeGatewayPayment(one.gateway, { tenant: '5001', cents: -100, day: '2026-12-04' });
    const { payments, faults } = one.drain();
    expect(payments.size).toBe(0);
    expect(faults).toMatchObject([{ about: id, fault: { fault: 'malformed' } }]);
  });

  it('are looked for from the first day of the books, a month at a time, and two months back from then on', () => {
    const one = bench();
    one.nowMs += 200 * DAY;
    const { states } = one.drain();
    const from = states.map((state) => state?.from);
    expect(from[1]).toBe('2026-12-09');
    expect(from.at(-1)).toBe('2027-04-30');
    expect(one.sent.length).toBe(states.length - 1);
  });
});

describe('the mapping', () => {
  it('is tested on a real row: what it has, and a name that it has not', () => {
    const one = bench();
    takeGatewayPayment(one.gateway, { tenant: '5001', cents: 70_000, day: '2026-12-04' });
    const sample = one.run(yardiBreeze.sample!({ leaseId: 'L-1', customer: '5001' }, one.account));
    expect(sample).toMatchObject({
      value: { fields: expect.arrayContaining([{ field: 'amount', label: 'amount', value: '700.00' }]) },
    });
    expect(one.run(yardiBreeze.lists!.fields!(one.account))).toMatchObject({
      value: expect.arrayContaining([{ id: 'tenantCode', name: 'tenantCode', note: 'such as 5001' }]),
    });
    expect(one.run(yardiBreeze.test!(one.account))).toEqual({
      value: { name: 'breeze-gateway.example', mode: 'live' },
    });
    renameGatewayField(one.gateway, 'amount', 'amt');
    expect(one.run(yardiBreeze.test!(one.account))).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/no "amount"\. It has: .*amt/) },
    });
  });

  it('has a sample of nothing where nothing is there', () => {
    const one = bench();
    expect(one.run(yardiBreeze.sample!(undefined, one.account))).toEqual({ value: undefined });
  });

  it('shows in a dry run what would be sent, without sending it or knowing the key', () => {
    const one = bench();
    const [request] = yardiBreeze.rehearse!('payment', one.context(paymentWish()));
    expect(request).toMatchObject({ method: 'POST', url: 'https://breeze-gateway.example/api/transactions/rent' });
    expect(JSON.parse(request?.body ?? '')).toMatchObject({ tenantCode: '5001', amount: '1250.00', reference: RP });
    expect(JSON.stringify(request)).not.toContain('gw-breeze');
    expect(yardiBreeze.rehearse!('standing', one.context({}))).toEqual([]);
    expect(one.sent).toEqual([]);
  });
});

describe('leases to be taken over', () => {
  it('have the id that money is known by, the household, the rent and the days', () => {
    const one = bench();
    const result = one.run(yardiBreeze.roster!(one.account, day('2026-12-10')));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    expect(result.value.faults).toEqual([]);
    expect(result.value.leases).toHaveLength(3);
    expect(result.value.leases[0]).toEqual({
      id: '5001',
      property: '101',
      propertyId: '101',
      unit: '11',
      residents: ['Ada Park'],
      emails: ['ada@example.com'],
      phone: '+12175550111',
      state: 'current',
      currency: 'USD',
      rentCents: 125_000,
      balanceCents: 0,
      start: '2026-03-01',
      end: '2027-02-28',
    });
    expect(result.value.leases.map(({ state }) => state)).toEqual(['current', 'current', 'notice']);
  });

  it('are named where a word is not known', () => {
    const one = bench();
    one.answer = (_request, reply) => {
      const given = reply();
      return { ...given, body: given.body.replace('"status":"Notice"', '"status":"Evicted"') };
    };
    expect(one.run(yardiBreeze.roster!(one.account, day('2026-12-10')))).toMatchObject({
      value: { faults: [{ about: '5003', fault: { fault: 'malformed', message: expect.stringMatching(/Evicted/) } }] },
    });
  });

  it('cannot be had of a gateway that lists no tenants', () => {
    const one = bench({ GATEWAY_PATH_TENANTS: '-' });
    expect(one.run(yardiBreeze.roster!(one.account, day('2026-12-10')))).toMatchObject({
      fault: { fault: 'rejected' },
    });
  });
});

describe('the key', () => {
  it.each<[string, Payload]>([
    ['elsewhere', { GATEWAY_URL: 'http://breeze-gateway.example' }],
    ['nowhere', { GATEWAY_URL: '' }],
  ])('never goes %s', (_name, more) => {
    const one = bench(more);
    expect(one.tell('invoice', invoiceWish())).toMatchObject({ fault: { fault: 'rejected' } });
    expect(one.sent).toEqual([]);
  });

  it('never follows a list to another host', () => {
    const one = bench({ GATEWAY_NEXT_IS: 'path' });
    one.answer = () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"transactions":[],"nextPage":"https://elsewhere.example/steal"}',
    });
    expect(one.tell('payment', paymentWish())).toMatchObject({ fault: { fault: 'malformed' } });
    expect(one.sent.every(({ url }) => url.startsWith('https://breeze-gateway.example/'))).toBe(true);
  });
});
