/** Payments that no lease is known for: candidates with their reasons, and a person's decision, one payment at a time. */
import type { Day } from '../../domain/values';
import type { LeaseLine, Money, ReceiptLine } from './told';

export interface Candidate {
  readonly lease: LeaseLine;
  readonly confidence: 'sure' | 'likely' | 'possible';
  /** `same amount as December rent`, `unit 4B in memo`, `this payer paid in November`. */
  readonly reasons: readonly string[];
  /** Where the money would go. */
  readonly pays: readonly {
    readonly charge: string;
    readonly type: string;
    readonly due: Day;
    readonly amount: Money;
  }[];
  /** What would be left as money ahead. */
  readonly ahead: Money;
}

export interface QueueItem {
  readonly receipt: ReceiptLine;
  /** At most three, the best first. */
  readonly candidates: readonly Candidate[];
  /** Payments that look like this one: same amount and payer within a few days. */
  readonly duplicates: readonly string[];
  /** How the payer can be remembered; left out where the payment tells none. */
  readonly remember?: { readonly kind: 'customer' | 'payer'; readonly value: string };
  /** Somebody was asked: by whom, what, until when. */
  readonly asked?: string;
  readonly version: string;
}

export interface Queue {
  /** The oldest first, asked-later ones last; at most a hundred. */
  readonly items: readonly QueueItem[];
  /** All that wait, also those that are not in `items`. */
  readonly total: number;
  readonly zone: string;
}

/** `charge` left out: as the lease's rule says. */
export interface SplitPart {
  readonly lease: string;
  readonly amount: string;
  readonly charge?: string;
}

export type Resolution =
  | { readonly kind: 'match'; readonly lease: string; readonly remember: boolean; readonly version: string }
  | { readonly kind: 'split'; readonly parts: readonly SplitPart[]; readonly version: string }
  | { readonly kind: 'not rent'; readonly reason: string; readonly version: string }
  /** A task for somebody; the payment waits at the end of the queue. */
  | {
      readonly kind: 'later';
      readonly question: string;
      readonly owner?: string;
      readonly due?: string;
      readonly version: string;
    };
