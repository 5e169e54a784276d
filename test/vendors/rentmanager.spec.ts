/** The Rent Manager sandbox: log-in, what it shows of tenants and their money, paging, and what it refuses. */
import * as people from '../../local/vendors/rentmanager/people';
import { USERNAME } from '../../local/vendors/rentmanager/state';
import { PAYMENT, RentmanagerTalk } from './rentmanager-talk';

describe('logging in', () => {
  it('gives a token as a JSON string, which opens everything for a quarter of an hour', () => {
    const talk = RentmanagerTalk.loggedIn();
    expect(talk.exchanges[0]?.reply.body).toBe('"rm12-0001-rentledger-token"');
    talk.wait(899);
    expect(talk.get('/Locations').status).toBe(200);
    talk.wait(1);
    expect(talk.get('/Locations')).toMatchObject({ status: 401, json: { DeveloperMessage: 'Invalid API token.' } });
  });

  it.each([
    ['a wrong password', { Username: USERNAME, Password: 'x' }, 401],
    [
      'a location that is not the user’s',
      { Username: USERNAME, Password: 'rm-password-rentledger', LocationID: 3 },
      403,
    ],
    ['a member that is not known', { Username: USERNAME, Password: 'x', Tenant: 1 }, 400],
    ['no password', { Username: USERNAME }, 400],
  ])('refuses %s', (_what, body, status) => {
    expect(new RentmanagerTalk().logIn(body).status).toBe(status);
  });

  it('refuses more tokens than a user may have at once, until one is over', () => {
    const talk = new RentmanagerTalk();
    for (let at = 0; at < 3; at++) expect(talk.logIn().status).toBe(200);
    const refused = talk.logIn();
    expect(refused.status).toBe(403);
    expect(refused.json?.UserMessage).toContain('the maximum number of times');
    talk.wait(900);
    expect(talk.logIn().status).toBe(200);
  });

  it('wants JSON, POST and the company’s own host', () => {
    const talk = new RentmanagerTalk();
    const text = { 'content-type': 'text/plain' };
    expect(talk.send('POST', `${talk.host}/Authentication/AuthorizeUser`, text, '{}').status).toBe(415);
    expect(talk.call('GET', '/Authentication/AuthorizeUser').status).toBe(405);
    expect(talk.call('POST', '/Authentication/AuthorizeEverybody').status).toBe(404);
    talk.host = 'https://oak.api.rentmanager.com';
    expect(talk.logIn()).toMatchObject({ status: 404, json: { UserMessage: 'The company code oak is not valid.' } });
  });

  it('ends with the sessions, and with the password', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.endSessions(talk.state);
    expect(talk.get('/Tenants').status).toBe(401);
    people.changePassword(talk.state, USERNAME, 'another');
    expect(talk.logIn().status).toBe(401);
  });
});

describe('a location', () => {
  it('shows its own rows only, and changes with the token or with a header', () => {
    const talk = RentmanagerTalk.loggedIn();
    expect(talk.get('/Locations').rows.map((row) => row.FriendlyName)).toEqual([
      'Maple Street Rentals',
      'Maple Street Commercial',
    ]);
    const other = { 'x-rm12api-apitoken': talk.token, 'x-rm12api-locationid': '2' };
    expect(talk.call('GET', '/Tenants', undefined, other)).toMatchObject({ status: 200, json: undefined });
    expect(talk.get('/Tenants').rows).toHaveLength(3);
    expect(talk.call('POST', '/Authentication/ChangeLocation?locationID=2').status).toBe(200);
    expect(talk.get('/Tenants')).toMatchObject({ status: 200, json: undefined });
    expect(talk.call('POST', '/Authentication/ChangeLocation?locationID=9').status).toBe(403);
    expect(talk.call('POST', '/Authentication/ChangeLocation').status).toBe(400);
    expect(talk.call('GET', '/Tenants', undefined, { ...other, 'x-rm12api-locationid': 'two' }).status).toBe(400);
  });
});

