/** What is particular to Salesforce's contacts: how they are found, made and kept, in batches, and the check of fields. */
import { TRIAL_HOST } from '../../local/vendors/salesforce/fresh';
import * as people from '../../local/vendors/salesforce/people';
import { salesforce } from '../../src/connectors/salesforce';
import { cents } from '../../src/domain/money';
import { ALL_MAPPED, CrmBench, fault, makeAllFields, statusOf } from './salesforce-rig';

const FIGURES = { Rent_Status__c: 'late', Rent_Balance__c: 1250.5, Rent_Due_Date__c: '2027-01-01' };
const PERSON = { FirstName: 'Ann Mary', LastName: 'Lee', Email: 'ann@example.com', MobilePhone: '+15125550123' };
const refused = (message: unknown) => expect.objectContaining({ fault: 'rejected', message });

describe('a contact', () => {
  it('is made with the first resident, and its page is told', () => {
    const bench = new CrmBench();
    const [ref] = bench.tell('standing', statusOf('L-1'));
    const row = bench.contact('L-1');
    expect(row).toMatchObject({ ...FIGURES, ...PERSON, AccountId: null });
    expect(ref).toBe(`${row.Id} https://maple-street.my.salesforce.com/${row.Id}`);
    expect(salesforce.effects?.standing?.link?.(String(ref))).toEqual({ kind: 'customer', externalId: row.Id });
    expect(bench.asked()).toEqual(['POST /composite', 'POST /composite']);
  });

  it('belongs to the account that the owner has chosen, and goes by its lease where nobody is named', () => {
    const bench = new CrmBench();
    const [account] = Object.keys(people.orgAt(bench.state).records.Account);
    Object.assign(bench.account, { SALESFORCE_ACCOUNT: account, SALESFORCE_PHONE: 'HomePhone' });
    bench.tell('standing', statusOf('L-1', { residents: '', email: '' }));
    expect(bench.contact('L-1')).toMatchObject({
      AccountId: account,
      LastName: 'L-1',
      Email: null,
      HomePhone: '+15125550123',
    });
  });

  it('keeps what people have corrected while names and addresses here stay as they were', () => {
    const bench = new CrmBench();
    const [customer = ''] = bench.ids(...bench.tell('standing', statusOf('L-1')));
    const corrected = { LastName: 'Lee-Cole', Email: 'new@example.com', MobilePhone: '555-9' };
    people.editContact(bench.state, customer, corrected, bench.nowMs);
    bench.tell('standing', statusOf('L-1', { customer, contact: 'keep', standing: 'paid', balanceCents: cents(0) }));
    expect(bench.contact('L-1')).toMatchObject({ ...corrected, Rent_Status__c: 'paid', Rent_Balance__c: 0 });
    bench.tell('standing', statusOf('L-1', { customer, phone: '' }));
    expect(bench.contact('L-1')).toMatchObject({ LastName: 'Lee', Email: 'ann@example.com', MobilePhone: '555-9' });
  });

  it('is made with its person even when only figures are told, for the one before is gone', () => {
    const bench = new CrmBench();
    const [customer = ''] = bench.ids(...bench.tell('standing', statusOf('L-1')));
    people.deleteRecord(bench.state, 'Contact', customer, bench.nowMs);
    const [again] = bench.ids(...bench.tell('standing', statusOf('L-1', { customer, contact: 'keep' })));
    expect(again).not.toBe(customer);
    expect(bench.contact('L-1')).toMatchObject({ ...PERSON, ...FIGURES });
  });

  it('is the one that a person has put on the Links tab, and bears our key from then on', () => {
    const bench = new CrmBench();
    const customer = people.addContact(bench.state, { LastName: 'Lee', Title: 'Dr' }, bench.nowMs);
    bench.tell('standing', statusOf('L-1', { customer: customer.slice(0, 15), contact: 'keep' }));
    expect(bench.contacts()).toEqual([
      expect.objectContaining({ Id: customer, Rent_Ledger_Id__c: 'L-1', Title: 'Dr' }),
    ]);
    const ids = bench.ids(...bench.tell('standing', statusOf('L-2', { customer, contact: 'keep' })));
    expect(ids).not.toEqual([customer]);
    expect(bench.contact('L-1').Id).toBe(customer);
  });

  it('is recognised by mail and last name, and what people wrote in it stays', () => {
    const bench = new CrmBench();
    const there = { LastName: 'lee', FirstName: 'A.', Email: 'Ann@Example.com', MobilePhone: '1' };
    const known = people.addContact(bench.state, there, bench.nowMs);
    people.addContact(bench.state, { LastName: 'Cole', Email: 'ann@example.com' }, bench.nowMs);
    expect(bench.ids(...bench.tell('standing', statusOf('L-1'), statusOf('L-2')))[0]).toBe(known);
    expect(bench.contact('L-1')).toMatchObject({ ...there, ...FIGURES });
    // The same household rents twice: one contact bears one lease.
    expect(bench.contact('L-2').Id).not.toBe(known);
    expect(bench.contacts()).toHaveLength(3);
  });

  it('is not guessed where two have the mail and the name', () => {
    const bench = new CrmBench();
    for (const FirstName of ['Ann', 'Tom'])
      people.addContact(bench.state, { LastName: 'Lee', FirstName, Email: 'ann@example.com' }, bench.nowMs);
    expect(bench.tell('standing', statusOf('L-1'), statusOf('L-9', { email: 'x@example.com' }))).toEqual([
      refused('Salesforce has 2 contacts with the mail and name of L-1. Write that id into one.'),
      expect.stringMatching(/^003/),
    ]);
    expect(bench.contacts()).toHaveLength(3);
  });

  it('takes ids that no address can hold, and texts that look like a reference', () => {
    const bench = new CrmBench();
    Object.assign(bench.account, { MAP_UNIT: 'Department' });
    const lease = "12/4 #B.json O'Hara";
    for (const standing of ['late', 'paid'] as const)
      bench.tell('standing', statusOf(lease, { standing, unit: '@{r0.id}', residents: "Bo O'Hara" }));
    expect(bench.contacts()).toEqual([
      expect.objectContaining({ Rent_Ledger_Id__c: lease, Rent_Status__c: 'paid', Department: 'Elm House, @ {r0.id}' }),
    ]);
  });

  it('is told the newest of two in one batch', () => {
    const bench = new CrmBench();
    const refs = bench.tell('standing', statusOf('L-1'), statusOf('L-1', { standing: 'paid' }));
    expect(refs[0]).toBe(refs[1]);
    expect(bench.contact('L-1').Rent_Status__c).toBe('paid');
  });
});

