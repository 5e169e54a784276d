/** What can be read at the SendGrid sandbox, and its door: suppression lists, logs, email activity, keys, scopes and rates. */
import {
  clearSendgridList,
  reportSendgridSpam,
  revokeSendgridKey,
  sendgridMailbox,
  takeSendgridScope,
  unsubscribeAtSendgrid,
} from '../../local/vendors/sendgrid/people';
import { EU_KEY, suppress } from '../../local/vendors/sendgrid/state';
import { mail, RITA, SendgridTalk } from './sendgrid-talk';
import { DAY_MS, type Json, WEDNESDAY_MS } from './talk';

const SECONDS = WEDNESDAY_MS / 1000;

describe('suppression lists', () => {
  const reasons = (talk: SendgridTalk) => talk.logs().map((row) => row.reason as string);

  it('a mailbox that is gone bounces once; the next mail is dropped, though it is taken in', () => {
    const talk = new SendgridTalk();
    sendgridMailbox(talk.state, RITA, 'gone', talk.nowMs);
    talk.mail();
    talk.pass(2);
    talk.mail();
    talk.pass(2);
    expect(talk.list('bounces')).toEqual([
      { created: SECONDS + 2, email: RITA, reason: expect.stringMatching(/^550 5\.1\.1/), status: '5.1.1' },
    ]);
    expect(talk.statuses()).toEqual(['dropped', 'bounced']);
    expect(reasons(talk)[0]).toBe('Bounced Address');
    clearSendgridList(talk.state, 'bounces', RITA);
    sendgridMailbox(talk.state, RITA, 'open', talk.nowMs);
    talk.mail();
    talk.pass(2);
    expect(talk.statuses()[0]).toBe('delivered');
  });

  it('a host that refuses us is a block, and the next mail is tried again', () => {
    const talk = new SendgridTalk();
    sendgridMailbox(talk.state, RITA, 'refusing', talk.nowMs);
    talk.mail();
    talk.pass(2);
    expect(talk.list('blocks')).toMatchObject([{ email: RITA, status: '5.7.1' }]);
    sendgridMailbox(talk.state, RITA, 'open', talk.nowMs);
    talk.mail();
    talk.pass(2);
    expect(talk.statuses()).toEqual(['delivered', 'blocked']);
  });

  it('a host that does not answer is tried for three days', () => {
    const talk = new SendgridTalk();
    sendgridMailbox(talk.state, RITA, 'silent', talk.nowMs);
    talk.mail();
    talk.mail({ personalizations: [{ to: [{ email: 'rob@home.example' }] }] });
    talk.pass(2);
    expect(talk.statuses()).toEqual(['delivered', 'deferred']);
    talk.nowMs += 3 * DAY_MS + 1;
    expect(talk.statuses()).toEqual(['delivered', 'blocked']);
    expect(talk.list('blocks')).toMatchObject([{ email: RITA, status: '4.4.1' }]);
  });

  it('a domain that does not exist is invalid', () => {
    const talk = new SendgridTalk();
    const email = 'rita@home.invalid';
    talk.mail({ personalizations: [{ to: [{ email }] }] });
    talk.pass(2);
    expect(talk.list('invalid_emails')).toEqual([
      { created: SECONDS, email, reason: 'Mail domain mentioned in email address is unknown' },
    ]);
    expect(talk.statuses()).toEqual(['dropped']);
  });

  it('who reports spam or unsubscribes gets no more', () => {
    const talk = new SendgridTalk();
    const rob = 'rob@home.example';
    talk.mail();
    talk.mail({ personalizations: [{ to: [{ email: rob }] }] });
    talk.pass(2);
    reportSendgridSpam(talk.state, RITA, talk.nowMs);
    unsubscribeAtSendgrid(talk.state, rob, talk.nowMs);
    expect(talk.list('spam_reports')).toEqual([{ created: SECONDS + 120, email: RITA, ip: '198.51.100.25' }]);
    expect(talk.list('unsubscribes')).toEqual([{ created: SECONDS + 120, email: rob }]);
    expect(talk.statuses()).toEqual(['delivered', 'delivered']);
    talk.mail();
    talk.mail({ personalizations: [{ to: [{ email: rob }] }] });
    talk.mail({ mail_settings: { bypass_spam_management: { enable: true } } });
    talk.pass(2);
    expect(reasons(talk).slice(0, 3)).toEqual(['250 2.0.0 OK', 'Unsubscribed Address', 'Spam Reporting Address']);
  });

  it('come in pages, newest first, and by time and address', () => {
    const talk = new SendgridTalk();
    for (let at = 0; at < 620; at++)
      suppress(talk.state.accounts.global, 'blocks', {
        created: SECONDS + at,
        email: `r${at}@home.example`,
        reason: '',
        status: '',
      });
    expect(talk.list('blocks')).toHaveLength(500);
    expect(talk.list('blocks', '?offset=500').map((row) => row.created)).toEqual(
      Array.from({ length: 120 }, (_, at) => SECONDS + 119 - at),
    );
    expect(talk.list('blocks', '?limit=2&offset=1').map((row) => row.email)).toEqual([
      'r618@home.example',
      'r617@home.example',
    ]);
    expect(talk.list('blocks', `?start_time=${SECONDS + 3}&end_time=${SECONDS + 5}`)).toHaveLength(3);
    expect(talk.list('blocks', '?email=R61').map((row) => row.email)).toHaveLength(11);
  });

  it.each([
    ['limit=501', 'limit'],
    ['limit=0', 'limit'],
    ['offset=-1', 'offset'],
    ['start_time=2026-12-01', 'start_time'],
    ['colour=red', 'colour'],
    ['limit=1&limit=2', 'limit'],
  ])('refuse ?%s', (query, field) => {
    expect(new SendgridTalk().call('GET', `/v3/suppression/blocks?${query}`)).toMatchObject({
      status: 400,
      error: { field },
    });
  });

  it('of bounces wants to be told what is accepted', () => {
    expect(new SendgridTalk().call('GET', '/v3/suppression/bounces', undefined, { accept: '' })).toMatchObject({
      status: 400,
      error: { field: 'Accept' },
    });
  });
});

