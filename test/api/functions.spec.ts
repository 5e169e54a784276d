/** =RENT_BALANCE, =RENT_STATUS and =RENT_AGING in cells of a ledger: what they show, what they say, what they cost. */
import { askApi, leaseOf, type Row, smallWorld, standAt, tabOf, type World } from '../worlds';

const HEADERS_TAB = 'Notes';

/** Three leases, each with two rents and late fees on 10 January; one has paid the rents. */
function ledger(leases: readonly Row[] = [leaseOf('L-1'), leaseOf('L-2'), leaseOf('L-3')]): World {
  const world = standAt(smallWorld({ on: '2026-12-01', leases }), '2027-01-10T15:00:00Z');
  askApi(world, 'daily');
  askApi(world, 'recordReceipt', [{ lease: 'L-2', amount: '2000.00', method: 'check', reference: '7' }]);
  world.workbook.api(
    'spreadsheets.batchUpdate',
    {},
    { requests: [{ addSheet: { properties: { title: HEADERS_TAB } } }] },
  );
  return world;
}

const shown = (world: World, a1: string): unknown => {
  const range = `${HEADERS_TAB}!${a1}`;
  const reply = world.workbook.api('spreadsheets.values.get', { range, valueRenderOption: 'UNFORMATTED_VALUE' });
  return (reply as { values?: unknown }).values;
};

/** The value of a formula typed into the first cell, or why it has none. */
function typed(world: World, formula: string): unknown {
  const copy = world.clone();
  copy.edit(HEADERS_TAB, 'A1', formula);
  const fields = 'sheets.data.rowData.values.effectiveValue';
  const { sheets } = copy.workbook.api('spreadsheets.get', { ranges: [`${HEADERS_TAB}!A1`], fields }) as unknown as {
    sheets: { data: { rowData: { values: { effectiveValue: Readonly<Record<string, unknown>> }[] }[] }[] }[];
  };
  const [value] = Object.values(sheets[0]?.data[0]?.rowData[0]?.values[0]?.effectiveValue ?? {});
  return typeof value === 'object' ? (value as { message: string }).message : value;
}

const made = ledger();
const roll = (lease: string): Row => tabOf(made, 'Rent Roll').find((row) => row['Lease ID'] === lease) ?? {};

