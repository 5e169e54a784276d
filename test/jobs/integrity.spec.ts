/** Rows that people touched: verify finds any edited cell, broken journals stop the run in words, and repair begins anew. */
import fc from 'fast-check';
import { columnName } from '../../local/host/workbook/a1';
import {
  askApi,
  callApi,
  intentOf,
  leapTo,
  leaseOf,
  liveDays,
  loadStripe,
  sheetsCalls,
  smallWorld,
  tabOf,
  typeInto,
  verdictOf,
  type World,
} from '../worlds';
import { paymentsWaiting } from './crash-worlds';

/** A ledger with charges, fees, receipts, a refund, a dispute and a stranger's payment. */
const lived = (() => {
  const world = paymentsWaiting();
  leapTo(world, '2026-12-02T05:20:00Z');
  return world;
})();

const sheetOf = (world: World, title: string) => {
  const sheet = world.workbook.state.byTitle(title);
  if (sheet === undefined) throw new Error(`no tab ${title}`);
  return sheet;
};

const valueAt = (world: World, title: string, row: number, column: number): string =>
  String(world.workbook.state.effective(sheetOf(world, title), row - 1, column) ?? '');

/** All that a run could have written, without the traces of the run itself. */
const written = (world: World): string =>
  JSON.stringify([world.workbook, world.mailbox.length, world.state.vendors.slack]);

