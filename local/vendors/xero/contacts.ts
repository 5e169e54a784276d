/** Contacts: found by text or number, names unique among the active ones. */
import { listOf, oneOf, text } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { Invalid, invalid, notFound } from './errors';
import { type ListRules, list, queryOf } from './lists';
import { contactShape, type Shape } from './shapes';
import { type Contact, newId } from './state';
import { type Desk, envelope, type Given, guid, itemsIn, optional, writeEach } from './writes';

const phone = optional({
  PhoneType: oneOf('DEFAULT', 'DDI', 'MOBILE', 'FAX', 'OFFICE'),
  PhoneNumber: text({ max: 50 }),
  PhoneAreaCode: text({ max: 10 }),
  PhoneCountryCode: text({ max: 20 }),
});
const RULE = optional({
  ContactID: guid,
  ContactNumber: text({ max: 50 }),
  Name: text({ max: 255 }),
  FirstName: text({ max: 255 }),
  LastName: text({ max: 255 }),
  EmailAddress: text({ max: 255 }),
  ContactStatus: oneOf('ACTIVE', 'ARCHIVED', 'GDPRREQUEST'),
  Phones: listOf(phone),
});

const LIST: ListRules<Contact> = {
  takes: ['IDs', 'page', 'pageSize', 'includeArchived', 'searchTerm', 'summaryOnly'],
  fields: {
    Name: (contact) => contact.name,
    EmailAddress: (contact) => contact.email,
    ContactNumber: (contact) => contact.number,
    ContactStatus: (contact) => contact.status,
  },
  updatedMs: (contact) => contact.updatedMs,
};

export function listContacts(desk: Desk): SandboxReply {
  const { includeArchived, searchTerm = '', IDs } = queryOf(desk.request, ['where', 'order', ...LIST.takes]);
  const term = searchTerm.toLowerCase();
  const isAsked = ({ id, status, name, number, email }: Contact): boolean =>
    (includeArchived === 'true' || status === 'ACTIVE') &&
    (IDs === undefined || IDs.split(',').includes(id)) &&
    [name, number, email].some((each) => each.toLowerCase().includes(term));
  const found = list(desk.request, desk.tenant.contacts.filter(isAsked), LIST);
  return envelope(desk, 'Contacts', { ...found, items: found.items.map(contactShape) });
}

export function getContact(desk: Desk): SandboxReply {
  const found = desk.tenant.contacts.find((one) => one.id === desk.ids[0]);
  if (!found) throw notFound();
  return envelope(desk, 'Contacts', { items: [contactShape(found)] });
}

/** PUT makes; POST brings the one of that id, number or name up to date, or makes it. */
export function writeContacts(desk: Desk): SandboxReply {
  const [id] = desk.ids;
  return writeEach(desk, 'Contacts', itemsIn(desk, 'Contacts', RULE), (given) => {
    const known = desk.request.method === 'PUT' ? undefined : knownTo(desk, id ? { ContactID: id } : given);
    if (!known && (id || given.ContactID)) throw invalid('The contact ID specified could not be found.');
    return known ? change(desk, known, given) : make(desk, given);
  });
}

function knownTo({ tenant }: Desk, { ContactID, ContactNumber, Name }: Given): Contact | undefined {
  return (
    tenant.contacts.find((one) => one.id === ContactID) ??
    tenant.contacts.find((one) => ContactNumber && one.number === ContactNumber) ??
    tenant.contacts.find((one) => one.status === 'ACTIVE' && one.name === Name)
  );
}

function make(desk: Desk, given: Given): Shape {
  const contact: Contact = {
    id: newId(desk.state, 'cont'),
    name: '',
    number: '',
    email: '',
    phone: '',
    status: 'ACTIVE',
    updatedMs: desk.nowMs,
  };
  const shape = change(desk, contact, given);
  desk.tenant.contacts.push(contact);
  return shape;
}

function change(desk: Desk, contact: Contact, given: Given): Shape {
  const phones = (given.Phones ?? []) as readonly { PhoneType?: string; PhoneNumber?: string }[];
  const next: Contact = {
    ...contact,
    name: ((given.Name as string | undefined) ?? contact.name).trim(),
    number: (given.ContactNumber as string | undefined) ?? contact.number,
    email: (given.EmailAddress as string | undefined) ?? contact.email,
    phone: phones.find((each) => each.PhoneType === 'DEFAULT')?.PhoneNumber ?? contact.phone,
    status: (given.ContactStatus as Contact['status'] | undefined) ?? contact.status,
    updatedMs: desk.nowMs,
  };
  const wrong = complaints(desk, next);
  if (wrong.length > 0) throw new Invalid(wrong);
  return contactShape(Object.assign(contact, next));
}

function complaints({ tenant }: Desk, { id, name, number, email }: Contact): string[] {
  const others = tenant.contacts.filter((one) => one.id !== id);
  const isTaken = others.some((one) => one.status === 'ACTIVE' && one.name.toLowerCase() === name.toLowerCase());
  return [
    ...(name === '' ? ['The contact name must be specified.'] : []),
    ...(isTaken
      ? [`The contact name ${name} is already assigned to another contact. The contact name must be unique.`]
      : []),
    ...(number !== '' && others.some((one) => one.number === number)
      ? ['Another contact has this contact number. Please enter a different one.']
      : []),
    ...(email !== '' && !/^\S+@\S+\.\S+$/.test(email) ? ['Email address must be valid.'] : []),
  ];
}
