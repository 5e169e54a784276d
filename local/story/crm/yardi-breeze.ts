/** Yardi in the story: a customer with a gateway before Breeze, to whom Yardi opens Voyager's interface in the middle of the month. */
import { addGatewayTenant, reverseGatewayLine, setUpGateway, takeGatewayPayment } from '../../vendors/gateway/people';
import type { Portfolio } from '../../vendors/gateway/portfolio';
import { GATEWAY_HOST, VOYAGER_HOST, type YardiState, yardiBreeze } from '../../vendors/yardi-breeze';
import {
  addVoyagerTenant,
  openVoyagerBooks,
  returnVoyagerReceipt,
  typeVoyagerReceipt,
} from '../../vendors/yardi-breeze/people';
import type { Chapter, Operation, Stage } from '../chapter';
import { recordCheck, returnCheck } from '../checks';

const HOUSE = 'Quay House';
const [ADA, BEN] = ['YB-1', 'YB-2'] as const;
const TENANTS = { [ADA]: 't0005001', [BEN]: 't0005002' } as const;
const NEW = 't0005003';

const dee = {
  ...{ code: NEW, property: 'quay01', unit: '2A', firstName: 'Dee', lastName: 'Lund', email: 'dee@example.com' },
  ...{ rentCents: 140_000, leaseFrom: '2026-12-15', moveIn: '2026-12-15' },
};
const PORTFOLIO: Portfolio = {
  properties: [
    { code: 'quay01', name: HOUSE, street: '3 Quay Street', city: 'Springfield', state: 'IL', zip: '62701' },
  ],
  units: ['1A', '1B', '2A'].map((code) => ({ code, property: 'quay01', type: '1br', marketRentCents: 130_000 })),
  tenants: [
    {
      ...{ code: TENANTS[ADA], property: 'quay01', unit: '1A', firstName: 'Ada', lastName: 'Park' },
      ...{ email: 'ada@example.com', rentCents: 125_000, leaseFrom: '2026-06-01', moveIn: '2026-06-01' },
    },
    {
      ...{ code: TENANTS[BEN], property: 'quay01', unit: '1B', firstName: 'Ben', lastName: 'Ortiz' },
      ...{ email: 'ben@example.com', rentCents: 128_000, leaseFrom: '2026-06-01', moveIn: '2026-06-01' },
    },
  ],
};

const stateOf = (stage: Stage): YardiState => stage.state<YardiState>();

function connect(stage: Stage): void {
  const state = stateOf(stage);
  yardiBreeze.load?.(state, PORTFOLIO, stage.world.now);
  setUpGateway(state.gateway, { negative: true });
  stage.connectKeys({
    YARDI_PROFILE: 'gateway',
    GATEWAY_URL: `https://${GATEWAY_HOST}`,
    GATEWAY_SECRET: 'gw-breeze-4fd1b6',
    GATEWAY_BACK: 'as negative lines',
    GATEWAY_CODES: 'rent=rent, late fee=late, parking=park',
  });
}

/** The same books are behind the interface, and the owner enters what Yardi's letter says. */
function moveToVoyager(stage: Stage): void {
  const { gateway, voyager } = stateOf(stage);
  voyager.codes.push({ code: 'park', description: 'Parking', account: '53500000' });
  openVoyagerBooks(voyager, gateway.lines);
  const { UserName, Password, ServerName, Database, InterfaceEntity, InterfaceLicense } = voyager.credentials;
  stage.connectKeys({
    YARDI_PROFILE: 'voyager',
    VOYAGER_URL: `https://${VOYAGER_HOST}/${voyager.client}`,
    VOYAGER_USER: UserName,
    VOYAGER_PASSWORD: Password,
    VOYAGER_SERVER: ServerName,
    VOYAGER_DATABASE: Database,
    VOYAGER_ENTITY: InterfaceEntity,
    VOYAGER_LICENSE: InterfaceLicense,
    GATEWAY_CODES: 'rent=rent, late fee=late, parking=park',
  });
}

// ---------------------------------------------------------------- the office

const paysInOffice =
  (lease: keyof typeof TENANTS, cents: number, document: string) =>
  (stage: Stage): void => {
    const { gateway } = stateOf(stage);
    takeGatewayPayment(gateway, { tenant: TENANTS[lease], cents, day: stage.day, reference: document });
  };

