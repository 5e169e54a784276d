/** Every operation of the Mailgun sandbox and every call of the connector, held against what Mailgun publishes. */
import { type Har, HarRecorder } from '../../local/har';
import { forDescriptions } from '../../local/story/undescribed';
import { formOf } from '../../local/vendors/mailgun/form';
import * as people from '../../local/vendors/mailgun/people';
import { API_KEY, EU_DOMAIN, US_DOMAIN } from '../../local/vendors/mailgun/state';
import { mailgun } from '../../src/connectors/mailgun';
import { refOf } from '../../src/connectors/told';
import { instant, key } from '../../src/domain/values';
import { ACCOUNT, letter, MailgunBench } from '../connectors/mailgun-rig';
import { ADA, attachment, BOB, EU, MAIL, MailgunTalk, US_STORAGE } from './mailgun-talk';
import { fitsWhatIsPublished } from './published';
import type { Exchange, Json } from './talk';

/** The description calls parameters required that its own words call optional: they are all given here. */
const LIST = { limit: '2', page: '', term: '' };

/** A whole record: what the description asks for in a list of JSON. */
const created_at = 'Tue, 01 Dec 2026 09:00:00 UTC';
const RECORDS: Readonly<Record<string, readonly Json[]>> = {
  bounces: ['a', 'b', 'c'].map((name) => ({ address: `${name}@home.example`, code: '550', error: 'no', created_at })),
  unsubscribes: ['a', 'b', 'c'].map((name) => ({ address: `${name}@home.example`, tags: ['*'], created_at })),
  complaints: ['a', 'b', 'c'].map((name) => ({ address: `${name}@home.example`, created_at })),
};

function tour(): MailgunTalk {
  const talk = new MailgunTalk();
  talk.call('GET', `/v4/domains/${US_DOMAIN}`);
  talk.call('GET', '/v4/domains/nobody.example');
  people.breakMailbox(talk.state, BOB, 'gone');
  const variables = JSON.stringify({ [ADA]: { ref: 'm-1' }, [BOB]: { ref: 'm-2' } });
  const batch = { to: [ADA, BOB], 'v:ref': '%recipient.ref%', 'recipient-variables': variables };
  talk.mail({ ...batch, 'o:tag': ['rent', 'late-1'], 'o:tracking': 'no', 'o:require-tls': 'yes', 'h:Reply-To': ADA });
  talk.postParts('messages', { ...MAIL, 'o:testmode': 'yes' }, attachment('attachment', 'a.txt', 'a'));
  talk.mail({ 'o:deliverytime': new Date(talk.nowMs + 3_600_000).toUTCString() });
  talk.mail({ to: 'nobody' });
  talk.nowMs += 60_000;
  people.complain(talk.state, ADA, talk.nowMs);
  people.unsubscribe(talk.state, ADA, talk.nowMs);
  talk.nowMs += 60_000;
  const query = { begin: '0', ascending: 'yes', limit: '4', event: 'failed OR delivered OR complained', tags: 'rent' };
  talk.call('GET', talk.get('events', query).json.paging.next);
  talk.get('events', { ascending: 'no', limit: '300' });
  for (const [table, records] of Object.entries(RECORDS)) suppressions(talk, table, records);
  talk.call('DELETE', `${US_STORAGE}/v3/${US_DOMAIN}/envelopes`);
  people.holdSending(talk.state, talk.nowMs + 1000);
  talk.mail();
  talk.key = 'guess';
  talk.mail();
  talk.call('GET', `/v4/domains/${US_DOMAIN}`);
  talk.key = API_KEY;
  [talk.host, talk.domain] = [EU, EU_DOMAIN];
  talk.nowMs += 1000;
  talk.mail();
  return talk;
}

function suppressions(talk: MailgunTalk, table: string, records: readonly Json[]): void {
  talk.postJson(table, records);
  talk.postJson(
    table,
    Array.from({ length: 1001 }, () => records[0]),
  );
  const more = table === 'bounces' ? {} : { address: '' };
  talk.call('GET', talk.get(table, { ...LIST, ...more }).json.paging.next);
  talk.get(`${table}/a@home.example`);
  talk.call('DELETE', `/v3/${US_DOMAIN}/${table}/a@home.example`);
  talk.get(`${table}/a@home.example`);
  talk.call('DELETE', `/v3/${US_DOMAIN}/${table}/a@home.example`);
}

