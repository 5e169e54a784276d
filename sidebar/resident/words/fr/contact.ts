/** French of the preferences: how a resident is told. */
import type { ContactWords } from '../en/contact';

export const contact: ContactWords = {
  title: 'Comment vous joindre',
  email: (masked) => `E-mail : ${masked}`,
  phone: (masked) => `Téléphone : ${masked}`,
  change: 'Modifier',
  notifyBy: 'M’avertir par',
  ways: {
    email: 'E-mail',
    sms: 'SMS',
    both: 'Les deux',
    'email, else sms': 'E-mail ; sinon SMS',
    'sms, else email': 'SMS ; sinon e-mail',
    none: 'Rien, sauf ce que la loi exige',
  },
  language: 'Langue des messages',
  smsConsent: 'J’accepte de recevoir des SMS au sujet de mon compte de loyer',
  smsConsentHint: 'Des frais d’opérateur peuvent s’appliquer. Répondez STOP à tout moment pour ne plus en recevoir.',
  smsStopped: 'Les SMS vers ce numéro sont arrêtés. Envoyez START depuis ce numéro pour en recevoir de nouveau.',
  newPhone: 'Nouveau numéro de téléphone (facultatif)',
  newPhoneHint: 'Avec l’indicatif du pays, par exemple +33 1 99 00 12 34.',
  save: 'Enregistrer',
};
