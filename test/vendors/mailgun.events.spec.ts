/** Mailgun's events, suppressions and signed posts as the sandbox has them. */
import { createHmac } from 'node:crypto';
import * as people from '../../local/vendors/mailgun/people';
import { SIGNING_KEY, US_DOMAIN } from '../../local/vendors/mailgun/state';
import { ADA, BOB, MailgunTalk } from './mailgun-talk';
import type { Json } from './talk';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HOOK = 'https://script.example/exec?key=k';

describe('what happens to mail', () => {
  it('is accepted, then delivered, each as its own event with its tags and variables', () => {
    const talk = new MailgunTalk();
    const { json } = talk.mail({ 'o:tag': 'rent', 'v:ref': 'm-1' });
    const both = { recipient: ADA, tags: ['rent'], 'user-variables': { ref: 'm-1' } };
    expect(talk.events()).toMatchObject([
      { event: 'accepted', ...both, timestamp: expect.any(Number) },
      { event: 'delivered', ...both, 'delivery-status': { code: 250 } },
    ]);
    const headers = talk.events()[0]?.message.headers;
    expect(`<${headers['message-id']}>`).toBe(json.id);
  });

  it('is a bounce that lists the address, and holds back what comes after it until the entry is removed', () => {
    const talk = new MailgunTalk();
    people.breakMailbox(talk.state, ADA, 'gone');
    talk.mail();
    expect(talk.events().at(-1)).toMatchObject({
      event: 'failed',
      severity: 'permanent',
      reason: 'bounce',
      'delivery-status': { code: 550 },
    });
    expect(talk.get(`bounces/${ADA.toUpperCase()}`).json).toMatchObject({ address: ADA, code: '550' });
    people.mendMailbox(talk.state, ADA);
    expect(talk.mail().status).toBe(200);
    expect(talk.events().at(-1)).toMatchObject({ reason: 'suppress-bounce', 'delivery-status': { code: 605 } });
    expect(talk.call('DELETE', `/v3/${US_DOMAIN}/bounces/${encodeURIComponent(ADA)}`).status).toBe(200);
    talk.mail();
    expect(talk.kinds().at(-1)).toBe('delivered');
  });

  it('is tried again while a mailbox is full, and given up after eight hours', () => {
    const talk = new MailgunTalk();
    people.breakMailbox(talk.state, ADA, 'full');
    people.breakMailbox(talk.state, BOB, 'full');
    talk.mail();
    talk.mail({ to: BOB });
    talk.nowMs += 30 * MINUTE;
    people.mendMailbox(talk.state, BOB);
    talk.nowMs += 9 * HOUR;
    expect(talk.kinds({ recipient: ADA })).toEqual([
      'accepted',
      ...Array.from({ length: 7 }, () => 'failed temporary'),
      'failed permanent',
    ]);
    expect(talk.events({ recipient: ADA, severity: 'temporary' })[0]?.['delivery-status']).toMatchObject({
      code: 452,
      'retry-seconds': 600,
      'attempt-no': 1,
    });
    expect(talk.kinds({ recipient: BOB }).at(-1)).toBe('delivered');
    expect(talk.get(`bounces/${ADA}`).status).toBe(404);
  });

  it.each([
    ['complain', people.complain, 'complained', 'complaints', 'suppress-complaint', 607],
    ['unsubscribe', people.unsubscribe, 'unsubscribed', 'unsubscribes', 'suppress-unsubscribe', 606],
  ] as const)('lets a resident %s once mail has arrived', (_, act, event, table, reason, code) => {
    const talk = new MailgunTalk();
    expect(() => act(talk.state, ADA, talk.nowMs)).toThrow('No mail lies in the mailbox');
    talk.mail();
    talk.nowMs += MINUTE;
    act(talk.state, ADA, talk.nowMs);
    expect(talk.events({ event })).toMatchObject([{ recipient: ADA }]);
    expect(talk.get(`${table}/${ADA}`).json.address).toBe(ADA);
    talk.mail();
    expect(talk.events().at(-1)).toMatchObject({ event: 'failed', reason, 'delivery-status': { code } });
  });
});

