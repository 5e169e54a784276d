/** The built-in messages in French, and the manager's digest. */
import { FAILURE } from './failure';
import { type LanguagePack, PLAN_NEWS_KEY } from './pack';
import { FR_PLANS } from './plans/fr';
import { PLAN_NEWS } from './plans/news';

const HELLO = 'Bonjour{{#resident_names}} {{resident_names}}{{/resident_names}},';
const PLACE = '{{property}}{{#unit}}, {{unit}}{{/unit}}';
const CHARGES = `{{#charges}}
- {{label}} : {{amount}}{{#due}}, échéance {{due}}{{/due}}
{{/charges}}`;
const HOW_TO_PAY = `{{#pay_link}}
Payez ici : {{pay_link}}
{{/pay_link}}
{{^pay_link}}
Merci de payer de la manière prévue par votre bail.
{{/pay_link}}`;
const IGNORE = 'Si votre paiement est déjà en route, merci de ne pas tenir compte de ce message.';
const PAY_SMS = '{{#pay_link}} Payez ici : {{pay_link}}{{/pay_link}}';
const WRITE_SMS = '{{#manager_email}} Besoin d’un délai ? Écrivez à {{manager_email}}.{{/manager_email}}';

const DIGEST = `{{received_total}} reçus, {{late_total}} en retard, {{unmatched_count}} à rapprocher.

Situation au {{as_of}}
Reçu : {{received_total}} ({{received_count}})
Attendu ce mois-ci : {{expected_total}}
En retard : {{late_total}} ({{late_count}})
Échéances de demain : {{next_day_due_count}}
Messages envoyés : {{sent_count}}

{{#problems_count}}
À corriger ({{problems_count}}) :
{{/problems_count}}
{{#problems_list}}
- {{problem}}
{{/problems_list}}

{{#unmatched_count}}
Paiements qui attendent un bail ({{unmatched_count}}) :
{{/unmatched_count}}
{{#unmatched_list}}
- {{payer}} : {{amount}}, {{date}}, {{source}}
{{/unmatched_list}}

{{#late_count}}
En retard, le plus gros d’abord ({{late_count}}) :
{{/late_count}}
{{^late_count}}
Personne n’est en retard.
{{/late_count}}
{{#late_list}}
- {{resident_names}}, {{property}} {{unit}} : {{amount}}, {{days_late}}
{{/late_list}}

Tâches :
{{#tasks_list}}
- {{title}}{{#owner}}, {{owner}}{{/owner}}{{#due}}, échéance {{due}}{{/due}}
{{/tasks_list}}
{{^tasks_list}}
Aucune tâche n’est ouverte.
{{/tasks_list}}`;

