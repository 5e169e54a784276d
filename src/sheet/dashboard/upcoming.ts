/** What the next fourteen days bring, if nothing changes but the day: rent, reminders, instalments and ends of leases. */

import { type Account, openAccount, postDue, upcomingRentDay } from '../../domain/account';
import { addDays } from '../../domain/calendar';
import { rungsAhead } from '../../domain/ladder-ahead';
import { plus, ZERO } from '../../domain/money';
import { instalmentsDue } from '../../domain/plans';
import { pendingCents, type Run, type RunBook } from '../../domain/run-book';
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

/** One line for each day and kind: ten thousand rents that fall due on one day are one line. The order is by day. */
export function upcomingOf(book: RunBook, run: Run): readonly UpcomingLine[] {
  const lines = new Map<string, { rank: number; units: string[]; line: UpcomingLine }>();
  for (const lease of book.leases) {
    const property = book.properties.get(lease.property);
    if (!property) continue;
    for (const { day, rank, what, unit, amountCents, currency } of comingOf(openAccount(book, run, lease, property))) {
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

type What = Omit<Coming, 'unit' | 'currency'>;

function comingOf(account: Account): readonly Coming[] {
  const { lease, property, today, state } = account;
  const last = addDays(today, UPCOMING_DAYS);
  const at = { unit: `${property.name} ${lease.unit || lease.id}`.trim(), currency: property.currency };
  const ends: What[] =
    lease.end && lease.end >= today && lease.end <= last ? [{ day: lease.end, rank: 3, what: 'Lease ends' }] : [];
  const rests = isOver(lease, state, today) || lease.awaitsSignature;
  const all = rests
    ? ends
    : [...duesOf(account, last), ...instalmentsOf(account, last), ...remindersOf(account), ...ends];
  return all.map((what) => ({ ...what, ...at }));
}

/** Charges that stand open for a coming day, and those that the coming days will post. */
function duesOf({ book, run, lease, property, state, today }: Account, last: Day): readonly What[] {
  const then = openAccount(book, run, lease, property, state, last);
  postDue(then);
  return then.state.charges
    .filter((charge) => charge.openCents > 0 && charge.due > today && charge.due <= last)
    .map(({ due, type, openCents }) => ({
      day: due,
      rank: 0,
      what: `${type.slice(0, 1).toUpperCase()}${type.slice(1)} due`,
      amountCents: openCents,
    }));
}

/** What is to come of a plan that runs; money under way stands for the first of it. */
const instalmentsOf = ({ book, lease, state, today }: Account, last: Day): readonly What[] =>
  instalmentsDue(state, last, pendingCents(book, lease.id))
    .filter(({ due }) => due > today)
    .map(({ due, openCents }) => ({ day: due, rank: 1, what: 'Plan instalment', amountCents: openCents }));

/** False where nothing is owed and the next rent is too far for the ladder's first rung: for most leases of most days. */
function mayClimb({ book, lease, state, today }: Account): boolean {
  if (state.charges.some((charge) => charge.openCents > 0)) return true;
  const lead = Math.max(0, ...book.ladder.map((rung) => -rung.days));
  const due = upcomingRentDay({ book, lease, state, today });
  return due !== undefined && due <= addDays(today, UPCOMING_DAYS + lead);
}

/** None while reminders are off: nothing would leave. */
function remindersOf(account: Account): readonly What[] {
  const { settings, ladder } = account.book;
  if (!settings.reminders || settings.paused || ladder.length === 0 || !mayClimb(account)) return [];
  return rungsAhead(account, UPCOMING_DAYS).map(({ call: { rung }, on }) => ({
    day: on,
    rank: 2,
    what: rung.channel === 'task' ? `Task ${rung.name}` : `Reminder ${rung.name}`,
  }));
}
