/** Spanish of the pages without an account: no such link, an outcome, too busy. */
import type { PlainWords } from '../en/plain';

export const plain: PlainWords = {
  name: 'Cuenta de alquiler',
  neutralTitle: 'Este enlace no se puede usar',
  neutral:
    'Puede que esté mal escrito, que sea demasiado antiguo o que lo haya sustituido uno más nuevo. Si alquila con nosotros, ' +
    'pida un enlace nuevo.',
  address: 'Su correo electrónico',
  addressHint: 'El enlace se envía solo si esta dirección figura en un contrato.',
  ask: 'Enviarme un enlace nuevo',
  done: 'Hecho',
  notDone: 'No se ha hecho',
  halfDone: 'Falta un paso',
  goOn: (platform) => `Continuar en ${platform}`,
  goOnHint: 'Saldrá de esta página. Los datos de tarjeta o de banco se piden allí y nunca nos llegan.',
  back: 'Volver a su cuenta',
  busyTitle: 'Por favor, inténtelo de nuevo en un minuto',
  busy: 'Hay demasiadas consultas a la vez. No se ha cambiado nada.',
  downTitle: 'Su cuenta no se puede mostrar en este momento',
  down: 'Por favor, inténtelo más tarde. No se ha cambiado nada.',
  again: 'Intentar de nuevo',
  someDone: 'Está hecho.',
  someNotDone: 'No se ha hecho. Por favor, vuelva e inténtelo de nuevo o pregunte a la administración.',
};
