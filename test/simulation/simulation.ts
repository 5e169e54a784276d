/** Lives a plan in a world with the built add-on: time passes, people edit, platforms fail and runs are killed. */
import { askApi } from '../../local/cli/api';
import { setUpWorld } from '../../local/cli/setup';
import { cellOf, headersOf } from '../../local/cli/tabs';
import type { VendorTrouble } from '../../local/faults';
import type { RunResult, TriggerRecord } from '../../local/host/state';
import { sandboxes } from '../../local/vendors';
import { World } from '../../local/world';
import { builtBundle } from './bundle';
import { type DayText, msOfDay, shift } from './days';
import type { Deed, Plan } from './plan';
import { list } from './stripe-objects';

const OWNER = 'owner@example.com';
const MINUTE_MS = 60_000;

/** What was done by people and seen by polls, for the rules that look back. */
export interface Past {
  readonly rents: { readonly lease: string; readonly atMs: number; readonly rentCents: number }[];
  readonly ends: Map<string, DayText>;
  readonly holds: { readonly lease: string; readonly atMs: number; readonly until: DayText }[];
  /** When polls began that read everything and met no fault. */
  readonly goodPollsMs: number[];
  readonly trouble: string[];
  struck: number;
  runs: number;
  killed: number;
  failed: number;
}

export interface Lived {
  readonly plan: Plan;
  readonly world: World;
  readonly past: Past;
}

export function begin(plan: Plan): Lived {
  const world = World.create({
    bundle: builtBundle(),
    sandboxes,
    now: msOfDay(plan.opensOn) + 14 * 60 * MINUTE_MS,
    zone: plan.zone,
    locale: 'en_US',
    owner: OWNER,
    title: 'Simulated ledger',
    seed: plan.seed,
  });
  setUpWorld(world, { on: plan.opensOn, zone: plan.zone, currency: 'USD', title: 'Simulated ledger' });
  fill(world, plan);
  paceOf(world, plan);
  const past: Past = {
    rents: [],
    ends: new Map(),
    holds: [],
    goodPollsMs: [],
    trouble: [],
    struck: 0,
    runs: 0,
    killed: 0,
    failed: 0,
  };
  return { plan, world, past };
}

type Row = Readonly<Record<string, string>>;

function csv(rows: readonly Row[]): string {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [headers, ...rows.map((row) => headers.map((header) => row[header] ?? ''))]
    .map((cells) => cells.map((cell) => `"${cell}"`).join(','))
    .join('\n');
}

function take(world: World, tab: string, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const report = askApi<{ refused: unknown[] }>(world, 'importCsv', [{ tab, name: `${tab}.csv`, text: csv(rows) }]);
  if (report.refused.length > 0) throw new Error(`${tab}: ${JSON.stringify(report.refused)}`);
}

export const decimalOf = (cents: number, currency: string): string =>
  currency === 'JPY' ? String(cents) : (cents / 100).toFixed(2);

function fill(world: World, plan: Plan): void {
  const currency = new Map(plan.properties.map((property) => [property.name, property.currency]));
  const ofLease = new Map(plan.leases.map((lease) => [lease.id, currency.get(lease.property) ?? 'USD']));
  const properties = plan.properties.map((each) => ({
    Property: each.name,
    'Time zone': each.zone,
    Currency: each.currency,
    Jurisdiction: each.jurisdiction,
    'Grace days': String(each.grace.days),
    'Grace rule': each.grace.rule,
    'Late fee': each.fee.words,
    'Returned payment fee': each.returnedCents === 0 ? '' : decimalOf(each.returnedCents, each.currency),
    'Fee terms confirmed': each.confirmed ? 'Ann Owner' : '',
    'Manager email': 'ann@example.com',
    'Slack webhook': 'yes',
  }));
  const leases = plan.leases.map((each) => ({
    'Lease ID': each.id,
    Property: each.property,
    Unit: each.id,
    Residents: `Resident ${each.id}`,
    Email: each.email,
    Rent: decimalOf(each.rentCents, ofLease.get(each.id) ?? 'USD'),
    Frequency: each.frequency,
    'Due day': String(each.dueDay),
    Start: each.start,
    End: each.end ?? '',
    Deposit: each.depositCents === 0 ? '' : decimalOf(each.depositCents, ofLease.get(each.id) ?? 'USD'),
    Proration: each.proration,
    Allocation: each.allocation,
    'Notify by': each.notify,
  }));
  const terms = plan.terms.map((each) => ({
    'Lease ID': each.lease,
    Type: each.type,
    Amount: decimalOf(each.amountCents, ofLease.get(each.lease) ?? 'USD'),
    From: each.from,
    Until: each.until ?? '',
    Every: each.every,
    Memo: each.memo,
  }));
  const links = plan.links.map((each) => ({
    'Lease ID': each.lease,
    Platform: 'stripe',
    Kind: each.kind,
    'External ID': each.id,
  }));
  const tabs = { Properties: properties, Leases: leases, Terms: terms, Links: links };
  for (const [tab, rows] of Object.entries(tabs)) take(world, tab, rows);
  const { refused } = world.load('stripe', list(plan.payments));
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
}

