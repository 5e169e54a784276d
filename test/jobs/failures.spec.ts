/** Vendors that fail: the feed resumes, nothing is lost or doubled, and the Connections tab says what is wrong in plain words. */

import type { VendorFault } from '../../local/faults';
import {
  bookOf,
  HOUR,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  MINUTE,
  type Row,
  slackTexts,
  smallWorld,
  type Twist,
  tabOf,
  twisted,
  verdictOf,
  type World,
} from '../worlds';

const line = twisted();
afterEach(() => {
  delete line.twist;
});

const START = Date.parse('2026-12-02T15:00:00Z');

/** Two leases charged, the account read to its end; a payment of L-1 arrives. */
const base = (() => {
  const leases = [leaseOf('L-1'), leaseOf('L-2')];
  // Calls are counted here: what the owner is told of a failure leaves in calls of its own.
  const world = smallWorld({ on: '2026-12-01', leases, settings: { 'Failure alerts': 'off' }, vendors: line.vendors });
  loadStripe(world, [intentOf('pi_Old', 'L-2', 30_000, '2026-12-01T18:00:00Z')]);
  leapTo(world, START - HOUR);
  leapTo(world, START - HOUR / 2);
  loadStripe(world, [intentOf('pi_New', 'L-1', 100_000, START - HOUR / 3)]);
  world.state.nowMs = START;
  return world;
})();

const poll = (world: World) => world.run('poll', [], { trigger: 'time' });
const stripeRow = (world: World): Row => tabOf(world, 'Connections').find((row) => row.Platform === 'stripe') ?? {};
const receipts = (world: World) =>
  bookOf(world)
    .entries.filter((row) => row.kind === 'receipt')
    .map((row) => row.key);
const ALL = ['stripe:pi_Old', 'stripe:pi_New'];

interface Case {
  readonly name: string;
  readonly fault: Omit<VendorFault, 'vendor' | 'when'>;
  readonly state: string;
  readonly words: RegExp;
}

const CASES: readonly Case[] = [
  { name: 'a refused key', fault: { what: 'unauthorized' }, state: 'needs sign-in', words: /credentials were refused/ },
  { name: 'a 402', fault: { what: 'payment-required' }, state: 'failing', words: /said no \(HTTP 402\)/ },
  { name: 'too many calls', fault: { what: 'busy', retryAfterSeconds: 1800 }, state: 'busy', words: /Too many calls/ },
  { name: 'a 500', fault: { what: 'server-error' }, state: 'failing', words: /platform failed \(HTTP 500\)/ },
  { name: 'a timeout before', fault: { what: 'timeout', side: 'before' }, state: 'failing', words: /No answer from/ },
  { name: 'a timeout after', fault: { what: 'timeout', side: 'after' }, state: 'failing', words: /No answer from/ },
  { name: 'half a JSON', fault: { what: 'truncated' }, state: 'failing', words: /not JSON/ },
];

describe.each(CASES)('$name', ({ fault, state, words }) => {
  it('is told on the Connections tab, and afterwards everything is there once', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'stripe', when: 'always', ...fault });
    expect(poll(world).ok).toBe(true);
    expect(stripeRow(world)).toMatchObject({ State: state });
    expect(stripeRow(world)['Last fault']).toMatch(words);
    expect(stripeRow(world)['Last fault']).not.toMatch(/sk_test|undefined|\[object/);
    expect(receipts(world)).toEqual(['stripe:pi_Old']);
    world.faults.clear('stripe');
    leapTo(world, START + 2 * HOUR);
    expect(receipts(world)).toEqual(ALL);
    expect(stripeRow(world)).toMatchObject({ State: 'connected', 'Last fault': '' });
    expect(verdictOf(world).ok).toBe(true);
  });

  it('in the middle of a read costs no payment', () => {
    for (let nth = 1; nth <= 3; nth++) {
      const world = base.clone();
      world.faults.atVendor({ vendor: 'stripe', when: { nth }, ...fault });
      poll(world);
      for (let at = START + 10 * MINUTE; at <= START + 3 * HOUR; at += 50 * MINUTE) leapTo(world, at);
      expect([nth, ...receipts(world)]).toEqual([nth, ...ALL]);
      expect(bookOf(world).leases.map((lease) => lease.balance)).toEqual(['0.00', '700.00']);
    }
  });
});

