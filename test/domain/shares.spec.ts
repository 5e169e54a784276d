/** Shares of the rent among several people: read as people write them, and to the cent. */
import fc from 'fast-check';
import { cents, sum } from '../../src/domain/money';
import { type Share, sharedRent, sharesIn } from '../../src/domain/shares';
import { currency } from '../../src/domain/values';

const USD = currency('USD');
const lease = {
  residents: 'Ana Diaz, Ben Cole',
  emails: ['ana@example.com', 'ben@example.com'],
  rentCents: cents(100_001),
};
const read = (text: string) => sharesIn(text, lease, USD);
const parts = (shares: readonly Share[]) =>
  sharedRent({ ...lease, shares }, lease.rentCents).map(({ person, shareCents }) => [person.name, shareCents]);
const partsOf = (text: string) => {
  const found = read(text);
  return 'what' in found ? found.what : parts(found);
};

describe('a Shares cell', () => {
  it.each([
    [
      'Ana 60%, Ben 40%',
      [
        ['Ana Diaz', 60_001],
        ['Ben Cole', 40_000],
      ],
    ],
    [
      'Ana Diaz: 60,5%; ben@example.com = 39,5 %',
      [
        ['Ana Diaz', 60_501],
        ['Ben Cole', 39_500],
      ],
    ],
    [
      'Cole 400.01; Ana 600',
      [
        ['Ana Diaz', 60_000],
        ['Ben Cole', 40_001],
      ],
    ],
    [
      'Ana 1,000.01',
      [
        ['Ana Diaz', 100_001],
        ['Ben Cole', 0],
      ],
    ],
  ])('is read from %s', (text, expected) => {
    expect(partsOf(text)).toEqual(expected);
  });

  it.each([
    ['Ana 60%, Ben 30%', 'The shares do not come to 100%; equal parts are shown.'],
    ['Ana 600, Ben 400', 'The shares do not come to the rent; equal parts are shown.'],
    ['Ana 60%, Carl 40%', '"Carl" is not one person on this lease; equal parts are shown.'],
    ['Ana 60%, Diaz 40%', 'Ana Diaz stands there twice; equal parts are shown.'],
    ['Ana 60%, Ben 400.00', 'Percent and amounts cannot be added up; equal parts are shown.'],
    ['half and half', '"half and half" is no name with a share; equal parts are shown.'],
    ['Ana -10%, Ben 110%', '"Ana -10%" is no name with a share; equal parts are shown.'],
  ])('that says %s is a problem with what to do', (text, what) => {
    expect(read(text)).toEqual({ what, fix: expect.stringContaining('together 100% or the rent') });
  });
});

describe('parts of the rent', () => {
  it('are equal where nobody says otherwise, the odd cents to the first', () => {
    const three = { residents: 'Ana, Ben, Eve', emails: [] };
    expect(sharedRent(three, cents(100_001)).map((each) => each.shareCents)).toEqual([33_334, 33_334, 33_333]);
    expect(sharedRent({ residents: 'Ana Diaz', emails: [] }, cents(100_000))).toEqual([]);
  });

  it('add up to the rent to the cent, whatever the rent and the weights', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), weights, (rent, each) => {
        const names = each.map((_, at) => `Person${'abcdef'[at]}`);
        const shares = names.map((name, at) => ({ name, weight: each[at] ?? 0 }));
        const found = sharedRent({ residents: names.join(', '), emails: [], shares }, cents(rent));
        expect(sum(found.map((one) => one.shareCents))).toBe(rent);
        for (const one of found) expect(one.shareCents).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('written as percent in any way that comes to 100 are read, and add up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 5_000_000 }), (points, rent) => {
        const percent = (value: number) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}%`;
        const found = sharesIn(`Ana ${percent(points)}, Ben ${percent(10_000 - points)}`, lease, USD);
        if ('what' in found) throw new Error(found.what);
        const of = sharedRent({ ...lease, shares: found }, cents(rent));
        expect(sum(of.map((one) => one.shareCents))).toBe(rent);
        expect(Math.abs((of[0]?.shareCents ?? 0) - (rent * points) / 10_000)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
