/** A customer's JSON gateway: three profiles, what it refuses, what it does once, and what its operator may set otherwise. */
import {
  closeGatewayMonths,
  correctGatewayLine,
  dropGatewayBatches,
  postGatewayBatches,
  renameGatewayField,
  reverseGatewayLine,
  setUpGateway,
  stopGateway,
  takeGatewayPayment,
} from '../../local/vendors/gateway/people';
import { appfolioGateway, rentmanagerGateway, yardiGateway } from '../../local/vendors/gateway/profiles';
import { GatewayTalk } from './gateway-talk';
import type { Json } from './talk';

const RENT = '/api/transactions/rent';
const CHARGE = {
  type: 'charge',
  propertyCode: '101',
  unitCode: '11',
  tenantCode: '5001',
  chargeCode: 'rent',
  amount: '1250.00',
  postMonth: '2026-12',
  transactionDate: '2026-12-01',
  reference: 'rent:L-1:2026-12',
  description: 'Rent, December 2026',
};
const PAYMENT = {
  type: 'payment',
  tenantCode: '5001',
  amount: '1000.00',
  paymentMethod: 'ACH',
  documentNumber: 'pi_1',
  transactionDate: '2026-12-02',
  reference: 'stripe:pi_1',
  comment: 'Card payment',
};

const yardi = () => new GatewayTalk(yardiGateway());
const withoutMember = (name: string): Json =>
  Object.fromEntries(Object.entries(CHARGE).filter(([each]) => each !== name));

