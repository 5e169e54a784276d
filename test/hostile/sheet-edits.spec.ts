/** What people do to the Sheet behind the add-on's back, while it runs and between its runs. */
import { columnName } from '../../local/host/workbook/a1';
import {
  askApi,
  bookOf,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  smallWorld,
  tabOf,
  typeInto,
  verdictOf,
  type World,
} from '../worlds';
import { hostile } from './hostile';

const MORNING = '2026-12-01T14:30:00Z';
const base = smallWorld({ on: '2026-11-30', leases: ['L-1', 'L-2', 'L-3'].map((id) => leaseOf(id)) });
leapTo(base, '2026-11-30T15:00:00Z');

const charged = (world: World) =>
  bookOf(world)
    .entries.filter((entry) => entry.kind === 'charge')
    .map((entry) => [entry.lease, entry.amount]);
const ALL = [
  ['L-1', '1000.00'],
  ['L-2', '1000.00'],
  ['L-3', '1000.00'],
];

const sheetId = (world: World, title: string): number => world.workbook.state.byTitle(title)?.id ?? -1;
const batch = (world: World, ...requests: readonly object[]) =>
  world.workbook.api('spreadsheets.batchUpdate', { spreadsheetId: world.workbook.id }, { requests });

interface Daily {
  readonly daily: { readonly problems: readonly string[] };
  readonly trouble?: string;
}

