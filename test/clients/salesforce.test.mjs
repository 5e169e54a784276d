/** jsforce talks to our Salesforce sandbox: sign-in, refresh, upserts, composite calls, queries over pages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import jsforce from 'jsforce';
import { salesforcePeople as people } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { state, clock, urls } = await serve('salesforce');
const HOST = 'maple-street.my.salesforce.com';
const TRIAL = 'maple-street--trial.sandbox.my.salesforce.com';
const REDIRECT = 'https://example.com/back';
const CONTACT_ID = 'Rent_Ledger_Id__c';
const HOURS = 3_600_000;

people.registerRedirect(state, REDIRECT);

/** The real hosts stand in the answers of the token address; the client is led to their loopback ports. */
const served = (url) => urls[new URL(url).hostname];

function connect(host = HOST, more = {}) {
  const { clientId, clientSecret } = people.orgAt(state, host).app;
  return new jsforce.Connection({
    instanceUrl: urls[host],
    version: '66.0',
    oauth2: { loginUrl: urls[host], clientId, clientSecret, redirectUri: REDIRECT, ...more },
  });
}

async function byCredentials(host = HOST) {
  const conn = connect(host);
  await conn.authorize({ grant_type: 'client_credentials' });
  assert.equal(served(conn.instanceUrl), urls[host]);
  conn.instanceUrl = urls[host];
  return conn;
}

const code = (errorCode) => (error) => {
  assert.equal(error.errorCode ?? error.name, errorCode);
  return true;
};

test('a person signs in with a challenge, and the session is renewed when it has ended', async () => {
  const conn = connect(HOST, { loginUrl: urls['login.salesforce.com'], useVerifier: true });
  const asked = new URL(conn.oauth2.getAuthorizationUrl({ scope: 'api refresh_token', state: 's1' }));
  const page = `https://login.salesforce.com${asked.pathname}${asked.search}`;
  const back = new URL(people.allow(state, page, clock.nowMs));
  assert.equal(back.searchParams.get('state'), 's1');
  await assert.rejects(conn.authorize('guess'), code('invalid_grant'));
  const user = await conn.authorize(back.searchParams.get('code'));
  assert.match(user.organizationId, /^00D/);
  let renewed = 0;
  conn.on('refresh', () => {
    renewed += 1;
    conn.instanceUrl = urls[HOST];
  });
  conn.instanceUrl = urls[HOST];
  clock.nowMs += 3 * HOURS;
  const first = await conn.request(`${urls[HOST]}/services/data/v66.0/limits`);
  assert.equal(renewed, 1);
  assert.equal(first.DailyApiRequests.Max, 100_000);
  assert.deepEqual(conn.limitInfo.apiUsage, { used: 1, limit: 100_000 });
});

test('without a refresh token the client says what is wrong', async () => {
  const conn = new jsforce.Connection({ instanceUrl: urls[HOST], accessToken: 'guess', version: '66.0' });
  await assert.rejects(conn.query('SELECT Id FROM Contact'), code('INVALID_SESSION_ID'));
  people.runAs(state, null);
  await assert.rejects(byCredentials(), /no client credentials user enabled/);
  people.runAs(state, 'Rent Ledger');
});

test('fields are described, and a missing one is missing', async () => {
  const contact = await (await byCredentials()).describe('Contact');
  const field = contact.fields.find(({ name }) => name === CONTACT_ID);
  assert.deepEqual([field.externalId, field.unique, field.type], [true, true, 'string']);
  const trial = await byCredentials(TRIAL);
  const { fields } = await trial.describe('Contact');
  assert.equal(
    fields.some(({ custom }) => custom),
    false,
  );
  await assert.rejects(
    trial.sobject('Contact').upsert({ [CONTACT_ID]: 'L-1', LastName: 'P' }, CONTACT_ID),
    code('NOT_FOUND'),
  );
});

