/** What each operation of Square takes: members of bodies and parameters of queries. */
import { anything, day, flag, listOf, object, oneOf, type Rule, text, whole } from '../kit/strict';

const time: Rule = text({ like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/ });
const money = object({ amount: whole, currency: text({ like: /^[A-Z]{3}$/ }) });
const short = text({ min: 1, max: 255 });
const order = oneOf('ASC', 'DESC');
const range = object({ 'start_at?': time, 'end_at?': time });
const exact = object({ 'exact?': text({ min: 1 }), 'fuzzy?': text({ min: 1 }) });
const key = (max: number): Rule => text({ min: 1, max });
const mail = text({ like: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, max: 254 });

const address = object({
  'address_line_1?': short,
  'address_line_2?': short,
  'locality?': short,
  'administrative_district_level_1?': short,
  'postal_code?': short,
  'country?': text({ like: /^[A-Z]{2}$/ }),
  'first_name?': short,
  'last_name?': short,
});

/** At most ten short pairs. */
const metadata: Rule = (value, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return anyMap(at);
  const pairs = Object.entries(value);
  const bad = pairs.find(([name, each]) => name.length > 60 || typeof each !== 'string' || each.length > 255);
  return bad || pairs.length > 10 ? anyMap(at) : undefined;
};
const anyMap = (at: string) => ({ at, what: 'invalid' as const, wanted: 'at most 10 short texts' });

const newOrder = object({
  location_id: short,
  'reference_id?': text({ max: 40 }),
  'customer_id?': text({ max: 191 }),
  'line_items?': listOf(
    object({
      'name?': text({ max: 512 }),
      quantity: text({ like: /^\d{1,7}(\.\d{1,5})?$/ }),
      'note?': text({ max: 2000 }),
      'base_price_money?': money,
    }),
    { max: 500 },
  ),
  'metadata?': metadata,
  'ticket_name?': text({ max: 30 }),
});

const paymentRequest = object({
  request_type: oneOf('BALANCE', 'DEPOSIT', 'INSTALLMENT'),
  due_date: day,
  'automatic_payment_source?': oneOf('NONE', 'CARD_ON_FILE', 'BANK_ON_FILE'),
  'card_id?': short,
  'tipping_enabled?': flag,
  'reminders?': listOf(object({ relative_scheduled_days: whole, 'message?': text({ min: 1, max: 1000 }) })),
});

const newInvoice = object({
  location_id: short,
  order_id: short,
  'primary_recipient?': object({ customer_id: short }),
  payment_requests: listOf(paymentRequest, { min: 1, max: 13 }),
  delivery_method: oneOf('EMAIL', 'SHARE_MANUALLY', 'SMS'),
  'invoice_number?': text({ min: 1, max: 191 }),
  'title?': short,
  'description?': text({ min: 1, max: 65_536 }),
  'scheduled_at?': time,
  accepted_payment_methods: object({
    'card?': flag,
    'square_gift_card?': flag,
    'bank_account?': flag,
    'buy_now_pay_later?': flag,
    'cash_app_pay?': flag,
  }),
  'sale_or_service_date?': day,
  'store_payment_method_enabled?': flag,
});

const newPayment = object({
  source_id: text({ min: 1 }),
  idempotency_key: key(45),
  amount_money: money,
  'tip_money?': money,
  'autocomplete?': flag,
  'order_id?': short,
  'customer_id?': short,
  'location_id?': short,
  'reference_id?': text({ max: 40 }),
  'buyer_email_address?': mail,
  'note?': text({ max: 500 }),
  'billing_address?': address,
  'cash_details?': object({ buyer_supplied_money: money, 'change_back_money?': money }),
  'external_details?': object({ type: text({ max: 50 }), source: text({ max: 255 }), 'source_id?': short }),
});

const newCustomer = object({
  'idempotency_key?': text({ min: 1 }),
  'given_name?': text({ max: 300 }),
  'family_name?': text({ max: 300 }),
  'company_name?': text({ max: 500 }),
  'email_address?': mail,
  'phone_number?': text({ like: /^\+?[\d\s().-]{9,20}$/ }),
  'reference_id?': text({ max: 100 }),
  'note?': text({ max: 4096 }),
  'address?': address,
});

