/** What the page says after a resident has answered a payment plan, in French. */
import type { PlanOutcomes } from '../en/plan-outcomes';

export const PLAN_OUTCOMES: PlanOutcomes = {
  planAccepted: 'Merci. L’échéancier a commencé ; nous vous envoyons ses dates par message.',
  planDeclined: 'Vous avez refusé l’échéancier. Rien n’a changé, et nous vous écrirons.',
  planGone: 'Cet échéancier n’attend plus de réponse. Rouvrez la page pour voir où il en est.',
  planSigned: 'Cet échéancier se conclut par signature : voyez le message avec le document.',
  planBusy: 'Nous travaillons sur ce compte en ce moment. Réessayez dans une minute.',
};
