/** Orders, their captures, and refunds of captures. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import type { Call } from './billing';
import { forbid, notFound } from './errors';
import { emit } from './events';
import { captureBody, goneCents, isFullyGone, orderBody, refundBody, saleRefundResource, unitCents } from './shapes';
import {
  centsOf,
  find,
  type Money,
  type Movement,
  newId,
  newTxnId,
  type Order,
  type PaypalState,
  type Txn,
} from './state';

export function orderFound(state: PaypalState, id: string): Order {
  return (
    find(state.orders, id) ??
    notFound('Specified resource ID does not exist. Please check the resource ID and try again.')
  );
}

const minimal = (state: PaypalState, order: Order) => {
  const { id, status, links } = orderBody(state, order);
  return { id, status, links };
};

export function createOrder(call: Call): SandboxReply {
  const { state, body, nowMs, isFull } = call;
  const before = call.made === undefined ? undefined : state.orders[call.made];
  if (before) return jsonReply(200, isFull ? orderBody(state, before) : minimal(state, before));
  const [unit] = body.purchase_units as Order['unit'][];
  if (!unit) throw new Error('The rules let no order without a unit pass.');
  const isPayPalSource = body.payment_source !== undefined;
  const order: Order = {
    id: newId(state, 'order', '5', 17),
    intent: String(body.intent),
    status: isPayPalSource ? 'PAYER_ACTION_REQUIRED' : 'CREATED',
    unit: { reference_id: 'default', ...unit },
    isPayPalSource,
    atMs: nowMs,
  };
  state.orders[order.id] = order;
  call.remember(order.id);
  // With a payment source the answer is 200, without one 201.
  return jsonReply(isPayPalSource ? 200 : 201, isFull ? orderBody(state, order) : minimal(state, order));
}

export const getOrder = ({ state, id }: Call): SandboxReply => jsonReply(200, orderBody(state, orderFound(state, id)));

/** About 3.49 % and 0.49: what PayPal takes for a checkout in the US. */
export const feeOf = (cents: number): number => Math.round(cents * 0.0349) + 49;

export function captureOrder(call: Call): SandboxReply {
  const { state, id, nowMs, isFull } = call;
  const order = orderFound(state, id);
  const shown = () => (isFull ? orderBody(state, order) : minimal(state, order));
  if (call.made !== undefined) return jsonReply(200, shown());
  if (order.status === 'COMPLETED') {
    return forbid(
      'ORDER_ALREADY_CAPTURED',
      "Order already captured.If 'intent=CAPTURE' only one capture per order is allowed.",
    );
  }
  if (order.status !== 'APPROVED' || !order.payer) {
    const words =
      "Payer has not yet approved the Order for payment. Please redirect the payer to the 'rel':'approve' url returned as " +
      'part of the HATEOAS links within the Create Order call or provide a valid `payment_source` in the request.';
    return forbid('ORDER_NOT_APPROVED', words);
  }
  const { custom_id: custom, invoice_id: invoice, description } = order.unit as Record<string, string | undefined>;
  if (invoice && Object.values(state.txns).some((each) => each.invoice === invoice)) {
    const words =
      'Duplicate Invoice ID detected. To avoid a potential duplicate transaction your account setting requires that Invoice ' +
      'Id be unique for each transaction.';
    return forbid('DUPLICATE_INVOICE_ID', words);
  }
  const txn = receive(state, nowMs, {
    kind: 'capture',
    amountCents: unitCents(order),
    currency: order.unit.amount.currency_code,
    payer: order.payer,
    order: order.id,
    ...(custom ? { custom } : {}),
    ...(invoice ? { invoice } : {}),
    ...(description ? { words: description } : {}),
  });
  order.status = 'COMPLETED';
  order.capture = txn.id;
  call.remember(txn.id);
  emit(state, nowMs, 'PAYMENT.CAPTURE.COMPLETED', 'capture', txn.id, captureBody(state, txn));
  return jsonReply(201, shown());
}

