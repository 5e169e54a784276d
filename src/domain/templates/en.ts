/** The built-in messages in English, and the manager's digest. */
import { FAILURE } from './failure';
import { type LanguagePack, PLAN_NEWS_KEY } from './pack';
import { EN_PLANS } from './plans/en';
import { PLAN_NEWS } from './plans/news';

const HELLO = 'Hello{{#resident_names}} {{resident_names}}{{/resident_names}},';
const PLACE = '{{property}}{{#unit}}, {{unit}}{{/unit}}';
const CHARGES = `{{#charges}}
- {{label}}: {{amount}}{{#due}}, due {{due}}{{/due}}
{{/charges}}`;
const HOW_TO_PAY = `{{#pay_link}}
Pay here: {{pay_link}}
{{/pay_link}}
{{^pay_link}}
Please pay in the way your lease sets out.
{{/pay_link}}`;
const IGNORE = 'If your payment is already on its way, please ignore this message.';
const PAY_SMS = '{{#pay_link}} Pay here: {{pay_link}}{{/pay_link}}';
const WRITE_SMS = '{{#manager_email}} Cannot pay it all? Write to {{manager_email}}.{{/manager_email}}';

const DIGEST = `{{received_total}} received, {{late_total}} late, {{unmatched_count}} to match.

As of {{as_of}}
Received: {{received_total}} ({{received_count}})
Expected this month: {{expected_total}}
Late: {{late_total}} ({{late_count}})
Due tomorrow: {{next_day_due_count}}
Messages sent: {{sent_count}}

{{#problems_count}}
Needs attention ({{problems_count}}):
{{/problems_count}}
{{#problems_list}}
- {{problem}}
{{/problems_list}}

{{#unmatched_count}}
Payments that wait for a lease ({{unmatched_count}}):
{{/unmatched_count}}
{{#unmatched_list}}
- {{payer}}: {{amount}}, {{date}}, {{source}}
{{/unmatched_list}}

{{#late_count}}
Late, largest first ({{late_count}}):
{{/late_count}}
{{^late_count}}
Nobody is late.
{{/late_count}}
{{#late_list}}
- {{resident_names}}, {{property}} {{unit}}: {{amount}}, {{days_late}}
{{/late_list}}

Tasks:
{{#tasks_list}}
- {{title}}{{#owner}}, {{owner}}{{/owner}}{{#due}}, due {{due}}{{/due}}
{{/tasks_list}}
{{^tasks_list}}
No task is open.
{{/tasks_list}}`;

