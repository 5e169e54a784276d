/** The built-in messages in Spanish, and the manager's digest. */
import { FAILURE } from './failure';
import { type LanguagePack, PLAN_NEWS_KEY } from './pack';
import { ES_PLANS } from './plans/es';
import { PLAN_NEWS } from './plans/news';

const HELLO = 'Hola{{#resident_names}}, {{resident_names}}{{/resident_names}}:';
const PLACE = '{{property}}{{#unit}}, {{unit}}{{/unit}}';
const CHARGES = `{{#charges}}
- {{label}}: {{amount}}{{#due}}, vence el {{due}}{{/due}}
{{/charges}}`;
const HOW_TO_PAY = `{{#pay_link}}
Pague aquí: {{pay_link}}
{{/pay_link}}
{{^pay_link}}
Por favor, pague de la forma indicada en su contrato.
{{/pay_link}}`;
const IGNORE = 'Si su pago ya está en camino, no tenga en cuenta este mensaje.';
const PAY_SMS = '{{#pay_link}} Pague en {{pay_link}}{{/pay_link}}';
const WRITE_SMS = '{{#manager_email}} ¿No puede pagar todo? Escriba a {{manager_email}}.{{/manager_email}}';

const DIGEST = `{{received_total}} recibido, {{late_total}} atrasado, {{unmatched_count}} por asignar.

A fecha de {{as_of}}
Recibido: {{received_total}} ({{received_count}})
Previsto este mes: {{expected_total}}
Atrasado: {{late_total}} ({{late_count}})
Vence mañana: {{next_day_due_count}}
Mensajes enviados: {{sent_count}}

{{#problems_count}}
Requiere atención ({{problems_count}}):
{{/problems_count}}
{{#problems_list}}
- {{problem}}
{{/problems_list}}

{{#unmatched_count}}
Pagos que esperan un contrato ({{unmatched_count}}):
{{/unmatched_count}}
{{#unmatched_list}}
- {{payer}}: {{amount}}, {{date}}, {{source}}
{{/unmatched_list}}

{{#late_count}}
Atrasados, el mayor primero ({{late_count}}):
{{/late_count}}
{{^late_count}}
Nadie está atrasado.
{{/late_count}}
{{#late_list}}
- {{resident_names}}, {{property}} {{unit}}: {{amount}}, {{days_late}}
{{/late_list}}

Tareas:
{{#tasks_list}}
- {{title}}{{#owner}}, {{owner}}{{/owner}}{{#due}}, vence el {{due}}{{/due}}
{{/tasks_list}}
{{^tasks_list}}
No hay tareas abiertas.
{{/tasks_list}}`;

