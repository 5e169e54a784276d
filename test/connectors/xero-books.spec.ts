/** Books kept at Xero: every effect from wish to books, and what it comes to when people have been there. */
import { editXeroInvoice, lockXeroBooks, reconcileXeroPayment, writeXeroInvoice } from '../../local/vendors/people';
import { Office } from './xero-office';
import { base, creditWish, invoiceWish, paymentWish } from './xero-rig';

describe('an invoice', () => {
  it('is written with its contact, to the cent, and approved', () => {
    const office = new Office();
    const ref = office.done('invoice', invoiceWish({ amountCents: 145_099 }));
    const invoice = office.invoice();
    expect(ref).toBe(`${invoice.id} https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=${invoice.id}`);
    expect(invoice).toMatchObject({ status: 'AUTHORISED', due: '2026-12-01', reference: 'Harbour Row 4B' });
    expect(invoice.lines).toMatchObject([{ cents: 145_099, account: '200' }]);
    expect(office.books.contacts).toMatchObject([
      { name: 'Ann Lee (L-1)', number: 'L-1', email: 'ann@example.com', phone: '555 0100' },
    ]);
  });

  it('finds its contact by the whole number, not by a part of it', () => {
    const office = new Office();
    const { customer } = invoiceWish();
    office.done(
      'invoice',
      invoiceWish({ number: 'RL-AAAAAAAAAA', customer: { ...customer, leaseId: 'L-10', name: 'Bo (L-10)' } }),
    );
    office.done('invoice', invoiceWish());
    expect(office.books.contacts.map(({ number }) => number)).toEqual(['L-10', 'L-1']);
    expect(office.invoice().contact).toBe(office.books.contacts[1]!.id);
  });

  it('that is as it ought to be costs one call', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    const before = office.sent.length;
    office.done('invoice', invoiceWish());
    expect(office.sent.slice(before).map(({ method }) => method)).toEqual(['GET']);
  });

  it.each([
    ['another due date', { due: '2026-12-15' }, { due: '2026-12-15' }],
    ['another amount', { amountCents: 150_000 }, { lines: [{ cents: 150_000 }] }],
  ])('gets %s', (_, change, expected) => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    office.done('invoice', invoiceWish(change));
    expect(office.books.invoices).toHaveLength(1);
    expect(office.invoice()).toMatchObject({ status: 'AUTHORISED', ...expected });
  });

  it('that a bookkeeper changed is put right', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    editXeroInvoice(office.state, invoiceWish().number, { amountCents: 1 }, office.nowMs);
    office.done('invoice', invoiceWish());
    expect(office.invoice().lines).toMatchObject([{ cents: 145_000 }]);
  });

  it('is voided, once, and written anew under the next number when it is wanted after all', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    const gone = office.done('invoice', invoiceWish({ gone: true }));
    expect(office.invoice().status).toBe('VOIDED');
    expect(office.done('invoice', invoiceWish({ gone: true }))).toBe(gone);
    office.done('invoice', invoiceWish());
    expect(office.books.invoices.map(({ number, status }) => [number, status])).toEqual([
      ['RL-0123456789', 'VOIDED'],
      ['RL-0123456789-2', 'AUTHORISED'],
    ]);
    office.done('payment', paymentWish());
    expect(office.invoice('RL-0123456789-2').paidCents).toBe(45_000);
    expect(office.items().filter(({ kind }) => kind === 'invoice')).toMatchObject([
      { number: 'RL-0123456789', gone: false, amountCents: 145_000, openCents: 100_000 },
    ]);
  });

  it('that never was there is gone without a call to write', () => {
    const office = new Office();
    expect(office.done('invoice', invoiceWish({ gone: true }))).toBe('RL-0123456789');
    expect(office.sent.every(({ method }) => method === 'GET')).toBe(true);
  });

  it.each([
    ['cannot be voided', { gone: true }, /^Invoice RL-0123456789 has payments or credit on it in Xero/],
    ['cannot be changed', { amountCents: 1000 }, /cannot be edited as it has a payment or credit note allocated/],
  ])('with payments on it %s, and the fault says why', (_, change, words) => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    office.done('payment', paymentWish());
    const result = office.wish('invoice', invoiceWish(change));
    expect(result).toMatchObject({ fault: { fault: 'rejected', message: expect.stringMatching(words) } });
  });

  it('does not take a bill of a supplier with the same number for ours', () => {
    const office = new Office();
    writeXeroInvoice(office.state, { contact: 'S-1', amountCents: 500, type: 'ACCPAY' }, office.nowMs);
    office.books.invoices[0]!.number = 'RL-0123456789';
    office.done('invoice', invoiceWish());
    expect(office.books.invoices.map(({ type }) => type)).toEqual(['ACCPAY', 'ACCREC']);
  });

  it.each([
    ['a number that is not ours', { number: 'INV-1' }, 'malformed', /a number of ours, RL-/],
    ['no amount', { amountCents: 0 }, 'malformed', /more than nothing/],
    ['a foreign currency', { currency: 'EUR' }, 'rejected', /not subscribed to currency EUR/],
  ])('of %s is refused', (_, change, kind, words) => {
    const result = new Office().wish('invoice', invoiceWish(change));
    expect(result).toMatchObject({ fault: { fault: kind, message: expect.stringMatching(words) } });
  });

  it('in a locked period is refused in words', () => {
    const office = new Office();
    lockXeroBooks(office.state, '2026-12-01');
    const result = office.wish('invoice', invoiceWish());
    expect(result).toMatchObject({ fault: { fault: 'rejected', message: expect.stringMatching(/lock date/) } });
  });

  it('of a lease whose contact is archived says so', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    office.books.contacts[0]!.status = 'ARCHIVED';
    const result = office.wish('invoice', invoiceWish({ number: 'RL-AAAAAAAAAA' }));
    expect(result).toMatchObject({
      fault: { fault: 'rejected', message: 'The contact of lease L-1 is archived in Xero. Restore it there.' },
    });
  });
});

