/** Properties, units, leases and residents as a property system has them: the sheet is filled from it and held against it. */
import type { Listed } from '../domain/roster';
import type { Day } from '../domain/values';
import type { Account, Flow, Lost } from './connector';

export type RosterLease = Listed;

export interface Roster {
  readonly leases: readonly RosterLease[];
  /** What could not be read, each with the row it concerns. */
  readonly faults: readonly Lost[];
}

/** Reads all of it, over as many pages as it has. */
export type RosterReading = (account: Account, today: Day) => Flow<Roster>;
