/** SpreadsheetApp and the advanced service Sheets over the real bridge protocol and a workbook. */
import { connect } from '../../local/host/context/bridge';
import { HtmlService } from '../../local/host/context/html-service';
import { Sheets } from '../../local/host/context/sheets';
import { SpreadsheetApp } from '../../local/host/context/spreadsheet-app';
import { handleSheetsCall } from '../../local/host/workbook/bridge-sheets';
import { WorkbookModel } from '../../local/host/workbook/workbook';

let model: WorkbookModel;
let calls: string[];
let shown: unknown[];
let hasWindow: boolean;

function answer(service: string, method: string, args: unknown[]): unknown {
  if (service !== 'Ui') return handleSheetsCall(model, service as 'Sheets' | 'SpreadsheetApp', method, args);
  if (!hasWindow) throw new Error('Cannot call SpreadsheetApp.getUi() from this context.');
  shown.push([method, ...args]);
  return method === 'alert' ? { button: 'YES' } : null;
}

beforeEach(() => {
  model = WorkbookModel.create({ id: 'book', title: 'Rents', locale: 'en_US', timeZone: 'America/New_York' });
  calls = [];
  shown = [];
  hasWindow = true;
  connect((service, method, argsJson) => {
    calls.push(`${service}.${method}`);
    try {
      const value = answer(service, method, JSON.parse(argsJson));
      return value === undefined ? '' : `=${JSON.stringify(value)}`;
    } catch (error) {
      const { name, message, details } = error as Error & { details?: unknown };
      return `!${JSON.stringify({ name: name === 'Error' ? 'Exception' : name, message, details })}`;
    }
  });
});

const file = () => SpreadsheetApp.getActiveSpreadsheet();
const sheet = () => file().getActiveSheet();
const mismatched = (unit: string) =>
  `The number of ${unit} in the data does not match the number of ${unit} in the range.`;

describe('the bound file', () => {
  it('knows its id, name, zone, locale and tabs', () => {
    expect([file().getId(), file().getName(), file().getSpreadsheetLocale()]).toEqual(['book', 'Rents', 'en_US']);
    file().setSpreadsheetTimeZone('Europe/Berlin');
    expect(file().getSpreadsheetTimeZone()).toBe('Europe/Berlin');
    expect(file().insertSheet('Ledger').getName()).toBe('Ledger');
    expect(
      file()
        .getSheets()
        .map((each) => each.getName()),
    ).toEqual(['Sheet1', 'Ledger']);
    expect(file().getSheetByName('Nope')).toBeNull();
    expect(() => file().insertSheet('Sheet1')).toThrow(
      'A sheet with the name "Sheet1" already exists. Please enter another',
    );
  });

  it.each([
    [['$aa$11'], 'AA11'],
    [['R5C3'], 'C5'],
    [['R10C5:R1C2'], 'B1:E10'],
    [['B2:C'], 'B2:C1000'],
    [[2, 3], 'C2'],
    [[2, 3, 4, 2], 'C2:D5'],
  ])('reads the range %j as %s', (args, a1) => {
    model.api('spreadsheets.batchUpdate', {}, { requests: [{ appendDimension: { dimension: 'COLUMNS', length: 9 } }] });
    expect(
      sheet()
        .getRange(...args)
        .getA1Notation(),
    ).toBe(a1);
  });

  it('refuses places outside of the grid and unknown names', () => {
    expect(() => sheet().getRange(2000, 1)).toThrow(
      'The coordinates of the range are outside the dimensions of the sheet.',
    );
    expect(() => file().getRange('Nope!A1')).toThrow('Range not found');
    expect(() => sheet().getRange({} as string)).toThrow(
      /don't match the method signature for SpreadsheetApp.Sheet.getRange/,
    );
  });
});

