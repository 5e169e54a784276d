/** Names compared as banks write them: Winkler's own examples, noise taken out, people of a cell told apart. */
import fc from 'fast-check';
import { likeness, nameTokens, peopleOf } from '../../src/domain/names';
import { nameEvidence, nameIndex } from '../../src/domain/payer-names';
import { namedIn, unitName } from '../../src/domain/unit-text';
import { leaseId } from '../../src/domain/values';

describe('likeness', () => {
  // Jaro-Winkler values published by the U.S. Census Bureau (Winkler 1990, table of examples).
  it.each([
    ['martha', 'marhta', 0.9611],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.8133],
    ['jones', 'johnson', 0.8324],
    ['abroms', 'abrams', 0.9222],
    ['', 'abrams', 0],
    ['xyz', 'abc', 0],
  ])('of %s and %s is %f', (a, b, value) => {
    expect(likeness(a, b)).toBeCloseTo(value, 4);
  });

  it('is the same both ways, one for equal words, and never beyond nothing and one', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdeé'), minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const value = likeness(a, b);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(likeness(b, a)).toBeCloseTo(value, 10);
        expect(value === 1).toBe(a === b);
        expect(likeness(a, a)).toBe(1);
      }),
    );
  });
});

describe('the words of a name', () => {
  it.each([
    [
      'ACH PMT DES:RENT ID:40012 INDN:GARCÍA MARÍA CO ID:99 WEB',
      ['indn', 'garcia', 'maria'].filter((w) => w !== 'indn'),
    ],
    ["Sean O'Neil-Braun", ['sean', 'oneil', 'braun']],
    ['  ', []],
    ['Zelle payment from BEN COLE', ['ben', 'cole']],
  ])('%s', (text, tokens) => {
    expect(nameTokens(text)).toEqual(tokens);
  });

  it('tell the people of a cell apart', () => {
    expect(peopleOf('Ada Brook, Ben Cole & Cem Andoran and Dan Ash')).toEqual([
      'Ada Brook',
      'Ben Cole',
      'Cem Andoran',
      'Dan Ash',
    ]);
  });
});

describe('a payer', () => {
  const index = nameIndex([
    { lease: leaseId('L-1'), people: ['Maria Garcia', 'José Ortega'] },
    { lease: leaseId('L-2'), people: ['Marta Garcia'] },
    { lease: leaseId('L-3'), people: ['Pavel Novotny'] },
    { lease: leaseId('L-4'), people: ['Ann Garcia'] },
  ]);
  const found = (payer: string, memo = '') =>
    [...nameEvidence(index, payer, memo)].map(([lease, { points, reason }]) => `${lease} ${points} ${reason}`);

  it.each([
    ['GARCIA MARIA', '', ['L-1 45 payer is named like Maria Garcia']],
    ['Maria Garzia', '', ['L-1 35 payer is named like Maria Garcia']],
    ['P NOVOTNY', '', ['L-3 35 payer is named like Pavel Novotny']],
    ['NOVOTNY PLUMBING', '', ['L-3 20 payer shares the name novotny with Pavel Novotny']],
    ['Garcia', '', []],
    ['', 'ACH DES:RENT INDN:JOSE ORTEGA WEB', ['L-1 45 José Ortega in memo']],
    ['Nobody Known', 'thanks', []],
  ])('%s (%s)', (payer, memo, expected) => {
    expect(found(payer, memo)).toEqual(expected);
  });
});

describe('a unit', () => {
  it.each([
    ['Apt 4-B', '4b'],
    ['#4b', '4b'],
    ['4B', '4b'],
    ['Garden', 'garden'],
    ['Unit', 'unit'],
  ])('%s is %s', (text, name) => {
    expect(unitName(text)).toBe(name);
  });

  it.each([
    ['rent apt 4 B december', '4b'],
    ['Unit #12', '12'],
    ['for #4B', '4b'],
    ['APT.4B', '4b'],
  ])('is named in "%s"', (text, unit) => {
    expect([...namedIn(text).units]).toContain(unit);
  });

  it('is not named by a number alone', () => {
    expect([...namedIn('check 1042 of 2026').units]).toEqual([]);
  });
});
