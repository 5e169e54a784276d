/** The SendGrid sandbox: mail that leaves now or later, batches that are held, lists of who gets none, and logs. */
import { limitSendgridPlan, sendgridInbox, verifySendgridSender } from '../../local/vendors/sendgrid/people';
import { SENDER } from '../../local/vendors/sendgrid/state';
import { mail, RITA, SendgridTalk } from './sendgrid-talk';
import { DAY_MS, type Json, WEDNESDAY_MS } from './talk';

const SECONDS = WEDNESDAY_MS / 1000;

describe('a mail', () => {
  it('is taken in with an id and no body, and is in the mailbox a moment later', () => {
    const talk = new SendgridTalk();
    const reply = talk.send(
      'POST',
      'https://api.sendgrid.com/v3/mail/send',
      { authorization: `Bearer ${talk.key}`, 'content-type': 'application/json; charset=utf-8' },
      JSON.stringify(mail({ headers: { 'X-Lease': 'L-1' } })),
    );
    expect([reply.status, reply.body]).toEqual([202, '']);
    expect(reply.headers['x-message-id']).toMatch(/^[\w-]{22}$/);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
    expect(sendgridInbox(talk.state, RITA, talk.nowMs)).toEqual([]);
    talk.pass(1);
    expect(sendgridInbox(talk.state, RITA.toUpperCase(), talk.nowMs)).toMatchObject([
      { from: SENDER, subject: 'Rent is due', headers: { 'X-Lease': 'L-1' }, customArgs: { ref: 'r1' } },
    ]);
  });

  it('to several goes to each of them under an id of their own', () => {
    const talk = new SendgridTalk();
    const to = [{ email: RITA }, { email: 'rob@home.example' }];
    const id = talk.mail({ personalizations: [{ to, bcc: [{ email: 'olivia@landlord.example' }] }] });
    talk.pass(2);
    const rows = talk.logs();
    expect(rows.map((row) => row.to_email).sort()).toEqual(
      ['olivia@landlord.example', RITA, 'rob@home.example'].sort(),
    );
    expect(new Set(rows.map((row) => row.sg_message_id)).size).toBe(3);
    expect(rows.every((row) => row.sg_message_id.startsWith(`${id}.`))).toBe(true);
  });

  it('in sandbox mode is looked at and forgotten', () => {
    const talk = new SendgridTalk();
    limitSendgridPlan(talk.state, 0);
    const mail_settings = { sandbox_mode: { enable: true } };
    expect(talk.call('POST', '/v3/mail/send', mail({ mail_settings })).status).toBe(200);
    expect(talk.call('POST', '/v3/mail/send', mail({ mail_settings, content: [] })).status).toBe(400);
    expect(talk.state.accounts.global.messages).toEqual([]);
  });

  it('has arguments of the whole mail and of each part, the latter before the former', () => {
    const talk = new SendgridTalk();
    talk.mail({
      custom_args: { ref: 'whole', topic: 'due' },
      personalizations: [{ to: [{ email: RITA }], custom_args: { ref: 'own' } }],
    });
    talk.pass(2);
    const [row] = talk.logs();
    expect(talk.call('GET', `/v3/logs/${row?.sg_message_id}`).json.custom_args).toEqual({ ref: 'own', topic: 'due' });
  });

  it('beyond the plan of the day is refused like a wrong key', () => {
    const talk = new SendgridTalk();
    limitSendgridPlan(talk.state, 2);
    talk.mail();
    talk.mail();
    expect(talk.call('POST', '/v3/mail/send', mail())).toMatchObject({
      status: 401,
      error: { message: 'Maximum credits exceeded' },
    });
    talk.nowMs += DAY_MS;
    expect(talk.call('POST', '/v3/mail/send', mail()).status).toBe(202);
  });

  it('leaves from verified addresses only', () => {
    const talk = new SendgridTalk();
    const from = { email: 'olivia@new.example' };
    expect(talk.call('POST', '/v3/mail/send', mail({ from }))).toMatchObject({
      status: 403,
      error: { field: 'from', message: expect.stringMatching(/verified Sender Identity/) },
    });
    verifySendgridSender(talk.state, 'olivia@new.example');
    expect(talk.call('POST', '/v3/mail/send', mail({ from })).status).toBe(202);
    expect(talk.call('POST', '/v3/mail/send', mail({ from: { email: 'any@maple-court.example' } })).status).toBe(202);
  });
});

