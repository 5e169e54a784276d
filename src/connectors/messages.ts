/** What connectors know of messages: what leaves, in which batch and when, and what became of it. */
import type { Day, Instant } from '../domain/values';
import type { Fault } from '../http/types';
import type { Account, EffectContext, FeedState, Flow, Lost, PullContext } from './connector';

/** A mail as it leaves: rendered at this moment, for the residents of one lease or for a manager. */
export interface OutgoingMail {
  readonly kind: 'mail';
  readonly fromName: string;
  /** Where an answer goes; '' where nobody is named. */
  readonly replyTo: string;
  /** At least one; plain addresses that were checked. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The template's name, such as `late`: for the vendor's statistics. */
  readonly topic: string;
}

/** A text message as it leaves. */
export interface OutgoingText {
  readonly kind: 'text';
  /** E.164: `+15125550123`. */
  readonly to: string;
  readonly text: string;
  readonly topic: string;
  /** It must not leave later: the hours in which nobody is texted begin. Left out where there are none. */
  readonly until?: Instant;
}

export type Outgoing = OutgoingMail | OutgoingText;

/** Effects that leave together, each with an outcome of its own. */
export interface Batch {
  /** So many at most. */
  readonly most: number;
  /** Effects of one name go together; undefined for one that goes alone. */
  together(context: EffectContext): string | undefined;
  /** A reference or a fault for each, in order. A fault that is thrown is that of all of them. */
  run(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]>;
}

/** The vendor holds a message until its moment, and takes it back when it is wanted no more. */
export interface Schedule {
  /** It is handed over at least so long before its moment, and at most so long. */
  readonly leastMs: number;
  readonly mostMs: number;
  /** Whether this account can do it at all. */
  may(account: Account): boolean;
  /** Takes it back; `left` when it was too late. `ref` is what the effect's run has returned. */
  cancel(ref: string, context: EffectContext): Flow<'cancelled' | 'left'>;
}

// ---------------------------------------------------------------- what became of it

/**
 * What a platform tells of something that we sent. For messages: `sent` on its way; `delivered`; `failed` did not arrive, and the
 * address may be good; `bounced` the address is bad; `blocked` the receiver takes nothing from us for now; `complained`, `opted out`
 * and `opted in` are the resident's own word; `unknown` nobody will tell any more. For documents: `opened`, `signed`, `declined`,
 * `voided`, `expired`.
 */
export type DeliveryState =
  | 'sent'
  | 'delivered'
  | 'failed'
  | 'bounced'
  | 'blocked'
  | 'complained'
  | 'opted out'
  | 'opted in'
  | 'unknown'
  | 'opened'
  | 'signed'
  | 'declined'
  | 'voided'
  | 'expired';

export interface Delivered {
  /** The first word of what the effect's run has returned; left out for what is about an address alone, such as an opt-out. */
  readonly ref?: string;
  /** Mail address or E.164 number, where it is about one. */
  readonly address?: string;
  readonly state: DeliveryState;
  readonly at: Instant;
  /** The vendor's code and words; '' for a good state. */
  readonly detail: string;
  /** The day in the documents' own words on which the last of them was signed. */
  readonly signedOn?: Day;
}

/** A message or document of which the end is not known. */
export interface OpenMessage {
  readonly ref: string;
  readonly kind: string;
  readonly to: string;
  readonly sentAt: Instant;
}

export interface DeliveryPage {
  readonly delivered: readonly Delivered[];
  /** JSON-ready place to go on from. */
  readonly state: FeedState;
  /** True when another pull would find more now. */
  readonly more: boolean;
  /** What could not be read, each a named fault. An unknown status is one. */
  readonly faults: readonly Lost[];
}

export interface DeliveryContext extends PullContext {
  /** What was sent by this platform and is not known to have come to its end, oldest first, at most 200. */
  readonly open: readonly OpenMessage[];
}

/** What became of what was sent. Read after the receipts, in the same run; the same news twice changes nothing. */
export interface DeliveryFeed {
  pull(state: FeedState | undefined, context: DeliveryContext): Flow<DeliveryPage>;
  /**
   * True when something that was posted to us makes a look worth while. Where the vendor signs in the body, `hmac` gives the
   * HMAC-SHA256 of a text with the credential of a name, in lower-case hex, and a post that is not genuine is false.
   */
  byHint?(hint: Readonly<Record<string, unknown>>, proof: HintProof): boolean;
  /** Minutes from one read to the next; left out for every poll. */
  readonly everyMinutes?: number;
}

export interface HintProof {
  readonly now: Instant;
  /** Undefined where the owner has not entered that credential. */
  hmac(text: string, credential: string): string | undefined;
}
