/** What a bookkeeper does in QuickBooks' own pages: types payments, changes, voids, deletes and banks them, and edits invoices. */
import { createPayment, deletePayment, updatePayment, voidPayment } from './payments';
import { updateSale } from './sales';
import { add, all, type Entity, type Line, type QuickbooksState, remove } from './state';

const money = (amountCents: number): number => Math.round(amountCents) / 100;

export interface TypedPayment {
  /** The customer's name as it stands there. */
  readonly customer: string;
  readonly amountCents: number;
  /** Number of the invoice that it pays; unapplied when left out. */
  readonly invoice?: string;
  readonly day?: string;
  /** A check's number. */
  readonly reference?: string;
  readonly method?: string;
  readonly note?: string;
}

function named(state: QuickbooksState, kind: 'Customer' | 'PaymentMethod', field: string, name: string): Entity {
  const found = all(state, kind).find((one) => one[field] === name);
  if (!found) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

export function bookInvoice(state: QuickbooksState, number: string): Entity {
  const found = all(state, 'Invoice').find((one) => one.DocNumber === number);
  if (!found) throw new Error(`there is no invoice ${number}`);
  return found;
}

function paymentWith(state: QuickbooksState, id: string): Entity {
  const found = state.objects.Payment[id];
  if (!found) throw new Error(`there is no payment ${id}`);
  return found;
}

const on = (invoice: Entity, amountCents: number): Line[] => [
  { Amount: money(amountCents), LinkedTxn: [{ TxnId: invoice.Id, TxnType: 'Invoice' }] },
];

/** "Receive payment"; gives its id. */
export function typePayment(state: QuickbooksState, typed: TypedPayment, nowMs: number): string {
  const customer = named(state, 'Customer', 'DisplayName', typed.customer);
  const method = typed.method && named(state, 'PaymentMethod', 'Name', typed.method);
  return createPayment(
    state,
    {
      CustomerRef: { value: customer.Id },
      TotalAmt: money(typed.amountCents),
      ...(typed.day ? { TxnDate: typed.day } : {}),
      ...(typed.reference ? { PaymentRefNum: typed.reference } : {}),
      ...(typed.note ? { PrivateNote: typed.note } : {}),
      ...(method ? { PaymentMethodRef: { value: method.Id } } : {}),
      ...(typed.invoice ? { Line: on(bookInvoice(state, typed.invoice), typed.amountCents) } : {}),
    },
    nowMs,
  ).Id;
}

/** The amount was typed wrong. */
export function correctPayment(state: QuickbooksState, id: string, amountCents: number, nowMs: number): void {
  const payment = paymentWith(state, id);
  const [link] = payment.Line?.[0]?.LinkedTxn ?? [];
  const invoice = link && state.objects.Invoice[link.TxnId];
  const lines = invoice ? { Line: on(invoice, amountCents) } : {};
  const body = { Id: id, SyncToken: payment.SyncToken, sparse: true, TotalAmt: money(amountCents), ...lines };
  updatePayment(state, body, nowMs);
}

/** "More > Void". */
export function voidTypedPayment(state: QuickbooksState, id: string, nowMs: number): void {
  voidPayment(state, { Id: id, SyncToken: paymentWith(state, id).SyncToken, sparse: true }, nowMs);
}

export function deleteTypedPayment(state: QuickbooksState, id: string, nowMs: number): void {
  deletePayment(state, { Id: id, SyncToken: paymentWith(state, id).SyncToken }, nowMs);
}

/** Payments in hand are brought to the bank; gives the deposit's id. */
export function bankPayments(state: QuickbooksState, ids: readonly string[], nowMs: number): string {
  const paid = ids.map((id) => paymentWith(state, id));
  const lines = paid.map(({ Id, TotalAmt = 0 }) => ({
    Amount: TotalAmt,
    LinkedTxn: [{ TxnId: Id, TxnType: 'Payment' }],
  }));
  const TotalAmt = paid.reduce((total, one) => total + (one.TotalAmt ?? 0), 0);
  return add(state, 'Deposit', { DepositToAccountRef: { value: '1' }, Line: lines, TotalAmt }, nowMs).Id;
}

export const takeDepositApart = (state: QuickbooksState, id: string, nowMs: number): void =>
  remove(state, 'Deposit', id, nowMs);

/** The bookkeeper writes another amount or due date into an invoice. */
export function editInvoice(
  state: QuickbooksState,
  number: string,
  change: { readonly amountCents?: number; readonly due?: string },
  nowMs: number,
): void {
  const invoice = bookInvoice(state, number);
  const [line] = invoice.Line ?? [];
  const Amount = change.amountCents === undefined ? undefined : money(change.amountCents);
  const { Qty: _, UnitPrice: __, ...detail } = line?.SalesItemLineDetail ?? {};
  const lines = Amount === undefined ? {} : { Line: [{ ...line, Amount, SalesItemLineDetail: detail }] };
  const due = change.due ? { DueDate: change.due } : {};
  const body = { Id: invoice.Id, SyncToken: invoice.SyncToken, sparse: true, ...lines, ...due };
  updateSale(state, 'Invoice', body, { duplicates: false, nowMs });
}

/** A customer who was there before the ledger was connected. */
export const knownCustomer = (state: QuickbooksState, fields: Record<string, unknown>, nowMs: number): string =>
  add(state, 'Customer', { Active: true, ...fields }, nowMs).Id;
