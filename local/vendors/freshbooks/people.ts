/** What people do at FreshBooks' own pages, and the network that carries its posts. */
import { createClient } from './clients';
import { createInvoice, updateInvoice } from './invoices';
import { createPayment, updatePayment } from './payments';
import { ACCOUNT, type Desk, dayOf, type FreshbooksState, type Post } from './state';

const deskOf = (state: FreshbooksState, nowMs: number): Desk => ({ state, account: ACCOUNT, nowMs });

function invoiceOf(state: FreshbooksState, number: string) {
  const invoice = state.invoices.find((each) => each.invoice_number === number);
  if (!invoice) throw new Error(`FreshBooks has no invoice ${number}.`);
  return invoice;
}

function paymentOf(state: FreshbooksState, id: number) {
  const payment = state.payments.find((each) => each.id === id);
  if (!payment) throw new Error(`FreshBooks has no payment ${id}.`);
  return payment;
}

export interface Typed {
  /** The number on the invoice. */
  readonly invoice: string;
  /** `1250.00` */
  readonly amount: string;
  readonly type?: string;
  readonly note?: string;
  readonly date?: string;
}

/** The bookkeeper types a payment. Gives its id. */
export function typePayment(state: FreshbooksState, typed: Typed, nowMs: number): number {
  const { invoice, amount, type = 'Check', note = '', date = dayOf(nowMs) } = typed;
  const members = { invoiceid: invoiceOf(state, invoice).id, amount: { amount }, date, type, note };
  return createPayment(deskOf(state, nowMs), members).id;
}

/** The client pays on the page of the invoice: a card at once, a bank debit that is on its way until it is cleared. */
export function payOnline(state: FreshbooksState, typed: Typed, nowMs: number): number {
  const { invoice, amount, type = 'VISA' } = typed;
  const members = { invoiceid: invoiceOf(state, invoice).id, amount: { amount }, date: dayOf(nowMs), type };
  const online = { gateway: 'FreshBooks Payments', underWay: type === 'ACH' };
  return createPayment(deskOf(state, nowMs), members, online).id;
}

/** The bank has paid a debit: its invoice is paid, the payment itself is not touched. */
export function clearDebit(state: FreshbooksState, id: number): void {
  paymentOf(state, id).underWay = false;
}

/** The bookkeeper deletes a payment that was typed in error. */
export function deletePayment(state: FreshbooksState, id: number, nowMs: number): void {
  updatePayment(deskOf(state, nowMs), paymentOf(state, id), { vis_state: 1 });
}

export interface TypedInvoice {
  readonly number: string;
  readonly amount: string;
  readonly client: { readonly fname: string; readonly lname: string; readonly email: string };
  readonly reference?: string;
}

/** The bookkeeper makes an invoice of their own and sends it. */
export function typeInvoice(state: FreshbooksState, typed: TypedInvoice, nowMs: number): number {
  const desk = deskOf(state, nowMs);
  const known = state.clients.find((each) => each.email === typed.client.email && each.vis_state === 0);
  const client = known ?? createClient(desk, { ...typed.client });
  const invoice = createInvoice(desk, {
    customerid: client.id,
    create_date: dayOf(nowMs),
    invoice_number: typed.number,
    po_number: typed.reference ?? null,
    lines: [{ name: 'Rent', qty: 1, unit_cost: { amount: typed.amount, code: 'USD' } }],
  });
  updateInvoice(desk, invoice, { action_mark_as_sent: true });
  return invoice.id;
}

/** The posts that have left since the last look: the network brings them to their addresses. */
export function takePosts(state: FreshbooksState): Post[] {
  return state.posts.splice(0);
}

/** The owner enters the address of their script at the application they have made in the developer pages. */
export function registerRedirect(state: FreshbooksState, redirect: string): void {
  state.oauth.clients = state.oauth.clients.map((client) => ({
    ...client,
    redirects: [...client.redirects, redirect],
  }));
}
