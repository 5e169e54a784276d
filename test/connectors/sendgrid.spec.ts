/** What is particular to SendGrid: what a mail looks like, how it stays once, how it is taken back, and what its errors mean. */
import fc from 'fast-check';
import type { SandboxReply } from '../../local/vendors/sandbox';
import {
  limitSendgridPlan,
  sendgridInbox,
  takeSendgridScope,
  verifySendgridSender,
} from '../../local/vendors/sendgrid/people';
import { sendgrid } from '../../src/connectors/sendgrid';
import { plainName } from '../../src/connectors/sendgrid/mail';
import { refOf } from '../../src/connectors/told';
import { instant, key } from '../../src/domain/values';
import { effectOf } from './drive';
import { ACCOUNT, bench, DAY, given, letter, MINUTE, messagesOf, RITA, START, send, startInEu } from './sendgrid-bench';

const bodyOf = (one: ReturnType<typeof bench>, path: string) =>
  one.sent.filter(({ url }) => url.endsWith(path)).map(({ body }) => JSON.parse(body ?? '{}'));

describe('a mail', () => {
  it('has text before HTML, our reference, categories, and nobody who watches', () => {
    const one = bench();
    const ref = given(send(one));
    expect(ref).toMatch(/^[\w-]{22}$/);
    expect(bodyOf(one, '/mail/send')).toEqual([
      {
        personalizations: [{ to: [{ email: RITA }], custom_args: { ref: refOf(key('email:due:a')) } }],
        from: { email: 'rent@landlord.example', name: 'Maple Court Olivia Owner' },
        reply_to: { email: 'olivia@landlord.example' },
        subject: 'Rent for December is due',
        content: [
          { type: 'text/plain', value: letter().text },
          { type: 'text/html', value: letter().html },
        ],
        categories: ['rent-ledger', 'due'],
        tracking_settings: { click_tracking: { enable: false, enable_text: false }, open_tracking: { enable: false } },
      },
    ]);
    one.nowMs += MINUTE;
    expect(sendgridInbox(one.state, RITA, one.nowMs)).toHaveLength(1);
  });

  it('to the residents of one lease is one mail, to each address once', () => {
    const one = bench();
    given(send(one, { mail: { to: [RITA, 'rob@home.example', RITA.toUpperCase()] } }));
    expect(messagesOf(one).map(({ to }) => to)).toEqual([RITA, 'rob@home.example']);
  });

  it.each([
    [
      'a subject of several lines is one line',
      { subject: 'Rent\r\nBcc: x@evil.example' },
      { subject: 'Rent Bcc: x@evil.example' },
    ],
    ['without HTML it is text alone', { html: '' }, { content: [{ type: 'text/plain', value: letter().text }] }],
    ['a topic that no category can be is left out', { topic: 'fällig' }, { categories: ['rent-ledger'] }],
  ])('%s', (_, mail, seen) => {
    const one = bench();
    given(send(one, { mail }));
    expect(bodyOf(one, '/mail/send')[0]).toMatchObject(seen);
  });

  it('has no address to answer to where nobody is named', () => {
    const one = bench();
    given(send(one, { mail: { replyTo: '' } }));
    expect(bodyOf(one, '/mail/send')[0]).not.toHaveProperty('reply_to');
  });

  it('has the name that the owner has entered', () => {
    const one = bench();
    const account = { ...ACCOUNT, SENDGRID_FROM_NAME: 'Rents; Olivia' };
    const context = { key: key('k'), payload: {}, now: instant(START), account, attempt: 1, message: letter() };
    given(one.run(effectOf(sendgrid, 'mail').run(context)));
    expect(bodyOf(one, '/mail/send')[0].from).toEqual({ email: 'rent@landlord.example', name: 'Rents Olivia' });
  });

  it('without a subject, without a text, or of another kind is a fault and not sent', () => {
    const one = bench();
    expect(send(one, { mail: { subject: ' ' } })).toMatchObject({ fault: { fault: 'malformed' } });
    expect(send(one, { mail: { text: '', html: ' ' } })).toMatchObject({ fault: { fault: 'malformed' } });
    const context = { key: key('k'), payload: {}, now: instant(START), account: ACCOUNT, attempt: 1 };
    expect(one.run(effectOf(sendgrid, 'mail').run(context))).toMatchObject({ fault: { fault: 'malformed' } });
    expect(one.sent).toEqual([]);
  });

  it('is taken by SendGrid whatever stands in names, subject and text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
        (fromName, words) => {
          fc.pre(words.trim() !== '');
          const one = bench();
          expect(send(one, { mail: { fromName, subject: words, text: words, html: words } })).toHaveProperty('value');
          expect(plainName(fromName)).not.toMatch(/[;,\r\n]/);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('in the EU goes to the host there', () => {
    const one = bench(startInEu);
    given(send(one));
    expect(new Set(one.sent.map(({ url }) => new URL(url).host))).toEqual(new Set(['api.eu.sendgrid.com']));
    expect(messagesOf(one)).toHaveLength(1);
  });
});

describe('the test call', () => {
  const test = (one: ReturnType<typeof bench>, account = one.account) => one.run(sendgrid.test!(account));

  it('finds what the key may do', () => {
    const one = bench();
    expect(given(test(one))).toEqual({
      name: 'rent@landlord.example',
      mode: 'live',
      found: { SCHEDULES: 'yes', LOGS: 'yes' },
    });
    expect(messagesOf(one)).toEqual([]);
    expect(given(test(bench(startInEu))).name).toBe('rent@landlord.example (EU)');
  });

  it.each([
    ['user.scheduled_sends.update', { SCHEDULES: 'no', LOGS: 'yes' }],
    ['user.scheduled_sends.read', { SCHEDULES: 'no', LOGS: 'yes' }],
    ['mail.batch.create', { SCHEDULES: 'no', LOGS: 'yes' }],
    ['email_activity.read', { SCHEDULES: 'yes', LOGS: 'no' }],
  ])('without %s goes on with less', (scope, found) => {
    const one = bench();
    takeSendgridScope(one.state, scope);
    expect(given(test(one)).found).toEqual(found);
  });

  it.each([
    ['mail.send', /Mail Send/],
    ['suppression.spam_reports.read', /Suppressions/],
  ])('without %s connects nothing', (scope, words) => {
    const one = bench();
    takeSendgridScope(one.state, scope);
    expect(test(one)).toMatchObject({ fault: { fault: 'auth', message: expect.stringMatching(words) } });
  });

  it('refuses a sender that is no address before anything is asked', () => {
    const one = bench();
    expect(test(one, { ...ACCOUNT, SENDGRID_FROM: 'rent' })).toMatchObject({ fault: { fault: 'rejected' } });
    expect(one.sent).toEqual([]);
  });
});

describe('a test mail', () => {
  const test = (one: ReturnType<typeof bench>, to: string) =>
    one.run(
      effectOf(sendgrid, 'test').run({
        key: key('act:1'),
        payload: { address: to },
        now: instant(one.nowMs),
        account: one.account,
        attempt: 1,
      }),
    );

  it('is looked at in sandbox mode, then sent', () => {
    const one = bench();
    expect(test(one, 'olivia@landlord.example')).toHaveProperty('value');
    const modes = bodyOf(one, '/mail/send').map((body) => body.mail_settings?.sandbox_mode?.enable ?? false);
    expect(modes).toEqual([true, false]);
    one.nowMs += MINUTE;
    expect(sendgridInbox(one.state, 'olivia@landlord.example', one.nowMs)).toHaveLength(1);
  });

  it('to something that is no address is refused here', () => {
    const one = bench();
    expect(test(one, 'olivia')).toMatchObject({ fault: { fault: 'rejected' } });
    expect(one.sent).toEqual([]);
  });
});

describe('what SendGrid answers', () => {
  const reply = (status: number, message: string, headers: Record<string, string> = {}): SandboxReply => ({
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ errors: [{ message, field: 'null' }] }),
  });
  const date = new Date(START).toUTCString();
  it.each<[string, SandboxReply, object]>([
    ['401 is a wrong key', reply(401, 'authorization required'), { fault: 'auth' }],
    ['403 is a missing permission', reply(403, 'access forbidden'), { fault: 'auth' }],
    [
      '429 waits for its reset',
      reply(429, 'too many requests', { date, 'x-ratelimit-reset': String(START / 1000 + 17) }),
      { fault: 'busy', retryAfterSeconds: 17 },
    ],
    ['429 without a reset waits a minute', reply(429, 'too many requests'), { fault: 'busy', retryAfterSeconds: 60 }],
    ['500 is SendGrid’s own failure', reply(500, 'internal server error'), { fault: 'down' }],
    ['an error page is told by its status', { status: 503, headers: {}, body: '<html>' }, { fault: 'down' }],
    ['413 is too large', reply(413, 'content too large'), { fault: 'rejected' }],
  ])('%s', (_, answer, fault) => {
    const one = bench();
    one.answer = () => answer;
    expect(send(one)).toMatchObject({ fault });
  });

  it('a plan that is used up is no wrong key: it goes on later', () => {
    const one = bench();
    limitSendgridPlan(one.state, 0);
    expect(send(one)).toMatchObject({
      fault: { fault: 'busy', retryAfterSeconds: 3600, message: expect.stringMatching(/Maximum credits exceeded/) },
    });
    one.nowMs += DAY;
    limitSendgridPlan(one.state, 100);
    one.nowMs += DAY;
    expect(send(one, { attempt: 3 })).toHaveProperty('value');
  });

  it('a sender who is not verified is said, and no fault of the key', () => {
    const one = bench();
    const account = { ...ACCOUNT, SENDGRID_FROM: 'olivia@new.example' };
    const context = { key: key('k'), payload: {}, now: instant(START), account, attempt: 1, message: letter() };
    const run = () => one.run(effectOf(sendgrid, 'mail').run(context));
    expect(run()).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/verified Sender Identity/) },
    });
    verifySendgridSender(one.state, 'olivia@new.example');
    expect(run()).toHaveProperty('value');
  });

  it('a wrong member is named with its place', () => {
    const one = bench();
    const context = {
      key: key('k'),
      payload: {},
      now: instant(START),
      account: { ...ACCOUNT, SENDGRID_FROM: 'x' },
      attempt: 1,
      message: letter(),
    };
    expect(one.run(effectOf(sendgrid, 'mail').run(context))).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/valid address.*\(from\.email\)/) },
    });
  });
});