describe('a batch', () => {
  const many = (count: number, more = {}) =>
    Array.from({ length: count }, (_, at) => statusOf(`L-${at}`, { email: `r${at}@example.com`, ...more }));

  it('of 25 is one call to look and one to write, and of 200 is two collections', () => {
    const bench = new CrmBench();
    bench.tell('standing', ...many(25));
    expect(bench.asked()).toEqual(['POST /composite', 'POST /composite']);
    const linked = people.addContact(bench.state, { LastName: 'Lee' }, bench.nowMs);
    const told = [...many(199), statusOf('L-199', { customer: linked })];
    const refs = bench.tell('standing', ...told);
    expect(bench.asked()).toEqual([
      'POST /composite',
      'PATCH /composite/sobjects/Contact/Rent_Ledger_Id__c',
      'PATCH /composite/sobjects',
    ]);
    expect(refs.map((ref) => String(ref).slice(0, 3))).toEqual(told.map(() => '003'));
    expect(bench.contacts()).toHaveLength(200);
    expect(bench.contact('L-199').Id).toBe(linked);
    expect(bench.ids(refs[7])).toEqual([bench.contact('L-7').Id]);
  });

  it.each([3, 40])('of %i loses only the row that is refused', (count) => {
    const bench = new CrmBench();
    people.addRule(bench.state, { object: 'Contact', field: 'Email', like: '^r1@', message: 'No mail to Mars.' });
    const outcomes = bench.tell('standing', ...many(count));
    expect(outcomes[1]).toEqual(refused(expect.stringContaining('No mail to Mars.')));
    expect(outcomes.filter((one) => typeof one === 'string')).toHaveLength(count - 1);
    expect(bench.contacts()).toHaveLength(count - 1);
  });

  it('loses only the row that cannot be read', () => {
    const bench = new CrmBench();
    const [bad, good] = bench.tell('standing', { ...statusOf('L-1'), standing: 'sunny' }, statusOf('L-2'));
    expect(bad).toEqual(expect.objectContaining({ fault: 'malformed', message: expect.stringContaining('sunny') }));
    expect(good).toEqual(expect.stringMatching(/^003/));
  });

  it('names the contacts of a key that stands twice, and a duplicate rule that stands in the way', () => {
    const bench = new CrmBench();
    people.changeField(bench.state, 'Contact', 'Rent_Ledger_Id__c', { unique: false });
    for (const LastName of ['P', 'Q'])
      people.addContact(
        bench.state,
        { LastName, Rent_Ledger_Id__c: 'L-1', Email: `${LastName}@example.com` },
        bench.nowMs,
      );
    people.switchDuplicateRule(bench.state, true);
    expect(bench.tell('standing', statusOf('L-1'), statusOf('L-2', { email: 'p@example.com' }))).toEqual([
      refused('Salesforce has 2 contacts of lease L-1. Leave its id in one of them only.'),
      refused(expect.stringContaining('A duplicate rule takes the resident for a contact that is there.')),
    ]);
  });
});

