/**
 * The nouns of the ledger. A book is what one run reads; a decision is what one run wants to commit.
 *
 *   Property ─< Lease ─< Entry (append-only journal) ── fold ──> LeaseState (open items, derived)
 *                  └──< Receipt (a payment seen at a source, one row each)
 */
export type * from './effects';
export type * from './fee-policy';
export type * from './payment-seen';
export type * from './plan-entry';

import type { FeePolicy } from './fee-policy';
import type { LeasePaying, PropertyPaying } from './paying';
import type { PaymentReversal } from './payment-seen';
import type { FeeRest, Plan, PlanStep, PlanTerms } from './plan-entry';
import type { Cents, Currency, Day, Instant, Key, LeaseId, PropertyName, Zone } from './values';

// ---------------------------------------------------------------- what people write

export type Frequency = 'weekly' | 'fortnightly' | 'monthly' | 'quarterly' | 'yearly';
export type Proration = 'actual days' | '30-day' | '365-day';

/** What a charge is for, in lower case. These are known to the rules; people may add others such as `renters insurance`. */
export type ChargeType = string;
export const RENT = 'rent';
export const DEPOSIT = 'deposit';
export const LATE_FEE = 'late fee';
export const RETURN_FEE = 'returned payment fee';

/** How money is spread over open charges. `oldest` is by due date; `types` lists charge types, first served first. */
export type AllocationRule =
  | { readonly kind: 'oldest' }
  | { readonly kind: 'types'; readonly types: readonly ChargeType[] }
  | { readonly kind: 'statute'; readonly statute: 'US-OR' | 'US-WA' };

/** A dated change or addition to a lease, one row of the Terms tab. */
export interface Term {
  readonly row: number;
  readonly lease: LeaseId;
  /** `rent` from a day is a rent change; any other type adds a line; `credit` lowers the debt once. */
  readonly type: ChargeType;
  readonly amountCents: Cents;
  readonly from: Day;
  readonly until?: Day;
  readonly every: 'period' | 'once';
  readonly memo: string;
}

/** How a resident is told. With `else` the second way is taken when the first one fails. */
export type NotifyBy = 'email' | 'sms' | 'both' | 'email, else sms' | 'sms, else email' | 'none';

export interface Lease extends LeasePaying {
  readonly row: number;
  readonly id: LeaseId;
  readonly property: PropertyName;
  readonly unit: string;
  readonly residents: string;
  readonly emails: readonly string[];
  readonly phone: string;
  readonly rentCents: Cents;
  readonly frequency: Frequency;
  /** Date of the month 1-31, or ISO weekday 1-7 for weekly and fortnightly rents. */
  readonly dueDay: number;
  readonly start: Day;
  /** The last day lived in; undefined runs from month to month. */
  readonly end?: Day;
  readonly depositCents: Cents;
  readonly proration: Proration;
  readonly allocation: AllocationRule;
  readonly notifyBy: NotifyBy;
  /** When and how the resident agreed to text messages; '' where nobody recorded it, and then none is sent. */
  readonly smsConsent: string;
  /** The lease is out for signature: until it is signed nothing is charged and nobody is written to. */
  readonly awaitsSignature?: true;
  readonly signedOn?: Day;
  readonly language: string;
  /** Reminders, fees and the ladder rest up to and including this day. */
  readonly holdUntil?: Day;
  /** Roommates who move out before the lease ends, each by the address or phone that is theirs. */
  readonly movedOut?: readonly { readonly address: string; readonly on: Day }[];
  readonly fees: FeePolicy;
}

export interface Property extends PropertyPaying {
  readonly row: number;
  readonly name: PropertyName;
  readonly address: string;
  readonly zone: Zone;
  readonly currency: Currency;
  /** `US-TX`, `UK-ENG`, … as in the rule pack; empty when nobody has said. */
  readonly jurisdiction: string;
  readonly fees: FeePolicy;
  readonly managerEmail: string;
  /** Platforms whose books are kept in step with this property; left out: all that are connected. */
  readonly books?: readonly string[];
  /** What carries mail about this property; left out: as Settings say. */
  readonly mailBy?: string;
  readonly slack: boolean;
  /** The channel in which Slack's app posts about this property; left out where only a webhook does, or nothing. */
  readonly slackChannel?: string;
  /** A webhook address that somebody wrote into the cell; the owner's next run moves it out. */
  readonly webhookInCell?: string;
}

// ---------------------------------------------------------------- the journal

/** A part of a receipt or credit that settles a charge. It carries what is needed to reopen the charge without looking it up. */
export interface Item {
  readonly charge: Key;
  readonly amountCents: Cents;
  readonly due: Day;
  readonly type: ChargeType;
  /** The charge's whole amount. */
  readonly ofCents: Cents;
}

