/** What a row of the Receipts tab remembers: how its payment stands, what of it went back, and what people decided about it. */
import type { PaymentReversal, PaymentSeen, ReceiptRow, ReceiptState } from './book';
import { least, sum, ZERO } from './money';
import { type Key, key } from './values';

type Remembered = Pick<ReceiptRow, 'key' | 'reversals'>;
type Told = ReceiptRow['reversals'][number];

const WAITING: readonly ReceiptState[] = ['settled', 'pending', 'partly refunded', 'dispute won', 'disputed'];

/** Money that came, or is on its way, and that no lease is known for: a person decides on it. */
export const waits = (row: Pick<ReceiptRow, 'lease' | 'state'>): boolean => !row.lease && WAITING.includes(row.state);

export const wasPosted = (row: ReceiptRow | undefined): boolean =>
  row?.lease !== undefined && row.state !== 'pending' && row.state !== 'failed';

// ---------------------------------------------------------------- marks

const unmatchedStem = (receipt: Key) => `${receipt}:unmatched:`;
const partStem = (receipt: Key) => `${receipt}/`;
const countOf = ({ reversals }: Remembered, stem: string): number =>
  reversals.filter((each) => each.key.startsWith(stem)).length;

/** A person's decision remembered among the reversals. It takes no money back: it stands there as won. */
export const isMark = (receipt: Key, id: Key): boolean =>
  id.startsWith(unmatchedStem(receipt)) || id.startsWith(partStem(receipt));

/** What its source told of it, without what people decided. */
export const toldReversals = ({ key: receipt, reversals }: Remembered): readonly Told[] =>
  reversals.filter((each) => !isMark(receipt, each.key));

/** A person took it off a lease or undid its split: from then on only a person matches it. */
export const isForPerson = (row: Remembered): boolean => row.reversals.some((each) => isMark(row.key, each.key));

/** The mark, and the ledger key, of the next time that a person takes the receipt off its lease. */
export const unmatchKey = (row: Remembered): Key =>
  key(`${unmatchedStem(row.key)}${countOf(row, unmatchedStem(row.key)) + 1}`);

export const markOf = (id: Key): Told => ({ key: id, state: 'won', amountCents: ZERO });

/** A ledger key of a receipt that is posted anew: what it was posted under before stays what it was. */
export function again(row: Remembered | undefined, id: Key): Key {
  const times = row ? countOf(row, unmatchedStem(row.key)) : 0;
  return times === 0 ? id : key(`${id}:again:${times}`);
}

/** The key of a part of a split receipt, from 1; parts of a split that was undone keep theirs. */
export const partKey = (row: Remembered, part: number): Key =>
  key(`${partStem(row.key)}${countOf(row, partStem(row.key)) + part}`);

/** `stripe:pi_1` of `stripe:pi_1/2`; undefined for a receipt that is no part. */
export const wholeOf = (receipt: string): Key | undefined => {
  const whole = /^(.+)\/\d+$/.exec(receipt)?.[1];
  return whole === undefined ? undefined : key(whole);
};

// ---------------------------------------------------------------- state

/** Where a settled payment stands by what its source told. */
export function stateAfter(payment: Pick<PaymentSeen, 'amountCents' | 'reversals'>): ReceiptState {
  const counts = payment.reversals.filter((each) => each.amountCents > 0 || each.state === 'won');
  const last = (reason: PaymentReversal['reason']) => [...counts].reverse().find((each) => each.reason === reason);
  if (last('returned')) return 'returned';
  const dispute = last('disputed');
  if (dispute?.state === 'open') return 'disputed';
  if (dispute?.state === 'lost' || dispute?.state === 'final') return 'dispute lost';
  const refunded = sum(counts.filter((each) => each.reason === 'refunded').map((each) => each.amountCents));
  if (refunded >= payment.amountCents && refunded > 0) return 'refunded';
  if (refunded > 0) return 'partly refunded';
  return dispute?.state === 'won' ? 'dispute won' : 'settled';
}

/** What the row remembers of what went back: all that was told, and what an earlier look had seen. */
export function reversalsOf(
  payment: PaymentSeen,
  before: ReceiptRow | undefined,
  row: Pick<ReceiptRow, 'reversals' | 'reversedCents'>,
): Pick<ReceiptRow, 'reversals' | 'reversedCents'> {
  if (payment.state !== 'settled') return { reversals: row.reversals, reversedCents: row.reversedCents };
  const told = payment.reversals.map(({ key: id, state, amountCents }) => ({ key: id, state, amountCents }));
  const forgotten = (before?.reversals ?? []).filter((each) => !told.some((one) => one.key === each.key));
  const reversals = [...forgotten, ...told];
  return {
    reversals,
    // One loss may be told under two names: no more is gone than there was.
    reversedCents: least(
      payment.amountCents,
      sum(reversals.filter((each) => each.state !== 'won').map((each) => each.amountCents)),
    ),
  };
}

/** Why the money of a waiting receipt went back, as far as its state says. */
const reasonOf = (state: ReceiptState): PaymentReversal['reason'] =>
  state === 'returned' ? 'returned' : state.startsWith('dispute') ? 'disputed' : 'refunded';

/** A receipt as the payment it was, to be matched again once its lease, link or reference is there. */
export const paymentOf = (row: ReceiptRow): PaymentSeen => ({
  key: row.key,
  source: row.source,
  externalId: row.externalId,
  amountCents: row.amountCents,
  currency: row.currency,
  state: row.state === 'pending' ? 'pending' : row.state === 'failed' ? 'failed' : 'settled',
  initiatedAt: row.initiatedAt,
  feeCents: row.feeCents,
  reversals: toldReversals(row).map((each) => ({
    ...each,
    reason: reasonOf(row.state),
    at: row.initiatedAt,
    detail: '',
  })),
  memo: row.memo,
  ...(row.failure ? { failure: row.failure } : {}),
  payerName: row.payer,
  payerEmail: row.payerEmail,
  customer: row.customer,
  leaseRef: row.leaseRef,
});
