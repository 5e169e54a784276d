/** What is particular to Square's receipts feed: states, reversals, locations, orders and customers behind a payment, hints. */
import {
  disputeSquarePayment,
  failSquareRefund,
  moveSquareDispute,
  paySquareInvoice,
  refundSquarePayment,
  returnSquareDebit,
  takeSquarePayment,
} from '../../local/vendors/square/people';
import type { Flow } from '../../src/connectors/connector';
import { square } from '../../src/connectors/square';
import type { PaymentSeen } from '../../src/domain/book';
import { ACCOUNT, act, DAY, idIn, Merchant, MINUTE, OFFER, paidOrder } from './square-world';

const usd = (amount: number) => ({ amount, currency: 'USD' });

/** One payment of lease L-1, and the merchant after something was done to it. */
function told(deed: (one: Merchant, id: string) => void, source?: string): PaymentSeen | undefined {
  const one = new Merchant();
  const paid = { lease: 'L-1', amountCents: 100_000, atMs: one.nowMs };
  const id = paidOrder(one.state, source ? { ...paid, source } : paid);
  one.pass(MINUTE);
  deed(one, id);
  one.pass(5 * MINUTE);
  return one.drain().payments.get(id);
}

const set = (status: string) => (one: Merchant, id: string) => {
  const payment = one.state.payments[id];
  if (payment) payment.status = status;
};

describe('the test call', () => {
  it('tells the merchant, its mode and its open locations', () => {
    expect(new Merchant().run(square.test?.(ACCOUNT) as Flow<unknown>)).toEqual({
      value: { name: 'Maple Court Rentals', mode: 'sandbox', found: { ...ACCOUNT, SQUARE_MODE: undefined } },
    });
  });

  it('asks the live host where live is chosen, and a sandbox token is refused there', () => {
    const result = new Merchant().run(square.test?.({ SQUARE_MODE: 'live' }) as Flow<unknown>);
    expect(result).toMatchObject({ fault: { fault: 'auth', code: 'UNAUTHORIZED' } });
  });

  it('says so when no location is open', () => {
    const one = new Merchant();
    for (const location of one.state.locations) location.status = 'INACTIVE';
    const result = one.run(square.test?.(ACCOUNT) as Flow<unknown>);
    expect(result).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining('no active location') },
    });
  });
});

describe('a payment', () => {
  it.each([
    ['COMPLETED', 'settled'],
    ['PENDING', 'pending'],
    ['FAILED', 'failed'],
    ['CANCELED', 'failed'],
    ['APPROVED', undefined],
  ])('that is %s is %s', (status, state) => {
    expect(told(set(status))?.state).toBe(state);
  });

  it('by card is settled at its capture, and gets its fee when Square has assessed it', () => {
    expect(told(() => undefined)).toMatchObject({ settledAt: told(() => undefined)?.initiatedAt });
    expect(told(() => undefined)?.feeCents).toBeUndefined();
    expect(told((one) => one.pass(2 * 60 * MINUTE))?.feeCents).toBe(2_930);
  });

  it('by bank is pending, then settled on the day on which it went through', () => {
    const debit = 'bnon:bank-nonce-ok';
    expect(told(() => undefined, debit)).toMatchObject({ state: 'pending', settledAt: undefined });
    const settled = told((one) => one.pass(5 * DAY), debit);
    expect(settled).toMatchObject({ state: 'settled', feeCents: 1_000 });
    expect((settled?.settledAt ?? 0) - (settled?.initiatedAt ?? 0)).toBe(4 * DAY);
  });

  it('by bank that comes back says why', () => {
    const debit = 'bnon:bank-nonce-ok';
    const seen = told((one, id) => returnSquareDebit(one.state, id, 'INSUFFICIENT_FUNDS', one.nowMs), debit);
    expect(seen).toMatchObject({ state: 'failed', failure: 'INSUFFICIENT_FUNDS: The bank returned the debit.' });
  });

  it('that was declined says why', () => {
    const one = new Merchant();
    const source = 'cnon:card-nonce-declined';
    const id = takeSquarePayment(one.state, { source_id: source, amount_money: usd(900) }, one.nowMs);
    one.pass(MINUTE);
    const seen = one.drain().payments.get(id);
    expect(seen).toMatchObject({ state: 'failed', failure: 'GENERIC_DECLINE: Authorization error.' });
  });

  it('with a tip is all that was paid', () => {
    const seen = told((one, id) => {
      const payment = one.state.payments[id];
      if (payment) Object.assign(payment, { tip_money: usd(500), total_money: usd(100_500) });
    });
    expect(seen?.amountCents).toBe(100_500);
  });

  it('that is older than the books is not told', () => {
    const one = new Merchant();
    const id = paidOrder(one.state, { amountCents: 5, atMs: one.nowMs - 3 * DAY });
    refundSquarePayment(one.state, id, 5, one.nowMs);
    one.pass(MINUTE);
    expect(one.drain(one.nowMs - DAY)).toMatchObject({ payments: new Map(), faults: [] });
  });
});

