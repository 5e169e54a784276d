/** AppFolio's Database API: who comes in, lists and their pages, charges that are posted once, and what people do beside it. */
import {
  addTenant,
  allowWrites,
  changeContact,
  closeBooks,
  giveNotice,
  hideProperty,
  moveIn,
  moveOut,
  payInPortal,
  renewDatabaseKeys,
  renewLease,
  returnReceipt,
  slowDown,
  startMaintenance,
  typeReceipt,
} from '../../local/vendors/appfolio/people';
import { AppfolioTalk, basic, EVER } from './appfolio-talk';
import type { Json } from './talk';

const errorsOf = ({ status, json }: { status: number; json: Json }) => [status, json.errors];

describe('the door of the Database API', () => {
  it('wants the developer’s id, the right keys, and a path that exists', () => {
    const talk = new AppfolioTalk();
    const key = basic(talk.state.databaseApi);
    const bare = talk.send('GET', `https://api.appfolio.com/api/v0/units?${EVER}`, { authorization: key });
    expect([bare.status, bare.body]).toEqual([400, 'Required header missing']);
    expect(talk.call('GET', `units?${EVER}`, undefined, { 'x-appfolio-developer-id': 'other' }).status).toBe(401);
    expect(talk.call('GET', `units?${EVER}`, undefined, { authorization: 'Basic bm86bm8=' }).status).toBe(401);
    expect(talk.call('GET', `units?${EVER}`, undefined, { authorization: basic(talk.state.reportsApi) }).status).toBe(
      401,
    );
    expect(talk.call('GET', `payments?${EVER}`).status).toBe(404);
    expect(talk.call('POST', 'payments', {}).status).toBe(404);
    expect(talk.call('DELETE', 'charges').status).toBe(404);
  });

  it('knows old keys no more once new ones are made', () => {
    const talk = new AppfolioTalk();
    const old = basic(talk.state.databaseApi);
    renewDatabaseKeys(talk.state);
    expect(talk.call('GET', 'gl_accounts', undefined, { authorization: old }).status).toBe(401);
    expect(talk.call('GET', 'gl_accounts').status).toBe(200);
  });

  it('lets keys without the right to post read only', () => {
    const talk = new AppfolioTalk();
    allowWrites(talk.state, false);
    expect(talk.call('GET', 'gl_accounts').status).toBe(200);
    expect(talk.call('POST', 'charges', talk.charge()).status).toBe(403);
    expect(talk.state.charges).toEqual([]);
  });

  it('takes eight calls a second, 256 a minute and 4,096 an hour, and says how long to wait', () => {
    const talk = new AppfolioTalk();
    const called = (waitMs: number) => talk.call('GET', 'gl_accounts', undefined, {}, waitMs);
    for (let at = 0; at < 8; at++) expect(called(0).status).toBe(200);
    const ninth = called(0);
    expect([ninth.status, ninth.text, ninth.headers['retry-after']]).toEqual([429, 'Retry later\n', '1']);
    for (let at = 8; at < 256; at++) expect(called(at === 8 ? 1000 : 200).status).toBe(200);
    const tooMany = called(200);
    expect(tooMany.status).toBe(429);
    expect(Number(tooMany.headers['retry-after'])).toBeGreaterThan(5);
    for (let at = 256; at < 4096; at++) expect(called(at === 256 ? 60_000 : 250).status).toBe(200);
    expect(Number(called(250).headers['retry-after'])).toBeGreaterThan(2000);
    expect(called(3_600_000).status).toBe(200);
  });

  it('answers 533 during maintenance', () => {
    const talk = new AppfolioTalk();
    startMaintenance(talk.state, talk.nowMs + 60_000);
    expect(talk.call('GET', 'gl_accounts').status).toBe(533);
    expect(talk.call('GET', 'gl_accounts', undefined, {}, 60_000).status).toBe(200);
  });
});

