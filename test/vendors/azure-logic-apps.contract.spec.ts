/** A tour of the Azure sandbox, held against Microsoft's description of the management API. */
import { HarRecorder } from '../../local/har';
import { forDescriptions } from '../../local/story/undescribed';
import * as people from '../../local/vendors/azure-logic-apps/people';
import { CLIENT_SECRET } from '../../local/vendors/azure-logic-apps/state';
import { AzureTalk, asked, HOURLY_VALUES, hourly } from './azure-talk';
import { fitsWhatIsPublished } from './published';

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
