/** The landlord's own bank account: money in is a payment, and an entry that the bank takes back is a reversal. */
import type { PaymentSeen } from '../../domain/book';
import { OUR_NUMBER } from '../../domain/books';
import { dayFrom, dayNumber, parseDay } from '../../domain/calendar';
import { negate } from '../../domain/money';
import { type Cents, type Currency, currency, type Day, type Instant, instant, key } from '../../domain/values';
import { isFaultError } from '../../http/faults';
import { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import type { FeedPage } from '../connector';
import { bearsOurReference } from './reference';

export interface BankPage extends Pick<FeedPage, 'payments' | 'faults'> {
  readonly booked: string;
}

/**
 * One page of `/transactions/sync`. `booked` remembers the latest receipts in short, because Plaid names no more than the id
 * of an entry that was removed.
 */
export function bankPageOf(body: Json, booked: string, now: Instant): BankPage {
  const payments: PaymentSeen[] = [];
  const faults: FeedPage['faults'][number][] = [];
  const memory = rememberedIn(booked);
  for (const entry of [...body.list('added'), ...body.list('modified')]) {
    const about = entry.str('transaction_id');
    try {
      const payment = receiptOf(new Json(entry.value, about));
      if (!payment) continue;
      payments.push(payment);
      remember(memory, payment);
    } catch (error) {
      if (!isFaultError(error)) throw error;
      faults.push({ about, fault: error.fault });
    }
  }
  for (const entry of body.list('removed')) {
    const gone = takenBack(memory, entry.str('transaction_id'), now);
    if (gone) payments.push(gone);
  }
  return { payments, faults, booked: written(memory) };
}

/** Undefined for money out, for what is pending, and for a payment that Plaid tells in its own right. */
function receiptOf(entry: Json): PaymentSeen | undefined {
  if (entry.bool('pending')) return undefined;
  const money = currency(entry.str('iso_currency_code'));
  const out = entry.decimal('amount', money);
  const memo = memoOf(entry);
  // Money in is negative: the sign is that of an expense.
  if (out >= 0 || bearsOurReference(memo)) return undefined;
  const id = entry.str('transaction_id');
  const invoice = OUR_NUMBER.exec(memo)?.[0];
  const payer = payerOf(entry);
  return {
    ...seen(id, negate(out), money, dayOf(entry, entry.has('authorized_date') ? 'authorized_date' : 'date')),
    settledAt: noonOf(dayOf(entry, 'date')),
    ...(invoice?.startsWith('RL-') ? { invoice } : {}),
    ...(payer ? { payerName: payer } : {}),
    memo: maskMemo(memo),
  };
}

function seen(id: string, amountCents: Cents, money: Currency, on: Day): PaymentSeen {
  return {
    key: key(`plaid:${id}`),
    source: 'plaid',
    externalId: id,
    amountCents,
    currency: money,
    state: 'settled',
    initiatedAt: noonOf(on),
    reversals: [],
  };
}

/** Banks tell days, not moments; at noon it is the same day in all zones of Plaid's countries. */
const noonOf = (on: Day): Instant => instant(dayNumber(on) * 86_400_000 + 43_200_000);

const dayOf = (entry: Json, path: string): Day => parseDay(entry.str(path)) ?? entry.at(path).wrong('a day');

function memoOf(entry: Json): string {
  const words = ['original_description', 'name', 'payment_meta.reason', 'payment_meta.reference_number'];
  const told = words.flatMap((path) => entry.opt(path) ?? []);
  return told.filter((text, at) => !told.slice(0, at).some((before) => before.includes(text))).join(' ');
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
    day: dayFrom(Math.floor(initiatedAt / 86_400_000)),
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
  return {
    ...payment,
    reversals: [
      {
        key: key(`${payment.key}:removed`),
        reason: 'refunded',
        state: 'final',
        amountCents: known.amountCents,
        at: now,
        detail: 'the bank has taken the entry back',
      },
    ],
  };
}