interface EntryBase {
  readonly key: Key;
  readonly lease: LeaseId;
  readonly property: PropertyName;
  readonly currency: Currency;
  /** The civil date at which it counts, in the property's zone. */
  readonly day: Day;
  readonly postedAt: Instant;
  /** A person's e-mail, or the job that wrote it. */
  readonly by: string;
  /** The arithmetic or the reason, for people. */
  readonly why: string;
}

/** The `undone` ones take back a credit; where it had lowered a late fee they say how, for the fee then counts again. */
export type ReversalReason =
  | 'returned'
  | 'disputed'
  | 'dispute lost'
  | 'refunded'
  | 'entered in error'
  | 'undone'
  | 'waiver undone'
  | 'adjustment undone';

/** One row of the Ledger. Amounts are never negative; {@link effectCents} gives an entry's effect on the balance. */
export type Entry =
  | (EntryBase & {
      readonly kind: 'charge';
      readonly type: ChargeType;
      readonly amountCents: Cents;
      readonly due: Day;
      /** Rent period [from, until). */
      readonly from?: Day;
      readonly until?: Day;
      /** What the whole period costs where no dated change says otherwise: a part-period is a share of it. */
      readonly rateCents?: Cents;
      /** A fee names the charge it is for; a correction names what it corrects. */
      readonly about?: Key;
    })
  | (EntryBase & {
      readonly kind: 'receipt';
      readonly receipt: Key;
      readonly amountCents: Cents;
      readonly items: readonly Item[];
    })
  | (EntryBase & {
      readonly kind: 'credit';
      readonly type: 'waiver' | 'concession' | 'adjustment' | 'deposit applied';
      readonly amountCents: Cents;
      readonly items: readonly Item[];
      readonly about?: Key;
      /** A credit for a part of a charged period names that part [from, until). */
      readonly from?: Day;
      readonly until?: Day;
      readonly rateCents?: Cents;
    })
  | (EntryBase & {
      readonly kind: 'reversal';
      readonly receipt: Key;
      readonly about: Key;
      readonly reason: ReversalReason;
      readonly amountCents: Cents;
      readonly items: readonly Item[];
    })
  /** A dispute was won: the money counts again from the day on which it was first initiated. */
  | (EntryBase & {
      readonly kind: 'reinstatement';
      readonly receipt: Key;
      readonly about: Key;
      readonly amountCents: Cents;
      readonly items: readonly Item[];
      readonly from: Day;
    })
  /** Moves money already received: negative items take it off a charge, positive items put it on one. */
  | (EntryBase & { readonly kind: 'allocation'; readonly receipt: Key; readonly items: readonly Item[] })
  /** An unpaid charge falls due on another day. No money moves. */
  | (EntryBase & { readonly kind: 'due'; readonly about: Key; readonly due: Day; readonly was: Day })
  /** The deposit as a liability: taken over at opening, given back, or kept against damage. */
  | (EntryBase & {
      readonly kind: 'deposit';
      readonly type: 'opening' | 'refunded' | 'withheld' | 'refund undone' | 'withholding undone';
      readonly amountCents: Cents;
    })
  /** The ladder reached a rung for the debt that began with `about`. No money moves. */
  | (EntryBase & { readonly kind: 'rung'; readonly rung: string; readonly about: Key })
  /** A person let a rung that waits for release go out. */
  | (EntryBase & { readonly kind: 'release'; readonly rung: string; readonly about: Key })
  /**
   * A disputed line begins or ends, or a plan as it was before plans had instalments: the ladder and fees rest meanwhile. A promise holds
   * reminders alone, of what was due by the entry's own day, up to and including `until`; it names the resident's request.
   */
  | (EntryBase & {
      readonly kind: 'pause';
      readonly type: 'plan' | 'dispute' | 'promise';
      readonly begins: boolean;
      readonly about?: Key;
      readonly until?: Day;
    })
  /** A step of a payment plan. No money moves: the first row has its terms, and with its items what it covers. */
  | (EntryBase & {
      readonly kind: 'plan';
      readonly type: PlanStep;
      /** The plan's key, which is that of its first row; left out there. */
      readonly about?: Key;
      readonly items: readonly Item[];
      readonly terms?: PlanTerms;
      /** Of an instalment that was missed. */
      readonly due?: Day;
    });

export type EntryKind = Entry['kind'];

// ---------------------------------------------------------------- derived, per lease

/** Money on a charge; `credit` where it is none that was received. */
export interface Cover {
  readonly on: Day;
  readonly amountCents: Cents;
  readonly source: Key;
  readonly credit?: true;
}

