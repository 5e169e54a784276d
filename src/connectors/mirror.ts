/** What a platform that keeps a picture of the ledger can show of it: its rows that changed, and one row beside what we would write. */
import type { PictureRow } from '../domain/picture';
import type { LeaseStatus } from '../domain/status';
import type { Account, FeedState, Flow, Lost, PullContext } from './connector';

export type MirrorRow = PictureRow;

export interface MirrorPage {
  readonly rows: readonly MirrorRow[];
  readonly state: FeedState;
  readonly more: boolean;
  readonly faults: readonly Lost[];
}

/** People's changes there: those to fields of ours are reported, those to mail and phone are offered as an edit here. */
export interface MirrorReading {
  /** What a `standing` effect writes, by the vendor's field, each as it reads back. Pure: the comparison and the mapping use it. */
  written(status: LeaseStatus, account: Account): Readonly<Record<string, string>>;
  /** Rows of ours that changed since; reading one twice is harmless. Left out where the vendor has no way to ask. */
  pull?(state: FeedState | undefined, context: PullContext): Flow<MirrorPage>;
  /** Minutes from one drained read to the next; every poll where left out or 0. */
  everyMinutes?(account: Account): number;
}

export interface SampleField {
  /** As a mapping names it. */
  readonly field: string;
  readonly label: string;
  readonly value: string;
}

/** One real row of the platform's, with every field that could be mapped. */
export interface SampleRow {
  readonly id: string;
  /** For people: `Ana Ruiz`. */
  readonly name: string;
  readonly fields: readonly SampleField[];
}

/** Of which lease the row is wanted; without one any row will do. */
export interface SampleOf {
  readonly leaseId: string;
  /** Its id there, from the Links tab; '' where there is none. */
  readonly customer: string;
}
