/** What a lease's month comes to: charged and, of that, collected. The deposit is a liability and counts in neither. */
import { DEPOSIT, type LeaseState } from '../domain/book';
import { monthKey } from '../domain/calendar';
import { minus, plus, ZERO } from '../domain/money';
import type { Cents, Day } from '../domain/values';

/** The charges of the month of `today`. */
export const chargesOfMonth = ({ charges }: LeaseState, today: Day): LeaseState['charges'] =>
  charges.filter((charge) => monthKey(charge.due) === monthKey(today) && charge.type !== DEPOSIT);

export interface MonthSums {
  readonly expected: Cents;
  readonly collected: Cents;
}

export const NO_MONTH: MonthSums = { expected: ZERO, collected: ZERO };

export const withMonth = (sums: MonthSums, state: LeaseState, today: Day): MonthSums =>
  chargesOfMonth(state, today).reduce(
    ({ expected, collected }, charge) => ({
      expected: plus(expected, charge.totalCents),
      collected: plus(collected, minus(charge.totalCents, charge.openCents)),
    }),
    sums,
  );
