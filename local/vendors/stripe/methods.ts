/** Stripe's published test payment methods and test bank numbers, and what each of them does. */
import { docUrl, invalid, missing, Refusal } from './errors';
import { complete } from './objects';
import type { Params } from './params';
import { type Desk, find, keep, newId, type StripeObject } from './state';

export type Fate =
  | { readonly does: 'succeed' }
  | { readonly does: 'decline'; readonly code: string; readonly declineCode?: string; readonly attaches?: boolean }
  | { readonly does: 'authenticate' }
  | { readonly does: 'dispute'; readonly reason: string; readonly status: string }
  | { readonly does: 'refund-fails' }
  | { readonly does: 'refund-waits' }
  | { readonly does: 'fail-later'; readonly code: string; readonly message: string }
  | { readonly does: 'return-later'; readonly reason: string }
  | { readonly does: 'stay-processing' };

interface TestMethod {
  readonly type: 'card' | 'us_bank_account';
  readonly last4: string;
  readonly brand?: string;
  readonly funding?: string;
  readonly fate: Fate;
}

const card = (last4: string, fate: Fate, brand = 'visa', funding = 'credit'): TestMethod => ({
  type: 'card',
  last4,
  brand,
  funding,
  fate,
});
const bank = (last4: string, fate: Fate): TestMethod => ({ type: 'us_bank_account', last4, fate });
const decline = (declineCode: string): Fate => ({ does: 'decline', code: 'card_declined', declineCode });
const SUCCEED: Fate = { does: 'succeed' };

export const TEST_METHODS: Readonly<Record<string, TestMethod>> = {
  pm_card_visa: card('4242', SUCCEED),
  pm_card_visa_debit: card('5556', SUCCEED, 'visa', 'debit'),
  pm_card_mastercard: card('4444', SUCCEED, 'mastercard'),
  pm_card_amex: card('8431', SUCCEED, 'amex'),
  pm_card_us: card('4242', SUCCEED),
  pm_card_chargeDeclined: card('0002', decline('generic_decline')),
  pm_card_visa_chargeDeclined: card('0002', decline('generic_decline')),
  pm_card_chargeDeclinedInsufficientFunds: card('9995', decline('insufficient_funds')),
  pm_card_visa_chargeDeclinedInsufficientFunds: card('9995', decline('insufficient_funds')),
  pm_card_visa_chargeDeclinedLostCard: card('9987', decline('lost_card')),
  pm_card_visa_chargeDeclinedStolenCard: card('9979', decline('stolen_card')),
  pm_card_chargeDeclinedExpiredCard: card('0069', { does: 'decline', code: 'expired_card' }),
  pm_card_chargeDeclinedIncorrectCvc: card('0127', { does: 'decline', code: 'incorrect_cvc' }),
  pm_card_chargeDeclinedProcessingError: card('0119', { does: 'decline', code: 'processing_error' }),
  pm_card_chargeCustomerFail: card('0341', { ...decline('generic_decline'), attaches: true } as Fate),
  pm_card_authenticationRequired: card('3184', { does: 'authenticate' }),
  pm_card_createDispute: card('0259', { does: 'dispute', reason: 'fraudulent', status: 'needs_response' }),
  pm_card_createDisputeProductNotReceived: card('2685', {
    does: 'dispute',
    reason: 'product_not_received',
    status: 'needs_response',
  }),
  pm_card_createDisputeInquiry: card('1976', {
    does: 'dispute',
    reason: 'fraudulent',
    status: 'warning_needs_response',
  }),
  pm_card_refundFail: card('5126', { does: 'refund-fails' }),
  pm_card_pendingRefund: card('7726', { does: 'refund-waits' }),
  pm_usBankAccount_success: bank('6789', SUCCEED),
  pm_usBankAccount_accountClosed: bank('1113', failLater('account_closed', 'The bank account is closed.')),
  pm_usBankAccount_noAccount: bank('1116', failLater('no_account', 'No such bank account was found.')),
  pm_usBankAccount_insufficientFunds: bank('2227', failLater('insufficient_funds', 'The account lacks the funds.')),
  pm_usBankAccount_debitNotAuthorized: bank('3335', failLater('debit_not_authorized', 'Debits are not authorized.')),
  pm_usBankAccount_dispute: bank('5559', { does: 'return-later', reason: 'debit_not_authorized' }),
  pm_usBankAccount_processing: bank('0009', { does: 'stay-processing' }),
};

const BANK_NUMBERS: Readonly<Record<string, string>> = {
  '000123456789': 'pm_usBankAccount_success',
  '000111111113': 'pm_usBankAccount_accountClosed',
  '000111111116': 'pm_usBankAccount_noAccount',
  '000222222227': 'pm_usBankAccount_insufficientFunds',
  '000333333335': 'pm_usBankAccount_debitNotAuthorized',
  '000555555559': 'pm_usBankAccount_dispute',
  '000000000009': 'pm_usBankAccount_processing',
};
const TEST_ROUTING = '110000000';

function failLater(code: string, message: string): Fate {
  return { does: 'fail-later', code, message };
}

