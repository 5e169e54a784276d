/** What a person may do to a lease's account: previewed before, applied once, undone by reversing entries. */
import type { EntryLine, Money } from './told';

export type { Act, ActKind } from '../../domain/acts/act';

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
