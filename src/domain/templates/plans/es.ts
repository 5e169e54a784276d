/** The messages about payment plans in Spanish. */
import type { PlanWords } from '../pack';

const HELLO = 'Hola{{#resident_names}}, {{resident_names}}{{/resident_names}}:';
const PLACE = '{{property}}{{#unit}}, {{unit}}{{/unit}}';
const DATED = `{{#plan_instalments}}
- {{amount}}, vence el {{due}}
{{/plan_instalments}}`;
const PAGE = `{{#account_link}}
Véalo en su página: {{account_link}}
{{/account_link}}`;
const PAY = `{{#pay_link}}
Pague aquí: {{pay_link}}
{{/pay_link}}`;
const BYE = '{{manager_name}}';

export const ES_PLANS: PlanWords = {
  'plan-offered': {
    subject: 'Un plan de pagos para {{plan_total}}',
    body: `Le ofrecemos un plan para pagar {{plan_total}} de ${PLACE} en plazos.

${HELLO}

Usted pagaría:

${DATED}

{{#plan_fees_rest}}
Mientras dure el plan, esta cantidad no genera recargos por mora.
{{/plan_fees_rest}}
{{#plan_rule}}
{{plan_rule}}
{{/plan_rule}}

{{#plan_note}}
{{plan_note}}
{{/plan_note}}

{{#plan_signature}}
Recibirá el plan para firmar en otro mensaje. Empieza cuando esté firmado.
{{/plan_signature}}
{{^plan_signature}}
El plan empieza cuando usted lo acepte. Si no lo acepta, nada cambia.
{{/plan_signature}}

${PAGE}

Si tiene una pregunta o necesita otras fechas, responda a este mensaje.

${BYE}`,
    sms: `{{property}}: le ofrecemos un plan para pagar {{plan_total}} en plazos.{{#account_link}} Véalo y \
acéptelo: {{account_link}}{{/account_link}}{{^account_link}}{{#manager_email}} Escriba a \
{{manager_email}}.{{/manager_email}}{{/account_link}}`,
  },
  'plan-accepted': {
    subject: 'Su plan de pagos de {{plan_total}} ha empezado',
    body: `Su plan para pagar {{plan_total}} de ${PLACE} en plazos ha empezado.

${HELLO}

Gracias. Usted paga:

${DATED}

{{#plan_fees_rest}}
Mientras dure el plan, esta cantidad no genera recargos por mora.
{{/plan_fees_rest}}
Los nuevos alquileres vencen como siempre, aparte del plan.

${PAGE}

Conserve este mensaje para sus archivos.

${BYE}`,
    sms: `{{property}}: su plan para pagar {{plan_total}} en plazos ha empezado. Los nuevos alquileres vencen como \
siempre.`,
  },
  'plan-instalment': {
    subject: 'Plan de pagos: {{amount_due}} vence el {{due_date}}',
    body: `{{amount_due}} de su plan de pagos de ${PLACE} vence el {{due_date}}{{#days_late}}, hace \
{{days_late}}{{/days_late}}.

${HELLO}

Le recordamos su plan de pagos.

{{#charges}}
- {{label}}: {{amount}}{{#due}}, vence el {{due}}{{/due}}
{{/charges}}

${PAY}

${PAGE}

Si su pago ya está en camino, no tenga en cuenta este mensaje. Si necesita ayuda, responda a este mensaje.

${BYE}`,
    sms: `{{property}}: {{amount_due}} de su plan de pagos vence el {{due_date}}.{{#pay_link}} Pague en \
{{pay_link}}{{/pay_link}} ¿Ya ha pagado? No tenga en cuenta este mensaje.`,
  },
  'plan-missed': {
    subject: 'Plan de pagos: {{plan_missed}} sin pagar',
    body: `{{plan_missed}} de su plan de pagos de ${PLACE} no se ha pagado.

${HELLO}

El plan sigue en vigor. Pague lo que falta para que pueda continuar.

Pendiente del plan: {{plan_open}}

${PAGE}

Si su pago ya está en camino, no tenga en cuenta este mensaje. Si no puede pagar ahora, responda a este mensaje.

${BYE}`,
    sms: `{{property}}: {{plan_missed}} de su plan de pagos no se ha pagado. ¿Ya ha pagado? No tenga en cuenta este \
mensaje.`,
  },
  'plan-ended': {
    subject: 'Su plan de pagos terminó: faltan {{plan_open}}',
    body: `Su plan de pagos de ${PLACE} ha terminado y quedan {{plan_open}} por pagar.

${HELLO}

{{#plan_missed}}
{{plan_missed}} no se pagó a tiempo.
{{/plan_missed}}
Lo pendiente vuelve a ser exigible como antes del plan.{{#plan_fees_rest}} No se cobran recargos por los días en \
que el plan estuvo en vigor.{{/plan_fees_rest}}

${PAGE}

Si su pago ya está en camino, no tenga en cuenta este mensaje. Si necesita otro plan o ayuda, responda a este mensaje.

${BYE}`,
    sms: `{{property}}: su plan de pagos ha terminado, quedan {{plan_open}} por pagar.{{#manager_email}} ¿Necesita \
ayuda? Escriba a {{manager_email}}.{{/manager_email}} ¿Ya ha pagado? No tenga en cuenta este mensaje.`,
  },
  'plan-finished': {
    subject: 'Su plan de pagos de {{plan_total}} está cumplido',
    body: `Su plan para pagar {{plan_total}} de ${PLACE} en plazos está cumplido: todo está pagado.

${HELLO}

Gracias por cumplir el plan.

${PAGE}

Conserve este mensaje para sus archivos.

${BYE}`,
    sms: `{{property}}: gracias. Ha pagado todo su plan de {{plan_total}}.`,
  },
};
