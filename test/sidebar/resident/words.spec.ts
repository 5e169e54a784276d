/** The words of the four languages: whole, each its own, and none that promises what another language does not. */
import { type Words, wordsOf } from '../../../sidebar/resident/words';
import type { PageLanguage } from '../../../src/api/resident/view';
import { e164 } from '../../../src/domain/phone';

type Tree = { readonly [name: string]: unknown };

/** Names of all words, with the texts of those that are plain. */
function leaves(tree: Tree, path = ''): readonly (readonly [string, unknown])[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return typeof value === 'object' && value !== null ? leaves(value as Tree, here) : [[here, value] as const];
  });
}

const all = (language: PageLanguage) => new Map(leaves(wordsOf(language) as unknown as Tree));

/** Words that two languages have in common. */
const SHARED =
  /^(account\.types\.(internet|gas)|account\.kinds\.adjustment|statement\.(total|documents|receiptLine|date)|account\.fee\.(sum|plus)|contact\.ways\.(sms|email))$/;

describe('the words', () => {
  const english = all('en');

  it.each(['es', 'fr', 'de'] as const)('are all there in %s, with as many fields as in English', (language) => {
    const other = all(language);
    expect([...other.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [name, value] of english) {
      const twin = other.get(name);
      expect([name, typeof twin]).toEqual([name, typeof value]);
      if (typeof value === 'function') expect([name, (twin as () => void).length]).toEqual([name, value.length]);
      if (typeof value === 'string' && !SHARED.test(name)) expect([name, twin]).not.toEqual([name, value]);
    }
  });

  it.each(['en', 'es', 'fr', 'de'] as const)('use each of their fields in %s', (language) => {
    const unused = leaves(wordsOf(language) as unknown as Tree).flatMap(([name, value]) => {
      if (typeof value !== 'function' || !value.length) return [];
      const given = [...Array(value.length).keys()].map((index) => `<${index}>`);
      const text = (value as (...fields: string[]) => string)(...given);
      // Whether a rule is of the rent or of the balance is told by another word, not by the field itself.
      return given.filter((field) => !text.includes(field)).map((field) => `${name} ${field}`);
    });
    const chosen = ['percent', 'dailyPercent', 'yearlyPercent'].map((name) => `account.fee.${name} <1>`);
    expect(unused.filter((each) => !chosen.includes(each))).toEqual([]);
  });

  it.each(['en', 'es', 'fr', 'de'] as const)('give in %s numbers as examples that can be called', (language) => {
    const { contact, outcomes } = wordsOf(language);
    for (const text of [contact.newPhoneHint, outcomes.preferencesPhone]) {
      const example = /\+[\d ]+\d/.exec(text)?.[0] ?? '';
      expect([text, e164(example)]).toEqual([text, { number: example.replace(/ /g, '') }]);
    }
  });

  it.each(['en', 'es', 'fr', 'de'] as const)('have one and several days in %s', (language) => {
    const words: Words = wordsOf(language);
    const one = [words.account.feeFree(1), words.plan.missed(1), words.plan.ends(1), words.account.lateSince('x', 1)];
    const several = [
      words.account.feeFree(2),
      words.plan.missed(2),
      words.plan.ends(2),
      words.account.lateSince('x', 2),
    ];
    one.forEach((text, index) => {
      expect(text).not.toBe(several[index]?.replace('2', '1'));
      expect(several[index]).toContain('2');
    });
  });

  it('never end where a field would follow', () => {
    for (const language of ['en', 'es', 'fr', 'de'] as const)
      for (const [name, value] of all(language)) {
        if (typeof value === 'string' && !name.startsWith('account.fee.'))
          expect([name, value]).toEqual([name, value.trim()]);
      }
  });
});
