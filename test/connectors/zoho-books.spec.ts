/** What Zoho Books is told: invoices, payments, credits as adjustments, and rent that it bills itself. */
import { zohoBookkeeperTypes, zohoResidentPays } from '../../local/vendors/people';
import { zohoBooks } from '../../src/connectors/zoho-books';
import { instant } from '../../src/domain/values';
import { runFlows } from '../../src/http/client';
import type { HttpReply } from '../../src/ports';
import { context, effectOf, json } from './drive';
import { CUSTOMER, creditWish, INVOICE, invoiceWish, offer, opened, paymentWish, START } from './zoho-books-account';
import { Bench, billed } from './zoho-books-bench';

describe('an invoice', () => {
  it('is made for a contact of the lease, marked sent, and its page is in the reference', () => {
    const one = billed();
    expect(one.effect('invoice', invoiceWish(), 2)).toMatch(/^\d+ https:\/\/\S+$/);
    expect(one.invoice()).toMatchObject({ phase: 'open', reference: 'Lease L-1', due: '2026-12-05', emailed: false });
    expect(Object.values(one.books.contacts)).toMatchObject([{ name: CUSTOMER.name, notes: 'Rent Ledger: lease L-1' }]);
  });

  it('is mailed where the owner chose so and the resident has an address', () => {
    const one = billed({ ZOHO_SEND: 'email' });
    expect(one.books.mails).toMatchObject([{ to: ['ann@example.com'] }]);
    one.effect('invoice', invoiceWish(), 2);
    expect(one.books.mails).toHaveLength(1);
    const { email: _, ...silent } = CUSTOMER;
    one.effect('invoice', invoiceWish({ number: 'RL-0000000001', customer: silent }));
    expect(one.books.mails).toHaveLength(1);
    expect(one.invoice('RL-0000000001').phase).toBe('open');
  });

  it('takes the next contact of the same name, and the item that the owner chose', () => {
    const one = billed({ ZOHO_ITEM: '982000000030049' });
    one.effect('invoice', invoiceWish({ number: 'RL-0000000001' }));
    expect(Object.keys(one.books.contacts)).toHaveLength(1);
    expect(one.invoice('RL-0000000001').lines).toMatchObject([{ item_id: '982000000030049', rate: 1450.5 }]);
  });

  it('follows a new due date, and keeps the credits that lie on it', () => {
    const one = billed();
    one.effect('credit', creditWish());
    one.effect('invoice', invoiceWish({ due: '2026-12-20' }));
    expect(one.invoice()).toMatchObject({ due: '2026-12-20', adjustment: -50.25 });
  });

  it('is voided when the charge was in error, and what we put on it goes first', () => {
    const one = billed();
    one.effect('payment', paymentWish());
    one.effect('invoice', invoiceWish({ gone: true }));
    expect(one.invoice().phase).toBe('void');
    expect(one.books.payments).toEqual({});
    expect(one.effect('invoice', invoiceWish({ gone: true }), 2)).toBe(one.invoice().id);
  });

  it('takes its credits with it when it is voided: that they are gone too is then no change', () => {
    const one = billed();
    one.effect('credit', creditWish());
    one.effect('invoice', invoiceWish({ gone: true }));
    expect(one.effect('credit', creditWish({ gone: true }))).toBe(one.invoice().id);
    expect(one.invoice().phase).toBe('void');
  });

  it('is not voided while it has a payment that was entered there', () => {
    const one = billed();
    zohoBookkeeperTypes(one.state, { invoice: INVOICE, amountCents: 1000 }, one.nowMs);
    const { fault, message } = one.refused('invoice', invoiceWish({ gone: true }));
    expect([fault, message]).toEqual(['rejected', expect.stringMatching(/were entered in Zoho Books/)]);
    expect(one.invoice().phase).toBe('open');
  });

  it('is opened again when the charge was not in error after all', () => {
    const one = billed();
    one.effect('invoice', invoiceWish({ gone: true }));
    one.effect('invoice', invoiceWish());
    expect(one.invoice().phase).toBe('open');
  });

  it('that is not there is gone already', () => {
    expect(new Bench().effect('invoice', invoiceWish({ gone: true }))).toBe('none');
  });

  it('in another currency than the organisation keeps is refused before anything is sent', () => {
    const one = new Bench();
    expect(one.refused('invoice', invoiceWish({ currency: 'GBP' })).message).toMatch(/keeps its books in USD/);
    expect(one.sent).toEqual([]);
  });

  it.each([
    ['no amount', { amountCents: 0 }],
    ['a number that is not ours', { number: 'INV-1' }],
    ['no day', { day: 'soon' }],
    ['no customer', { customer: {} }],
  ])('with %s is no wish', (_, more) => {
    expect(new Bench().refused('invoice', invoiceWish(more)).fault).toBe('malformed');
  });
});

