/** Contacts of the sandbox. */
import { forbidden, noSuch } from './errors';
import type { Given } from './invoices';
import { type Contact, type Desk, newId, type Person, timeAt } from './state';

export const contactOf = (desk: Desk, id: string): Contact => {
  const found = desk.books.contacts[id];
  if (!found) throw noSuch('Contact');
  return found;
};

const peopleOf = (desk: Desk, given: Given): Person[] =>
  ((given.contact_persons ?? []) as Given[]).map((person, at) => ({
    contact_person_id: newId(desk.state),
    first_name: person.first_name ?? '',
    last_name: person.last_name ?? '',
    email: person.email ?? '',
    phone: person.phone ?? '',
    mobile: person.mobile ?? '',
    is_primary_contact: person.is_primary_contact ?? at === 0,
  }));

function unused({ books }: Desk, name: string, own?: string): void {
  const other = Object.values(books.contacts).find((each) => each.name === name && each.id !== own);
  if (other) throw forbidden(3062, `The customer "${name}" already exists. Please specify a different name.`);
}

export function createContact(desk: Desk, given: Given): Contact {
  unused(desk, given.contact_name);
  const contact: Contact = {
    id: newId(desk.state),
    name: given.contact_name,
    company: given.company_name ?? '',
    type: given.contact_type ?? 'customer',
    notes: given.notes ?? '',
    people: peopleOf(desk, given),
    createdMs: desk.nowMs,
    modifiedMs: desk.nowMs,
  };
  desk.books.contacts[contact.id] = contact;
  return contact;
}

export function updateContact(desk: Desk, id: string, given: Given): Contact {
  const contact = contactOf(desk, id);
  unused(desk, given.contact_name, id);
  contact.name = given.contact_name;
  contact.company = given.company_name ?? contact.company;
  contact.notes = given.notes ?? contact.notes;
  if (given.contact_persons) contact.people = peopleOf(desk, given);
  contact.modifiedMs = desk.nowMs;
  return contact;
}

export function deleteContact(desk: Desk, id: string): void {
  contactOf(desk, id);
  const all = [...Object.values(desk.books.invoices), ...Object.values(desk.books.payments)];
  if (all.some((each) => each.customer === id)) throw forbidden(3007, 'A contact with transactions cannot be deleted.');
  delete desk.books.contacts[id];
}

const first = ({ people }: Contact): Partial<Person> => people.find((person) => person.is_primary_contact) ?? {};

export function contactRow(desk: Desk, contact: Contact): Given {
  const { first_name = '', last_name = '', email = '', phone = '', mobile = '' } = first(contact);
  return {
    contact_id: contact.id,
    contact_name: contact.name,
    company_name: contact.company,
    contact_type: contact.type,
    status: 'active',
    currency_code: desk.organization.currency_code,
    ...{ first_name, last_name, email, phone, mobile },
    created_time: timeAt(contact.createdMs),
    last_modified_time: timeAt(contact.modifiedMs),
  };
}

export function wholeContact(desk: Desk, contact: Contact): Given {
  const { first_name, last_name, email, phone, mobile, ...row } = contactRow(desk, contact);
  return { ...row, notes: contact.notes, contact_persons: contact.people };
}

export function listContacts(desk: Desk, query: Record<string, string>): Given[] {
  const names = ['contact_name', 'company_name', 'contact_type', 'email', 'phone', 'first_name', 'last_name'];
  return Object.values(desk.books.contacts)
    .map((contact) => contactRow(desk, contact))
    .filter((row) => names.every((name) => query[name] === undefined || row[name] === query[name]))
    .sort((a, b) => (a.contact_name < b.contact_name ? -1 : 1));
}
