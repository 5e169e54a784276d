/** What is known of a mail address or a phone number: an opt-out, a bounce. It holds for every lease and every topic. */
import { e164 } from './phone';
import type { Instant } from './values';

/** The two ways in which residents are written to. */
export type Way = 'email' | 'sms';

/**
 * `opted out`, `complained` and `opted in` are the resident's own word. Only the resident takes an opt-out back; news that a message
 * arrived takes back neither that nor a complaint. A person may try an address again that has complained, bounced or was blocked.
 */
export const CONTACT_STATES = ['good', 'opted in', 'opted out', 'complained', 'bounced', 'blocked'] as const;
export type ContactState = (typeof CONTACT_STATES)[number];

/** The resident wants no more. */
export const REFUSALS: readonly ContactState[] = ['opted out', 'complained'];

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

/** Addresses are compared without regard to case, and phone numbers without regard to how they are written. */
export function contactName(kind: Way, address: string): string {
  const phone = kind === 'sms' ? e164(address) : undefined;
  return `${kind}:${phone && 'number' in phone ? phone.number : address.trim().toLowerCase()}`;
}

const indexes = new WeakMap<readonly ContactRow[], ReadonlyMap<string, ContactRow>>();

/** The row of an address, if there is one; the index is made once for each list. */
export function contactOf(rows: readonly ContactRow[], kind: Way, address: string): ContactRow | undefined {
  const index = indexes.get(rows) ?? new Map(rows.map((row) => [contactName(row.kind, row.address), row]));
  indexes.set(rows, index);
  return index.get(contactName(kind, address));
}

export const isGood = (row: Pick<ContactRow, 'state'> | undefined): boolean =>
  row === undefined || row.state === 'good' || row.state === 'opted in';

/** Why nothing may be sent to an address; undefined while it is good. */
export function shut(rows: readonly ContactRow[], kind: Way, address: string): string | undefined {
  const row = contactOf(rows, kind, address);
  if (!row || isGood(row)) return undefined;
  const words = WORDS[row.state as keyof typeof WORDS];
  return `${address} ${words} (${row.by}, ${new Date(row.since).toISOString().slice(0, 10)})`;
}

const WORDS: Readonly<Record<Exclude<ContactState, 'good' | 'opted in'>, string>> = {
  'opted out': 'has opted out',
  complained: 'has marked a message as spam',
  bounced: 'takes no messages',
  blocked: 'takes nothing from us for now',
};
