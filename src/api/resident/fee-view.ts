/** The terms of a lease's late fee as facts, for words in any language. */
import { firstFeeDayOf, upcomingRentDay } from '../../domain/account';
import { daysBetween } from '../../domain/calendar';
import { lawOf } from '../../domain/law';
import type { OneLease } from './lease';
import type { FeeFacts } from './view';

export function feeFacts({ account }: OneLease): FeeFacts {
  const { lease, property, today } = account;
  const { late, cap, returnedCents } = lease.fees;
  const next = upcomingRentDay(account);
  const due = next ?? today;
  const first = firstFeeDayOf(account, due);
  return {
    ...(late && next ? { firstDay: first } : {}),
    ...(late ? { late } : {}),
    ...(late && cap ? { cap } : {}),
    freeDays: Math.max(0, daysBetween(due, first) - 1),
    returnedCents,
    byLaw: lawOf(property.jurisdiction) !== undefined,
  };
}
