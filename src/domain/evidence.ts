/** What a payment without a lease reference still tells: the invoice it pays, and evidence so strong that no person need look. */
import type { LeaseState, PaymentSeen, ReceiptRow } from './book';
import { invoiceNumber } from './books';
import { type CandidateIndex, candidateIndex, proposalsFor } from './candidates';
import type { Match } from './matching';
import { sum, ZERO } from './money';
import type { RunBook } from './run-book';
import type { Cents, Instant, Key, LeaseId } from './values';

export interface Billed {
  readonly lease: LeaseId;
  readonly charge: Key;
}

const billedIn = new WeakMap<RunBook['states'], ReadonlyMap<string, Billed>>();

/** The charge that an invoice number of ours stands for, among the charges that are open or were paid lately. */
export function billedAs({ states }: RunBook, number: string): Billed | undefined {
  let index = billedIn.get(states);
  if (!index) {
    const charges = [...states.values()].flatMap((state) =>
      state.charges.map(({ key }) => [invoiceNumber(key), { lease: state.lease, charge: key }] as const),
    );
    index = new Map(charges);
    billedIn.set(states, index);
  }
  return index.get(number.trim().toUpperCase());
}

const indexes = new WeakMap<RunBook, CandidateIndex>();

function indexOf(book: RunBook): CandidateIndex {
  const known = indexes.get(book);
  if (known) return known;
  const places = book.leases.flatMap((lease) => {
    const property = book.properties.get(lease.property);
    return property ? [{ lease, property }] : [];
  });
  const made = candidateIndex(book, places);
  indexes.set(book, made);
  return made;
}

/**
 * The one lease that all evidence speaks for, with an amount that is open there to the cent. Anything less waits: money on the
 * wrong lease is worse than money that waits for a person. `stateNow` knows what payments before it in the same step have paid.
 */
export function byEvidence(
  book: RunBook,
  payment: PaymentSeen,
  stateNow: (lease: LeaseId) => LeaseState | undefined,
): Match | undefined {
  if (!book.settings.matchByEvidence) return undefined;
  const [best] = proposalsFor(indexOf(book), asRow(payment));
  if (best?.confidence !== 'sure' || !best.fits) return undefined;
  const state = stateNow(best.lease.id);
  if (state && !isOpen(state, payment.amountCents)) return undefined;
  return { lease: best.lease.id, reason: `evidence: ${best.reasons.join('; ')}`.slice(0, 300) };
}

function isOpen({ charges }: LeaseState, amountCents: Cents): boolean {
  const open = charges.map((charge) => charge.openCents).filter((each) => each > 0);
  return amountCents === sum(open) || open.includes(amountCents);
}

/** As its row would look while it waits. */
const asRow = (payment: PaymentSeen): ReceiptRow => ({
  row: 0,
  key: payment.key,
  source: payment.source,
  externalId: payment.externalId,
  amountCents: payment.amountCents,
  currency: payment.currency,
  state: payment.state,
  initiatedAt: payment.initiatedAt,
  payer: payment.payerName ?? '',
  payerEmail: payment.payerEmail ?? '',
  customer: payment.customer ?? '',
  leaseRef: payment.leaseRef ?? '',
  memo: payment.memo ?? '',
  matched: '',
  items: [],
  reversedCents: ZERO,
  feeCents: payment.feeCents ?? ZERO,
  reversals: [],
  seenAt: payment.initiatedAt as Instant,
});
