/** Every operation of the HubSpot sandbox, and every call of the connector, held against HubSpot's published description. */
import * as people from '../../local/vendors/hubspot/people';
import { READ } from '../../local/vendors/hubspot/state';
import { hubspot } from '../../src/connectors/hubspot';
import { key } from '../../src/domain/values';
import { HubspotBench, statusOf, taskOf } from '../connectors/hubspot-rig';
import { HubspotTalk, KEY, taskFor } from './hubspot-talk';
import { fitsWhatIsPublished } from './published';
import { har } from './talk';

const TASKS = '/crm/v3/objects/tasks';
const talk = HubspotTalk.ready();

function tour(): void {
  const refresh = talk.signIn();
  talk.grant({ grant_type: 'refresh_token', refresh_token: refresh });
  talk.call('GET', '/crm/v3/properties/contacts');
  const ada = { email: 'ada@example.com', rent_status: 'late', rent_balance: '1250', rent_next_due: '2026-12-01' };
  talk.upsert(['L-1', 'L-2'].map((id, at) => ({ id, objectWriteTraceId: id, properties: at === 0 ? ada : {} })));
  talk.upsert(['L-1', 'L-2'].map((id) => ({ id, objectWriteTraceId: id, properties: ada })));
  const [contact, other] = talk.state.contacts.map((one) => one.id) as [string, string];
  talk.read(['L-1', 'L-2', 'L-3'], { propertiesWithHistory: ['rent_status'] });
  const inputs = [{ id: other, properties: { phone: '+1 555 0100' } }];
  talk.call('POST', '/crm/v3/objects/contacts/batch/update', { inputs });
  const { id } = talk.task(contact).json;
  const many = [contact, '999'].map((one) => ({ ...taskFor(one), objectWriteTraceId: one }));
  talk.call('POST', `${TASKS}/batch/create`, { inputs: many });
  talk.call('PATCH', `${TASKS}/${id}`, { properties: { hs_task_status: 'COMPLETED' } });
  talk.call('GET', `${TASKS}/${id}?properties=hs_task_subject,hs_task_status&associations=contacts`);
  talk.call('PUT', `/crm/v4/objects/tasks/${id}/associations/default/contacts/${other}`);
  talk.call('GET', `/crm/v4/objects/contacts/${contact}/associations/tasks?limit=1`);
  people.editContact(talk.state, contact, { rent_status: 'current' }, talk.nowMs);
  talk.nowMs += 60_000;
  const changed = { propertyName: 'lastmodifieddate', operator: 'GTE', value: String(talk.nowMs - 600_000) };
  talk.search('contacts', [changed], { sorts: ['lastmodifieddate'], properties: ['rent_status'], limit: 1 });
  talk.search('tasks', [{ propertyName: 'associations.contact', operator: 'EQ', value: contact }]);
}

/** Refusals have a published shape too. */
function refusals(): void {
  talk.call('POST', '/crm/v3/properties/contacts', KEY);
  talk.call('PATCH', `${TASKS}/1`, { properties: {} });
  talk.upsert([{ id: 'L-1', properties: { pets: 'two' } }]);
  talk.grant({ grant_type: 'refresh_token', refresh_token: 'nobody' });
  talk.token = people.makePrivateApp(talk.state, 'Reader', [READ]);
  talk.call('POST', '/crm/v3/properties/contacts', KEY);
  people.useUpTheDay(talk.state, 0, talk.nowMs);
  talk.read(['L-1']);
  talk.token = 'nobody';
  talk.read(['L-1']);
}
tour();
refusals();

const bench = new HubspotBench();

/** All that the connector can do, some of it refused. */
function connectorTour(): void {
  const run = (flow: Parameters<typeof bench.run>[0]) => expect(bench.run(flow)).not.toHaveProperty('fault');
  run(hubspot.test!(bench.account));
  const known = people.addContact(bench.state, { email: 'l-2@example.com' }, bench.nowMs);
  bench.tell('standing', statusOf('L-1'), statusOf('L-2', { customer: known }));
  people.removeOption(bench.state, 'rent_status', 'hold');
  bench.tell('standing', statusOf('L-1', { standing: 'hold' }), statusOf('L-3'));
  bench.setUp();
  bench.nowMs += 32 * 60_000;
  for (const state of ['open', 'closed', 'open'] as const) bench.tell('task', taskOf('L-1', { state }));
  for (let at = 0; at < 25; at++) bench.tell('task', taskOf('L-2', { task: key(`task:${at}`) }));
  bench.tell('task', taskOf('L-2', { task: key('task:0'), state: 'closed' }));
  run(hubspot.lists!.fields!(bench.account));
  for (const of of [undefined, { leaseId: 'L-1', customer: '' }, { leaseId: 'L-9', customer: known }])
    run(hubspot.sample!(of, bench.account));
  bench.drainMirror();
}
connectorTour();

describe('the traffic of HubSpot', () => {
  it('has every operation of the sandbox in it, well answered', () => {
    const good = talk.exchanges.filter(({ reply }) => reply.status < 300);
    const paths = good.map(
      ({ request }) => `${request.method} ${new URL(request.url).pathname.replace(/\/\d+/g, '/ID')}`,
    );
    expect([...new Set(paths)].sort()).toEqual([
      'GET /crm/v3/objects/tasks/ID',
      'GET /crm/v3/properties/contacts',
      'GET /crm/v4/objects/contacts/ID/associations/tasks',
      'PATCH /crm/v3/objects/tasks/ID',
      'POST /crm/v3/objects/contacts/batch/read',
      'POST /crm/v3/objects/contacts/batch/update',
      'POST /crm/v3/objects/contacts/batch/upsert',
      'POST /crm/v3/objects/contacts/search',
      'POST /crm/v3/objects/tasks',
      'POST /crm/v3/objects/tasks/batch/create',
      'POST /crm/v3/objects/tasks/search',
      'POST /crm/v3/properties/contacts',
      'POST /oauth/v1/token',
      'PUT /crm/v4/objects/tasks/ID/associations/default/contacts/ID',
    ]);
  });

  it('has each kind of refusal in it', () => {
    const statuses = talk.exchanges.map(({ reply }) => reply.status).filter((status) => status === 207 || status > 399);
    expect(new Set(statuses)).toEqual(new Set([207, 400, 401, 403, 404, 409, 429]));
  });

  it('has every operation of the connector in it', () => {
    const calls = bench.har.toJSON().log.entries.map(({ request }) => request as { method: string; url: string });
    const paths = calls.map(({ method, url }) => `${method} ${new URL(url).pathname.replace(/\/\d+/g, '/ID')}`);
    expect([...new Set(paths)].sort()).toEqual([
      'GET /crm/v3/objects/tasks/ID',
      'GET /crm/v3/properties/contacts',
      'GET /crm/v4/objects/contacts/ID/associations/tasks',
      'PATCH /crm/v3/objects/tasks/ID',
      'POST /crm/v3/objects/contacts/batch/read',
      'POST /crm/v3/objects/contacts/batch/update',
      'POST /crm/v3/objects/contacts/batch/upsert',
      'POST /crm/v3/objects/contacts/search',
      'POST /crm/v3/objects/tasks/batch/create',
      'POST /crm/v3/objects/tasks/search',
      'POST /crm/v3/properties/contacts',
      'POST /oauth/v1/token',
    ]);
  });

  fitsWhatIsPublished('HubSpot, as the connector asks', () => bench.har.toJSON());
  fitsWhatIsPublished('HubSpot, as the sandbox answers', () =>
    har(talk.exchanges.filter(({ request }) => new URL(request.url).hostname === 'api.hubapi.com')),
  );
});
