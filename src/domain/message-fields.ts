/** The fields that a template may print, each with its one-line explanation: the header note of the Templates tab. */

interface FieldInfo {
  readonly name: string;
  readonly about: string;
  /** Residents and the manager have fields of their own, so that no list of debtors reaches a resident. */
  readonly reader: 'resident' | 'manager' | 'both';
  /** A list is written as a section, and these are the fields of each of its rows. */
  readonly row?: readonly string[];
}

export const FIELDS = [
  { name: 'resident_names', about: 'Everybody on the lease, as in the Leases tab.', reader: 'resident' },
  { name: 'unit', about: 'The unit; empty for a property without units.', reader: 'resident' },
  { name: 'property', about: 'The name of the property.', reader: 'resident' },
  { name: 'address', about: 'The postal address of the property, in one line.', reader: 'resident' },
  { name: 'balance_due', about: 'All that the lease owes now, such as $1,250.00.', reader: 'resident' },
  { name: 'amount_due', about: 'What this message asks for.', reader: 'resident' },
  { name: 'due_date', about: 'The day on which it is due.', reader: 'resident' },
  { name: 'days_late', about: 'Days since the due date with their noun, such as 6 days.', reader: 'resident' },
  { name: 'rent_period', about: 'What the rent is for, such as December 2026.', reader: 'resident' },
  {
    name: 'charges',
    about: 'The open charges, one per row.',
    reader: 'resident',
    row: ['label', 'amount', 'due'],
  },
  { name: 'last_grace_day', about: 'The last day without a late fee; empty once it is past.', reader: 'resident' },
  { name: 'late_fee', about: 'The late fee that would apply or has been applied.', reader: 'resident' },
  { name: 'pay_by', about: 'The day until which a final notice waits; empty when none is set.', reader: 'resident' },
  { name: 'pay_link', about: 'The https link to pay at; becomes the one button of the mail.', reader: 'resident' },
  {
    name: 'account_link',
    about: "The link to the resident's own page; the foot of every mail has it where the message itself does not.",
    reader: 'resident',
  },
  { name: 'payment_amount', about: 'The payment received, failed or refunded.', reader: 'resident' },
  { name: 'payment_date', about: 'The day on which the payment was made.', reader: 'resident' },
  { name: 'payment_method', about: 'How it was paid, such as Stripe or check; may be empty.', reader: 'resident' },
  { name: 'payment_reference', about: 'The payment reference at its source.', reader: 'resident' },
  { name: 'remaining_balance', about: 'What the lease owes after the payment.', reader: 'resident' },
  { name: 'failure_reason', about: 'Why the payment failed, in plain words.', reader: 'resident' },
  { name: 'plan_total', about: 'What a payment plan is about.', reader: 'resident' },
  { name: 'plan_open', about: 'What of the plan is unpaid.', reader: 'resident' },
  { name: 'plan_missed', about: 'What of the plan was missed and is unpaid.', reader: 'resident' },
  { name: 'plan_instalments', about: 'The parts of the plan.', reader: 'resident', row: ['amount', 'due'] },
  { name: 'plan_fees_rest', about: '"yes" where late fees rest while the plan runs.', reader: 'resident' },
  { name: 'plan_signature', about: '"yes" where the plan is agreed by signature.', reader: 'resident' },
  { name: 'plan_grace', about: 'Days after which an unpaid part is missed.', reader: 'resident' },
  { name: 'plan_rule', about: 'When a part is missed, and what comes of it.', reader: 'resident' },
  { name: 'plan_note', about: 'What the manager wrote with the plan.', reader: 'resident' },
  { name: 'request_line', about: 'The line that was disputed; empty for another request.', reader: 'resident' },
  { name: 'request_date', about: 'The day of the request.', reader: 'resident' },
  { name: 'request_agreed', about: '"yes" where the answer is yes; empty where it is no.', reader: 'resident' },
  { name: 'request_answer', about: 'The answer in the words of the manager.', reader: 'resident' },
  { name: 'manager_name', about: 'Who writes.', reader: 'both' },
  { name: 'manager_email', about: 'Where the manager is reached.', reader: 'both' },
  { name: 'today', about: 'The day on which the message is written.', reader: 'both' },
  { name: 'as_of', about: 'The moment of the figures.', reader: 'manager' },
  { name: 'received_total', about: 'Money received since the last digest.', reader: 'manager' },
  { name: 'received_count', about: 'How many payments that was.', reader: 'manager' },
  { name: 'expected_total', about: 'Money charged for this month.', reader: 'manager' },
  { name: 'late_count', about: 'How many leases are late.', reader: 'manager' },
  { name: 'late_total', about: 'What they owe together.', reader: 'manager' },
  {
    name: 'late_list',
    about: 'The late leases, largest debt first.',
    reader: 'manager',
    row: ['resident_names', 'unit', 'property', 'amount', 'days_late'],
  },
  { name: 'unmatched_count', about: 'How many payments wait for a lease.', reader: 'manager' },
  {
    name: 'unmatched_list',
    about: 'The payments that wait for a lease.',
    reader: 'manager',
    row: ['payer', 'amount', 'date', 'source'],
  },
  { name: 'problems_count', about: 'How many cells or connections need attention.', reader: 'manager' },
  { name: 'problems_list', about: 'What needs attention.', reader: 'manager', row: ['problem'] },
  { name: 'tasks_list', about: 'Open tasks, first due first.', reader: 'manager', row: ['title', 'owner', 'due'] },
  { name: 'plan_lease', about: 'In news of a plan: property, unit and residents.', reader: 'manager' },
  { name: 'plan_sum', about: 'In news of a plan: what it is about.', reader: 'manager' },
  { name: 'plan_agreed', about: '"yes" where the resident has agreed to it.', reader: 'manager' },
  { name: 'plan_refused', about: '"yes" where the resident has declined it.', reader: 'manager' },
  { name: 'plan_unsigned', about: '"yes" where its document was voided or ran out of time.', reader: 'manager' },
  { name: 'plan_unpaid', about: 'What of it was not paid in time; may be empty.', reader: 'manager' },
  { name: 'plan_broken', about: 'What is open of it, where it has ended by that; else empty.', reader: 'manager' },
  { name: 'plan_signed_late', about: '"yes" where it was signed after it had closed.', reader: 'manager' },
  { name: 'sent_count', about: 'Messages sent since the last digest.', reader: 'manager' },
  { name: 'next_day_due_count', about: 'Leases whose rent is due tomorrow.', reader: 'manager' },
  { name: 'failure_platform', about: 'Of a failure: the platform, by its name.', reader: 'manager' },
  { name: 'failure_short', about: 'Of a failure: what it is, in two or three words.', reader: 'manager' },
  { name: 'failure_what', about: 'Of a failure: what has happened.', reader: 'manager' },
  { name: 'failure_means', about: 'Of a failure: what it means for rent.', reader: 'manager' },
  { name: 'failure_fix', about: 'Of a failure: what to do.', reader: 'manager' },
  { name: 'failure_said', about: 'Of a failure: the words of the platform; may be empty.', reader: 'manager' },
  { name: 'sheet_link', about: 'Of a failure: the link to this file.', reader: 'manager' },
] as const satisfies readonly FieldInfo[];

