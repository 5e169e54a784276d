/** Payments and refunds: how money is taken, settles, fails, and goes back. */
import { invalid, notFound, refusal } from './answer';
import { settleInvoice } from './billing';
import { createOrder, customerOf, locationOf, orderOf, tender, touch } from './orders';
import { forget, iso, type Money, newId, type Payment, plan, type Refund, type SquareState } from './state';

const MINUTE_MS = 60_000;
/** Fees are assessed after the payment. */
export const FEE_MS = 60 * MINUTE_MS;
/** A bank debit takes some business days. */
export const DEBIT_MS = 4 * 86_400_000;
export const REFUND_MS = 2 * MINUTE_MS;

export interface PaymentWish {
  readonly source_id: string;
  readonly amount_money: Money;
  readonly autocomplete?: boolean;
  readonly order_id?: string;
  readonly customer_id?: string;
  readonly location_id?: string;
  readonly reference_id?: string;
  readonly buyer_email_address?: string;
  readonly note?: string;
  readonly external_details?: unknown;
  readonly cash_details?: unknown;
}

export function paymentOf(state: SquareState, id: string): Payment {
  const found = Object.hasOwn(state.payments, id) ? state.payments[id] : undefined;
  if (!found) throw notFound('payment', id);
  return found;
}

/** Square's test sources. A card on file is known by its own id. */
const SOURCES: Readonly<Record<string, { readonly type: string; readonly declined?: string }>> = {
  'cnon:card-nonce-ok': { type: 'CARD' },
  'cnon:card-nonce-declined': { type: 'CARD', declined: 'GENERIC_DECLINE' },
  'cnon:card-nonce-insufficient-funds': { type: 'CARD', declined: 'INSUFFICIENT_FUNDS' },
  'bnon:bank-nonce-ok': { type: 'BANK_ACCOUNT' },
  CASH: { type: 'CASH' },
  EXTERNAL: { type: 'EXTERNAL' },
};

function sourceOf(state: SquareState, wish: PaymentWish) {
  const card = Object.hasOwn(state.cards, wish.source_id) ? state.cards[wish.source_id] : undefined;
  if (card) {
    if (card.customer_id !== wish.customer_id)
      throw invalid('CARD_MISMATCH', 'The card is on file for another customer.', 'customer_id');
    const declined = card.decline as string | undefined;
    return { type: 'CARD', name: card.cardholder_name as string | undefined, ...(declined ? { declined } : {}) };
  }
  const known = Object.hasOwn(SOURCES, wish.source_id) ? SOURCES[wish.source_id] : undefined;
  if (!known) throw notFound('source', wish.source_id);
  return { name: undefined, ...known };
}

/** What the API answers to a declined card is the error; the failed payment stays in the list. */
export function createPayment(state: SquareState, wish: PaymentWish, nowMs: number): Payment {
  const payment = take(state, wish, nowMs);
  if (payment.status !== 'FAILED') return payment;
  const [error] = (payment.card_details as { errors: { code: string; detail: string }[] }).errors;
  throw refusal(402, 'PAYMENT_METHOD_ERROR', error?.code ?? 'GENERIC_DECLINE', error?.detail ?? 'Declined.');
}

/** Takes money from a source, whoever asks for it. */
export function take(state: SquareState, wish: PaymentWish, nowMs: number): Payment {
  const location = locationOf(state, wish.location_id ?? state.merchant.main_location_id);
  const { amount_money } = wish;
  if (amount_money.amount < 1) throw invalid('VALUE_TOO_LOW', 'The amount must be positive.', 'amount_money.amount');
  if (amount_money.currency !== location.currency)
    throw invalid('CURRENCY_MISMATCH', `The location takes ${location.currency}.`, 'amount_money.currency');
  if (wish.customer_id) customerOf(state, wish.customer_id);
  const order = wish.order_id ? payable(state, wish.order_id, amount_money) : undefined;
  const source = sourceOf(state, wish);
  const line = { name: 'Custom amount', quantity: '1', base_price_money: amount_money };
  const { id: order_id } = order ?? createOrder(state, { location_id: location.id, line_items: [line] }, nowMs);
  const payment: Payment = {
    id: newId(state, 'payment', 'PAY'),
    created_at: iso(nowMs),
    updated_at: iso(nowMs),
    amount_money,
    total_money: amount_money,
    approved_money: amount_money,
    status: 'COMPLETED',
    source_type: source.type,
    location_id: location.id,
    order_id,
    receipt_number: 'sbx1',
    ...partsOf(wish),
    ...detailsOf(wish, source, nowMs),
  };
  state.payments[payment.id] = payment;
  begin(state, payment, wish.autocomplete ?? true, nowMs);
  return payment;
}

function payable(state: SquareState, id: string, { amount }: Money) {
  const order = orderOf(state, id);
  if (order.state !== 'OPEN' && order.state !== 'DRAFT')
    throw invalid('BAD_REQUEST', `Order ${id} is ${order.state} and cannot be paid.`, 'order_id');
  if (order.net_amount_due_money.amount !== amount)
    throw invalid('PAYMENT_AMOUNT_MISMATCH', 'The amount differs from what is due on the order.', 'amount_money');
  return order;
}

const partsOf = ({ customer_id, reference_id, note, buyer_email_address }: PaymentWish) =>
  Object.fromEntries(
    Object.entries({ customer_id, reference_id, note, buyer_email_address }).filter(([, value]) => value !== undefined),
  );

