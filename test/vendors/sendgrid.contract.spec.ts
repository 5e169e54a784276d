/** Every operation of the SendGrid sandbox, asked and answered, held against what SendGrid publishes. */
import type { Har } from '../../local/har';
import { forDescriptions } from '../../local/story/undescribed';
import { reportSendgridSpam, sendgridMailbox, unsubscribeAtSendgrid } from '../../local/vendors/sendgrid/people';
import { sendgrid } from '../../src/connectors/sendgrid';
import { bench, cancel, given, opened, Reader, send } from '../connectors/sendgrid-bench';
import { fitsWhatIsPublished } from './published';
import { mail, RITA, SendgridTalk } from './sendgrid-talk';
import { har, type Json } from './talk';

const to = (email: string) => ({ personalizations: [{ to: [{ email }], custom_args: { ref: email } }] });
const MAILBOXES = {
  'gone@home.example': 'gone',
  'far@home.example': 'refusing',
  'slow@home.example': 'silent',
} as const;

/** Mails with every member that we might send, and what becomes of them. */
function sendAll(talk: SendgridTalk): void {
  for (const [email, is] of Object.entries(MAILBOXES)) {
    sendgridMailbox(talk.state, email, is, talk.nowMs);
    talk.mail(to(email));
  }
  for (const email of ['spam@home.example', 'out@home.example', 'none@home.invalid']) talk.mail(to(email));
  talk.mail({
    reply_to: { email: 'olivia@landlord.example', name: 'Olivia' },
    headers: { 'X-Lease': 'L-1' },
    attachments: [{ content: 'JVBERi0=', filename: 'lease.pdf', type: 'application/pdf', disposition: 'attachment' }],
    mail_settings: { bypass_list_management: { enable: false }, footer: { enable: false } },
    tracking_settings: {
      click_tracking: { enable: false, enable_text: false },
      open_tracking: { enable: false },
      subscription_tracking: { enable: false },
    },
  });
  talk.pass(2);
  reportSendgridSpam(talk.state, 'spam@home.example', talk.nowMs);
  unsubscribeAtSendgrid(talk.state, 'out@home.example', talk.nowMs);
  talk.mail(to('spam@home.example'));
  talk.call('POST', '/v3/mail/send', mail({ mail_settings: { sandbox_mode: { enable: true } } }));
}

function schedule(talk: SendgridTalk): void {
  const batch = talk.scheduled(60);
  talk.call('GET', `/v3/mail/batch/${batch}`);
  talk.hold(batch, 'pause');
  talk.hold(batch);
  const path = `/v3/user/scheduled_sends/${batch}`;
  talk.call('GET', path);
  talk.call('PATCH', path, { status: 'cancel' });
  talk.call('GET', '/v3/user/scheduled_sends');
  talk.pass(61);
  talk.call('DELETE', path);
  talk.call('DELETE', path);
  talk.hold(talk.scheduled(60));
}

function read(talk: SendgridTalk): void {
  talk.call('GET', '/v3/scopes');
  for (const list of ['bounces', 'blocks', 'invalid_emails', 'spam_reports', 'unsubscribes'])
    talk.list(list, '?start_time=1&end_time=9999999999&limit=500&offset=0&email=');
  for (const { sg_message_id: id } of talk.logs(`to_email = "${RITA}"`, 1000).concat(talk.logs(undefined, 100)))
    talk.call('GET', `/v3/logs/${id}`);
  const { messages } = talk.call(
    'GET',
    `/v3/messages?limit=100&query=${encodeURIComponent('status="not_delivered"')}`,
  ).json;
  for (const { msg_id: id } of messages.slice(0, 4) as Json[]) talk.call('GET', `/v3/messages/${id}`);
}

function refused(talk: SendgridTalk): void {
  talk.call('GET', '/v3/mail/batch/nobody');
  talk.call('GET', '/v3/logs/nobody');
  talk.call('GET', '/v3/messages/nobody');
  talk.call('POST', '/v3/logs', { query: 'colour = "red"' });
  talk.key = 'SG.guess.guess';
  talk.call('GET', '/v3/suppression/bounces');
}

function tour(): SendgridTalk {
  const talk = new SendgridTalk();
  sendAll(talk);
  schedule(talk);
  read(talk);
  refused(talk);
  return talk;
}

