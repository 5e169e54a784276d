/** What the ledger wishes in QuickBooks comes true whatever is there already: made, changed, voided, and never twice. */
import {
  bankPayments,
  bookInvoice,
  editInvoice,
  takeDepositApart,
  voidTypedPayment,
} from '../../local/vendors/quickbooks/people';
import { all, type Entity } from '../../local/vendors/quickbooks/state';
import { quickbooks } from '../../src/connectors/quickbooks';
import { instant } from '../../src/domain/values';
import { ACCOUNT, Books, CREDIT, CUSTOMER, INVOICE, PAYMENT, START, sentRequests } from './quickbooks-rig';

let books: Books;
beforeEach(() => {
  books = new Books();
});

const invoiceThere = (): Entity => bookInvoice(books.state, INVOICE.number);
const live = (kind: 'Payment' | 'CreditMemo') =>
  all(books.state, kind).filter((one) => !String(one.PrivateNote ?? '').startsWith('Voided'));

describe('an invoice', () => {
  it('is made with its customer and its item, untaxed, with a page to look at', () => {
    const result = books.wish('invoice', INVOICE);
    expect(result).toEqual({ value: '101 https://app.sandbox.qbo.intuit.com/app/invoice?txnId=101' });
    expect(invoiceThere()).toMatchObject({
      DocNumber: INVOICE.number,
      TxnDate: '2026-12-01',
      DueDate: '2026-12-05',
      TotalAmt: 1450.1,
      Balance: 1450.1,
      CustomerRef: { name: 'Ann Lee (L-1)' },
      BillEmail: { Address: 'ann@example.com' },
      PrivateNote: 'Rent Ledger: rent, lease L-1, Oak Street 4B',
      Line: [
        {
          Description: 'Rent December 2026',
          Amount: 1450.1,
          SalesItemLineDetail: { ItemRef: { name: 'Rent' }, TaxCodeRef: { value: 'NON' } },
        },
        { DetailType: 'SubTotalLineDetail' },
      ],
    });
    expect(books.only('Customer')).toMatchObject({
      Notes: 'Rent Ledger lease: L-1',
      PrimaryPhone: { FreeFormNumber: '+1 503 555 0100' },
    });
    expect(all(books.state, 'Item').map((one) => one.Name)).toEqual(['Services', 'Rent']);
  });

  it('costs three reads and a write once customer and item are there, and one wave of reads', () => {
    books.done('invoice', INVOICE);
    const before = books.sent.length;
    books.done('invoice', { ...INVOICE, number: 'RL-000000000B' });
    expect(books.sent.length - before).toBe(4);
    expect(all(books.state, 'Customer')).toHaveLength(1);
  });

  it.each([
    ['due date', { due: '2026-12-10' }, { DueDate: '2026-12-10', TotalAmt: 1450.1 }],
    ['day', { day: '2026-11-30' }, { TxnDate: '2026-11-30' }],
    ['amount', { amountCents: 150_000 }, { TotalAmt: 1500, Balance: 1500, DueDate: '2026-12-05' }],
  ])('is given another %s, and keeps the rest', (_, change, wanted) => {
    books.done('invoice', INVOICE);
    invoiceThere().CustomerMemo = { value: 'Thank you' };
    books.done('invoice', { ...INVOICE, ...change });
    expect(invoiceThere()).toMatchObject({ ...wanted, CustomerMemo: { value: 'Thank you' }, SyncToken: '1' });
  });

  it('is left alone where it is as wished', () => {
    books.done('invoice', INVOICE);
    books.done('invoice', INVOICE);
    expect(sentRequests(books, 'invoice')).toHaveLength(1);
  });

  it('is set right after a bookkeeper has changed it, on the item that the bookkeeper chose', () => {
    books.done('invoice', INVOICE);
    const [line] = invoiceThere().Line ?? [];
    line!.SalesItemLineDetail = { ItemRef: { value: '1', name: 'Services' } };
    editInvoice(books.state, INVOICE.number, { amountCents: 1, due: '2027-01-01' }, books.nowMs);
    books.done('invoice', INVOICE);
    expect(invoiceThere()).toMatchObject({ TotalAmt: 1450.1, DueDate: '2026-12-05' });
    expect(invoiceThere().Line?.[0]?.SalesItemLineDetail).toMatchObject({ ItemRef: { name: 'Services' } });
  });

  it('is voided when it is gone, and rises again when it is wished anew', () => {
    books.done('invoice', INVOICE);
    const id = books.done('invoice', { ...INVOICE, gone: true });
    expect(invoiceThere()).toMatchObject({ Id: id, TotalAmt: 0, Balance: 0 });
    expect(books.done('invoice', { ...INVOICE, gone: true })).toBe(id);
    expect(books.done('invoice', INVOICE)).toBe(id);
    expect(invoiceThere()).toMatchObject({
      TotalAmt: 1450.1,
      PrivateNote: 'Rent Ledger: rent, lease L-1, Oak Street 4B',
    });
  });

  it('that never was needs nothing to be gone', () => {
    expect(books.wish('invoice', { ...INVOICE, gone: true })).toEqual({ value: 'none' });
    expect(all(books.state, 'Customer')).toEqual([]);
  });

  it('that was paid is not voided: the payment comes out first', () => {
    books.done('invoice', INVOICE);
    books.done('payment', PAYMENT);
    expect(books.wish('invoice', { ...INVOICE, gone: true })).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/Take those out there first/) },
    });
    books.done('payment', { ...PAYMENT, gone: true });
    books.done('invoice', { ...INVOICE, gone: true });
    expect(invoiceThere().TotalAmt).toBe(0);
  });

  it('that another changes between our look and our write is looked at again', () => {
    books.done('invoice', INVOICE);
    let raced = false;
    books.answer = (request, reply) => {
      if (request.method === 'POST' && !raced) {
        raced = true;
        editInvoice(books.state, INVOICE.number, { due: '2027-02-02' }, books.nowMs);
      }
      return reply();
    };
    books.done('invoice', { ...INVOICE, amountCents: 150_000 });
    expect(invoiceThere()).toMatchObject({ TotalAmt: 1500, DueDate: '2026-12-05', SyncToken: '2' });
  });

  it('finds the customer that another has made meanwhile', () => {
    let raced = false;
    books.answer = (request, reply) => {
      if (new URL(request.url).pathname.endsWith('/customer') && !raced) {
        raced = true;
        new Books().done('invoice', INVOICE);
        const body = { ...request, url: request.url.replace(/requestid=\w+/, 'requestid=other') };
        books.rig.sandbox.handle(books.state, body, books.nowMs);
      }
      return reply();
    };
    books.done('invoice', INVOICE);
    expect(books.only('Customer')).toMatchObject({ DisplayName: CUSTOMER.name });
  });

  it('finds a customer whom the bookkeeper has renamed, and not the neighbour with a longer id', () => {
    books.done('invoice', { ...INVOICE, customer: { ...CUSTOMER, leaseId: 'L-11', name: 'Bo (L-11)' } });
    books.done('invoice', { ...INVOICE, number: 'RL-000000000B' });
    const ann = all(books.state, 'Customer').find((one) => one.DisplayName === CUSTOMER.name)!;
    ann.DisplayName = 'Lee, Ann L-1';
    books.done('invoice', { ...INVOICE, number: 'RL-000000000C' });
    expect(bookInvoice(books.state, 'RL-000000000C').CustomerRef?.value).toBe(ann.Id);
  });

  it('says so where a supplier has the name', () => {
    expect(books.wish('invoice', { ...INVOICE, customer: { ...CUSTOMER, name: 'Ace Plumbing' } })).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/is the name of a supplier/) },
    });
  });

  it('takes signs out of a name that QuickBooks refuses, and keeps those of a name like O’Neil', () => {
    books.done('invoice', { ...INVOICE, customer: { ...CUSTOMER, name: "Mary O'Neil: flat\t(L-1)" } });
    expect(books.only('Customer').DisplayName).toBe("Mary O'Neil  flat (L-1)");
    books.done('invoice', {
      ...INVOICE,
      number: 'RL-000000000B',
      customer: { ...CUSTOMER, name: "Mary O'Neil: flat\t(L-1)" },
    });
    expect(all(books.state, 'Customer')).toHaveLength(1);
  });

  it.each([
    ['its name', 'Services'],
    ['its id', '1'],
  ])('is billed as the item that the owner chose by %s', (_, chosen) => {
    books.done('invoice', INVOICE, { account: { ...ACCOUNT, QUICKBOOKS_ITEM: chosen } });
    expect(invoiceThere().Line?.[0]?.SalesItemLineDetail).toMatchObject({ ItemRef: { name: 'Services' } });
    expect(all(books.state, 'Item')).toHaveLength(1);
  });

  it.each([
    [
      'an item that is not there',
      { account: { ...ACCOUNT, QUICKBOOKS_ITEM: 'Lettings' } },
      INVOICE,
      'has no product or service',
    ],
    ['another currency', {}, { ...INVOICE, currency: 'GBP' }, 'are in USD only'],
    ['a number that is not ours', {}, { ...INVOICE, number: 'INV-1' }, 'a number of ours'],
    ['an amount of nothing', {}, { ...INVOICE, amountCents: 0 }, 'more than nothing'],
  ])('is refused with %s', (_, more, wish, words) => {
    const result = books.wish('invoice', wish, more);
    expect('fault' in result && result.fault.message).toContain(words);
    expect(all(books.state, 'Invoice')).toEqual([]);
  });

  it('bears no tax code outside the United States', () => {
    books.done('invoice', INVOICE, { account: { ...ACCOUNT, COUNTRY: 'GB' } });
    expect(invoiceThere().GlobalTaxCalculation).toBe('NotApplicable');
  });
});

