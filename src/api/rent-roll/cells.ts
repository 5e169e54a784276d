/** Cells of other programs' exports read exactly: money, days, frequencies, status words; or a reason. */
import { daysInMonth, parseDay, ymd } from '../../domain/calendar';
import { parseAmount } from '../../domain/money';
import type { Cents, Currency, Day } from '../../domain/values';

/** The order in which an export writes a date with numbers only; it is told, never guessed from the cells. */
export type DateOrder = 'mdy' | 'dmy' | 'ymd';

/** A cell's value, `undefined` for an empty cell, or the reason why it cannot be read. */
export type Read<T> = { readonly value: T | undefined } | { readonly reason: string };

const nothing = { value: undefined } as const;
const isBlank = (text: string): boolean => /^[\s\-–—]*$/.test(text) || /^n\/?a$/i.test(text.trim());

/** `$1,200.00`, `(50.00)`, `1200/mo`, `1.200,00 €`. Refuses what has two readings, such as `1.200`. */
export function readMoney(header: string, text: string, currency: Currency): Read<Cents> {
  if (isBlank(text)) return nothing;
  const amount = text.trim().replace(/\s*(\/|per\s+|p\.?)\s*(mo|month|m|monat|mois)\.?$/i, '');
  if (/^\D*\d{1,3}\.\d{3}\D*$/.test(amount)) {
    return { reason: `${header} "${text}" can be read in two ways. Write it with cents, such as 1200.00.` };
  }
  const value = parseAmount(amount, currency);
  return value === undefined
    ? { reason: `${header} "${text}" is not an amount. Write it such as 1200.00.` }
    : { value };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A day in ISO form, with a month's English name, or in numbers in the export's order; two-digit years are 20yy. */
export function readDay(header: string, text: string, order: DateOrder): Read<Day> {
  if (isBlank(text)) return nothing;
  const bare = text.trim().replace(/[T ]\d{1,2}:\d{2}.*$/, '');
  const value = parseDay(bare) ?? namedMonth(bare) ?? numbersOnly(bare, order);
  if (value) return { value };
  return { reason: `${header} "${text}" is not a date (read as ${ORDER_WORDS[order]}). Write it such as 2026-12-31.` };
}

const ORDER_WORDS: Readonly<Record<DateOrder, string>> = {
  mdy: 'month/day/year',
  dmy: 'day/month/year',
  ymd: 'year/month/day',
};

function namedMonth(text: string): Day | undefined {
  const first = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{2,4})$/i.exec(text);
  const second = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{2,4})$/i.exec(text);
  const [name, date, year] = first ? [first[1], first[2], first[3]] : [second?.[2], second?.[1], second?.[3]];
  if (!name || !date || !year) return undefined;
  return civil(year, MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1, Number(date));
}

function numbersOnly(text: string, order: DateOrder): Day | undefined {
  const match = /^(\d{1,4})[/.\- ]\s?(\d{1,2})[/.\- ]\s?(\d{1,4})\.?$/.exec(text);
  if (!match) return undefined;
  const [, a = '', b = '', c = ''] = match;
  if (a.length > 2 || order === 'ymd') return civil(a, Number(b), Number(c));
  return order === 'mdy' ? civil(c, Number(a), Number(b)) : civil(c, Number(b), Number(a));
}

function civil(yearText: string, month: number, date: number): Day | undefined {
  if (yearText.length !== 2 && yearText.length !== 4) return undefined;
  const year = yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText);
  if (year < 1900 || month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return undefined;
  return ymd(year, month, date);
}

/** The date of the month on which rent is due: `1`, `1st`, `5th of month`, or the date within a full due date. */
export function readDueDay(text: string, order: DateOrder): Read<string> {
  if (isBlank(text)) return nothing;
  const match = /^(\d{1,2})(?:st|nd|rd|th)?(?:\s+(?:of\s+)?.*)?$/i.exec(text.trim());
  const date = match ? Number(match[1]) : undefined;
  if (date !== undefined && date >= 1 && date <= 31) return { value: String(date) };
  const full = readDay('Due day', text, order);
  if ('value' in full && full.value) return { value: String(Number(full.value.slice(8))) };
  return { reason: `Due day "${text}" is not a date of the month. Write 1 to 31.` };
}

const FREQUENCIES: Readonly<Record<string, string>> = {
  weekly: 'weekly',
  biweekly: 'fortnightly',
  fortnightly: 'fortnightly',
  every2weeks: 'fortnightly',
  monthly: 'monthly',
  month: 'monthly',
  quarterly: 'quarterly',
  yearly: 'yearly',
  annually: 'yearly',
  annual: 'yearly',
};

/** How often rent falls due, in our words. */
export function readFrequency(text: string): Read<string> {
  if (isBlank(text)) return nothing;
  const value = FREQUENCIES[text.toLowerCase().replace(/[^a-z0-9]/g, '')];
  if (value) return { value };
  return { reason: `Frequency "${text}" is not known. Write weekly, fortnightly, monthly, quarterly or yearly.` };
}

/** What an export says of a unit. Only `occupied` and `notice` are leases to import. */
export type Occupancy = 'occupied' | 'notice' | 'vacant' | 'model' | 'down' | 'applicant' | 'past';

// Looked up by letters alone; "Notice-Unrented" speaks of the resident, "Vacant-Rented" of the unit.
const STATUS_WORDS: Readonly<Record<string, Occupancy>> = {
  occupied: 'occupied',
  current: 'occupied',
  c: 'occupied',
  leased: 'occupied',
  rented: 'occupied',
  active: 'occupied',
  evict: 'occupied',
  eviction: 'occupied',
  yes: 'occupied',
  true: 'occupied',
  notice: 'notice',
  ntv: 'notice',
  occupiedntv: 'notice',
  noticerented: 'notice',
  noticeunrented: 'notice',
  onnotice: 'notice',
  currentnotice: 'notice',
  currentnoticevacantresidents: 'occupied',
  currentresidents: 'occupied',
  noticeresidents: 'notice',
  vacant: 'vacant',
  v: 'vacant',
  available: 'vacant',
  ready: 'vacant',
  empty: 'vacant',
  no: 'vacant',
  false: 'vacant',
  vacantleased: 'vacant',
  vacantrented: 'vacant',
  vacantunrented: 'vacant',
  vacantunits: 'vacant',
  vacantresidents: 'vacant',
  model: 'model',
  down: 'down',
  offline: 'down',
  applicant: 'applicant',
  applicants: 'applicant',
  approved: 'applicant',
  future: 'applicant',
  futureresidents: 'applicant',
  futureresidentsapplicants: 'applicant',
  past: 'past',
  former: 'past',
  expired: 'past',
  inactive: 'past',
  evicted: 'past',
};

/** A status, a section title or a name such as VACANT as one of our words; undefined for any other text. */
export const readOccupancy = (text: string): Occupancy | undefined =>
  STATUS_WORDS[text.toLowerCase().replace(/[^a-z]/g, '')];

const CHARGE_TYPES: readonly (readonly [RegExp, string])[] = [
  [/ins/i, 'insurance'],
  [/pet|dog|cat\b/i, 'pet'],
  [/park|garage|carport/i, 'parking'],
  [/stor/i, 'storage'],
  [/util|water|sewer|trash|elec|gas|internet|cable/i, 'utilities'],
  [/rent|^rnt/i, 'rent'],
];

/** A scheduled charge's code as a charge type: `petrent` is for a pet, `rent` and `hudrent` are rent. */
export const chargeType = (code: string): string =>
  CHARGE_TYPES.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
