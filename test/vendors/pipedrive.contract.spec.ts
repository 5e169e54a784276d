/** Recorded traffic with Pipedrive, of a tour of the sandbox and of the connector, held against Pipedrive's two descriptions. */
import { HarRecorder } from '../../local/har';
import { forDescriptions } from '../../local/story/undescribed';
import { BALANCE_KEY, LEDGER_KEY, STATUS_KEY } from '../../local/vendors/pipedrive/fields';
import * as people from '../../local/vendors/pipedrive/people';
import { CLIENT_SECRET, TOKEN } from '../../local/vendors/pipedrive/state';
import { pipedrive } from '../../src/connectors/pipedrive';
import { noteOf, PipedriveBench, statusOf, taskOf } from '../connectors/pipedrive-rig';
import { PipedriveTalk } from './pipedrive-talk';
import { fitsWhatIsPublished } from './published';

function tour(): PipedriveTalk {
  const talk = new PipedriveTalk();
  const { refresh_token } = talk.signIn();
  talk.token({ grant_type: 'refresh_token', refresh_token });
  for (const path of ['v1 users/me', 'v2 pipelines?limit=1', 'v2 stages?pipeline_id=2&sort_by=order_nr&limit=2'])
    talk.get(path);
  talk.get('v2 dealFields?limit=500');
  const person = people.typePipedrivePerson(talk.state, { name: 'Ada Park', phone: '+15550100' }, talk.nowMs);
  const custom = { [LEDGER_KEY]: 'L-101', [STATUS_KEY]: 31, [BALANCE_KEY]: { value: 10.5, currency: 'USD' } };
  const members = { title: 'Unit 101', pipeline_id: 2, stage_id: 4, person_id: person };
  const { id } = talk.call('POST', 'v2 deals', { ...members, custom_fields: custom }).data;
  talk.deal('L-102', { expected_close_date: '2027-01-31' });
  talk.call('PATCH', `v2 deals/${id}`, { stage_id: 6, pipeline_id: 2, custom_fields: { [STATUS_KEY]: 33 } });
  talk.call('PATCH', `v2 deals/${id}`, { status: 'lost', lost_reason: 'Moved out' });
  talk.get(`v2 deals/${id}?custom_fields=${LEDGER_KEY}`);
  talk.get('v2 deals?pipeline_id=2&updated_since=2026-12-01T00:00:00Z&sort_by=update_time&sort_direction=asc&limit=1');
  talk.nowMs += 10_000;
  talk.get('v2 deals/search?term=L-101&fields=custom_fields&exact_match=true&limit=10');
  talk.get(`v2 itemSearch/field?entity_type=deal&field=${LEDGER_KEY}&match=exact&term=L-101`);
  talk.get(`v2 persons?ids=${person}`);
  talk.get('v2 persons?updated_since=2026-12-01T00:00:00Z&sort_by=update_time');
  talk.get('v2 persons/search?term=Ada&fields=name');
  talk.call('POST', 'v2 persons', {
    name: 'Lee',
    emails: [{ value: 'lee@home.example', primary: true, label: 'work' }],
  });
  const task = { subject: 'Rent is late', type: 'task', due_date: '2026-12-09', deal_id: id, note: 'x' };
  const activity = talk.call('POST', 'v2 activities', {
    ...task,
    participants: [{ person_id: person, primary: true }],
  });
  talk.call('PATCH', `v2 activities/${activity.data.id}`, { done: true });
  talk.get(`v2 activities/${activity.data.id}`);
  talk.get(`v2 activities?deal_id=${id}&done=true&limit=1`);
  for (const content of ['<p>Paid</p>', 'No. 2'])
    talk.call('POST', 'v1 notes', { content, deal_id: id, pinned_to_deal_flag: 0 });
  talk.get(`v1 notes?deal_id=${id}&start=0&limit=1&sort=add_time%20DESC`);
  talk.get('v2 deals/77');
  talk.auth = { 'x-api-token': 'guess' };
  talk.get('v1 users/me');
  return talk;
}

