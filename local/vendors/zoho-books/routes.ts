/** The operations of the sandbox: path, scope, what query and body may hold, and what is answered. */
import type { Rule } from '../kit/strict';
import { contactOf, createContact, deleteContact, listContacts, updateContact, wholeContact } from './contacts';
import { badValue, noSuch } from './errors';
import type { Given } from './invoices';
import * as invoices from './invoices';
import * as payments from './payments';
import * as recurring from './recurring';
import * as rules from './rules';
import type { Desk } from './state';

export interface Call {
  readonly desk: Desk;
  readonly query: Record<string, string>;
  readonly given: Given;
  /** Ids in the path, in order. */
  readonly ids: readonly string[];
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  readonly query: readonly string[];
  readonly body?: Rule;
  readonly status: number;
  run(call: Call): Given;
}

const PAGING = ['page', 'per_page', 'sort_column'];
const MAX_PAGE = 200;

/** One page of a list; the documents show the context of some lists as a list of one. */
function pageOf(
  query: Record<string, string>,
  member: string,
  all: readonly Given[],
  context: 'list' | 'object',
): Given {
  const [page, size] = [wholeIn(query, 'page', 1), wholeIn(query, 'per_page', MAX_PAGE)];
  if (size > MAX_PAGE) throw badValue('per_page');
  const told = {
    page,
    per_page: size,
    has_more_page: all.length > page * size,
    applied_filter: 'Status.All',
    sort_column: query.sort_column ?? 'created_time',
    sort_order: 'D',
  };
  return {
    message: 'success',
    [member]: all.slice((page - 1) * size, page * size),
    page_context: context === 'list' ? [told] : told,
  };
}

function wholeIn(query: Record<string, string>, name: string, otherwise: number): number {
  const value = query[name];
  if (value === undefined) return otherwise;
  if (!/^[1-9]\d*$/.test(value)) throw badValue(name);
  return Number(value);
}

/** Only orders that the documents name are known; here newest first is the only one that is kept. */
function checkSort(query: Record<string, string>, known: readonly string[]): void {
  if (query.sort_column !== undefined && !known.includes(query.sort_column)) throw badValue('sort_column');
}

const route = (
  method: string,
  path: string,
  scope: string,
  run: Route['run'],
  more: Partial<Pick<Route, 'query' | 'body' | 'status'>> = {},
): Route => ({ method, path, scope: `ZohoBooks.${scope}`, query: [], status: 200, run, ...more });

const said = (message: string): Given => ({ message });

const INVOICES: readonly Route[] = [
  route(
    'POST',
    '/invoices',
    'invoices.CREATE',
    ({ desk, given, query }) => ({
      message: 'The invoice has been created.',
      invoice: invoices.wholeOf(desk, invoices.createInvoice(desk, given, query)),
    }),
    { status: 201, body: rules.createInvoice, query: ['send', 'ignore_auto_number_generation'] },
  ),
  route(
    'GET',
    '/invoices',
    'invoices.READ',
    ({ desk, query }) => {
      checkSort(query, invoices.INVOICE_SORTS);
      return pageOf(query, 'invoices', invoices.listInvoices(desk, query), 'list');
    },
    {
      query: [
        ...PAGING,
        ...['invoice_number', 'reference_number', 'customer_id', 'customer_name', 'date', 'due_date', 'status'],
        ...['last_modified_time', 'recurring_invoice_id'],
      ],
    },
  ),
  route('GET', '/invoices/:id', 'invoices.READ', ({ desk, ids: [id = ''] }) => ({
    message: 'success',
    invoice: invoices.wholeOf(desk, invoices.invoiceOf(desk, id)),
  })),
  route(
    'PUT',
    '/invoices/:id',
    'invoices.UPDATE',
    ({ desk, given, ids: [id = ''] }) => ({
      message: 'Invoice information has been updated.',
      invoice: invoices.wholeOf(desk, invoices.updateInvoice(desk, id, given)),
    }),
    { body: rules.updateInvoice, query: ['ignore_auto_number_generation'] },
  ),
  route('DELETE', '/invoices/:id', 'invoices.DELETE', ({ desk, ids: [id = ''] }) => {
    invoices.deleteInvoice(desk, id);
    return said('The invoice has been deleted.');
  }),
  ...(['sent', 'void', 'draft'] as const).map((as) =>
    route('POST', `/invoices/:id/status/${as}`, 'invoices.CREATE', ({ desk, ids: [id = ''] }) => {
      invoices.mark(desk, id, as);
      return said(`Invoice status has been changed to ${as}.`);
    }),
  ),
  route(
    'POST',
    '/invoices/:id/email',
    'invoices.CREATE',
    ({ desk, given, ids: [id = ''] }) => {
      invoices.send(desk, invoices.invoiceOf(desk, id), given.to_mail_ids, given.subject ?? '');
      return said('Your invoice has been sent.');
    },
    { body: rules.emailInvoice, query: ['send_customer_statement', 'send_attachment', 'attachments'] },
  ),
  route('POST', '/invoices/:id/writeoff', 'invoices.CREATE', ({ desk, ids: [id = ''] }) => {
    invoices.writeOff(desk, id, false);
    return said('Invoice has been written off.');
  }),
  route('POST', '/invoices/:id/writeoff/cancel', 'invoices.CREATE', ({ desk, ids: [id = ''] }) => {
    invoices.writeOff(desk, id, true);
    return said('The write off done for this invoice has been cancelled.');
  }),
  route('GET', '/invoices/:id/payments', 'invoices.READ', ({ desk, ids: [id = ''] }) => ({
    message: 'success',
    payments: payments.paymentsOfInvoice(desk, id),
  })),
  route('DELETE', '/invoices/:id/payments/:id', 'invoices.DELETE', ({ desk, ids: [id = '', link = ''] }) => {
    payments.deleteInvoicePayment(desk, id, link);
    return said('The payment has been deleted.');
  }),
];

