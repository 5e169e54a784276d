/** PayPal's captures, sales, subscription cycles and report rows as payments seen. */
import type { PaymentReversal, PaymentSeen, PaymentState } from '../../domain/book';
import { cents, least, minus, negate, ZERO } from '../../domain/money';
import { type Cents, currency, type Instant, key } from '../../domain/values';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import { byTime, joined, named } from '../seen';
import { ourNumber } from '../wishes';
import { centsAt, currencyAt, linkOf } from './api';

const CAPTURE_STATES: Readonly<Record<string, PaymentState>> = {
  COMPLETED: 'settled',
  PARTIALLY_REFUNDED: 'settled',
  REFUNDED: 'settled',
  PENDING: 'pending',
  DECLINED: 'failed',
  FAILED: 'failed',
};
/** Pending refunds have left the balance; failed and cancelled ones came back. */
const REFUND_TAKES: Readonly<Record<string, boolean>> = {
  PENDING: true,
  COMPLETED: true,
  FAILED: false,
  CANCELLED: false,
};
/** Denied and reversed ones: the money stayed, or is here again. */
const ROW_TAKES: Readonly<Record<string, boolean>> = { S: true, P: true, D: false, V: false };
/** A payment that was taken back is V; what went back has a row of its own. */
const ROW_STATES: Readonly<Record<string, PaymentState>> = { S: 'settled', V: 'settled', P: 'pending', D: 'failed' };

export const paypalKey = (id: string) => key(`paypal:${id}`);

const seen = (id: string, state: PaymentState, initiatedAt: Instant) => ({
  ...named('paypal', id),
  state,
  initiatedAt,
  ...(state === 'settled' ? { settledAt: initiatedAt } : {}),
  reversals: [],
});

const memoOf = (text: string | undefined) => (text === undefined ? undefined : maskMemo(text));
const nameIn = (holder: Json, path: string): string | undefined =>
  holder.opt(`${path}.alternate_full_name`) ??
  holder.opt(`${path}.full_name`) ??
  (joined([holder.opt(`${path}.given_name`), holder.opt(`${path}.surname`)]) || undefined);

/** A capture; its order, where it was read, tells who paid. */
export function captureOf(capture: Json, order?: Json): PaymentSeen {
  const state = capture.oneOf('status', CAPTURE_STATES);
  const reason = capture.opt('status_details.reason');
  return {
    ...seen(capture.str('id'), state, capture.isoInstant('create_time')),
    amountCents: centsAt(capture, 'amount'),
    currency: currencyAt(capture, 'amount'),
    feeCents: feeAt(capture, 'seller_receivable_breakdown.paypal_fee', 'amount'),
    leaseRef: capture.opt('custom_id'),
    invoice: ourNumber(capture.opt('invoice_id')),
    customer: order?.opt('payer.payer_id'),
    payerEmail: order?.opt('payer.email_address'),
    payerName: order && nameIn(order, 'payer.name'),
    memo: memoOf(order?.opt('purchase_units.0.description')),
    failure: state === 'failed' ? failure(capture.str('status'), reason) : undefined,
  };
}

/** Undefined where the fee is not told, or was taken in the currency of another balance. */
function feeAt(holder: Json, path: string, amount: string): Cents | undefined {
  if (!holder.has(path) || currencyAt(holder, path) !== currencyAt(holder, amount)) return undefined;
  const fee = centsAt(holder, path);
  return fee < 0 ? negate(fee) : fee;
}

const failure = (status: string, reason: string | undefined): string =>
  maskMemo(joined([status.toLowerCase(), reason], ': '));

/** The sale of a completed event, which is final: what goes back later is told apart. */
export function saleOf(sale: Json): PaymentSeen {
  const unit = currency(sale.str('amount.currency'));
  const hasFee = sale.opt('transaction_fee.currency')?.toUpperCase() === unit;
  return {
    ...seen(sale.str('id'), sale.oneOf('state', { completed: 'settled' as const }), sale.isoInstant('create_time')),
    amountCents: sale.decimal('amount.total', unit),
    currency: unit,
    feeCents: hasFee ? sale.decimal('transaction_fee.value', unit) : undefined,
    leaseRef: sale.opt('custom'),
    invoice: ourNumber(sale.opt('invoice_number')),
  };
}

/** What an event says of the subscription whose cycles are read. */
export interface Billed {
  readonly leaseRef?: string | undefined;
  readonly customer?: string | undefined;
  readonly failedWhy?: string | undefined;
}

