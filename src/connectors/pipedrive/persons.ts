/** Contacts of deals: found by mail, made where there is none, and written over only where residents, mail or phone changed here. */
import type { LeaseStatus } from '../../domain/status';
import type { Json } from '../../http/json';
import { chunks, together } from '../../http/paging';
import type { Fault } from '../../http/types';
import { type Account, asked, type Flow } from '../connector';
import { dataOf, get, MOST_IDS, pageIn, send } from './api';

/** A lease may have several residents, parted by commas; a deal has one contact. */
const firstOf = (list: string): string => list.split(',')[0]?.trim() ?? '';

interface Resident {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

export const residentOf = ({
  residents,
  email,
  phone,
}: Pick<LeaseStatus, 'residents' | 'email' | 'phone'>): Resident => ({
  name: firstOf(residents),
  email: firstOf(email).toLowerCase(),
  phone: firstOf(phone),
});

export function* personsBy(account: Account, ids: readonly number[]): Flow<ReadonlyMap<number, Json>> {
  const found = new Map<number, Json>();
  for (const some of chunks([...new Set(ids)], MOST_IDS)) {
    const reply = yield* asked(get(account, 'v2/persons', { ids: some.join(','), limit: 500 }));
    for (const person of pageIn(reply, 'person').items) found.set(person.int('id'), person);
  }
  return found;
}

/** The primary one, or the first there is; '' where there is none. */
export function contactIn(person: Json, list: 'emails' | 'phones'): string {
  const all = person.items(list);
  const main = all.find((each) => each.at('primary').value === true) ?? all[0];
  return main?.opt('value') ?? '';
}

/** By mail: the contact that has it, or a new one. A resident without a mail has none: nothing could find it again. */
export function* personFor(account: Account, resident: Resident): Flow<number | undefined> {
  const { name, email, phone } = resident;
  if (email === '') return undefined;
  const params = { term: email, fields: 'email', exact_match: true, limit: 100 };
  const [hit] = (yield* dataOf(get(account, 'v2/persons/search', params), 'persons found')).items('items');
  if (hit) return hit.int('item.id');
  const body = {
    name: name || email,
    emails: [{ value: email, primary: true, label: 'home' }],
    ...(phone ? { phones: [{ value: phone, primary: true, label: 'home' }] } : {}),
  };
  return (yield* dataOf(send('POST', account, 'v2/persons', body), 'person')).int('id');
}

/** A contact for each mail, side by side, so that two leases of one resident get one contact. */
export function* personsFor(
  account: Account,
  residents: readonly Resident[],
): Flow<ReadonlyMap<string, { readonly value: number | undefined } | { readonly fault: Fault }>> {
  const byMail = new Map(residents.map((each) => [each.email, each]));
  const results = yield* together([...byMail.values()].map((each) => personFor(account, each)));
  return new Map([...byMail.keys()].map((email, at) => [email, results[at] as (typeof results)[number]]));
}

/** What differs from a contact that is there; undefined where nothing does. What we do not know is left as it is. */
export function changesOf(person: Json, { name, email, phone }: Resident): object | undefined {
  const changes = {
    ...(name && name !== person.opt('name') ? { name } : {}),
    ...listWith(person, 'emails', email, (text) => text.trim().toLowerCase()),
    ...listWith(person, 'phones', phone, (text) => text.replace(/[^\d+]/g, '')),
  };
  return Object.keys(changes).length > 0 ? changes : undefined;
}

/** A list takes the place of the one before: the others in it stay. */
function listWith(person: Json, list: 'emails' | 'phones', value: string, plain: (text: string) => string): object {
  if (value === '' || plain(contactIn(person, list)) === plain(value)) return {};
  const others = person.items(list).filter((each) => {
    const there = each.opt('value') ?? '';
    return there !== '' && plain(there) !== plain(value) && each.at('primary').value !== true;
  });
  const kept = others.map((each) => ({
    value: each.str('value'),
    primary: false,
    ...(each.opt('label') ? { label: each.str('label') } : {}),
  }));
  return { [list]: [{ value, primary: true, label: 'home' }, ...kept] };
}
