/** A promise holds reminders until its day and ends by itself: kept by money set going in time, broken after it, in every order of news. */
import fc from 'fast-check';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import type { RequestRow } from '../../src/domain/requests';
import { currency, type Day, key, leaseId } from '../../src/domain/values';
import { answers, disputes, mine, promises } from './asking';
import { leaseFrom, newWorld, nothingTold, runDay, see, standingIn, stateIn, type World } from './small-world';
import { optionsOf } from './story';

const L1 = leaseId('L1');
const FIRST = day('2026-10-01');
const LEASE = 'rent 1000.00 due 1 start 2026-10-01 grace 5 fee 50.00';

function lateOn(last: string): World {
  const world = newWorld();
  world.leases.push(leaseFrom(world, 'L1', optionsOf(LEASE.split(' '), [])));
  runUntil(world, last);
  return world;
}

function runUntil(world: World, last: string) {
  const told = nothingTold();
  for (let today = world.begun ? addDays(world.today, 1) : FIRST; today <= last; today = addDays(today, 1))
    runDay(world, told, today);
  return told;
}

/** A payment as a poll of this day tells it. */
function seen(
  world: World,
  name: string,
  amount: number,
  on: Day,
  state: 'pending' | 'settled' | 'failed' = 'settled',
  refunded = 0,
) {
  const payment = {
    key: key(`stripe:${name}`),
    source: 'stripe',
    externalId: name,
    amountCents: cents(amount),
    currency: currency('USD'),
    state,
    initiatedAt: instantOf(on, 12, 0, world.property.zone),
    leaseRef: 'L1',
    reversals:
      refunded === 0
        ? []
        : [
            {
              key: key(`stripe:${name}:refund:${refunded}`),
              reason: 'refunded' as const,
              state: 'final' as const,
              amountCents: cents(refunded),
              at: instantOf(world.today, 12, 30, world.property.zone),
              detail: '',
            },
          ],
  };
  see(world, nothingTold(), [payment], instantOf(world.today, 13, 0, world.property.zone));
}

const states = (world: World) => mine(world, 'L1').map((row: RequestRow) => row.state);
const holds = (world: World) => stateIn(world, L1).pauses.length;

describe('until its day', () => {
  it('no reminder goes out, and late fees go on', () => {
    const world = lateOn('2026-10-04');
    promises(world, 'L1', day('2026-10-14'));
    const told = runUntil(world, '2026-10-14');
    expect(told).toMatchObject({ rungs: [], sends: [], charges: ['fee:rent:L1:2026-10 50.00'] });
    expect(standingIn(world, L1).word).toBe('late');
    expect([states(world), holds(world)]).toEqual([['open'], 1]);
  });

  it('a dispute of what was promised is no payment: the promise holds on once the dispute is answered', () => {
    const world = lateOn('2026-10-04');
    promises(world, 'L1', day('2026-10-14'));
    const dispute = disputes(world, 'L1', 'rent:L1:2026-10') as RequestRow;
    runUntil(world, '2026-10-06');
    expect([states(world)[0], holds(world)]).toEqual(['open', 2]);
    answers(world, dispute, 'refused', true);
    expect(runUntil(world, '2026-10-14')).toMatchObject({ rungs: [], sends: [] });
    expect(states(world)[0]).toBe('open');
    runUntil(world, '2026-10-15');
    expect(states(world)[0]).toBe('broken');
  });

  it('money that goes back before its day makes it hold again, and no more than it held', () => {
    const world = lateOn('2026-10-04');
    promises(world, 'L1', day('2026-11-09'));
    seen(world, 'p1', 105_000, world.today);
    runUntil(world, '2026-10-05');
    expect([states(world), holds(world)]).toEqual([['kept'], 0]);
    seen(world, 'p1', 105_000, day('2026-10-04'), 'settled', 40_000);
    expect(runUntil(world, '2026-10-31')).toMatchObject({ rungs: ['before-due:L1:2026-11'] });
    expect([states(world), holds(world)]).toEqual([['open'], 1]);
    seen(world, 'p2', 40_000, world.today);
    runUntil(world, '2026-11-01');
    expect([states(world), holds(world)]).toEqual([['kept'], 0]);
    expect(runUntil(world, '2026-11-09').rungs).toEqual(['late:L1:2026-11']);
    expect(new Set(world.journal.map((entry) => entry.key)).size).toBe(world.journal.length);
  });

  it('a rung that is a task alone goes on', () => {
    const world = lateOn('2026-10-04');
    world.ladder = [
      ...world.ladder,
      {
        ...(world.ladder[2] as (typeof world.ladder)[number]),
        name: 'court',
        days: 4,
        channel: 'task',
        task: 'Keep the day of the court',
      },
    ];
    promises(world, 'L1', day('2026-10-14'));
    expect(runUntil(world, '2026-10-14')).toMatchObject({ rungs: ['court:L1:2026-10'], sends: [] });
  });
});

