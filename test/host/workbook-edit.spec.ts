/** A person at the grid: what typing makes of a text, what is turned away, and what the edit event is told. */
import { localeOf } from '../../local/host/workbook/locale';
import { readTyped } from '../../local/host/workbook/typed';
import { WorkbookModel } from '../../local/host/workbook/workbook';

type Json = Record<string, unknown>;

function fresh(locale = 'en_US'): WorkbookModel {
  return WorkbookModel.create({
    id: 'book',
    title: 'Rents',
    locale,
    timeZone: 'America/New_York',
    owner: 'owner@example.com',
    nowMs: () => Date.UTC(2026, 10, 23),
  });
}

function commit(model: WorkbookModel, ...requests: unknown[]): void {
  model.api('spreadsheets.batchUpdate', {}, { requests });
}

function cell(model: WorkbookModel, range: string, valueRenderOption: string): unknown {
  const values = model.api('spreadsheets.values.get', { range, valueRenderOption }).values as unknown[][] | undefined;
  return values?.[0]?.[0];
}

const firstCell = { sheetId: 0, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 };

describe('typing', () => {
  it.each<[string, string, unknown, string]>([
    ['en_US', '1,234.5', 1234.5, '1,234.50'],
    ['en_US', '-12', -12, '-12'],
    ['en_US', '007', 7, '7'],
    ['en_US', '1,23', '1,23', '1,23'],
    ['en_US', '1e3', 1000, '1.00E+03'],
    ['en_US', '7%', 0.07, '7%'],
    ['en_US', '$1,200.50', 1200.5, '$1,200.50'],
    ['en_US', '-$5', -5, '-$5'],
    ['en_US', '($5.25)', -5.25, '-$5.25'],
    ['en_US', 'true', true, 'TRUE'],
    ['en_US', '2026-12-01', 46357, '2026-12-01'],
    ['en_US', '12/1/2026', 46357, '12/1/2026'],
    ['en_US', '12/1/26', 46357, '12/1/2026'],
    ['en_US', '1/2', 46024, '1/2'],
    ['en_US', 'Dec 1, 2026', 46357, '12/1/2026'],
    ['en_US', '1 December 2026', 46357, '12/1/2026'],
    ['en_US', '2026-12-01 18:00', 46357.75, '2026-12-01 6:00:00 PM'],
    ['en_US', '6:30 pm', 18.5 / 24, '6:30:00 PM'],
    ['en_US', '2/30/2026', '2/30/2026', '2/30/2026'],
    ['en_US', '@handle', '@handle', '@handle'],
    ['en_US', "'=1+1", '=1+1', '=1+1'],
    ['en_US', '=1+1', 2, '2'],
    ['en_US', '+1-555-1234', -1788, '-1788'],
    ['en_US', '=NOSUCH(1)', '#NAME?', '#NAME?'],
    ['en_US', '=1+', '#ERROR!', '#ERROR!'],
    ['en_US', '1/0', '1/0', '1/0'],
    ['en_GB', '1/12/2026', 46357, '01/12/2026'],
    ['de_DE', '1.234,5', 1234.5, '1.234,50'],
    ['de_DE', '01.12.2026', 46357, '1.12.2026'],
    ['de_DE', '12,50 €', 12.5, '12,50 €'],
  ])('in %s reads %j', (locale, entry, value, shown) => {
    const model = fresh(locale);
    expect(model.edit('Sheet1', 'A1', entry).accepted).toBe(true);
    expect(cell(model, 'A1', 'UNFORMATTED_VALUE')).toBe(value);
    expect(cell(model, 'A1', 'FORMATTED_VALUE')).toBe(shown);
  });

  it('reads nothing in a cell formatted as plain text', () => {
    const model = fresh();
    const format = { userEnteredFormat: { numberFormat: { type: 'TEXT' } } };
    commit(model, { repeatCell: { range: firstCell, cell: format, fields: 'userEnteredFormat.numberFormat' } });
    for (const entry of ['=1+1', '007', '1/2', 'TRUE']) {
      model.edit('Sheet1', 'A1', entry);
      expect(cell(model, 'A1', 'UNFORMATTED_VALUE')).toBe(entry);
    }
  });

  it('keeps the format that a cell has already', () => {
    const model = fresh();
    model.edit('Sheet1', 'A1', '2026-12-01');
    model.edit('Sheet1', 'A1', '12/2/2026');
    expect(cell(model, 'A1', 'FORMATTED_VALUE')).toBe('2026-12-02');
  });

  it('completes a short date with the year it is told', () => {
    expect(readTyped('3/4', localeOf('en_US'), false, 2027).value).toBe(46450);
  });
});

