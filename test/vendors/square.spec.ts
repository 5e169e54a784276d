/** The Square sandbox as an account of its own: money moves right, lists keep their order, and what Square refuses is refused. */
import {
  disputeSquarePayment,
  failSquareRefund,
  paySquareInvoice,
  paySquareLink,
  refundSquarePayment,
  returnSquareDebit,
} from '../../local/vendors/square/people';
import type { Payment } from '../../local/vendors/square/state';
import {
  act,
  atSquare,
  DAY,
  draftInvoice,
  MAIN,
  Merchant,
  MINUTE,
  orderFor,
  paidOrder,
} from '../connectors/square-world';

interface Shown {
  readonly payments?: readonly { readonly id: string }[];
  readonly cursor?: string;
}

const published = (one: Merchant, number = 'RL-1', more: object = {}): string => {
  const id = draftInvoice(one.state, number, one.nowMs, more);
  act(one.state, 'POST', `/v2/invoices/${id}/publish`, { version: 0 }, one.nowMs);
  return id;
};
const invoice = (one: Merchant, id: string) => one.state.invoices[id];

describe('money at Square', () => {
  it('closes the order and pays the invoice by card at once', () => {
    const one = new Merchant();
    const id = published(one);
    const payment = one.state.payments[paySquareInvoice(one.state, id, 'card', one.nowMs)];
    expect(payment).toMatchObject({ status: 'COMPLETED', amount_money: { amount: 90_000 } });
    expect(invoice(one, id)).toMatchObject({
      status: 'PAID',
      payment_requests: [{ total_completed_amount_money: { amount: 90_000 } }],
    });
    expect(one.state.orders[payment?.order_id ?? '']).toMatchObject({
      state: 'COMPLETED',
      net_amount_due_money: { amount: 0 },
      closed_at: payment?.updated_at,
    });
  });

  it('by bank is pending for days, then there, and a late return opens the invoice again', () => {
    const one = new Merchant();
    const id = published(one);
    const debit = paySquareInvoice(one.state, id, 'bank', one.nowMs);
    const states = () => [one.state.payments[debit]?.status, invoice(one, id)?.status];
    expect(states()).toEqual(['PENDING', 'PAYMENT_PENDING']);
    one.pass(5 * DAY);
    act(one.state, 'GET', '/v2/locations', undefined, one.nowMs);
    expect(states()).toEqual(['COMPLETED', 'PAID']);
    returnSquareDebit(one.state, debit, 'INSUFFICIENT_FUNDS', one.nowMs);
    expect(states()).toEqual(['FAILED', 'UNPAID']);
    expect(one.state.orders[one.state.payments[debit]?.order_id ?? '']?.state).toBe('OPEN');
    paySquareInvoice(one.state, id, 'card', one.nowMs);
    expect(invoice(one, id)?.status).toBe('PAID');
  });

  it('that is declined leaves the invoice open', () => {
    const one = new Merchant();
    const id = published(one);
    const failed = paySquareInvoice(one.state, id, 'declined', one.nowMs);
    expect([one.state.payments[failed]?.status, invoice(one, id)?.status]).toEqual(['FAILED', 'UNPAID']);
  });

  it('goes back in parts, never more than came, and a failed refund stays', () => {
    const one = new Merchant();
    const id = published(one);
    const payment = paySquareInvoice(one.state, id, 'card', one.nowMs);
    refundSquarePayment(one.state, payment, 30_000, one.nowMs);
    expect(invoice(one, id)?.status).toBe('PARTIALLY_REFUNDED');
    expect(() => refundSquarePayment(one.state, payment, 60_001, one.nowMs)).toThrow();
    const rest = refundSquarePayment(one.state, payment, 60_000, one.nowMs);
    expect(invoice(one, id)?.status).toBe('REFUNDED');
    failSquareRefund(one.state, rest, one.nowMs);
    expect(invoice(one, id)?.status).toBe('PARTIALLY_REFUNDED');
    expect(one.state.payments[payment]?.refunded_money).toEqual({ amount: 30_000, currency: 'USD' });
  });

  it.each([
    ['CARD', 'cnon:card-nonce-ok', 100_000, 2_930],
    ['BANK_ACCOUNT', 'bnon:bank-nonce-ok', 100_000, 1_000],
    ['BANK_ACCOUNT', 'bnon:bank-nonce-ok', 5_000, 100],
    ['CASH', 'CASH', 100_000, undefined],
  ])('by %s (%s) of %i cents costs %p', (type, source, amountCents, fee) => {
    const one = new Merchant();
    const id = paidOrder(one.state, { amountCents, atMs: one.nowMs, source });
    one.pass(5 * DAY);
    act(one.state, 'GET', '/v2/locations', undefined, one.nowMs);
    const { processing_fee: fees, source_type } = one.state.payments[id] as Payment;
    expect(source_type).toBe(type);
    expect((fees as { amount_money: { amount: number } }[] | undefined)?.[0]?.amount_money.amount).toBe(fee);
  });

  it('on a pay link is paid once', () => {
    const one = new Merchant();
    const price_money = { amount: 7_000, currency: 'USD' };
    const quick_pay = { name: 'Rent', price_money, location_id: MAIN };
    const path = '/v2/online-checkout/payment-links';
    const { payment_link: link } = act<{ payment_link: { id: string } }>(
      one.state,
      'POST',
      path,
      { quick_pay },
      one.nowMs,
    );
    paySquareLink(one.state, link.id, 'card', one.nowMs);
    expect(() => paySquareLink(one.state, link.id, 'card', one.nowMs)).toThrow();
  });
});

