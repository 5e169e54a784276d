/** Square's lists and their watermarks, hints, and what Square refuses. */
import { disputeSquarePayment, refundSquarePayment } from '../../local/vendors/square/people';
import type { Account, Flow } from '../../src/connectors/connector';
import { square } from '../../src/connectors/square';
import { ACCOUNT, atSquare, DAY, EAST, MAIN, Merchant, MINUTE, paidOrder } from './square-world';

describe('locations', () => {
  it('are read side by side, with refunds and disputes, in one wave', () => {
    const one = new Merchant();
    const ids = [MAIN, EAST].map((location) => paidOrder(one.state, { amountCents: 5, atMs: one.nowMs, location }));
    one.pass(MINUTE);
    const { payments, pulls } = one.drain();
    expect([[...payments.keys()].sort(), pulls]).toEqual([[...ids].sort(), 1]);
  });

  it('a new one is found within a day, and read from the first day of the books', () => {
    const one = new Merchant();
    one.drain();
    one.state.locations.push({ ...(one.state.locations[0] as never as object), id: 'LNEW' } as never);
    const id = paidOrder(one.state, { amountCents: 5, atMs: one.nowMs + MINUTE, location: 'LNEW' });
    one.pass(DAY / 2);
    expect(one.drain().payments.has(id)).toBe(false);
    one.pass(DAY / 2);
    expect(one.drain().payments.has(id)).toBe(true);
  });

  it('one that cannot be read is a fault of its own, and loses nothing', () => {
    const one = new Merchant();
    const ids = [MAIN, EAST].map((location) => paidOrder(one.state, { amountCents: 5, atMs: one.nowMs, location }));
    one.pass(10 * MINUTE);
    const errors = [{ category: 'INVALID_REQUEST_ERROR', code: 'INVALID_LOCATION', detail: 'Not now.' }];
    one.between = ({ url }, reply) =>
      url.includes(`location_id=${EAST}`) ? { status: 400, headers: {}, body: JSON.stringify({ errors }) } : reply();
    const first = one.drain();
    expect([...first.payments.keys()]).toEqual([ids[0]]);
    expect(first.faults).toMatchObject([{ about: EAST, fault: { fault: 'rejected', code: 'INVALID_LOCATION' } }]);
    one.between = (_, reply) => reply();
    one.pass(2 * DAY);
    expect([...one.drain().payments.keys()]).toContain(ids[1]);
  });

  it('a page token that Square has forgotten begins the list anew', () => {
    const one = new Merchant();
    for (let at = 0; at < 150; at++) paidOrder(one.state, { amountCents: 100 + at, atMs: one.nowMs + at * 20_000 });
    one.pass(DAY);
    const pull = square.receipts?.pull.bind(square.receipts);
    const context = { since: (one.nowMs - 9 * DAY) as never, now: one.nowMs as never, account: ACCOUNT };
    const first = one.run((pull as NonNullable<typeof pull>)(undefined, context));
    if ('fault' in first) throw new Error(JSON.stringify(first.fault));
    one.feed = first.value.state;
    expect(first.value.more).toBe(true);
    one.pass(3 * DAY);
    expect(one.drain().payments.size).toBe(150);
  });
});

describe('a hint', () => {
  const world = () => {
    const one = new Merchant();
    const id = paidOrder(one.state, { lease: 'L-1', amountCents: 90_000, atMs: one.nowMs });
    const refund = refundSquarePayment(one.state, id, 10, one.nowMs);
    one.pass(MINUTE);
    const dispute = disputeSquarePayment(one.state, id, 20, one.nowMs);
    return { one, payment: id, refund, dispute };
  };
  const hinted = (one: Merchant, type: string, id: string, account: Account = ACCOUNT) => {
    const hint = { type, merchant_id: 'MLRENTLEDGER1', event_id: 'e', data: { id, object: { lies: true } } };
    const flow = square.receipts?.byHint?.(hint, account);
    return flow && one.run(flow);
  };

  it.each([
    ['payment.created', 'payment'],
    ['payment.updated', 'payment'],
    ['refund.updated', 'refund'],
    ['dispute.state.updated', 'dispute'],
  ] as const)('%s reads the whole payment again', (type, kind) => {
    const here = world();
    expect(hinted(here.one, type, here[kind])).toMatchObject({
      value: [{ externalId: here.payment, leaseRef: 'L-1', reversals: [{ amountCents: 10 }, { amountCents: 20 }] }],
    });
  });

  it.each([
    ['of another kind', 'invoice.published', 'inv', ACCOUNT],
    ['with an id that is none', 'payment.updated', '../v2/locations', ACCOUNT],
    ['of another merchant', 'payment.updated', 'PAY1', { ...ACCOUNT, MERCHANT: 'MLOTHER' }],
  ])('%s is nobody’s', (_, type, id, account) => {
    expect(hinted(new Merchant(), type, id, account)).toBeUndefined();
  });

  it.each(['payment.updated', 'refund.updated', 'dispute.created'])('%s of what is not there finds nothing', (type) => {
    expect(hinted(new Merchant(), type, 'NOBODY')).toEqual({ value: [] });
  });
});

