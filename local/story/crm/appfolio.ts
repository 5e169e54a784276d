/** AppFolio's chapter: charges of the ledger lie there, residents pay in its portal, and its bookkeeper is told of money from elsewhere. */
import {
  addUnit,
  changeContact,
  giveNotice,
  moveIn,
  occupancyOf,
  payInPortal,
  returnReceipt,
  typeReceipt,
} from '../../vendors/appfolio/people';
import { openPortfolio } from '../../vendors/appfolio/portfolio';
import { type AppfolioState, uuidOf } from '../../vendors/appfolio/state';
import { SMALL_PORTFOLIO } from '../../vendors/gateway/portfolio';
import type { Chapter, Operation, Stage } from '../chapter';

const [ADA, BEN] = ['AF-1', 'AF-2'] as const;
const WHO = { [ADA]: 'Ada Park', [BEN]: 'Ben Ortiz' } as const;
const HOUSE = 'Harbor Court';

const database = (stage: Stage): AppfolioState => stage.state<AppfolioState>();

function connect(stage: Stage): void {
  const state = database(stage);
  openPortfolio(state, SMALL_PORTFOLIO, stage.world.now);
  stage.connectKeys({
    APPFOLIO_DATABASE: 'maplestreet',
    APPFOLIO_CLIENT_ID: state.databaseApi.clientId,
    APPFOLIO_CLIENT_SECRET: state.databaseApi.clientSecret,
    APPFOLIO_DEVELOPER_ID: state.developerId,
    APPFOLIO_REPORTS_ID: state.reportsApi.clientId,
    APPFOLIO_REPORTS_SECRET: state.reportsApi.clientSecret,
  });
}

/** Something that somebody does at AppFolio. */
const there =
  (act: (state: AppfolioState, nowMs: number, day: string) => unknown) =>
  (stage: Stage): void => {
    act(database(stage), stage.world.now, stage.day);
  };

const inPortal = (lease: keyof typeof WHO, amount: string, reference: string) =>
  there((state, nowMs, on) => payInPortal(state, WHO[lease], { amount, on, reference }, nowMs));

// ---------------------------------------------------------------- the manager, in the sidebar

let asked = 0;
const request = (stage: Stage): string => `story-appfolio-${stage.day.replace(/-/g, '')}-${++asked}`;

function act(stage: Stage, what: Readonly<Record<string, unknown>>): void {
  const wanted = { reason: 'agreed on the phone', ...what };
  const { version, typeAmount } = stage.ask<{ version: string; typeAmount?: string }>('preview', { act: wanted });
  const typed = typeAmount ? { typed: typeAmount } : {};
  stage.ask('apply', { request: request(stage), act: wanted, before: { version }, ...typed });
}

/** The key of a lease's open charge of that type. */
function chargeOf(stage: Stage, lease: string, type: string): string {
  const { open } = stage.ask<{ open: readonly { key: string; type: string }[] }>('lease', { lease });
  const found = open.find((line) => line.type === type);
  if (!found) throw new Error(`no ${type} for ${lease}`);
  return found.key;
}

const recorded = (lease: string, amount: string, reference: string) => (stage: Stage) =>
  stage.ask('recordOne', { request: request(stage), lease, amount, method: 'check', reference });

/** The bank returns what came last from the portal. */
const returned = there((state, nowMs, on) => {
  const last = [...state.receipts].reverse().find(({ isOnline, reverses }) => isOnline && reverses === null);
  return returnReceipt(state, last?.number ?? 0, on, nowMs);
});

/** The bookkeeper enters what a note has told, by our number. */
const entered = there((state, nowMs, on) => {
  const [, amount = '', number = ''] =
    /\$([\d,.]+) received .* the reference (RP-\w{10})/.exec(
      state.notes.map(({ body }) => body).find((body) => body.includes('RP-')) ?? '',
    ) ?? [];
  return typeReceipt(state, WHO[BEN], { amount: amount.replace(/,/g, ''), on, reference: number }, nowMs);
});

const NEW = 'Dee Lund';
/** Somebody moves into a unit that is new, and the owner takes what has changed in this house over. */
const movesIn = there((state, nowMs, on) => {
  addUnit(state, { property: HOUSE, name: '13', marketRent: '1310.00' }, nowMs);
  const people = [{ firstName: 'Dee', lastName: 'Lund', email: 'dee@example.com', phone: '+12175550133' }];
  moveIn(state, { property: HOUSE, unit: '13', people, rent: '1310.00', leaseFrom: on }, nowMs);
});

interface Preview {
  readonly version: string;
  readonly changes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly lease: string;
    readonly title: string;
  }[];
}

const dees = new WeakMap<object, string>();

function takeOver(stage: Stage): void {
  const { version, changes } = stage.ask<Preview>('roster', { platform: 'appfolio' });
  const wanted = changes.filter(({ title }) => title.startsWith(HOUSE));
  const ids = wanted.map(({ id }) => id);
  stage.ask('takeRoster', { request: request(stage), platform: 'appfolio', version, ids });
  const added = wanted.find(({ kind }) => kind === 'add');
  if (!added) throw new Error('nobody has moved in');
  dees.set(database(stage), added.lease);
}

