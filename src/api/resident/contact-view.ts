/** How the resident is reached, as much of it as may be shown to whoever holds the link. */
import { contactOf } from '../../domain/contacts';
import { masked } from '../../domain/masked';
import { e164 } from '../../domain/phone';
import type { OneLease } from './lease';
import type { ContactView } from './view';

export function contactView({ account: { book, lease } }: OneLease): ContactView {
  const phone = e164(lease.phone);
  const known = 'number' in phone ? contactOf(book.contacts ?? [], 'sms', phone.number) : undefined;
  return {
    email: masked(lease.emails.join(', ')),
    phone: masked(lease.phone),
    notifyBy: lease.notifyBy,
    smsConsent: lease.smsConsent !== '',
    smsStopped: known?.state === 'opted out',
  };
}
