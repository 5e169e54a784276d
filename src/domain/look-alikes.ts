/** Other receipts that may be the same money as a waiting one: seen twice at a source, or recorded by hand as well. */
import type { ReceiptRow } from './book';
import { daysBetween, localDay } from './calendar';
import { shortDay } from './dates';
import { nameTokens } from './names';
import { wholeOf } from './receipt-row';
import type { RunBook } from './run-book';
import type { LeaseId } from './values';

/** A bank shows a payment within so many days of the day on which somebody recorded it. */
const NEAR_DAYS = 4;

/** In words, one each. `maySee` leaves out what is on leases that the person may not see. */
export function lookAlikesOf(
  { receipts, settings }: Pick<RunBook, 'receipts' | 'settings'>,
  row: ReceiptRow,
  maySee: (lease: LeaseId | undefined) => boolean,
): readonly string[] {
  const on = localDay(row.initiatedAt, settings.zone);
  return receipts
    .filter(
      (other) =>
        other.key !== row.key &&
        other.amountCents === row.amountCents &&
        other.currency === row.currency &&
        other.state !== 'taken back' &&
        other.state !== 'failed' &&
        wholeOf(other.key) !== row.key &&
        wholeOf(row.key) !== other.key &&
        maySee(other.lease) &&
        Math.abs(daysBetween(localDay(other.initiatedAt, settings.zone), on)) <= NEAR_DAYS &&
        mayBeSamePayer(row, other),
    )
    .map((other) => {
      const day = shortDay(localDay(other.initiatedAt, settings.zone), 'en');
      const where = other.lease ? `on lease ${other.lease}` : other.state === 'not rent' ? 'not rent' : 'waiting too';
      return `${other.source} ${other.externalId} of ${day}, ${where}`;
    });
}

/** What a person recorded by hand names no payer: the amount and the days must do. */
function mayBeSamePayer(a: ReceiptRow, b: ReceiptRow): boolean {
  if (a.source === 'manual' || b.source === 'manual') return true;
  if (a.customer !== '' && a.customer === b.customer) return true;
  if (a.payerEmail !== '' && a.payerEmail.toLowerCase() === b.payerEmail.toLowerCase()) return true;
  const [mine, theirs] = [nameTokens(a.payer), nameTokens(b.payer)];
  return mine.length > 0 && mine.every((token) => theirs.includes(token));
}
