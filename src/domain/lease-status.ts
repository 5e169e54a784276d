/** What platforms outside are told of one lease after a decision: how it stands, and what became of a receipt. */
import { firstFeeDayOf, openAccount, upcomingRentDay } from './account';
import { type Lease, type LeaseState, type Property, RENT, type ReceiptRow } from './book';
import { localDay } from './calendar';
import type { Turn } from './events';
import { rateOn } from './line-cost';
import { decimal } from './money';
import { pendingCents, type Run, type RunBook, rowsOfLease, termsOf } from './run-book';
import { type Standing, standingOf } from './standing';
import type { LeaseStatus, ReceiptNote } from './status';

export interface Scene extends Turn {
  readonly run: Run;
  readonly property: Property;
  /** The receipts as they stand after the decision. */
  readonly bookAfter: RunBook;
}

export const standingIn = (
  book: RunBook,
  lease: Lease,
  property: Property,
  state: LeaseState,
  today: Scene['today'],
): Standing =>
  standingOf({
    lease,
    state,
    today,
    pendingCents: pendingCents(book, lease.id),
    firstFeeDay: (charge) => firstFeeDayOf({ lease, property }, charge.due),
  });

export function statusOf(scene: Scene, customer: string, contact: LeaseStatus['contact'] = 'write'): LeaseStatus {
  const { bookAfter: book, run, lease, property, after, standing, today } = scene;
  const last = lastPayment(rowsOfLease(book.receipts, lease.id), property);
  return {
    leaseId: lease.id,
    property: property.name,
    unit: lease.unit,
    residents: lease.residents,
    email: lease.emails[0] ?? '',
    phone: lease.phone,
    currency: property.currency,
    balanceCents: after.balanceCents,
    unpaidCents: standing.unpaidCents,
    processingCents: pendingCents(book, lease.id),
    standing: standing.word,
    daysLate: standing.daysLate,
    rentCents: rateOn(termsOf(book, lease), RENT, today, lease.rentCents),
    nextDue: upcomingRentDay(openAccount(book, run, lease, property, after, today)) ?? '',
    lastRung: after.rungs[after.rungs.length - 1]?.rung ?? '',
    ...(last ? { lastPayment: last } : {}),
    asOf: today,
    customer,
    contact,
  };
}

function lastPayment(rows: readonly ReceiptRow[], property: Property): LeaseStatus['lastPayment'] {
  const settled = rows.filter((row) => row.state === 'settled' || row.state === 'dispute won');
  const last = settled.reduce<ReceiptRow | undefined>(
    (newest, row) => (newest && newest.initiatedAt > row.initiatedAt ? newest : row),
    undefined,
  );
  if (!last) return undefined;
  const { amountCents, source, externalId: reference } = last;
  return { day: localDay(last.initiatedAt, property.zone), amountCents, source, reference };
}

export function receiptNote({ lease, property, after }: Scene, row: ReceiptRow, customer: string): ReceiptNote {
  return {
    receipt: row.key,
    leaseId: lease.id,
    property: property.name,
    unit: lease.unit,
    residents: lease.residents,
    address: property.address,
    manager: property.managerEmail,
    currency: row.currency,
    amountCents: row.amountCents,
    state: row.state,
    reversedCents: row.reversedCents,
    day: localDay(row.initiatedAt, property.zone),
    source: row.source,
    reference: row.externalId,
    matched: row.matched,
    allocated: row.items.map((item) => `${item.type} due ${item.due} ${decimal(item.amountCents, row.currency)}`),
    balanceCents: after.balanceCents,
    customer,
  };
}
