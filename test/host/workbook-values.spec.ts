/** `spreadsheets.values.*` over the local workbook: what goes in comes out as Google gives it. */
import { WorkbookModel } from '../../local/host/workbook/workbook';

type Json = Record<string, unknown>;

function fresh(): WorkbookModel {
  return WorkbookModel.create({
    id: 'book',
    title: 'Rents',
    locale: 'en_US',
    timeZone: 'America/New_York',
    nowMs: () => Date.UTC(2026, 10, 23),
  });
}

function put(model: WorkbookModel, range: string, values: unknown[][], valueInputOption = 'RAW'): Json {
  return model.api('spreadsheets.values.update', { range, valueInputOption }, { values }) as Json;
}

function read(model: WorkbookModel, range: string, options: Json = {}): unknown {
  return model.api('spreadsheets.values.get', { range, valueRenderOption: 'UNFORMATTED_VALUE', ...options }).values;
}

describe('reading values', () => {
  it('normalises the range and leaves out trailing empty rows and cells', () => {
    const model = fresh();
    put(model, 'Sheet1!B2', [['a', '', ''], [''], ['', 2, '']]);
    expect(model.api('spreadsheets.values.get', { range: 'sheet1!a1:z' })).toEqual({
      range: 'Sheet1!A1:Z1000',
      majorDimension: 'ROWS',
      values: [[], ['', 'a'], [], ['', '', '2']],
    });
    expect(model.api('spreadsheets.values.get', { range: 'Sheet1!A900:B' })).toEqual({
      range: 'Sheet1!A900:B1000',
      majorDimension: 'ROWS',
    });
  });

  it.each([
    ['Sheet1', 'Sheet1!A1:Z1000'],
    ['A5:C', 'Sheet1!A5:C1000'],
    ['Sheet1!C:D', 'Sheet1!C1:D1000'],
    ['Sheet1!3:4', 'Sheet1!A3:Z4'],
    ['Sheet1!D4:B2', 'Sheet1!B2:D4'],
    ['Sheet1!A990:B5000', 'Sheet1!A990:B1000'],
  ])('reads %s as %s', (range, expected) => {
    expect(fresh().api('spreadsheets.values.get', { range }).range).toBe(expected);
  });

  it('quotes a title with spaces or an apostrophe', () => {
    const model = fresh();
    model.api('spreadsheets.batchUpdate', {}, { requests: [{ addSheet: { properties: { title: "Bob's Rent" } } }] });
    expect(model.api('spreadsheets.values.get', { range: "'Bob''s Rent'!A1:B2" }).range).toBe("'Bob''s Rent'!A1:B2");
  });

  it.each([
    ['Nowhere!A1', 'Unable to parse range: Nowhere!A1'],
    ['A1:B2:C3', 'Unable to parse range: A1:B2:C3'],
    ['Sheet1!A1001', 'Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26'],
  ])('refuses %s', (range, message) => {
    expect(() => fresh().api('spreadsheets.values.get', { range })).toThrow(message);
  });

  it('gives columns, formulas, formatted and raw values as asked', () => {
    const model = fresh();
    put(
      model,
      'A1',
      [
        [1, 2],
        ['=A1+B1', '12/01/2026'],
      ],
      'USER_ENTERED',
    );
    expect(read(model, 'A1:B2', { majorDimension: 'COLUMNS' })).toEqual([
      [1, 3],
      [2, 46357],
    ]);
    expect(read(model, 'A1:B2', { valueRenderOption: 'FORMULA' })).toEqual([
      [1, 2],
      ['=A1+B1', 46357],
    ]);
    expect(read(model, 'A2:B2', { valueRenderOption: 'FORMATTED_VALUE' })).toEqual([['3', '12/1/2026']]);
    expect(read(model, 'A2:B2', { dateTimeRenderOption: 'FORMATTED_STRING' })).toEqual([[3, '12/1/2026']]);
  });

  it('answers many ranges in one call, in their order', () => {
    const model = fresh();
    put(model, 'A1', [['x', 'y']]);
    const answer = model.api('spreadsheets.values.batchGet', { ranges: ['B1', 'A1'] });
    expect(answer.valueRanges).toEqual([
      { range: 'Sheet1!B1', majorDimension: 'ROWS', values: [['y']] },
      { range: 'Sheet1!A1', majorDimension: 'ROWS', values: [['x']] },
    ]);
  });
});

