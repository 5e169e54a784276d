/** What became of mail at Mailgun: pages, late events, states, addresses that are held back, and signed hints. */
import { createHmac } from 'node:crypto';
import * as people from '../../local/vendors/mailgun/people';
import { API_KEY, SENDING_KEY, SIGNING_KEY, US_DOMAIN } from '../../local/vendors/mailgun/state';
import type { SandboxReply } from '../../local/vendors/sandbox';
import { mailgun } from '../../src/connectors/mailgun';
import { readEvent } from '../../src/connectors/mailgun/events';
import { refOf } from '../../src/connectors/told';
import { instant, key } from '../../src/domain/values';
import { Json } from '../../src/http/json';
import { ACCOUNT, ADA, BOB, DAY, HOUR, letter, MailgunBench, MINUTE } from './mailgun-rig';

/** So many letters, all at one moment. */
function mailed(count: number): { one: MailgunBench; names: string[] } {
  const one = new MailgunBench();
  one.sendAll(Array.from({ length: count }, (_, at) => letter({ to: [`r${at}@home.example`] })));
  one.nowMs += MINUTE;
  return { one, names: Array.from({ length: count }, (_, at) => `mail:${at}`) };
}

describe('the feed', () => {
  it('drains many pages, each message to its end', () => {
    const { one, names } = mailed(400);
    const { news, faults, places } = one.drainNews();
    expect(faults).toEqual([]);
    expect(places.length).toBe(5);
    expect(new Set(one.lastWords(names, news))).toEqual(new Set(['delivered']));
    expect(news.filter(({ state }) => state === 'sent').length).toBe(400);
    expect(news[0]).toEqual({
      ref: refOf(key('mail:0')),
      address: 'r0@home.example',
      state: 'sent',
      at: Date.UTC(2026, 11, 2, 15),
      detail: '',
    });
  });

  it('gives the same news when the same page is read twice', () => {
    const { one } = mailed(5);
    const first = one.pull();
    one.place = undefined;
    expect(one.pull().delivered).toEqual(first.delivered);
  });

  it('goes on from any page', () => {
    const all = mailed(400);
    const whole = all.one.drainNews();
    whole.places.slice(1, -1).forEach((place, at) => {
      const again = mailed(400).one;
      const before = Array.from({ length: at + 1 }, () => again.pull().delivered).flat();
      again.place = place;
      expect([...before, ...again.drainNews().news]).toEqual(whole.news);
    });
  });

  it('finds what happens later, and tells what it knows again for half an hour', () => {
    const { one } = mailed(1);
    const first = one.drainNews().news;
    one.nowMs += 10 * MINUTE;
    expect(one.drainNews().news).toEqual(first);
    one.send('later', letter({ to: [BOB] }));
    one.nowMs += HOUR;
    expect(one.lastWords(['later'], one.drainNews().news)).toEqual(['delivered']);
    one.nowMs += HOUR;
    expect(one.drainNews().news).toEqual([]);
  });

  it('does not lose an event that shows half an hour late, between others', () => {
    const one = new MailgunBench();
    people.slowEvents(one.state, 29 * MINUTE);
    one.send('late');
    expect(people.inbox(one.state, ADA, one.nowMs + MINUTE).length).toBe(1);
    people.slowEvents(one.state, 0);
    one.nowMs += MINUTE;
    one.send('soon', letter({ to: [BOB] }));
    one.nowMs += MINUTE;
    expect(one.lastWords(['late', 'soon'], one.drainNews().news)).toEqual([undefined, 'delivered']);
    const found = [];
    for (let at = 0; at < 4; at++) {
      one.nowMs += 10 * MINUTE;
      found.push(...one.drainNews().news);
    }
    expect(one.lastWords(['late'], found)).toEqual(['delivered']);
  });

  it('begins again from where all is known when a page is refused', () => {
    const { one, names } = mailed(400);
    one.pull();
    one.answer = (_request, reply) => {
      reply();
      return { status: 400, headers: { 'content-type': 'application/json' }, body: '{"message":"invalid page"}' };
    };
    expect(one.pull()).toMatchObject({ delivered: [], more: false, faults: [] });
    one.answer = (_request, reply) => reply();
    expect(new Set(one.lastWords(names, one.drainNews().news))).toEqual(new Set(['delivered']));
  });

  it('asks for the next page at its own host, whatever the address says', () => {
    const { one } = mailed(1);
    one.answer = (_request, reply) => {
      const given = reply();
      return { ...given, body: given.body.replace(/https:\/\/api\.mailgun\.net/g, 'https://evil.example') };
    };
    one.drainNews();
    expect(new Set(one.sent.map(({ url }) => new URL(url).hostname))).toEqual(new Set(['api.mailgun.net']));
  });

  it('reads only what bears our tag', () => {
    const one = new MailgunBench();
    one.pull();
    expect(new URL(one.sent[0]?.url ?? '').searchParams.get('tags')).toBe('rentledger');
  });
});

