/** The ways of one message as rows of the Outbox: `email:late:L-1:2026-12` and `sms:late:L-1:2026-12` are legs of one message. */
import type { OutboxRow } from './book';
import type { Way } from './contacts';
import { type Key, key } from './values';

type Keyed = Pick<OutboxRow, 'key'>;

export const legKey = (way: Way, name: string): Key => key(`${way}:${name}`);

/** By which way an effect goes to a person; undefined for one that is no message to a resident or manager. */
export function wayOf({ key: name }: Keyed): Way | undefined {
  return name.startsWith('email:') ? 'email' : name.startsWith('sms:') ? 'sms' : undefined;
}

export const isMessage = (row: Keyed): boolean => wayOf(row) !== undefined;

/** What all legs of a message share: the key without the way. */
export const messageName = ({ key: name }: Keyed): string => name.replace(/^(?:email|sms):/, '');

/** The message that a payment link was made for. */
export const linkName = (row: Keyed): Key => key(`paylink:${messageName(row)}`);

/** A page to pay on that was made for a message, whichever effect makes it at its processor. */
export const isMailedPage = ({ key: name }: Keyed): boolean => name.startsWith('paylink:');

/** All legs of the message that a row is one of. */
export function legsOf<T extends Keyed>(rows: readonly T[], row: Keyed): readonly T[] {
  if (!isMessage(row)) return rows.filter((each) => each.key === row.key);
  const names: readonly Key[] = (['email', 'sms'] as const).map((way) => legKey(way, messageName(row)));
  return rows.filter((each) => names.includes(each.key));
}
