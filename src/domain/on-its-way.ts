/** Money of a lease that is on its way: payments that its feeds show as pending, and debits that were sent and not seen there yet. */
import type { OutboxRow } from './book';
import { sum } from './money';
import { pendingCents, type RunBook, rowsOfLease } from './run-book';
import type { Cents, Instant, LeaseId } from './values';

/** Effects that take money by themselves. An invoice, a page or a subscription waits for the payer. */
const TAKES: readonly string[] = ['charge', 'transfer'];
/** What its feed has not shown for so long was not made, or its receipt lies in the closed part of the tab. */
const UNSEEN_MS = 14 * 86_400_000;

/** `except` is the effect that asks. What waits to leave is not on its way: it is asked again itself. */
export function isMoneyOnItsWay(book: RunBook, lease: LeaseId, now: Instant, except?: OutboxRow): boolean {
  if (pendingCents(book, lease) > 0) return true;
  return rowsOfLease(book.outbox ?? [], lease).some(
    (row) => TAKES.includes(row.kind) && row.key !== except?.key && isUnseen(book, row, now),
  );
}

/** What those debits come to. */
export const unseenCents = (book: RunBook, lease: LeaseId, now: Instant): Cents =>
  sum(
    rowsOfLease(book.outbox ?? [], lease)
      .filter((row) => TAKES.includes(row.kind) && isUnseen(book, row, now))
      .map((row) => Number(row.payload.amountCents ?? 0) as Cents),
  );

function isUnseen(book: RunBook, row: OutboxRow, now: Instant): boolean {
  if (now - row.createdAt > UNSEEN_MS) return false;
  if (row.state === 'sending' || row.state === 'unsure') return true;
  const isSeen = () =>
    row.lease !== undefined &&
    rowsOfLease(book.receipts, row.lease).some(
      (each) => each.source === row.channel && each.externalId === row.vendorRef,
    );
  return row.state === 'sent' && !isSeen();
}
