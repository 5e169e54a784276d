/** What comes of a lease by itself: what its next run posts, and the next rung of the ladder. Nothing is committed. */
import { openAccount, standingFacts } from '../account';
import type { Entry, Lease, LeaseState, Property } from '../book';
import { addDays } from '../calendar';
import { leaseDay, noExtras } from '../day';
import type { Run, RunBook } from '../run-book';
import { type Standing, standingOf } from '../standing';
import type { Day } from '../values';

export interface Outlook {
  readonly standing: Standing;
  /** Posted by the next run. */
  readonly next: readonly Entry[];
  /** The first rung within the days looked ahead. */
  readonly rung?: { readonly rung: string; readonly on: Day };
}

const DAYS_AHEAD = 40;

/** `nextRun` is the first day that no run has done yet. */
export function outlookOf(
  book: RunBook,
  run: Run,
  lease: Lease,
  property: Property,
  state: LeaseState,
  today: Day,
  nextRun: Day,
): Outlook {
  const now = openAccount(book, run, lease, property, state, today);
  const standing = standingOf(standingFacts(now));
  let after = state;
  let next: readonly Entry[] = [];
  for (let days = 0; days < DAYS_AHEAD; days++) {
    const account = openAccount(book, run, lease, property, after, addDays(nextRun, days));
    leaseDay(account, noExtras());
    after = account.state;
    if (days === 0) next = account.entries;
    const rung = account.entries.find((entry) => entry.kind === 'rung');
    if (rung?.kind === 'rung') return { standing, next, rung: { rung: rung.rung, on: account.today } };
  }
  return { standing, next };
}
