/** The landlord's own bank account: money in is a payment, and an entry that the bank takes back is a reversal. */
import type { PaymentSeen } from '../../domain/book';
import { dayFrom, dayNumber } from '../../domain/calendar';
import { negate } from '../../domain/money';
import { type Cents, type Currency, currency, type Day, type Instant } from '../../domain/values';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import { DAY_MS, joined, named, noonOf, readRows, refunded, type Seen } from '../seen';
import { ourNumber } from '../wishes';
import { bearsOurReference } from './reference';

export interface BankPage extends Seen {
  readonly booked: string;
}

/**
 * One page of `/transactions/sync`. `booked` remembers the latest receipts in short, because Plaid names no more than the id
 * of an entry that was removed.
 */
export function bankPageOf(body: Json, booked: string, now: Instant): BankPage {
  const memory = rememberedIn(booked);
  const idOf = (entry: Json): string => entry.str('transaction_id');
  const entries = [...body.list('added'), ...body.list('modified')];
  const { found, faults } = readRows(entries, idOf, (entry) => receiptOf(entry.as(idOf(entry))));
  for (const payment of found) remember(memory, payment);
  const gone = body.list('removed').flatMap((entry) => takenBack(memory, idOf(entry), now) ?? []);
  return { payments: [...found, ...gone], faults, booked: written(memory) };
}

/** Undefined for money out, for what is pending, and for a payment that Plaid tells in its own right. */
function receiptOf(entry: Json): PaymentSeen | undefined {
  if (entry.bool('pending')) return undefined;
  const money = currency(entry.str('iso_currency_code'));
  const out = entry.decimal('amount', money);
  const memo = memoOf(entry);
  // Money in is negative: the sign is that of an expense.
  if (out >= 0 || bearsOurReference(memo)) return undefined;
  const on = entry.day(entry.has('authorized_date') ? 'authorized_date' : 'date');
  return {
    ...seen(entry.str('transaction_id'), negate(out), money, on),
    settledAt: noonOf(entry.day('date')),
    invoice: ourNumber(memo, 'RL'),
    payerName: payerOf(entry),
    memo: maskMemo(memo),
  };
}

/** Banks tell days, not moments. */
const seen = (id: string, amountCents: Cents, money: Currency, on: Day): PaymentSeen => ({
  ...named('plaid', id),
  amountCents,
  currency: money,
  state: 'settled',
  initiatedAt: noonOf(on),
  reversals: [],
});

function memoOf(entry: Json): string {
  const words = ['original_description', 'name', 'payment_meta.reason', 'payment_meta.reference_number'];
  const told = words.flatMap((path) => entry.opt(path) ?? []);
  return joined(told.filter((text, at) => !told.slice(0, at).some((before) => before.includes(text))));
}

const payerOf = (entry: Json): string | undefined =>
  entry.opt('payment_meta.payer') ?? entry.opt('payment_meta.by_order_of') ?? entry.opt('counterparties.0.name');

// ---------------------------------------------------------------- what was booked

/** So many lie within weeks of rent; what is older is hardly ever taken back. */
const REMEMBERED = 150;

interface Booked {
  readonly amountCents: Cents;
  readonly day: Day;
  readonly currency: Currency;
}

const shortId = (id: string): string => id.slice(-8);

/** `xQzNjeW1:2n9c:g2k:USD`: the end of the id, cents and day in base 36. */
function rememberedIn(text: string): Map<string, Booked> {
  const found = new Map<string, Booked>();
  for (const word of text.split(' ')) {
    const [id = '', units = '', on = '', money = ''] = word.split(':');
    if (money === '') continue;
    const amountCents = Number.parseInt(units, 36) as Cents;
    found.set(id, { amountCents, day: dayFrom(Number.parseInt(on, 36)), currency: currency(money) });
  }
  return found;
}

const written = (memory: ReadonlyMap<string, Booked>): string =>
  [...memory]
    .slice(-REMEMBERED)
    .map(([id, { amountCents, day, currency: money }]) =>
      [id, amountCents.toString(36), dayNumber(day).toString(36), money].join(':'),
    )
    .join(' ');

function remember(memory: Map<string, Booked>, { externalId, amountCents, currency: money, initiatedAt }: PaymentSeen) {
  memory.delete(shortId(externalId));
  memory.set(shortId(externalId), {
    amountCents,
    day: dayFrom(Math.floor(initiatedAt / DAY_MS)),
    currency: money,
  });
}

/**
 * A pending entry that gives way to its posted one was never booked. One that was booked and is gone is money that the bank
 * has corrected away: it is owed again, and as `refunded` it costs the resident no fee for a returned payment.
 */
function takenBack(memory: Map<string, Booked>, id: string, now: Instant): PaymentSeen | undefined {
  const known = memory.get(shortId(id));
  if (!known) return undefined;
  memory.delete(shortId(id));
  const payment = seen(id, known.amountCents, known.currency, known.day);
  const back = refunded(`${payment.key}:removed`, known.amountCents, now, 'the bank has taken the entry back');
  return { ...payment, reversals: [back] };
}
