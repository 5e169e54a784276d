/** Connections on the desk: keys tried before they are kept, state, limits, faults in words, pause and removal. */
import type { Connection } from '../../src/api/desk/connections';
import type { LogPage } from '../../src/api/desk/log';
import type { Unsettled } from '../../src/api/desk/override';
import type { Refusal } from '../../src/api/desk/told';
import {
  askApi,
  bookOf,
  ELM,
  HOUR,
  intentOf,
  leapTo,
  leaseOf,
  liveDays,
  loadStripe,
  MINUTE,
  OWNER,
  slackTexts,
  smallWorld,
  standAt,
  type Twist,
  tabOf,
  twisted,
  type World,
} from '../worlds';

const KEY = 'sk_test_rentledger';
const WEBHOOK = 'https://hooks.slack.com/services/T000/B000/rentledger';
type Told = Connection & Partial<Refusal>;

const listed = (world: World): readonly Connection[] => askApi(world, 'connections');
const one = (world: World, id: string): Connection => {
  const found = listed(world).find((each) => each.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};
const ask = (world: World, name: string, args: object): Told => askApi<Told>(world, name, [args]);
const as = (world: World, user: string, name: string, args: object = {}) =>
  world.run('api', [name, [args]], { trigger: 'sidebar', user }).value as { ok: boolean; value: unknown };
const keysOf = (world: World): Readonly<Record<string, string>> => world.properties[`user:${world.owner}`] ?? {};

function december(vendors?: World['sandboxes']): World {
  const world = smallWorld({
    on: '2026-12-01',
    leases: [leaseOf('L-1')],
    settings: { 'Quiet hours': 'none' },
    ...(vendors ? { vendors } : {}),
  });
  liveDays(world, '2026-12-02', '2026-12-02');
  return world;
}

describe('the list', () => {
  const world = december();

  it('has Stripe, Slack and Gmail with their groups, state and limits', () => {
    const used = listed(world).filter(({ state }) => state !== 'not connected');
    expect(used.map(({ id, group, state }) => [id, group, state])).toEqual([
      ['stripe', 'Pay in', 'connected'],
      ['slack', 'Messages', 'connected'],
      ['gmail', 'Messages', 'connected'],
    ]);
    const stripe = one(world, 'stripe');
    expect(stripe).toMatchObject({ account: 'Stripe, test mode …dger', removable: true, mine: true });
    expect(stripe.lastSuccess).toMatch(/^2026-12-02 00:1\d$/);
    expect(stripe.nextRun).toMatch(/^about 00:2\d$/);
    expect(stripe.callsToday?.limit).toBe(20_000);
    expect(one(world, 'gmail')).toMatchObject({ account: OWNER, removable: false, mailToday: { perDay: 100 } });
  });

  it('gives no secret to anybody, the owner included', () => {
    const told = JSON.stringify(listed(world));
    for (const secret of [KEY, 'B000/rentledger', 'T000/B000']) expect(told).not.toContain(secret);
    for (const { fields } of listed(world)) expect(fields.every(({ label }) => label !== '')).toBe(true);
  });

  it('tells others what the workbook knows, and that the keys are not theirs', () => {
    const { value } = as(world, 'meg@example.com', 'connections');
    const told = value as readonly Connection[];
    expect(told.filter(({ mine }) => mine)).toEqual([]);
    expect(told[0]).toMatchObject({ id: 'stripe', state: 'connected' });
  });
});

describe('calls of the day', () => {
  it('add up over polls and begin anew with the day, for the owner and on the tab', () => {
    const world = december();
    standAt(world, '2026-12-02T13:00:00Z');
    const begun = one(world, 'stripe').callsToday?.used ?? 0;
    world.run('poll', [], { trigger: 'time' });
    world.run('poll', [], { trigger: 'time' });
    expect(one(world, 'stripe').callsToday?.used).toBe(begun + 2);
    loadStripe(world, [intentOf('pi_One', 'L-1', 100_000, '2026-12-02T12:00:00Z')]);
    standAt(world, world.now + 10 * MINUTE);
    const before = world.executions.length;
    world.run('poll', [], { trigger: 'time' });
    expect(world.executions.length).toBe(before + 1);
    const used = one(world, 'stripe').callsToday?.used ?? 0;
    expect(used).toBeGreaterThan(begun + 2);
    expect(tabOf(world, 'Connections').find(({ Platform }) => Platform === 'stripe')?.['Calls today']).toBe(
      String(used),
    );
    standAt(world, '2026-12-03T13:00:00Z');
    expect(one(world, 'stripe').callsToday?.used).toBe(0);
  });
});

describe('a key', () => {
  it('that is refused leaves the one that works where it is', () => {
    const world = december();
    const told = ask(world, 'connectPlatform', {
      request: 'c1',
      platform: 'stripe',
      credentials: { STRIPE_SECRET_KEY: 'sk_test_mistyped' },
    });
    expect(told.refused).toMatch(/^The credentials were refused/);
    expect(keysOf(world)['secret:stripe:STRIPE_SECRET_KEY']).toBe(KEY);
    expect(one(world, 'stripe').state).toBe('connected');
    expect(as(world, OWNER, 'became', { request: 'c1' }).value).toEqual({ state: 'not done' });
  });

  it('is taken from the owner only, in the platform’s own fields, and stands in no answer, cell or Log', () => {
    const world = december();
    const credentials = { STRIPE_SECRET_KEY: `${KEY}2` };
    const args = { request: 'c2', platform: 'stripe', credentials };
    expect(as(world, 'meg@example.com', 'connectPlatform', args)).toMatchObject({ ok: false, kind: 'role' });
    expect(ask(world, 'connectPlatform', { ...args, credentials: {} }).refused).toBe(
      'Stripe needs Restricted API key.',
    );
    expect(ask(world, 'connectPlatform', { ...args, platform: 'venmo' }).refused).toBe('There is no platform "venmo".');
    const cells = JSON.stringify(world.workbook.toJSON());
    expect(cells).not.toContain(KEY);
  });

  it('brings a platform back that was removed, and a lost reply finds out that it did', () => {
    const world = december();
    expect(ask(world, 'removePlatform', { request: 'r1', platform: 'stripe' })).toMatchObject({
      state: 'not connected',
      account: '',
    });
    expect(Object.keys(keysOf(world)).filter((name) => name.includes('stripe'))).toEqual([]);
    expect(askApi<{ poll: { result: string } }>(world, 'poll').poll.result).toBe('nothing connected');
    const connected = ask(world, 'connectPlatform', {
      request: 'c3',
      platform: 'stripe',
      credentials: { STRIPE_SECRET_KEY: KEY },
    });
    expect(connected).toMatchObject({ state: 'connected', account: 'Stripe, test mode …dger' });
    const became = as(world, OWNER, 'became', { request: 'c3' }).value as Unsettled;
    expect(became).toMatchObject({ state: 'done', applied: { says: 'Stripe connected: Stripe, test mode …dger' } });
    const { rows } = askApi<LogPage>(world, 'log', [{ group: 'connections' }]);
    expect(rows.slice(0, 2).map(({ what }) => what)).toEqual([
      'Stripe connected: Stripe, test mode …dger',
      'Stripe removed',
    ]);
  });
});

describe('a pause', () => {
  it('lets Stripe rest and misses nothing when it goes on', () => {
    const world = december();
    expect(ask(world, 'pausePlatform', { request: 'p1', platform: 'stripe', paused: true }).state).toBe('paused');
    loadStripe(world, [intentOf('pi_One', 'L-1', 100_000, '2026-12-02T06:00:00Z')]);
    leapTo(world, world.now + 5 * HOUR);
    leapTo(world, world.now + 30 * MINUTE);
    expect(bookOf(world).receipts).toEqual([]);
    expect(one(world, 'stripe')).toMatchObject({ state: 'paused', nextRun: '' });
    ask(world, 'pausePlatform', { request: 'p2', platform: 'stripe', paused: false });
    leapTo(world, world.now + 20 * MINUTE);
    expect(bookOf(world).receipts).toMatchObject([{ id: 'pi_One', state: 'settled' }]);
    expect(one(world, 'stripe').state).toBe('connected');
  });

  it('that comes while a poll is at work outlasts it', () => {
    const world = december();
    loadStripe(world, [intentOf('pi_One', 'L-1', 100_000, '2026-12-02T05:00:00Z')]);
    standAt(world, world.now + 20 * MINUTE);
    let state = '';
    world.during(
      4,
      (beside) => {
        state = ask(beside, 'pausePlatform', { request: 'p1', platform: 'stripe', paused: true }).state;
      },
      'poll',
    );
    world.run('poll', [], { trigger: 'time' });
    expect(state).toBe('paused');
    expect(one(world, 'stripe').state).toBe('paused');
    const calls = world.run('poll', [], { trigger: 'time' }).calls;
    expect(Object.keys(calls).filter((name) => name.startsWith('UrlFetchApp'))).toEqual([]);
  });

  it('is kept where the keys come to another account, which knows of it from the tab', () => {
    const world = december();
    ask(world, 'pausePlatform', { request: 'p1', platform: 'stripe', paused: true });
    const mine = keysOf(world);
    world.properties[`user:${world.owner}`] = { 'secret:stripe:STRIPE_SECRET_KEY': KEY };
    world.run('poll', [], { trigger: 'time' });
    const { calls } = world.run('poll', [], { trigger: 'time' });
    expect(Object.keys(calls).filter((name) => name.startsWith('UrlFetchApp'))).toEqual([]);
    expect(Object.keys(mine)).toContain('paused:stripe');
  });

  it.each([
    ['gmail', (world: World) => world.mailbox.length],
    ['slack', (world: World) => slackTexts(world).length],
  ])('holds back what would leave through %s, and lets it go afterwards', (platform, count) => {
    const world = december();
    ask(world, 'pausePlatform', { request: 'p1', platform, paused: true });
    const before = count(world);
    liveDays(world, '2026-12-06', '2026-12-06');
    expect(count(world)).toBe(before);
    expect(
      bookOf(world).outbox.filter((row) => row.channel === platform && row.state === 'ready').length,
    ).toBeGreaterThan(0);
    ask(world, 'pausePlatform', { request: 'p2', platform, paused: false });
    leapTo(world, world.now + 11 * MINUTE);
    expect(count(world)).toBeGreaterThan(before);
    expect(bookOf(world).outbox.filter((row) => row.channel === platform && row.state === 'ready')).toEqual([]);
  });

  it('of what is not connected is refused', () => {
    const world = december();
    ask(world, 'removePlatform', { request: 'r1', platform: 'slack' });
    expect(ask(world, 'pausePlatform', { request: 'p1', platform: 'slack', paused: true }).refused).toBe(
      'Slack is not connected.',
    );
  });
});

describe('a platform that fails', () => {
  const line = twisted();
  const refuse: Twist = (request, reply) =>
    request.url.includes('api.stripe.com')
      ? { ...reply, status: 401, body: JSON.stringify({ error: { message: 'Expired API Key.' } }) }
      : reply;

  it('is told in plain words, with what it means and what to do, and is well again after a good test', () => {
    const world = december(line.vendors);
    line.twist = refuse;
    leapTo(world, world.now + 20 * MINUTE);
    const stripe = one(world, 'stripe');
    expect(stripe).toMatchObject({
      state: 'needs sign-in',
      fault: {
        what: expect.stringMatching(/^The credentials were refused \(HTTP 401\)/),
        means: 'Nothing is read. Tried again once an hour.',
        fix: 'Connect again with a good key.',
      },
    });
    const { needs, health } = askApi<{ needs: { kind: string }[]; health: object }>(world, 'today');
    expect(needs.map(({ kind }) => kind)).toContain('connection');
    expect(health).toEqual({ good: false, text: 'Stripe needs you: needs sign-in' });
    expect(ask(world, 'testPlatform', { platform: 'stripe' }).state).toBe('needs sign-in');
    line.twist = undefined;
    const tested = ask(world, 'testPlatform', { platform: 'stripe' });
    expect([tested.state, tested.fault]).toEqual(['connected', undefined]);
    loadStripe(world, [intentOf('pi_One', 'L-1', 100_000, '2026-12-02T05:00:00Z')]);
    leapTo(world, world.now + 20 * MINUTE);
    expect(bookOf(world).receipts).toHaveLength(1);
  });
});

describe('Slack', () => {
  it('is tried with one post before its address is kept, for one property or for all', () => {
    const world = december();
    const before = slackTexts(world).length;
    const credentials = { SLACK_WEBHOOK_URL: WEBHOOK, property: 'Elm House' };
    expect(ask(world, 'connectPlatform', { request: 's1', platform: 'slack', credentials })).toMatchObject({
      state: 'connected',
      account: 'Webhook …dger',
    });
    expect(slackTexts(world).slice(before)).toEqual(['Rent Ledger can post here: this is a test.']);
    ask(world, 'connectPlatform', { request: 's1', platform: 'slack', credentials });
    expect(slackTexts(world)).toHaveLength(before + 1);
    expect(keysOf(world)['secret:slack-webhook:Elm House']).toBe(WEBHOOK);
    expect(tabOf(world, 'Properties')[0]?.['Slack webhook']).toBe('stored …dger');
  });

  it.each([
    [{ SLACK_WEBHOOK_URL: 'https://example.com/x' }, /^A Slack webhook begins with/],
    [{ SLACK_WEBHOOK_URL: WEBHOOK, property: 'Nowhere' }, /^There is no property "Nowhere"/],
  ])('refuses %j', (credentials, refused) => {
    const world = december();
    const keys = keysOf(world);
    expect(ask(world, 'connectPlatform', { request: 's2', platform: 'slack', credentials }).refused).toMatch(refused);
    expect(Object.keys(keysOf(world)).filter((name) => name.startsWith('secret:'))).toEqual(
      Object.keys(keys).filter((name) => name.startsWith('secret:')),
    );
  });

  it('that is removed is wanted by no property any more', () => {
    const world = december();
    expect(ask(world, 'removePlatform', { request: 'r1', platform: 'slack' }).state).toBe('not connected');
    expect(tabOf(world, 'Properties').map((row) => row['Slack webhook'] ?? '')).toEqual(['']);
    expect(Object.keys(keysOf(world)).filter((name) => name.includes('slack'))).toEqual([]);
    expect(ask(world, 'testPlatform', { platform: 'slack' }).refused).toBe('Slack is not connected.');
  });
});

describe('Gmail', () => {
  it('has nothing to test or to remove, and counts what left', () => {
    const world = smallWorld({ on: '2026-12-01', properties: [ELM], settings: { 'Quiet hours': 'none' } });
    const before = one(world, 'gmail').mailToday?.left ?? 0;
    liveDays(world, '2026-12-02', '2026-12-02');
    const { mailToday, lastSuccess } = one(world, 'gmail');
    expect(mailToday?.left).toBe(before - world.mailbox.length);
    expect(lastSuccess).toMatch(/^2026-12-0[12]/);
    expect(ask(world, 'testPlatform', { platform: 'gmail' }).refused).toMatch(/^Gmail has nothing to read/);
    expect(ask(world, 'removePlatform', { request: 'r1', platform: 'gmail' }).refused).toMatch(
      /^Gmail cannot be removed/,
    );
  });
});
