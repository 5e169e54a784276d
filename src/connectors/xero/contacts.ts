/** The contact of a lease in Xero: found by its contact number, which is the lease's id, or made. */

import type { BookCustomer } from '../../domain/books';
import { key } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Account, EffectContext, Flow } from '../connector';
import { idOf, listed, PAGE, saved } from './api';

const MAX_NUMBER_LENGTH = 50;
const IS_USABLE = { ACTIVE: true, ARCHIVED: false, GDPRREQUEST: false };

type Billed = Pick<BookCustomer, 'leaseId' | 'name' | 'email' | 'phone'>;

/** The contact's id for a customer of the books. */
export function* contactOf(context: EffectContext, customer: Billed): Flow<string> {
  const lease = customer.leaseId;
  if (lease.length > MAX_NUMBER_LENGTH)
    return fail('rejected', `Xero takes lease ids of at most ${MAX_NUMBER_LENGTH} characters as contact numbers.`);
  const found = yield* findContact(context.account, lease);
  if (found) return found;
  return idOf(yield* created(context, customer), 'Contacts');
}

/** `searchTerm` looks into several fields and finds parts of words, so the number itself is compared. */
function* findContact(account: Account, lease: string): Flow<string | undefined> {
  const contacts = yield* listed(account, 'Contacts', { searchTerm: lease, includeArchived: true }, PAGE);
  const ours = contacts.filter((contact) => contact.opt('ContactNumber') === lease);
  const usable = ours.find((contact) => contact.oneOf('ContactStatus', IS_USABLE));
  if (usable) return idOf(usable, 'Contacts');
  if (ours.length === 0) return undefined;
  return fail('rejected', `The contact of lease ${lease} is archived in Xero. Restore it there.`);
}

/** The key is the lease's: two effects that make the contact side by side make one. */
const created = (context: EffectContext, { leaseId: lease, name, email, phone }: Billed): Flow<Json> =>
  saved('PUT', { ...context, key: key(`contact ${lease}`) }, 'Contacts', {
    Name: name.slice(0, 255),
    ContactNumber: lease,
    EmailAddress: email,
    Phones: phone && [{ PhoneType: 'DEFAULT', PhoneNumber: phone.slice(0, MAX_NUMBER_LENGTH) }],
  });
