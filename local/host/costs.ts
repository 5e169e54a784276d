/** How long a service call takes, in modelled milliseconds: the host's only opinion about Google's speed. */

const READ_MS = 60;
const BUFFERED_WRITE_MS = 2;
const FLUSH_MS = 600;
const API_READ_MS = 100;
const API_WRITE_MS = 300;
const FETCH_MS = 600;
const FETCH_ALL_EACH_MS = 40;
const MAIL_MS = 350;

/** Exact calls; everything else of a service has the cost of its `*` line. Measured figures from the field. */
const TABLE: Readonly<Record<string, number>> = {
  'Sheets.*': API_READ_MS,
  'Sheets.Spreadsheets.batchUpdate': API_WRITE_MS,
  'Sheets.Spreadsheets.Values.update': API_WRITE_MS,
  'Sheets.Spreadsheets.Values.batchUpdate': API_WRITE_MS,
  'Sheets.Spreadsheets.Values.append': API_WRITE_MS,
  'Sheets.Spreadsheets.Values.clear': API_WRITE_MS,
  'Sheets.Spreadsheets.Values.batchClear': API_WRITE_MS,
  'SpreadsheetApp.*': READ_MS,
  'SpreadsheetApp.flush': FLUSH_MS,
  'SpreadsheetApp.getActiveSpreadsheet': BUFFERED_WRITE_MS,
  'SpreadsheetApp.Spreadsheet.getRange': BUFFERED_WRITE_MS,
  'SpreadsheetApp.Sheet.getRange': BUFFERED_WRITE_MS,
  'Ui.*': BUFFERED_WRITE_MS,
  'UrlFetchApp.fetch': FETCH_MS,
  'Gmail.*': API_READ_MS,
  'Gmail.Users.Messages.send': MAIL_MS,
  'MailApp.sendEmail': MAIL_MS,
  'MailApp.*': 30,
  'PropertiesService.*': 62,
  'PropertiesService.getProperty': 30,
  'PropertiesService.getProperties': 30,
  'PropertiesService.getKeys': 30,
  'CacheService.*': 93,
  'CacheService.get': 3,
  'CacheService.getAll': 3,
  'LockService.*': 100,
  'ScriptApp.*': API_READ_MS,
};

const SPREADSHEET_WRITE = /(^|\.)(set|append|clear|insert|delete|activate|hide|show|toast|add|remove|sort)/;

/** Milliseconds of one call. `requests` is how many requests a `fetchAll` carries. */
export function costMs(service: string, method: string, requests = 1): number {
  if (service === 'UrlFetchApp' && method === 'fetchAll') return FETCH_MS + FETCH_ALL_EACH_MS * requests;
  const exact = TABLE[`${service}.${method}`];
  if (exact !== undefined) return exact;
  if (service === 'SpreadsheetApp' && SPREADSHEET_WRITE.test(method)) return BUFFERED_WRITE_MS;
  return TABLE[`${service}.*`] ?? 0;
}

/**
 * Calls that compute and touch nothing outside the execution. They take no service time and are no fault points:
 * a kill beside them cannot be told from a kill at the next call that acts.
 */
const PURE = new Set(['Utilities', 'Session', 'HtmlService', 'console', 'Logger']);

/** True for a call that is numbered, costed and a fault point. */
export function isNumbered(service: string, method: string): boolean {
  if (service === 'Utilities') return method === 'sleep';
  return !PURE.has(service);
}
