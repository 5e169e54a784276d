/** Talks to the Google Sheets sandbox as a program of one account, and makes the spreadsheet that the tests write into. */
import { type GoogleSheetsState, googleSheets } from '../../local/vendors/google-sheets';
import { googleSheetsPeople as people } from '../../local/vendors/people';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const LANDLORD = 'owner@example.com';
export const ACCOUNTANT = 'accountant@example.com';
export const HEADERS = ['Balance', 'Resident', 'Lease', 'Note'];

export class SheetsTalk extends Talk<GoogleSheetsState> {
  account = LANDLORD;
  scopes: readonly string[] | undefined;
  readonly id: string;

  constructor(headers: readonly string[] = HEADERS) {
    super(googleSheets, googleSheets.start(), WEDNESDAY_MS);
    const file = { title: 'Portfolio', owner: ACCOUNTANT, tabs: { Residents: headers } };
    this.id = people.makeSpreadsheet(this.state, file, this.nowMs);
    people.share(this.state, this.id, LANDLORD, 'writer');
  }

  /** Two seconds pass before each call, so that a test comes nowhere near the quota unless it means to. */
  call(method: string, path: string, body?: unknown, headers: Json = {}): { status: number; json: Json } {
    this.nowMs += 2000;
    return this.at(method, `https://sheets.googleapis.com/v4/spreadsheets/${this.id}${path}`, body, headers);
  }

  at(method: string, url: string, body?: unknown, headers: Json = {}): { status: number; json: Json } {
    const authorization = `Bearer ${people.letIn(this.account, this.scopes)}`;
    const type: Json = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    const reply = this.send(method, url, { authorization, ...type, ...headers }, text);
    const isJson = (reply.headers['content-type'] ?? '').startsWith('application/json');
    return { status: reply.status, json: isJson ? (JSON.parse(reply.body) as Json) : { page: reply.body } };
  }

  values(range: string, query = ''): Json {
    return this.call('GET', `/values/${encodeURIComponent(range)}${query}`).json;
  }

  put(range: string, values: unknown[][], how = 'RAW'): { status: number; json: Json } {
    return this.call('PUT', `/values/${encodeURIComponent(range)}?valueInputOption=${how}`, { values });
  }

  append(range: string, values: unknown[][], query = ''): { status: number; json: Json } {
    return this.call('POST', `/values/${encodeURIComponent(range)}:append?valueInputOption=RAW${query}`, { values });
  }

  batch(...requests: unknown[]): { status: number; json: Json } {
    return this.call('POST', ':batchUpdate', { requests });
  }

  shown(tab = 'Residents'): string[][] {
    return people.shown(this.state, this.id, tab);
  }
}
