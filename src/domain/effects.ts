/** What leaves the house, what people must do, and what the log tells: wanted by a decision, committed with it. */
import type { Day, Instant, Key, LeaseId, PropertyName } from './values';

/** How an effect stays once when its answer is lost (design section 5). */
export type Once = 'vendor-key' | 'natural-id' | 'lookup' | 'ask';

/** `scheduled`: a platform holds it until its moment, and can still be told to let it be. */
export type EffectState =
  | 'waiting for release'
  | 'ready'
  | 'sending'
  | 'scheduled'
  | 'sent'
  | 'failed'
  | 'cancelled'
  | 'unsure';

/** What its platform last told of something that was sent. */
export interface DeliveryNews {
  /** One of the words of connectors/messages.ts. */
  readonly state: string;
  readonly at: Instant;
  readonly detail: string;
}

/** The rule that wanted a message, asked again just before it leaves (law 6). */
export type Because =
  | { readonly rule: 'unpaid'; readonly charges: readonly Key[] }
  | { readonly rule: 'upcoming'; readonly charge: Key; readonly due: Day }
  | { readonly rule: 'always' };

/** The effect that registers our address with a platform. */
export const CALLBACK = 'callback';

/** An effect that a decision wants: it becomes an Outbox row in the same commit. */
export interface Intent {
  readonly key: Key;
  /** `gmail`, or a platform's name. `ledger` leaves nowhere: an act that waits for a second person. */
  readonly channel: string;
  readonly kind: string;
  readonly lease?: LeaseId;
  readonly property?: PropertyName;
  readonly to: string;
  readonly subject: string;
  /** What the channel needs, JSON-ready. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly notBefore: Instant;
  readonly waitsForRelease: boolean;
  readonly because: Because;
  /** Smaller leaves first when a quota is short. */
  readonly urgency: number;
}

export interface OutboxRow {
  readonly row: number;
  readonly key: Key;
  readonly createdAt: Instant;
  readonly channel: string;
  readonly kind: string;
  readonly lease?: LeaseId;
  readonly property?: PropertyName;
  readonly to: string;
  readonly subject: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly because: Because;
  readonly state: EffectState;
  readonly notBefore: Instant;
  readonly attempts: number;
  readonly vendorRef: string;
  readonly fault: string;
  readonly urgency: number;
  readonly updatedAt: Instant;
  readonly delivery?: DeliveryNews;
}

export interface Task {
  readonly key: Key;
  readonly lease?: LeaseId;
  readonly property?: PropertyName;
  readonly title: string;
  readonly detail: string;
  readonly owner: string;
  readonly due: Day;
}

export interface TaskRow extends Task {
  readonly row: number;
  readonly state: 'open' | 'done' | 'closed by payment';
  readonly outcome: string;
}

/** A line for the compliance log before it is chained. */
export interface LogLine {
  readonly at: Instant;
  readonly by: string;
  readonly run: string;
  readonly lease?: LeaseId;
  readonly kind: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** Key and digest of the ledger row it reports. */
  readonly key?: Key;
  readonly rowDigest?: string;
}
