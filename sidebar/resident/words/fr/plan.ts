/** French of a payment plan. */
import type { PlanWords } from '../en/plan';

/** What a missed instalment too many brings. */
const THEN =
  'l’échéancier prend fin et tout ce qui reste à payer est de nouveau exigé, comme s’il n’y avait pas d’échéancier.';

export const plan: PlanWords = {
  title: 'Échéancier',
  state: {
    proposed: 'En attente de votre réponse',
    running: 'Convenu',
    broken: 'Terminé : un versement a manqué',
    finished: 'Entièrement payé',
  },
  proposed: (total) => `Votre gestionnaire vous propose de payer ${total} en plusieurs versements.`,
  running: (paid, total) => `${paid} sont payés sur ${total}.`,
  broken: (open) =>
    `L’échéancier a pris fin. Il en reste ${open} à payer, dus comme avant l’échéancier. Veuillez les payer ou contacter votre ` +
    'gestionnaire.',
  finished: (total) => `La somme de ${total} est entièrement payée. Merci.`,
  instalments: 'Versements',
  instalment: {
    paid: 'Payé',
    processing: 'En cours de traitement',
    partial: 'Payé en partie',
    due: 'Échu',
    next: 'Prochain',
    later: 'Plus tard',
    missed: 'Manqué',
    over: 'Terminé avec l’échéancier',
  },
  underWay: (amount) => `${amount} en cours de traitement`,
  left: (amount) => `reste ${amount} à payer`,
  feesPaused:
    'Aucuns frais de retard ne s’ajoutent pour les jours où court l’échéancier. S’il prend fin plus tôt, ils comptent de nouveau ' +
    'à partir de là.',
  feesRun: 'Les frais de retard continuent selon votre bail.',
  missed: (days) =>
    days === 0
      ? 'Un versement qui n’est pas payé le jour prévu compte comme manqué.'
      : `Un versement qui n’est pas payé ${days === 1 ? 'un jour' : `${days} jours`} au plus après le jour prévu compte comme ` +
        'manqué.',
  ends: (allowed) =>
    allowed === 0
      ? `Si un versement est manqué, ${THEN}`
      : `${allowed === 1 ? 'Un versement peut être manqué' : `${allowed} versements peuvent être manqués`}. Au suivant, ${THEN}`,
  rent: 'Le loyer qui échoit entre-temps se paie en plus de l’échéancier.',
  accept: 'Accepter cet échéancier',
  decline: 'Refuser',
  signature: 'L’accord se donne par signature : consultez l’e-mail qui contient le document.',
  confirm: 'En acceptant, vous vous engagez à payer chaque versement au plus tard le jour prévu.',
};