describe('the edit event', () => {
  it('tells old and new value of one cell as text', () => {
    const model = fresh();
    expect(model.edit('Sheet1', 'B3', '5')).toEqual({
      accepted: true,
      protectionWarning: false,
      validationWarning: false,
      sheetId: 0,
      sheet: 'Sheet1',
      a1: 'B3',
      row: 3,
      column: 2,
      rows: 1,
      columns: 1,
      value: '5',
    });
    expect(model.edit('Sheet1', 'B3', '2026-12-01')).toMatchObject({ value: '46357', oldValue: '5' });
    const cleared = model.edit('Sheet1', 'B3', '');
    expect(cleared.oldValue).toBe('46357');
    expect(cleared).not.toHaveProperty('value');
  });

  it('tells no values of a paste, which may grow the grid', () => {
    const model = fresh();
    const pasted = model.paste('Sheet1', 'Y1000', [['1', '=Y1000+1', 'x'], ['$2']]);
    expect(pasted).toMatchObject({ accepted: true, a1: 'Y1000:AA1001', rows: 2, columns: 3 });
    expect(pasted).not.toHaveProperty('value');
    expect(cell(model, 'Z1000', 'UNFORMATTED_VALUE')).toBe(2);
    expect(cell(model, 'Y1001', 'FORMATTED_VALUE')).toBe('$2');
  });
});

describe('rules on cells', () => {
  function ruled(rule: Json): WorkbookModel {
    const model = fresh();
    commit(model, { setDataValidation: { range: { ...firstCell, endRowIndex: 5 }, rule } });
    return model;
  }

  const list = { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'open' }, { userEnteredValue: 'done' }] };

  it('turns a strict violation away with the message and leaves the cell', () => {
    const model = ruled({ condition: list, strict: true });
    expect(model.edit('Sheet1', 'A1', 'open').accepted).toBe(true);
    const edited = model.edit('Sheet1', 'A1', 'maybe');
    expect(edited).toMatchObject({
      accepted: false,
      message: 'The data you entered in cell A1 violates the data validation rules set on this cell.',
    });
    expect(cell(model, 'A1', 'FORMATTED_VALUE')).toBe('open');
    expect(model.paste('Sheet1', 'A1', [['done'], ['nope']]).accepted).toBe(false);
    expect(cell(model, 'A1', 'FORMATTED_VALUE')).toBe('open');
    expect(model.edit('Sheet1', 'A1', '').accepted).toBe(true);
  });

  it('marks a violation of a rule that only warns', () => {
    const model = ruled({ condition: list });
    expect(model.edit('Sheet1', 'A1', 'maybe')).toMatchObject({ accepted: true, validationWarning: true });
  });

  const value = (...texts: string[]) => texts.map((userEnteredValue) => ({ userEnteredValue }));
  it.each<[Json, string, string]>([
    [{ type: 'NUMBER_BETWEEN', values: value('1', '31') }, '31', '32'],
    [{ type: 'DATE_ON_OR_AFTER', values: value('2026-12-01') }, '12/1/2026', '11/30/2026'],
    [{ type: 'DATE_IS_VALID' }, '12/1/2026', 'soon'],
    [{ type: 'TEXT_IS_EMAIL' }, 'a@b.co', 'a@b'],
    [{ type: 'BOOLEAN' }, 'TRUE', 'yes'],
    [{ type: 'ONE_OF_RANGE', values: value('=Sheet1!$C$1:$C$2') }, 'red', 'green'],
    [{ type: 'CUSTOM_FORMULA', values: value('=A1>10') }, '11', '10'],
  ])('judges %j', (condition, good, bad) => {
    const model = ruled({ condition, strict: true });
    model.paste('Sheet1', 'C1', [['red'], ['blue']]);
    expect(model.edit('Sheet1', 'A3', bad).accepted).toBe(false);
    expect(model.edit('Sheet1', 'A3', good).accepted).toBe(true);
  });

  it('lets a warning-only protection through with a flag and closes a real one to others', () => {
    const model = fresh();
    const warn = { range: firstCell, warningOnly: true };
    const closed = {
      range: { ...firstCell, startRowIndex: 1, endRowIndex: 2 },
      editors: { users: ['ann@example.com'] },
    };
    commit(model, { addProtectedRange: { protectedRange: warn } }, { addProtectedRange: { protectedRange: closed } });
    expect(model.edit('Sheet1', 'A1', 'x', 'bob@example.com')).toMatchObject({
      accepted: true,
      protectionWarning: true,
    });
    expect(model.edit('Sheet1', 'A2', 'x', 'bob@example.com').message).toMatch(/edit a protected cell or object/);
    expect(model.edit('Sheet1', 'A2', 'x', 'ann@example.com').accepted).toBe(true);
    expect(model.edit('Sheet1', 'A2', 'x').accepted).toBe(true);
  });
});

describe('rows as a person handles them', () => {
  it('inserts, deletes and sorts below the frozen header', () => {
    const model = fresh();
    model.paste('Sheet1', 'A1', [['name'], ['b'], ['c'], ['a']]);
    const properties = { sheetId: 0, gridProperties: { frozenRowCount: 1 } };
    commit(model, { updateSheetProperties: { properties, fields: 'gridProperties.frozenRowCount' } });
    model.sort('Sheet1', 1, false);
    model.insertRows('Sheet1', 2);
    model.deleteRows('Sheet1', 3);
    expect(model.api('spreadsheets.values.get', { range: 'A1:A5' }).values).toEqual([['name'], [], ['b'], ['a']]);
  });
});