const PAYMENTS: readonly Route[] = [
  route(
    'POST',
    '/customerpayments',
    'customerpayments.CREATE',
    ({ desk, given }) => ({
      message: 'The payment from the customer has been recorded.',
      payment: payments.wholePayment(desk, payments.createPayment(desk, given)),
    }),
    { status: 201, body: rules.createPayment },
  ),
  route(
    'GET',
    '/customerpayments',
    'customerpayments.READ',
    ({ desk, query }) => pageOf(query, 'customer_payments', payments.listPayments(desk, query), 'object'),
    { query: [...PAGING, 'reference_number', 'customer_id', 'date', 'payment_mode'] },
  ),
  route('GET', '/customerpayments/:id', 'customerpayments.READ', ({ desk, ids: [id = ''] }) => ({
    message: 'success',
    payment: payments.wholePayment(desk, payments.paymentOf(desk, id)),
  })),
  route(
    'PUT',
    '/customerpayments/:id',
    'customerpayments.UPDATE',
    ({ desk, given, ids: [id = ''] }) => ({
      message: 'The payment details have been updated.',
      payment: payments.wholePayment(desk, payments.updatePayment(desk, id, given)),
    }),
    { body: rules.updatePayment },
  ),
  route('DELETE', '/customerpayments/:id', 'customerpayments.DELETE', ({ desk, ids: [id = ''] }) => {
    payments.deletePayment(desk, id);
    return said('The payment has been deleted.');
  }),
  route(
    'GET',
    '/customerpayments/:id/refunds',
    'customerpayments.READ',
    ({ desk, query, ids: [id = ''] }) => pageOf(query, 'payment_refunds', payments.refundRows(desk, id), 'object'),
    { query: ['page', 'per_page'] },
  ),
  route(
    'POST',
    '/customerpayments/:id/refunds',
    'customerpayments.CREATE',
    ({ desk, given, ids: [id = ''] }) => ({
      message: 'The refund information for this payment has been saved.',
      payment_refunds: [payments.refundPayment(desk, id, given)],
    }),
    { body: rules.createRefund },
  ),
];

