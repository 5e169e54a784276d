/** What the ledger writes into Rent Manager: charges, payments and credit, once each, on the right account, and compared at night. */
import * as people from '../../local/vendors/rentmanager/people';
import { rentmanager } from '../../src/connectors/rentmanager';
import { instant } from '../../src/domain/values';
import { creditWish, DAY, invoiceWish, type LeaseName, paymentWish, RentmanagerBench, START } from './rentmanager-rig';

const NUMBERS = ['RL-8K2M4N7QPZ', 'RL-0000000001', 'RL-0000000002', 'RL-0000000003'] as const;

describe('a charge', () => {
  it('is written with its type, its place and our number', () => {
    const one = new RentmanagerBench();
    expect(one.wish('invoice', invoiceWish({ amountCents: 125_050 }))).toEqual({ value: '4001' });
    expect(one.rows('Charges')).toMatchObject([
      {
        AccountID: 5001,
        AccountType: 'Customer',
        PropertyID: 101,
        UnitID: 11,
        ChargeTypeID: 1,
        Amount: 1250.5,
        TransactionDate: '2026-12-01T00:00:00',
        Reference: 'RL-8K2M4N7QPZ',
        Comment: 'Rent for December 2026',
      },
    ]);
  });

  it('is corrected where it differs, and left alone where it does not', () => {
    const one = new RentmanagerBench();
    one.wish('invoice', invoiceWish());
    const sent = one.sent.length;
    expect(one.wish('invoice', invoiceWish())).toEqual({ value: '4001' });
    expect(one.sent.slice(sent).map(({ method }) => method)).toEqual(['GET']);
    people.typeOverLine(one.state, 'Charges', 4001, { Amount: 1 }, one.hand);
    expect(one.wish('invoice', invoiceWish({ day: '2026-12-03' }))).toEqual({ value: '4001' });
    expect(one.rows('Charges')).toMatchObject([{ ID: 4001, Amount: 1250, TransactionDate: '2026-12-03T00:00:00' }]);
  });

  it('is deleted when it was entered in error, and nothing is done where it never was', () => {
    const one = new RentmanagerBench();
    one.wish('invoice', invoiceWish());
    expect(one.wish('invoice', invoiceWish({ gone: true }))).toEqual({ value: '4001' });
    expect(one.rows('Charges')).toEqual([]);
    expect(one.wish('invoice', invoiceWish({ gone: true }))).toEqual({ value: 'none' });
    expect(one.wish('invoice', invoiceWish())).toEqual({ value: '4002' });
  });

  it.each([
    ['late fee', {}, 2],
    ['returned payment fee', {}, 3],
    ['late fee', { MAP_LATE_FEE: '4' }, 4],
    ['parking', { MAP_OTHER: '4: Utilities' }, 4],
  ])('for %s with %j goes to the type %d', (type, mapping, wanted) => {
    const one = new RentmanagerBench();
    Object.assign(one.account, mapping);
    one.wish('invoice', invoiceWish({ type }));
    expect(one.rows('Charges')).toMatchObject([{ ChargeTypeID: wanted }]);
    for (const name of Object.keys(mapping)) delete (one.account as Record<string, string>)[name];
  });

  it('of a type that nobody has chosen is not written, and says so', () => {
    const one = new RentmanagerBench();
    expect(one.wish('invoice', invoiceWish({ type: 'parking' }))).toMatchObject({
      fault: {
        fault: 'rejected',
        message: expect.stringContaining('No charge type of Rent Manager is chosen for "parking"'),
      },
    });
    expect(one.rows('Charges')).toEqual([]);
  });

  it('in a closed month is refused in the vendor’s words, and not tried again', () => {
    const one = new RentmanagerBench();
    people.closeBooks(one.state, '2026-12-01', one.hand);
    expect(one.wish('invoice', invoiceWish())).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining('closed through 2026-12-01') },
    });
    expect(one.sent.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('in another currency than the company’s is not written', () => {
    const one = new RentmanagerBench();
    expect(one.wish('invoice', invoiceWish({ currency: 'CAD' }))).toMatchObject({
      fault: { message: expect.stringContaining('keeps USD') },
    });
    expect(one.sent).toEqual([]);
  });

  it('that the server takes and does not show is told, and nobody writes it again', () => {
    const one = new RentmanagerBench();
    one.answer = (request, reply) => {
      const given = reply();
      const isLook = request.method === 'GET' && request.url.includes('/Charges');
      return isLook ? { status: 200, headers: {}, body: '' } : given;
    };
    expect(one.wish('invoice', invoiceWish())).toMatchObject({
      fault: { fault: 'malformed', message: expect.stringContaining('does not show it') },
    });
  });
});

