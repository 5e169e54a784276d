/** A tour of the Azure sandbox, held against Microsoft's description of the management API. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { type HarEntry, HarRecorder } from '../../local/har';
import { forDescriptions } from '../../local/story/undescribed';
import * as people from '../../local/vendors/azure-logic-apps/people';
import { CLIENT_SECRET } from '../../local/vendors/azure-logic-apps/state';
import { azureLogicApps } from '../../src/connectors/azure-logic-apps';
import type { RentEvent } from '../../src/domain/status';
import { instant } from '../../src/domain/values';
import { AzureBench, empty, rentEvent } from '../connectors/azure-account';
import { AzureTalk, asked, HOURLY_VALUES, hourly } from './azure-talk';
import { fitsWhatIsPublished } from './published';

const SCHEMA = join(__dirname, '../../docs/azure/events.schema.json');

function tour(): AzureTalk {
  const talk = new AzureTalk();
  talk.put('events');
  talk.put('tick', hourly(), { parameters: HOURLY_VALUES });
  talk.put('events', asked({ description: 'Changed' }));
  talk.call('GET');
  talk.call('GET', '/tick');
  for (const act of ['disable', 'enable']) talk.call('POST', `/events/${act}`);
  const url = talk.address('events');
  for (const id of ['1', '2', '3']) talk.post(url, { id }, { 'x-ms-client-tracking-id': id });
  const [sent] = people.tick(talk.state, 'tick', talk.nowMs);
  people.answerRequest(talk.state, sent!, { status: 404 }, talk.nowMs);
  talk.nowMs += 60_000;
  const page = talk.call('GET', '/events/runs?$top=2').json;
  talk.at('GET', page.nextLink);
  talk.runs('tick', `?$filter=${encodeURIComponent("status eq 'Failed'")}`);
  talk.call('GET', `/events/runs/${page.value[0].name}`);
  talk.call('GET', '/gone');
  talk.call('PUT', '/broken', { location: 'eastus', properties: { definition: {} } });
  talk.call('GET', '', undefined, { authorization: 'Bearer guess' });
  return talk;
}

describe('the traffic of a tour', () => {
  const { exchanges, nowMs } = tour();
  const recorder = new HarRecorder();
  for (const { request, reply } of exchanges) recorder.add(request, reply, nowMs);
  const har = forDescriptions(recorder.toJSON());
  const urls = har.log.entries.map(({ request }) => new URL(String(request.url)));

  it('has every operation of the management API in it', () => {
    const calls = har.log.entries.map(({ request }, at) => {
      const path = urls[at]!.pathname.split('/workflows')[1] ?? '';
      return `${request.method} ${path.replace(/\/(?:events|tick|gone|broken)/, '/W').replace(/\/0858\w+$/, '/RUN')}`;
    });
    expect([...new Set(calls.filter((_, at) => urls[at]!.hostname === 'management.azure.com'))].sort()).toEqual([
      'GET ',
      'GET /W',
      'GET /W/runs',
      'GET /W/runs/RUN',
      'POST /W/disable',
      'POST /W/enable',
      'POST /W/triggers/manual/listCallbackUrl',
      'PUT /W',
    ]);
  });

  fitsWhatIsPublished('Azure Logic Apps', () => har, { passed: 14 });

  it('sets aside only posts to a trigger and one next page, which the description does not have', () => {
    const aside = urls.filter(({ hostname }) => hostname.endsWith('.undescribed.invalid'));
    expect(aside.map(({ hostname }) => hostname.split('.')[0])).toEqual([
      'prod-27',
      'prod-27',
      'prod-27',
      'management',
    ]);
  });

  it('holds no token, no secret and no signature', () => {
    const bytes = JSON.stringify(har);
    const post = exchanges.find(({ request }) => request.url.includes('sig='))!.request.url;
    const sig = new URL(post).searchParams.get('sig')!;
    expect(sig).toHaveLength(43);
    for (const secret of ['aad-sandbox-token', CLIENT_SECRET, encodeURIComponent(CLIENT_SECRET), sig, 'k1&2'])
      expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
  });
});

/** All that the connector can do. */
function connectorTour(): AzureBench {
  const bench = new AzureBench(empty);
  bench.run(azureLogicApps.test!(bench.account));
  bench.wish('install');
  bench.wish('install');
  bench.wish('test');
  for (const [type, more] of Object.entries(EVENTS))
    bench.wish('event', rentEvent({ type, ...more } as never), { name: type });
  bench.wish('event', rentEvent(), { name: 'lease.late', attempt: 2 });
  people.switchInPortal(bench.state, 'rent-ledger-events', false, bench.nowMs);
  bench.wish('event', rentEvent(), { name: 'refused' });
  bench.nowMs += 60_000;
  const context = { since: instant(0), now: instant(bench.nowMs), account: bench.account, open: [] };
  bench.run(azureLogicApps.deliveries!.pull(undefined, context));
  return bench;
}

const EVENTS: Readonly<Record<string, Partial<RentEvent>>> = {
  'payment.received': { ref: 'pi_1' },
  'payment.failed': { ref: 'pi_2' },
  'payment.returned': {},
  'lease.late': { rung: 'late-1' },
  'lease.escalated': { rung: 'late-2' },
  'lease.resolved': { amountCents: 0 as never },
};

describe('the traffic of the connector', () => {
  const { log } = forDescriptions(connectorTour().har.toJSON());
  const hostOf = (entry: HarEntry): string => new URL(String(entry.request.url)).hostname;

  fitsWhatIsPublished('Azure Logic Apps', () => ({ log }), { passed: 21 });

  it('posts events as their schema says, each of them', () => {
    const ajv = new Ajv({ strict: false });
    addFormats(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
    const posts = log.entries.filter((entry) => hostOf(entry).includes('.logic.azure.com'));
    const bodies = posts.map(({ request }) => JSON.parse((request.postData as { text: string }).text));
    expect(bodies.map((body) => [body.type, validate(body), validate.errors])).toEqual(
      ['lease.resolved', ...Object.keys(EVENTS), 'lease.late'].map((type) => [type, true, null]),
    );
  });
});
