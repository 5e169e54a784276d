/** German of outcomes that belong to no single part; fields stand in braces. */
import type { OutcomeWords } from '../en/outcomes';

export const outcomes: OutcomeWords = {
  linkAsked:
    'Wenn diese Adresse in einem Mietvertrag bei uns steht, ist ein neuer Link dorthin unterwegs. Bitte sehen Sie in Ihre E-Mails.',
  linkMailed: 'Ein neuer Link ist zu Ihnen unterwegs. Bitte sehen Sie in Ihre E-Mails.',
  busy: 'An Ihrem Konto wird gerade gearbeitet. Es wurde nichts geändert: bitte versuchen Sie es in einer Minute noch einmal.',
  tooMany: 'Das war oft in kurzer Zeit. Bitte warten Sie ein wenig und versuchen Sie es dann noch einmal.',
  notUnderstood: 'Es fehlte etwas, oder es war nicht lesbar. Bitte gehen Sie zurück und prüfen Sie Ihre Angaben.',
  unknownAct:
    'Diese Seite kennt nicht, was Sie verlangt haben. Bitte gehen Sie zurück und versuchen Sie es noch einmal.',
  failed: 'Es hat nicht geklappt, und es wurde nichts geändert. Bitte versuchen Sie es später noch einmal.',
};