describe('tenants', () => {
  it('come with what is embedded, and with nothing that is not', () => {
    const talk = RentmanagerTalk.loggedIn();
    const plain = talk.get('/Tenants', { filters: 'TenantID,eq,5001' }).rows[0];
    expect(plain).toMatchObject({ Name: 'Ada Park', LastNameFirstName: 'Park, Ada', Status: 'Current', RentDueDay: 1 });
    expect(plain).not.toHaveProperty('Contacts');
    expect(plain).not.toHaveProperty('OpenBalance');
    expect(plain).not.toHaveProperty('UnitID');
    const embeds = 'Contacts.PhoneNumbers,Leases.Unit,Property.Addresses,OpenBalance,RecurringCharges.ChargeType';
    expect(talk.get('/tenants', { filters: 'TenantID,eq,5001', embeds }).rows[0]).toMatchObject({
      Contacts: [
        {
          Email: 'ada@example.com',
          IsPrimary: true,
          PhoneNumbers: [{ PhoneNumber: '+12175550111', StrippedPhoneNumber: '12175550111' }],
        },
      ],
      Leases: [{ LeaseID: 7001, MoveInDate: '2026-03-01T00:00:00', MoveOutDate: null, Unit: { Name: '11' } }],
      Property: { Name: 'Harbor Court', Addresses: [{ City: 'Springfield' }] },
      RecurringCharges: [{ Amount: 1250, ChargeType: { Name: 'RENT' } }],
      OpenBalance: 0,
    });
  });

  it('are Future, Current and Past by the days of their leases', () => {
    const talk = RentmanagerTalk.loggedIn();
    const statuses = () => talk.get('/Tenants', { fields: 'Status' }).rows.map(({ Status }) => Status);
    people.moveOut(talk.state, 5003, '2026-12-02', talk.hand);
    expect(statuses()).toEqual(['Current', 'Current', 'Current']);
    talk.wait(14 * 3600);
    talk.token = String(talk.logIn().json);
    expect(statuses()).toEqual(['Current', 'Current', 'Past']);
    const later = { code: '5004', property: '102', unit: '22', firstName: 'Dee', lastName: 'Hall', rentCents: 100_000 };
    people.moveIn(talk.state, { ...later, leaseFrom: '2027-01-01' }, talk.hand);
    expect(statuses()).toEqual(['Current', 'Current', 'Past', 'Future']);
    expect(talk.found('Tenants', 'Status,eq,Current', 'TenantID')).toEqual([5001, 5002]);
  });

  it('are found by what was changed since, also in their contacts', () => {
    const talk = RentmanagerTalk.loggedIn();
    talk.wait(60);
    const since = new Date(talk.nowMs).toISOString();
    expect(talk.found('Tenants', `UpdateDate,ge,${since}`, 'TenantID')).toEqual([]);
    people.changeContact(talk.state, 5001, { email: 'new@example.com', phone: '217-555-0199' }, talk.hand);
    expect(talk.found('Tenants', `UpdateDate,ge,${since}`, 'TenantID')).toEqual([5001]);
    const { json } = talk.get('/Tenants/5001', { embeds: 'PrimaryContact.PhoneNumbers' });
    expect(json).toMatchObject({
      UpdateDate: '2026-12-02T10:01:00',
      PrimaryContact: { Email: 'new@example.com', PhoneNumbers: [{ PhoneNumber: '217-555-0199' }] },
    });
    expect(talk.call('POST', '/Tenants', [{ TenantID: 5001, Name: 'X' }]).status).toBe(405);
    expect(talk.get('/Tenants/5999').status).toBe(404);
  });

  it('have leases, recurring charges and contacts of their own below them', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.changeRent(talk.state, 5001, { cents: 130_000, from: '2027-01-01' }, talk.hand);
    people.addContact(talk.state, 5001, { firstName: 'Abe', phone: '217-555-0177' }, talk.hand);
    expect(talk.get('/Tenants/5001/RecurringCharges').rows.map(({ Amount, ToDate }) => [Amount, ToDate])).toEqual([
      [1250, '2026-12-31T00:00:00'],
      [1300, null],
    ]);
    expect(talk.found('RecurringCharges', 'EntityKeyID,eq,5001;EntityType,eq,Tenant', 'Amount')).toEqual([1250, 1300]);
    expect(talk.get('/Tenants/5001/Contacts').rows.map(({ FirstName }) => FirstName)).toEqual(['Ada', 'Abe']);
    expect(talk.get('/Tenants/5001/Leases').rows).toHaveLength(1);
    expect(talk.get('/Units/12/Leases').rows).toMatchObject([{ TenantID: 5002 }]);
    expect(talk.get('/Units/22', { embeds: 'CurrentOccupants,Property' }).json).toMatchObject({
      CurrentOccupants: [],
      Property: { ShortName: 'LR' },
    });
    expect(talk.get('/Tenants/5001/Pets').status).toBe(404);
    expect(talk.get('/Tenants/5999/Leases').status).toBe(404);
  });
});

