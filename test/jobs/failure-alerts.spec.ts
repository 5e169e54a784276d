/** What fails reaches the owner: one mail and one line in Slack a day for each cause, by whatever still works. */
import type { VendorFault } from '../../local/faults';
import {
  HOUR,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  MINUTE,
  mailsOf,
  type Row,
  slackTexts,
  smallWorld,
  tabOf,
  typeInto,
  type World,
} from '../worlds';
import { connectTo } from './carriers-world';
import { byTrigger, comesToTheSameEnd } from './crash-harness';

const START = Date.parse('2026-12-02T15:00:00Z');
const DAY = 24 * HOUR;

function quiet(
  settings: Row = {},
  more: Partial<Parameters<typeof smallWorld>[0]> = {},
  ...platforms: string[]
): World {
  const world = smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1')], settings, ...more });
  if (platforms.length > 0) connectTo(world, ...platforms);
  for (const back of [6, 4, 2, 1]) leapTo(world, START - back * HOUR);
  world.state.nowMs = START;
  return world;
}

const base = quiet();
const alerts = (world: World) =>
  tabOf(world, 'Outbox').filter((row) => row.Kind === 'failure' || /^slack:failure:/.test(row.Key ?? ''));
const keys = (world: World) => alerts(world).map((row) => row.Key);
const alertMails = (world: World) => mailsOf(world).filter(({ subject }) => subject.startsWith('Needs you:'));
/** A part of a mail as it is read. */
const textOf = ({ raw }: { readonly raw: string }) => {
  const part = /Content-Type: text\/plain[\s\S]*?\r?\n\r?\n([\s\S]*?)\r?\n--/.exec(raw)?.[1] ?? '';
  return /base64/i.test(raw) ? Buffer.from(part, 'base64').toString('utf8') : part.replace(/=\r?\n/g, '');
};

function failing(fault: Omit<VendorFault, 'vendor' | 'when'>, from: World = base, vendor = 'stripe'): World {
  const world = from.clone();
  world.faults.atVendor({ vendor, when: 'always', ...fault });
  return world;
}

/** The ordinary triggers, every ten minutes. */
function live(world: World, ms: number): World {
  const until = world.state.nowMs + ms;
  while (world.state.nowMs < until) leapTo(world, world.state.nowMs + 9 * MINUTE);
  return world;
}

describe('a login that has expired', () => {
  const world = failing({ what: 'unauthorized' });
  leapTo(world, START + 10 * MINUTE);

  it('is told by the next poll, by mail and in Slack', () => {
    expect(alerts(world).map((row) => [row.Key, row.To, row.State])).toEqual([
      ['email:failure:stripe:sign-in:2026-12-02', 'owner@example.com', 'sent'],
      ['slack:failure:stripe:sign-in:2026-12-02', 'Elm House', 'sent'],
    ]);
    expect(alertMails(world).map(({ subject }) => subject)).toEqual(['Needs you: Stripe, sign in again']);
    expect(slackTexts(world).filter((text) => text.startsWith('Stripe has refused'))).toHaveLength(1);
  });

  it('says what happened, what it means, what to do, and where the sheet is', () => {
    const [mail] = alertMails(world);
    const text = textOf(mail as { raw: string }).replace(/\s+/g, ' ');
    expect(text).toContain('Stripe has refused our key or sign-in.');
    expect(text).toContain('What it means for rent: Nothing is read there');
    expect(text).toContain('Payments made there may be missing here');
    expect(text).toContain('What to do: Open Connections in the sidebar and connect Stripe again.');
    expect(text).toContain('In its own words: The credentials were refused (HTTP 401)');
    expect(text).toContain('https://docs.google.com/spreadsheets/d/');
    expect(text).toContain('"Failure alerts" on the Settings tab');
    expect(slackTexts(world).join()).not.toContain('HTTP 401');
  });

  it('is told once a day, however often it is asked', () => {
    const days = live(world.clone(), 2 * DAY + HOUR);
    const told = keys(days).filter((name) => name?.startsWith('email:failure:stripe:'));
    expect(told).toEqual(
      ['2026-12-02', '2026-12-03', '2026-12-04'].map((day) => `email:failure:stripe:sign-in:${day}`),
    );
    expect(new Set(keys(days)).size).toBe(keys(days).length);
  });

  it('is told of no more once it works, and is no cost then', () => {
    const days = world.clone();
    days.faults.clear('stripe');
    live(days, 2 * DAY);
    expect(keys(days)).toEqual(keys(world));
    expect(days.properties[`user:${days.owner}`]?.['feed:stripe']).not.toMatch(/told|failingSince/);
  });
});

