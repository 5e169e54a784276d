/** Xero and its sandbox keep the laws. */
import type { XeroState } from '../../local/vendors/xero';
import { holdsTheLaws } from './laws';
import { ask, base, creditWish, invoiceWish, offer, paymentWish } from './xero-rig';

const only = (state: XeroState) => state.tenants[0]!;

/** The invoice that payments and credits of ours lie on. */
function withInvoice(state: XeroState, nowMs: number): void {
  const tenant = only(state);
  const contact = 'c0000000-0000-4000-8000-000000000001';
  const { customer, number, amountCents } = invoiceWish();
  tenant.contacts.push({
    id: contact,
    name: customer.name,
    number: customer.leaseId,
    email: '',
    phone: '',
    status: 'ACTIVE',
    updatedMs: nowMs,
  });
  tenant.invoices.push({
    id: 'd0000000-0000-4000-8000-000000000001',
    type: 'ACCREC',
    number,
    contact,
    reference: '',
    currency: 'USD',
    day: '2026-12-01',
    due: '2026-12-01',
    lines: [{ description: 'rent', quantity: 1, unit: amountCents * 100, cents: amountCents, account: '200' }],
    amountTypes: 'NoTax',
    status: 'AUTHORISED',
    paidCents: 0,
    creditedCents: 0,
    updatedMs: nowMs,
  });
}

/** Another charge, of a lease that has no contact yet. */
const fresh = () => {
  const { customer } = invoiceWish();
  return invoiceWish({ number: 'RL-9876543210', customer: { ...customer, leaseId: 'L-7', name: 'Bo Ray (L-7)' } });
};

holdsTheLaws<XeroState>({
  ...base,
  start(nowMs) {
    const opened = base.start(nowMs);
    withInvoice(opened.state, nowMs);
    return opened;
  },
  manyPages: 250,
  spoil(state: XeroState, id: string) {
    const payment = only(state).payments.find((one) => one.id === id);
    if (!payment) throw new Error(`no ${id}`);
    payment.status = 'SIDEWAYS';
  },
  emptied(reply: { status: number; headers: Readonly<Record<string, string>>; body: string }) {
    const body = JSON.parse(reply.body) as { pagination?: { page: number; pageCount: number }; Payments?: unknown[] };
    if (!body.Payments || !body.pagination || body.pagination.page >= body.pagination.pageCount) return undefined;
    return { ...reply, body: JSON.stringify({ ...body, Payments: [] }) };
  },
  writes: [
    {
      effect: 'invoice',
      payload: fresh,
      count: (state: XeroState) => only(state).invoices.filter(({ number }) => number === fresh().number).length,
    },
    {
      effect: 'payment',
      payload: () => paymentWish(),
      count: (state: XeroState) => only(state).payments.filter(({ status }) => status === 'AUTHORISED').length,
    },
    {
      effect: 'credit',
      payload: () => creditWish(),
      count: (state: XeroState) => only(state).creditNotes.filter(({ allocations }) => allocations.length === 1).length,
    },
    {
      effect: 'repeat',
      payload: () => offer(),
      count: (state: XeroState) => only(state).repeating.length,
    },
  ],
  refusals: [
    {
      name: 'an unknown path',
      request: (credentials) => ask(base.sandbox.start(), credentials, 'GET', '/api.xro/2.0/Rents'),
      status: 404,
      says: /cannot be found/,
    },
    {
      name: 'a call that would take XML',
      request: (credentials) =>
        ask(base.sandbox.start(), credentials, 'GET', '/api.xro/2.0/Payments', undefined, { accept: '*/*' }),
      status: 406,
      says: /<ApiException>/,
    },
    {
      name: 'a call without a tenant',
      request: (credentials) =>
        ask(base.sandbox.start(), credentials, 'GET', '/api.xro/2.0/Payments', undefined, {
          'xero-tenant-id': undefined,
        }),
      status: 403,
      says: /"Detail":"AuthenticationUnsuccessful"/,
    },
    {
      name: 'an unknown field',
      request: (credentials) =>
        ask(base.sandbox.start(), credentials, 'PUT', '/api.xro/2.0/Contacts', { Contacts: [{ Nickname: 'Ann' }] }),
      status: 400,
      says: /PostDataInvalidException.*Could not find member 'Nickname' on object of type 'Contact'/,
    },
    {
      name: 'a form',
      request: (credentials) =>
        ask(base.sandbox.start(), credentials, 'PUT', '/api.xro/2.0/Contacts', 'Name=Ann', {
          'content-type': 'application/x-www-form-urlencoded',
        }),
      status: 400,
      says: /PostDataInvalidException/,
    },
    {
      name: 'an unknown token',
      request: () => ask(base.sandbox.start(), { ACCESS_TOKEN: 'at-0' }, 'GET', '/api.xro/2.0/Payments'),
      status: 401,
      says: /AuthenticationUnsuccessful/,
    },
  ],
});
