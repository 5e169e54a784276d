/** The fields that Stripe's objects have when nobody gave them, by kind. */
import type { Desk, StripeObject } from './state';

type Given = Readonly<Record<string, unknown>>;
type Fields = Record<string, unknown>;

const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
export const NO_BILLING = { address: NO_ADDRESS, email: null, name: null, phone: null, tax_id: null };

const money = (given: Given): number => (typeof given.amount === 'number' ? given.amount : 0);

function customer(): Fields {
  return {
    address: null,
    balance: 0,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    email: null,
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    name: null,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}

function paymentMethod(): Fields {
  return { allow_redisplay: 'unspecified', billing_details: NO_BILLING, customer: null, customer_account: null };
}

function paymentIntent(given: Given): Fields {
  const paid = given.status === 'succeeded';
  return {
    allowed_payment_method_types: null,
    amount_capturable: given.status === 'requires_capture' ? money(given) : 0,
    amount_details: { tip: {} },
    amount_received: paid ? money(given) : 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: `${given.id}_secret_sandbox`,
    confirmation_method: 'automatic',
    customer: null,
    customer_account: null,
    description: null,
    last_payment_error: null,
    latest_charge: null,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card', 'us_bank_account'],
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
  };
}

function charge(given: Given): Fields {
  const paid = given.status === 'succeeded';
  return {
    amount_captured: paid ? money(given) : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: NO_BILLING,
    calculated_statement_descriptor: null,
    captured: paid,
    customer: null,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    on_behalf_of: null,
    outcome: null,
    paid,
    payment_intent: null,
    payment_method: null,
    payment_method_details: null,
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
  };
}

function refund(): Fields {
  return {
    balance_transaction: null,
    charge: null,
    payment_intent: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
  };
}

function dispute(): Fields {
  return {
    balance_transactions: [],
    charge: null,
    enhanced_eligibility_types: [],
    evidence: {},
    evidence_details: {
      due_by: null,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    is_charge_refundable: false,
    payment_intent: null,
    reason: 'general',
  };
}

function setupIntent(given: Given): Fields {
  return {
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${given.id}_secret_sandbox`,
    customer: null,
    description: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    mandate: null,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card', 'us_bank_account'],
    single_use_mandate: null,
    usage: 'off_session',
  };
}

function session(given: Given): Fields {
  const done = given.status === 'complete' || given.status === 'expired';
  return {
    allow_promotion_codes: null,
    amount_subtotal: given.amount_total ?? null,
    amount_total: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: null,
    client_reference_id: null,
    client_secret: null,
    consent: null,
    consent_collection: null,
    currency: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: null,
    customer_creation: null,
    customer_details: null,
    customer_email: null,
    expires_at: (typeof given.created === 'number' ? given.created : 0) + 24 * 3600,
    invoice: null,
    locale: null,
    mode: 'payment',
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_options: {},
    payment_method_types: ['card', 'us_bank_account'],
    payment_status: 'unpaid',
    recovered_from: null,
    setup_intent: null,
    shipping_cost: null,
    shipping_options: [],
    submit_type: null,
    subscription: null,
    success_url: null,
    ui_mode: 'hosted_page',
    url: done ? null : `https://checkout.stripe.com/c/pay/${given.id}`,
  };
}

function paymentLink(given: Given): Fields {
  return {
    active: true,
    after_completion: { hosted_confirmation: { custom_message: null }, type: 'hosted_confirmation' },
    allow_promotion_codes: false,
    application: null,
    application_fee_amount: null,
    application_fee_percent: null,
    automatic_tax: { enabled: false, liability: null },
    billing_address_collection: 'auto',
    consent_collection: null,
    currency: 'usd',
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer_creation: 'if_required',
    inactive_message: null,
    invoice_creation: null,
    on_behalf_of: null,
    payment_intent_data: null,
    payment_method_collection: 'always',
    payment_method_types: null,
    phone_number_collection: { enabled: false },
    restrictions: null,
    shipping_address_collection: null,
    shipping_options: [],
    submit_type: 'auto',
    subscription_data: null,
    tax_id_collection: { enabled: false, required: 'never' },
    transfer_data: null,
    url: `https://buy.stripe.com/test_${String(given.id).replace(/\W|_/g, '')}`,
  };
}

function price(given: Given): Fields {
  return {
    active: true,
    billing_scheme: 'per_unit',
    custom_unit_amount: null,
    lookup_key: null,
    nickname: null,
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: given.recurring ? 'recurring' : 'one_time',
    unit_amount: null,
    unit_amount_decimal: typeof given.unit_amount === 'number' ? String(given.unit_amount) : null,
  };
}

function product(given: Given): Fields {
  return {
    active: true,
    default_price: null,
    description: null,
    images: [],
    marketing_features: [],
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    type: 'service',
    unit_label: null,
    updated: given.created,
    url: null,
  };
}

function balanceTransaction(given: Given): Fields {
  const fee = typeof given.fee === 'number' ? given.fee : 0;
  return {
    available_on: given.created,
    balance_type: 'payments',
    description: null,
    exchange_rate: null,
    fee,
    fee_details: [],
    net: money(given) - fee,
    reporting_category: 'charge',
    source: null,
    status: 'pending',
    type: 'charge',
  };
}

const DEFAULTS: Readonly<Record<string, (given: Given) => Fields>> = {
  customer,
  payment_method: paymentMethod,
  payment_intent: paymentIntent,
  charge,
  refund,
  dispute,
  setup_intent: setupIntent,
  'checkout.session': session,
  payment_link: paymentLink,
  price,
  product,
  balance_transaction: balanceTransaction,
  mandate: () => ({}),
};

const WITHOUT_LIVEMODE = new Set(['refund', 'balance_transaction']);
const WITHOUT_CREATED = new Set(['mandate', 'payment_link']);
const WITHOUT_METADATA = new Set(['balance_transaction', 'mandate']);

/** A whole object out of the fields given; what the vendor would add gets its default. */
export function complete(desk: Desk, given: Given & { id: string; object: string }): StripeObject {
  const base: Fields = { created: desk.now };
  if (!WITHOUT_LIVEMODE.has(given.object)) base.livemode = desk.live;
  if (!WITHOUT_METADATA.has(given.object)) base.metadata = {};
  const whole = { ...base, ...given };
  return { ...whole, ...DEFAULTS[given.object]?.(whole), ...given, created: whole.created } as StripeObject;
}

/** The object as the API shows it. */
export function shown(object: StripeObject, now: number): StripeObject {
  const answer = JSON.parse(JSON.stringify(object)) as StripeObject;
  if (WITHOUT_CREATED.has(object.object)) delete (answer as Record<string, unknown>).created;
  if (object.object === 'balance_transaction')
    answer.status = Number(object.available_on) <= now ? 'available' : 'pending';
  return answer;
}
