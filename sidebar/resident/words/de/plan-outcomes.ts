/** What the page says after a resident has answered a payment plan, in German. */
import type { PlanOutcomes } from '../en/plan-outcomes';

export const PLAN_OUTCOMES: PlanOutcomes = {
  planAccepted: 'Vielen Dank. Der Ratenplan läuft; seine Termine schicken wir Ihnen in einer Nachricht.',
  planDeclined: 'Sie haben den Plan abgelehnt. Es hat sich nichts geändert, und wir schreiben Ihnen.',
  planGone: 'Dieser Plan wartet nicht mehr auf eine Antwort. Bitte öffnen Sie die Seite neu, um den Stand zu sehen.',
  planSigned: 'Dieser Plan wird durch Unterschrift vereinbart: bitte sehen Sie die Nachricht mit dem Dokument.',
  planBusy: 'Wir arbeiten gerade an diesem Konto. Bitte versuchen Sie es in einer Minute noch einmal.',
};
