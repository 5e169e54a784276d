/** The messages story, played once: every platform does all it can, nobody is written to twice or at night, and nothing secret shows. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messages } from '../../local/story/messages';
import { type Played, play } from '../../local/story/play';
import { forDescriptions } from '../../local/story/undescribed';
import { connectors } from '../../src/connectors';
import { azureState, mailgunState, sendgridState, twilioState } from '../jobs/carriers-world';
import { ROOT } from '../simulation/bundle';
import { bare, bookOf, tabOf, verdictOf } from '../worlds';

const CHECK = join(ROOT, '../shared/contracts/check.mjs');
const isThere = existsSync(CHECK);
if (!isThere) console.log('skipped: the messages story against published descriptions, because ../shared is absent');

const PLATFORMS = messages.chapters.map(({ platform }) => platform);

describe('a month of messages with eight platforms', () => {
  const world = bare(messages.first);
  const folder = mkdtempSync(join(tmpdir(), 'rent-ledger-story-'));
  let played: Played;

  beforeAll(async () => {
    played = await play(world, messages);
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('sees every operation of every connector at least once', () => {
    expect(PLATFORMS).toHaveLength(8);
    expect(played.unseen).toEqual([]);
  });

  it('leaves no effect that failed and none of which nobody knows, and the ledger whole', () => {
    expect(played.failed).toEqual([]);
    expect(played.effects.sent).toBeGreaterThan(500);
    expect(played.effects.cancelled).toBeGreaterThan(5);
    expect(played.apart).toEqual([]);
    expect(played.receipts).toBeGreaterThan(0);
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });

  it('has sent nothing twice', () => {
    const refs = {
      sendgrid: sendgridState(world).accounts.global.messages.map(({ customArgs, to }) => `${customArgs.ref} ${to}`),
      mailgun: mailgunState(world).mails.map(({ variables, recipient }) => `${variables.ref} ${recipient}`),
      azure: azureState(world).workflows.flatMap(({ runs }) => runs.map(({ tracking }) => tracking)),
      outbox: bookOf(world).outbox.map((row) => row.key),
    };
    for (const [vendor, sent] of Object.entries(refs)) {
      expect([vendor, sent.length > 10]).toEqual([vendor, true]);
      expect([vendor, sent.filter((ref, at) => sent.indexOf(ref) !== at)]).toEqual([vendor, []]);
    }
  });

  it('has texted nobody at night', () => {
    const hourInNewYork = (ms: number) => new Date(ms - 5 * 3_600_000).getUTCHours();
    const sent = Object.values(twilioState(world).messages).filter(
      ({ direction, sentMs, body }) => direction === 'outbound-api' && sentMs !== null && !/this is a test/.test(body),
    );
    expect(sent.length).toBeGreaterThan(5);
    for (const { sentMs, body } of sent) {
      const hour = hourInNewYork(sentMs ?? 0);
      expect([body, hour >= 8 && hour < 21]).toEqual([body, true]);
    }
  });

  it('can prove of every message what it said, in which version of which template', () => {
    const lines = tabOf(world, 'Log').filter(
      (row) => /^effect (?:sent|scheduled)$/.test(row.Kind ?? '') && /^(?:email|sms):/.test(row.Key ?? ''),
    );
    const proved = new Set(
      lines
        .filter((row) => /\(template [\w-]+\/\w+ [0-9a-f]{8}, content [0-9a-f]{64}/.test(row.What ?? ''))
        .map((row) => row.Key),
    );
    const left = bookOf(world).outbox.filter((row) => row.state === 'sent' && /^(?:email|sms):/.test(row.key));
    expect(left.length).toBeGreaterThan(100);
    expect(left.map((row) => row.key).filter((key) => !proved.has(key))).toEqual([]);
  });

  it('shows no secret of any sandbox in its recording', () => {
    const kept = world.properties[`user:${world.owner}`] ?? {};
    const shown = new Set(
      connectors.flatMap(({ id, credentials }) =>
        credentials.filter((field) => field.secret === false).map((field) => `secret:${id}:${field.name}`),
      ),
    );
    // The id of an application names it, and opens nothing.
    const isSecret = (name: string) => name.startsWith('secret:') && !shown.has(name) && !name.endsWith('_CLIENT_ID');
    const entered = Object.entries(kept).filter(([name]) => isSecret(name));
    const tokens = entered
      .filter(([name]) => name.startsWith('secret:token:'))
      .flatMap(([, text]) => Object.values(JSON.parse(text) as Record<string, unknown>))
      .filter((value): value is string => typeof value === 'string' && value.length >= 16);
    const keys = azureState(world).workflows.flatMap((workflow) => Object.values(workflow.keys));
    const secrets = [
      ...entered.filter(([name]) => !name.startsWith('secret:token:')).map(([, text]) => text),
      ...tokens,
      ...keys,
    ];
    for (const platform of PLATFORMS.filter((each) => each !== 'google-sheets'))
      expect([
        platform,
        entered.some(([name]) => name.includes(`:${platform}:`) || name.endsWith(`:${platform}`)),
      ]).toEqual([platform, true]);
    expect(tokens.length).toBeGreaterThan(1);
    const recorded = JSON.stringify(world.record().toJSON());
    const forms = (secret: string) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
    ];
    const seen = secrets.filter((secret) => forms(secret).some((form) => recorded.includes(form)));
    expect(seen).toEqual([]);
  });

  (isThere ? it : it.skip)(
    'fits what the platforms publish about themselves',
    () => {
      const file = join(folder, 'messages.har');
      writeFileSync(file, JSON.stringify(forDescriptions(world.record().toJSON())));
      const { status, stdout, stderr } = spawnSync(process.execPath, [CHECK, file], { cwd: ROOT, encoding: 'utf8' });
      expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
      expect(stdout).toMatch(/\b0 failed/);
      for (const platform of [...PLATFORMS, 'gmail'])
        expect(stdout).toMatch(new RegExp(`^${platform} +[1-9]\\d* fit +0 do not`, 'm'));
    },
    300_000,
  );
});
