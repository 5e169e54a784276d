/** The built-in messages in German, and the manager's digest. */
import { FAILURE } from './failure';
import { type LanguagePack, PLAN_NEWS_KEY } from './pack';
import { DE_PLANS } from './plans/de';
import { PLAN_NEWS } from './plans/news';

const HELLO = 'Guten Tag{{#resident_names}} {{resident_names}}{{/resident_names}},';
const PLACE = '{{property}}{{#unit}}, {{unit}}{{/unit}}';
const CHARGES = `{{#charges}}
- {{label}}: {{amount}}{{#due}}, fällig {{due}}{{/due}}
{{/charges}}`;
const HOW_TO_PAY = `{{#pay_link}}
Hier bezahlen: {{pay_link}}
{{/pay_link}}
{{^pay_link}}
Bitte zahlen Sie so, wie es Ihr Mietvertrag vorsieht.
{{/pay_link}}`;
const IGNORE = 'Ist Ihre Zahlung schon unterwegs, beachten Sie diese Nachricht bitte nicht.';
const PAY_SMS = '{{#pay_link}} Hier bezahlen: {{pay_link}}{{/pay_link}}';
const WRITE_SMS = '{{#manager_email}} Sie brauchen Raten? Schreiben Sie an {{manager_email}}.{{/manager_email}}';

const DIGEST = `{{received_total}} eingegangen, {{late_total}} überfällig, {{unmatched_count}} zuzuordnen.

Stand: {{as_of}}
Eingegangen: {{received_total}} ({{received_count}})
Erwartet in diesem Monat: {{expected_total}}
Überfällig: {{late_total}} ({{late_count}})
Morgen fällig: {{next_day_due_count}}
Gesendete Nachrichten: {{sent_count}}

{{#problems_count}}
Zu klären ({{problems_count}}):
{{/problems_count}}
{{#problems_list}}
- {{problem}}
{{/problems_list}}

{{#unmatched_count}}
Zahlungen, die auf einen Mietvertrag warten ({{unmatched_count}}):
{{/unmatched_count}}
{{#unmatched_list}}
- {{payer}}: {{amount}}, {{date}}, {{source}}
{{/unmatched_list}}

{{#late_count}}
Überfällig, der größte Betrag zuerst ({{late_count}}):
{{/late_count}}
{{^late_count}}
Niemand ist im Verzug.
{{/late_count}}
{{#late_list}}
- {{resident_names}}, {{property}} {{unit}}: {{amount}}, {{days_late}}
{{/late_list}}

Aufgaben:
{{#tasks_list}}
- {{title}}{{#owner}}, {{owner}}{{/owner}}{{#due}}, fällig {{due}}{{/due}}
{{/tasks_list}}
{{^tasks_list}}
Keine Aufgabe ist offen.
{{/tasks_list}}`;

