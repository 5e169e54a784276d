/** Names of people as banks and leases write them, compared: without accents, titles and the words that banks add. */

/** Words around a payer's name on bank lines: kinds of transfer, field names, titles. None of them is a name. */
const NOISE = new Set(
  (
    'ach pmt pymt payment des id indn co web ppd ccd ref trn trace orig desc entry descr sec credit debit transfer xfer ' +
    'online mobile deposit from to by rent rental for apt unit zelle venmo paypal wire check cheque chk bank pay billpay ' +
    'recurring autopay standing order sepa faster payments the and of mr mrs ms miss dr llc inc ltd'
  ).split(' '),
);

/** Lower case without accents; everything that is no letter, digit or # parts words. */
export function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}#]+/u)
    .filter((word) => word !== '');
}

/** The words of a text that may be parts of a name, each once. */
export function nameTokens(text: string): readonly string[] {
  return [...new Set(wordsOf(text).filter((word) => /^\p{L}+$/u.test(word) && !NOISE.has(word)))];
}

/** The people of a Residents cell, one name each. */
export const peopleOf = (residents: string): readonly string[] =>
  residents
    .split(/[,;&/+\n]|\band\b/i)
    .map((name) => name.trim())
    .filter((name) => name !== '');

const PREFIX_MAX = 4;
const PREFIX_WEIGHT = 0.1;

/**
 * How alike two words are, from 0 to 1: Jaro's measure, raised for a common beginning (Winkler 1990). It forgives the slips
 * that typists make, and hardly any other difference.
 */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const jaro = jaroOf(a, b);
  let prefix = 0;
  while (prefix < PREFIX_MAX && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

function jaroOf(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const [ofA, taken]: [string[], boolean[]] = [[], []];
  for (let i = 0; i < a.length; i++) {
    const until = Math.min(b.length, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < until; j++) {
      if (taken[j] || a[i] !== b[j]) continue;
      taken[j] = true;
      ofA.push(a[i] ?? '');
      break;
    }
  }
  if (ofA.length === 0) return 0;
  const ofB = [...b].filter((_, j) => taken[j]);
  const swapped = ofA.filter((sign, i) => sign !== ofB[i]).length / 2;
  const same = ofA.length;
  return (same / a.length + same / b.length + (same - swapped) / same) / 3;
}
