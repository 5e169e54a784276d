/** A mistyped field is told by its right name: one slip of the hand always, and never a name that is far away. */
import fc from 'fast-check';
import { FIELDS, namesFor, type Reader } from '../../src/domain/message-fields';
import { checkTemplate } from '../../src/domain/messages';
import { editDistance, nearest } from '../../src/domain/nearest';

/** What the check of a template says of one tag. */
function told(tag: string, reader: Reader): string {
  const key = reader === 'manager' ? 'digest' : 'late';
  const [reason] = checkTemplate({ key, language: 'en', subject: 'Rent', body: `Rent {{${tag}}}` });
  return reason ? `${reason.what} ${reason.fix}` : 'fine';
}
const READERS: readonly Reader[] = ['resident', 'manager'];

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz_0');
/** One slip: a letter put in, left out, changed, or swapped with the next one. */
const slip = (name: string): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom('in', 'out', 'change', 'swap'), fc.nat(name.length - 1), letter).map(([how, at, one]) => {
    const [before, here, next, after] = [name.slice(0, at), name[at] ?? '', name[at + 1] ?? '', name.slice(at + 2)];
    if (how === 'in') return before + one + name.slice(at);
    if (how === 'out') return before + name.slice(at + 1);
    return how === 'change' ? before + one + name.slice(at + 1) : before + next + here + after;
  });

describe('a mistyped field', () => {
  it.each([
    ['resident_nmaes', 'resident', '{{resident_nmaes}} is not a field. Write {{resident_names}}.'],
    ['Resident Nmaes', 'resident', '{{Resident Nmaes}} is not a field. Write {{resident_names}}.'],
    ['balance-due', 'resident', '{{balance-due}} is not a field. Write {{balance_due}}.'],
    ['balance_owed', 'resident', '{{balance_owed}} is not a field. Write {{balance_due}}.'],
    ['paylink', 'resident', '{{paylink}} is not a field. Write {{pay_link}}.'],
    ['untis', 'resident', '{{untis}} is not a field. Write {{unit}}.'],
    ['late_totl', 'manager', '{{late_totl}} is not a field. Write {{late_total}}.'],
    [
      'late_totl',
      'resident',
      '{{late_totl}} is not a field. Use a field of the note on the header of the Templates tab.',
    ],
    ['rent', 'resident', '{{rent}} is not a field. Use a field of the note on the header of the Templates tab.'],
    ['x', 'resident', '{{x}} is not a field. Use a field of the note on the header of the Templates tab.'],
  ] as const)('{{%s}} for a %s says %s', (tag, reader, words) => {
    expect(told(tag, reader)).toBe(words);
  });

  it.each(READERS)('of a %s is told by its right name after any one slip', (reader) => {
    const names = namesFor(reader);
    fc.assert(
      fc.property(
        fc.constantFrom(...names).chain((name) => fc.tuple(fc.constant(name), slip(name))),
        ([name, typed]) => {
          if (names.includes(typed)) return;
          expect(told(typed, reader)).toBe(`{{${typed}}} is not a field. Write {{${name}}}.`);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  const lists = FIELDS.flatMap((field) => ('row' in field ? [field] : []));
  it.each(lists.map((field) => [field.name, field] as const))(
    'in a row of %s is told by its right name too',
    (_, list) => {
      const reader: Reader = list.reader;
      const known: readonly string[] = [...list.row, ...namesFor(reader)];
      const body = (tag: string) => `Rent {{#${list.name}}} {{${tag}}} {{/${list.name}}}`;
      const key = reader === 'manager' ? 'digest' : 'late';
      fc.assert(
        fc.property(
          fc.constantFrom(...list.row).chain((name) => fc.tuple(fc.constant(name), slip(name))),
          ([name, typed]) => {
            fc.pre(typed !== '' && !known.includes(typed));
            const [reason] = checkTemplate({ key, language: 'en', subject: 'Rent', body: body(typed) });
            expect(reason?.fix).toBe(`Write {{${name}}}.`);
          },
        ),
      );
    },
  );

  it('is never told by a name that is further away than two letters or three in ten', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 24 }), fc.constantFrom(...READERS), (typed, reader) => {
        const found = nearest(typed, namesFor(reader));
        if (found === undefined) return;
        const spelled = typed
          .trim()
          .toLowerCase()
          .replace(/[\s-]+/g, '_');
        const isSame = found.replace(/[^a-z]/g, '') === spelled.replace(/[^a-z]/g, '');
        expect(isSame || editDistance(spelled, found) <= Math.max(2, found.length * 0.3)).toBe(true);
      }),
    );
  });
});

describe('the distance of two words', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });

  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['ca', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('from %j to %j is %i', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
  });

  it('is the same in both directions, nothing for the same word only, and no longer than the longer word', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});