export const DE: LanguagePack = {
  language: 'de',
  payButton: 'Jetzt bezahlen',
  accountLink: 'Zu Ihrem Mieterkonto',
  smsFooter: 'Keine SMS mehr? Antworten Sie STOP.',
  footer: `{{#account_link}}
Ihr Kontostand, Ihre Zahlungen und wie Sie zahlen:
{{account_link}}

{{/account_link}}
Sie erhalten diese Nachricht, weil Sie hier Mieter sind: ${PLACE}. Sie können einfach darauf antworten.

Wir fragen nie per E-Mail nach Kartennummern, Bankdaten oder Passwörtern und teilen nie per E-Mail eine neue \
Bankverbindung mit. Wenn Sie nicht sicher sind, ob diese Nachricht von uns ist, benutzen Sie ihren Link nicht: \
Melden Sie sich auf dem Weg, den Sie schon kennen.

{{property}}{{#address}}
{{address}}{{/address}}`,
  managerFooters: {
    digest:
      'Sie erhalten diese Übersicht, weil Sie diese Objekte verwalten. Zeiten und Empfänger stehen auf dem Blatt Settings.',
    [PLAN_NEWS_KEY]: PLAN_NEWS.de.footer,
    failure: FAILURE.de.footer,
  },
  messages: {
    'before-due': {
      subject: 'Miete: {{amount_due}} fällig am {{due_date}}',
      body: `{{amount_due}} fällig am {{due_date}} für ${PLACE}.

${HELLO}

wir erinnern Sie freundlich an Ihre Miete{{#rent_period}} für {{rent_period}}{{/rent_period}}.

${CHARGES}

${HOW_TO_PAY}

Wenn Sie automatisch zahlen oder Ihre Zahlung schon unterwegs ist, müssen Sie nichts tun: Beachten Sie diese \
Nachricht dann bitte nicht.

{{manager_name}}`,
      sms: `{{property}}: Ihre Miete von {{amount_due}} ist am {{due_date}} fällig.${PAY_SMS} Schon bezahlt oder \
im Einzug? Dann ist nichts zu tun.`,
    },
    'due-today': {
      subject: 'Miete: {{amount_due}} heute fällig',
      body: `{{amount_due}} ist heute fällig ({{due_date}}) für ${PLACE}.

${HELLO}

Ihre Miete{{#rent_period}} für {{rent_period}}{{/rent_period}} ist heute fällig.{{#last_grace_day}} Bei Zahlung bis \
zum {{last_grace_day}} entsteht keine Verzugsgebühr.{{/last_grace_day}}{{#late_fee}} Danach kann nach Ihrem \
Mietvertrag eine Verzugsgebühr von {{late_fee}} anfallen.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: Ihre Miete von {{amount_due}} ist heute fällig, {{due_date}}.{{#last_grace_day}} Keine \
Verzugsgebühr bei Zahlung bis zum {{last_grace_day}}.{{/last_grace_day}}${PAY_SMS} Schon bezahlt? Dann ist nichts \
zu tun.`,
    },
    late: {
      subject: 'Miete überfällig: {{balance_due}} offen',
      body: `{{balance_due}} offen für ${PLACE}.

${HELLO}

Ihre Miete{{#rent_period}} für {{rent_period}}{{/rent_period}} ist noch nicht vollständig eingegangen. Sie war am \
{{due_date}} fällig{{#days_late}} und ist {{days_late}} überfällig{{/days_late}}.{{#last_grace_day}} Bei Zahlung \
bis zum {{last_grace_day}} entsteht keine Verzugsgebühr.{{/last_grace_day}}{{#late_fee}} Die Verzugsgebühr nach \
Ihrem Mietvertrag beträgt {{late_fee}}.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

Wenn Sie gerade nicht alles zahlen können, antworten Sie uns bitte: Wir möchten mit Ihnen eine Ratenzahlung \
vereinbaren.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: {{balance_due}} sind offen, zuerst fällig am {{due_date}}.${PAY_SMS}${WRITE_SMS} Schon \
bezahlt? Dann ist nichts zu tun.`,
    },
    'late-second': {
      subject: 'Zweite Erinnerung: {{balance_due}} offen',
      body: `{{balance_due}} weiterhin offen für ${PLACE}.

${HELLO}

dies ist unsere zweite Erinnerung. Ihre Miete{{#rent_period}} für {{rent_period}}{{/rent_period}} war am \
{{due_date}} fällig{{#days_late}} und ist {{days_late}} überfällig{{/days_late}}.{{#late_fee}} Die Verzugsgebühr \
nach Ihrem Mietvertrag beträgt {{late_fee}}.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

Bitte zahlen Sie jetzt oder antworten Sie noch heute, damit wir eine Ratenzahlung oder eine andere Hilfe \
vereinbaren können.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: zweite Erinnerung. {{balance_due}} sind weiterhin offen, zuerst fällig am \
{{due_date}}.${PAY_SMS}${WRITE_SMS} Schon bezahlt? Dann ist nichts zu tun.`,
    },
    'final-notice': {
      subject: 'Letzte Erinnerung: {{balance_due}} offen',
      body: `{{balance_due}} offen für ${PLACE}.{{#pay_by}} Bitte zahlen Sie bis zum {{pay_by}}.{{/pay_by}}

${HELLO}

trotz unserer Erinnerungen ist Ihr Konto noch nicht ausgeglichen. Der älteste Posten war am {{due_date}} \
fällig{{#days_late}} und ist {{days_late}} überfällig{{/days_late}}.

${CHARGES}

Summe: {{balance_due}}

${HOW_TO_PAY}

Ohne Zahlung oder Vereinbarung{{#pay_by}} bis zum {{pay_by}}{{/pay_by}} behalten wir uns die Schritte vor, die Ihr \
Mietvertrag und das Gesetz zulassen. Wenn Sie den Betrag bestreiten oder eine Ratenzahlung brauchen, antworten Sie \
bitte jetzt.

Dies ist eine Erinnerung. Sie ist keine rechtsförmliche Erklärung, keine Kündigung und setzt keine gesetzliche \
Frist in Gang.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: letzte Erinnerung. {{balance_due}} sind offen, zuerst fällig am {{due_date}}.{{#pay_by}} \
Bitte zahlen Sie bis zum {{pay_by}}.{{/pay_by}}${PAY_SMS}{{#manager_email}} Einwände oder Ratenzahlung? Schreiben \
Sie an {{manager_email}}.{{/manager_email}} Dies ist keine Kündigung.`,
    },
    receipt: {
      subject: 'Danke: {{payment_amount}} eingegangen',
      body: `Ihre Zahlung von {{payment_amount}} für ${PLACE} ist eingegangen.

${HELLO}

vielen Dank für Ihre Zahlung.

Betrag: {{payment_amount}}
Datum: {{payment_date}}{{#payment_method}}
Zahlungsart: {{payment_method}}{{/payment_method}}{{#payment_reference}}
Referenz: {{payment_reference}}{{/payment_reference}}
Saldo nach dieser Zahlung: {{remaining_balance}}

Bitte bewahren Sie diese Nachricht als Beleg auf.

{{manager_name}}`,
      sms: `{{property}}: vielen Dank, Ihre Zahlung von {{payment_amount}} vom {{payment_date}} ist eingegangen. \
Saldo danach: {{remaining_balance}}.`,
    },
    'payment-failed': {
      subject: 'Ihre Zahlung von {{payment_amount}} hat nicht geklappt',
      body: `Ihre Zahlung von {{payment_amount}}{{#payment_date}} vom {{payment_date}}{{/payment_date}} für \
${PLACE} hat nicht geklappt.

${HELLO}

das kommt vor und lässt sich meist schnell klären.{{#failure_reason}} Der Grund, der uns genannt wurde: \
{{failure_reason}}{{/failure_reason}}

Offener Betrag: {{balance_due}}

${CHARGES}

Bitte prüfen Sie das Konto oder die Karte, mit der Sie zahlen, und zahlen Sie dann erneut.

${HOW_TO_PAY}

Haben Sie inzwischen erneut gezahlt, beachten Sie diese Nachricht bitte nicht. Wenn Sie Hilfe brauchen, antworten \
Sie einfach.

{{manager_name}}`,
      sms: `{{property}}: Ihre Zahlung von {{payment_amount}}{{#payment_date}} vom \
{{payment_date}}{{/payment_date}} hat nicht geklappt. Offen: {{balance_due}}.${PAY_SMS} Inzwischen bezahlt? Dann \
ist nichts zu tun.`,
    },
    'payment-refunded': {
      subject: 'Rückzahlung: {{payment_amount}}',
      body: `{{payment_amount}} Ihrer Zahlung vom {{payment_date}} für ${PLACE} wurden zurückgezahlt.

${HELLO}

das Geld geht an die Karte oder das Konto zurück, mit dem Sie gezahlt haben. Bis Ihre Bank es zeigt, können einige Tage \
vergehen.

Zurückgezahlt: {{payment_amount}}{{#payment_method}}
Zahlungsart: {{payment_method}}{{/payment_method}}{{#payment_reference}}
Referenz: {{payment_reference}}{{/payment_reference}}
Saldo danach: {{remaining_balance}}

Haben Sie das nicht erwartet oder eine Frage, antworten Sie einfach.

{{manager_name}}`,
      sms: `{{property}}: {{payment_amount}} Ihrer Zahlung vom {{payment_date}} wurden zurückgezahlt. Saldo danach: \
{{remaining_balance}}.`,
    },
    'autopay-ended': {
      subject: 'Einzug nicht möglich: {{balance_due}} offen',
      body: `{{balance_due}} ist offen für ${PLACE} und konnte nicht eingezogen werden.

${HELLO}

wir haben versucht, Ihre Zahlung mit der hinterlegten Karte oder dem hinterlegten Konto einzuziehen. Das hat nicht \
geklappt, und für diesen Betrag versuchen wir es nicht noch einmal. Bitte zahlen Sie ihn auf anderem Weg.

${CHARGES}

${HOW_TO_PAY}

Die nächste Miete wird wieder eingezogen. Möchten Sie eine andere Karte oder ein anderes Konto nutzen, antworten Sie \
einfach. Haben Sie inzwischen gezahlt, beachten Sie diese Nachricht bitte nicht.

{{manager_name}}`,
      sms: `{{property}}: {{balance_due}}{{#due_date}}, fällig am {{due_date}},{{/due_date}} konnten nicht \
eingezogen werden. Bitte zahlen Sie auf anderem Weg.${PAY_SMS} Schon bezahlt? Dann ist nichts zu tun.`,
    },
    'request-answered': {
      subject: `{{#request_line}}Unsere Antwort: {{request_line}}{{/request_line}}{{^request_line}}Unsere Antwort auf Ihre \
Anfrage{{/request_line}}`,
      body: `Wir haben Ihre Anfrage vom {{request_date}} zu ${PLACE} beantwortet. Offener Betrag: {{balance_due}}

${HELLO}

{{#request_line}}
Sie haben uns geschrieben, dass dieser Posten nicht stimmt: {{request_line}}
{{/request_line}}
{{#request_agreed}}
Wir geben Ihnen recht.
{{/request_agreed}}
{{^request_agreed}}
Wir haben es sorgfältig geprüft und können Ihnen nicht zustimmen.{{#request_line}} Der Posten zählt wieder.{{/request_line}}
{{/request_agreed}}

Unsere Antwort: {{request_answer}}

${HOW_TO_PAY}

Wenn Sie eine Frage haben, antworten Sie einfach.

{{manager_name}}`,
      sms: `{{property}}: unsere Antwort auf Ihre Anfrage vom {{request_date}}: {{#request_agreed}}wir stimmen \
zu{{/request_agreed}}{{^request_agreed}}wir können nicht zustimmen{{/request_agreed}}. \
Offener Betrag: {{balance_due}}.${PAY_SMS}`,
    },
    'account-link': {
      subject: 'Ihr Mieterkonto{{#property}}: {{property}}{{/property}}',
      body: `Hier ist der Link zu Ihrem Mieterkonto: ${PLACE}.

${HELLO}

auf dieser Seite sehen Sie Ihren Kontostand, Ihre Zahlungen und wie Sie zahlen:
{{#account_link}}
{{account_link}}
{{/account_link}}

Der Link ist nur für Sie: Wer ihn hat, sieht, was Sie sehen. Wenn Sie ihn nicht angefordert haben, brauchen Sie nichts \
zu tun.`,
      sms: '{{property}}: Ihr Mieterkonto: {{account_link}}',
    },
    signed: {
      subject: 'Willkommen in {{property}}: Mietvertrag unterschrieben',
      body: `Ihr Mietvertrag für ${PLACE} ist unterschrieben.{{#amount_due}} Zuerst fällig: {{amount_due}} am \
{{due_date}}.{{/amount_due}}

${HELLO}

herzlich willkommen, und vielen Dank für Ihre Unterschrift.{{^amount_due}} Im Moment ist nichts zu \
zahlen.{{/amount_due}}

${CHARGES}

{{#amount_due}}
${HOW_TO_PAY}

Ist Ihre Zahlung schon unterwegs, müssen Sie nichts weiter tun.
{{/amount_due}}

Wenn Sie eine Frage haben, antworten Sie einfach.

{{manager_name}}`,
      sms: `{{property}}: willkommen, Ihr Mietvertrag ist unterschrieben.{{#amount_due}} Zuerst fällig: {{amount_due}} \
am {{due_date}}.${PAY_SMS}{{^pay_link}} Bitte zahlen Sie so, wie es Ihr Mietvertrag \
vorsieht.{{/pay_link}}{{/amount_due}}`,
    },
    ...DE_PLANS,
    [PLAN_NEWS_KEY]: PLAN_NEWS.de.words,
    digest: {
      subject: 'Übersicht {{today}}: {{late_count}} überfällig, {{received_total}} ein',
      body: DIGEST,
    },
    failure: FAILURE.de.words,
  },
};
