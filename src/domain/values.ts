/** The brands of the field: ids, days and money that the compiler cannot mix up. This file holds no rules. */

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Integer minor units of a currency (cents of USD, whole yen). Never a fraction, always within the safe integers. */
export type Cents = Brand<number, 'Cents'>;
/** ISO 4217 code in capitals, e.g. `USD`. */
export type Currency = Brand<string, 'Currency'>;
/** A civil date `yyyy-MM-dd` in a property's own time zone. Sorts as text. */
export type Day = Brand<string, 'Day'>;
/** A moment in milliseconds since 1970-01-01T00:00Z. */
export type Instant = Brand<number, 'Instant'>;
/** IANA zone name, e.g. `America/New_York`. */
export type Zone = Brand<string, 'Zone'>;
export type LeaseId = Brand<string, 'LeaseId'>;
export type PropertyName = Brand<string, 'PropertyName'>;
/** Identity of a ledger entry, receipt, effect or task; the same cause always gives the same key (design law 2). */
export type Key = Brand<string, 'Key'>;

export const leaseId = (text: string): LeaseId => text as LeaseId;
export const propertyName = (text: string): PropertyName => text as PropertyName;
export const key = (text: string): Key => text as Key;
export const zone = (text: string): Zone => text as Zone;
export const currency = (text: string): Currency => text.trim().toUpperCase() as Currency;
export const instant = (ms: number): Instant => ms as Instant;

/** A bad cell or setting (design law 4): where it stands, what is wrong, and what a person does about it. */
export interface Problem {
  readonly tab: string;
  /** 1-based row of the tab, as the row number in the Sheet's margin; undefined for a whole tab. */
  readonly row?: number;
  readonly column?: string;
  /** What is wrong, with the offending value. */
  readonly what: string;
  /** What to do about it. */
  readonly fix: string;
  /** The cell itself was read: something else is wrong with what it names. */
  readonly read?: true;
}

/** One line for people: `Leases row 4, Rent: "abc" is not an amount. Type a number such as 1200.00.` */
export function problemText(problem: Problem): string {
  const row = problem.row === undefined ? '' : ` row ${problem.row}`;
  const column = problem.column === undefined ? '' : `, ${problem.column}`;
  return `${problem.tab}${row}${column}: ${problem.what} ${problem.fix}`;
}

/** For programmer errors only: what a person or a vendor can cause is a Problem or a Fault, never an exception. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Rent Ledger bug: ${message}`);
}

/** The arm of a switch that the compiler proves unreachable. */
export function never(value: never): never {
  throw new Error(`Rent Ledger bug: unexpected ${JSON.stringify(value)}`);
}