describe('lists of the Database API', () => {
  it('want a filter, and refuse a parameter or a value that they do not know', () => {
    const talk = new AppfolioTalk();
    const needed = [400, ['filters[Id] or filters[LastUpdatedAtFrom] is required']];
    for (const path of ['properties', 'units', 'tenants', 'leases', 'charges', 'delinquent_charges', 'tenant_ledgers'])
      expect(errorsOf(talk.call('GET', path))).toEqual(needed);
    for (const query of [
      `${EVER}&filters[Name]=x`,
      'filters[LastUpdatedAtFrom]=yesterday',
      `${EVER}&page[number]=0`,
      `${EVER}&page[size]=1001`,
      `${EVER}&page[size]=ten`,
    ])
      expect(talk.call('GET', `tenants?${query}`).status).toBe(400);
  });

  it('give houses, units, people and leases that name one another', () => {
    const talk = new AppfolioTalk();
    const [harbor, linden] = talk.list('properties');
    expect(harbor).toMatchObject({ Name: 'Harbor Court', Address1: '12 Quay Street', Zip: '62701', HiddenAt: null });
    const units = talk.list('units');
    expect(units.map(({ PropertyId, Name }) => [PropertyId, Name])).toEqual([
      [harbor!.Id, '11'],
      [harbor!.Id, '12'],
      [linden!.Id, '21'],
      [linden!.Id, '22'],
    ]);
    expect(units[3]).toMatchObject({ CurrentOccupancyId: null, MarketRent: '1650.00' });
    const [ada] = talk.list('tenants');
    expect(ada).toMatchObject({
      FirstName: 'Ada',
      LastName: 'Park',
      Email: 'ada@example.com',
      Phone: '+12175550111',
      LeaseHolder: true,
      Status: 'Current',
      UnitId: units[0]!.Id,
      PropertyId: harbor!.Id,
      OccupancyId: units[0]!.CurrentOccupancyId,
      LeaseStartDate: '2026-03-01',
      LeaseEndDate: '2027-02-28',
      CurrentRent: '1250.00',
      MoveOutOn: null,
    });
    expect(talk.list('leases').find(({ OccupancyId }) => OccupancyId === ada!.OccupancyId)).toMatchObject({
      ...{ StartOn: '2026-03-01', EndOn: '2027-02-28', Rent: '1250.00', UnitId: units[0]!.Id },
    });
    expect(talk.call('GET', 'gl_accounts').json.data[0]).toMatchObject({ Number: '4000', AccountName: 'Rent' });
  });

  it('lead from page to page by a path that repeats the question, until there is none', () => {
    const talk = new AppfolioTalk();
    const names: string[] = [];
    let path: string | null = `units?${EVER}&page[number]=1&page[size]=3`;
    const paths: string[] = [];
    while (path !== null) {
      const { json }: { json: Json } = talk.call('GET', path);
      names.push(...json.data.map(({ Name }: Json) => Name));
      path = json.next_page_path;
      if (path !== null) paths.push(path);
    }
    expect(names).toEqual(['11', '12', '21', '22']);
    expect(paths).toEqual([
      '/api/v0/units?filters[LastUpdatedAtFrom]=1970-01-01T00%3A00%3A00Z&page[number]=2&page[size]=3',
    ]);
  });

  it('find rows by several ids at once', () => {
    const talk = new AppfolioTalk();
    const ids = talk.list('tenants').map(({ Id }) => Id);
    expect(talk.list('tenants', `filters[Id]=${ids[0]},${ids[2]}`).map(({ Id }) => Id)).toEqual([ids[0], ids[2]]);
    expect(talk.list('tenants', 'filters[Id]=none')).toEqual([]);
  });

  it('tell what changed since: a contact, a lease, somebody who leaves', () => {
    const talk = new AppfolioTalk();
    const since = `filters[LastUpdatedAtFrom]=${new Date(talk.nowMs).toISOString()}`;
    expect(talk.list('tenants', since)).toEqual([]);
    changeContact(talk.state, 'Ada Park', { email: 'ada.park@example.com' }, talk.nowMs);
    renewLease(talk.state, 'Ben Ortiz', { rent: '1340.00', leaseTo: '2027-06-30' }, talk.nowMs);
    giveNotice(talk.state, 'Ada Park', '2027-02-28', talk.nowMs);
    moveOut(talk.state, 'Chi Wong', '2026-12-02', talk.nowMs);
    expect(talk.list('tenants', since)).toEqual([
      expect.objectContaining({ Email: 'ada.park@example.com', Status: 'Notice', MoveOutOn: '2027-02-28' }),
      expect.objectContaining({ FirstName: 'Ben', CurrentRent: '1340.00', LeaseEndDate: '2027-06-30' }),
      expect.objectContaining({ FirstName: 'Chi', Status: 'Past', MoveOutOn: '2026-12-02' }),
    ]);
    expect(talk.list('units', since)).toEqual([expect.objectContaining({ Name: '21', CurrentOccupancyId: null })]);
  });

  it('show roommates with the lease holder’s occupancy, and who is yet to come', () => {
    const talk = new AppfolioTalk();
    addTenant(talk.state, talk.occupancy('Ada Park'), { firstName: 'Bo', lastName: 'Park' }, talk.nowMs);
    const next = { property: 'Linden Row', unit: '21', rent: '1600.00', leaseFrom: '2027-01-15', isFuture: true };
    moveIn(talk.state, { ...next, people: [{ firstName: 'Dee', lastName: 'Lund' }] }, talk.nowMs);
    const tenants = talk.list('tenants');
    const [ada, bo, dee] = ['Ada', 'Bo', 'Dee'].map((name) => tenants.find(({ FirstName }) => FirstName === name)!);
    expect(bo).toMatchObject({ OccupancyId: ada!.OccupancyId, LeaseHolder: false, Email: null });
    expect(dee).toMatchObject({ Status: 'Future', MoveInOn: '2027-01-15' });
  });

  it('leave out what was hidden unless it is asked for', () => {
    const talk = new AppfolioTalk();
    hideProperty(talk.state, 'Linden Row', talk.nowMs);
    expect(talk.list('properties').map(({ Name }) => Name)).toEqual(['Harbor Court']);
    const all = talk.list('properties', `${EVER}&filters[IncludeHidden]=true`);
    expect(all.map(({ HiddenAt }) => HiddenAt)).toEqual([null, '2026-12-02T15:00:00Z']);
  });
});

