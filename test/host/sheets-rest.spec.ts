/** The REST face of the Sheets API, request by request. */
import { sheetsRest } from '../../local/host/sheets-rest';
import { WorkbookModel } from '../../local/host/workbook/workbook';

function fresh(): WorkbookModel {
  return WorkbookModel.create({ id: 'book', title: 'Rents', locale: 'en_US', timeZone: 'Etc/UTC' });
}

function send(
  model: WorkbookModel,
  method: string,
  path: string,
  body?: unknown,
  token = 'Bearer t',
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
});
