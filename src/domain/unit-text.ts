/** Units and lease ids as people write them into a memo: `Apt 4B`, `unit 4 b`, `#4B`, `L-104`. */
import { wordsOf } from './names';

const MARKERS = new Set(
  'apt apts apartment unit flat suite ste room rm no number door lot space appartement wohnung whg'.split(' '),
);

const squeezed = (text: string): string => wordsOf(text).join('').replace(/#/g, '');

/** One form of a unit's name: `Apt 4-B`, `#4b` and `4B` are `4b`. */
export function unitName(unit: string): string {
  const words = wordsOf(unit.replace(/#/g, ' '));
  const [first = ''] = words;
  return (words.length > 1 && MARKERS.has(first) ? words.slice(1) : words).join('');
}

export const leaseName = squeezed;

/** What a text names, ready to be looked up. */
export interface Named {
  /** After a word such as apt, unit or #. */
  readonly units: ReadonlySet<string>;
  /** Every run of up to four words written as one: what may be a lease's id, or a unit without its word. */
  readonly runs: ReadonlySet<string>;
}

const RUN_MAX = 4;

export function namedIn(text: string): Named {
  const words = wordsOf(text.replace(/#/g, ' # ')).map((word) => word);
  const units = new Set<string>();
  const runs = new Set<string>();
  words.forEach((word, at) => {
    const isMark = word === '#' || MARKERS.has(word);
    if (isMark) {
      const after = words[at + 1] === '#' ? at + 2 : at + 1;
      if (words[after]) units.add(words[after] ?? '');
      if (words[after] && words[after + 1]) units.add(`${words[after]}${words[after + 1]}`);
    }
    for (let length = 1; length <= RUN_MAX && at + length <= words.length; length++)
      runs.add(words.slice(at, at + length).join(''));
  });
  return { units, runs };
}
