/** The month's close: open items of every lease go to Openings, and later runs read the journal only from there on. */
import type { OutboxRow, ReceiptRow } from '../domain/book';
import { addDays, instantOf, localDay, monthKey } from '../domain/calendar';
import { prune } from '../domain/ledger';
import { waits } from '../domain/receipt-row';
import type { Run } from '../domain/run-book';
import type { Day, Instant } from '../domain/values';
import type { Changes } from '../sheet/commit';
import { ratesAtClose } from '../sheet/dashboard/rates';
import type { Loaded } from '../sheet/load';
import type { Marks } from '../sheet/marks';
import { openingParts } from '../sheet/openings';

/** Effects and receipts stay in the open tail this long after they came to rest. */
const TAIL_DAYS = 45;

/** The commits that close the month before `run`; none when it is closed, or some property has not begun the month. */
export function closing(loaded: Loaded, run: Run, charactersMax?: number): readonly Changes[] {
  const days = [...loaded.book.properties.values()].map((property) => localDay(run.now, property.zone)).sort();
  const [first] = days;
  if (!first || monthKey(first) <= loaded.marks.closedMonth) return [];
  const states = [...loaded.book.states.values()].map((state) => prune(state, first));
  const parts = openingParts(monthKey(first), states, charactersMax);
  return parts.map((openings) => ({ openings, ...(openings.inForce ? { marks: marksAt(loaded, first) } : {}) }));
}

function marksAt(loaded: Loaded, first: Day): Partial<Marks> {
  const keepFrom = instantOf(addDays(first, -TAIL_DAYS), 0, 0, loaded.book.settings.zone);
  const { ledgerRows, receiptRows, outboxRows } = loaded.marks;
  const receiptKept = (row: ReceiptRow) => receiptOpen(row) || row.seenAt >= keepFrom;
  return {
    closedMonth: monthKey(first),
    rates: ratesAtClose(loaded.book, loaded.marks.rates, first),
    tailRow: ledgerRows + 2,
    receiptsTailRow: firstRow(loaded.book.receipts, receiptRows, receiptKept),
    outboxTailRow: firstRow(loaded.outbox, outboxRows, (row) => effectOpen(row, keepFrom)),
  };
}

const receiptOpen = (row: ReceiptRow): boolean => row.state === 'pending' || row.state === 'disputed' || waits(row);
const effectOpen = (row: OutboxRow, keepFrom: Instant): boolean =>
  row.createdAt >= keepFrom ||
  row.state === 'ready' ||
  row.state === 'sending' ||
  row.state === 'scheduled' ||
  row.state === 'unsure' ||
  row.state === 'waiting for release';

/** The first row that must still be read; just after the last row when there is none. */
function firstRow<T extends { readonly row: number }>(
  rows: readonly T[],
  count: number,
  open: (row: T) => boolean,
): number {
  return rows.reduce((first, row) => (open(row) && row.row < first ? row.row : first), count + 2);
}