describe('an outage', () => {
  it('is told at the third failure in a row, and never at the first', () => {
    const world = failing({ what: 'server-error' });
    leapTo(world, START + 10 * MINUTE);
    leapTo(world, START + 20 * MINUTE);
    expect(keys(world)).toEqual([]);
    leapTo(world, START + 31 * MINUTE);
    expect(keys(world)).toEqual(['email:failure:stripe:down:2026-12-02', 'slack:failure:stripe:down:2026-12-02']);
  });

  it('that is over after two polls is told to nobody', () => {
    const world = failing({ what: 'timeout' });
    leapTo(world, START + 10 * MINUTE);
    leapTo(world, START + 20 * MINUTE);
    world.faults.clear('stripe');
    live(world, DAY);
    expect(keys(world)).toEqual([]);
  });
});

describe('a platform that is busy', () => {
  it('is told to nobody for hours, and as behind after half a day', () => {
    const world = failing({ what: 'busy', retryAfterSeconds: 1200 });
    live(world, 11 * HOUR);
    expect(keys(world)).toEqual([]);
    live(world, 2 * HOUR);
    expect(keys(world)).toEqual(['email:failure:stripe:behind:2026-12-02', 'slack:failure:stripe:behind:2026-12-02']);
  });

  it('is never told where it is only slow', () => {
    const world = failing({ what: 'slow', delayMs: 8000 });
    live(world, DAY);
    expect(keys(world)).toEqual([]);
  });
});

it('of an object that cannot be read is told before it is passed by', () => {
  const world = base.clone();
  loadStripe(world, [intentOf('pi_Odd', 'L-1', 100_000, START - HOUR / 3)]);
  const { objects } = world.vendorState<{ objects: Record<string, Record<string, { status?: string }>> }>('stripe');
  const odd = objects.payment_intent?.pi_Odd;
  if (odd) odd.status = 'half_done';
  live(world, 11 * HOUR);
  expect(keys(world)).toEqual([]);
  live(world, 2 * HOUR);
  expect(keys(world)[0]).toBe('email:failure:stripe:behind:2026-12-02');
});

describe('the carrier of mail that fails', () => {
  it('leaves it to Gmail and to Slack', () => {
    const carried = quiet({ 'Mail by': 'sendgrid' }, {}, 'sendgrid');
    const world = failing({ what: 'unauthorized' }, carried, 'sendgrid');
    live(world, DAY);
    const told = alerts(world).filter((row) => row.Key?.includes(':sendgrid:'));
    expect(told.map((row) => [row.Key?.split(':')[0], row.Channel, row.State]).slice(0, 2)).toEqual([
      ['email', 'gmail', 'sent'],
      ['slack', 'slack', 'sent'],
    ]);
  });

  it('that is Slack leaves it to mail', () => {
    const world = quiet({}, { leases: [leaseOf('L-1', { 'Due day': '3' })] });
    world.faults.atVendor({ vendor: 'slack', when: 'always', what: 'server-error' });
    live(world, DAY);
    const told = alerts(world).filter((row) => row.Key?.includes(':slack:'));
    expect(told.map((row) => row.Channel)).toEqual(expect.arrayContaining(['gmail']));
    expect(told.filter((row) => row.Channel === 'slack')).toEqual([]);
  });
});

describe('the settings', () => {
  it('switch it off', () => {
    const world = failing({ what: 'unauthorized' }, quiet({ 'Failure alerts': 'off' }));
    live(world, DAY);
    expect(keys(world)).toEqual([]);
  });

  it('name who else is told, in whose language, and hold at night', () => {
    const settings = { 'Digest to': 'Owner@example.com, ann@example.com', 'Digest language': 'de' };
    const world = failing({ what: 'unauthorized' }, quiet(settings));
    world.state.nowMs = Date.parse('2026-12-03T04:00:00Z');
    live(world, HOUR);
    expect(alerts(world).map((row) => [row.To, row.State])[0]).toEqual(['owner@example.com, ann@example.com', 'ready']);
    leapTo(world, '2026-12-03T13:10:00Z');
    expect(mailsOf(world).map(({ subject }) => subject)).toContain('Braucht Sie: Stripe, neu verbinden');
  });
});