describe('Retry-After', () => {
  const calls = (world: World) => {
    const before = world.executions.length;
    poll(world);
    return world.executions.slice(before).reduce((all, run) => all + (run.calls['UrlFetchApp.fetchAll'] ?? 0), 0);
  };
  const refusal =
    (after: string): Twist =>
    () => ({
      status: 429,
      headers: { 'content-type': 'application/json', 'retry-after': after },
      body: '{"error":{"message":"Too many requests"}}',
    });

  it.each([
    ['in seconds', '1800'],
    ['as a date', new Date(START + 30 * MINUTE + 2000).toUTCString()],
  ])('%s is waited for, to the minute', (_name, header) => {
    const world = base.clone();
    line.twist = refusal(header);
    expect(calls(world)).toBe(1);
    delete line.twist;
    world.state.nowMs = START + 29 * MINUTE;
    expect(calls(world)).toBe(0);
    world.state.nowMs = START + 31 * MINUTE;
    expect(calls(world)).toBeGreaterThan(0);
    expect(receipts(world)).toEqual(ALL);
  });

  it('a refused key is asked again after an hour, not every ten minutes', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'stripe', what: 'unauthorized', when: 'always' });
    expect(calls(world)).toBe(1);
    world.state.nowMs = START + 50 * MINUTE;
    expect(calls(world)).toBe(0);
    world.state.nowMs = START + 62 * MINUTE;
    expect(calls(world)).toBe(1);
  });
});

describe('an answer of another shape', () => {
  const list =
    (change: (data: unknown[]) => unknown[]): Twist =>
    (request, reply) => {
      if (!new URL(request.url).pathname.endsWith('/v1/events')) return reply;
      const page = JSON.parse(reply.body) as { data: unknown[] };
      return { ...reply, body: JSON.stringify({ ...page, data: change(page.data) }) };
    };

  it.each<[string, Twist]>([
    ['events twice', list((data) => data.flatMap((event) => [event, event]))],
    ['events out of order', list((data) => [...data].reverse())],
  ])('%s post each payment once', (_name, twist) => {
    const world = base.clone();
    line.twist = twist;
    for (const minutes of [0, 10, 20]) {
      world.state.nowMs = START + minutes * MINUTE;
      poll(world);
    }
    expect(receipts(world)).toEqual(ALL);
  });

  it('with an unknown payment status names payment and status, and posts the others', () => {
    const world = base.clone();
    loadStripe(world, [intentOf('pi_Odd', 'L-2', 10_000, START - 10 * MINUTE)]);
    line.twist = (request, reply) =>
      /payment_intents/.test(request.url) && reply.status === 200
        ? { ...reply, body: JSON.stringify(restated(JSON.parse(reply.body), 'pi_Odd', 'teleported')) }
        : reply;
    poll(world);
    expect(receipts(world)).toEqual(ALL);
    expect(stripeRow(world)['Last fault']).toMatch(/pi_Odd.*teleported/);
    expect(
      tabOf(world, 'Log').some((row) => row.Kind === 'connection' && /pi_Odd.*teleported/.test(row.What ?? '')),
    ).toBe(true);
    for (const minutes of [10, 20, 30]) leapTo(world, START + minutes * MINUTE);
    expect(tabOf(world, 'Log').filter((row) => /pi_Odd.*teleported/.test(row.What ?? ''))).toHaveLength(1);
    delete line.twist;
    leapTo(world, START + 2 * HOUR);
    leapTo(world, START + 3 * HOUR);
    expect(receipts(world)).toEqual([...ALL, 'stripe:pi_Odd']);
    expect(stripeRow(world)['Last fault']).toBe('');
  });

  it('that stays unreadable for a day is passed by, so that polls do not grow with it', () => {
    const world = base.clone();
    line.twist = (request, reply) =>
      /payment_intents/.test(request.url) && reply.status === 200
        ? { ...reply, body: JSON.stringify(restated(JSON.parse(reply.body), 'pi_New', 'teleported')) }
        : reply;
    const fetches = (at: number) => {
      world.state.nowMs = at;
      return poll(world).calls['UrlFetchApp.fetchAll'];
    };
    expect(fetches(START)).toBe(2);
    expect(fetches(START + 12 * HOUR)).toBe(2);
    expect(fetches(START + 25 * HOUR)).toBe(2);
    expect(fetches(START + 26 * HOUR)).toBe(1);
  });

  it('with an unknown dispute status names the payment and takes nothing back', () => {
    const world = base.clone();
    poll(world);
    loadStripe(world, [
      {
        id: 'dp_Odd',
        object: 'dispute',
        amount: 100_000,
        currency: 'usd',
        charge: 'ch_New',
        payment_intent: 'pi_New',
        created: Math.floor(START / 1000) + 60,
        status: 'needs_response',
        reason: 'fraudulent',
      },
    ]);
    world.state.nowMs = START + 10 * MINUTE;
    line.twist = (request, reply) =>
      /disputes/.test(request.url) ? { ...reply, body: reply.body.replaceAll('needs_response', 'levitating') } : reply;
    poll(world);
    expect(bookOf(world).leases[0]?.balance).toBe('0.00');
    expect(stripeRow(world)['Last fault']).toMatch(/pi_New.*levitating/);
    delete line.twist;
    leapTo(world, START + 3 * HOUR);
    expect(bookOf(world).leases[0]?.balance).toBe('1000.00');
  });
});

