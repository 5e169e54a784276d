/** English of the preferences: how a resident is told. */
export const contact = {
  title: 'How we reach you',
  email: (masked: string) => `E-mail: ${masked}`,
  phone: (masked: string) => `Phone: ${masked}`,
  change: 'Change',
  notifyBy: 'Tell me by',
  ways: {
    email: 'E-mail',
    sms: 'Text message',
    both: 'Both',
    'email, else sms': 'E-mail; a text if that fails',
    'sms, else email': 'Text; an e-mail if that fails',
    none: 'Nothing, except what the law requires',
  } as Readonly<Record<string, string>>,
  language: 'Language of messages',
  smsConsent: 'I agree to text messages about my rent account',
  smsConsentHint: 'Message and data rates may apply. Reply STOP at any time to end them.',
  smsStopped: 'Text messages to this number are stopped. Send START from it to receive them again.',
  newPhone: 'New phone number (optional)',
  newPhoneHint: 'With the country code, such as +1 512 555 0123.',
  save: 'Save',
};

export type ContactWords = typeof contact;
