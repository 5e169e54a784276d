/**
 * Rent Manager's chapter: charges, money and credit are kept on its tenants' accounts, the office takes rent there, a bank returns
 * one payment, and a clerk types over one of our charges.
 */
import { rentmanagerPeople as people } from '../../vendors/people';
import type { RentmanagerState } from '../../vendors/rentmanager';
import { COMPANY, PASSWORD, USERNAME } from '../../vendors/rentmanager/state';
import type { Chapter, Operation, Stage } from '../chapter';

const [LINKED, BY_UNIT] = ['RM-1', 'RM-2'] as const;
const TENANT = 6001;
const COURT = 'Orchard Court';

const office = (stage: Stage): RentmanagerState => stage.state<RentmanagerState>();
const hand = (stage: Stage) => ({ nowMs: stage.world.now });

/** Who lives in Orchard Court, as the office has it. */
function movesIn(stage: Stage): void {
  const home = { property: '301', leaseFrom: '2026-06-01' };
  const portfolio = {
    properties: [{ code: '301', name: COURT, street: '3 Orchard Lane', city: 'Dayton', state: 'OH', zip: '45402' }],
    units: ['1', '2'].map((code) => ({ code: `3${code}`, property: '301' })),
    tenants: [
      { ...home, code: String(TENANT), unit: '31', firstName: 'Ann', lastName: 'Reed', rentCents: 145_000 },
      { ...home, code: '6002', unit: '32', firstName: 'Bo', lastName: 'Lund', rentCents: 98_000 },
    ],
  };
  people.seedPortfolio(office(stage), portfolio, hand(stage));
}

/** The newest payment that the office has entered. */
function newest(stage: Stage): number {
  const own = office(stage).tables.Payments.filter((row) => !isOurs(row));
  return Number(own[own.length - 1]?.ID);
}

const isOurs = (row: { readonly [field: string]: unknown }): boolean => /\bRP-/.test(`${row.Reference} ${row.Comment}`);

const takes = (stage: Stage, cents: number, reference: string): number =>
  people.recordPayment(office(stage), { tenant: TENANT, cents, day: stage.day, reference }, hand(stage));

/** Our charge of December's rent for the linked lease. */
function typesOver(stage: Stage): void {
  const rent = office(stage).tables.Charges.find((row) => row.AccountID === TENANT && row.Amount === 1450);
  people.typeOverLine(office(stage), 'Charges', Number(rent?.ID), { Amount: 1400 }, hand(stage));
}

// ---------------------------------------------------------------- the manager, in the sidebar

let asked = 0;
const request = (stage: Stage): string => `story-rentmanager-${stage.day.replace(/-/g, '')}-${++asked}`;

function act(stage: Stage, what: Readonly<Record<string, unknown>>): { readonly undo?: string } {
  const wanted = { reason: 'agreed on the phone', ...what };
  const { version, typeAmount } = stage.ask<{ version: string; typeAmount?: string }>('preview', { act: wanted });
  const typed = typeAmount ? { typed: typeAmount } : {};
  return stage.ask('apply', { request: request(stage), act: wanted, before: { version }, ...typed });
}

function undo(stage: Stage, what: string): void {
  const { version } = stage.ask<{ version: string }>('previewUndo', { what });
  stage.ask('undo', { request: request(stage), what, reason: 'it was the wrong lease', before: { version } });
}

/** The key of a lease's open charge of that type. */
function chargeOf(stage: Stage, lease: string, type: string): string {
  const { open } = stage.ask<{ open: readonly { key: string; type: string }[] }>('lease', { lease });
  const found = open.find((line) => line.type === type);
  if (!found) throw new Error(`no ${type} for ${lease}`);
  return found.key;
}

interface Roster {
  readonly version: string;
  readonly changes: readonly { readonly id: string }[];
}

/** The manager looks at what the office has, and takes it all. */
function takesOver(stage: Stage): void {
  const { version, changes } = stage.ask<Roster>('roster', { platform: 'rentmanager' });
  const ids = changes.map(({ id }) => id);
  stage.ask('takeRoster', { request: request(stage), platform: 'rentmanager', version, ids });
}

/** Somebody will move in, and Ann Reed has another phone. */
function newTenant(stage: Stage): void {
  const next = { code: '6003', property: '301', unit: '33', firstName: 'Cy', lastName: 'Vega', rentCents: 110_000 };
  people.addUnit(office(stage), { code: '33', property: '301' }, hand(stage));
  people.moveIn(office(stage), { ...next, email: 'rm3@example.com', leaseFrom: '2027-01-01' }, hand(stage));
  people.changeContact(office(stage), TENANT, { phone: '+19375550161' }, hand(stage));
}

const concession = new WeakMap<object, string>();

const HOST = `${COMPANY}\\.api\\.rentmanager\\.com`;
const call = (name: string, method: string, path: string, text?: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`^${HOST}/${path}$`),
  ...(text ? { with: text } : {}),
});

