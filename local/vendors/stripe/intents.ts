/** Payment intents and setup intents: making, changing and cancelling them. */
import { currencyOf } from './catalog';
import { invalid, missing } from './errors';
import { emit } from './events';
import { requireMandate } from './mandates';
import { attach, declined, fateOf, methodFor, methodFromData } from './methods';
import { complete } from './objects';
import type { Params } from './params';
import { confirm, unexpectedState } from './pay';
import { type Desk, find, keep, newId, type StripeObject } from './state';

const MIN_USD_CENTS = 50;
const MAX_AMOUNT = 99_999_999;
const TYPES = ['card', 'us_bank_account'];
const COPIED = ['description', 'receipt_email', 'setup_future_usage', 'statement_descriptor', 'transfer_group'];

export function createIntent(desk: Desk, params: Params): StripeObject {
  const currency = currencyOf(params.currency, 'currency');
  checkAmount(params.amount, currency);
  if (params.off_session && !params.confirm) {
    throw invalid('off_session can only be used together with confirm=true.', { param: 'off_session' });
  }
  const customer = customerOf(desk, params);
  const types = typesOf(params);
  const method = methodOf(desk, params, customer);
  const intent = complete(desk, {
    id: newId(desk.state, 'pi'),
    object: 'payment_intent',
    ...pick(params, COPIED),
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount: params.amount,
    automatic_payment_methods: params.allowed_payment_method_types
      ? null
      : { enabled: true, allow_redirects: 'always' },
    currency,
    customer,
    metadata: merged({}, params.metadata),
    payment_method: method?.id ?? null,
    payment_method_types: types,
    shipping: params.shipping ?? null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
  });
  keep(desk.state, intent);
  emit(desk, 'payment_intent.created', intent);
  if (params.confirm) confirmAndSave(desk, intent, params);
  return intent;
}

export function updateIntent(desk: Desk, intent: StripeObject, params: Params): StripeObject {
  if (!String(intent.status).startsWith('requires_')) throw unexpectedState(desk, intent, 'updated');
  const currency = params.currency ? currencyOf(params.currency, 'currency') : String(intent.currency);
  if (params.amount !== undefined) checkAmount(params.amount, currency);
  const customer = params.customer === undefined ? intent.customer : customerOf(desk, params);
  const method = methodOf(desk, params, customer as string | null);
  Object.assign(intent, pick(params, COPIED), { currency, customer });
  if (params.amount !== undefined) intent.amount = params.amount as number;
  if (params.metadata !== undefined) intent.metadata = merged(intent.metadata ?? {}, params.metadata);
  if (method) Object.assign(intent, { payment_method: method.id, status: 'requires_confirmation' });
  return intent;
}

export function confirmIntent(desk: Desk, intent: StripeObject, params: Params): StripeObject {
  const method = methodOf(desk, params, intent.customer as string | null);
  if (method) intent.payment_method = method.id;
  confirmAndSave(desk, intent, params);
  return intent;
}

export function cancelIntent(desk: Desk, intent: StripeObject, params: Params): StripeObject {
  if (!String(intent.status).startsWith('requires_')) throw unexpectedState(desk, intent, 'canceled');
  const reason = params.cancellation_reason ?? null;
  Object.assign(intent, { status: 'canceled', canceled_at: desk.now, cancellation_reason: reason, next_action: null });
  emit(desk, 'payment_intent.canceled', intent);
  return intent;
}

/** A confirmed setup intent attaches its payment method and, for a bank account, leaves a mandate. */
export function createSetupIntent(desk: Desk, params: Params): StripeObject {
  const customer = customerOf(desk, params);
  const method = methodOf(desk, params, customer);
  const intent = complete(desk, {
    id: newId(desk.state, 'seti'),
    object: 'setup_intent',
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    customer,
    description: params.description ?? null,
    metadata: merged({}, params.metadata),
    payment_method: method?.id ?? null,
    payment_method_types: typesOf(params),
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    usage: params.usage ?? 'off_session',
  });
  keep(desk.state, intent);
  emit(desk, 'setup_intent.created', intent);
  if (params.confirm) finishSetup(desk, intent, method, params);
  return intent;
}

