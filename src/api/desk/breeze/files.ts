/** What the screen is told of files for Breeze and from it. */
import type { RecordMany } from '../acts';
import type { Money } from '../told';

export type BreezeKind = 'receipts' | 'charges' | 'journal';

export interface BreezeFile {
  readonly name: string;
  readonly text: string;
  /** Lines of the ledger that it holds. */
  readonly lines: number;
  /** What is left out, and what to look at. */
  readonly remarks: readonly string[];
}

export type BreezeRowKind = 'differs' | 'not there' | 'look';

export interface BreezeRow {
  readonly kind: BreezeRowKind;
  /** Of the file, from 1; left out for what it does not have. */
  readonly line?: number;
  readonly lease?: string;
  readonly label: string;
  readonly amount?: Money;
  readonly on: string;
  readonly reference: string;
  readonly says: string;
}

export interface BreezeCheck {
  /** First and last day of its receipts, and the properties that they are of. */
  readonly from?: string;
  readonly until?: string;
  readonly properties: readonly string[];
  /** Lines that the ledger has just so. */
  readonly agree: number;
  /** Charges of Breeze's own, which are not compared. */
  readonly charges: number;
  readonly rows: readonly BreezeRow[];
  /** Lines that could not be read. */
  readonly problems: readonly { readonly line: number; readonly what: string }[];
  readonly remarks: readonly string[];
  /** Payments that are not here, as a list for `recordMany`. */
  readonly record?: { readonly text: string; readonly read: RecordMany };
}
