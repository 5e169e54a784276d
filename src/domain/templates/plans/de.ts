/** The messages about payment plans in German. */
import type { PlanWords } from '../pack';

const HELLO = 'Guten Tag{{#resident_names}} {{resident_names}}{{/resident_names}},';
const PLACE = '{{property}}{{#unit}}, {{unit}}{{/unit}}';
const DATED = `{{#plan_instalments}}
- {{amount}}, fällig am {{due}}
{{/plan_instalments}}`;
const PAGE = `{{#account_link}}
Zu sehen auf Ihrer Seite: {{account_link}}
{{/account_link}}`;
const PAY = `{{#pay_link}}
Hier bezahlen: {{pay_link}}
{{/pay_link}}`;
const BYE = '{{manager_name}}';

export const DE_PLANS: PlanWords = {
  'plan-offered': {
    subject: 'Ein Ratenplan für {{plan_total}}',
    body: `Wir bieten Ihnen an, {{plan_total}} für ${PLACE} in Raten zu zahlen.

${HELLO}

Sie würden zahlen:

${DATED}

{{#plan_fees_rest}}
Solange der Plan läuft, fallen auf diesen Betrag keine Verzugsgebühren an.
{{/plan_fees_rest}}
{{#plan_rule}}
{{plan_rule}}
{{/plan_rule}}

{{#plan_note}}
{{plan_note}}
{{/plan_note}}

{{#plan_signature}}
Sie erhalten den Plan in einer eigenen Nachricht zur Unterschrift. Er beginnt, sobald er unterschrieben ist.
{{/plan_signature}}
{{^plan_signature}}
Der Plan beginnt, sobald Sie ihn annehmen. Sonst ändert sich nichts.
{{/plan_signature}}

${PAGE}

Wenn Sie eine Frage haben oder andere Termine brauchen, antworten Sie einfach.

${BYE}`,
    sms: `{{property}}: Wir bieten Ihnen an, {{plan_total}} in Raten zu zahlen.{{#account_link}} Ansehen und \
annehmen: {{account_link}}{{/account_link}}{{^account_link}}{{#manager_email}} Schreiben Sie an \
{{manager_email}}.{{/manager_email}}{{/account_link}}`,
  },
  'plan-accepted': {
    subject: 'Ihr Ratenplan über {{plan_total}} läuft',
    body: `Ihr Ratenplan über {{plan_total}} für ${PLACE} läuft.

${HELLO}

Vielen Dank. Sie zahlen:

${DATED}

{{#plan_fees_rest}}
Solange der Plan läuft, fallen auf diesen Betrag keine Verzugsgebühren an.
{{/plan_fees_rest}}
Neue Mieten sind wie immer fällig, neben dem Plan.

${PAGE}

Bitte bewahren Sie diese Nachricht auf.

${BYE}`,
    sms: `{{property}}: Ihr Ratenplan über {{plan_total}} läuft. Neue Mieten sind wie immer fällig.`,
  },
  'plan-instalment': {
    subject: 'Ratenplan: {{amount_due}} fällig am {{due_date}}',
    body: `{{amount_due}} Ihres Ratenplans für ${PLACE} ist am {{due_date}} fällig{{#days_late}}, seit \
{{days_late}}{{/days_late}}.

${HELLO}

Wir erinnern Sie an Ihren Ratenplan.

{{#charges}}
- {{label}}: {{amount}}{{#due}}, fällig am {{due}}{{/due}}
{{/charges}}

${PAY}

${PAGE}

Falls Ihre Zahlung schon unterwegs ist, beachten Sie diese Nachricht bitte nicht. Wenn Sie Hilfe brauchen, \
antworten Sie einfach.

${BYE}`,
    sms: `{{property}}: {{amount_due}} Ihres Ratenplans ist am {{due_date}} fällig.{{#pay_link}} Hier bezahlen: \
{{pay_link}}{{/pay_link}} Schon bezahlt? Dann ist nichts zu tun.`,
  },
  'plan-missed': {
    subject: 'Ratenplan: {{plan_missed}} nicht bezahlt',
    body: `{{plan_missed}} Ihres Ratenplans für ${PLACE} ist nicht bezahlt.

${HELLO}

Der Plan läuft weiter. Bitte zahlen Sie, was fehlt, damit es dabei bleiben kann.

Offen vom Plan: {{plan_open}}

${PAGE}

Falls Ihre Zahlung schon unterwegs ist, beachten Sie diese Nachricht bitte nicht. Wenn Sie jetzt nicht zahlen \
können, antworten Sie bitte.

${BYE}`,
    sms: `{{property}}: {{plan_missed}} Ihres Ratenplans ist nicht bezahlt. Schon bezahlt? Dann ist nichts zu tun.`,
  },
  'plan-ended': {
    subject: 'Ihr Ratenplan ist beendet: {{plan_open}} offen',
    body: `Ihr Ratenplan für ${PLACE} ist beendet, {{plan_open}} davon ist offen.

${HELLO}

{{#plan_missed}}
{{plan_missed}} wurde nicht rechtzeitig bezahlt.
{{/plan_missed}}
Was offen ist, ist wieder fällig wie vor dem Plan.{{#plan_fees_rest}} Für die Tage, an denen der Plan lief, wird \
keine Verzugsgebühr berechnet.{{/plan_fees_rest}}

${PAGE}

Falls Ihre Zahlung schon unterwegs ist, beachten Sie diese Nachricht bitte nicht. Wenn Sie einen anderen Plan oder \
Hilfe brauchen, antworten Sie bitte.

${BYE}`,
    sms: `{{property}}: Ihr Ratenplan ist beendet, {{plan_open}} davon ist offen.{{#manager_email}} Hilfe? \
Schreiben Sie an {{manager_email}}.{{/manager_email}} Schon bezahlt? Dann ist nichts zu tun.`,
  },
  'plan-finished': {
    subject: 'Ihr Ratenplan über {{plan_total}} ist erledigt',
    body: `Ihr Ratenplan über {{plan_total}} für ${PLACE} ist erledigt: alles ist bezahlt.

${HELLO}

Vielen Dank, dass Sie sich daran gehalten haben.

${PAGE}

Bitte bewahren Sie diese Nachricht auf.

${BYE}`,
    sms: `{{property}}: Vielen Dank. Ihr Ratenplan über {{plan_total}} ist erledigt: alles ist bezahlt.`,
  },
};
