/** Composite calls, collections and queries of the Salesforce sandbox: what is saved together, and what is found. */
import * as people from '../../local/vendors/salesforce/people';
import { codes, SalesforceTalk } from './salesforce-talk';
import type { Json } from './talk';

const count = (talk: SalesforceTalk, object: string): number =>
  talk.soql(`SELECT COUNT() FROM ${object}`).json.totalSize as number;

describe('a composite call', () => {
  it('saves a contact and its task together, and changes both when it is repeated', () => {
    const talk = SalesforceTalk.signedIn();
    const first = talk.composite(talk.lease(1));
    expect(codes(first)).toEqual(['201', '201']);
    expect(first.map((part: Json) => part.referenceId)).toEqual(['contact1', 'task1']);
    expect(first[0].httpHeaders.Location).toBe(`/services/data/v66.0/sobjects/Contact/${first[0].body.id}`);
    const again = talk.composite(talk.lease(1, {}, { Status: 'Completed' }));
    expect(codes(again)).toEqual(['200', '200']);
    expect(talk.rows('SELECT WhoId, IsClosed, Who.Name FROM Task')).toEqual([
      {
        WhoId: first[0].body.id,
        IsClosed: true,
        Who: { attributes: expect.objectContaining({ type: 'Contact' }), Name: 'Resident 1' },
      },
    ]);
  });

  it('saves nothing when one part fails and all are wanted, and says why at that part only', () => {
    const talk = SalesforceTalk.signedIn();
    talk.composite(talk.lease(1));
    const parts = [
      ...talk.lease(1, { Rent_Status__c: 'Paid' }),
      ...talk.lease(2, { Email: 'no mail' }),
      ...talk.lease(3),
    ];
    const halted = '400 PROCESSING_HALTED';
    expect(codes(talk.composite(parts))).toEqual([halted, halted, '400 INVALID_EMAIL_ADDRESS', halted, halted, halted]);
    expect(talk.rows('SELECT Rent_Status__c FROM Contact')).toEqual([{ Rent_Status__c: 'Late' }]);
  });

  it('saves the others when not all are wanted, but not what leans on the part that failed', () => {
    const talk = SalesforceTalk.signedIn();
    const parts = [...talk.lease(1, { Email: 'no mail' }), ...talk.lease(2)];
    const told = talk.composite(parts, false);
    expect(codes(told)).toEqual(['400 INVALID_EMAIL_ADDRESS', '400 PROCESSING_HALTED', '201', '201']);
    expect(told[1].body[0].message).toBe('Invalid reference specified. No value for contact1.id found in contact1');
    expect(count(talk, 'Contact')).toBe(1);
  });

  it('cannot refer to what was changed before version 46', () => {
    const talk = SalesforceTalk.signedIn();
    talk.version = 45;
    expect(codes(talk.composite(talk.lease(1), false))).toEqual(['201', '201']);
    expect(codes(talk.composite(talk.lease(1), false))).toEqual(['204', '400 PROCESSING_HALTED']);
  });

  it('refers to what a query found', () => {
    const talk = SalesforceTalk.signedIn();
    talk.composite(talk.lease(1));
    const q = encodeURIComponent("SELECT Id FROM Task WHERE Subject = 'Rent is late' AND IsClosed = false");
    const told = talk.composite([
      { method: 'GET', url: `${talk.base}/query?q=${q}`, referenceId: 'open' },
      {
        method: 'PATCH',
        url: `${talk.base}/sobjects/Task/@{open.records[0].Id}`,
        referenceId: 'close',
        body: { Status: 'Completed' },
      },
    ]);
    expect(codes(told)).toEqual(['200', '204']);
    expect(talk.rows('SELECT IsClosed FROM Task')).toEqual([{ IsClosed: true }]);
  });

  it('has an inner collection go or stay whole with it', () => {
    const talk = SalesforceTalk.signedIn();
    const records = ['a@example.com', 'no mail'].map((Email, at) => ({
      attributes: { type: 'Contact' },
      LastName: `P${at}`,
      Email,
    }));
    const part = { method: 'POST', url: `${talk.base}/composite/sobjects`, referenceId: 'all', body: { records } };
    const outer = talk.composite([part, ...talk.lease(1)]);
    expect(outer[0].httpStatusCode).toBe(200);
    expect(outer[0].body.map((one: Json) => one.errors[0].statusCode)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'INVALID_EMAIL_ADDRESS',
    ]);
    expect(codes(outer).slice(1)).toEqual(['400 PROCESSING_HALTED', '400 PROCESSING_HALTED']);
    expect(count(talk, 'Contact')).toBe(0);
    expect(talk.composite([part], false)[0].body.map((one: Json) => one.success)).toEqual([true, false]);
  });

  it('is refused whole when its form is wrong', () => {
    const talk = SalesforceTalk.signedIn();
    const [contact, task] = talk.lease(1) as [Json, Json];
    const query = (at: number) => ({ method: 'GET', url: `${talk.base}/query?q=x`, referenceId: `q${at}` });
    const twentySix = Array.from({ length: 13 }, (_none, at) => talk.lease(at)).flat();
    const bad: readonly (readonly [string, object])[] = [
      ['LIMIT_EXCEEDED', { compositeRequest: twentySix }],
      ['LIMIT_EXCEEDED', { compositeRequest: [] }],
      ['LIMIT_EXCEEDED', { compositeRequest: [0, 1, 2, 3, 4, 5].map(query) }],
      ['JSON_PARSER_ERROR', { compositeRequest: [contact, contact] }],
      ['JSON_PARSER_ERROR', { compositeRequest: [{ ...contact, referenceId: 'L-1' }] }],
      ['JSON_PARSER_ERROR', { compositeRequest: [{ ...task, referenceId: undefined }] }],
      ['JSON_PARSER_ERROR', { compositeRequest: [{ ...task, url: '/sobjects/Task' }] }],
      ['JSON_PARSER_ERROR', { compositeRequest: [contact], haltOnError: true }],
    ];
    for (const [errorCode, body] of bad)
      expect(talk.call('POST', '/composite', body)).toMatchObject({ status: 400, json: [{ errorCode }] });
    expect(count(talk, 'Contact')).toBe(0);
  });

  it('counts as one call', () => {
    const talk = SalesforceTalk.signedIn();
    talk.composite([...talk.lease(1), ...talk.lease(2)]);
    expect(talk.call('GET', '/limits').headers['sforce-limit-info']).toBe('api-usage=2/100000');
  });
});

