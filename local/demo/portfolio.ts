/** The demo's tabs as CSV texts: properties, leases, terms, links and settings, ready for the import. */
import Papa from 'papaparse';
import { BUILDINGS, type Building, TERMS, type Unit } from './units';

export type Row = Readonly<Record<string, string>>;

export interface Household {
  readonly unit: Unit;
  readonly building: Building;
  readonly email: string;
  /** Its customer at Stripe. */
  readonly customer: string;
}

/** Two figures that tell the households' phones and customers apart. */
const two = (at: number): string => String(at).padStart(2, '0');

/** `Maya Okafor, ...` is reached at `maya.okafor@example.com`. */
function emailOf(residents: string): string {
  const first = residents.split(',')[0] ?? '';
  const bare = first.normalize('NFD').replace(/[\u0300-\u036f’']/g, '');
  return `${bare
    .trim()
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')}@example.com`;
}

export const HOUSEHOLDS: readonly Household[] = BUILDINGS.flatMap((building) =>
  building.units.map((unit) => ({
    unit,
    building,
    email: emailOf(unit.residents),
    customer: `cus_Demo${unit.id.replace('-', '')}`,
  })),
);

function propertyRow(building: Building): Row {
  const { name, address, zone, currency, jurisdiction, fees, manager } = building;
  return {
    Property: name,
    Address: address,
    'Time zone': zone,
    Currency: currency,
    Jurisdiction: jurisdiction,
    ...fees,
    'Manager email': manager,
    'Slack webhook': 'yes',
  };
}

/** Leases that began before the books; the months differ so that not all end together. */
function startOf(at: number): string {
  return `2025-${two(1 + (at % 9))}-01`;
}

function leaseRow({ unit, building, email }: Household, at: number): Row {
  const start = unit.more?.Start ?? startOf(at);
  const isShop = /Bakery|Cycles/.test(unit.residents);
  return {
    'Lease ID': unit.id,
    Property: building.name,
    Unit: unit.unit,
    Residents: unit.residents,
    Email: email,
    Phone: `${building.phone}${two(at)}`,
    Rent: unit.rent,
    Frequency: 'monthly',
    'Due day': '1',
    Start: start,
    Deposit: isShop ? '' : unit.rent,
    'Notify by': 'email',
    Language: 'en',
    ...unit.more,
  };
}

/** The saved method that autopay charges. */
export const methodOf = (household: Household): string => household.customer.replace('cus_', 'pm_');

export const isAutopay = ({ unit }: Household): boolean => unit.habit.endsWith('autopay');
const isLinked = (household: Household): boolean => isAutopay(household) || household.unit.habit === 'by customer';

function linkRows(household: Household): Row[] {
  if (!isLinked(household)) return [];
  const link = (Kind: string, id: string) => ({
    'Lease ID': household.unit.id,
    Platform: 'stripe',
    Kind,
    'External ID': id,
  });
  const customer = link('customer', household.customer);
  // The id of a saved method does not tell a bank account from a card.
  const kind = household.unit.habit === 'bank autopay' ? 'us_bank_account ' : '';
  return isAutopay(household) ? [customer, link('autopay', `${kind}${methodOf(household)}`)] : [customer];
}

const SETTINGS: readonly Row[] = [
  { Setting: 'Reminders', Value: 'on' },
  { Setting: 'Digest to', Value: 'dana@example.com' },
  { Setting: 'Mail footer', Value: 'Questions? Just reply to this message.' },
];

function csv(rows: readonly Row[]): string {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return Papa.unparse({ fields, data: rows.map((row) => fields.map((field) => row[field] ?? '')) });
}

/** Tab title to CSV text, in the order in which they must be imported. */
export function portfolioCsv(): readonly (readonly [string, string])[] {
  return [
    ['Settings', csv(SETTINGS)],
    ['Properties', csv(BUILDINGS.map(propertyRow))],
    ['Leases', csv(HOUSEHOLDS.map(leaseRow))],
    ['Terms', csv(TERMS)],
    ['Links', csv(HOUSEHOLDS.flatMap(linkRows))],
  ];
}