describe('charges of the Database API', () => {
  it('are posted on an occupancy and listed with what is open of them', () => {
    const talk = new AppfolioTalk();
    const made = talk.call('POST', 'charges', talk.charge());
    expect([made.status, Object.keys(made.json)]).toEqual([200, ['Id']]);
    typeReceipt(talk.state, 'Ada Park', { amount: '1000.00', on: '2026-12-02' }, talk.nowMs);
    expect(talk.list('charges')).toEqual([
      {
        ...talk.charge(),
        Id: made.json.Id,
        PropertyId: talk.list('properties')[0]!.Id,
        LastUpdatedAt: '2026-12-02T15:00:01Z',
      },
    ]);
    expect(talk.list('delinquent_charges')).toEqual([
      expect.objectContaining({ Id: made.json.Id, AmountDue: '250.00' }),
    ]);
    typeReceipt(talk.state, 'Ada Park', { amount: '250.00', on: '2026-12-02' }, talk.nowMs);
    expect(talk.list('delinquent_charges')).toEqual([]);
  });

  it.each([
    [{ AmountDue: '1250' }, 422, /AmountDue must be/],
    [{ AmountDue: 1250 }, 422, /AmountDue must be a string/],
    [{ AmountDue: '0.00' }, 422, /greater than 0/],
    [{ AmountDue: '-5.00' }, 422, /AmountDue must be/],
    [{ ChargedOn: '12/01/2026' }, 422, /ChargedOn must be/],
    [{ ChargedOn: '2026-13-01' }, 422, /not a valid date/],
    [{ OccupancyId: 'x' }, 422, /OccupancyId does not exist/],
    [{ GlAccountId: 'x' }, 422, /GlAccountId does not exist/],
    [{ Description: '' }, 422, /Description must be/],
    [{ ReferenceId: 'x' }, 422, /ReferenceId is not permitted/],
    [{ Description: undefined }, 422, /Description is required/],
  ])('are refused with %j', (change, status, text) => {
    const talk = new AppfolioTalk();
    const { status: given, json } = talk.call('POST', 'charges', talk.charge(change as Json));
    expect(given).toBe(status);
    expect(json.errors.join()).toMatch(text);
    expect(talk.state.charges).toEqual([]);
  });

  it('are refused in a closed period, as another type than JSON, and as no JSON', () => {
    const talk = new AppfolioTalk();
    closeBooks(talk.state, '2026-12-01');
    expect(errorsOf(talk.call('POST', 'charges', talk.charge()))).toEqual([
      422,
      ['ChargedOn is in a closed accounting period'],
    ]);
    expect(talk.call('POST', 'charges', talk.charge(), { 'content-type': 'text/plain' }).status).toBe(406);
    const key = { authorization: basic(talk.state.databaseApi), 'x-appfolio-developer-id': talk.state.developerId };
    const type = { 'content-type': 'application/json' };
    expect(talk.send('POST', 'https://api.appfolio.com/api/v0/charges', { ...key, ...type }, '{').status).toBe(400);
  });

  it('are made once for a key, and the repeat says that it is one', () => {
    const talk = new AppfolioTalk();
    const key = { 'idempotency-key': 'rent:L-1:2026-12' };
    const first = talk.call('POST', 'charges', talk.charge(), key);
    const again = talk.call('POST', 'charges', talk.charge(), key);
    expect(again.json).toEqual(first.json);
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(talk.call('POST', 'charges', talk.charge({ AmountDue: '1.00' }), key).status).toBe(422);
    expect(talk.call('POST', 'charges', talk.charge(), { 'idempotency-key': 'a'.repeat(257) }).status).toBe(400);
    expect(talk.call('POST', 'charges', talk.charge(), { 'idempotency-key': 'é' }).status).toBe(400);
    expect(talk.state.charges).toHaveLength(1);
  });

  it('are in progress while AppFolio is slow, and there afterwards', () => {
    const talk = new AppfolioTalk();
    slowDown(talk.state, talk.nowMs + 1500);
    const key = { 'idempotency-key': 'slow' };
    expect(talk.call('POST', 'charges', talk.charge(), key).status).toBe(503);
    const busy = talk.call('POST', 'charges', talk.charge(), key);
    expect([busy.status, busy.headers['retry-after']]).toEqual([409, '1']);
    expect(talk.call('POST', 'charges', talk.charge(), key)).toMatchObject({
      status: 200,
      headers: { 'idempotent-replayed': 'true' },
    });
    expect(talk.state.charges).toHaveLength(1);
  });

  it('come in bulk, each with an outcome of its own', () => {
    const talk = new AppfolioTalk();
    const data = [
      talk.charge({ ReferenceId: 'a' }),
      talk.charge({ ReferenceId: 'b', GlAccountId: 'x' }),
      talk.charge({ ReferenceId: 'a' }),
      talk.charge(),
    ];
    const { status, json } = talk.call('POST', 'charges/bulk', { data });
    expect(status).toBe(200);
    expect(json.data).toEqual([
      { ReferenceId: 'a', successful: true, ResourceId: talk.state.charges[0]!.id, errors: null },
      { ReferenceId: 'b', successful: false, ResourceId: null, errors: ['GlAccountId does not exist'] },
      { ReferenceId: 'a', successful: false, ResourceId: null, errors: ['ReferenceId must be unique'] },
      { ReferenceId: null, successful: false, ResourceId: null, errors: ['ReferenceId is required'] },
    ]);
    expect(talk.state.charges).toHaveLength(1);
    expect(talk.call('POST', 'charges/bulk', { data: [] }).status).toBe(422);
    expect(talk.call('POST', 'charges/bulk', data).status).toBe(422);
  });

  it('stand with receipts and what took them back in the tenants’ ledgers', () => {
    const talk = new AppfolioTalk();
    talk.call('POST', 'charges', talk.charge());
    const paid = payInPortal(
      talk.state,
      'Ada Park',
      { amount: '1250.00', on: '2026-12-02', reference: 'A1' },
      talk.nowMs,
    );
    returnReceipt(talk.state, paid, '2026-12-04', talk.nowMs);
    expect(talk.list('tenant_ledgers').map(({ Type, Amount, OccurredOn }) => [Type, Amount, OccurredOn])).toEqual([
      ['Charge', '1250.00', '2026-12-01'],
      ['Receipt', '-1250.00', '2026-12-02'],
      ['Reversal', '1250.00', '2026-12-04'],
    ]);
  });
});

