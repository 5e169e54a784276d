/** Rent periods by property: they tile time, begin on the due day, and never drift from the lease's start. */
import fc from 'fast-check';
import type { Frequency } from '../../src/domain/book';
import { addDays, dateOf, day, daysBetween, daysInMonth, monthOf, weekday, yearOf } from '../../src/domain/calendar';
import { MONTHS, type Period, periodOf, type Schedule } from '../../src/domain/periods';
import { periodsWithin, renewedEnd } from '../../src/domain/term-dates';

const starts = fc.integer({ min: 0, max: 3000 }).map((days) => addDays(day('2023-01-01'), days));
const inWeeks = (frequency: Frequency) => MONTHS[frequency] === 0;

const schedules: fc.Arbitrary<Schedule> = fc
  .record({
    frequency: fc.constantFrom<Frequency>('weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly'),
    date: fc.integer({ min: 1, max: 31 }),
    start: starts,
  })
  .map(({ frequency, date, start }) => ({
    frequency,
    dueDay: inWeeks(frequency) ? ((date - 1) % 7) + 1 : date,
    start,
  }));

it('periods follow each other without a gap or an overlap, before the start as after it', () => {
  fc.assert(
    fc.property(schedules, fc.integer({ min: -400, max: 400 }), (schedule, offset) => {
      let period: Period = periodOf(schedule, addDays(schedule.start, offset));
      for (let i = 0; i < 60; i++) {
        const next = periodOf(schedule, period.until);
        expect(next.from).toBe(period.until);
        expect(daysBetween(next.from, next.until)).toBeGreaterThan(0);
        expect(periodOf(schedule, addDays(next.until, -1))).toEqual(next);
        period = next;
      }
    }),
    { numRuns: 60 },
  );
});

it('every day lies in the period that is found for it', () => {
  fc.assert(
    fc.property(schedules, fc.integer({ min: -1500, max: 1500 }), (schedule, offset) => {
      const on = addDays(schedule.start, offset);
      const { from, until } = periodOf(schedule, on);
      expect(from <= on && on < until).toBe(true);
      expect(periodOf(schedule, from)).toEqual({ from, until });
    }),
  );
});

it('a period begins on the due day, clamped in short months, years after the start as in the first', () => {
  fc.assert(
    fc.property(schedules, fc.integer({ min: 0, max: 4000 }), (schedule, offset) => {
      const { from, until } = periodOf(schedule, addDays(schedule.start, offset));
      if (inWeeks(schedule.frequency)) {
        expect(weekday(from)).toBe(schedule.dueDay);
        expect(daysBetween(from, until)).toBe(schedule.frequency === 'weekly' ? 7 : 14);
      } else {
        expect(dateOf(from)).toBe(Math.min(schedule.dueDay, daysInMonth(yearOf(from), monthOf(from))));
        const months = (yearOf(until) - yearOf(from)) * 12 + monthOf(until) - monthOf(from);
        expect(months).toBe(MONTHS[schedule.frequency]);
        const first = periodOf(schedule, schedule.start).from;
        const apart = (yearOf(from) - yearOf(first)) * 12 + monthOf(from) - monthOf(first);
        expect(Math.abs(apart % MONTHS[schedule.frequency])).toBe(0);
      }
    }),
  );
});

it('the charged parts of a term join up from its first day to its last', () => {
  fc.assert(
    fc.property(schedules, fc.integer({ min: 0, max: 1500 }), (schedule, days) => {
      const end = addDays(schedule.start, days);
      const parts = periodsWithin(schedule, end);
      expect([parts[0]?.from, parts.at(-1)?.until]).toEqual([schedule.start, addDays(end, 1)]);
      for (const [i, part] of parts.entries()) expect(part.from).toBe(parts[i - 1]?.until ?? schedule.start);
    }),
  );
});

it('a renewed term of whole periods has as many periods once more', () => {
  fc.assert(
    fc.property(schedules, fc.integer({ min: 1, max: 40 }), (made, count) => {
      const schedule = { ...made, start: periodOf(made, made.start).from };
      let end = schedule.start;
      for (let i = 0; i < count; i++) end = periodOf(schedule, end).until;
      const term = periodsWithin(schedule, addDays(end, -1)).length;
      expect(term).toBe(count);
      expect(periodsWithin(schedule, renewedEnd(schedule, addDays(end, -1))).length).toBe(2 * count);
    }),
    { numRuns: 50 },
  );
});