describe('a cell with a function of ours', () => {
  it('shows what the Rent Roll shows', () => {
    expect(Number(roll('L-1').Balance)).toBeGreaterThan(2000);
    expect(roll('L-1').Status).toMatch(/Late 40 days$/);
    for (const lease of ['L-1', 'L-2', 'L-3']) {
      expect(typed(made, `=RENT_BALANCE("${lease}")`)).toBe(Number(roll(lease).Balance));
      expect(typed(made, `=rent_status(" ${lease} ")`)).toBe(roll(lease).Status);
      for (const bucket of ['0-30', '31-60', '61-90', '90+'])
        expect(typed(made, `=RENT_AGING("${lease}","${bucket}")`)).toBe(Number(roll(lease)[bucket]));
    }
    const both = Number(roll('L-1').Balance) + Number(roll('L-2').Balance);
    expect(typed(made, '=RENT_BALANCE("L-1")+RENT_BALANCE("L-2")')).toBe(both);
    expect(typed(made, '=RENT_BALANCE("L-1")')).not.toBe(typed(made, '=RENT_BALANCE("L-2")'));
  });

  it.each([
    ['30', '0-30'],
    ['0', '0-30'],
    ['31', '31-60'],
    ['60', '31-60'],
    ['"61 – 90 days"', '61-90'],
    ['90', '61-90'],
    ['91', '90+'],
    ['4000', '90+'],
    ['"90+"', '90+'],
  ])('takes the bucket %s as %s', (bucket, name) => {
    expect(typed(made, `=RENT_AGING("L-1",${bucket})`)).toBe(Number(roll('L-1')[name]));
  });

  it.each([
    ['=RENT_BALANCE("L-9")', /^No lease "L-9" on the Rent Roll\. Look at the Lease ID; /],
    ['=RENT_STATUS("=1+1")', /^No lease "=1\+1" on the Rent Roll\./],
    [
      '=RENT_AGING("L-1","old")',
      /^"old" is not an age of debt\. Write 0-30, 31-60, 61-90, 90\+, or a number of days\.$/,
    ],
    ['=RENT_AGING("L-1",-1)', /^"-1" is not an age of debt/],
    ['=RENT_AGING("L-1")', /^"" is not an age of debt/],
    ['=RENT_AGING("L-1",B1:B2)', 'Give one bucket, not a range of them.'],
    ['=RENT_BALANCE(B1)', ''],
  ])('%s says %s', (formula, words) => {
    if (typeof words === 'string') expect(typed(made, formula)).toBe(words);
    else expect(typed(made, formula)).toMatch(words);
  });

  it('takes a range of leases, and says what is wrong with one in its own place', () => {
    const world = made.clone();
    world.paste(HEADERS_TAB, 'A1', [['L-1'], [''], ['L-9'], ['L-3']]);
    world.edit(HEADERS_TAB, 'B1', '=RENT_BALANCE(A1:A4)');
    expect(shown(world, 'B1:B4')).toEqual([
      [Number(roll('L-1').Balance)],
      [],
      [expect.stringMatching(/^No lease "L-9"/)],
      [Number(roll('L-3').Balance)],
    ]);
  });

  it('finds the columns by their headers, wherever somebody has moved them', () => {
    const world = made.clone();
    const sheetId = world.workbook.state.byTitle('Rent Roll')?.id;
    const source = { sheetId, dimension: 'COLUMNS', startIndex: 0, endIndex: 6 };
    world.workbook.api(
      'spreadsheets.batchUpdate',
      {},
      { requests: [{ moveDimension: { source, destinationIndex: 12 } }] },
    );
    expect(typed(world, '=RENT_BALANCE("L-1")')).toBe(Number(roll('L-1').Balance));
    expect(typed(world, '=RENT_STATUS("L-1")')).toBe(roll('L-1').Status);
  });

  it('names the header that is gone, and says when there is no Rent Roll at all', () => {
    const world = made.clone();
    world.edit('Rent Roll', 'F1', 'Owed');
    expect(typed(world, '=RENT_BALANCE("L-1")')).toBe(
      'The Rent Roll has no column "Balance". Put the header back in row 1, or run Set up, which adds it at the end.',
    );
    const sheetId = world.workbook.state.byTitle('Rent Roll')?.id;
    world.workbook.api('spreadsheets.batchUpdate', {}, { requests: [{ deleteSheet: { sheetId } }] });
    expect(typed(world, '=RENT_BALANCE("L-1")')).toMatch(/^There is no Rent Roll in this file yet\./);
  });

  it.each([
    ['today', /^You do not have permission to call Sheets\./],
    ['exportBook', /^You do not have permission to call Sheets\./],
    ['setUp', /You do not have permission to call Sheets/],
    ['recordReceipt', /You do not have permission to call Sheets/],
  ])('is no way around consent and roles: =api("%s") gets nothing', (call, words) => {
    expect(typed(made, `=api("${call}")`)).toMatch(words);
  });

  it('reads the columns that its help and the README name', () => {
    const headers = Object.keys(roll('L-1'));
    expect([headers['ABCDEF'.indexOf('F')], headers['ABCDE'.indexOf('E')]]).toEqual(['Balance', 'Status']);
    expect(headers.slice(13, 17)).toEqual(['0-30', '31-60', '61-90', '90+']);
  });

  it('follows the Rent Roll by itself when its last argument is the column', () => {
    const world = made.clone();
    world.edit(HEADERS_TAB, 'A1', '=RENT_BALANCE("L-1")');
    world.edit(HEADERS_TAB, 'A2', '=RENT_BALANCE("L-1",\'Rent Roll\'!F:F)');
    const before = Number(roll('L-1').Balance);
    expect(shown(world, 'A1:A2')).toEqual([[before], [before]]);
    askApi(world, 'recordReceipt', [{ lease: 'L-1', amount: '100.00', method: 'cash', reference: '8' }]);
    expect(shown(world, 'A1:A2')).toEqual([[before], [before - 100]]);
  });
});

