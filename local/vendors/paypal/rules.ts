/** What PayPal's operations accept, field by field. */
import { flag, listOf, object, oneOf, type Rule, text, whole } from '../kit/strict';
import { CURRENCIES } from './state';

/** `1250.00`: a decimal text with no more decimals than the currency has. */
const price: Rule = (value, at) => {
  const complaint = object({ currency_code: oneOf(...CURRENCIES), value: text({ like: /^\d+(\.\d+)?$/, max: 32 }) })(
    value,
    at,
  );
  if (complaint) return complaint;
  const { currency_code: currency, value: amount } = value as { currency_code: string; value: string };
  const decimals = ['JPY', 'HUF', 'TWD'].includes(currency) ? 0 : 2;
  if ((amount.split('.')[1] ?? '').length <= decimals && Number(amount) > 0) return undefined;
  return { at: `${at}.value`, what: 'invalid', wanted: `at most ${decimals} decimals, more than nothing` };
};

const time = text({
  like: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  min: 20,
  max: 64,
});
const web = text({ like: /^https?:\/\/\S+$/, min: 10, max: 4000 });
const counted =
  (least: number, most: number): Rule =>
  (value, at) =>
    whole(value, at) ??
    ((value as number) >= least && (value as number) <= most
      ? undefined
      : { at, what: 'invalid', wanted: `${least} to ${most}` });

const scheme = object({ fixed_price: price });
const email = text({ like: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, min: 3, max: 254 });
const personName = object({ 'given_name?': text({ max: 140 }), 'surname?': text({ max: 140 }) });

export const product = object({
  'id?': text({ min: 6, max: 50, like: /^(?!PROD-)[A-Za-z0-9._-]+$/ }),
  name: text({ min: 1, max: 127 }),
  'description?': text({ min: 1, max: 256 }),
  type: oneOf('PHYSICAL', 'DIGITAL', 'SERVICE'),
  'category?': text({ like: /^[A-Z_]+$/, min: 4, max: 256 }),
});

export const plan = object({
  product_id: text({ min: 6, max: 50 }),
  name: text({ min: 1, max: 127 }),
  'status?': oneOf('CREATED', 'INACTIVE', 'ACTIVE'),
  'description?': text({ min: 1, max: 127 }),
  billing_cycles: listOf(
    object({
      'pricing_scheme?': scheme,
      frequency: object({ interval_unit: oneOf('DAY', 'WEEK', 'MONTH', 'YEAR'), 'interval_count?': counted(1, 365) }),
      tenure_type: oneOf('REGULAR', 'TRIAL'),
      sequence: counted(1, 99),
      'total_cycles?': counted(0, 999),
    }),
    { min: 1, max: 12 },
  ),
  payment_preferences: object({
    'auto_bill_outstanding?': flag,
    'setup_fee_failure_action?': oneOf('CONTINUE', 'CANCEL'),
    'payment_failure_threshold?': counted(0, 999),
  }),
});

export const pricing = object({
  pricing_schemes: listOf(object({ billing_cycle_sequence: counted(1, 99), pricing_scheme: scheme }), {
    min: 1,
    max: 99,
  }),
});

const landing = object({
  'brand_name?': text({ min: 1, max: 127 }),
  'locale?': text({ min: 2, max: 10 }),
  'shipping_preference?': oneOf('GET_FROM_FILE', 'NO_SHIPPING', 'SET_PROVIDED_ADDRESS'),
  'user_action?': oneOf('CONTINUE', 'SUBSCRIBE_NOW'),
  return_url: web,
  cancel_url: web,
});
const override = object({
  billing_cycles: listOf(
    object({ sequence: counted(1, 99), 'pricing_scheme?': scheme, 'total_cycles?': counted(0, 999) }),
    {
      min: 1,
      max: 12,
    },
  ),
});

export const subscription = object({
  plan_id: text({ min: 3, max: 50 }),
  'start_time?': time,
  'subscriber?': object({ 'name?': personName, 'email_address?': email }),
  'application_context?': landing,
  'custom_id?': text({ min: 1, max: 127, like: /^[\x20-\x7e]+$/ }),
  'plan?': override,
});