describe('a collection', () => {
  const contact = (id: string, more: Json = {}) => ({
    attributes: { type: 'Contact' },
    Rent_Ledger_Id__c: id,
    LastName: `Resident ${id}`,
    ...more,
  });
  const upsert = (talk: SalesforceTalk, records: readonly object[], more: Json = {}) =>
    talk.call('PATCH', '/composite/sobjects/Contact/Rent_Ledger_Id__c', { allOrNone: false, records, ...more });

  it('upserts in order, each record with its own outcome', () => {
    const talk = SalesforceTalk.signedIn();
    upsert(talk, [contact('L-1')]);
    const { status, json } = upsert(talk, [contact('L-2'), contact('L-3', { Email: 'no' }), contact('L-1')]);
    expect(status).toBe(200);
    expect(json).toMatchObject([
      { success: true, created: true, errors: [] },
      { success: false, errors: [{ statusCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] }] },
      { success: true, created: false },
    ]);
    expect(upsert(talk, [contact('L-4'), contact('L-5', { Email: 'no' })], { allOrNone: true }).json).toMatchObject([
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'INVALID_EMAIL_ADDRESS' }] },
    ]);
    expect(count(talk, 'Contact')).toBe(2);
  });

  it('takes 200 records and no more, of its own type and with its own id', () => {
    const talk = SalesforceTalk.signedIn();
    const many = Array.from({ length: 201 }, (_none, at) => contact(`L-${at}`));
    expect(upsert(talk, many).json[0].errorCode).toBe('EXCEEDED_ID_LIMIT');
    expect(upsert(talk, many.slice(1)).json.every((one: Json) => one.success)).toBe(true);
    const said = upsert(talk, [
      { ...contact('L-1'), attributes: { type: 'Task' } },
      { ...contact('L-1'), attributes: undefined },
      contact(''),
      contact('L-1', { Id: '003' }),
    ]).json as Json[];
    expect(said.map((one) => one.errors[0].statusCode)).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
      'MISSING_ARGUMENT',
      'INVALID_FIELD',
    ]);
    expect(upsert(talk, [], { rows: 1 }).status).toBe(400);
  });

  it('says so when our id stands twice', () => {
    const talk = SalesforceTalk.signedIn();
    people.changeField(talk.state, 'Contact', 'Rent_Ledger_Id__c', { unique: false });
    for (const LastName of ['P', 'Q'])
      people.addContact(talk.state, { LastName, Rent_Ledger_Id__c: 'L-1' }, talk.nowMs);
    expect(upsert(talk, [contact('L-1')]).json[0].errors[0].statusCode).toBe('DUPLICATE_EXTERNAL_ID');
  });

  it('makes and changes records of several types', () => {
    const talk = SalesforceTalk.signedIn();
    const tasks = ['Call', 'Visit'].map((Subject) => ({ attributes: { type: 'Task' }, Subject }));
    const made = talk.done('POST', '/composite/sobjects', { records: tasks }) as unknown as Json[];
    const closing = [...made.map(({ id }) => id), '00T000000000000'].map((id) => ({
      attributes: { type: 'Task' },
      id,
      Status: 'Completed',
    }));
    const closed = talk.done('PATCH', '/composite/sobjects', { allOrNone: false, records: closing });
    expect(closed.map((one: Json) => one.success)).toEqual([true, true, false]);
    expect(talk.rows('SELECT Subject FROM Task WHERE IsClosed = true ORDER BY Subject DESC')).toEqual([
      { Subject: 'Visit' },
      { Subject: 'Call' },
    ]);
  });
});

