/** The demo's Stripe account: customers with saved methods, and six weeks of payments in Stripe's own JSON. */
import { dayAfter } from '../cli/days';
import { instantOf } from '../host/zone';
import { HOUSEHOLDS, type Household, isAutopay, methodOf } from './portfolio';
import { TERMS } from './units';

/** An object in Stripe's own JSON. */
type StripeJson = Readonly<Record<string, unknown>>;

const FIRST_DAY = '2026-10-01';
const LAST_DAY = '2026-11-09';
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const minor = (decimal: string): number => Math.round(Number(decimal) * 100);

/** What a household owes at each due date: its rent and the lines beside it. */
function dueCents({ unit }: Household, day: string): number {
  const terms = TERMS.filter(
    (term) => term['Lease ID'] === unit.id && term.Every === 'period' && (term.From ?? '') <= day,
  );
  const raised = terms.find((term) => term.Type === 'rent')?.Amount;
  const beside = terms.filter((term) => term.Type !== 'rent').reduce((sum, term) => sum + minor(term.Amount ?? '0'), 0);
  return minor(raised ?? unit.rent) + beside;
}

function monthlyDues(dueDay: number, everyMonths: number, start: string): string[] {
  const startMonth = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1;
  return ['2026-10', '2026-11']
    .filter((month) => (Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - startMonth) % everyMonths === 0)
    .map((month) => `${month}-${String(dueDay).padStart(2, '0')}`);
}

function weeklyDues(weekday: string, everyDays: number, start: string): string[] {
  const dues: string[] = [];
  let day = start;
  while (new Date(`${day}T00:00:00Z`).getUTCDay() !== WEEKDAYS.indexOf(weekday)) day = dayAfter(day, 1);
  for (; day <= LAST_DAY; day = dayAfter(day, everyDays)) dues.push(day);
  return dues;
}

/** The days in the demo's weeks on which rent falls due; a lease that begins in them owes on its first day. */
export function duesOf({ unit }: Household): string[] {
  const { Frequency: frequency = 'monthly', 'Due day': dueDay = '1', Start: start } = unit.more ?? {};
  const began = start ?? '2025-01-01';
  const dues =
    frequency === 'weekly'
      ? weeklyDues(dueDay, 7, FIRST_DAY)
      : frequency === 'fortnightly'
        ? weeklyDues(dueDay, 14, began)
        : monthlyDues(Number(dueDay), { quarterly: 3, yearly: 12 }[frequency] ?? 1, began);
  const later = dues.filter((day) => day >= FIRST_DAY && day <= LAST_DAY && day >= began);
  return began > FIRST_DAY ? [began, ...later] : later;
}

interface Paid {
  readonly household: Household;
  readonly day: string;
  readonly amountCents: number;
  readonly bank?: boolean;
  readonly status?: 'succeeded' | 'processing' | 'failed';
  /** Several payments of one day are told apart. */
  readonly part?: string;
  /** Without the lease's reference: found by customer or mail. */
  readonly bare?: boolean;
}

const idOf = ({ household, day, part = '' }: Paid): string =>
  `pi_Demo${household.unit.id.replace('-', '')}${day.slice(5).replace('-', '')}${part}`;

/** Between eight in the morning and eight in the evening where the building stands, the same in every run. */
function secondsOf({ household, day, part = '' }: Paid): number {
  const seed = [...`${household.unit.id}${day}${part}`].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973,
    7,
  );
  const wallMs = Date.parse(`${day}T08:00:00Z`) + (seed % 720) * 60_000;
  return Math.floor(instantOf(household.building.zone, wallMs) / 1000);
}

const DECLINED = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
};

function intentOf(paid: Paid): StripeJson {
  const { household, amountCents, bank = false, status = 'succeeded', bare = false } = paid;
  const { unit, building, email, customer } = household;
  return {
    id: idOf(paid),
    object: 'payment_intent',
    amount: amountCents,
    currency: building.currency.toLowerCase(),
    status: status === 'failed' ? 'requires_payment_method' : status,
    created: secondsOf(paid),
    description: `Rent ${unit.unit}`,
    payment_method_types: [bank ? 'us_bank_account' : 'card'],
    metadata: bare ? {} : { lease_id: unit.id },
    ...(unit.habit === 'by customer' ? { customer } : {}),
    ...(unit.habit === 'by mail' ? { receipt_email: email } : {}),
    ...(status === 'failed' ? { last_payment_error: DECLINED } : {}),
  };
}

const eventOf = (type: string, object: StripeJson, created: number): StripeJson => ({
  id: `evt_${String(object.id)}_${type.split('.').at(-1)}`,
  object: 'event',
  type,
  created,
  data: { object },
});

/** A bank debit is on its way for four days; its own events tell so. */
function bankObjects(paid: Paid): StripeJson[] {
  const intent = intentOf({ ...paid, bank: true });
  const created = secondsOf(paid);
  const waiting = { ...intent, status: 'processing' };
  return [
    intent,
    eventOf('payment_intent.processing', waiting, created),
    eventOf('payment_intent.succeeded', intent, created + 4 * 86_400),
  ];
}

function disputeOf(paid: Paid, day: string, reason: string, status: string): StripeJson {
  const intent = idOf(paid);
  return {
    id: intent.replace('pi_', 'dp_'),
    object: 'dispute',
    amount: paid.amountCents,
    currency: paid.household.building.currency.toLowerCase(),
    charge: intent.replace('pi_', 'ch_'),
    payment_intent: intent,
    reason,
    status,
    created: secondsOf({ ...paid, day }),
  };
}

