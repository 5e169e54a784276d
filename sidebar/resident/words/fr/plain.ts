/** French of the pages without an account: no such link, an outcome, too busy. */
import type { PlainWords } from '../en/plain';

export const plain: PlainWords = {
  name: 'Compte de loyer',
  neutralTitle: 'Ce lien ne peut pas être utilisé',
  neutral:
    'Il est peut-être mal recopié, trop ancien ou remplacé par un lien plus récent. Si vous êtes notre locataire, ' +
    'demandez un nouveau lien.',
  address: 'Votre adresse e-mail',
  addressHint: 'Le lien n’est envoyé que si cette adresse figure sur un bail.',
  ask: 'M’envoyer un nouveau lien',
  done: 'C’est fait',
  notDone: 'Pas fait',
  halfDone: 'Encore une étape',
  goOn: (platform) => `Continuer chez ${platform}`,
  goOnHint:
    'Vous quittez cette page. Les données de carte ou de banque sont demandées là-bas et ne nous parviennent jamais.',
  back: 'Retour à votre compte',
  busyTitle: 'Veuillez réessayer dans une minute',
  busy: 'Trop de personnes consultent en même temps. Rien n’a été modifié.',
  downTitle: 'Votre compte ne peut pas être affiché pour le moment',
  down: 'Veuillez réessayer plus tard. Rien n’a été modifié.',
  again: 'Réessayer',
  someDone: 'C’est fait.',
  someNotDone: 'Cela n’a pas été fait. Veuillez revenir et réessayer, ou demander à votre gestionnaire.',
};
