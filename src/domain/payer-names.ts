/** Whose name a payment carries: the payer's words against the residents of every lease, by words alike and how rare they are. */
import { likeness, nameTokens } from './names';
import type { LeaseId } from './values';

/** Something that speaks for a lease, and how much. */
export interface Evidence {
  readonly points: number;
  readonly reason: string;
}

interface Person {
  readonly lease: LeaseId;
  readonly name: string;
  readonly tokens: readonly string[];
}

export interface NameIndex {
  readonly byToken: ReadonlyMap<string, readonly Person[]>;
  /** Different words by their first letter, to find those that are only alike. */
  readonly byLetter: ReadonlyMap<string, readonly string[]>;
}

const WEIGHT = { whole: 45, alike: 35, part: 20 } as const;
/** Words so alike are one word with a slip. */
const ALIKE = 0.92;
/** A single word names somebody only where hardly anybody else has it. */
const RARE = 2;
const LONG = 4;
/** A word that more people than this have finds nobody by itself. */
const SHARED = 200;

export function nameIndex(
  leases: readonly { readonly lease: LeaseId; readonly people: readonly string[] }[],
): NameIndex {
  const byToken = new Map<string, Person[]>();
  for (const { lease, people } of leases)
    for (const name of people) {
      const person = { lease, name, tokens: nameTokens(name) };
      for (const token of person.tokens) {
        const known = byToken.get(token);
        if (known) known.push(person);
        else byToken.set(token, [person]);
      }
    }
  const byLetter = new Map<string, string[]>();
  for (const token of byToken.keys()) {
    const known = byLetter.get(token[0] ?? '');
    if (known) known.push(token);
    else byLetter.set(token[0] ?? '', [token]);
  }
  return { byToken, byLetter };
}

/** The evidence of names for each lease: the payer's name, and a resident's whole name inside the memo. */
export function nameEvidence(index: NameIndex, payer: string, memo: string): ReadonlyMap<LeaseId, Evidence> {
  const found = new Map<LeaseId, Evidence>();
  const take = (lease: LeaseId, evidence: Evidence | undefined) => {
    if (evidence && evidence.points > (found.get(lease)?.points ?? 0)) found.set(lease, evidence);
  };
  const paid = nameTokens(payer);
  for (const { person, words } of peopleLike(index, paid))
    take(person.lease, payerEvidence(index, person, paid, words));
  const said = nameTokens(memo);
  for (const { person, words } of peopleLike(index, said))
    if (person.tokens.length > 1 && words.length === person.tokens.length)
      take(person.lease, { points: weightOf(words), reason: `${person.name} in memo` });
  return found;
}

interface Pair {
  readonly token: string;
  readonly likeness: number;
}

interface Alike {
  readonly person: Person;
  /** One for each of the person's words that has a partner. */
  readonly words: readonly Pair[];
}

/** People who share a word with these, or nearly. The rarest words find them; what hundreds share only confirms. */
function peopleLike(index: NameIndex, tokens: readonly string[]): readonly Alike[] {
  const pairs = tokens
    .flatMap((token) => wordsLike(index, token))
    .map((pair) => ({ pair, people: index.byToken.get(pair.token) ?? [] }))
    .sort((a, b) => a.people.length - b.people.length);
  const found = new Map<Person, Pair[]>();
  pairs.forEach(({ pair, people }, at) => {
    if (at > 0 && people.length > SHARED) confirm(found, pair);
    else for (const person of people) addTo(found, person, pair);
  });
  return [...found].map(([person, words]) => ({ person, words }));
}

function confirm(found: Map<Person, Pair[]>, pair: Pair): void {
  for (const person of found.keys()) if (person.tokens.includes(pair.token)) addTo(found, person, pair);
}

/** A word of the person counts once, as it is most alike. */
function addTo(found: Map<Person, Pair[]>, person: Person, pair: Pair): void {
  const words = found.get(person);
  if (!words) {
    found.set(person, [pair]);
    return;
  }
  const at = words.findIndex((each) => each.token === pair.token);
  if (at < 0) words.push(pair);
  else if (pair.likeness > (words[at]?.likeness ?? 0)) words[at] = pair;
}

/** A first letter is hardly ever the slip, and looking at all words for each would take too long. */
function wordsLike({ byToken, byLetter }: NameIndex, token: string): readonly Pair[] {
  const same = byToken.has(token) ? [{ token, likeness: 1 }] : [];
  if (token.length < LONG) return same;
  const others = (byLetter.get(token[0] ?? '') ?? []).filter(
    (known) => known !== token && known.length >= LONG && Math.abs(known.length - token.length) <= 2,
  );
  const alike = others.map((known) => ({ token: known, likeness: likeness(token, known) }));
  return [...same, ...alike.filter((pair) => pair.likeness >= ALIKE)];
}

const weightOf = (words: readonly Pair[]): number =>
  words.every((pair) => pair.likeness === 1) ? WEIGHT.whole : WEIGHT.alike;

function payerEvidence(
  { byToken }: NameIndex,
  person: Person,
  paid: readonly string[],
  words: readonly Pair[],
): Evidence | undefined {
  const reason = `payer is named like ${person.name}`;
  if (words.length >= 2) return { points: weightOf(words), reason };
  const [only] = words;
  if (!only) return undefined;
  const initials = person.tokens.filter((token) => token !== only.token).map((token) => token[0]);
  if (paid.some((token) => token.length === 1 && initials.includes(token))) return { points: WEIGHT.alike, reason };
  const leases = new Set((byToken.get(only.token) ?? []).map((each) => each.lease));
  if (only.token.length < LONG || leases.size > RARE) return undefined;
  return { points: WEIGHT.part, reason: `payer shares the name ${only.token} with ${person.name}` };
}