const all =
  (...acts: readonly ((stage: Stage) => unknown)[]) =>
  (stage: Stage): void => {
    for (const each of acts) each(stage);
  };

const days: Chapter['days'] = {
  '2026-12-02': all(inPortal(ADA, '1250.00', 'W1'), recorded(BEN, '500.00', '77')),
  '2026-12-03': there((state, nowMs, on) =>
    typeReceipt(state, WHO[BEN], { amount: '300.00', on, reference: '1044', paymentType: 'Money order' }, nowMs),
  ),
  '2026-12-04': entered,
  '2026-12-07': returned,
  '2026-12-08': (stage) => act(stage, { kind: 'credit', lease: BEN, amount: '50.00' }),
  '2026-12-09': (stage) =>
    act(stage, { kind: 'charge', lease: ADA, type: 'parking', amount: '80.00', due: '2026-12-20' }),
  '2026-12-10': (stage) =>
    act(stage, { kind: 'charge', lease: BEN, type: 'lost key', amount: '25.00', due: '2026-12-21' }),
  '2026-12-11': (stage) =>
    act(stage, { kind: 'adjust', lease: BEN, charge: chargeOf(stage, BEN, 'lost key'), to: '0.00' }),
  '2026-12-14': inPortal(ADA, '1250.00', 'W2'),
  '2026-12-15': all(movesIn, takeOver),
  '2026-12-16': there((state, nowMs) => {
    changeContact(state, WHO[ADA], { phone: '(217) 555-0199', email: 'ada.park@example.com' }, nowMs);
    giveNotice(state, WHO[BEN], '2027-01-31', nowMs);
  }),
  '2026-12-18': inPortal(BEN, '430.00', 'W3'),
  '2026-12-21': there((state, nowMs, on) => payInPortal(state, NEW, { amount: '600.00', on, reference: 'W4' }, nowMs)),
};

const read = (name: string, path: string, text?: RegExp): Operation => ({
  name,
  method: 'GET',
  at: new RegExp(`^api\\.appfolio\\.com/api/v0/${path}$`),
  ...(text ? { with: text } : {}),
});
const write = (name: string, path: string, text?: RegExp): Operation => ({ ...read(name, path, text), method: 'POST' });
const report = (name: string, path: string): Operation => ({
  name,
  method: 'POST',
  at: new RegExp(`^maplestreet\\.appfolio\\.com/api/v2/reports/${path}\\.json$`),
});

/** What came in at AppFolio and stands, by lease; what its bookkeeper entered by our number came in elsewhere. */
function totals(state: AppfolioState): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const leases = { ...WHO, [dees.get(state) ?? NEW]: NEW };
  for (const [lease, who] of Object.entries(leases)) {
    const { id } = occupancyOf(state, who);
    const own = state.receipts.filter(
      ({ occupancyId, reference }) => occupancyId === id && !reference.startsWith('RP-'),
    );
    found.set(
      lease,
      own.reduce((sum, { cents }) => sum + cents, 0),
    );
  }
  return found;
}

export const chapter: Chapter = {
  platform: 'appfolio',
  leases: [
    { id: ADA, unit: '11', residents: 'Ada Park', email: 'ada@example.com', rent: '1250.00' },
    { id: BEN, unit: '12', residents: 'Ben Ortiz', email: 'ben@example.com', rent: '1280.00' },
  ],
  rows: {
    // A house of its own: no other books keep it, and AppFolio keeps no other.
    Properties: {
      [HOUSE]: {
        Address: '12 Quay Street',
        'Time zone': 'America/New_York',
        Currency: 'USD',
        Books: 'appfolio',
        'Grace days': '5',
        'Grace rule': 'due + N',
        'Manager email': 'manager@example.com',
      },
    },
    Leases: { [ADA]: { Property: HOUSE }, [BEN]: { Property: HOUSE } },
    // As the roster would write it; the other lease is found by its unit and resident.
    Links: [{ 'Lease ID': ADA, Platform: 'appfolio', Kind: 'customer', 'External ID': uuidOf('occupancy', 501) }],
  },
  connect,
  days,
  operations: [
    read('the chart of accounts', 'gl_accounts'),
    read('properties', 'properties', /IncludeHidden/),
    read('units', 'units'),
    read('tenants', 'tenants'),
    read('charges', 'charges'),
    read('ledgers of tenants', 'tenant_ledgers'),
    write('a charge', 'charges', /"AmountDue"/),
    write('several charges', 'charges/bulk', /"ReferenceId"/),
    write('a note of money', 'tenants/[\\w-]+/notes', /RP-.*Enter it as a receipt/),
    write('a note of credit', 'tenants/[\\w-]+/notes', /RC-.*Enter it here/),
    write('a note of a charge that is to be otherwise', 'tenants/[\\w-]+/notes', /RL-.*(Change|Reverse) it here/),
    report('the rent roll', 'rent_roll'),
    report('what is owed', 'delinquency'),
    report('receipts', 'receivables_activity'),
  ],
  totals,
};