describe('a payment', () => {
  beforeEach(() => {
    books.done('invoice', INVOICE);
  });

  it('is put on its invoice with our number and where it came from', () => {
    const id = books.done('payment', PAYMENT);
    expect(books.only('Payment')).toMatchObject({
      Id: id,
      TotalAmt: 450.1,
      TxnDate: '2026-12-03',
      PaymentRefNum: PAYMENT.number,
      PrivateNote: `Rent Ledger: stripe pi_123, invoice ${INVOICE.number}`,
      UnappliedAmt: 0,
    });
    expect(invoiceThere().Balance).toBe(1000);
  });

  it.each([
    ['amount', { amountCents: 60_000 }, { TotalAmt: 600 }, 850.1],
    ['day', { day: '2026-12-04' }, { TxnDate: '2026-12-04' }, 1000],
  ])('is given another %s', (_, change, wanted, balance) => {
    books.done('payment', PAYMENT);
    books.done('payment', { ...PAYMENT, ...change });
    expect(books.only('Payment')).toMatchObject(wanted);
    expect(invoiceThere().Balance).toBe(balance);
  });

  it('comes out when the money went back, and goes in anew after that', () => {
    const first = books.done('payment', PAYMENT);
    expect(books.done('payment', { ...PAYMENT, gone: true })).toBe(first);
    expect(invoiceThere().Balance).toBe(1450.1);
    const second = books.done('payment', PAYMENT);
    expect(second).not.toBe(first);
    expect(live('Payment')).toHaveLength(1);
    expect(invoiceThere().Balance).toBe(1000);
    expect(books.done('payment', PAYMENT)).toBe(second);
  });

  it('under one and the same key goes in again after a bookkeeper has voided it', () => {
    const again = { key: 'law:same' as never };
    const first = books.done('payment', PAYMENT, again);
    voidTypedPayment(books.state, first, books.nowMs);
    expect(books.done('payment', PAYMENT, again)).not.toBe(first);
    expect(invoiceThere().Balance).toBe(1000);
  });

  it('that never was needs nothing to be gone', () => {
    expect(books.wish('payment', { ...PAYMENT, gone: true })).toEqual({ value: 'none' });
  });

  it('that was banked stays until its deposit is taken apart, in the words of QuickBooks', () => {
    const id = books.done('payment', PAYMENT);
    const deposit = bankPayments(books.state, [id], books.nowMs);
    expect(books.wish('payment', { ...PAYMENT, gone: true })).toMatchObject({
      fault: { fault: 'rejected', code: '6000', message: expect.stringMatching(/deposited/) },
    });
    takeDepositApart(books.state, deposit, books.nowMs);
    books.done('payment', { ...PAYMENT, gone: true });
    expect(invoiceThere().Balance).toBe(1450.1);
  });

  it('of more than the invoice takes leaves the rest with the customer, and is not written again', () => {
    books.typed({ invoice: INVOICE.number, amountCents: 120_000 });
    books.done('payment', PAYMENT);
    books.done('payment', PAYMENT);
    const [, ours] = all(books.state, 'Payment');
    expect(ours).toMatchObject({ TotalAmt: 450.1, UnappliedAmt: 200, SyncToken: '0' });
    expect(invoiceThere().Balance).toBe(0);
  });

  it('on an invoice that was paid there already is left to a person', () => {
    books.typed({ invoice: INVOICE.number, amountCents: INVOICE.amountCents });
    expect(books.wish('payment', PAYMENT)).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/paid already/) },
    });
  });

  it('waits for an invoice that leaves beside it, and not for ever', () => {
    const early = { ...PAYMENT, invoice: 'RL-000000000B' };
    expect(books.wish('payment', early)).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 300 } });
    expect(books.wish('payment', early, { attempt: 12 })).toMatchObject({ fault: { fault: 'rejected' } });
  });

  it('is not put on a voided invoice', () => {
    books.done('invoice', { ...INVOICE, gone: true });
    expect(books.wish('payment', PAYMENT)).toMatchObject({ fault: { message: expect.stringMatching(/is voided/) } });
  });

  it.each([
    ['its name', 'Checking'],
    ['its id', '1'],
  ])('goes to the account that the owner chose by %s', (_, chosen) => {
    books.done('payment', PAYMENT, { account: { ...ACCOUNT, QUICKBOOKS_DEPOSIT_ACCOUNT: chosen } });
    expect(books.only('Payment').DepositToAccountRef).toMatchObject({ value: '1' });
  });

  it('is refused where that account is not there', () => {
    const account = { ...ACCOUNT, QUICKBOOKS_DEPOSIT_ACCOUNT: 'Savings' };
    expect(books.wish('payment', PAYMENT, { account })).toMatchObject({
      fault: { message: expect.stringMatching(/has no account "Savings"/) },
    });
  });

  it('hides account numbers that its reference may hold', () => {
    books.done('payment', { ...PAYMENT, source: 'bank', reference: 'IBAN DE89370400440532013000' });
    expect(books.only('Payment').PrivateNote).not.toContain('370400440532013000');
  });
});