describe('the traffic of the Pipedrive sandbox', () => {
  const talk = tour();
  const recorder = new HarRecorder();
  // What the owner's browser does is no call of ours.
  const calls = talk.exchanges.filter(({ request }) => !request.url.includes('/oauth/authorize'));
  for (const { request, reply } of calls) recorder.add(request, reply, 0);

  it('has every operation in it', () => {
    const seen = calls.map(({ request }) => `${request.method} ${new URL(request.url).pathname.replace(/\d+$/, '#')}`);
    expect([...new Set(seen)].sort()).toEqual([
      'GET /api/v2/activities',
      'GET /api/v2/activities/#',
      'GET /api/v2/dealFields',
      'GET /api/v2/deals',
      'GET /api/v2/deals/#',
      'GET /api/v2/deals/search',
      'GET /api/v2/itemSearch/field',
      'GET /api/v2/persons',
      'GET /api/v2/persons/search',
      'GET /api/v2/pipelines',
      'GET /api/v2/stages',
      'GET /v1/notes',
      'GET /v1/users/me',
      'PATCH /api/v2/activities/#',
      'PATCH /api/v2/deals/#',
      'POST /api/v2/activities',
      'POST /api/v2/deals',
      'POST /api/v2/persons',
      'POST /oauth/token',
      'POST /v1/notes',
    ]);
  });

  it('holds no token and no secret', () => {
    const text = JSON.stringify(recorder.toJSON());
    for (const secret of [TOKEN, CLIENT_SECRET, 'v1u:', '1:1:'])
      expect([secret, text.includes(secret)]).toEqual([secret, false]);
  });

  // The sign-in lives at a host of its own, whose calls are held against nothing.
  const described = calls.filter(({ request }) => !request.url.includes('/oauth/'));
  fitsWhatIsPublished('Pipedrive', () => recorder.toJSON(), { passed: described.length });
});

/** All that the connector does. */
function work(): PipedriveBench {
  const bench = new PipedriveBench();
  bench.run(pipedrive.test!(bench.account));
  for (const list of Object.values(pipedrive.lists!)) bench.run(list(bench.account));
  bench.tell(...['L-2', 'L-3', 'L-4', 'L-5'].map((lease) => statusOf(lease)));
  bench.wait(10);
  bench.tell(statusOf('L-2', { standing: 'paid', email: 'new@home.example' }));
  bench.tell(statusOf('L-2', { standing: 'due', contact: 'keep', customer: String(bench.dealOf('L-2').id) }));
  bench.run(pipedrive.sample!(undefined, bench.account));
  for (const state of ['open', 'closed', 'open'] as const) bench.send('task', taskOf('L-2', { state }));
  for (const attempt of [1, 2]) bench.send('receipt', noteOf('L-2'), attempt);
  bench.changes();
  people.editPipedrivePerson(bench.state, bench.dealOf('L-3').person!, { phone: '+15125550199' }, bench.nowMs);
  bench.changes();
  return bench;
}

describe('the traffic of the Pipedrive connector', () => {
  const bench = work();
  const har = bench.har.toJSON();

  it('has each of its calls in it', () => {
    const seen = bench.calls.map((call) => call.replace(/\d+$/, '#'));
    expect([...new Set(seen)].sort()).toEqual([
      'GET /api/v2/activities',
      'GET /api/v2/dealFields',
      'GET /api/v2/deals',
      'GET /api/v2/deals/#',
      'GET /api/v2/deals/search',
      'GET /api/v2/persons',
      'GET /api/v2/persons/search',
      'GET /api/v2/pipelines',
      'GET /api/v2/stages',
      'GET /v1/notes',
      'GET /v1/users/me',
      'PATCH /api/v2/activities/#',
      'PATCH /api/v2/deals/#',
      'PATCH /api/v2/persons/#',
      'POST /api/v2/activities',
      'POST /api/v2/deals',
      'POST /api/v2/persons',
      'POST /v1/notes',
    ]);
  });

  // The changing of a contact is in Pipedrive's own client and in no description that we have.
  fitsWhatIsPublished('the Pipedrive connector', () => forDescriptions(har));
});
