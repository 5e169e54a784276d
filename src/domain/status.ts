/** What platforms outside are told of the ledger: how a lease stands, each receipt, and what happened. Never read back. */

import type { StandingWord } from './standing';
import type { Cents, Currency, Day, Instant, Key, LeaseId, PropertyName } from './values';

/** What a platform can be told of: each is an effect of that name. */
export type Told = 'standing' | 'receipt' | 'event' | 'task';

/** The newest settled receipt of a lease. */
export interface LastPayment {
  readonly day: Day;
  readonly amountCents: Cents;
  /** Where it was seen, and its id there. */
  readonly source: string;
  readonly reference: string;
}

/** How a lease stands: the payload of a `standing` effect. The newest one holds; repeating it is harmless. */
export interface LeaseStatus {
  readonly leaseId: LeaseId;
  readonly property: PropertyName;
  readonly unit: string;
  readonly residents: string;
  readonly email: string;
  readonly phone: string;
  readonly currency: Currency;
  /** Owed now; negative is money ahead. */
  readonly balanceCents: Cents;
  /** Of that: fallen due and unpaid. */
  readonly unpaidCents: Cents;
  /** Payments under way. */
  readonly processingCents: Cents;
  readonly standing: StandingWord;
  readonly daysLate: number;
  readonly rentCents: Cents;
  readonly nextDue: Day | '';
  readonly lastRung: string;
  readonly lastPayment?: LastPayment;
  readonly asOf: Day;
  /** The lease's id at the platform, from its `customer` row on the Links tab; '' where there is none. */
  readonly customer: string;
  /**
   * `write` where residents, mail or phone are new to the platform or have changed here; else `keep`: what people have written there
   * since is theirs.
   */
  readonly contact: 'write' | 'keep';
}

/** A task about a lease, as a CRM is to have it: the payload of a `task` effect. The newest one holds; repeating it is harmless. */
export interface TaskNote {
  readonly task: Key;
  readonly leaseId: LeaseId;
  readonly property: PropertyName;
  readonly unit: string;
  readonly residents: string;
  readonly email: string;
  readonly currency: Currency;
  readonly balanceCents: Cents;
  readonly title: string;
  readonly detail: string;
  /** Mail of who is to do it; '' where nobody is named. */
  readonly owner: string;
  readonly due: Day;
  /** Opened or opened again, or closed: by a person or because the balance cleared. */
  readonly state: 'open' | 'closed';
  readonly outcome: string;
  readonly customer: string;
}

/** One receipt and what the ledger made of it: the payload of a `receipt` effect. One effect for each state that it comes to. */
export interface ReceiptNote {
  readonly receipt: Key;
  readonly leaseId: LeaseId;
  readonly property: PropertyName;
  readonly unit: string;
  readonly residents: string;
  readonly address: string;
  readonly manager: string;
  readonly currency: Currency;
  readonly amountCents: Cents;
  /** `settled`, `returned`, `refunded`, …: the states of the Receipts tab. */
  readonly state: string;
  readonly reversedCents: Cents;
  readonly day: Day;
  readonly source: string;
  readonly reference: string;
  /** Why it belongs to this lease. */
  readonly matched: string;
  /** Which charges it pays, in words: `rent due 2026-12-01 1000.00`. */
  readonly allocated: readonly string[];
  readonly balanceCents: Cents;
  readonly customer: string;
}

export type RentEventType =
  | 'payment.received'
  | 'payment.failed'
  | 'payment.returned'
  | 'lease.late'
  | 'lease.escalated'
  | 'lease.resolved';

/** Something that happened to a lease: the payload of an `event` effect. No names, no addresses. */
export interface RentEvent {
  /** Unique and the same at every repeat: what it is about, and the ledger row that caused it. */
  readonly id: string;
  readonly type: RentEventType;
  readonly at: Instant;
  readonly property: PropertyName;
  readonly lease: LeaseId;
  readonly unit: string;
  readonly currency: Currency;
  /** Of the payment; of a late lease what is unpaid; 0 of a resolved one. */
  readonly amountCents: Cents;
  readonly balanceCents: Cents;
  readonly standing: StandingWord;
  readonly daysLate: number;
  /** The rung of the ladder; '' where it is about a payment. */
  readonly rung: string;
  /** The vendor's id of a payment; '' otherwise. */
  readonly ref: string;
}
