/** How each lease stands, in the fields of its contact: found by our key or its id, recognised by its mail, or made. */
import type { LeaseStatus } from '../../domain/status';
import { percent } from '../../http/encode';
import { fail, faultOf, fault as faultWith, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import { type Account, askedAll, type Effect, type EffectContext, type Flow } from '../connector';
import { standingTold } from '../told';
import { collection, oneOf, type Part, queries, refOf, savedIn } from './api';
import { figuresOf, keyField } from './mapping';
import { hasLastName, madeWith, mailOf, personOf } from './person';
import { MOST_PARTS, saveUnits } from './save';

/** Of a collection. */
const MOST = 200;

export interface Contact {
  readonly id: string;
  /** Our key in it; '' where it has none. */
  readonly key: string;
}

/** A contact's id, of 15 or 18 characters; anything else would make a whole query fail. */
export const isContactId = (text: string): boolean => /^003\w{12}(?:\w{3})?$/.test(text);

/** The contacts that bear these keys or have these ids. */
export const contactsQuery = (account: Account, keys: readonly string[], ids: readonly string[]): string => {
  const key = keyField(account);
  const known = ids.filter(isContactId);
  return `SELECT Id, ${key} FROM Contact WHERE ${oneOf(key, keys)}${known.length ? ` OR ${oneOf('Id', known)}` : ''}`;
};

export const contactIn =
  (account: Account) =>
  (row: Json): Contact => ({ id: row.str('Id'), key: row.opt(keyField(account)) ?? '' });

/** Salesforce compares keys without regard to case. */
const isKey = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const isId = (one: string, other: string): boolean => one.slice(0, 15) === other.slice(0, 15);

/** The contact of a lease among those that were found. */
export function contactOf(
  { leaseId, customer }: Pick<LeaseStatus, 'leaseId' | 'customer'>,
  found: readonly Contact[],
): Contact | undefined {
  const keyed = found.filter(({ key }) => isKey(key, leaseId));
  if (keyed.length > 1)
    fail('rejected', `Salesforce has ${keyed.length} contacts of lease ${leaseId}. Leave its id in one of them only.`);
  // A contact that bears another lease's key is that lease's, whatever the Links tab remembers.
  return keyed[0] ?? found.find(({ id, key }) => key === '' && customer !== '' && isId(id, customer));
}

// ---------------------------------------------------------------- who is there

interface Namesake {
  readonly id: string;
  readonly lastName: string;
  readonly mail: string;
}

interface There {
  readonly contacts: readonly Contact[];
  /** Without a key of ours, with the mail of a resident whose contact nobody has told us of. */
  readonly namesakes: readonly Namesake[];
}

function* lookUp(account: Account, statuses: readonly LeaseStatus[]): Flow<There> {
  const key = keyField(account);
  const fresh = statuses.filter(({ customer }) => customer === '').map(({ email }) => mailOf(email));
  const mails = fresh.filter((mail) => mail !== '');
  const byMail = `SELECT Id, LastName, Email FROM Contact WHERE ${key} = null AND ${oneOf('Email', mails)} LIMIT 2000`;
  const [contacts = [], namesakes = []] = yield* queries(account, [
    contactsQuery(
      account,
      statuses.map(({ leaseId }) => leaseId),
      statuses.map(({ customer }) => customer),
    ),
    ...(mails.length > 0 ? [byMail] : []),
  ]);
  return {
    contacts: contacts.map(contactIn(account)),
    namesakes: namesakes.map((row) => ({
      id: row.str('Id'),
      lastName: row.opt('LastName') ?? '',
      mail: mailOf(row.opt('Email') ?? ''),
    })),
  };
}

/** Somebody has entered the resident there before: the same mail and the same last name, and nobody else has both. */
function recognised(status: LeaseStatus, { namesakes }: There, taken: Set<string>): Contact | undefined {
  const mail = mailOf(status.email);
  const same = namesakes.filter((one) => one.mail === mail && hasLastName(status, one.lastName) && !taken.has(one.id));
  if (same.length > 1)
    fail(
      'rejected',
      `Salesforce has ${same.length} contacts with the mail and name of ${status.leaseId}. Write that id into one.`,
    );
  const [one] = same;
  if (one) taken.add(one.id);
  return one && { id: one.id, key: '' };
}

// ---------------------------------------------------------------- what is written

interface Write {
  readonly status: LeaseStatus;
  /** Undefined: it is to be made. */
  readonly contact: Contact | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

function writeOf(status: LeaseStatus, account: Account, there: There, taken: Set<string>): Write {
  const known = contactOf(status, there.contacts);
  const contact = known ?? (status.customer === '' ? recognised(status, there, taken) : undefined);
  const figures = figuresOf(status, account);
  // What people have written about somebody who was there before us is theirs.
  const isTold = known !== undefined && status.contact === 'write';
  const person = !contact || isTold ? personOf(status, account) : {};
  return { status, contact, fields: { ...figures, ...person, ...(contact ? {} : madeWith(account)) } };
}

/** Some signs mean something in an address, encoded or not. */
const isPlain = (key: string): boolean => /^[\w-]+$/.test(key);

/** An upsert by our key. A key that no address can hold goes in the body: of the contact that is known or made. */
export function contactPart(account: Account, leaseId: string, contact: Contact | undefined, fields: object): Part {
  const key = keyField(account);
  const path = '/sobjects/Contact';
  if (isPlain(leaseId) && isKeyed(contact))
    return { method: 'PATCH', path: `${path}/${key}/${percent(leaseId)}`, body: { ...fields } };
  if (!contact) return { method: 'POST', path, body: { ...fields, [key]: leaseId } };
  return { method: 'PATCH', path: `${path}/${contact.id}`, body: { ...fields, [key]: leaseId } };
}

/** It bears our key, or will. */
const isKeyed = (contact: Contact | undefined): boolean => contact?.key !== '';

type Outcomes = ReadonlyMap<Write, string | Fault>;

function* inParts(account: Account, writes: readonly Write[]): Flow<Outcomes> {
  const units = writes.map(({ status, contact, fields }) => [contactPart(account, status.leaseId, contact, fields)]);
  const saved = yield* saveUnits(account, units);
  return new Map(
    writes.map((write, at) => {
      const one = saved[at] ?? faultWith('malformed', 'Rent Ledger bug: an outcome is missing.');
      return [write, 'fault' in one ? one : one[0] || (write.contact?.id ?? '')];
    }),
  );
}

/** Two collections side by side: those that are found or made by our key, and those whose id alone is known. */
function* inCollections(account: Account, writes: readonly Write[]): Flow<Outcomes> {
  const key = keyField(account);
  const keyed = writes.filter(({ contact }) => isKeyed(contact));
  const known = writes.filter(({ contact }) => !isKeyed(contact));
  const record = ({ status, contact, fields }: Write): object => ({
    attributes: { type: 'Contact' },
    ...(isKeyed(contact) ? {} : { Id: contact?.id }),
    [key]: status.leaseId,
    ...fields,
  });
  const requests = [
    ...(keyed.length > 0 ? [collection(account, `/Contact/${key}`, keyed.map(record))] : []),
    ...(known.length > 0 ? [collection(account, '', known.map(record))] : []),
  ];
  const outcomes = (yield* askedAll(...requests)).flatMap(savedIn);
  return new Map(
    [...keyed, ...known].map((write, at) => [
      write,
      outcomes[at] ?? faultWith('malformed', 'Salesforce did not answer for each record of a collection.'),
    ]),
  );
}

/** An upsert by our key: whatever is lost or repeated, there is one contact, and it says what was told last. */
function* run(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const { account } = contexts[0] as EffectContext;
  const lines = contexts.map(({ payload }) => orFault(() => standingTold(payload)));
  // The last word on each lease.
  const newest = new Map(lines.flatMap((line) => ('fault' in line ? [] : [[line.leaseId, line] as const])));
  if (newest.size === 0) return lines as readonly Fault[];
  const there = yield* lookUp(account, [...newest.values()]);
  const taken = new Set<string>();
  const planned = new Map(
    [...newest].map(([lease, status]) => [lease, orFault(() => writeOf(status, account, there, taken))]),
  );
  const writes = [...planned.values()].flatMap((plan) => ('fault' in plan ? [] : [plan]));
  const outcomes = yield* (writes.length > MOST_PARTS ? inCollections : inParts)(account, writes);
  return lines.map((line) => {
    if ('fault' in line) return line;
    const plan = planned.get(line.leaseId) as Write | Fault;
    const outcome = 'fault' in plan ? plan : (outcomes.get(plan) as string | Fault);
    return typeof outcome === 'string' ? refOf(account, outcome) : outcome;
  });
}

/** A fault that concerns one row is that row's. */
export function orFault<T>(act: () => T): T | Fault {
  try {
    return act();
  } catch (error) {
    return faultOf(error);
  }
}

export const standing: Effect = {
  once: 'natural-id',
  batch: { most: MOST, together: () => 'contacts', run },
  *run(context) {
    const [outcome] = yield* run([context]);
    return typeof outcome === 'string' ? outcome : raise(outcome as Fault);
  },
  link: (ref) => ({ kind: 'customer', externalId: ref.split(' ')[0] ?? '' }),
};
