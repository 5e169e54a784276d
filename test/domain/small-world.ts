/** One property in memory, moved only by the real decisions: days and payments are decided, their entries folded, nothing else. */

import { firstFeeDayOf } from '../../src/domain/account';
import type {
  AllocationRule,
  Entry,
  FeeRule,
  Frequency,
  Lease,
  LeaseState,
  PaymentSeen,
  Property,
  Proration,
  ReceiptRow,
  TaskRow,
  Term,
} from '../../src/domain/book';
import { day, instantOf } from '../../src/domain/calendar';
import { decideDay } from '../../src/domain/day';
import { parseFee } from '../../src/domain/fee-words';
import type { Rung } from '../../src/domain/ladder';
import { canonical, emptyState, fold, imbalance } from '../../src/domain/ledger';
import { type Link, matchIndex } from '../../src/domain/matching';
import { decimal, parseAmount, ZERO } from '../../src/domain/money';
import { decidePayments } from '../../src/domain/payments';
import type { RequestRow } from '../../src/domain/requests';
import { type Decision, pendingCents, type Run, type RunBook, type Settings } from '../../src/domain/run-book';
import { type Standing, standingOf } from '../../src/domain/standing';
import {
  type Cents,
  currency,
  type Day,
  type Instant,
  type Key,
  key,
  type LeaseId,
  leaseId,
  propertyName,
  zone,
} from '../../src/domain/values';
import { openingFrom, openingText } from '../../src/sheet/openings';

/** What happened since the last look, in words. */
export interface Told {
  readonly charges: string[];
  readonly credits: string[];
  readonly sends: string[];
  readonly tasks: string[];
  readonly collects: string[];
  readonly rungs: string[];
}

export const nothingTold = (): Told => ({ charges: [], credits: [], sends: [], tasks: [], collects: [], rungs: [] });

export interface World {
  property: Property & { readonly confirmed: boolean };
  readonly leases: Lease[];
  readonly terms: Map<LeaseId, readonly Term[]>;
  readonly links: Link[];
  ladder: readonly Rung[];
  settings: Settings;
  readonly states: Map<LeaseId, LeaseState>;
  readonly receipts: Map<Key, ReceiptRow>;
  readonly payments: Map<Key, PaymentSeen>;
  readonly tasks: TaskRow[];
  readonly requests: RequestRow[];
  readonly journal: Entry[];
  readonly keys: Set<Key>;
  today: Day;
  begun: boolean;
}

export function fault(what: string): never {
  throw new Error(`story: ${what}`);
}

const rung = (name: string, days: number, from: Rung['from'], more: Partial<Rung> = {}): Rung => ({
  name,
  days,
  from,
  minimumCents: ZERO,
  minimumUnpaid: 0,
  everyDays: 0,
  timesMax: 0,
  channel: 'email',
  template: name,
  task: '',
  release: false,
  ...more,
});

/** The rungs that a new workbook has. */
export const LADDER: readonly Rung[] = [
  rung('before-due', -3, 'due'),
  rung('due-today', 0, 'due'),
  rung('late', 0, 'first fee'),
  rung('late-second', 7, 'first fee', { task: 'Call the resident' }),
  rung('final-notice', 14, 'first fee', { task: 'Review and release the final notice', release: true }),
];

const PROPERTY: World['property'] = {
  row: 2,
  name: propertyName('Elm Street 5'),
  address: 'Elm Street 5',
  zone: zone('America/New_York'),
  currency: currency('USD'),
  jurisdiction: '',
  fees: {
    grace: { kind: 'full days', days: 5 },
    minimumCents: ZERO,
    appliesTo: ['rent'],
    returnedCents: ZERO,
    confirmed: true,
  },
  managerEmail: 'manager@example.com',
  slack: false,
  confirmed: true,
};

const SETTINGS: Settings = {
  booksOpenOn: day('2000-01-01'),
  zone: PROPERTY.zone,
  currency: PROPERTY.currency,
  reminders: true,
  quietFromHour: 0,
  quietUntilHour: 0,
  senderName: 'Elm Street',
  digestTo: '',
  digestLanguage: 'en',
  payLinks: false,
  partialPayments: true,
  minimumPart: '10.00',
  howToPay: '',
  payReturnTo: '',
  autopayDaysBefore: 0,
  payLinksBy: 'stripe',
  matchByEvidence: true,
  approvalLimit: '',
  paused: false,
  mailBy: 'gmail',
  textsBy: '',
  textPrice: '',
  handOverHours: 0,
  promiseDays: 10,
  pageLinkDays: 30,
};