describe('lists of Square', () => {
  it('show the main location where none is named', () => {
    const one = new Merchant();
    paidOrder(one.state, { amountCents: 5, atMs: one.nowMs, location: 'LEAST00000002' });
    one.pass(MINUTE);
    expect(act(one.state, 'GET', '/v2/payments', undefined, one.nowMs)).toEqual({});
    const east = act<Shown>(one.state, 'GET', '/v2/payments?location_id=LEAST00000002', undefined, one.nowMs);
    expect(east.payments).toHaveLength(1);
  });

  it('show what is new some seconds late, and nothing that was made more than a year ago', () => {
    const one = new Merchant();
    paidOrder(one.state, { amountCents: 5, atMs: one.nowMs });
    const shown = (nowMs: number) => act<Shown>(one.state, 'GET', '/v2/payments', undefined, nowMs).payments?.length;
    expect([0, 4000, 366 * DAY].map((ms) => shown(one.nowMs + ms))).toEqual([undefined, 1, undefined]);
  });

  it('go on by a cursor that is good for one query', () => {
    const one = new Merchant();
    for (let at = 0; at < 5; at++) paidOrder(one.state, { amountCents: 100 + at, atMs: one.nowMs + at * 1000 });
    one.pass(MINUTE);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const query = `?limit=2&sort_order=ASC${cursor ? `&cursor=${cursor}` : ''}`;
      const shown = act<Shown>(one.state, 'GET', `/v2/payments${query}`, undefined, one.nowMs);
      ids.push(...(shown.payments ?? []).map(({ id }) => id));
      cursor = shown.cursor;
      if (ids.length === 2) {
        const other = atSquare(one.state, 'GET', `/v2/payments?limit=3&cursor=${cursor}`, undefined, one.nowMs);
        expect([other.status, other.body]).toEqual([400, expect.stringContaining('INVALID_CURSOR')]);
      }
    } while (cursor);
    expect(ids).toEqual(Object.keys(one.state.payments));
  });

  it('of orders sort by the time that they are filtered by', () => {
    const one = new Merchant();
    paidOrder(one.state, { amountCents: 100, atMs: one.nowMs });
    orderFor(one.state, { amountCents: 100, atMs: one.nowMs });
    one.pass(MINUTE);
    const filter = { date_time_filter: { closed_at: { start_at: '2026-12-01T00:00:00Z' } } };
    const search = (query: object) =>
      atSquare(one.state, 'POST', '/v2/orders/search', { location_ids: [MAIN], query }, one.nowMs);
    expect(JSON.parse(search({ filter, sort: { sort_field: 'CLOSED_AT' } }).body)).toMatchObject({
      orders: [{ state: 'COMPLETED' }],
    });
    expect(search({ filter, sort: { sort_field: 'CREATED_AT' } }).status).toBe(400);
  });

  it('of disputes filter by states that there are', () => {
    const one = new Merchant();
    disputeSquarePayment(one.state, paidOrder(one.state, { amountCents: 100, atMs: one.nowMs }), 50, one.nowMs);
    const listed = (states: string) =>
      atSquare(one.state, 'GET', `/v2/disputes?states=${states}`, undefined, one.nowMs);
    expect(JSON.parse(listed('EVIDENCE_REQUIRED').body)).toMatchObject({
      disputes: [{ amount_money: { amount: 50 } }],
    });
    expect(listed('WON').body).toBe('{}');
    expect(listed('OPEN').body).toContain('INVALID_ENUM_VALUE');
  });
});

