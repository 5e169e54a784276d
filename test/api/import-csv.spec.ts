/** CSV text read and written: separators, header rows, refusals, and the formula guard that is undone on import. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { csvText, readCsv } from '../../src/api/rent-roll';
import { LEASES } from '../../src/sheet/schema';

const HEADERS = ['Lease ID', 'Property', 'Unit', 'Residents', 'Rent', 'Start'];
const TEXT = ['Lease ID', 'Property', 'Unit', 'Residents', 'Start'];
const cellsOf = (text: string) => readCsv(text).rows.map(({ cells }) => cells);

describe('reading CSV', () => {
  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['TABs', '\t'],
  ])('finds %s as the separator', (_, separator) => {
    const text = ['Unit,Tenant,Rent', '1,"Ann, B; C",900'].join('\n').replace(/,(?! )/g, separator);
    expect(readCsv(text)).toEqual({
      headers: ['Unit', 'Tenant', 'Rent'],
      rows: [{ row: 2, cells: ['1', 'Ann, B; C', '900'] }],
      problems: [],
    });
  });

  it.each(['\n', '\r\n', '\r'])('reads lines that end in %j, drops the byte order mark and empty lines', (newline) => {
    const text = `\ufeff${['Unit,Tenant,Rent', '1,Ann,900', '', '2,Bo,800', ''].join(newline)}`;
    expect(readCsv(text).headers).toEqual(['Unit', 'Tenant', 'Rent']);
    expect(readCsv(text).rows).toEqual([
      { row: 2, cells: ['1', 'Ann', '900'] },
      { row: 4, cells: ['2', 'Bo', '800'] },
    ]);
  });

  it('keeps line breaks, doubled quotes and separators inside quotes', () => {
    expect(cellsOf('Unit,Tenant,Rent\r\n1,"a"",=1+1,""b\nc",2\r\n')).toEqual([['1', 'a",=1+1,"b\nc', '2']]);
  });

  it('passes over title lines above the headers', () => {
    const table = readCsv('Rent Roll\nAs Of = 12/31/2026\n\nUnit,Tenant,Rent\n1,Ann,900\n');
    expect(table.headers).toEqual(['Unit', 'Tenant', 'Rent']);
    expect(table.rows).toEqual([{ row: 5, cells: ['1', 'Ann', '900'] }]);
  });

  it('joins headers that stand in two rows', () => {
    const text = 'Unit,Resident,,Market,Charge,Amount,Resident\n,,Name,Rent,Code,,Deposit\n1,t1,Ann,1,rent,2,3\n';
    expect(readCsv(text).headers).toEqual([
      'Unit',
      'Resident',
      'Name',
      'Market Rent',
      'Charge Code',
      'Amount',
      'Resident Deposit',
    ]);
    expect(readCsv(text).rows[0]?.row).toBe(3);
  });

  it.each([
    ['a NUL character', 'Unit,Tenant,Rent\n1,Ann,900\n2,B\0o,800\n', 3, /NUL/],
    ['a line above 1 MiB', `Unit,Tenant,Rent\n1,${'x'.repeat(1024 * 1024)},900\n2,Bo,800\n`, 2, /1 MiB/],
    ['a line above 1 MiB in UTF-8', `Unit,Tenant,Rent\n1,Ann,900\n2,${'é'.repeat(600_000)},800\n`, 3, /1 MiB/],
    ['a quote that never ends', 'Unit,Tenant,Rent\n1,Ann,900\n2,"Bo,800\n', 3, /quotation mark/],
  ])('refuses the whole file for %s and names the row', (_, text, row, what) => {
    const table = readCsv(text);
    expect(table.rows).toEqual([]);
    expect(table.problems).toHaveLength(1);
    expect(table.problems[0]).toMatchObject({ row, what: expect.stringMatching(what) });
    expect(table.problems[0]?.fix).not.toBe('');
  });

  it('accepts a line of exactly 1 MiB', () => {
    const line = `1,Ann,${'9'.repeat(1024 * 1024 - 6)}`;
    expect(readCsv(`Unit,Tenant,Rent\n${line}\n`).problems).toEqual([]);
  });

  it('calls an empty file empty', () => {
    expect(readCsv('').rows).toEqual([]);
    expect(readCsv('').headers.filter((header) => header !== '')).toEqual([]);
  });
});

describe('writing CSV', () => {
  it.each(['=1+1', '+1', '-2', '@SUM(1)', '\t=1', '\r=1', '\n=1', "'=1"])('puts an apostrophe before %j', (text) => {
    expect(csvText(['Residents'], [[text]], ['Residents'])).toBe(`"Residents"\r\n"'${text}"`);
  });

  it('leaves numbers numbers, negative ones included, and guards a formula in a money column', () => {
    expect(
      csvText(
        ['Unit', 'Rent'],
        [
          ['1', -50],
          ['2', '-50.00'],
          ['3', '=A1'],
        ],
        ['Unit'],
      ),
    ).toBe('"Unit","Rent"\r\n"1",-50\r\n"2",-50.00\r\n"3","\'=A1"');
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.stringMatching(/^'{0,3}[=+\-@\t\r\n;,"a1]{0,8}$/),
    fc.constantFrom("=cmd|'/c calc'!A1", 'a",=1+1,"b', 'x\n=1+1', 'a;b', '-50.00', '007', "'", "''=1", ' ', '\r\n'),
    fc.constantFrom(...LEASES.columns.map((column) => column.header)),
  );
  const safe = hostile.map((text) => text.replace(/\0/g, ''));

  it('gives every text back, however hostile, with header, row count and numbers', () => {
    const row = fc.tuple(safe, safe, safe, safe, fc.integer({ min: -1e9, max: 1e9 }), safe);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const table = readCsv(csvText(HEADERS, rows, TEXT));
        expect(table.problems).toEqual([]);
        expect(table.headers).toEqual(HEADERS);
        expect(table.rows.map(({ cells }) => cells)).toEqual(rows.map((cells) => cells.map(String)));
      }),
      { numRuns: 300 },
    );
  });

  it('lets no field begin with what a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.array(safe, { minLength: 1, maxLength: 5 }), (texts) => {
        const text = csvText(
          ['Residents', 'Rent'],
          texts.map((each) => [each, each]),
          ['Residents'],
        );
        const raw = Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' });
        expect(raw.data).toHaveLength(texts.length + 1);
        const fields = raw.data.flat().filter((field) => !/^-?\d+(\.\d+)?$/.test(field));
        for (const field of fields) expect(field).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });
});
