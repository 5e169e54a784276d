/** Civil dates and zones, by property, with Temporal as the second opinion. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addBusinessDays,
  addDays,
  dateOf,
  dayFrom,
  dayNumber,
  daysBetween,
  daysInMonth,
  instantOf,
  localDay,
  localTime,
  monthlyAnchor,
  monthOf,
  parseDay,
  weekday,
  yearOf,
} from '../../src/domain/calendar';
import { type Day, instant, zone } from '../../src/domain/values';

const anyDay = fc.integer({ min: -25_000, max: 80_000 }).map((number) => dayFrom(number));
const plain = (on: Day) => Temporal.PlainDate.from(on);

it('day numbers, sums, differences and weekdays agree with Temporal', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (on, days) => {
      const date = plain(on);
      expect(dayNumber(on)).toBe(date.since('1970-01-01', { largestUnit: 'days' }).days);
      expect(addDays(on, days)).toBe(date.add({ days }).toString());
      expect(daysBetween(on, addDays(on, days))).toBe(days);
      expect([yearOf(on), monthOf(on), dateOf(on), weekday(on)]).toEqual([
        date.year,
        date.month,
        date.day,
        date.dayOfWeek,
      ]);
      expect(daysInMonth(date.year, date.month)).toBe(date.daysInMonth);
    }),
  );
});

it('only days that exist are read', () => {
  const parts = fc.tuple(
    fc.integer({ min: 1900, max: 2200 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
  );
  fc.assert(
    fc.property(parts, ([year, month, date]) => {
      const text = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
      let exists = true;
      try {
        Temporal.PlainDate.from(text);
      } catch {
        exists = false;
      }
      expect(parseDay(text)).toBe(exists ? text : undefined);
    }),
  );
  expect(['2026-02-31', '2026-2-3', '2026-02-03x', '', '20260203'].map(parseDay)).toEqual(Array(5).fill(undefined));
});

it('a date of the month is counted from its anchor and clamped, never drifting', () => {
  const anchor = fc.tuple(
    fc.integer({ min: 1950, max: 2100 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 31 }),
  );
  fc.assert(
    fc.property(anchor, fc.integer({ min: -240, max: 240 }), ([year, month, date], months) => {
      const first = Temporal.PlainDate.from({ year, month, day: 1 }).add({ months });
      expect(monthlyAnchor(year, month, date, months)).toBe(
        first.with({ day: date }, { overflow: 'constrain' }).toString(),
      );
    }),
  );
});

it.each([29, 30, 31])('a due day of %i keeps its date through 48 months and a leap year', (date) => {
  const all = Array.from({ length: 48 }, (_, months) => monthlyAnchor(2026, 1, date, months));
  expect(all.map((on) => dateOf(on))).toEqual(all.map((on) => Math.min(date, daysInMonth(yearOf(on), monthOf(on)))));
  expect(all.filter((on) => monthOf(on) === 2)).toEqual(['2026-02-28', '2027-02-28', '2028-02-29', '2029-02-28']);
});

const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'Europe/Berlin',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'Pacific/Honolulu',
];

/** The hour of 2026 in which each zone's clock jumps, both ways; zones without summer time have none. */
const SWITCHES: readonly (readonly [string, string])[] = [
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2026-04-05'],
];

it('a moment has the day and the clock that Temporal gives it, in every zone', () => {
  const moments = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) });
  fc.assert(
    fc.property(moments, fc.constantFrom(...ZONES), (ms, name) => {
      const there = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(name);
      expect(localDay(instant(ms), zone(name))).toBe(there.toPlainDate().toString());
      const { hour, minute, second } = localTime(instant(ms), zone(name));
      expect([hour, minute, second]).toEqual([there.hour, there.minute, there.second]);
    }),
    { numRuns: 300 },
  );
});

const temporalInstant = (on: Day, hour: number, minute: number, name: string): number =>
  plain(on).toPlainDateTime({ hour, minute }).toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds;

it('a wall clock is the moment that Temporal gives it, also where an hour is missing or comes twice', () => {
  const times = fc.tuple(fc.integer({ min: 18_262, max: 25_567 }), fc.nat({ max: 23 }), fc.nat({ max: 59 }));
  fc.assert(
    fc.property(times, fc.constantFrom(...ZONES), ([number, hour, minute], name) => {
      const on = dayFrom(number);
      expect(instantOf(on, hour, minute, zone(name))).toBe(temporalInstant(on, hour, minute, name));
    }),
    { numRuns: 300 },
  );
});

it.each(SWITCHES)(
  'every quarter of an hour in %s on %s and its neighbours is the moment Temporal gives it',
  (name, on) => {
    const quarters = Array.from({ length: 3 * 96 }, (_, i) => ({
      on: addDays(on as Day, Math.floor(i / 96) - 1),
      hour: Math.floor((i % 96) / 4),
      minute: (i % 4) * 15,
    }));
    const ours = quarters.map((at) => instantOf(at.on, at.hour, at.minute, zone(name)));
    expect(ours).toEqual(quarters.map((at) => temporalInstant(at.on, at.hour, at.minute, name)));
  },
);

it('business days leave out Saturdays and Sundays', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (on, days) => {
      const end = addBusinessDays(on, days);
      const between = Array.from({ length: daysBetween(on, end) }, (_, i) => weekday(addDays(on, i + 1)));
      expect(between.filter((each) => each <= 5).length).toBe(days);
      expect(weekday(end)).toBeLessThanOrEqual(5);
    }),
  );
});
