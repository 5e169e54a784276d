/** How a mirror is set up and what it says when something is wrong with it: headers, tabs, the test call, and Google's refusals. */
import * as people from '../../local/vendors/google-sheets/people';
import { googleSheets } from '../../src/connectors/google-sheets';
import { ACCESS_TOKEN } from '../../src/run/tokens';
import { fault, LANDLORD, MirrorBench, noteOf, START, statusOf, TABS } from './google-sheets-rig';

function there<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('the connector has no such thing');
  return found;
}

describe('headers', () => {
  it('may be other words of the owner’s, in several ways where the tabs differ', () => {
    const tabs = { Residents: ['Contract', 'Owed', 'Balance'], Payments: ['Ref', 'Flat', 'Amount'] };
    const columns = 'lease = Contract; Lease = Flat ; balance=Owed;RECEIPT=Ref';
    const bench = new MirrorBench(tabs, { SHEETS_COLUMNS: columns });
    bench.tell('standing', statusOf('L-1'));
    bench.tell('receipt', noteOf('stripe:pi_1'));
    expect(bench.residents()).toEqual([{ Contract: 'L-1', Owed: '1250.5', Balance: '' }]);
    expect(bench.payments()).toEqual([{ Ref: 'stripe:pi_1', Flat: 'L-1', Amount: '1000' }]);
  });

  it.each([
    ['Balanse = Owed', /"Balanse = Owed", but there is no such field. There are: Lease, Property/],
    ['Balance', /"Balance": write it as/],
    ['Balance =', /"Balance =": write it as/],
  ])('that are named as "%s" are refused', (columns, says) => {
    const bench = new MirrorBench(TABS, { SHEETS_COLUMNS: columns });
    expect(bench.tell('standing', statusOf('L-1'))).toEqual(fault('rejected', expect.stringMatching(says)));
    expect(bench.residents()).toEqual([]);
  });

  it('stand anywhere in the first ten rows, and the key column must be among them', () => {
    const bench = new MirrorBench({ Residents: ['Balance', 'Flat'], Payments: [] });
    expect(bench.tell('standing', statusOf('L-1'))).toEqual(
      fault('rejected', expect.stringContaining('"Residents" has no column "Lease" in its first 10 rows')),
    );
    people.typeRow(bench.state, bench.file, { tab: 'Residents', row: 7, cells: ['Lease', 'Rent'] }, bench.nowMs);
    bench.tell('standing', statusOf('L-1'));
    expect(people.records(bench.state, bench.file, 'Residents', 7)).toEqual([{ Lease: 'L-1', Rent: '1250.5' }]);
  });

  it('that stand twice are refused, where ours would have to choose', () => {
    const bench = new MirrorBench({ Residents: ['Lease', 'Balance', 'Mine', 'Mine', 'balance '], Payments: [] });
    expect(bench.tell('standing', statusOf('L-1'))).toEqual(
      fault('rejected', expect.stringContaining('"Residents" has two columns "Balance"')),
    );
  });

  it('with the key alone are enough: the lease is listed, and nothing is written over', () => {
    const bench = new MirrorBench({ Residents: ['Lease', 'Mine'], Payments: [] });
    for (const _ of ['new', 'known']) bench.tell('standing', statusOf('L-1'));
    expect(bench.residents()).toEqual([{ Lease: 'L-1', Mine: '' }]);
  });

  it('are not looked for where the owner wants no such tab', () => {
    const bench = new MirrorBench({}, { SHEETS_PAYMENTS_TAB: 'none' });
    expect(bench.tell('receipt', noteOf('stripe:pi_1'))).toEqual({ value: ['none'] });
    expect(bench.asked()).toEqual([]);
  });
});

