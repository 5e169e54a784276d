/** What the passing of time does at Square: debits settle, fees are assessed, invoices go out, cards on file are charged. */
import { send } from './invoices';
import { touch } from './orders';
import { assessFee, complete, take } from './payments';
import { type Deed, type Invoice, iso, type SquareState } from './state';

/** Carries out what is due, each deed at its own moment. */
export function letPass(state: SquareState, nowMs: number): void {
  for (let next = state.due[0]; next && next.atMs <= nowMs; next = state.due[0]) {
    state.due.shift();
    DEEDS[next.does](state, next.id, next.atMs);
  }
  if (!state.draftsAreEdited) return;
  for (const invoice of Object.values(state.invoices))
    if (invoice.status === 'DRAFT' && invoice.version === 0) touch(invoice, nowMs);
}

const DEEDS: Readonly<Record<Deed, (state: SquareState, id: string, atMs: number) => void>> = {
  fee: (state, id, atMs) => {
    const payment = state.payments[id];
    if (payment) assessFee(payment, atMs);
  },
  'settle debit': (state, id, atMs) => {
    const payment = state.payments[id];
    if (payment?.status === 'PENDING') complete(state, payment, atMs);
  },
  'send invoice': (state, id, atMs) => {
    const invoice = state.invoices[id];
    if (invoice?.status !== 'SCHEDULED') return;
    send(invoice);
    touch(invoice, atMs);
  },
  'charge card': (state, id, atMs) => {
    const invoice = state.invoices[id];
    if (invoice?.status === 'UNPAID') payInvoice(state, invoice, invoice.payment_requests[0].card_id ?? '', atMs);
  },
  'complete refund': (state, id, atMs) => {
    const made = state.refunds[id];
    if (made?.status !== 'PENDING') return;
    made.status = 'COMPLETED';
    made.updated_at = iso(atMs);
  },
};

/** Money on an invoice, from a card on file or from what was entered on its page. */
export function payInvoice(state: SquareState, invoice: Invoice, source: string, nowMs: number) {
  const { customer_id } = invoice.primary_recipient;
  return take(
    state,
    {
      source_id: source,
      amount_money: invoice.payment_requests[0].computed_amount_money,
      order_id: invoice.order_id,
      location_id: invoice.location_id,
      customer_id,
    },
    nowMs,
  );
}
