/** The Rent Roll: one row per active lease, derived from the book each time it is written. */
import { firstFeeDayOf, openAccount, upcomingRent } from '../domain/account';
import { aging } from '../domain/aging';
import type { Lease, Property } from '../domain/book';
import { localDay } from '../domain/calendar';
import { rateOn } from '../domain/charges';
import { sum } from '../domain/money';
import { pendingCents, type Run, type RunBook, stateOf, termsOf } from '../domain/run-book';
import { type Standing, standingOf } from '../domain/standing';
import { type Day, problemText } from '../domain/values';
import type { Cell } from '../ports';
import { moneyCell } from './cells';
import { LEASES, RENT_ROLL } from './schema';
import { statusText } from './setup/status';

/** The standing of a lease on its property's present day. */
export function standingToday(book: RunBook, lease: Lease, property: Property, today: Day): Standing {
  return standingOf({
    lease,
    state: stateOf(book, lease.id),
    today,
    pendingCents: pendingCents(book, lease.id),
    firstFeeDay: (charge) => firstFeeDayOf({ lease, property }, charge.due),
  });
}

/** Begun, and neither ended nor without open money. */
function isActive(book: RunBook, lease: Lease, today: Day): boolean {
  const state = book.states.get(lease.id);
  const open =
    state !== undefined &&
    (state.balanceCents !== 0 || state.depositHeldCents !== 0 || state.charges.some((charge) => charge.openCents > 0));
  return open || (lease.start <= today && (!lease.end || lease.end >= today));
}

/** Rows in the order of the Leases tab; a lease whose row cannot be used is shown with what is wrong. */
export function rentRollRows(book: RunBook, run: Run): readonly (readonly Cell[])[] {
  const problems = new Map<number, string>();
  for (const problem of book.problems) {
    if (problem.tab === LEASES.title && problem.row !== undefined)
      problems.set(problem.row, [problems.get(problem.row), problemText(problem)].filter((text) => text).join(' '));
  }
  const rows = book.leases.flatMap((lease) => {
    const property = book.properties.get(lease.property);
    const today = property && localDay(run.now, property.zone);
    if (!property || !today || !isActive(book, lease, today)) return [];
    const row = leaseRow(book, run, lease, property, today, problems.get(lease.row) ?? '');
    problems.delete(lease.row);
    return [row];
  });
  const broken = [...problems].filter(([row]) => row > 1).map(([row, text]) => brokenRow(`row ${row}`, text));
  return [...rows, ...broken];
}

/** A row of the Leases tab that cannot run: nothing but its place and what is wrong. */
function brokenRow(place: string, text: string): Cell[] {
  const cells: Record<string, Cell> = { 'Lease ID': place, Status: 'Problem', Problem: text };
  return RENT_ROLL.columns.map((column) => cells[column.header] ?? '');
}

function leaseRow(book: RunBook, run: Run, lease: Lease, property: Property, today: Day, problem: string): Cell[] {
  const state = stateOf(book, lease.id);
  const standing = standingToday(book, lease, property, today);
  const money = (amount: Parameters<typeof moneyCell>[0]) => (amount === 0 ? 0 : moneyCell(amount, property.currency));
  const next = upcomingRent(openAccount(book, run, lease, property, state, today));
  const ages = aging(state.charges, today);
  const lastRung = state.rungs[state.rungs.length - 1];
  return [
    lease.id,
    property.name,
    lease.unit,
    lease.residents,
    statusText(standing.word, standing.daysLate),
    money(state.balanceCents),
    property.currency,
    standing.daysLate,
    next?.due ?? '',
    money(rateOn(termsOf(book, lease), 'rent', today, lease.rentCents)),
    money(pendingCents(book, lease.id)),
    money(sum(state.unspent.map((each) => each.leftCents))),
    money(state.depositHeldCents),
    ...ages.map(money),
    lastRung ? `${lastRung.rung} ${lastRung.on}` : '',
    problem,
  ];
}