describe('a note at a tenant', () => {
  it('is kept, once for a key', () => {
    const talk = new AppfolioTalk();
    const { Id } = talk.list('tenants')[0]!;
    const key = { 'idempotency-key': 'note:1' };
    const first = talk.call('POST', `tenants/${Id}/notes`, { Body: 'Paid elsewhere' }, key);
    talk.call('POST', `tenants/${Id}/notes`, { Body: 'Paid elsewhere' }, key);
    expect(talk.state.notes).toEqual([
      expect.objectContaining({ id: first.json.Id, tenantId: Id, body: 'Paid elsewhere' }),
    ]);
    expect(talk.call('POST', 'tenants/none/notes', { Body: 'x' }).status).toBe(404);
    expect(talk.call('POST', `tenants/${Id}/notes`, { Text: 'x' }).status).toBe(422);
  });
});

describe('the gateway of the customer', () => {
  it('is a host of its own, with people of the same portfolio, and no part of AppFolio', () => {
    const talk = new AppfolioTalk();
    const key = `Basic ${Buffer.from('rent-ledger:gw-appfolio-93ac').toString('base64')}`;
    const headers = { authorization: key, 'content-type': 'application/json' };
    const payment = {
      ...{ occupancyId: '7001', amount: '1250.00', receivedOn: '2026-12-03', paymentMethod: 'ACH' },
      ...{ reference: 'stripe:pi_1' },
    };
    const url = 'https://appfolio-gateway.example/v1/payments';
    expect(talk.send('POST', url, headers, JSON.stringify(payment)).status).toBe(201);
    const listed = JSON.parse(talk.send('GET', `${url}?from=2026-12-01&to=2026-12-31`, headers).body) as Json;
    expect(listed.data).toEqual([expect.objectContaining({ occupancyId: '7001', amount: '1250.00' })]);
    expect(talk.state.receipts).toEqual([]);
  });
});
