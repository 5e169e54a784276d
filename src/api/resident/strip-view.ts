/** The last months in a word each, at most twelve: whether what fell due was paid, and in time. */
import { firstFeeDayOf } from '../../domain/account';
import { type Entry, type Item, LATE_FEE, RETURN_FEE } from '../../domain/book';
import { addDays, localDay, monthKey, monthlyAnchor, monthOf, yearOf } from '../../domain/calendar';
import { pendingCents } from '../../domain/run-book';
import { unpaidOn } from '../../domain/standing';
import type { Day, Key } from '../../domain/values';
import type { OneLease } from './lease';
import { sinceOf } from './ledger-view';
import type { StripMonth, StripWord } from './view';

const MONTHS = 12;

export function stripOf(one: OneLease): readonly StripMonth[] {
  const { today } = one.account;
  const months = [...Array(MONTHS).keys()].map((back) =>
    monthKey(monthlyAnchor(yearOf(today), monthOf(today), 1, back - (MONTHS - 1))),
  );
  const words = wordsByMonth(one);
  const first = firstMonth(one, [...words.keys()]);
  return months.filter((month) => month >= first).map((month) => ({ month, word: monthWord(words.get(month) ?? []) }));
}

/** Of months before the lease and its books nothing is known here: not that nothing was due. */
function firstMonth(one: OneLease, charged: readonly string[]): string {
  const since = sinceOf(one);
  const { start } = one.account.lease;
  return [...charged, monthKey(start > since ? start : since)].reduce((first, month) =>
    month < first ? month : first,
  );
}

type ChargeWord = Exclude<StripWord, 'none'>;

/** The worst counts, except that a month of which something is paid is paid in part. */
export function monthWord(words: readonly ChargeWord[]): StripWord {
  if (words.length === 0) return 'none';
  const has = (word: ChargeWord) => words.includes(word);
  if (has('partial')) return 'partial';
  if (has('unpaid')) return words.every((word) => word === 'unpaid') ? 'unpaid' : 'partial';
  if (has('processing')) return 'processing';
  return has('late') ? 'late' : 'on time';
}

interface Paid {
  readonly on: Day;
  readonly amount: number;
  readonly credit: boolean;
}

interface Owed {
  readonly due: Day;
  readonly total: number;
  readonly paid: readonly Paid[];
}

function wordsByMonth(one: OneLease): ReadonlyMap<string, ChargeWord[]> {
  const { account } = one;
  const { book, lease, state, today } = account;
  const unpaid = unpaidOn(state, today).reduce((all, charge) => all + charge.openCents, 0);
  const pending = pendingCents(book, lease.id);
  const covered = unpaid > 0 && pending >= unpaid;
  const words = new Map<string, ChargeWord[]>();
  for (const owed of owedOf(one)) {
    if (owed.due > today) continue;
    const word = chargeWord(owed, lastDayInTime(account, owed.due), covered);
    if (word) words.set(monthKey(owed.due), [...(words.get(monthKey(owed.due)) ?? []), word]);
  }
  return words;
}

/** The last day on which money for a charge comes without a fee; its due day at least. */
function lastDayInTime(account: OneLease['account'], due: Day): Day {
  const last = addDays(firstFeeDayOf(account, due), -1);
  return last > due ? last : due;
}

/** Undefined for a charge that was wholly taken back: nobody had to pay it. */
function chargeWord({ total, paid }: Owed, last: Day, covered: boolean): ChargeWord | undefined {
  const credited = added(paid.filter(({ credit }) => credit));
  const asked = total - credited;
  if (asked <= 0) return undefined;
  const money = paid.filter(({ credit }) => !credit);
  if (added(money) < asked) return covered ? 'processing' : added(money) > 0 ? 'partial' : 'unpaid';
  return added(money.filter(({ on }) => on <= last)) >= asked ? 'on time' : 'late';
}

const added = (paid: readonly Paid[]): number => paid.reduce((all, { amount }) => all + amount, 0);

/** Charges as the state knows them; paid ones that it has forgotten are read out of the journal again. Fees are not counted. */
function owedOf({ account, entries, receipts }: OneLease): readonly Owed[] {
  const { state, property } = account;
  const known = new Map(state.charges.map((charge) => [charge.key, charge]));
  const initiated = new Map(receipts.map((row) => [row.key, localDay(row.initiatedAt, property.zone)]));
  const paid = paidByCharge(entries, initiated);
  const dues = new Map(entries.flatMap((entry) => (entry.kind === 'due' ? [[entry.about, entry.due] as const] : [])));
  const mine = (type: string) => type !== LATE_FEE && type !== RETURN_FEE;
  const older = entries.flatMap((entry): Owed[] => {
    if (entry.kind !== 'charge' || known.has(entry.key) || !mine(entry.type)) return [];
    const due = dues.get(entry.key) ?? entry.due;
    return [{ due, total: entry.amountCents, paid: paid.get(entry.key) ?? [] }];
  });
  const current = state.charges
    .filter((charge) => mine(charge.type))
    .map(({ due, totalCents, covers }): Owed => {
      const put = covers.map(({ on, amountCents, credit }) => ({ on, amount: amountCents, credit: credit === true }));
      return { due, total: totalCents, paid: put };
    });
  return [...older, ...current];
}

/** Money on charges, net for each source: what went back is not there, and money keeps the day on which it was initiated. */
function paidByCharge(entries: readonly Entry[], initiated: ReadonlyMap<Key, Day>): ReadonlyMap<Key, readonly Paid[]> {
  const sums = new Map<Key, Map<Key, Paid>>();
  const days = new Map(initiated);
  const credits = new Set<Key>();
  const put = (source: Key, on: Day, items: readonly Item[], sign: number) => {
    for (const item of items) {
      const ofCharge = sums.get(item.charge) ?? new Map<Key, Paid>();
      const before = ofCharge.get(source);
      const amount = (before?.amount ?? 0) + sign * item.amountCents;
      ofCharge.set(source, { on: before?.on ?? on, amount, credit: credits.has(source) });
      sums.set(item.charge, ofCharge);
    }
  };
  for (const entry of entries) {
    if (entry.kind === 'receipt') days.set(entry.receipt, entry.day);
    if (entry.kind === 'credit') {
      credits.add(entry.key);
      put(entry.key, entry.day, entry.items, 1);
    } else if (entry.kind === 'reversal') put(entry.receipt, days.get(entry.receipt) ?? entry.day, entry.items, -1);
    else if (entry.kind === 'reinstatement') put(entry.receipt, entry.from, entry.items, 1);
    else if (entry.kind === 'receipt') put(entry.receipt, entry.day, entry.items, 1);
    // Money of before the journal that was read was there before whatever it pays now.
    else if (entry.kind === 'allocation') put(entry.receipt, days.get(entry.receipt) ?? BEFORE, entry.items, 1);
  }
  return new Map([...sums].map(([charge, bySource]) => [charge, [...bySource.values()]]));
}

const BEFORE = '0000-01-01' as Day;
