/** The queue of payments that no lease is known for: candidates with their reasons, look-alikes, and what was asked about them. */

import { openAccount, postDue } from '../../../domain/account';
import { allocate } from '../../../domain/allocation';
import { digestOf } from '../../../domain/audit';
import type { ReceiptRow, TaskRow } from '../../../domain/book';
import { localDay } from '../../../domain/calendar';
import { candidateIndex, type Proposal, proposalsFor } from '../../../domain/candidates';
import { lookAlikesOf } from '../../../domain/look-alikes';
import { questionKey } from '../../../domain/payments';
import { waits } from '../../../domain/receipt-row';
import { type Run, type RunBook, stateOf } from '../../../domain/run-book';
import { standingWords } from '../../../domain/standing';
import { type App, runNow } from '../../../run/app';
import { loadBook } from '../../../sheet/load';
import { standingToday } from '../../../sheet/rent-roll';
import type { Candidate, Queue, QueueItem } from '../reconcile';
import type { LeaseLine } from '../told';
import { type Place, placesFor } from './leases';
import { receiptLineOf } from './words';

/** What a person's decision is judged by: it is refused when the row has changed since it was shown. */
export const versionOf = (row: ReceiptRow): string => digestOf(JSON.stringify({ ...row, row: 0 })).slice(0, 16);

/** The oldest first, those that somebody was asked about last. */
export function queue(app: App): Queue {
  const { book } = loadBook(app.host);
  const run = runNow(app);
  const items = waitingFor(app, book).map(({ row, proposals }) => itemOf(app, book, run, row, proposals));
  const asked = (item: QueueItem) => (item.asked === undefined ? 0 : 1);
  return { items: items.sort((a, b) => asked(a) - asked(b)), zone: book.settings.zone };
}

interface Waiting {
  readonly row: ReceiptRow;
  readonly proposals: readonly Proposal[];
}

/**
 * Waiting receipts belong to no property yet. A person who may see some properties only is shown those that one of their
 * leases may be meant by: the payers of other people's houses are none of their business.
 */
function waitingFor(app: App, book: RunBook): readonly Waiting[] {
  const rows = book.receipts.filter(waits);
  if (rows.length === 0) return [];
  const index = candidateIndex(book, placesFor(app, book));
  return rows
    .map((row) => ({ row, proposals: proposalsFor(index, row) }))
    .filter(({ proposals }) => seesAll(app) || proposals.length > 0)
    .sort((a, b) => a.row.initiatedAt - b.row.initiatedAt);
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

function itemOf(app: App, book: RunBook, run: Run, row: ReceiptRow, proposals: readonly Proposal[]): QueueItem {
  const remember = rememberOf(row);
  const asked = askedOf(book.tasks, row);
  const seen = new Set(placesFor(app, book).map(({ lease }) => lease.id));
  return {
    receipt: receiptLineOf(row, book.settings.zone),
    candidates: proposals.map((proposal) => candidateOf(book, run, row, proposal)),
    duplicates: lookAlikesOf(book, row, (lease) => lease === undefined || seen.has(lease)),
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
  return task && `${task.owner || 'nobody in particular'} was asked, until ${task.due}: ${task.detail}`;
}

function candidateOf(book: RunBook, run: Run, row: ReceiptRow, proposal: Proposal): Candidate {
  const { lease, property, confidence, reasons } = proposal;
  const account = openAccount(book, run, lease, property);
  postDue(account);
  const { items, leftCents } = allocate(lease.allocation, account.state.charges, row.amountCents);
  const { currency } = property;
  return {
    lease: leaseLineOf(book, run, proposal),
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

function leaseLineOf(book: RunBook, run: Run, { lease, property }: Place): LeaseLine {
  const standing = standingToday(book, lease, property, localDay(run.now, property.zone));
  const { currency } = property;
  return {
    lease: lease.id,
    property: property.name,
    unit: lease.unit,
    residents: lease.residents,
    word: standing.word,
    standing: standingWords(standing),
    daysLate: standing.daysLate,
    balance: { cents: stateOf(book, lease.id).balanceCents, currency },
    unpaid: { cents: standing.unpaidCents, currency },
  };
}
