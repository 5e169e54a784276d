/** What is particular to AppFolio: whose account a charge lies on, what cannot be posted, receipts that come back, and the roster. */
import {
  addTenant,
  changeContact,
  giveNotice,
  hideProperty,
  moveIn,
  moveOut,
  payInPortal,
  renewLease,
  returnReceipt,
  slowDown,
  startMaintenance,
  typeCharge,
  typeReceipt,
} from '../../local/vendors/appfolio/people';
import { appfolio } from '../../src/connectors/appfolio';
import { appfolioFault, sign } from '../../src/connectors/appfolio/api';
import { day } from '../../src/domain/calendar';
import { instant } from '../../src/domain/values';
import { ACCOUNT, creditWish, invoiceWish, Office, PEOPLE, paymentWish } from './appfolio-rig';

const OTHER = 'RL-000000000A';

describe('a charge of ours', () => {
  it('lies on the occupancy of its resident, on the account of its kind, with our number in its text', () => {
    const office = new Office();
    const id = office.value(office.wish('invoice', invoiceWish()));
    const [charge] = office.state.charges;
    expect(charge).toMatchObject({
      id,
      cents: 125_000,
      chargedOn: '2026-12-01',
      description: 'rent, Harbor Court 11, due 2026-12-01 RL-8K2M4N7QPZ',
      glAccountId: office.state.glAccounts.find(({ name }) => name === 'Rent')!.id,
    });
    expect(office.state.occupancies.find((one) => one.id === charge!.occupancyId)!.number).toBe(501);
    office.value(office.wish('invoice', invoiceWish({ number: OTHER, type: 'late fee', amountCents: 7500 })));
    const fee = office.state.glAccounts.find(({ name }) => name === 'Late Fee')!.id;
    expect(office.state.charges.map(({ glAccountId }) => glAccountId)).toEqual([charge!.glAccountId, fee]);
  });

  it('goes to the account that the owner has chosen, by number or by name', () => {
    const office = new Office();
    const chosen = { ...ACCOUNT, MAP_OTHER: '4200', MAP_RENT: 'utility income' };
    office.value(office.wish('invoice', invoiceWish(), { account: chosen }));
    office.value(office.wish('invoice', invoiceWish({ number: OTHER, type: 'parking' }), { account: chosen }));
    const utility = office.state.glAccounts.find(({ number }) => number === '4200')!.id;
    expect(office.state.charges.map(({ glAccountId }) => glAccountId)).toEqual([utility, utility]);
    const wrong = office.wish('invoice', invoiceWish({ number: 'RL-000000000B' }), {
      account: { ...ACCOUNT, MAP_RENT: '9999' },
    });
    expect(wrong).toMatchObject({ fault: { fault: 'rejected', message: expect.stringMatching(/called 9999/) } });
  });

  it('lies on the lease that the Links tab names, without a look at who lives where', () => {
    const office = new Office();
    const [ada, ben] = office.state.occupancies;
    const linked = { ...PEOPLE.ADA, id: ben!.id };
    office.value(office.wish('invoice', invoiceWish({ customer: linked })));
    expect(office.state.charges[0]).toMatchObject({ occupancyId: ben!.id });
    expect(office.calls()).toEqual(['GET gl_accounts', 'GET tenant_ledgers', 'GET charges', 'POST charges']);
    office.value(office.wish('payment', paymentWish({ customer: { ...PEOPLE.BEN, id: ada!.id } })));
    expect(office.state.notes[0]).toMatchObject({ tenantId: office.state.tenants[0]!.id });
    const gone = { ...PEOPLE.ADA, id: 'gone' };
    expect(office.wish('payment', paymentWish({ customer: gone }))).toMatchObject({ fault: { fault: 'missing' } });
    expect(office.wish('invoice', invoiceWish({ number: OTHER, customer: gone }))).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/OccupancyId does not exist/) },
    });
  });

  it('is refused where nobody, or more than one, of that name lives in that unit', () => {
    const office = new Office();
    const stranger = { ...PEOPLE.ADA, residents: 'Zoe Blank', email: 'zoe@example.com' };
    const result = office.wish('invoice', invoiceWish({ customer: stranger }));
    expect(result).toMatchObject({ fault: { fault: 'missing', message: expect.stringMatching(/nobody called Zoe/) } });
    const nowhere = office.wish('invoice', invoiceWish({ customer: { ...PEOPLE.ADA, unit: '99' } }));
    expect(nowhere).toMatchObject({ fault: { fault: 'missing', message: expect.stringMatching(/no lease of/) } });
    // The same person takes the unit anew while the first lease still runs.
    const again = { property: 'Harbor Court', unit: '11', rent: '1300.00', leaseFrom: '2027-03-01', isFuture: true };
    moveIn(office.state, { ...again, people: [{ firstName: 'Ada', lastName: 'Park' }] }, office.nowMs);
    expect(office.wish('invoice', invoiceWish())).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/several leases of Ada Park/) },
    });
    expect(office.state.charges).toEqual([]);
  });

  it('does not lie on who lives there now when it is of the household before', () => {
    const office = new Office();
    moveOut(office.state, 'Ada Park', '2026-12-01', office.nowMs);
    const next = { property: 'Harbor Court', unit: '11', rent: '1300.00', leaseFrom: '2026-12-02' };
    moveIn(office.state, { ...next, people: [{ firstName: 'Nia', lastName: 'Cole' }] }, office.nowMs);
    office.value(office.wish('invoice', invoiceWish()));
    const [charge] = office.state.charges;
    expect(office.state.occupancies.find(({ id }) => id === charge!.occupancyId)).toMatchObject({ status: 'Past' });
  });

  it('is found again by its number in the ledger where the list of charges does not show it', () => {
    const office = new Office();
    const id = office.value(office.wish('invoice', invoiceWish()));
    office.answer = ({ url }, reply) => {
      const given = reply();
      if (!/\/charges\?/.test(url)) return given;
      return { ...given, body: JSON.stringify({ data: [], next_page_path: null }) };
    };
    expect(office.wish('invoice', invoiceWish({ due: '2026-12-05' }))).toEqual({ value: id });
    expect(office.state.charges).toHaveLength(1);
  });

  it('stays as it is when it ought to be otherwise: the bookkeeper is told by a note', () => {
    const office = new Office();
    const id = office.value(office.wish('invoice', invoiceWish()));
    expect(office.wish('invoice', invoiceWish())).toEqual({ value: id });
    expect(office.state.notes).toEqual([]);
    office.value(office.wish('invoice', invoiceWish({ amountCents: 120_000 })));
    office.value(office.wish('invoice', invoiceWish({ gone: true })));
    expect(office.state.notes.map(({ body }) => body)).toEqual([
      `Rent Ledger RL-8K2M4N7QPZ: charge ${id} is to be $1,200.00, due 2026-12-01. Change it here.`,
      `Rent Ledger RL-8K2M4N7QPZ: charge ${id} was entered in error. Reverse it here.`,
    ]);
    expect(office.state.charges).toHaveLength(1);
  });

  it('is sent with a key of its number and of what it says, so that a corrected one is not held for the first', () => {
    const office = new Office();
    office.answer = ({ method }, reply) => (method === 'POST' ? { status: 422, headers: {}, body: '{}' } : reply());
    const chosen = { account: { ...ACCOUNT, MAP_RENT: '4200' } };
    for (const more of [{}, {}, chosen]) office.wish('invoice', invoiceWish(), more);
    const keys = office.sent.flatMap(({ headers }) => headers['Idempotency-Key'] ?? []);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(2);
    for (const name of keys) expect(name).toMatch(/^RL-8K2M4N7QPZ-[0-9a-f]{32}$/);
  });

  it('that was taken back before it was posted is posted never', () => {
    const office = new Office();
    expect(office.wish('invoice', invoiceWish({ gone: true }))).toEqual({ value: 'RL-8K2M4N7QPZ' });
    expect(office.state.charges).toEqual([]);
  });

  it('is posted once although AppFolio was slow and its answer was lost', () => {
    const office = new Office();
    slowDown(office.state, office.nowMs + 90_000);
    expect(office.wish('invoice', invoiceWish())).toMatchObject({ fault: { fault: 'down', status: 503 } });
    expect(office.wish('invoice', invoiceWish())).toEqual({ value: office.state.charges[0]!.id });
    expect(office.state.charges).toHaveLength(1);
  });
});

