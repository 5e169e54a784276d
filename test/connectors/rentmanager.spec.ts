/** What is particular to Rent Manager's connector: logging in, the feed of payments, what the account has, and faults. */
import * as people from '../../local/vendors/rentmanager/people';
import { USERNAME } from '../../local/vendors/rentmanager/state';
import { rentmanager } from '../../src/connectors/rentmanager';
import { day } from '../../src/domain/calendar';
import { DAY, ENTERED, paymentWish, RentmanagerBench } from './rentmanager-rig';

const login = rentmanager.oauth!;
const reply = (status: number, body: unknown) => ({ status, headers: {}, body: JSON.stringify(body) });

describe('logging in', () => {
  it('asks with name, password and location, and takes the token as a bare text', () => {
    const request = login.request({ ...ENTERED, RENTMANAGER_LOCATION: '2' }, { kind: 'client' });
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://maplestreet.api.rentmanager.com/Authentication/AuthorizeUser',
      body: JSON.stringify({ Username: USERNAME, Password: 'rm-password-rentledger', LocationID: 2 }),
    });
    expect(login.read(reply(200, 'tok-1'))).toEqual({ access: 'tok-1', expiresInSeconds: 43_200 });
    expect(login.read(reply(200, { Token: 'tok-2' })).access).toBe('tok-2');
    expect(() => login.read(reply(200, ''))).toThrow(/not a token/);
  });

  it('waits where the user is logged in too many times, and says whom to ask where it is refused', () => {
    const said = { UserMessage: 'rentledger has logged in the maximum number of times.' };
    expect(login.fault(reply(403, said))).toMatchObject({ fault: 'busy', retryAfterSeconds: 900 });
    expect(login.fault(reply(401, { UserMessage: 'Wrong.' }))).toMatchObject({
      fault: 'auth',
      message: 'The log-in was refused (HTTP 401). Wrong.',
    });
    expect(login.fault(reply(503, ''))).toMatchObject({ fault: 'down' });
    expect(login.fault(reply(429, ''))).toMatchObject({ fault: 'busy' });
    expect(login.fault(reply(200, 'tok'))).toBeUndefined();
  });

  it('takes no company code that could be another host', () => {
    for (const code of ['', 'evil.example/', 'a b', 'https://maple'])
      expect(() => login.request({ ...ENTERED, RENTMANAGER_COMPANY: code }, { kind: 'client' })).toThrow(
        /company code/,
      );
  });

  it('is done once for many calls, and anew when the sessions were ended', () => {
    const one = new RentmanagerBench();
    one.run(rentmanager.test!(one.account));
    one.drain();
    expect(one.renewals).toBe(0);
    people.endSessions(one.state);
    one.drain();
    expect(one.renewals).toBe(1);
  });
});

describe('the test call', () => {
  it('names company and location, and finds the types of charges by their names', () => {
    const one = new RentmanagerBench();
    expect(one.run(rentmanager.test!(one.account))).toEqual({
      value: {
        name: 'maplestreet: Maple Street Rentals',
        mode: 'live',
        found: { RENT_TYPE: '1', LATE_TYPE: '2', NSF_TYPE: '3' },
      },
    });
  });

  it('leaves the choice to the owner where two types fit, or none', () => {
    const one = new RentmanagerBench();
    people.rename(one.state, 'ChargeTypes', 4, 'Rent', one.hand);
    people.retireChargeType(one.state, 3, one.hand);
    const result = one.run(rentmanager.test!(one.account));
    expect(result).toMatchObject({ value: { found: { LATE_TYPE: '2' } } });
    expect(Object.keys('value' in result ? (result.value.found ?? {}) : {})).toEqual(['LATE_TYPE']);
  });

  it.each(['Payments', 'RecurringCharges', 'Credits'])('says which privilege is missing: %s', (resource) => {
    const one = new RentmanagerBench();
    people.takePrivilege(one.state, USERNAME, resource, 'read');
    expect(one.run(rentmanager.test!(one.account))).toMatchObject({
      fault: { fault: 'auth', message: expect.stringContaining(`You do not have the privilege to view ${resource}.`) },
    });
  });

  it('shows the types to choose from, and one real tenant with every field', () => {
    const one = new RentmanagerBench();
    people.retireChargeType(one.state, 4, one.hand);
    expect(one.run(rentmanager.lists!.chargeTypes!(one.account))).toMatchObject({
      value: [
        { id: '1', name: 'RENT: Rent' },
        { id: '2', name: 'LATE: Late fee' },
        { id: '3' },
        { id: '4', note: 'no longer used' },
        { id: '5' },
      ],
    });
    const result = one.run(rentmanager.sample!({ leaseId: 'L-3', customer: '5003' }, one.account));
    const row = 'value' in result ? result.value : undefined;
    expect(row).toMatchObject({ id: '5003', name: 'Chi Wong' });
    const values = new Map(row?.fields.map(({ field, value }) => [field, value]));
    expect(values.get('Contacts.Email')).toBe('chi@example.com');
    expect(values.get('Leases.Unit.Name')).toBe('21');
    expect(values.get('RecurringCharges.Amount')).toBe('1600');
    expect(one.run(rentmanager.sample!(undefined, one.account))).toMatchObject({ value: { id: '5001' } });
    expect(one.run(rentmanager.sample!({ leaseId: 'L-9', customer: '5999' }, one.account))).toEqual({
      value: undefined,
    });
  });
});

