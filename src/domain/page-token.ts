/** What the address of a resident's page bears: a random id, the version and the last day of the link, and a seal over them. */

/** `HMAC-SHA-256` as lower-case hex; the secret stays with whoever gives this. */
export type Seal = (text: string) => string;

export interface PageClaim {
  /** 128 random bits, lower-case hex. */
  readonly id: string;
  readonly version: number;
  /** The first day after it, counted from 1970-01-01 by UTC. */
  readonly endsOn: number;
}

/** `old`: it was ours once. Whatever else is wrong with a token, it is `no`. */
export type Proof = ({ readonly is: 'good' | 'old' } & PageClaim) | { readonly is: 'no' };

const DAY_MS = 86_400_000;
/** By which it is known in any text, and taken out of logs. */
const MARK = 'rl_';
/** Letters of 128 bits. */
const LETTERS = 22;
const HEX = 32;
const TOKEN = /^rl_([\w-]{22})([\w-]{22})([0-9a-z]{4})([1-9a-z][0-9a-z]{0,3})$/;
/** As long as a token may be: longer text is not looked at. */
const MOST = 60;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 32 hex digits as 22 letters: three digits are two letters. */
function packed(hex: string): string {
  let text = '';
  for (let at = 0; at < HEX; at += 3) {
    const bits = Number.parseInt(hex.slice(at, at + 3).padEnd(3, '0'), 16);
    text += (ALPHABET[bits >> 6] ?? '') + (ALPHABET[bits & 63] ?? '');
  }
  return text;
}

function unpacked(text: string): string {
  let hex = '';
  for (let at = 0; at < LETTERS; at += 2) {
    const bits = ALPHABET.indexOf(text.charAt(at)) * 64 + ALPHABET.indexOf(text.charAt(at + 1));
    hex += bits.toString(16).padStart(3, '0');
  }
  return hex.slice(0, HEX);
}

const sealed = (seal: Seal, { id, version, endsOn }: PageClaim): string =>
  seal(`resident page|${id}|${version}|${endsOn}`).slice(0, HEX);

/** The token of a link that is good for so many days from `now`; its last day is whole. */
export function pageToken(seal: Seal, link: Pick<PageClaim, 'id' | 'version'>, now: number, days: number): string {
  const claim: PageClaim = { id: link.id, version: link.version, endsOn: Math.floor(now / DAY_MS) + days + 1 };
  const until = claim.endsOn.toString(36).padStart(4, '0');
  return `${MARK}${packed(claim.id)}${packed(sealed(seal, claim))}${until}${claim.version.toString(36)}`;
}

/** Reads a token. Whatever it is, one seal is made and compared over its whole length: time tells nothing. */
export function provePage(seal: Seal, text: string, now: number): Proof {
  const claim = claimIn(text);
  const right = sealed(seal, claim ?? NOBODY);
  const given = claim ? unpacked(text.slice(MARK.length + LETTERS)) : NOBODY.id;
  let difference = claim ? 0 : 1;
  for (let at = 0; at < HEX; at++) difference |= right.charCodeAt(at) ^ given.charCodeAt(at);
  if (!claim || difference !== 0) return { is: 'no' };
  return { is: now < claim.endsOn * DAY_MS ? 'good' : 'old', ...claim };
}

const NOBODY: PageClaim = { id: '0'.repeat(HEX), version: 1, endsOn: 0 };

/** Only as we write it: the bits beyond the 128th are none. */
function claimIn(text: string): PageClaim | undefined {
  const match = text.length <= MOST ? TOKEN.exec(text) : null;
  if (!match) return undefined;
  const [, id = '', mac = '', until = '', version = ''] = match;
  if (packed(unpacked(id)) !== id || packed(unpacked(mac)) !== mac) return undefined;
  return { id: unpacked(id), version: Number.parseInt(version, 36), endsOn: Number.parseInt(until, 36) };
}
