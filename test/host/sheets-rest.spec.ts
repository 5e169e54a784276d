/** The REST face of the Sheets API, request by request. */
import { sheetsRest } from '../../local/host/sheets-rest';
import { tokenOf } from '../../local/host/tokens';
import { WorkbookModel } from '../../local/host/workbook/workbook';

function fresh(): WorkbookModel {
  return WorkbookModel.create({ id: 'book', title: 'Rents', locale: 'en_US', timeZone: 'Etc/UTC' });
}

function send(
  model: WorkbookModel,
  method: string,
  path: string,
  body?: unknown,
  token = `Bearer ${tokenOf('owner@example.com')}`,
): [number, unknown] {
  const reply = sheetsRest(model, {
    method,
    url: `https://sheets.googleapis.com${path}`,
    headers: token === '' ? {} : { authorization: token },
    body: body === undefined ? '' : JSON.stringify(body),
  });
  const isJson = (reply.headers['content-type'] ?? '').startsWith('application/json');
  return [reply.status, isJson ? JSON.parse(reply.body) : reply.body];
}

const BOOK = '/v4/spreadsheets/book';

describe('the Sheets REST face', () => {
  it('writes, reads, appends and clears through encoded ranges', () => {
    const model = fresh();
    const values = [['a', 1]];
    const [status, updated] = send(model, 'PUT', `${BOOK}/values/Sheet1!A1%3AB2?valueInputOption=RAW`, { values });
    expect([status, updated]).toEqual([
      200,
      expect.objectContaining({ updatedRange: 'Sheet1!A1:B1', updatedCells: 2 }),
    ]);
    send(model, 'POST', `${BOOK}/values/Sheet1!A1:append?valueInputOption=RAW`, { values: [['b', 2]] });
    expect(
      send(model, 'GET', `${BOOK}/values:batchGet?ranges=A1:B2&ranges=C1&valueRenderOption=UNFORMATTED_VALUE`)[1],
    ).toEqual({
      spreadsheetId: 'book',
      valueRanges: [
        {
          range: 'Sheet1!A1:B2',
          majorDimension: 'ROWS',
          values: [
            ['a', 1],
            ['b', 2],
          ],
        },
        { range: 'Sheet1!C1', majorDimension: 'ROWS' },
      ],
    });
    send(model, 'POST', `${BOOK}/values/A1:B1:clear`, {});
    expect(send(model, 'GET', `${BOOK}/values/A1:B9?fields=values`)[1]).toEqual({ values: [[], ['b', '2']] });
  });

  it('carries out a batch and answers a get cut to its mask', () => {
    const model = fresh();
    const requests = [{ addSheet: { properties: { sheetId: 5, title: 'Ledger' } } }];
    expect(send(model, 'POST', `${BOOK}:batchUpdate`, { requests })[0]).toBe(200);
    expect(send(model, 'GET', `${BOOK}?fields=spreadsheetId,sheets.properties(sheetId,title,index)`)[1]).toEqual({
      spreadsheetId: 'book',
      sheets: [
        { properties: { sheetId: 0, title: 'Sheet1', index: 0 } },
        { properties: { sheetId: 5, title: 'Ledger', index: 1 } },
      ],
    });
  });

  const refusals: Record<
    string,
    { code: number; status: string; request: Parameters<typeof send> extends [unknown, ...infer R] ? R : never }
  > = {
    'a missing token': { code: 401, status: 'UNAUTHENTICATED', request: ['GET', BOOK, undefined, ''] },
    'a made-up token': { code: 401, status: 'UNAUTHENTICATED', request: ['GET', BOOK, undefined, 'Bearer ya29.x'] },
    'another file': { code: 404, status: 'NOT_FOUND', request: ['GET', '/v4/spreadsheets/other'] },
    'a range that is none': { code: 400, status: 'INVALID_ARGUMENT', request: ['GET', `${BOOK}/values/Nope!A1`] },
    'an unknown parameter': { code: 400, status: 'INVALID_ARGUMENT', request: ['GET', `${BOOK}/values/A1?render=x`] },
    'an unknown option': {
      code: 400,
      status: 'INVALID_ARGUMENT',
      request: ['GET', `${BOOK}/values/A1?valueRenderOption=RAW`],
    },
    'an unknown body field': {
      code: 400,
      status: 'INVALID_ARGUMENT',
      request: ['POST', `${BOOK}:batchUpdate`, { request: [] }],
    },
    'a list where one is missing': {
      code: 400,
      status: 'INVALID_ARGUMENT',
      request: ['PUT', `${BOOK}/values/A1?valueInputOption=RAW`, { values: ['x'] }],
    },
  };

  it.each(Object.keys(refusals))("refuses %s in Google's shape", (name) => {
    const { code, status, request } = refusals[name] as (typeof refusals)[string];
    const [answered, error] = send(fresh(), ...request);
    expect(answered).toBe(code);
    expect(error).toEqual({ error: expect.objectContaining({ code, status, message: expect.any(String) }) });
  });

  it('knows no other paths', () => {
    expect(send(fresh(), 'GET', '/v4/spreadsheets')[0]).toBe(404);
    expect(send(fresh(), 'DELETE', BOOK)[0]).toBe(404);
  });

  it('lets a token do what it was granted, and no more', () => {
    const reader = `Bearer ${tokenOf('owner@example.com', ['https://www.googleapis.com/auth/spreadsheets.readonly'])}`;
    const model = fresh();
    expect(send(model, 'GET', `${BOOK}/values/A1`, undefined, reader)[0]).toBe(200);
    const [status, refused] = send(model, 'PUT', `${BOOK}/values/A1?valueInputOption=RAW`, { values: [['x']] }, reader);
    expect(status).toBe(403);
    expect(refused).toMatchObject({ error: { details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] } });
  });

  it('holds the protection of a range against every account but the owner and its editors', () => {
    const model = fresh();
    model.owner = 'owner@example.com';
    const range = { sheetId: 0, startRowIndex: 1, endRowIndex: 4, startColumnIndex: 0, endColumnIndex: 2 };
    const protectedRange = { range, editors: { users: ['editor@example.com'] } };
    send(model, 'POST', `${BOOK}:batchUpdate`, { requests: [{ addProtectedRange: { protectedRange } }] });
    const write = (account: string, place: string) =>
      send(
        model,
        'PUT',
        `${BOOK}/values/${place}?valueInputOption=RAW`,
        { values: [['x', 'y', 'z']] },
        `Bearer ${tokenOf(account)}`,
      )[0];
    expect(['owner', 'editor', 'other'].map((name) => write(`${name}@example.com`, 'A2'))).toEqual([200, 200, 400]);
    expect(['A1', 'B4', 'C2', 'A5'].map((place) => write('other@example.com', place))).toEqual([200, 400, 200, 200]);
    const clear = (token: string) => send(model, 'POST', `${BOOK}/values/A1:C9:clear`, {}, `Bearer ${token}`)[0];
    expect(clear(tokenOf('other@example.com'))).toBe(400);
    expect(clear(tokenOf('owner@example.com'))).toBe(200);
  });

  it('lets a block be written that lies wholly where a protected tab was left open', () => {
    const model = fresh();
    model.owner = 'owner@example.com';
    const open = { sheetId: 0, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 };
    const protectedRange = { range: { sheetId: 0 }, unprotectedRanges: [open] };
    send(model, 'POST', `${BOOK}:batchUpdate`, { requests: [{ addProtectedRange: { protectedRange } }] });
    const token = `Bearer ${tokenOf('other@example.com')}`;
    const write = (values: string[][]) =>
      send(model, 'PUT', `${BOOK}/values/A1?valueInputOption=RAW`, { values }, token)[0];
    expect(write([['a', 'b'], ['c']])).toBe(200);
    expect(write([['a', 'b', 'c']])).toBe(400);
  });
});
