/** Slack's Web API: the token and its scopes, errors inside a 200, the list of channels, the digest, and the app's manifest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveSlackChannel, installSlackApp, makeSlackChannel, uninstallSlackApp } from '../../local/vendors/people';
import { slack } from '../../src/connectors/slack';
import { SCOPES } from '../../src/connectors/slack/api';
import type { HttpReply } from '../../src/ports';
import { context, drive, effectOf, json } from './drive';
import { ALERTS, SlackBench, TOKEN, threadPayload } from './slack-rig';

const MANIFEST = JSON.parse(readFileSync(join(__dirname, '../../docs/slack/manifest.json'), 'utf8'));

describe('the test call', () => {
  const tested = (bench: SlackBench) => bench.run(slack.test!(bench.account));

  it('finds the workspace', () => {
    expect(tested(new SlackBench())).toEqual({
      value: {
        name: 'Rent Ledger Sandbox',
        mode: 'live',
        found: {
          TEAM_ID: 'T0RENTLEDG',
          TEAM_URL: 'https://rent-ledger-sandbox.slack.com/',
          BOT_NAME: 'rent_ledger',
        },
      },
    });
  });

  it('names the scopes that the app lacks', () => {
    const bench = new SlackBench();
    const scopes = SCOPES.filter((scope) => !/history/.test(scope));
    bench.credentials = { SLACK_BOT_TOKEN: installSlackApp(bench.state, scopes) };
    expect(tested(bench)).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining('channels:history, groups:history') },
    });
  });

  it('with a webhook alone is a post, for nothing else can be done with it', () => {
    const bench = new SlackBench();
    bench.credentials = { SLACK_WEBHOOK_URL: bench.credentials.SLACK_WEBHOOK_URL ?? '' };
    expect(tested(bench)).toMatchObject({ value: { name: 'Incoming webhook' } });
    expect(bench.texts).toEqual(['Rent Ledger can post here: this is a test.']);
  });

  it.each(['xoxp-1-2-3', 'xoxe.xoxb-1-2', 'xoxb-1 2', 'https://hooks.slack.com/services/T1/B1/x'])(
    'does not send %j, which is no bot token',
    (token) => {
      const { sent, result } = drive(slack, slack.test!({}), () => json({ ok: true }), { SLACK_BOT_TOKEN: token });
      expect(sent).toEqual([]);
      expect(result).toMatchObject({ fault: { fault: 'auth' } });
    },
  );

  it('says that the app is gone', () => {
    const bench = new SlackBench();
    uninstallSlackApp(bench.state);
    expect(tested(bench)).toMatchObject({ fault: { fault: 'auth', code: 'token_revoked' } });
  });
});

describe('an answer', () => {
  const posting = (reply: HttpReply) =>
    drive(slack, effectOf(slack, 'thread').run(context('slack:x', threadPayload)), () => reply, {
      SLACK_BOT_TOKEN: TOKEN,
    });

  it.each([
    ['invalid_auth', 'auth'],
    ['token_expired', 'auth'],
    ['account_inactive', 'auth'],
    ['ratelimited', 'busy'],
    ['channel_not_found', 'missing'],
    ['is_archived', 'missing'],
    ['msg_too_long', 'rejected'],
    ['msg_blocks_too_long', 'rejected'],
    ['restricted_action', 'rejected'],
    ['ekm_access_denied', 'rejected'],
    ['an_error_of_tomorrow', 'rejected'],
    ['fatal_error', 'down'],
    ['internal_error', 'down'],
  ])('ok:false with %s is %s, though the status is 200', (error, kind) => {
    const { result, sent } = posting(json({ ok: false, error }));
    expect(result).toMatchObject({ fault: { fault: kind, code: error, status: 200 } });
    expect(sent).toHaveLength(1);
  });

  it('names the scope that is lacking', () => {
    const { result } = posting(json({ ok: false, error: 'missing_scope', needed: 'chat:write', provided: 'a' }));
    expect(result).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining('lacks the scope chat:write') },
    });
  });

  it('says where a block is wrong', () => {
    const errors = ['failed to match all allowed schemas [json-pointer:/blocks/1]'];
    const { result } = posting(json({ ok: false, error: 'invalid_blocks', errors }));
    expect(result).toMatchObject({ fault: { message: expect.stringContaining('/blocks/1') } });
  });

  it('429 waits as long as Slack asks', () => {
    const { result, sent } = posting(json({ ok: false, error: 'rate_limited' }, 429, { 'retry-after': '30' }));
    expect(result).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 30 } });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['an incident page', { status: 200, headers: {}, body: '<html>incident</html>' }, 'malformed'],
    ['a broken gateway', { status: 502, headers: {}, body: '<html>bad gateway</html>' }, 'down'],
    ['broken JSON', { status: 200, headers: {}, body: '{"ok":tr' }, 'malformed'],
    ['no ok and no error', json({ hello: 1 }), 'malformed'],
    ['ok without a message', json({ ok: true }), 'malformed'],
    ['a JSON error of the gateway', json({ message: 'x' }, 503), 'down'],
  ])('that is %s is a fault', (_name, reply, kind) => {
    expect(posting(reply).result).toMatchObject({ fault: { fault: kind } });
  });

  it('with a warning is good', () => {
    const body = { ok: true, channel: ALERTS, ts: '1796223600.000001', warning: 'superfluous_charset' };
    expect(posting(json(body)).result).toEqual({ value: `${ALERTS} 1796223600.000001` });
  });
});

describe('the list of channels', () => {
  const listed = (bench: SlackBench) => bench.run(slack.lists!.channels!(bench.account));

  it('has all pages, without archives, and says what is private and what is joined first', () => {
    const bench = new SlackBench();
    for (let n = 0; n < 450; n++) makeSlackChannel(bench.state, `unit-${String(n).padStart(3, '0')}`);
    for (const { id, name } of bench.state.channels) if (/-4[0-4]\d$/.test(name)) archiveSlackChannel(bench.state, id);
    makeSlackChannel(bench.state, 'owners', { isPrivate: true, hasBot: true });
    makeSlackChannel(bench.state, 'lawyers', { isPrivate: true });
    const result = listed(bench);
    if ('fault' in result) throw new Error(result.fault.message);
    const names = result.value.map(({ name }) => name);
    expect(names).toHaveLength(450 - 50 + 3);
    expect(names).toEqual([...names].sort());
    expect(result.value).toContainEqual({ id: ALERTS, name: '#rent-alerts' });
    expect(result.value).toContainEqual({ id: expect.any(String), name: '#owners', note: 'private' });
    expect(names).not.toContain('#lawyers');
    expect(result.value[0]).toMatchObject({ name: '#general', note: expect.stringContaining('joins') });
    expect(bench.sent).toHaveLength(3);
  });

  it('an empty page in the middle is not the end', () => {
    const bench = new SlackBench();
    for (let n = 0; n < 400; n++) makeSlackChannel(bench.state, `old-${n}`, { isArchived: true });
    makeSlackChannel(bench.state, 'zebra');
    const result = listed(bench);
    expect(result).toMatchObject({ value: [{ name: '#general' }, { name: '#rent-alerts' }, { name: '#zebra' }] });
  });

  it('that lacks a scope says which', () => {
    const bench = new SlackBench();
    bench.credentials = { SLACK_BOT_TOKEN: installSlackApp(bench.state, ['channels:read']) };
    expect(listed(bench)).toMatchObject({
      fault: { code: 'missing_scope', message: expect.stringContaining('groups:read') },
    });
  });
});

describe('the digest', () => {
  const digest = (figures: readonly object[], lines: readonly string[]) => {
    const bench = new SlackBench();
    bench.sendOk('digest', { channel: ALERTS, text: 'Maple Court, 7 Dec', figures, lines });
    return bench;
  };

  it('has a title, the numbers with their labels, and a line for each thing to look at', () => {
    const bench = digest(
      [
        { label: 'Received', value: '2,400.00 USD' },
        { label: 'Late', value: '1' },
      ],
      ['4B: 1250.00 USD, 6 days', '2A: <no> & unknown payer'],
    );
    expect(bench.state.messages[0]?.blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section']);
    expect(bench.shown(0)).toBe(
      [
        'Maple Court, 7 Dec',
        '*Received*\n2,400.00 USD',
        '*Late*\n1',
        '• 4B: 1250.00 USD, 6 days\n• 2A: &lt;no&gt; &amp; unknown payer',
      ].join('\n'),
    );
  });

  it('needs no lines', () => {
    expect(digest([{ label: 'Late', value: '0' }], []).state.messages[0]?.blocks).toHaveLength(2);
    expect(digest([], []).state.messages[0]?.blocks).toHaveLength(1);
  });

  it('fits Slack however much there is, and says how much found no room', () => {
    const many = Array.from({ length: 400 }, (_, at) => `${at} ${'x'.repeat(200)}`);
    const figures = Array.from({ length: 30 }, (_, at) => ({
      label: `Figure ${at} ${'&'.repeat(200)}`,
      value: '9'.repeat(300),
    }));
    const bench = digest(figures, many);
    const shown = bench.shown(0);
    const lines = shown.match(/• /g)?.length ?? 0;
    expect(lines).toBeGreaterThan(30);
    expect(shown).toContain(`… and ${400 - lines} more`);
  });
});

describe('what is recorded', () => {
  it('holds no token and no webhook', () => {
    const bench = new SlackBench();
    bench.run(slack.test!(bench.account));
    bench.run(slack.lists!.channels!(bench.account));
    const after = bench.sendOk('thread', threadPayload);
    bench.sendOk('reply', { text: 'x' }, { after });
    bench.sendOk('post', { text: 'x' });
    const text = JSON.stringify(bench.har.toJSON());
    for (const secret of [TOKEN, 'services/T000']) expect([secret, text.includes(secret)]).toEqual([secret, false]);
  });
});

describe('the manifest', () => {
  it('asks for the scopes that are used, and no others', () => {
    expect(MANIFEST.oauth_config.scopes).toEqual({ bot: SCOPES });
  });

  it('gives tokens that do not expire, and no way in from outside', () => {
    expect(MANIFEST.settings).toEqual({
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    });
    expect(MANIFEST.features).toEqual({ bot_user: { display_name: 'Rent Ledger', always_online: false } });
  });
});
