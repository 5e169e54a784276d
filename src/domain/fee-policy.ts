/** What is agreed about late fees, as values; the rules are in fees.ts and law.ts. */
import type { ChargeType } from './book';
import type { Cents } from './values';

/** `due plus` N: first fee date = due + N. `full days` N: the N days after the due date are free, first fee date = due + N + 1. */
export interface GraceRule {
  readonly kind: 'due plus' | 'full days';
  readonly days: number;
}

/** What a late fee amounts to, as a closed union of shapes; basis points: 5% is 500. */
export type FeeRule =
  | { readonly kind: 'flat'; readonly amountCents: Cents }
  | { readonly kind: 'percent'; readonly basisPoints: number; readonly of: 'rent' | 'balance' }
  | { readonly kind: 'daily'; readonly amountCents: Cents }
  | { readonly kind: 'daily percent'; readonly basisPoints: number; readonly of: 'rent' | 'balance' }
  /** Interest: a year has 365 days, and it runs from the first fee day. */
  | { readonly kind: 'yearly percent'; readonly basisPoints: number; readonly of: 'rent' | 'balance' }
  | { readonly kind: 'greater' | 'lesser'; readonly rules: readonly FeeRule[] }
  | { readonly kind: 'sum'; readonly rules: readonly FeeRule[] }
  /** The fee of the last step reached; `fromDaysLate` counts from the due date. */
  | { readonly kind: 'tiers'; readonly tiers: readonly { readonly fromDaysLate: number; readonly rule: FeeRule }[] };

export interface FeePolicy {
  /** Undefined: no late fee is agreed. */
  readonly late?: FeeRule;
  /** No more than this in all per charge. */
  readonly cap?: FeeRule;
  readonly grace: GraceRule;
  /** No fee while the open balance of the charge is below this. */
  readonly minimumCents: Cents;
  readonly appliesTo: readonly ChargeType[];
  readonly returnedCents: Cents;
  /** A person has confirmed this property's fee terms. */
  readonly confirmed: boolean;
}
