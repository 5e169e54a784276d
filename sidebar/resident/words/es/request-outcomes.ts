/** What the page says after a resident has asked for something, in Spanish. */
import type { RequestOutcomes } from '../en/request-outcomes';

export const REQUEST_OUTCOMES: RequestOutcomes = {
  busy: 'Ahora mismo estamos trabajando en esta cuenta. Inténtelo de nuevo en un minuto.',
  notNow: 'En este momento no es posible. Escríbanos, por favor.',
  formIncomplete: 'El formulario no llegó completo. Abra la página de nuevo y envíelo otra vez.',
  textLength: 'Cuéntenoslo con {least} a {most} letras, por favor.',
  fileLink:
    'El archivo debe ser un enlace que empiece por https:// y tenga como máximo {most} letras, sin nombre ni ' +
    'contraseña.',
  disputeMade:
    'Gracias. Revisaremos esta línea y le responderemos. Hasta entonces no se la pedimos y no genera recargo ' +
    'por demora.',
  disputeNoLine: 'Sobre esta línea ya no se puede preguntar aquí. Escríbanos, por favor.',
  disputeAlready: 'Ya nos ha escrito sobre esta línea. Le responderemos.',
  disputeTwice: 'Ya nos ha escrito dos veces sobre esta línea. Si no está de acuerdo, escríbanos.',
  disputeTooMany: 'Como máximo {most} líneas pueden esperar respuesta a la vez.',
  disputeWithdrawn: 'Gracias. La línea vuelve a contar como si no nos hubiera escrito sobre ella.',
  disputeOver: 'Esto ya está resuelto: nuestra respuesta está en esta página.',
  promiseMade:
    'Gracias. Esperamos su pago hasta el {until} y hasta entonces no enviamos recordatorios. Los recargos ' +
    'siguen según su contrato.',
  promiseOff: 'En esta página no aceptamos promesas de pago. Escríbanos, por favor.',
  promiseNothing: 'Ahora no debe nada: no hay nada que prometer.',
  promiseAlready: 'Ya ha prometido un día.',
  promiseBroken: 'El día que prometió ya pasó, o no pudimos aceptarlo. Pague, pida un plan o escríbanos, por favor.',
  promiseDay: 'Elija un día del {from} al {until}, por favor.',
  planAsked: 'Gracias. Lo revisaremos y le propondremos plazos, o le escribiremos.',
  planAmount: 'Escriba lo que puede pagar al mes como importe, por ejemplo 200.00, o déjelo vacío.',
  planNothing: 'Ahora no debe nada: no hace falta un plan.',
  planRuns: 'Ya hay un plan de pagos en marcha.',
  planAlready: 'Ya ha pedido un plan. Le responderemos.',
  preferencesSaved: 'Guardado. Vale desde ahora.',
  preferencesStart:
    'Guardado. Los SMS a su número se pararon con un STOP enviado desde él: envíe START al número del que ' +
    'venían nuestros SMS y podrán llegar de nuevo.',
  preferencesWay: 'Elija cómo podemos escribirle, por favor.',
  preferencesLanguage: 'Elija uno de los idiomas, por favor.',
  preferencesPhone:
    'No podemos usar este número de teléfono. Escríbalo con el prefijo del país, por ejemplo +1 512 555 0123.',
  preferencesNumber: 'Para recibir SMS necesitamos su número de teléfono.',
  preferencesHouse: 'Hemos desactivado los mensajes para usted. Escríbanos, por favor.',
  preferencesColumn: 'Esto aún no se puede guardar en la página. Escríbanos, por favor.',
  preferencesSheet: 'Esto no se puede guardar en la página. Escríbanos, por favor.',
  preferencesUnreachable:
    'De esta forma no le llegaría nada: para el correo hace falta una dirección que funcione; para los SMS, ' +
    'su número y su consentimiento.',
};