describe('a dry run', () => {
  it('shows what would be sent, with the linked tenant or the words that one is looked for', () => {
    const one = new RentmanagerBench();
    const shown = (kind: string, payload: object) => {
      const [request] = rentmanager.rehearse!(kind, one.context(payload));
      return [request?.method, new URL(request?.url ?? '').pathname, JSON.parse(request?.body ?? '')[0]];
    };
    expect(shown('invoice', invoiceWish({}, 'L-1', { id: '5001' }))).toEqual([
      'POST',
      '/Charges',
      {
        AccountID: 5001,
        AccountType: 'Customer',
        Amount: 1250,
        TransactionDate: '2026-12-01T00:00:00',
        Reference: 'RL-8K2M4N7QPZ',
        Comment: 'Rent for December 2026',
        ChargeTypeID: 1,
      },
    ]);
    expect(shown('payment', paymentWish())).toMatchObject([
      'POST',
      '/Payments',
      { AccountID: '(who lives in the unit)' },
    ]);
    expect(shown('credit', creditWish())).toMatchObject(['POST', '/Credits', { Reference: 'RC-ABCDEFGHJK' }]);
    expect(rentmanager.rehearse!('standing', one.context({}))).toEqual([]);
    expect(one.sent).toEqual([]);
  });
});

describe('the account', () => {
  it('is that of whoever lived in the unit on the day', () => {
    const one = new RentmanagerBench();
    people.moveOut(one.state, 5001, '2026-12-10', one.hand);
    const next = { code: '5009', property: '101', unit: '11', firstName: 'Al', lastName: 'Park', rentCents: 130_000 };
    people.moveIn(one.state, { ...next, leaseFrom: '2026-12-11' }, one.hand);
    one.wish('invoice', invoiceWish());
    one.wish('invoice', invoiceWish({ number: NUMBERS[1], day: '2026-12-20' }));
    expect(one.rows('Charges').map(({ AccountID }) => AccountID)).toEqual([5001, 5009]);
  });

  it('is never that of somebody else who lives there', () => {
    const one = new RentmanagerBench();
    const stranger = invoiceWish({}, 'L-1', { residents: 'Zoe Nowak' });
    expect(one.wish('invoice', stranger)).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining('Nobody of "Zoe Nowak" lives in "11"') },
    });
    const nowhere = invoiceWish({}, 'L-1', { unit: '77' });
    expect(one.wish('invoice', nowhere)).toMatchObject({
      fault: { message: expect.stringContaining('no unit "77" in "Harbor Court"') },
    });
    const noHouse = invoiceWish({}, 'L-1', { property: 'Elm House' });
    expect(one.wish('invoice', noHouse)).toMatchObject({ fault: { message: expect.stringContaining('"Elm House"') } });
    expect(one.rows('Charges')).toEqual([]);
  });

  it('is the linked one where there is a link, whatever names say', () => {
    const one = new RentmanagerBench();
    const linked = { residents: 'Zoe Nowak', property: 'Elsewhere', id: '5003' };
    one.wish('invoice', invoiceWish({}, 'L-1', linked));
    expect(one.rows('Charges')).toMatchObject([{ AccountID: 5003, PropertyID: 102, UnitID: 21 }]);
    const gone = invoiceWish({ number: NUMBERS[1] }, 'L-1', { id: '5999' });
    expect(one.wish('invoice', gone)).toMatchObject({
      fault: { message: expect.stringContaining('no lease of tenant 5999') },
    });
  });
});

