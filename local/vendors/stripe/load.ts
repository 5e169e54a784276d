/** Loads objects in Stripe's own JSON, each at its own time: what lies in the future stays out of sight until then. */
import type { LoadReport } from '../sandbox';
import { progress } from './arrivals';
import { letPass } from './clock';
import { DISPUTE_STATUSES } from './disputes';
import { type Arrival, copy, find, type Kind, type StripeObject, type StripeState, schedule } from './state';

/** In the order in which they depend on each other. */
const LOADABLE = [
  'customer',
  'payment_method',
  'setup_intent',
  'checkout.session',
  'payment_intent',
  'charge',
  'balance_transaction',
  'refund',
  'dispute',
  'event',
];
const WITH_AMOUNT = ['payment_intent', 'charge', 'refund', 'dispute'];
const INTENT = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'canceled',
  'succeeded',
];
const STATUSES: Readonly<Record<string, readonly string[]>> = {
  payment_intent: [...INTENT, 'requires_capture'],
  setup_intent: INTENT,
  charge: ['succeeded', 'pending', 'failed'],
  refund: ['pending', 'requires_action', 'succeeded', 'failed', 'canceled'],
  dispute: DISPUTE_STATUSES,
  'checkout.session': ['open', 'complete', 'expired'],
};

interface Planned {
  readonly at: number;
  readonly created: number;
  readonly rank: number;
  readonly arrival: Arrival;
}

/** `json` is a list object, an array, or a single object. Returns how many were taken and why others were not. */
export function load(state: StripeState, json: unknown, nowMs: number): LoadReport {
  const now = Math.floor(nowMs / 1000);
  letPass(state, now);
  const refused: { index: number; reason: string }[] = [];
  const taken: StripeObject[] = [];
  const seen = new Set<string>();
  rowsOf(json).forEach((row, index) => {
    const reason = faultOf(state, row, seen);
    if (reason) {
      refused.push({ index, reason });
      return;
    }
    const object = copy(row as StripeObject);
    object.created ??= find(state, object.object as Kind, object.id)?.created ?? now;
    seen.add(nameOf(object));
    taken.push(object);
  });
  const objects = taken.flatMap(apart);
  for (const planned of plan(supersede(state, objects), now)) {
    schedule(state, planned.at, planned.arrival);
  }
  letPass(state, now);
  return { loaded: taken.length, refused };
}

function rowsOf(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json;
  const list = json as { object?: unknown; data?: unknown } | null;
  return list && list.object === 'list' && Array.isArray(list.data) ? list.data : [json];
}

const nameOf = (object: StripeObject): string => `${object.object} ${object.id}`;

/** Why a row cannot be taken; undefined when it can. */
function faultOf(state: StripeState, row: unknown, seen: ReadonlySet<string>): string | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'not an object';
  const object = row as StripeObject;
  if (typeof object.object !== 'string') return 'no object kind';
  if (!LOADABLE.includes(object.object)) return `unknown object kind: ${object.object}`;
  if (typeof object.id !== 'string' || object.id === '') return 'no id';
  if (object.created !== undefined && !isSeconds(object.created)) return 'created is not a time in Unix seconds';
  if (object.object === 'event') return eventFault(object);
  const isNew = !seen.has(nameOf(object)) && !find(state, object.object as Kind, object.id);
  return moneyFault(object, isNew) ?? statusFault(object, isNew) ?? metadataFault(object);
}

/** Milliseconds are the usual slip; in seconds they would lie tens of thousands of years ahead. */
function isSeconds(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 100_000_000_000;
}

function eventFault(event: StripeObject): string | undefined {
  if (typeof event.type !== 'string') return 'the event has no type';
  const subject = (event.data as { object?: unknown } | null | undefined)?.object;
  return typeof subject === 'object' && subject !== null ? undefined : 'the event has no data.object';
}

function moneyFault(object: StripeObject, isNew: boolean): string | undefined {
  const { amount, currency } = object;
  const wanted = WITH_AMOUNT.includes(object.object) && isNew;
  if (amount === undefined && wanted) return 'no amount';
  if (amount !== undefined && amount !== null && !Number.isSafeInteger(amount)) return 'amount is not an integer';
  if (wanted && Number(amount) < 0) return 'amount is negative';
  if (currency === undefined || currency === null) return wanted ? 'no currency' : undefined;
  return /^[a-z]{3}$/.test(String(currency)) ? undefined : 'currency is not a lower-case ISO code';
}

