/** What the page says after a resident has answered a payment plan, in Spanish. */
import type { PlanOutcomes } from '../en/plan-outcomes';

export const PLAN_OUTCOMES: PlanOutcomes = {
  planAccepted: 'Gracias. El plan de pagos ha empezado; le enviamos sus fechas en un mensaje.',
  planDeclined: 'Ha rechazado el plan. Nada ha cambiado, y le escribiremos.',
  planGone: 'Este plan ya no espera respuesta. Abra la página de nuevo para ver cómo está.',
  planSigned: 'Este plan se acuerda con firma: vea el mensaje con el documento.',
  planBusy: 'Estamos trabajando en esta cuenta en este momento. Inténtelo de nuevo en un minuto.',
};
