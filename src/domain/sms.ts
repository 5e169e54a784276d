/** What a text message costs: the alphabet it is sent in, and how many parts a phone network makes of it. */

export interface Segments {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Parts, each of which is paid for; 0 of an empty text. */
  readonly segments: number;
  /** Septets of GSM-7, or 16-bit units of UCS-2. */
  readonly units: number;
}

/** The basic table of 3GPP TS 23.038 without its escape; each takes one septet. */
const BASIC = new Set([
  ...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?',
  ...'¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
]);
/** Its extension table: an escape and a septet each. */
const EXTENDED = new Set('\f^{}\\[~]|€');

interface Alphabet {
  readonly encoding: Segments['encoding'];
  /** Units that fit into a text of one part, and into each of several, which bear a header. */
  readonly alone: number;
  readonly inPart: number;
  size(character: string): number;
}

const GSM_7: Alphabet = { encoding: 'GSM-7', alone: 160, inPart: 153, size: (each) => (EXTENDED.has(each) ? 2 : 1) };
const UCS_2: Alphabet = { encoding: 'UCS-2', alone: 70, inPart: 67, size: (each) => each.length };

/** One character outside GSM-7, such as an emoji or a curly quote, puts the whole text into UCS-2. */
export function segmentsOf(text: string): Segments {
  const characters = [...text];
  const isPlain = characters.every((each) => BASIC.has(each) || EXTENDED.has(each));
  const { encoding, alone, inPart, size } = isPlain ? GSM_7 : UCS_2;
  const sizes = characters.map(size);
  const units = sizes.reduce((sum, each) => sum + each, 0);
  if (units <= alone) return { encoding, segments: units === 0 ? 0 : 1, units };
  // No part ends between an escape and its septet, or within a pair of surrogates.
  let segments = 1;
  let filled = 0;
  for (const each of sizes) {
    if (filled + each > inPart) {
      segments++;
      filled = 0;
    }
    filled += each;
  }
  return { encoding, segments, units };
}

/** Signs that mean the same as one of GSM-7. Letters are left alone: a name is written as its bearer writes it. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/\r\n?|[\u2028\u2029]/g, '\n'],
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]/g, ' '],
  // Marks that nobody sees.
  [/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, ''],
  [/[‘’‚‛′‵´`ʹʻʼʽˈ‹›]/g, "'"],
  [/[“”„‟«»″‶ʺ]/g, '"'],
  [/[‐‑‒–—―−•·]/g, '-'],
  [/…/g, '...'],
  [/⁄/g, '/'],
  [/¼/g, '1/4'],
  [/½/g, '1/2'],
  [/¾/g, '3/4'],
  [/×/g, 'x'],
];

/** The text with its typographic quotes, dashes, ellipses and spaces as GSM-7 has them. Done twice it is the same. */
export const plainSms = (text: string): string =>
  PLAIN.reduce((plain, [pattern, instead]) => plain.replace(pattern, instead), text);
