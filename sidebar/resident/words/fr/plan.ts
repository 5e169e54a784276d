/** French of a payment plan. */
import type { PlanWords } from '../en/plan';

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
  broken:
    'L’échéancier a pris fin : tout ce qui reste est donc à payer maintenant. Veuillez le payer ou contacter votre gestionnaire.',
  finished: (total) => `La somme de ${total} est entièrement payée. Merci.`,
  instalments: 'Versements',
  instalment: { paid: 'Payé', partial: 'Payé en partie', next: 'Prochain', later: 'Plus tard', missed: 'Manqué' },
  feesPaused: 'Aucuns frais de retard ne s’ajoutent tant que vous respectez l’échéancier.',
  feesRun: 'Les frais de retard continuent selon votre bail.',
  grace: (days) =>
    days === 0
      ? 'Si un versement n’est pas payé le jour prévu, l’échéancier prend fin.'
      : `Si un versement n’est pas payé ${days === 1 ? 'un jour' : `${days} jours`} au plus après le jour prévu, l’échéancier ` +
        'prend fin.',
  rent: 'Le loyer qui échoit entre-temps se paie en plus de l’échéancier.',
  accept: 'Accepter cet échéancier',
  decline: 'Refuser',
  signature: 'L’accord se donne par signature : consultez l’e-mail qui contient le document.',
  confirm: 'En acceptant, vous vous engagez à payer chaque versement au plus tard le jour prévu.',
};