describe('tabs and headers are made', () => {
  it('in an empty spreadsheet, with a frozen row of headers and no column for mail or phone', () => {
    const bench = new MirrorBench({}, { SHEETS_PAYMENTS_TAB: 'Money in' });
    expect(bench.make()).toEqual({
      value: expect.stringMatching(/^Residents: 18 columns, Money in: 15 columns https/),
    });
    expect(people.tabsOf(bench.state, bench.file)).toEqual(['Sheet1', 'Residents', 'Money in']);
    const [headers = []] = people.shown(bench.state, bench.file, 'Residents');
    expect(headers.slice(0, 4)).toEqual(['Lease', 'Property', 'Unit', 'Residents']);
    expect(headers).not.toContain('Email');
    const sheet = people.open(bench.state, bench.file, bench.nowMs).state.byTitle('Residents');
    expect(sheet?.properties.gridProperties).toMatchObject({ frozenRowCount: 1 });
    bench.tell('standing', statusOf('L-1'));
    expect(bench.residents()).toEqual([expect.objectContaining({ Lease: 'L-1', 'Last rung': 'late-1' })]);
  });

  it('at the right of what stands there, in any row, under the owner’s own words, and only those that are missing', () => {
    const tabs = { Residents: ['Owed', 'lease'], Payments: ['Receipt', 'Amount'] };
    const bench = new MirrorBench(tabs, { SHEETS_COLUMNS: 'Balance = Owed; Standing = How it stands' });
    people.typeRow(bench.state, bench.file, { tab: 'Residents', row: 40, column: 5, cells: ['a note'] }, bench.nowMs);
    people.trimTab(bench.state, bench.file, 'Payments', bench.nowMs);
    bench.make();
    const [residents = []] = people.shown(bench.state, bench.file, 'Residents');
    expect(residents.slice(0, 7)).toEqual(['Owed', 'lease', '', '', '', 'Property', 'Unit']);
    expect(residents).toContain('How it stands');
    expect(people.shown(bench.state, bench.file, 'Payments')[0]?.slice(0, 3)).toEqual(['Receipt', 'Amount', 'Lease']);
    const before = JSON.stringify(bench.state.files);
    bench.make();
    expect(JSON.stringify(bench.state.files)).toBe(before);
  });

  it('below a title, where the headers stand already', () => {
    const bench = new MirrorBench({ Residents: ['Our houses'], Payments: ['Receipt'] });
    people.typeRow(bench.state, bench.file, { tab: 'Residents', row: 3, cells: ['Lease', 'Balance'] }, bench.nowMs);
    bench.make();
    const shown = people.shown(bench.state, bench.file, 'Residents');
    expect(shown[0]).toEqual(['Our houses']);
    expect(shown[2]?.slice(0, 3)).toEqual(['Lease', 'Balance', 'Property']);
  });
});

describe('the test call', () => {
  const seen = (bench: MirrorBench) => bench.run(there(googleSheets.test)(bench.account));

  it('finds the title, and says which tabs and headers are missing', () => {
    const tabs = { Residents: ['Lease', 'Balance'] };
    expect(seen(new MirrorBench(tabs))).toEqual({
      value: {
        name: expect.stringMatching(
          /^Portfolio; "Residents" has no Property, Unit, .* and 11 more; no tab "Payments" yet$/,
        ),
        mode: 'live',
      },
    });
    const bench = new MirrorBench(tabs);
    bench.make();
    expect(seen(bench)).toEqual({ value: { name: 'Portfolio', mode: 'live' } });
  });

  it('lists the tabs to choose from, and the way to have none', () => {
    const bench = new MirrorBench();
    expect(bench.run(there(googleSheets.lists?.tabs)(bench.account))).toEqual({
      value: [
        { id: 'Residents', name: 'Residents' },
        { id: 'Payments', name: 'Payments' },
        { id: 'none', name: 'None', note: 'nothing of this kind is written' },
      ],
    });
  });

  it('takes the address of a page in its forms, or the id, and nothing else', () => {
    const bench = new MirrorBench();
    const named = (SHEETS_SPREADSHEET: string) =>
      bench.run(there(googleSheets.test)({ ...bench.account, SHEETS_SPREADSHEET }));
    const good = [`https://docs.google.com/spreadsheets/u/1/d/${bench.file}/edit?gid=7#gid=7`, ` ${bench.file} `];
    for (const text of good) expect(named(text)).toMatchObject({ value: { mode: 'live' } });
    for (const text of ['', 'Portfolio', 'https://docs.google.com/spreadsheets/d/e/2PACX-1vTabcdefghijklmnop/pubhtml'])
      expect(named(text)).toEqual(fault('rejected', expect.stringContaining('no address of a Google Sheet')));
  });

  it('refuses a rent ledger as its own mirror', () => {
    const bench = new MirrorBench({ Leases: ['Lease'], Ledger: [], Outbox: [], Log: [] });
    expect(seen(bench)).toEqual(fault('rejected', expect.stringContaining('is a rent ledger itself')));
    expect(bench.make()).toEqual(fault('rejected', expect.stringContaining('is a rent ledger itself')));
  });
});

