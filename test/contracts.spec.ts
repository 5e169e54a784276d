/** The traffic of a whole story, recorded: it fits what the platforms publish about themselves, and no secret is in any byte of it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gmail as gmailApi } from '@googleapis/gmail';
import type { Har } from '../local/har';
import { payCheckout } from '../local/vendors/stripe/people';
import type { StripeState } from '../local/vendors/stripe/state';
import { ROOT } from './simulation/bundle';
import { serveGoogle } from './simulation/google';
import {
  askApi,
  bookOf,
  disputeOf,
  intentOf,
  leaseOf,
  loadStripe,
  refundOf,
  savedCard,
  smallWorld,
  stripeObjects,
  type World,
} from './worlds';

const CHECK = join(ROOT, '../shared/contracts/check.mjs');
const isThere = existsSync(CHECK);
if (!isThere)
  console.log('skipped: traffic against published descriptions, because ../shared/contracts/check.mjs is absent');

const folder = mkdtempSync(join(tmpdir(), 'rent-ledger-har-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOUR_MS = 3_600_000;
let world: World;
let har: Har;
let inbound: string;

/** A bank account that was saved, for the autopay of a lease. */
function savedBank(lease: string, at: string) {
  const { objects, links } = savedCard(lease, at);
  const created = Math.floor(Date.parse(at) / 1000);
  const id = `pm_usBank${lease.replace('-', '')}`;
  const account = {
    bank_name: 'STRIPE TEST BANK',
    last4: '6789',
    account_type: 'checking',
    account_holder_type: 'individual',
  };
  const customer = links[0]?.['External ID'];
  const method = { id, object: 'payment_method', type: 'us_bank_account', customer, created, us_bank_account: account };
  return {
    objects: [objects[0] as object, method],
    links: [links[0] as never, { ...links[1], 'External ID': id } as never],
  };
}

/** The resident opens a page that Stripe made for them and pays on it. */
function payLink(of: World): void {
  const key = askApi<{ query: string }>(of, 'webhookAddress', [{ platform: 'stripe' }]).query;
  inbound = new URLSearchParams(key).get('key') ?? '';
  const state = of.vendorState<StripeState>('stripe');
  const open = stripeObjects(of, 'checkout.session').find((session) => session.status === 'open');
  if (open === undefined) throw new Error('No pay link was made');
  payCheckout(state, open.id, 'pm_card_visa', of.now);
}

/** A webhook tells of a payment; the add-on asks Stripe itself. */
function hint(of: World, intent: string): void {
  const created = Math.floor(of.now / 1000);
  const event = {
    id: 'evt_hint',
    object: 'event',
    type: 'payment_intent.succeeded',
    created,
    data: { object: { id: intent, object: 'payment_intent' } },
  };
  of.doPost({
    parameters: { platform: 'stripe', key: inbound },
    body: JSON.stringify(event),
    type: 'application/json',
  });
}

beforeAll(async () => {
  const [card, bank] = [savedCard('L-1', '2026-11-20T12:00:00Z'), savedBank('L-2', '2026-11-20T12:00:00Z')];
  world = smallWorld({
    on: '2026-12-01',
    leases: ['L-1', 'L-2', 'L-3', 'L-4', 'L-5', 'L-6'].map((id) => leaseOf(id)),
    links: [...card.links, ...bank.links],
    settings: { 'Pay links': 'yes', 'Pay link returns to': 'https://landlord.example/paid' },
  });
  const recorder = world.record();
  loadStripe(world, [
    ...card.objects,
    ...bank.objects,
    intentOf('pi_Three', 'L-3', 100_000, '2026-12-01T15:00:00Z'),
    refundOf('re_Three', 'pi_Three', 40_000, '2026-12-02T15:00:00Z'),
    intentOf('pi_Four', 'L-4', 100_000, '2026-12-01T15:10:00Z'),
    disputeOf('dp_Four', 'pi_Four', 100_000, '2026-12-02T16:00:00Z', 'needs_response'),
    intentOf('pi_Five', 'L-5', 100_000, '2026-12-01T15:20:00Z', {
      status: 'processing',
      payment_method_types: ['us_bank_account'],
    }),
  ]);
  world.advanceTo('2026-12-01T17:30:00Z');
  payLink(world);
  loadStripe(world, [intentOf('pi_Six', 'L-6', 100_000, world.now)]);
  hint(world, 'pi_Six');
  for (let at = world.now + HOUR_MS; at < Date.parse('2026-12-03T00:00:00Z'); at += 4 * HOUR_MS) leap(world, at);
  const google = await serveGoogle(world, recorder);
  const users = gmailApi({
    version: 'v1',
    rootUrl: google.url,
    headers: { authorization: `Bearer ${world.token()}` },
    fetchImplementation: fetch,
  }).users;
  const { data } = await users.messages.list({ userId: 'me', maxResults: 5 });
  for (const { id } of data.messages ?? []) await users.messages.get({ userId: 'me', id: id ?? '', format: 'full' });
  const range = encodeURIComponent("'Rent Roll'!A1:S");
  await fetch(`${google.url}v4/spreadsheets/${world.workbook.id}/values/${range}`, {
    headers: { authorization: `Bearer ${world.token()}` },
  });
  await google.close();
  har = recorder.toJSON();
}, 60_000);

