/** A landlord of so many leases with so many months of rent behind them, written to a workbook by the product's own code. */
import { setUpWorld } from '../../local/cli/setup';
import type { Bundle } from '../../local/host/bundle';
import { sandboxes } from '../../local/vendors';
import { World } from '../../local/world';
import type { PaymentSeen } from '../../src/domain/book';
import { matchIndex } from '../../src/domain/matching';
import { cents } from '../../src/domain/money';
import { decidePayments } from '../../src/domain/payments';
import { currency, instant, key } from '../../src/domain/values';
import { daily } from '../../src/jobs/daily';
import { dayOf } from '../../src/sheet/cells';
import { commit } from '../../src/sheet/commit';
import { loadBook } from '../../src/sheet/load';
import { LEASES, PROPERTIES } from '../../src/sheet/schema';
import { nodeApp } from './node-host';

export const ZONE = 'America/New_York';
/** History ends before this month: the runs that are measured lie in it. */
export const MEASURED = '2026-12';
const UNITS = 100;
const PAYMENTS_AT_ONCE = 1000;
/** One lease in twenty pays late, and those of the present month have not paid yet. */
const LATE_EVERY = 20;

export const isLate = (index: number): boolean => index % LATE_EVERY === 7;
export const leaseName = (index: number): string => `L-${String(index + 1).padStart(5, '0')}`;
export const rentCents = (index: number): number => (1000 + (index % 500)) * 100;
/** Noon in New York is never another day elsewhere in the bench. */
export const at = (day: string, hour = 12): number => Date.parse(`${day}T${String(hour + 5).padStart(2, '0')}:00:00Z`);

export interface Portfolio {
  readonly leases: number;
  readonly months: number;
}

function monthsBefore(count: number): string[] {
  const [year = 0, month = 0] = MEASURED.split('-').map(Number);
  return Array.from({ length: count }, (_, index) => {
    const ahead = year * 12 + month - 1 - count + index;
    return `${Math.floor(ahead / 12)}-${String((ahead % 12) + 1).padStart(2, '0')}`;
  });
}

/** An empty workbook, set up by the built bundle; residents are not written to while history is made. */
function emptyWorld(openOn: string, bundle: Bundle): World {
  const world = World.create({
    bundle,
    sandboxes,
    now: at(openOn, 9),
    zone: ZONE,
    locale: 'en_US',
    owner: 'owner@example.com',
    title: 'Bench',
    profile: 'workspace',
  });
  setUpWorld(world, { on: openOn, zone: ZONE, currency: 'USD', title: 'Bench' });
  setSetting(world, 'Reminders', 'off');
  // The digest is a message like any other: those are measured apart.
  setSetting(world, 'Digest to', '');
  return world;
}

/** As a person would type it on the Settings tab. */
export function setSetting(world: World, setting: string, value: string): void {
  const { valueRanges } = world.workbook.api('spreadsheets.values.batchGet', { ranges: ["'Settings'!A1:A"] }) as {
    valueRanges: { values: string[][] }[];
  };
  const row = (valueRanges[0]?.values ?? []).findIndex(([name]) => name === setting) + 1;
  world.edit('Settings', `B${row}`, value);
}

function writePortfolio(world: World, leases: number): void {
  const app = nodeApp(world, 'bench', world.now);
  const loaded = loadBook(app.host);
  const properties = Array.from({ length: Math.ceil(leases / UNITS) }, (_, index) => ({
    tab: PROPERTIES,
    cells: {
      Property: `House ${index + 1}`,
      Address: `${index + 1} Elm Street`,
      'Time zone': ZONE,
      Currency: 'USD',
      'Grace days': 5,
      'Grace rule': 'due + N',
      'Late fee': '50.00',
      'Fee terms confirmed': 'bench',
    },
  }));
  const rows = Array.from({ length: leases }, (_, index) => ({
    tab: LEASES,
    cells: {
      'Lease ID': leaseName(index),
      Property: `House ${Math.floor(index / UNITS) + 1}`,
      Unit: String((index % UNITS) + 1),
      Residents: `Resident ${index + 1}`,
      Email: `r${index + 1}@example.com`,
      Rent: rentCents(index) / 100,
      'Due day': '1',
      Start: dayOf('2024-01-01') ?? '',
      Deposit: rentCents(index) / 100,
    },
  }));
  commit(app.host, loaded, app.run, { people: [...properties, ...rows] });
}