describe('what is wrong with a mail is said with its place', () => {
  const long = 'x'.repeat(256);
  const to = [{ email: RITA }];
  const one = (more: Json) => ({ personalizations: [{ to, ...more }] });
  it.each<[string, Json, string, RegExp]>([
    ['an unknown member', { colour: 'red' }, 'colour', /^Additional property colour is not allowed$/],
    ['an unknown member inside', one({ when: 1 }), 'personalizations.0.when', /Additional property when/],
    ['no part', { personalizations: [] }, 'personalizations', /at least one personalization/],
    ['nobody to send to', { personalizations: [{ to: [] }] }, 'personalizations.0.to', /The to array is required/],
    ['a to that is missing', { personalizations: [{}] }, 'personalizations.0.to', /The to array is required/],
    ['an address that is none', one({ to: [{ email: 'rita' }] }), 'personalizations.0.to.0.email', /valid address/],
    ['a name with a comma', { from: { email: SENDER, name: 'Park, Ada' } }, 'from.name', /','/],
    ['a letter outside ASCII', { from: { email: 'zoë@landlord.example' } }, 'from.email', /valid address/],
    ['no from', { from: undefined }, 'from', /The from object must be provided/],
    ['no subject', { subject: undefined }, 'subject', /The subject is required/],
    ['an empty subject', { subject: '' }, 'subject', /at least one character/],
    ['no content', { content: undefined }, 'content', /content parameter is required/],
    ['an empty content', { content: [{ type: 'text/plain', value: '' }] }, 'content.0.value', /at least one character/],
    ['HTML before text', { content: mail().content.slice().reverse() }, 'content', /text\/plain needs to be first/],
    ['eleven categories', { categories: [...'abcdefghijk'] }, 'categories', /limit of 10.*provided 11/],
    ['a category twice', { categories: ['a', 'a'] }, 'categories', /unique/],
    ['a long category', { categories: [long] }, 'categories.0', /255/],
    ['a category outside ASCII', { categories: ['fällig'] }, 'categories', /non-ASCII/],
    ['an argument that is no text', one({ custom_args: { n: 1 } }), 'personalizations.0.custom_args.n', /strings/],
    ['too many arguments', one({ custom_args: { a: 'x'.repeat(10_000) } }), 'personalizations.0.custom_args', /10,000/],
    ['a header of SendGrid’s own', { headers: { 'Reply-To': 'x' } }, 'headers.Reply-To', /reserved/],
    ['a header with a blank', { headers: { 'X Lease': 'x' } }, 'headers', /empty spaces/],
    ['an address twice', one({ cc: [{ email: RITA.toUpperCase() }] }), 'personalizations.0', /more than once/],
    ['a time in words', { send_at: '2026-12-03' }, 'send_at', /UNIX timestamp/],
    ['a time too far ahead', { send_at: SECONDS + 72 * 3600 + 1 }, 'send_at', /72 hours/],
    ['a time of one part too far ahead', one({ send_at: SECONDS + 300_000 }), 'personalizations.0.send_at', /72 hours/],
    ['a batch that is a number', { batch_id: 7 }, 'batch_id', /must be a string/],
    ['a batch that nobody made', { batch_id: 'abc' }, 'batch_id', /invalid batch id/],
    ['a template', { template_id: 'd-1' }, 'template_id', /valid template id/],
    ['a group', { asm: { group_id: 5 } }, 'asm.group_id', /valid Group ID/],
    ['two ways to answer', { reply_to: { email: RITA }, reply_to_list: to }, 'reply_to_list', /not both/],
    [
      'a switch in quotes',
      { mail_settings: { sandbox_mode: { enable: 'true' } } },
      'mail_settings.sandbox_mode.enable',
      /boolean/,
    ],
    ['a member of the wrong kind', { subject: ['x'] }, 'subject', /string/],
    [
      'a tracking setting of the wrong kind',
      { tracking_settings: 1 },
      'tracking_settings',
      /Expected: an object, given: integer/,
    ],
    ['a content without its kind', { content: [{ value: 'x' }] }, 'content.0.type', /type is required/],
  ])('%s', (_, more, field, words) => {
    const talk = new SendgridTalk();
    const { status, error } = talk.call('POST', '/v3/mail/send', mail(more));
    expect([status, error.field, error.message]).toEqual([400, field, expect.stringMatching(words)]);
    expect(talk.state.accounts.global.messages).toEqual([]);
  });

  it('a thousand and one recipients, a body that is no JSON, one of another type and one that is too large', () => {
    const talk = new SendgridTalk();
    const parts = Array.from({ length: 334 }, (_, at) => ({
      to: ['a', 'b', 'c'].map((name) => ({ email: `${name}${at}@home.example` })),
    }));
    expect(talk.call('POST', '/v3/mail/send', mail({ personalizations: parts })).error.message).toMatch(/1000 total/);
    const raw = (type: string, body: string) =>
      talk.send(
        'POST',
        'https://api.sendgrid.com/v3/mail/send',
        { authorization: `Bearer ${talk.key}`, 'content-type': type },
        body,
      );
    expect(raw('application/json', '{').status).toBe(400);
    expect(raw('text/plain', JSON.stringify(mail())).status).toBe(415);
    expect(raw('application/json', `"${'x'.repeat(31 * 1024 * 1024)}"`).status).toBe(413);
  });
});

