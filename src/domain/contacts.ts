/** What is known of a mail address or a phone number: an opt-out, a bounce. It holds for every lease and every topic. */
import type { Instant } from './values';

/** The two ways in which residents are written to. */
export type Way = 'email' | 'sms';

/**
 * `opted out` is the resident's own word, and only the resident takes it back. News that a message arrived takes back neither that nor
 * `complained`. A person may try an address again that has complained, bounced or was blocked.
 */
export const CONTACT_STATES = ['good', 'opted out', 'complained', 'bounced', 'blocked'] as const;
export type ContactState = (typeof CONTACT_STATES)[number];

/** One row of the Contacts tab; an address without a row is good. */
export interface ContactRow {
  readonly row: number;
  readonly address: string;
  readonly kind: Way;
  readonly state: ContactState;
  readonly since: Instant;
  /** A platform, or the mail address of the person who decided. */
  readonly by: string;
  readonly detail: string;
}

/** Addresses are compared without regard to case. */
export const contactName = (kind: Way, address: string): string => `${kind}:${address.trim().toLowerCase()}`;

const indexes = new WeakMap<readonly ContactRow[], ReadonlyMap<string, ContactRow>>();

/** The row of an address, if there is one; the index is made once for each list. */
export function contactOf(rows: readonly ContactRow[], kind: Way, address: string): ContactRow | undefined {
  const index = indexes.get(rows) ?? new Map(rows.map((row) => [contactName(row.kind, row.address), row]));
  indexes.set(rows, index);
  return index.get(contactName(kind, address));
}

/** Why nothing may be sent to an address; undefined while it is good. */
export function shut(rows: readonly ContactRow[], kind: Way, address: string): string | undefined {
  const row = contactOf(rows, kind, address);
  if (!row || row.state === 'good') return undefined;
  return `${address} ${WORDS[row.state]} (${row.by}, ${new Date(row.since).toISOString().slice(0, 10)})`;
}

const WORDS: Readonly<Record<Exclude<ContactState, 'good'>, string>> = {
  'opted out': 'has opted out',
  complained: 'has marked a message as spam',
  bounced: 'does not take mail',
  blocked: 'takes nothing from us for now',
};
