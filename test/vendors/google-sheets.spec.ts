/** The Google Sheets sandbox: what it writes and reads, what people do to a spreadsheet meanwhile, and what it refuses. */
import { googleSheetsPeople as people } from '../../local/vendors/people';
import { ACCOUNTANT, HEADERS, LANDLORD, SheetsTalk } from './google-sheets-talk';

const refusal = (code: number, status: string, message: unknown = expect.any(String)) => ({
  status: code,
  json: { error: expect.objectContaining({ code, status, message }) },
});

const MANY = Array.from({ length: 60 }, (_, at) => at);

describe('what is written', () => {
  it('stays text under RAW, whatever it looks like, and is parsed like typing under USER_ENTERED', () => {
    const talk = new SheetsTalk();
    const row = ['=1+1', '+49 30 1', '007', '2026-12-01'];
    talk.put('Residents!A2', [row]);
    talk.put('Residents!A3', [row], 'USER_ENTERED');
    expect(talk.values('Residents!A2:D3', '?valueRenderOption=UNFORMATTED_VALUE').values).toEqual([
      row,
      [2, '#ERROR!', 7, 46_357],
    ]);
    expect(people.formulasIn(talk.state, talk.id, 'Residents')).toEqual(['A3', 'B3']);
  });

  it('leaves a cell alone for null and empties it for an empty text', () => {
    const talk = new SheetsTalk();
    talk.put('Residents!A2', [['10', 'Ann', 'L-1', 'kept']]);
    talk.put('Residents!A2', [['20', null, '']]);
    expect(talk.shown()[1]).toEqual(['20', 'Ann', '', 'kept']);
  });

  it('changes several places at once, or none of them', () => {
    const talk = new SheetsTalk();
    const data = [
      { range: 'Residents!C2', values: [['L-1']] },
      { range: 'Residents!A2', values: [[125.5]] },
    ];
    const done = talk.call('POST', '/values:batchUpdate', { valueInputOption: 'RAW', data });
    expect(done.json).toMatchObject({ totalUpdatedCells: 2, totalUpdatedSheets: 1 });
    const wrong = [...data, { range: 'Nowhere!A1', values: [['x']] }].map((each) => ({ ...each, values: [['other']] }));
    expect(talk.call('POST', '/values:batchUpdate', { valueInputOption: 'RAW', data: wrong })).toEqual(
      refusal(400, 'INVALID_ARGUMENT', 'Invalid data[2]: Unable to parse range: Nowhere!A1'),
    );
    expect(talk.shown()).toEqual([HEADERS, ['125.5', '', 'L-1']]);
  });

  it('is appended below the table, and the answer names the table and the new row', () => {
    const talk = new SheetsTalk();
    const row = ['0', 'Ann', 'L-1', 'x'];
    expect(talk.append('Residents!A1:D1', [row]).json).toEqual({
      spreadsheetId: talk.id,
      tableRange: 'Residents!A1:D1',
      updates: expect.objectContaining({ updatedRange: 'Residents!A2:D2', updatedRows: 1, updatedCells: 4 }),
    });
    expect(talk.append('Residents!A1:D1', [row]).json).toMatchObject({ tableRange: 'Residents!A1:D2' });
    expect(talk.shown()).toHaveLength(3);
  });

  it('is appended to the table at the left where an empty column parts the headers, over what stood there', () => {
    const talk = new SheetsTalk(['Note', '', 'Lease']);
    talk.append('Residents!A1:C1', [['', '', 'L-1']]);
    talk.append('Residents!A1:C1', [['', '', 'L-2']]);
    expect(talk.shown().map((row) => row[2])).toEqual(['Lease', 'L-2']);
    talk.append('Residents!A1:C1', [['', '', 'L-3']], '&insertDataOption=INSERT_ROWS');
    expect(talk.shown().map((row) => row[2])).toEqual(['Lease', 'L-3', 'L-2']);
  });

  it('makes the grid longer by appending and by asking, never by an update', () => {
    const talk = new SheetsTalk();
    people.trimTab(talk.state, talk.id, 'Residents', talk.nowMs);
    expect(talk.put('Residents!A2', [['1']])).toEqual(
      refusal(400, 'INVALID_ARGUMENT', 'Range (Residents!A2) exceeds grid limits. Max rows: 1, max columns: 4'),
    );
    expect(talk.append('Residents!A1', [['1']]).status).toBe(200);
    const more = { appendDimension: { sheetId: 0, dimension: 'COLUMNS', length: 2 } };
    expect(talk.batch(more).json).toEqual({ spreadsheetId: talk.id, replies: [{}] });
    expect(talk.put('Residents!F2', [['2']]).status).toBe(200);
  });

  it('comes with a new tab and its headers in one batch, of which a repeat does nothing', () => {
    const talk = new SheetsTalk();
    const grid = { rowCount: 10, columnCount: 3, frozenRowCount: 1 };
    const cell = (text: string) => ({ userEnteredValue: { stringValue: text } });
    const fields = 'userEnteredValue';
    const requests = [
      { addSheet: { properties: { sheetId: 7, title: 'Rents', gridProperties: grid } } },
      { updateCells: { start: { sheetId: 7 }, rows: [{ values: [cell('=Lease'), cell('Balance')] }], fields } },
      { appendCells: { sheetId: 7, rows: [{ values: [cell('L-1')] }], fields } },
    ];
    expect(talk.batch(...requests).json.replies).toHaveLength(3);
    expect(talk.batch(...requests).json.error.message).toMatch(/^Invalid requests\[0\].addSheet: .*"Rents"/);
    const { sheets } = talk.call('GET', '?fields=sheets(properties(sheetId,title,gridProperties))').json;
    expect(sheets[1]).toEqual({ properties: { sheetId: 7, title: 'Rents', gridProperties: grid } });
    expect(talk.shown('Rents')).toEqual([['=Lease', 'Balance'], ['L-1']]);
    expect(people.formulasIn(talk.state, talk.id, 'Rents')).toEqual([]);
  });

  it('is added below everything that the tab holds, in whatever column', () => {
    const talk = new SheetsTalk();
    people.typeRow(talk.state, talk.id, { tab: 'Residents', row: 4, column: 4, cells: ['Total'] }, talk.nowMs);
    const rows = [{ values: [{}, {}, { userEnteredValue: { stringValue: 'L-1' } }] }];
    talk.batch({ appendCells: { sheetId: 0, rows, fields: 'userEnteredValue' } });
    expect(talk.shown().slice(3)).toEqual([
      ['', '', '', 'Total'],
      ['', '', 'L-1'],
    ]);
  });
});