describe('a payment', () => {
  it('lies on its invoice in the bank account, and is taken out when the money went back', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    const id = office.done('payment', paymentWish());
    expect(office.books.payments).toMatchObject([{ id, cents: 45_000, reference: 'RP-0123456789', day: '2026-12-02' }]);
    expect(office.invoice()).toMatchObject({ status: 'AUTHORISED', paidCents: 45_000 });
    expect(office.done('payment', paymentWish({ gone: true }))).toBe(id);
    expect(office.done('payment', paymentWish({ gone: true }))).toBe(id);
    expect(office.books.payments).toMatchObject([{ status: 'DELETED' }]);
    expect(office.invoice().paidCents).toBe(0);
  });

  it('comes back as a new one after it was taken out', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    const first = office.done('payment', paymentWish());
    office.done('payment', paymentWish({ gone: true }));
    const second = office.done('payment', paymentWish());
    expect(second).not.toBe(first);
    expect(office.items().filter(({ kind }) => kind === 'payment')).toMatchObject([{ id: second, gone: false }]);
  });

  it('of another amount replaces the one that is there', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    office.done('payment', paymentWish());
    office.done('payment', paymentWish({ amountCents: 145_000 }));
    expect(office.books.payments.map(({ cents, status }) => [cents, status])).toEqual([
      [45_000, 'DELETED'],
      [145_000, 'AUTHORISED'],
    ]);
    expect(office.invoice().status).toBe('PAID');
  });

  it('goes into an account without a code by its id', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    const savings = office.books.accounts.find(({ Name }) => Name === 'Savings Account')!.AccountID;
    Object.assign(office, { account: { ...office.account, XERO_BANK_ACCOUNT: savings } });
    office.done('payment', paymentWish());
    expect(office.books.payments).toMatchObject([{ account: savings }]);
  });

  it.each([
    ['before its invoice waits', {}, 'busy', /is not in Xero yet/],
    ['without a bank account', { setting: '' }, 'rejected', /The bank account is not set for Xero/],
    ['more than is open', { amountCents: 145_001 }, 'rejected', /exceeds the amount outstanding/],
    ['on a voided invoice', { voided: true }, 'rejected', /is voided in Xero/],
  ])('%s', (name, change: Record<string, unknown>, kind, words) => {
    const office = new Office();
    const { setting, voided, ...payload } = change;
    if (!name.startsWith('before')) office.done('invoice', invoiceWish());
    if (voided) office.done('invoice', invoiceWish({ gone: true }));
    if (setting !== undefined) Object.assign(office, { account: { ...office.account, XERO_BANK_ACCOUNT: setting } });
    const result = office.wish('payment', paymentWish(payload));
    expect(result).toMatchObject({ fault: { fault: kind, message: expect.stringMatching(words) } });
  });

  it('that the bank has confirmed cannot be taken out', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    reconcileXeroPayment(office.state, office.done('payment', paymentWish()), office.nowMs);
    const result = office.wish('payment', paymentWish({ gone: true }));
    expect(result).toMatchObject({ fault: { fault: 'rejected', message: expect.stringMatching(/reconciled/) } });
  });
});

