/** What money means for the invoice whose order it pays. */
import { touch } from './orders';
import type { Invoice, Payment, SquareState } from './state';

export const invoiceOfOrder = (state: SquareState, order: string): Invoice | undefined =>
  Object.values(state.invoices).find((each) => each.order_id === order);

/** Brings the invoice into the state that its payment is in. */
export function settleInvoice(state: SquareState, payment: Payment, nowMs: number): void {
  const invoice = invoiceOfOrder(state, payment.order_id);
  if (!invoice) return;
  const [request] = invoice.payment_requests;
  const { computed_amount_money: whole } = request;
  const back = payment.refunded_money?.amount ?? 0;
  if (payment.status === 'COMPLETED') {
    request.total_completed_amount_money = whole;
    delete invoice.next_payment_amount_money;
    invoice.status = back === 0 ? 'PAID' : back < whole.amount ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
  } else if (payment.status === 'PENDING') {
    invoice.status = 'PAYMENT_PENDING';
    delete invoice.next_payment_amount_money;
  } else {
    invoice.status = 'UNPAID';
    request.total_completed_amount_money = { ...whole, amount: 0 };
    invoice.next_payment_amount_money = whole;
    // An order that had been paid by a debit is open again.
    const order = state.orders[invoice.order_id];
    if (order?.state === 'COMPLETED') {
      order.state = 'OPEN';
      order.net_amount_due_money = order.total_money;
      delete order.closed_at;
      touch(order, nowMs);
    }
  }
  touch(invoice, nowMs);
}