describe('what people do meanwhile', () => {
  it('moves rows and columns, so that a remembered place holds something else', () => {
    const talk = new SheetsTalk();
    talk.append('Residents!A1', [
      ['1', 'Bob', 'L-2'],
      ['2', 'Ann', 'L-1'],
    ]);
    people.sortRows(talk.state, talk.id, { tab: 'Residents', header: 'Lease' }, talk.nowMs);
    people.insertColumn(talk.state, talk.id, { tab: 'Residents', before: 'Lease', header: 'Flat' }, talk.nowMs);
    people.insertRows(talk.state, talk.id, 'Residents', 1, talk.nowMs);
    expect(talk.shown()).toEqual([
      [],
      ['Balance', 'Resident', 'Flat', 'Lease', 'Note'],
      ['2', 'Ann', '', 'L-1'],
      ['1', 'Bob', '', 'L-2'],
    ]);
    expect(people.records(talk.state, talk.id, 'Residents', 2)[0]).toMatchObject({ Lease: 'L-1', Balance: '2' });
    people.deleteColumn(talk.state, talk.id, 'Residents', 'Resident', talk.nowMs);
    people.deleteRow(talk.state, talk.id, 'Residents', 1, talk.nowMs);
    expect(talk.shown()[0]).toEqual(['Balance', 'Flat', 'Lease', 'Note']);
  });

  it('takes the tab away, and a read of it can no longer be parsed', () => {
    const talk = new SheetsTalk();
    people.addTab(talk.state, talk.id, 'Other', talk.nowMs);
    people.deleteTab(talk.state, talk.id, 'Residents', talk.nowMs);
    expect(people.tabsOf(talk.state, talk.id)).toEqual(['Other']);
    expect(talk.values('Residents!A1').error.message).toBe('Unable to parse range: Residents!A1');
  });

  it('closes the tab to all but its owner and named editors, for every way of writing', () => {
    const talk = new SheetsTalk();
    people.protectTab(talk.state, talk.id, 'Residents', talk.nowMs, ['clerk@example.com']);
    people.share(talk.state, talk.id, 'clerk@example.com', 'writer');
    const rows = [{ values: [{ userEnteredValue: { stringValue: 'x' } }] }];
    const tries = () => [
      talk.put('Residents!A2', [['x']]),
      talk.append('Residents!A1', [['x']]),
      talk.batch({ appendCells: { sheetId: 0, rows, fields: 'userEnteredValue' } }),
      talk.batch({ updateCells: { start: { sheetId: 0, rowIndex: 3 }, rows, fields: 'userEnteredValue' } }),
      talk.batch({ appendDimension: { sheetId: 0, dimension: 'ROWS', length: 1 } }),
    ];
    for (const tried of tries())
      expect(tried).toEqual(
        refusal(400, 'INVALID_ARGUMENT', expect.stringContaining('edit a protected cell or object')),
      );
    expect(talk.shown()).toEqual([HEADERS]);
    for (const account of ['clerk@example.com', ACCOUNTANT]) {
      talk.account = account;
      expect(tries().map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    }
  });

  it('takes access away, gives it for reading only, and deletes the file for good', () => {
    const talk = new SheetsTalk();
    people.share(talk.state, talk.id, LANDLORD, 'commenter');
    expect(talk.values('Residents!A1').values).toEqual([['Balance']]);
    expect(talk.put('Residents!A1', [['x']])).toEqual(
      refusal(403, 'PERMISSION_DENIED', 'The caller does not have permission'),
    );
    people.unshare(talk.state, talk.id, LANDLORD);
    expect(talk.call('GET', '')).toEqual(refusal(403, 'PERMISSION_DENIED', 'The caller does not have permission'));
    people.deleteFile(talk.state, talk.id);
    expect(talk.call('GET', '')).toEqual(refusal(404, 'NOT_FOUND', 'Requested entity was not found.'));
  });

  it('opens a workbook of Excel that the API does not know', () => {
    const talk = new SheetsTalk();
    const id = people.uploadExcel(talk.state, 'Rents.xlsx', LANDLORD);
    expect(talk.at('GET', `https://sheets.googleapis.com/v4/spreadsheets/${id}`)).toEqual(
      refusal(400, 'FAILED_PRECONDITION', 'This operation is not supported for this document'),
    );
  });

  it('switches the API off, or leaves the box for spreadsheets unticked', () => {
    const talk = new SheetsTalk();
    const reason = () =>
      talk.call('GET', '').json.error?.details.find((each: { reason?: string }) => each.reason)?.reason;
    people.switchApi(talk.state, false);
    expect(reason()).toBe('SERVICE_DISABLED');
    people.switchApi(talk.state, true);
    people.tickSpreadsheets(talk.state, LANDLORD, false);
    expect(reason()).toBe('ACCESS_TOKEN_SCOPE_INSUFFICIENT');
    people.tickSpreadsheets(talk.state, LANDLORD, true);
    expect(reason()).toBeUndefined();
  });
});

describe('what is refused', () => {
  it('is the 61st read of a minute, while writes and other people go on, until the minute has passed', () => {
    const talk = new SheetsTalk();
    const url = `https://sheets.googleapis.com/v4/spreadsheets/${talk.id}`;
    const read = () => talk.at('GET', `${url}?fields=spreadsheetId`);
    expect(new Set(MANY.map(() => read().status))).toEqual(new Set([200]));
    const refused = read();
    expect(refused).toEqual(
      refusal(429, 'RESOURCE_EXHAUSTED', expect.stringContaining("'Read requests per minute per user'")),
    );
    expect(refused.json.error.details[0]).toMatchObject({
      reason: 'RATE_LIMIT_EXCEEDED',
      metadata: { quota_limit: 'ReadRequestsPerMinutePerUser', quota_limit_value: '60' },
    });
    expect(talk.put('Residents!A2', [['x']]).status).toBe(200);
    talk.account = ACCOUNTANT;
    expect(read().status).toBe(200);
    talk.account = LANDLORD;
    talk.nowMs += 60_000;
    expect(read().status).toBe(200);
  });

  it('is more than 300 reads of a minute by all people of the project together', () => {
    const talk = new SheetsTalk();
    const read = () => talk.at('GET', `https://sheets.googleapis.com/v4/spreadsheets/${talk.id}?fields=spreadsheetId`);
    for (const person of ['a', 'b', 'c', 'd', 'e']) {
      talk.account = `${person}@example.com`;
      people.share(talk.state, talk.id, talk.account, 'reader');
      for (const _ of MANY) read();
    }
    talk.account = LANDLORD;
    expect(read().json.error.message).toContain("'Read requests per minute'");
  });

  it('is a token that is missing, made up, or granted too little', () => {
    const talk = new SheetsTalk();
    expect(talk.call('GET', '', undefined, { authorization: 'Bearer ya29.other' })).toEqual(
      refusal(401, 'UNAUTHENTICATED'),
    );
    talk.scopes = ['https://www.googleapis.com/auth/spreadsheets.readonly'];
    expect(talk.values('Residents!A1').values).toEqual([['Balance']]);
    expect(talk.put('Residents!A1', [['x']])).toEqual(refusal(403, 'PERMISSION_DENIED'));
  });

  const wrong: Record<string, readonly [method: string, path: string, body?: unknown]> = {
    'a write that does not say how it is meant': ['PUT', '/values/A1', { values: [['x']] }],
    'an input option that there is not': ['PUT', '/values/A1?valueInputOption=TYPED', { values: [['x']] }],
    'a value that is a list': ['PUT', '/values/A1?valueInputOption=RAW', { values: [[['x']]] }],
    'a body field that there is not': ['PUT', '/values/A1?valueInputOption=RAW', { rows: [['x']] }],
    'a parameter that there is not': ['GET', '/values/A1?render=x'],
    'a field mask that names nothing': ['GET', '?fields=tabs'],
    'a range that is broken off': ['GET', '/values/%E0%A4%A'],
    'more columns than the range has': ['PUT', '/values/A1:B1?valueInputOption=RAW', { values: [['x', 'y', 'z']] }],
    'a tab that there is already': [
      'POST',
      ':batchUpdate',
      { requests: [{ addSheet: { properties: { title: 'residents' } } }] },
    ],
    'a write of cells without a mask': [
      'POST',
      ':batchUpdate',
      { requests: [{ updateCells: { start: { sheetId: 0 }, rows: [] } }] },
    ],
    'a batch of nothing': ['POST', ':batchUpdate', { requests: [] }],
  };

  it.each(Object.keys(wrong))('is %s', (name) => {
    const [method, path, body] = wrong[name] as (typeof wrong)[string];
    const talk = new SheetsTalk();
    expect(talk.call(method, path, body)).toEqual(refusal(400, 'INVALID_ARGUMENT'));
    expect(talk.shown()).toEqual([HEADERS]);
  });

  it('is JSON that is sent as a form, which is what a fetch does that names no content type', () => {
    const talk = new SheetsTalk();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = talk.call('PUT', '/values/A1?valueInputOption=RAW', { values: [['x']] }, form);
    expect(sent).toEqual(refusal(400, 'INVALID_ARGUMENT', expect.stringContaining('Cannot bind query parameter')));
  });

  it('is what a mirror does not need, by name, and a path that is none', () => {
    const talk = new SheetsTalk();
    expect(talk.call('POST', '/values/A1:clear', {})).toEqual(refusal(501, 'UNIMPLEMENTED'));
    const remove = { deleteSheet: { sheetId: 0 } };
    expect(talk.batch(remove)).toEqual(
      refusal(501, 'UNIMPLEMENTED', 'requests[0].deleteSheet is not part of this sandbox.'),
    );
    expect(talk.call('DELETE', '').status).toBe(404);
  });
});

it('the account is plain JSON: what was saved and read again goes on as before', () => {
  const talk = new SheetsTalk();
  talk.append('Residents!A1', [['1', 'Ann', 'L-1']]);
  expect(JSON.parse(JSON.stringify(talk.state))).toEqual(talk.state);
  Object.assign(talk.state, JSON.parse(JSON.stringify(talk.state)));
  expect(talk.append('Residents!A1', [['2', 'Bob', 'L-2']]).json).toMatchObject({ tableRange: 'Residents!A1:D2' });
});