function finishSetup(desk: Desk, intent: StripeObject, method: StripeObject | undefined, params: Params): void {
  if (!method) throw invalid('A payment method is needed to confirm.', { code: 'setup_intent_unexpected_state' });
  const fate = fateOf(desk, method.id);
  if (fate.does === 'decline' && !fate.attaches) {
    Object.assign(intent, { status: 'requires_payment_method', payment_method: null });
    emit(desk, 'setup_intent.setup_failed', intent);
    throw declined(fate);
  }
  if (method.type === 'us_bank_account') intent.mandate = requireMandate(desk, method, params).id;
  if (typeof intent.customer === 'string') attach(desk, method, intent.customer);
  intent.status = 'succeeded';
  emit(desk, 'setup_intent.succeeded', intent);
}

function confirmAndSave(desk: Desk, intent: StripeObject, params: Params): void {
  const methodId = intent.payment_method;
  confirm(desk, intent, params);
  const method = find(desk.state, 'payment_method', methodId);
  const save = params.setup_future_usage ?? intent.setup_future_usage;
  if (!save || !method || typeof intent.customer !== 'string' || method.customer) return;
  method.customer = intent.customer;
  emit(desk, 'payment_method.attached', method);
}

function checkAmount(amount: unknown, currency: string): void {
  if (typeof amount !== 'number' || amount < 1) {
    throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' });
  }
  if (currency === 'usd' && amount < MIN_USD_CENTS) {
    throw invalid('The amount must be at least $0.50 usd.', { code: 'amount_too_small', param: 'amount' });
  }
  if (amount > MAX_AMOUNT) {
    throw invalid('The amount must be no more than $999,999.99.', { code: 'amount_too_large', param: 'amount' });
  }
}

function customerOf(desk: Desk, params: Params): string | null {
  if (typeof params.customer !== 'string') return null;
  if (find(desk.state, 'customer', params.customer)) return params.customer;
  throw missing('customer', params.customer, 'customer', false);
}

function typesOf(params: Params): string[] {
  const allowed = params.allowed_payment_method_types;
  if (!Array.isArray(allowed)) return TYPES;
  const stranger = allowed.find((type) => !TYPES.includes(String(type)));
  if (stranger !== undefined) {
    throw invalid(`The payment method type ${String(stranger)} is not activated for this account.`, {
      code: 'payment_intent_invalid_parameter',
      param: 'allowed_payment_method_types',
    });
  }
  return allowed.map(String);
}

function methodOf(desk: Desk, params: Params, customer: string | null): StripeObject | undefined {
  if (params.payment_method && params.payment_method_data) {
    throw invalid('Give only one of payment_method and payment_method_data.', {
      code: 'parameters_exclusive',
      param: 'payment_method_data',
    });
  }
  if (params.payment_method_data) return methodFromData(desk, params.payment_method_data as Params);
  if (typeof params.payment_method !== 'string') return undefined;
  const method = methodFor(desk, params.payment_method, 'payment_method');
  if (method.customer && method.customer !== customer) {
    throw invalid('The payment method belongs to another customer; name that customer.', { param: 'payment_method' });
  }
  return method;
}

/** Stripe merges metadata by key; null removes one, and a null whole removes all. */
export function merged(before: Record<string, string>, change: unknown): Record<string, string> {
  if (change === null) return {};
  const after: Record<string, string> = { ...before };
  for (const [key, value] of Object.entries((change ?? {}) as Record<string, string | null>)) {
    if (value === null) delete after[key];
    else after[key] = value;
  }
  return after;
}

/** Only the named fields that were given. */
export function pick(params: Params, names: readonly string[]): Params {
  return Object.fromEntries(names.filter((name) => params[name] !== undefined).map((name) => [name, params[name]!]));
}