export const ES: LanguagePack = {
  language: 'es',
  payButton: 'Pagar ahora',
  accountLink: 'Ver su cuenta',
  smsFooter: 'Responda STOP para no recibir SMS.',
  footer: `{{#account_link}}
Su saldo, sus pagos y cómo pagar:
{{account_link}}

{{/account_link}}
Recibe este mensaje porque tiene un alquiler en ${PLACE}. Puede responder a este correo.

Nunca pedimos números de tarjeta, datos bancarios ni contraseñas por correo, y nunca comunicamos por correo un \
cambio de cuenta bancaria. Si duda de que este mensaje sea nuestro, no use el enlace: contáctenos por la vía que ya \
conoce.

{{property}}{{#address}}
{{address}}{{/address}}`,
  managerFooters: {
    digest:
      'Recibe este resumen porque administra estos inmuebles. Las horas y los destinatarios están en la pestaña Settings.',
    [PLAN_NEWS_KEY]: PLAN_NEWS.es.footer,
    failure: FAILURE.es.footer,
  },
  messages: {
    'before-due': {
      subject: 'Alquiler: {{amount_due}} vence el {{due_date}}',
      body: `{{amount_due}} vence el {{due_date}} por ${PLACE}.

${HELLO}

Le recordamos amablemente su alquiler{{#rent_period}} de {{rent_period}}{{/rent_period}}.

${CHARGES}

${HOW_TO_PAY}

Si paga de forma automática o su pago ya está en camino, no tiene que hacer nada: no tenga en cuenta este mensaje.

{{manager_name}}`,
      sms: `{{property}}: su alquiler de {{amount_due}} vence el {{due_date}}.${PAY_SMS} Si ya ha pagado o tiene \
el pago domiciliado, no tiene que hacer nada.`,
    },
    'due-today': {
      subject: 'Alquiler: {{amount_due}} vence hoy',
      body: `{{amount_due}} vence hoy, {{due_date}}, por ${PLACE}.

${HELLO}

Su alquiler{{#rent_period}} de {{rent_period}}{{/rent_period}} vence hoy.{{#last_grace_day}} Si paga a más tardar \
el {{last_grace_day}}, no hay recargo por mora.{{/last_grace_day}}{{#late_fee}} Después puede aplicarse un recargo \
de {{late_fee}} según su contrato.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: su alquiler de {{amount_due}} vence hoy, {{due_date}}.{{#last_grace_day}} Sin recargo si \
paga hasta el {{last_grace_day}}.{{/last_grace_day}}${PAY_SMS} Si ya ha pagado, no haga nada.`,
    },
    late: {
      subject: 'Alquiler atrasado: {{balance_due}} pendiente',
      body: `Tiene {{balance_due}} pendiente por ${PLACE}.

${HELLO}

Aún no hemos recibido todo su alquiler{{#rent_period}} de {{rent_period}}{{/rent_period}}. Venció el \
{{due_date}}{{#days_late}} y lleva {{days_late}} de retraso{{/days_late}}.{{#last_grace_day}} Si paga a más tardar \
el {{last_grace_day}}, no hay recargo por mora.{{/last_grace_day}}{{#late_fee}} El recargo por mora según su \
contrato es de {{late_fee}}.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

Si no puede pagar todo ahora, responda a este mensaje: queremos acordar con usted un plan de pago.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: tiene {{balance_due}} pendiente; primer vencimiento: el \
{{due_date}}.${PAY_SMS}${WRITE_SMS} Si ya ha pagado, no haga nada.`,
    },
    'late-second': {
      subject: 'Segundo recordatorio: {{balance_due}} pendiente',
      body: `Sigue pendiente {{balance_due}} por ${PLACE}.

${HELLO}

Este es nuestro segundo recordatorio. Su alquiler{{#rent_period}} de {{rent_period}}{{/rent_period}} venció el \
{{due_date}}{{#days_late}} y lleva {{days_late}} de retraso{{/days_late}}.{{#late_fee}} El recargo por mora según \
su contrato es de {{late_fee}}.{{/late_fee}}

${CHARGES}

${HOW_TO_PAY}

Por favor, pague ahora o responda hoy para acordar un plan de pago u otra ayuda.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: segundo recordatorio. Sigue pendiente {{balance_due}}; primer vencimiento: el \
{{due_date}}.${PAY_SMS}${WRITE_SMS} Si ya ha pagado, no haga nada.`,
    },
    'final-notice': {
      subject: 'Último recordatorio: {{balance_due}} pendiente',
      body: `Tiene {{balance_due}} pendiente por ${PLACE}.{{#pay_by}} Por favor, pague a más tardar el \
{{pay_by}}.{{/pay_by}}

${HELLO}

A pesar de nuestros recordatorios, su cuenta sigue pendiente. El cargo más antiguo venció el \
{{due_date}}{{#days_late}} y lleva {{days_late}} de retraso{{/days_late}}.

${CHARGES}

Total: {{balance_due}}

${HOW_TO_PAY}

Si no hay pago ni acuerdo{{#pay_by}} a más tardar el {{pay_by}}{{/pay_by}}, podremos tomar las medidas que permiten \
su contrato y la ley. Si no está de acuerdo con el importe o necesita un plan de pago, responda ahora.

Esto es un recordatorio. No es una notificación legal, no termina su contrato ni inicia ningún plazo legal.

${IGNORE}

{{manager_name}}`,
      sms: `{{property}}: recordatorio final. Tiene {{balance_due}} pendiente; primer vencimiento: el \
{{due_date}}.{{#pay_by}} Pague hasta el {{pay_by}}.{{/pay_by}}${PAY_SMS}{{#manager_email}} ¿Objeciones o plan de \
pago? Escriba a {{manager_email}}.{{/manager_email}} No es un aviso legal.`,
    },
    receipt: {
      subject: 'Gracias: hemos recibido {{payment_amount}}',
      body: `Hemos recibido su pago de {{payment_amount}} por ${PLACE}.

${HELLO}

Gracias por su pago.

Importe: {{payment_amount}}
Fecha: {{payment_date}}{{#payment_method}}
Forma de pago: {{payment_method}}{{/payment_method}}{{#payment_reference}}
Referencia: {{payment_reference}}{{/payment_reference}}
Saldo después de este pago: {{remaining_balance}}

Conserve este mensaje como comprobante.

{{manager_name}}`,
      sms: `{{property}}: gracias. Hemos recibido su pago de {{payment_amount}} del {{payment_date}}. Saldo \
pendiente: {{remaining_balance}}.`,
    },
    'payment-failed': {
      subject: 'Su pago de {{payment_amount}} no se completó',
      body: `Su pago de {{payment_amount}}{{#payment_date}} del {{payment_date}}{{/payment_date}} por ${PLACE} no \
se completó.

${HELLO}

Puede ocurrir y suele resolverse pronto.{{#failure_reason}} El motivo que nos han comunicado: \
{{failure_reason}}{{/failure_reason}}

Saldo pendiente: {{balance_due}}

${CHARGES}

Compruebe la cuenta o la tarjeta con la que paga y vuelva a pagar.

${HOW_TO_PAY}

Si ya ha vuelto a pagar, no tenga en cuenta este mensaje. Si necesita ayuda, solo tiene que responder.

{{manager_name}}`,
      sms: `{{property}}: su pago de {{payment_amount}}{{#payment_date}} del {{payment_date}}{{/payment_date}} no \
se ha completado. Saldo pendiente: {{balance_due}}.${PAY_SMS} Si ya ha vuelto a pagar, no haga nada.`,
    },
    'payment-refunded': {
      subject: 'Le hemos devuelto {{payment_amount}}',
      body: `Se han devuelto {{payment_amount}} de su pago del {{payment_date}} por ${PLACE}.

${HELLO}

El dinero vuelve a la tarjeta o cuenta con la que pagó. Su banco puede tardar unos días en mostrarlo.

Devuelto: {{payment_amount}}{{#payment_method}}
Forma de pago: {{payment_method}}{{/payment_method}}{{#payment_reference}}
Referencia: {{payment_reference}}{{/payment_reference}}
Saldo después: {{remaining_balance}}

Si no lo esperaba o tiene alguna pregunta, solo tiene que responder.

{{manager_name}}`,
      sms: `{{property}}: se han devuelto {{payment_amount}} de su pago del {{payment_date}}. Saldo pendiente: \
{{remaining_balance}}.`,
    },
    'autopay-ended': {
      subject: 'Cobro automático detenido: {{balance_due}} pendiente',
      body: `{{balance_due}} está pendiente por ${PLACE}: no se pudo cobrar de forma automática.

${HELLO}

Intentamos cobrar con la tarjeta o la cuenta que guardó y no se completó. No volveremos a intentarlo para este \
importe; páguelo de otra forma, por favor.

${CHARGES}

${HOW_TO_PAY}

El próximo alquiler se volverá a cobrar de forma automática. Para usar otra tarjeta o cuenta, responda a este mensaje. \
Si ya ha pagado, no tenga en cuenta este mensaje.

{{manager_name}}`,
      sms: `{{property}}: no se ha podido cobrar {{balance_due}}{{#due_date}} (vence el {{due_date}}){{/due_date}} \
con su tarjeta o cuenta. Por favor, pague de otra forma.${PAY_SMS} Si ya ha pagado, no haga nada.`,
    },
    'request-answered': {
      subject: `{{#request_line}}Nuestra respuesta: {{request_line}}{{/request_line}}{{^request_line}}Nuestra respuesta a \
su solicitud{{/request_line}}`,
      body: `Hemos respondido a su solicitud del {{request_date}} sobre ${PLACE}. Saldo pendiente: {{balance_due}}

${HELLO}

{{#request_line}}
Nos dijo que esta línea no es correcta: {{request_line}}
{{/request_line}}
{{#request_agreed}}
Le damos la razón.
{{/request_agreed}}
{{^request_agreed}}
Lo hemos revisado con cuidado y no podemos darle la razón.{{#request_line}} La línea vuelve a contar.{{/request_line}}
{{/request_agreed}}

Nuestra respuesta: {{request_answer}}

${HOW_TO_PAY}

Si tiene alguna pregunta, responda a este mensaje.

{{manager_name}}`,
      sms: `{{property}}: nuestra respuesta a su solicitud del {{request_date}}: {{#request_agreed}}de \
acuerdo{{/request_agreed}}{{^request_agreed}}no podemos aceptarla{{/request_agreed}}. \
Saldo pendiente: {{balance_due}}.${PAY_SMS}`,
    },
    'account-link': {
      subject: 'Su cuenta{{#property}} en {{property}}{{/property}}',
      body: `Este es el enlace a su cuenta de ${PLACE}.

${HELLO}

En esta página ve su saldo, sus pagos y cómo pagar:
{{#account_link}}
{{account_link}}
{{/account_link}}

Es solo para usted: quien tiene el enlace ve lo mismo que usted. Si no lo pidió, no tiene que hacer nada.`,
      sms: '{{property}}: su cuenta: {{account_link}}',
    },
    signed: {
      subject: 'Bienvenida a {{property}}: su contrato está firmado',
      body: `Su contrato de ${PLACE} está firmado.{{#amount_due}} Primer pago: {{amount_due}} el \
{{due_date}}.{{/amount_due}}

${HELLO}

Le damos la bienvenida y gracias por firmar.{{^amount_due}} Por ahora no hay nada que pagar.{{/amount_due}}

${CHARGES}

{{#amount_due}}
${HOW_TO_PAY}

Si su pago ya está en camino, no tiene que hacer nada más.
{{/amount_due}}

Si tiene alguna pregunta, responda a este mensaje.

{{manager_name}}`,
      sms: `{{property}}: le damos la bienvenida, su contrato ya tiene todas las firmas.{{#amount_due}} Primer pago: \
{{amount_due}} el {{due_date}}.${PAY_SMS}{{^pay_link}} Pague de la forma indicada en su \
contrato.{{/pay_link}}{{/amount_due}}`,
    },
    ...ES_PLANS,
    [PLAN_NEWS_KEY]: PLAN_NEWS.es.words,
    digest: {
      subject: 'Resumen {{today}}: {{late_count}} atrasados, {{received_total}} recibido',
      body: DIGEST,
    },
    failure: FAILURE.es.words,
  },
};