describe('the mapping', () => {
  it('writes what reads back, for every value of ours', () => {
    const bench = new CrmBench(ALL_MAPPED);
    makeAllFields(bench.state);
    const statuses = [
      statusOf('L-1'),
      statusOf('L-2', { balanceCents: cents(-1), unpaidCents: cents(0), nextDue: '', lastPayment: undefined as never }),
      statusOf('L-3', { residents: ` ${'Very Long Name '.repeat(30)}`, unit: '', balanceCents: cents(123_456_789_01) }),
    ];
    bench.tell('standing', ...statuses);
    const { rows } = bench.drainRows();
    const written = statuses.map((status) => salesforce.mirror?.written(status, bench.account));
    expect(rows.map(({ fields }) => fields)).toEqual(written);
    expect(written[0]).toEqual({
      Rent_Status__c: 'late',
      Rent_Balance__c: '1250.5',
      Rent_Due_Date__c: '2027-01-01',
      Unpaid__c: '1250.5',
      Days_Late__c: '6',
      Rent__c: '1250.5',
      Last_Paid__c: '2026-11-01',
      Last_Amount__c: '1000',
      As_Of__c: '2026-12-07',
      Flat__c: 'Elm House, 4B',
      Household__c: 'Ann Mary Lee, Tom Lee',
    });
  });

  it('leaves out what is called none, and refuses what is no field', () => {
    const bench = new CrmBench({ MAP_NEXT_DUE: 'none', MAP_BALANCE: ' Rent_Balance__c ' });
    expect(Object.keys(salesforce.mirror?.written(statusOf('L-1'), bench.account) ?? {})).toEqual([
      'Rent_Status__c',
      'Rent_Balance__c',
    ]);
    Object.assign(bench.account, { MAP_RENT: "x' OR Name != '" });
    expect(bench.tell('standing', statusOf('L-1'))).toEqual([
      refused(expect.stringContaining('is no API name of a field')),
    ]);
  });

  it('lists fields with what they are, and shows a real row', () => {
    const bench = new CrmBench();
    bench.tell('standing', statusOf('L-1'));
    const fields = bench.run(salesforce.lists!.fields!(bench.account));
    if ('fault' in fields) throw new Error(fields.fault.message);
    expect(fields.value).toContainEqual({ id: 'Name', name: 'Name', note: 'string of 121, may not be written' });
    expect(fields.value).toContainEqual({ id: 'Rent_Balance__c', name: 'Rent Balance', note: 'currency' });
    expect(bench.run(salesforce.lists!.accounts!(bench.account))).toEqual({
      value: [{ id: expect.stringMatching(/^001/), name: 'Residents' }],
    });
    for (const of of [undefined, { leaseId: 'L-1', customer: '' }])
      expect(bench.run(salesforce.sample!(of, bench.account))).toMatchObject({
        value: {
          id: bench.contact('L-1').Id,
          name: 'Ann Mary Lee',
          fields: expect.arrayContaining([{ field: 'Rent_Balance__c', label: 'Rent Balance', value: '1250.5' }]),
        },
      });
    expect(bench.run(salesforce.sample!({ leaseId: 'L-9', customer: 'x' }, bench.account))).toEqual({
      value: undefined,
    });
  });
});

