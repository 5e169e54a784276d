/** How several people on a lease share its rent among themselves: for their own picture only, for the debt stays joint. */
import type { Lease } from './book';
import { cents, parseAmount, sum } from './money';
import { peopleOf, wordsOf } from './names';
import type { Cents, Currency } from './values';

/** One person's part, as a weight beside those of the others: basis points, or minor units of the currency. */
export interface Share {
  readonly name: string;
  readonly weight: number;
}

export interface Person {
  readonly name: string;
  /** The mail address in the same place on the Leases tab; '' where there are fewer addresses than names. */
  readonly email: string;
}

/** Everybody on a lease. */
export const peopleOn = ({ residents, emails }: Pick<Lease, 'residents' | 'emails'>): readonly Person[] =>
  peopleOf(residents).map((name, at) => ({ name, email: emails[at] ?? '' }));

/** Each person's part of a period's rent, in the order of the lease: to the cent, the odd ones to the first. Empty for one person. */
export function sharedRent(
  lease: Pick<Lease, 'residents' | 'emails' | 'shares'>,
  rentCents: Cents,
): readonly { readonly person: Person; readonly shareCents: Cents }[] {
  const people = peopleOn(lease);
  if (people.length < 2) return [];
  const weights = people.map(({ name }) =>
    lease.shares ? (lease.shares.find((share) => share.name === name)?.weight ?? 0) : 1,
  );
  const parts = shareOut(rentCents, weights.some((weight) => weight > 0) ? weights : people.map(() => 1));
  return people.map((person, at) => ({ person, shareCents: parts[at] as Cents }));
}

/** By weights of which one at least is more than nothing. What cannot be shared evenly goes to the first of them, a cent each. */
function shareOut(amountCents: Cents, weights: readonly number[]): readonly Cents[] {
  const total = weights.reduce((all, weight) => all + weight, 0);
  const even = weights.map((weight) => cents(Math.floor((amountCents * weight) / total)));
  let left = amountCents - sum(even);
  return even.map((part, at) => ((weights[at] ?? 0) > 0 && left-- > 0 ? cents(part + 1) : part));
}

/** What is wrong with a Shares cell, for the Problems list. */
export interface Unshared {
  readonly what: string;
  readonly fix: string;
}

const FIX = 'Write each person once, such as "Ana 60%, Ben 40%" or "Ana 600, Ben 400"; together 100% or the rent.';
const unshared = (what: string): Unshared => ({ what: `${what}; equal parts are shown.`, fix: FIX });
/** Hundredths of a percent. */
const WHOLE_POINTS = 10_000;

/**
 * Reads `Ana 60%, Ben 40%` or `Ana 600.00; Ben 400.00`: names as in Residents, in full or by a word that no other has, or mail
 * addresses. Percent or amounts, which must come to the whole; who is not named shares nothing.
 */
export function sharesIn(
  text: string,
  lease: Pick<Lease, 'residents' | 'emails' | 'rentCents'>,
  currency: Currency,
): readonly Share[] | Unshared {
  const people = peopleOn(lease);
  const parts = partsIn(text);
  const found: Share[] = [];
  let unit: 'percent' | 'amount' | undefined;
  for (const part of parts) {
    const read = /^(.*?\S)\s*[\s:=]\s*(-?[\d.,]+)\s*(%?)$/.exec(part);
    const [, who = '', value = '', sign = ''] = read ?? [];
    const kind = sign === '%' ? 'percent' : 'amount';
    const weight = kind === 'percent' ? pointsIn(value) : parseAmount(value, currency);
    if (!read || weight === undefined || weight < 0) return unshared(`"${part.slice(0, 40)}" is no name with a share`);
    const person = personOf(people, who);
    if (!person) return unshared(`"${who.slice(0, 40)}" is not one person on this lease`);
    if (found.some((share) => share.name === person.name)) return unshared(`${person.name} stands there twice`);
    if (unit !== undefined && unit !== kind) return unshared('Percent and amounts cannot be added up');
    unit = kind;
    found.push({ name: person.name, weight });
  }
  const whole = unit === 'percent' ? WHOLE_POINTS : lease.rentCents;
  if (sum(found.map((share) => share.weight as Cents)) === whole && whole > 0) return found;
  return unshared(`The shares do not come to ${unit === 'percent' ? '100%' : 'the rent'}`);
}

/** Parted by semicolons or, where there are none, by the commas that no digit follows at once. */
const partsIn = (text: string): readonly string[] =>
  text
    .split(text.includes(';') ? /;/ : /,(?!\d)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function pointsIn(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}

/** By mail address, by the whole name, or by words of the name that nobody else has. */
export function personOf(people: readonly Person[], who: string): Person | undefined {
  const plain = who.trim().toLowerCase();
  const exact = people.filter((each) => each.email.toLowerCase() === plain || each.name.toLowerCase() === plain);
  if (exact.length > 0) return exact.length === 1 ? exact[0] : undefined;
  const words = wordsOf(who);
  const likely = people.filter((each) => words.length > 0 && words.every((word) => wordsOf(each.name).includes(word)));
  return likely.length === 1 ? likely[0] : undefined;
}
