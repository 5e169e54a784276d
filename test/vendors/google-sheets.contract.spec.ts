/** Every operation of the Google Sheets sandbox and every call of the connector, held against Google's own description of the API. */
import { googleSheetsPeople as people } from '../../local/vendors/people';
import { googleSheets } from '../../src/connectors/google-sheets';
import { MirrorBench, noteOf, statusOf } from '../connectors/google-sheets-rig';
import { LANDLORD, SheetsTalk } from './google-sheets-talk';
import { fitsWhatIsPublished } from './published';
import { har } from './talk';

const cell = (stringValue: string) => ({ userEnteredValue: { stringValue } });

function writeEverything(talk: SheetsTalk): void {
  const grid = { rowCount: 2, columnCount: 4, frozenRowCount: 1 };
  talk.batch(
    { addSheet: { properties: { sheetId: 7, title: 'Rent Ledger', gridProperties: grid } } },
    { updateCells: { start: { sheetId: 7 }, rows: [{ values: [cell('Lease')] }], fields: 'userEnteredValue' } },
    { appendCells: { sheetId: 7, rows: [{ values: [cell('L-1')] }], fields: 'userEnteredValue' } },
    { appendDimension: { sheetId: 7, dimension: 'ROWS', length: 100 } },
  );
  talk.put('Residents!A2', [['=1', true, 12.5, null]]);
  talk.put('Residents!A3', [['=1', '2026-12-01']], 'USER_ENTERED');
  talk.append("'Rent Ledger'!A1:D1", [['L-2']], '&insertDataOption=INSERT_ROWS&includeValuesInResponse=true');
  const data = [{ range: 'Residents!C2', majorDimension: 'ROWS', values: [['L-1']] }];
  talk.call('POST', '/values:batchUpdate', { valueInputOption: 'RAW', data, includeValuesInResponse: true });
}

function readEverything(talk: SheetsTalk): void {
  talk.call('GET', '');
  talk.call('GET', '?fields=properties.title,sheets(properties(sheetId,title,gridProperties),protectedRanges)');
  talk.call('GET', '?includeGridData=true&ranges=Residents');
  talk.values('Residents');
  talk.values("'Rent Ledger'!A1:B2", '?majorDimension=COLUMNS&valueRenderOption=FORMULA');
  talk.call('GET', '/values:batchGet?ranges=Residents!1:1&ranges=Residents!C:C&dateTimeRenderOption=FORMATTED_STRING');
}

function beRefused(talk: SheetsTalk): void {
  talk.values('Nowhere!A1');
  people.protectTab(talk.state, talk.id, 'Residents', talk.nowMs);
  talk.put('Residents!A2', [['x']]);
  people.unshare(talk.state, talk.id, LANDLORD);
  talk.values('Residents!A1');
  people.switchApi(talk.state, false);
  talk.values('Residents!A1');
  people.switchApi(talk.state, true);
  people.deleteFile(talk.state, talk.id);
  const read = () => talk.at('GET', `https://sheets.googleapis.com/v4/spreadsheets/${talk.id}`);
  for (let at = 0; at < 60; at++) read();
  talk.call('GET', '', undefined, { authorization: 'Bearer ya29.other' });
}

const talk = new SheetsTalk();
writeEverything(talk);
readEverything(talk);
const done = talk.exchanges.length;
beRefused(talk);

it('the tour succeeds until it is meant to be refused, and is refused in every way', () => {
  const statuses = talk.exchanges.map(({ reply }) => reply.status);
  expect(new Set(statuses.slice(0, done))).toEqual(new Set([200]));
  expect([...new Set(statuses.slice(done))].sort()).toEqual([400, 401, 403, 404, 429]);
});

describe('the sandbox', () => {
  fitsWhatIsPublished('Google Sheets', () => har(talk.exchanges), { platform: 'google-sheets', passed: 76 });
});

/** All that the connector does, in new tabs, in known rows, and where it is refused. */
function mirrored(): MirrorBench {
  const bench = new MirrorBench({ Residents: ['Lease', 'Balance'] });
  const { test, lists } = googleSheets;
  if (!test || !lists?.tabs) throw new Error('nothing to connect');
  people.trimTab(bench.state, bench.file, 'Residents', bench.nowMs);
  bench.run(test(bench.account));
  bench.run(lists.tabs(bench.account));
  bench.make();
  for (const _ of ['new', 'known']) {
    bench.tell('standing', statusOf('L-1'), statusOf('L-2', { lastPayment: undefined }));
    bench.tell('receipt', noteOf('stripe:pi_1'));
  }
  bench.make();
  people.deleteTab(bench.state, bench.file, 'Payments', bench.nowMs);
  bench.tell('receipt', noteOf('stripe:pi_1'));
  people.deleteFile(bench.state, bench.file);
  bench.tell('standing', statusOf('L-1'));
  return bench;
}

describe('the connector', () => {
  const bench = mirrored();

  it('makes every call that it can make', () => {
    const bodies = bench.sent.map(({ method, url, body = '' }) => `${method} ${url} ${body}`);
    const wanted = [/fields=properties.title/, /formattedValue/, /GET .*values:batchGet/, /POST .*values:batchUpdate/];
    for (const call of [...wanted, /addSheet/, /updateCells/, /appendCells/, /appendDimension/])
      expect(bodies).toContainEqual(expect.stringMatching(call));
  });

  fitsWhatIsPublished('Google Sheets', () => bench.har.toJSON(), { platform: 'google-sheets', passed: 22 });
});
