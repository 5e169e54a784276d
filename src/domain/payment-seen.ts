/** A payment as its source tells it. */
import type { Cents, Currency, Instant, Key } from './values';

export type PaymentState = 'pending' | 'settled' | 'failed';

/** A return, refund or dispute of a payment, as its source tells it now. */
export interface PaymentReversal {
  /** `stripe:re_1`, `stripe:dp_1` */
  readonly key: Key;
  readonly reason: 'returned' | 'disputed' | 'refunded';
  /** `open` withholds the money while a dispute runs; `won` gives it back; `lost` and `final` keep it away. */
  readonly state: 'open' | 'won' | 'lost' | 'final';
  readonly amountCents: Cents;
  readonly at: Instant;
  readonly detail: string;
}

/** A payment as a connector reads it: the vendor's whole truth at this moment, so that order and repeats do not matter. */
export interface PaymentSeen {
  /** `stripe:pi_123` */
  readonly key: Key;
  readonly source: string;
  /** The vendor's own id, as it is. */
  readonly externalId: string;
  readonly amountCents: Cents;
  readonly currency: Currency;
  readonly state: PaymentState;
  /** When the payer set it going: lateness is judged by this. */
  readonly initiatedAt: Instant;
  readonly settledAt?: Instant;
  readonly feeCents?: Cents;
  readonly leaseRef?: string;
  /** The number of the invoice it pays, as we gave it ({@link OUR_NUMBER} of books.ts): it names the charge. */
  readonly invoice?: string;
  readonly customer?: string;
  readonly payerEmail?: string;
  readonly payerName?: string;
  readonly memo?: string;
  /** Why it failed, in the vendor's code and words. */
  readonly failure?: string;
  readonly reversals: readonly PaymentReversal[];
}
