/** The rows of a list of payments judged one by one: what each would record, why it cannot, and what is worth a look. */
import { dayText } from '../../../domain/acts/words';
import type { ReceiptRow } from '../../../domain/book';
import { daysBetween, localDay } from '../../../domain/calendar';
import { moneyText } from '../../../domain/fee-words';
import type { RunBook } from '../../../domain/run-book';
import type { Currency, Day, Instant, Key } from '../../../domain/values';
import type { Place } from '../../account';
import { readDay, readMoney } from '../../rent-roll/cells';
import { alreadyText, type ByHand, dayProblem, freeKey, keyOf, lookAlikes } from './by-hand';
import type { RawRow } from './list';

export interface Judged {
  readonly raw: RawRow;
  readonly place?: Place;
  /** Left out where it cannot be recorded. */
  readonly byHand?: ByHand;
  readonly on: string;
  readonly method: string;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

const METHODS: Readonly<Record<string, string>> = {
  cash: 'cash',
  check: 'check',
  cheque: 'check',
  chk: 'check',
  ck: 'check',
  'money order': 'money order',
  mo: 'money order',
  'bank transfer': 'bank transfer',
  transfer: 'bank transfer',
  wire: 'bank transfer',
  ach: 'bank transfer',
  eft: 'bank transfer',
  other: 'other',
};

/** A row read in the terms of its lease, before it is compared with any other. */
export function readRow(raw: RawRow, found: Place | { readonly reason: string }, book: RunBook, now: Instant): Judged {
  const place = 'reason' in found ? undefined : found;
  const problems = 'reason' in found ? [found.reason] : [];
  const notes: string[] = [];
  const currency = place?.property.currency ?? book.settings.currency;
  const today = localDay(now, place?.property.zone ?? book.settings.zone);
  const amount = readMoney('Amount', raw.amount, currency);
  const amountCents = 'reason' in amount ? undefined : amount.value;
  if ('reason' in amount) problems.push(amount.reason);
  else if (amountCents === undefined || amountCents <= 0)
    problems.push('The amount must be a number above nothing, such as 50.00.');
  const method = methodOf(raw);
  if (!method)
    problems.push(
      `"${raw.method.slice(0, 40)}" is not a method. Write cash, check, money order, bank transfer or other.`,
    );
  else if (method !== 'cash' && raw.reference === '')
    problems.push(`Write the number of the ${method}: it tells this payment from another one.`);
  const on = dayOf(raw, currency, today);
  if ('reason' in on) problems.push(on.reason);
  else {
    notes.push(...on.notes);
    const wrong = place && dayProblem(book, { property: place.property, on: on.day }, today);
    if (wrong) problems.push(wrong);
  }
  const shown = { raw, on: 'reason' in on ? raw.date : on.day, method: method ?? raw.method, problems, notes };
  if (!place) return shown;
  if (problems.length > 0 || !amountCents || !method || 'reason' in on) return { ...shown, place };
  const byHand: ByHand = { ...place, amountCents, method, reference: raw.reference, on: on.day, memo: raw.memo };
  return { ...shown, place, byHand };
}

/** A method that is not named is a check where it has a number, else cash. */
function methodOf({ method, reference }: RawRow): string | undefined {
  const words = method
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
  if (words === '') return reference === '' ? 'cash' : 'check';
  return METHODS[words];
}

/** Dollars are written where months come first. Where the other order would give another day, the row says how it was read. */
function dayOf(raw: RawRow, currency: Currency, today: Day) {
  if (raw.date === '') return { day: today, notes: [] };
  const order = currency === 'USD' ? 'mdy' : 'dmy';
  const read = readDay('Date', raw.date, order);
  if ('reason' in read) return read;
  const other = readDay('Date', raw.date, order === 'mdy' ? 'dmy' : 'mdy');
  const day = read.value ?? today;
  const twoWays = 'value' in other && other.value !== undefined && other.value !== day;
  return { day, notes: twoWays ? [`Date "${raw.date}" was read as ${dayText(day)}`] : [] };
}

/** Compares rows with each other and with the book: what is there already is a problem, what only looks like it a note. */
export function compared(
  rows: readonly Judged[],
  book: RunBook,
  known: ReadonlyMap<Key, ReceiptRow>,
): readonly Judged[] {
  const seen = new Map<Key, number>();
  const ofLease = new Map<string, Judged[]>();
  return rows.map((row) => {
    const { byHand } = row;
    if (!byHand) return row;
    const id = keyOf(byHand, `row-${row.raw.row}`);
    const first = seen.get(id);
    const there = freeKey(known, id) === undefined;
    if (first !== undefined || there) {
      const problem = there ? alreadyText(byHand) : `Row ${first} is the same payment. Take one of them out.`;
      const { byHand: _none, ...shown } = row;
      return { ...shown, problems: [...row.problems, problem] };
    }
    seen.set(id, row.raw.row);
    const others = ofLease.get(byHand.lease.id) ?? [];
    const notes = [...likeRows(byHand, others), ...likeReceipts(byHand, book)];
    ofLease.set(byHand.lease.id, [...others, row]);
    return notes.length === 0 ? row : { ...row, notes: [...row.notes, ...notes] };
  });
}

const likeRows = (byHand: ByHand, others: readonly Judged[]): readonly string[] =>
  others
    .filter(({ byHand: other }) => other && other.amountCents === byHand.amountCents && isNear(other.on, byHand.on))
    .map(({ raw }) => `same lease and amount as row ${raw.row}`);

const isNear = (a: Day, b: Day): boolean => Math.abs(daysBetween(a, b)) <= 3;

const likeReceipts = (byHand: ByHand, book: RunBook): readonly string[] =>
  lookAlikes(book, byHand).map((row) => {
    const on = localDay(row.initiatedAt, byHand.property.zone);
    return `${moneyText(row.amountCents, row.currency)} on ${dayText(on)} (${row.externalId}) is there already`;
  });