type Field = (typeof FIELDS)[number];
type ListField = Extract<Field, { readonly row: readonly string[] }>;
export type FieldName = Field['name'];
export type ListName = ListField['name'];
export type TextName = Exclude<FieldName, ListName>;
type RowOf<Name extends ListName> = Extract<ListField, { readonly name: Name }>['row'][number];

/**
 * What one message says: text already in the reader's language. '' says that there is nothing to say; a field left out
 * is unknown, and a template that prints it outside a section is refused.
 */
export type MessageFields = { readonly [Name in TextName]?: string } & {
  readonly [Name in ListName]?: readonly { readonly [Part in RowOf<Name>]: string }[];
};

export type Reader = 'resident' | 'manager';

const byName = new Map<string, FieldInfo>(FIELDS.map((field) => [field.name, field]));

/** The field of a name that a reader's templates may print; undefined otherwise. */
export function fieldFor(name: string, reader: Reader): FieldInfo | undefined {
  const field = byName.get(name);
  return field !== undefined && (field.reader === 'both' || field.reader === reader) ? field : undefined;
}

/** The names that a reader's templates may print, in the order of the note. */
export const namesFor = (reader: Reader): string[] =>
  FIELDS.filter((field) => field.reader === 'both' || field.reader === reader).map((field) => field.name);

/** The note on the header of the Templates tab: every field on one line, and how to write it. */
export function fieldsNote(): string {
  const line = (field: FieldInfo): string => `${tag(field)}  ${field.about}`;
  const part = (reader: Reader) => FIELDS.filter((field: FieldInfo) => field.reader === reader).map(line);
  const both = FIELDS.filter((field: FieldInfo) => field.reader === 'both').map(line);
  return [
    'Write a field in double braces. {{#field}} … {{/field}} keeps what is between only when the field has something',
    'to say, {{^field}} … {{/field}} only when it has not; around a list it repeats for every row.',
    '',
    'In every message:',
    ...both,
    '',
    'In messages to residents:',
    ...part('resident'),
    '',
    'In the digest, in news of plans, and in the mail of a failure:',
    ...part('manager'),
  ].join('\n');
}

function tag(field: FieldInfo): string {
  if (field.row === undefined) return `{{${field.name}}}`;
  return `{{#${field.name}}} ${field.row.map((part) => `{{${part}}}`).join(' ')} {{/${field.name}}}`;
}
