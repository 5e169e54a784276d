/** German of the preferences: how a resident is told. */
import type { ContactWords } from '../en/contact';

export const contact: ContactWords = {
  title: 'Wie wir Sie erreichen',
  email: (masked) => `E-Mail: ${masked}`,
  phone: (masked) => `Telefon: ${masked}`,
  change: 'Ändern',
  notifyBy: 'Benachrichtigen per',
  ways: {
    email: 'E-Mail',
    sms: 'SMS',
    both: 'Beides',
    'email, else sms': 'E-Mail; wenn das scheitert, SMS',
    'sms, else email': 'SMS; wenn das scheitert, E-Mail',
    none: 'Nichts, außer was das Gesetz verlangt',
  },
  language: 'Sprache der Nachrichten',
  smsConsent: 'Ich bin mit SMS zu meinem Mietkonto einverstanden',
  smsConsentHint: 'Es können Gebühren Ihres Anbieters anfallen. Mit der Antwort STOP enden die SMS jederzeit.',
  smsStopped: 'SMS an diese Nummer sind gestoppt. Senden Sie START von dieser Nummer, um sie wieder zu erhalten.',
  newPhone: 'Neue Telefonnummer (freiwillig)',
  newPhoneHint: 'Mit Landesvorwahl, zum Beispiel +49 30 23125 123.',
  save: 'Speichern',
};
