/** The door of the Sheets API: is it switched on, was the scope granted, is there quota left, and may the account open the file. */
import { checkScopes, errorInfo, type SheetsCall } from '../../host/sheets-rest';
import { invalid, SheetsApiError } from '../../host/workbook/errors';
import { list, obj } from '../../host/workbook/json';
import type { DriveFile, GoogleSheetsState, Role } from './state';

const PROJECT = '482913570624';
const CONSOLE = 'https://console.developers.google.com/apis/api/sheets.googleapis.com/overview';
const MINUTE_MS = 60_000;
const PER_USER = 60;
const PER_PROJECT = 300;

const help = (description: string, url: string) => ({
  '@type': 'type.googleapis.com/google.rpc.Help',
  links: [{ description, url }],
});

function checkSwitchedOn(state: GoogleSheetsState): void {
  if (!state.isApiOff) return;
  const url = `${CONSOLE}?project=${PROJECT}`;
  const message =
    `Google Sheets API has not been used in project ${PROJECT} before or it is disabled. Enable it by visiting ${url} then ` +
    'retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.';
  const info = errorInfo('SERVICE_DISABLED', { consumer: `projects/${PROJECT}` });
  const details = [help('Google developers console API activation', url), info];
  throw new SheetsApiError(403, 'PERMISSION_DENIED', message, details);
}

function exhausted(kind: 'Read' | 'Write', perUser: boolean): SheetsApiError {
  const limit = `${kind} requests per minute${perUser ? ' per user' : ''}`;
  const consumer = `for consumer 'project_number:${PROJECT}'`;
  const message = `Quota exceeded for quota metric '${kind} requests' and limit '${limit}' of service`;
  const info = errorInfo('RATE_LIMIT_EXCEEDED', {
    consumer: `projects/${PROJECT}`,
    quota_limit: `${kind}RequestsPerMinutePer${perUser ? 'User' : 'Project'}`,
    quota_limit_value: String(perUser ? PER_USER : PER_PROJECT),
    quota_location: 'global',
    quota_metric: `sheets.googleapis.com/${kind.toLowerCase()}_requests`,
    quota_unit: perUser ? '1/min/{project}/{user}' : '1/min/{project}',
  });
  const more = help('Request a higher quota limit.', 'https://cloud.google.com/docs/quotas/help/request_increase');
  const text = `${message} 'sheets.googleapis.com' ${consumer}.`;
  return new SheetsApiError(429, 'RESOURCE_EXHAUSTED', text, [info, more]);
}

/** A batch counts as one request; reads and writes are counted apart. */
function count(state: GoogleSheetsState, { account, writes }: SheetsCall, nowMs: number): void {
  state.asked = state.asked.filter(({ atMs }) => atMs > nowMs - MINUTE_MS);
  const alike = state.asked.filter((one) => one.writes === writes);
  const own = alike.filter((one) => one.account === account);
  if (own.length >= PER_USER || alike.length >= PER_PROJECT)
    throw exhausted(writes ? 'Write' : 'Read', own.length >= PER_USER);
  state.asked.push({ account, writes, atMs: nowMs });
}

const WRITERS: readonly (Role | undefined)[] = ['owner', 'writer'];

function mayUse({ access, anyone }: DriveFile, account: string, writes: boolean): boolean {
  const role = access[account.toLowerCase()];
  if (!writes) return role !== undefined || anyone !== undefined;
  return WRITERS.includes(role) || anyone === 'writer';
}

/** The file that a call is about. @throws SheetsApiError in Google's words when it may not be used so */
export function admitted(state: GoogleSheetsState, call: SheetsCall, nowMs: number): DriveFile {
  checkSwitchedOn(state);
  if (state.unticked.includes(call.account.toLowerCase())) checkScopes(call.method, []);
  count(state, call, nowMs);
  const file = state.files[call.spreadsheetId];
  if (file === undefined) throw new SheetsApiError(404, 'NOT_FOUND', 'Requested entity was not found.');
  if (!mayUse(file, call.account, call.writes)) {
    throw new SheetsApiError(403, 'PERMISSION_DENIED', 'The caller does not have permission');
  }
  if (file.kind === 'excel') {
    throw new SheetsApiError(400, 'FAILED_PRECONDITION', 'This operation is not supported for this document');
  }
  return file;
}

const METHODS = [
  'spreadsheets.get',
  'spreadsheets.batchUpdate',
  'spreadsheets.values.get',
  'spreadsheets.values.batchGet',
  'spreadsheets.values.update',
  'spreadsheets.values.batchUpdate',
  'spreadsheets.values.append',
];
const KINDS = ['addSheet', 'appendCells', 'appendDimension', 'updateCells'];

const absent = (what: string) => new SheetsApiError(501, 'UNIMPLEMENTED', `${what} is not part of this sandbox.`);

/** A mirror needs no more of the API than this; what it does not need is refused by name, where Google would answer it. */
export function checkNeeded({ method, body }: SheetsCall): void {
  if (!METHODS.includes(method)) throw absent(method);
  if (method !== 'spreadsheets.batchUpdate') return;
  for (const [at, request] of list(obj(body).requests).entries()) {
    if (typeof request !== 'object') throw invalid(`Invalid value at 'requests[${at}]'`);
    const other = Object.keys(obj(request)).find((kind) => !KINDS.includes(kind));
    if (other !== undefined) throw absent(`requests[${at}].${other}`);
  }
}