describe('charges that leave together', () => {
  it('go in one call, and what is wrong with one keeps no other back', () => {
    const office = new Office();
    const stranger = { ...PEOPLE.ADA, residents: 'Zoe Blank', email: 'zoe@example.com' };
    const outcomes = office.together([
      invoiceWish(),
      invoiceWish({ number: OTHER, customer: PEOPLE.BEN }),
      invoiceWish({ number: 'RL-000000000B', customer: stranger }),
      invoiceWish({ number: 'no number of ours' }),
    ]);
    expect(outcomes).toEqual([
      office.state.charges[0]!.id,
      office.state.charges[1]!.id,
      expect.objectContaining({ fault: 'missing' }),
      expect.objectContaining({ fault: 'malformed' }),
    ]);
    expect(office.calls().filter((call) => call.startsWith('POST'))).toEqual(['POST charges/bulk']);
    expect(office.state.charges.map(({ referenceId }) => referenceId)).toEqual(['RL-8K2M4N7QPZ', OTHER]);
  });

  it('that AppFolio refuses one by one are refused one by one', () => {
    const office = new Office();
    office.state.closedUntil = '2026-11-30';
    const outcomes = office.together([
      invoiceWish(),
      invoiceWish({ number: OTHER, customer: PEOPLE.BEN, due: '2026-11-01' }),
    ]);
    expect(outcomes).toEqual([
      office.state.charges[0]!.id,
      expect.objectContaining({ fault: 'rejected', message: expect.stringMatching(/closed accounting period/) }),
    ]);
  });

  it('are looked for again where the answer says nothing of them, and are not posted twice', () => {
    const office = new Office();
    const payloads = [invoiceWish(), invoiceWish({ number: OTHER, customer: PEOPLE.BEN })];
    office.answer = ({ url }, reply) => {
      const given = reply();
      return url.endsWith('/charges/bulk') ? { ...given, body: JSON.stringify({ JobId: 'j1' }) } : given;
    };
    expect(office.together(payloads)).toEqual([
      expect.objectContaining({ fault: 'busy' }),
      expect.objectContaining({ fault: 'busy' }),
    ]);
    expect(office.together(payloads)).toEqual(office.state.charges.map(({ id }) => id));
    expect(office.state.charges).toHaveLength(2);
  });

  it('with the same number are one', () => {
    const office = new Office();
    const [one, two] = office.together([invoiceWish(), invoiceWish({ amountCents: 130_000 })]);
    expect(one).toBe(two);
    expect(office.state.charges.map(({ cents }) => cents)).toEqual([130_000]);
  });

  it('meet a door that is closed all alike', () => {
    const office = new Office();
    startMaintenance(office.state, office.nowMs + 3_600_000);
    expect(() => office.together([invoiceWish()])).toThrow(/maintenance/);
  });
});

