/**
 * Text for a PDF's own Helvetica: the signs that Windows-1252 has, the nearest ones for others, and how wide they are. What comes
 * out is 7-bit, so that a whole PDF can travel as text.
 */

/** Windows-1252 (ISO 32000-1, Annex D, WinAnsiEncoding) from 0x80 to 0x9f; a blank where it has no sign. */
const HIGH = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
/** Signs without a decomposition that leads to one of ours. */
const NEAREST: Readonly<Record<string, string>> = {
  ...{ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ħ: 'h', Ħ: 'H', ı: 'i', ŧ: 't', Ŧ: 'T', ŋ: 'n', Ŋ: 'N', ẞ: 'SS' },
  ...{ '‐': '-', '‑': '-', '‒': '–', '―': '—', '−': '-', '′': "'", '″': '"', '⁄': '/', '\t': ' ', '\n': ' ' },
};

/** Accents that stand alone, and signs that take no room. */
const MARKS = /[\u0300-\u036f]|\u00ad|[\u200b-\u200f]|\u2060|[\ufe00-\ufe0f]|\ufeff/g;

function codeOf(sign: string): number | undefined {
  const code = sign.codePointAt(0) ?? 0;
  if ((code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff)) return code;
  const at = sign === ' ' ? -1 : HIGH.indexOf(sign);
  return at < 0 ? undefined : 0x80 + at;
}

/** The text in signs that the font has: `Zoë` stays, `Łukasz` becomes `Lukasz`, what has no likeness becomes `?`. */
export function printable(text: string): string {
  return [...text.normalize('NFC').replace(MARKS, '')].map(nearest).join('');
}

function nearest(sign: string): string {
  const known = (each: string): string | undefined => (codeOf(each) === undefined ? NEAREST[each] : each);
  const plain = [...sign.normalize('NFKD').replace(MARKS, '')].map(known);
  const isLike = plain.length > 0 && plain.every((each) => each !== undefined);
  return known(sign) ?? (isLike ? plain.join('') : '?');
}

/** A text as a PDF writes it: `(Zo\353)`. */
export function pdfString(text: string): string {
  const signs = [...printable(text)].map((sign) => {
    const code = codeOf(sign) ?? 0x3f;
    if (sign === '(' || sign === ')' || sign === '\\') return `\\${sign}`;
    return code < 0x7f ? sign : `\\${code.toString(8).padStart(3, '0')}`;
  });
  return `(${signs.join('')})`;
}

// ---------------------------------------------------------------- widths

const table = (text: string): readonly number[] => text.split(' ').map(Number);

/** Thousandths of the size for the signs from the blank to the tilde (Adobe's metrics of Helvetica and Helvetica-Bold). */
const PLAIN = table(
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 ' +
    '584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 ' +
    '611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 ' +
    '722 500 500 500 334 260 334 584',
);
const BOLD = table(
  '278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 ' +
    '584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 ' +
    '611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 ' +
    '778 556 556 500 389 280 389 584',
);
/** No other sign is wider. An accent does not widen its letter. */
const WIDEST = 1000;

/** How wide a line is in points; a little more than it takes where it has signs that are neither ASCII nor accented letters. */
export function lineWidth(text: string, size: number, bold = false): number {
  const widths = bold ? BOLD : PLAIN;
  const each = (sign: string): number => widths[sign.normalize('NFD').charCodeAt(0) - 0x20] ?? WIDEST;
  return ([...printable(text)].reduce((sum, sign) => sum + each(sign), 0) * size) / 1000;
}

/** Lines that are not wider than `width` points; a word that alone is wider is broken. What is over `most` lines ends in `…`. */
export function wrapped(text: string, size: number, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  // Bold is the wider of the two, so the lines will do for both.
  const fits = (next: string): boolean => lineWidth(next, size, true) <= width;
  for (const word of printable(text).split(/ +/)) {
    const next = line === '' ? word : `${line} ${word}`;
    if (fits(next)) {
      line = next;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const sign of word) {
      if (!fits(line + sign)) {
        lines.push(line);
        line = '';
      }
      line += sign;
    }
  }
  lines.push(line);
  if (lines.length <= most) return lines;
  let last = lines[most - 1] ?? '';
  while (last !== '' && !fits(`${last}…`)) last = last.slice(0, -1);
  return [...lines.slice(0, most - 1), `${last}…`];
}