describe('after it', () => {
  it('is broken: the ladder goes on with its newest rung alone, and somebody is told', () => {
    const world = lateOn('2026-10-04');
    promises(world, 'L1', day('2026-10-14'));
    runUntil(world, '2026-10-14');
    const told = runUntil(world, '2026-10-15');
    expect(told.rungs).toEqual(['late-second:L1:2026-10']);
    expect(told.sends).toEqual(['late-second']);
    expect(told.tasks).toEqual(expect.arrayContaining([expect.stringMatching(/^promise:request:/)]));
    expect([states(world), holds(world)]).toEqual([['broken'], 0]);
    expect(runUntil(world, '2026-10-18')).toMatchObject({ rungs: [], sends: [] });
  });

  it('is not given again for the same debt, and is for another one', () => {
    const world = lateOn('2026-10-04');
    promises(world, 'L1', day('2026-10-06'));
    runUntil(world, '2026-10-08');
    expect(promises(world, 'L1', day('2026-10-12'))).toBe('broken before');
    seen(world, 'p1', 105_000, world.today);
    runUntil(world, '2026-11-02');
    expect(promises(world, 'L1', day('2026-11-08'))).toMatchObject({ kind: 'promise' });
  });

  it('is kept by money on its way that was set going in time', () => {
    const world = lateOn('2026-10-04');
    promises(world, 'L1', day('2026-10-14'));
    runUntil(world, '2026-10-14');
    seen(world, 'p1', 105_000, world.today, 'pending');
    expect(runUntil(world, '2026-10-18')).toMatchObject({ rungs: [] });
    expect(states(world)).toEqual(['open']);
    seen(world, 'p1', 105_000, day('2026-10-14'));
    runUntil(world, '2026-10-19');
    expect([states(world), holds(world)]).toEqual([['kept'], 0]);
  });

  it('is broken when that money fails', () => {
    const world = lateOn('2026-10-04');
    promises(world, 'L1', day('2026-10-14'));
    runUntil(world, '2026-10-14');
    seen(world, 'p1', 105_000, world.today, 'pending');
    runUntil(world, '2026-10-16');
    seen(world, 'p1', 105_000, day('2026-10-14'), 'failed');
    expect(runUntil(world, '2026-10-17').rungs).toEqual(['late-second:L1:2026-10']);
    expect(states(world)).toEqual(['broken']);
  });
});

it('is taken for what is owed now only', () => {
  const world = newWorld();
  world.leases.push(leaseFrom(world, 'L1', optionsOf(LEASE.split(' '), [])));
  runDay(world, nothingTold(), FIRST);
  seen(world, 'p1', 100_000, FIRST);
  expect(promises(world, 'L1', day('2026-10-05'))).toBe('nothing owed');
});

it('is not needed for a line that is disputed', () => {
  const world = lateOn('2026-10-04');
  disputes(world, 'L1', 'rent:L1:2026-10');
  expect(promises(world, 'L1', day('2026-10-06'))).toBe('nothing owed');
});

it('is taken by no house that has switched it off', () => {
  const world = lateOn('2026-10-04');
  world.settings = { ...world.settings, promiseDays: 0 };
  expect(promises(world, 'L1', day('2026-10-06'))).toBe('off');
});

/** A payment set going on one day and told of on a later one; days on which no run came. */
const lives = fc.record({
  lasts: fc.integer({ min: 0, max: 10 }),
  parts: fc.array(
    fc.record({
      share: fc.integer({ min: 1, max: 3 }),
      on: fc.integer({ min: 0, max: 14 }),
      later: fc.integer({ min: 0, max: 6 }),
    }),
    { maxLength: 4 },
  ),
  missed: fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 12 }),
});

it('ends by when the money was set going, in every order of payments, news and runs', () => {
  fc.assert(
    fc.property(lives, ({ lasts, parts, missed }) => {
      const world = lateOn('2026-10-02');
      const given = world.today;
      const until = addDays(given, lasts);
      promises(world, 'L1', until);
      const shares = parts.map(({ share }) => Math.ceil((100_000 * share) / 3));
      const inTime = parts.reduce((all, { on }, at) => all + (addDays(given, on) <= until ? (shares[at] ?? 0) : 0), 0);
      for (let days = 0; days <= 26; days++) {
        world.today = addDays(given, days);
        // What was not paid in time may have its day run anew: the same day twice says the same.
        if (days > 0 && (!missed.includes(days) || days === 26)) runDay(world, nothingTold(), world.today);
        parts.forEach(({ on, later }, at) => {
          if (on + later === days) seen(world, `p${at}`, shares[at] ?? 0, addDays(given, on));
        });
        if (world.today <= until) expect(stateIn(world, L1).rungs.filter(({ on }) => on > given)).toEqual([]);
      }
      expect(states(world)).toEqual([inTime >= 100_000 ? 'kept' : 'broken']);
      expect(holds(world)).toBe(0);
    }),
    { numRuns: 150 },
  );
});
