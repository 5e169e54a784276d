/** Mandates: the resident's permission to debit a bank account. */
import { invalid } from './errors';
import { complete } from './objects';
import type { Params } from './params';
import { all, type Desk, find, keep, newId, type StripeObject } from './state';

/** An active mandate of this payment method, if there is one. */
export function mandateOf(desk: Desk, methodId: string): StripeObject | undefined {
  return all(desk.state, 'mandate').find((one) => one.payment_method === methodId && one.status === 'active');
}

/** Records the permission. `acceptance` is Stripe's `customer_acceptance`. */
export function makeMandate(desk: Desk, methodId: string, acceptance: Params): StripeObject {
  const { type = 'offline', online, offline, accepted_at } = acceptance;
  const how = type === 'online' ? { online: online ?? {} } : { offline: offline ?? {} };
  return keep(
    desk.state,
    complete(desk, {
      id: newId(desk.state, 'mandate'),
      object: 'mandate',
      customer_acceptance: { accepted_at: accepted_at ?? desk.now, type, ...how },
      multi_use: {},
      payment_method: methodId,
      payment_method_details: { type: 'us_bank_account', us_bank_account: {} },
      status: 'active',
      type: 'multi_use',
    }),
  );
}

/** The mandate a debit of this method may use, or Stripe's refusal. */
export function requireMandate(desk: Desk, method: StripeObject, params: Params): StripeObject {
  if (typeof params.mandate === 'string') {
    const named = find(desk.state, 'mandate', params.mandate);
    if (named?.payment_method === method.id && named.status === 'active') return named;
    throw mandateFault('The mandate is not an active one of this payment method.', 'mandate');
  }
  const acceptance = (params.mandate_data as Params | null | undefined)?.customer_acceptance as Params | undefined;
  if (acceptance) return makeMandate(desk, method.id, acceptance);
  const held = mandateOf(desk, method.id);
  if (held) return held;
  throw mandateFault('A bank debit needs a mandate: give mandate_data or a mandate.', 'mandate_data');
}

function mandateFault(message: string, param: string) {
  return invalid(message, { code: 'payment_intent_mandate_invalid', param });
}
