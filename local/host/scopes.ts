/** Who may call what: the manifest's scopes, and the narrower rights of simple triggers and custom functions. */
import { apiCallError, GoogleError } from './errors';

/** `full`: granted; `limited`: a simple trigger; `none`: onOpen before the first use; `custom`: a cell's function. */
export type Mode = 'full' | 'limited' | 'none' | 'custom';

const ROOT = 'https://www.googleapis.com/auth/';
const MAIL = 'https://mail.google.com/';
const scope = (...names: string[]) => names.map((name) => ROOT + name);

const SHEETS_WRITE = scope('spreadsheets', 'drive', 'drive.file');
const SHEETS_READ = [...SHEETS_WRITE, ...scope('spreadsheets.readonly', 'drive.readonly')];
const GMAIL_READ = [MAIL, ...scope('gmail.modify', 'gmail.readonly')];

/** Any one of the scopes is enough. The Gmail rows follow the API's discovery document. */
const NEEDS: readonly (readonly [pattern: RegExp, scopes: readonly string[]])[] = [
  [/^Sheets\..*\.?(get|batchGet)$/, SHEETS_READ],
  [/^Sheets\./, SHEETS_WRITE],
  [/^Gmail\.Users\.Messages\.send$/, [MAIL, ...scope('gmail.modify', 'gmail.compose', 'gmail.send')]],
  [/^Gmail\.Users\.getProfile$/, [...GMAIL_READ, ...scope('gmail.compose', 'gmail.metadata')]],
  [/^Gmail\.Users\.Labels\.create$/, [MAIL, ...scope('gmail.modify', 'gmail.labels')]],
  [/^Gmail\.Users\.Labels\./, [...GMAIL_READ, ...scope('gmail.labels', 'gmail.metadata')]],
  [/^Gmail\./, [...GMAIL_READ, ...scope('gmail.metadata')]],
  [/^Ui\.show(Sidebar|Dialog)$/, scope('script.container.ui')],
  [/^SpreadsheetApp\.flush$/, []],
  [/^SpreadsheetApp\.(open|openById|openByUrl|create)$/, scope('spreadsheets')],
  [/^SpreadsheetApp\./, scope('spreadsheets.currentonly', 'spreadsheets')],
  [/^UrlFetchApp\./, scope('script.external_request')],
  [/^MailApp\./, scope('script.send_mail')],
  [/^ScriptApp\.(newTrigger|getProjectTriggers|getUserTriggers|deleteTrigger)$/, scope('script.scriptapp')],
  [/^Session\.(getActiveUser|getEffectiveUser)$/, scope('userinfo.email')],
];

/** Scopes of a call, any of which is enough; empty when it needs none. */
export function neededScopes(call: string): readonly string[] {
  return NEEDS.find(([pattern]) => pattern.test(call))?.[1] ?? [];
}

const SHOWS = /^Ui\.show/;
const READS = /^SpreadsheetApp\.(.*\.)?(get|is)[A-Z]/;
const COMPUTES = /^(Utilities|console|Logger|HtmlService|ContentService|CardService|Session)\./;
const KEEPS = /^(PropertiesService|CacheService|LockService)\./;

/**
 * A simple trigger works on the bound file and its window only, before authorisation on nothing but a menu. A custom
 * function reads the file and may fetch; it neither writes nor shows anything.
 */
function isAllowed(mode: Mode, call: string): boolean {
  if (COMPUTES.test(call)) return true;
  const isWindow = call.startsWith('Ui.') && !SHOWS.test(call);
  if (mode === 'none') return isWindow;
  if (mode === 'limited') return isWindow || KEEPS.test(call) || call.startsWith('SpreadsheetApp.');
  return KEEPS.test(call) || call.startsWith('UrlFetchApp.') || READS.test(call);
}

/** Throws Google's text when the manifest or the kind of execution does not allow the call. */
export function requirePermission(mode: Mode, granted: readonly string[], service: string, method: string): void {
  const call = `${service}.${method}`;
  const needed = neededScopes(call);
  const listed = needed.length === 0 ? '' : ` Required permissions: ${oneOf(needed)}`;
  if (mode !== 'full' && !isAllowed(mode, call)) {
    throw new GoogleError(`You do not have permission to call ${call}.${listed}`);
  }
  // A simple trigger works on the bound file without any grant.
  if (mode !== 'full' || needed.length === 0 || needed.some((name) => granted.includes(name))) return;
  if (service === 'Sheets' || service === 'Gmail') {
    const name = call.replace(/\b([A-Z])/g, (letter) => letter.toLowerCase());
    throw apiCallError(name, 403, 'Request had insufficient authentication scopes.');
  }
  throw new GoogleError(`Specified permissions are not sufficient to call ${call}.${listed}`);
}

function oneOf(scopes: readonly string[]): string {
  return scopes.length === 1 ? String(scopes[0]) : `(${scopes.join(' || ')})`;
}