function refundOf(paid: Paid, day: string, amountCents: number): StripeJson {
  const intent = idOf(paid);
  return {
    id: intent.replace('pi_', 're_'),
    object: 'refund',
    amount: amountCents,
    currency: paid.household.building.currency.toLowerCase(),
    charge: intent.replace('pi_', 'ch_'),
    payment_intent: intent,
    reason: 'requested_by_customer',
    status: 'succeeded',
    created: secondsOf({ ...paid, day }),
  };
}

/** The late fee of New York's house, by its own terms; the London house asks none. */
const feeCents = ({ building }: Household): number => (building.fees['Late fee'] === undefined ? 0 : 5_000);

/** A household that moves in pays the deposit with its first rent. */
const movedIn = ({ unit }: Household, day: string): boolean => unit.more?.Start === day;

function ordinary(household: Household, day: string): Paid {
  const deposit = movedIn(household, day) ? minor(household.unit.rent) : 0;
  return { household, day, amountCents: dueCents(household, day) + deposit };
}

/** What the household's habit makes of one due date; `isLast` is the latest before the demo ends. */
function paymentsFor(household: Household, day: string, isFirst: boolean, isLast: boolean): StripeJson[] {
  const paid = ordinary(household, day);
  const half = Math.ceil(paid.amountCents / 2);
  switch (household.unit.habit) {
    case 'card':
      return [intentOf(paid)];
    case 'by customer':
    case 'by mail':
      return [intentOf({ ...paid, bare: true })];
    case 'bank':
      return bankObjects(isFirst ? paid : { ...paid, day: dayAfter(day, -4) });
    case 'two halves':
      return [
        intentOf({ ...paid, amountCents: half, part: 'a' }),
        intentOf({ ...paid, day: dayAfter(day, 2), amountCents: paid.amountCents - half, part: 'b' }),
      ];
    case 'three ahead':
      return isFirst ? [intentOf({ ...paid, amountCents: 3 * paid.amountCents })] : [];
    case 'late, then pays':
      // The second time just within grace; the first time with the fee that had come by then.
      return isLast
        ? [intentOf({ ...paid, day: dayAfter(day, 4) })]
        : [intentOf({ ...paid, day: dayAfter(day, 11), amountCents: paid.amountCents + feeCents(household) })];
    case 'late twice':
      return isFirst ? [intentOf({ ...paid, day: dayAfter(day, 9) })] : [];
    case 'half':
      return [intentOf(isLast ? { ...paid, amountCents: half } : paid)];
    case 'skips the last':
      return isLast ? [] : [intentOf(paid)];
    case 'fails':
      return [intentOf({ ...paid, status: isLast ? 'failed' : 'succeeded' })];
    case 'processing':
      return isLast
        ? [intentOf({ ...paid, day: dayAfter(LAST_DAY, -4), bank: true, status: 'processing' })]
        : bankObjects(paid);
    case 'returned':
      return isLast
        ? [...bankObjects(paid), disputeOf(paid, dayAfter(day, 6), 'insufficient_funds', 'lost')]
        : bankObjects(paid);
    case 'disputed':
      return isFirst
        ? [intentOf(paid), disputeOf(paid, '2026-11-03', 'fraudulent', 'needs_response')]
        : [intentOf(paid)];
    case 'overpays, refunded':
      return isFirst
        ? [
            intentOf({ ...paid, amountCents: 2 * paid.amountCents }),
            refundOf({ ...paid }, '2026-10-06', paid.amountCents),
          ]
        : [intentOf(paid)];
    case 'never':
    case 'card autopay':
    case 'bank autopay':
      return [];
  }
}

function historyOf(household: Household): StripeJson[] {
  const dues = duesOf(household);
  return dues.flatMap((day, at) => paymentsFor(household, day, at === 0, at === dues.length - 1));
}

function customerObjects(household: Household): StripeJson[] {
  const { unit, email, customer } = household;
  if (!isAutopay(household) && unit.habit !== 'by customer') return [];
  const created = Date.parse('2026-09-15T12:00:00Z') / 1000;
  const person = { name: unit.residents.split(',')[0], email };
  const who = { id: customer, object: 'customer', created, ...person };
  if (!isAutopay(household)) return [who];
  const bank = unit.habit === 'bank autopay';
  const details = bank
    ? {
        us_bank_account: {
          bank_name: 'STRIPE TEST BANK',
          last4: '6789',
          account_type: 'checking',
          account_holder_type: 'individual',
        },
      }
    : { card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2031, funding: 'credit' } };
  const type = bank ? 'us_bank_account' : 'card';
  return [
    who,
    { id: methodOf(household), object: 'payment_method', type, customer, created, billing_details: person, ...details },
  ];
}

/** Money that nobody can place: no reference, no linked customer, no known address. */
const STRANGER: StripeJson = {
  id: 'pi_DemoStranger',
  object: 'payment_intent',
  amount: 87_500,
  currency: 'usd',
  status: 'succeeded',
  created: Date.parse('2026-11-05T17:20:00Z') / 1000,
  description: 'rent from aunt Clara',
  receipt_email: 'clara.bennett@example.net',
  payment_method_types: ['card'],
};

/** Everything that happens in the account, as one Stripe list; what lies ahead stays unseen until its time. */
export function stripeHistory(): StripeJson {
  const data = [...HOUSEHOLDS.flatMap(customerObjects), ...HOUSEHOLDS.flatMap(historyOf), STRANGER];
  return { object: 'list', data };
}