/** One poll and one tick at that moment, instead of the hundreds of idle ones on the way. */
function leap(of: World, atMs: number): void {
  for (const trigger of of.triggers)
    if (trigger.nextMs !== undefined && trigger.nextMs < atMs) Object.assign(trigger, { nextMs: atMs });
  of.advanceTo(atMs + 60_000);
}

const hostOf = (entry: Har['log']['entries'][number]): string => new URL(String(entry.request.url)).hostname;
/**
 * Slack publishes a description of its Web API and none of incoming webhooks, so the recorder files a post under a host of
 * its own: the checker counts it as having no description, and here it is looked at by itself.
 */
const isWebhook = (entry: Har['log']['entries'][number]): boolean => hostOf(entry) === 'slack-webhook.invalid';

function written(name: string, keep: (entry: Har['log']['entries'][number]) => boolean): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ log: { ...har.log, entries: har.log.entries.filter(keep) } }));
  return path;
}

describe('the traffic of the story', () => {
  it('is of every kind: payments read, two kinds of autopay, a hint, mails, posts and the sheet', () => {
    const calls = new Set(
      har.log.entries.map((entry) => {
        const url = new URL(String(entry.request.url));
        return `${entry.request.method} ${url.hostname}${url.pathname
          .replace(/\/(pi|ch|cus|evt)_\w+/g, '/ID')
          .replace(/(messages|spreadsheets)\/[^/]+/, '$1/ID')
          .replace(/values\/.*/, 'values/RANGE')}`;
      }),
    );
    expect([...calls]).toEqual(
      expect.arrayContaining([
        'GET api.stripe.com/v1/events',
        'GET api.stripe.com/v1/refunds',
        'GET api.stripe.com/v1/disputes',
        'POST api.stripe.com/v1/payment_intents',
        'POST api.stripe.com/v1/checkout/sessions',
        'GET api.stripe.com/v1/payment_intents/ID',
        'GET gmail.googleapis.com/gmail/v1/users/me/messages',
        'GET gmail.googleapis.com/gmail/v1/users/me/messages/ID',
        'GET sheets.googleapis.com/v4/spreadsheets/ID/values/RANGE',
      ]),
    );
    expect(har.log.entries.some(isWebhook)).toBe(true);
    expect(
      stripeObjects(world, 'payment_intent')
        .filter((intent) => intent.metadata?.effect_key)
        .map((intent) => intent.status),
    ).toEqual(expect.arrayContaining(['succeeded', 'processing']));
    const states = new Map(bookOf(world).receipts.map((row) => [row.id, row.state]));
    expect([...states]).toEqual(
      expect.arrayContaining([
        ['pi_Three', 'partly refunded'],
        ['pi_Four', 'disputed'],
        ['pi_Five', 'pending'],
        ['pi_Six', 'settled'],
      ]),
    );
  });

  (isThere ? it : it.skip)('fits the published descriptions: nothing fails, and nothing is without one', () => {
    const path = written('described.har', (entry) => !isWebhook(entry));
    const { status, stdout, stderr } = spawnSync(process.execPath, [CHECK, path, '--verbose'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect({ status, said: stdout + stderr }).toMatchObject({ status: 0 });
    expect(stdout).toMatch(/\b0 failed/);
  });

  it('posts to Slack what a webhook takes: a text and blocks, as JSON', () => {
    const posts = har.log.entries.filter(isWebhook);
    for (const { request, response } of posts) {
      const { mimeType, text } = request.postData as { mimeType: string; text: string };
      expect(mimeType).toMatch(/^application\/json/);
      expect(typeof (JSON.parse(text) as { text: unknown }).text).toBe('string');
      expect(response.status).toBe(200);
    }
  });

  it('holds no secret in any byte', () => {
    const bytes = readFileSync(
      written('all.har', () => true),
      'utf8',
    );
    const secrets = Object.entries(world.properties[`user:${world.owner}`] ?? {}).filter(([name]) =>
      name.startsWith('secret:'),
    );
    expect(secrets.map(([name]) => name)).toEqual(
      expect.arrayContaining(['secret:inbound-key', 'secret:slack-webhook:*', 'secret:stripe:STRIPE_SECRET_KEY']),
    );
    for (const [name, value] of secrets) expect({ name, found: bytes.includes(value) }).toEqual({ name, found: false });
    expect(bytes).not.toMatch(/sk_test_|\/services\/T|Bearer \S|Basic \S|ya29\./);
    const header = /"name":"authorization","value":"([^"]*)"/gi;
    expect(new Set([...bytes.matchAll(header)].map((match) => match[1]))).toEqual(new Set(['[redacted]']));
  });
});