export const chapter: Chapter = {
  platform: 'rentmanager',
  leases: [
    { id: LINKED, unit: '31', residents: 'Ann Reed', email: 'rm1@example.com', rent: '1450.00' },
    { id: BY_UNIT, unit: '32', residents: 'Bo Lund', email: 'rm2@example.com', rent: '980.00' },
  ],
  rows: {
    Leases: { [LINKED]: { Property: COURT }, [BY_UNIT]: { Property: COURT } },
    Properties: {
      [COURT]: {
        Address: '3 Orchard Lane',
        'Time zone': 'America/New_York',
        Currency: 'USD',
        'Grace days': '5',
        'Grace rule': 'due + N',
        'Manager email': 'manager@example.com',
        Books: 'rentmanager',
      },
    },
    Links: [{ 'Lease ID': LINKED, Platform: 'rentmanager', Kind: 'customer', 'External ID': String(TENANT) }],
  },
  connect(stage) {
    movesIn(stage);
    stage.connectKeys({
      RENTMANAGER_COMPANY: COMPANY,
      RENTMANAGER_USERNAME: USERNAME,
      RENTMANAGER_PASSWORD: PASSWORD,
      MAP_OTHER: '4',
    });
  },
  days: {
    '2026-12-02': (stage) => takes(stage, 145_000, 'check 1042'),
    '2026-12-03': (stage) => {
      const record = { lease: BY_UNIT, amount: '500.00', method: 'check', reference: '77' };
      stage.ask('recordOne', { request: request(stage), ...record });
      const key = { kind: 'charge', lease: LINKED, type: 'lost key', amount: '25.00', due: '2026-12-21' };
      act(stage, key);
    },
    '2026-12-04': (stage) => {
      concession.set(stage.world, act(stage, { kind: 'credit', lease: BY_UNIT, amount: '50.00' }).undo ?? '');
    },
    '2026-12-07': (stage) => people.reversePayment(office(stage), newest(stage), {}, hand(stage)),
    '2026-12-08': (stage) => {
      act(stage, { kind: 'adjust', lease: LINKED, charge: chargeOf(stage, LINKED, 'lost key'), to: '0.00' });
      const receipt = `manual:${BY_UNIT}:2026-12-03:check-77`;
      act(stage, { kind: 'reverse', lease: BY_UNIT, receipt, because: 'returned' });
    },
    '2026-12-09': (stage) => undo(stage, concession.get(stage.world) ?? ''),
    '2026-12-12': (stage) => takes(stage, 145_000, 'money order'),
    '2026-12-15': typesOver,
    '2026-12-17': (stage) => stage.ask('fixDifferences', { request: request(stage), platform: 'rentmanager' }),
    '2026-12-18': (stage) => {
      newTenant(stage);
      stage.ask('mapping', { platform: 'rentmanager' });
      takesOver(stage);
    },
    '2026-12-20': (stage) => people.endSessions(office(stage)),
    '2026-12-21': (stage) => people.correctPayment(office(stage), newest(stage), { cents: 140_000 }, hand(stage)),
  },
  operations: [
    call('log in', 'POST', 'Authentication/AuthorizeUser'),
    call('the location', 'GET', 'Locations'),
    call('types of charges', 'GET', 'ChargeTypes'),
    call('payments that changed', 'GET', 'Payments', /UpdateDate/),
    call('payments that were reversed', 'GET', 'Payments', /ReversalDate/),
    call('a charge by its number', 'GET', 'Charges', /Reference/),
    call('a payment by its number', 'GET', 'Payments', /Reference/),
    call('a credit by its number', 'GET', 'Credits', /Reference/),
    call('leases of a linked tenant', 'GET', 'Leases', /TenantID/),
    call('properties', 'GET', 'Properties'),
    call('units with who lives there', 'GET', 'Units', /Leases/),
    call('a charge', 'POST', 'Charges', /^(?!.*"ID").*"ChargeTypeID":1/),
    call('a charge of another type', 'POST', 'Charges', /"ChargeTypeID":4/),
    call('a charge corrected', 'POST', 'Charges', /"ID"/),
    call('a payment', 'POST', 'Payments', /RP-/),
    call('a credit', 'POST', 'Credits', /RC-/),
    call('a charge deleted', 'DELETE', 'Charges/\\d+'),
    call('a payment deleted', 'DELETE', 'Payments/\\d+'),
    call('a credit deleted', 'DELETE', 'Credits/\\d+'),
    call('tenants who live there', 'GET', 'Tenants', /Status(?:,|%2C)eq(?:,|%2C)Current/),
    call('tenants who are to come', 'GET', 'Tenants', /Status(?:,|%2C)eq(?:,|%2C)Future/),
    call('leases that have ended', 'GET', 'Leases', /MoveOutDate/),
    call('charges of a period', 'GET', 'Charges', /TransactionDate/),
    call('payments of a period', 'GET', 'Payments', /TransactionDate.*TransactionDate/),
    call('credits of a period', 'GET', 'Credits', /TransactionDate/),
  ],
  totals,
};

/** Payments that the office has entered and that stand, for the tenant whose lease is linked. */
function totals(state: RentmanagerState): ReadonlyMap<string, number> {
  const own = state.tables.Payments.filter((row) => !isOurs(row) && row.ReversalDate === null);
  const cents = own.reduce((sum, row) => sum + Math.round(Number(row.Amount) * 100), 0);
  return new Map([[LINKED, cents]]);
}
