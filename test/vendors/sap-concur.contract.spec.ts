/** SAP Concur's sandbox and every operation of the connector, held against SAP's own descriptions and the examples of its pages. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { forDescriptions } from '../../local/story/undescribed';
import * as people from '../../local/vendors/sap-concur/people';
import { OWNER_ID } from '../../local/vendors/sap-concur/state';
import { sapConcur } from '../../src/connectors/sap-concur';
import { ConcurBench } from '../connectors/sap-concur-rig';
import { descriptionOf, fitsWhatIsPublished, itIfPublished } from './published';
import { ConcurTalk, claimsOf, MULTIPART, multipart, type Sent } from './sap-concur-talk';
import { type Exchange, har, type Json } from './talk';

const forward = (bytes: string): Sent => ({ name: 'forwardId', fileName: null, bytes });

/** What each documented operation answered, by the words that the examples go by. */
const answers: Record<string, Json> = {};

function receipts(talk: ConcurTalk): void {
  const id = talk.taken(forward('RL-8K2M4N7QPZ'));
  expect(talk.post([{}, forward('RL-8K2M4N7QPZ')]).status).toBe(304);
  people.failConcurImaging(talk.state);
  const failed = talk.taken();
  expect(talk.post([{}], 'stranger').status).toBe(401);
  expect(talk.post([{ type: 'text/plain' }]).status).toBe(415);
  expect(talk.post([]).status).toBe(400);
  for (const seconds of [0, 10, 60]) {
    talk.nowMs += seconds * 1000;
    for (const one of [id, failed]) answers['GET /receipts/v4/status/{receiptId}'] = talk.status(one).json;
    talk.statuses({ receiptIds: [id, failed, 'none'] });
    talk.statuses({ forwardIds: ['RL-8K2M4N7QPZ', 'RL-none'] });
  }
  expect(talk.statuses({ receiptIds: [id], forwardIds: ['RL-none'] }).status).toBe(400);
  expect(talk.status('none').status).toBe(404);
}

function images(talk: ConcurTalk): void {
  people.withholdConcurReceiptsV4(talk.state);
  expect(talk.post().status).toBe(403);
  // The description holds the picture in a form; that its bytes alone are a body too is said on SAP's page only.
  const made = talk.image(multipart([{ name: 'Image File' }]), MULTIPART);
  const id = /<Id>([^<]+)/.exec(made.reply.body)![1]!;
  talk.call('GET', `/api/image/v1.0/receipt/${id}`);
  expect(talk.call('GET', '/api/image/v1.0/receipt/none').status).toBe(404);
}

const talk = new ConcurTalk();
answers['POST /oauth2/v0/token (any grant, incl. refresh_token)'] = talk.renew().json;
answers['id_token payload'] = claimsOf(talk.renew().json.id_token);
receipts(talk);
images(talk);

/** The description of Image v1 gives its paths under another server's root. */
const described = ({ request, reply }: Exchange): Exchange => ({
  request: { ...request, url: request.url.replace('/api/image/', '/concur/api/image/') },
  reply,
});
const isDescribed = ({ request }: Exchange): boolean => !request.url.includes('/oauth2/');