describe('a credit', () => {
  beforeEach(() => {
    books.done('invoice', INVOICE);
  });

  it('lowers what is open on its invoice', () => {
    books.done('credit', CREDIT);
    expect(books.only('CreditMemo')).toMatchObject({ DocNumber: CREDIT.number, TotalAmt: 200, RemainingCredit: 0 });
    expect(books.only('Payment')).toMatchObject({ TotalAmt: 0, PaymentRefNum: CREDIT.number, UnappliedAmt: 0 });
    expect(invoiceThere().Balance).toBe(1250.1);
  });

  it.each([
    ['more', 30_000, 1150.1],
    ['less', 10_000, 1350.1],
  ])('becomes %s', (_, amountCents, balance) => {
    books.done('credit', CREDIT);
    books.done('credit', { ...CREDIT, amountCents });
    expect(invoiceThere().Balance).toBe(balance);
    expect(live('CreditMemo')).toHaveLength(1);
    expect(live('Payment')).toHaveLength(1);
  });

  it('goes, and comes again', () => {
    books.done('credit', CREDIT);
    books.done('credit', { ...CREDIT, gone: true });
    expect([invoiceThere().Balance, live('CreditMemo'), live('Payment')]).toEqual([1450.1, [], []]);
    books.done('credit', CREDIT);
    expect(invoiceThere().Balance).toBe(1250.1);
    expect(books.wish('credit', { ...CREDIT, number: 'RC-000000000B', gone: true })).toEqual({ value: 'none' });
  });

  it('of more than is open is given as far as the invoice takes it', () => {
    books.done('payment', { ...PAYMENT, amountCents: 140_000 });
    books.done('credit', CREDIT);
    expect(invoiceThere().Balance).toBe(0);
    expect(books.only('CreditMemo').RemainingCredit).toBe(149.9);
  });
});