describe('the logs', () => {
  it('have a message a minute later, and for thirty days', () => {
    const talk = new SendgridTalk();
    talk.mail();
    talk.nowMs += 59_000;
    expect(talk.logs()).toEqual([]);
    talk.nowMs += 1000;
    expect(talk.logs()).toHaveLength(1);
    talk.nowMs += 30 * DAY_MS - 60_000;
    expect(talk.logs()).toEqual([]);
  });

  it('are searched by conditions joined with AND, and give ten rows unless more are asked for', () => {
    const talk = new SendgridTalk();
    for (let at = 0; at < 12; at++)
      talk.mail({ subject: `Rent ${at} "AND" more`, categories: [at % 2 ? 'odd' : 'even'] });
    talk.pass(2);
    expect(talk.logs()).toHaveLength(10);
    expect(talk.logs(undefined, 1000)).toHaveLength(12);
    expect(talk.logs('subject = "Rent 3 \\"AND\\" more"')).toHaveLength(1);
    expect(talk.logs(`to_email = '${RITA}' AND categories IN ('odd','none') AND status IN ("delivered")`)).toHaveLength(
      6,
    );
    const iso = (ms: number) => new Date(ms).toISOString().replace('.000', '');
    const since = (ms: number) => `sg_message_id_created_at >= TIMESTAMP "${iso(ms)}"`;
    expect([talk.logs(since(WEDNESDAY_MS)).length, talk.logs(since(WEDNESDAY_MS + 1000)).length]).toEqual([10, 0]);
    expect(talk.logs(`sg_message_id_created_at < TIMESTAMP "${iso(WEDNESDAY_MS)}"`)).toEqual([]);
  });

  it.each([
    ['colour = "red"', /'colour' is not a known field/],
    ['to_email IN ("a")', /'IN' is not allowed/],
    ['to_email = rita', /expected text/],
    ['to_email = "a" OR subject = "b"', /expected AND/],
    ['to_email', /expected sign/],
    ['status IN ("a"', /expected \)/],
    ['sg_message_id_created_at > "2026-12-01T00:00:00Z"', /expected TIMESTAMP/],
    ['sg_message_id_created_at > TIMESTAMP "yesterday"', /not a timestamp/],
    ['to_email = "rita', /unexpected/],
  ])('refuse %s', (query, words) => {
    expect(new SendgridTalk().call('POST', '/v3/logs', { query })).toMatchObject({
      status: 400,
      error: { message: expect.stringMatching(words) },
    });
  });

  it('refuse too many rows, strange members, and the logs of others', () => {
    const talk = new SendgridTalk();
    expect(talk.call('POST', '/v3/logs', { limit: 1001 }).status).toBe(400);
    expect(talk.call('POST', '/v3/logs', { page: 2 }).status).toBe(400);
    expect(talk.call('POST', '/v3/logs', { subusers: ['1'] }).status).toBe(403);
    expect(talk.call('GET', '/v3/logs/nobody')).toMatchObject({ status: 404, error: { message: 'message not found' } });
    expect(talk.call('GET', '/v3/logs/nobody?subuser=1').status).toBe(403);
  });
});

