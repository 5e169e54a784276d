/** Google's own Sheets client talks to our sandbox: it reads, writes as text, appends, makes a tab, and is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auth, sheets } from '@googleapis/sheets';
import { googleSheetsPeople as people } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { url, state, clock } = await serve('google-sheets');
const LANDLORD = 'owner@example.com';
const HEADERS = ['Balance', 'Resident', 'Lease'];

const clientOf = (token) => {
  const signedIn = new auth.OAuth2();
  signedIn.setCredentials({ access_token: token });
  return sheets({ version: 'v4', rootUrl: `${url}/`, auth: signedIn, retry: false });
};
const { spreadsheets } = clientOf(people.letIn(LANDLORD));

/** A spreadsheet of the accountant's, in which the landlord may write. A minute passes, and with it the quota. */
const made = () => {
  clock.nowMs += 60_000;
  const file = { title: 'Portfolio', owner: 'accountant@example.com', tabs: { 'Rents 2026': HEADERS } };
  const spreadsheetId = people.makeSpreadsheet(state, file, clock.nowMs);
  people.share(state, spreadsheetId, LANDLORD, 'writer');
  return spreadsheetId;
};
const RANGE = "'Rents 2026'!A1:C1";
const append = (spreadsheetId, values) =>
  spreadsheets.values.append({
    spreadsheetId,
    range: RANGE,
    valueInputOption: 'RAW',
    insertDataOption: 'INSERT_ROWS',
    requestBody: { values },
  });
const refused = (status, code) => (error) =>
  error.status === code && error.response.data.error.status === status && error.response.data.error.code === code;

test('a spreadsheet is told with its tabs and their size, and no more than was asked', async () => {
  const spreadsheetId = made();
  const fields = 'properties.title,sheets.properties(sheetId,title,gridProperties(rowCount,columnCount))';
  const { data } = await spreadsheets.get({ spreadsheetId, fields });
  assert.deepEqual(data, {
    properties: { title: 'Portfolio' },
    sheets: [{ properties: { sheetId: 0, title: 'Rents 2026', gridProperties: { rowCount: 1000, columnCount: 26 } } }],
  });
});

test('rows are appended, found by their key, and changed in place, as text', async () => {
  const spreadsheetId = made();
  const { data: first } = await append(spreadsheetId, [[1250.5, '=IMPORTXML("x")', 'L-1']]);
  assert.equal(first.updates.updatedRange, "'Rents 2026'!A2:C2");
  await append(spreadsheetId, [['', "Bob O'Neil", 'L-2']]);
  people.sortRows(state, spreadsheetId, { tab: 'Rents 2026', header: 'Lease', descending: true }, clock.nowMs);
  const { data } = await spreadsheets.values.batchGet({ spreadsheetId, ranges: [RANGE, "'Rents 2026'!C:C"] });
  const [header, leases] = data.valueRanges.map((each) => each.values);
  assert.deepEqual(header, [HEADERS]);
  assert.deepEqual(leases.flat(), ['Lease', 'L-2', 'L-1']);
  const { data: done } = await spreadsheets.values.batchUpdate({
    spreadsheetId,
    requestBody: {
      valueInputOption: 'RAW',
      data: [
        { range: "'Rents 2026'!A3", values: [[0]] },
        { range: "'Rents 2026'!A2", values: [[99.99]] },
      ],
    },
  });
  assert.equal(done.totalUpdatedCells, 2);
  const { data: all } = await spreadsheets.values.get({ spreadsheetId, range: 'Rents 2026' });
  assert.deepEqual(all.values.slice(1), [
    ['99.99', "Bob O'Neil", 'L-2'],
    ['0', '=IMPORTXML("x")', 'L-1'],
  ]);
  assert.deepEqual(people.formulasIn(state, spreadsheetId, 'Rents 2026'), []);
});

test('a cell is updated, and read as a number or as it is shown', async () => {
  const spreadsheetId = made();
  const range = "'Rents 2026'!A2";
  const typed = { spreadsheetId, range, valueInputOption: 'USER_ENTERED', requestBody: { values: [['$1,250.50']] } };
  const { data } = await spreadsheets.values.update(typed);
  assert.deepEqual([data.updatedRange, data.updatedCells], [range, 1]);
  const read = async (valueRenderOption) =>
    (await spreadsheets.values.get({ spreadsheetId, range, valueRenderOption })).data.values[0][0];
  assert.equal(await read('UNFORMATTED_VALUE'), 1250.5);
  assert.equal(await read('FORMATTED_VALUE'), '$1,250.50');
});

test('a tab comes with its headers and its rows in one batch, and a repeat changes nothing', async () => {
  const spreadsheetId = made();
  const values = HEADERS.map((stringValue) => ({ userEnteredValue: { stringValue } }));
  const fields = 'userEnteredValue';
  const requests = [
    { addSheet: { properties: { sheetId: 5, title: 'Mirror', gridProperties: { rowCount: 1, columnCount: 3 } } } },
    { updateCells: { start: { sheetId: 5 }, rows: [{ values }], fields } },
    { appendDimension: { sheetId: 5, dimension: 'ROWS', length: 9 } },
    { appendCells: { sheetId: 5, rows: [{ values: values.slice(0, 1) }], fields } },
  ];
  const { data } = await spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } });
  assert.equal(data.replies.length, 4);
  await assert.rejects(
    spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } }),
    (error) => error.status === 400 && error.message.includes('requests[0].addSheet'),
  );
  const { data: read } = await spreadsheets.values.get({ spreadsheetId, range: 'Mirror' });
  assert.deepEqual(read.values, [HEADERS, ['Balance']]);
});

test('no access, no file, a closed tab and no token are errors that the client can read', async () => {
  const spreadsheetId = made();
  people.protectTab(state, spreadsheetId, 'Rents 2026', clock.nowMs);
  await assert.rejects(append(spreadsheetId, [['x']]), refused('INVALID_ARGUMENT', 400));
  people.unshare(state, spreadsheetId, LANDLORD);
  await assert.rejects(spreadsheets.get({ spreadsheetId }), refused('PERMISSION_DENIED', 403));
  await assert.rejects(spreadsheets.get({ spreadsheetId: 'none' }), refused('NOT_FOUND', 404));
  await assert.rejects(clientOf('ya29.made-up').spreadsheets.get({ spreadsheetId }), refused('UNAUTHENTICATED', 401));
});

test('the quota of a minute ends with an error that names it, and the next minute is free', async () => {
  const spreadsheetId = made();
  for (let at = 0; at < 60; at++) await append(spreadsheetId, [[at]]);
  await assert.rejects(append(spreadsheetId, [['x']]), (error) => {
    const [info] = error.response.data.error.details;
    return error.status === 429 && info.metadata.quota_limit === 'WriteRequestsPerMinutePerUser';
  });
  clock.nowMs += 60_000;
  assert.equal((await append(spreadsheetId, [['x']])).status, 200);
});