/** A line of a subscription's own list. */
export function cycleOf(cycle: Json, billed: Billed): PaymentSeen {
  const state = cycle.oneOf('status', CAPTURE_STATES);
  const gross = 'amount_with_breakdown.gross_amount';
  return {
    ...seen(cycle.str('id'), state, cycle.isoInstant('time')),
    amountCents: centsAt(cycle, gross),
    currency: currencyAt(cycle, gross),
    feeCents: feeAt(cycle, 'amount_with_breakdown.fee_amount', gross),
    leaseRef: billed.leaseRef,
    customer: billed.customer,
    payerEmail: cycle.opt('payer_email'),
    payerName: nameIn(cycle, 'payer_name'),
    failure: state === 'failed' ? failure(cycle.str('status'), billed.failedWhy) : undefined,
  };
}

/** A refund of a capture (v2) or of a sale (v1). Undefined where no money went back. */
export function refundOf(refund: Json, reason: PaymentReversal['reason']): PaymentReversal | undefined {
  const isSale = refund.has('state');
  const taken = isSale
    ? refund.oneOf('state', { completed: true, pending: true, failed: false, cancelled: false })
    : refund.oneOf('status', REFUND_TAKES);
  if (!taken) return undefined;
  const amount = isSale
    ? refund.decimal('amount.total', currency(refund.str('amount.currency')))
    : centsAt(refund, 'amount');
  return {
    key: paypalKey(refund.str('id')),
    reason,
    state: 'final',
    amountCents: amount < 0 ? negate(amount) : amount,
    at: refund.isoInstant('create_time'),
    detail: maskMemo(refund.opt('note_to_payer') ?? (reason === 'returned' ? 'reversed' : 'refund')),
  };
}

/** The id of the capture or sale that a refund is of. */
export const refundedId = (refund: Json): string | undefined =>
  refund.opt('sale_id') ?? /\/captures\/([^/?]+)/.exec(linkOf(refund, 'up') ?? '')?.[1];

// ---------------------------------------------------------------- reports

/** The older row of an id tells how it was before. */
function rankOf(row: Json): number {
  const updated = row.has('transaction_info.transaction_updated_date')
    ? row.isoInstant('transaction_info.transaction_updated_date')
    : 0;
  return updated * 4 + ['P', 'D', 'S', 'V'].indexOf(row.str('transaction_info.transaction_status'));
}

/** The rows of one id: a payment that was pending has two, one of them without effect on the balance. */
export function paymentOfRows(rows: readonly Json[]): PaymentSeen | undefined {
  for (const each of rows) each.oneOf('transaction_info.transaction_status', ROW_STATES);
  const [row] = [...rows].sort((a, b) => rankOf(b) - rankOf(a));
  if (!row) return undefined;
  const info = row.at('transaction_info');
  const state = row.oneOf('transaction_info.transaction_status', ROW_STATES);
  const base = seen(info.str('transaction_id'), state, info.isoInstant('transaction_initiation_date'));
  const waited = rows.some((each) => each.opt('transaction_info.transaction_status') === 'P');
  const settledAt = waited && state === 'settled' ? { settledAt: info.isoInstant('transaction_updated_date') } : {};
  return {
    ...base,
    ...settledAt,
    amountCents: centsAt(info, 'transaction_amount'),
    currency: currencyAt(info, 'transaction_amount'),
    feeCents: feeAt(info, 'fee_amount', 'transaction_amount'),
    leaseRef: info.opt('custom_field'),
    invoice: ourNumber(info.opt('invoice_id')),
    customer: row.opt('payer_info.account_id') ?? info.opt('paypal_account_id'),
    payerEmail: row.opt('payer_info.email_address'),
    payerName: nameIn(row, 'payer_info.payer_name'),
    memo: memoOf(info.opt('transaction_note') ?? info.opt('transaction_subject')),
    failure: state === 'failed' ? failure('denied', undefined) : undefined,
  };
}

export function reversalOfRow(row: Json, reason: PaymentReversal['reason']): PaymentReversal | undefined {
  if (!row.oneOf('transaction_info.transaction_status', ROW_TAKES)) return undefined;
  const info = row.at('transaction_info');
  return {
    key: paypalKey(info.str('transaction_id')),
    reason,
    state: 'final',
    amountCents: negate(centsAt(info, 'transaction_amount')),
    at: info.isoInstant('transaction_initiation_date'),
    detail: maskMemo(`${info.str('transaction_event_code')} ${info.opt('transaction_note') ?? ''}`.trim()),
  };
}

/** With its reversals in their order, which together never take more than was paid. */
export function withReversals(payment: PaymentSeen, reversals: readonly PaymentReversal[]): PaymentSeen {
  let left: Cents = payment.amountCents;
  const ordered = [...reversals].sort(byTime);
  const capped = ordered.map((each) => {
    if (each.state === 'won') return each;
    const amountCents = least(each.amountCents, left);
    left = minus(left, amountCents);
    return amountCents === each.amountCents ? each : { ...each, amountCents: cents(amountCents) };
  });
  return { ...payment, reversals: capped.filter((each) => each.amountCents > ZERO || each.state === 'won') };
}
