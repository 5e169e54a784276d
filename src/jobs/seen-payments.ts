/** What becomes of payments that were read: decided with all that the ledger knows of them, in its open tail and before it. */
import type { PaymentSeen, ReceiptRow } from '../domain/book';
import { matchIndex } from '../domain/matching';
import { decidePayments } from '../domain/payments';
import type { Decision } from '../domain/run-book';
import type { Key } from '../domain/values';
import { type App, runNow } from '../run/app';
import type { Loaded } from '../sheet/load';
import { olderReceipts } from '../sheet/older-receipts';
import { payoutFacts } from './payouts';

/** Decides on payments; those first seen before the open tail are looked up in the whole Receipts tab, with their parts. */
export function decided(app: App, loaded: Loaded, payments: readonly PaymentSeen[]): Decision {
  const known = new Map<Key, ReceiptRow>(loaded.book.receipts.map((row) => [row.key, row]));
  const unknown = payments.filter((payment) => !known.has(payment.key));
  for (const row of olderReceipts(app.host, loaded, mayBeOlder(loaded, unknown))) known.set(row.key, row);
  return decidePayments(
    {
      book: loaded.book,
      run: runNow(app),
      index: matchIndex(loaded.book.leases, loaded.book.links),
      known,
      payouts: payoutFacts(app, loaded),
    },
    payments,
  );
}

/**
 * So long after it was first seen a payment may be dated: by a source that tells the day alone, at its noon, or by a bank that tells
 * the day on which it will book. The tail is longer, so that what is new costs no look.
 */
const DATED_AHEAD_MS = 30 * 86_400_000;

/** A payment that began after everything in the closed part was seen cannot be there. */
function mayBeOlder(loaded: Loaded, unknown: readonly PaymentSeen[]): readonly string[] {
  const { receipts } = loaded.book;
  const oldestOpen = receipts.reduce((least, row) => Math.min(least, row.seenAt), Number.POSITIVE_INFINITY);
  const isNew = ({ initiatedAt }: PaymentSeen) => initiatedAt - DATED_AHEAD_MS > oldestOpen;
  if (receipts.length > 0 && unknown.every(isNew)) return [];
  return unknown.map((payment) => payment.key);
}