const recorded = (exchanges: readonly Exchange[]) => {
  const recorder = new HarRecorder();
  for (const { request, reply } of exchanges) recorder.add(request, reply, 0);
  return recorder.toJSON();
};

describe('the traffic of the Mailgun sandbox', () => {
  const talk = tour();
  const har = recorded(talk.exchanges);

  it('has every operation of the sandbox in it', () => {
    const calls = talk.exchanges.map(({ request: { method, url } }) => {
      const path = new URL(url).pathname.replace(/mg\.\w+\.example|nobody\.example/, 'DOMAIN');
      return `${method} ${path.replace(/a@home\.example$/, 'ADDRESS').replace(/events\/.+/, 'events/PAGE')}`;
    });
    const ofTable = (table: string) => [
      `GET /v3/DOMAIN/${table}`,
      `POST /v3/DOMAIN/${table}`,
      `GET /v3/DOMAIN/${table}/ADDRESS`,
      `DELETE /v3/DOMAIN/${table}/ADDRESS`,
    ];
    expect([...new Set(calls)].sort()).toEqual(
      [
        'GET /v4/domains/DOMAIN',
        'POST /v3/DOMAIN/messages',
        'GET /v3/DOMAIN/events',
        'GET /v3/DOMAIN/events/PAGE',
        'DELETE /v3/DOMAIN/envelopes',
        ...Object.keys(RECORDS).flatMap(ofTable),
      ].sort(),
    );
  });

  fitsWhatIsPublished('Mailgun', () => forDescriptions(har), { passed: 36 });

  it('holds no key', () => {
    expect(JSON.stringify(har)).not.toMatch(/mg-key-|mg-sending-|mg-signing-/);
  });
});

/** The checker looks into forms of the plain kind only: the same fields, as such a form. */
function asPlainForms({ log }: Har): Har {
  const entries = log.entries.map((entry) => {
    const { postData } = entry.request as { postData?: { mimeType: string; text: string } };
    if (!postData?.mimeType.startsWith('multipart/')) return entry;
    const { mimeType, text } = postData;
    const { fields } = formOf({ method: 'POST', url: '', headers: { 'content-type': mimeType }, body: text });
    const plain = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
    const mime = 'application/x-www-form-urlencoded';
    return { ...entry, request: { ...entry.request, postData: { mimeType: mime, text: plain } } };
  });
  return { log: { ...log, entries } };
}

/** All that the connector can do. */
function connectorTour(): MailgunBench {
  const one = new MailgunBench();
  one.run(mailgun.test!(one.account));
  const context = { key: key('test:1'), payload: { address: ADA }, now: instant(one.nowMs), account: ACCOUNT };
  one.run(mailgun.effects!.test!.run({ ...context, attempt: 1 }));
  one.sendAll([letter(), letter({ to: [BOB, 'eve@home.example'] }), letter({ to: ['nobody'] })]);
  one.send('mail:1', letter({ replyTo: '', topic: '' }));
  one.nowMs += 60_000;
  one.send('mail:1', letter(), 2);
  one.drainNews();
  one.nowMs += 4 * 86_400_000;
  one.drainNews([{ ref: refOf(key('mail:1')), kind: 'late', to: ADA, sentAt: instant(one.rig.startMs) }]);
  return one;
}

describe('the traffic of the connector', () => {
  const one = connectorTour();
  const har = one.har.toJSON();

  it('is every call that it can make', () => {
    const calls = har.log.entries.map(({ request }) => {
      const path = new URL(String(request.url)).pathname.replace(US_DOMAIN, 'DOMAIN');
      return `${request.method} ${path.replace(/\/events\/.+/, '/events/PAGE').replace(/[^/]+%40[^/]+$/, 'ADDRESS')}`;
    });
    expect([...new Set(calls)].sort()).toEqual(
      [
        'GET /v4/domains/DOMAIN',
        'POST /v3/DOMAIN/messages',
        'GET /v3/DOMAIN/events',
        'GET /v3/DOMAIN/events/PAGE',
        ...['bounces', 'complaints', 'unsubscribes'].map((table) => `GET /v3/DOMAIN/${table}/ADDRESS`),
      ].sort(),
    );
  });

  fitsWhatIsPublished('Mailgun, to the connector,', () => forDescriptions(asPlainForms(har)), { passed: 13 });
});