describe('a scheduled mail', () => {
  it('waits for its moment, and one whose moment is past leaves at once', () => {
    const talk = new SendgridTalk();
    talk.scheduled(60);
    talk.mail({ send_at: SECONDS - 5 });
    talk.pass(59);
    expect(talk.statuses()).toEqual(['delivered', 'processed']);
    talk.pass(2);
    expect(talk.statuses()).toEqual(['delivered', 'delivered']);
  });

  it('that is cancelled in time is dropped when it would have left', () => {
    const talk = new SendgridTalk();
    const batch = talk.scheduled(60);
    talk.pass(49);
    expect(talk.hold(batch)).toMatchObject({ status: 201, json: { batch_id: batch, status: 'cancel' } });
    expect(talk.statuses()).toEqual(['processed']);
    talk.pass(12);
    const [row] = talk.logs();
    expect(row).toMatchObject({ status: 'dropped' });
    expect(talk.call('GET', `/v3/logs/${row?.sg_message_id}`).json.events).toMatchObject([
      { event: 'processed', send_at: SECONDS + 3600 },
      { event: 'cancel_drop', timestamp: SECONDS + 3600 },
    ]);
    expect(sendgridInbox(talk.state, RITA, talk.nowMs)).toEqual([]);
  });

  it('leaves all the same when it is cancelled within ten minutes of its moment', () => {
    const talk = new SendgridTalk();
    const batch = talk.scheduled(60);
    talk.pass(51);
    expect(talk.hold(batch).status).toBe(201);
    talk.pass(10);
    expect(talk.statuses()).toEqual(['delivered']);
  });

  it('that is paused leaves when it is free again, and is dropped after three days', () => {
    const talk = new SendgridTalk();
    const [first, second] = [talk.scheduled(60), talk.scheduled(60)];
    for (const batch of [first, second]) talk.hold(batch, 'pause');
    talk.pass(120);
    expect(talk.statuses()).toEqual(['processed', 'processed']);
    expect(talk.call('DELETE', `/v3/user/scheduled_sends/${first}`).status).toBe(204);
    talk.pass(1);
    expect(talk.statuses()).toEqual(['processed', 'delivered']);
    talk.nowMs += 3 * DAY_MS;
    expect(talk.logs()[0]).toMatchObject({ status: 'dropped', reason: 'Expired' });
  });

  it('that was paused and is cancelled then is dropped', () => {
    const talk = new SendgridTalk();
    const batch = talk.scheduled(60);
    talk.hold(batch, 'pause');
    talk.pass(120);
    expect(talk.call('PATCH', `/v3/user/scheduled_sends/${batch}`, { status: 'cancel' }).status).toBe(204);
    expect(talk.statuses()).toEqual(['dropped']);
  });
});

describe('batches', () => {
  it('are good for ten days', () => {
    const talk = new SendgridTalk();
    const batch = talk.batch();
    expect(talk.call('GET', `/v3/mail/batch/${batch}`)).toMatchObject({ status: 200, json: { batch_id: batch } });
    talk.nowMs += 10 * DAY_MS;
    expect(talk.call('GET', `/v3/mail/batch/${batch}`)).toMatchObject({
      status: 400,
      error: { message: 'invalid batch id', field: null },
    });
  });

  it('that are held are listed, changed and freed; one without a hold is not found', () => {
    const talk = new SendgridTalk();
    const batch = talk.scheduled(60);
    const path = `/v3/user/scheduled_sends/${batch}`;
    expect(talk.call('GET', path)).toMatchObject({ status: 404, error: { message: 'batch id not found' } });
    expect(talk.call('PATCH', path, { status: 'pause' }).status).toBe(404);
    expect(talk.call('DELETE', path).status).toBe(404);
    talk.hold(batch);
    expect(talk.hold(batch)).toMatchObject({
      status: 400,
      error: { field: 'batch_id', message: expect.stringMatching(/PATCH/) },
    });
    talk.call('PATCH', path, { status: 'pause' });
    expect(talk.call('GET', path).json).toEqual([{ batch_id: batch, status: 'pause' }]);
    expect(talk.call('GET', '/v3/user/scheduled_sends').json).toEqual([{ batch_id: batch, status: 'pause' }]);
    talk.call('DELETE', path);
    expect(talk.call('GET', '/v3/user/scheduled_sends').json).toEqual([]);
  });

  it('can be held ten at a time, until their mail would have left', () => {
    const talk = new SendgridTalk();
    for (let at = 0; at < 10; at++) expect(talk.hold(talk.scheduled(60)).status).toBe(201);
    const batch = talk.scheduled(180);
    expect(talk.hold(batch)).toMatchObject({ status: 400, error: { message: 'max limit reached', field: null } });
    talk.pass(61);
    expect(talk.hold(batch).status).toBe(201);
  });

  it.each<[Json, string, RegExp]>([
    [{ batch_id: 'nobody', status: 'cancel' }, 'batch_id', /invalid batch id/],
    [{ batch_id: '', status: 'cancel' }, 'batch_id', /invalid batch id/],
    [{ batch_id: 'x', status: 'stop' }, 'status', /pause, cancel/],
    [{ status: 'cancel' }, 'batch_id', /invalid batch id/],
    [{ batch_id: 'x', status: 'cancel', why: 'paid' }, 'why', /not allowed/],
  ])('a hold %j is refused', (body, field, words) => {
    expect(new SendgridTalk().call('POST', '/v3/user/scheduled_sends', body)).toMatchObject({
      status: 400,
      error: { field, message: expect.stringMatching(words) },
    });
  });
});
