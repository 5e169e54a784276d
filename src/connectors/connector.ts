/**
 * What a connector is: facts, and pure functions that build requests and read replies. It never fetches, loops,
 * retries, logs or reads a clock.
 */
import type { Once, PaymentSeen } from '../domain/book';
import type { Instant, Key } from '../domain/values';
import type { Fault } from '../http/types';
import type { HttpReply, HttpRequest } from '../ports';

/**
 * Yields a wave of requests and is resumed with their replies, in order. The client turns a bad reply into a thrown
 * {@link Fault}.
 */
export type Flow<T> = Generator<readonly HttpRequest[], T, readonly HttpReply[]>;

export interface FeedPage {
  readonly payments: readonly PaymentSeen[];
  /** JSON-ready place to go on from; committed together with the payments. */
  readonly state: FeedState;
  /** True when another pull would find more now. */
  readonly more: boolean;
  /** Objects the feed could not read, each a named fault shown with what it concerns. */
  readonly faults: readonly { readonly about: string; readonly fault: Fault }[];
}

export type FeedState = Readonly<Record<string, string | number | boolean | null>>;

export interface PullContext {
  /** The first day of the books: nothing older is asked for. */
  readonly since: Instant;
  readonly now: Instant;
}

/** Payments seen at a platform. One pull is one step: a kill between pulls loses nothing. */
export interface ReceiptFeed {
  pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage>;
  /** Reads one object again, for an inbound hint. Undefined when the hint names nothing of ours. */
  byHint?(hint: Readonly<Record<string, unknown>>): Flow<readonly PaymentSeen[]> | undefined;
}

export interface EffectContext {
  readonly key: Key;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Something that leaves through the Outbox. */
export interface Effect {
  readonly once: Once;
  request(effect: EffectContext): HttpRequest;
  /** The vendor's reference for what was done; throws a Fault when the reply says it was not. */
  ref(reply: HttpReply): string;
}

export type Credentials = Readonly<Record<string, string>>;

/** A key that the user pastes, and where to find it. */
export interface CredentialField {
  readonly name: string;
  readonly label: string;
  readonly help: string;
}

export interface Connector {
  /** The vendor's own lower-kebab name, everywhere. */
  readonly id: string;
  readonly title: string;
  /** Only these hosts are ever called with this connector's credentials. */
  readonly hosts: readonly string[];
  readonly credentials: readonly CredentialField[];
  /** Adds authentication and version headers. */
  sign(request: HttpRequest, credentials: Credentials): HttpRequest;
  /** Undefined when the reply is good. */
  fault(reply: HttpReply): Fault | undefined;
  /** A harmless call that proves the credentials, and reads the account's name. */
  readonly test?: { request(): HttpRequest; account(reply: HttpReply): string };
  readonly receipts?: ReceiptFeed;
  readonly effects?: Readonly<Record<string, Effect>>;
  /** What it reads and writes, one line each, for people and the docs. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}
