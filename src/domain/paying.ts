/** What people write of how residents pay on their page, beside leases and properties. */
import type { Share } from './shares';

/** While a notice runs: as always, the whole balance only, or nothing. */
export type DuringNotice = 'any' | 'full only' | 'none';

export interface LeasePaying {
  /** Whether a part of what is owed may be paid; left out: as Settings say. */
  readonly partialPayments?: boolean;
  /** How its people share the rent among themselves; left out: equal parts. */
  readonly shares?: readonly Share[];
}

export interface PropertyPaying {
  /** The processor of the pages; left out: as Settings say. */
  readonly payBy?: string;
  /** What may be paid while a notice runs; left out: as its jurisdiction has it. */
  readonly payDuringNotice?: DuringNotice;
  /** How to pay in other ways; left out: as Settings say. */
  readonly howToPay?: string;
}
