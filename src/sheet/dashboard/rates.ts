/** How much of each month's charges came within the month, by property: what a sparkline of twelve months draws. */

import { DEPOSIT, type Lease, type LeaseState } from '../../domain/book';
import { addDays, monthKey } from '../../domain/calendar';
import { type RunBook, stateOf } from '../../domain/run-book';
import type { Day, PropertyName } from '../../domain/values';
import { MONTHS_SHOWN } from '../setup/dashboard-layout';

/** Hundredths of a percent by month, such as `2026-11`. */
export type Rates = ReadonlyMap<string, number>;

/** Closed months that the states still know whole: paid charges are kept for 120 days. Older ones are remembered. */
const KNOWN_MONTHS = 3;

/** `2026-11`, counted back from the month of a day; 0 is that month. */
export function monthsBack(today: Day, back: number): string {
  let day = `${monthKey(today)}-01` as Day;
  for (let at = 0; at < back; at++) day = `${monthKey(addDays(day, -1))}-01` as Day;
  return monthKey(day);
}

interface Sums {
  expected: number;
  collected: number;
}

/** Adds a lease's charges of these months, and what of them was covered by money initiated within their month. */
function addLease(sums: Map<string, Sums>, { charges }: LeaseState): void {
  for (const charge of charges) {
    const month = monthKey(charge.due);
    const sum = sums.get(month);
    if (!sum || charge.type === DEPOSIT) continue;
    const inTime = charge.covers.filter((cover) => monthKey(cover.on) <= month);
    sum.expected += charge.totalCents;
    sum.collected += inTime.reduce((all, cover) => all + cover.amountCents, 0);
  }
}

function rateOf({ expected, collected }: Sums): number | undefined {
  return expected > 0 ? Math.round((collected * 10_000) / expected) : undefined;
}

/** The months that the states know, up to that of `today` (or, closing, up to the one before). Months before the books opened are none. */
function knownRates(book: RunBook, leases: readonly Lease[], today: Day, newest: 0 | 1): Rates {
  const months = Array.from({ length: KNOWN_MONTHS + 1 - newest }, (_, at) => monthsBack(today, at + newest));
  const sums = new Map(
    months
      .filter((month) => month >= monthKey(book.settings.booksOpenOn))
      .map((month) => [month, { expected: 0, collected: 0 }]),
  );
  for (const lease of leases) addLease(sums, stateOf(book, lease.id));
  return new Map(
    [...sums].flatMap(([month, sum]): [string, number][] => {
      const rate = rateOf(sum);
      return rate === undefined ? [] : [[month, rate]];
    }),
  );
}

function leasesByProperty(book: RunBook): ReadonlyMap<PropertyName, readonly Lease[]> {
  const groups = new Map<PropertyName, Lease[]>([...book.properties.keys()].map((name) => [name, []]));
  for (const lease of book.leases) groups.get(lease.property)?.push(lease);
  return groups;
}

/** The months remembered, overlaid with those that the states know: money of last month may have been seen since. */
const overlaid = (kept: Rates, known: Rates, from: string): Rates =>
  new Map([...kept, ...known].filter(([month]) => month >= from).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Twelve months of each property, the present one included. */
export function ratesToday(
  book: RunBook,
  kept: ReadonlyMap<PropertyName, string>,
  today: Day,
): ReadonlyMap<PropertyName, Rates> {
  const from = monthsBack(today, MONTHS_SHOWN - 1);
  return new Map(
    [...leasesByProperty(book)].map(([name, leases]) => [
      name,
      overlaid(ratesFrom(kept.get(name) ?? ''), knownRates(book, leases, today, 0), from),
    ]),
  );
}

/**
 * What State remembers from a close on: the months before `first`, at most twelve. A property that is not in the book keeps what was
 * known of it, for its row may only be broken.
 */
export function ratesAtClose(
  book: RunBook,
  kept: ReadonlyMap<PropertyName, string>,
  first: Day,
): ReadonlyMap<PropertyName, string> {
  const from = monthsBack(first, MONTHS_SHOWN);
  const after = new Map(kept);
  for (const [name, leases] of leasesByProperty(book)) {
    const rates = overlaid(ratesFrom(kept.get(name) ?? ''), knownRates(book, leases, first, 1), from);
    if (rates.size > 0 || kept.has(name)) after.set(name, ratesText(rates));
  }
  return after;
}

const ratesText = (rates: Rates): string => [...rates].map(([month, rate]) => `${month}:${rate}`).join(' ');

/** What is no rate is left out: a cell of State that somebody edited costs a month of a picture, and nothing else. */
export function ratesFrom(text: string): Rates {
  return new Map(
    [...text.matchAll(/(?:^| )(\d{4}-\d\d):(\d{1,5})(?= |$)/g)].map((match) => [match[1] ?? '', Number(match[2])]),
  );
}
