/** The Dynamics 365 sandbox behaves as Dataverse does: sign-in, rows and their keys, invoices, tasks, definitions, limits. */
import * as people from '../../local/vendors/dynamics-365/people';
import { APPLICATION_USER, CLERK, CLIENT_ID, DOLLAR } from '../../local/vendors/dynamics-365/state';
import { DynamicsTalk, KEY, ROOT } from './dynamics-talk';

const guid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/);
const code = (value: string) => ({ error: { code: value, message: expect.any(String) } });

describe('signing in', () => {
  it('gives a token for an hour, and none to refresh it with', () => {
    const { status, json } = new DynamicsTalk().signIn();
    expect(status).toBe(200);
    expect(Object.keys(json).sort()).toEqual(['access_token', 'expires_in', 'ext_expires_in', 'token_type']);
    expect(json.expires_in).toBe(3599);
  });

  it.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
    [{ client_id: 'nobody' }, 400, 'unauthorized_client', 700016],
    [{ grant_type: 'refresh_token' }, 400, 'unsupported_grant_type', 70003],
    [{ scope: 'https://rentledger.crm.dynamics.com/user_impersonation' }, 400, 'invalid_scope', 1002012],
    [{ scope: 'https://other.crm.dynamics.com/.default' }, 400, 'invalid_resource', 500011],
  ])('refuses %p', (form, status, error, number) => {
    expect(new DynamicsTalk().signIn(form)).toMatchObject({ status, json: { error, error_codes: [number] } });
  });

  it('ends with the hour, with an empty answer that says where to sign in', () => {
    const talk = DynamicsTalk.ready();
    expect(talk.get('WhoAmI')).toMatchObject({ UserId: APPLICATION_USER, OrganizationId: guid, BusinessUnitId: guid });
    talk.nowMs += 3_600_000;
    const { status, headers } = talk.call('GET', 'WhoAmI');
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer authorization_uri=/);
  });

  it('does not take a token that was asked for something else', () => {
    const talk = DynamicsTalk.ready();
    talk.token = talk.signIn({ scope: 'https://graph.microsoft.com/.default' }).json.access_token;
    expect(talk.call('GET', 'WhoAmI').status).toBe(401);
  });

  it('is not enough without an application user, or without a privilege', () => {
    const talk = DynamicsTalk.ready();
    people.setPrivilege(talk.state, 'Write contact', false);
    talk.contact();
    const again = talk.call('PATCH', `contacts(${KEY}='U-101')`, { firstname: 'Ann' });
    expect(again).toMatchObject({ status: 403, json: code('0x80040220') });
    expect(again.json.error.message).toMatch('prvWriteContact');
    people.setApplicationUser(talk.state, null);
    expect(talk.call('GET', 'WhoAmI')).toMatchObject({ status: 403, json: code('0x80072560') });
  });
});

