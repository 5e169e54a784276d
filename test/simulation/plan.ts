/** A random portfolio with its residents, and everything that will happen to it, drawn from one seed. */
import { Chance, type DayText, dayOfMonth, monthIndexOf, msOfDay, shift } from './days';
import {
  agreedFeeDay,
  chargesOf,
  type Expected,
  type Frequency,
  type ModelLease,
  type ModelProperty,
  type ModelTerm,
} from './model';
import { bankDebit, cardPayment, declinedCard, dispute, type Paid, refund, type StripeJson } from './stripe-objects';

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
    pollMinutes: chance.of([60, 120, 180, 240]),
    tickHours: chance.of([1, 2, 3]),
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

const HABITS = [
  'in time',
  'in time',
  'in time',
  'early',
  'late',
  'late',
  'two halves',
  'half',
  'twice',
  'bank settles',
  'bank settles late',
  'bank fails',
  'bank stays',
  'bank returned',
  'refunded in part',
  'refunded',
  'dispute open',
  'dispute won',
  'dispute lost',
  'declined, then in time',
  'never',
  'never',
] as const;

/** What residents do about each due date, as objects of the payment platform. */
class Residents {
  readonly objects: StripeJson[] = [];
  readonly links: { lease: string; kind: 'customer' | 'autopay'; id: string }[] = [];
  private serial = 0;

  constructor(
    private readonly chance: Chance,
    private readonly opensOn: DayText,
    private readonly lastDay: DayText,
    private readonly properties: readonly ModelProperty[],
    private readonly terms: readonly ModelTerm[],
  ) {}

  live(lease: ModelLease): void {
    const property = this.properties.find((each) => each.name === lease.property) as ModelProperty;
    const known = this.chance.of(['reference', 'reference', 'email', 'customer', 'autopay'] as const);
    const customer = `cus_${lease.id.replace('-', '')}`;
    if (known === 'customer' || known === 'autopay') {
      this.objects.push({
        id: customer,
        object: 'customer',
        created: this.seconds(this.opensOn, 0),
        email: `payer@${customer}.test`,
      });
      this.links.push({ lease: lease.id, kind: 'customer', id: customer });
    }
    if (known === 'autopay') {
      this.saveMethod(lease, customer);
      return;
    }
    const dues = chargesOf(lease, this.terms, this.opensOn, this.lastDay, () => lease.rentCents).filter(
      (each) => each.line !== 'credit',
    );
    const byDay = new Map<DayText, Expected[]>();
    for (const each of dues) byDay.set(each.due, [...(byDay.get(each.due) ?? []), each]);
    const steady = this.chance.is(0.4) ? this.chance.of(HABITS) : undefined;
    for (const [due, charges] of byDay) {
      const paid = {
        amountCents: charges.reduce((all, each) => all + each.amountCents, 0),
        currency: property.currency,
        ...(known === 'reference' ? { lease: lease.id } : known === 'email' ? { email: lease.email } : { customer }),
      };
      this.pay(steady ?? this.chance.of(HABITS), due, agreedFeeDay(due, property), paid);
    }
  }

  /** Money of which nobody can say whose it is. */
  stranger(): void {
    if (!this.chance.is(0.5)) return;
    this.objects.push(
      ...cardPayment(this.paid(this.opensOn, this.chance.whole(2, 20), { amountCents: 12_345, currency: 'USD' })),
    );
  }