describe('the traffic of the sandbox', () => {
  const exchanges = talk.exchanges.map(described);

  it('has every operation and its refusals in it', () => {
    const calls = exchanges.map(({ request, reply }) => {
      const path = new URL(request.url).pathname.replace(OWNER_ID, 'USER').replace(/\/[\w$]{28,}$/, '/ID');
      return `${request.method} ${path} ${reply.status}`;
    });
    expect([...new Set(calls)]).toEqual(
      expect.arrayContaining([
        'POST /oauth2/v0/token 200',
        ...[202, 304, 400, 403, 415].map((status) => `POST /receipts/v4/users/USER/image-only-receipts ${status}`),
        'GET /receipts/v4/status/ID 200',
        ...[200, 400].map((status) => `POST /receipts/v4/status ${status}`),
        'POST /concur/api/image/v1.0/receipt 201',
        'GET /concur/api/image/v1.0/receipt/ID 200',
      ]),
    );
  });

  const passed = exchanges.filter(isDescribed).length;
  fitsWhatIsPublished('SAP Concur', () => har(exchanges), { passed, platform: 'sap-concur' });

  itIfPublished('has what the examples on SAP’s pages have, of the same types', () => {
    const file = join(dirname(descriptionOf('sap-concur')), 'fixtures.json');
    const { fixtures } = JSON.parse(readFileSync(file, 'utf8')) as { fixtures: { operation: string; body: Json }[] };
    for (const [operation, answer] of Object.entries(answers)) {
      const { body } = fixtures.find((each) => each.operation === operation)!;
      const types = (value: Json) => Object.fromEntries(Object.entries(value).map(([name, one]) => [name, typeof one]));
      expect([operation, types(answer)]).toEqual([operation, expect.objectContaining(types(body))]);
      for (const log of answer.logs ?? []) expect(types(log)).toEqual(types(body.logs[0]));
    }
  });

  itIfPublished('has the elements of the described Image', () => {
    const file = join(dirname(descriptionOf('sap-concur')), 'openapi.image-v1.json');
    const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as Json;
    const bodies = exchanges.map(({ reply }) => reply.body).filter((body) => body.startsWith('<Image'));
    expect(bodies).toHaveLength(2);
    for (const body of bodies)
      expect([...body.matchAll(/<(\w+)[ >/]/g)].map(([, name]) => name)).toEqual([
        'Image',
        ...Object.keys(definitions.Image.properties),
      ]);
  });
});

/** All that the connector does: it posts, loses an answer, looks, hears of a failure, and does without v4. */
function tourOfConnector() {
  const one = new ConcurBench();
  one.run(sapConcur.test!(one.account));
  one.post('receipt:1');
  one.answer = (request, reply) => {
    const given = reply();
    return request.url.includes('image-only') ? new Error('Address unavailable') : given;
  };
  one.post('receipt:2');
  one.answer = (_request, reply) => reply();
  expect(one.post('receipt:2', {}, 2)).toEqual({ value: one.state.receipts[1]?.id });
  one.post('receipt:2', {}, 1);
  people.failConcurImaging(one.state);
  one.post('receipt:3', { state: 'refunded', reversedCents: 100 });
  people.endConcurAccess(one.state, one.nowMs);
  one.nowMs += 60_000;
  expect(one.news()).toHaveLength(4);
  const older = new ConcurBench('user', { SAP_CONCUR_API: 'image v1' });
  older.run(sapConcur.test!(older.account));
  older.post('receipt:1');
  expect(older.news()).toHaveLength(1);
  return [...one.har.toJSON().log.entries, ...older.har.toJSON().log.entries];
}

describe('the traffic of the connector', () => {
  const recorded = forDescriptions({
    log: { version: '1.2', creator: { name: 'rent-ledger', version: '1' }, entries: tourOfConnector() },
  });
  const { entries } = recorded.log;

  it('has every operation in it', () => {
    const calls = entries.map(({ request }) => {
      const { pathname } = new URL(String(request.url));
      return `${request.method} ${pathname.replace(OWNER_ID, 'USER').replace(/\/[\w$]{28,}$/, '/ID')}`;
    });
    expect([...new Set(calls)].sort()).toEqual([
      'GET /api/image/v1.0/receipt/ID',
      'GET /receipts/v4/status/ID',
      'POST /api/image/v1.0/receipt',
      'POST /oauth2/v0/token',
      'POST /receipts/v4/status',
      'POST /receipts/v4/users/USER/image-only-receipts',
    ]);
  });

  fitsWhatIsPublished('what the connector sends to SAP Concur', () => recorded, { platform: 'sap-concur' });
});