describe('contacts by our key', () => {
  it('are created, then updated, and the answer repeats the key and not the id', () => {
    const talk = DynamicsTalk.ready();
    const address = `contacts(${KEY}='U-101')`;
    for (const firstname of ['Anne', 'Ann']) {
      const { status, headers } = talk.call('PATCH', address, { firstname, lastname: 'Charleston' });
      expect(status).toBe(204);
      expect(headers['odata-entityid']).toBe(`${ROOT}/${address}`);
    }
    expect(talk.get(`${address}?$select=fullname,${KEY}`)).toMatchObject({
      fullname: 'Ann Charleston',
      [KEY]: 'U-101',
    });
    expect(talk.state.rows.contact).toHaveLength(1);
  });

  it('say by their status whether they were created, where the row is preferred', () => {
    const talk = DynamicsTalk.ready();
    const call = () =>
      talk.call(
        'PATCH',
        `contacts(${KEY}='U-1')?$select=contactid`,
        { firstname: 'Bo' },
        { prefer: 'return=representation' },
      );
    expect([call().status, call().status]).toEqual([201, 200]);
    expect(call().json).toEqual({
      '@odata.context': expect.any(String),
      '@odata.etag': expect.any(String),
      contactid: guid,
    });
  });

  it('are not created under If-Match, and not changed under If-None-Match', () => {
    const talk = DynamicsTalk.ready();
    const call = (headers: Record<string, string>) =>
      talk.call('PATCH', `contacts(${KEY}='U-1')`, { firstname: 'Bo' }, headers);
    expect(call({ 'if-match': '*' })).toMatchObject({ status: 404, json: code('0x80060891') });
    expect(call({ 'if-none-match': '*' }).status).toBe(204);
    expect(call({ 'if-none-match': '*' })).toMatchObject({ status: 412, json: code('0x80040237') });
    const etag = talk.get(`contacts(${KEY}='U-1')`)['@odata.etag'];
    expect(call({ 'if-match': etag }).status).toBe(204);
    expect(call({ 'if-match': etag })).toMatchObject({ status: 412, json: code('0x80060882') });
  });

  it('need the key to be defined and its index to be built', () => {
    const talk = new DynamicsTalk();
    talk.renew();
    const call = () => talk.call('PATCH', `contacts(${KEY}='U-1')`, { firstname: 'Bo' });
    expect(call()).toMatchObject({ status: 400, json: code('0x80060888') });
    people.addColumn(talk.state, 'contact', { name: KEY });
    people.defineKey(talk.state, 'contact', [KEY], talk.nowMs);
    expect(call().status).toBe(400);
    talk.nowMs += people.INDEX_MS;
    expect(call().status).toBe(204);
  });

  it('cannot be two of one key, whatever the case of its letters', () => {
    const talk = DynamicsTalk.ready();
    talk.contact('U-1');
    const twin = { firstname: 'Bo', [KEY]: 'u-1' };
    expect(talk.call('POST', 'contacts', twin)).toMatchObject({ status: 412, json: code('0x80060892') });
    expect(talk.call('PATCH', `contacts(${KEY}='u-1')`, { firstname: 'Bo' }).status).toBe(204);
    expect(talk.state.rows.contact).toHaveLength(1);
  });

  it('double a quote in the key, and refuse the letters that an address cannot carry', () => {
    const talk = DynamicsTalk.ready();
    talk.done('PATCH', `contacts(${KEY}='O''Hara 4B')`, { lastname: 'O' });
    expect(talk.state.rows.contact![0]!.values[KEY]).toBe("O'Hara 4B");
    for (const letter of ['%3A', '%2F', '%25', '%26', '%2B', '%3F'])
      expect(talk.call('PATCH', `contacts(${KEY}='rent${letter}1')`, { lastname: 'O' }).status).toBe(400);
  });

  it.each([
    [{ shoesize: 9 }, '0x80048d19'],
    [{ firstname: 7 }, '0x80048d19'],
    [{ firstname: 'x'.repeat(51) }, '0x80044331'],
    [{ paymenttermscode: 9 }, '0x8004431a'],
    [{ birthdate: '12/02/1990' }, '0x80048d19'],
    [{ _transactioncurrencyid_value: DOLLAR }, '0x80048d19'],
    [{ transactioncurrencyid: DOLLAR }, '0x80048d19'],
    [{ 'transactioncurrencyId@odata.bind': `/transactioncurrencies(${DOLLAR})` }, '0x80048d19'],
    [{ statecode: 1, statuscode: 2 }, '0x80048408'],
  ])('are not created of %p', (body, expected) => {
    const { status, json } = DynamicsTalk.ready().call('POST', 'contacts', body);
    expect({ status, json }).toEqual({ status: 400, json: code(expected) });
  });

  it('clear a column by null, and are deleted with what is left of them in the feed', () => {
    const talk = DynamicsTalk.ready();
    const id = talk.contact('U-1', { mobilephone: '+1 555 0100' });
    talk.done('PATCH', `contacts(${id})`, { mobilephone: null });
    expect(talk.get(`contacts(${id})?$select=mobilephone`).mobilephone).toBeNull();
    expect(talk.call('DELETE', `contacts(${id})`).status).toBe(204);
    expect(talk.call('GET', `contacts(${id})`)).toMatchObject({ status: 404, json: code('0x80040217') });
  });
});