describe('the gateway before Yardi Breeze', () => {
  it('takes a charge and a payment on one path and lists them with their balance', () => {
    const talk = yardi();
    const charge = talk.post(RENT, CHARGE);
    expect(charge).toMatchObject({ status: 201, json: { status: 'posted', reference: CHARGE.reference } });
    expect(talk.post(RENT, PAYMENT).status).toBe(201);
    const { transactions, nextPage } = talk.get(`${RENT}?from=2026-12-01&to=2026-12-31&propertyCode=101`).json;
    expect(nextPage).toBeNull();
    expect(transactions).toEqual([
      {
        ...CHARGE,
        transactionId: charge.json.transactionId,
        status: 'posted',
        balanceDue: '250.00',
        reversedTransactionId: null,
      },
      {
        ...PAYMENT,
        propertyCode: '101',
        unitCode: '11',
        transactionId: '700100002',
        status: 'posted',
        reversedTransactionId: null,
      },
    ]);
  });

  it('finds a line by its reference, and lists another property’s as none', () => {
    const talk = yardi();
    talk.post(RENT, CHARGE);
    expect(talk.get(`${RENT}?reference=${encodeURIComponent(CHARGE.reference)}`).json.transactions).toHaveLength(1);
    expect(talk.get(`${RENT}?reference=other`).json.transactions).toEqual([]);
    expect(talk.get(`${RENT}?propertyCode=102`).json.transactions).toEqual([]);
  });

  it('leads from page to page by number until there is none', () => {
    const talk = yardi();
    for (let at = 1; at <= 5; at++)
      takeGatewayPayment(talk.state, { tenant: '5001', cents: at * 100, day: `2026-12-0${at}` });
    const seen: string[] = [];
    let page: number | null = 1;
    while (page !== null) {
      const { json }: { json: Json } = talk.get(`${RENT}?page=${page}&pageSize=2`);
      seen.push(...json.transactions.map((one: Json) => one.amount));
      page = json.nextPage;
    }
    expect(seen).toEqual(['1.00', '2.00', '3.00', '4.00', '5.00']);
  });

  it('lists tenants and units of a property', () => {
    const talk = yardi();
    talk.post(RENT, CHARGE);
    const { tenants } = talk.get('/api/tenants?propertyCode=101').json;
    expect(tenants).toHaveLength(2);
    expect(tenants[0]).toMatchObject({
      tenantCode: '5001',
      unitCode: '11',
      email: 'ada@example.com',
      rent: '1250.00',
      leaseTo: '2027-02-28',
      moveOutDate: null,
      balanceDue: '1250.00',
      status: 'Current',
    });
    expect(talk.get('/api/tenants?propertyCode=102').json.tenants[0].status).toBe('Notice');
    expect(talk.get('/api/units').json.units.map((one: Json) => one.occupancyStatus)).toEqual([
      'occupied',
      'occupied',
      'occupied',
      'vacant',
    ]);
  });

  it('makes the same reference once, and refuses it for something else', () => {
    const talk = yardi();
    const first = talk.post(RENT, PAYMENT);
    expect(talk.post(RENT, PAYMENT)).toMatchObject({ status: 200, json: first.json });
    expect(talk.post(RENT, { ...PAYMENT, amount: '999.00' })).toMatchObject({
      status: 409,
      json: { message: expect.stringContaining('stripe:pi_1') },
    });
    expect(talk.state.lines).toHaveLength(1);
  });

  it('makes the same Idempotency-Key once where references do not count', () => {
    const talk = yardi();
    setUpGateway(talk.state, { once: { reference: false, key: true } });
    const key = { 'idempotency-key': 'stripe:pi_1' };
    expect(talk.post(RENT, PAYMENT, key).status).toBe(201);
    expect(talk.post(RENT, PAYMENT, key).status).toBe(200);
    expect(talk.post(RENT, { ...PAYMENT, amount: '1.00' }, key).status).toBe(422);
    expect(talk.state.lines).toHaveLength(1);
    setUpGateway(talk.state, { once: { reference: false, key: false } });
    expect(talk.post(RENT, PAYMENT, key).status).toBe(201);
    expect(talk.state.lines).toHaveLength(2);
  });

  it.each<[string, unknown, number, string]>([
    ['another tenant', { ...CHARGE, tenantCode: '9' }, 422, 'no tenant 9'],
    ['another’s unit', { ...CHARGE, unitCode: '12' }, 422, 'does not live in the unit 12'],
    ['another’s property', { ...CHARGE, propertyCode: '102' }, 422, 'property 102'],
    ['an unknown charge code', { ...CHARGE, chargeCode: 'fun' }, 422, 'charge code fun'],
    ['a number for an amount', { ...CHARGE, amount: 1250 }, 400, 'amount has to be'],
    ['one decimal', { ...CHARGE, amount: '1250.5' }, 400, 'amount has to be'],
    ['nothing', { ...CHARGE, amount: '0.00' }, 400, 'amount has to be'],
    ['a negative amount', { ...CHARGE, amount: '-1.00' }, 400, 'amount has to be'],
    ['31 November', { ...CHARGE, transactionDate: '2026-11-31' }, 400, 'transactionDate has to be'],
    ['month 13', { ...CHARGE, postMonth: '2026-13' }, 400, 'postMonth has to be'],
    ['an empty reference', { ...CHARGE, reference: '' }, 400, 'reference has to be'],
    ['a field too many', { ...CHARGE, color: 'red' }, 400, 'color is not known'],
    ['a payment’s field', { ...CHARGE, comment: 'x' }, 400, 'comment is not known'],
    ['no unit', withoutMember('unitCode'), 400, 'unitCode is missing'],
    ['another type', { ...CHARGE, type: 'refund' }, 400, 'type has to be'],
    ['another method', { ...PAYMENT, paymentMethod: 'Barter' }, 400, 'paymentMethod has to be'],
    ['a number for a comment', { ...PAYMENT, comment: 5 }, 400, 'comment has to be'],
    ['a list', [CHARGE], 400, 'no JSON object'],
  ])('refuses %s and keeps nothing', (_name, body, status, words) => {
    const talk = yardi();
    expect(talk.post(RENT, body)).toMatchObject({ status, json: { message: expect.stringContaining(words) } });
    expect(talk.state.lines).toEqual([]);
  });

  it('refuses wrong keys, paths, methods, types and parameters', () => {
    const talk = yardi();
    expect(talk.call('GET', RENT, undefined, { authorization: 'Bearer wrong' }).status).toBe(401);
    expect(talk.get('/api/transactions').status).toBe(404);
    expect(talk.call('DELETE', RENT).status).toBe(405);
    expect(talk.post('/api/tenants', {}).status).toBe(405);
    expect(talk.post(RENT, CHARGE, { 'content-type': 'text/plain' }).status).toBe(415);
    expect(talk.get(`${RENT}?since=2026-12-01`).status).toBe(400);
    expect(talk.get(`${RENT}?from=12/01/2026`).status).toBe(400);
    expect(talk.get(`${RENT}?page=0`).status).toBe(400);
    expect(talk.get(`${RENT}?pageSize=501`).status).toBe(400);
  });

  it('refuses a closed month', () => {
    const talk = yardi();
    closeGatewayMonths(talk.state, '2027-01');
    expect(talk.post(RENT, CHARGE)).toMatchObject({ status: 422, json: { message: 'The month 2026-12 is closed.' } });
  });

  it('says how long to wait when it is asked too often or is not there', () => {
    const talk = yardi();
    stopGateway(talk.state, 1, 503, 30);
    expect(talk.get(RENT)).toMatchObject({ status: 503, headers: { 'retry-after': '30' } });
    setUpGateway(talk.state, { perMinute: 2 });
    talk.get(RENT);
    talk.nowMs += 20_000;
    talk.get(RENT);
    expect(talk.get(RENT)).toMatchObject({ status: 429, headers: { 'retry-after': '40' } });
    talk.nowMs += 40_000;
    expect(talk.get(RENT).status).toBe(200);
  });

  it('shows a bounced payment as reversed, with a line that takes it back, and the charge open again', () => {
    const talk = yardi();
    talk.post(RENT, CHARGE);
    const { transactionId } = talk.post(RENT, PAYMENT).json;
    reverseGatewayLine(talk.state, transactionId, '2026-12-05');
    const [charge, payment, back] = talk.get(RENT).json.transactions;
    expect(charge.balanceDue).toBe('1250.00');
    expect(payment).toMatchObject({ status: 'reversed', amount: '1000.00' });
    expect(back).toMatchObject({ amount: '-1000.00', reversedTransactionId: transactionId, comment: 'NSF' });
  });

  it('holds what is posted in a batch until staff post it or drop it', () => {
    const talk = yardi();
    setUpGateway(talk.state, { posts: 'in a batch' });
    expect(talk.post(RENT, PAYMENT).json.status).toBe('pending');
    postGatewayBatches(talk.state);
    expect(talk.get(RENT).json.transactions[0].status).toBe('posted');
    talk.post(RENT, CHARGE);
    dropGatewayBatches(talk.state);
    expect(talk.get(RENT).json.transactions).toHaveLength(1);
  });

  it('takes a line below nothing only where it is set so', () => {
    const talk = yardi();
    talk.post(RENT, PAYMENT);
    const back = { ...PAYMENT, amount: '-1000.00', reference: 'stripe:pi_1/1' };
    expect(talk.post(RENT, back).status).toBe(400);
    setUpGateway(talk.state, { negative: true });
    expect(talk.post(RENT, back).status).toBe(201);
    expect(talk.get('/api/tenants').json.tenants[0].balanceDue).toBe('0.00');
  });

  it('shows a corrected amount', () => {
    const talk = yardi();
    const { transactionId } = talk.post(RENT, PAYMENT).json;
    correctGatewayLine(talk.state, transactionId, 90_000);
    expect(talk.get(RENT).json.transactions[0].amount).toBe('900.00');
  });

  it('takes what its operator set: names, format of days and amounts, sign, key and errors', () => {
    const talk = yardi();
    renameGatewayField(talk.state, 'amount', 'amt');
    setUpGateway(talk.state, {
      auth: { kind: 'header', name: 'X-Key', value: 'k' },
      extraHeader: { name: 'X-Site', value: '7' },
      dateFormat: 'MM/dd/yyyy',
      amountFormat: 'cents',
      signs: { charge: 1, payment: -1 },
      errors: 'errors',
    });
    const { amount, ...rest } = PAYMENT;
    const body = { ...rest, amt: -100_000, transactionDate: '12/02/2026' };
    expect(talk.post(RENT, body)).toMatchObject({ status: 403 });
    const site = { 'x-site': '7' };
    expect(talk.post(RENT, { ...body, amt: 100_000 }, site).json).toEqual({
      errors: [{ message: expect.stringContaining('amt has to be') }],
    });
    expect(talk.post(RENT, { ...body, amount }, site).status).toBe(400);
    expect(talk.post(RENT, body, site).status).toBe(201);
    const [line] = talk.call('GET', `${RENT}?from=2026-12-02`, undefined, site).json.transactions;
    expect(line).toMatchObject({ amt: -100_000, transactionDate: '12/02/2026' });
  });

  it('writes amounts as numbers and days with a time where it is set so', () => {
    const talk = yardi();
    setUpGateway(talk.state, { amountFormat: 'number', dateFormat: "yyyy-MM-dd'T'HH:mm:ss" });
    const body = { ...PAYMENT, amount: 1000.1, transactionDate: '2026-12-02T00:00:00' };
    expect(talk.post(RENT, { ...body, amount: 1000.105 }).status).toBe(400);
    expect(talk.post(RENT, body).status).toBe(201);
    expect(talk.get(RENT).json.transactions[0]).toMatchObject({
      amount: 1000.1,
      transactionDate: '2026-12-02T00:00:00',
    });
  });
});

