/** What is read from Zoho Books: payments typed there, deletions that leave no trace, hints, and the nightly comparison. */
import {
  zohoBookkeeperBills,
  zohoBookkeeperDeletes,
  zohoBookkeeperRefunds,
  zohoBookkeeperTypes,
  zohoBookkeeperTypesAdvance,
  zohoWorkflowPosts,
} from '../../local/vendors/people';
import { zohoBooks } from '../../src/connectors/zoho-books';
import { remembering, TOLD_MAX, toldIn } from '../../src/connectors/zoho-books/told';
import { dayFrom } from '../../src/domain/calendar';
import { type Cents, currency, instant } from '../../src/domain/values';
import { CUSTOMER, creditWish, INVOICE, invoiceWish, paymentWish, START } from './zoho-books-account';
import { Bench, billed, DAY, MINUTE } from './zoho-books-bench';

describe('the feed', () => {
  it('tells a payment that was typed there whole, with the number of our invoice', () => {
    const one = billed();
    const typed = { invoice: INVOICE, amountCents: 100_000, reference: 'check 77', chargesCents: 250 };
    const id = zohoBookkeeperTypes(one.state, { ...typed, day: '2026-12-01' }, one.nowMs);
    const noon = Date.UTC(2026, 11, 1, 12);
    expect(one.drain().get(id)).toEqual({
      key: `zoho-books:${id}`,
      source: 'zoho-books',
      externalId: id,
      amountCents: 100_000,
      currency: 'USD',
      state: 'settled',
      initiatedAt: noon,
      settledAt: noon,
      feeCents: 250,
      invoice: INVOICE,
      leaseRef: 'L-1',
      customer: Object.keys(one.books.contacts)[0],
      payerName: CUSTOMER.name,
      payerEmail: CUSTOMER.email,
      memo: 'check 77',
      reversals: [],
    });
  });

  it('misses a payment that was deleted, and tells it as taken back, once', () => {
    const one = billed();
    const id = zohoBookkeeperTypes(one.state, { invoice: INVOICE }, one.nowMs);
    const before = one.drain().get(id);
    one.nowMs += 10 * MINUTE;
    zohoBookkeeperDeletes(one.state, id, one.nowMs);
    const after = one.drain().get(id);
    expect(after).toMatchObject({ amountCents: before?.amountCents, invoice: INVOICE, payerName: CUSTOMER.name });
    expect(after?.reversals).toMatchObject([
      { key: `zoho-books:${id}:deleted`, reason: 'refunded', state: 'final', amountCents: 145_050 },
    ]);
    one.nowMs += 10 * MINUTE;
    expect(one.drain().has(id)).toBe(false);
  });

  it('finds advances, and deletions that no invoice shows, in the list of each day', () => {
    const one = billed();
    const advance = zohoBookkeeperTypesAdvance(one.state, CUSTOMER.name, 20_000, one.nowMs);
    expect(one.drain().get(advance)).toMatchObject({ amountCents: 20_000, memo: 'advance' });
    one.nowMs += MINUTE;
    zohoBookkeeperDeletes(one.state, advance, one.nowMs);
    expect(one.drain().size).toBe(0);
    one.feed = { ...one.feed, sweptAt: one.nowMs - DAY };
    expect(one.drain().get(advance)?.reversals).toHaveLength(1);
  });

  it('tells refunds of what was paid too much, each by itself', () => {
    const one = billed();
    const id = zohoBookkeeperTypes(one.state, { invoice: INVOICE, amountCents: 160_000 }, one.nowMs);
    one.drain();
    zohoBookkeeperRefunds(one.state, id, 10_000, one.nowMs);
    zohoBookkeeperRefunds(one.state, id, 4950, one.nowMs);
    expect(one.drain().get(id)?.reversals).toMatchObject([
      { reason: 'refunded', amountCents: 10_000, detail: 'overpaid' },
      { reason: 'refunded', amountCents: 4950 },
    ]);
  });

  it('asks once when nothing has changed', () => {
    const one = billed();
    one.drain();
    one.nowMs += 10 * MINUTE;
    one.drain();
    one.sent.length = 0;
    one.nowMs += 10 * MINUTE;
    one.drain();
    expect(one.sent.map(({ path }) => path)).toEqual(['/invoices']);
  });

  it('spares the invoices that we paid alone, where the list of payments shows whose they are', () => {
    const one = new Bench();
    one.state.limits = { perMinute: 1000, perDay: 1000 };
    const numbers = Array.from({ length: 7 }, (_, at) => `RL-000000000${at}`);
    numbers.forEach((number, at) => {
      one.effect('invoice', invoiceWish({ number }));
      one.effect('payment', paymentWish({ number: `RP-000000000${at}`, invoice: number }));
    });
    const typed = zohoBookkeeperTypes(one.state, { invoice: 'RL-0000000003', amountCents: 500 }, one.nowMs);
    const reads = () => one.sent.filter(({ path }) => /\/invoices\/\d+\/payments/.test(path)).length;
    one.state.listsReferences = true;
    one.sent.length = 0;
    expect([...one.drain().keys()]).toEqual([typed]);
    expect(reads()).toBe(1);
    one.feed = undefined;
    one.state.listsReferences = false;
    one.sent.length = 0;
    expect([...one.drain().keys()]).toEqual([typed]);
    expect(reads()).toBe(7);
  });

  it('names an invoice whose status nobody knows', () => {
    const one = billed();
    zohoBookkeeperTypes(one.state, { invoice: INVOICE }, one.nowMs);
    const invoice = one.invoice();
    invoice.oddStatus = 'sideways';
    const told = { since: instant(START - DAY), now: instant(START + MINUTE), account: one.account };
    const { faults } = one.value(zohoBooks.receipts!.pull(undefined, told));
    expect(faults).toMatchObject([{ about: invoice.id, fault: { fault: 'malformed' } }]);
    expect(faults[0]?.fault.message).toMatch(/sideways/);
  });

  it('holds in one property whatever happens', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({
      payment: `98200000001000${1000 + at}`,
      invoice: `98200000002000${1000 + at}`,
      amountCents: (1_000_000 + at) as Cents,
      day: dayFrom(20_000 + at),
      currency: currency('USD'),
    }));
    const text = remembering([], many, new Set());
    expect(text.length).toBeLessThan(6500);
    expect(toldIn(text)).toEqual(many.slice(-TOLD_MAX).reverse());
  });
});