describe('invoices', () => {
  const START = { statecode: 0, statuscode: 1 };

  it('have the totals of their lines, whatever is sent for them', () => {
    const talk = DynamicsTalk.ready();
    const id = talk.invoice(talk.contact(), 1250.5);
    expect(talk.get(`invoices(${id})?$select=totalamount`).totalamount).toBe(1250.5);
    talk.line(id, 40, { quantity: 2, productdescription: 'Parking', tax: 6.4, manualdiscountamount: 10 });
    talk.done('PATCH', `invoices(${id})`, { totalamount: 1, freightamount: 5, discountamount: 2.5 });
    const select = 'totallineitemamount,totaltax,totalamount,totaldiscountamount,invoicenumber,_customerid_value';
    expect(talk.get(`invoices(${id})?$select=${select}`)).toMatchObject({
      ...{ totallineitemamount: 1320.5, totaltax: 6.4, totaldiscountamount: 2.5, totalamount: 1329.4 },
      invoicenumber: expect.stringMatching(/^INV-\d{5}/),
      _customerid_value: guid,
    });
  });

  it('want a customer, and lines that say what is billed on an invoice that is there', () => {
    const talk = DynamicsTalk.ready();
    expect(talk.call('POST', 'invoices', { name: 'Rent' })).toMatchObject({ status: 400, json: code('0x80040203') });
    const strange = { name: 'Rent', 'customerid_contact@odata.bind': `/contacts(${CLERK})` };
    expect(talk.call('POST', 'invoices', strange)).toMatchObject({ status: 404, json: code('0x80040217') });
    const line = { isproductoverridden: true, productdescription: 'Rent', quantity: 1, priceperunit: 1 };
    expect(talk.call('POST', 'invoicedetails', line)).toMatchObject({ status: 400 });
    const id = talk.invoice(talk.contact());
    const bind = { 'invoiceid@odata.bind': `/invoices(${id})` };
    expect(talk.call('POST', 'invoicedetails', { ...line, ...bind, isproductoverridden: false }).status).toBe(400);
    expect(talk.call('POST', 'invoicedetails', { ...line, ...bind, productdescription: null }).status).toBe(400);
  });

  it('are born active, and take their state with a status that belongs to it', () => {
    const talk = DynamicsTalk.ready();
    const customer = { 'customerid_contact@odata.bind': `/contacts(${talk.contact()})` };
    const paid = { name: 'Rent', ...customer, statecode: 2, statuscode: 100001 };
    expect(talk.call('POST', 'invoices', paid)).toMatchObject({ status: 400, json: code('0x80048408') });
    const id = talk.invoice(talk.contact());
    for (const pair of [{ statecode: 2, statuscode: 1 }, { statuscode: 100001 }, { statecode: 3, statuscode: 100001 }])
      expect(talk.call('PATCH', `invoices(${id})`, pair)).toMatchObject({ status: 400, json: code('0x80048408') });
    talk.done('PATCH', `invoices(${id})`, { statecode: 2 });
    expect(talk.get(`invoices(${id})?$select=statecode,statuscode`)).toMatchObject({
      statecode: 2,
      statuscode: 100001,
    });
  });

  it('are read-only once paid or canceled, lines and all, until they are active again', () => {
    const talk = DynamicsTalk.ready();
    for (const pair of [
      { statecode: 2, statuscode: 100001 },
      { statecode: 3, statuscode: 100003 },
    ]) {
      const id = talk.invoice(talk.contact());
      talk.done('PATCH', `invoices(${id})`, { description: 'The last words', ...pair });
      const [line] = talk.get(`invoicedetails?$filter=_invoiceid_value eq ${id}`).value;
      const readOnly = { status: 400, json: code('0x8004022e') };
      expect(talk.call('PATCH', `invoices(${id})`, { description: 'More' })).toMatchObject(readOnly);
      expect(talk.call('PATCH', `invoices(${id})`, { ...START, description: 'More' })).toMatchObject(readOnly);
      expect(talk.call('PATCH', `invoicedetails(${line.invoicedetailid})`, { priceperunit: 1 })).toMatchObject(
        readOnly,
      );
      expect(talk.call('DELETE', `invoicedetails(${line.invoicedetailid})`)).toMatchObject(readOnly);
      talk.done('PATCH', `invoices(${id})`, START);
      talk.done('PATCH', `invoicedetails(${line.invoicedetailid})`, { priceperunit: 1300 });
      expect(talk.get(`invoices(${id})?$select=totalamount`).totalamount).toBe(1300);
    }
  });

  it('can be made under an id that the caller chose, once', () => {
    const talk = DynamicsTalk.ready();
    const id = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
    const body = { name: 'Rent', 'customerid_contact@odata.bind': `/contacts(${KEY}='U-101')` };
    talk.contact();
    for (let at = 0; at < 2; at++) expect(talk.done('PATCH', `invoices(${id})`, body)).toBe(id);
    expect(talk.call('POST', 'invoices', { ...body, invoiceid: id })).toMatchObject({
      status: 412,
      json: code('0x80040237'),
    });
    expect(talk.state.rows.invoice).toHaveLength(1);
  });
});

