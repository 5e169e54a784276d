/** A random portfolio with its residents, and everything that will happen to it, drawn from one seed. */
import { Chance, type DayText, dayOfMonth, monthIndexOf, msOfDay, shift } from './days';
import type { Frequency, ModelLease, ModelProperty, ModelTerm } from './model';
import { Residents } from './residents';
import type { StripeJson } from './stripe-objects';

export type Deed =
  | { readonly do: 'rent'; readonly lease: string; readonly rentCents: number }
  | { readonly do: 'end'; readonly lease: string; readonly end: DayText }
  | { readonly do: 'hold'; readonly lease: string; readonly until: DayText }
  | { readonly do: 'sort'; readonly tab: string; readonly column: number; readonly descending: boolean }
  | { readonly do: 'kill'; readonly call: number; readonly side: 'before' | 'after'; readonly handler: string }
  | { readonly do: 'error'; readonly call: number; readonly side: 'before' | 'after' }
  | { readonly do: 'trouble'; readonly vendor: string; readonly what: string; readonly rate: number }
  | { readonly do: 'clear' };

export interface Timed {
  readonly atMs: number;
  readonly deed: Deed;
}

export interface Plan {
  readonly seed: number;
  readonly opensOn: DayText;
  readonly lastDay: DayText;
  readonly zone: string;
  readonly pollMinutes: number;
  readonly tickHours: number;
  readonly properties: readonly ModelProperty[];
  readonly leases: readonly ModelLease[];
  readonly terms: readonly ModelTerm[];
  readonly links: readonly { readonly lease: string; readonly kind: 'customer' | 'autopay'; readonly id: string }[];
  readonly payments: readonly StripeJson[];
  readonly deeds: readonly Timed[];
}

const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'Europe/London',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Asia/Kathmandu',
];
const HOUR_MS = 3_600_000;

export function makePlan(seed: number): Plan {
  const chance = new Chance(seed);
  const months = chance.of([1, 1, 1, 2, 3]);
  const opensOn = dayOfMonth(2026 * 12 + chance.whole(0, 23), chance.of([1, 1, 1, 15, 20]));
  const lastDay = shift(
    dayOfMonth(monthIndexOf(opensOn) + months, 28),
    -28 + Number(opensOn.slice(8)) + chance.whole(0, 6),
  );
  const properties = Array.from({ length: chance.whole(1, 2) }, (_, at) => propertyOf(chance, at));
  const leases = Array.from({ length: chance.whole(3, 8) }, (_, at) => leaseOf(chance, at, properties, opensOn));
  const terms = leases.flatMap((lease) => termsOf(chance, lease, opensOn));
  const residents = new Residents(chance, opensOn, lastDay, properties, terms);
  for (const lease of leases) residents.live(lease);
  residents.stranger();
  const deeds = deedsOf(chance, leases, opensOn, lastDay);
  return {
    seed,
    opensOn,
    lastDay,
    zone: 'America/New_York',
    pollMinutes: chance.of([120, 180, 240]),
    tickHours: chance.of([2, 3]),
    properties,
    leases,
    terms,
    links: residents.links,
    payments: residents.objects,
    deeds: deeds.sort((a, b) => a.atMs - b.atMs),
  };
}

const decimalOf = (cents: number, currency: string): string =>
  currency === 'JPY' ? String(cents) : (cents / 100).toFixed(2);

function feeTerms(chance: Chance, currency: ModelProperty['currency']): ModelProperty['fee'] {
  const kind = chance.of(['none', 'flat', 'flat', 'percent', 'growing'] as const);
  if (kind === 'none') return { kind, words: '', figure: 0 };
  const figure = kind === 'percent' ? chance.of([500, 750]) : chance.whole(10, 80) * (currency === 'JPY' ? 10 : 100);
  if (kind === 'flat') return { kind, words: decimalOf(figure, currency), figure };
  if (kind === 'percent') return { kind, words: `${figure / 100}% of rent`, figure };
  const amount = decimalOf(figure, currency);
  return {
    kind,
    words: chance.of([
      `${amount} a day`,
      '5% of balance',
      `${amount} from day 3, ${decimalOf(2 * figure, currency)} from day 9`,
    ]),
    figure,
  };
}

function propertyOf(chance: Chance, at: number): ModelProperty {
  const currency = chance.of(['USD', 'USD', 'EUR', 'JPY'] as const);
  return {
    name: ['Elm House', 'Quai 9'][at] ?? `House ${at}`,
    zone: chance.of(ZONES),
    currency,
    jurisdiction:
      currency === 'USD' ? chance.of(['', 'US-XX', 'US-NY', 'US-TX', 'US-MA']) : chance.of(['', 'ZZ-1', 'CA-ON']),
    grace: { rule: chance.of(['due + N', 'N full days'] as const), days: chance.whole(1, 8) },
    fee: feeTerms(chance, currency),
    returnedCents: chance.of([0, 2500]),
    confirmed: chance.is(0.75),
  };
}