export function newWorld(): World {
  return {
    property: PROPERTY,
    leases: [],
    terms: new Map(),
    links: [],
    ladder: LADDER,
    settings: SETTINGS,
    states: new Map(),
    receipts: new Map(),
    payments: new Map(),
    tasks: [],
    requests: [],
    journal: [],
    keys: new Set(),
    today: day('2026-11-01'),
    begun: false,
  };
}

export function propertyFrom(before: World['property'], options: ReadonlyMap<string, string>): World['property'] {
  return {
    ...before,
    jurisdiction: options.get('law') === 'unknown' ? '' : (options.get('law') ?? before.jurisdiction),
    zone: zone(options.get('zone') ?? before.zone),
    currency: currency(options.get('currency') ?? before.currency),
    confirmed: !options.has('unconfirmed'),
  };
}

const ALLOCATIONS: Readonly<Record<string, AllocationRule>> = {
  oldest: { kind: 'oldest' },
  'US-OR': { kind: 'statute', statute: 'US-OR' },
  'US-WA': { kind: 'statute', statute: 'US-WA' },
};

function feeOf(text: string | undefined, money: World['property']['currency']): FeeRule | undefined {
  if (text === undefined) return undefined;
  const rule = parseFee(text, money) ?? fault(`"${text}" is no fee`);
  return rule === 'none' ? undefined : rule;
}

/** A lease from `rent 1200.00 due 1 grace 5 fee 50.00`: `grace` is full days after the due date, `graceplus` counts the due day's distance. */
export function leaseFrom(world: World, id: string, options: ReadonlyMap<string, string>): Lease {
  const { property } = world;
  const amount = (name: string): Cents => {
    const text = options.get(name);
    return text === undefined ? ZERO : (parseAmount(text, property.currency) ?? fault(`"${text}" is no amount`));
  };
  if (options.has('autopay'))
    world.links.push(
      { row: 2, lease: leaseId(id), platform: 'stripe', kind: 'customer', externalId: `cus_${id}` },
      { row: 3, lease: leaseId(id), platform: 'stripe', kind: 'autopay', externalId: `pm_${id}` },
    );
  const end = options.get('end');
  const late = feeOf(options.get('fee'), property.currency);
  const cap = feeOf(options.get('cap'), property.currency);
  const plusDays = options.get('graceplus');
  return {
    row: 2,
    id: leaseId(id),
    property: property.name,
    unit: id,
    residents: `Resident of ${id}`,
    emails: [`${id.toLowerCase()}@example.com`],
    phone: '',
    rentCents: amount('rent'),
    frequency: (options.get('every') ?? 'monthly') as Frequency,
    dueDay: Number(options.get('due') ?? 1),
    start: day(options.get('start') ?? '2026-12-01'),
    ...(end ? { end: day(end) } : {}),
    depositCents: amount('deposit'),
    proration: (options.get('proration') ?? 'actual days') as Proration,
    allocation: ALLOCATIONS[options.get('allocation') ?? 'oldest'] ?? fault('no such allocation'),
    notifyBy: 'email',
    smsConsent: '',
    language: 'en',
    fees: {
      ...(late ? { late } : {}),
      ...(cap ? { cap } : {}),
      grace:
        plusDays === undefined
          ? { kind: 'full days', days: Number(options.get('grace') ?? 5) }
          : { kind: 'due plus', days: Number(plusDays) },
      minimumCents: amount('minimum'),
      appliesTo: ['rent'],
      returnedCents: amount('returned'),
      confirmed: property.confirmed,
    },
  };
}

export const bookOf = (world: World): RunBook => ({
  properties: new Map([[world.property.name, world.property]]),
  leases: [...world.leases],
  terms: new Map(world.terms),
  links: [...world.links],
  ladder: world.ladder,
  templates: [],
  settings: world.settings,
  states: new Map(world.states),
  receipts: [...world.receipts.values()],
  tasks: [...world.tasks],
  requests: [...world.requests],
  problems: [],
});