/** Most polls of a month find nothing; a slower pace meets the same cases in a fraction of the time. */
function paceOf(world: World, plan: Plan): void {
  for (const trigger of world.triggers) {
    const every =
      trigger.handler === 'poll' ? plan.pollMinutes : trigger.handler === 'tick' ? plan.tickHours * 60 : undefined;
    if (every === undefined || trigger.rule?.kind === 'once') continue;
    Object.assign(trigger, {
      rule: { kind: 'minutes', every, offsetMs: (plan.seed % 50) * MINUTE_MS },
      nextMs: world.now + MINUTE_MS,
    });
  }
}

/** Time passes to `untilMs`; what every run did is kept. */
export function advance({ world, past }: Lived, untilMs: number): void {
  world.advanceTo(Math.max(untilMs, world.now), { onRun: (result, trigger) => note(world, past, result, trigger) });
}

/** How often the payment platform was made to misbehave so far. */
const strikes = (world: World): number =>
  Object.entries(world.faults.hits)
    .filter(([name]) => name.startsWith('stripe-'))
    .reduce((all, [, times]) => all + times, 0);

interface Reported {
  readonly poll?: { readonly result: string; readonly faults: readonly unknown[] };
  readonly trouble?: string;
}

function note(world: World, past: Past, result: RunResult, trigger: TriggerRecord): void {
  past.runs += 1;
  const startMs = world.executions.at(-1)?.startMs ?? world.now;
  const report = result.value as Reported | null | undefined;
  const struck = strikes(world);
  // A page that the platform left empty hides what is there without being a fault, so such a poll has not seen everything.
  const untroubled = struck === past.struck;
  past.struck = struck;
  if (result.killed) past.killed += 1;
  else if (!result.ok) past.failed += 1;
  if (!result.ok && !result.killed && !/timed out while accessing/.test(result.error?.message ?? ''))
    past.trouble.push(
      `${new Date(startMs).toISOString()} ${trigger.handler}: ${result.error?.message} ${result.error?.stack ?? ''}`,
    );
  if (report?.trouble) past.trouble.push(`${new Date(startMs).toISOString()} ${trigger.handler}: ${report.trouble}`);
  if (untroubled && result.ok && report?.poll?.result === 'done' && report.poll.faults.length === 0)
    past.goodPollsMs.push(startMs);
}

/** A person, or bad luck, does something now. */
export function perform({ world, past, plan }: Lived, deed: Deed): void {
  const { faults } = world;
  if (deed.do === 'kill') faults.killAt(deed.call, deed.side, deed.handler);
  // Only the add-on's own runs: the questions that the checks ask are not part of the story.
  if (deed.do === 'error')
    for (const handler of ['poll', 'tick']) faults.atCall({ what: 'error', call: deed.call, side: deed.side, handler });
  if (deed.do === 'trouble')
    faults.atVendor({
      vendor: deed.vendor,
      what: deed.what as VendorTrouble,
      when: { rate: deed.rate },
      ...(deed.what === 'busy' ? { retryAfterSeconds: 600 } : {}),
      ...(deed.what === 'timeout' ? { side: 'after' as const } : {}),
    });
  if (deed.do === 'clear') faults.clear();
  if (deed.do === 'sort') sortTab(world, deed.tab, deed.column, deed.descending);
  if (deed.do === 'rent') {
    past.rents.push({ lease: deed.lease, atMs: world.now, rentCents: deed.rentCents });
    type(world, deed.lease, 'Rent', decimalOf(deed.rentCents, currencyOf(plan, deed.lease)));
  }
  if (deed.do === 'end') {
    past.ends.set(deed.lease, deed.end);
    type(world, deed.lease, 'End', deed.end);
  }
  if (deed.do === 'hold') {
    past.holds.push({ lease: deed.lease, atMs: world.now, until: deed.until });
    type(world, deed.lease, 'Hold until', deed.until);
  }
}

function currencyOf(plan: Plan, lease: string): string {
  const property = plan.leases.find((each) => each.id === lease)?.property;
  return plan.properties.find((each) => each.name === property)?.currency ?? 'USD';
}

function type(world: World, lease: string, header: string, text: string): void {
  // A tab that was sorted may have its columns where they were, and its rows elsewhere.
  world.edit('Leases', cellOf(world, 'Leases', lease, header), text);
}

function sortTab(world: World, tab: string, column: number, descending: boolean): void {
  const sheet = world.workbook.state.byTitle(tab);
  if (sheet === undefined) throw new Error(`There is no tab ${tab}`);
  const range = {
    sheetId: sheet.id,
    startRowIndex: 1,
    endRowIndex: sheet.usedRows,
    startColumnIndex: 0,
    endColumnIndex: headersOf(world, tab).length,
  };
  const sortOrder = descending ? 'DESCENDING' : 'ASCENDING';
  const sortRange = { range, sortSpecs: [{ dimensionIndex: column % range.endColumnIndex, sortOrder }] };
  if (sheet.usedRows > 2)
    world.workbook.api('spreadsheets.batchUpdate', { spreadsheetId: world.workbook.id }, { requests: [{ sortRange }] });
}

export const afterDays = (plan: Plan, days: number): number => msOfDay(shift(plan.lastDay, days));
