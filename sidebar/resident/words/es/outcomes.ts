/** Spanish of outcomes that belong to no single part; fields stand in braces. */
import type { OutcomeWords } from '../en/outcomes';

export const outcomes: OutcomeWords = {
  linkAsked:
    'Si esta dirección figura en un contrato con nosotros, le llegará un enlace nuevo. Por favor, mire su correo.',
  linkMailed: 'Le hemos enviado un enlace nuevo. Por favor, mire su correo.',
  busy: 'En este momento se está trabajando en su cuenta. No se ha cambiado nada: inténtelo de nuevo en un minuto.',
  tooMany: 'Han sido muchos intentos en poco tiempo. Por favor, espere un poco e inténtelo de nuevo.',
  notUnderstood: 'Faltaba algo o no se pudo leer. Por favor, vuelva y revise lo que escribió.',
  unknownAct: 'Esta página no sabe qué ha pedido. Por favor, vuelva e inténtelo de nuevo.',
  failed: 'No ha funcionado y no se ha cambiado nada. Por favor, inténtelo más tarde.',
};
