/** What people do at Zoho Books and at its customer portal, on pages that no API serves. */
import { createContact } from './contacts';
import { balanceOf, createInvoice, type Given, mark } from './invoices';
import { createPayment, deletePayment, refundPayment } from './payments';
import {
  addOrganization,
  DEPOSIT_ACCOUNT,
  type Desk,
  dayAt,
  deskOf,
  type Invoice,
  money,
  type Organization,
  type ZohoState,
} from './state';

const invoiceNamed = (desk: Desk, number: string): Invoice => {
  const found = Object.values(desk.books.invoices).find((each) => each.number === number);
  if (!found) throw new Error(`there is no invoice ${number}`);
  return found;
};

export interface Typed {
  /** Of our invoice, or of one that was typed there. */
  readonly invoice: string;
  /** What is left when nothing is said. */
  readonly amountCents?: number;
  readonly reference?: string;
  readonly mode?: string;
  readonly day?: string;
  readonly chargesCents?: number;
}

/** A bookkeeper records a payment on an invoice. Gives its id. */
export function zohoBookkeeperTypes(state: ZohoState, typed: Typed, nowMs: number): string {
  const desk = deskOf(state, nowMs);
  const invoice = invoiceNamed(desk, typed.invoice);
  const amount = typed.amountCents === undefined ? balanceOf(desk, invoice) : typed.amountCents / 100;
  const applied = Math.min(amount, balanceOf(desk, invoice));
  return createPayment(desk, {
    customer_id: invoice.customer,
    payment_mode: typed.mode ?? 'check',
    amount,
    date: typed.day ?? dayAt(nowMs),
    reference_number: typed.reference ?? '',
    description: '',
    bank_charges: (typed.chargesCents ?? 0) / 100,
    invoices: [{ invoice_id: invoice.id, amount_applied: money(applied) }],
  }).id;
}

/** A resident opens the invoice's page and pays it by card. Gives the payment's id. */
export function zohoResidentPays(state: ZohoState, invoice: string, nowMs: number): string {
  const id = zohoBookkeeperTypes(state, { invoice, mode: 'creditcard' }, nowMs);
  const payment = deskOf(state, nowMs).books.payments[id];
  if (payment) Object.assign(payment, { online: `txn_${id}`, words: 'Paid online' });
  return id;
}

/** A bookkeeper records money of a customer that pays no invoice yet. */
export function zohoBookkeeperTypesAdvance(
  state: ZohoState,
  customer: string,
  amountCents: number,
  nowMs: number,
): string {
  const desk = deskOf(state, nowMs);
  const contact = Object.values(desk.books.contacts).find((each) => each.name === customer);
  if (!contact) throw new Error(`there is no customer ${customer}`);
  const money = { customer_id: contact.id, payment_mode: 'cash', amount: amountCents / 100, date: dayAt(nowMs) };
  return createPayment(desk, { ...money, reference_number: 'advance', invoices: [] }).id;
}

/** A bookkeeper deletes a payment: a cheque has bounced, or it was a slip. */
export const zohoBookkeeperDeletes = (state: ZohoState, payment: string, nowMs: number): void =>
  deletePayment(deskOf(state, nowMs), payment);

/** A bookkeeper pays back what lies on no invoice. */
export function zohoBookkeeperRefunds(state: ZohoState, payment: string, amountCents: number, nowMs: number): void {
  const desk = deskOf(state, nowMs);
  const given = { date: dayAt(nowMs), amount: amountCents / 100, from_account_id: DEPOSIT_ACCOUNT };
  refundPayment(desk, payment, { ...given, reference_number: 'overpaid' });
  // A refund is entered on the payment's page, which saves the invoices it shows.
  for (const { invoice } of desk.books.payments[payment]?.applied ?? []) {
    const shown = desk.books.invoices[invoice];
    if (shown) shown.modifiedMs = nowMs;
  }
}

/** A bookkeeper types an invoice; the reference says for which lease. Gives its number. */
export function zohoBookkeeperBills(
  state: ZohoState,
  bill: {
    readonly customer: string;
    readonly reference: string;
    readonly amountCents: number;
    readonly number?: string;
  },
  nowMs: number,
): string {
  const desk = deskOf(state, nowMs);
  const known = Object.values(desk.books.contacts).find((each) => each.name === bill.customer);
  const contact = known ?? createContact(desk, { contact_name: bill.customer });
  const line: Given = { item_id: '', name: 'rent', rate: bill.amountCents / 100, quantity: 1 };
  const head = { customer_id: contact.id, reference_number: bill.reference, line_items: [line] };
  const query: Record<string, string> = bill.number ? { ignore_auto_number_generation: 'true' } : {};
  const numbered = bill.number ? { ...head, invoice_number: bill.number } : head;
  const invoice = createInvoice(desk, numbered, query);
  mark(desk, invoice.id, 'sent');
  return invoice.number;
}

/** What the workflow rule "invoice paid" posts: the module's default JSON. */
export function zohoWorkflowPosts(state: ZohoState, invoice: string, nowMs: number): string {
  const { id, number } = invoiceNamed(deskOf(state, nowMs), invoice);
  return JSON.stringify({ invoice: { invoice_id: id, invoice_number: number, status: 'paid' } });
}

/** In Zoho's API console the owner adds an address that the sign-in may lead back to. */
export function zohoAllowsRedirect(state: ZohoState, address: string): void {
  state.oauth.clients = state.oauth.clients.map((client) => ({ ...client, redirects: [...client.redirects, address] }));
}

/** The owner opens another organisation. */
export const zohoOpensOrganization = (state: ZohoState, organization: Organization): void =>
  addOrganization(state, organization);
