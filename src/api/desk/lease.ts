/** The desk's view of one lease: where it stands and why, its ledger, its messages, its people and its links. */

import type { Pause } from '../../domain/book';
import type { Day } from '../../domain/values';
import type { BankOffering } from './bank-offers';
import type { LeasePlan } from './lease-plan';
import type { LeaseOffering } from './offers';
import type { RequestLine } from './requests';
import type { ResidentPage } from './resident-page';
import type { EffectLine, EntryLine, LeaseLine, Money, ReceiptLine } from './told';

export interface OpenChargeLine {
  readonly key: string;
  readonly type: string;
  readonly due: Day;
  readonly total: Money;
  readonly open: Money;
  readonly daysLate: number;
  /** The arithmetic of the charge, as the Ledger has it. */
  readonly why: string;
  readonly disputed: boolean;
}

export interface PlannedRung {
  readonly rung: string;
  readonly on: Day;
  readonly channel: string;
  readonly template: string;
  readonly task: string;
  /** A person must let it go. */
  readonly release: boolean;
}

export interface LeaseView {
  readonly line: LeaseLine;
  /** Row on the Leases tab. */
  readonly row: number;
  readonly asOf: Day;
  readonly address: string;
  readonly rent: Money;
  readonly frequency: string;
  readonly start: Day;
  readonly end?: Day;
  readonly nextDue?: { readonly day: Day; readonly amount: Money };
  readonly depositHeld: Money;
  /** Received and not yet needed. */
  readonly ahead: Money;
  /** How the balance comes about, in one sentence. */
  readonly balanceWhy: string;
  readonly open: readonly OpenChargeLine[];
  readonly processing: readonly ReceiptLine[];
  /** Newest first, with the balance after each. */
  readonly entries: readonly EntryLine[];
  /** Older rows lie before the last close: ask again with `whole`. */
  readonly older: boolean;
  readonly receipts: readonly ReceiptLine[];
  readonly notices: {
    /** Newest first. */
    readonly sent: readonly EffectLine[];
    readonly planned: readonly PlannedRung[];
  };
  readonly contacts: {
    readonly emails: readonly string[];
    readonly phone: string;
    /** The phone as networks want it: `+15125550123`; left out where it cannot be called. */
    readonly number?: string;
    readonly language: string;
    /** How the residents are told: `email, else sms`. */
    readonly notifyBy: string;
    /** What was recorded of their consent to text messages; '' for nothing. */
    readonly smsConsent: string;
    /** Addresses of which something is known: an opt-out, a bounce. */
    readonly marked: readonly {
      readonly kind: 'email' | 'sms';
      readonly address: string;
      readonly state: string;
      readonly by: string;
      readonly detail: string;
      readonly since: Day;
      /** An opt-out: only the resident takes it back. */
      readonly final: boolean;
    }[];
    /** Why nothing can be sent to the residents; left out where it can. */
    readonly unreachable?: string;
  };
  /** What the residents have of their page, and how they pay by themselves. */
  readonly page: ResidentPage;
  /** What connected platforms can do for it. */
  readonly offers: readonly LeaseOffering[];
  /** Platforms at which the resident's bank can be linked, to collect from it. */
  readonly banks: readonly BankOffering[];
  readonly links: readonly { readonly platform: string; readonly kind: string; readonly externalId: string }[];
  readonly terms: readonly {
    readonly type: string;
    readonly amount: Money;
    readonly from: Day;
    readonly until?: Day;
    readonly every: 'period' | 'once';
    readonly memo: string;
  }[];
  /** Out for signature: nothing is charged yet. Or the day on which it was signed. */
  readonly signature?: 'awaited' | Day;
  readonly hold?: Day;
  readonly pauses: readonly { readonly type: Pause['type']; readonly charge?: string }[];
  readonly plan?: LeasePlan;
  /** What the residents asked for on their page, newest first. */
  readonly requests: readonly RequestLine[];
  /** Late fee, grace and law in words. */
  readonly feeTerms: readonly string[];
  readonly problems: readonly string[];
  readonly tasks: readonly {
    readonly key: string;
    readonly title: string;
    readonly detail: string;
    readonly due: Day;
  }[];
}