describe('the gateway before AppFolio', () => {
  const payment = {
    occupancyId: '7001',
    tenantId: '5001',
    amount: '1250.00',
    receivedOn: '2026-12-02',
    paymentMethod: 'ACH',
    reference: 'stripe:pi_1',
    memo: 'Rent',
  };
  const charge = {
    occupancyId: '7001',
    glAccountId: '4100',
    amount: '1250.00',
    chargedOn: '2026-12-01',
    description: 'Rent',
    reference: 'rent:L-1:2026-12',
  };

  it('keeps payments and charges on paths of their own', () => {
    const talk = new GatewayTalk(appfolioGateway());
    expect(talk.post('/v1/payments', payment).status).toBe(201);
    expect(talk.post('/v1/charges', charge).status).toBe(201);
    const { data, next_page_path } = talk.get('/v1/payments?from=2026-12-01&to=2026-12-31').json;
    expect(next_page_path).toBeNull();
    expect(data).toEqual([{ ...payment, id: '700100001', status: 'posted', reversedId: null }]);
    expect(talk.get('/v1/charges').json.data).toEqual([
      { ...charge, id: '700100002', status: 'posted', amountOpen: '0.00', reversedId: null },
    ]);
  });

  it('leads on by a path and refuses a payment for another lease', () => {
    const talk = new GatewayTalk(appfolioGateway());
    for (let at = 0; at < 101; at++) takeGatewayPayment(talk.state, { tenant: '5001', cents: 100, day: '2026-12-02' });
    const { next_page_path } = talk.get('/v1/payments?from=2026-12-01').json;
    expect(next_page_path).toBe('/v1/payments?from=2026-12-01&page=2');
    expect(talk.get(next_page_path).json).toMatchObject({ data: [{ amount: '1.00' }], next_page_path: null });
    expect(talk.post('/v1/payments', { ...payment, tenantId: '5002' })).toMatchObject({
      status: 422,
      json: { errors: [{ message: 'There is no tenant 5002.' }] },
    });
    expect(talk.get('/v1/tenants').status).toBe(404);
  });
});