describe('email activity', () => {
  it('finds by what an id begins with, and tells a message with its arguments as a text', () => {
    const talk = new SendgridTalk();
    const id = talk.mail();
    talk.mail();
    talk.pass(2);
    const query = encodeURIComponent(`msg_id LIKE "${id}%"`);
    const { messages } = talk.call('GET', `/v3/messages?query=${query}`).json;
    expect(messages).toMatchObject([{ to_email: RITA, status: 'delivered', subject: 'Rent is due' }]);
    const one = talk.call('GET', `/v3/messages/${messages[0].msg_id}`).json;
    expect(JSON.parse(one.unique_args)).toEqual({ ref: 'r1' });
    expect(one.events.map((event: Json) => event.event_name)).toEqual(['processed', 'delivered']);
  });

  it('is six calls a minute', () => {
    const talk = new SendgridTalk();
    const look = () => talk.call('GET', '/v3/messages?query=');
    expect(Array.from({ length: 7 }, () => look().status)).toEqual([200, 200, 200, 200, 200, 200, 429]);
    talk.pass(1);
    expect(look().status).toBe(200);
  });

  it('is closed without the add-on, and empty in the EU', () => {
    const talk = new SendgridTalk();
    talk.state.accounts.global.hasActivityHistory = false;
    expect(talk.call('GET', '/v3/messages?query=').status).toBe(403);
    const eu = new SendgridTalk(EU_KEY, 'eu');
    eu.mail();
    eu.pass(2);
    expect(eu.logs()).toHaveLength(1);
    expect(eu.call('GET', '/v3/messages?query=').json).toEqual({ messages: [] });
  });
});

describe('the door', () => {
  it('tells the scopes of a key', () => {
    const talk = new SendgridTalk();
    takeSendgridScope(talk.state, 'mail.send');
    expect(talk.call('GET', '/v3/scopes').json.scopes).toContain('suppression.bounces.read');
    expect(talk.call('GET', '/v3/scopes').json.scopes).not.toContain('mail.send');
    expect(talk.call('POST', '/v3/mail/send', mail())).toMatchObject({
      status: 403,
      error: { message: 'access forbidden' },
    });
  });

  it.each([
    ['no key', '', 401, /authorization required/],
    ['a wrong key', 'SG.guess.guess', 401, /invalid, expired, or revoked/],
    ['the key of the EU', EU_KEY, 401, /invalid, expired, or revoked/],
  ])('refuses %s', (_, key, status, message) => {
    expect(new SendgridTalk(key).call('GET', '/v3/scopes')).toMatchObject({
      status,
      error: { message: expect.stringMatching(message) },
    });
  });

  it('refuses a key that is deleted, other paths and methods, and acting for others', () => {
    const talk = new SendgridTalk();
    expect(talk.call('GET', '/v3/rents')).toMatchObject({ status: 404, error: { message: 'not found' } });
    expect(talk.call('GET', '/v3/logs/%E0%A4%A').status).toBe(404);
    expect(talk.call('PUT', '/v3/mail/batch')).toMatchObject({ status: 405, error: { message: 'method not allowed' } });
    expect(talk.call('GET', '/v3/scopes', undefined, { 'on-behalf-of': 'other' }).status).toBe(403);
    revokeSendgridKey(talk.state);
    expect(talk.call('GET', '/v3/scopes').status).toBe(401);
  });

  it('counts calls by the minute and says when it will answer again', () => {
    const talk = new SendgridTalk();
    const first = talk.call('GET', '/v3/suppression/blocks');
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '600',
      'x-ratelimit-remaining': '599',
      'x-ratelimit-reset': String(SECONDS + 60),
    });
    for (let at = 1; at < 600; at++) talk.call('GET', '/v3/suppression/blocks');
    const over = talk.call('GET', '/v3/suppression/bounces');
    expect([over.status, over.error, over.headers['x-ratelimit-remaining']]).toEqual([
      429,
      { message: 'too many requests', field: null },
      '0',
    ]);
    expect(talk.call('GET', '/v3/scopes').status).toBe(200);
  });
});