/** What this payment method does when it is charged. One that was loaded behaves well. */
export function fateOf(desk: Desk, methodId: string): Fate {
  return TEST_METHODS[desk.state.fates[methodId] ?? '']?.fate ?? SUCCEED;
}

/** A stored payment method, or a new one made from a test name such as `pm_card_visa`. */
export function methodFor(desk: Desk, id: string, param: string, inPath = false): StripeObject {
  const known = find(desk.state, 'payment_method', id);
  if (known) return known;
  if (!Object.hasOwn(TEST_METHODS, id) || desk.live) throw missing('PaymentMethod', id, param, inPath);
  return makeMethod(desk, id);
}

/** A payment method out of `payment_method_data`; bank debits by test number only, as in Stripe's test mode. */
export function methodFromData(desk: Desk, data: Params): StripeObject {
  const param = 'payment_method_data';
  if (data.type !== 'us_bank_account') {
    throw invalid('Raw card data is refused; use a test payment method.', { param: `${param}[type]` });
  }
  const account = data.us_bank_account as Params | null | undefined;
  if (!account?.account_number || !account.routing_number) {
    const absent = account?.account_number ? 'routing_number' : 'account_number';
    const name = `${param}[us_bank_account][${absent}]`;
    throw invalid(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
  }
  const billing = (data.billing_details ?? {}) as Params;
  if (!billing.name) {
    const name = `${param}[billing_details][name]`;
    throw invalid(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
  }
  if (account.routing_number !== TEST_ROUTING) {
    const name = `${param}[us_bank_account][routing_number]`;
    throw invalid('The routing number is not a test one.', { code: 'routing_number_invalid', param: name });
  }
  const token = BANK_NUMBERS[String(account.account_number)];
  if (!token) {
    const name = `${param}[us_bank_account][account_number]`;
    throw invalid('The account number is not a test one.', { code: 'account_number_invalid', param: name });
  }
  return makeMethod(desk, token, billing);
}

/** Ties the method to a customer. Stripe tries a card when it is attached, so most declining ones are refused. */
export function attach(desk: Desk, method: StripeObject, customerId: string): void {
  const fate = fateOf(desk, method.id);
  if (fate.does === 'decline' && !fate.attaches) throw declined(fate);
  if (method.customer && method.customer !== customerId) {
    throw invalid('The payment method is already attached to another customer.', {
      code: 'payment_method_unexpected_state',
      param: 'customer',
    });
  }
  method.customer = customerId;
}

/** Stripe's 402 for a card that says no. */
export function declined(fate: Fate & { does: 'decline' }, more: Readonly<Record<string, unknown>> = {}): Refusal {
  const error = { code: fate.code, doc_url: docUrl(fate.code), message: declineMessage(fate.code), ...more };
  const extra = fate.declineCode ? { decline_code: fate.declineCode } : {};
  return new Refusal(402, { ...error, ...extra, type: 'card_error' });
}

export function declineMessage(code: string): string {
  return code === 'expired_card' ? 'Your card has expired.' : `Your card was refused (${code}).`;
}

/** The charge's own view of its payment method. */
export function chargeDetails(method: StripeObject | undefined): Record<string, unknown> {
  if (method?.type === 'us_bank_account') {
    const { networks: _networks, status_details: _status, ...bankView } = (method.us_bank_account ?? {}) as Params;
    return { type: 'us_bank_account', us_bank_account: { ...bankView, payment_reference: null } };
  }
  const view = (method?.card ?? cardView(TEST_METHODS.pm_card_visa!)) as Params;
  const { brand, exp_month, exp_year, funding, last4 } = view as Record<string, unknown>;
  const network = brand ?? null;
  return { type: 'card', card: { brand, exp_month, exp_year, funding, last4, network, country: 'US', wallet: null } };
}

function makeMethod(desk: Desk, token: string, billing: Params = {}): StripeObject {
  const test = TEST_METHODS[token]!;
  const details = test.type === 'card' ? { card: cardView(test) } : { us_bank_account: bankView(test) };
  const method = complete(desk, {
    id: newId(desk.state, 'pm'),
    object: 'payment_method',
    type: test.type,
    ...details,
  });
  method.billing_details = { ...(method.billing_details as object), ...billing };
  desk.state.fates[method.id] = token;
  return keep(desk.state, method);
}

function cardView(test: TestMethod): Record<string, unknown> {
  return {
    brand: test.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: test.brand,
    exp_month: 12,
    exp_year: 2034,
    fingerprint: `fp${test.last4}`,
    funding: test.funding,
    generated_from: null,
    last4: test.last4,
    networks: { available: [test.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

function bankView(test: TestMethod): Record<string, unknown> {
  return {
    account_holder_type: 'individual',
    account_type: 'checking',
    bank_name: 'STRIPE TEST BANK',
    financial_connections_account: null,
    fingerprint: `fp${test.last4}`,
    last4: test.last4,
    networks: { preferred: 'ach', supported: ['ach'] },
    routing_number: TEST_ROUTING,
    status_details: {},
  };
}
