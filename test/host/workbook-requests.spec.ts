/** `spreadsheets.batchUpdate` over the local workbook: what each request does to cells, tabs, rows and objects. */
import { append, at, block, commit, fresh, type Json, sheetOf, text, values } from './workbook-drive';

describe('cells', () => {
  it('appends below the last row with data and adds rows when the grid is full', () => {
    const model = fresh();
    commit(model, append(text('a', 1, true)), append(text('b')));
    expect(values(model, 'A1:C5')).toEqual([['a', 1, true], ['b']]);
    const many = Array.from({ length: 1200 }, (_, n) => text(n));
    commit(model, append(...many));
    expect(sheetOf(model, 'properties.gridProperties.rowCount')).toEqual({
      properties: { gridProperties: { rowCount: 1202 } },
    });
  });

  it.each(['=1+1', '=IMPORTXML("x")', '+1', '-1', '@x', '\tx', 'TRUE', '1/2', '007', "'x"])(
    'keeps the stringValue %j as text',
    (entry) => {
      const model = fresh();
      commit(model, append(text(entry)));
      expect(values(model, 'A1', 'FORMATTED_VALUE')).toEqual([[entry]]);
      const cell = sheetOf(model, 'data.rowData.values(userEnteredValue,effectiveValue)');
      const value = { stringValue: entry };
      expect(cell).toEqual({ data: [{ rowData: [{ values: [{ userEnteredValue: value, effectiveValue: value }] }] }] });
    },
  );

  it('clears a masked field that a cell lacks, and only that', () => {
    const model = fresh();
    const full = { userEnteredValue: { numberValue: 5 }, note: 'n', userEnteredFormat: { textFormat: { bold: true } } };
    const fields = 'userEnteredValue,note,userEnteredFormat';
    commit(model, { updateCells: { start: { rowIndex: 0 }, rows: [{ values: [full] }], fields } });
    commit(model, {
      updateCells: { range: block, rows: [{ values: [{ note: 'm' }] }], fields: 'note,userEnteredValue' },
    });
    const sheet = sheetOf(model, 'data.rowData.values(userEnteredValue,note,userEnteredFormat)');
    const cell = at(sheet, 'data', 0, 'rowData', 0, 'values', 0);
    expect(cell).toEqual({ note: 'm', userEnteredFormat: { textFormat: { bold: true } } });
  });

  it('writes one format leaf of a whole column and keeps the others', () => {
    const model = fresh();
    const column = { sheetId: 0, startColumnIndex: 0, endColumnIndex: 1 };
    const money = { numberFormat: { type: 'CURRENCY', pattern: '[$USD] #,##0.00' } };
    commit(
      model,
      { repeatCell: { range: column, cell: { userEnteredFormat: money }, fields: 'userEnteredFormat.numberFormat' } },
      {
        repeatCell: {
          range: block,
          cell: { userEnteredFormat: { textFormat: { bold: true } } },
          fields: 'userEnteredFormat.textFormat.bold',
        },
      },
      append(text(1234.5)),
    );
    expect(values(model, 'A1', 'FORMATTED_VALUE')).toEqual([['USD 1,234.50']]);
    expect(JSON.stringify(model).length).toBeLessThan(2_000);
  });

  it('moves relative references when a formula is repeated, inserted around or sorted', () => {
    const model = fresh();
    commit(model, append(text(3), text(1), text(2)));
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 3, startColumnIndex: 1, endColumnIndex: 2 };
    const cell = { userEnteredValue: { formulaValue: '=A1*10+SUM($A$1:A$3)' } };
    commit(model, { repeatCell: { range, cell, fields: 'userEnteredValue' } });
    expect(values(model, 'B1:B3')).toEqual([[36], [16], [26]]);
    commit(model, { insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 2 } } });
    expect(values(model, 'B1:B4', 'FORMULA')).toEqual([
      ['=A1*10+SUM($A$1:A$4)'],
      [],
      ['=A3*10+SUM($A$1:A$4)'],
      ['=A4*10+SUM($A$1:A$4)'],
    ]);
  });

  it('sorts numbers before text before booleans, blanks last, and carries formats along', () => {
    const model = fresh();
    commit(model, append(text('b', 1), text(true, 2), text(10, 3), text('', 4), text('A', 5), text(2, 6)));
    const one = { ...block, startRowIndex: 0, endRowIndex: 1, endColumnIndex: 1 };
    const mark = { userEnteredFormat: { textFormat: { bold: true } } };
    const spec = { dimensionIndex: 0, sortOrder: 'ASCENDING' };
    commit(
      model,
      { repeatCell: { range: one, cell: mark, fields: 'userEnteredFormat' } },
      { sortRange: { range: { sheetId: 0, endColumnIndex: 2 }, sortSpecs: [spec] } },
    );
    expect(values(model, 'A1:B6')).toEqual([
      [2, 6],
      [10, 3],
      ['A', 5],
      ['b', 1],
      [true, 2],
      ['', 4],
    ]);
    const rows = at(sheetOf(model, 'data.rowData.values.userEnteredFormat'), 'data', 0, 'rowData') as Json[];
    expect(rows.findIndex((row) => Object.keys(row).length > 0)).toBe(3);
  });

  it('keeps the first value of a merge and refuses to cut through one', () => {
    const model = fresh();
    commit(model, append(text('a', 'b'), text('c')), { mergeCells: { range: block, mergeType: 'MERGE_ALL' } });
    expect(values(model, 'A1:B2')).toEqual([['a']]);
    const half = { ...block, endColumnIndex: 1 };
    expect(() => commit(model, { unmergeCells: { range: half } })).toThrow(/must select all cells in a merged range/);
    commit(model, { unmergeCells: { range: block } });
    expect(sheetOf(model, 'merges')).toEqual({});
  });
});