export interface OpenCharge {
  readonly key: Key;
  readonly type: ChargeType;
  readonly due: Day;
  readonly totalCents: Cents;
  readonly openCents: Cents;
  readonly about?: Key;
  /** Money put on it, by the civil date on which it was initiated: decides whether it came in time. */
  readonly covers: readonly Cover[];
  /** Late fees assessed on it so far, waived ones included; on a late fee, what of it was waived or taken back. */
  readonly feeCents: Cents;
  /** The last day for which a fee was assessed. */
  readonly feeOn?: Day;
  /** Days on which late fees on it rest or rested, oldest first: a plan that pauses them. */
  readonly rests?: readonly FeeRest[];
}

/** Received or credited, not yet put on a charge. */
export interface Unspent {
  readonly source: Key;
  readonly kind: 'receipt' | 'credit';
  readonly on: Day;
  readonly leftCents: Cents;
}

/** A period already charged, kept to correct it when the lease's end or a dated rent change arrives later. */
export interface ChargedPeriod {
  /** The charge type; one charge a line and period. */
  readonly line: ChargeType;
  /** The charged part of the period [from, until). */
  readonly from: Day;
  readonly until: Day;
  readonly rateCents: Cents;
  /** Charged for it, corrections included. */
  readonly amountCents: Cents;
  readonly charge: Key;
}

export interface RungReached {
  readonly rung: string;
  readonly about: Key;
  /** The day for which the rung stood, not the day on which a late run noticed. */
  readonly on: Day;
  readonly times: number;
}

export interface Pause {
  readonly type: 'plan' | 'dispute' | 'promise';
  readonly about?: Key;
  /** Of a promise: its last day, and the day on which it was given. */
  readonly until?: Day;
  readonly since?: Day;
}

/** Everything a run must know of a lease, whatever its history: derived from the journal, written to Openings at each close. */
export interface LeaseState {
  readonly lease: LeaseId;
  readonly balanceCents: Cents;
  /** Unpaid charges, and paid ones recent enough to matter to a return or a fee, in posting order. */
  readonly charges: readonly OpenCharge[];
  readonly unspent: readonly Unspent[];
  readonly depositHeldCents: Cents;
  readonly periods: readonly ChargedPeriod[];
  /** One-off terms already posted. */
  readonly once: readonly Key[];
  readonly rungs: readonly RungReached[];
  /** Rungs that a person let go, as `rung|charge`. */
  readonly released: readonly string[];
  /** Receipts whose dispute is open. */
  readonly disputed: readonly Key[];
  readonly pauses: readonly Pause[];
  /** The payment plan that it has, or the last one that it had. */
  readonly plan?: Plan;
}

// ---------------------------------------------------------------- money seen at a source

export type ReceiptState =
  | 'pending'
  | 'settled'
  | 'failed'
  | 'returned'
  | 'disputed'
  | 'dispute won'
  | 'dispute lost'
  | 'refunded'
  | 'partly refunded'
  | 'not rent'
  /** A person put it on several leases: its parts are rows of their own. */
  | 'split'
  /** A person took it back: recorded in error, or a part of a split that was undone. */
  | 'taken back';

/** One row of the Receipts tab. */
export interface ReceiptRow {
  readonly row: number;
  readonly key: Key;
  readonly source: string;
  readonly externalId: string;
  readonly lease?: LeaseId;
  readonly amountCents: Cents;
  readonly currency: Currency;
  readonly state: ReceiptState;
  readonly initiatedAt: Instant;
  readonly payer: string;
  readonly payerEmail: string;
  /** The payer's id at the source. */
  readonly customer: string;
  /** The lease id that the payment itself carries. */
  readonly leaseRef: string;
  readonly memo: string;
  /** Why it failed, in its source's code and words. */
  readonly failure?: string;
  /** Why it was matched, or why it waits. */
  readonly matched: string;
  /** Where its money lies now. */
  readonly items: readonly Item[];
  readonly reversedCents: Cents;
  readonly feeCents: Cents;
  /** Keys of the reversals posted, with their state: `stripe:dp_1 open`; and marks of what people took back (receipt-row.ts). */
  readonly reversals: readonly {
    readonly key: Key;
    readonly state: PaymentReversal['state'];
    readonly amountCents: Cents;
  }[];
  readonly seenAt: Instant;
}

/** The effect of an entry on what the lease owes: positive is more debt. */
export function effectCents(entry: Entry): Cents {
  switch (entry.kind) {
    case 'charge':
    case 'reversal':
      return entry.amountCents;
    case 'receipt':
    case 'credit':
    case 'reinstatement':
      return (entry.amountCents === 0 ? 0 : -entry.amountCents) as Cents;
    default:
      return 0 as Cents;
  }
}
