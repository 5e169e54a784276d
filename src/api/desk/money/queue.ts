/** The queue of payments that no lease is known for: candidates with their reasons, look-alikes, and what was asked about them. */

import { openAccount, payable, postDue, spreadOver } from '../../../domain/account';
import { dayText } from '../../../domain/acts/words';
import { digestOf } from '../../../domain/audit';
import type { ReceiptRow, TaskRow } from '../../../domain/book';
import { localDay } from '../../../domain/calendar';
import { candidateIndex, type Proposal, proposalsFor } from '../../../domain/candidates';
import { lookAlikesOf } from '../../../domain/look-alikes';
import { questionKey } from '../../../domain/payments';
import { waits } from '../../../domain/receipt-row';
import type { Run, RunBook } from '../../../domain/run-book';
import type { LeaseId } from '../../../domain/values';
import { type App, runNow } from '../../../run/app';
import { loadBook } from '../../../sheet/load';
import { standingToday } from '../../../sheet/rent-roll';
import { type Place, placesFor } from '../../account';
import { leaseLine, receiptLine } from '../lines';
import type { Candidate, Queue, QueueItem } from '../reconcile';

/** What a person's decision is judged by: it is refused when the row has changed since it was shown. */
export const versionOf = (row: ReceiptRow): string => digestOf(JSON.stringify({ ...row, row: 0 })).slice(0, 16);

/** More than anybody settles in one sitting; the next ones follow as these are settled. */
const ITEMS_MAX = 100;

/** The oldest first, those that somebody was asked about last. */
export function queue(app: App): Queue {
  const { book } = loadBook(app.host);
  const run = runNow(app);
  const places = placesFor(app, book);
  const { shown, total } = waitingFor(app, book, places);
  const mine = new Set(places.map(({ lease }) => lease.id));
  const items = shown.map(({ row, proposals }) => itemOf(book, run, mine, row, proposals));
  return { items, total, zone: book.settings.zone };
}

interface Waiting {
  readonly row: ReceiptRow;
  readonly proposals: readonly Proposal[];
}

/**
 * Waiting receipts belong to no property yet. A person who may see some properties only is shown those that one of their
 * leases may be meant by: the payers of other people's houses are none of their business.
 */
function waitingFor(app: App, book: RunBook, places: readonly Place[]): { shown: readonly Waiting[]; total: number } {
  const asked = (row: ReceiptRow) => (askedOf(book.tasks, row) === undefined ? 0 : 1);
  const rows = book.receipts
    .filter(waits)
    .sort((a, b) => asked(a) - asked(b) || a.initiatedAt - b.initiatedAt || (a.key < b.key ? -1 : 1));
  if (rows.length === 0) return { shown: [], total: 0 };
  const index = candidateIndex(book, places);
  const judged = (row: ReceiptRow): Waiting => ({ row, proposals: proposalsFor(index, row) });
  if (seesAll(app)) return { shown: rows.slice(0, ITEMS_MAX).map(judged), total: rows.length };
  const meant = rows.map(judged).filter(({ proposals }) => proposals.length > 0);
  return { shown: meant.slice(0, ITEMS_MAX), total: meant.length };
}

const seesAll = (app: App): boolean => app.person?.properties === undefined;

/** A waiting receipt by its key or its id at the source; undefined where it does not wait or must not be seen. */
export function waitingReceipt(app: App, book: RunBook, id: string): ReceiptRow | undefined {
  const row = book.receipts.find((each) => each.key === id) ?? book.receipts.find((each) => each.externalId === id);
  return row && waits(row) && isMeantFor(app, book, row) ? row : undefined;
}

/** May this person see a receipt that belongs to no lease? */
export const isMeantFor = (app: App, book: RunBook, row: ReceiptRow): boolean =>
  seesAll(app) || proposalsFor(candidateIndex(book, placesFor(app, book)), row).length > 0;

function itemOf(
  book: RunBook,
  run: Run,
  mine: ReadonlySet<LeaseId>,
  row: ReceiptRow,
  proposals: readonly Proposal[],
): QueueItem {
  const remember = rememberOf(row);
  const asked = askedOf(book.tasks, row);
  return {
    receipt: receiptLine(book, row),
    candidates: proposals.map((proposal) => candidateOf(book, run, row, proposal)),
    duplicates: lookAlikesOf(book, row, (lease) => lease === undefined || mine.has(lease)),
    ...(remember ? { remember } : {}),
    ...(asked ? { asked } : {}),
    version: versionOf(row),
  };
}

/** The customer at the platform says most, then the mail, then the name. */
export function rememberOf(row: ReceiptRow): QueueItem['remember'] {
  if (row.customer) return { kind: 'customer', value: row.customer };
  const value = row.payerEmail || row.payer;
  return value ? { kind: 'payer', value } : undefined;
}

function askedOf(tasks: readonly TaskRow[], row: ReceiptRow): string | undefined {
  const task = tasks.find((each) => each.key === questionKey(row.key) && each.state === 'open');
  return task && `${task.owner || 'nobody in particular'} was asked, until ${dayText(task.due)}: ${task.detail}`;
}

function candidateOf(book: RunBook, run: Run, row: ReceiptRow, proposal: Proposal): Candidate {
  const { lease, property, confidence, reasons } = proposal;
  const account = openAccount(book, run, lease, property);
  postDue(account);
  const { items, leftCents } = spreadOver(account, payable(account.state), row.amountCents);
  const { currency } = property;
  return {
    lease: leaseLine(book, lease, property, standingToday(book, lease, property, localDay(run.now, property.zone))),
    confidence,
    reasons,
    pays: items.map((item) => ({
      charge: item.charge,
      type: item.type,
      due: item.due,
      amount: { cents: item.amountCents, currency },
    })),
    ahead: { cents: leftCents, currency },
  };
}
