/** Slack by webhook: nothing in a message can act, nothing is sent twice, and the address stays secret. */
import fc from 'fast-check';
import { slack } from '../../src/connectors/slack';
import { slackText } from '../../src/connectors/slack/text';
import type { HttpReply } from '../../src/ports';
import { context, drive, effectOf } from './drive';

const SECRET = 'AbCdEfGh12345678';
const URL_KEY = { SLACK_WEBHOOK_URL: `https://hooks.slack.com/services/T0001/B0001/${SECRET}` };
const plain = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpReply => ({
  status,
  headers,
  body,
});

const posting = (payload: Readonly<Record<string, unknown>>) =>
  effectOf(slack, 'post').run(context('slack:x', payload));

const send = (
  payload: Readonly<Record<string, unknown>>,
  reply: HttpReply | Error = plain(200, 'ok'),
  credentials = URL_KEY,
) => drive(slack, posting(payload), () => reply, credentials);
const bodyOf = (payload: Readonly<Record<string, unknown>>) => JSON.parse(send(payload).sent[0]?.body ?? '{}');

describe('a post', () => {
  it('goes to the secret address as JSON', () => {
    const { sent, result } = send({ text: 'Rent for 4B is late' }, plain(200, 'ok', { 'x-slack-req-id': 'r1' }));
    expect(sent).toMatchObject([
      { method: 'POST', url: URL_KEY.SLACK_WEBHOOK_URL, contentType: 'application/json; charset=utf-8' },
    ]);
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      text: 'Rent for 4B is late',
      unfurl_links: false,
      unfurl_media: false,
    });
    expect(result).toEqual({ value: 'r1' });
  });

  it('cannot mention anybody or hide a link', () => {
    const hostile = '<!channel> <https://evil.test|click> & <@U1>';
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: hostile }, fields: [{ type: 'mrkdwn', text: hostile }] },
      {
        type: 'actions',
        elements: [
          { type: 'button', text: { type: 'plain_text', text: 'Open' }, url: 'https://docs.google.com/?a=1&b=2' },
        ],
      },
    ];
    const body = bodyOf({ text: hostile, blocks });
    const safe = '&lt;!channel&gt; &lt;https://evil.test|click&gt; &amp; &lt;@U1&gt;';
    expect(body.text).toBe(safe);
    expect(body.blocks[0]).toEqual({
      type: 'section',
      text: { type: 'mrkdwn', text: safe },
      fields: [{ type: 'mrkdwn', text: safe }],
    });
    expect(body.blocks[1].elements[0].url).toBe('https://docs.google.com/?a=1&b=2');
  });

  it('fits the limits of each block', () => {
    const long = '&'.repeat(9000);
    const text = (type: string) => ({ type, text: long });
    const body = bodyOf({
      text: long,
      blocks: [
        { type: 'header', text: text('plain_text') },
        { type: 'section', text: text('mrkdwn'), fields: [text('mrkdwn')] },
      ],
    });
    expect(body.text.length).toBeLessThanOrEqual(4000);
    expect(body.blocks[0].text.text.length).toBeLessThanOrEqual(150);
    expect(body.blocks[1].text.text.length).toBeLessThanOrEqual(3000);
    expect(body.blocks[1].fields[0].text.length).toBeLessThanOrEqual(2000);
  });

  it('falls back to its text when there are too many blocks or too much in them', () => {
    const block = (length: number) => ({ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(length) } });
    expect(bodyOf({ text: 'all', blocks: Array(50).fill(block(10)) }).blocks).toHaveLength(50);
    expect(bodyOf({ text: 'all', blocks: Array(51).fill(block(10)) })).not.toHaveProperty('blocks');
    expect(bodyOf({ text: 'all', blocks: Array(5).fill(block(3000)) })).not.toHaveProperty('blocks');
  });

  it.each([{}, { text: ' ' }, { text: 5 }, { text: 'x', blocks: 'y' }])('is not sent with %j', (payload) => {
    const { sent, result } = send(payload);
    expect(sent).toEqual([]);
    expect(result).toMatchObject({ fault: { fault: 'malformed' } });
  });

  it('escapes and cuts any text without splitting an escape or an emoji', () => {
    const nasty = fc.string({ unit: fc.constantFrom('&', '<', '>', 'a', '😀', ' '), maxLength: 60 });
    fc.assert(
      fc.property(nasty, fc.integer({ min: 8, max: 40 }), (text, limit) => {
        const shown = slackText(text, limit);
        expect(shown.length).toBeLessThanOrEqual(limit);
        expect(shown.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
        expect(shown).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
        const back = shown.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
        expect(text.startsWith(back.replace(/…$/, ''))).toBe(true);
      }),
    );
  });
});

describe('answers', () => {
  it.each([
    [400, 'invalid_payload', 'rejected'],
    [400, 'no_text', 'rejected'],
    [403, 'action_prohibited', 'rejected'],
    [403, 'invalid_token', 'auth'],
    [404, 'channel_not_found', 'missing'],
    [404, 'no_service', 'auth'],
    [410, 'channel_is_archived', 'missing'],
    [429, 'rate_limited', 'busy'],
    [500, 'rollup_error', 'down'],
    [503, '<html>incident</html>', 'down'],
    [200, 'invalid_token', 'auth'],
    [200, '<html>login</html>', 'malformed'],
    [302, '', 'rejected'],
  ])('%i %s is %s, after one try', (status, body, kind) => {
    const { result, sent } = send({ text: 'x' }, plain(status, body));
    expect(result).toMatchObject({ fault: { fault: kind, status } });
    expect(sent).toHaveLength(1);
  });

  it('a lost answer is never sent again, and tells no secret', () => {
    const { result, sent, notes } = send({ text: 'x' }, new Error(`timeout: ${URL_KEY.SLACK_WEBHOOK_URL}`));
    expect(result).toMatchObject({ fault: { fault: 'down' } });
    expect(sent).toHaveLength(1);
    expect(JSON.stringify([result, notes])).not.toContain(SECRET);
  });

  it('tells how long to wait', () => {
    expect(send({ text: 'x' }, plain(429, 'rate_limited', { 'retry-after': '30' })).result).toMatchObject({
      fault: { retryAfterSeconds: 30 },
    });
  });
});

describe('the address', () => {
  it.each([
    '',
    'http://hooks.slack.com/services/T1/B1/x',
    'https://hooks.slack.com.evil.test/services/T1/B1/x',
    'https://hooks.slack.com/services/T1/B1/x?y=1',
    'https://hooks.slack.com/workflows/T1/B1/x',
    'https://evil.test/https://hooks.slack.com/services/T1/B1/x',
  ])('%s is refused, and nothing is sent', (url) => {
    const { sent, result } = send({ text: 'x' }, plain(200, 'ok'), { SLACK_WEBHOOK_URL: url });
    expect(sent).toEqual([]);
    expect(result).toMatchObject({ fault: { fault: 'auth' } });
  });
});