  private saveMethod(lease: ModelLease, customer: string): void {
    const bank = this.chance.is(0.4);
    const id = `pm_${bank ? 'usBank' : 'card'}${lease.id.replace('-', '')}`;
    const details = bank
      ? {
          us_bank_account: {
            bank_name: 'STRIPE TEST BANK',
            last4: '6789',
            account_type: 'checking',
            account_holder_type: 'individual',
          },
        }
      : { card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2035, funding: 'credit' } };
    const type = bank ? 'us_bank_account' : 'card';
    this.objects.push({
      id,
      object: 'payment_method',
      type,
      customer,
      created: this.seconds(this.opensOn, 0),
      ...details,
    });
    this.links.push({ lease: lease.id, kind: 'autopay', id });
  }

  private seconds = (day: DayText, days: number): number => msOfDay(shift(day, days)) / 1000;

  private paid(day: DayText, days: number, more: Pick<Paid, 'amountCents' | 'currency'> & Partial<Paid>): Paid {
    this.serial += 1;
    const wanted = msOfDay(day) + days * 24 * HOUR_MS + this.chance.whole(0, 24 * 60 - 1) * 60_000;
    // What was paid before the books opened is none of theirs.
    return { id: `Sim${this.serial}`, ...more, atMs: Math.max(wanted, msOfDay(this.opensOn) + 30 * HOUR_MS) };
  }

  private pay(
    habit: (typeof HABITS)[number],
    due: DayText,
    feeDay: DayText,
    more: Pick<Paid, 'amountCents' | 'currency'> & Partial<Paid>,
  ): void {
    const { chance, objects } = this;
    const wait = Math.max(1, Math.round((msOfDay(feeDay) - msOfDay(due)) / (24 * HOUR_MS)));
    const inTime = (share = more.amountCents) =>
      this.paid(due, chance.whole(0, Math.max(0, wait - 2)), { ...more, amountCents: share });
    const later = (least: number, most: number, share = more.amountCents) =>
      this.paid(due, chance.whole(least, most), { ...more, amountCents: share });
    const days = (paid: Paid, least: number, most: number) => paid.atMs + chance.whole(least, most) * 24 * HOUR_MS;
    const half = Math.ceil(more.amountCents / 2);
    const bank = { ...inTime(), bank: true };
    const card = inTime();
    const settles = chance.whole(1, 5);
    switch (habit) {
      case 'in time':
        return void objects.push(...cardPayment(card));
      case 'early':
        return void objects.push(...cardPayment(later(-6, -1)));
      case 'late':
        return void objects.push(...cardPayment(later(wait + 1, wait + 14)));
      case 'two halves':
        return void objects.push(
          ...cardPayment(inTime(half)),
          ...cardPayment(later(1, wait + 6, more.amountCents - half)),
        );
      case 'half':
        return void objects.push(...cardPayment(inTime(half)));
      case 'twice':
        return void objects.push(...cardPayment(card), ...cardPayment(later(0, 3)));
      case 'bank settles':
        return void objects.push(...bankDebit(bank, settles, 'settles'));
      case 'bank settles late':
        return void objects.push(...bankDebit(bank, wait + 3, 'settles'));
      case 'bank fails':
        return void objects.push(
          ...bankDebit(bank, settles, 'fails'),
          ...(chance.is(0.5) ? cardPayment(later(wait, wait + 9)) : []),
        );
      case 'bank stays':
        return void objects.push(...bankDebit(bank, 0, 'stays'));
      case 'bank returned':
        return void objects.push(...bankDebit(bank, 2, 'settles'), ...dispute(bank, days(bank, 4, 12)));
      case 'refunded in part':
        return void objects.push(...cardPayment(card), refund(card, days(card, 1, 9), half));
      case 'refunded':
        return void objects.push(...cardPayment(card), refund(card, days(card, 1, 9), more.amountCents));
      case 'dispute open':
        return void objects.push(...cardPayment(card), ...dispute(card, days(card, 1, 9)));
      case 'dispute won':
      case 'dispute lost': {
        const opened = days(card, 1, 9);
        const as = habit === 'dispute won' ? 'won' : 'lost';
        return void objects.push(
          ...cardPayment(card),
          ...dispute(card, opened, { atMs: opened + chance.whole(1, 12) * 24 * HOUR_MS, as }),
        );
      }
      case 'declined, then in time':
        return void objects.push(...declinedCard(inTime()), ...cardPayment(card));
      case 'never':
        return;
    }
  }
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