describe('what Square refuses', () => {
  it.each([
    [
      'a token that was taken back',
      (one: Merchant) => Object.assign(one.state.tokens[1] as object, { isRevoked: true }),
      'auth',
      'ACCESS_TOKEN_REVOKED',
    ],
    [
      'a token that has expired',
      (one: Merchant) => Object.assign(one.state.tokens[1] as object, { untilMs: 1 }),
      'auth',
      'ACCESS_TOKEN_EXPIRED',
    ],
    [
      'a token that may not',
      (one: Merchant) => Object.assign(one.state.tokens[1] as object, { scopes: ['MERCHANT_PROFILE_READ'] }),
      'auth',
      'INSUFFICIENT_SCOPES',
    ],
    [
      'too many calls',
      (one: Merchant) => Object.assign(one.state, { callsMs: Array.from({ length: 100 }, () => one.nowMs) }),
      'busy',
      'RATE_LIMITED',
    ],
  ])('%s', (_, deed, fault, code) => {
    const one = new Merchant();
    deed(one);
    const context = { since: 0 as never, now: one.nowMs as never, account: ACCOUNT };
    expect(one.run(square.receipts?.pull(undefined, context) as Flow<unknown>)).toMatchObject({
      fault: { fault, code },
    });
  });

  it.each([
    [500, 'API_ERROR', 'INTERNAL_SERVER_ERROR', 'down'],
    [200, 'API_ERROR', 'TEMPORARY_ERROR', 'down'],
    [200, 'INVALID_REQUEST_ERROR', 'BAD_REQUEST', 'rejected'],
    [400, 'INVALID_REQUEST_ERROR', 'CUSTOMER_NOT_FOUND', 'missing'],
    [402, 'PAYMENT_METHOD_ERROR', 'CARD_DECLINED', 'rejected'],
  ])('%i %s %s is %s', (status, category, code, fault) => {
    const body = JSON.stringify({ errors: [{ category, code, detail: 'Told so.', field: 'a.b' }] });
    expect(square.fault({ status, headers: {}, body })).toMatchObject({
      fault,
      code,
      message: expect.stringContaining('Told so. at a.b'),
    });
  });

  it('a good answer with a declined card inside is good, and 429 in other words is busy', () => {
    const body = JSON.stringify({ payments: [{ id: 'p', card_details: { errors: [{ code: 'CARD_DECLINED' }] } }] });
    expect(square.fault({ status: 200, headers: {}, body })).toBeUndefined();
    const other = JSON.stringify({ message: 'quota exceeded', type: 'too_many_requests' });
    expect(square.fault({ status: 429, headers: {}, body: other })).toMatchObject({ fault: 'busy' });
    expect(square.fault({ status: 503, headers: {}, body: '<html>' })).toMatchObject({ fault: 'down' });
  });

  it('a token that cannot be one is not sent', () => {
    const request = { method: 'GET' as const, url: 'https://connect.squareup.com/v2/locations', headers: {} };
    expect(() => square.sign(request, { SQUARE_ACCESS_TOKEN: 'oops' })).toThrow('Connect Square again');
    expect(atSquare(new Merchant().state, 'GET', '/v2/locations', undefined, 0).status).toBe(200);
  });
});
