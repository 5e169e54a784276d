/** dynamics-web-api, the client that most use, talks to our sandbox: upserts, invoices, batches, paging and changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamicsWebApi } from 'dynamics-web-api';
import { dynamics365People as people } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { state, clock, urls } = await serve('dynamics-365');
const HOST = 'rentledger.crm.dynamics.com';
const TENANT = 'c8d1f0a7-3e62-4b95-8a4d-9f27e6b05c13';
const KEY = 'new_rentledgerid';

people.addColumn(state, 'contact', { name: KEY });
people.defineKey(state, 'contact', [KEY], clock.nowMs);
people.trackChanges(state, 'contact');
clock.nowMs += people.INDEX_MS;

/** What a library of Microsoft's would do: the client leaves tokens to its user. */
async function token() {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: '8e30b5d2-94c7-4f1a-b6e8-07d5c3a921f4',
    client_secret: 'Zk7~rent-ledger-dataverse-secret',
    scope: `https://${HOST}/.default`,
  });
  const reply = await fetch(`${urls['login.microsoftonline.com']}/${TENANT}/oauth2/v2.0/token`, {
    method: 'POST',
    body,
  });
  return (await reply.json()).access_token;
}

const client = new DynamicsWebApi({
  serverUrl: urls[HOST],
  dataApi: { version: '9.2' },
  onTokenRefresh: token,
});

/** The sandbox names its real host in links, as Dataverse does; the client is led back to loopback. */
const here = (link) => link.replace(`https://${HOST}`, urls[HOST]);
const upsert = (id, data) =>
  client.upsert({ collection: 'contacts', key: `${KEY}='${id}'`, data, returnRepresentation: true });
const refusal = (code) => (error) => error.code === code;

test('a call finds who it is that calls', async () => {
  const who = await client.callFunction('WhoAmI');
  assert.equal(who.UserId, '5b7c2e14-0d8f-4a36-9c51-2ef8a7d06b93');
});

test('a contact is upserted by our key, and read by it', async () => {
  const made = await upsert('U-101', { firstname: 'Anne', lastname: 'Charleston' });
  const again = await upsert('U-101', { firstname: 'Ann' });
  assert.equal(made.contactid, again.contactid);
  const found = await client.retrieve({ collection: 'contacts', key: `${KEY}='U-101'`, select: ['fullname'] });
  assert.equal(found.fullname, 'Ann Charleston');
  const prevented = client.upsert({
    collection: 'contacts',
    key: `${KEY}='U-101'`,
    data: { firstname: 'Bo' },
    ifnonematch: '*',
  });
  assert.equal(await prevented, null);
});

test('an invoice has the total of its lines, is paid, and is read-only then', async () => {
  const { contactid } = await upsert('U-102', { firstname: 'Bo' });
  const data = { name: 'Rent December', 'customerid_contact@odata.bind': `/contacts(${contactid})` };
  const id = await client.create({ collection: 'invoices', data });
  const line = { isproductoverridden: true, productdescription: 'Rent', quantity: 1, priceperunit: 1250.5 };
  await client.create({ collection: 'invoicedetails', data: { ...line, 'invoiceid@odata.bind': `/invoices(${id})` } });
  await client.update({ collection: 'invoices', key: id, data: { statecode: 2, statuscode: 100001 } });
  const found = await client.retrieve({ collection: 'invoices', key: id, select: ['totalamount', 'statecode'] });
  assert.deepEqual([found.totalamount, found.statecode], [1250.5, 2]);
  await assert.rejects(client.update({ collection: 'invoices', key: id, data: { name: 'x' } }), refusal('0x8004022e'));
});

test('a batch answers in its order, and a change set is undone as a whole', async () => {
  client.startBatch();
  client.upsert({ collection: 'contacts', key: `${KEY}='U-201'`, data: { firstname: 'In a batch' } });
  client.create({
    collection: 'tasks',
    data: { subject: 'Call about rent', 'regardingobjectid_contact_task@odata.bind': `/contacts(${KEY}='U-201')` },
  });
  client.retrieveMultiple({ collection: 'contacts', select: ['firstname'], filter: `${KEY} eq 'U-201'` });
  const [, task, list] = await client.executeBatch();
  assert.match(task, /^[\da-f-]{36}$/);
  assert.equal(list.value[0].firstname, 'In a batch');
  client.startBatch();
  client.upsert({ collection: 'contacts', key: `${KEY}='U-202'`, data: { firstname: 'Undone' } });
  client.create({ collection: 'tasks', data: { shoesize: 9 } });
  await assert.rejects(client.executeBatch());
  assert.ok(!state.rows.contact.some((row) => row.values[KEY] === 'U-202'));
});

test('pages go on to the end', async () => {
  const first = await client.retrieveMultiple({ collection: 'contacts', select: ['firstname'], maxPageSize: 2 });
  assert.equal(first.value.length, 2);
  const second = await client.retrieveMultiple({ collection: 'contacts', maxPageSize: 2 }, here(first.oDataNextLink));
  assert.equal(second.value.length, 1);
  assert.equal(second.oDataNextLink, undefined);
});

test('changes come by the delta link, deletions too', async () => {
  const all = await client.retrieveMultiple({ collection: 'contacts', select: ['firstname'], trackChanges: true });
  const [one, two] = all.value;
  people.editRow(state, 'contact', one.contactid, { mobilephone: '+1 555 0199', firstname: 'New' }, clock.nowMs);
  people.removeRow(state, 'contact', two.contactid, clock.nowMs);
  const since = await client.retrieveMultiple({ collection: 'contacts' }, here(all.oDataDeltaLink));
  assert.deepEqual(
    since.value.map((row) => row.firstname ?? row.reason),
    ['New', 'deleted'],
  );
});

test('the definition of a table tells its columns and keys', async () => {
  const found = await client.retrieveEntity({
    key: "LogicalName='contact'",
    select: ['LogicalName', 'ChangeTrackingEnabled'],
    expand: [{ property: 'Keys', select: ['KeyAttributes', 'EntityKeyIndexStatus'] }],
  });
  assert.equal(found.ChangeTrackingEnabled, true);
  assert.deepEqual(found.Keys[0].KeyAttributes, [KEY]);
  const columns = await client.retrieveAttributes({ entityKey: "LogicalName='contact'", select: ['LogicalName'] });
  assert.ok(columns.value.some((each) => each.LogicalName === KEY));
});

test('above a limit the client is told how long to wait', async () => {
  people.throttle(state, 'requests', 30, clock.nowMs);
  await assert.rejects(
    client.callFunction('WhoAmI'),
    (error) => error.status === 429 && error.headers['retry-after'] === '30',
  );
});