describe('the gateway before Rent Manager', () => {
  const rent = '/api/v2/transactions/rent';
  const payment = {
    type: 'payment',
    tenantId: 5001,
    amount: '1250.00',
    date: '2026-12-02',
    reference: 'stripe:pi_1',
    comment: 'Rent',
  };

  it('has numbers for ids and says how many pages there are', () => {
    const talk = new GatewayTalk(rentmanagerGateway());
    expect(talk.post(rent, payment)).toMatchObject({ status: 201, json: { id: 700100001, status: 'posted' } });
    const charge = { ...payment, type: 'charge', unitId: 11, propertyId: 101, chargeTypeId: 2, reference: 'rent:1' };
    expect(talk.post(rent, charge).status).toBe(201);
    expect(talk.get(`${rent}?since=2026-12-01&page=1&pageSize=1`).json).toEqual({
      data: [{ ...payment, id: 700100001, unitId: 11, propertyId: 101, status: 'posted', reversesId: null }],
      page: 1,
      totalPages: 2,
    });
    expect(talk.get(`${rent}?page=2&pageSize=1`).json.data[0]).toMatchObject({ chargeTypeId: 2, balance: '0.00' });
  });

  it('refuses text for an id, and a wrong token in its header', () => {
    const talk = new GatewayTalk(rentmanagerGateway());
    expect(talk.post(rent, { ...payment, tenantId: '5001' }).status).toBe(422);
    expect(talk.post(rent, payment, { 'x-rm12api-apitoken': 'old' })).toMatchObject({
      status: 401,
      json: { error: 'The credentials are not valid.' },
    });
  });
});
