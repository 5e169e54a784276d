/** Functions of the script in cells: when they run, with which rights, what they may give, and when they run again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { World } from '../../local/world';
import { counter, OWNER, tinyBundle, tinyWorld } from './tiny-world';

/** COUNTED counts its runs in the document's cache, where a cell's function may write. */
const APP = tinyBundle(
  [
    "function COUNTED(x) { var c = CacheService.getDocumentCache(), n = Number(c.get('n') || 0) + 1; c.put('n', n); return x + ':' + n; }",
    'function DOUBLE(x) { return Array.isArray(x) ? x.map(function (r) { return r.map(function (v) { return v * 2; }); }) : x * 2; }',
    'function KIND(x) { return Array.isArray(x) ? "rows" : typeof x; }',
    "function WRONG(x) { throw new Error('No lease \"' + x + '\".'); }",
    'function NOTHING() {}',
    'function COLUMN() { return [1, "b", true]; }',
    'function RAGGED() { return [[1, 2], [3]]; }',
    'function SLOW() { for (var i = 0; i < 9; i++) Utilities.sleep(4000); }',
    "function WRITES() { SpreadsheetApp.getActiveSheet().getRange('A9').setValue(1); }",
    "function API() { return Sheets.Spreadsheets.Values.get(SpreadsheetApp.getActive().getId(), 'A1'); }",
    'function WHO() { return "<" + Session.getActiveUser().getEmail() + ">"; }',
    "function READS(a1) { return SpreadsheetApp.getActive().getSheetByName('Sheet1').getRange(a1).getValue(); }",
    'function hidden_() { return 1; }',
    "function fill() { SpreadsheetApp.getActive().getSheetByName('Sheet1').getRange('A1').setValue(21); }",
    "function seen() { return SpreadsheetApp.getActive().getSheetByName('Sheet1').getDataRange().getDisplayValues(); }",
  ].join('\n'),
);

const filled = (cells: Readonly<Record<string, string>>, world = tinyWorld(APP)): World => {
  for (const [a1, text] of Object.entries(cells)) world.edit('Sheet1', a1, text);
  return world;
};

/** What the Sheets API says of a range, and of one cell. */
const valuesOf = (world: World, range: string) =>
  (
    world.workbook.api('spreadsheets.values.get', { range, valueRenderOption: 'UNFORMATTED_VALUE' }) as {
      values?: unknown;
    }
  ).values;
const valueAt = (world: World, a1: string) => (valuesOf(world, a1) as unknown[][] | undefined)?.[0]?.[0];
const effectiveOf = (world: World, a1: string) => {
  const fields = 'sheets.data.rowData.values(effectiveValue,formattedValue)';
  const { sheets } = world.workbook.api('spreadsheets.get', { ranges: [a1], fields }) as unknown as {
    sheets: { data: { rowData: { values: { effectiveValue: unknown; formattedValue: string }[] }[] }[] }[];
  };
  return sheets[0]?.data[0]?.rowData[0]?.values[0];
};
const runsOf = (world: World): number => Number(world.caches.document?.n?.value ?? 0);

describe('a function of the script in a cell', () => {
  it('gives the cell its value, to people, scripts and the API alike', () => {
    const world = filled({ A1: '21', B1: '=double(A1)+1', C1: '=SUM(DOUBLE(A1:A2))' });
    expect(valuesOf(world, 'A1:C1')).toEqual([[21, 43, 42]]);
    expect(effectiveOf(world, 'B1')).toEqual({ effectiveValue: { numberValue: 43 }, formattedValue: '43' });
    expect(world.run('seen').value).toEqual([['21', '43', '42']]);
  });

  it.each([
    ['=KIND(5)', 'number'],
    ['="x"&KIND("a")', 'xstring'],
    ['=KIND(TRUE)', 'boolean'],
    ['=KIND(F9)', 'string'],
    ['=KIND(A1:A1)', 'number'],
    ['=KIND(A1:A2)', 'rows'],
    ['=NOTHING()', undefined],
    ['=hidden_()', '#NAME?'],
    ['=NONE_SUCH(1)', '#NAME?'],
    ['=DOUBLE(1/0)', '#DIV/0!'],
    ['=DOUBLE(DOUBLE(A1))', 84],
    ['=IF(A1>20,DOUBLE(A1),0)', 42],
    ['=WHO()', '<>'],
    ['=READS("A1")', 21],
  ])('%s shows %s', (formula, value) => {
    expect(valueAt(filled({ A1: '21', C3: formula }), 'C3')).toBe(value);
  });

  it('shows #ERROR! and says why, when it throws, writes, asks for more rights, or takes over 30 seconds', () => {
    const world = filled({ A1: '=WRONG("L-1")', A2: '=WRITES()', A3: '=API()', A4: '=SLOW()' });
    const messages = ['A1', 'A2', 'A3', 'A4'].map((a1) => effectiveOf(world, a1));
    expect(messages).toEqual(
      [
        'No lease "L-1".',
        expect.stringMatching(/^You do not have permission to call SpreadsheetApp.Range.setValue/),
        expect.stringMatching(/^You do not have permission to call Sheets/),
        'Exceeded maximum execution time',
      ].map((message) => ({ effectiveValue: { errorValue: { type: 'ERROR', message } }, formattedValue: '#ERROR!' })),
    );
    expect(valueAt(world, 'A9')).toBeUndefined();
  });

  it('takes nobody’s time and fills no list of executions, but for what fails', () => {
    const world = tinyWorld(APP);
    const before = world.now;
    filled({ A1: '=DOUBLE(2)', A2: '=WRONG(1)' }, world);
    expect(world.now).toBe(before);
    expect(world.executions.map((each) => [each.handler, each.trigger, each.ok])).toEqual([['WRONG', 'custom', false]]);
  });
});

