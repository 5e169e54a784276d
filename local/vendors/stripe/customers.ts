/** Customers and their payment methods. */
import { invalid, missing } from './errors';
import { emit } from './events';
import { merged, pick } from './intents';
import { attach, methodFor } from './methods';
import { complete } from './objects';
import type { Params } from './params';
import { type Desk, find, keep, newId, type StripeObject } from './state';

const FIELDS = [
  ...['address', 'balance', 'business_name', 'description', 'email', 'individual_name', 'invoice_prefix', 'name'],
  ...['next_invoice_sequence', 'phone', 'preferred_locales', 'shipping', 'tax_exempt'],
];

export function createCustomer(desk: Desk, params: Params): StripeObject {
  const method = params.payment_method ? methodFor(desk, String(params.payment_method), 'payment_method') : undefined;
  const given = pick(params, FIELDS);
  const id = newId(desk.state, 'cus');
  const customer = complete(desk, { ...given, id, object: 'customer', metadata: merged({}, params.metadata) });
  if (method) attach(desk, method, customer.id);
  setDefaultMethod(desk, customer, params);
  keep(desk.state, customer);
  emit(desk, 'customer.created', customer);
  return customer;
}

export function updateCustomer(desk: Desk, customer: StripeObject, params: Params): StripeObject {
  const given = pick(params, FIELDS);
  const before = Object.fromEntries(Object.keys(given).map((name) => [name, customer[name] ?? null]));
  setDefaultMethod(desk, customer, params);
  Object.assign(customer, given);
  if (params.metadata !== undefined) customer.metadata = merged(customer.metadata ?? {}, params.metadata);
  emit(desk, 'customer.updated', customer, before);
  return customer;
}

export function attachMethod(desk: Desk, id: string, params: Params): StripeObject {
  const customerId = String(params.customer);
  if (!find(desk.state, 'customer', customerId)) throw missing('customer', customerId, 'customer', false);
  const method = methodFor(desk, id, 'payment_method', true);
  attach(desk, method, customerId);
  emit(desk, 'payment_method.attached', method);
  return method;
}

export function detachMethod(desk: Desk, method: StripeObject): StripeObject {
  if (!method.customer) {
    throw invalid('The payment method is not attached to a customer, so it cannot be detached.', {
      code: 'payment_method_unexpected_state',
    });
  }
  const before = { customer: method.customer };
  method.customer = null;
  emit(desk, 'payment_method.detached', method, before);
  return method;
}

function setDefaultMethod(desk: Desk, customer: StripeObject, params: Params): void {
  const settings = params.invoice_settings as Params | null | undefined;
  if (!settings) return;
  const id = settings.default_payment_method;
  const param = 'invoice_settings[default_payment_method]';
  if (id && find(desk.state, 'payment_method', id)?.customer !== customer.id) {
    throw missing('PaymentMethod', String(id), param, false);
  }
  customer.invoice_settings = { ...(customer.invoice_settings as object), ...settings };
}
