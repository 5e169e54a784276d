/** Rent periods: they begin on the due day, are clamped in short months, and never drift from their anchor. */
import type { Frequency } from './book';
import { addDays, dateOf, dayNumber, daysBetween, monthKey, monthlyAnchor, monthOf, weekday, yearOf } from './calendar';
import type { Day } from './values';

/** A whole rent period [from, until). */
export interface Period {
  readonly from: Day;
  readonly until: Day;
}

export interface Schedule {
  readonly frequency: Frequency;
  /** Date of the month, or ISO weekday for weekly and fortnightly rents. */
  readonly dueDay: number;
  /** First day of the lease: quarterly, yearly and fortnightly periods are counted from the period that holds it. */
  readonly start: Day;
}

/** Months in a period; 0 for periods counted in weeks. */
export const MONTHS: Readonly<Record<Frequency, number>> = {
  weekly: 0,
  fortnightly: 0,
  monthly: 1,
  quarterly: 3,
  yearly: 12,
};
const WEEK_DAYS: Readonly<Partial<Record<Frequency, number>>> = { weekly: 7, fortnightly: 14 };

/** The whole period that holds a day, also before the lease's start. */
export function periodOf(schedule: Schedule, on: Day): Period {
  const weekDays = WEEK_DAYS[schedule.frequency];
  return weekDays === undefined ? monthsPeriod(schedule, on) : weeksPeriod(schedule, weekDays, on);
}

function weeksPeriod(schedule: Schedule, length: number, on: Day): Period {
  const anchor = dayNumber(schedule.start) - ((weekday(schedule.start) - schedule.dueDay + 7) % 7);
  const steps = Math.floor((dayNumber(on) - anchor) / length);
  const from = addDays(schedule.start, anchor - dayNumber(schedule.start) + steps * length);
  return { from, until: addDays(from, length) };
}

function monthsPeriod({ frequency, dueDay, start }: Schedule, on: Day): Period {
  const step = MONTHS[frequency];
  const { year, month } = firstMonth(start, dueDay);
  const monthsApart = (yearOf(on) - year) * 12 + monthOf(on) - month;
  const steps = Math.floor(monthsApart / step);
  const from = monthlyAnchor(year, month, dueDay, steps * step);
  return from <= on
    ? { from, until: monthlyAnchor(year, month, dueDay, (steps + 1) * step) }
    : { from: monthlyAnchor(year, month, dueDay, (steps - 1) * step), until: from };
}

/** The month of the due date at or before the start. */
function firstMonth(start: Day, dueDay: number): { year: number; month: number } {
  const year = yearOf(start);
  const month = monthOf(start);
  if (monthlyAnchor(year, month, dueDay, 0) <= start) return { year, month };
  return month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 };
}

/** Names a charge's period in its key: `2026-12` for one that begins on its period's due day, else its first day. */
export const periodLabel = (frequency: Frequency, period: Period, from: Day): string =>
  MONTHS[frequency] > 0 && period.from === from ? monthKey(from) : from;

/**
 * Days of [from, until) in a month of `fixedDays` days (30 for the banker's month): the calendar days, less what the first
 * month has beyond `fixedDays` when the days run into the next month (as Kill Bill's fixed proration counts).
 */
export function fixedMonthDays(from: Day, until: Day, fixedDays: number): number {
  const last = addDays(until, -1);
  let days = daysBetween(from, until);
  let year = yearOf(from);
  let month = monthOf(from);
  while (year < yearOf(last) || (year === yearOf(last) && month < monthOf(last))) {
    days -= dateOf(addDays(monthlyAnchor(year, month, 1, 1), -1)) - fixedDays;
    if (month === 12) year++;
    month = month === 12 ? 1 : month + 1;
  }
  return days;
}
