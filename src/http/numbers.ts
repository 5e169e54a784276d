/**
 * Finds card numbers, IBANs, US bank details and social security numbers in text, and leaves their last four digits.
 */
import { once } from '../domain/once';

/** Between the groups of a number people type spaces and dashes of many kinds. */
const GAP = '[ \\u00a0\\u2007\\u202f\\-\\u2010-\\u2015]';
const DIGIT_RUN = new RegExp(`\\d+(?:${GAP}{1,3}\\d+)*`, 'g');
const SSN = new RegExp(`(?<![\\d-])\\d{3}(${GAP})\\d{2}\\1\\d{4}(?![\\d-])`, 'g');
const NAMED_SSN = /\b(ssn|itin|social security(?: number| no\.?)?)(\W{0,4})(\d{9})(?!\d)/gi;

/** Countries by the length of their IBAN (SWIFT IBAN registry). */
const IBAN_COUNTRIES: readonly (readonly [number, string])[] = [
  [15, 'NO'],
  [16, 'BE'],
  [18, 'DK FI FO GL NL'],
  [19, 'MK SI'],
  [20, 'AT BA EE KZ LT LU XK'],
  [21, 'CH HR LI LV'],
  [22, 'BG BH CR DE GB GE IE ME RS VA'],
  [23, 'AE GI IL IQ'],
  [24, 'AD CZ ES MD PK RO SA SE SK TN VG'],
  [25, 'PT'],
  [26, 'IS TR'],
  [27, 'FR GR IT MC MR SM'],
  [28, 'AL AZ BY CY DO GT HU LB PL'],
  [29, 'BR EG PS QA UA'],
  [30, 'JO KW MU'],
  [31, 'MT SC'],
  [32, 'LC'],
];
const ibanLengths = once(
  () =>
    new Map(
      IBAN_COUNTRIES.flatMap(([length, countries]) =>
        countries.split(' ').map((country): [string, number] => [country, length]),
      ),
    ),
);
const IBAN = new RegExp(`(?<![A-Za-z0-9])[A-Za-z]{2}\\d{2}(?:${GAP}?[A-Za-z0-9]){11,60}`, 'g');

/** Replaces each number found by its kind and last four, e.g. `[card …4242]`. Other numbers stay as they are. */
export function maskAccountNumbers(text: string): string {
  if (!/\d{2}/.test(text) && !/\d\D{1,3}\d/.test(text)) return text;
  return maskSsns(maskBankPairs(maskCards(maskIbans(text))));
}

const masked = (kind: string, digits: string): string => `[${kind} …${digits.slice(-4)}]`;

function maskIbans(text: string): string {
  return text.replace(IBAN, (run) => {
    const length = ibanLengths().get(run.slice(0, 2).toUpperCase());
    if (length === undefined) return run;
    const end = endOfCharacters(run, length);
    const bare = run
      .slice(0, end)
      .replace(/[^A-Za-z0-9]/g, '')
      .toUpperCase();
    if (bare.length !== length || !isIban(bare)) return run;
    return masked('IBAN', bare) + run.slice(end);
  });
}

/** The offset after the nth letter or digit. */
function endOfCharacters(run: string, count: number): number {
  let seen = 0;
  for (let at = 0; at < run.length; at++) {
    if (/[A-Za-z0-9]/.test(run.charAt(at)) && ++seen === count) return at + 1;
  }
  return run.length;
}

/** ISO 13616: the first four characters go to the end, letters count from 10, and the remainder by 97 is 1. */
function isIban(bare: string): boolean {
  let remainder = 0;
  for (const character of bare.slice(4) + bare.slice(0, 4)) {
    for (const digit of String(Number.parseInt(character, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1;
}

function maskCards(text: string): string {
  return text.replace(DIGIT_RUN, (run) => {
    const groups = [...run.matchAll(/\d+/g)];
    let out = '';
    let copied = 0;
    for (let first = 0; first < groups.length; first++) {
      const last = lastGroupOfCard(groups, first);
      if (last === undefined) continue;
      const start = groups[first]?.index ?? 0;
      const end = (groups[last]?.index ?? 0) + (groups[last]?.[0].length ?? 0);
      out += run.slice(copied, start) + masked('card', run.slice(start, end).replace(/\D/g, ''));
      copied = end;
      first = last;
    }
    return out + run.slice(copied);
  });
}

/** The longest stretch of whole groups from `first` that is a card number; undefined when there is none. */
function lastGroupOfCard(groups: readonly RegExpMatchArray[], first: number): number | undefined {
  let digits = '';
  let found: number | undefined;
  for (let last = first; last < groups.length && digits.length <= 19; last++) {
    digits += groups[last]?.[0] ?? '';
    if (digits.length >= 13 && digits.length <= 19 && isLuhn(digits)) found = last;
  }
  return found;
}

/** ISO/IEC 7812-1 check digit. */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits.charAt(digits.length - 1 - at));
    const twice = at % 2 === 1 ? digit * 2 : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0 && /[1-9]/.test(digits);
}

/** ABA routing number: weights 3, 7, 1. */
function isRouting(digits: string): boolean {
  if (digits.length !== 9 || !/^(0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(digits)) return false;
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits.charAt(at)), 0);
  return sum % 10 === 0 && sum > 0;
}

// A routing number alone is public and may be any invoice number; it is the pair that can move money.
const PAIR_DISTANCE = 40;

function maskBankPairs(text: string): string {
  const runs = [...text.matchAll(/(?<![\d…])\d{4,17}(?!\d)/g)].map((match) => ({
    at: match.index ?? 0,
    digits: match[0],
  }));
  const kinds = new Map<number, string>();
  runs.forEach((run, index) => {
    if (!isRouting(run.digits)) return;
    const beside = [runs[index + 1], runs[index - 1]].find((other) => other && isAccountBeside(text, run, other));
    if (!beside) return;
    if (!kinds.has(run.at)) kinds.set(run.at, 'routing');
    if (!kinds.has(beside.at)) kinds.set(beside.at, 'account');
  });
  let out = '';
  let copied = 0;
  for (const run of runs) {
    const kind = kinds.get(run.at);
    if (!kind) continue;
    out += text.slice(copied, run.at) + masked(kind, run.digits);
    copied = run.at + run.digits.length;
  }
  return out + text.slice(copied);
}

interface Run {
  readonly at: number;
  readonly digits: string;
}

function isAccountBeside(text: string, routing: Run, other: Run): boolean {
  const [left, right] = routing.at < other.at ? [routing, other] : [other, routing];
  const between = text.slice(left.at + left.digits.length, right.at);
  if (between.length > PAIR_DISTANCE) return false;
  // Four or five digits are a year or a unit unless they are called an account.
  return other.digits.length >= 6 || /acc(?:oun)?t|\ba\/c\b/i.test(text.slice(Math.max(0, other.at - 20), other.at));
}

function maskSsns(text: string): string {
  return text
    .replace(SSN, (run) => masked('SSN', run))
    .replace(NAMED_SSN, (_, name: string, gap: string, digits: string) => name + gap + masked('SSN', digits));
}