describe('a credit note', () => {
  it('is made and allocated, and taken off and voided when it is undone', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    const ref = office.done('credit', creditWish());
    expect(office.books.creditNotes).toMatchObject([{ number: 'RC-0123456789', status: 'PAID' }]);
    expect(office.invoice().creditedCents).toBe(5_000);
    expect(office.done('credit', creditWish({ gone: true }))).toBe(ref);
    expect(office.done('credit', creditWish({ gone: true }))).toBe(ref);
    expect(office.books.creditNotes).toMatchObject([{ status: 'VOIDED', allocations: [] }]);
    expect(office.invoice().creditedCents).toBe(0);
  });

  it('that lost its allocation gets it again', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    office.answer = (request, reply) => (/Allocations/.test(request.url) ? new Error('lost') : reply());
    expect(office.wish('credit', creditWish())).toMatchObject({ fault: { fault: 'down' } });
    expect(office.books.creditNotes).toMatchObject([{ status: 'AUTHORISED', allocations: [] }]);
    office.answer = (_request, reply) => reply();
    office.done('credit', creditWish());
    expect(office.books.creditNotes).toMatchObject([{ status: 'PAID' }]);
    expect(office.invoice().creditedCents).toBe(5_000);
  });

  it('of another amount is replaced under the next number', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    office.done('credit', creditWish());
    office.done('credit', creditWish({ amountCents: 7_500 }));
    expect(office.books.creditNotes.map(({ number, status }) => [number, status])).toEqual([
      ['RC-0123456789', 'VOIDED'],
      ['RC-0123456789-2', 'PAID'],
    ]);
    expect(office.items().filter(({ kind }) => kind === 'credit')).toMatchObject([
      { number: 'RC-0123456789', amountCents: 7_500, gone: false },
    ]);
  });

  it('taken back too often asks for a person', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    for (let times = 0; times < 3; times++) {
      office.done('credit', creditWish());
      office.done('credit', creditWish({ gone: true }));
    }
    expect(office.wish('credit', creditWish())).toMatchObject({
      fault: { message: 'RC-0123456789 was voided in Xero too often. Write it there by hand.' },
    });
  });
});

describe('the comparison', () => {
  it('tells invoices, payments and credits of ours, and nothing of others', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    office.done('payment', paymentWish());
    office.done('credit', creditWish());
    base.pay(office.state, { lease: 'L-9', amountCents: 100, atMs: office.nowMs });
    expect(office.items()).toMatchObject([
      { kind: 'invoice', number: 'RL-0123456789', amountCents: 145_000, openCents: 95_000, gone: false },
      { kind: 'payment', number: 'RP-0123456789', amountCents: 45_000, currency: 'USD', gone: false },
      { kind: 'credit', number: 'RC-0123456789', amountCents: 5_000, gone: false },
    ]);
  });

  it('follows the due date of the invoice, and finds what was paid long before', () => {
    const office = new Office();
    office.done('invoice', invoiceWish({ day: '2026-11-05' }));
    office.done('payment', paymentWish({ day: '2026-10-01' }));
    office.done('invoice', invoiceWish({ number: 'RL-AAAAAAAAAA', due: '2027-03-01' }));
    office.done('payment', paymentWish({ number: 'RP-AAAAAAAAAA', invoice: 'RL-AAAAAAAAAA' }));
    expect(office.items().map(({ number }) => number)).toEqual(['RL-0123456789', 'RP-0123456789']);
  });
});
