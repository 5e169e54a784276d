/** The reference of a payment by bank: 18 letters and digits are all that carries the lease, and is how it is found again. */
import { digestOf } from '../../domain/audit';

/** Unique part and check letter, in Crockford's alphabet. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const UNIQUE = 5;
/** What 18 characters leave for the lease. */
const LEASE_MAX = 18 - 2 - UNIQUE - 1;

function letters(text: string, count: number): string {
  const digest = digestOf(text);
  let found = '';
  for (let at = 0; at < count; at++) {
    found += LETTERS.charAt(Number.parseInt(digest.slice(at * 2, at * 2 + 2), 16) & 31);
  }
  return found;
}

const isPlain = (character: string): boolean => /[0-9A-Y]/.test(character);

/** `L-104` is `LZ2D104`: banks take letters and digits only, and write them in capitals. */
function encoded(lease: string): string | undefined {
  if (/[^\x20-\x7e]/.test(lease)) return undefined;
  const characters = [...lease.toUpperCase()].map((each) =>
    isPlain(each) ? each : `Z${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  const text = characters.join('');
  return text.length <= LEASE_MAX ? text : undefined;
}

/**
 * The reference for an effect's key. A lease id that does not fit is left out (`RX…`): the payment then waits for a person,
 * unless its payer is known.
 */
export function referenceOf(lease: string, key: string): string {
  const id = encoded(lease);
  const head = id === undefined ? `RX${letters(key, UNIQUE + LEASE_MAX)}` : `RL${id}${letters(key, UNIQUE)}`;
  return head + letters(head, 1);
}

const OURS = /\bR[LX][0-9A-Z]{6,16}\b/g;

const isWhole = (reference: string): boolean =>
  reference.length >= 9 && letters(reference.slice(0, -1), 1) === reference.slice(-1);

/** The lease that a reference names; undefined where it is not ours or names none. */
export function leaseIn(reference: string): string | undefined {
  const text = reference.toUpperCase();
  if (!text.startsWith('RL') || !isWhole(text)) return undefined;
  return text
    .slice(2, -1 - UNIQUE)
    .replace(/Z([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A payment that we asked for reached the account: it is told by Plaid's payments, and must not be read twice. */
export const bearsOurReference = (memo: string): boolean => (memo.toUpperCase().match(OURS) ?? []).some(isWhole);
