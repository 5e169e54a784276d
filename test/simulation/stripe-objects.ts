/** Payments in Stripe's own JSON, as the sandbox loads them: what a resident does, in a line each. */

export type StripeJson = Readonly<Record<string, unknown>>;

export interface Paid {
  /** Letters and digits; the intent is `pi_<id>`, its charge `ch_<id>`. */
  readonly id: string;
  readonly atMs: number;
  readonly amountCents: number;
  readonly currency: string;
  /** The lease that the payment names; none for a payment that says nothing. */
  readonly lease?: string;
  readonly customer?: string;
  readonly email?: string;
  readonly bank?: boolean;
}

const DAY_SECONDS = 86_400;
const secondsOf = (ms: number): number => Math.floor(ms / 1000);

const DECLINED = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
};

function intentOf(paid: Paid, status: string): StripeJson {
  const { id, atMs, amountCents, currency, lease, customer, email, bank = false } = paid;
  return {
    id: `pi_${id}`,
    object: 'payment_intent',
    amount: amountCents,
    currency: currency.toLowerCase(),
    status,
    created: secondsOf(atMs),
    description: 'Rent',
    payment_method_types: [bank ? 'us_bank_account' : 'card'],
    metadata: lease === undefined ? {} : { lease_id: lease },
    ...(customer === undefined ? {} : { customer }),
    ...(email === undefined ? {} : { receipt_email: email }),
  };
}

const eventOf = (type: string, object: StripeJson, created: number): StripeJson => ({
  id: `evt_${String(object.id)}_${type.split('.').at(-1)}`,
  object: 'event',
  type,
  created,
  data: { object },
});

/** A card answers at once. */
export const cardPayment = (paid: Paid): StripeJson[] => [intentOf(paid, 'succeeded')];

export const declinedCard = (paid: Paid): StripeJson[] => [
  { ...intentOf(paid, 'requires_payment_method'), last_payment_error: DECLINED },
];

/** A bank debit is under way for some days and then settles or fails; its own events tell so. */
export function bankDebit(paid: Paid, days: number, ends: 'settles' | 'fails' | 'stays'): StripeJson[] {
  const created = secondsOf(paid.atMs);
  const waiting = intentOf({ ...paid, bank: true }, 'processing');
  if (ends === 'stays') return [waiting];
  const started = eventOf('payment_intent.processing', waiting, created);
  const end = created + days * DAY_SECONDS;
  if (ends === 'settles') {
    const done = { ...waiting, status: 'succeeded' };
    return [done, started, eventOf('payment_intent.succeeded', done, end)];
  }
  const failed = { ...waiting, status: 'requires_payment_method', last_payment_error: DECLINED };
  return [failed, started, eventOf('payment_intent.payment_failed', failed, end)];
}

export function refund(paid: Paid, atMs: number, amountCents: number, name = 're'): StripeJson {
  return {
    id: `${name}_${paid.id}`,
    object: 'refund',
    amount: amountCents,
    currency: paid.currency.toLowerCase(),
    charge: `ch_${paid.id}`,
    payment_intent: `pi_${paid.id}`,
    reason: 'requested_by_customer',
    status: 'succeeded',
    created: secondsOf(atMs),
  };
}

/** A card holder's dispute, or, of a bank debit, the bank's return; `endsMs` is when it is decided. */
export function dispute(
  paid: Paid,
  atMs: number,
  ends?: { readonly atMs: number; readonly as: 'won' | 'lost' },
): StripeJson[] {
  const open = {
    id: `dp_${paid.id}`,
    object: 'dispute',
    amount: paid.amountCents,
    currency: paid.currency.toLowerCase(),
    charge: `ch_${paid.id}`,
    payment_intent: `pi_${paid.id}`,
    reason: paid.bank ? 'insufficient_funds' : 'fraudulent',
    status: paid.bank ? 'lost' : 'needs_response',
    created: secondsOf(atMs),
  };
  if (paid.bank || ends === undefined) return [open];
  const closed = { ...open, status: ends.as };
  return [
    closed,
    eventOf('charge.dispute.created', open, open.created),
    eventOf('charge.dispute.closed', closed, secondsOf(ends.atMs)),
  ];
}

export const list = (data: readonly StripeJson[]): StripeJson => ({ object: 'list', data });