describe('tasks', () => {
  it('are bound to a contact by the name of their own relationship, done, and opened again', () => {
    const talk = DynamicsTalk.ready();
    const contact = talk.contact();
    const body = { subject: 'Call about rent', scheduledend: '2026-12-04T17:00:00Z' };
    const wrong = { ...body, 'regardingobjectid_contact@odata.bind': `/contacts(${contact})` };
    expect(talk.call('POST', 'tasks', wrong)).toMatchObject({ status: 400, json: code('0x80048d19') });
    const id = talk.done('POST', 'tasks', {
      ...body,
      'regardingobjectid_contact_task@odata.bind': `/contacts(${contact})`,
    });
    const seen = () => talk.get(`tasks(${id})?$select=statecode,statuscode,actualend,_regardingobjectid_value`);
    expect(seen()).toMatchObject({ statecode: 0, statuscode: 2, actualend: null, _regardingobjectid_value: contact });
    talk.done('PATCH', `tasks(${id})`, { statecode: 1, statuscode: 5 });
    expect(seen()).toMatchObject({ statecode: 1, statuscode: 5, actualend: '2026-12-02T15:01:06Z' });
    talk.done('PATCH', `tasks(${id})`, { statecode: 0, statuscode: 2 });
    expect(seen()).toMatchObject({ statecode: 0, actualend: null });
  });

  it('are seen as done by a clerk', () => {
    const talk = DynamicsTalk.ready();
    const id = talk.done('POST', 'tasks', { subject: 'Call' });
    people.completeTask(talk.state, id, talk.nowMs);
    expect(talk.get(`tasks(${id})?$select=statecode,_modifiedby_value`)).toMatchObject({
      statecode: 1,
      _modifiedby_value: CLERK,
    });
  });
});

describe('definitions', () => {
  const address = "EntityDefinitions(LogicalName='contact')";

  it('name columns, keys and whether changes are tracked', () => {
    const talk = DynamicsTalk.ready();
    const expand = 'Attributes($select=LogicalName,AttributeType),Keys($select=KeyAttributes,EntityKeyIndexStatus)';
    const found = talk.get(`${address}?$select=LogicalName,ChangeTrackingEnabled&$expand=${expand}`);
    expect(found).toMatchObject({ LogicalName: 'contact', ChangeTrackingEnabled: true });
    expect(found.Attributes).toContainEqual({
      LogicalName: 'new_rentbalance',
      AttributeType: 'Money',
      MetadataId: guid,
    });
    expect(found.Keys).toEqual([{ KeyAttributes: [KEY], EntityKeyIndexStatus: 'Active', MetadataId: guid }]);
    expect(talk.get(`${address}/Keys?$select=LogicalName`).value).toHaveLength(1);
    expect(talk.get(`${address}/Attributes?$select=LogicalName`).value.length).toBeGreaterThan(30);
  });

  it('follow the owner: labels change, names do not, columns go, an index that fails says so', () => {
    const talk = DynamicsTalk.ready();
    people.renameColumn(talk.state, 'contact', 'new_rentbalance', 'Open rent');
    const labels = () =>
      Object.fromEntries(
        talk
          .get(`${address}/Attributes`)
          .value.map((one: { LogicalName: string; DisplayName: never }) => [
            one.LogicalName,
            (one.DisplayName as { UserLocalizedLabel: { Label: string } }).UserLocalizedLabel.Label,
          ]),
      );
    expect(labels()).toMatchObject({ new_rentbalance: 'Open rent' });
    people.deleteColumn(talk.state, 'contact', 'new_rentbalance');
    expect(labels()).not.toHaveProperty('new_rentbalance');
    for (const id of ['U-1', 'U-2']) talk.contact(id, { employeeid: 'same' });
    people.defineKey(talk.state, 'contact', ['employeeid'], talk.nowMs);
    talk.nowMs += people.INDEX_MS;
    expect(talk.get(`${address}/Keys?$select=EntityKeyIndexStatus`).value.at(-1)).toMatchObject({
      EntityKeyIndexStatus: 'Failed',
    });
    expect(talk.call('GET', "contacts(employeeid='same')").status).toBe(400);
    people.deleteKey(talk.state, 'contact', `${KEY}_key`);
    expect(talk.call('GET', `contacts(${KEY}='U-1')`)).toMatchObject({ status: 400, json: code('0x80060888') });
  });

  it('know no other table and no other property', () => {
    const talk = DynamicsTalk.ready();
    expect(talk.call('GET', "EntityDefinitions(LogicalName='lease')").status).toBe(404);
    expect(talk.call('GET', `${address}?$select=Colour`).status).toBe(400);
  });
});