describe('the traffic of the SendGrid sandbox', () => {
  const talk = tour();

  it('has every operation in it, with a good answer', () => {
    const calls = new Set(
      talk.exchanges
        .filter(({ reply }) => reply.status < 300)
        .map(({ request }) => {
          const path = new URL(request.url).pathname.replace(/[^/]{20,}$/, 'ID');
          return `${request.method} ${path}`;
        }),
    );
    expect([...calls].sort()).toEqual(
      [
        'GET /v3/scopes',
        'POST /v3/mail/send',
        'POST /v3/mail/batch',
        'GET /v3/mail/batch/ID',
        ...['POST', 'GET'].map((method) => `${method} /v3/user/scheduled_sends`),
        ...['GET', 'PATCH', 'DELETE'].map((method) => `${method} /v3/user/scheduled_sends/ID`),
        ...['bounces', 'blocks', 'invalid_emails', 'spam_reports', 'unsubscribes'].map(
          (list) => `GET /v3/suppression/${list}`,
        ),
        'POST /v3/logs',
        'GET /v3/logs/ID',
        'GET /v3/messages',
        'GET /v3/messages/ID',
      ].sort(),
    );
  });

  it('has every kind of event and a row of each list in it', () => {
    const bodies = talk.exchanges.map(({ reply }) => reply.body).join('\n');
    for (const event of [
      'processed',
      'delivered',
      'deferred',
      'bounce',
      'dropped',
      'cancel_drop',
      'spamreport',
      'unsubscribe',
    ])
      expect(bodies).toContain(`"event":"${event}"`);
    for (const email of ['gone@home', 'far@home', 'none@home', 'spam@home', 'out@home'])
      expect(bodies).toContain(email);
  });

  fitsWhatIsPublished('SendGrid', () => forDescriptions(har(talk.exchanges) as Har));
});

/** The connector does all that it can, once with each answer that it meets. */
function connectorTour() {
  const one = bench();
  const hour = 3_600_000;
  given(one.run(sendgrid.test!(one.account)));
  const open = [opened(one), opened(one, { name: 'out', mail: { to: ['out@home.example'] } })];
  sendgridMailbox(one.state, 'gone@home.example', 'gone', one.nowMs);
  open.push(opened(one, { name: 'gone', mail: { to: ['gone@home.example', 'none@home.invalid'] } }));
  const later = ['b', 'c', 'd'].map((name) => given(send(one, { name, sendAt: one.nowMs + 2 * hour })));
  const paused = later[1]?.split(' ')[1] ?? '';
  one.state.accounts.global.holds.push({ batch_id: paused, status: 'pause', sinceMs: one.nowMs });
  one.nowMs += 10 * 60_000;
  given(send(one, { attempt: 2 }));
  for (const ref of later.slice(0, 2)) expect(cancel(one, ref)).toEqual({ value: 'cancelled' });
  unsubscribeAtSendgrid(one.state, 'out@home.example', one.nowMs);
  reportSendgridSpam(one.state, RITA, one.nowMs);
  one.nowMs += 2 * hour;
  expect(new Reader(one, open).drain().faults).toEqual([]);
  return one;
}

describe('the traffic of the SendGrid connector', () => {
  const one = connectorTour();

  it('has every operation in it that the connector uses', () => {
    const calls = new Set(
      one.har
        .toJSON()
        .log.entries.map(
          ({ request }) => `${request.method} ${new URL(String(request.url)).pathname.replace(/[^/]{20,}$/, 'ID')}`,
        ),
    );
    expect([...calls].sort()).toEqual(
      [
        'GET /v3/scopes',
        'POST /v3/mail/send',
        'POST /v3/mail/batch',
        ...['POST', 'GET'].map((method) => `${method} /v3/user/scheduled_sends`),
        ...['GET', 'PATCH'].map((method) => `${method} /v3/user/scheduled_sends/ID`),
        ...['bounces', 'blocks', 'invalid_emails', 'spam_reports', 'unsubscribes'].map(
          (list) => `GET /v3/suppression/${list}`,
        ),
        'POST /v3/logs',
        'GET /v3/logs/ID',
      ].sort(),
    );
  });

  fitsWhatIsPublished('the connector of SendGrid', () => forDescriptions(one.har.toJSON()));
});
