/** What all decisions on a waiting receipt share: the Log line that names it, and which leases it may go to. */
import type { ReceiptRow } from '../../../domain/book';
import { moneyText } from '../../../domain/fee-words';
import { logLine } from '../../../domain/wishes';
import { type App, runNow } from '../../../run/app';
import type { Place } from '../../account';

/** Kind of the Log lines that name a reconciled receipt under Key. */
export const RECONCILED = 'reconciled';

/** A Log line that names the receipt, by which an undo finds it. */
export const reconciledLine = (app: App, row: ReceiptRow, what: string, place?: Place) =>
  logLine(runNow(app), RECONCILED, `${moneyText(row.amountCents, row.currency)} of ${row.externalId}: ${what}`, {
    key: row.key,
    ...(place ? { lease: place.lease.id } : {}),
  });

/** Why a receipt cannot go to this lease; undefined where it can. */
export const wrongLease = (row: ReceiptRow, place: Place): string | undefined =>
  place.property.currency === row.currency
    ? undefined
    : `It is in ${row.currency}, but the lease keeps its books in ${place.property.currency}.`;
