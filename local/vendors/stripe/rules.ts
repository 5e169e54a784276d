/** The parameters that each operation takes, as Stripe lists them for this API version. */
import {
  choice,
  flag,
  group,
  integer,
  list,
  loose,
  metadata,
  named,
  needed,
  notHere,
  type Rules,
  text,
} from './params';

const expand = list(text);
const time = group({ gt: integer, gte: integer, lt: integer, lte: integer }, integer);

export const ONLY_EXPAND: Rules = { expand };

const PAGED: Rules = { expand, limit: integer, starting_after: text, ending_before: text };
const DATED: Rules = { ...PAGED, created: time };
const SEARCH: Rules = { expand, limit: integer, page: text, query: needed(text) };

const acceptance = group({
  accepted_at: integer,
  offline: loose,
  online: group({ ip_address: text, user_agent: text }),
  type: needed(choice('offline', 'online')),
});
const mandateData = group({ customer_acceptance: needed(acceptance) });
const address = group(named(text, 'city country line1 line2 postal_code state'));
const methodData = group({
  allow_redisplay: choice('always', 'limited', 'unspecified'),
  billing_details: group({ address, ...named(text, 'email name phone tax_id') }),
  metadata,
  ...named(loose, 'bacs_debit customer_balance link radar_options'),
  type: needed(text),
  us_bank_account: group({
    account_holder_type: choice('company', 'individual'),
    account_number: text,
    account_type: choice('checking', 'savings'),
    financial_connections_account: notHere,
    routing_number: text,
  }),
});
const offSession = group({}, choice('true', 'false', 'one_off', 'recurring'));
const futureUse = choice('off_session', 'on_session');
const shipping = group({
  address: needed(address),
  name: needed(text),
  ...named(text, 'carrier phone tracking_number'),
});

const confirming: Rules = {
  ...ONLY_EXPAND,
  allowed_payment_method_types: list(text),
  error_on_requires_action: flag,
  mandate: text,
  mandate_data: mandateData,
  off_session: offSession,
  payment_method: text,
  payment_method_data: methodData,
  setup_future_usage: futureUse,
  ...named(loose, 'payment_details payment_method_options radar_options return_url use_stripe_sdk'),
  ...named(notHere, 'amount_details confirmation_token excluded_payment_method_types hooks'),
  capture_method: choice('automatic', 'automatic_async'),
  receipt_email: text,
  shipping,
};

const payment_intents = {
  create: {
    ...confirming,
    amount: needed(integer),
    currency: needed(text),
    automatic_payment_methods: group({ allow_redirects: choice('always', 'never'), enabled: needed(flag) }),
    confirm: flag,
    confirmation_method: choice('automatic'),
    ...named(text, 'customer description statement_descriptor statement_descriptor_suffix transfer_group'),
    metadata,
    ...named(
      notHere,
      'application_fee_amount customer_account on_behalf_of payment_method_configuration transfer_data',
    ),
  },
  update: {
    ...ONLY_EXPAND,
    amount: integer,
    ...named(text, 'currency customer description payment_method receipt_email transfer_group'),
    ...named(text, 'statement_descriptor statement_descriptor_suffix'),
    payment_method_data: methodData,
    setup_future_usage: futureUse,
    metadata,
    shipping,
    ...named(loose, 'payment_details payment_method_options'),
    ...named(notHere, 'allowed_payment_method_types amount_details application_fee_amount capture_method'),
    ...named(
      notHere,
      'customer_account excluded_payment_method_types hooks payment_method_configuration transfer_data',
    ),
  },
  confirm: { ...confirming, amount_to_confirm: notHere },
  cancel: {
    ...ONLY_EXPAND,
    cancellation_reason: choice('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'),
  },
  list: { ...DATED, customer: text, customer_account: notHere },
  get: { ...ONLY_EXPAND, client_secret: text },
  search: SEARCH,
};

const setup_intents = {
  create: {
    ...ONLY_EXPAND,
    allowed_payment_method_types: list(text),
    attach_to_self: notHere,
    automatic_payment_methods: group({ allow_redirects: choice('always', 'never'), enabled: needed(flag) }),
    confirm: flag,
    ...named(text, 'customer description payment_method'),
    mandate_data: mandateData,
    metadata,
    payment_method_data: methodData,
    usage: futureUse,
    ...named(loose, 'flow_directions payment_method_options return_url use_stripe_sdk'),
    ...named(notHere, 'confirmation_token customer_account excluded_payment_method_types on_behalf_of'),
    ...named(notHere, 'payment_method_configuration single_use'),
  },
  get: { ...ONLY_EXPAND, client_secret: text },
  list: { ...DATED, customer: text, payment_method: text, attach_to_self: notHere, customer_account: notHere },
};

const customerFields: Rules = {
  ...ONLY_EXPAND,
  address,
  ...named(text, 'business_name description email individual_name name phone'),
  balance: integer,
  metadata,
  preferred_locales: list(text),
  shipping: group({ address: needed(address), name: needed(text), phone: text }),
  tax_exempt: choice('exempt', 'none', 'reverse'),
  invoice_settings: group({ default_payment_method: text, ...named(loose, 'custom_fields footer rendering_options') }),
  invoice_prefix: text,
  next_invoice_sequence: integer,
  ...named(loose, 'tax validate'),
  ...named(notHere, 'cash_balance source'),
};
const customers = {
  create: { ...customerFields, payment_method: text, ...named(notHere, 'tax_id_data test_clock') },
  update: { ...customerFields, default_source: notHere },
  list: { ...DATED, email: text, test_clock: notHere },
  search: SEARCH,
};

