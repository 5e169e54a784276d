/** The grid's own arithmetic: the clipboard's text, and how keys move between cells. */
import fc from 'fast-check';
import { fitting } from '../../local/page/app/sheet/choices';
import { moved, nextIn, rangeOf, readCell } from '../../local/page/app/sheet/places';
import { fromTsv, toTsv } from '../../local/page/app/sheet/tsv';

describe('the clipboard', () => {
  it('carries any block of cells there and back', () => {
    const block = fc.integer({ min: 1, max: 4 }).chain((width) => {
      const text = fc.stringMatching(/^[a-z"\t\n ,.'=-]{0,8}$/);
      return fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 });
    });
    fc.assert(
      fc.property(block, (rows) => {
        // A last line that is empty cannot be told from the end of the text, with Sheets as with us.
        fc.pre(rows.at(-1)?.some((cell) => cell !== '') === true);
        expect(fromTsv(`${toTsv(rows)}\n`)).toEqual(rows);
      }),
    );
  });

  it('reads what Windows and Excel put there, and fills short rows', () => {
    expect(fromTsv('a\tb\r\n"c\nd"\r\n')).toEqual([
      ['a', 'b'],
      ['c\nd', ''],
    ]);
  });
});

describe('keys', () => {
  const extent = { places: 10, columns: 4 };

  it('never leave the grid', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }), (down, right) => {
        const { place, column } = moved({ place: 5, column: 2 }, down, right, extent);
        expect(place >= 0 && place < 10 && column >= 0 && column < 4).toBe(true);
      }),
    );
  });

  it('go round in a selected range and visit each of its cells once', () => {
    const range = rangeOf({ place: 4, column: 3 }, { place: 2, column: 1 });
    for (const by of ['row', 'column'] as const) {
      const seen = new Set<string>();
      let at = { place: 2, column: 1 };
      for (let step = 0; step < 9; step++) {
        seen.add(JSON.stringify(at));
        at = nextIn(range, at, by, false);
      }
      expect(seen.size).toBe(9);
      expect(at).toEqual({ place: 2, column: 1 });
      expect(nextIn(range, nextIn(range, at, by, false), by, true)).toEqual(at);
    }
  });

  it('know the name of a cell', () => {
    expect(readCell('aa10')).toEqual({ row: 9, column: 26 });
    expect([readCell('A0'), readCell('Rent'), readCell('5')]).toEqual([undefined, undefined, undefined]);
  });
});

describe('a dropdown', () => {
  it('offers all at first and then what holds the typed text', () => {
    expect(fitting(['weekly', 'monthly'], 'monthly', true)).toEqual(['weekly', 'monthly']);
    expect(fitting(['weekly', 'monthly'], 'MON', false)).toEqual(['monthly']);
  });
});
