/** French of paying and autopay. */
import type { PayWords } from '../en/pay';

export const pay: PayWords = {
  title: 'Payer maintenant',
  whole: (amount) => `Payer ${amount}`,
  by: (platform) =>
    `Vous passez à une page de ${platform}. Les données de carte ou de banque y sont demandées et ne nous parviennent jamais.`,
  goOn: (amount, platform) => `Continuer pour payer ${amount} avec ${platform}`,
  openPage: 'Vous avez commencé un paiement qui n’est pas terminé.',
  otherwise: 'Payer un seul montant ou une partie',
  charge: 'Quel montant',
  payCharge: 'Payer ce montant',
  part: 'Somme',
  partHint: (least, most) => `Entre ${least} et ${most}.`,
  payPart: 'Payer cette somme',
  onlyWhole: {
    lease: 'Selon votre bail, seul le solde entier peut être payé ici.',
    notice: 'Tant que la mise en demeure court, seul le solde entier peut être payé ici.',
  },
  not: {
    'nothing owed': 'Il n’y a rien à payer.',
    processing: 'Votre paiement est en route : il n’y a rien d’autre à payer pour le moment.',
    notice:
      'En raison de la mise en demeure, cette page n’accepte pas de paiement. Veuillez contacter votre gestionnaire.',
    'no platform': 'Cette page ne permet pas de payer.',
    down: 'Le paiement n’est pas possible en ce moment. Veuillez réessayer plus tard.',
  },
  howTitle: 'Comment payer',
  howElse: 'Autres moyens de payer',
  howNone: 'Veuillez payer de la manière prévue par votre bail ou demander à votre gestionnaire.',
  autopayTitle: 'Paiement automatique',
  autopayOn: (platform) => `Le loyer est payé automatiquement avec ${platform}.`,
  autopayNext: (day) => `Le prochain paiement aura lieu le ${day}.`,
  autopayOff: 'Le loyer peut être payé automatiquement à son échéance.',
  autopayStart: (platform) => `Mettre en place avec ${platform}`,
  autopayStartHint: (platform) =>
    `Vous donnez votre accord sur une page de ${platform} et pouvez y mettre fin ici ou là-bas à tout moment.`,
  autopayPayHint: (platform: string, amount: string) =>
    `Vous payez ${amount} sur une page de ${platform} et y choisissez d’enregistrer votre carte. ` +
    'À partir du prochain loyer, elle est débitée le jour de l’échéance. Vous pouvez y mettre fin ici à tout moment.',
  autopayStop: 'Arrêter le paiement automatique',
  autopayStopHint: 'Les paiements déjà en route vont à leur terme. Ensuite, vous payez vous-même.',
  autopayNotHere: 'Pour l’arrêter, adressez-vous à votre gestionnaire.',
  autopayWaiting: (platform) => `Le paiement automatique avec ${platform} n’est pas encore en place.`,
  autopayGoOn: (platform) => `Continuer chez ${platform}`,
};
