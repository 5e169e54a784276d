/** Refunds of transfers: taken from the balance at once, given back when they fail. */
import { notFound, refusal } from './errors';
import type { Body } from './gate';
import { iso, type PlaidState, type Refund, uuid } from './state';
import { cents, refundView, tell, transferIn } from './transfers';

export function createRefund(state: PlaidState, body: Body, nowMs: number): object {
  const transfer = transferIn(state, String(body.transfer_id));
  const key = String(body.idempotency_key);
  const known = transfer.refunds.find((each) => each.id === state.refundKeys[key]);
  if (known) return { refund: refundView(known) };
  const taken = transfer.refunds
    .filter(({ status }) => !['failed', 'cancelled', 'returned'].includes(status))
    .reduce((sum, each) => sum + cents(each.amount), 0);
  if (!['settled', 'funds_available'].includes(transfer.status) || transfer.type !== 'debit') {
    throw refusal('TRANSFER_ERROR', 'TRANSFER_NOT_REFUNDABLE', 'only a settled debit can be refunded');
  }
  if (taken + cents(String(body.amount)) > cents(transfer.amount)) {
    throw refusal('TRANSFER_ERROR', 'REFUND_AMOUNT_TOO_LARGE', 'refunds are larger than the transfer');
  }
  const refund: Refund = {
    id: uuid(state, 'refund'),
    transfer_id: transfer.id,
    amount: String(body.amount),
    created: iso(nowMs),
    status: 'pending',
  };
  transfer.refunds.push(refund);
  state.refundKeys[key] = refund.id;
  tell(state, transfer, 'refund.pending', nowMs, refund.id);
  return { refund: refundView(refund) };
}

export function getRefund(state: PlaidState, body: Body): object {
  const refund = Object.values(state.transfers)
    .flatMap((transfer) => transfer.refunds)
    .find((each) => each.id === body.refund_id);
  if (!refund) throw notFound('refund');
  return { refund: refundView(refund) };
}

/** A refund goes its way, and may fail on it. */
export function moveRefund(state: PlaidState, id: string, to: string, nowMs: number): void {
  for (const transfer of Object.values(state.transfers)) {
    const refund = transfer.refunds.find((each) => each.id === id);
    if (!refund) continue;
    refund.status = to;
    tell(state, transfer, `refund.${to}`, nowMs, id);
  }
}