export const revision = object({
  'plan_id?': text({ min: 3, max: 50 }),
  'application_context?': landing,
  'plan?': override,
});

export const reason = object({ reason: text({ min: 1, max: 128 }) });

const experience = object({
  'brand_name?': text({ min: 1, max: 127 }),
  'shipping_preference?': oneOf('GET_FROM_FILE', 'NO_SHIPPING', 'SET_PROVIDED_ADDRESS'),
  'landing_page?': oneOf('LOGIN', 'GUEST_CHECKOUT', 'BILLING', 'NO_PREFERENCE'),
  'user_action?': oneOf('CONTINUE', 'PAY_NOW'),
  'payment_method_preference?': oneOf('UNRESTRICTED', 'IMMEDIATE_PAYMENT_REQUIRED'),
  'return_url?': web,
  'cancel_url?': web,
});

export const order = object({
  intent: oneOf('CAPTURE', 'AUTHORIZE'),
  purchase_units: listOf(
    object({
      'reference_id?': text({ min: 1, max: 256 }),
      amount: price,
      'description?': text({ min: 1, max: 127 }),
      'custom_id?': text({ min: 1, max: 127 }),
      'invoice_id?': text({ min: 1, max: 127 }),
    }),
    { min: 1, max: 1 },
  ),
  'payment_source?': object({ paypal: object({ 'experience_context?': experience, 'email_address?': email }) }),
  'application_context?': experience,
});

export const capture = object({});
export const refund = object({
  'amount?': price,
  'invoice_id?': text({ min: 1, max: 127 }),
  'note_to_payer?': text({ min: 1, max: 255 }),
});

const page = (most: number): Rule => text({ like: new RegExp(`^(?:${upTo(most)})$`) });
/** A pattern for 1 to the given number, which has leading digits only where they are needed. */
function upTo(most: number): string {
  return Array.from({ length: most }, (_, at) => String(at + 1)).join('|');
}
const pageNumber = text({ like: /^[1-9]\d{0,5}$/ });

export const events = object({
  'page_size?': page(100),
  'start_time?': time,
  'end_time?': time,
  'transaction_id?': text({ min: 1, max: 50 }),
  'event_type?': text({ min: 1, max: 100 }),
  // PayPal's own links carry these; its description leaves them out.
  'move_to?': oneOf('next'),
  'index_time?': time,
  'index_id?': text({ min: 1, max: 60 }),
});

const FIELDS = [
  'all',
  'transaction_info',
  'payer_info',
  'shipping_info',
  'cart_info',
  'auction_info',
  'incentive_info',
];
export const report = object({
  start_date: time,
  end_date: time,
  'fields?': (value, at) =>
    typeof value === 'string' && value.split(',').every((each) => FIELDS.includes(each))
      ? undefined
      : { at, what: 'invalid', wanted: FIELDS.join(', ') },
  'transaction_id?': text({ min: 17, max: 19 }),
  'transaction_type?': text({ like: /^T\d{4}$/ }),
  'transaction_status?': oneOf('D', 'P', 'S', 'V'),
  'balance_affecting_records_only?': oneOf('Y', 'N'),
  'page_size?': page(500),
  'page?': pageNumber,
});
export const balances = object({ 'as_of_time?': time, 'currency_code?': oneOf(...CURRENCIES) });
export const subscriptionTransactions = object({ start_time: time, end_time: time });
export const disputes = object({
  'start_time?': time,
  'disputed_transaction_id?': text({ like: /^[0-9A-Z_]+$/, min: 1, max: 255 }),
  'page_size?': page(50),
  'next_page_token?': text({ like: /^[A-Za-z0-9+/=]+$/, min: 1, max: 255 }),
  'dispute_state?': text({ like: /^[0-9A-Z_]+$/ }),
  'update_time_before?': time,
  'update_time_after?': time,
});
export const oneFields = object({ 'fields?': text({ min: 1, max: 100 }) });
export const noQuery = object({});