function leaseOf(chance: Chance, at: number, properties: readonly ModelProperty[], opensOn: DayText): ModelLease {
  const frequency: Frequency = chance.of([
    'monthly',
    'monthly',
    'monthly',
    'weekly',
    'fortnightly',
    'quarterly',
    'yearly',
  ] as const);
  const start = chance.is(0.5) ? shift(opensOn, -chance.whole(1, 500)) : shift(opensOn, chance.whole(0, 25));
  const weekly = frequency === 'weekly' || frequency === 'fortnightly';
  const id = `L-${at + 1}`;
  return {
    id,
    property: chance.of(properties).name,
    email: `${id.toLowerCase()}@example.com`,
    rentCents: chance.whole(200, 3000) * 100 + chance.whole(0, 99),
    frequency,
    dueDay: weekly ? chance.whole(1, 7) : chance.of([1, 1, 5, 15, 28, 29, 30, 31]),
    start,
    ...(chance.is(0.2) ? { end: shift(start > opensOn ? start : opensOn, chance.whole(5, 60)) } : {}),
    depositCents: chance.of([0, 0, 50_000]),
    proration: chance.of(['actual days', 'actual days', '30-day', '365-day'] as const),
    allocation: chance.of(['', '', 'by type'] as const),
    notify: chance.is(0.85) ? 'email' : 'none',
  };
}

function termsOf(chance: Chance, lease: ModelLease, opensOn: DayText): ModelTerm[] {
  const terms: ModelTerm[] = [];
  const somewhere = () => shift(opensOn, chance.whole(1, 40));
  // The 30-day method shares a period by calendar rules of its own, so that its rents change at no day of their own here.
  const anyDay = lease.proration === 'actual days' || ['weekly', 'fortnightly'].includes(lease.frequency);
  const base = { lease: lease.id, every: 'period' as const, memo: '' };
  if (anyDay && chance.is(0.3)) {
    const from = somewhere();
    const until = chance.is(0.4) ? { until: shift(from, chance.whole(5, 30)) } : {};
    terms.push({ ...base, type: 'rent', amountCents: lease.rentCents + chance.whole(-90, 200) * 100, from, ...until });
  }
  if (chance.is(0.3))
    terms.push({
      ...base,
      type: 'parking',
      amountCents: chance.whole(20, 120) * 100,
      from: anyDay ? somewhere() : '2020-01-01',
    });
  if (chance.is(0.2))
    terms.push({
      ...base,
      every: 'once',
      type: 'utilities',
      amountCents: chance.whole(500, 9000),
      from: somewhere(),
      memo: 'water',
    });
  if (chance.is(0.1))
    terms.push({
      ...base,
      every: 'once',
      type: 'credit',
      amountCents: chance.whole(500, 9000),
      from: somewhere(),
      memo: 'goodwill',
    });
  return terms;
}

const laterOf = (a: DayText, b: DayText): DayText => (a > b ? a : b);

const TROUBLES = [
  'unauthorized',
  'payment-required',
  'busy',
  'server-error',
  'timeout',
  'slow',
  'truncated',
  'empty-page',
  'duplicate',
];

/** What people do to the sheet, and what goes wrong, on days of its own. */
function deedsOf(chance: Chance, leases: readonly ModelLease[], opensOn: DayText, lastDay: DayText): Timed[] {
  const deeds: Timed[] = [];
  const ended = new Set(leases.filter((lease) => lease.end !== undefined).map((lease) => lease.id));
  for (let day = shift(opensOn, 2); day < lastDay; day = shift(day, 1)) {
    const at = (hour: number) => msOfDay(day) + hour * HOUR_MS + chance.whole(0, 59) * 60_000;
    const add = (hour: number, deed: Deed) => deeds.push({ atMs: at(hour), deed });
    const lease = chance.of(leases);
    if (chance.is(0.04)) add(15, { do: 'rent', lease: lease.id, rentCents: chance.whole(200, 3000) * 100 });
    if (chance.is(0.03) && !ended.has(lease.id) && lease.start < day) {
      ended.add(lease.id);
      add(16, { do: 'end', lease: lease.id, end: laterOf(lease.start, shift(day, chance.whole(-3, 30))) });
    }
    if (chance.is(0.04)) add(17, { do: 'hold', lease: lease.id, until: shift(day, chance.whole(0, 15)) });
    if (chance.is(0.08))
      add(18, {
        do: 'sort',
        tab: chance.of(['Leases', 'Properties', 'Terms', 'Links']),
        column: chance.whole(0, 8),
        descending: chance.is(0.5),
      });
    if (chance.is(0.25))
      add(chance.whole(0, 23), {
        do: 'kill',
        call: chance.whole(1, chance.of([15, 40])),
        side: chance.of(['before', 'after'] as const),
        handler: chance.of(['poll', 'tick', 'tick', 'resume']),
      });
    if (chance.is(0.1))
      add(chance.whole(0, 23), {
        do: 'error',
        call: chance.whole(1, 30),
        side: chance.of(['before', 'after'] as const),
      });
    if (chance.is(0.15))
      add(5, {
        do: 'trouble',
        vendor: chance.of(['stripe', 'stripe', 'slack']),
        what: chance.of(TROUBLES),
        rate: chance.of([0.2, 0.5, 1]),
      });
    if (chance.is(0.3)) add(22, { do: 'clear' });
  }
  return deeds;
}
