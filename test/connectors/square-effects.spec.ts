/** What we ask Square to do: invoices. */
import { paySquareInvoice, refundSquarePayment } from '../../local/vendors/square/people';
import type { Invoice } from '../../local/vendors/square/state';
import { act, DAY, idIn, Merchant, MINUTE, OFFER } from './square-world';

const invoicesOf = (one: Merchant): Invoice[] => Object.values(one.state.invoices);
const onlyInvoice = (one: Merchant): Invoice => {
  const [invoice, ...more] = invoicesOf(one);
  if (!invoice || more.length > 0) throw new Error(`${invoicesOf(one).length} invoices`);
  return invoice;
};

/** A customer whom somebody else has made. */
function customer(one: Merchant, more: object): string {
  const body = { given_name: 'Ann Lee', ...more };
  const made = act<{ customer: { id: string } }>(one.state, 'POST', '/v2/customers', body, one.nowMs - MINUTE);
  return made.customer.id;
}

function cardOf(one: Merchant, customer_id: string, source_id = 'cnon:card-nonce-ok'): string {
  const body = { idempotency_key: 'card', source_id, card: { customer_id } };
  return act<{ card: { id: string } }>(one.state, 'POST', '/v2/cards', body, one.nowMs).card.id;
}

describe('an invoice', () => {
  it('is made for a new customer, goes out by mail, and its reference holds its page', () => {
    const one = new Merchant();
    const ref = one.effect('invoice', OFFER);
    const invoice = onlyInvoice(one);
    expect(ref).toBe(`${invoice.id} ${invoice.public_url}`);
    expect(invoice).toMatchObject({
      status: 'UNPAID',
      invoice_number: 'RL-0123456789',
      delivery_method: 'EMAIL',
      payment_requests: [
        { due_date: '2026-12-05', automatic_payment_source: 'NONE', computed_amount_money: { amount: 150_000 } },
      ],
      accepted_payment_methods: { card: true, bank_account: true },
      store_payment_method_enabled: true,
    });
    expect(one.state.customers[invoice.primary_recipient.customer_id]).toMatchObject({
      reference_id: 'L-1',
      email_address: 'ann@example.com',
    });
    expect(one.state.orders[invoice.order_id]).toMatchObject({
      reference_id: 'RL-0123456789',
      metadata: { lease_id: 'L-1', invoice: 'RL-0123456789', effect: expect.stringMatching(/^\w{20}$/) },
    });
  });

  it('takes the customer whose reference is the lease', () => {
    const one = new Merchant();
    const id = customer(one, { reference_id: 'L-1', email_address: 'ann@example.com' });
    one.effect('invoice', OFFER);
    expect(onlyInvoice(one).primary_recipient.customer_id).toBe(id);
    expect(Object.keys(one.state.customers)).toEqual([id]);
  });

  it('takes the customer on the Links tab without asking', () => {
    const one = new Merchant();
    const id = customer(one, { email_address: 'x@example.com' });
    one.effect('invoice', { ...OFFER, customer: id });
    expect(onlyInvoice(one).primary_recipient.customer_id).toBe(id);
    expect(one.sent.filter(({ url }) => url.includes('/customers'))).toEqual([]);
  });

  it('of a customer without an address is not mailed: its page is in the reference', () => {
    const one = new Merchant();
    customer(one, { reference_id: 'L-1' });
    expect(one.effect('invoice', OFFER)).toMatch(/^inv:\S+ https:/);
    expect(onlyInvoice(one).delivery_method).toBe('SHARE_MANUALLY');
  });

  it.each([
    ['is overdue', '2026-11-01', '2026-12-02', undefined],
    ['is soon', '2026-12-07', '2026-12-07', undefined],
    ['lies ahead', '2026-12-20', '2026-12-20', '2026-12-15T15:00:00Z'],
  ])('whose due date %s falls due and leaves on a day that Square takes', (_, due, asked, scheduled) => {
    const one = new Merchant();
    const ref = one.effect('invoice', { ...OFFER, due });
    const invoice = onlyInvoice(one);
    expect([invoice.payment_requests[0].due_date, invoice.scheduled_at]).toEqual([asked, scheduled]);
    expect(invoice.status).toBe(scheduled ? 'SCHEDULED' : 'UNPAID');
    expect(String(ref).includes('https:')).toBe(scheduled === undefined);
    one.pass(14 * DAY);
    act(one.state, 'GET', '/v2/locations', undefined, one.nowMs);
    expect(onlyInvoice(one)).toMatchObject({ status: 'UNPAID', public_url: expect.stringContaining('https:') });
  });

  it('is overdue by the day of the location, not by that of Greenwich', () => {
    const one = new Merchant();
    one.nowMs = Date.UTC(2026, 11, 3, 2);
    one.effect('invoice', { ...OFFER, due: '2026-12-01' });
    expect(onlyInvoice(one).payment_requests[0].due_date).toBe('2026-12-02');
  });

  it('charges the card on file on the due date', () => {
    const one = new Merchant();
    const id = customer(one, { reference_id: 'L-1', email_address: 'ann@example.com' });
    one.effect('invoice', { ...OFFER, customer: id, autopay: cardOf(one, id) });
    expect(onlyInvoice(one)).toMatchObject({ status: 'UNPAID', store_payment_method_enabled: false });
    one.pass(4 * DAY);
    const { payments } = one.drain();
    expect(onlyInvoice(one).status).toBe('PAID');
    expect([...payments.values()]).toMatchObject([
      { state: 'settled', amountCents: 150_000, invoice: 'RL-0123456789' },
    ]);
  });

  it('finds the newest card of the customer where no id is told, and says so where there is none', () => {
    const one = new Merchant();
    const customer_id = customer(one, { reference_id: 'L-1', email_address: 'ann@example.com' });
    const wish = { ...OFFER, autopay: 'card' };
    expect(one.effect('invoice', wish)).toMatchObject({
      fault: 'rejected',
      message: 'No card is saved at Square for the customer of lease L-1.',
    });
    const card_id = cardOf(one, customer_id);
    one.effect('invoice', wish, { attempt: 2 });
    expect(onlyInvoice(one).payment_requests[0]).toMatchObject({ automatic_payment_source: 'CARD_ON_FILE', card_id });
  });

  it('whose card is declined stays unpaid, and the failure is seen', () => {
    const one = new Merchant();
    const id = customer(one, { reference_id: 'L-1', email_address: 'ann@example.com' });
    const autopay = cardOf(one, id, 'cnon:card-nonce-insufficient-funds');
    one.effect('invoice', { ...OFFER, customer: id, autopay });
    one.pass(4 * DAY);
    const { payments } = one.drain();
    expect([...payments.values()]).toMatchObject([
      { state: 'failed', failure: expect.stringContaining('INSUFFICIENT_FUNDS') },
    ]);
    expect(onlyInvoice(one).status).toBe('UNPAID');
  });

  it('of each period stands for itself: that is how it recurs', () => {
    const one = new Merchant();
    one.effect('invoice', OFFER);
    one.pass(31 * DAY);
    one.effect('invoice', { ...OFFER, number: 'RL-JAN0000000', due: '2027-01-05' }, { by: 'january' });
    expect(invoicesOf(one).map(({ invoice_number: number }) => number)).toEqual(['RL-0123456789', 'RL-JAN0000000']);
    expect(Object.keys(one.state.customers)).toHaveLength(1);
  });

  it('about no single charge has a number of its own', () => {
    const one = new Merchant();
    const { number: _number, ...rest } = OFFER;
    one.effect('invoice', rest);
    one.pass(MINUTE);
    one.effect('invoice', rest, { attempt: 2 });
    expect(onlyInvoice(one).invoice_number).toMatch(/^R-[0-9A-F]{10}$/);
  });

  it('that is there for another amount is cancelled for a new one', () => {
    const one = new Merchant();
    const first = one.effect('invoice', OFFER);
    one.pass(MINUTE);
    const second = one.effect('invoice', { ...OFFER, amountCents: 155_000 }, { by: 'two' });
    expect(second).not.toBe(first);
    expect(invoicesOf(one).map((each) => [each.invoice_number, each.status])).toEqual([
      ['RL-0123456789', 'CANCELED'],
      ['RL-0123456789-2', 'UNPAID'],
    ]);
    one.pass(MINUTE);
    expect(one.effect('invoice', { ...OFFER, amountCents: 155_000 }, { by: 'two', attempt: 2 })).toBe(second);
    const paid = paySquareInvoice(one.state, idIn(second), 'card', one.nowMs);
    one.pass(MINUTE);
    expect(one.drain().payments.get(paid)?.invoice).toBe('RL-0123456789');
  });

  it('that was paid meanwhile is settled, not asked for again', () => {
    const one = new Merchant();
    const first = one.effect('invoice', OFFER);
    paySquareInvoice(one.state, idIn(first), 'bank', one.nowMs);
    one.pass(MINUTE);
    expect(one.effect('invoice', OFFER, { attempt: 2 })).toBe(first);
    expect(invoicesOf(one)).toHaveLength(1);
  });

  it('is not asked for again by another wish before the ledger has seen its money', () => {
    const one = new Merchant();
    paySquareInvoice(one.state, idIn(one.effect('invoice', OFFER)), 'card', one.nowMs);
    one.pass(MINUTE);
    expect(one.effect('invoice', OFFER, { by: 'two' })).toMatchObject({
      fault: 'rejected',
      message: 'Invoice RL-0123456789 is PAID at Square already. The next poll brings its payment.',
    });
  });

  it('whose money went back is asked for anew, also where an earlier try was lost', () => {
    const one = new Merchant();
    const paid = paySquareInvoice(one.state, idIn(one.effect('invoice', OFFER)), 'card', one.nowMs);
    refundSquarePayment(one.state, paid, 10_000, one.nowMs);
    one.pass(2 * DAY);
    const second = one.effect('invoice', { ...OFFER, amountCents: 10_000 }, { by: 'two', attempt: 2 });
    expect(invoicesOf(one).map((each) => [each.invoice_number, each.status])).toEqual([
      ['RL-0123456789', 'PARTIALLY_REFUNDED'],
      ['RL-0123456789-2', 'UNPAID'],
    ]);
    expect(idIn(second)).toBe(invoicesOf(one)[1]?.id);
  });

  it('that somebody changes while it goes out is read again and goes out', () => {
    const one = new Merchant();
    one.between = ({ url }, reply) => {
      if (url.endsWith('/publish')) {
        const invoice = onlyInvoice(one);
        if (invoice.version === 0) invoice.version = 1;
      }
      return reply();
    };
    expect(one.effect('invoice', OFFER)).toMatch(/^inv:/);
    expect(onlyInvoice(one).status).toBe('UNPAID');
  });

  it.each([
    ['amountCents', 0, 'malformed', /amountCents is 0/],
    ['amountCents', 10.5, 'malformed', /amountCents is 10.5/],
    ['leaseId', undefined, 'malformed', /leaseId is missing/],
    ['currency', 'EUR', 'rejected', /USD/],
    ['email', 'nobody', 'rejected', /email_address/],
    ['autopay', 'ccof:stranger', 'rejected', /card/],
  ])('with %s %p is a fault: %s', (name, value, fault, message) => {
    const one = new Merchant();
    expect(one.effect('invoice', { ...OFFER, [name]: value })).toMatchObject({
      fault,
      message: expect.stringMatching(message),
    });
    expect(invoicesOf(one)).toEqual([]);
  });

  it('waits for a connection that has told its location', () => {
    const account = { SQUARE_MODE: 'sandbox' };
    const told = new Merchant().effect('invoice', OFFER, { account });
    expect(told).toMatchObject({ fault: 'auth', message: expect.stringContaining('main location') });
  });
});