describe('what Google refuses is said in words for people', () => {
  const told = (bench: MirrorBench) => bench.tell('standing', statusOf('L-1'));
  const cases: Record<string, readonly [(bench: MirrorBench) => void, kind: string, says: RegExp]> = {
    'access that was taken away': [
      ({ state, file }) => people.unshare(state, file, LANDLORD),
      'auth',
      /HTTP 403.*share it with you as an editor/,
    ],
    'access for reading only': [
      ({ state, file }) => people.share(state, file, LANDLORD, 'reader'),
      'auth',
      /share it with you as an editor/,
    ],
    'a file that was deleted': [({ state, file }) => people.deleteFile(state, file), 'missing', /no such spreadsheet/],
    'a tab that was renamed': [
      ({ state, file }) => people.renameTab(state, file, 'Residents', 'Tenants', START),
      'missing',
      /no tab "Residents"/,
    ],
    'a tab that was deleted': [
      ({ state, file }) => people.deleteTab(state, file, 'Residents', START),
      'missing',
      /no tab "Residents"/,
    ],
    'a tab that is protected': [
      ({ state, file }) => people.protectTab(state, file, 'Residents', START),
      'rejected',
      /protected against you/,
    ],
    'the API, switched off': [({ state }) => people.switchApi(state, false), 'auth', /switched off/],
    'a scope that was not granted': [
      ({ state }) => people.tickSpreadsheets(state, LANDLORD, false),
      'auth',
      /not allowed to use your spreadsheets/,
    ],
  };

  it.each(Object.keys(cases))('%s', (name) => {
    const [act, kind, says] = cases[name] as (typeof cases)[string];
    const bench = new MirrorBench();
    act(bench);
    expect(told(bench)).toEqual(fault(kind, expect.stringMatching(says)));
  });

  it('a workbook of Excel', () => {
    const bench = new MirrorBench();
    const SHEETS_SPREADSHEET = people.uploadExcel(bench.state, 'Rents.xlsx', LANDLORD);
    const flow = there(googleSheets.test)({ SHEETS_SPREADSHEET });
    expect(bench.run(flow)).toEqual(fault('rejected', expect.stringContaining('Save as Google Sheets')));
  });

  it('the quota of a minute, which ends the run as busy', () => {
    const bench = new MirrorBench();
    for (let at = 0; at < 60; at++)
      bench.state.asked.push({ account: LANDLORD, writes: false, atMs: bench.nowMs + 119_000 });
    expect(told(bench)).toEqual(fault('busy', expect.stringContaining('60 reads and 60 writes')));
    expect(bench.sent).toHaveLength(1);
  });

  it('no access token', () => {
    const bench = new MirrorBench();
    bench.credentials = {};
    expect(told(bench)).toEqual(fault('auth', expect.stringContaining('no access token')));
    expect(bench.sent).toEqual([]);
  });
});

it('no token is in any line that is recorded', () => {
  const bench = new MirrorBench();
  bench.tell('standing', statusOf('L-1'));
  bench.make();
  expect(bench.har.size).toBeGreaterThan(5);
  expect(JSON.stringify(bench.har.toJSON())).not.toContain(bench.credentials[ACCESS_TOKEN]);
});
