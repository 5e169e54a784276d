/** What happened to leases by a decision, as others are told of it: payments, lateness, escalation, and its end. */
import type { Entry, Lease, LeaseState, ReceiptRow } from './book';
import { cents, sum } from './money';
import type { RunBook } from './run-book';
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

/** The charge that the lease was last told to be late with and still owes; undefined while it is not. */
export function lateAbout(book: Pick<RunBook, 'ladder'>, state: LeaseState): string | undefined {
  const open = new Set(state.charges.filter((charge) => charge.openCents > 0).map((charge) => charge.key));
  return state.rungs.filter((each) => saysLate(book, each.rung) && open.has(each.about)).pop()?.about;
}

/** In the order of the entries; at most one end of a lateness, and it comes last. */
export function eventsOf(turn: Turn): readonly RentEvent[] {
  const events = [...turn.entries.flatMap((entry) => ofEntry(turn, entry)), ...failedOnes(turn)];
  return [...events, ...resolved(turn)];
}

function ofEntry(turn: Turn, entry: Entry): readonly RentEvent[] {
  switch (entry.kind) {
    case 'receipt':
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

const TAKEN_BACK: readonly string[] = ['returned', 'disputed', 'dispute lost', 'refunded'];

function rungEvent(turn: Turn, entry: Entry & { readonly kind: 'rung' }): RentEvent {
  const isFirst = !turn.before.rungs.some((each) => each.about === entry.about && saysLate(turn.book, each.rung));
  const type = isFirst ? 'lease.late' : 'lease.escalated';
  return event(turn, type, entry.key, turn.standing.unpaidCents, { rung: entry.rung });
}

/** A payment that has failed and had not before; what was known to have failed is no news. */
const failedOnes = (turn: Turn): readonly RentEvent[] =>
  turn.receipts
    .filter(
      (row) =>
        row.state === 'failed' && !turn.book.receipts.some((old) => old.key === row.key && old.state === 'failed'),
    )
    .map((row) => event(turn, 'payment.failed', row.key, row.amountCents, { ref: row.externalId }));

/** Told to be late before, and now nothing that fell due is unpaid. */
function resolved(turn: Turn): readonly RentEvent[] {
  const cause = turn.entries[turn.entries.length - 1]?.key;
  const isClear = sum(unpaidOn(turn.after, turn.today).map((charge) => charge.openCents)) === 0;
  if (cause === undefined || !isClear || lateAbout(turn.book, turn.before) === undefined) return [];
  return [event(turn, 'lease.resolved', cause, cents(0), {})];
}

const refOf = ({ receipts, book }: Turn, receipt: string): string =>
  [...receipts, ...book.receipts].find((row) => row.key === receipt)?.externalId ?? '';

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