describe('money that went back', () => {
  it('in part, and again, is told with the payment each time', () => {
    const seen = told((one, id) => {
      refundSquarePayment(one.state, id, 30_000, one.nowMs);
      one.pass(MINUTE);
      refundSquarePayment(one.state, id, 20_000, one.nowMs);
    });
    expect(seen?.reversals).toMatchObject([
      { reason: 'refunded', state: 'final', amountCents: 30_000, detail: 'refund completed: Overpaid' },
      { reason: 'refunded', state: 'final', amountCents: 20_000 },
    ]);
    expect(new Set(seen?.reversals.map(({ key }) => key)).size).toBe(2);
  });

  it('but did not arrive is there again', () => {
    const seen = told((one, id) => {
      failSquareRefund(one.state, refundSquarePayment(one.state, id, 30_000, one.nowMs), one.nowMs);
    });
    expect(seen).toMatchObject({ state: 'settled', reversals: [] });
  });

  it.each([
    ['INQUIRY_EVIDENCE_REQUIRED', undefined],
    ['INQUIRY_PROCESSING', undefined],
    ['INQUIRY_CLOSED', undefined],
    ['EVIDENCE_REQUIRED', 'open'],
    ['PROCESSING', 'open'],
    ['WON', 'won'],
    ['LOST', 'lost'],
    ['ACCEPTED', 'lost'],
  ])('a dispute that is %s is %s', (to, state) => {
    const seen = told((one, id) => {
      const dispute = disputeSquarePayment(one.state, id, 60_000, one.nowMs);
      moveSquareDispute(one.state, dispute, to, one.nowMs);
    });
    expect(seen?.reversals.map((each) => [each.reason, each.state, each.amountCents])).toEqual(
      state === undefined ? [] : [['disputed', state, 60_000]],
    );
  });

  it('the dispute of a bank debit is a return', () => {
    const seen = told((one, id) => {
      one.pass(5 * DAY);
      disputeSquarePayment(one.state, id, 100_000, one.nowMs);
    }, 'bnon:bank-nonce-ok');
    expect(seen?.reversals).toMatchObject([{ reason: 'returned', state: 'final', amountCents: 100_000 }]);
  });

  it.each([
    ['a refund', (one: Merchant, id: string) => refundSquarePayment(one.state, id, 5, one.nowMs)],
    ['a dispute', (one: Merchant, id: string) => disputeSquarePayment(one.state, id, 5, one.nowMs)],
  ])('%s long after the payment brings the payment again', (_, deed) => {
    const one = new Merchant();
    const id = paidOrder(one.state, { lease: 'L-1', amountCents: 90_000, atMs: one.nowMs });
    one.pass(MINUTE);
    one.drain();
    one.pass(40 * DAY);
    deed(one, id);
    one.pass(MINUTE);
    const { payments } = one.drain();
    expect([...payments.values()]).toMatchObject([
      { externalId: id, leaseRef: 'L-1', reversals: [{ amountCents: 5 }] },
    ]);
  });

  it('a dispute stands on any page of the list', () => {
    const one = new Merchant();
    const ids = Array.from({ length: 60 }, (_, at) =>
      paidOrder(one.state, { amountCents: 100 + at, atMs: one.nowMs + at * 1000 }),
    );
    for (const [at, id] of ids.entries()) disputeSquarePayment(one.state, id, 7, one.nowMs + 100_000 + at * 1000);
    one.pass(10 * MINUTE);
    expect([...one.drain().payments.values()].filter(({ reversals }) => reversals.length === 1)).toHaveLength(60);
  });

  it.each([
    [
      'refund',
      (one: Merchant, id: string) =>
        Object.assign(one.state.refunds[refundSquarePayment(one.state, id, 5, one.nowMs)] as object, {
          status: 'LIMBO',
        }),
    ],
    [
      'dispute',
      (one: Merchant, id: string) =>
        moveSquareDispute(one.state, disputeSquarePayment(one.state, id, 5, one.nowMs), 'LIMBO', one.nowMs),
    ],
  ])('a %s in a state that nobody has documented keeps the payment back by name', (_, deed) => {
    const one = new Merchant();
    const [bad, well] = [1, 2].map((at) => paidOrder(one.state, { amountCents: 100 * at, atMs: one.nowMs }));
    one.pass(MINUTE);
    deed(one, bad ?? '');
    const { payments, faults } = one.drain();
    expect([...payments.keys()]).toEqual([well]);
    expect(new Set(faults.map(({ about, fault }) => `${about} ${fault.fault}`))).toEqual(new Set([`${bad} malformed`]));
  });
});