describe('money and credit on our charges', () => {
  it('are told in a note at the lease holder, once for the same words', () => {
    const office = new Office();
    const first = office.value(office.wish('payment', paymentWish()));
    expect(office.wish('payment', paymentWish())).toEqual({ value: first });
    office.value(office.wish('payment', paymentWish({ gone: true })));
    office.value(office.wish('credit', creditWish()));
    office.value(office.wish('credit', creditWish({ gone: true })));
    expect(office.state.notes.map(({ body }) => body)).toEqual([
      'Rent Ledger RP-8K2M4N7QPZ: $450.10 received 2026-12-03 (stripe pi_123) on charge RL-8K2M4N7QPZ. ' +
        'Enter it as a receipt with the reference RP-8K2M4N7QPZ.',
      'Rent Ledger RP-8K2M4N7QPZ: $450.10 received 2026-12-03 (stripe pi_123) on charge RL-8K2M4N7QPZ ' +
        'came back or lies elsewhere now. Reverse its receipt here.',
      'Rent Ledger RC-8K2M4N7QPZ: credit of $200.00 of 2026-12-03 on charge RL-8K2M4N7QPZ (Broken heating). ' +
        'Enter it here.',
      'Rent Ledger RC-8K2M4N7QPZ: credit of $200.00 of 2026-12-03 on charge RL-8K2M4N7QPZ (Broken heating). ' +
        'It was taken back: remove it here.',
    ]);
    expect(office.state.receipts).toEqual([]);
  });

  it('come back as no receipt when the bookkeeper enters them by our number', () => {
    const office = new Office();
    const typed = { amount: '450.10', on: '2026-12-02', reference: 'RP-8K2M4N7QPZ' };
    typeReceipt(office.state, 'Ada Park', typed, office.nowMs);
    expect(office.drain().payments.size).toBe(0);
  });
});

