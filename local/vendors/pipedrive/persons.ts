/** Persons of v2: made and changed, read one by one, by a handful of ids, and listed by what has changed. */
import { anything, flag, listOf, object, type Rule, text, whole } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { invalid, notFound } from './errors';
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
import { remember } from './search-index';
import { type Contact, type Desk, iso, newId, type Person, type PipedriveState, toSecond } from './state';

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

// ---------------------------------------------------------------- writing

const CONTACTS = listOf(object({ value: text({ min: 1, max: 255 }), 'primary?': flag, 'label?': text() }));
const MEMBERS: Readonly<Record<string, Rule>> = {
  'owner_id?': whole,
  'emails?': CONTACTS,
  'phones?': CONTACTS,
  'visible_to?': whole,
  'label_ids?': listOf(whole),
  'custom_fields?': anything,
};
const name = text({ min: 1, max: 255 });
const CREATE = object({ name, ...MEMBERS });
const PATCH = object({ 'name?': name, ...MEMBERS });

type Members = Readonly<Record<string, unknown>>;

export function createPerson(desk: Desk, members: Members): Person {
  const { state, user, nowMs } = desk;
  const now = toSecond(nowMs);
  const person: Person = {
    ...{ id: newId(state, 'person'), first: '', last: '', owner: user, addedMs: now, updatedMs: now },
    ...{ emails: [], phones: [], isDeleted: false, custom: {} },
  };
  change(desk, person, members, CREATE);
  state.persons.push(person);
  return person;
}

export function patchPerson(desk: Desk, id: number, members: Members): Person {
  const person = desk.state.persons.find((one) => one.id === id && !one.isDeleted);
  if (!person) throw notFound('Person');
  change(desk, person, members, PATCH);
  return person;
}

function change({ state, nowMs }: Desk, person: Person, members: Members, rule: Rule): void {
  const complaint = rule(members, '');
  if (complaint) throw invalid(`${complaint.at}: ${complaint.what}, ${complaint.wanted} expected`);
  if (typeof members.name === 'string') {
    const [first = '', ...rest] = members.name.split(' ');
    Object.assign(person, { first, last: rest.join(' ') });
  }
  // A list takes the place of the one that was there.
  if (members.emails) person.emails = contactsOf(members.emails as Partial<Contact>[]);
  if (members.phones) person.phones = contactsOf(members.phones as Partial<Contact>[]);
  person.updatedMs = toSecond(nowMs);
  remember(state, 'person', person, nowMs);
}

/** The first is the primary one where none is named. */
function contactsOf(given: readonly Partial<Contact>[]): Contact[] {
  const chosen = Math.max(
    0,
    given.findIndex(({ primary }) => primary),
  );
  return given.map(({ value = '', label = 'work' }, at) => ({ value, primary: at === chosen, label }));
}
