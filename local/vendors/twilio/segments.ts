/** How many segments a text takes: 160 characters of GSM-7 or 70 of UCS-2, 153 or 67 in each part of a longer one. */

const BASIC = new Set(
  [
    '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?',
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
  ].join(''),
);
/** An escape stands before each of these: two septets, which no part tears apart. */
const EXTENDED = new Set('\f^{}\\[~]|€');

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

function sizesOf(text: string): { readonly sizes: readonly number[]; readonly alone: number; readonly inPart: number } {
  const chars = [...text];
  if (chars.every((char) => BASIC.has(char) || EXTENDED.has(char)))
    return { sizes: chars.map((char) => (EXTENDED.has(char) ? 2 : 1)), alone: 160, inPart: 153 };
  // What a person sees as one sign stays in one part.
  const signs = [...GRAPHEMES.segment(text)].flatMap(({ segment }) => (segment === '\r\n' ? ['\r', '\n'] : [segment]));
  return { sizes: signs.map((sign) => sign.length), alone: 70, inPart: 67 };
}

export function segmentsOf(text: string): number {
  const { sizes, alone, inPart } = sizesOf(text);
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return 1;
  let parts = 1;
  let filled = 0;
  for (const size of sizes) {
    if (filled + size > inPart) {
      parts += 1;
      filled = 0;
    }
    filled += size;
  }
  return parts;
}

/** Some of the signs that smart encoding writes plainly, so that a text stays within GSM-7. */
const PLAIN: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '´': "'",
  '`': "'",
  '–': '-',
  '—': '-',
  '‐': '-',
  '•': '-',
  '…': '...',
  '\u00a0': '  ',
  '\u202f': '  ',
  '\u2009': '  ',
  '\u200b': '',
  '\ufeff': '',
  '\t': '       ',
  '½': '1/2',
  '¼': '1/4',
  '¾': '3/4',
};

export const smartly = (text: string): string => [...text].map((char) => PLAIN[char] ?? char).join('');
