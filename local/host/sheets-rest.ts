/** The REST face of the Sheets API: the paths of the discovery document over one workbook. */
import { SheetsApiError } from './workbook/errors';
import type { WorkbookModel } from './workbook/workbook';

export interface RestRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RestReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Route {
  readonly verb: string;
  readonly path: RegExp;
  readonly id: string;
  readonly query: readonly string[];
  readonly hasBody: boolean;
}

const RENDER = ['majorDimension', 'valueRenderOption', 'dateTimeRenderOption'];
const RESPONSE = ['includeValuesInResponse', 'responseValueRenderOption', 'responseDateTimeRenderOption'];
const STANDARD = [
  '$.xgafv',
  'access_token',
  'alt',
  'callback',
  'fields',
  'key',
  'oauth_token',
  'prettyPrint',
  'quotaUser',
  'uploadType',
  'upload_protocol',
];

const BASE = '^/v4/spreadsheets/(?<spreadsheetId>[^/:]+)';

function route(verb: string, path: string, id: string, query: readonly string[], hasBody: boolean): Route {
  return { verb, path: new RegExp(`${BASE}${path}$`), id: `spreadsheets.${id}`, query, hasBody };
}

const ROUTES: readonly Route[] = [
  route('GET', '', 'get', ['ranges', 'includeGridData', 'commentsViewMode', 'excludeTablesInBandedRanges'], false),
  route('POST', ':batchUpdate', 'batchUpdate', [], true),
  route('GET', '/values:batchGet', 'values.batchGet', ['ranges', ...RENDER], false),
  route('POST', '/values:batchUpdate', 'values.batchUpdate', [], true),
  route('POST', '/values:batchClear', 'values.batchClear', [], true),
  route(
    'POST',
    '/values/(?<range>[^/]+):append',
    'values.append',
    ['valueInputOption', 'insertDataOption', ...RESPONSE],
    true,
  ),
  route('POST', '/values/(?<range>[^/]+):clear', 'values.clear', [], true),
  route('GET', '/values/(?<range>[^/]+)', 'values.get', RENDER, false),
  route('PUT', '/values/(?<range>[^/]+)', 'values.update', ['valueInputOption', ...RESPONSE], true),
];

function json(status: number, body: unknown): RestReply {
  const headers = { 'content-type': 'application/json; charset=UTF-8' };
  return { status, headers, body: JSON.stringify(body, null, 2) };
}

function notFoundPage(path: string): RestReply {
  const title = '<title>Error 404 (Not Found)!!1</title>';
  const body = `<!DOCTYPE html>\n<html lang=en>\n${title}\n<p>${path.replace(/[<&]/g, '')}\n`;
  return { status: 404, headers: { 'content-type': 'text/html; charset=UTF-8' }, body };
}

const MISSING_TOKEN =
  'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid ' +
  'authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';

function checkToken(headers: Readonly<Record<string, string>>): void {
  if (/^Bearer \S+$/.test(headers.authorization ?? '')) return;
  throw new SheetsApiError(401, 'UNAUTHENTICATED', MISSING_TOKEN);
}

/** The query as parameters: `ranges` may repeat, everything else comes once. */
function parameters(search: URLSearchParams, known: readonly string[]): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const name of new Set(search.keys())) {
    if (!known.includes(name) && !STANDARD.includes(name)) {
      const unknown = `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter.`;
      const field = `Field '${name}' could not be found in request message.`;
      throw new SheetsApiError(400, 'INVALID_ARGUMENT', `${unknown} ${field}`);
    }
    params[name] = name === 'ranges' ? search.getAll(name) : search.get(name);
  }
  return params;
}

function parseBody(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    const first = text.split('\n')[0] ?? '';
    throw new SheetsApiError(400, 'INVALID_ARGUMENT', `Invalid JSON payload received. Unexpected token.\n${first}\n^`);
  }
}

function answer(model: WorkbookModel, request: RestRequest, url: URL): RestReply {
  for (const candidate of ROUTES) {
    const match = candidate.path.exec(url.pathname);
    if (match === null || candidate.verb !== request.method.toUpperCase()) continue;
    checkToken(request.headers);
    const places = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    const params = { ...parameters(url.searchParams, candidate.query), ...Object.fromEntries(places) };
    const body = candidate.hasBody ? parseBody(request.body) : undefined;
    return json(200, model.api(candidate.id, params, body, Buffer.byteLength(request.body)));
  }
  return notFoundPage(url.pathname);
}

/** Answers one HTTP request to `https://sheets.googleapis.com` or a loopback copy; refusals are replies, not throws. */
export function sheetsRest(model: WorkbookModel, request: RestRequest): RestReply {
  try {
    return answer(model, request, new URL(request.url, 'https://sheets.googleapis.com'));
  } catch (error) {
    if (error instanceof SheetsApiError) return json(error.code, error.toJSON());
    throw error;
  }
}
