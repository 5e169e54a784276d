/** Payments by bank in the UK and the EU: recipients, payments, and what the payer's bank says of them. */
import { listOf, object, oneOf, type Rule, text, whole } from '../kit/strict';
import { notFound, refusal } from './errors';
import { type Body, needsProduct } from './gate';
import { type BankPayment, iso, type PlaidState, type Recipient, uuid } from './state';

const positive: Rule = (value, at) => {
  const isAmount = typeof value === 'number' && value >= 1 && /^\d+(\.\d{1,2})?$/.test(String(value));
  return isAmount ? undefined : { at, what: 'invalid', wanted: 'a number of at least 1 with at most two decimals' };
};

export const recipientRule = object({
  name: text({ min: 1 }),
  'iban?': text({ min: 15, max: 34 }),
  'bacs?': object({ account: text({ min: 1, max: 10 }), sort_code: text({ min: 6, max: 6 }) }),
  'address?': object({
    street: listOf(text(), { min: 1, max: 2 }),
    city: text({ min: 1, max: 35 }),
    postal_code: text({ min: 1, max: 16 }),
    country: text({ min: 2, max: 2 }),
  }),
});
export const recipientGetRule = object({ recipient_id: text() });
export const recipientsRule = object({ 'count?': whole, 'cursor?': text({ max: 256 }) });
export const paymentRule = object({
  recipient_id: text(),
  reference: text({ min: 1, max: 18, like: /^[A-Za-z0-9]+$/ }),
  amount: object({ currency: oneOf('GBP', 'EUR', 'PLN', 'SEK', 'DKK', 'NOK'), value: positive }),
});
export const paymentGetRule = object({ payment_id: text() });
export const paymentsRule = object({
  'count?': whole,
  'cursor?': text({ like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ }),
});
export const simulateRule = object({ payment_id: text(), webhook: text(), status: text() });

export function createRecipient(state: PlaidState, body: Body): object {
  needsProduct(state, 'payment_initiation');
  if (body.iban === undefined && body.bacs === undefined) {
    throw refusal('PAYMENT_ERROR', 'PAYMENT_INVALID_RECIPIENT', 'the recipient needs an iban or bacs numbers');
  }
  const recipient: Recipient = {
    recipient_id: `recipient-id-sandbox-${uuid(state, 'recipient')}`,
    name: String(body.name),
    iban: (body.iban as string | undefined) ?? null,
    bacs: (body.bacs as Recipient['bacs'] | undefined) ?? null,
  };
  state.recipients.push(recipient);
  return { recipient_id: recipient.recipient_id };
}

export function getRecipient(state: PlaidState, body: Body): object {
  const recipient = state.recipients.find((each) => each.recipient_id === body.recipient_id);
  if (!recipient) throw notFound('recipient');
  return { ...recipient, address: null };
}

export function listRecipients(state: PlaidState, body: Body): object {
  needsProduct(state, 'payment_initiation');
  const count = (body.count as number | undefined) ?? 100;
  if (count < 1 || count > 100) throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'count must be between 1 and 100');
  const from = body.cursor === undefined ? 0 : Number(body.cursor);
  const page = state.recipients.slice(from, from + count);
  const more = from + count < state.recipients.length;
  return {
    recipients: page.map((each) => ({ ...each, address: null })),
    ...(more ? { next_cursor: String(from + count) } : {}),
  };
}

export function createPayment(state: PlaidState, body: Body, nowMs: number): object {
  needsProduct(state, 'payment_initiation');
  getRecipient(state, body);
  const payment: BankPayment = {
    payment_id: `payment-id-sandbox-${uuid(state, 'payment')}`,
    recipient_id: String(body.recipient_id),
    reference: String(body.reference),
    amount: body.amount as BankPayment['amount'],
    createdMs: nowMs,
    status: 'PAYMENT_STATUS_INPUT_NEEDED',
    last_status_update: iso(nowMs),
    refunded: 0,
    refund_ids: [],
  };
  state.payments[payment.payment_id] = payment;
  return { payment_id: payment.payment_id, status: payment.status };
}

function paymentView(payment: BankPayment): object {
  const { createdMs: _, refunded, refund_ids, ...plain } = payment;
  return {
    ...plain,
    bacs: null,
    iban: null,
    ...(refunded === 0
      ? { refund_ids: null }
      : { refund_ids, amount_refunded: { currency: plain.amount.currency, value: refunded } }),
  };
}

export function paymentIn(state: PlaidState, id: string): BankPayment {
  const payment = state.payments[id];
  if (!payment) throw notFound('payment');
  return payment;
}

export const getPayment = (state: PlaidState, body: Body): object =>
  paymentView(paymentIn(state, String(body.payment_id)));

/** Those created before the cursor, newest first. */
export function listPayments(state: PlaidState, body: Body): object {
  needsProduct(state, 'payment_initiation');
  const count = (body.count as number | undefined) ?? 10;
  if (count < 1 || count > 200) throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'count must be between 1 and 200');
  const before = body.cursor === undefined ? Number.POSITIVE_INFINITY : Date.parse(String(body.cursor));
  const all = Object.values(state.payments)
    .filter((payment) => payment.createdMs < before)
    .sort((a, b) => b.createdMs - a.createdMs);
  const page = all.slice(0, count);
  const last = page[page.length - 1];
  const next = all.length > count && last ? new Date(last.createdMs).toISOString() : null;
  return { payments: page.map(paymentView), next_cursor: next };
}

const NEXT: Readonly<Record<string, readonly string[]>> = {
  INPUT_NEEDED: ['AUTHORISING', 'PROCESSING', 'INITIATED', 'FAILED', 'CANCELLED', 'BLOCKED'],
  AUTHORISING: ['PROCESSING', 'INITIATED', 'FAILED', 'CANCELLED', 'BLOCKED', 'INPUT_NEEDED'],
  PROCESSING: ['INITIATED', 'EXECUTED', 'INSUFFICIENT_FUNDS', 'FAILED', 'BLOCKED', 'REJECTED', 'CANCELLED'],
  INITIATED: ['EXECUTED', 'SETTLED', 'FAILED', 'REJECTED', 'INSUFFICIENT_FUNDS'],
  EXECUTED: ['SETTLED', 'FAILED', 'REJECTED'],
};

const bare = (status: string): string => status.replace('PAYMENT_STATUS_', '');

export function movePayment(
  state: PlaidState,
  id: string,
  status: string,
  nowMs: number,
): { from: string; to: string } {
  const payment = paymentIn(state, id);
  const from = payment.status;
  if (!NEXT[bare(from)]?.includes(bare(status))) {
    throw refusal('PAYMENT_ERROR', 'PAYMENT_INVALID_STATUS', `a payment that is ${from} cannot become ${status}`);
  }
  payment.status = `PAYMENT_STATUS_${bare(status)}`;
  payment.last_status_update = iso(nowMs);
  return { from, to: payment.status };
}

export function simulatePayment(state: PlaidState, body: Body, nowMs: number, environment: string): object {
  if (environment !== 'sandbox') throw refusal('SANDBOX_ERROR', 'SANDBOX_ONLY', 'this endpoint is only in the sandbox');
  const { from, to } = movePayment(state, String(body.payment_id), String(body.status), nowMs);
  return { old_status: from, new_status: to };
}