test('contacts are upserted one by one and as a collection', async () => {
  const conn = await byCredentials();
  const contacts = conn.sobject('Contact');
  const made = await contacts.upsert({ [CONTACT_ID]: 'L-1', LastName: 'Park', Rent_Balance__c: 12.5 }, CONTACT_ID);
  assert.deepEqual([made.success, made.created], [true, true]);
  const changed = await contacts.upsert({ [CONTACT_ID]: 'L-1', Rent_Status__c: 'Late' }, CONTACT_ID);
  assert.deepEqual([changed.id, changed.created], [made.id, false]);
  const rows = Array.from({ length: 450 }, (_none, at) => ({ [CONTACT_ID]: `L-${at}`, LastName: `R ${at}` }));
  const all = await contacts.upsert(rows, CONTACT_ID, { allowRecursive: true });
  assert.equal(all.length, 450);
  assert.deepEqual(all.map(({ created }) => created).slice(0, 3), [true, false, true]);
  const [bad] = await contacts.upsert([{ [CONTACT_ID]: 'L-2', Email: 'no mail' }], CONTACT_ID);
  assert.equal(bad.errors[0].statusCode, 'INVALID_EMAIL_ADDRESS');
  await assert.rejects(
    contacts.upsert({ [CONTACT_ID]: 'L-2', Email: 'no mail' }, CONTACT_ID),
    code('INVALID_EMAIL_ADDRESS'),
  );
});

test('a contact and its task go in one composite call, all or nothing', async () => {
  const conn = await byCredentials();
  const url = '/services/data/v66.0/sobjects';
  const parts = (mail) => [
    {
      method: 'PATCH',
      url: `${url}/Contact/${CONTACT_ID}/L-7`,
      referenceId: 'who',
      body: { LastName: 'Q', Email: mail },
    },
    { method: 'POST', url: `${url}/Task`, referenceId: 'task', body: { WhoId: '@{who.id}', Subject: 'Rent is late' } },
  ];
  const send = async (mail) =>
    (await conn.requestPost('/composite', { allOrNone: true, compositeRequest: parts(mail) })).compositeResponse;
  assert.deepEqual(
    (await send('no mail')).map(({ httpStatusCode }) => httpStatusCode),
    [400, 400],
  );
  const [who, task] = await send('q@example.com');
  assert.equal(task.httpStatusCode, 201);
  const found = await conn.sobject('Task').find({ WhoId: who.body.id, IsClosed: false }, 'Id, Subject');
  assert.deepEqual(
    found.map(({ Subject }) => Subject),
    ['Rent is late'],
  );
  const closed = await conn.sobject('Task').update({ Id: task.body.id, Status: 'Completed' });
  assert.equal(closed.success, true);
  assert.equal((await conn.sobject('Task').retrieve(task.body.id)).IsClosed, true);
});

test('what changed is read over pages, oldest first', async () => {
  const conn = await byCredentials();
  clock.nowMs += HOURS;
  const since = new Date(clock.nowMs);
  const touched = people.contactOf(state, 'L-9').Id;
  people.editContact(state, touched, { Phone: '555-9' }, clock.nowMs);
  const { records } = await conn
    .sobject('Contact')
    .find({ SystemModstamp: { $gte: jsforce.SfDate.toDateTimeLiteral(since) } }, 'Id, Phone, LastModifiedBy.Name')
    .sort('SystemModstamp')
    .then((rows) => ({ records: rows }));
  assert.deepEqual(
    records.map(({ Phone, LastModifiedBy }) => [Phone, LastModifiedBy.Name]),
    [['555-9', 'Clara Clerk']],
  );
  const headers = { 'Sforce-Query-Options': 'batchSize=200' };
  const all = conn.query('SELECT Id FROM Contact ORDER BY SystemModstamp, Id', {
    headers,
    autoFetch: true,
    maxFetch: 1000,
  });
  const rows = (await all).records;
  assert.equal(rows.length, 450);
  assert.equal(new Set(rows.map(({ Id }) => Id)).size, 450);
});

test('what is wrong is an error that the client can read', async () => {
  const conn = await byCredentials();
  await assert.rejects(conn.query('SELECT Nothing FROM Contact'), code('INVALID_FIELD'));
  await assert.rejects(conn.query('SELECT Id FROM'), code('MALFORMED_QUERY'));
  people.changeField(state, 'Contact', CONTACT_ID, { unique: false });
  people.addContact(state, { LastName: 'Twin', [CONTACT_ID]: 'L-1' }, clock.nowMs);
  await assert.rejects(conn.sobject('Contact').upsert({ [CONTACT_ID]: 'L-1' }, CONTACT_ID), code('MULTIPLE_CHOICES'));
  people.useUpCalls(state, 100_000, clock.nowMs);
  await assert.rejects(conn.query('SELECT Id FROM Contact'), code('REQUEST_LIMIT_EXCEEDED'));
});