describe('addresses and headers', () => {
  it.each([
    ['GET', 'leases', 404, '0x8006088a'],
    ['GET', 'Contacts', 404, '0x8006088a'],
    ['GET', 'contacts?$select=shoesize', 400, '0x80060888'],
    ['GET', 'contacts?$select=transactioncurrencyid', 400, '0x80060888'],
    ['GET', 'contacts?$skip=5', 400, '0x80060888'],
    ['GET', 'contacts?$search=x', 400, '0x80060888'],
    ['GET', 'contacts?$filter=firstname is 1', 400, '0x80060888'],
    ['PUT', 'contacts', 405, ''],
    ['PATCH', 'contacts', 405, ''],
  ])('%s %s is refused', (method, path, status, expected) => {
    const body = method === 'GET' ? undefined : { firstname: 'Bo' };
    expect(DynamicsTalk.ready().call(method, path, body)).toMatchObject({ status, json: code(expected) });
  });

  it('of other versions and media types are refused, those of 9.0 to 9.2 are not', () => {
    const talk = DynamicsTalk.ready();
    const status = (version: string) => talk.call('GET', `${ROOT.replace('v9.0', version)}/WhoAmI`).status;
    expect(['v9.0', 'v9.1', 'v9.2', 'v8.2'].map(status)).toEqual([200, 200, 200, 404]);
    expect(talk.raw('POST', 'contacts', { 'content-type': 'text/plain' }, '{}').status).toBe(415);
    expect(talk.call('GET', 'WhoAmI', undefined, { 'odata-version': '3.0' }).status).toBe(400);
  });

  it('answer a conditional read of what has not changed with nothing', () => {
    const talk = DynamicsTalk.ready();
    const id = talk.contact();
    const etag = talk.get(`contacts(${id})`)['@odata.etag'];
    expect(talk.call('GET', `contacts(${id})`, undefined, { 'if-none-match': etag }).status).toBe(304);
    expect(talk.call('GET', `contacts(${id})`, undefined, { 'if-none-match': 'null' }).status).toBe(200);
  });
});

describe('the limits that protect the service', () => {
  it('count six thousand requests in five minutes, and say how many are left', () => {
    const talk = DynamicsTalk.ready();
    talk.state.requestsAllowed = 3;
    const left = () => talk.call('GET', 'WhoAmI').headers['x-ms-ratelimit-burst-remaining-xrm-requests'];
    expect([left(), left(), left()]).toEqual(['2', '1', '0']);
    const { status, json, headers } = talk.call('GET', 'WhoAmI');
    expect({ status, json, wait: headers['retry-after'] }).toEqual({
      status: 429,
      json: code('0x80072322'),
      wait: '20',
    });
    talk.nowMs += 300_000;
    expect(left()).toBe('2');
  });

  it('wait the longer the more is asked in the meantime', () => {
    const talk = DynamicsTalk.ready();
    people.throttle(talk.state, 'time', 30, talk.nowMs);
    const waits = [0, 1, 2].map(() => Number(talk.call('GET', 'WhoAmI').headers['retry-after']));
    expect(waits).toEqual([29, 48, 67]);
    talk.nowMs += 67_000;
    expect(talk.call('GET', 'WhoAmI').status).toBe(200);
  });

  it('end a secret at once where it was replaced, but not the tokens that are out', () => {
    const talk = DynamicsTalk.ready();
    people.renewSecret(talk.state, 'another');
    expect(talk.call('GET', 'WhoAmI').status).toBe(200);
    expect(talk.signIn().json.error).toBe('invalid_client');
    expect(talk.signIn({ client_id: CLIENT_ID, client_secret: 'another' }).status).toBe(200);
  });
});
