/** What the next fourteen days bring, if nothing changes but the day: rent, reminders, instalments and ends of leases. */

import { type Account, openAccount, postDue, upcomingRentDay } from '../../domain/account';
import type { Lease, LeaseState, Property } from '../../domain/book';
import { addDays, localDay } from '../../domain/calendar';
import { rungsAhead } from '../../domain/ladder-ahead';
import { plus, ZERO } from '../../domain/money';
import { type Run, type RunBook, stateOf } from '../../domain/run-book';
import { isOver } from '../../domain/standing';
import type { Cents, Currency, Day } from '../../domain/values';

export const UPCOMING_DAYS = 14;

export interface UpcomingLine {
  readonly day: Day;
  readonly what: string;
  readonly count: number;
  /** Left out where no money moves. */
  readonly amountCents?: Cents;
  readonly currency?: Currency;
}

interface Coming {
  readonly day: Day;
  /** Order of kinds within a day. */
  readonly rank: number;
  readonly what: string;
  readonly unit: string;
  readonly amountCents?: Cents;
  readonly currency: Currency;
}

/** An instalment of a payment plan that runs: what is still to come of it, by its day. */
export type InstalmentsOf = (state: LeaseState) => readonly { readonly due: Day; readonly openCents: Cents }[];

/** One line for each day and kind: ten thousand rents that fall due on one day are one line. The order is by day. */
export function upcomingOf(book: RunBook, run: Run, instalmentsOf?: InstalmentsOf): readonly UpcomingLine[] {
  const lines = new Map<string, { rank: number; units: string[]; line: UpcomingLine }>();
  for (const lease of book.leases) {
    const property = book.properties.get(lease.property);
    if (!property) continue;
    for (const { day, rank, what, unit, amountCents, currency } of comingOf(
      book,
      run,
      lease,
      property,
      instalmentsOf,
    )) {
      const money = amountCents !== undefined;
      const name = `${day}|${rank}|${what}|${money ? currency : ''}`;
      const known = lines.get(name);
      const before = known?.line ?? { day, what, count: 0, ...(money ? { amountCents: ZERO, currency } : {}) };
      const line = {
        ...before,
        count: before.count + 1,
        ...(money ? { amountCents: plus(before.amountCents ?? ZERO, amountCents) } : {}),
      };
      lines.set(name, { rank, units: [...(known?.units ?? []).slice(0, NAMED_MAX), unit], line });
    }
  }
  return [...lines.values()]
    .sort((a, b) => (a.line.day < b.line.day ? -1 : a.line.day > b.line.day ? 1 : a.rank - b.rank))
    .map(({ line, units }) => ({ ...line, what: named(line, units) }));
}

const NAMED_MAX = 3;

/** A few are named by their units. */
const named = ({ what, count }: UpcomingLine, units: readonly string[]): string =>
  count <= NAMED_MAX ? `${what}: ${units.join(', ')}` : what;

function comingOf(
  book: RunBook,
  run: Run,
  lease: Lease,
  property: Property,
  instalmentsOf: InstalmentsOf | undefined,
): readonly Coming[] {
  const today = localDay(run.now, property.zone);
  const last = addDays(today, UPCOMING_DAYS);
  const state = stateOf(book, lease.id);
  const isNear = (day: Day) => day > today && day <= last;
  const at = { unit: `${property.name} ${lease.unit || lease.id}`.trim(), currency: property.currency };
  const ends =
    lease.end && lease.end >= today && lease.end <= last
      ? [{ ...at, day: lease.end, rank: 3, what: 'Lease ends' }]
      : [];
  if (isOver(lease, state, today) || lease.awaitsSignature) return ends;
  const instalments = (instalmentsOf?.(state) ?? [])
    .filter(({ due, openCents }) => isNear(due) && openCents > 0)
    .map(({ due, openCents }) => ({ ...at, day: due, rank: 1, what: 'Plan instalment', amountCents: openCents }));
  return [
    ...duesOf(book, run, lease, property, last, isNear, at),
    ...instalments,
    ...remindersOf(book, run, lease, property, at),
    ...ends,
  ];
}

type At = Pick<Coming, 'unit' | 'currency'>;

/** Charges that stand open for a coming day, and those that the coming days will post. */
function duesOf(
  book: RunBook,
  run: Run,
  lease: Lease,
  property: Property,
  last: Day,
  isNear: (day: Day) => boolean,
  at: At,
): readonly Coming[] {
  const account = openAccount(book, run, lease, property, stateOf(book, lease.id), last);
  postDue(account);
  const charges = account.state.charges.filter((charge) => charge.openCents > 0 && isNear(charge.due));
  return charges.map(({ due, type, openCents }) => ({
    ...at,
    day: due,
    rank: 0,
    what: `${type.slice(0, 1).toUpperCase()}${type.slice(1)} due`,
    amountCents: openCents,
  }));
}

/** False where nothing is owed and the next rent is too far for the ladder's first rung: for most leases of most days. */
function mayClimb(book: RunBook, account: Account): boolean {
  if (account.state.charges.some((charge) => charge.openCents > 0)) return true;
  const lead = Math.max(0, ...book.ladder.map((rung) => -rung.days));
  const due = upcomingRentDay(account);
  return due !== undefined && due <= addDays(account.today, UPCOMING_DAYS + lead);
}

/** None while reminders are off: nothing would leave. */
function remindersOf(book: RunBook, run: Run, lease: Lease, property: Property, at: At): readonly Coming[] {
  if (!book.settings.reminders || book.settings.paused || book.ladder.length === 0) return [];
  const account = openAccount(book, run, lease, property);
  if (!mayClimb(book, account)) return [];
  return rungsAhead(account, UPCOMING_DAYS).map(({ call: { rung }, on }) => ({
    ...at,
    day: on,
    rank: 2,
    what: rung.channel === 'task' ? `Task ${rung.name}` : `Reminder ${rung.name}`,
  }));
}