const newLink = object({
  'idempotency_key?': key(192),
  'description?': text({ max: 4096 }),
  'quick_pay?': object({ name: short, price_money: money, location_id: short }),
  'order?': newOrder,
  'checkout_options?': object({
    'allow_tipping?': flag,
    'redirect_url?': text({ max: 2048, like: /^https?:\/\// }),
    'ask_for_shipping_address?': flag,
  }),
  'pre_populated_data?': object({ 'buyer_email?': mail, 'buyer_phone_number?': text({ max: 17 }) }),
  'payment_note?': text({ max: 500 }),
});

export const BODIES: Readonly<Record<string, Rule>> = {
  customer: newCustomer,
  customerSearch: object({
    'cursor?': text(),
    'limit?': whole,
    'query?': object({
      'filter?': object({ 'reference_id?': exact, 'email_address?': exact, 'created_at?': range }),
      'sort?': object({ 'field?': oneOf('DEFAULT', 'CREATED_AT'), 'order?': order }),
    }),
  }),
  card: object({
    idempotency_key: key(45),
    source_id: text({ min: 1 }),
    card: object({ customer_id: short, 'cardholder_name?': text({ max: 96 }), 'reference_id?': text({ max: 128 }) }),
  }),
  order: object({ 'idempotency_key?': key(192), order: newOrder }),
  orderSearch: object({
    location_ids: listOf(short, { min: 1, max: 10 }),
    'cursor?': text(),
    'limit?': whole,
    'return_entries?': flag,
    'query?': object({
      'filter?': object({
        'state_filter?': object({ states: listOf(oneOf('OPEN', 'COMPLETED', 'CANCELED', 'DRAFT'), { min: 1 }) }),
        'date_time_filter?': object({ 'created_at?': range, 'updated_at?': range, 'closed_at?': range }),
        'customer_filter?': object({ customer_ids: listOf(short, { max: 10 }) }),
      }),
      'sort?': object({ sort_field: oneOf('CREATED_AT', 'UPDATED_AT', 'CLOSED_AT'), 'sort_order?': order }),
    }),
  }),
  invoice: object({ 'idempotency_key?': key(128), invoice: newInvoice }),
  invoiceSearch: object({
    'cursor?': text(),
    'limit?': whole,
    query: object({
      filter: object({ location_ids: listOf(short, { min: 1, max: 1 }), 'customer_ids?': listOf(short, { max: 1 }) }),
      'sort?': object({ field: oneOf('INVOICE_SORT_DATE'), 'order?': order }),
    }),
  }),
  publish: object({ 'idempotency_key?': key(128), version: whole }),
  cancel: object({ version: whole }),
  payment: newPayment,
  refund: object({
    idempotency_key: key(45),
    amount_money: money,
    payment_id: short,
    'reason?': text({ max: 192 }),
  }),
  link: newLink,
  nothing: anything,
};

const number = text({ like: /^\d+$/ });
const truth = oneOf('true', 'false');
const window = {
  'begin_time?': time,
  'end_time?': time,
  'updated_at_begin_time?': time,
  'updated_at_end_time?': time,
  'sort_order?': order,
  'cursor?': text(),
  'location_id?': short,
  'limit?': number,
};

export const QUERIES: Readonly<Record<string, Rule>> = {
  none: object({}),
  payments: object({
    ...window,
    'sort_field?': oneOf('CREATED_AT', 'OFFLINE_CREATED_AT', 'UPDATED_AT'),
    'total?': number,
    'last_4?': text(),
    'card_brand?': text(),
    'is_offline_payment?': truth,
  }),
  refunds: object({
    ...window,
    'sort_field?': oneOf('CREATED_AT', 'UPDATED_AT'),
    'status?': text(),
    'source_type?': text(),
  }),
  disputes: object({ 'cursor?': text(), 'states?': text(), 'location_id?': short }),
  cards: object({ 'cursor?': text(), 'customer_id?': short, 'include_disabled?': truth, 'sort_order?': order }),
  invoices: object({ location_id: short, 'cursor?': text(), 'limit?': number }),
  version: object({ 'version?': number }),
};