describe('what AppFolio holds of ours', () => {
  it('are charges of the days asked for, by our number, and no others', () => {
    const office = new Office();
    office.value(office.wish('invoice', invoiceWish()));
    office.value(office.wish('invoice', invoiceWish({ number: OTHER, due: '2026-10-01' })));
    typeCharge(office.state, 'Ada Park', { amount: '40.00', on: '2026-12-01', description: 'Key' }, office.nowMs);
    const [since, until] = [instant(Date.UTC(2026, 10, 1)), instant(office.nowMs)];
    const context = { since, until, now: until, account: ACCOUNT };
    expect(office.value(office.run(appfolio.books!.items(context)))).toEqual([
      {
        ...{ kind: 'invoice', number: 'RL-8K2M4N7QPZ', id: office.state.charges[0]!.id, currency: 'USD', gone: false },
        amountCents: 125_000,
      },
    ]);
    expect(appfolio.books!.takes!(ACCOUNT)).toEqual(['invoice']);
  });
});

describe('receipts', () => {
  it('name the occupancy of the Links tab, the payer, and what the bookkeeper wrote', () => {
    const office = new Office();
    const paid = { amount: '1250.00', on: '2026-12-02', reference: '1044', remarks: 'December' };
    const id = typeReceipt(office.state, 'Ada Park', paid, office.nowMs);
    expect([...office.drain().payments.values()]).toEqual([
      {
        ...{ key: `appfolio:${id}`, source: 'appfolio', externalId: String(id), currency: 'USD', state: 'settled' },
        ...{ amountCents: 125_000, payerName: 'Ada Park', payerEmail: 'ada@example.com', memo: 'Check 1044 December' },
        customer: office.state.occupancies[0]!.id,
        initiatedAt: Date.UTC(2026, 11, 2, 12),
        settledAt: Date.UTC(2026, 11, 2, 12),
        reversals: [],
      },
    ]);
  });

  it('that the bank returned are reversed, and those that were corrected are refunded', () => {
    const office = new Office();
    const [first, second] = ['1044', '1045'].map((reference) =>
      typeReceipt(office.state, 'Ada Park', { amount: '500.00', on: '2026-12-01', reference }, office.nowMs),
    );
    returnReceipt(office.state, second!, '2026-12-02', office.nowMs);
    const other = payInPortal(office.state, 'Ben Ortiz', { amount: '90.00', on: '2026-12-01' }, office.nowMs);
    const back = returnReceipt(office.state, other, '2026-12-02', office.nowMs);
    Object.assign(office.state.receipts.find(({ number }) => number === back)!, { remarks: 'Wrong tenant' });
    const { payments, faults } = office.drain();
    expect(faults).toEqual([]);
    const reversed = (id: number) =>
      payments.get(String(id))!.reversals.map(({ reason, amountCents }) => [reason, amountCents]);
    expect(reversed(first!)).toEqual([]);
    expect(reversed(second!)).toEqual([['returned', 50_000]]);
    expect(reversed(other)).toEqual([['refunded', 9000]]);
  });

  it('of which only the return is in the last two months are looked for further back', () => {
    const office = new Office();
    office.nowMs = Date.UTC(2026, 10, 10, 15);
    const paid = { amount: '800.00', on: '2026-11-09', reference: '77' };
    const id = typeReceipt(office.state, 'Ada Park', paid, office.nowMs);
    office.drain();
    office.nowMs = Date.UTC(2027, 1, 20, 15);
    office.drain();
    returnReceipt(office.state, id, '2027-02-18', office.nowMs);
    office.nowMs += 600_000;
    const { payments, faults } = office.drain();
    expect(faults).toEqual([]);
    expect(payments.get(String(id))).toMatchObject({ reversals: [{ reason: 'returned', amountCents: 80_000 }] });
  });

  it('a line that takes back what is nowhere is a fault that names it', () => {
    const office = new Office();
    const id = typeReceipt(office.state, 'Ada Park', { amount: '800.00', on: '2026-12-01' }, office.nowMs);
    const back = returnReceipt(office.state, id, '2026-12-02', office.nowMs);
    office.state.receipts.shift();
    const { payments, faults } = office.drain();
    expect(payments.size).toBe(0);
    expect(faults).toEqual([
      {
        about: String(back),
        fault: expect.objectContaining({ fault: 'malformed', message: expect.stringMatching(/takes a receipt back/) }),
      },
    ]);
  });

  it('of former tenants and of hidden properties are read too', () => {
    const office = new Office();
    typeReceipt(office.state, 'Ada Park', { amount: '500.00', on: '2026-12-01' }, office.nowMs);
    moveOut(office.state, 'Ada Park', '2026-12-01', office.nowMs);
    hideProperty(office.state, 'Harbor Court', office.nowMs);
    expect([...office.drain().payments.values()].map(({ customer }) => customer)).toEqual([
      office.state.occupancies[0]!.id,
    ]);
  });

  it('of two people of one name at one property are told apart by the day of moving in, or belong to none', () => {
    const office = new Office();
    const typed = { property: 'Harbor Court', unit: '12', rent: '900.00', leaseFrom: '2026-07-01', isFuture: true };
    const other = moveIn(office.state, { ...typed, people: [{ firstName: 'Ada', lastName: 'Park' }] }, office.nowMs);
    typeReceipt(office.state, 'Ada Park', { amount: '500.00', on: '2026-12-01' }, office.nowMs);
    const customers = () => [...office.drain().payments.values()].map(({ customer }) => customer);
    expect(customers()).toEqual([office.state.occupancies[0]!.id]);
    Object.assign(other, { moveInOn: '2026-03-01' });
    office.feed = undefined;
    expect(customers()).toEqual([undefined]);
  });

  it('further pages are fetched from the customer’s own host only', () => {
    const office = new Office();
    office.answer = ({ url }, reply) => {
      const given = reply();
      if (!url.endsWith('receivables_activity.json')) return given;
      return { ...given, body: JSON.stringify({ results: [], next_page_url: 'https://evil.example/next' }) };
    };
    expect(() => office.drain()).toThrow(/next_page_url/);
  });
});

