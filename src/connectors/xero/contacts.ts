/** The contact of a lease in Xero: found by its contact number, which is the lease's id, or made. */
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import type { HttpRequest } from '../../ports';
import { type Account, asked, type EffectContext, type Flow } from '../connector';
import { get, idOf, itemsOf, MAX_PAGES, PAGE, pageCountOf, send, written } from './api';

const MAX_NUMBER_LENGTH = 50;
const IS_USABLE = { ACTIVE: true, ARCHIVED: false, GDPRREQUEST: false };

/** The contact's id for a customer of domain/books.ts. */
export function* contactOf(context: EffectContext, customer: Json): Flow<string> {
  const lease = customer.str('leaseId');
  if (lease.length > MAX_NUMBER_LENGTH)
    return fail('rejected', `Xero takes lease ids of at most ${MAX_NUMBER_LENGTH} characters as contact numbers.`);
  const found = yield* findContact(context.account, lease);
  if (found) return found;
  return idOf(written(yield* asked(createRequest(context, customer, lease)), 'Contacts'), 'Contacts');
}

/** `searchTerm` looks into several fields and finds parts of words, so the number itself is compared. */
function* findContact(account: Account, lease: string): Flow<string | undefined> {
  const pageAt = (page: number): HttpRequest =>
    get(account, '/Contacts', { searchTerm: lease, includeArchived: true, page, pageSize: PAGE });
  let page = 1;
  const contacts = yield* everyPage(
    pageAt(page),
    (reply) => {
      const isLast = page >= pageCountOf(reply, page, PAGE);
      return { items: itemsOf(reply, 'Contacts'), ...(isLast ? {} : { next: pageAt(++page) }) };
    },
    MAX_PAGES,
  );
  const ours = contacts.filter((contact) => contact.opt('ContactNumber') === lease);
  const usable = ours.find((contact) => contact.oneOf('ContactStatus', IS_USABLE));
  if (usable) return idOf(usable, 'Contacts');
  if (ours.length === 0) return undefined;
  return fail('rejected', `The contact of lease ${lease} is archived in Xero. Restore it there.`);
}

/** The key is the lease's: two effects that make the contact side by side make one. */
function createRequest(context: EffectContext, customer: Json, lease: string): HttpRequest {
  const phone = customer.opt('phone');
  const contact = {
    Name: customer.str('name').slice(0, 255),
    ContactNumber: lease,
    EmailAddress: customer.opt('email'),
    ...(phone ? { Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: phone.slice(0, MAX_NUMBER_LENGTH) }] } : {}),
  };
  return send('PUT', { ...context, key: `contact ${lease}` as typeof context.key }, '/Contacts', {
    Contacts: [contact],
  });
}
