/** Payments recorded by hand, and decisions on what waits in the Outbox. */
import type { Applied } from './override';
import type { EffectLine, Money, Refusal } from './told';

export type Method = 'cash' | 'check' | 'money order' | 'bank transfer' | 'other';

export interface RecordOne {
  readonly lease: string;
  readonly amount: string;
  readonly method: Method;
  /** Check or order number; empty only for cash. */
  readonly reference: string;
  /** The day it came, today where left out. */
  readonly on?: string;
  readonly memo?: string;
  /** The person has seen that a payment of this amount is there already. */
  readonly twice?: boolean;
}

/** A pasted or CSV list of payments, read and judged; nothing is written. */
export interface RecordMany {
  readonly rows: readonly {
    /** Line of the text, from 1. */
    readonly row: number;
    readonly lease?: string;
    readonly label: string;
    readonly amount?: Money;
    readonly method: string;
    readonly reference: string;
    readonly on: string;
    readonly memo: string;
    /** Why it cannot be recorded. */
    readonly problems: readonly string[];
    /** Worth a look: a payment of this amount on this day is there already. */
    readonly notes: readonly string[];
  }[];
  readonly good: number;
  readonly sums: readonly Money[];
  /** Hands over what was seen, so that exactly this list is recorded. */
  readonly digest: string;
}

/** It looks like a payment that is there already: the same call with `twice: true` records it all the same. */
export interface LooksTwice extends Refusal {
  readonly twice: true;
}

export interface Recorded extends Applied {
  readonly recorded: number;
  readonly sums: readonly Money[];
}

/** One effect as it would leave now. */
export interface Effect {
  readonly line: EffectLine;
  readonly subject: string;
  readonly text: string;
  /** Of a text message: the parts into which it is cut. */
  readonly sms?: { readonly segments: number; readonly encoding: string };
  /** Why it was wanted. */
  readonly because: string;
  /** An override that the person at the keyboard asked for: somebody else must approve it. */
  readonly mine?: true;
  /** Why it would not leave now; left out where it would. */
  readonly stopped?: string;
}

export type EffectAct = 'release' | 'hold' | 'drop' | 'sent' | 'again';