describe('on the wire', () => {
  const answering = (reply: SandboxReply | Error) => {
    const one = new MailgunBench();
    let asked = 0;
    one.answer = () => {
      asked++;
      return reply;
    };
    return { result: one.tryPull(), asked };
  };
  const json = { 'content-type': 'application/json' };

  it.each([
    ['the header', { status: 429, headers: { ...json, 'retry-after': '37' }, body: '{}' }, 37],
    ['the sentence', { status: 429, headers: json, body: '{"message":"… try again after 90 seconds"}' }, 90],
  ])('429 ends the run as busy, for as long as %s says', (_, reply, retryAfterSeconds) => {
    const { result, asked } = answering(reply);
    expect(result).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds } });
    expect(asked).toBe(1);
  });

  it.each([
    ['refused keys', { status: 401, headers: { 'content-type': 'text/plain' }, body: 'Forbidden' }, 'auth'],
    ['no answer', new Error('Address unavailable'), 'down'],
    ['half an answer', { status: 200, headers: json, body: '{"items":[' }, 'malformed'],
    ['an answer without its next page', { status: 200, headers: json, body: '{"items":[{}]}' }, 'malformed'],
  ])('%s are a fault of the connection', (_, reply, fault) => {
    expect(answering(reply).result).toMatchObject({ fault: { fault } });
  });

  it('no key is in anything that is recorded', () => {
    const { one } = mailed(3);
    one.drainNews();
    one.run(mailgun.test!(one.account));
    const text = JSON.stringify(one.har.toJSON());
    for (const secret of [API_KEY, SENDING_KEY, Buffer.from(`api:${API_KEY}`).toString('base64')])
      expect([secret, text.includes(secret)]).toEqual([secret, false]);
  });
});

