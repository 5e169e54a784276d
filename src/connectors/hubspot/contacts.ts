/** The contact of a lease: found by our key, taken over where the office has it already, or made. */
import { peopleOf } from '../../domain/names';
import { fail, faultOf } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import { type Account, asked, type Flow } from '../connector';
import { answerIn, type Input, KEY, readContacts, textIn } from './api';
import { writeAll } from './batches';
import { makeProperties } from './setup';

/** What is wanted of one lease's contact. */
export interface Wanted {
  readonly leaseId: string;
  readonly residents: string;
  readonly email: string;
  readonly phone: string;
  /** Its id there, as somebody or an earlier effect has put it on the Links tab. */
  readonly customer: string;
  readonly contact: 'write' | 'keep';
  readonly fields: Readonly<Record<string, string>>;
  /** Where there is none: false leaves it so. */
  readonly make: boolean;
}

/** The contact's id; '' where there is none and none was to be made. */
export type Placed = string | Fault;

const READ = [KEY, 'email', 'phone', 'firstname', 'lastname'];

/** One outcome for each, in order. */
export function* placed(account: Account, wanted: readonly Wanted[]): Flow<readonly Placed[]> {
  const byKey = yield* contactsByKey(account, [...new Set(wanted.map((one) => one.leaseId))]);
  const others = yield* othersFor(wanted, byKey);
  const taken: Taken = { ids: new Set(), mails: new Set() };
  // Of several for one lease the last one holds.
  const plans = new Map(wanted.map((one) => [one.leaseId, planOf(one, byKey.get(one.leaseId), others, taken)]));
  const inputs = [...plans.values()].flatMap(({ input }) => input ?? []);
  const upserted = yield* writeAll('upsert', inputs.filter(isByKey), nameOf);
  const updated = yield* writeAll(
    'update',
    inputs.filter((input) => !isByKey(input)),
    nameOf,
  );
  return wanted.map(({ leaseId }) => {
    const plan = plans.get(leaseId);
    return upserted.get(leaseId) ?? updated.get(leaseId) ?? plan?.id ?? '';
  });
}

const isByKey = ({ idProperty }: Input): boolean => idProperty !== undefined;
const nameOf = (result: Json): string => textIn(result, KEY) || (result.opt('objectWriteTraceId') ?? '');

type Found = ReadonlyMap<string, Json>;

/** Where our key is no property yet, nothing was ever set up here: the properties are made. */
function* contactsByKey(account: Account, keys: readonly string[]): Flow<Found> {
  const request = readContacts(keys, READ, KEY);
  try {
    return byText(answerIn(yield* asked(request)), KEY);
  } catch (error) {
    if (faultOf(error).status !== 400) throw error;
    const made = yield* makeProperties(account);
    if (!made.includes(KEY)) throw error;
    return byText(answerIn(yield* asked(request)), KEY);
  }
}

function byText(body: Json, name: string): Found {
  for (const error of body.items('errors'))
    if (error.word('category') !== 'OBJECT_NOT_FOUND')
      return fail('rejected', `HubSpot does not give the contacts: ${error.word('message')}`);
  return new Map(body.items('results').map((contact) => [textIn(contact, name).trim(), contact]));
}

interface Others {
  readonly byId: Found;
  readonly byMail: Found;
}

/** Contacts that are not ours yet: those that the Links tab names, and those that have the mail that we would write. */
function* othersFor(wanted: readonly Wanted[], byKey: Found): Flow<Others> {
  // What a person has typed on the Links tab may be no id at all, which would spoil the whole batch.
  const isId = /^\d+$/;
  const ids = wanted.flatMap(({ leaseId, customer, make }) =>
    make && isId.test(customer) && !byKey.has(leaseId) ? [customer] : [],
  );
  const mails = wanted.flatMap((one) => {
    const there = byKey.get(one.leaseId);
    const writes = there ? one.contact === 'write' && mailOf(one) !== textIn(there, 'email') : one.make;
    return writes && one.email ? [mailOf(one)] : [];
  });
  const requests = [
    ...(ids.length > 0 ? [readContacts([...new Set(ids)], READ)] : []),
    ...(mails.length > 0 ? [readContacts([...new Set(mails)], READ, 'email')] : []),
  ];
  if (requests.length === 0) return { byId: new Map(), byMail: new Map() };
  const bodies = (yield requests).map(answerIn);
  return {
    byId: ids.length > 0 ? byText(bodies[0] as Json, 'hs_object_id') : new Map(),
    byMail: mails.length > 0 ? byText(bodies[bodies.length - 1] as Json, 'email') : new Map(),
  };
}

const mailOf = ({ email }: Pick<Wanted, 'email'>): string => email.trim().toLowerCase();

interface Taken {
  readonly ids: Set<string>;
  readonly mails: Set<string>;
}

interface Plan {
  readonly id: string;
  readonly input?: Input;
}

function planOf(wanted: Wanted, ours: Json | undefined, others: Others, taken: Taken): Plan {
  const { leaseId, fields, make, contact } = wanted;
  const trace = { objectWriteTraceId: leaseId };
  const byKey = { ...trace, id: leaseId, idProperty: KEY };
  if (ours) {
    const own = contact === 'write' ? mailFree(addresses(wanted), ours, others, taken) : {};
    const properties = { ...fields, ...own };
    const id = ours.str('id');
    if (Object.keys(properties).length === 0) return { id };
    return { id, input: { ...byKey, properties: { [KEY]: leaseId, ...properties } } };
  }
  if (!make) return { id: '' };
  const known = [others.byId.get(wanted.customer), others.byMail.get(mailOf(wanted))].find((one) => isFree(one, taken));
  if (known) {
    taken.ids.add(known.str('id'));
    const blank = Object.entries(addresses(wanted)).filter(([name]) => textIn(known, name) === '');
    const own = mailFree(Object.fromEntries(blank), known, others, taken);
    return { id: '', input: { ...trace, id: known.str('id'), properties: { [KEY]: leaseId, ...fields, ...own } } };
  }
  const own = mailFree(addresses(wanted), undefined, others, taken);
  return { id: '', input: { ...byKey, properties: { [KEY]: leaseId, ...fields, ...own } } };
}

/** A contact of the office's that is no other lease's. */
const isFree = (contact: Json | undefined, { ids }: Taken): boolean =>
  contact !== undefined && textIn(contact, KEY) === '' && !ids.has(contact.str('id'));

type Texts = Readonly<Record<string, string>>;

/** Names, mail and phone that we have; what we lack is not emptied there. */
function addresses({ residents, email, phone }: Wanted): Texts {
  const [first = ''] = peopleOf(residents);
  const [given = '', ...family] = first.split(/\s+/);
  const all = { firstname: given, lastname: family.join(' '), email: email.trim().toLowerCase(), phone };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ''));
}

/** A mail stands at one contact only: where another one has it, such as that of the person's other lease, it is left out. */
function mailFree({ email, ...own }: Texts, contact: Json | undefined, { byMail }: Others, { mails }: Taken): Texts {
  if (email === undefined) return own;
  const holder = byMail.get(email)?.str('id');
  const isOthers = holder !== undefined && holder !== contact?.str('id');
  if (isOthers || mails.has(email)) return own;
  mails.add(email);
  return { ...own, email };
}
