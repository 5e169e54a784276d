/** Which rungs of the ladder come next, if nothing changes but the day. */
import { type Account, firstFeeDayOf } from './account';
import type { LeaseState } from './book';
import { addDays } from './calendar';
import { upcomingDebt } from './day';
import { type Debt, debtsOf, nextRung, type RungCall } from './ladder';
import { askedOn } from './plans';
import { pendingCents } from './run-book';
import { resting, unpaidOn } from './standing';
import type { Day } from './values';

export interface RungAhead {
  readonly call: RungCall;
  /** The day on which the run takes it. */
  readonly on: Day;
}

/**
 * The rungs of the coming days on what is owed now and on the next rent. Nothing comes while the lease rests, or while money
 * under way covers what is unpaid.
 */
export function rungsAhead(account: Account, days: number): readonly RungAhead[] {
  const { book, lease, today } = account;
  const upcoming = upcomingDebt(account);
  const ahead: RungAhead[] = [];
  let state = account.state;
  for (let day = addDays(today, 1); day <= addDays(today, days); day = addDays(day, 1)) {
    if (resting(lease, state, day) || isCovered(account, day)) continue;
    const call = nextRung(book.ladder, debtsOn(account, state, day, upcoming), state, day);
    if (!call) continue;
    ahead.push({ call, on: day });
    state = withRung(state, call);
  }
  return ahead;
}

function isCovered({ book, lease, state }: Account, day: Day): boolean {
  const pending = pendingCents(book, lease.id);
  const unpaid = askedOn(state, unpaidOn(state, day), day).reduce((all, charge) => all + charge.openCents, 0);
  return unpaid > 0 && pending >= unpaid;
}

/** The next rent is a debt like any other once it has fallen due. */
function debtsOn(account: Account, state: LeaseState, day: Day, upcoming: Debt | undefined): readonly Debt[] {
  const pending = pendingCents(account.book, account.lease.id);
  return debtsOf(state, day, upcoming, (charge) => firstFeeDayOf(account, charge.due), pending);
}

function withRung(state: LeaseState, { rung, about, on, time }: RungCall): LeaseState {
  const others = state.rungs.filter((each) => each.rung !== rung.name || each.about !== about);
  return { ...state, rungs: [...others, { rung: rung.name, about, on, times: time }] };
}
