/** A sum in equal dated parts, as a manager fills in a plan: the odd minor units are in the last one. */
import { addDays, dateOf, monthlyAnchor, monthOf, yearOf } from '../../../src/domain/calendar';
import { cents } from '../../../src/domain/money';
import type { Cents, Day } from '../../../src/domain/values';

export type Every = 'week' | 'fortnight' | 'month';

const DAYS: Readonly<Record<Exclude<Every, 'month'>, number>> = { week: 7, fortnight: 14 };

/** `count` parts from a day on; a month that lacks its date ends on its last day. None where a part would come to nothing. */
export function equalParts(
  total: Cents,
  count: number,
  first: Day,
  every: Every,
): readonly { readonly due: Day; readonly amountCents: Cents }[] {
  if (!Number.isSafeInteger(count) || count < 1 || total < count) return [];
  const each = Math.floor(total / count);
  return Array.from({ length: count }, (_, index) => ({
    due: nthDay(first, every, index),
    amountCents: cents(index === count - 1 ? total - each * (count - 1) : each),
  }));
}

const nthDay = (first: Day, every: Every, index: number): Day =>
  every === 'month'
    ? monthlyAnchor(yearOf(first), monthOf(first), dateOf(first), index)
    : addDays(first, DAYS[every] * index);