describe('what became of a message', () => {
  it('is a bounce, a full mailbox, a complaint, an opt-out, and what Mailgun then holds back', () => {
    const one = new MailgunBench();
    const addresses = ['gone', 'full', 'spam', 'leaves'].map((name) => `${name}@home.example`);
    people.breakMailbox(one.state, 'gone@home.example', 'gone');
    people.breakMailbox(one.state, 'full@home.example', 'full');
    addresses.forEach((address, at) => {
      one.send(`first:${at}`, letter({ to: [address] }));
    });
    one.nowMs += MINUTE;
    people.complain(one.state, 'spam@home.example', one.nowMs);
    people.unsubscribe(one.state, 'leaves@home.example', one.nowMs);
    one.nowMs += MINUTE;
    const first = one.drainNews().news;
    const names = (word: string) => addresses.map((_, at) => `${word}:${at}`);
    expect(one.lastWords(names('first'), first)).toEqual(['bounced', 'sent', 'complained', 'opted out']);
    expect(first.filter(({ detail }) => detail !== '').map(({ address, detail }) => [address, detail])).toEqual(
      expect.arrayContaining([
        ['gone@home.example', '550 5.1.1 No such mailbox here'],
        ['full@home.example', '452 4.2.2 Mailbox full'],
      ]),
    );
    addresses.forEach((address, at) => {
      one.send(`second:${at}`, letter({ to: [address] }));
    });
    one.nowMs += 9 * HOUR;
    const second = one.drainNews().news;
    expect(one.lastWords(names('second'), second)).toEqual(['bounced', 'failed', 'complained', 'opted out']);
    expect(one.lastWords(['first:1'], second)).toEqual(['failed']);
  });

  it('is for each address of a lease its own', () => {
    const one = new MailgunBench();
    people.breakMailbox(one.state, BOB, 'gone');
    one.send('both', letter({ to: [ADA, BOB] }));
    one.nowMs += MINUTE;
    const ends = one.drainNews().news.filter(({ state }) => state !== 'sent');
    expect(ends).toMatchObject([
      { ref: refOf(key('both')), address: ADA, state: 'delivered' },
      { ref: refOf(key('both')), address: BOB, state: 'bounced' },
    ]);
  });

  it('is unknown in test mode, for it was delivered to nobody', () => {
    const one = new MailgunBench({ ...ACCOUNT, MAILGUN_TEST_MODE: 'yes' });
    one.send('mail:1');
    one.nowMs += MINUTE;
    expect(one.drainNews().news.at(-1)).toMatchObject({
      state: 'unknown',
      detail: expect.stringContaining('Test mode'),
    });
  });

  const event = (more: object) =>
    new Json({ id: 'e1', timestamp: 1_796_223_600.25, recipient: 'Ada@Home.example', ...more }, 'event e1');
  const permanent = (reason: string, message: string, code = 550) =>
    event({ event: 'failed', severity: 'permanent', reason, 'delivery-status': { code, message } });

  it.each([
    ['bounce', '5.1.1 No such user', 'bounced'],
    ['bounce', '5.2.1 Mailbox disabled', 'bounced'],
    ['bounce', 'No such user', 'bounced'],
    ['bounce', '5.2.2 Mailbox full', 'failed'],
    ['bounce', '5.7.1 Blocked by policy', 'blocked'],
    ['generic', '5.7.26 Unauthenticated mail', 'blocked'],
    ['generic', 'Server gave up', 'failed'],
    ['old', 'Too old', 'failed'],
    ['suppress-bounce', '', 'bounced'],
    ['suppress-unsubscribe', '', 'opted out'],
    ['suppress-complaint', '', 'complained'],
  ])('is, for the reason %s and the words "%s", that it %s', (reason, message, state) => {
    expect(readEvent(permanent(reason, message))).toMatchObject({ state, address: 'ada@home.example' });
  });

  it('has its moment to the millisecond, and no reference that is none of ours', () => {
    expect(readEvent(event({ event: 'delivered', 'user-variables': { ref: 'of somebody else' } }))).toEqual({
      address: 'ada@home.example',
      state: 'delivered',
      at: 1_796_223_600_250,
      detail: '',
    });
  });

  it.each(['opened', 'clicked', 'stored', 'email_validation', 'list_uploaded'])('is nothing new for %s', (kind) => {
    expect(readEvent(event({ event: kind }))).toBeUndefined();
  });

  it.each([
    ['a kind', { event: 'teleported' }, /\.event is "teleported"/],
    ['a severity', { event: 'failed', severity: 'slight' }, /\.severity is "slight"/],
    ['a time', { timestamp: 'now' }, /\.timestamp is "now"/],
  ])('is a named fault for %s that nobody has described, and the others are read', (_, spoilt, message) => {
    const { one, names } = mailed(3);
    const victim = one.state.events.find(({ item }) => item.event === 'accepted')?.item.id ?? '';
    one.answer = (_request, reply) => {
      const given = reply();
      const answer = JSON.parse(given.body) as { items: { id: string }[] };
      const items = answer.items.map((item) => (item.id === victim ? { ...item, ...spoilt } : item));
      return { ...given, body: JSON.stringify({ ...answer, items }) };
    };
    const { news, faults } = one.drainNews();
    expect(faults).toMatchObject([
      { about: victim, fault: { fault: 'malformed', message: expect.stringMatching(message) } },
    ]);
    expect(faults[0]?.fault.message).toContain(`event ${victim}`);
    expect(news.length).toBe(5);
    expect(one.lastWords(names, news)).toEqual(['delivered', 'delivered', 'delivered']);
  });
});

