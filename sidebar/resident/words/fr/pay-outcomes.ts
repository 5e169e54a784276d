/** What the page says after a resident has asked to pay, or for autopay, in French. */
import type { PayOutcomes } from '../en/pay-outcomes';

export const PAY_OUTCOMES: PayOutcomes = {
  payOpen: 'Votre page chez {by} est prête. Rien n’est payé avant que vous ayez payé là-bas.',
  payNothing: 'Rien n’est dû en ce moment : il n’y a rien à payer.',
  payProcessing: 'Un paiement est déjà en cours et couvre ce qui est dû.',
  payUnderWay: 'Un paiement vient d’être fait. Il apparaîtra ici dans quelques minutes ; regardez avant de payer plus.',
  payNotice:
    'En raison de la mise en demeure, cette page ne prend pas de paiement. Adressez-vous à votre gestionnaire.',
  payNoPlatform:
    'Cette page ne peut pas prendre de paiement. Payez comme indiqué plus bas ou demandez au gestionnaire.',
  payDown: 'La page de paiement n’a pas pu être créée et rien n’a été payé. Réessayez dans quelques minutes.',
  payFailed: '{by} a refusé de créer la page et rien n’a été payé. Adressez-vous à votre gestionnaire.',
  payTooLate: 'Cette demande ne vaut plus : une autre l’a remplacée ou un paiement est arrivé. Rouvrez cette page.',
  payAmountUnread: 'Ce montant est illisible. Écrivez-le ainsi : 250.00.',
  payTooLittle: 'Le moins que l’on puisse payer ici est {least}.',
  payTooMuch: 'C’est plus que ce qui est dû, moins ce qui est en cours : {whole}.',
  payWholeOnly: 'Ici, seul le solde entier peut être payé : {whole}.',
  payChargeGone: 'Cette ligne n’est plus ouverte. Regardez de nouveau la page.',
  payOtherOpen: 'Une page pour payer {amount} est déjà ouverte. Payez-y ou réessayez dans une demi-heure.',
  autopayOpen: 'Votre page chez {by} est prête. Le paiement automatique commence quand vous l’avez accepté là-bas.',
  autopaySaveCard:
    'Votre page chez {by} est prête. Payez-y et choisissez d’enregistrer votre carte : ' +
    'le paiement automatique commence avec elle sous un jour.',
  autopayAlready: 'Le paiement automatique est déjà actif. Arrêtez-le d’abord pour le configurer à nouveau.',
  autopayNotOffered: 'Le paiement automatique ne peut pas être configuré là. Adressez-vous à votre gestionnaire.',
  autopayIsOff: 'Le paiement automatique est arrêté. Désormais vous payez vous-même.',
  autopayOffUnderWay: 'Le paiement automatique est arrêté. Un paiement déjà en cours aura encore lieu.',
  autopayOffLater: 'La plateforme est injoignable. Nous continuons d’essayer ; vous pouvez aussi l’arrêter là-bas.',
};
