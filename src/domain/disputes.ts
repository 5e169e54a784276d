/** A line that the resident disputes: the ladder, late fees and what messages ask for rest for it alone, until somebody answers. */
import { type Account, entryBase, post, spendUnspent } from './account';
import { LATE_FEE, type OpenCharge, RETURN_FEE } from './book';
import { addDays, daysBetween, localDay } from './calendar';
import type { RequestRow } from './requests';
import { type Day, key } from './values';

const rests = ({ state }: Account, charge: string): boolean =>
  state.pauses.some((pause) => pause.type === 'dispute' && pause.about === charge);

/** A line that a person has put to rest already stays so. */
export function beginDispute(account: Account, row: RequestRow): void {
  if (rests(account, row.about)) return;
  post(account, pauseEntry(account, row, true, `The resident disputes it: ${row.text}`));
}

/**
 * The line counts again. The days of the dispute do not: it falls due later by as many, so that no fee and no reminder comes for days
 * on which the resident waited for an answer. Where `daysCount` it stands as if it had never been disputed.
 */
export function endDispute(account: Account, row: RequestRow, why: string, daysCount = false): void {
  if (!rests(account, row.about)) return;
  post(account, pauseEntry(account, row, false, why));
  const charge = account.state.charges.find((each) => each.key === row.about);
  if (charge && !daysCount) restart(account, charge, row);
  spendUnspent(account);
}

const pauseEntry = (account: Account, row: RequestRow, begins: boolean, why: string) => ({
  ...entryBase(account),
  kind: 'pause' as const,
  type: 'dispute' as const,
  begins,
  key: key(`pause:${row.key}:${begins ? 'begins' : 'ends'}`),
  about: key(row.about),
  day: account.today,
  why,
});

/** Fees start no ladder and carry no fee: their day does not matter. */
const COUNTS_NO_DAYS: readonly string[] = [LATE_FEE, RETURN_FEE];

function restart(account: Account, charge: OpenCharge, row: RequestRow): void {
  const began = localDay(row.at, account.property.zone);
  const due = dueAfterDispute(charge.due, began, account.today);
  if (charge.openCents === 0 || COUNTS_NO_DAYS.includes(charge.type) || due === charge.due) return;
  post(account, {
    ...entryBase(account),
    kind: 'due',
    key: key(`due:${row.key}`),
    about: charge.key,
    due,
    was: charge.due,
    day: account.today,
    why: `It was disputed from ${began} to ${account.today}: those days do not count.`,
  });
}

/** Days of the dispute on which the line was due already are given back. */
export function dueAfterDispute(due: Day, began: Day, ended: Day): Day {
  const from = due > began ? due : began;
  return from < ended ? addDays(due, daysBetween(from, ended)) : due;
}
