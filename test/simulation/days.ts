/** Civil days and chance for the model, written apart from the product's own so that they cannot share its mistakes. */

export type DayText = string;

const DAY_MS = 86_400_000;

export const msOfDay = (day: DayText): number => Date.parse(`${day}T00:00:00Z`);
export const shift = (day: DayText, days: number): DayText =>
  new Date(msOfDay(day) + days * DAY_MS).toISOString().slice(0, 10);
export const between = (first: DayText, second: DayText): number =>
  Math.round((msOfDay(second) - msOfDay(first)) / DAY_MS);
/** 1 for Monday to 7. */
export const weekdayOf = (day: DayText): number => new Date(msOfDay(day)).getUTCDay() || 7;
export const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The day of a month, counted in months since year 0, or its last one where it has no such day. */
export function dayOfMonth(monthIndex: number, date: number): DayText {
  const [year, month] = [Math.floor(monthIndex / 12), (monthIndex % 12) + 1];
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(Math.min(date, daysIn(year, month)))}`;
}

export const monthIndexOf = (day: DayText): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone: day and hour. */
export function wallClock(ms: number, zone: string): { readonly day: DayText; readonly hour: number } {
  const known = clocks.get(zone);
  const clock =
    known ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
  if (known === undefined) clocks.set(zone, clock);
  const parts = new Map(clock.formatToParts(ms).map((part) => [part.type, part.value]));
  return { day: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`, hour: Number(parts.get('hour')) };
}

/** Chance from a seed (mulberry32), so that every run can be played again. */
export class Chance {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.whole(0, choices.length - 1)] as T;
  }
}