describe('the feed', () => {
  function many(count: number) {
    const talk = new MailgunTalk();
    for (let at = 0; at < count; at++) {
      talk.mail({ to: `r${at}@home.example`, 'o:tag': at % 2 ? 'odd' : 'even' });
      talk.nowMs += 1000;
    }
    talk.nowMs += MINUTE;
    return talk;
  }

  const walk = (talk: MailgunTalk, query: Json, direction: 'next' | 'previous' = 'next'): string[][] => {
    const pages: string[][] = [];
    let { json } = talk.get('events', query);
    while (json.items.length > 0) {
      pages.push(json.items.map((item: Json) => item.id));
      ({ json } = talk.call('GET', json.paging[direction]));
    }
    return pages;
  };

  it('goes through all pages, forward and back, and every event is there once', () => {
    const talk = many(5);
    const begin = String(talk.nowMs / 1000 - 3600);
    const pages = walk(talk, { begin, ascending: 'yes', limit: '3' });
    expect(pages.map((page) => page.length)).toEqual([3, 3, 3, 1]);
    expect(new Set(pages.flat()).size).toBe(10);
    const back = walk(talk, { ascending: 'no', limit: '4' });
    expect(back.flat().reverse()).toEqual(pages.flat());
    const second = talk.call('GET', talk.get('events', { begin, ascending: 'yes', limit: '3' }).json.paging.next).json;
    expect(talk.call('GET', second.paging.previous).json.items.map((item: Json) => item.id)).toEqual(pages[0]);
  });

  it('gives an empty page a next address that has later what is written later', () => {
    const talk = many(1);
    const first = talk.get('events', { begin: '0', ascending: 'yes' }).json;
    const empty = talk.call('GET', first.paging.next).json;
    expect(empty.items).toEqual([]);
    talk.mail({ to: BOB });
    talk.nowMs += MINUTE;
    const later = talk.call('GET', empty.paging.next).json;
    expect(later.items.map((item: Json) => item.recipient)).toEqual([BOB, BOB]);
  });

  it('shows an event late, between those that were there before it', () => {
    const talk = new MailgunTalk();
    people.slowEvents(talk.state, 20 * MINUTE);
    talk.mail();
    people.slowEvents(talk.state, 0);
    talk.nowMs += MINUTE;
    talk.mail({ to: BOB });
    expect(talk.events().map(({ recipient }) => recipient)).toEqual([ADA, BOB, BOB]);
    talk.nowMs += 20 * MINUTE;
    expect(talk.events().map(({ recipient }) => recipient)).toEqual([ADA, ADA, BOB, BOB]);
  });

  it('keeps what happened for three days', () => {
    const talk = many(1);
    talk.nowMs += 71 * HOUR;
    expect(talk.events({ begin: '0' }).length).toBe(2);
    talk.nowMs += HOUR;
    expect(talk.events({ begin: '0' })).toEqual([]);
  });

  it.each([
    [{ event: 'delivered' }, 4],
    [{ event: 'delivered OR accepted' }, 8],
    [{ event: 'failed' }, 0],
    [{ tags: 'even' }, 4],
    [{ tags: 'even odd' }, 0],
    [{ recipient: 'R1@home.example' }, 2],
    [{ recipient: 'home.example -r1' }, 6],
    [{ recipient: 'r1 OR r2' }, 4],
    [{ subject: '"rent is"' }, 8],
    [{ subject: '"rent was"' }, 0],
    [{ subject: 'rent AND due' }, 8],
    [{ size: '>100' }, 8],
    [{ size: '>100 <400' }, 0],
    [{ from: 'maple', to: 'r3' }, 2],
    [{ severity: 'permanent' }, 0],
    [{ attachment: 'lease.txt' }, 0],
    [{ list: 'all@home.example' }, 0],
  ])('finds by %j', (filter, count) => {
    expect(many(4).events(filter).length).toBe(count);
  });

  it('finds one message by its id, with its angle brackets or without', () => {
    const talk = many(1);
    const { id } = talk.mail({ to: BOB }).json;
    expect(talk.events({ 'message-id': id }).length).toBe(2);
    expect(talk.events({ 'message-id': id.slice(1, -1), event: 'accepted' }).length).toBe(1);
  });

  it('goes by begin and end, as seconds or as RFC 2822', () => {
    const talk = many(4);
    const [start, end] = [talk.nowMs - MINUTE - 3000, talk.nowMs - MINUTE - 1000];
    const seconds = talk.get('events', { begin: String(start / 1000), end: String(end / 1000) }).json.items;
    const texts = talk.get('events', { begin: new Date(start).toUTCString(), end: new Date(end).toUTCString() });
    expect(seconds.length).toBe(3);
    expect(texts.json.items).toEqual(seconds);
    const backwards = talk.get('events', { begin: String(end / 1000), end: String(start / 1000) }).json.items;
    expect(backwards).toEqual([...seconds].reverse());
  });

  it.each([
    ['no direction and no end', { begin: '0' }],
    ['a direction against its times', { begin: '9', end: '5', ascending: 'yes' }],
    ['a direction that is none', { ascending: 'up' }],
    ['a page that is too long', { ascending: 'yes', limit: '301' }],
    ['a page of none', { ascending: 'yes', limit: '0' }],
    ['a time that is none', { ascending: 'yes', begin: 'yesterday' }],
    ['a filter that is none', { ascending: 'yes', ref: 'm-1' }],
  ])('refuses %s', (_, query) => {
    expect(new MailgunTalk().get('events', query)).toMatchObject({
      status: 400,
      json: { message: expect.any(String) },
    });
  });

  it.each([['W3siY'], [Buffer.from('{"limit":1}').toString('base64')], ['%7B%7D']])('refuses the page %s', (token) => {
    expect(new MailgunTalk().get(`events/${token}`).status).toBe(400);
  });
});