function detailsOf(
  wish: PaymentWish,
  source: { readonly type: string; readonly declined?: string; readonly name: string | undefined },
  nowMs: number,
): Record<string, unknown> {
  if (source.type === 'CASH') return { cash_details: wish.cash_details ?? { buyer_supplied_money: wish.amount_money } };
  if (source.type === 'EXTERNAL') {
    if (!wish.external_details) throw invalid('MISSING_REQUIRED_PARAMETER', 'external_details is missing.');
    return { external_details: wish.external_details };
  }
  if (source.type === 'BANK_ACCOUNT')
    return {
      bank_account_details: {
        bank_name: 'Square Test Bank',
        transfer_type: 'ACH',
        account_ownership_type: 'INDIVIDUAL',
        country: 'US',
        ach_details: { routing_number: '011000015', account_number_suffix: '6789', account_type: 'CHECKING' },
      },
    };
  const card = { card_brand: 'VISA', last_4: '1111', exp_month: 11, exp_year: 2029, card_type: 'CREDIT' };
  const held = source.name ? { ...card, cardholder_name: source.name } : card;
  const error = { category: 'PAYMENT_METHOD_ERROR', code: source.declined, detail: 'Authorization error.' };
  return {
    card_details: source.declined
      ? { status: 'FAILED', card: held, errors: [error], card_payment_timeline: {} }
      : { status: 'AUTHORIZED', card: held, card_payment_timeline: { authorized_at: iso(nowMs) } },
  };
}

function begin(state: SquareState, payment: Payment, autocomplete: boolean, nowMs: number): void {
  if ((payment.card_details as { status?: string } | undefined)?.status === 'FAILED') {
    payment.status = 'FAILED';
  } else if (payment.source_type === 'BANK_ACCOUNT') {
    payment.status = 'PENDING';
    plan(state, nowMs + DEBIT_MS, 'settle debit', payment.id);
    settleInvoice(state, payment, nowMs);
  } else if (autocomplete) complete(state, payment, nowMs);
  else payment.status = 'APPROVED';
}

/** The money has come: order and invoice are paid, and the fee follows. */
export function complete(state: SquareState, payment: Payment, nowMs: number): void {
  payment.status = 'COMPLETED';
  touch(payment, nowMs);
  const card = payment.card_details as { status: string; card_payment_timeline: Record<string, string> } | undefined;
  if (card) {
    card.status = 'CAPTURED';
    card.card_payment_timeline.captured_at = iso(nowMs);
  }
  tender(state, payment, nowMs);
  settleInvoice(state, payment, nowMs);
  if (card || payment.source_type === 'BANK_ACCOUNT') plan(state, nowMs + FEE_MS, 'fee', payment.id);
}

/** A card costs 2.9 % and 30 cents, a bank transfer 1 %, at least a dollar. */
export function assessFee(payment: Payment, nowMs: number): void {
  const { amount, currency } = payment.amount_money;
  const fee =
    payment.source_type === 'CARD' ? Math.round(amount * 0.029) + 30 : Math.max(100, Math.round(amount / 100));
  payment.processing_fee = [{ effective_at: iso(nowMs), type: 'INITIAL', amount_money: { amount: fee, currency } }];
  touch(payment, nowMs);
}

/** A bank debit that does not go through, or comes back when it had. */
export function failDebit(state: SquareState, payment: Payment, code: string, nowMs: number): void {
  payment.status = 'FAILED';
  const error = { category: 'PAYMENT_METHOD_ERROR', code, detail: 'The bank returned the debit.' };
  Object.assign(payment.bank_account_details as object, { errors: [error] });
  touch(payment, nowMs);
  forget(state, 'settle debit', payment.id);
  settleInvoice(state, payment, nowMs);
}

export function refund(
  state: SquareState,
  wish: { readonly payment_id: string; readonly amount_money: Money; readonly reason?: string },
  nowMs: number,
): Refund {
  const payment = paymentOf(state, wish.payment_id);
  if (payment.status !== 'COMPLETED')
    throw refusal(400, 'REFUND_ERROR', 'REFUND_ERROR_PAYMENT_NEEDS_COMPLETION', 'The payment is not completed.');
  const { amount, currency } = wish.amount_money;
  const before = payment.refunded_money?.amount ?? 0;
  if (currency !== payment.amount_money.currency || amount < 1 || before + amount > payment.total_money.amount)
    throw refusal(400, 'REFUND_ERROR', 'REFUND_AMOUNT_INVALID', 'The amount is more than is left to refund.');
  const made: Refund = {
    id: `${payment.id}_${newId(state, 'refund', 'R')}`,
    status: 'PENDING',
    ...wish,
    order_id: payment.order_id,
    location_id: payment.location_id,
    created_at: iso(nowMs),
    updated_at: iso(nowMs),
  };
  state.refunds[made.id] = made;
  payment.refund_ids = [...(payment.refund_ids ?? []), made.id];
  payment.refunded_money = { amount: before + amount, currency };
  touch(payment, nowMs);
  settleInvoice(state, payment, nowMs);
  plan(state, nowMs + REFUND_MS, 'complete refund', made.id);
  return made;
}

/** A refund that the payer's bank does not take. */
export function failRefund(state: SquareState, made: Refund, nowMs: number): void {
  made.status = 'FAILED';
  touch(made, nowMs);
  forget(state, 'complete refund', made.id);
  const payment = paymentOf(state, made.payment_id);
  const left = (payment.refunded_money?.amount ?? 0) - made.amount_money.amount;
  payment.refunded_money = { amount: left, currency: made.amount_money.currency };
  touch(payment, nowMs);
  settleInvoice(state, payment, nowMs);
}
