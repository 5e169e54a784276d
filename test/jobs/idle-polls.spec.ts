/** What a poll costs in which nothing happens, with every message platform connected: a small constant, whatever lies in the books. */
import { leapTo, leaseOf, MINUTE, sheetsCalls, smallWorld, standAt, typeInto, type World } from '../worlds';
import { connectTo, MESSAGE_PLATFORMS, mornings, newYork, poll, texted } from './carriers-world';

const settings = { 'Mail by': 'sendgrid', 'Texts by': 'twilio', 'Hand over hours': '12' };
const leases = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    leaseOf(`L-${at + 1}`, at % 2 === 0 ? {} : texted(`+141555502${String(at).padStart(2, '0')}`)),
  );

/** Some days after the first of December, at noon: all has been told and nobody waits for anything. */
function quiet(count: number): World {
  const world = smallWorld({ on: '2026-11-25', leases: leases(count), settings });
  connectTo(world, ...MESSAGE_PLATFORMS);
  mornings(world, '2026-11-30', '2026-12-01', '2026-12-02');
  for (const time of ['10:00', '11:00', '12:02'] as const) leapTo(world, newYork('2026-12-02', time));
  return world;
}

/** The calls of some polls in a row; once an hour Azure and the older texts are asked after as well. */
const costs = (world: World) =>
  [1, 2, 3].map(() => {
    const { ok, calls, totalCalls } = poll(standAt(world, world.now + 10 * MINUTE));
    expect(ok).toBe(true);
    return { all: totalCalls, sheets: sheetsCalls(calls), fetches: calls['UrlFetchApp.fetchAll'] ?? 0 };
  });

describe('an idle poll with all eight message platforms', () => {
  const small = quiet(2);

  it('makes a handful of calls: it reads the sheet once, and all platforms side by side', () => {
    for (const cost of costs(small.clone())) {
      expect(cost.sheets).toBe(2);
      expect(cost.all).toBeLessThanOrEqual(16);
      // One for the feeds of money, and as many as the platform with the longest list of questions.
      expect(cost.fetches).toBeLessThanOrEqual(5);
    }
  });

  it('makes as many of them for sixty leases as for two', () => {
    expect(costs(quiet(60))).toEqual(costs(small.clone()));
  });

  it('makes as many of them whether or not failures are told', () => {
    const silent = small.clone();
    typeInto(silent, 'Settings', 'Failure alerts', 'Value', 'off');
    silent.state.nowMs = small.now;
    const before = small.clone();
    typeInto(before, 'Settings', 'Failure alerts', 'Value', 'on');
    before.state.nowMs = small.now;
    expect(costs(before)).toEqual(costs(silent));
  });

  it('writes nothing to the sheet, and takes the lock no more often than without them', () => {
    const world = small.clone();
    const before = JSON.stringify(world.workbook);
    const { calls } = poll(standAt(world, world.now + 10 * MINUTE));
    expect(JSON.stringify(world.workbook)).toBe(before);
    expect(calls['LockService.tryLock']).toBe(1);
  });

  it('counts its calls of every platform, those of the feeds of money as well', () => {
    const world = small.clone();
    const counted = () =>
      (
        JSON.parse(world.properties[`user:${world.owner}`]?.['calls-today'] ?? '{}') as {
          calls: Record<string, number>;
        }
      ).calls;
    const before = counted();
    poll(standAt(world, world.now + 10 * MINUTE));
    for (const platform of ['stripe', 'twilio', 'sendgrid', 'mailgun'])
      expect([platform, (counted()[platform] ?? 0) > (before[platform] ?? 0)]).toEqual([platform, true]);
  });
});

describe('a first of the month', () => {
  it('costs the Outbox as many service calls for sixty messages by carriers as for two', () => {
    const sent = (count: number) => {
      const world = smallWorld({
        on: '2026-11-25',
        leases: leases(count),
        settings: { ...settings, 'Hand over hours': '0' },
      });
      connectTo(world, 'sendgrid', 'mailgun', 'twilio', 'google-sheets', 'azure-logic-apps');
      mornings(world, '2026-11-30');
      for (const time of ['00:20', '00:40', '07:50'] as const) leapTo(world, newYork('2026-12-01', time));
      const { calls } = poll(standAt(world, newYork('2026-12-01', '08:05')));
      // A seal for each link is computed here, and asks nobody.
      const { 'UrlFetchApp.fetchAll': fetches = 0, 'Utilities.computeHmacSignature': _seals, ...others } = calls;
      return { fetches, others };
    };
    const [two, sixty] = [sent(2), sent(60)];
    expect(sixty.others).toEqual(two.others);
    // Platforms take some at once: waves grow with their limits, and not with each message.
    expect(sixty.fetches).toBeLessThanOrEqual(two.fetches + 12);
  });
});