export const FR: LanguagePack = {
  language: 'fr',
  payButton: 'Payer maintenant',
  accountLink: 'Voir votre compte',
  smsFooter: 'Désinscription : répondez STOP.',
  footer: `{{#account_link}}
Votre solde, vos paiements et comment payer :
{{account_link}}

{{/account_link}}
Vous recevez ce message parce que vous êtes locataire à cette adresse : ${PLACE}. Vous pouvez simplement \
y répondre.

Nous ne demandons jamais de numéro de carte, de coordonnées bancaires ni de mot de passe par e-mail, et n’annonçons \
jamais par e-mail un changement de compte bancaire. En cas de doute sur l’origine de ce message, n’utilisez pas son \
lien : contactez-nous par le moyen que vous connaissez déjà.

{{property}}{{#address}}
{{address}}{{/address}}`,
  managerFooters: {
    digest:
      'Vous recevez ce résumé parce que vous gérez ces biens. Les heures et les destinataires sont dans l’onglet Settings.',
    [PLAN_NEWS_KEY]: PLAN_NEWS.fr.footer,
    failure: FAILURE.fr.footer,
  },
  messages: {
    'before-due': {
      subject: 'Loyer : {{amount_due}} à payer le {{due_date}}',
      body: `{{amount_due}} à payer le {{due_date}} pour ${PLACE}.

${HELLO}

Petit rappel de votre loyer{{#rent_period}} ({{rent_period}}){{/rent_period}}.

${CHARGES}

${HOW_TO_PAY}

Si votre paiement est automatique ou déjà en route, vous n’avez rien à faire : merci de ne pas tenir compte de ce \
message.

{{manager_name}}`,
      sms: `{{property}} : votre loyer de {{amount_due}} est à payer le {{due_date}}.${PAY_SMS} Déjà payé, ou \
paiement automatique ? Vous n’avez rien à faire.`,
    },
    'due-today': {
      subject: 'Loyer : {{amount_due}} à payer aujourd’hui',
      body: `{{amount_due}} à payer aujourd’hui, {{due_date}}, pour ${PLACE}.

${HELLO}

Votre loyer{{#rent_period}} ({{rent_period}}){{/rent_period}} est à payer aujourd’hui.{{#last_grace_day}} Un \
paiement fait au plus tard le {{last_grace_day}} n’entraîne pas de frais de retard.{{/last_grace_day}}{{#late_fee}} \
Ensuite, des frais de retard de {{late_fee}} peuvent s’appliquer selon votre bail.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

${IGNORE}

{{manager_name}}`,
      sms: `{{property}} : votre loyer de {{amount_due}} est à payer aujourd’hui, {{due_date}}.{{#last_grace_day}} \
Pas de frais de retard jusqu’au {{last_grace_day}} inclus.{{/last_grace_day}}${PAY_SMS} Déjà payé ? Ignorez ce \
message.`,
    },
    late: {
      subject: 'Loyer en retard : {{balance_due}} à régler',
      body: `Il reste {{balance_due}} à régler pour ${PLACE}.

${HELLO}

Nous n’avons pas encore reçu la totalité de votre loyer{{#rent_period}} ({{rent_period}}){{/rent_period}}. \
L’échéance était le {{due_date}}{{#days_late}}, soit {{days_late}} de retard{{/days_late}}.{{#last_grace_day}} Un \
paiement fait au plus tard le {{last_grace_day}} n’entraîne pas de frais de retard.{{/last_grace_day}}{{#late_fee}} \
Les frais de retard selon votre bail sont de {{late_fee}}.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

Si vous ne pouvez pas tout payer maintenant, répondez-nous : nous souhaitons convenir avec vous d’un échéancier.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}} : il reste {{balance_due}} à régler, première échéance le \
{{due_date}}.${PAY_SMS}${WRITE_SMS} Déjà payé ? Ignorez ce message.`,
    },
    'late-second': {
      subject: 'Deuxième rappel : {{balance_due}} à régler',
      body: `Il reste toujours {{balance_due}} à régler pour ${PLACE}.

${HELLO}

Ceci est notre deuxième rappel. L’échéance de votre loyer{{#rent_period}} ({{rent_period}}){{/rent_period}} était \
le {{due_date}}{{#days_late}}, soit {{days_late}} de retard{{/days_late}}.{{#late_fee}} Les frais de retard selon \
votre bail sont de {{late_fee}}.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

Merci de payer maintenant, ou de nous répondre aujourd’hui pour convenir d’un échéancier ou d’une autre aide.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}} : deuxième rappel. Il reste toujours {{balance_due}} à régler, première échéance le \
{{due_date}}.${PAY_SMS}${WRITE_SMS} Déjà payé ? Ignorez ce message.`,
    },
    'final-notice': {
      subject: 'Dernier rappel : {{balance_due}} à régler',
      body: `Il reste {{balance_due}} à régler pour ${PLACE}.{{#pay_by}} Merci de payer au plus tard le \
{{pay_by}}.{{/pay_by}}

${HELLO}

Malgré nos rappels, votre compte n’est pas réglé. La plus ancienne échéance était le {{due_date}}{{#days_late}}, \
soit {{days_late}} de retard{{/days_late}}.

${CHARGES}

Total : {{balance_due}}

${HOW_TO_PAY}

Sans paiement ni accord{{#pay_by}} au plus tard le {{pay_by}}{{/pay_by}}, nous pourrons prendre les mesures que \
votre bail et la loi permettent. Si vous contestez le montant ou avez besoin d’un échéancier, répondez-nous dès \
maintenant.

Ceci est un rappel. Ce n’est pas un acte juridique : il ne met pas fin à votre bail et ne fait courir aucun délai \
légal.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}} : dernier rappel. Il reste {{balance_due}} à régler, première échéance le \
{{due_date}}.{{#pay_by}} Merci de payer au plus tard le {{pay_by}}.{{/pay_by}}${PAY_SMS}{{#manager_email}} \
Contestation ou échéancier ? Écrivez à {{manager_email}}.{{/manager_email}} Ceci n’est pas un acte juridique.`,
    },
    receipt: {
      subject: 'Merci : nous avons reçu {{payment_amount}}',
      body: `Nous avons reçu votre paiement de {{payment_amount}} pour ${PLACE}.

${HELLO}

Merci pour votre paiement.

Montant : {{payment_amount}}
Date : {{payment_date}}{{#payment_method}}
Moyen de paiement : {{payment_method}}{{/payment_method}}{{#payment_reference}}
Référence : {{payment_reference}}{{/payment_reference}}
Solde après ce paiement : {{remaining_balance}}

Conservez ce message comme justificatif de paiement.

{{manager_name}}`,
      sms: `{{property}} : merci, votre paiement de {{payment_amount}} du {{payment_date}} est bien arrivé. Solde \
après ce paiement : {{remaining_balance}}.`,
    },
    'payment-failed': {
      subject: 'Votre paiement de {{payment_amount}} n’a pas abouti',
      body: `Votre paiement de {{payment_amount}}{{#payment_date}} du {{payment_date}}{{/payment_date}} pour \
${PLACE} n’a pas abouti.

${HELLO}

Cela peut arriver et se règle en général rapidement.{{#failure_reason}} Motif qui nous a été communiqué : \
{{failure_reason}}{{/failure_reason}}

Solde à régler : {{balance_due}}

${CHARGES}

Vérifiez le compte ou la carte avec lequel vous payez, puis payez à nouveau.

${HOW_TO_PAY}

Si vous avez payé entre-temps, merci de ne pas tenir compte de ce message. Si vous avez besoin d’aide, répondez \
simplement.

{{manager_name}}`,
      sms: `{{property}} : votre paiement de {{payment_amount}}{{#payment_date}} du \
{{payment_date}}{{/payment_date}} n’a pas abouti. Solde à régler : {{balance_due}}.${PAY_SMS} Payé entre-temps ? \
Ignorez ce message.`,
    },
    'payment-refunded': {
      subject: 'Remboursement de {{payment_amount}}',
      body: `{{payment_amount}} de votre paiement du {{payment_date}} pour ${PLACE} vous ont été remboursés.

${HELLO}

L’argent revient sur la carte ou le compte avec lequel vous avez payé. Votre banque peut mettre quelques jours à \
l’afficher.

Remboursé : {{payment_amount}}{{#payment_method}}
Moyen de paiement : {{payment_method}}{{/payment_method}}{{#payment_reference}}
Référence : {{payment_reference}}{{/payment_reference}}
Solde après ce remboursement : {{remaining_balance}}

Si vous ne vous y attendiez pas ou si vous avez une question, répondez simplement.

{{manager_name}}`,
      sms: `{{property}} : {{payment_amount}} de votre paiement du {{payment_date}} vous ont été remboursés. Solde : \
{{remaining_balance}}.`,
    },
    'autopay-ended': {
      subject: 'Paiement automatique arrêté : {{balance_due}} à régler',
      body: `{{balance_due}} reste à régler pour ${PLACE} : le prélèvement automatique n’a pas abouti.

${HELLO}

Nous avons tenté de prélever votre paiement sur la carte ou le compte enregistré, sans succès. Nous n’essaierons plus \
pour cette somme ; merci de la régler autrement.

${CHARGES}

${HOW_TO_PAY}

Le prochain loyer sera de nouveau prélevé automatiquement. Pour utiliser une autre carte ou un autre compte, répondez \
simplement. Si vous avez payé entre-temps, merci de ne pas tenir compte de ce message.

{{manager_name}}`,
      sms: `{{property}} : le prélèvement de {{balance_due}}{{#due_date}} (échéance du {{due_date}}){{/due_date}} \
a échoué. Merci de payer autrement.${PAY_SMS} Déjà payé ? Ignorez ce message.`,
    },
    'request-answered': {
      subject: `{{#request_line}}Notre réponse : {{request_line}}{{/request_line}}{{^request_line}}Notre réponse à votre \
demande{{/request_line}}`,
      body: `Nous avons répondu à votre demande du {{request_date}} pour ${PLACE}. Solde dû : {{balance_due}}

${HELLO}

{{#request_line}}
Vous nous avez signalé que cette ligne est inexacte : {{request_line}}
{{/request_line}}
{{#request_agreed}}
Nous sommes d’accord avec vous.
{{/request_agreed}}
{{^request_agreed}}
Nous l’avons examinée avec soin et ne pouvons pas l’accepter.{{#request_line}} La ligne compte de nouveau.{{/request_line}}
{{/request_agreed}}

Notre réponse : {{request_answer}}

${HOW_TO_PAY}

Pour toute question, répondez à ce message.

{{manager_name}}`,
      sms: `{{property}} : notre réponse à votre demande du {{request_date}} : {{#request_agreed}}oui{{/request_agreed}}{{^request_agreed}}nous ne pouvons pas accepter{{/request_agreed}}. \
Reste à payer : {{balance_due}}.${PAY_SMS}`,
    },
    'account-link': {
      subject: 'Votre compte{{#property}} chez {{property}}{{/property}}',
      body: `Voici le lien vers votre compte pour ${PLACE}.

${HELLO}

Sur cette page, vous voyez votre solde, vos paiements et comment payer :
{{#account_link}}
{{account_link}}
{{/account_link}}

Il est pour vous seul : qui a le lien voit ce que vous voyez. Si vous ne l’avez pas demandé, vous n’avez rien à faire.`,
      sms: '{{property}} : votre compte : {{account_link}}',
    },
    signed: {
      subject: 'Bienvenue à {{property}} : votre bail est signé',
      body: `Votre bail pour ${PLACE} est signé.{{#amount_due}} Premier paiement : {{amount_due}} le \
{{due_date}}.{{/amount_due}}

${HELLO}

Bienvenue, et merci d’avoir signé.{{^amount_due}} Il n’y a rien à payer pour le moment.{{/amount_due}}

${CHARGES}

{{#amount_due}}
${HOW_TO_PAY}

Si votre paiement est déjà en route, vous n’avez rien d’autre à faire.
{{/amount_due}}

Pour toute question, répondez simplement.

{{manager_name}}`,
      sms: `{{property}} : bienvenue, votre bail est signé.{{#amount_due}} Premier paiement : {{amount_due}} le \
{{due_date}}.${PAY_SMS}{{^pay_link}} Merci de payer de la manière prévue par votre bail.{{/pay_link}}{{/amount_due}}`,
    },
    ...FR_PLANS,
    [PLAN_NEWS_KEY]: PLAN_NEWS.fr.words,
    digest: {
      subject: 'Résumé {{today}} : {{late_count}} en retard, {{received_total}} reçus',
      body: DIGEST,
    },
    failure: FAILURE.fr.words,
  },
};