const paymentOf = (index: number, month: string, amount: number, atMs: number): PaymentSeen => ({
  key: key(`stripe:pi_${month.replace('-', '')}${index}`),
  source: 'stripe',
  externalId: `pi_${month.replace('-', '')}${index}`,
  amountCents: cents(amount),
  currency: currency('USD'),
  state: 'settled',
  initiatedAt: instant(atMs),
  settledAt: instant(atMs),
  leaseRef: leaseName(index),
  customer: `cus_${index}`,
  payerEmail: `r${index + 1}@example.com`,
  payerName: `Resident ${index + 1}`,
  reversals: [],
});

/** Payments arrive as a poll would take them, a thousand at a time. */
export function takePayments(world: World, month: string, day: string, indexes: readonly number[], extra = 0): void {
  const app = nodeApp(world, 'poll', at(`${month}-${day}`));
  let loaded = loadBook(app.host);
  const index = matchIndex(loaded.book.leases, loaded.book.links);
  for (let from = 0; from < indexes.length; from += PAYMENTS_AT_ONCE) {
    const known = new Map(loaded.book.receipts.map((row) => [row.key, row]));
    const seen = indexes
      .slice(from, from + PAYMENTS_AT_ONCE)
      .map((each) => paymentOf(each, month, rentCents(each) + extra, at(`${month}-${day}`, 10)));
    const decision = decidePayments({ book: loaded.book, run: app.run, index, known }, seen);
    loaded = commit(app.host, loaded, app.run, { decision });
  }
  // As a poll does it, but once: views are found by reading, so a second write in one reading would append rows twice.
  commit(app.host, loaded, app.run, { views: true });
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** One month: rent on the 1st, nearly everybody pays on the 3rd, fees for the others on the 8th, who pay on the 12th. */
function liveThrough(world: World, leases: number, month: string): void {
  const all = range(leases);
  daily(nodeApp(world, 'tick', at(`${month}-01`, 1)));
  takePayments(
    world,
    month,
    '03',
    all.filter((each) => !isLate(each)),
  );
  daily(nodeApp(world, 'tick', at(`${month}-08`, 1)));
  takePayments(world, month, '12', all.filter(isLate), 50_00);
}

/** Cells of all tabs, empty ones of the grid included: the workbook holds at most ten million. */
export function cellCount(world: World): number {
  const { sheets } = nodeApp(world, 'bench', 0).host.workbook.shape();
  return sheets.reduce((all, sheet) => all + sheet.rows * sheet.columns, 0);
}

export const CELLS_MAX = 10_000_000;

export interface Built {
  readonly world: World;
  /** Months that fit into one workbook. */
  readonly months: number;
  readonly cells: number;
}

/** As many of the wanted months as one workbook holds, the measured month included. */
export function withHistory({ leases, months }: Portfolio, bundle: Bundle): Built {
  const fits = monthsThatFit(leases, months, bundle);
  const world = worldOf(leases, fits, bundle);
  world.state.nowMs = at(`${MEASURED}-01`, -2);
  return { world, months: fits, cells: cellCount(world) };
}

function worldOf(leases: number, months: number, bundle: Bundle): World {
  const past = monthsBefore(months);
  const openOn = `${past[0] ?? MEASURED}-01`;
  const world = emptyWorld(openOn, bundle);
  writePortfolio(world, leases);
  for (const month of past) {
    liveThrough(world, leases, month);
  }
  return world;
}

/** What a lease adds in a month is the same for all: a small portfolio tells how many months a large one may have. */
function monthsThatFit(leases: number, months: number, bundle: Bundle): number {
  const sample = UNITS;
  const one = cellCount(worldOf(sample, 12, bundle));
  const two = cellCount(worldOf(sample, 16, bundle));
  const perMonth = (two - one) / 4 / sample;
  // The measured month adds its rows as well, and a page for each lease; and a tab grows by whole blocks of rows.
  const room = CELLS_MAX * 0.8 - one;
  return Math.max(1, Math.min(months, Math.floor(room / leases / perMonth) - 1));
}