it('tells that something was not sent, one mail for all of its rows', () => {
  const leases = [1, 2, 3].map((at) => leaseOf(`L-${at}`, { 'Due day': '3' }));
  const world = quiet({}, { leases });
  for (const row of tabOf(world, 'Templates'))
    if (row.Template === 'due-today' && row.Language === 'en')
      typeInto(world, 'Templates', 'due-today', 'Body', '{{oops}}');
  live(world, DAY);
  const failed = tabOf(world, 'Outbox').filter((row) => row.State === 'failed');
  expect(failed.length).toBeGreaterThan(1);
  expect(keys(world).filter((name) => name?.startsWith('email:'))).toEqual(['email:failure:gmail:failed:2026-12-03']);
});

describe.each([
  ['a key is refused', { what: 'unauthorized' }, 0],
  ['a circuit opens', { what: 'server-error' }, 2],
] as const)('a poll in which %s', (_name, fault, before) => {
  it('tells it once wherever it is killed', () => {
    const made = () => {
      const world = failing(fault);
      for (let at = 0; at < before; at++) leapTo(world, world.state.nowMs + 9 * MINUTE);
      world.state.nowMs += 9 * MINUTE;
      return world;
    };
    comesToTheSameEnd({
      name: 'poll',
      handler: 'poll',
      world: made,
      start: byTrigger('poll'),
      after: [12, 40, 62, 75],
    });
  });
});

describe('runs that fail as a whole', () => {
  /** Somebody has deleted rows of the Ledger: no run can read the book. */
  function torn(settings: Row = {}): World {
    const world = quiet(settings);
    world.workbook.deleteRows('Ledger', 2);
    loadStripe(world, [intentOf('pi_New', 'L-1', 100_000, START - HOUR / 3)]);
    return world;
  }

  it('are told by mail from outside the Outbox, once a day, and not at the first', () => {
    const world = torn();
    leapTo(world, START + 10 * MINUTE);
    expect(alertMails(world)).toEqual([]);
    live(world, HOUR);
    expect(alertMails(world).map(({ to, subject }) => [to, subject])).toEqual([
      ['owner@example.com', 'Needs you: Rent Ledger, runs fail'],
    ]);
    const text = textOf(alertMails(world)[0] as { raw: string }).replace(/\s+/g, ' ');
    expect(text).toContain('Nothing is charged, read or sent until it is mended.');
    expect(text).toContain('The Ledger ends at row');
    expect(text).toContain('https://docs.google.com/spreadsheets/d/');
    live(world, 12 * HOUR);
    expect(alertMails(world)).toHaveLength(1);
    live(world, DAY);
    expect(alertMails(world)).toHaveLength(2);
  });

  it('are told to nobody where the setting is off', () => {
    expect(alertMails(live(torn({ 'Failure alerts': 'off' }), DAY))).toEqual([]);
  });

  it('are told once wherever the run is killed that tells them', () => {
    const before = torn();
    live(before, 20 * MINUTE);
    before.state.nowMs += 9 * MINUTE;
    const told = before.clone();
    byTrigger('poll')(told);
    expect(alertMails(told)).toHaveLength(1);
    for (let call = 1; ; call++) {
      const world = before.clone();
      world.faults.killAt(call, 'after', 'poll');
      const ended = byTrigger('poll')(world);
      live(world, 2 * HOUR);
      expect([call, alertMails(world).length <= 1]).toEqual([call, true]);
      if (ended) break;
    }
  });

  it('that were a hiccup of Google’s are told to nobody, and are forgotten', () => {
    const world = base.clone();
    loadStripe(world, [intentOf('pi_New', 'L-1', 100_000, START - HOUR / 3)]);
    world.faults.atCall({ what: 'error', call: 12, side: 'before', handler: 'poll' });
    world.run('poll', [], { trigger: 'time' });
    live(world, DAY);
    expect(alertMails(world)).toEqual([]);
    expect(JSON.stringify(world.properties)).not.toContain('runs-fail');
  });
});