const runAt = (now: Instant): Run => ({ id: `run-${now}`, by: 'test', now });

/** The property's day at nine in the morning. */
export function runDay(world: World, told: Told, today: Day): void {
  world.today = today;
  world.begun = true;
  const run = runAt(instantOf(today, 9, 0, world.property.zone));
  take(world, told, decideDay(bookOf(world), run, world.property, today, 0, Number.POSITIVE_INFINITY).decision);
}

/** Payments as a poll brings them. */
export function see(world: World, told: Told, payments: readonly PaymentSeen[], now: Instant): void {
  const index = matchIndex(world.leases, world.links);
  const known = new Map(world.receipts);
  take(world, told, decidePayments({ book: bookOf(world), run: runAt(now), index, known }, payments));
}

/** What a commit does with a decision. */
export function take(world: World, told: Told, decision: Decision): void {
  for (const entry of decision.entries) {
    commitEntry(world, entry);
    const words = 'amountCents' in entry ? `${entry.key} ${decimal(entry.amountCents, entry.currency)}` : entry.key;
    if (entry.kind === 'charge') told.charges.push(words);
    if (entry.kind === 'credit') told.credits.push(words);
    if (entry.kind === 'rung') told.rungs.push(entry.key.replace(/^rung:/, ''));
  }
  for (const row of decision.receipts) world.receipts.set(row.key, row);
  for (const row of decision.requests ?? []) keep(world, row);
  for (const intent of decision.intents) {
    if (intent.channel === 'gmail') told.sends.push(intent.waitsForRelease ? `${intent.kind} (waits)` : intent.kind);
    if (intent.channel === 'stripe') told.collects.push(`${intent.key} ${intent.payload.amountCents}`);
  }
  for (const task of decision.tasks) {
    told.tasks.push(task.key.replace(/^task:/, ''));
    world.tasks.push({ ...task, row: world.tasks.length + 2, state: 'open', outcome: '' });
  }
  for (const { key: closed, outcome } of decision.closedTasks) {
    const at = world.tasks.findIndex((task) => task.key === closed);
    const task = world.tasks[at];
    if (task) world.tasks[at] = { ...task, state: 'closed by payment', outcome };
  }
}

/** A request as its row stands now. */
export function keep(world: World, row: RequestRow): void {
  const at = world.requests.findIndex((each) => each.key === row.key);
  if (at < 0) world.requests.push(row);
  else world.requests[at] = row;
}

/** Folds one entry and holds the laws that are true after every entry: one row per key, a balance that adds up, openings that say the same. */
export function commitEntry(world: World, entry: Entry): void {
  if (world.keys.has(entry.key)) fault(`the key ${entry.key} is in the ledger twice`);
  world.keys.add(entry.key);
  const state = fold(stateIn(world, entry.lease), entry);
  const wrong = imbalance(state);
  if (wrong) fault(`${wrong} after ${entry.key}`);
  const read = openingFrom(entry.lease, openingText(state)) ?? fault(`openings of ${entry.lease} cannot be read`);
  if (canonical(read) !== canonical(state)) fault(`openings of ${entry.lease} say something else after ${entry.key}`);
  world.states.set(entry.lease, read);
  world.journal.push(entry);
}

export const stateIn = (world: World, lease: LeaseId): LeaseState => world.states.get(lease) ?? emptyState(lease);

export function standingIn(world: World, id: LeaseId): Standing {
  const lease = world.leases.find((each) => each.id === id) ?? fault(`no lease ${id}`);
  const account = { lease, property: world.property };
  return standingOf({
    lease,
    state: stateIn(world, id),
    today: world.today,
    pendingCents: pendingCents(bookOf(world), id),
    firstFeeDay: (charge) => firstFeeDayOf(account, charge.due),
  });
}

/** What every entry that a person causes has. */
export const entryStem = (world: World, lease: Lease, name: string) => ({
  key: key(name),
  lease: lease.id,
  property: world.property.name,
  currency: world.property.currency,
  day: world.today,
  postedAt: instantOf(world.today, 15, 0, world.property.zone),
  by: 'manager@example.com',
  why: 'A person did this.',
});
