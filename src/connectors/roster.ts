/** Properties, units, leases and residents as a property system has them: the sheet is filled from it and held against it. */
import type { Cents, Currency, Day } from '../domain/values';
import type { Account, Flow, Lost } from './connector';

/** One lease there, whoever lives in it. */
export interface RosterLease {
  /** The vendor's id of the lease, by which its money is known: it becomes the `customer` row on the Links tab. */
  readonly id: string;
  /** The property's name there, and its code or id. */
  readonly property: string;
  readonly propertyId: string;
  readonly unit: string;
  readonly residents: readonly string[];
  readonly emails: readonly string[];
  readonly phone: string;
  readonly state: 'future' | 'current' | 'notice' | 'past';
  /** Left out where the system does not tell. */
  readonly rentCents?: Cents;
  readonly depositCents?: Cents;
  readonly currency: Currency;
  readonly dueDay?: number;
  readonly start?: Day;
  /** The last day lived in. */
  readonly end?: Day;
  /** Owed there, for people to compare; it is never posted. */
  readonly balanceCents?: Cents;
}

export interface Roster {
  readonly leases: readonly RosterLease[];
  /** What could not be read, each with the row it concerns. */
  readonly faults: readonly Lost[];
}

/** Reads all of it, over as many pages as it has. */
export type RosterReading = (account: Account, today: Day) => Flow<Roster>;