const typesReceipt =
  (lease: keyof typeof TENANTS, cents: number, document: string) =>
  (stage: Stage): void => {
    const { voyager } = stateOf(stage);
    typeVoyagerReceipt(voyager, { tenant: TENANTS[lease], cents, day: stage.day, document });
  };

/** The bank returns what was taken in the office. */
function bounces(stage: Stage): void {
  const { gateway } = stateOf(stage);
  const line = gateway.lines.find(({ reference }) => reference === 'W1');
  reverseGatewayLine(gateway, line?.id ?? '', stage.day);
}

function bouncesThere(stage: Stage): void {
  const { voyager } = stateOf(stage);
  const line = voyager.lines.find(({ document }) => document === 'W3');
  returnVoyagerReceipt(voyager, line?.id ?? '', stage.day);
}

function movesIn(stage: Stage): void {
  addGatewayTenant(stateOf(stage).gateway, dee);
  addVoyagerTenant(stateOf(stage).voyager, dee);
}

// ---------------------------------------------------------------- the manager, in the sidebar

let asked = 0;
const request = (stage: Stage): string => `story-yardi-${stage.day.replace(/-/g, '')}-${++asked}`;

function act(stage: Stage, what: Readonly<Record<string, unknown>>): void {
  const wanted = { reason: 'agreed on the phone', ...what };
  const { version, typeAmount } = stage.ask<{ version: string; typeAmount?: string }>('preview', { act: wanted });
  const typed = typeAmount ? { typed: typeAmount } : {};
  stage.ask('apply', { request: request(stage), act: wanted, before: { version }, ...typed });
}

/** The owner takes over who has moved in, and looks at the mapping and at a dry run. */
function takeOver(stage: Stage): void {
  const platform = 'yardi-breeze';
  const { version, changes } = stage.ask<{ version: string; changes: readonly { id: string }[] }>('roster', {
    platform,
  });
  const ids = changes.map(({ id }) => id).filter((id) => id === NEW);
  stage.ask('takeRoster', { request: request(stage), platform, version, ids });
}

function looksAtMapping(stage: Stage): void {
  const platform = 'yardi-breeze';
  const { row } = stage.ask<{ row?: { id: string } }>('mapping', { platform, lease: ADA });
  if (!row) throw new Error('The mapping shows no row.');
  const { requests } = stage.ask<{ requests: readonly { body: string }[] }>('rehearse', {
    ...{ platform, kind: 'invoice', lease: ADA },
  });
  if (!requests[0]?.body.includes('RL-')) throw new Error('The dry run shows no charge of ours.');
}

const all =
  (...acts: readonly ((stage: Stage) => unknown)[]) =>
  (stage: Stage): void => {
    for (const each of acts) each(stage);
  };

const days: Chapter['days'] = {
  '2026-12-02': all(paysInOffice(ADA, 125_000, 'W1'), (stage) => recordCheck(stage, BEN, '1280.00', '71')),
  '2026-12-03': looksAtMapping,
  '2026-12-04': all(movesIn, takeOver),
  '2026-12-07': bounces,
  '2026-12-08': (stage) => returnCheck(stage, BEN, '71'),
  '2026-12-09': (stage) => act(stage, { kind: 'credit', lease: BEN, amount: '50.00' }),
  '2026-12-10': paysInOffice(ADA, 125_000, 'W2'),
  '2026-12-14': moveToVoyager,
  '2026-12-15': all(typesReceipt(BEN, 60_000, 'W3'), looksAtMapping),
  '2026-12-16': (stage) =>
    act(stage, { kind: 'charge', lease: ADA, type: 'parking', amount: '80.00', due: '2026-12-28' }),
  '2026-12-17': (stage) => recordCheck(stage, BEN, '400.00', '72'),
  '2026-12-18': bouncesThere,
  '2026-12-21': (stage) => returnCheck(stage, BEN, '72'),
  '2026-12-22': typesReceipt(BEN, 100_000, 'W4'),
};

// ---------------------------------------------------------------- what must have been seen