describe('many at once', () => {
  const many = (['L-1', 'L-2', 'L-3'] as LeaseName[]).map((lease, at) => invoiceWish({ number: NUMBERS[at] }, lease));

  it('go in one array, and are read back together', () => {
    const one = new RentmanagerBench();
    expect(one.batch('invoice', many)).toEqual(['4001', '4002', '4003']);
    expect(one.sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'GET /Charges',
      'GET /Properties',
      'GET /Units',
      'POST /Charges',
      'GET /Charges',
    ]);
    expect(one.rows('Charges').map(({ AccountID, Reference }) => [AccountID, Reference])).toEqual([
      [5001, NUMBERS[0]],
      [5002, NUMBERS[1]],
      [5003, NUMBERS[2]],
    ]);
  });

  it('fail one by one, each with its own reason', () => {
    const one = new RentmanagerBench();
    people.closeBooks(one.state, '2026-11-30', one.hand);
    const wishes = [
      many[0]!,
      invoiceWish({ number: NUMBERS[1], day: '2026-11-15' }, 'L-2'),
      invoiceWish({ number: NUMBERS[2], type: 'parking' }, 'L-3'),
      invoiceWish({ number: 'XX-1' }, 'L-3'),
      invoiceWish({ number: NUMBERS[3] }, 'L-3'),
    ];
    expect(one.batch('invoice', wishes)).toEqual([
      expect.any(String),
      expect.objectContaining({ fault: 'rejected', message: expect.stringContaining('closed through') }),
      expect.objectContaining({ message: expect.stringContaining('"parking"') }),
      expect.objectContaining({ fault: 'malformed' }),
      expect.any(String),
    ]);
    expect(one.rows('Charges').map(({ Reference }) => Reference)).toEqual([NUMBERS[0], NUMBERS[3]]);
  });

  it('of which a refused array kept some are not written twice', () => {
    const one = new RentmanagerBench();
    one.answer = (request, reply) => {
      if (request.method !== 'POST' || (JSON.parse(request.body) as unknown[]).length < 2) return reply();
      // This server saves one after the other, and stops at the first that it does not like.
      const [first] = JSON.parse(request.body) as unknown[];
      const body = JSON.stringify([first]);
      one.rig.sandbox.handle(one.state, { ...request, body }, one.nowMs);
      return { status: 400, headers: {}, body: '{"UserMessage":"The second is not valid."}' };
    };
    expect(one.batch('invoice', many)).toEqual(['4001', '4002', '4003']);
    expect(one.rows('Charges')).toHaveLength(3);
  });
});

describe('money and credit', () => {
  it('lie on the tenant’s account, and are taken out again', () => {
    const one = new RentmanagerBench();
    expect(one.wish('payment', paymentWish())).toEqual({ value: '4001' });
    expect(one.wish('credit', creditWish())).toEqual({ value: '4002' });
    expect(one.rows('Payments')).toMatchObject([
      { AccountID: 5001, Amount: 1250, Reference: 'RP-0123456789', TransactionDate: '2026-12-02T00:00:00' },
    ]);
    expect(one.rows('Payments')[0]?.Comment).toBe('RP-0123456789 stripe pi_123, for RL-8K2M4N7QPZ');
    expect(one.rows('Credits')).toMatchObject([{ Amount: 50, ChargeTypeID: 1, UnitID: 11 }]);
    one.wish('payment', paymentWish({ gone: true }));
    one.wish('credit', creditWish({ gone: true }));
    expect([...one.rows('Payments'), ...one.rows('Credits')]).toEqual([]);
  });

  it('that somebody reversed there is left to a person, and is gone where it ought to be gone', () => {
    const one = new RentmanagerBench();
    one.wish('payment', paymentWish());
    people.reversePayment(one.state, 4001, {}, one.hand);
    expect(one.wish('payment', paymentWish({ amountCents: 100 }))).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining('was reversed in Rent Manager') },
    });
    expect(one.wish('payment', paymentWish({ gone: true }))).toEqual({ value: '4001' });
    expect(one.rows('Payments')).toHaveLength(1);
  });
});

describe('the nightly comparison', () => {
  it('lists each of ours once, with what it lies on, and nothing of others', () => {
    const one = new RentmanagerBench();
    people.serverIs(one.state, { takesPaymentReference: false });
    people.postRecurring(one.state, '2026-12-01', one.hand);
    people.recordPayment(one.state, { tenant: 5002, cents: 100, day: '2026-12-01' }, one.hand);
    one.wish('invoice', invoiceWish());
    one.wish('payment', paymentWish());
    one.wish('credit', creditWish());
    people.reversePayment(one.state, Number(one.rows('Payments')[1]?.ID), {}, one.hand);
    const period = { since: instant(START - 30 * DAY), until: instant(START + DAY), now: instant(one.nowMs) };
    expect(one.run(rentmanager.books!.items({ ...period, account: one.account }))).toEqual({
      value: [
        { kind: 'invoice', number: 'RL-8K2M4N7QPZ', id: '4005', amountCents: 125_000, currency: 'USD', gone: false },
        {
          kind: 'payment',
          number: 'RP-0123456789',
          id: '4006',
          amountCents: 125_000,
          currency: 'USD',
          gone: true,
          on: 'RL-8K2M4N7QPZ',
        },
        {
          kind: 'credit',
          number: 'RC-ABCDEFGHJK',
          id: '4007',
          amountCents: 5000,
          currency: 'USD',
          gone: false,
          on: 'RL-8K2M4N7QPZ',
        },
      ],
    });
  });
});
