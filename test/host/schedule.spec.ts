/** Clock triggers: fixed offsets, wall-clock hours, and both nights on which the clock changes. */
import fc from 'fast-check';
import { type ClockSpec, nextFire, ruleOf } from '../../local/host/schedule';
import { HOUR_MS, instantOf, MINUTE_MS, wallTime } from '../../local/host/zone';
import { OWNER, tinyWorld } from './tiny-world';

const NEW_YORK = 'America/New_York';

function fires(spec: ClockSpec, zone: string, from: string, count: number, seed = 1): number[] {
  const fromMs = Date.parse(from);
  const rule = ruleOf(spec, zone, fromMs, seed, 'trigger:1');
  const times: number[] = [];
  let after = fromMs;
  while (times.length < count) {
    const next = nextFire(rule, zone, after);
    if (next === undefined) break;
    times.push(next);
    after = next;
  }
  return times;
}

const clock = (ms: number) => {
  const { day, hour, minute } = wallTime(NEW_YORK, ms);
  return `${day} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};

describe('a wall-clock time', () => {
  it('that spring-forward skips becomes the first valid instant', () => {
    expect(new Date(instantOf(NEW_YORK, Date.UTC(2026, 2, 8, 2, 30))).toISOString()).toBe('2026-03-08T07:00:00.000Z');
  });

  it('that fall-back repeats is its first occurrence', () => {
    expect(new Date(instantOf(NEW_YORK, Date.UTC(2026, 10, 1, 1, 30))).toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });

  it('reads back as itself on any other day', () => {
    const anyZone = fc.constantFrom(NEW_YORK, 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Etc/UTC');
    fc.assert(
      fc.property(anyZone, fc.integer({ min: 0, max: 4_000_000_000 }), (zone, second) => {
        const { year, month, day, hour, minute } = wallTime(zone, second * 1000);
        const found = wallTime(zone, instantOf(zone, Date.UTC(year, month - 1, day, hour, minute)));
        expect(found).toMatchObject({ year, month, day, hour, minute });
      }),
    );
  });
});

describe('everyDays at 2 o’clock', () => {
  it('runs once on the day that has no 2 o’clock', () => {
    const times = fires({ everyDays: 1, atHour: 2 }, NEW_YORK, '2026-03-06T12:00:00Z', 4);
    expect(times.map((ms) => wallTime(NEW_YORK, ms).day)).toEqual([7, 8, 9, 10]);
    expect(clock(times[1] ?? 0)).toBe('8 03:00');
    expect(clock(times[2] ?? 0)).toMatch(/^9 02:/);
  });

  it('runs once on the day that has 1 o’clock twice', () => {
    const times = fires({ everyDays: 1, atHour: 1 }, NEW_YORK, '2026-10-30T12:00:00Z', 4);
    expect(times.map((ms) => wallTime(NEW_YORK, ms).day)).toEqual([31, 1, 2, 3]);
    expect(times.every((ms) => wallTime(NEW_YORK, ms).hour === 1)).toBe(true);
  });

  it('keeps its minute from day to day', () => {
    const minutes = fires({ everyDays: 1, atHour: 9 }, NEW_YORK, '2026-03-01T12:00:00Z', 30).map(
      (ms) => wallTime(NEW_YORK, ms).minute,
    );
    expect(new Set(minutes).size).toBe(1);
  });
});

describe('a rule', () => {
  it('never fires outside of itself, whatever the seed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 15, max: 44 }), (seed, hour, minute) => {
        const spec = { everyDays: 1, atHour: hour, nearMinute: minute };
        const [first = 0] = fires(spec, 'Etc/UTC', '2026-05-01T00:00:00Z', 1, seed);
        const wall = wallTime('Etc/UTC', first);
        expect(wall.hour).toBe(hour);
        expect(Math.abs(wall.minute - minute)).toBeLessThanOrEqual(15);
      }),
    );
  });

  it('of minutes keeps a fixed step through the change of clocks', () => {
    const times = fires({ everyMinutes: 10 }, NEW_YORK, '2026-03-08T05:00:00Z', 30);
    const steps = times.slice(1).map((ms, index) => ms - (times[index] ?? 0));
    expect(new Set(steps)).toEqual(new Set([10 * MINUTE_MS]));
  });

  it('of hours fires each hour at the same minute', () => {
    const times = fires({ everyHours: 1 }, NEW_YORK, '2026-11-01T03:00:00Z', 6);
    expect(new Set(times.map((ms) => ms % HOUR_MS)).size).toBe(1);
    expect((times[5] ?? 0) - (times[0] ?? 0)).toBe(5 * HOUR_MS);
  });

  it('of weekdays and of days of the month fires on those', () => {
    const mondays = fires({ everyWeeks: 1, onWeekDay: 1, atHour: 8 }, NEW_YORK, '2026-03-04T12:00:00Z', 3);
    expect(mondays.map((ms) => wallTime(NEW_YORK, ms).day)).toEqual([9, 16, 23]);
    const last = fires({ onMonthDay: 31, atHour: 8 }, NEW_YORK, '2026-03-04T12:00:00Z', 3);
    expect(last.map((ms) => wallTime(NEW_YORK, ms).month)).toEqual([3, 5, 7]);
  });
});

const APP = `
  function tick() { console.log(new Date().toISOString()); }
  function setUp() { ScriptApp.newTrigger('tick').timeBased().everyMinutes(10).create(); }
  function once() { ScriptApp.newTrigger('tick').timeBased().after(60000).create(); }
  function list() { return ScriptApp.getProjectTriggers().map(function (t) {
    return [t.getHandlerFunction(), String(t.getEventType()), String(t.getTriggerSource())]; }); }
  function clear() { ScriptApp.getProjectTriggers().forEach(function (t) { ScriptApp.deleteTrigger(t); }); }
  function slow() { Utilities.sleep(200000); }
  function setUpSlow() { ScriptApp.newTrigger('slow').timeBased().everyMinutes(1).create(); }
  function watch() { ScriptApp.newTrigger('seen').forSpreadsheet(SpreadsheetApp.getActive()).onEdit().create(); }
  function seen(e) { return [e.triggerUid.length > 5, Session.getEffectiveUser().getEmail()]; }
`;

describe('a world that moves on', () => {
  it('fires each ten minutes and ends at the asked instant', () => {
    const world = tinyWorld(APP);
    world.run('setUp');
    const fired: number[] = [];
    const moved = world.advanceTo('2026-03-02T18:00:00Z', { onRun: () => fired.push(world.now) });
    expect(moved).toEqual({ runs: 18, reached: true });
    expect(world.now).toBe(Date.parse('2026-03-02T18:00:00Z'));
    expect(fired.every((ms, index) => index === 0 || ms - (fired[index - 1] ?? 0) === 10 * MINUTE_MS)).toBe(true);
  });

  it('stops at a limit of runs', () => {
    const world = tinyWorld(APP);
    world.run('setUp');
    expect(world.advanceTo('2026-03-03T00:00:00Z', { limit: 3 })).toEqual({ runs: 3, reached: false });
  });

  it('fires a one-shot once, not early, and keeps it listed', () => {
    const world = tinyWorld(APP);
    world.run('once');
    const made = world.now;
    const fired: number[] = [];
    world.advanceTo('2026-03-03T00:00:00Z', { onRun: () => fired.push(world.now) });
    expect(fired).toHaveLength(1);
    expect((fired[0] ?? 0) - made).toBeGreaterThanOrEqual(59_000);
    expect(world.run('list').value).toEqual([['tick', 'CLOCK', 'CLOCK']]);
  });

  it('runs a late trigger once and not for every time it missed', () => {
    const world = tinyWorld(APP);
    world.run('setUpSlow');
    expect(world.advanceTo('2026-03-02T16:00:00Z').runs).toBe(19);
  });

  it('shows and deletes only the triggers of the account that asks', () => {
    const world = tinyWorld(APP);
    world.run('setUp');
    world.run('setUp', [], { user: 'other@example.com' });
    world.run('clear');
    expect(world.triggers.map((trigger) => trigger.user)).toEqual(['other@example.com']);
  });

  it('runs an installed edit trigger as the account that made it', () => {
    const world = tinyWorld(APP);
    world.run('watch');
    const { runs } = world.edit('Sheet1', 'A1', 'x', 'other@example.com');
    expect(runs.map((run) => run.value)).toEqual([[true, OWNER]]);
  });

  it('cannot go back', () => {
    expect(() => tinyWorld(APP).advanceTo('2026-03-01T00:00:00Z')).toThrow('only moves on');
  });
});
