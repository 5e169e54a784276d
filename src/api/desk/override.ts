/** What a person may do to a lease's account: previewed before, applied once, undone by reversing entries. */
import type { EntryLine, Money } from './told';

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
  | (OnLease & {
      readonly kind: 'deposit';
      readonly action: 'refunded' | 'withheld' | 'applied';
      readonly amount: string;
    });

export type ActKind = Act['kind'];

/** What the page had seen when the person decided: the act is refused with a new preview when it is no longer so. */
export interface Before {
  readonly version: string;
}

export interface Preview {
  /** `Waive 50.00 USD of late fee, due 6 Dec 2026`. */
  readonly title: string;
  readonly changes: readonly { readonly what: string; readonly before: string; readonly after: string }[];
  /** Rows that would be written to the Ledger. */
  readonly entries: readonly EntryLine[];
  /** Everything else that changes, one sentence each: messages cancelled, tasks closed, fees taken back, what the next run posts. */
  readonly also: readonly string[];
  readonly warnings: readonly string[];
  /** Above the limit in Settings: it waits until a second person approves. */
  readonly approval?: { readonly limit: Money; readonly amount: Money };
  /** The person must type this amount before it is applied. */
  readonly typeAmount?: string;
  /** Why it cannot be undone later; left out where it can. */
  readonly fixed?: string;
  readonly version: string;
}

export interface Applied {
  readonly done: true;
  /** One sentence for the confirmation. */
  readonly says: string;
  /** Keys of the ledger rows written. */
  readonly keys: readonly string[];
  /** What to hand to `undo`, the run that wrote it; left out where it cannot be undone. */
  readonly undo?: string;
  /** It waits for a second person. */
  readonly waits?: true;
  /** The lease's balance afterwards. */
  readonly balance?: Money;
}

/** What became of a changing call whose reply was lost. */
export type Unsettled =
  | { readonly state: 'done'; readonly applied: Applied }
  | { readonly state: 'not done' }
  /** Another execution holds the lock: ask again. */
  | { readonly state: 'running' };