function restated(value: unknown, id: string, status: string): unknown {
  if (Array.isArray(value)) return value.map((each) => restated(each, id, status));
  if (typeof value !== 'object' || value === null) return value;
  const node = value as Readonly<Record<string, unknown>>;
  const inner = Object.fromEntries(Object.entries(node).map(([name, each]) => [name, restated(each, id, status)]));
  return node.id === id && node.object === 'payment_intent' ? { ...inner, status } : inner;
}

describe('more than a page of events', () => {
  const many = (() => {
    const world = base.clone();
    const ids = Array.from({ length: 130 }, (_, at) => `pi_Many${String(at).padStart(3, '0')}`);
    loadStripe(
      world,
      ids.map((id, at) => intentOf(id, 'L-2', 100 + at, START - 15 * MINUTE + at * 1000)),
    );
    return { world, total: ids.length + 2 };
  })();
  const isEvents = (url: string) => new URL(url).pathname === '/v1/events';

  it('with an empty page in the middle are all read', () => {
    const world = many.world.clone();
    let seen = 0;
    line.twist = (request, reply) => {
      if (!isEvents(request.url) || ++seen !== 2) return reply;
      return { ...reply, body: JSON.stringify({ ...JSON.parse(reply.body), data: [], has_more: true }) };
    };
    poll(world);
    leapTo(world, START + 20 * MINUTE);
    leapTo(world, START + 2 * HOUR);
    expect(seen).toBeGreaterThan(2);
    expect(receipts(world)).toHaveLength(many.total);
    expect(verdictOf(world).ok).toBe(true);
  });

  it('whose first page comes again and again end, and are read later', () => {
    const world = many.world.clone();
    let first: string | undefined;
    line.twist = (request, reply) => {
      if (!isEvents(request.url)) return reply;
      first ??= reply.body;
      return { ...reply, body: first };
    };
    const run = poll(world);
    expect([run.ok, run.killed]).toEqual([true, false]);
    delete line.twist;
    leapTo(world, START + 2 * HOUR);
    leapTo(world, START + 4 * HOUR);
    expect(receipts(world)).toHaveLength(many.total);
    expect(new Set(receipts(world)).size).toBe(many.total);
  });
});

describe('one platform that fails', () => {
  it('lets the day, the mails and the posts of the others go on', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'stripe', what: 'timeout', when: 'always' });
    world.state.nowMs = Date.parse('2026-12-06T13:05:00Z');
    poll(world);
    const [mails, posts] = [world.mailbox.length, slackTexts(world).length];
    leapTo(world, '2026-12-06T14:15:00Z');
    expect(bookOf(world).entries.some((row) => row.key === 'fee:rent:L-1:2026-12')).toBe(true);
    expect(world.mailbox.length).toBeGreaterThan(mails);
    expect(slackTexts(world).length).toBeGreaterThan(posts);
    expect(receipts(world)).toEqual(['stripe:pi_Old']);
  });

  it('at Slack leaves its posts for a person or a later run, and the payments are read', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'slack', what: 'server-error', when: 'always' });
    leapTo(world, '2026-12-03T14:00:00Z');
    expect(receipts(world)).toEqual(ALL);
    const post = bookOf(world).outbox.filter((row) => row.channel === 'slack' && row.state !== 'sent');
    expect(post.map((row) => row.state)).toEqual(['unsure']);
    expect(String(post[0]?.fault)).toMatch(/HTTP 500.*It may have arrived/);
    expect(world.mailbox.some((mail) => mail.to === 'l-1@example.com')).toBe(true);
  });
});