describe('a person at the Sheet', () => {
  hostile('sheet-edits-01', 'sorts a tab between read and write: nothing lands on another lease', () => {
    for (let call = 1; call <= 12; call++)
      for (const title of ['Leases', 'Rent Roll', 'Ledger']) {
        const world = base.clone();
        world.state.nowMs = Date.parse(MORNING);
        world.during(call, (now) => now.workbook.sort(title, 0, false), 'tick');
        world.run('tick', [], { trigger: 'time' });
        // A run that met a sorted Ledger writes nothing; once the sort is undone it goes on.
        world.workbook.sort('Ledger', 1, true);
        askApi(world, 'daily');
        expect([call, title, charged(world).sort()]).toEqual([call, title, ALL]);
        const roll = tabOf(world, 'Rent Roll').map((row) => [row['Lease ID'], row.Residents]);
        expect(roll.sort()).toEqual(['L-1', 'L-2', 'L-3'].map((id) => [id, `Resident ${id}`]));
      }
  });

  hostile('sheet-edits-02', 'inserts a column, hides one, and adds a filter view: the run goes on', () => {
    const world = base.clone();
    const leases = sheetId(world, 'Leases');
    const range = { sheetId: leases, dimension: 'COLUMNS', startIndex: 2, endIndex: 3 };
    batch(
      world,
      { insertDimension: { range } },
      { updateDimensionProperties: { range, properties: { hiddenByUser: true }, fields: 'hiddenByUser' } },
      { addFilterView: { filter: { title: 'Mine', range: { sheetId: leases } } } },
    );
    world.state.nowMs = Date.parse(MORNING);
    askApi(world, 'daily');
    expect(charged(world)).toEqual(ALL);
  });

  hostile(
    'sheet-edits-02',
    'inserts three rows above the header: the headers are found where they stand, and the run goes on',
    () => {
      const world = base.clone();
      typeInto(world, 'Leases', 'L-2', 'Rent', 'a lot');
      for (const title of ['Leases', 'Properties', 'Settings', 'Ladder']) world.workbook.insertRows(title, 1, 3);
      world.workbook.edit('Leases', 'A1', 'My rent roll', world.owner);
      world.state.nowMs = Date.parse(MORNING);
      const { daily } = askApi<Daily>(world, 'daily');
      expect(daily.problems.filter((text) => !text.includes('US-XX'))).toEqual([
        expect.stringContaining('Leases row 6, Rent: "a lot"'),
      ]);
      expect(charged(world)).toEqual([ALL[0], ALL[2]]);
    },
  );

  hostile('sheet-edits-03', 'deletes a lease that owes: it is flagged, and the money stays in the books', () => {
    const world = base.clone();
    leapTo(world, MORNING);
    world.workbook.deleteRows('Leases', 3);
    world.state.nowMs = Date.parse('2026-12-02T14:30:00Z');
    const { daily } = askApi<Daily>(world, 'daily');
    expect(daily.problems.join('\n')).toContain('Lease L-2 has open money in the Ledger');
    expect(charged(world)).toContainEqual(['L-2', '1000.00']);
    expect(verdictOf(world).ok).toBe(true);
  });

  hostile(
    'sheet-edits-05',
    'types words, days as text and broken formulas, and merges cells: one row rests, all others run',
    () => {
      for (const [header, text] of [
        ['Rent', 'paid cash'],
        ['Start', 'first of May'],
        ['Rent', '=#REF!'],
        ['Rent', '=NA()'],
      ] as const) {
        const world = base.clone();
        typeInto(world, 'Leases', 'L-2', header, text);
        world.state.nowMs = Date.parse(MORNING);
        const { daily } = askApi<Daily>(world, 'daily');
        expect(daily.problems.join('\n')).toMatch(new RegExp(`Leases row 3, ${header}`));
        expect(charged(world)).toEqual([ALL[0], ALL[2]]);
      }
      const merged = base.clone();
      const range = {
        sheetId: sheetId(merged, 'Leases'),
        startRowIndex: 1,
        endRowIndex: 3,
        startColumnIndex: 6,
        endColumnIndex: 7,
      };
      batch(merged, { mergeCells: { range, mergeType: 'MERGE_ALL' } });
      merged.state.nowMs = Date.parse(MORNING);
      const { daily } = askApi<Daily>(merged, 'daily');
      expect(daily.problems.join('\n')).toMatch(/Leases row 3, Rent/);
      expect(charged(merged)).toEqual([ALL[0], ALL[2]]);
    },
  );

  hostile(
    'sheet-edits-06',
    'pastes 5,000 rows with ids that are there already: told before anything is charged',
    () => {
      const world = base.clone();
      const [header = []] = [Object.keys(tabOf(world, 'Leases')[0] ?? {})];
      const first = tabOf(world, 'Leases')[0] ?? {};
      const line = header.map((name) => (name === 'Start' ? '2026-01-01' : String(first[name] ?? '')));
      const many = Array.from({ length: 5_000 }, (_, index) =>
        line.map((cell, column) => (column === 0 ? `L-${(index % 3) + 1}` : cell)),
      );
      world.paste('Leases', 'A5', many);
      world.state.nowMs = Date.parse(MORNING);
      const { daily } = askApi<Daily>(world, 'daily');
      expect(daily.problems.join('\n')).toMatch(/"L-1" stands in more than one row; none of them runs/);
      expect(charged(world)).toEqual([]);
    },
  );

  hostile(
    'sheet-edits-08',
    'edits a cell that the add-on writes at the same moment: people keep their columns, the add-on its own',
    () => {
      for (let call = 1; call <= 12; call++) {
        const world = base.clone();
        world.state.nowMs = Date.parse(MORNING);
        const balanceColumn = columnName(Object.keys(tabOf(world, 'Rent Roll')[0] ?? {}).indexOf('Balance'));
        world.during(
          call,
          (now) => {
            now.edit('Leases', `${columnName(Object.keys(tabOf(now, 'Leases')[0] ?? {}).indexOf('Notes'))}2`, 'mine');
            now.edit('Rent Roll', `${balanceColumn}2`, '7');
          },
          'tick',
        );
        world.run('tick', [], { trigger: 'time' });
        loadStripe(world, [intentOf('pi_1', 'L-1', 40_000, '2026-12-01T15:00:00Z')]);
        leapTo(world, '2026-12-01T16:00:00Z');
        askApi(world, 'daily');
        expect(tabOf(world, 'Leases')[0]?.Notes).toBe('mine');
        expect(tabOf(world, 'Rent Roll').find((row) => row['Lease ID'] === 'L-1')?.Balance).toBe('600');
      }
    },
  );
});