describe('tabs, rows and columns', () => {
  it('adds, renames, moves, hides and deletes tabs', () => {
    const model = fresh();
    const [reply] = commit(model, { addSheet: { properties: { title: 'Ledger', index: 0 } } });
    const id = at(reply, 'addSheet', 'properties', 'sheetId');
    commit(
      model,
      { updateSheetProperties: { properties: { sheetId: id, index: 2 }, fields: 'index' } },
      {
        updateSheetProperties: {
          properties: { sheetId: id, hidden: true, gridProperties: { frozenRowCount: 1 } },
          fields: 'hidden,gridProperties.frozenRowCount',
        },
      },
    );
    expect(sheetOf(model, 'properties', 1)).toEqual({
      properties: {
        sheetId: id,
        title: 'Ledger',
        index: 1,
        sheetType: 'GRID',
        hidden: true,
        gridProperties: { rowCount: 1000, columnCount: 26, frozenRowCount: 1 },
      },
    });
    commit(model, { updateSheetProperties: { properties: { sheetId: id, title: 'Journal' }, fields: 'title' } });
    expect(() => commit(model, { deleteSheet: { sheetId: 0 } })).toThrow(/remove all the visible sheets/);
    commit(model, { deleteSheet: { sheetId: id } });
    expect(() => commit(model, { deleteSheet: { sheetId: 0 } })).toThrow(
      "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.",
    );
  });

  it('carries ranges, rules, notes and references along when rows and columns come and go', () => {
    const model = fresh();
    const rule = { condition: { type: 'CUSTOM_FORMULA', values: [{ userEnteredValue: '=$B1>0' }] }, format: {} };
    const area = { sheetId: 0, startRowIndex: 4, endRowIndex: 8, startColumnIndex: 1, endColumnIndex: 2 };
    commit(
      model,
      { addConditionalFormatRule: { rule: { ranges: [area], booleanRule: rule }, index: 0 } },
      { addProtectedRange: { protectedRange: { range: area, warningOnly: true } } },
      { updateCells: { start: { rowIndex: 5 }, rows: [{ values: [{ note: 'here' }] }], fields: 'note' } },
      { insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 2, endIndex: 5 } } },
      { insertDimension: { range: { sheetId: 0, dimension: 'COLUMNS', startIndex: 0, endIndex: 1 } } },
    );
    const moved = { sheetId: 0, startRowIndex: 7, endRowIndex: 11, startColumnIndex: 2, endColumnIndex: 3 };
    const sheet = sheetOf(model, 'conditionalFormats,protectedRanges.range,data(rowData.values.note)');
    expect(sheet.protectedRanges).toEqual([{ range: moved }]);
    expect(sheet.conditionalFormats).toMatchObject([
      { ranges: [moved], booleanRule: { condition: { values: [{ userEnteredValue: '=$C1>0' }] } } },
    ]);
    expect(at(sheet, 'data', 0, 'rowData', 8)).toEqual({ values: [{}, { note: 'here' }] });
    commit(model, { deleteDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 5, endIndex: 20 } } });
    expect(sheetOf(model, 'conditionalFormats,protectedRanges')).toEqual({});
  });

  it('moves rows with everything on them', () => {
    const model = fresh();
    commit(model, append(text('a'), text('b'), text('c'), text('d')));
    const source = { sheetId: 0, dimension: 'ROWS', startIndex: 0, endIndex: 2 };
    commit(model, { moveDimension: { source, destinationIndex: 3 } });
    expect(values(model, 'A1:A4')).toEqual([['c'], ['a'], ['b'], ['d']]);
  });

  it('duplicates a tab with its cells and objects, which then live apart', () => {
    const model = fresh();
    commit(model, append(text('a')), { addProtectedRange: { protectedRange: { range: { sheetId: 0 } } } });
    commit(model, { duplicateSheet: { sourceSheetId: 0, newSheetId: 9, newSheetName: 'Copy' } });
    commit(model, append(text('b')));
    expect(values(model, 'Copy!A:A')).toEqual([['a']]);
    const copied = sheetOf(model, 'protectedRanges(protectedRangeId,range)', 1).protectedRanges as Json[];
    expect(copied[0]?.range).toEqual({ sheetId: 9 });
  });

  it('places, changes and removes charts', () => {
    const model = fresh();
    const source = { sourceRange: { sources: [block] } };
    const spec = { title: 'Rent', basicChart: { chartType: 'COLUMN', series: [{ series: source }] } };
    const position = { overlayPosition: { anchorCell: { sheetId: 0, rowIndex: 3, columnIndex: 4 } } };
    const [reply] = commit(model, { addChart: { chart: { spec, position } } });
    const chart = at(reply, 'addChart', 'chart') as Json;
    commit(model, { updateChartSpec: { chartId: chart.chartId, spec: { ...spec, title: 'Rents' } } });
    expect(sheetOf(model, 'charts.spec.title')).toEqual({ charts: [{ spec: { title: 'Rents' } }] });
    commit(model, { deleteEmbeddedObject: { objectId: chart.chartId } });
    expect(sheetOf(model, 'charts')).toEqual({});
  });
});
