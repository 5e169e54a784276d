/** How money moves in a Stripe account: business days, fees and balance transactions. */
import { complete } from './objects';
import { type Desk, keep, newId, type StripeObject } from './state';

const DAY_SECONDS = 86_400;
export const DISPUTE_FEE_CENTS = 1500;

/** The same time of day, that many Mondays to Fridays later (UTC; bank holidays are not kept). */
export function afterBusinessDays(seconds: number, days: number): number {
  let at = seconds;
  for (let left = days; left > 0; ) {
    at += DAY_SECONDS;
    const weekday = new Date(at * 1000).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at;
}

/** Stripe's US list prices: card 2.9 % + 30 cents; bank debit 0.8 %, at most 5 dollars. */
export function feeOf(amount: number, methodType: string): number {
  if (methodType === 'us_bank_account') return Math.min(Math.round(amount * 0.008), 500);
  return Math.round(amount * 0.029) + 30;
}

/** Payment method type of a charge, read from its details. */
export function methodTypeOf(charge: StripeObject): string {
  const details = charge.payment_method_details as { type?: string } | null | undefined;
  return details?.type ?? 'card';
}

export interface Movement {
  readonly id?: string;
  readonly amount: number;
  readonly fee?: number;
  readonly currency: string;
  readonly type: string;
  readonly category: string;
  readonly source: string;
}

/** Books a movement on the balance; it is available two business days later. */
export function book(desk: Desk, movement: Movement): StripeObject {
  const fee = movement.fee ?? 0;
  const { currency } = movement;
  const detail = {
    amount: fee,
    application: null,
    currency,
    description: 'Stripe processing fees',
    type: 'stripe_fee',
  };
  const given = {
    id: movement.id ?? newId(desk.state, 'txn'),
    object: 'balance_transaction',
    amount: movement.amount,
    available_on: afterBusinessDays(desk.now, 2),
    currency,
    fee,
    fee_details: fee ? [detail] : [],
    net: movement.amount - fee,
    reporting_category: movement.category,
    source: movement.source,
    type: movement.type,
  };
  return keep(desk.state, complete(desk, given));
}

/** Books a succeeded charge and links its balance transaction. */
export function bookCharge(desk: Desk, charge: StripeObject, id?: string): void {
  const type = methodTypeOf(charge);
  const amount = charge.amount ?? 0;
  const movement = book(desk, {
    id,
    amount,
    fee: feeOf(amount, type),
    currency: charge.currency ?? 'usd',
    type: type === 'us_bank_account' ? 'payment' : 'charge',
    category: 'charge',
    source: charge.id,
  });
  charge.balance_transaction = movement.id;
}
