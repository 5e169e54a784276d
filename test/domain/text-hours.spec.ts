/** The hours in which residents are texted: those of the law and those of Settings both hold, in the property's zone. */
import fc from 'fast-check';
import { addDays, day, instantOf, localTime } from '../../src/domain/calendar';
import { type Instant, instant, type Zone, zone } from '../../src/domain/values';
import { sendFrom, textFrom, textUntil } from '../../src/domain/wishes';

const NEW_YORK = zone('America/New_York');
const HOUR_MS = 3_600_000;

type Quiet = Parameters<typeof textFrom>[2];
const quiet = (from: number, until: number): Quiet => ({ quietFromHour: from, quietUntilHour: until });
const NEVER = quiet(0, 0);

const isQuiet = (hour: number, { quietFromHour: from, quietUntilHour: until }: Quiet): boolean =>
  from < until ? hour >= from && hour < until : from > until && (hour >= from || hour < until);
const isNight = (hour: number): boolean => hour < 8 || hour >= 21;
const mayText = (hour: number, settings: Quiet): boolean => !isNight(hour) && !isQuiet(hour, settings);
const hasRoom = (settings: Quiet): boolean =>
  Array.from({ length: 24 }, (_, hour) => hour).some((h) => mayText(h, settings));

const clock = (at: Instant, where: Zone): string => {
  const { day: on, hour, minute } = localTime(at, where);
  return `${on} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};

function fromAndUntil(text: string, settings: Quiet, where = NEW_YORK): string {
  const [on = '', time = ''] = text.split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const from = textFrom(instantOf(day(on), hour, minute, where), where, settings);
  return `${clock(from, where)} to ${clock(textUntil(from, where, settings), where)}`;
}

describe('a text may leave', () => {
  it.each([
    ['2026-12-09 12:00', NEVER, '2026-12-09 12:00 to 2026-12-09 21:00'],
    ['2026-12-09 07:59', NEVER, '2026-12-09 08:00 to 2026-12-09 21:00'],
    ['2026-12-09 08:00', NEVER, '2026-12-09 08:00 to 2026-12-09 21:00'],
    ['2026-12-09 20:59', NEVER, '2026-12-09 20:59 to 2026-12-09 21:00'],
    ['2026-12-09 21:00', NEVER, '2026-12-10 08:00 to 2026-12-10 21:00'],
    ['2026-12-09 23:30', quiet(22, 7), '2026-12-10 08:00 to 2026-12-10 21:00'],
    ['2026-12-09 07:00', quiet(20, 10), '2026-12-09 10:00 to 2026-12-09 20:00'],
    ['2026-12-09 20:30', quiet(20, 10), '2026-12-10 10:00 to 2026-12-10 20:00'],
    ['2026-12-09 12:30', quiet(12, 14), '2026-12-09 14:00 to 2026-12-09 21:00'],
    ['2026-12-09 09:00', quiet(12, 14), '2026-12-09 09:00 to 2026-12-09 12:00'],
    ['2026-12-09 12:00', quiet(9, 23), '2026-12-10 08:00 to 2026-12-10 09:00'],
  ])('%s, quiet by Settings %j: %s', (now, settings, expected) => {
    expect(fromAndUntil(now, settings)).toBe(expected);
  });

  it('by the clock of the property, also in the night in which that clock is put on or back', () => {
    expect(fromAndUntil('2027-03-13 22:00', NEVER)).toBe('2027-03-14 08:00 to 2027-03-14 21:00');
    expect(fromAndUntil('2026-10-31 22:00', NEVER)).toBe('2026-11-01 08:00 to 2026-11-01 21:00');
    expect(fromAndUntil('2027-03-14 01:30', quiet(21, 2))).toBe('2027-03-14 08:00 to 2027-03-14 21:00');
    const night = textFrom(instantOf(day('2026-10-31'), 22, 0, NEW_YORK), NEW_YORK, NEVER);
    expect(night - instantOf(day('2026-10-31'), 22, 0, NEW_YORK)).toBe(11 * HOUR_MS);
  });

  it('never where the quiet hours of Settings take up the whole of the day', () => {
    const always = quiet(7, 22);
    expect(hasRoom(always)).toBe(false);
    const noon = instantOf(day('2026-12-09'), 12, 0, NEW_YORK);
    const from = textFrom(noon, NEW_YORK, always);
    expect(clock(from, NEW_YORK)).toBe('2026-12-10 08:00');
    // Asked again then, as before each sending, it waits for another day.
    expect(textFrom(from, NEW_YORK, always)).toBeGreaterThan(from);
  });
});

/** Clocks that are put on and back, in the night and at midnight, by an hour and by half of one, and one that never is. */
const ZONES = [
  'America/New_York',
  'America/Phoenix',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
].map(zone);

const hours = fc.integer({ min: 0, max: 23 });
const settings = fc.tuple(hours, hours).map(([from, until]) => quiet(from, until));
const moments = fc
  .tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 86_399 }))
  .map(([days, second]) => instant(instantOf(addDays(day('2026-01-01'), days), 0, 0, NEW_YORK) + second * 1000));
const cases = fc.record({ where: fc.constantFrom(...ZONES), settings, now: moments });

it('a text never leaves in a quiet hour, and never before now', () => {
  fc.assert(
    fc.property(cases, ({ where, settings: hours, now }) => {
      const from = textFrom(now, where, hours);
      const { hour } = localTime(from, where);
      expect(from).toBeGreaterThanOrEqual(now);
      expect(isNight(hour)).toBe(false);
      if (hasRoom(hours)) expect(isQuiet(hour, hours)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

it('waits for no longer than it must: what may leave now leaves now, and the rest within a day and an hour', () => {
  fc.assert(
    fc.property(cases, ({ where, settings: hours, now }) => {
      const from = textFrom(now, where, hours);
      if (mayText(localTime(now, where).hour, hours)) expect(from).toBe(now);
      if (hasRoom(hours)) expect(from - now).toBeLessThanOrEqual(25 * HOUR_MS);
    }),
    { numRuns: 2000 },
  );
});

it('what may leave must have left before the next quiet hour begins, within a day', () => {
  fc.assert(
    fc.property(cases, ({ where, settings: hours, now }) => {
      fc.pre(hasRoom(hours));
      const from = textFrom(now, where, hours);
      const until = textUntil(from, where, hours);
      expect(until).toBeGreaterThan(from);
      expect(until - from).toBeLessThanOrEqual(24 * HOUR_MS);
      for (let at = from; at < until; at = instant(at + HOUR_MS / 4))
        expect(mayText(localTime(at, where).hour, hours)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it('mail keeps the quiet hours of Settings alone', () => {
  fc.assert(
    fc.property(cases, ({ where, settings: hours, now }) => {
      const from = sendFrom(now, where, hours);
      expect(from).toBeGreaterThanOrEqual(now);
      expect(isQuiet(localTime(from, where).hour, hours)).toBe(false);
      if (!isQuiet(localTime(now, where).hour, hours)) expect(from).toBe(now);
    }),
    { numRuns: 2000 },
  );
});
