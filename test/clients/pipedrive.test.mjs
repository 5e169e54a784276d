/** Pipedrive's own client drives our sandbox: signs in, finds and moves deals, plans and ticks tasks, writes notes, is slowed down. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v1 from 'pipedrive/v1';
import * as v2 from 'pipedrive/v2';
import { pipedrivePeople } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { urls, state, clock } = await serve('pipedrive');
const apiKey = state.tokens[0].token;
const at = urls['api.pipedrive.com'];
const two = new v2.Configuration({ apiKey, basePath: `${at}/api/v2` });
const one = new v1.Configuration({ apiKey, basePath: `${at}/v1` });
const deals = new v2.DealsApi(two);
const activities = new v2.ActivitiesApi(two);

const later = (seconds = 10) => {
  clock.nowMs += seconds * 1000;
};

const { data: fields } = await new v2.DealFieldsApi(two).getDealFields({ limit: 500 });
const keyOf = (name) => fields.find((field) => field.is_custom_field && field.field_name === name).field_code;
const KEY = keyOf('Rent Ledger ID');

async function dealOf(lease, more = {}) {
  const AddDealRequest = { title: `Lease ${lease}`, pipeline_id: 2, custom_fields: { [KEY]: lease }, ...more };
  const { data } = await deals.addDeal({ AddDealRequest });
  later();
  return data;
}

test('the account tells who asks, its pipelines and their stages', async () => {
  const { data: me } = await new v1.UsersApi(one).getCurrentUser();
  assert.equal(me.company_domain, 'maple-street');
  const { data: pipelines } = await new v2.PipelinesApi(two).getPipelines();
  const rent = pipelines.find(({ name }) => name === 'Rent');
  const { data: stages } = await new v2.StagesApi(two).getStages({ pipeline_id: rent.id, sort_by: 'order_nr' });
  assert.deepEqual(
    stages.map(({ name }) => name),
    ['Paid', 'Due', 'Late', 'Notice given', 'On a plan', 'Moved out'],
  );
});

test('a deal is found by our key once the search knows of it, moved, and given fields', async () => {
  const made = await dealOf('L-101');
  const search = () => deals.searchDeals({ term: 'L-101', fields: 'custom_fields', exact_match: true, limit: 10 });
  const { data } = await search();
  assert.deepEqual(
    data.items.map(({ item }) => item.id),
    [made.id],
  );
  const byField = await new v2.ItemSearchApi(two).searchItemByField({ term: 'L-101', entity_type: 'deal', field: KEY });
  assert.equal(byField.data[0].id, made.id);
  const late = fields.find((field) => field.field_name === 'Rent standing').options.find((o) => o.label === 'Late');
  const custom_fields = {
    [keyOf('Rent standing')]: late.id,
    [keyOf('Rent balance')]: { value: 1250.5, currency: 'USD' },
  };
  await deals.updateDeal({ id: made.id, UpdateDealRequest: { stage_id: 6, pipeline_id: 2, custom_fields } });
  const { data: read } = await deals.getDeal({ id: made.id });
  assert.deepEqual([read.stage_id, read.custom_fields[keyOf('Rent standing')]], [6, late.id]);
  assert.deepEqual(read.custom_fields[keyOf('Rent balance')], { value: 1250.5, currency: 'USD' });
});

test('changed deals are walked by cursor', async () => {
  later();
  const since = `${new Date(clock.nowMs).toISOString().slice(0, 19)}Z`;
  for (let n = 0; n < 5; n += 1) await dealOf(`W-${n}`);
  const titles = [];
  let cursor;
  do {
    const page = await deals.getDeals({ updated_since: since, sort_by: 'update_time', limit: 2, cursor });
    titles.push(...page.data.map(({ title }) => title));
    cursor = page.additional_data.next_cursor;
  } while (cursor);
  assert.deepEqual(titles, ['Lease W-0', 'Lease W-1', 'Lease W-2', 'Lease W-3', 'Lease W-4']);
});

test('a contact is made, changed, read, listed by its change, and found by mail', async () => {
  const persons = new v2.PersonsApi(two);
  const { data: made } = await persons.addPerson({
    AddPersonRequest: { name: 'Ada', emails: [{ value: 'ada@home.example' }], phones: [{ value: '+15550100' }] },
  });
  const { id } = made;
  await persons.updatePerson({ id, UpdatePersonRequest: { name: 'Ada Park' } });
  later();
  assert.equal((await persons.getPerson({ id })).data.emails[0].value, 'ada@home.example');
  const found = await persons.searchPersons({ term: 'ada@home.example', fields: 'email', exact_match: true });
  assert.equal(found.data.items[0].item.id, id);
  const updated_since = `${new Date(clock.nowMs).toISOString().slice(0, 19)}Z`;
  pipedrivePeople.editPipedrivePerson(state, id, { phone: '+15550199' }, clock.nowMs);
  const { data } = await persons.getPersons({ updated_since });
  assert.deepEqual(
    data.map(({ phones }) => phones[0].value),
    ['+15550199'],
  );
});

test('a task is planned for a deal, ticked off, and counted out of the open ones', async () => {
  const deal = await dealOf('T-1');
  const task = { subject: 'Rent is late', type: 'task', due_date: '2026-12-09', deal_id: deal.id };
  const { data: made } = await activities.addActivity({ AddActivityRequest: task });
  assert.equal(made.done, false);
  const open = async () => (await activities.getActivities({ deal_id: deal.id, done: false })).data.length;
  assert.equal(await open(), 1);
  await activities.updateActivity({ id: made.id, AddActivityRequest: { done: true } });
  assert.equal(await open(), 0);
  assert.ok((await activities.getActivity({ id: made.id })).data.marked_as_done_time);
});

test('a note is written on a deal and read back', async () => {
  const deal = await dealOf('N-1');
  const notes = new v1.NotesApi(one);
  const { data } = await notes.addNote({
    AddNoteRequest: { content: '<p>Paid 1,250.00</p>', deal_id: deal.id, pinned_to_deal_flag: 1 },
  });
  const listed = await notes.getNotes({ deal_id: deal.id });
  assert.deepEqual(
    listed.data.map(({ id, content }) => [id, content]),
    [[data.id, '<p>Paid 1,250.00</p>']],
  );
});

test('an application signs in, renews its token and is shut out when it is taken out', async () => {
  const redirectUri = 'https://app.example/back';
  pipedrivePeople.registerPipedriveRedirect(state, redirectUri);
  const host = urls['oauth.pipedrive.com'];
  const oauth = new v2.OAuth2Configuration({
    clientId: 'pd-client-rentledger',
    clientSecret: 'pd-secret-rentledger',
    redirectUri,
    host,
  });
  const page = await fetch(oauth.authorizationUrl, { redirect: 'manual' });
  const given = await oauth.authorize(new URL(page.headers.get('location')).searchParams.get('code'));
  assert.equal(given.api_domain, 'https://maple-street.pipedrive.com');
  const renewed = await oauth.tokenRefresh();
  assert.notEqual(renewed.access_token, given.access_token);
  const company = new v2.Configuration({
    accessToken: renewed.access_token,
    basePath: `${urls['maple-street.pipedrive.com']}/api/v2`,
  });
  const pipelines = new v2.PipelinesApi(company);
  assert.equal((await pipelines.getPipelines()).data.length, 2);
  pipedrivePeople.uninstallPipedriveApp(state);
  await assert.rejects(pipelines.getPipelines(), (error) => error.errorCode === 401);
});

test('what does not fit, what is not there and haste are errors that the client can read', async () => {
  const UpdateDealRequest = { custom_fields: { [keyOf('Rent standing')]: 'Late' } };
  const { id } = await dealOf('E-1');
  await assert.rejects(
    deals.updateDeal({ id, UpdateDealRequest }),
    (error) => error.code === 'ERR_SCHEMA_VALIDATION_FAILED' && error.error.includes(keyOf('Rent standing')),
  );
  await assert.rejects(deals.getDeal({ id: 9999 }), (error) => error.success === false);
  later();
  await assert.rejects(
    Promise.all(Array.from({ length: 21 }, () => deals.getDeals({ limit: 1 }))),
    (error) => error.errorCode === 429 && error.error === 'request over limit',
  );
});