describe('verify', () => {
  it('finds nothing in a ledger that nobody touched', () => {
    expect(verdictOf(lived.clone())).toMatchObject({ ok: true, problems: [] });
  });

  it.each(['Ledger', 'Log'])('finds any single edited cell of %s', (title) => {
    const rows = sheetOf(lived, title).usedRows;
    const columns = Object.keys(tabOf(lived, title)[0] ?? {}).length;
    const edits = fc.tuple(
      fc.integer({ min: 2, max: rows }),
      fc.integer({ min: 0, max: columns - 1 }),
      fc.constantFrom('x', '0', '7', '-0.01', '2026-12-05', 'rent:L-1:2026-12', 'TRUE', ' ', ''),
    );
    fc.assert(
      fc.property(edits, ([row, column, text]) => {
        const world = lived.clone();
        const before = valueAt(world, title, row, column);
        world.workbook.edit(title, `${columnName(column)}${row}`, text, world.owner);
        fc.pre(valueAt(world, title, row, column) !== before);
        const { ok, problems } = verdictOf(world);
        expect([ok, problems.some((problem) => problem.includes(title))]).toEqual([false, true]);
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

interface Damage {
  readonly name: string;
  readonly act: (world: World) => void;
  readonly words: RegExp;
  /** Cells that cannot be read are not guessed at: a person must undo the change first. */
  readonly undoFirst?: boolean;
}

const lastRow = sheetOf(lived, 'Ledger').usedRows;

const DAMAGES: readonly Damage[] = [
  {
    name: 'a row deleted in the middle',
    act: (world) => world.workbook.deleteRows('Ledger', lastRow - 2),
    words: new RegExp(`ends at row ${lastRow - 1}, but should end at row ${lastRow}.*added or deleted.*Repair`),
  },
  {
    name: 'the last row deleted',
    act: (world) => world.workbook.deleteRows('Ledger', lastRow),
    words: new RegExp(`ends at row ${lastRow - 1}, but should end at row ${lastRow}`),
  },
  {
    name: 'a row typed below the last',
    act: (world) => void world.workbook.edit('Ledger', `A${lastRow + 1}`, 'rent:L-1:2027-01', world.owner),
    words: new RegExp(`ends at row ${lastRow + 1}, but should end at row ${lastRow}`),
    undoFirst: true,
  },
  {
    name: 'the tab sorted',
    act: (world) => world.workbook.sort('Ledger', 1, false),
    words: new RegExp(`row ${lastRow}\\) is ".*", but should be ".*": the tab was sorted or edited.*Undo`),
    undoFirst: true,
  },
  {
    name: 'an amount that is no number',
    act: (world) => void world.workbook.edit('Ledger', `H${lastRow - 1}`, 'a lot', world.owner),
    words: new RegExp(`Ledger row ${lastRow - 1} is not as the add-on wrote it.*Undo.*Repair`),
    undoFirst: true,
  },
];

describe.each(DAMAGES)('$name in the Ledger', ({ act, words, undoFirst = false }) => {
  it('stops every run with the row and the repair in words, and nothing is written', () => {
    const world = lived.clone();
    act(world);
    loadStripe(world, [intentOf('pi_Late', 'L-4', 5_000, '2026-12-02T20:00:00Z')]);
    const before = written(world);
    const fetched = world.now;
    world.state.nowMs = Date.parse('2026-12-03T14:20:00Z');
    for (const handler of ['tick', 'poll', 'resume']) {
      const run = world.run(handler, [], { trigger: 'time' });
      expect([handler, run.ok, run.error]).toEqual([handler, true, undefined]);
      expect((run.value as { trouble?: string }).trouble).toMatch(words);
    }
    for (const name of ['daily', 'importCsv']) {
      const called = callApi(
        world,
        name,
        name === 'importCsv' ? [{ name: 'a.csv', tab: 'Leases', text: 'Lease ID,Rent\nL-1,5\n' }] : [],
      );
      expect([name, called.ok ? (called.value as { trouble?: string }).trouble : called.error].join()).toMatch(words);
    }
    expect(written(world)).toBe(before);
    expect(fetched).toBeLessThan(world.now);
  });

  it('is named by verify, and Repair lets the runs go on, or says what must be undone first', () => {
    const world = lived.clone();
    act(world);
    expect(verdictOf(world).ok).toBe(false);
    const report = askApi<{ repaired: boolean; found: readonly string[] }>(world, 'repair');
    expect(report.repaired).toBe(!undoFirst);
    expect(report.found[0]).toMatch(
      undoFirst
        ? /^Ledger row \d+ .*(cannot be read|does not fit the rows before it): undo|^Ledger row \d+ cannot be read: undo/
        : /Ledger/,
    );
    world.state.nowMs = Date.parse('2026-12-03T14:20:00Z');
    const { value } = world.run('tick', [], { trigger: 'time' });
    const { daily, trouble } = value as { daily?: { result: string }; trouble?: string };
    expect([daily?.result, trouble === undefined]).toEqual(undoFirst ? [undefined, false] : ['done', true]);
  });
});

describe('Repair', () => {
  it('stands in the Log with who did it and why, and leaves nothing of its own for verify to find', () => {
    const world = lived.clone();
    world.workbook.edit('Openings', 'B2', '[]', world.owner);
    expect(verdictOf(world).problems.join()).toMatch(/Openings row 2 .*Run Repair/);
    expect(askApi(world, 'repair')).toMatchObject({ repaired: true });
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
    expect(tabOf(world, 'Log').at(-1)).toMatchObject({ Kind: 'repair', Who: world.owner });
    leapTo(world, '2026-12-03T14:20:00Z');
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });
});

describe('rows that were swapped without touching the last one', () => {
  it('are named by verify', () => {
    const world = lived.clone();
    const [one, other] = [lastRow - 3, lastRow - 2];
    for (let column = 0; column < 17; column++) {
      const texts = [valueAt(world, 'Ledger', one, column), valueAt(world, 'Ledger', other, column)];
      world.workbook.edit('Ledger', `${columnName(column)}${one}`, texts[1] ?? '', world.owner);
      world.workbook.edit('Ledger', `${columnName(column)}${other}`, texts[0] ?? '', world.owner);
    }
    expect(verdictOf(world).problems.join()).toMatch(/the tab was sorted|differs from what the Log reports/);
  });
});

describe('an edit while the Ledger is broken', () => {
  it('is kept, and stands in the Log once the Ledger is whole again', () => {
    const world = lived.clone();
    world.workbook.edit('Ledger', `A${lastRow + 1}`, 'typed here', world.owner);
    const { runs } = typeInto(world, 'Leases', 'L-2', 'Notes', 'called');
    expect(runs.map((run) => run.ok)).toEqual([true]);
    world.workbook.edit('Ledger', `A${lastRow + 1}`, '', world.owner);
    leapTo(world, '2026-12-02T06:30:00Z');
    const edits = tabOf(world, 'Log').filter((row) => row.Kind === 'edit' && row.After === 'called');
    expect(edits).toHaveLength(1);
    expect(verdictOf(world).ok).toBe(true);
  });
});

describe('the openings', () => {
  it('equal the fold of the whole ledger after five months, and a run costs the same calls as in the first', () => {
    const world = smallWorld({
      on: '2026-11-01',
      leases: [
        leaseOf('L-1'),
        leaseOf('L-2', { Deposit: '1000.00' }),
        leaseOf('L-3', { Frequency: 'weekly', 'Due day': 'Monday' }),
      ],
    });
    const costs: number[] = [];
    const idle: number[] = [];
    for (let month = 12; month <= 16; month++) {
      const first = new Date(Date.UTC(2026, month - 1, 1)).toISOString().slice(0, 10);
      loadStripe(world, [intentOf(`pi_${month}`, 'L-1', 100_000 + month, `${first}T15:00:00Z`)]);
      liveDays(world, `${first.slice(0, 8)}01`, `${first.slice(0, 8)}03`);
      liveDays(world, `${first.slice(0, 8)}20`, `${first.slice(0, 8)}20`);
      expect(verdictOf(world).problems).toEqual([]);
      world.state.nowMs = Date.parse(`${first.slice(0, 8)}25T05:20:00Z`);
      costs.push(sheetsCalls(world.clone().run('tick', [], { trigger: 'time' }).calls));
      // The first poll sends what waited for the end of a night; the second finds nothing to do.
      world.run('poll', [], { trigger: 'time' });
      world.state.nowMs += 600_000;
      idle.push(sheetsCalls(world.run('poll', [], { trigger: 'time' }).calls));
    }
    expect(tabOf(world, 'Openings').map((row) => row['Lease ID'])).toEqual(
      expect.arrayContaining(['L-1', 'L-2', 'L-3']),
    );
    expect(new Set(costs).size).toBe(1);
    expect(new Set(idle)).toEqual(new Set([0]));
  });

  it('leave a daily run with at most six calls to Sheets and one per 2,000 entries', () => {
    const silent = { Property: 'Elm House', 'Time zone': 'America/New_York', Currency: 'USD' };
    const leases = ['L-1', 'L-2', 'L-3'].map((id) => leaseOf(id, { 'Notify by': 'none' }));
    const world = smallWorld({ on: '2026-11-01', leases, properties: [silent], settings: { 'Digest to': '' } });
    leapTo(world, '2026-11-01T20:00:00Z');
    leapTo(world, '2026-11-01T20:20:00Z');
    world.state.nowMs = Date.parse('2026-12-01T05:20:00Z');
    const { calls, value } = world.run('tick', [], { trigger: 'time' });
    expect(value).toMatchObject({ daily: { result: 'done', charges: 3 } });
    // After a close it also lists where the rows of each page stand: a read and a commit.
    expect(sheetsCalls(calls)).toBeLessThanOrEqual(6 + 1 + 2);
  });
});