describe('the check', () => {
  const check = (bench: CrmBench) => bench.run(salesforce.test!(bench.account));

  it('finds the organisation, whether it is one for trying, and its calls', () => {
    expect(check(new CrmBench())).toEqual({
      value: {
        name: 'Maple Street Rentals',
        mode: 'live',
        found: { SALESFORCE_CALLS: '100000', SALESFORCE_LACKS: '' },
      },
    });
    const trial = new CrmBench({}, TRIAL_HOST);
    people.makeRentFields(trial.state, TRIAL_HOST);
    expect(check(trial)).toMatchObject({ value: { mode: 'sandbox', found: { SALESFORCE_CALLS: '15000' } } });
    expect(salesforce.limits?.perDay?.({ SALESFORCE_CALLS: '15000' })).toBe(15_000);
    expect(salesforce.limits?.perDay?.({})).toBeUndefined();
  });

  it('connects without a field that is only usual, names it, and does not write it until it is there', () => {
    const bench = new CrmBench();
    people.deleteField(bench.state, 'Contact', 'Rent_Due_Date__c');
    people.secureField(bench.state, 'Contact', 'Rent_Balance__c', 'hidden');
    const seen = check(bench);
    expect(seen).toMatchObject({
      value: {
        name: 'Maple Street Rentals; no Contact.Rent_Balance__c (currency); no Contact.Rent_Due_Date__c (date)',
        found: { SALESFORCE_LACKS: 'Rent_Balance__c Rent_Due_Date__c' },
      },
    });
    Object.assign(bench.account, 'value' in seen ? seen.value.found : {});
    expect(bench.tell('standing', statusOf('L-1'))).toEqual([expect.stringMatching(/^003/)]);
    expect(salesforce.mirror?.written(statusOf('L-1'), bench.account)).toEqual({ Rent_Status__c: 'late' });
    expect(bench.drainRows().rows[0]?.fields).toEqual({ Rent_Status__c: 'late' });
    people.secureField(bench.state, 'Contact', 'Rent_Balance__c', 'all');
    expect(check(bench)).toMatchObject({ value: { found: { SALESFORCE_LACKS: 'Rent_Due_Date__c' } } });
  });

  it('refuses a field that was chosen and is not there', () => {
    expect(check(new CrmBench({ MAP_RENT: 'Rent__c' }))).toEqual(
      fault('rejected', expect.stringContaining('hides them from this user: Contact.Rent__c (currency).')),
    );
  });

  it('names every field that is missing, and what it must be', () => {
    expect(check(new CrmBench({}, TRIAL_HOST))).toEqual(
      fault(
        'rejected',
        'Salesforce lacks these fields, or hides them from this user: ' +
          'Contact.Rent_Ledger_Id__c (text, External ID, Unique); Contact.Rent_Status__c (text); ' +
          'Contact.Rent_Balance__c (currency); Contact.Rent_Due_Date__c (date); Task.Rent_Ledger_Id__c (text).',
      ),
    );
  });

  it.each([
    ['read only', { access: 'read' }, 'Contact.Rent_Status__c may not be written by this user'],
    ['of another type', { type: 'boolean' }, 'Contact.Rent_Status__c is a field of type boolean, and text is wanted'],
    ['too short', { length: 5 }, 'Contact.Rent_Status__c holds fewer than 10 characters'],
    [
      'a list without our words',
      { type: 'picklist', restricted: true, values: ['paid', 'due', 'late', 'partial', 'plan', 'hold', 'notice'] },
      'Contact.Rent_Status__c lacks the values grace, processing, disputed',
    ],
  ])('says which field is %s', (_name, { access, ...change }: Record<string, unknown>, says) => {
    const bench = new CrmBench();
    if (access) people.secureField(bench.state, 'Contact', 'Rent_Status__c', access as 'read');
    else people.changeField(bench.state, 'Contact', 'Rent_Status__c', change);
    expect(check(bench)).toEqual(fault('rejected', expect.stringContaining(says)));
  });

  it('wants the boxes of the key, cents in an amount, and one field for each value', () => {
    const bench = new CrmBench();
    people.changeField(bench.state, 'Contact', 'Rent_Ledger_Id__c', { unique: false });
    people.changeField(bench.state, 'Contact', 'Rent_Balance__c', { scale: 0 });
    expect(check(bench)).toEqual(fault('rejected', expect.stringContaining('lacks the boxes External ID and Unique')));
    expect(check(bench)).toEqual(fault('rejected', expect.stringContaining('has fewer than 2 decimal places')));
    const twice = new CrmBench({ MAP_UNPAID: 'Rent_Balance__c' });
    expect(check(twice)).toEqual(
      fault('rejected', expect.stringContaining('Rent_Balance__c is chosen for two values')),
    );
  });

  it.each([
    ['maple-street.my.salesforce.com', 'maple-street.my.salesforce.com'],
    ['https://Maple-Street.lightning.force.com/lightning/page/home', 'maple-street.my.salesforce.com'],
    ['maple-street--trial.sandbox.my.salesforce-setup.com/', 'maple-street--trial.sandbox.my.salesforce.com'],
    ['https://x-dev-ed.develop.my.salesforce.com', 'x-dev-ed.develop.my.salesforce.com'],
  ])('takes %s for a domain', (entered, host) => {
    const address = salesforce.oauth?.authorize({ SALESFORCE_DOMAIN: entered }, 'https://r.example/', 's');
    expect(address).toMatch(`https://${host}/services/oauth2/authorize?`);
  });

  it.each(['', 'login.salesforce.com', 'https://evil.example/.my.salesforce.com', 'a.b.c.my.salesforce.com'])(
    'refuses %p as a domain',
    (entered) => {
      expect(() => salesforce.oauth?.authorize({ SALESFORCE_DOMAIN: entered }, '', '')).toThrow(
        'My Domain must look like',
      );
    },
  );
});
