/** What happened to leases by a decision, as others are told of it: payments, lateness, escalation, and its end. */
import { type Entry, LATE_FEE, type Lease, type LeaseState, type OpenCharge, type ReceiptRow } from './book';
import { cents } from './money';
import { type RunBook, rowsOfLease } from './run-book';
import { type Standing, unpaidOn } from './standing';
import type { RentEvent, RentEventType } from './status';
import type { Cents, Day, Instant, LeaseId } from './values';

/** A lease before and after a decision, with the entries that made the difference. */
export interface Turn {
  readonly book: RunBook;
  readonly lease: Lease;
  readonly before: LeaseState;
  readonly after: LeaseState;
  readonly standing: Standing;
  readonly entries: readonly Entry[];
  /** Receipts of the lease that the decision touches, as they stand after it. */
  readonly receipts: readonly ReceiptRow[];
  readonly today: Day;
  readonly now: Instant;
}

/** Rungs that say that rent is late: those that come after the grace, or some days after the due date. */
export const saysLate = ({ ladder }: Pick<RunBook, 'ladder'>, name: string): boolean =>
  ladder.some((rung) => rung.name === name && (rung.from === 'first fee' || (rung.from === 'due' && rung.days > 0)));

/**
 * What a lease was told to be late with and still owes: all that had fallen due with the newest of it, and late fees on that. What
 * fell due since is told by rungs of its own.
 */
export function lateDebts(book: Pick<RunBook, 'ladder'>, state: LeaseState, today: Day): readonly OpenCharge[] {
  const told = new Set(state.rungs.filter((each) => saysLate(book, each.rung)).map((each) => each.about));
  if (told.size === 0) return [];
  const dues = state.charges.filter((charge) => told.has(charge.key)).map((charge) => charge.due);
  const until = dues.reduce((last, due) => (due > last ? due : last), '' as Day);
  const meant = new Set(state.charges.filter((charge) => charge.due <= until).map((charge) => charge.key));
  return unpaidOn(state, today).filter(
    ({ key, type, about }) => meant.has(key) || (type === LATE_FEE && about !== undefined && meant.has(about)),
  );
}

/** In the order of the entries; at most one end of a lateness, and it comes last. */
export function eventsOf(turn: Turn): readonly RentEvent[] {
  const events = [...turn.entries.flatMap((entry) => ofEntry(turn, entry)), ...failedOnes(turn)];
  return [...events, ...resolved(turn)];
}

function ofEntry(turn: Turn, entry: Entry): readonly RentEvent[] {
  switch (entry.kind) {
    case 'receipt':
    // A dispute that was won: the money counts again.
    case 'reinstatement':
      return [event(turn, 'payment.received', entry.key, entry.amountCents, { ref: refOf(turn, entry.receipt) })];
    case 'reversal':
      return TAKEN_BACK.includes(entry.reason)
        ? [event(turn, 'payment.returned', entry.key, entry.amountCents, { ref: refOf(turn, entry.receipt) })]
        : [];
    case 'rung':
      return saysLate(turn.book, entry.rung) ? [rungEvent(turn, entry)] : [];
    default:
      return [];
  }
}

/** A dispute that is lost moves no more money: it went when the dispute began. */
export const TAKEN_BACK: readonly string[] = ['returned', 'disputed', 'refunded'];

function rungEvent(turn: Turn, entry: Entry & { readonly kind: 'rung' }): RentEvent {
  const isFirst = !turn.before.rungs.some((each) => each.about === entry.about && saysLate(turn.book, each.rung));
  const type = isFirst ? 'lease.late' : 'lease.escalated';
  return event(turn, type, entry.key, turn.standing.unpaidCents, { rung: entry.rung });
}

/** A payment that has failed and had not before; what was known to have failed is no news. */
function failedOnes(turn: Turn): readonly RentEvent[] {
  const failed = turn.receipts.filter((row) => row.state === 'failed');
  return failed
    .filter((row) => rowOf(turn.book, row.key, turn.lease)?.state !== 'failed')
    .map((row) => event(turn, 'payment.failed', row.key, row.amountCents, { ref: row.externalId }));
}

/** Told to be late before, and now nothing of that is unpaid. */
function resolved(turn: Turn): readonly RentEvent[] {
  const { book, before, after, today, entries } = turn;
  const cause = entries[entries.length - 1]?.key;
  const isOver = cause !== undefined && lateDebts(book, after, today).length === 0;
  return isOver && lateDebts(book, before, today).length > 0
    ? [event(turn, 'lease.resolved', cause, cents(0), {})]
    : [];
}

const rowOf = ({ receipts }: Pick<RunBook, 'receipts'>, receipt: string, { id }: Lease): ReceiptRow | undefined =>
  rowsOfLease(receipts, id).find((row) => row.key === receipt);

const refOf = ({ receipts, book, lease }: Turn, receipt: string): string =>
  (receipts.find((row) => row.key === receipt) ?? rowOf(book, receipt, lease))?.externalId ?? '';

function event(
  { book, lease, after, standing, now }: Turn,
  type: RentEventType,
  cause: string,
  amountCents: Cents,
  more: Partial<Pick<RentEvent, 'rung' | 'ref'>>,
): RentEvent {
  return {
    id: `${type}:${cause}`,
    type,
    at: now,
    property: lease.property,
    lease: lease.id as LeaseId,
    unit: lease.unit,
    currency: book.properties.get(lease.property)?.currency ?? book.settings.currency,
    amountCents,
    balanceCents: after.balanceCents,
    standing: standing.word,
    daysLate: standing.daysLate,
    rung: more.rung ?? '',
    ref: more.ref ?? '',
  };
}