describe('the roster', () => {
  it('has each lease with its people, rent, days and what is owed', () => {
    const office = new Office();
    const { state, nowMs } = office;
    addTenant(state, state.occupancies[0]!, { firstName: 'Bo', lastName: 'Park', email: 'bo@example.com' }, nowMs);
    typeCharge(state, 'Ada Park', { amount: '1250.00', on: '2026-12-01', description: 'Rent' }, nowMs);
    renewLease(state, 'Ben Ortiz', { rent: '1340.00', leaseTo: '2027-06-30' }, nowMs);
    giveNotice(state, 'Ben Ortiz', '2026-12-31', nowMs);
    moveOut(state, 'Chi Wong', '2026-11-30', nowMs);
    changeContact(state, 'Ada Park', { phone: '(217) 555-0199' }, nowMs);
    const next = { property: 'Linden Row', unit: '22', rent: '1650.00', leaseFrom: '2027-01-15', isFuture: true };
    moveIn(state, { ...next, people: [{ firstName: 'Dee', lastName: 'Lund' }] }, nowMs);
    const { leases, faults } = office.value(office.run(appfolio.roster!(ACCOUNT, day('2026-12-02'))));
    expect(faults).toEqual([]);
    expect(leases[0]).toEqual({
      id: state.occupancies[0]!.id,
      property: 'Harbor Court',
      propertyId: '17',
      unit: '11',
      residents: ['Ada Park', 'Bo Park'],
      emails: ['ada@example.com', 'bo@example.com'],
      phone: '(217) 555-0199',
      state: 'current',
      currency: 'USD',
      rentCents: 125_000,
      start: '2026-03-01',
      balanceCents: 125_000,
    });
    expect(leases.map(({ unit, state: is, end, rentCents }) => [unit, is, end, rentCents])).toEqual([
      ['11', 'current', undefined, 125_000],
      ['12', 'notice', '2026-12-31', 134_000],
      ['21', 'past', '2026-11-30', 160_000],
      ['22', 'future', undefined, 165_000],
    ]);
  });

  it('has who left long ago, and names a status that nobody has documented', () => {
    const office = new Office();
    moveOut(office.state, 'Chi Wong', '2025-11-30', office.nowMs);
    Object.assign(office.state.occupancies[1]!, { status: 'Limbo' });
    const { leases, faults } = office.value(office.run(appfolio.roster!(ACCOUNT, day('2026-12-02'))));
    expect(leases.map(({ unit, state }) => [unit, state])).toEqual([
      ['11', 'current'],
      ['21', 'past'],
    ]);
    expect(faults).toEqual([
      {
        about: expect.stringMatching(/^tenants /),
        fault: expect.objectContaining({ fault: 'malformed', message: expect.stringMatching(/Limbo/) }),
      },
    ]);
  });
});