describe('a list', () => {
  const talk = RentmanagerTalk.loggedIn();
  for (let at = 1; at <= 5; at++)
    people.recordPayment(talk.state, { tenant: 5001, cents: at * 10_000, day: `2026-11-0${at}` }, talk.hand);

  it('answers 206 with a link while there is more, and 200 on its last page', () => {
    const amounts: number[][] = [];
    let path = '/Payments?filters=AccountID%2Ceq%2C5001&pagesize=2';
    const seen: (string | number)[] = [];
    for (let page = 0; path !== '' && page < 9; page++) {
      const { status, rows, headers } = talk.get(path);
      seen.push(status, headers['x-total-results'] ?? '');
      amounts.push(rows.map(({ Amount }) => Amount));
      const next = /<([^>]+)>; rel="next"/.exec(headers.link ?? '')?.[1];
      path = next === undefined ? '' : next.slice(talk.host.length);
    }
    expect(amounts).toEqual([[100, 200], [300, 400], [500]]);
    expect(seen).toEqual([206, '5', 206, '5', 200, '5']);
    expect(talk.get('/Payments', { pagesize: '2', pagenumber: '3' }).headers.link).toContain('rel="prev"');
  });

  it('of nothing has an empty body, with 200 or 204', () => {
    const empty = { filters: 'Amount,gt,9000' };
    expect(talk.get('/Payments', empty)).toMatchObject({ status: 200, json: undefined });
    people.serverIs(talk.state, { emptyStatus: 204 });
    expect(talk.get('/Payments', empty)).toMatchObject({ status: 204, json: undefined });
    expect(talk.get('/Payments', { pagesize: '2', pagenumber: '9' })).toMatchObject({ status: 204, json: undefined });
  });

  it('shows the named fields only, in the named order', () => {
    const query = { fields: 'ID,Amount,Allocations', embeds: 'Allocations', orderby: 'Amount desc', pagesize: '1' };
    expect(talk.get('/Payments', query).rows).toEqual([{ ID: 4005, Amount: 500, Allocations: [] }]);
    expect(talk.get('/Payments', { ...query, orderby: 'Amount' }).rows[0]).toMatchObject({ Amount: 100 });
  });

  it.each([
    ['Payments', { pagesize: '1001' }, 'pagesize'],
    ['Payments', { pagesize: 'all' }, 'pagesize'],
    ['Payments', { pagenumber: '0' }, 'pagenumber'],
    ['Payments', { fields: 'ID,Payer' }, "'Payer' is not valid for Payments"],
    ['Payments', { embeds: 'Charges' }, "'Charges' is not valid for embeds"],
    ['Payments', { orderby: 'Payer' }, "'Payer' is not valid for orderby"],
    ['Payments', { embed: 'Tenant' }, 'no such parameter'],
    ['Payments', { filters: 'PropertyID,eq,101' }, "'PropertyID' is not valid for a filter of Payments"],
    ['Tenants', { filters: 'UnitID,eq,11' }, "'UnitID' is not valid"],
    ['RecurringCharges', { filters: 'PropertyID,eq,101' }, "'PropertyID' is not valid"],
  ])('of %s refuses %j', (resource, query, words) => {
    const problem = talk.problem(resource, query as Record<string, string>);
    expect(problem).toContain('400');
    expect(problem).toContain(words);
  });
});

describe('the gate', () => {
  it('counts the calls of a minute, tells what is left, and refuses what is too much', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.serverIs(talk.state, { callsPerMinute: 3 });
    expect(talk.get('/Units').headers).toMatchObject({ 'x-ratelimit-remaining': '1' });
    talk.get('/Units');
    const refused = talk.get('/Units');
    expect(refused).toMatchObject({ status: 429, json: { UserMessage: 'Too many requests.' } });
    expect(Number(refused.headers['x-ratelimit-resettime'])).toBe(Date.UTC(2026, 11, 2, 15, 1) / 1000);
    talk.wait(60);
    expect(talk.get('/Units').status).toBe(200);
  });

  it('asks for the privilege of each resource', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.takePrivilege(talk.state, USERNAME, 'Charges', 'read');
    people.takePrivilege(talk.state, USERNAME, 'Payments', 'write');
    expect(talk.get('/Charges')).toMatchObject({
      status: 403,
      json: { UserMessage: 'You do not have the privilege to view Charges.' },
    });
    expect(talk.call('POST', '/Payments', [PAYMENT]).status).toBe(403);
    expect(talk.get('/Payments').status).toBe(200);
  });

  it.each([
    ['GET', '/Owners', 404],
    ['GET', '/Tenants/5001/Leases/1', 404],
    ['POST', '/Units', 405],
    ['DELETE', '/Tenants/5001', 405],
    ['PUT', '/Charges/1', 405],
    ['POST', '/Tenants/5001/Transactions', 405],
  ])('answers %s %s with %d', (method, path, status) => {
    expect(RentmanagerTalk.loggedIn().call(method, path, method === 'POST' ? [] : undefined).status).toBe(status);
  });
});