describe('the feed of payments', () => {
  it('tells the account, the payer, the memo and the moment', () => {
    const one = new RentmanagerBench();
    people.recordPayment(one.state, { tenant: 5001, cents: 125_000, day: '2026-12-02', reference: '1042' }, one.hand);
    people.recordPayment(one.state, { tenant: 5002, cents: 5000, day: '2026-11-30' }, one.hand);
    const [today, before] = [...one.drain().payments.values()];
    expect(today).toMatchObject({
      key: 'rentmanager:4001',
      customer: '5001',
      payerName: 'Ada Park',
      memo: '1042',
      state: 'settled',
      initiatedAt: Date.UTC(2026, 11, 2, 15),
      reversals: [],
    });
    expect(before).toMatchObject({ customer: '5002', initiatedAt: Date.UTC(2026, 10, 30, 17) });
    expect(before?.memo).toBeUndefined();
  });

  it('finds a return that left its payment unchanged, however long ago that was read, and knows it from a correction', () => {
    const one = new RentmanagerBench();
    const [bounced, voided] = [125_000, 5000].map((cents) =>
      people.recordPayment(one.state, { tenant: 5001, cents, day: '2026-12-02' }, one.hand),
    ) as [number, number];
    one.drain();
    one.nowMs += 20 * DAY;
    people.reversePayment(one.state, bounced, { day: '2026-12-08' }, one.hand);
    people.reversePayment(one.state, voided, { type: 'Void' }, one.hand);
    const { payments, faults } = one.drain();
    expect(faults).toEqual([]);
    expect(payments.get(String(bounced))?.reversals).toEqual([
      {
        key: `rentmanager:${bounced}:reversed`,
        reason: 'returned',
        state: 'final',
        amountCents: 125_000,
        at: Date.UTC(2026, 11, 8, 17),
        detail: 'NSF in Rent Manager',
      },
    ]);
    expect(payments.get(String(voided))?.reversals).toMatchObject([
      { reason: 'refunded', detail: 'Void in Rent Manager' },
    ]);
  });

  it('tells a corrected amount', () => {
    const one = new RentmanagerBench();
    const id = people.recordPayment(one.state, { tenant: 5001, cents: 125_000, day: '2026-12-02' }, one.hand);
    one.drain();
    one.nowMs += 3 * DAY;
    people.correctPayment(one.state, id, { cents: 120_000 }, one.hand);
    expect(one.drain().payments.get(String(id))?.amountCents).toBe(120_000);
  });

  it.each([true, false])(
    'never gives back what we put there ourselves, references kept: %s',
    (takesPaymentReference) => {
      const one = new RentmanagerBench();
      people.serverIs(one.state, { takesPaymentReference });
      expect(one.wish('payment', paymentWish())).toEqual({ value: '4001' });
      people.reversePayment(one.state, 4001, {}, one.hand);
      expect(one.drain().payments.size).toBe(0);
    },
  );

  it('leaves out owners and prospects, and says so of an account of a kind that nobody knows', () => {
    const one = new RentmanagerBench();
    const pay = (AccountType: string) => {
      people.recordPayment(one.state, { tenant: 5001, cents: 100, day: '2026-12-02' }, one.hand);
      Object.assign(one.rows('Payments').at(-1)!, { AccountType });
    };
    for (const kind of ['Owner', 'Prospect', 'Robot']) pay(kind);
    const { payments, faults } = one.drain();
    expect(payments.size).toBe(0);
    expect(faults).toMatchObject([{ about: '4003', fault: { fault: 'malformed' } }]);
  });

  it('asks from six hours before what was read whole, by the company’s clock', () => {
    const one = new RentmanagerBench();
    one.drain();
    one.nowMs += DAY;
    one.drain();
    const asked = one.sent.map(({ url }) => decodeURIComponent(new URL(url).searchParams.get('filters') ?? ''));
    expect(asked).toEqual([
      'TransactionDate,ge,2026-11-01',
      'ReversalDate,ge,2026-11-01',
      'UpdateDate,ge,2026-12-02T04:00:00',
      'ReversalDate,ge,2026-11-01',
    ]);
  });

  it('reads again what may have moved to a page that was read, because one was deleted meanwhile', () => {
    const one = new RentmanagerBench();
    const paid = one.payMany(501);
    const [first = ''] = paid.keys();
    one.pullOnce();
    people.deleteLine(one.state, 'Payments', Number(first), one.hand);
    const { payments } = one.drain();
    // The payment that slid to the first page is there all the same.
    expect([...paid.keys()].filter((id) => id !== first && !payments.has(id))).toEqual([]);
  });
});