const redisplay = choice('always', 'limited', 'unspecified');
const payment_methods = {
  ofCustomer: { ...PAGED, type: text, allow_redisplay: redisplay },
  list: { ...PAGED, type: text, customer: text, allow_redisplay: redisplay, customer_account: notHere },
  attach: { ...ONLY_EXPAND, customer: needed(text), customer_account: notHere },
};

const refunds = {
  create: {
    ...ONLY_EXPAND,
    amount: integer,
    ...named(text, 'charge payment_intent'),
    metadata,
    reason: choice('duplicate', 'fraudulent', 'requested_by_customer'),
    instructions_email: text,
    ...named(notHere, 'currency customer origin refund_application_fee reverse_transfer'),
  },
  list: { ...DATED, charge: text, payment_intent: text },
};

const charges = { list: { ...DATED, ...named(text, 'customer payment_intent transfer_group') } };
const disputes = { list: { ...DATED, charge: text, payment_intent: text } };
const events = { list: { ...DATED, type: text, types: list(text, 20), delivery_success: flag } };

const productFields: Rules = {
  name: needed(text),
  active: flag,
  ...named(text, 'description id statement_descriptor tax_code unit_label'),
  metadata,
};
const products = {
  create: {
    ...ONLY_EXPAND,
    ...productFields,
    images: list(text),
    shippable: flag,
    type: choice('good', 'service'),
    url: text,
    ...named(notHere, 'default_price_data marketing_features package_dimensions tax_details'),
  },
};

const oneTime: Rules = {
  currency: needed(text),
  product: text,
  tax_behavior: choice('exclusive', 'inclusive', 'unspecified'),
  unit_amount: integer,
  ...named(notHere, 'recurring unit_amount_decimal'),
};
const prices = {
  create: {
    ...ONLY_EXPAND,
    ...oneTime,
    active: flag,
    billing_scheme: choice('per_unit'),
    ...named(text, 'lookup_key nickname'),
    metadata,
    product_data: group({ ...productFields, tax_details: notHere }),
    ...named(notHere, 'currency_options custom_unit_amount tiers tiers_mode transfer_lookup_key transform_quantity'),
  },
  list: {
    ...DATED,
    active: flag,
    ...named(text, 'currency product'),
    lookup_keys: list(text, 10),
    type: choice('one_time', 'recurring'),
    recurring: notHere,
  },
};

const lineItem = group({
  adjustable_quantity: loose,
  metadata,
  price: text,
  price_data: group({
    ...oneTime,
    product_data: group({ ...productFields, images: list(text), tax_details: notHere }),
  }),
  quantity: integer,
  tax_rates: notHere,
});
const intentData = group({
  ...named(text, 'description receipt_email statement_descriptor statement_descriptor_suffix transfer_group'),
  metadata,
  setup_future_usage: futureUse,
  shipping,
  capture_method: choice('automatic', 'automatic_async'),
  ...named(notHere, 'application_fee_amount on_behalf_of transfer_data'),
});
const pageLook =
  'automatic_tax billing_address_collection consent_collection custom_fields custom_text name_collection';
const pageMoney =
  'allow_promotion_codes invoice_creation managed_payments optional_items shipping_options subscription_data';

const sessions = {
  create: {
    ...ONLY_EXPAND,
    allowed_payment_method_types: list(text),
    ...named(text, 'cancel_url client_reference_id currency customer customer_email locale success_url'),
    customer_creation: choice('always', 'if_required'),
    expires_at: integer,
    line_items: list(lineItem, 100),
    metadata,
    mode: needed(choice('payment', 'setup', 'subscription')),
    payment_intent_data: intentData,
    setup_intent_data: group({ description: text, metadata, on_behalf_of: notHere }),
    submit_type: choice('auto', 'book', 'donate', 'pay', 'subscribe'),
    ui_mode: choice('hosted_page'),
    ...named(loose, `${pageLook} branding_settings customer_update payment_method_collection payment_method_data`),
    ...named(loose, 'payment_method_options phone_number_collection saved_payment_method_options wallet_options'),
    ...named(loose, 'integration_identifier origin_context'),
    ...named(notHere, `${pageMoney} adaptive_pricing after_expiration customer_account discounts permissions`),
    ...named(notHere, 'excluded_payment_method_types payment_method_configuration redirect_on_completion return_url'),
    ...named(notHere, 'shipping_address_collection tax_id_collection'),
  },
  list: {
    ...DATED,
    ...named(text, 'customer payment_intent payment_link'),
    status: choice('complete', 'expired', 'open'),
    ...named(notHere, 'customer_account customer_details subscription'),
  },
};

const payment_links = {
  create: {
    ...ONLY_EXPAND,
    line_items: needed(list(lineItem, 20)),
    customer_creation: choice('always', 'if_required'),
    ...named(text, 'currency inactive_message'),
    metadata,
    payment_intent_data: intentData,
    payment_method_types: list(text),
    submit_type: choice('auto', 'book', 'donate', 'pay', 'subscribe'),
    ...named(loose, `${pageLook} after_completion payment_method_collection payment_method_options`),
    phone_number_collection: loose,
    ...named(notHere, `${pageMoney} application_fee_amount application_fee_percent on_behalf_of restrictions`),
    ...named(notHere, 'shipping_address_collection tax_id_collection transfer_data'),
  },
  update: { ...ONLY_EXPAND, active: flag, inactive_message: text, metadata },
  list: { ...PAGED, active: flag },
};

const balance_transactions = { list: { ...DATED, ...named(text, 'currency payout source type') } };

export const RULES = {
  balance_transactions,
  charges,
  customers,
  disputes,
  events,
  payment_intents,
  payment_links,
  payment_methods,
  prices,
  products,
  refunds,
  sessions,
  setup_intents,
} satisfies Record<string, Record<string, Rules>>;