describe('Square refuses', () => {
  const terms = (more: object) => ({
    payment_requests: [{ request_type: 'BALANCE', due_date: '2026-12-31', ...more }],
  });

  it.each([
    ['a due date that is over', terms({ due_date: '2026-12-01' }), /due date is over/],
    ['a saved bank account', terms({ automatic_payment_source: 'BANK_ON_FILE' }), /BANK_ON_FILE/],
    [
      'a saved card that is none',
      terms({ automatic_payment_source: 'CARD_ON_FILE', card_id: 'ccof:x' }),
      /not on file/,
    ],
    ['instalments', terms({ request_type: 'INSTALLMENT' }), /Invoices Plus/],
    ['a day to send that is over', { scheduled_at: '2026-11-01T00:00:00Z' }, /scheduled_at/],
    ['a day to send after the due date', { scheduled_at: '2027-01-09T00:00:00Z' }, /scheduled_at/],
    ['no way to pay', { accepted_payment_methods: { card: false } }, /payment method/],
    ['an order that is not open', { order_id: 'OR000000000001' }, /OPEN/],
    ['a member that nobody knows', { colour: 'red' }, /UNKNOWN_BODY_PARAMETER/],
  ])('an invoice with %s', (_, more, says) => {
    const one = new Merchant();
    paidOrder(one.state, { amountCents: 100, atMs: one.nowMs - MINUTE });
    expect(() => draftInvoice(one.state, 'RL-1', one.nowMs, more)).toThrow(says);
  });

  it('a number twice at a location', () => {
    const one = new Merchant();
    draftInvoice(one.state, 'RL-1', one.nowMs);
    expect(() => draftInvoice(one.state, 'RL-1', one.nowMs)).toThrow(/number is in use/);
  });

  it('to publish by mail to nobody, and by another version than the current one', () => {
    const one = new Merchant();
    const id = draftInvoice(one.state, 'RL-1', one.nowMs);
    const publish = (version: number) =>
      atSquare(one.state, 'POST', `/v2/invoices/${id}/publish`, { version }, one.nowMs);
    expect(publish(3).body).toContain('VERSION_MISMATCH');
    for (const customer of Object.values(one.state.customers)) delete customer.email_address;
    expect(publish(0).body).toContain('CUSTOMER_MISSING_EMAIL');
  });

  it.each(['PAID', 'REFUNDED', 'CANCELED', 'FAILED', 'DRAFT'])('to cancel an invoice that is %s', (status) => {
    const one = new Merchant();
    const id = published(one);
    Object.assign(invoice(one, id) as object, { status });
    const reply = atSquare(one.state, 'POST', `/v2/invoices/${id}/cancel`, { version: 1 }, one.nowMs);
    expect([reply.status, reply.body]).toEqual([400, expect.stringContaining('cannot be canceled')]);
  });

  it('to delete what has gone out', () => {
    const one = new Merchant();
    const id = published(one);
    expect(atSquare(one.state, 'DELETE', `/v2/invoices/${id}?version=1`, undefined, one.nowMs).status).toBe(400);
  });

  it('a body with a key that it knows for another', () => {
    const one = new Merchant();
    const order = { location_id: MAIN, line_items: [] };
    const send = (more: object) =>
      atSquare(one.state, 'POST', '/v2/orders', { idempotency_key: 'k', order: { ...order, ...more } }, one.nowMs);
    expect(send({}).body).toBe(send({}).body);
    expect(send({ reference_id: 'x' }).body).toContain('IDEMPOTENCY_KEY_REUSED');
  });

  it.each([
    [
      'an amount that the order does not need',
      { amountCents: 5, more: { amount_money: { amount: 6, currency: 'USD' } } },
      /PAYMENT_AMOUNT_MISMATCH/,
    ],
    [
      'another currency',
      { amountCents: 5, more: { amount_money: { amount: 5, currency: 'EUR' } } },
      /CURRENCY_MISMATCH/,
    ],
    ['an unknown source', { amountCents: 5, source: 'cnon:stranger' }, /NOT_FOUND/],
    ['a key that is too long', { amountCents: 5, more: { idempotency_key: 'k'.repeat(46) } }, /INVALID_VALUE/],
    ['an unknown location', { amountCents: 5, location: 'LNONE' }, /INVALID_LOCATION/],
  ])('a payment with %s', (_, paid, says) => {
    const one = new Merchant();
    expect(() => paidOrder(one.state, { atMs: one.nowMs, ...paid })).toThrow(says);
  });
});
