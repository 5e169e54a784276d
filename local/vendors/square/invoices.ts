/** Invoices: drafted on an order, published, sent, charged, cancelled or deleted. */
import { invalid, notFound } from './answer';
import { invoiceOfOrder } from './billing';
import { page } from './lists';
import { customerOf, locationOf, orderOf, touch } from './orders';
import { dayIn, forget, type Invoice, iso, newId, plan, type SquareState } from './state';

interface RequestWish {
  readonly request_type: string;
  readonly due_date: string;
  readonly automatic_payment_source?: string;
  readonly card_id?: string;
  readonly [field: string]: unknown;
}

export interface InvoiceWish {
  readonly location_id: string;
  readonly order_id: string;
  readonly primary_recipient?: { readonly customer_id: string };
  readonly payment_requests: readonly RequestWish[];
  readonly delivery_method: string;
  readonly invoice_number?: string;
  readonly scheduled_at?: string;
  readonly accepted_payment_methods: Readonly<Record<string, boolean>>;
  readonly [field: string]: unknown;
}

export function invoiceOf(state: SquareState, id: string): Invoice {
  const found = Object.hasOwn(state.invoices, id) ? state.invoices[id] : undefined;
  if (!found) throw notFound('invoice', id);
  return found;
}

export function createInvoice(state: SquareState, wish: InvoiceWish, nowMs: number): Invoice {
  const location = locationOf(state, wish.location_id);
  const order = orderOf(state, wish.order_id);
  if (order.state !== 'OPEN' || order.location_id !== location.id)
    throw invalid('BAD_REQUEST', 'The order must be OPEN and of the same location.', 'invoice.order_id');
  if (invoiceOfOrder(state, order.id))
    throw invalid('BAD_REQUEST', 'The order has an invoice already.', 'invoice.order_id');
  const [request] = wish.payment_requests;
  if (!request || wish.payment_requests.length > 1 || request.request_type !== 'BALANCE')
    throw invalid('BAD_REQUEST', 'Several payment requests need Invoices Plus.', 'invoice.payment_requests');
  checkTerms(state, wish, request, location.timezone, location.country, nowMs);
  const customer = wish.primary_recipient ? customerOf(state, wish.primary_recipient.customer_id) : undefined;
  const { given_name, family_name, email_address }: Readonly<Record<string, unknown>> = customer ?? {};
  const recipient = { customer_id: customer?.id ?? '', ...given({ given_name, family_name, email_address }) };
  const zero = { amount: 0, currency: order.total_money.currency };
  const invoice: Invoice = {
    ...wish,
    id: newId(state, 'invoice', 'inv:0-Ch'),
    version: 0,
    status: 'DRAFT',
    invoice_number: wish.invoice_number ?? newId(state, 'number', '').slice(-7),
    primary_recipient: recipient,
    payment_requests: [
      {
        ...request,
        uid: newId(state, 'request', 'PR'),
        automatic_payment_source: request.automatic_payment_source ?? 'NONE',
        computed_amount_money: order.total_money,
        total_completed_amount_money: zero,
      },
    ],
    next_payment_amount_money: order.total_money,
    timezone: location.timezone,
    created_at: iso(nowMs),
    updated_at: iso(nowMs),
  };
  state.invoices[invoice.id] = invoice;
  return invoice;
}

const given = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function checkTerms(
  state: SquareState,
  wish: InvoiceWish,
  request: RequestWish,
  zone: string,
  country: string,
  nowMs: number,
): void {
  const number = wish.invoice_number;
  const isTaken = Object.values(state.invoices).some(
    (each) => each.location_id === wish.location_id && each.invoice_number === number,
  );
  if (number !== undefined && isTaken)
    throw invalid('BAD_REQUEST', 'The invoice number is in use at this location.', 'invoice.invoice_number');
  if (!Object.values(wish.accepted_payment_methods).includes(true))
    throw invalid('BAD_REQUEST', 'One payment method must be accepted.', 'invoice.accepted_payment_methods');
  if (wish.accepted_payment_methods.bank_account && country !== 'US')
    throw invalid('BAD_REQUEST', 'Bank transfers are of the US only.', 'invoice.accepted_payment_methods.bank_account');
  checkDue(request.due_date, zone, nowMs);
  if (wish.scheduled_at !== undefined) {
    const at = Date.parse(wish.scheduled_at);
    if (at <= nowMs || dayIn(zone, at) > request.due_date)
      throw invalid('INVALID_VALUE', 'It must lie ahead and not after the due date.', 'invoice.scheduled_at');
  }
  if (request.automatic_payment_source === 'BANK_ON_FILE')
    throw invalid('BAD_REQUEST', 'BANK_ON_FILE cannot be set by applications.', 'automatic_payment_source');
  if ((request.automatic_payment_source === 'CARD_ON_FILE') !== (request.card_id !== undefined))
    throw invalid('BAD_REQUEST', 'card_id goes with CARD_ON_FILE.', 'invoice.payment_requests[0].card_id');
  const card = request.card_id === undefined ? undefined : state.cards[request.card_id];
  if (request.card_id === undefined) return;
  if (!card || card.customer_id !== wish.primary_recipient?.customer_id)
    throw invalid('BAD_REQUEST', 'The card is not on file for this customer.', 'invoice.payment_requests[0].card_id');
  if (wish.delivery_method !== 'EMAIL')
    throw invalid('BAD_REQUEST', 'Automatic payments need delivery by EMAIL.', 'invoice.delivery_method');
}

