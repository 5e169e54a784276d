/** What the page says after a resident has asked for something, in French. */
import type { RequestOutcomes } from '../en/request-outcomes';

export const REQUEST_OUTCOMES: RequestOutcomes = {
  busy: 'Nous travaillons en ce moment sur ce compte. Réessayez dans une minute.',
  notNow: 'Ce n’est pas possible pour le moment. Merci de nous écrire.',
  formIncomplete: 'Le formulaire n’est pas arrivé en entier. Rouvrez la page et envoyez-le à nouveau.',
  textLength: 'Merci de nous l’expliquer en {least} à {most} lettres.',
  fileLink:
    'Un fichier doit être un lien qui commence par https:// et compte au plus {most} lettres, sans nom ni mot ' +
    'de passe.',
  disputeMade:
    'Merci. Nous examinerons cette ligne et vous répondrons. D’ici là, nous ne vous la demandons pas et elle ' +
    'n’entraîne pas de frais de retard.',
  disputeNoLine: 'Cette ligne ne peut plus être contestée ici. Merci de nous écrire.',
  disputeAlready: 'Vous nous avez déjà écrit au sujet de cette ligne. Nous vous répondrons.',
  disputeTwice: 'Vous nous avez écrit deux fois au sujet de cette ligne. Si vous n’êtes pas d’accord, écrivez-nous.',
  disputeTooMany: 'Au plus {most} lignes peuvent attendre notre réponse en même temps.',
  disputeWithdrawn: 'Merci. La ligne compte de nouveau, comme si vous ne nous en aviez pas parlé.',
  disputeOver: 'C’est déjà réglé : notre réponse figure sur cette page.',
  promiseMade:
    'Merci. Nous attendons votre paiement au plus tard le {until} et n’envoyons pas de rappel d’ici là. Les ' +
    'frais de retard continuent selon votre bail.',
  promiseOff: 'Nous ne prenons pas de promesse de paiement sur cette page. Merci de nous écrire.',
  promiseNothing: 'Rien n’est dû pour le moment : il n’y a rien à promettre.',
  promiseAlready: 'Vous avez déjà promis un jour.',
  promiseBroken:
    'Le jour que vous aviez promis est passé, ou nous n’avons pas pu l’accepter. Merci de payer, de demander ' +
    'un échéancier ou de nous écrire.',
  promiseDay: 'Choisissez un jour du {from} au {until}.',
  planAsked: 'Merci. Nous l’examinerons et vous proposerons des échéances, ou nous vous écrirons.',
  planAmount: 'Indiquez ce que vous pouvez payer par mois sous forme de montant, par exemple 200.00, ou laissez vide.',
  planNothing: 'Rien n’est dû pour le moment : aucun échéancier n’est nécessaire.',
  planRuns: 'Un échéancier est déjà en cours.',
  planAlready: 'Vous avez déjà demandé un échéancier. Nous vous répondrons.',
  preferencesSaved: 'Enregistré. C’est valable dès maintenant.',
  preferencesStart:
    'Enregistré. Les SMS vers votre numéro ont été arrêtés par un STOP : envoyez START au numéro d’où ' +
    'venaient nos SMS, et ils pourront arriver à nouveau.',
  preferencesWay: 'Choisissez comment nous pouvons vous écrire.',
  preferencesLanguage: 'Choisissez l’une des langues.',
  preferencesPhone:
    'Nous ne pouvons pas utiliser ce numéro. Écrivez-le avec l’indicatif du pays, par exemple +1 512 555 0123.',
  preferencesNumber: 'Pour recevoir des SMS, nous avons besoin de votre numéro.',
  preferencesHouse: 'Nous avons désactivé les messages pour vous. Merci de nous écrire.',
  preferencesColumn: 'Cela ne peut pas encore être enregistré sur la page. Merci de nous écrire.',
  preferencesSheet: 'Cela ne peut pas être enregistré sur la page. Merci de nous écrire.',
  preferencesUnreachable:
    'De cette façon, rien ne vous parviendrait : pour le mail il faut une adresse valable, pour les SMS votre ' +
    'numéro et votre accord.',
};