describe('whose a payment is', () => {
  it('is told by the invoice that it pays', () => {
    const one = new Merchant();
    const id = paySquareInvoice(one.state, idIn(one.effect('invoice', OFFER)), 'card', one.nowMs);
    one.pass(MINUTE);
    expect(one.drain().payments.get(id)).toMatchObject({
      key: `square:${id}`,
      leaseRef: 'L-1',
      invoice: 'RL-0123456789',
      customer: 'CUST000000000001',
    });
  });

  it('is told by the customer where the order is silent', () => {
    const one = new Merchant();
    const who = { given_name: 'Ann', family_name: 'Lee', email_address: 'ann@example.com', reference_id: 'L-4' };
    const { customer } = act<{ customer: { id: string } }>(one.state, 'POST', '/v2/customers', who, one.nowMs);
    const wish = { source_id: 'CASH', amount_money: usd(700), customer_id: customer.id, note: 'December' };
    const id = takeSquarePayment(one.state, wish, one.nowMs);
    one.pass(MINUTE);
    expect(one.drain().payments.get(id)).toMatchObject({
      leaseRef: 'L-4',
      payerName: 'Ann Lee',
      payerEmail: 'ann@example.com',
      memo: 'December',
    });
  });

  it('is told without its order when that is gone', () => {
    const one = new Merchant();
    const id = paidOrder(one.state, { lease: 'L-1', amountCents: 5, atMs: one.nowMs });
    one.state.orders = {};
    one.pass(MINUTE);
    const { payments, faults } = one.drain();
    expect([payments.get(id)?.leaseRef, faults]).toEqual([undefined, []]);
  });

  it('a reference that another program gave is evidence, no lease', () => {
    const one = new Merchant();
    const wish = { source_id: 'CASH', amount_money: usd(700), reference_id: 'ticket 8' };
    const id = takeSquarePayment(one.state, wish, one.nowMs);
    one.pass(MINUTE);
    expect(one.drain().payments.get(id)).toMatchObject({ leaseRef: undefined, memo: 'ticket 8' });
  });

  it('orders of many payments are read with one search', () => {
    const one = new Merchant();
    for (let at = 0; at < 20; at++) paidOrder(one.state, { lease: 'L-1', amountCents: 5, atMs: one.nowMs + at });
    one.pass(MINUTE);
    one.drain();
    const asked = one.sent.filter(({ url }) => url.includes('/v2/orders'));
    expect(asked.map(({ method, reads }) => [method, reads])).toEqual([['POST', true]]);
  });
});
