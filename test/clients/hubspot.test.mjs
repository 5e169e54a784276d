/** HubSpot's own client talks to our sandbox: properties, contacts in batches, tasks with their contacts, search and limits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@hubspot/api-client';
import { hubspotPeople as people } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { state, clock, url, urls } = await serve('hubspot');
const REDIRECT = 'https://example.com/back';
const SCOPES = ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write', 'crm.schemas.contacts.write'];
const clientWith = (accessToken) => new Client({ accessToken, basePath: url });
const client = clientWith(state.apps[0].token);
const { crm } = client;
const { batchApi, searchApi } = crm.contacts;
const said = (words) => (error) => JSON.stringify(error.body ?? error.message).includes(words);

const group = { groupName: 'contactinformation' };
const create = (property) => crm.properties.coreApi.create('contacts', { ...group, ...property });
const KEY = {
  name: 'rent_ledger_id',
  label: 'Rent Ledger ID',
  type: 'string',
  fieldType: 'text',
  hasUniqueValue: true,
};
const STATUS = {
  ...{ name: 'rent_status', label: 'Rent status', type: 'enumeration', fieldType: 'select' },
  options: ['current', 'late'].map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false })),
};
const made = [await create(KEY), await create(STATUS)];

const upsert = (rows) =>
  batchApi.upsert({
    inputs: rows.map(([id, properties]) => ({
      ...{ id, idProperty: 'rent_ledger_id', objectWriteTraceId: id },
      properties,
    })),
  });

const search = (filters, more = {}) =>
  searchApi.doSearch({ filterGroups: [{ filters }], sorts: [], properties: [], limit: 100, after: '0', ...more });

test('properties are created once and listed', async () => {
  assert.deepEqual(
    made.map(({ name, hasUniqueValue }) => [name, hasUniqueValue]),
    [
      ['rent_ledger_id', true],
      ['rent_status', false],
    ],
  );
  await assert.rejects(create(KEY), (error) => error.code === 409 && said('PROPERTY_EXISTS')(error));
  const { results } = await crm.properties.coreApi.getAll('contacts');
  assert.deepEqual(
    results.find((one) => one.name === 'rent_status').options.map((option) => option.value),
    ['current', 'late'],
  );
});

test('contacts are upserted by our key, in parts, and read by it', async () => {
  const first = await upsert([
    ['L-1', { email: 'ada@example.com', rent_status: 'late' }],
    ['L-2', { rent_status: 'unheard' }],
  ]);
  assert.equal(first.numErrors, 1);
  assert.deepEqual(first.errors[0].context.objectWriteTraceId, ['L-2']);
  assert.deepEqual([first.results.length, first.results[0]._new], [1, true]);
  const again = await upsert([['L-1', { rent_status: 'current' }]]);
  assert.equal(again.results[0]._new, false);
  assert.ok(again.results[0].createdAt instanceof Date);
  const read = await batchApi.read({
    ...{ inputs: [{ id: 'L-1' }, { id: 'L-9' }], idProperty: 'rent_ledger_id', properties: ['email', 'rent_status'] },
    propertiesWithHistory: ['rent_status'],
  });
  assert.deepEqual(read.errors[0].context.ids, ['L-9']);
  assert.equal(read.results[0].properties.email, 'ada@example.com');
  assert.deepEqual(
    read.results[0].propertiesWithHistory.rent_status.map((one) => one.value),
    ['current', 'late'],
  );
  const inputs = [{ id: read.results[0].id, properties: { phone: '+1 555 0100' } }];
  assert.equal((await batchApi.update({ inputs })).results[0].properties.phone, '+1 555 0100');
});

test('a task is made with its contact, closed, found and linked to another', async () => {
  const [{ id: contact }] = state.contacts;
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 204 }];
  const properties = { hs_timestamp: String(clock.nowMs), hs_task_subject: 'Rent is late', hs_task_priority: 'HIGH' };
  const associations = [{ to: { id: contact }, types }];
  const { tasks } = crm.objects;
  const { id } = await tasks.basicApi.create({ properties, associations });
  await assert.rejects(
    tasks.basicApi.create({ properties: { hs_task_subject: 'x' }, associations }),
    said('hs_timestamp'),
  );
  const closed = await tasks.basicApi.update(id, { properties: { hs_task_status: 'COMPLETED' } });
  assert.equal(closed.properties.hs_task_status, 'COMPLETED');
  const read = await tasks.basicApi.getById(id, ['hs_task_subject'], undefined, ['contacts']);
  assert.equal(read.associations.contacts.results[0].id, contact);
  const many = await tasks.batchApi.create({ inputs: [{ properties, associations }] });
  assert.equal(many.results.length, 1);
  const page = await crm.associations.v4.basicApi.getPage('contacts', contact, 'tasks', undefined, 500);
  assert.deepEqual(
    page.results.map((one) => one.toObjectId),
    [id, many.results[0].id],
  );
  const other = people.addContact(state, { email: 'ben@example.com' }, clock.nowMs);
  const linked = await crm.associations.v4.basicApi.createDefault('tasks', id, 'contacts', other);
  assert.equal(linked.results.length, 2);
  clock.nowMs += 60_000;
  const found = await tasks.searchApi.doSearch({
    filterGroups: [{ filters: [{ propertyName: 'associations.contact', operator: 'EQ', value: other }] }],
    ...{ sorts: [], properties: ['hs_task_status'], limit: 10, after: '0' },
  });
  assert.deepEqual(
    found.results.map((one) => [one.id, one.properties.hs_task_status]),
    [[id, 'COMPLETED']],
  );
});

test('the search goes by change and by pages', async () => {
  people.editContact(state, 'ada@example.com', { phone: '+1 555 0199' }, clock.nowMs);
  const since = { propertyName: 'lastmodifieddate', operator: 'GTE', value: String(clock.nowMs) };
  assert.equal((await search([since])).total, 0);
  clock.nowMs += 60_000;
  const sorts = ['lastmodifieddate'];
  const { results, total } = await search([since], { sorts, properties: ['phone'] });
  assert.deepEqual([total, results[0].properties.phone], [1, '+1 555 0199']);
  const { paging } = await search([{ propertyName: 'email', operator: 'HAS_PROPERTY' }], { sorts, limit: 1 });
  assert.equal(paging.next.after, '1');
  await assert.rejects(search([since], { limit: 201 }), said('200'));
});

test('the owner signs in, and the token is refreshed', async () => {
  people.registerRedirect(state, REDIRECT);
  const { id: clientId, secret } = state.oauth.clients[0];
  const asked = new URL(client.oauth.getAuthorizationUrl(clientId, REDIRECT, SCOPES.join(' ')));
  const page = await fetch(urls[asked.hostname] + asked.pathname + asked.search, { redirect: 'manual' });
  const code = new URL(page.headers.get('location')).searchParams.get('code');
  const { tokensApi } = client.oauth;
  const first = await tokensApi.create('authorization_code', code, REDIRECT, clientId, secret);
  const owner = clientWith(first.accessToken);
  assert.ok((await owner.crm.properties.coreApi.getAll('contacts')).results.length > 0);
  clock.nowMs += 31 * 60_000;
  await assert.rejects(owner.crm.properties.coreApi.getAll('contacts'), said('EXPIRED_AUTHENTICATION'));
  const next = await tokensApi.create('refresh_token', undefined, undefined, clientId, secret, first.refreshToken);
  assert.equal(next.refreshToken, first.refreshToken);
  owner.setAccessToken(next.accessToken);
  assert.ok((await owner.crm.properties.coreApi.getAll('contacts')).results.length > 0);
});

test('scopes that lack and limits that are reached are errors that the client can read', async () => {
  const reader = clientWith(people.makePrivateApp(state, 'Reader', ['crm.objects.contacts.read']));
  await assert.rejects(reader.crm.properties.coreApi.create('contacts', { ...group, ...KEY }), said('MISSING_SCOPES'));
  await assert.rejects(clientWith('nobody').crm.properties.coreApi.getAll('contacts'), said('INVALID_AUTHENTICATION'));
  people.useUpTheDay(state, 0, clock.nowMs);
  await assert.rejects(upsert([['L-1', {}]]), (error) => error.code === 429 && said('DAILY')(error));
});