describe('rows of values', () => {
  it('spread over the empty cells below and to the right, and count as used', () => {
    const world = filled({ A1: '1', A2: '2', A3: '3', B1: '=DOUBLE(A1:A3)', E1: '=COLUMN()', G1: '=RAGGED()' });
    expect(valuesOf(world, 'A1:H3')).toEqual([
      [1, 2, '', '', 1, '', 1, 2],
      [2, 4, '', '', 'b', '', 3],
      [3, 6, '', '', true],
    ]);
    expect(world.run('seen').value).toHaveLength(3);
    expect(effectiveOf(world, 'B2')).toEqual({ effectiveValue: { numberValue: 4 }, formattedValue: '4' });
  });

  it('feed other formulas, and follow what they are made of', () => {
    const world = filled({ A1: '1', A2: '2', B1: '=DOUBLE(A1:A2)', C1: '=SUM(B1:B2)', D1: '=DOUBLE(B2)' });
    expect(valuesOf(world, 'C1:D1')).toEqual([[6, 8]]);
    world.edit('Sheet1', 'A2', '5');
    expect(valuesOf(world, 'C1:D1')).toEqual([[12, 20]]);
  });

  it('never cover what somebody has written: the formula shows #REF! and says where', () => {
    const world = filled({ A1: '1', A2: '2', B2: 'mine', B1: '=DOUBLE(A1:A2)' });
    const message = 'Array result was not expanded because it would overwrite data in B2.';
    expect(effectiveOf(world, 'B1')).toMatchObject({ effectiveValue: { errorValue: { type: 'REF', message } } });
    expect(valueAt(world, 'B2')).toBe('mine');
    world.edit('Sheet1', 'B2', '');
    expect(valuesOf(world, 'B1:B2')).toEqual([[2], [4]]);
  });

  it('need room on the grid', () => {
    const { effectiveValue } = effectiveOf(filled({ A1000: '=COLUMN()' }), 'A1000') ?? {};
    const message = 'Result was not automatically expanded, please insert more rows (2).';
    expect(effectiveValue).toEqual({ errorValue: { type: 'REF', message } });
  });

  it('go when their formula goes', () => {
    const world = filled({ A1: '=COLUMN()' });
    expect(valuesOf(world, 'A1:A3')).toEqual([[1], ['b'], [true]]);
    world.edit('Sheet1', 'A1', '');
    expect(valuesOf(world, 'A1:A3')).toBeUndefined();
  });
});

describe('a function of the script runs again', () => {
  it('never because somebody looks, or because another cell changes', () => {
    const world = filled({ A1: 'x', B1: '=COUNTED(A1)' });
    for (let looks = 0; looks < 5; looks++) expect(valueAt(world, 'B1')).toBe('x:1');
    world.edit('Sheet1', 'C1', 'y');
    world.run('seen');
    expect([valueAt(world, 'B1'), runsOf(world)]).toEqual(['x:1', 1]);
  });

  it('when an argument changes, by a person’s hand or by a script, or in a range that it is given', () => {
    const world = filled({ A1: 'x', B1: '=COUNTED(A1)', C1: '=COUNTED(KIND(A1:A3)&A1)' });
    expect(runsOf(world)).toBe(2);
    world.edit('Sheet1', 'A1', 'y');
    expect([valueAt(world, 'B1'), runsOf(world)]).toEqual(['y:3', 4]);
    world.run('fill');
    expect([valueAt(world, 'B1'), runsOf(world)]).toEqual(['21:5', 6]);
  });

  it('once for all cells with the same arguments', () => {
    const world = tinyWorld(APP);
    world.paste(
      'Sheet1',
      'A1',
      Array.from({ length: 40 }, () => ['=COUNTED("same")']),
    );
    expect(runsOf(world)).toBe(1);
    expect(valueAt(world, 'A40')).toBe('same:1');
  });

  it('when the file is opened, and not when the world is saved, opened or copied', () => {
    const world = filled({ A1: '=COUNTED("x")', A2: '=COLUMN()' });
    expect(valueAt(world.clone(), 'A4')).toBe(true);
    const dir = mkdtempSync(join(tmpdir(), 'cells-'));
    try {
      world.save(dir);
      const opened = World.open(dir, { bundle: APP, sandboxes: [counter] });
      expect([valueAt(opened, 'A1'), valueAt(opened, 'A4'), runsOf(opened)]).toEqual(['x:1', true, 1]);
      opened.visit(OWNER);
      expect([valueAt(opened, 'A1'), runsOf(opened)]).toEqual(['x:2', 2]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('in the same order in an equal world', () => {
    const made = () =>
      JSON.stringify(filled({ A1: 'x', B1: '=COUNTED(A1)', B2: '=COUNTED(B1)', A2: '=DOUBLE(4)' }).workbook);
    expect(made()).toBe(made());
  });
});