describe('a query', () => {
  function peopled(): SalesforceTalk {
    const talk = SalesforceTalk.signedIn();
    const rows: Json[] = [
      { LastName: "O'Hara", Email: 'o@example.com', Rent_Balance__c: 10, Rent_Due_Date__c: '2026-12-01' },
      { LastName: 'Park', Phone: '555-1', Rent_Balance__c: 0, Rent_Ledger_Id__c: 'L-2' },
      { LastName: 'Quinn', Rent_Ledger_Id__c: 'L-3', DoNotCall: true },
    ];
    for (const [at, row] of rows.entries()) people.addContact(talk.state, row, talk.nowMs + at * 60_000);
    return talk;
  }

  it.each([
    ["LastName = 'o\\'hara'", ["O'Hara"]],
    ["LastName LIKE 'P%' OR LastName LIKE '_uinn'", ['Park', 'Quinn']],
    ["Rent_Ledger_Id__c IN ('L-2', 'L-9')", ['Park']],
    ["LastName NOT IN ('Park')", ["O'Hara", 'Quinn']],
    ['Rent_Ledger_Id__c != null AND (Phone = null OR Rent_Balance__c > 5)', ['Quinn']],
    ['Rent_Balance__c <= 10', ["O'Hara", 'Park']],
    ['Rent_Due_Date__c < 2026-12-02', ["O'Hara"]],
    ['NOT DoNotCall = true', ["O'Hara", 'Park']],
    ['SystemModstamp > 2026-12-02T15:00:30Z', ['Park', 'Quinn']],
    ['SystemModstamp >= 2026-12-02T16:02:00+01:00', ['Quinn']],
    ["LastModifiedBy.Name = 'Clara Clerk' AND Owner.Name LIKE 'clara%'", ["O'Hara", 'Park', 'Quinn']],
  ])('finds where %s', (where, names) => {
    const found = peopled().rows(`select LastName from contact where ${where} order by LastName asc nulls last`);
    expect(found.map(({ LastName }) => LastName)).toEqual(names);
  });

  it.each([
    ['SELECT Id FROM Contact WHERE', 'MALFORMED_QUERY'],
    ['SELECT * FROM Contact', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Contact LIMIT x', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Contact WHERE Email = 'a' AND Phone = 'b' OR Fax = 'c'", 'MALFORMED_QUERY'],
    ['SELECT Id FROM Contact; DROP', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Contact WHERE LastName = Park', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Lease__c', 'INVALID_TYPE'],
    ['SELECT Rent_Mood__c FROM Contact', 'INVALID_FIELD'],
    ['SELECT Landlord.Name FROM Contact', 'INVALID_FIELD'],
    ["SELECT Id FROM Contact WHERE SystemModstamp > '2026-12-01T00:00:00Z'", 'INVALID_FIELD'],
    ['SELECT Id FROM Contact WHERE LastName = 5', 'INVALID_FIELD'],
    ["SELECT Id FROM Task WHERE Description = 'x'", 'INVALID_FIELD'],
    ['SELECT Id FROM Contact WHERE Rent_Balance__c LIKE 5', 'INVALID_FIELD'],
    ['SELECT Id FROM Contact OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
  ])('refuses %s', (soql, errorCode) => {
    expect(SalesforceTalk.signedIn().soql(soql)).toMatchObject({ status: 400, json: [{ errorCode }] });
  });

  it('keeps whole seconds, and moves the stamp also when nobody has changed anything', () => {
    const talk = SalesforceTalk.signedIn();
    talk.nowMs += 400;
    const id = people.addContact(talk.state, { LastName: 'Park' }, talk.nowMs);
    const [row] = talk.rows('SELECT SystemModstamp, LastModifiedDate FROM Contact');
    expect(row).toEqual({
      SystemModstamp: '2026-12-02T15:00:00.000+0000',
      LastModifiedDate: '2026-12-02T15:00:00.000+0000',
    });
    people.touchRecord(talk.state, 'Contact', id, talk.nowMs + 60_000);
    expect(talk.rows('SELECT SystemModstamp, LastModifiedDate FROM Contact')).toEqual([
      { SystemModstamp: '2026-12-02T15:01:01.000+0000', LastModifiedDate: '2026-12-02T15:00:00.000+0000' },
    ]);
  });

  it('tells pages by their next address, to the user who asked, until another query closes the cursor', () => {
    const talk = SalesforceTalk.signedIn();
    for (let at = 0; at < 450; at++) people.addContact(talk.state, { LastName: `R${at}` }, talk.nowMs);
    const small = { 'sforce-query-options': 'batchSize=200' };
    const ask = () => talk.soql('SELECT LastName FROM Contact ORDER BY SystemModstamp, Id', 'query', small).json;
    const first = ask();
    expect(first).toMatchObject({ totalSize: 450, done: false });
    expect(first.nextRecordsUrl).toMatch(/^\/services\/data\/v66\.0\/query\/01g\w{15}-200$/);
    const next = (url: string) => talk.call('GET', url, undefined, small);
    const second = next(first.nextRecordsUrl).json;
    const third = next(second.nextRecordsUrl).json;
    expect(third).toMatchObject({ done: true });
    const names = [first, second, third].flatMap((page) => page.records.map((row: Json) => row.LastName));
    expect(names).toEqual(Array.from({ length: 450 }, (_none, at) => `R${at}`));
    expect(talk.soql('SELECT Id FROM Contact').json.done).toBe(true);
    for (let at = 0; at < 10; at++) ask();
    expect(next(first.nextRecordsUrl)).toMatchObject({ status: 400, json: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] });
  });

  it('has limits, offsets and counts', () => {
    const talk = peopled();
    expect(talk.rows('SELECT LastName FROM Contact ORDER BY LastName LIMIT 1 OFFSET 1')).toEqual([
      { LastName: 'Park' },
    ]);
    expect(talk.rows('SELECT LastName FROM Contact ORDER BY Email DESC NULLS LAST, LastName DESC')).toEqual([
      { LastName: "O'Hara" },
      { LastName: 'Quinn' },
      { LastName: 'Park' },
    ]);
    expect(count(talk, 'Contact')).toBe(3);
    expect(talk.rows('SELECT Name FROM User WHERE IsActive = true ORDER BY Name')).toHaveLength(3);
  });
});
