/** The messages about payment plans in French. */
import type { PlanWords } from '../pack';

const HELLO = 'Bonjour{{#resident_names}} {{resident_names}}{{/resident_names}},';
const PLACE = '{{property}}{{#unit}}, {{unit}}{{/unit}}';
const DATED = `{{#plan_instalments}}
- {{amount}}, échéance le {{due}}
{{/plan_instalments}}`;
const PAGE = `{{#account_link}}
À voir sur votre page : {{account_link}}
{{/account_link}}`;
const PAY = `{{#pay_link}}
Payer ici : {{pay_link}}
{{/pay_link}}`;
const BYE = '{{manager_name}}';

export const FR_PLANS: PlanWords = {
  'plan-offered': {
    subject: 'Un échéancier pour {{plan_total}}',
    body: `Nous vous proposons de payer {{plan_total}} pour ${PLACE} en plusieurs fois.

${HELLO}

Vous paieriez :

${DATED}

{{#plan_fees_rest}}
Tant que l’échéancier court, cette somme n’entraîne pas de frais de retard.
{{/plan_fees_rest}}
{{#plan_rule}}
{{plan_rule}}
{{/plan_rule}}

{{#plan_note}}
{{plan_note}}
{{/plan_note}}

{{#plan_signature}}
Vous recevrez l’échéancier à signer dans un autre message. Il commence une fois signé.
{{/plan_signature}}
{{^plan_signature}}
L’échéancier commence lorsque vous l’acceptez. Sinon, rien ne change.
{{/plan_signature}}

${PAGE}

Pour toute question ou pour d’autres dates, répondez simplement à ce message.

${BYE}`,
    sms: `{{property}} : nous vous proposons de payer {{plan_total}} en plusieurs fois.{{#account_link}} Voir et \
accepter : {{account_link}}{{/account_link}}{{^account_link}}{{#manager_email}} Écrivez à \
{{manager_email}}.{{/manager_email}}{{/account_link}}`,
  },
  'plan-accepted': {
    subject: 'Votre échéancier de {{plan_total}} a commencé',
    body: `Votre échéancier de {{plan_total}} pour ${PLACE} a commencé.

${HELLO}

Merci. Vous payez :

${DATED}

{{#plan_fees_rest}}
Tant que l’échéancier court, cette somme n’entraîne pas de frais de retard.
{{/plan_fees_rest}}
Les nouveaux loyers restent dus comme d’habitude, en plus de l’échéancier.

${PAGE}

Conservez ce message.

${BYE}`,
    sms: `{{property}} : votre échéancier de {{plan_total}} a commencé. Les nouveaux loyers restent dus comme \
d’habitude.`,
  },
  'plan-instalment': {
    subject: 'Échéancier : {{amount_due}} à payer le {{due_date}}',
    body: `{{amount_due}} de votre échéancier pour ${PLACE} est à payer le {{due_date}}{{#days_late}}, il y a \
{{days_late}}{{/days_late}}.

${HELLO}

Nous vous rappelons votre échéancier.

{{#charges}}
- {{label}} : {{amount}}{{#due}}, échéance le {{due}}{{/due}}
{{/charges}}

${PAY}

${PAGE}

Si votre paiement est déjà en route, merci de ne pas tenir compte de ce message. Si vous avez besoin d’aide, \
répondez simplement.

${BYE}`,
    sms: `{{property}} : {{amount_due}} de votre échéancier est à payer le {{due_date}}.{{#pay_link}} Payer ici : \
{{pay_link}}{{/pay_link}} Déjà payé ? Ne tenez pas compte de ce message.`,
  },
  'plan-missed': {
    subject: 'Échéancier : {{plan_missed}} impayés',
    body: `{{plan_missed}} de votre échéancier pour ${PLACE} reste impayé.

${HELLO}

L’échéancier court toujours. Merci de payer ce qui manque, afin qu’il puisse continuer.

Reste de l’échéancier : {{plan_open}}

${PAGE}

Si votre paiement est déjà en route, merci de ne pas tenir compte de ce message. Si vous ne pouvez pas payer \
maintenant, répondez-nous.

${BYE}`,
    sms: `{{property}} : {{plan_missed}} de votre échéancier reste impayé. Déjà payé ? Ne tenez pas compte de ce \
message.`,
  },
  'plan-ended': {
    subject: 'Votre échéancier a pris fin : {{plan_open}} à payer',
    body: `Votre échéancier pour ${PLACE} a pris fin, et {{plan_open}} reste à payer.

${HELLO}

{{#plan_missed}}
{{plan_missed}} n’a pas été payé à temps.
{{/plan_missed}}
Le reste redevient exigible comme avant l’échéancier.{{#plan_fees_rest}} Aucun frais de retard n’est compté pour \
les jours où l’échéancier courait.{{/plan_fees_rest}}

${PAGE}

Si votre paiement est déjà en route, merci de ne pas tenir compte de ce message. S’il vous faut un autre échéancier \
ou de l’aide, répondez-nous.

${BYE}`,
    sms: `{{property}} : votre échéancier a pris fin, {{plan_open}} reste à payer.{{#manager_email}} Besoin d’aide \
? Écrivez à {{manager_email}}.{{/manager_email}} Déjà payé ? Ne tenez pas compte de ce message.`,
  },
  'plan-finished': {
    subject: 'Votre échéancier de {{plan_total}} est terminé',
    body: `Votre échéancier de {{plan_total}} pour ${PLACE} est terminé : tout est payé.

${HELLO}

Merci de l’avoir respecté.

${PAGE}

Conservez ce message.

${BYE}`,
    sms: `{{property}} : merci. Votre échéancier de {{plan_total}} est terminé : tout est payé.`,
  },
};