const gateway = (name: string, method: string, path: string, given?: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`^breeze-gateway\\.example/${path}$`),
  ...(given ? { with: given } : {}),
});
const soap = (name: string, given: RegExp): Operation => ({
  name,
  method: 'POST',
  at: /^voyager\.example\/8223harbor\/webservices\/ItfResidentTransactions20\.asmx$/,
  with: given,
});

const operations: readonly Operation[] = [
  gateway('gateway: lines of some days', 'GET', 'api/transactions/rent', /from=/),
  gateway('gateway: our line by its reference', 'GET', 'api/transactions/rent', /reference=R[LPC]-/),
  gateway('gateway: one page, to test the mapping', 'GET', 'api/transactions/rent', /^\??page=1&pageSize=/),
  gateway('gateway: tenants', 'GET', 'api/tenants'),
  gateway('gateway: a charge', 'POST', 'api/transactions/rent', /"type":"charge".*"amount":"1250\.00"/),
  gateway('gateway: a payment', 'POST', 'api/transactions/rent', /"type":"payment".*"amount":"1280\.00"/),
  gateway('gateway: a payment taken back', 'POST', 'api/transactions/rent', /"amount":"-1280\.00".*RP-\w+\/1/),
  gateway('gateway: credit', 'POST', 'api/transactions/rent', /"amount":"-50\.00".*RC-/),
  soap('Voyager: properties', /<GetPropertyConfigurations /),
  soap('Voyager: residents', /<GetResidents_Login /),
  soap('Voyager: what leases charge', /<GetResidentsLeaseCharges_Login /),
  soap('Voyager: balances', /<GetResidentBalances /),
  soap('Voyager: charges of some days', /<GetResidentTransactions_ByChargeDate_Login /),
  soap('Voyager: receipts applied in some days', /<GetResidentTransactions_ByApplicationDate_Login /),
  soap('Voyager: receipts that wait', /<GetResidentPrepays_Login /),
  soap('Voyager: a charge', /<ImportCharge_Login .*<ChargeCode>park/),
  soap('Voyager: a receipt', /<ImportReceipt_Login .*<DocumentNumber>RP-/),
  soap('Voyager: a receipt reversed', /<ImportResidentTransactions_Login .*<Reversal Type="Reverse"/),
];

/** What came in at Yardi and stands, by lease; what the ledger posted there came in elsewhere. */
function totals({ gateway: { lines, tenants }, voyager }: YardiState): ReadonlyMap<string, number> {
  const isOurs = (reference: string | null) => reference?.startsWith('RP-') ?? false;
  const carried = new Set(lines.map(({ id }) => id));
  const found = new Map<string, number>();
  for (const [lease, tenant] of Object.entries(TENANTS)) {
    const before = lines.filter((line) => line.kind === 'payment' && line.tenant === tenant && !isOurs(line.reference));
    const after = voyager.lines.filter(
      (line) => line.kind === 'payment' && line.tenant === tenant && !carried.has(line.id) && !isOurs(line.document),
    );
    found.set(
      lease,
      [...before, ...after].reduce((sum, { cents }) => sum + cents, 0),
    );
  }
  return tenants.length > 0 ? found : new Map();
}

export const chapter: Chapter = {
  platform: 'yardi-breeze',
  leases: [
    { id: ADA, unit: '1A', residents: 'Ada Park', email: 'ada@example.com', rent: '1250.00' },
    { id: BEN, unit: '1B', residents: 'Ben Ortiz', email: 'ben@example.com', rent: '1280.00' },
  ],
  rows: {
    // A house of its own: no other books keep it, and Yardi keeps no other.
    Properties: {
      [HOUSE]: {
        Address: '3 Quay Street',
        'Time zone': 'America/New_York',
        Currency: 'USD',
        Books: 'yardi-breeze',
        'Grace days': '5',
        'Grace rule': 'due + N',
        'Manager email': 'manager@example.com',
      },
    },
    Leases: { [ADA]: { Property: HOUSE }, [BEN]: { Property: HOUSE } },
    // As the roster would write them.
    Links: Object.entries(TENANTS).map(([lease, tenant]) => ({
      ...{ 'Lease ID': lease, Platform: 'yardi-breeze', Kind: 'customer', 'External ID': tenant },
    })),
  },
  connect,
  days,
  operations,
  totals,
};
