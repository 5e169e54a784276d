/** What the papers of a lease show: a statement of any period, the rent summary of a year, one receipt. Facts, no words. */
import type { ReceiptState } from '../../domain/book';
import type { Cents, Day } from '../../domain/values';
import type { LedgerLine, PageHead } from './view';

export interface StatementView extends PageHead {
  /** First and last day, both within it. */
  readonly from: Day;
  readonly until: Day;
  /** Owed at the beginning of the first day. */
  readonly openingCents: Cents;
  /** Oldest first. */
  readonly lines: readonly LedgerLine[];
  readonly chargedCents: Cents;
  /** Payments, less what went back. */
  readonly paidCents: Cents;
  /** Credits, less those that were taken back. */
  readonly creditedCents: Cents;
  /** Owed at the end of the last day: opening + charged - paid - credited. */
  readonly closingCents: Cents;
  readonly documents: { readonly since: Day };
}

export interface YearView extends PageHead {
  readonly year: number;
  /** Months of the year up to today. */
  readonly months: readonly {
    readonly month: string;
    readonly chargedCents: Cents;
    readonly creditedCents: Cents;
    readonly paidCents: Cents;
  }[];
  readonly chargedCents: Cents;
  readonly creditedCents: Cents;
  /** Received in the year, less what went back in it. */
  readonly paidCents: Cents;
  /** What money put on charges in this year has paid, by the type of charge; the largest first. */
  readonly paidFor: readonly { readonly type: string; readonly amountCents: Cents }[];
  /** Received in the year less what was put on charges in it: negative where money of an earlier year was used. */
  readonly aheadCents: Cents;
}

export interface ReceiptView extends PageHead {
  readonly name: string;
  readonly on: Day;
  readonly amountCents: Cents;
  readonly state: ReceiptState;
  /** The platform's id, `check`, `cash`, … */
  readonly source: string;
  readonly reference: string;
  readonly payer: string;
  readonly paidFor: readonly { readonly type: string; readonly due: Day; readonly amountCents: Cents }[];
  readonly reversedCents: Cents;
  /** Of this payment, not on any charge. */
  readonly aheadCents: Cents;
  /** Owed now. */
  readonly balanceCents: Cents;
}