describe('the roster', () => {
  const today = day('2026-12-02');

  it('has one lease for each account, with its people, its rent, its days and what it owes', () => {
    const one = new RentmanagerBench();
    people.postRecurring(one.state, '2026-12-01', one.hand);
    people.addContact(one.state, 5001, { firstName: 'Abe', lastName: 'Park', email: 'abe@example.com' }, one.hand);
    expect(one.run(rentmanager.roster!(one.account, today))).toMatchObject({
      value: {
        faults: [],
        leases: [
          {
            id: '5001',
            property: 'Harbor Court',
            propertyId: '101',
            unit: '11',
            residents: ['Ada Park', 'Abe Park'],
            emails: ['ada@example.com', 'abe@example.com'],
            phone: '+12175550111',
            state: 'current',
            rentCents: 125_000,
            dueDay: 1,
            start: '2026-03-01',
            balanceCents: 125_000,
            currency: 'USD',
          },
          { id: '5002', state: 'current', phone: '' },
          { id: '5003', property: 'Linden Row', state: 'notice', end: '2026-12-31' },
        ],
      },
    });
  });

  it('tells a new rent from its day on, who is to come, and who has left of late', () => {
    const one = new RentmanagerBench();
    people.changeRent(one.state, 5001, { cents: 130_000, from: '2027-01-01' }, one.hand);
    people.moveOut(one.state, 5002, '2026-11-15', one.hand);
    const next = { code: '5004', property: '102', unit: '22', firstName: 'Dee', lastName: 'Hall', rentCents: 165_000 };
    people.moveIn(one.state, { ...next, leaseFrom: '2027-01-01' }, one.hand);
    const rosterOf = (on: string) => {
      const result = one.run(rentmanager.roster!(one.account, day(on)));
      if (!('value' in result)) throw new Error(JSON.stringify(result.fault));
      return result.value.leases.map(({ id, state, rentCents, end }) => [id, state, rentCents, end]);
    };
    expect(rosterOf('2026-12-02')).toEqual([
      ['5001', 'current', 125_000, undefined],
      ['5003', 'notice', 160_000, '2026-12-31'],
      ['5004', 'future', 165_000, undefined],
      ['5002', 'past', undefined, '2026-11-15'],
    ]);
    one.nowMs += 40 * DAY;
    expect(rosterOf('2027-01-11')[0]).toEqual(['5001', 'current', 130_000, undefined]);
  });

  it('puts several units of one tenant together, for they owe together', () => {
    const one = new RentmanagerBench();
    const more = { TenantID: 5001, UnitID: 12, PropertyID: 101, MoveInDate: '2026-06-01T00:00:00', MoveOutDate: null };
    one.state.tables.Leases.push({ $location: 1, LeaseID: 7101, ...more });
    const rent = one.state.tables.RecurringCharges.find((row) => row.EntityKeyID === 5001)!;
    one.state.tables.RecurringCharges.push({ ...rent, RecurringChargeID: 99, UnitID: 12, Amount: 100.5 });
    expect(one.run(rentmanager.roster!(one.account, today))).toMatchObject({
      value: { leases: [{ id: '5001', unit: '11, 12', rentCents: 135_050, start: '2026-03-01' }, {}, {}] },
    });
  });

  it('names what it cannot read, and reads the rest', () => {
    const one = new RentmanagerBench();
    one.state.tables.Tenants.find((row) => row.TenantID === 5002)!.PropertyID = 999;
    expect(one.run(rentmanager.roster!(one.account, today))).toMatchObject({
      value: {
        leases: [{ id: '5001' }, { id: '5003' }],
        faults: [{ about: 'tenant 5002', fault: { fault: 'malformed' } }],
      },
    });
  });
});

describe('faults', () => {
  const faultOf = (status: number, body: unknown) => rentmanager.fault(reply(status, body));

  it('tell what is wrong with the request, in the vendor’s words', () => {
    const body = { Message: 'The request is invalid.', ModelState: { filters: ["The operator 'gte' is not valid."] } };
    expect(faultOf(400, body)).toMatchObject({
      fault: 'rejected',
      message: expect.stringContaining("The request is invalid. filters: The operator 'gte' is not valid."),
    });
  });

  it('take a business rule for a refusal, and a broken server for one', () => {
    const told = (UserMessage: string) => ({ UserMessage, DeveloperMessage: 'x', ErrorCode: 1000 });
    expect(faultOf(500, told('The accounting period is closed.'))).toMatchObject({ fault: 'rejected' });
    expect(faultOf(500, told('An unexpected error has occurred.'))).toMatchObject({ fault: 'down' });
    expect(faultOf(503, told('The accounting period is closed.'))).toMatchObject({ fault: 'down' });
    expect(faultOf(500, 'oops')).toMatchObject({ fault: 'down' });
    expect(faultOf(412, told('Changed meanwhile.'))).toMatchObject({ fault: 'rejected' });
    expect(faultOf(429, {})).toMatchObject({ fault: 'busy' });
    expect(faultOf(206, [])).toBeUndefined();
  });
});
