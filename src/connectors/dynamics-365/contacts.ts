/** The effect `standing`: how a lease stands, in columns of the contact that bears its key; many contacts in one request. */
import type { LeaseStatus } from '../../domain/status';
import { bodyOf } from '../../http/body';
import { faultOf } from '../../http/faults';
import type { Fault } from '../../http/types';
import type { HttpReply } from '../../ports';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { standingTold } from '../told';
import { contactAt, cut, pageOf } from './api';
import { alone, batched, faultIn, type Op } from './batch';
import { cells } from './columns';

/** Whom a contact is made of. */
export interface Person {
  readonly residents: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** The first of several residents: a contact is one person. */
const firstOf = (residents: string): string => residents.split(/\s*(?:[,;&]|\band\b)\s*/)[0]?.trim() ?? '';

/** Name and addresses, as far as they are known. */
export function personal({ residents, email = '', phone = '' }: Person): Readonly<Record<string, string>> {
  const words = firstOf(residents).split(/\s+/);
  const last = words.pop() ?? '';
  const members = {
    firstname: cut(words.join(' '), 50),
    lastname: cut(last, 50),
    emailaddress1: cut(email, 100),
    mobilephone: cut(phone, 50),
  };
  return Object.fromEntries(Object.entries(members).filter(([, text]) => text !== ''));
}

/** Makes the contact of a lease, or leaves the one that is there: for what must have somebody to hang on. */
export const newContact = (account: Account, lease: string, person: Person): Op => ({
  method: 'PATCH',
  path: contactAt(account, lease),
  body: personal(person),
});

const ID_ONLY = { Prefer: 'return=representation' };

/** An upsert by our key. Under If-Match it makes no contact, so that one that is there keeps what people wrote. */
function upsert(account: Account, told: LeaseStatus, isKept: boolean): Op {
  return {
    method: 'PATCH',
    path: `${contactAt(account, told.leaseId)}?$select=contactid`,
    body: { ...(isKept ? {} : personal(told)), ...cells(told, account) },
    headers: isKept ? { ...ID_ONLY, 'If-Match': '*' } : ID_ONLY,
  };
}

function refIn(account: Account, answers: readonly HttpReply[]): string | Fault {
  const found = faultIn(answers);
  const [answer] = answers;
  if (found || !answer) return found as Fault;
  const id = bodyOf(answer, 'contact').str('contactid');
  return `${id} ${pageOf(account, 'contact', id)}`;
}

type Turn = { readonly told: LeaseStatus; readonly op: Op } | { readonly fault: Fault };

/** A payload or a key that cannot be sent fails its own row only. */
function turnOf({ account, payload }: EffectContext): Turn {
  try {
    const told = standingTold(payload);
    return { told, op: upsert(account, told, told.contact === 'keep') };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

function* tell(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const account = contexts[0]?.account ?? {};
  const turns = contexts.map(turnOf);
  const sent = turns.flatMap((turn) => ('op' in turn ? [turn] : []));
  const first = yield* batched(
    account,
    sent.map(({ op }) => [op]),
  );
  // Contacts that were to be kept and are not there: now they are new.
  const absent = sent.filter(({ told }, at) => told.contact === 'keep' && first[at]?.[0]?.status === 404);
  const second = yield* batched(
    account,
    absent.map(({ told }) => [upsert(account, told, false)]),
  );
  const answers = new Map(sent.map((turn, at) => [turn, first[at] ?? []]));
  for (const [at, turn] of absent.entries()) answers.set(turn, second[at] ?? []);
  return turns.map((turn) => ('fault' in turn ? turn.fault : refIn(account, answers.get(turn) ?? [])));
}

/** So many leave in one request; the platform takes a thousand, but the script waits for it a minute at most. */
const MOST = 50;

export const standing: Effect = {
  once: 'natural-id',
  run: alone(tell),
  batch: { most: MOST, together: () => 'contacts', run: tell },
  link: (ref) => ({ kind: 'customer', externalId: ref.split(' ')[0] ?? '' }),
};