describe('the cache of the functions', () => {
  const ask = (world: World, lease: string) => world.run('RENT_BALANCE', [lease], { trigger: 'custom' });

  it('holds the tab for a minute: other cells and other runs do not read it again', () => {
    const world = made.clone();
    const first = ask(world, 'L-1');
    expect(first.calls['SpreadsheetApp.Range.getValues']).toBe(1);
    for (const lease of ['L-1', 'L-2', 'L-3', 'L-9']) {
      const next = ask(world, lease);
      expect(next.calls).toEqual({ 'CacheService.get': 2 });
    }
    world.state.nowMs += 61_000;
    expect(ask(world, 'L-1').calls['SpreadsheetApp.Range.getValues']).toBe(1);
  });

  it('is forgotten when the add-on has written the Rent Roll', () => {
    const world = made.clone();
    expect(ask(world, 'L-1').value).toBe(Number(roll('L-1').Balance));
    askApi(world, 'recordReceipt', [{ lease: 'L-1', amount: '100.00', method: 'cash', reference: '8' }]);
    expect(ask(world, 'L-1').value).toBe(Number(roll('L-1').Balance) - 100);
  });

  it('needs no rights, and asks for nothing but the open file and the cache', () => {
    const { calls, ok } = ask(made.clone(), 'L-2');
    expect(ok).toBe(true);
    expect(Object.keys(calls).filter((name) => !/^(SpreadsheetApp\.(.*\.)?get|CacheService\.)/.test(name))).toEqual([]);
  });

  it('is done without where a part of it was dropped', () => {
    const world = made.clone();
    ask(world, 'L-1');
    const kept = world.caches.document ?? {};
    for (const name of Object.keys(kept)) if (name !== 'rent-roll') delete kept[name];
    expect(ask(world, 'L-2').value).toBe(Number(roll('L-2').Balance));
  });

  it('is done without where the script stands outside of its file, or Google fails', () => {
    const world = made.clone();
    expect(world.run('RENT_BALANCE', ['L-2'], { trigger: 'web' }).value).toBe(Number(roll('L-2').Balance));
    expect(world.caches.document).toEqual(made.caches.document);
    world.faults.atCall({ what: 'error', call: 1, side: 'before', handler: 'RENT_BALANCE' });
    expect(ask(world, 'L-2').value).toBe(Number(roll('L-2').Balance));
  });

  it('splits ten thousand leases into parts that Google takes, each lease in one of them', () => {
    const world = made.clone();
    const sheet = world.workbook.state.byTitle('Rent Roll');
    const id = (n: number) => `Lease with a long name – ${String(n).padStart(5, '0')}`;
    const width = sheet?.columnCount ?? 0;
    world.paste(
      'Rent Roll',
      'A2',
      Array.from({ length: 10_000 }, (_, n) => [
        id(n),
        ...new Array(3).fill('x'),
        '✓ Paid',
        String(n),
        ...new Array(width - 6).fill('0'),
      ]),
    );
    expect(ask(world, id(0))).toMatchObject({ ok: true, value: 0 });
    expect(Object.keys(world.caches.document ?? {}).length).toBeGreaterThan(8);
    for (const n of [0, 1, 4_999, 9_999]) {
      const { value, calls } = ask(world, id(n));
      expect([value, calls['CacheService.get'], calls['SpreadsheetApp.Range.getValues']]).toEqual([n, 2, undefined]);
    }
  });
});
