/** Text messages as carriers count them: which letters fit, and into how many parts a text is cut. */

export interface Segments {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Parts that are sent and paid for; 0 of an empty text. */
  readonly segments: number;
  /** Septets of GSM-7, or UTF-16 units. */
  readonly units: number;
}

/** GSM 03.38: the basic alphabet, and the characters that take an escape before them. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const ESCAPED = '^{}\\[~]|€\f';

const LIMITS = { 'GSM-7': { one: 160, part: 153 }, 'UCS-2': { one: 70, part: 67 } } as const;

/** The parts of a text. No part begins in the middle of an escaped character or of a surrogate pair. */
export function segmentsOf(text: string): Segments {
  const characters = [...text];
  const isGsm = characters.every((each) => BASIC.includes(each) || ESCAPED.includes(each));
  const encoding = isGsm ? 'GSM-7' : 'UCS-2';
  const sizes = characters.map((each) => (isGsm ? (ESCAPED.includes(each) ? 2 : 1) : each.length));
  const units = sizes.reduce((all, size) => all + size, 0);
  const { one, part } = LIMITS[encoding];
  return { encoding, units, segments: units === 0 ? 0 : units <= one ? 1 : parts(sizes, part) };
}

function parts(sizes: readonly number[], room: number): number {
  let [count, used] = [1, 0];
  for (const size of sizes) {
    if (used + size > room) {
      count++;
      used = 0;
    }
    used += size;
  }
  return count;
}

const PLAIN: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2026': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\u2022': '-',
};

/** Typographic signs that would make every letter cost twice as much become plain ones; letters stay as they are. */
export const plainSms = (text: string): string => [...text].map((each) => PLAIN[each] ?? each).join('');