describe('a payment', () => {
  it('lies on its invoice under our number', () => {
    const one = billed({ ZOHO_DEPOSIT_ACCOUNT: '982000000001234' });
    const id = one.effect('payment', paymentWish());
    expect(one.books.payments[id]).toMatchObject({
      amount: 450.5,
      reference: 'RP-1A2B3C4D5E',
      words: 'stripe pi_1',
      account: '982000000001234',
      applied: [{ invoice: one.invoice().id, amount: 450.5 }],
    });
  });

  it('that changes is changed, and one that came back is deleted', () => {
    const one = billed();
    const id = one.effect('payment', paymentWish());
    expect(one.effect('payment', paymentWish({ amountCents: 30_000 }))).toBe(id);
    expect(one.books.payments[id]).toMatchObject({ amount: 300 });
    expect(one.effect('payment', paymentWish({ gone: true }))).toBe(id);
    expect(one.books.payments).toEqual({});
    expect(one.effect('payment', paymentWish({ gone: true }))).toBe('none');
  });

  it('waits for its invoice', () => {
    const { fault, message } = new Bench().refused('payment', paymentWish());
    expect([fault, message]).toEqual(['down', expect.stringMatching(/RL-8K2M4N7QPZ is not in Zoho Books yet/)]);
  });

  it('beyond what is open is refused in the words of Zoho', () => {
    const { fault, message } = billed().refused('payment', paymentWish({ amountCents: 999_999 }));
    expect([fault, message]).toEqual(['rejected', expect.stringMatching(/more than the balance/)]);
  });

  it('of ours never comes back as a receipt', () => {
    const one = billed();
    one.effect('payment', paymentWish());
    expect(one.drain().size).toBe(0);
  });
});

describe('a credit', () => {
  it('lowers the invoice by its adjustment, beside others and what a bookkeeper wrote there', () => {
    const one = billed();
    Object.assign(one.invoice(), { adjustment: 0.5, adjustmentWords: 'rounding' });
    one.effect('credit', creditWish());
    one.effect('credit', creditWish({ number: 'RC-0000000001', amountCents: 1000 }));
    expect(one.invoice()).toMatchObject({
      adjustment: -59.75,
      adjustmentWords: 'RC-5E4D3C2B1A 50.25; RC-0000000001 10.00; rounding',
    });
    one.effect('credit', creditWish({ amountCents: 2000 }));
    one.effect('credit', creditWish({ number: 'RC-0000000001', gone: true }));
    expect(one.invoice()).toMatchObject({ adjustment: -19.5, adjustmentWords: 'RC-5E4D3C2B1A 20.00; rounding' });
    one.effect('credit', creditWish({ gone: true }));
    expect(one.invoice()).toMatchObject({ adjustment: 0.5, adjustmentWords: 'rounding' });
  });

  it('writes nothing when it lies there already', () => {
    const one = billed();
    one.effect('credit', creditWish());
    one.sent.length = 0;
    one.effect('credit', creditWish());
    expect(one.sent.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('waits for its invoice, and one to be gone does not', () => {
    expect(new Bench().refused('credit', creditWish()).fault).toBe('down');
    expect(new Bench().effect('credit', creditWish({ gone: true }))).toBe('none');
  });
});

describe('rent that Zoho Books bills itself', () => {
  it.each([
    ['weekly', 'weeks', 1],
    ['fortnightly', 'weeks', 2],
    ['monthly', 'months', 1],
    ['quarterly', 'months', 3],
    ['yearly', 'months', 12],
  ])('%s', (frequency, every, times) => {
    const one = new Bench();
    const id = one.effect('repeat', offer({ frequency, end: '2027-12-31' }));
    expect(one.books.recurring[id]).toMatchObject({ every, times, start: '2026-12-07', end: '2027-12-31' });
    expect(effectOf(zohoBooks, 'repeat').link?.(id)).toEqual({ kind: 'autopay', externalId: id });
  });

  it('follows a new rent, is stopped, and goes on', () => {
    const one = new Bench();
    const id = one.effect('repeat', offer());
    expect(one.effect('repeat', offer({ amountCents: 37_000 }))).toBe(id);
    expect(one.books.recurring[id]?.lines).toMatchObject([{ rate: 370 }]);
    expect(one.effect('unrepeat', offer({ autopay: id }))).toBe(id);
    expect(one.effect('unrepeat', offer({ autopay: id }))).toBe(id);
    expect(one.books.recurring[id]?.status).toBe('stopped');
    expect(one.effect('repeat', offer({ amountCents: 37_000 }))).toBe(id);
    expect(one.books.recurring[id]?.status).toBe('active');
  });

  it('is stopped at once should Zoho bill another amount', () => {
    const id = '982000000100009';
    const row = { recurring_invoice_id: id, recurrence_name: 'Rent Ledger L-1', customer_id: '1' };
    const sent: string[] = [];
    const answer = (method: string, path: string): HttpReply => {
      sent.push(`${method} ${path}`);
      if (path.endsWith('/stop')) return json({ code: 0 }, 201);
      if (path.endsWith('/recurringinvoices')) return json({ code: 0, recurring_invoices: [row], page_context: {} });
      return json({ code: 0, recurring_invoice: { ...row, line_items: [{ item_total: 0 }] } });
    };
    const one = opened();
    const flow = effectOf(zohoBooks, 'repeat').run(context('k', offer(), { account: one.account }));
    const { results } = runFlows([{ connector: zohoBooks, credentials: one.credentials, flow }], {
      transport: { fetchAll: (all) => all.map(({ method, url }) => answer(method, new URL(url).pathname)) },
      now: () => instant(START),
      mayGoOn: () => true,
      note: () => undefined,
    });
    expect(results).toMatchObject([{ fault: { fault: 'rejected', message: expect.stringMatching(/was stopped/) } }]);
    expect(sent.at(-1)).toBe(`POST /books/v3/recurringinvoices/${id}/status/stop`);
  });

  it('pays the lease that its invoices name', () => {
    const one = new Bench();
    one.effect('repeat', offer());
    one.nowMs = Date.UTC(2026, 11, 8);
    one.signInAgain();
    one.drain();
    const [invoice] = Object.values(one.books.invoices);
    const id = zohoResidentPays(one.state, invoice?.number ?? '', one.nowMs);
    expect(one.drain().get(id)).toMatchObject({ leaseRef: 'L-1', amountCents: 36_000, memo: 'Paid online' });
  });
});
