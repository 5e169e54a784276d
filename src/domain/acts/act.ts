/** What a person may do to a lease's account, and what doing it comes to. */
import type { Account } from '../account';
import type { Intent, OutboxRow, ReceiptRow, Term } from '../book';
import type { Cents, Day } from '../values';

interface OnLease {
  readonly lease: string;
  readonly reason: string;
}

/** An override. Amounts are as people type them, in the lease's currency; days are `2026-12-01`. */
export type Act =
  /** Gives up a charge, in part where an amount is named. */
  | (OnLease & { readonly kind: 'waive'; readonly charge: string; readonly amount?: string })
  /** Lowers the debt by a concession. */
  | (OnLease & { readonly kind: 'credit'; readonly amount: string })
  /** Makes a charge come to another amount. */
  | (OnLease & { readonly kind: 'adjust'; readonly charge: string; readonly to: string })
  | (OnLease & { readonly kind: 'charge'; readonly type: string; readonly amount: string; readonly due?: string })
  /** An unpaid charge falls due on another day. */
  | (OnLease & { readonly kind: 'due'; readonly charge: string; readonly to: string })
  /** Reminders, fees and the ladder rest up to and including a day; '' ends a hold. */
  | (OnLease & { readonly kind: 'hold'; readonly until: string })
  | (OnLease & { readonly kind: 'rent'; readonly amount: string; readonly from: string })
  | (OnLease & { readonly kind: 'move out'; readonly end: string })
  | (OnLease & { readonly kind: 'renew' })
  /** How the resident is reached: the first mail address, or the phone; '' takes it out. */
  | (OnLease & { readonly kind: 'contact'; readonly header: ContactHeader; readonly to: string })
  /** Lets a notice go that waits for a person. */
  | (OnLease & { readonly kind: 'release'; readonly effect: string })
  /** Takes a receipt back. */
  | (OnLease & {
      readonly kind: 'reverse';
      readonly receipt: string;
      readonly because: 'returned' | 'entered in error';
    })
  /** Moves a receipt's money to other charges; no parts: as the lease's rule says. */
  | (OnLease & {
      readonly kind: 'reallocate';
      readonly receipt: string;
      readonly parts: readonly { readonly charge: string; readonly amount: string }[];
    })
  | (OnLease & {
      readonly kind: 'pause';
      readonly type: 'plan' | 'dispute';
      readonly begins: boolean;
      readonly charge?: string;
    })
  /** Instalments for what is open of some charges: the resident is asked, and nothing changes until they accept. */
  | (OnLease & {
      readonly kind: 'plan propose';
      readonly charges: readonly string[];
      readonly instalments: readonly { readonly due: string; readonly amount: string }[];
      readonly feesPaused: boolean;
      readonly graceDays: number;
      readonly missedAllowed: number;
      readonly agreed: 'on the page' | 'by signature';
      /** For the resident to read. */
      readonly note: string;
    })
  | (OnLease & { readonly kind: 'plan withdraw' })
  | (OnLease & { readonly kind: 'plan end' })
  | (OnLease & {
      readonly kind: 'deposit';
      readonly action: 'refunded' | 'withheld' | 'applied';
      readonly amount: string;
    });

export type ActKind = Act['kind'];
export type ActOf<Kind extends ActKind> = Act & { readonly kind: Kind };

/** What an act works on. Entries are posted to the account; the rest is wanted by the {@link ActResult}. */
export interface Acting {
  readonly account: Account;
  /** Receipts at hand: the open ones, and the one that the act names. */
  readonly receipts: readonly ReceiptRow[];
  readonly outbox: readonly OutboxRow[];
}

export type ContactHeader = 'Email' | 'Phone';

/** A cell of the lease's row on the Leases tab, or a new row of the Terms tab, in the person's name. */
export type PeopleWrite =
  | { readonly header: 'Hold until' | 'End'; readonly before?: Day; readonly after?: Day }
  | ContactWrite
  | { readonly term: Term };

/** The whole text of the cell. */
export interface ContactWrite {
  readonly header: ContactHeader;
  readonly before: string;
  readonly after: string;
}

export const isContact = (write: PeopleWrite): write is ContactWrite =>
  'header' in write && (write.header === 'Email' || write.header === 'Phone');

export interface ActResult {
  /** `Waive 50.00 USD of late fee, due Dec 6, 2026`; without a full stop. */
  readonly title: string;
  /** The same once it is done: `Waived 50.00 USD …`. */
  readonly told: string;
  /** Money that it moves or gives up: above the limit a second person approves. */
  readonly amountCents?: Cents;
  /** The day of what it changes: before this month it asks for more care. */
  readonly touches?: Day;
  readonly people?: readonly PeopleWrite[];
  readonly receipts?: readonly ReceiptRow[];
  readonly outbox?: readonly OutboxRow[];
  /** Messages and documents that go out with it. */
  readonly intents?: readonly Intent[];
  readonly warnings?: readonly string[];
  /** Why it cannot be undone. */
  readonly fixed?: string;
}

/** Why nothing was done. */
export interface Refused {
  readonly refused: string;
}

export const refuse = (refused: string): Refused => ({ refused });
