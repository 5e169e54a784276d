/** Shapes that several screens of the desk are told: money, leases, entries. Plain JSON, to cross to the page as they are. */
import type { EntryKind, ReceiptState } from '../../domain/book';
import type { StandingWord } from '../../domain/standing';
import type { Cents, Currency, Day } from '../../domain/values';

export type { Person, Role } from '../../run/person';

export interface Money {
  readonly cents: Cents;
  readonly currency: Currency;
}

/** One lease in a list. */
export interface LeaseLine {
  readonly lease: string;
  readonly property: string;
  readonly unit: string;
  readonly residents: string;
  readonly word: StandingWord;
  /** `late 6 days`, `due`. */
  readonly standing: string;
  readonly daysLate: number;
  /** Owed now; negative is money ahead. */
  readonly balance: Money;
  /** Of that, due and unpaid. */
  readonly unpaid: Money;
}

/** One row of the journal as a person reads it. */
export interface EntryLine {
  readonly key: string;
  readonly day: Day;
  readonly kind: EntryKind;
  /** `late fee`, `waiver`, `returned`; '' where the kind says it all. */
  readonly type: string;
  readonly why: string;
  readonly by: string;
  /** Effect on the balance: charges are positive, money received negative. */
  readonly amount: Money;
  /** Owed after this row. */
  readonly balance: Money;
  /** Why it cannot be undone; left out where it can. */
  readonly fixed?: string;
}

/** A payment seen at a source, or recorded by a person. */
export interface ReceiptLine {
  readonly key: string;
  readonly source: string;
  readonly externalId: string;
  readonly lease?: string;
  readonly amount: Money;
  /** What the processor kept. */
  readonly fee: Money;
  readonly state: ReceiptState;
  /** The civil day on which it was initiated, in the workbook's zone. */
  readonly on: Day;
  readonly payer: string;
  readonly memo: string;
  /** Why it belongs to its lease, or why it waits. */
  readonly matched: string;
}

/** An effect of the Outbox. */
export interface EffectLine {
  readonly key: string;
  readonly channel: string;
  /** What carries it, by its name for people: `SendGrid`. */
  readonly by: string;
  /** How it reaches a person; left out for what is no message to one. */
  readonly way?: 'email' | 'sms';
  /** `late`, `receipt`, `alert`, `charge`, `approval`. */
  readonly kind: string;
  readonly lease?: string;
  readonly to: string;
  readonly subject: string;
  readonly state: string;
  /** `2026-12-06 08:00 (America/New_York)` by the property's clock: when it leaves, or when its state changed. */
  readonly at: string;
  readonly fault: string;
  /** What its platform told of it, with the moment; left out while nothing is known. */
  readonly delivery?: { readonly state: string; readonly at: string; readonly detail: string };
  /** Its platform will tell how it ended, and has not yet. */
  readonly awaits?: true;
}

export interface Refusal {
  readonly refused: string;
  /** It was tried and has come to nothing: asked for once more, it is another try. */
  readonly over?: true;
}