describe('writing values', () => {
  it('skips nulls, clears with empty text and counts what it wrote', () => {
    const model = fresh();
    put(model, 'A1:C1', [['a', 'b', 'c']]);
    expect(put(model, 'A1:C1', [[null, '', 'z']])).toEqual({
      spreadsheetId: 'book',
      updatedRange: 'Sheet1!A1:C1',
      updatedRows: 1,
      updatedColumns: 3,
      updatedCells: 2,
    });
    expect(read(model, 'A1:C1')).toEqual([['a', '', 'z']]);
  });

  it.each(['=1+1', '+1', '@SUM(A1)', '\tx', 'TRUE', '1/2', '007', "'quoted"])(
    'keeps the raw text %j as text',
    (text) => {
      const model = fresh();
      put(model, 'A1', [[text]]);
      expect(read(model, 'A1')).toEqual([[text]]);
      expect(read(model, 'A1', { valueRenderOption: 'FORMULA' })).toEqual([[text]]);
    },
  );

  it.each([
    ['A1:B1', [['a', 'b', 'c']], 'Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]'],
    ['A1:B1', [['a'], ['b']], 'Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]'],
    ['Z1', [['a', 'b']], 'Range (Sheet1!Z1:AA1) exceeds grid limits. Max rows: 1000, max columns: 26'],
    ['A1001', [['a']], 'Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26'],
  ])('refuses to write beyond %s', (range, values, message) => {
    expect(() => put(fresh(), range, values)).toThrow(message);
  });

  it('wants to know how text is meant', () => {
    const body = { values: [['a']] };
    expect(() => fresh().api('spreadsheets.values.update', { range: 'A1' }, body)).toThrow(
      "'valueInputOption' is required but not specified",
    );
  });

  it('names the part of a batch that fails and writes none of it', () => {
    const model = fresh();
    const data = [
      { range: 'A1', values: [['kept out']] },
      { range: 'BB1', values: [['x']] },
    ];
    expect(() => model.api('spreadsheets.values.batchUpdate', {}, { valueInputOption: 'RAW', data })).toThrow(
      'Invalid data[1]: Range (Sheet1!BB1) exceeds grid limits. Max rows: 1000, max columns: 26',
    );
    expect(read(model, 'A1')).toBeUndefined();
  });

  it('appends below the table that the range touches and grows the grid', () => {
    const model = fresh();
    put(model, 'A1', [
      ['h1', 'h2'],
      [1, 2],
    ]);
    put(model, 'D9', [['other']]);
    const body = { values: [[3, 4]] };
    const answer = model.api('spreadsheets.values.append', { range: 'A1:B1', valueInputOption: 'RAW' }, body);
    expect(answer).toMatchObject({ tableRange: 'Sheet1!A1:B2', updates: { updatedRange: 'Sheet1!A3:B3' } });
    put(model, 'A1000', [['last']]);
    const grown = model.api('spreadsheets.values.append', { range: 'A1000', valueInputOption: 'RAW' }, body);
    expect(grown).toMatchObject({ updates: { updatedRange: 'Sheet1!A1001:B1001' } });
  });

  it('clears values and leaves formats', () => {
    const model = fresh();
    put(model, 'A1', [['5%', 'b']], 'USER_ENTERED');
    expect(model.api('spreadsheets.values.clear', { range: 'A1' }, {})).toEqual({
      spreadsheetId: 'book',
      clearedRange: 'Sheet1!A1',
    });
    expect(read(model, 'A1:B1')).toEqual([['', 'b']]);
    put(model, 'A1', [[0.25]]);
    expect(read(model, 'A1', { valueRenderOption: 'FORMATTED_VALUE' })).toEqual([['25%']]);
  });

  it('holds a cell to 50,000 characters', () => {
    put(fresh(), 'A1', [['x'.repeat(50_000)]]);
    expect(() => put(fresh(), 'A1', [['x'.repeat(50_001)]])).toThrow('more than the maximum of 50000 characters');
  });
});