export const EN: LanguagePack = {
  language: 'en',
  payButton: 'Pay now',
  accountLink: 'See your account',
  smsFooter: 'Reply STOP to opt out.',
  footer: `{{#account_link}}
Your balance, your payments and how to pay:
{{account_link}}

{{/account_link}}
You receive this message because you rent at ${PLACE}. You can simply reply to it.

We never ask for card numbers, bank details or passwords by e-mail, and we never send new bank details by e-mail. \
If you are not sure that this message is from us, do not use its link: contact us in the way you already know.

{{property}}{{#address}}
{{address}}{{/address}}`,
  managerFooters: {
    digest:
      'You receive this digest because you manage these properties. Times and recipients are in the Settings tab.',
    [PLAN_NEWS_KEY]: PLAN_NEWS.en.footer,
    failure: FAILURE.en.footer,
  },
  messages: {
    'before-due': {
      subject: 'Rent of {{amount_due}} is due on {{due_date}}',
      body: `{{amount_due}} is due on {{due_date}} for ${PLACE}.

${HELLO}

This is a friendly reminder of your rent{{#rent_period}} for {{rent_period}}{{/rent_period}}.

${CHARGES}

${HOW_TO_PAY}

If you pay automatically, or your payment is already on its way, there is nothing to do: please ignore this message.

{{manager_name}}`,
      sms: `{{property}}: rent of {{amount_due}} is due on {{due_date}}.${PAY_SMS} Paid already, or on autopay? \
Please ignore this.`,
    },
    'due-today': {
      subject: 'Rent of {{amount_due}} is due today',
      body: `{{amount_due}} is due today, {{due_date}}, for ${PLACE}.

${HELLO}

Your rent{{#rent_period}} for {{rent_period}}{{/rent_period}} is due today.{{#last_grace_day}} A payment made by \
{{last_grace_day}} carries no late fee.{{/last_grace_day}}{{#late_fee}} After that, a late fee of {{late_fee}} may \
apply under your lease.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: rent of {{amount_due}} is due today, {{due_date}}.{{#last_grace_day}} No late fee if \
paid by {{last_grace_day}}.{{/last_grace_day}}${PAY_SMS} Paid already? Please ignore this.`,
    },
    late: {
      subject: 'Rent is late: {{balance_due}} is outstanding',
      body: `{{balance_due}} is outstanding for ${PLACE}.

${HELLO}

We have not yet received all of your rent{{#rent_period}} for {{rent_period}}{{/rent_period}}. It was due on \
{{due_date}}{{#days_late}} and is {{days_late}} late{{/days_late}}.{{#last_grace_day}} A payment made by \
{{last_grace_day}} carries no late fee.{{/last_grace_day}}{{#late_fee}} The late fee under your lease is \
{{late_fee}}.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

If you cannot pay all of it now, please reply: we would like to agree on a payment plan with you.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: {{balance_due}} is outstanding, first due on {{due_date}}.${PAY_SMS}${WRITE_SMS} Paid \
already? Please ignore this.`,
    },
    'late-second': {
      subject: 'Second reminder: {{balance_due}} is outstanding',
      body: `{{balance_due}} is still outstanding for ${PLACE}.

${HELLO}

This is our second reminder. Your rent{{#rent_period}} for {{rent_period}}{{/rent_period}} was due on \
{{due_date}}{{#days_late}} and is {{days_late}} late{{/days_late}}.{{#late_fee}} The late fee under your lease is \
{{late_fee}}.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

Please pay now, or reply today so that we can agree on a payment plan or another way to help.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: second reminder. {{balance_due}} is still outstanding, first due on \
{{due_date}}.${PAY_SMS}${WRITE_SMS} Paid already? Please ignore this.`,
    },
    'final-notice': {
      subject: 'Final reminder: {{balance_due}} is outstanding',
      body: `{{balance_due}} is outstanding for ${PLACE}.{{#pay_by}} Please pay by {{pay_by}}.{{/pay_by}}

${HELLO}

Despite our reminders, your account is still unpaid. The oldest charge was due on {{due_date}}{{#days_late}} and \
is {{days_late}} late{{/days_late}}.

${CHARGES}

Total: {{balance_due}}

${HOW_TO_PAY}

If it is neither paid nor agreed with us{{#pay_by}} by {{pay_by}}{{/pay_by}}, we may take the steps that your lease and the \
law allow. If you dispute the amount or need a payment plan, please reply now.

This is a reminder. It is not a legal notice, does not end your lease and starts no legal period.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: final reminder. {{balance_due}} is outstanding, first due on {{due_date}}.{{#pay_by}} \
Please pay by {{pay_by}}.{{/pay_by}}${PAY_SMS}{{#manager_email}} Disputed, or need a plan? Write to \
{{manager_email}}.{{/manager_email}} This is not a legal notice.`,
    },
    receipt: {
      subject: 'Thank you: we received {{payment_amount}}',
      body: `We received your payment of {{payment_amount}} for ${PLACE}.

${HELLO}

Thank you for your payment.

Amount: {{payment_amount}}
Date: {{payment_date}}{{#payment_method}}
Method: {{payment_method}}{{/payment_method}}{{#payment_reference}}
Reference: {{payment_reference}}{{/payment_reference}}
Balance after this payment: {{remaining_balance}}

Please keep this message for your records.

{{manager_name}}`,
      sms: `{{property}}: thank you. We received your payment of {{payment_amount}} of {{payment_date}}. Balance \
after it: {{remaining_balance}}.`,
    },
    'payment-failed': {
      subject: 'Your payment of {{payment_amount}} did not go through',
      body: `Your payment of {{payment_amount}}{{#payment_date}} of {{payment_date}}{{/payment_date}} for ${PLACE} \
did not go through.

${HELLO}

This happens, and it can usually be put right quickly.{{#failure_reason}} The reason we were given: \
{{failure_reason}}{{/failure_reason}}

Balance due: {{balance_due}}

${CHARGES}

Please check the account or card you pay with, then pay again.

${HOW_TO_PAY}

If you have paid again in the meantime, please ignore this message. If you need help, just reply.

{{manager_name}}`,
      sms: `{{property}}: your payment of {{payment_amount}}{{#payment_date}} of {{payment_date}}{{/payment_date}} \
did not go through. Balance due: {{balance_due}}.${PAY_SMS} Paid again? Please ignore this.`,
    },
    'payment-refunded': {
      subject: 'We sent back {{payment_amount}}',
      body: `{{payment_amount}} of your payment of {{payment_date}} for ${PLACE} was sent back.

${HELLO}

The money goes back to the card or account that you paid with. Your bank may need a few days to show it.

Sent back: {{payment_amount}}{{#payment_method}}
Paid by: {{payment_method}}{{/payment_method}}{{#payment_reference}}
Reference: {{payment_reference}}{{/payment_reference}}
Balance after it: {{remaining_balance}}

If you did not expect this, or have a question, just reply.

{{manager_name}}`,
      sms: `{{property}}: {{payment_amount}} of your payment of {{payment_date}} was sent back. Balance after it: \
{{remaining_balance}}.`,
    },
    'autopay-ended': {
      subject: 'Automatic payment stopped: {{balance_due}} is open',
      body: `{{balance_due}} is open for ${PLACE}: it could not be collected automatically.

${HELLO}

We tried to collect your payment with the card or account that you saved, and it did not go through. We will not try \
again for this amount, so please pay it another way.

${CHARGES}

${HOW_TO_PAY}

The next rent is collected automatically again. To use another card or account, just reply. If you have paid in the \
meantime, please ignore this message.

{{manager_name}}`,
      sms: `{{property}}: {{balance_due}}{{#due_date}}, due {{due_date}},{{/due_date}} could not be collected \
automatically. Please pay it another way.${PAY_SMS} Paid already? Please ignore this.`,
    },
    'request-answered': {
      subject: `{{#request_line}}Our answer: {{request_line}}{{/request_line}}{{^request_line}}Our answer to your \
request{{/request_line}}`,
      body: `We have answered your request of {{request_date}} for ${PLACE}. Balance due: {{balance_due}}

${HELLO}

{{#request_line}}
You told us that this line is wrong: {{request_line}}
{{/request_line}}
{{#request_agreed}}
We agree with you.
{{/request_agreed}}
{{^request_agreed}}
We looked at it with care and cannot agree.{{#request_line}} The line counts again.{{/request_line}}
{{/request_agreed}}

Our answer: {{request_answer}}

${HOW_TO_PAY}

If you have a question, just reply.

{{manager_name}}`,
      sms: `{{property}}: our answer to your request of {{request_date}}: {{#request_agreed}}we \
agree{{/request_agreed}}{{^request_agreed}}we cannot agree{{/request_agreed}}. \
Balance due: {{balance_due}}.${PAY_SMS}`,
    },
    'account-link': {
      subject: 'Your account{{#property}} at {{property}}{{/property}}',
      body: `Here is the link to your account for ${PLACE}.

${HELLO}

On this page you see your balance, your payments and how to pay:
{{#account_link}}
{{account_link}}
{{/account_link}}

It is meant for you alone: whoever has the link sees what you see. If you did not ask for it, you need not do anything.`,
      sms: '{{property}}: your account: {{account_link}}',
    },
    signed: {
      subject: 'Welcome to {{property}}: your lease is signed',
      body: `Your lease for ${PLACE} is signed.{{#amount_due}} First due: {{amount_due}} on {{due_date}}.{{/amount_due}}

${HELLO}

Welcome, and thank you for signing.{{^amount_due}} Nothing is due at the moment.{{/amount_due}}

${CHARGES}

{{#amount_due}}
${HOW_TO_PAY}

If your payment is already on its way, there is nothing more to do.
{{/amount_due}}

If you have a question, just reply.

{{manager_name}}`,
      sms: `{{property}}: welcome, your lease is signed.{{#amount_due}} First due: {{amount_due}} on \
{{due_date}}.${PAY_SMS}{{^pay_link}} Please pay in the way your lease sets out.{{/pay_link}}{{/amount_due}}`,
    },
    ...EN_PLANS,
    [PLAN_NEWS_KEY]: PLAN_NEWS.en.words,
    digest: {
      subject: 'Rent digest {{today}}: {{late_count}} late, {{received_total}} in',
      body: DIGEST,
    },
    failure: FAILURE.en.words,
  },
};
