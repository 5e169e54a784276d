/** The reference: what a month of rent must come to, by rules so simple that they can be checked by reading them. */
import { between, type DayText, dayOfMonth, daysIn, monthIndexOf, shift, weekdayOf } from './days';

export type Frequency = 'weekly' | 'fortnightly' | 'monthly' | 'quarterly' | 'yearly';

export interface ModelLease {
  readonly id: string;
  readonly property: string;
  readonly email: string;
  readonly rentCents: number;
  readonly frequency: Frequency;
  readonly dueDay: number;
  readonly start: DayText;
  readonly end?: DayText;
  readonly depositCents: number;
  readonly proration: 'actual days' | '30-day' | '365-day';
  readonly allocation: '' | 'by type';
  readonly notify: 'email' | 'none';
}

export interface ModelTerm {
  readonly lease: string;
  readonly type: string;
  readonly amountCents: number;
  readonly from: DayText;
  readonly until?: DayText;
  readonly every: 'period' | 'once';
  readonly memo: string;
}

export interface ModelProperty {
  readonly name: string;
  readonly zone: string;
  readonly currency: 'USD' | 'EUR' | 'JPY';
  readonly jurisdiction: string;
  readonly grace: { readonly rule: 'due + N' | 'N full days'; readonly days: number };
  readonly fee: {
    readonly words: string;
    readonly kind: 'none' | 'flat' | 'percent' | 'growing';
    readonly figure: number;
  };
  readonly returnedCents: number;
  readonly confirmed: boolean;
}

interface Span {
  readonly from: DayText;
  /** The first day that no longer belongs to it. */
  readonly until: DayText;
}

const MONTHS: Readonly<Record<Frequency, number>> = { weekly: 0, fortnightly: 0, monthly: 1, quarterly: 3, yearly: 12 };

/** The whole periods of a lease from the one that holds its start, until one begins after `last`. */
export function periodsOf(lease: ModelLease, last: DayText): Span[] {
  const spans: Span[] = [];
  for (let step = 0; ; step++) {
    const span = { from: periodStart(lease, step), until: periodStart(lease, step + 1) };
    if (span.from > last || (lease.end !== undefined && span.from > lease.end)) return spans;
    spans.push(span);
  }
}

function periodStart(lease: ModelLease, step: number): DayText {
  const { frequency, dueDay, start } = lease;
  if (MONTHS[frequency] === 0) {
    const first = shift(start, -((weekdayOf(start) - dueDay + 7) % 7));
    return shift(first, step * (frequency === 'weekly' ? 7 : 14));
  }
  const month = monthIndexOf(start) - (dayOfMonth(monthIndexOf(start), dueDay) > start ? 1 : 0);
  return dayOfMonth(month + step * MONTHS[frequency], dueDay);
}

/** Half away from nothing, once, on exact integers. */
const rounded = (numerator: number, denominator: number): number =>
  Math.floor((2 * numerator + denominator) / (2 * denominator));

/** Days of a part where every month that it leaves behind counts as thirty. */
function thirtyDays({ from, until }: Span): number {
  let days = between(from, until);
  for (let month = monthIndexOf(from); month < monthIndexOf(shift(until, -1)); month++)
    days -= daysIn(Math.floor(month / 12), (month % 12) + 1) - 30;
  return days;
}

type RateOn = (day: DayText) => number;

/** What a part of a period costs: the days one by one, each at the rate of its day. */
export function costOf(lease: ModelLease, whole: Span, part: Span, rate: RateOn): number {
  const days = Array.from({ length: between(part.from, part.until) }, (_, at) => rate(shift(part.from, at)));
  const [one = 0] = days;
  const level = days.every((each) => each === one);
  const isWhole = part.from === whole.from && part.until === whole.until;
  if (isWhole && level) return one;
  const months = MONTHS[lease.frequency];
  const summed = days.reduce((all, each) => all + each, 0);
  const most = Math.max(...days);
  if (months === 0 || isWhole || lease.proration === 'actual days')
    return Math.min(most, rounded(summed, between(whole.from, whole.until)));
  if (lease.proration === '365-day') return Math.min(most, rounded((12 / months) * summed, 365));
  return Math.min(most, rounded(one * thirtyDays(part), 30 * months));
}

