/** The mail that tells a manager what became of a payment plan, in four languages, with what stands at its foot. */
import type { ManagerMail } from '../pack';

const EN: ManagerMail = {
  words: {
    subject: `{{plan_lease}}: {{#plan_agreed}}payment plan agreed{{/plan_agreed}}{{#plan_refused}}payment plan \
declined{{/plan_refused}}{{#plan_unsigned}}payment plan not signed{{/plan_unsigned}}{{#plan_unpaid}}{{^plan_broken}}\
instalment missed{{/plan_broken}}{{/plan_unpaid}}{{#plan_broken}}payment plan broken{{/plan_broken}}\
{{#plan_signed_late}}plan signed that does not wait any more{{/plan_signed_late}}`,
    body: `{{plan_lease}}, payment plan for {{plan_sum}}.

{{#plan_agreed}}
The resident has agreed to it. It runs.
{{/plan_agreed}}
{{#plan_refused}}
The resident has declined it. Nothing has changed; talk to them.
{{/plan_refused}}
{{#plan_unsigned}}
Its document was voided or ran out of time before all had signed. The plan does not run.
{{/plan_unsigned}}
{{#plan_unpaid}}
{{plan_unpaid}} of it was not paid in time.
{{/plan_unpaid}}
{{#plan_broken}}
More were missed than may be: the plan has ended, {{plan_broken}} of it is open, and the reminders go on where they stood.
{{/plan_broken}}
{{#plan_signed_late}}
It was signed after it had been withdrawn or declined. It does not run: propose it anew, or tell them that it does not hold.
{{/plan_signed_late}}`,
  },
  footer:
    'You receive this because you manage this property. Recipients are in the Properties and Settings tabs of the rent ledger.',
};

const ES: ManagerMail = {
  words: {
    subject: `{{plan_lease}}: {{#plan_agreed}}plan de pagos aceptado{{/plan_agreed}}{{#plan_refused}}plan de pagos \
rechazado{{/plan_refused}}{{#plan_unsigned}}plan de pagos sin firmar{{/plan_unsigned}}{{#plan_unpaid}}{{^plan_broken}}\
cuota no pagada{{/plan_broken}}{{/plan_unpaid}}{{#plan_broken}}plan de pagos incumplido{{/plan_broken}}\
{{#plan_signed_late}}plan firmado que ya no esperaba firma{{/plan_signed_late}}`,
    body: `{{plan_lease}}, plan de pagos de {{plan_sum}}.

{{#plan_agreed}}
El inquilino lo ha aceptado. El plan está en marcha.
{{/plan_agreed}}
{{#plan_refused}}
El inquilino lo ha rechazado. Nada ha cambiado; hable con él.
{{/plan_refused}}
{{#plan_unsigned}}
Su documento se anuló o caducó antes de que todos firmaran. El plan no está en marcha.
{{/plan_unsigned}}
{{#plan_unpaid}}
No se pagaron a tiempo {{plan_unpaid}} del plan.
{{/plan_unpaid}}
{{#plan_broken}}
Faltaron más cuotas de las permitidas: el plan ha terminado, quedan {{plan_broken}} pendientes y los recordatorios siguen \
donde estaban.
{{/plan_broken}}
{{#plan_signed_late}}
Se firmó después de haber sido retirado o rechazado. No está en marcha: propóngalo de nuevo o avise de que no vale.
{{/plan_signed_late}}`,
  },
  footer:
    'Recibe este mensaje porque administra este inmueble. Los destinatarios están en las pestañas Properties y Settings.',
};

const FR: ManagerMail = {
  words: {
    subject: `{{plan_lease}} : {{#plan_agreed}}échéancier accepté{{/plan_agreed}}{{#plan_refused}}échéancier \
refusé{{/plan_refused}}{{#plan_unsigned}}échéancier non signé{{/plan_unsigned}}{{#plan_unpaid}}{{^plan_broken}}\
versement manqué{{/plan_broken}}{{/plan_unpaid}}{{#plan_broken}}échéancier rompu{{/plan_broken}}\
{{#plan_signed_late}}échéancier signé qui n’attendait plus{{/plan_signed_late}}`,
    body: `{{plan_lease}}, échéancier de {{plan_sum}}.

{{#plan_agreed}}
Le locataire l’a accepté. L’échéancier court.
{{/plan_agreed}}
{{#plan_refused}}
Le locataire l’a refusé. Rien n’a changé ; parlez-lui.
{{/plan_refused}}
{{#plan_unsigned}}
Son document a été annulé ou a expiré avant que tous aient signé. L’échéancier ne court pas.
{{/plan_unsigned}}
{{#plan_unpaid}}
{{plan_unpaid}} n’ont pas été payés à temps.
{{/plan_unpaid}}
{{#plan_broken}}
Plus de versements ont manqué que permis : l’échéancier a pris fin, {{plan_broken}} restent à payer, et les rappels reprennent \
où ils en étaient.
{{/plan_broken}}
{{#plan_signed_late}}
Il a été signé après avoir été retiré ou refusé. Il ne court pas : proposez-le de nouveau, ou dites qu’il ne vaut pas.
{{/plan_signed_late}}`,
  },
  footer:
    'Vous recevez ce message parce que vous gérez cet immeuble. Les destinataires se trouvent dans les onglets Properties et Settings.',
};

const DE: ManagerMail = {
  words: {
    subject: `{{plan_lease}}: {{#plan_agreed}}Ratenplan angenommen{{/plan_agreed}}{{#plan_refused}}Ratenplan \
abgelehnt{{/plan_refused}}{{#plan_unsigned}}Ratenplan nicht unterschrieben{{/plan_unsigned}}{{#plan_unpaid}}\
{{^plan_broken}}Rate versäumt{{/plan_broken}}{{/plan_unpaid}}{{#plan_broken}}Ratenplan geplatzt{{/plan_broken}}\
{{#plan_signed_late}}Ratenplan unterschrieben, der nicht mehr galt{{/plan_signed_late}}`,
    body: `{{plan_lease}}, Ratenplan für {{plan_sum}}.

{{#plan_agreed}}
Der Mieter hat ihm zugestimmt. Er läuft.
{{/plan_agreed}}
{{#plan_refused}}
Der Mieter hat ihn abgelehnt. Es hat sich nichts geändert; sprechen Sie mit ihm.
{{/plan_refused}}
{{#plan_unsigned}}
Sein Dokument wurde für ungültig erklärt oder lief ab, bevor alle unterschrieben hatten. Der Plan läuft nicht.
{{/plan_unsigned}}
{{#plan_unpaid}}
{{plan_unpaid}} davon wurden nicht rechtzeitig gezahlt.
{{/plan_unpaid}}
{{#plan_broken}}
Es wurden mehr Raten versäumt als erlaubt: der Plan ist beendet, {{plan_broken}} davon sind offen, und die Erinnerungen \
gehen dort weiter, wo sie standen.
{{/plan_broken}}
{{#plan_signed_late}}
Er wurde unterschrieben, nachdem er zurückgezogen oder abgelehnt war. Er läuft nicht: bieten Sie ihn neu an, oder sagen Sie, \
dass er nicht gilt.
{{/plan_signed_late}}`,
  },
  footer:
    'Sie erhalten diese Nachricht, weil Sie dieses Objekt verwalten. Empfänger stehen in den Tabs Properties und Settings.',
};

export const PLAN_NEWS = { en: EN, es: ES, fr: FR, de: DE };
