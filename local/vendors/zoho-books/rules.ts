/** What the documents accept, member by member: bodies and queries of each operation that the sandbox knows. */
import { amount, anything, day, flag, listOf, object, oneOf, type Rule, text, whole } from '../kit/strict';

const id = text({ max: 25 });
const word = text({ max: 100 });
const words = text({ max: 5000 });

/** Members that depend on an organisation's country or edition: taken, and not looked at. */
const some = (rule: Rule, ...names: readonly string[]): Record<string, Rule> =>
  Object.fromEntries(names.map((name) => [`${name}?`, rule]));

const REGIONAL = some(
  word,
  ...['place_of_supply', 'vat_treatment', 'tax_treatment', 'gst_treatment', 'gst_no', 'cfdi_usage', 'avatax_use_code'],
  ...['avatax_exempt_no', 'tax_id', 'tax_authority_id', 'tax_exemption_id', 'location_id', 'template_id'],
);

const invoiceLine = object({
  item_id: id,
  'name?': word,
  'description?': text({ max: 2000 }),
  'rate?': amount(),
  'quantity?': amount(2),
  'item_order?': whole,
  'discount?': amount(),
  ...some(word, 'unit', 'tax_id', 'location_id', 'project_id', 'product_type', 'hsn_or_sac'),
});

const invoiceMembers = {
  customer_id: id,
  line_items: listOf(invoiceLine, { min: 1 }),
  'invoice_number?': text({ max: 100, min: 1 }),
  'reference_number?': word,
  'date?': day,
  'due_date?': day,
  'payment_terms?': whole,
  'adjustment?': amount(),
  'adjustment_description?': text({ max: 500 }),
  'notes?': words,
  'terms?': words,
  'contact_persons?': listOf(id),
  'custom_fields?': listOf(anything),
  'allow_partial_payments?': flag,
  'currency_id?': id,
  'exchange_rate?': amount(6),
  'reason?': words,
  ...REGIONAL,
};

export const createInvoice = object({ ...invoiceMembers, 'send?': flag });
export const updateInvoice = object(invoiceMembers);

export const emailInvoice = object({
  to_mail_ids: listOf(text({ like: /^\S+@\S+\.\S+$/ }), { min: 1 }),
  'cc_mail_ids?': listOf(word),
  'send_from_org_email_id?': flag,
  'from_address_id?': id,
  'subject?': text({ max: 1000 }),
  'body?': words,
});

const applied = object({ 'invoice_id?': id, 'amount_applied?': amount(), 'tax_amount_withheld?': amount() });

const paymentMembers = {
  customer_id: id,
  payment_mode: text({ max: 100, min: 1 }),
  amount: amount(),
  date: day,
  invoices: listOf(applied),
  // The documents ask for these two beside the list as well.
  invoice_id: id,
  amount_applied: amount(),
  'reference_number?': word,
  'description?': words,
  'bank_charges?': amount(),
  'account_id?': id,
  'exchange_rate?': amount(6),
  'payment_form?': word,
  'tax_amount_withheld?': amount(),
  'custom_fields?': listOf(anything),
  'location_id?': id,
  'retainerinvoice_id?': id,
};

export const createPayment = object({ ...paymentMembers, 'contact_persons?': listOf(id) });
export const updatePayment = object(paymentMembers);

export const createRefund = object({
  date: day,
  amount: amount(),
  from_account_id: id,
  'refund_mode?': word,
  'reference_number?': word,
  'description?': words,
  'exchange_rate?': amount(6),
  'payment_form?': word,
});

const person = object({
  ...some(word, 'salutation', 'first_name', 'last_name', 'phone', 'mobile', 'designation', 'department', 'skype'),
  'email?': text({ like: /^\S+@\S+\.\S+$/ }),
  'is_primary_contact?': flag,
  'enable_portal?': flag,
  'communication_preference?': anything,
});

export const contact = object({
  contact_name: text({ max: 200, min: 1 }),
  'contact_type?': oneOf('customer', 'vendor'),
  'customer_sub_type?': oneOf('individual', 'business'),
  'company_name?': text({ max: 200 }),
  'contact_persons?': listOf(person),
  'notes?': words,
  'website?': word,
  'payment_terms?': whole,
  'payment_terms_label?': word,
  'currency_id?': id,
  'contact_number?': word,
  'ignore_auto_number_generation?': flag,
  'is_portal_enabled?': flag,
  'billing_address?': anything,
  'shipping_address?': anything,
  'custom_fields?': listOf(anything),
  ...REGIONAL,
});

const recurringMembers = {
  recurrence_name: text({ max: 100, min: 1 }),
  customer_id: id,
  // The documents' list names the example only; months are in their text.
  recurrence_frequency: oneOf('weeks', 'months'),
  'repeat_every?': whole,
  'reference_number?': word,
  'start_date?': day,
  'end_date?': day,
  'currency_id?': id,
  'allow_partial_payments?': flag,
  'custom_fields?': listOf(anything),
  ...REGIONAL,
};

export const createRecurring = object({
  ...recurringMembers,
  'line_items?': listOf(
    object({
      'line_item_id?': id,
      'name?': word,
      'quantity?': whole,
      'item_total?': amount(),
      ...some(word, 'product_type', 'project_id', 'location_id'),
    }),
  ),
  'item_id?': id,
  'name?': word,
  'description?': words,
  'rate?': amount(),
  'quantity?': whole,
  'unit?': word,
  'payment_terms?': whole,
});

export const updateRecurring = object({
  ...recurringMembers,
  'line_items?': listOf(
    object({
      'item_id?': id,
      'name?': word,
      'description?': words,
      'rate?': amount(),
      'quantity?': whole,
      'item_total?': amount(),
      ...some(word, 'product_type', 'project_id', 'location_id', 'tax_id'),
    }),
  ),
});

export const changeRecurring = object({ 'recurring_invoice_id?': id });
