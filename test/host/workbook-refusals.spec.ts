/** What the local workbook refuses, in Google's words, and that a refused batch leaves no trace. */
import * as fc from 'fast-check';
import { SheetsApiError } from '../../local/host/workbook/errors';
import { WorkbookModel } from '../../local/host/workbook/workbook';
import { append, block, commit, fresh, type Json, text } from './workbook-drive';

describe('refusals', () => {
  const wide = { appendCells: { sheetId: 0, rows: [text(...'abcdefghijklmnopqrstuvwxyz1')], fields: '*' } };
  const outside = { sheetId: 0, rowIndex: 1000, columnIndex: 0 };
  it.each<[string, unknown, string]>([
    ['an unknown grid', { appendCells: { sheetId: 7, rows: [], fields: '*' } }, 'appendCells: No grid with id: 7'],
    ['too many columns', wide, 'Attempting to write column: 26, beyond the last requested column of: 25'],
    [
      'a start below',
      { updateCells: { start: outside, rows: [], fields: '*' } },
      'rowIndex[1000] is after last row in grid[999]',
    ],
    [
      'no mask',
      { updateCells: { range: block, rows: [] } },
      "At least one field must be listed in 'fields'. (Use '*' to",
    ],
    [
      'a mask with an unknown field',
      { repeatCell: { range: block, cell: {}, fields: 'colour' } },
      'Invalid field: colour',
    ],
    [
      'a used title',
      { addSheet: { properties: { title: 'sheet1' } } },
      'A sheet with the name "sheet1" already exists. Please',
    ],
    ['an unknown kind', { frobnicate: {} }, `Unknown name "frobnicate" at 'requests[0]': Cannot find field.`],
    [
      'an unknown field',
      { addSheet: { properties: { name: 'x' } } },
      `Unknown name "name" at 'requests[0].add_sheet.properties'`,
    ],
    [
      'a wrong type',
      { deleteSheet: { sheetId: 'x' } },
      `Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), "x"`,
    ],
    [
      'an unknown enum',
      { appendDimension: { dimension: 'LINES', length: 1 } },
      `'requests[0].append_dimension.dimension'`,
    ],
    [
      'rows that do not exist',
      { deleteDimension: { range: { dimension: 'ROWS', startIndex: 1000, endIndex: 1001 } } },
      'there are only 1000 rows',
    ],
    ['all rows', { deleteDimension: { range: { dimension: 'ROWS' } } }, "You can't delete all the rows on the sheet."],
    [
      'a kind that is not carried out',
      { findReplace: { find: 'a' } },
      'requests[0].findReplace is not part of the local',
    ],
    [
      'too many cells',
      { appendDimension: { dimension: 'ROWS', length: 400_000 } },
      'above the limit of 10000000 cells.',
    ],
  ])('answers %s with its reason', (_name, request, message) => {
    const model = fresh();
    const before = JSON.stringify(model);
    expect(() => commit(model, request)).toThrow(message);
    expect(JSON.stringify(model)).toBe(before);
  });

  it('refuses an empty batch, a body over 10 MB and another file', () => {
    const model = fresh();
    expect(() => commit(model)).toThrow('Must specify at least one request.');
    const body = { requests: [append(text('a'))] };
    expect(() => model.api('spreadsheets.batchUpdate', {}, body, 10 * 1024 * 1024 + 1)).toThrow('10485760 bytes');
    expect(() => model.api('spreadsheets.get', { spreadsheetId: 'other' })).toThrow('Requested entity was not found.');
  });

  it('hides the cause of a wrong read mask in the details, as Google does', () => {
    try {
      fresh().api('spreadsheets.get', { fields: 'properties, sheets.properties' });
      throw new Error('was accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(SheetsApiError);
      expect((error as SheetsApiError).message).toBe('Request contains an invalid argument.');
      expect(JSON.stringify((error as SheetsApiError).details)).toContain(
        "Cannot find matching fields for path ' sheets",
      );
    }
  });
});

describe('all or nothing', () => {
  const small = fc.integer({ min: 0, max: 4 });
  const range = fc.tuple(small, small, small, small).map(([r, c, h, w]) => ({
    sheetId: 0,
    startRowIndex: r,
    endRowIndex: r + h + 1,
    startColumnIndex: c,
    endColumnIndex: c + w + 1,
  }));
  const span = fc.tuple(fc.constantFrom('ROWS', 'COLUMNS'), small, small).map(([dimension, start, length]) => ({
    sheetId: 0,
    dimension,
    startIndex: start + 1,
    endIndex: start + length + 2,
  }));
  const bold = { userEnteredFormat: { textFormat: { bold: true } }, note: 'n' };
  const request: fc.Arbitrary<Json> = fc.oneof(
    fc
      .array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxLength: 5 })
      .map((cells) => append(text(...cells))),
    range.map((where) => ({ repeatCell: { range: where, cell: bold, fields: 'userEnteredFormat,note' } })),
    range.map((where) => ({ updateCells: { range: where, fields: '*' } })),
    range.map((where) => ({ addProtectedRange: { protectedRange: { range: where, warningOnly: true } } })),
    range.map((where) => ({ sortRange: { range: where, sortSpecs: [{ dimensionIndex: where.startColumnIndex }] } })),
    span.map((where) => ({ insertDimension: { range: where, inheritFromBefore: true } })),
    span.map((where) => ({ deleteDimension: { range: where } })),
    span.map((where) => ({
      updateDimensionProperties: { range: where, properties: { pixelSize: 9 }, fields: 'pixelSize' },
    })),
    fc.constant({ addSheet: {} }),
    fc.constant({ updateSpreadsheetProperties: { properties: { title: 'Other' }, fields: 'title' } }),
  );

  it('leaves the file byte for byte as it was when the last request of a random batch fails', () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 8 }), fc.array(request, { maxLength: 8 }), (before, batch) => {
        const model = fresh();
        if (before.length > 0) commit(model, ...before);
        const text = JSON.stringify(model);
        expect(() => commit(model, ...batch, { deleteSheet: { sheetId: 12345 } })).toThrow('No grid with id: 12345');
        expect(JSON.stringify(model)).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  it('saves and reads back the same file, and a clone lives apart', () => {
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 10 }), (batch) => {
        const model = fresh();
        commit(model, ...batch);
        const text = JSON.stringify(model);
        expect(JSON.stringify(WorkbookModel.fromJSON(JSON.parse(text)))).toBe(text);
        const clone = model.clone();
        commit(clone, { updateCells: { range: { sheetId: 0 }, fields: '*' } }, { addSheet: {} });
        expect(JSON.stringify(model)).toBe(text);
        expect(JSON.stringify(clone)).not.toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});