function checkDue(due: string, zone: string, nowMs: number): void {
  if (due < dayIn(zone, nowMs)) throw invalid('INVALID_VALUE', 'The due date is over.', 'payment_requests[0].due_date');
}

function checkVersion(invoice: Invoice, version: number | undefined): void {
  if (version === undefined || version === invoice.version) return;
  throw invalid('VERSION_MISMATCH', `Version ${version} was given, ${invoice.version} is current.`, 'version');
}

const CHARGE_HOUR = 'T16:00:00Z';

export function publishInvoice(state: SquareState, id: string, version: number, nowMs: number): Invoice {
  const invoice = invoiceOf(state, id);
  checkVersion(invoice, version);
  if (invoice.status !== 'DRAFT') throw invalid('BAD_REQUEST', `It is ${invoice.status}, not DRAFT.`);
  if (invoice.primary_recipient.customer_id === '')
    throw invalid('MISSING_REQUIRED_PARAMETER', 'A recipient is needed.', 'invoice.primary_recipient');
  if (invoice.delivery_method === 'EMAIL' && !customerOf(state, invoice.primary_recipient.customer_id).email_address)
    throw invalid('CUSTOMER_MISSING_EMAIL', 'The recipient has no email address.', 'invoice.primary_recipient');
  const [request] = invoice.payment_requests;
  checkDue(request.due_date, invoice.timezone, nowMs);
  touch(invoice, nowMs);
  const sentMs = invoice.scheduled_at === undefined ? nowMs : Date.parse(invoice.scheduled_at);
  if (sentMs > nowMs) {
    invoice.status = 'SCHEDULED';
    plan(state, sentMs, 'send invoice', id);
  } else send(invoice);
  if (request.automatic_payment_source === 'CARD_ON_FILE') {
    const chargeMs = Math.max(Date.parse(`${request.due_date}${CHARGE_HOUR}`), sentMs, nowMs);
    plan(state, chargeMs, 'charge card', id);
  }
  return invoice;
}

export function send(invoice: Invoice): void {
  invoice.status = 'UNPAID';
  invoice.public_url = `https://squareup.com/pay-invoice/${invoice.id.replace('inv:', 'invtmp:')}`;
}

export function cancelInvoice(state: SquareState, id: string, version: number, nowMs: number): Invoice {
  const invoice = invoiceOf(state, id);
  checkVersion(invoice, version);
  if (['DRAFT', 'PAID', 'REFUNDED', 'CANCELED', 'FAILED'].includes(invoice.status))
    throw invalid('BAD_REQUEST', `An invoice that is ${invoice.status} cannot be canceled.`);
  invoice.status = 'CANCELED';
  delete invoice.next_payment_amount_money;
  touch(invoice, nowMs);
  endOrder(state, invoice, nowMs);
  return invoice;
}

export function deleteInvoice(state: SquareState, id: string, version: number | undefined, nowMs: number): void {
  const invoice = invoiceOf(state, id);
  checkVersion(invoice, version);
  if (invoice.status !== 'DRAFT') throw invalid('BAD_REQUEST', 'Only a draft can be deleted.');
  endOrder(state, invoice, nowMs);
  delete state.invoices[id];
}

function endOrder(state: SquareState, invoice: Invoice, nowMs: number): void {
  forget(state, 'send invoice', invoice.id);
  forget(state, 'charge card', invoice.id);
  const order = orderOf(state, invoice.order_id);
  order.state = 'CANCELED';
  order.closed_at = iso(nowMs);
  touch(order, nowMs);
}

export function listInvoices(
  state: SquareState,
  wanted: { readonly location: string; readonly customer?: string; readonly limit: number; readonly cursor?: string },
  descends: boolean,
  nowMs: number,
) {
  locationOf(state, wanted.location);
  const { cursor, ...asked } = wanted;
  const rows = Object.values(state.invoices).filter(
    (each) =>
      each.location_id === wanted.location &&
      (wanted.customer === undefined || each.primary_recipient.customer_id === wanted.customer),
  );
  const limit = Math.min(200, Math.max(1, wanted.limit));
  const found = page({ rows, by: (row) => Date.parse(row.created_at), descends, limit, asked, cursor, nowMs });
  return {
    ...(found.rows.length > 0 ? { invoices: found.rows } : {}),
    ...(found.cursor ? { cursor: found.cursor } : {}),
  };
}
