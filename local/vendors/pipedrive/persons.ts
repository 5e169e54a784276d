/** Persons of v2: read one by one, by a handful of ids, and listed by what has changed. */
import type { SandboxReply } from '../sandbox';
import { notFound } from './errors';
import {
  isOneOf,
  isWithin,
  listReply,
  oneReply,
  orderBy,
  PAGE,
  type Params,
  paged,
  paramsOf,
  withoutNulls,
} from './lists';
import { iso, type Person, type PipedriveState } from './state';

const SHOWN: Params = { include_fields: 'text', custom_fields: 'text' };

const LIST: Params = {
  ...PAGE,
  ...orderBy('id', 'update_time', 'add_time'),
  ...SHOWN,
  ...{ ids: 'ids', owner_id: 'whole', deal_id: 'whole', updated_since: 'time', updated_until: 'time' },
};

export const nameOf = ({ first, last }: Person): string => `${first} ${last}`.trim();

export function shownPerson(person: Person): Record<string, unknown> {
  return withoutNulls({
    ...{ id: person.id, name: nameOf(person), first_name: person.first, last_name: person.last || null },
    ...{ owner_id: person.owner, add_time: iso(person.addedMs), update_time: iso(person.updatedMs) },
    ...{ emails: person.emails, phones: person.phones, is_deleted: person.isDeleted, visible_to: 3, label_ids: [] },
    custom_fields: person.custom,
  });
}

export function getPerson(state: PipedriveState, id: number, url: URL): SandboxReply {
  paramsOf(url, SHOWN);
  const person = state.persons.find((one) => one.id === id);
  if (!person) throw notFound('Person');
  return oneReply(shownPerson(person));
}

export function listPersons(state: PipedriveState, url: URL): SandboxReply {
  const given = paramsOf(url, LIST);
  const ofDeal = state.deals.find(({ id }) => String(id) === given.deal_id)?.person;
  const rows = state.persons.filter(
    (person) =>
      !person.isDeleted &&
      isOneOf(given.ids, person.id) &&
      isWithin(person.updatedMs, given) &&
      (given.owner_id === undefined || given.owner_id === String(person.owner)) &&
      (given.deal_id === undefined || ofDeal === person.id),
  );
  const sorts = { update_time: (person: Person) => person.updatedMs, add_time: (person: Person) => person.addedMs };
  const { page, next } = paged(rows, given, sorts);
  return listReply(page.map(shownPerson), next);
}
