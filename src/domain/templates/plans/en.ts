/** The messages about payment plans in English. */
import type { PlanWords } from '../pack';

const HELLO = 'Hello{{#resident_names}} {{resident_names}}{{/resident_names}},';
const PLACE = '{{property}}{{#unit}}, {{unit}}{{/unit}}';
const DATED = `{{#plan_instalments}}
- {{amount}}, due {{due}}
{{/plan_instalments}}`;
const PAGE = `{{#account_link}}
See it on your page: {{account_link}}
{{/account_link}}`;
const PAY = `{{#pay_link}}
Pay here: {{pay_link}}
{{/pay_link}}`;
const BYE = '{{manager_name}}';

export const EN_PLANS: PlanWords = {
  'plan-offered': {
    subject: 'A payment plan for {{plan_total}}',
    body: `We offer you a plan to pay {{plan_total}} for ${PLACE} in parts.

${HELLO}

You would pay:

${DATED}

{{#plan_fees_rest}}
Late fees on this amount rest while the plan runs.
{{/plan_fees_rest}}
{{#plan_rule}}
{{plan_rule}}
{{/plan_rule}}

{{#plan_note}}
{{plan_note}}
{{/plan_note}}

{{#plan_signature}}
You will get the plan for signature in a message of its own. It begins when it is signed.
{{/plan_signature}}
{{^plan_signature}}
The plan begins when you accept it. Nothing changes if you do not.
{{/plan_signature}}

${PAGE}

If you have a question or need other days, just reply.

${BYE}`,
    sms: `{{property}}: we offer you a plan to pay {{plan_total}} in parts.{{#account_link}} See and accept it: \
{{account_link}}{{/account_link}}{{^account_link}}{{#manager_email}} Write to \
{{manager_email}}.{{/manager_email}}{{/account_link}}`,
  },
  'plan-accepted': {
    subject: 'Your payment plan for {{plan_total}} has begun',
    body: `Your plan to pay {{plan_total}} for ${PLACE} in parts has begun.

${HELLO}

Thank you. You pay:

${DATED}

{{#plan_fees_rest}}
Late fees on this amount rest while the plan runs.
{{/plan_fees_rest}}
New rent is due as always, beside the plan.

${PAGE}

Please keep this message for your records.

${BYE}`,
    sms: `{{property}}: your plan to pay {{plan_total}} in parts has begun. New rent is due as always.`,
  },
  'plan-instalment': {
    subject: 'Payment plan: {{amount_due}} is due on {{due_date}}',
    body: `{{amount_due}} of your payment plan for ${PLACE} is due on {{due_date}}{{#days_late}}, {{days_late}} \
ago{{/days_late}}.

${HELLO}

This is a reminder of your payment plan.

{{#charges}}
- {{label}}: {{amount}}{{#due}}, due {{due}}{{/due}}
{{/charges}}

${PAY}

${PAGE}

If your payment is already on its way, please ignore this message. If you need help, just reply.

${BYE}`,
    sms: `{{property}}: {{amount_due}} of your payment plan is due on {{due_date}}.{{#pay_link}} Pay here: \
{{pay_link}}{{/pay_link}} Paid already? Please ignore this.`,
  },
  'plan-missed': {
    subject: 'Payment plan: {{plan_missed}} was not paid',
    body: `{{plan_missed}} of your payment plan for ${PLACE} has not been paid.

${HELLO}

The plan still runs. Please pay what was missed, so that it can go on.

Open of the plan: {{plan_open}}

${PAGE}

If your payment is already on its way, please ignore this message. If you cannot pay it now, please reply.

${BYE}`,
    sms: `{{property}}: {{plan_missed}} of your payment plan has not been paid. Paid already? Please ignore this.`,
  },
  'plan-ended': {
    subject: 'Your payment plan has ended: {{plan_open}} is open',
    body: `Your payment plan for ${PLACE} has ended, and {{plan_open}} of it is open.

${HELLO}

{{#plan_missed}}
{{plan_missed}} was not paid in time.
{{/plan_missed}}
What is open is due again as it was before the plan.{{#plan_fees_rest}} No late fee is charged for the days on \
which the plan ran.{{/plan_fees_rest}}

${PAGE}

If your payment is already on its way, please ignore this message. If you need another plan or help, please reply.

${BYE}`,
    sms: `{{property}}: your payment plan has ended, {{plan_open}} of it is open.{{#manager_email}} Need help? \
Write to {{manager_email}}.{{/manager_email}} Paid already? Please ignore this.`,
  },
  'plan-finished': {
    subject: 'Your payment plan for {{plan_total}} is done',
    body: `Your plan to pay {{plan_total}} for ${PLACE} in parts is done: all of it is paid.

${HELLO}

Thank you for keeping to the plan.

${PAGE}

Please keep this message for your records.

${BYE}`,
    sms: `{{property}}: thank you. Your plan to pay {{plan_total}} in parts is done: all of it is paid.`,
  },
};