/** The rate of a line on a day: for rent the latest dated change that holds, for anything else what runs. */
export function rateOf(lease: ModelLease, terms: readonly ModelTerm[], line: string, cellCents: number): RateOn {
  const mine = terms.filter((term) => term.lease === lease.id && term.type === line && term.every === 'period');
  return (day) => {
    const running = mine.filter((term) => term.from <= day && (term.until === undefined || term.until >= day));
    if (line !== 'rent') return running.reduce((all, term) => all + term.amountCents, 0);
    const latest = [...running].sort((a, b) => (a.from < b.from ? -1 : 1)).at(-1);
    return latest?.amountCents ?? cellCents;
  };
}

export interface Expected {
  readonly line: string;
  /** First day paid for; for one-offs the day on which it is due. */
  readonly due: DayText;
  readonly until: DayText;
  readonly amountCents: number;
}

/**
 * Every charge of a lease whose period has begun by `today`: nothing of periods that began before the books opened, each
 * period once, cut by the lease's first and last day.
 * `cellCents` tells what stood in the Rent cell when a period's charge was made.
 */
export function chargesOf(
  lease: ModelLease,
  terms: readonly ModelTerm[],
  opensOn: DayText,
  today: DayText,
  cellCents: (periodFrom: DayText) => number,
): Expected[] {
  const mine = terms.filter((term) => term.lease === lease.id);
  const lines = new Set(['rent', ...mine.filter((term) => term.every === 'period').map((term) => term.type)]);
  const expected: Expected[] = [];
  for (const whole of periodsOf(lease, today)) {
    const from = whole.from < lease.start ? lease.start : whole.from;
    if (from < opensOn || from > today) continue;
    const after = lease.end === undefined ? whole.until : shift(lease.end, 1);
    const until = after < whole.until ? after : whole.until;
    for (const line of lines) {
      const rate = rateOf(lease, terms, line, cellCents(from));
      const paid = Array.from({ length: between(from, until) }, (_, at) => shift(from, at)).filter(
        (day) => rate(day) > 0,
      );
      const [first] = paid;
      const last = paid.at(-1);
      if (first === undefined || last === undefined) continue;
      const part = { from: first, until: shift(last, 1) };
      const amountCents = costOf(lease, whole, part, rate);
      if (amountCents > 0) expected.push({ line, due: first, until: part.until, amountCents });
    }
  }
  for (const term of mine)
    if (term.every === 'once' && term.from >= opensOn && term.from <= today)
      expected.push({ line: term.type, due: term.from, until: term.from, amountCents: term.amountCents });
  if (lease.depositCents > 0 && lease.start >= opensOn && lease.start <= today)
    expected.push({ line: 'deposit', due: lease.start, until: lease.start, amountCents: lease.depositCents });
  return expected;
}

/** The first day on which the agreed terms let a late fee come. */
export const agreedFeeDay = (due: DayText, { grace }: ModelProperty): DayText =>
  shift(due, grace.days + (grace.rule === 'due + N' ? 0 : 1));

/** The first days late and the most in basis points of the rent that some places allow, as their statutes say. */
export const LAWS: Readonly<
  Record<string, { readonly lateness: number; readonly most: (rentCents: number) => number }>
> = {
  'US-NY': { lateness: 6, most: (rent) => Math.min(5000, rent * 0.05) },
  'US-TX': { lateness: 3, most: (rent) => rent * 0.12 },
  'US-MA': { lateness: 31, most: () => Number.POSITIVE_INFINITY },
  'CA-ON': { lateness: 1, most: () => 0 },
};

/** A flat or percent fee in minor units; undefined where the amount depends on more than the charge. */
export function feeOf(property: ModelProperty, rentCents: number): number | undefined {
  if (property.fee.kind === 'none') return 0;
  if (property.fee.kind === 'flat') return property.fee.figure;
  return property.fee.kind === 'percent' ? rounded(rentCents * property.fee.figure, 10_000) : undefined;
}
