/** How the Sheets API is talked to: addresses of a spreadsheet, ranges, and what its errors mean. */
import { errorIn } from '../../http/body';
import { getFrom, percent, sendJson, withHeaders } from '../../http/encode';
import { classify, fail, isGood } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials } from '../connector';

export const HOST = 'sheets.googleapis.com';
const BASE = `https://${HOST}/v4/spreadsheets`;

/** The id in what the owner has entered: the address of the page, or the id itself. */
export function spreadsheetIn({ SHEETS_SPREADSHEET: entered = '' }: Account): string {
  const text = entered.trim();
  // A published copy has an address of its own kind, /d/e/2PACX…: nobody can write into that.
  const id =
    /\/spreadsheets\/(?:u\/\d+\/)?d\/([\w-]{20,})(?:[/?#]|$)/.exec(text)?.[1] ?? /^[\w-]{20,}$/.exec(text)?.[0];
  if (id) return id;
  return fail('rejected', 'The spreadsheet is no address of a Google Sheet. Open it and copy the address of its page.');
}

export const pageOf = (account: Account, sheetId?: number): string =>
  `https://docs.google.com/spreadsheets/d/${spreadsheetIn(account)}/edit${sheetId === undefined ? '' : `#gid=${sheetId}`}`;

type Query = readonly (readonly [name: string, value: string])[];

function address(account: Account, path: string, query: Query = []): string {
  const pairs = query.map(([name, value]) => `${name}=${percent(value)}`).join('&');
  return `${BASE}/${spreadsheetIn(account)}${path}${pairs === '' ? '' : `?${pairs}`}`;
}

const each = (ranges: readonly string[]): Query => ranges.map((range) => ['ranges', range] as const);

/** The spreadsheet as a resource, no more of it than the fields name. */
export const shape = (account: Account, fields: string, ranges: readonly string[] = []): HttpRequest =>
  getFrom(address(account, '', [...each(ranges), ['fields', fields]]));

/** Plain values, column by column: numbers as numbers, texts as texts. */
export const columnsIn = (account: Account, ranges: readonly string[]): HttpRequest =>
  getFrom(
    address(account, '/values:batchGet', [
      ...each(ranges),
      ['majorDimension', 'COLUMNS'],
      ['valueRenderOption', 'UNFORMATTED_VALUE'],
    ]),
  );

export interface Written {
  readonly range: string;
  /** Null leaves the cell as it is; an empty text empties it. */
  readonly values: readonly (readonly (string | number | null)[])[];
}

/** All of it or none. RAW: a text is never read as a formula, a date or a number. The answer shows the rows as they are then. */
export const writeValues = (account: Account, data: readonly Written[]): HttpRequest =>
  sendJson('POST', address(account, '/values:batchUpdate'), {
    valueInputOption: 'RAW',
    data,
    includeValuesInResponse: true,
    responseValueRenderOption: 'UNFORMATTED_VALUE',
  });

/** Requests in order, all of them or none. */
export const change = (account: Account, requests: readonly object[]): HttpRequest =>
  sendJson('POST', address(account, ':batchUpdate'), { requests });

/** A cell as the API takes it in requests: a text is a text, whatever it begins with. */
export const cell = (value: string | number): object =>
  value === '' ? {} : { userEnteredValue: typeof value === 'number' ? { numberValue: value } : { stringValue: value } };

// ---------------------------------------------------------------- ranges

/** 0 is A, 26 is AA. */
export function columnName(column: number): string {
  const rest = String.fromCharCode(65 + (column % 26));
  return column < 26 ? rest : columnName(Math.floor(column / 26) - 1) + rest;
}

const quoted = (title: string): string => `'${title.replace(/'/g, "''")}'`;

/** Whole rows, from 1. */
export const rows = (title: string, first: number, last: number): string => `${quoted(title)}!${first}:${last}`;

/** A column (from 0) from a row (from 0) down to the end. */
export const columnFrom = (title: string, column: number, row: number): string =>
  `${quoted(title)}!${columnName(column)}${row + 1}:${columnName(column)}`;

/** A row (from 0) between two columns, both within. */
export const rowSpan = (title: string, row: number, first: number, last: number): string =>
  `${quoted(title)}!${columnName(first)}${row + 1}:${columnName(last)}${row + 1}`;

export const whole = quoted;

// ---------------------------------------------------------------- the door

export function sign(request: HttpRequest, { ACCESS_TOKEN: token = '' }: Credentials): HttpRequest {
  if (token === '') return fail('auth', 'Google gave this script no access token. Open the sheet and allow it again.');
  return withHeaders(request, { Authorization: `Bearer ${token}` });
}

interface Meaning {
  readonly kind?: FaultKind;
  /** Instead of Google's words, which are written for programmers. */
  readonly says?: string;
}

const MEANINGS: Readonly<Record<string, Meaning>> = {
  SERVICE_DISABLED: {
    says: 'The Google Sheets API is switched off in the Cloud project of this script. Switch it on there.',
  },
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: {
    says: 'This script was not allowed to use your spreadsheets. Open the sheet, run it once and tick that box.',
  },
  PERMISSION_DENIED: {
    says: 'Your Google account may not do this in that spreadsheet. Ask its owner to share it with you as an editor.',
  },
  NOT_FOUND: { says: 'There is no such spreadsheet, or it was deleted.' },
  FAILED_PRECONDITION: {
    says: 'The file is no Google Sheet, but perhaps a workbook of Excel. Choose File > Save as Google Sheets and use that.',
  },
  PROTECTED: {
    says: 'The tab or some of its cells are protected against you. Ask whoever did that to add you as an editor.',
  },
  RATE_LIMIT_EXCEEDED: { says: 'Google takes 60 reads and 60 writes of one person in a minute.' },
  NO_TAB: { kind: 'missing' },
  MOVED: { kind: 'busy', says: 'Somebody deletes rows or columns of the tab just now.' },
};

/** Google's own words for what has no code of its own. */
const WORDS: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/Unable to parse range/, 'NO_TAB'],
  [/edit a protected cell or object/, 'PROTECTED'],
  [/exceeds grid limits/, 'MOVED'],
];

/** Undefined when the reply is good. */
export function sheetsFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const error = errorIn(reply).at('error');
  const message = error.word('message');
  const code = codeOf(error, message);
  const { kind, says } = MEANINGS[code ?? ''] ?? {};
  return classify(reply, { message: says ?? message, code, kind });
}

function codeOf(error: Json, message = ''): string | undefined {
  const [, known] = WORDS.find(([pattern]) => pattern.test(message)) ?? [];
  const { value } = error.at('details');
  const reasons = Array.isArray(value) ? value.map((_, at) => error.word(`details.${at}.reason`)) : [];
  return known ?? reasons.find((reason) => reason !== undefined) ?? error.word('status');
}
