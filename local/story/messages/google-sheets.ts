/** Google Sheets in the story: the accountant keeps a spreadsheet and works in it, and the ledger's rows in it stay right. */
import * as people from '../../vendors/google-sheets/people';
import type { GoogleSheetsState } from '../../vendors/google-sheets/state';
import type { Chapter, Operation, Stage } from '../chapter';

const ACCOUNTANT = 'accountant@example.com';
const RESIDENTS = 'Tenants';
/** The accountant's own words, in the accountant's own order. */
const HEADERS = ['Flat', 'Owed', 'Remark', 'Standing', 'As of', 'Last payment'];
const COLUMNS = 'Lease = Flat; Lease = Lease; Balance = Owed; Balance = Balance';

const stateOf = (stage: Stage): GoogleSheetsState => stage.state<GoogleSheetsState>();
const fileOf = (state: GoogleSheetsState): string => Object.keys(state.files).at(-1) ?? '';

/** Something that the accountant does in the tab of residents. */
const accountant =
  (act: (state: GoogleSheetsState, file: string, nowMs: number) => void) =>
  (stage: Stage): void =>
    act(stateOf(stage), fileOf(stateOf(stage)), stage.world.now);

/** The accountant makes the file, without a tab for payments, and shares it with the landlord, who connects it. */
function connect(stage: Stage): void {
  const state = stateOf(stage);
  const file = { title: 'Portfolio 2026', owner: ACCOUNTANT, tabs: { [RESIDENTS]: HEADERS } };
  const id = people.makeSpreadsheet(state, file, stage.world.now);
  people.share(state, id, stage.world.owner, 'writer');
  people.trimTab(state, id, RESIDENTS, stage.world.now);
  stage.connectKeys({
    SHEETS_SPREADSHEET: `https://docs.google.com/spreadsheets/d/${id}/edit#gid=0`,
    SHEETS_RESIDENTS_TAB: RESIDENTS,
    SHEETS_COLUMNS: COLUMNS,
  });
  stage.act('headers');
}

function recordCheck(stage: Stage, lease: string, amount: string, reference: string): void {
  const request = `google-sheets-${stage.day}-${reference}`;
  stage.ask('recordOne', { request, lease, amount, method: 'check', reference, on: stage.day });
}

/** The bank takes a check back. */
function returnCheck(stage: Stage, lease: string, reference: string): void {
  const { receipts } = stage.ask<{ receipts: readonly { key: string }[] }>('exportBook');
  const receipt = receipts.find(({ key }) => key.endsWith(`check-${reference}`))?.key ?? '';
  const act = { kind: 'reverse', lease, receipt, because: 'returned', reason: 'The bank returned it' };
  const { version } = stage.ask<{ version: string }>('preview', { act });
  stage.ask('apply', { request: `google-sheets-${stage.day}-return`, act, before: { version } });
}

const days: Chapter['days'] = {
  '2026-12-01': (stage) => recordCheck(stage, 'GS-1', '1350.00', '501'),
  '2026-12-03': accountant((state, file, nowMs) => {
    people.sortRows(state, file, { tab: RESIDENTS, header: 'Flat', descending: true }, nowMs);
    people.insertColumn(state, file, { tab: RESIDENTS, before: 'Owed', header: 'Called' }, nowMs);
  }),
  '2026-12-08': (stage) => returnCheck(stage, 'GS-1', '501'),
  '2026-12-10': accountant((state, file, nowMs) => {
    people.insertRows(state, file, RESIDENTS, 1, nowMs);
    people.typeRow(state, file, { tab: RESIDENTS, row: 1, cells: ['Our houses'] }, nowMs);
  }),
  '2026-12-11': (stage) => recordCheck(stage, 'GS-1', '1350.00', '502'),
  '2026-12-14': (stage) => recordCheck(stage, 'GS-2', '400.00', '77'),
  '2026-12-16': accountant((state, file, nowMs) =>
    people.sortRows(state, file, { tab: RESIDENTS, header: 'Owed', descending: true }, nowMs),
  ),
  '2026-12-18': (stage) => recordCheck(stage, 'GS-2', '800.00', '78'),
};

const FILE = 'sheets\\.googleapis\\.com/v4/spreadsheets/[\\w-]+';
const operation = (name: string, method: string, path: string, given?: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`^${FILE}${path}$`),
  ...(given ? { with: given } : {}),
});

const operations: readonly Operation[] = [
  operation('title and tabs', 'GET', '', /fields=properties\.title/),
  operation('the headers of a tab', 'GET', '', /ranges=.*formattedValue/),
  operation('the key column of a tab', 'GET', '/values:batchGet', /majorDimension=COLUMNS/),
  operation('rows that are there', 'POST', '/values:batchUpdate', /"RAW"/),
  operation('rows that are new', 'POST', ':batchUpdate', /"appendCells"/),
  operation('a new tab', 'POST', ':batchUpdate', /"addSheet"/),
  operation('new headers', 'POST', ':batchUpdate', /"updateCells"/),
  operation('room for new columns', 'POST', ':batchUpdate', /"appendDimension"/),
];

export const chapter: Chapter = {
  platform: 'google-sheets',
  leases: [
    { id: 'GS-1', unit: 'G1', residents: 'Ines Duarte', email: 'ines@example.com', rent: '1350.00' },
    { id: 'GS-2', unit: 'G2', residents: 'Tomas Vrba', email: 'tomas@example.com', rent: '1200.00' },
  ],
  connect,
  days,
  operations,
  // A mirror holds no money.
  totals: () => new Map(),
};