describe('a list of suppressions', () => {
  const NAMES = ['dora', 'ada', 'carl', 'bob', 'emil'];
  const full = () => {
    const talk = new MailgunTalk();
    talk.postJson(
      'bounces',
      NAMES.map((name) => ({ address: `${name}@home.example` })),
    );
    return talk;
  };
  const names = (json: Json): string[] => json.items.map(({ address }: Json) => address.split('@')[0]);

  it('is alphabetical, by pages that lead on until one is empty', () => {
    const talk = full();
    const first = talk.get('bounces', { limit: '2' }).json;
    const second = talk.call('GET', first.paging.next).json;
    const third = talk.call('GET', second.paging.next).json;
    const fourth = talk.call('GET', third.paging.next).json;
    expect([first, second, third, fourth].map(names)).toEqual([['ada', 'bob'], ['carl', 'dora'], ['emil'], []]);
    expect(names(talk.call('GET', second.paging.previous).json)).toEqual(['ada', 'bob']);
    expect(names(talk.call('GET', second.paging.last).json)).toEqual(['dora', 'emil']);
    expect(names(talk.call('GET', second.paging.first).json)).toEqual(['ada', 'bob']);
    expect(names(talk.get('bounces', { term: 'd' }).json)).toEqual(['dora']);
    expect(first.items[0]).toEqual({
      address: ADA,
      code: '550',
      error: '',
      created_at: 'Wed, 02 Dec 2026 15:00:00 UTC',
    });
  });

  it('takes one as a form, writes an address anew, and says how many', () => {
    const talk = new MailgunTalk();
    const form = { address: ADA, code: '552', error: 'full', created_at: 'Tue, 01 Dec 2026 09:00:00 +0000' };
    expect(talk.post('bounces', { address: ADA }).json.message).toBe(
      '1 addresses have been added to the bounces table',
    );
    talk.postParts('bounces', form);
    expect(talk.get('bounces').json.items).toEqual([{ ...form, created_at: 'Tue, 01 Dec 2026 09:00:00 UTC' }]);
    expect(talk.post('complaints', { address: BOB }).json.message).toMatch(/^1 complaint addresses/);
    expect(talk.get(`complaints/${BOB}`).json).toEqual({
      address: BOB,
      created_at: 'Wed, 02 Dec 2026 15:00:00 UTC',
    });
  });

  it('keeps an unsubscribe for a tag to the mail of that tag', () => {
    const talk = new MailgunTalk();
    talk.post('unsubscribes', { address: ADA, tags: 'news' });
    talk.post('unsubscribes', { address: BOB, tag: 'News' });
    expect(talk.get(`unsubscribes/${ADA}`).json.tags).toEqual(['news']);
    for (const tag of ['rent', 'news']) talk.mail({ to: [ADA, BOB], 'o:tag': tag });
    expect(talk.kinds({ tags: 'rent', event: 'delivered' }).length).toBe(2);
    expect(talk.kinds({ tags: 'news', event: 'failed' }).length).toBe(2);
  });

  it.each([
    ['bounces', 'Address not found in bounces table'],
    ['unsubscribes', 'Address not found in unsubscribers table'],
    ['complaints', 'No spam complaints found for this address'],
  ])('says in its own words that %s have no such address', (table, message) => {
    const talk = new MailgunTalk();
    expect(talk.get(`${table}/${ADA}`)).toMatchObject({ status: 404, json: { message } });
    expect(talk.call('DELETE', `/v3/${US_DOMAIN}/${table}/${ADA}`).status).toBe(404);
  });

  it.each([
    ['a limit beyond 1000', { limit: '1001' }],
    ['a page that is none', { page: 'sideways' }],
    ['a next page of nothing', { page: 'next' }],
    ['a parameter that is none', { colour: 'red' }],
  ])('refuses %s', (_, query) => {
    expect(new MailgunTalk().get('bounces', query).status).toBe(400);
  });

  it.each([
    ['no list', { address: ADA }],
    ['no address', [{ code: '550' }]],
    ['a member that is none', [{ address: ADA, colour: 'red' }]],
    ['a time that is none', [{ address: ADA, created_at: '2026-12-01' }]],
    ['more than a thousand', Array.from({ length: 1001 }, (_, at) => ({ address: `r${at}@home.example` }))],
  ])('takes from JSON %s', (_, body) => {
    const talk = new MailgunTalk();
    expect(talk.postJson('bounces', body).status).toBe(400);
    expect(talk.get('bounces').json.items).toEqual([]);
  });
});