describe('a hint', () => {
  it.each([
    ['the JSON of the workflow rule', (one: Bench) => JSON.parse(zohoWorkflowPosts(one.state, INVOICE, START))],
    ['a form with the invoice', (one: Bench) => ({ invoice_id: one.invoice().id })],
    ['a payment', (one: Bench) => ({ payment: { payment_id: Object.keys(one.books.payments)[0] } })],
  ])('of %s is read again', (_, hintOf) => {
    const one = billed();
    const id = zohoBookkeeperTypes(one.state, { invoice: INVOICE }, one.nowMs);
    const flow = zohoBooks.receipts?.byHint?.(hintOf(one), one.account);
    expect(flow && one.value(flow).map((payment) => payment.externalId)).toEqual([id]);
  });

  it.each([
    ['nothing', {}],
    ['a path', { invoice_id: '../contacts' }],
    ['a number too long to be exact', { invoice_id: 1e21 }],
    ['a list', { invoice: [1] }],
  ])('of %s is nobody’s', (_, hint) => {
    expect(zohoBooks.receipts?.byHint?.(hint, new Bench().account)).toBeUndefined();
  });

  it('of an invoice that is not there tells nothing', () => {
    const one = new Bench();
    const flow = zohoBooks.receipts?.byHint?.({ invoice_id: '982000000999999' }, one.account);
    expect(flow && one.value(flow)).toEqual([]);
  });
});

describe('the audit', () => {
  it('gives invoices, payments and credits of ours, and nothing of others', () => {
    const one = billed();
    one.effect('payment', paymentWish());
    one.effect('credit', creditWish());
    zohoBookkeeperTypes(one.state, { invoice: INVOICE, amountCents: 1000 }, one.nowMs);
    const bill = { customer: 'Somebody', reference: '', amountCents: 5000 };
    zohoBookkeeperBills(one.state, bill, one.nowMs);
    one.effect('invoice', invoiceWish({ number: 'RL-0000000001' }));
    one.effect('invoice', invoiceWish({ number: 'RL-0000000001', gone: true }));
    const items = [...one.items()].sort((a, b) => (a.number < b.number ? -1 : 1));
    expect(items).toMatchObject([
      { kind: 'credit', number: 'RC-5E4D3C2B1A', amountCents: 5025, gone: false },
      { kind: 'invoice', number: 'RL-0000000001', gone: true },
      { kind: 'invoice', number: INVOICE, amountCents: 145_050, openCents: 93_975, gone: false },
      { kind: 'payment', number: 'RP-1A2B3C4D5E', amountCents: 45_050, gone: false },
    ]);
  });

  it('takes the references from the list of payments where it has them', () => {
    const one = billed();
    one.effect('payment', paymentWish());
    one.state.listsReferences = true;
    one.sent.length = 0;
    expect(one.items().filter(({ kind }) => kind === 'payment')).toMatchObject([{ number: 'RP-1A2B3C4D5E' }]);
    expect(one.sent.filter(({ path }) => /\/invoices\/\d+\/payments/.test(path))).toEqual([]);
  });
});
