/** The REST face of the Sheets API: the paths of the discovery document, for one workbook or for whoever keeps several. */
import { neededScopes } from './scopes';
import { type Bearer, bearerOf } from './tokens';
import { invalid, SheetsApiError } from './workbook/errors';
import type { Json } from './workbook/json';
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

/** One call of the API, read and found to be well formed. */
export interface SheetsCall {
  /** `spreadsheets.values.get` */
  readonly method: string;
  readonly writes: boolean;
  readonly spreadsheetId: string;
  readonly params: Json;
  readonly body: unknown;
  /** The length of the request's JSON. */
  readonly bytes: number;
  /** Whose token it came with. */
  readonly account: string;
}

export const SHEETS_HOST = 'sheets.googleapis.com';

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

const NO_TOKEN =
  'Expected OAuth 2 access token, login cookie or other valid authentication credential. ' +
  'See https://developers.google.com/identity/sign-in/web/devconsole-project.';

function bearerIn({ headers }: RestRequest): Bearer {
  const bearer = bearerOf(headers.authorization);
  if (bearer !== undefined) return bearer;
  const isMissing = headers.authorization === undefined;
  const what = isMissing ? 'is missing required authentication credential' : 'had invalid authentication credentials';
  throw new SheetsApiError(401, 'UNAUTHENTICATED', `Request ${what}. ${NO_TOKEN}`);
}

/** Google's `ErrorInfo`: the machine's word for why it refused. */
export function errorInfo(reason: string, metadata: Readonly<Record<string, string>> = {}): unknown {
  const type = 'type.googleapis.com/google.rpc.ErrorInfo';
  return { '@type': type, reason, domain: 'googleapis.com', metadata: { service: SHEETS_HOST, ...metadata } };
}

/** @throws SheetsApiError 403 when none of the scopes that allow the call was granted */
export function checkScopes(method: string, scopes: readonly string[] | undefined): void {
  if (scopes === undefined || neededScopes(`Sheets.${method}`).some((scope) => scopes.includes(scope))) return;
  const text = 'Request had insufficient authentication scopes.';
  throw new SheetsApiError(403, 'PERMISSION_DENIED', text, [errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', { method })]);
}

function unknownParameter(name: string): SheetsApiError {
  const unknown = `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter.`;
  return invalid(`${unknown} Field '${name}' could not be found in request message.`);
}

/** The query as parameters: `ranges` may repeat, everything else comes once. */
function parameters(search: URLSearchParams, known: readonly string[]): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const name of new Set(search.keys())) {
    if (!known.includes(name) && !STANDARD.includes(name)) {
      throw unknownParameter(name);
    }
    params[name] = name === 'ranges' ? search.getAll(name) : search.get(name);
  }
  return params;
}

function parseBody({ body: text, headers }: RestRequest): unknown {
  if (text === '') return {};
  const type = (headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase();
  // UrlFetchApp sends a form unless it is told otherwise, and Google reads a form as query parameters.
  if (type === 'application/x-www-form-urlencoded') throw unknownParameter(text);
  if (type !== 'application/json') throw invalid(`Unsupported content type: ${type}`);
  try {
    return JSON.parse(text);
  } catch {
    const first = text.split('\n')[0] ?? '';
    throw invalid(`Invalid JSON payload received. Unexpected token.\n${first}\n^`);
  }
}

function pathText(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw invalid('Request contains an invalid argument.');
  }
}

function callOf(request: RestRequest, url: URL): SheetsCall | undefined {
  for (const candidate of ROUTES) {
    const match = candidate.path.exec(url.pathname);
    if (match === null || candidate.verb !== request.method.toUpperCase()) continue;
    const bearer = bearerIn(request);
    checkScopes(candidate.id, bearer.scopes);
    const places = Object.entries(match.groups ?? {}).map(([name, value]) => [name, pathText(value)]);
    const params: Json = { ...parameters(url.searchParams, candidate.query), ...Object.fromEntries(places) };
    return {
      method: candidate.id,
      writes: candidate.verb !== 'GET',
      spreadsheetId: String(params.spreadsheetId),
      params,
      body: candidate.hasBody ? parseBody(request) : undefined,
      bytes: Buffer.byteLength(request.body),
      account: bearer.account,
    };
  }
  return undefined;
}

/**
 * Answers one HTTP request to `https://sheets.googleapis.com` or a loopback copy with what `serve` gives for it. Refusals are
 * replies, not throws.
 */
export function answerSheets(request: RestRequest, serve: (call: SheetsCall) => unknown): RestReply {
  const url = new URL(request.url, `https://${SHEETS_HOST}`);
  try {
    const call = callOf(request, url);
    return call === undefined ? notFoundPage(url.pathname) : json(200, serve(call));
  } catch (error) {
    if (error instanceof SheetsApiError) return json(error.code, error.toJSON());
    throw error;
  }
}

/** Answers for one workbook, which every account of this world may open. */
export function sheetsRest(model: WorkbookModel, request: RestRequest): RestReply {
  return answerSheets(request, ({ method, params, body, bytes, account }) =>
    model.api(method, params, body, bytes, account),
  );
}

/** The spreadsheet that an address is about; undefined when it is about none. */
export function spreadsheetOf(url: string): string | undefined {
  return new RegExp(BASE).exec(new URL(url).pathname)?.groups?.spreadsheetId;
}