type NewTxn = Pick<Txn, 'kind' | 'amountCents' | 'currency' | 'payer'> & Partial<Txn>;

/** Money arrives, or is said to. */
export function receive(state: PaypalState, nowMs: number, given: NewTxn, status = 'COMPLETED'): Txn {
  const txn: Txn = {
    id: newTxnId(state),
    status,
    history: [{ atMs: nowMs, status }],
    feeCents: status === 'DECLINED' ? 0 : feeOf(given.amountCents),
    atMs: nowMs,
    updatedMs: nowMs,
    ...given,
  };
  state.txns[txn.id] = txn;
  return txn;
}

export function become(txn: Txn, status: string, nowMs: number): void {
  txn.status = status;
  txn.updatedMs = nowMs;
  txn.history.push({ atMs: nowMs, status });
}

function captureFound(state: PaypalState, id: string): Txn {
  const txn = find(state.txns, id);
  return txn?.kind === 'capture' ? txn : notFound();
}

export const getCapture = ({ state, id }: Call): SandboxReply =>
  jsonReply(200, captureBody(state, captureFound(state, id)));

export function getRefund({ state, id }: Call): SandboxReply {
  const move = find(state.movements, id);
  const of = move && state.txns[move.of];
  return move && of?.kind === 'capture' ? jsonReply(200, refundBody(state, move)) : notFound();
}

/** Money goes back: a refund, or a bank or PayPal takes it. */
export function giveBack(
  state: PaypalState,
  txn: Txn,
  code: Movement['code'],
  amountCents: number,
  nowMs: number,
  note?: string,
): Movement {
  const move: Movement = {
    id: newTxnId(state),
    code,
    of: txn.id,
    amountCents,
    currency: txn.currency,
    atMs: nowMs,
    status: 'COMPLETED',
    ...(note ? { note } : {}),
  };
  state.movements[move.id] = move;
  if (code === 'T1110' || code === 'T1111') return move;
  become(txn, isFullyGone(state, txn) ? 'REFUNDED' : 'PARTIALLY_REFUNDED', nowMs);
  const word = code === 'T1107' ? 'REFUNDED' : 'REVERSED';
  if (txn.kind === 'capture') emit(state, nowMs, `PAYMENT.CAPTURE.${word}`, 'refund', move.id, refundBody(state, move));
  if (txn.kind === 'sale')
    emit(state, nowMs, `PAYMENT.SALE.${word}`, 'refund', move.id, saleRefundResource(state, move));
  return move;
}

export function refundCapture(call: Call): SandboxReply {
  const { state, id, body, nowMs, isFull } = call;
  const txn = captureFound(state, id);
  const before = call.made === undefined ? undefined : state.movements[call.made];
  if (before) return jsonReply(200, refundBody(state, before));
  if (txn.status === 'PENDING') return forbid('PENDING_CAPTURE', 'Cannot initiate a refund as the capture is pending.');
  const left = txn.amountCents - goneCents(state, txn);
  if (left <= 0) return forbid('CAPTURE_FULLY_REFUNDED', 'The capture has already been fully refunded');
  const asked = body.amount as Money | undefined;
  if (asked && asked.currency_code !== txn.currency) {
    return forbid('REFUND_CAPTURE_CURRENCY_MISMATCH', 'Refund must be in the same currency as the capture');
  }
  const cents = asked ? centsOf(asked) : left;
  if (cents > left) {
    const words = 'The refund amount must be less than or equal to the capture amount that has not yet been refunded.';
    return forbid('REFUND_AMOUNT_EXCEEDED', words);
  }
  const move = giveBack(state, txn, 'T1107', cents, nowMs, body.note_to_payer as string | undefined);
  call.remember(move.id);
  const whole = refundBody(state, move);
  return jsonReply(201, isFull ? whole : { id: move.id, status: move.status, links: whole.links });
}