const CONTACTS: readonly Route[] = [
  route(
    'POST',
    '/contacts',
    'contacts.CREATE',
    ({ desk, given }) => ({
      message: 'The contact has been added.',
      contact: wholeContact(desk, createContact(desk, given)),
    }),
    { status: 201, body: rules.contact },
  ),
  route(
    'GET',
    '/contacts',
    'contacts.READ',
    ({ desk, query }) => pageOf(query, 'contacts', listContacts(desk, query), 'object'),
    {
      query: [
        ...PAGING,
        ...['contact_name', 'company_name', 'contact_type', 'email', 'phone', 'first_name', 'last_name'],
      ],
    },
  ),
  route('GET', '/contacts/:id', 'contacts.READ', ({ desk, ids: [id = ''] }) => ({
    message: 'success',
    contact: wholeContact(desk, contactOf(desk, id)),
  })),
  route(
    'PUT',
    '/contacts/:id',
    'contacts.UPDATE',
    ({ desk, given, ids: [id = ''] }) => ({
      message: 'Contact information has been saved.',
      contact: wholeContact(desk, updateContact(desk, id, given)),
    }),
    { body: rules.contact },
  ),
  route('DELETE', '/contacts/:id', 'contacts.DELETE', ({ desk, ids: [id = ''] }) => {
    deleteContact(desk, id);
    return said('The contact has been deleted.');
  }),
];

const RECURRING: readonly Route[] = [
  route(
    'POST',
    '/recurringinvoices',
    'invoices.CREATE',
    ({ desk, given }) => ({
      message: 'The recurring invoice has been created.',
      recurring_invoice: recurring.wholeRecurring(desk, recurring.createRecurring(desk, given)),
    }),
    { status: 201, body: rules.createRecurring },
  ),
  route(
    'GET',
    '/recurringinvoices',
    'invoices.READ',
    ({ desk, query }) => pageOf(query, 'recurring_invoices', recurring.listRecurring(desk, query), 'object'),
    { query: [...PAGING, 'recurrence_name', 'customer_id', 'status'] },
  ),
  route('GET', '/recurringinvoices/:id', 'invoices.READ', ({ desk, ids: [id = ''] }) => ({
    message: 'success',
    recurring_invoice: recurring.wholeRecurring(desk, recurring.recurringOf(desk, id)),
  })),
  route(
    'PUT',
    '/recurringinvoices/:id',
    'invoices.UPDATE',
    ({ desk, given, ids: [id = ''] }) => ({
      message: 'The recurring invoice has been updated.',
      recurring_invoice: recurring.wholeRecurring(desk, recurring.updateRecurring(desk, id, given)),
    }),
    { body: rules.updateRecurring },
  ),
  ...(['stop', 'resume'] as const).map((what) =>
    route(
      'POST',
      `/recurringinvoices/:id/status/${what}`,
      'invoices.CREATE',
      ({ desk, ids: [id = ''] }) => {
        recurring.change(desk, id, what === 'stop' ? 'stopped' : 'active');
        return said(`The recurring invoice: ${what}.`);
      },
      { status: 201, body: rules.changeRecurring },
    ),
  ),
];

const OTHERS: readonly Route[] = [
  route('GET', '/organizations', 'settings.READ', ({ desk }) => ({
    message: 'success',
    organizations: desk.state.organizations.map((each, at) => ({
      ...each,
      is_default_org: at === 0,
      plan_name: 'FREE',
      time_zone: 'PST',
      is_org_active: true,
      price_precision: 2,
    })),
  })),
  route(
    'GET',
    '/share/paymentlink',
    'settings.ALL',
    ({ desk, query }) => {
      const { transaction_id: id = '', transaction_type: type, link_type: link, expiry_time: until } = query;
      if (type !== 'invoice' || !link || !until) throw badValue('transaction_type');
      if (!desk.books.invoices[id]) throw noSuch('Invoice');
      return { message: 'success', data: { share_link: `https://zohosecurepay.com/books/share/2-${id}` } };
    },
    { query: ['transaction_id', 'transaction_type', 'link_type', 'expiry_time'] },
  ),
];

const ROUTES = [...INVOICES, ...PAYMENTS, ...CONTACTS, ...RECURRING, ...OTHERS].map((each) => ({
  each,
  like: new RegExp(`^${each.path.replace(/:id/g, '(\\d+)')}$`),
}));

/** The operation at a path; `known` tells whether another method would be right there. */
export function routeFor(method: string, path: string): { route?: Route; ids: readonly string[]; known: boolean } {
  const here = ROUTES.filter(({ like }) => like.test(path));
  const hit = here.find(({ each }) => each.method === method);
  return {
    ...(hit ? { route: hit.each } : {}),
    ids: hit ? (hit.like.exec(path) ?? []).slice(1) : [],
    known: here.length > 0,
  };
}