describe('the connection', () => {
  it('tries both APIs, and says where no account of rent is to be found', () => {
    const office = new Office();
    expect(office.run(appfolio.test!(ACCOUNT))).toEqual({
      value: { name: 'maplestreet.appfolio.com', mode: 'live', found: {} },
    });
    expect(office.calls()).toEqual(['GET gl_accounts', 'GET properties', 'POST reports/rent_roll.json']);
    office.credentials = { ...office.credentials, APPFOLIO_REPORTS_SECRET: 'wrong' };
    expect(office.run(appfolio.test!(ACCOUNT))).toMatchObject({ fault: { fault: 'auth' } });
    expect(office.run(appfolio.test!({ APPFOLIO_DATABASE: 'no such name!' }))).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/before \.appfolio\.com/) },
    });
  });

  it('takes the name of the database as it is copied', () => {
    const office = new Office();
    const test = (name: string) => office.value(office.run(appfolio.test!({ APPFOLIO_DATABASE: name }))).name;
    for (const name of ['MapleStreet', 'maplestreet.appfolio.com', ' https://maplestreet.appfolio.com/users/sign_in']) {
      office.nowMs += 60_000;
      expect(test(name)).toBe('maplestreet.appfolio.com');
    }
  });

  it('lists the accounts, with a word on those that are no income', () => {
    const office = new Office();
    const choices = office.value(office.run(appfolio.lists!.accounts!(ACCOUNT)));
    expect(choices[0]).toEqual({ id: '4000', name: '4000 Rent' });
    expect(choices[3]).toEqual({ id: '2100', name: '2100 Security Deposit Liability', note: 'LiabilityGlAccount' });
  });

  it('shows a tenant with each field', () => {
    const office = new Office();
    const row = office.value(office.run(appfolio.sample!(undefined, ACCOUNT)));
    expect(row).toMatchObject({ name: 'Ada Park' });
    expect(row!.fields).toEqual(
      expect.arrayContaining([{ field: 'LeaseStartDate', label: 'Lease Start Date', value: '2026-03-01' }]),
    );
  });

  it('signs each API with its own keys, the developer’s id in exactly its letters', () => {
    const office = new Office();
    const headersOf = (url: string) => sign({ method: 'GET', url, headers: {} }, office.credentials).headers;
    const database = headersOf('https://api.appfolio.com/api/v0/units');
    const reports = headersOf('https://maplestreet.appfolio.com/api/v2/reports/rent_roll.json');
    expect(Object.keys(database)).toContain('X-AppFolio-Developer-ID');
    expect(Object.keys(reports)).not.toContain('X-AppFolio-Developer-ID');
    expect(database.Authorization).not.toBe(reports.Authorization);
  });

  it('reads a key that is at work there as busy', () => {
    const reply = { status: 409, headers: { 'retry-after': '1' }, body: '{"errors":["in progress"]}' };
    expect(appfolioFault(reply)).toMatchObject({ fault: 'busy' });
  });

  it.each([
    [400, 'Required header missing', 'auth'],
    [400, '{"errors":["page[size] is invalid"]}', 'rejected'],
    [401, '{"errors":["Invalid client id or client secret."]}', 'auth'],
    [403, '{"errors":["x"]}', 'auth'],
    [404, '{"errors":["Not Found"]}', 'missing'],
    [409, '{"message":"This reference is taken."}', 'rejected'],
    [422, '{"errors":[{"message":"OccupancyId does not exist"}]}', 'rejected'],
    [429, 'Retry later\n', 'busy'],
    [500, '<html>oops</html>', 'down'],
    [533, '', 'down'],
    [701, '', 'auth'],
  ])('reads %i %s as %s', (status, body, kind) => {
    expect(appfolioFault({ status, headers: {}, body })).toMatchObject({ fault: kind, status });
  });
});
