/** Google Sheets and its sandbox keep the laws: whatever answer is lost, there is one row for each key. */
import { tokenOf } from '../../local/host/tokens';
import type { GoogleSheetsState } from '../../local/vendors/google-sheets';
import * as people from '../../local/vendors/google-sheets/people';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import type { Credentials } from '../../src/connectors/connector';
import { ACCESS_TOKEN } from '../../src/run/tokens';
import { count, fileOf, noteOf, openedWith, rigWith, statusOf, TABS } from './google-sheets-rig';
import { holdsTheLaws } from './laws';

const ask = (method: string, path: string, token: string, body?: unknown, type = 'application/json') => ({
  method,
  url: `https://sheets.googleapis.com/v4/spreadsheets/${path}`,
  headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body ? { 'content-type': type } : {}) },
  body: body ? JSON.stringify(body) : '',
});

const FILE = `1RentLedgerSandboxSheet${'2'.padStart(21, '0')}`;
const tokenIn = (credentials: Credentials): string => credentials[ACCESS_TOKEN] ?? '';
const values = [['x']];

const refusal = (name: string, status: number, says: RegExp, request: (token: string) => SandboxRequest) => ({
  name,
  status,
  says,
  request: (credentials: Credentials) => request(tokenIn(credentials)),
});

const payload = (told: object) => () => JSON.parse(JSON.stringify(told)) as Record<string, unknown>;

holdsTheLaws<GoogleSheetsState>(
  rigWith(openedWith(TABS), {
    writes: [
      {
        effect: 'standing',
        payload: payload(statusOf('L-1')),
        count: (state: GoogleSheetsState) => count(state, 'Residents', 'lease', 'L-1'),
      },
      {
        effect: 'receipt',
        payload: payload(noteOf('stripe:pi_1')),
        count: (state: GoogleSheetsState) => count(state, 'Payments', 'Receipt', 'stripe:pi_1'),
      },
    ],
    refusals: [
      refusal('a missing token', 401, /missing required authentication credential/, () => ask('GET', FILE, '')),
      refusal('a token of nobody', 401, /invalid authentication credentials/, () => ask('GET', FILE, 'ya29.other')),
      refusal('a token that may only read', 403, /ACCESS_TOKEN_SCOPE_INSUFFICIENT/, () =>
        ask(
          'PUT',
          `${FILE}/values/A1?valueInputOption=RAW`,
          tokenOf('owner@example.com', ['https://www.googleapis.com/auth/spreadsheets.readonly']),
          { values },
        ),
      ),
      refusal("somebody else's file", 403, /does not have permission/, () =>
        ask('GET', FILE, tokenOf('x@example.com')),
      ),
      refusal('a file that is not there', 404, /entity was not found/, (token) => ask('GET', 'nothing', token)),
      refusal('a tab that is not there', 400, /Unable to parse range/, (token) =>
        ask('GET', `${FILE}/values/Nowhere!A1`, token),
      ),
      refusal('a write that does not say how it is meant', 400, /'valueInputOption' is required/, (token) =>
        ask('PUT', `${FILE}/values/A1`, token, { values }),
      ),
      refusal('an unknown field', 400, /Unknown name \\"rows\\"/, (token) =>
        ask('PUT', `${FILE}/values/A1?valueInputOption=RAW`, token, { rows: values }),
      ),
      refusal('JSON that calls itself a form', 400, /Cannot bind query parameter/, (token) =>
        ask('PUT', `${FILE}/values/A1?valueInputOption=RAW`, token, { values }, 'application/x-www-form-urlencoded'),
      ),
    ],
  }),
);

describe('in a spreadsheet with nothing in it', () => {
  holdsTheLaws<GoogleSheetsState>(
    rigWith(openedWith({}), {
      writes: [
        {
          effect: 'headers',
          payload: () => ({}),
          count: (state: GoogleSheetsState) => {
            const tabs = people.tabsOf(state, fileOf(state));
            return tabs.includes('Residents') && tabs.includes('Payments') && tabs.length === 3 ? 1 : 0;
          },
        },
      ],
      refusals: [
        refusal('a tab whose name is taken', 400, /\\"Sheet1\\" already exists/, (token) =>
          ask('POST', `${FILE}:batchUpdate`, token, { requests: [{ addSheet: { properties: { title: 'Sheet1' } } }] }),
        ),
      ],
    }),
  );
});