function statusFault(object: StripeObject, isNew: boolean): string | undefined {
  const allowed = STATUSES[object.object];
  if (!allowed) return undefined;
  if (object.status === undefined || object.status === null) return isNew ? 'no status' : undefined;
  return allowed.includes(object.status) ? undefined : `unknown status: ${object.status}`;
}

function metadataFault(object: StripeObject): string | undefined {
  const { metadata } = object;
  if (metadata === undefined || metadata === null) return undefined;
  if (typeof metadata !== 'object' || Array.isArray(metadata)) return 'metadata is not an object';
  return Object.values(metadata).every((value) => typeof value === 'string')
    ? undefined
    : 'metadata has a value that is not text';
}

/** Expanded relatives become objects of their own, and the field their id, as the API keeps them. */
function apart(object: StripeObject): StripeObject[] {
  const found: StripeObject[] = [];
  if (object.object === 'event') return [object];
  for (const [field, value] of Object.entries(object)) {
    const inner = value as StripeObject | null;
    if (typeof inner !== 'object' || inner === null) continue;
    if (typeof inner.id === 'string' && LOADABLE.includes(inner.object)) {
      found.push(...apart({ ...inner, created: inner.created ?? object.created }));
      object[field] = inner.id;
    }
  }
  const refunds =
    object.object === 'charge' ? (object.refunds as { data?: StripeObject[] } | null | undefined) : undefined;
  if (object.object === 'charge') delete object.refunds;
  for (const refund of refunds?.data ?? [])
    found.push(...apart({ ...refund, created: refund.created ?? object.created }));
  return [...found, object];
}

/** An object that still waits for its time is replaced, not loaded twice. */
function supersede(state: StripeState, objects: readonly StripeObject[]): StripeObject[] {
  const waiting = new Map<string, StripeObject>();
  const names = new Set(objects.map(nameOf));
  state.due = state.due.filter(({ deed }) => {
    if (deed.does !== 'arrive' || !names.has(nameOf(deed.object))) return true;
    waiting.set(nameOf(deed.object), { ...waiting.get(nameOf(deed.object)), ...deed.object });
    return false;
  });
  return objects.map((object) => ({ ...waiting.get(nameOf(object)), ...object }));
}

function plan(objects: readonly StripeObject[], now: number): Planned[] {
  const charged = new Set(objects.filter((one) => one.object === 'charge').map((one) => String(one.payment_intent)));
  const about = new Map<string, StripeObject[]>();
  for (const event of objects.filter((one) => one.object === 'event')) {
    const name = nameOf((event.data as { object: StripeObject }).object);
    about.set(
      name,
      [...(about.get(name) ?? []), event].sort((a, b) => a.created - b.created),
    );
  }
  const planned: Planned[] = [];
  const add = (object: StripeObject, created: number, rank: number, more: Partial<Arrival> = {}) => {
    const subject = object.object === 'event' ? (object.data as { object: StripeObject }).object : object;
    const chargeComes = subject.object === 'payment_intent' && !subject.latest_charge && charged.has(subject.id);
    const arrival: Arrival = { does: 'arrive', object, quiet: false, chargeComes, onlyForward: false, ...more };
    planned.push({ at: Math.max(created, now), created, rank, arrival });
  };
  for (const object of objects) {
    const rank = LOADABLE.indexOf(object.object);
    const events = about.get(nameOf(object));
    if (object.object === 'event' || !events) add(object, object.created, rank);
    else addTold(object, events, rank, add);
  }
  return planned.sort((a, b) => a.at - b.at || a.created - b.created || a.rank - b.rank);
}

type Add = (object: StripeObject, created: number, rank: number, more?: Partial<Arrival>) => void;

/** The file tells this object's story in events: it begins as the first one shows it and ends as it is itself. */
function addTold(object: StripeObject, events: readonly StripeObject[], rank: number, add: Add): void {
  const first = (events[0]!.data as { object: StripeObject }).object;
  const begins = progress(first) < progress(object) ? { ...object, ...first } : object;
  add(begins, object.created, rank, { quiet: true });
  const last = events[events.length - 1]!;
  add(object, Math.max(last.created, object.created), LOADABLE.length, { quiet: true, onlyForward: true });
}
