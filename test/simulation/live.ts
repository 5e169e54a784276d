/** A plan lived from its first day to its last, with a look every few days; gives the laws that were broken. */
import { checkEnd, checkNow } from './checks';
import { msOfDay, shift } from './days';
import { readBook } from './evidence';
import { advance, afterDays, type Lived, perform } from './simulation';

const HOUR_MS = 3_600_000;

/** A few days, then a look; what people do comes at its own moment. */
export function live(lived: Lived): string[] {
  const { plan } = lived;
  let day = plan.opensOn;
  for (const { atMs, deed } of plan.deeds) {
    advance(lived, atMs);
    perform(lived, deed);
    if (atMs < msOfDay(shift(day, 6))) continue;
    day = shift(day, 6);
    const faults = checkNow(lived, readBook(lived));
    if (faults.length > 0) return faults;
  }
  advance(lived, afterDays(plan, 0));
  lived.world.faults.clear();
  advance(lived, afterDays(plan, 2));
  // Ends at an hour at which no zone's day has just begun.
  advance(lived, afterDays(plan, 2) + 22 * HOUR_MS);
  const book = readBook(lived);
  return [...checkNow(lived, book), ...checkEnd(lived, book)];
}