describe('a message whose events are gone', () => {
  const open = (name: string, to: string, sentAt: number) => ({
    ref: refOf(key(name)),
    kind: 'mail',
    to,
    sentAt: instant(sentAt),
  });

  it('is looked up on the lists of addresses, and given up where they have nothing', () => {
    const one = new MailgunBench();
    const sentAt = one.nowMs;
    people.breakMailbox(one.state, BOB, 'gone');
    people.slowEvents(one.state, 5 * DAY);
    one.sendAll([ADA, BOB, 'eve@home.example'].map((address) => letter({ to: [address] })));
    one.nowMs += MINUTE;
    people.unsubscribe(one.state, 'eve@home.example', one.nowMs);
    one.nowMs += 2 * DAY - 2 * MINUTE;
    const messages = [
      open('mail:0', ADA, sentAt),
      open('mail:1', `rita@home.example, ${BOB}`, sentAt),
      open('mail:2', 'eve@home.example', sentAt),
    ];
    expect(one.drainNews(messages).news).toEqual([]);
    one.nowMs += 2 * MINUTE;
    const { news } = one.drainNews(messages);
    expect(news).toEqual([
      { ref: refOf(key('mail:0')), state: 'unknown', at: one.nowMs, detail: 'Mailgun keeps no events of it any more.' },
      { ref: refOf(key('mail:1')), address: BOB, state: 'bounced', at: one.nowMs, detail: 'on the bounce list' },
      {
        ref: refOf(key('mail:2')),
        address: 'eve@home.example',
        state: 'opted out',
        at: one.nowMs,
        detail: 'unsubscribed',
      },
    ]);
  });

  it('is not given up by the read that has just told of it', () => {
    const { one } = mailed(1);
    one.nowMs += 60 * HOUR;
    const messages = [open('mail:0', 'r0@home.example', one.rig.startMs)];
    expect(one.lastWords(['mail:0'], one.drainNews(messages).news)).toEqual(['delivered']);
  });

  it('is asked after ten at a time, the oldest first', () => {
    const one = new MailgunBench();
    const messages = Array.from({ length: 25 }, (_, at) => open(`m${at}`, `r${at}@home.example`, one.nowMs - 10 * DAY));
    expect(one.drainNews(messages).news.map(({ ref }) => ref)).toEqual(messages.slice(0, 10).map(({ ref }) => ref));
    expect(one.sent.length).toBe(31);
  });
});

describe('a hint', () => {
  const { byHint } = mailgun.deliveries!;
  const proofAt = (nowMs: number, secret: string | undefined = SIGNING_KEY) => ({
    now: instant(nowMs),
    hmac: (text: string, credential: string) =>
      credential === 'WEBHOOK_SIGNING_KEY' && secret !== undefined
        ? createHmac('sha256', secret).update(text).digest('hex')
        : undefined,
  });

  function posted(): { one: MailgunBench; hint: Record<string, Record<string, unknown>> } {
    const one = new MailgunBench();
    people.registerWebhook(one.state, US_DOMAIN, 'https://script.example/exec', ['delivered']);
    one.send('mail:1');
    one.nowMs += MINUTE;
    const [post] = people.takePosts(one.state, one.nowMs);
    return { one, hint: JSON.parse(post?.body ?? '{}') };
  }

  it('that Mailgun has signed makes a look worth while', () => {
    const { one, hint } = posted();
    expect(byHint?.(hint, proofAt(one.nowMs))).toBe(true);
    expect(byHint?.(hint, proofAt(one.nowMs + 14 * MINUTE))).toBe(true);
  });

  it.each([
    ['is signed with another key', (hint: never) => hint, 'another', 0],
    ['is old', (hint: never) => hint, SIGNING_KEY, 16],
    ['is from the future', (hint: never) => hint, SIGNING_KEY, -16],
  ])('that %s is not heard', (_, change, secret, minutes) => {
    const { one, hint } = posted();
    expect(byHint?.(change(hint as never), proofAt(one.nowMs + minutes * MINUTE, secret))).toBe(false);
  });

  it('is not heard where no signing key was entered', () => {
    const { one, hint } = posted();
    expect(byHint?.(hint, { ...proofAt(one.nowMs), hmac: () => undefined })).toBe(false);
  });

  it.each([
    ['another token', { token: 'x'.repeat(50) }],
    ['another time', { timestamp: '1796223601' }],
    ['half a signature', { signature: 'abc' }],
    ['a longer signature', { signature: 'a'.repeat(128) }],
    ['no signature', { signature: undefined }],
    ['a number for its time', { timestamp: 1_796_223_660 }],
  ])('with %s is not heard', (_, more) => {
    const { one, hint } = posted();
    expect(byHint?.({ ...hint, signature: { ...hint.signature, ...more } }, proofAt(one.nowMs))).toBe(false);
  });

  it.each([
    ['mail of somebody else', { tags: ['newsletter'] }],
    ['a click', { event: 'clicked' }],
    ['nothing', { event: undefined, tags: undefined }],
  ])('of %s needs no look', (_, more) => {
    const { one, hint } = posted();
    expect(byHint?.({ ...hint, 'event-data': { ...hint['event-data'], ...more } }, proofAt(one.nowMs))).toBe(false);
  });

  it.each([[{}], [{ signature: 'text' }], [{ signature: null, 'event-data': null }]])('%j is none', (hint) => {
    expect(byHint?.(hint, proofAt(Date.UTC(2026, 11, 2)))).toBe(false);
  });
});
