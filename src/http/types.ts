/** Vendor failures as values (design law 4). */

/**
 * auth: the credentials are refused; busy: too many calls, try later; rejected: the vendor understood and said no;
 * missing: no such object; down: no answer, or the vendor's own failure; malformed: an answer that cannot be read.
 */
export type FaultKind = 'auth' | 'busy' | 'rejected' | 'missing' | 'down' | 'malformed';

export interface Fault {
  readonly fault: FaultKind;
  /** In plain words, already redacted, at most 300 characters. */
  readonly message: string;
  readonly status?: number;
  /** The vendor's own code, such as `card_declined`. */
  readonly code?: string;
  /** Seconds that the vendor asks to wait. */
  readonly retryAfterSeconds?: number;
  readonly requestId?: string;
  /** The access token may have ended, though the vendor says so with another status than 401: it is renewed once. */
  readonly tokenEnded?: true;
}
