/** French of outcomes that belong to no single part; fields stand in braces. */
import type { OutcomeWords } from '../en/outcomes';

export const outcomes: OutcomeWords = {
  linkAsked:
    'Si cette adresse figure sur un bail chez nous, un nouveau lien lui est envoyé. Veuillez consulter vos e-mails.',
  linkMailed: 'Un nouveau lien vous est envoyé. Veuillez consulter vos e-mails.',
  busy: 'Une autre opération est en cours sur votre compte. Rien n’a été modifié : veuillez réessayer dans une minute.',
  tooMany: 'Cela fait beaucoup en peu de temps. Veuillez patienter un peu et réessayer.',
  notUnderstood: 'Il manquait quelque chose, ou cela n’a pas pu être lu. Veuillez revenir et vérifier votre saisie.',
  unknownAct: 'Cette page ne connaît pas ce que vous avez demandé. Veuillez revenir et réessayer.',
  failed: 'Cela n’a pas fonctionné, et rien n’a été modifié. Veuillez réessayer plus tard.',
};