describe('the nightly comparison', () => {
  it('holds our items of the period, and nothing else', () => {
    books.done('invoice', INVOICE);
    books.done('payment', PAYMENT);
    books.done('credit', CREDIT);
    books.done('invoice', { ...INVOICE, number: 'RL-000000000B', day: '2026-12-20' });
    books.done('invoice', { ...INVOICE, number: 'RL-000000000B', day: '2026-12-20', gone: true });
    books.done('invoice', { ...INVOICE, number: 'RL-000000000C', day: '2027-06-01' });
    books.typed({ invoice: INVOICE.number, reference: 'RP-1' });
    const period = { since: instant(Date.UTC(2026, 11, 1, 8)), until: instant(Date.UTC(2026, 11, 31, 20)) };
    const before = books.sent.length;
    const result = books.run(quickbooks.books!.items({ ...period, now: instant(START), account: ACCOUNT }));
    expect(books.sent.length - before).toBe(3);
    expect('value' in result && [...result.value].map(({ id: _, ...item }) => item)).toEqual([
      {
        kind: 'invoice',
        number: INVOICE.number,
        amountCents: 145_010,
        openCents: 34_990,
        currency: 'USD',
        gone: false,
      },
      { kind: 'invoice', number: 'RL-000000000B', amountCents: 0, openCents: 0, currency: 'USD', gone: true },
      {
        kind: 'payment',
        number: PAYMENT.number,
        amountCents: 45_010,
        on: INVOICE.number,
        currency: 'USD',
        gone: false,
      },
      {
        kind: 'credit',
        number: CREDIT.number,
        amountCents: 20_000,
        on: INVOICE.number,
        currency: 'USD',
        gone: false,
      },
    ]);
  });

  it('holds what was paid long before its invoice fell due, and tells which invoice everything lies on', () => {
    books.done('invoice', INVOICE);
    books.done('payment', { ...PAYMENT, day: '2026-09-20' });
    books.done('credit', { ...CREDIT, day: '2026-09-21' });
    const period = { since: instant(Date.UTC(2026, 11, 1, 8)), until: instant(Date.UTC(2026, 11, 31, 20)) };
    const result = books.run(quickbooks.books!.items({ ...period, now: instant(START), account: ACCOUNT }));
    expect('value' in result && result.value.map(({ number, on }) => [number, on])).toEqual([
      [INVOICE.number, undefined],
      [PAYMENT.number, INVOICE.number],
      [CREDIT.number, INVOICE.number],
    ]);
  });
});