describe('cells through ranges', () => {
  it('gives back numbers, booleans and texts, and an empty text for an untouched cell', () => {
    const range = sheet().getRange('A1:D1');
    expect(range.isBlank()).toBe(true);
    range.setValues([[1.5, true, 'x', null]]);
    expect(range.getValues()).toEqual([[1.5, true, 'x', '']]);
    expect(range.getFormulas()).toEqual([['', '', '', '']]);
    expect([sheet().getLastRow(), sheet().getLastColumn()]).toEqual([1, 3]);
  });

  it('makes a formula of a text that begins with =', () => {
    sheet().getRange('A1').setValue(2);
    sheet().getRange('B1').setValue('=A1*2');
    expect([sheet().getRange('B1').getFormula(), sheet().getRange('B1').getValue()]).toEqual(['=A1*2', 4]);
    sheet().getRange('A1:B2').setFormula('=A5');
    expect(sheet().getRange('A1:B2').getFormulas()).toEqual([
      ['=A5', '=B5'],
      ['=A6', '=B6'],
    ]);
  });

  it('turns dates into Dates in the zone of the file, and back', () => {
    sheet().getRange('A1').setValue('2026-03-08');
    expect(sheet().getRange('A1').getValue()).toEqual(new Date('2026-03-08T05:00:00Z'));
    const noon = new Date('2026-07-01T16:00:00Z');
    sheet().getRange('A2').setValue(noon);
    expect(sheet().getRange('A2').getValue()).toEqual(noon);
    expect(sheet().getRange('A2').getDisplayValue()).toBe('7/1/2026 12:00:00 PM');
  });

  it.each([
    [[['a']], `${mismatched('rows')} The data has 1 but the range has 2.`],
    [[['a'], ['b', 'c']], `${mismatched('columns')} The data has 2 but the range has 1.`],
    ['foo', "The parameters (String) don't match the method signature for SpreadsheetApp.Range.setValues."],
  ])('refuses values of another shape: %j', (values, message) => {
    expect(() => sheet().getRange('A1:A2').setValues(values)).toThrow(message);
  });

  it('holds scripts to strict rules', () => {
    const rule = { condition: { type: 'BOOLEAN' }, strict: true };
    model.api('spreadsheets.batchUpdate', {}, { requests: [{ setDataValidation: { range: { sheetId: 0 }, rule } }] });
    expect(() => sheet().getRange('B2').setValue('maybe')).toThrow(
      'The data you entered in cell B2 violates the data validation',
    );
    expect(sheet().getRange('B2').isBlank()).toBe(true);
  });

  it('appends rows, clears content, keeps notes and offsets', () => {
    sheet()
      .appendRow(['a', 'b'])
      .appendRow([new Date('2026-12-01T05:00:00Z')]);
    expect(sheet().getDataRange().getDisplayValues()).toEqual([
      ['a', 'b'],
      ['12/1/2026', ''],
    ]);
    sheet().getRange('A1').setNote('hello').clearContent();
    expect([sheet().getRange('A1').getNote(), sheet().getRange('A1').isBlank()]).toEqual(['hello', true]);
    expect(sheet().getRange('B2').offset(1, 2, 3, 1).getA1Notation()).toBe('D3:D5');
    expect(() => sheet().getRange('B2').offset(0, 0, 0)).toThrow(/number of rows/);
    expect(() => sheet().getRange('B2').offset(0, 0, 1, 0)).toThrow(/number of columns/);
  });

  it('costs one call for a block of any size', () => {
    const range = sheet().getRange('A1:Z100');
    calls.length = 0;
    range.getValues();
    range.getValues();
    expect(calls).toEqual(['SpreadsheetApp.Range.getValues', 'SpreadsheetApp.Range.getValues']);
  });
});

describe('the advanced service', () => {
  it('takes its arguments in the order of Apps Script', () => {
    const values = Sheets.Spreadsheets.Values;
    values.update({ values: [['a']] }, 'book', 'A1', { valueInputOption: 'RAW' });
    values.append({ values: [['b']] }, 'book', 'A1', { valueInputOption: 'RAW' });
    Sheets.Spreadsheets.batchUpdate({ requests: [{ addSheet: { properties: { title: 'Two' } } }] }, 'book');
    expect(values.batchGet('book', { ranges: ['Sheet1!A:A'] })).toMatchObject({
      valueRanges: [{ values: [['a'], ['b']] }],
    });
    expect(Sheets.Spreadsheets.get('book', { fields: 'sheets.properties.title' })).toEqual({
      sheets: [{ properties: { title: 'Sheet1' } }, { properties: { title: 'Two' } }],
    });
    values.clear({}, 'book', 'A1');
    expect(values.get('book', 'A1')).toEqual({ range: 'Sheet1!A1', majorDimension: 'ROWS' });
  });

  it('fails as Apps Script words it', () => {
    try {
      Sheets.Spreadsheets.batchUpdate({ requests: [{ deleteSheet: { sheetId: 7 } }] }, 'book');
      throw new Error('was accepted');
    } catch (error) {
      const { name, message, details } = error as Error & { details: unknown };
      const text = 'Invalid requests[0].deleteSheet: No grid with id: 7';
      expect(name).toBe('GoogleJsonResponseException');
      expect(message).toBe(`API call to sheets.spreadsheets.batchUpdate failed with error: ${text}`);
      expect(details).toEqual({ code: 400, message: text });
    }
  });
});

describe('the user interface', () => {
  it('hands over menus, dialogs, sidebars and toasts', () => {
    const ui = SpreadsheetApp.getUi();
    ui.createMenu('Rent')
      .addItem('Run', 'run')
      .addSeparator()
      .addSubMenu(ui.createMenu('More').addItem('X', 'x'))
      .addToUi();
    expect(ui.alert('Title', 'Sure?', ui.ButtonSet.YES_NO)).toBe(ui.Button.YES);
    ui.showSidebar(HtmlService.createHtmlOutput('<p>hi</p>').setTitle('Ledger'));
    file().toast('Done', 'Rent');
    expect(shown).toEqual([
      ['getUi'],
      [
        'addMenu',
        {
          caption: 'Rent',
          addon: false,
          items: [
            { caption: 'Run', functionName: 'run' },
            { separator: true },
            { submenu: { caption: 'More', addon: false, items: [{ caption: 'X', functionName: 'x' }] } },
          ],
        },
      ],
      ['alert', { title: 'Title', prompt: 'Sure?', buttons: 'YES_NO' }],
      ['showSidebar', expect.objectContaining({ title: 'Ledger' })],
      ['toast', { message: 'Done', title: 'Rent', seconds: 5 }],
    ]);
  });

  it('has no window in a trigger', () => {
    hasWindow = false;
    expect(() => SpreadsheetApp.getUi()).toThrow('Cannot call SpreadsheetApp.getUi() from this context.');
  });
});
