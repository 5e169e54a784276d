/** Spanish of the preferences: how a resident is told. */
import type { ContactWords } from '../en/contact';

export const contact: ContactWords = {
  title: 'Cómo le contactamos',
  email: (masked) => `Correo: ${masked}`,
  phone: (masked) => `Teléfono: ${masked}`,
  change: 'Cambiar',
  notifyBy: 'Avíseme por',
  ways: {
    email: 'Correo electrónico',
    sms: 'Mensaje de texto',
    both: 'Ambos',
    'email, else sms': 'Correo; si falla, mensaje de texto',
    'sms, else email': 'Mensaje de texto; si falla, correo',
    none: 'Nada, salvo lo que exige la ley',
  },
  language: 'Idioma de los mensajes',
  smsConsent: 'Acepto recibir mensajes de texto sobre mi cuenta de alquiler',
  smsConsentHint: 'Pueden aplicarse tarifas de mensajes y datos. Responda STOP en cualquier momento para terminarlos.',
  smsStopped: 'Los mensajes de texto a este número están detenidos. Envíe START desde él para volver a recibirlos.',
  newPhone: 'Nuevo número de teléfono (opcional)',
  newPhoneHint: 'Con el prefijo del país, por ejemplo +1 512 555 0123.',
  save: 'Guardar',
};