describe('a webhook', () => {
  it('is told in a body that is signed with the signing key, of the kinds that it asked for', () => {
    const talk = new MailgunTalk();
    people.registerWebhook(talk.state, US_DOMAIN, HOOK, ['delivered', 'permanent_fail']);
    people.breakMailbox(talk.state, BOB, 'gone');
    talk.mail({ 'v:ref': 'm-1' });
    talk.mail({ to: BOB });
    talk.nowMs += MINUTE;
    const posts = people.takePosts(talk.state, talk.nowMs);
    const told = posts.map(({ body }) => JSON.parse(body) as Json);
    expect(told.map((each) => [each['event-data'].event, each['event-data'].recipient])).toEqual([
      ['delivered', ADA],
      ['failed', BOB],
    ]);
    expect(posts[0]).toMatchObject({ url: HOOK, headers: { 'content-type': 'application/json' } });
    for (const { signature } of told) {
      const { timestamp, token, signature: given } = signature as Record<string, string>;
      expect([timestamp, token?.length]).toEqual([String(talk.nowMs / 1000), 50]);
      expect(given).toBe(createHmac('sha256', SIGNING_KEY).update(`${timestamp}${token}`).digest('hex'));
    }
    expect(new Set(told.map(({ signature }) => signature.token)).size).toBe(2);
    const [item] = talk.events({ event: 'delivered' });
    expect(told[0]?.['event-data']).toEqual(item);
    expect(people.takePosts(talk.state, talk.nowMs)).toEqual([]);
  });

  it('is told of complaints and unsubscribes, and signs with a new key once there is one', () => {
    const talk = new MailgunTalk();
    people.registerWebhook(talk.state, US_DOMAIN, HOOK);
    talk.mail();
    talk.nowMs += MINUTE;
    people.complain(talk.state, ADA, talk.nowMs);
    people.unsubscribe(talk.state, ADA, talk.nowMs);
    people.renewSigningKey(talk.state, 'another');
    const told = people.takePosts(talk.state, talk.nowMs).map(({ body }) => JSON.parse(body) as Json);
    expect(told.map((each) => each['event-data'].event)).toEqual([
      'accepted',
      'delivered',
      'complained',
      'unsubscribed',
    ]);
    const { timestamp, token, signature } = told[0]?.signature ?? {};
    expect(signature).toBe(createHmac('sha256', 'another').update(`${timestamp}${token}`).digest('hex'));
  });
});
