/** What a person's view of a tab shows: search, filters, sorting, the values of a column, and leaps between blocks. */
import { leap } from '../../local/page/server/jump';
import { rowsOfView, valuesOf } from '../../local/page/server/rows-view';
import { readView, tabView } from '../../local/page/server/tab-view';
import { smallWorld } from '../worlds';

const world = smallWorld({ on: '2026-11-01', leases: [] });
const { state } = world.workbook;
world.workbook.paste('Links', 'A2', [
  ['L-2', 'stripe', 'customer', '10'],
  ['L-10', 'Stripe', 'customer', '9'],
  ['L-1', 'paper', '', ''],
  ['', '', '', '-3'],
]);
const links = state.byTitle('Links');
if (links === undefined) throw new Error('no Links');

const rows = (view: object): number[] => {
  const found = rowsOfView(state, links, readView(JSON.stringify({ search: '', filters: [], ...view })));
  return Array.from({ length: found.count }, (_, place) => found.at(place) + 1);
};

describe('a view', () => {
  it('searches all columns without regard to case', () => {
    expect(rows({ search: 'STRIPE' })).toEqual([2, 3]);
    expect(rows({ search: 'nothing like it' })).toEqual([]);
  });

  it('keeps what contains a text and hides chosen values, both at once', () => {
    expect(rows({ filters: [{ column: 1, contains: 'str' }] })).toEqual([2, 3]);
    expect(rows({ filters: [{ column: 1, contains: 'str', hidden: ['Stripe'] }] })).toEqual([2]);
    expect(rows({ filters: [{ column: 0, hidden: [''] }] })).toEqual([2, 3, 4]);
  });

  it('sorts numbers as numbers, words as people count, and blanks last either way', () => {
    expect(rows({ sort: { column: 0, isDescending: false } })).toEqual([4, 2, 3, 5]);
    expect(rows({ sort: { column: 0, isDescending: true } })).toEqual([3, 2, 4, 5]);
  });

  it('sees an edit at once', () => {
    expect(rows({ search: 'later' })).toEqual([]);
    world.workbook.edit('Links', 'B4', 'later');
    expect(rows({ search: 'later' })).toEqual([4]);
    world.workbook.edit('Links', 'B4', 'paper');
  });

  it('shows the whole grid when it is plain, and is plain when it cannot be read', () => {
    const {
      shown,
      total,
      rows: window,
    } = tabView(state, links, { offset: 0, limit: 3, view: readView('{nonsense') }, 1);
    expect([shown, total, window.map((row) => row.number)]).toEqual([links.rowCount - 1, 4, [2, 3, 4]]);
  });
});

describe('the values of a column', () => {
  it('come with their number of rows, in order, as the other filters leave them', () => {
    expect(valuesOf(state, links, readView(''), 1).values).toEqual([
      ['paper', 1],
      ['stripe', 1],
      ['Stripe', 1],
      ['', 1],
    ]);
    const view = readView(
      JSON.stringify({
        search: '',
        filters: [
          { column: 2, contains: 'cust' },
          { column: 1, contains: 'x' },
        ],
      }),
    );
    expect(valuesOf(state, links, view, 1).values.map(([text]) => text)).toEqual(['stripe', 'Stripe']);
  });
});

describe('Ctrl with an arrow', () => {
  const from = (place: number, column: number, down: -1 | 0 | 1, right: -1 | 0 | 1) =>
    leap(state, links, readView(''), { place, column, down, right });

  it('stops at the edge of a block, jumps over a gap, and ends at the edge of the grid', () => {
    expect(from(0, 0, 1, 0)).toEqual({ place: 3, column: 0 });
    expect(from(4, 0, 0, 1)).toEqual({ place: 4, column: 3 });
    expect(from(4, 3, 1, 0)).toEqual({ place: links.rowCount - 1, column: 3 });
    expect(from(2, 0, -1, 0)).toEqual({ place: 0, column: 0 });
  });
});
