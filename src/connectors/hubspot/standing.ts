/** The effect that keeps a lease's contact in step with the ledger: an upsert by our key, a hundred at once. */
import { faultOf, raise } from '../../http/faults';
import type { Fault } from '../../http/types';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { standingTold } from '../told';
import { MOST } from './api';
import { placed, type Wanted } from './contacts';
import { written } from './fields';

function wantedIn({ payload, account }: EffectContext): Wanted {
  const status = standingTold(payload);
  const { leaseId, residents, email, phone, customer, contact } = status;
  return { leaseId, residents, email, phone, customer, contact, fields: written(status, account), make: true };
}

/** What a payload wants, or why it cannot be read. */
export function readEach<T>(contexts: readonly EffectContext[], read: (context: EffectContext) => T): (T | Fault)[] {
  return contexts.map((context) => {
    try {
      return read(context);
    } catch (error) {
      return faultOf(error);
    }
  });
}

export const isRead = <T extends object>(one: T | Fault): one is T => !('fault' in one && 'message' in one);

function* run(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const { account } = contexts[0] as EffectContext;
  const wanted = readEach(contexts, wantedIn);
  const good = wanted.filter(isRead);
  const outcomes = good.length === 0 ? [] : yield* placed(account, good);
  const byLease = new Map(good.map(({ leaseId }, at) => [leaseId, outcomes[at] as string | Fault]));
  return wanted.map((one) => {
    if (!isRead(one)) return one;
    const outcome = byLease.get(one.leaseId) as string | Fault;
    return typeof outcome === 'string' ? `${outcome}${pageOf(account, outcome)}` : outcome;
  });
}

/** The address of the contact's page, after a blank; it needs the number of the account, which only a sign-in tells. */
const pageOf = ({ HUBSPOT_PORTAL: portal }: Account, id: string): string =>
  portal ? ` https://app.hubspot.com/contacts/${portal}/record/0-1/${id}` : '';

/** The only outcome of a batch of one. */
export function* alone(flow: Flow<readonly (string | Fault)[]>): Flow<string> {
  const [outcome] = yield* flow;
  return typeof outcome === 'string' ? outcome : raise(outcome as Fault);
}

export const standing: Effect = {
  once: 'natural-id',
  batch: { most: MOST, together: () => 'contacts', run },
  run: (context) => alone(run([context])),
  link: (ref) => ({ kind: 'customer', externalId: ref.split(' ')[0] ?? '' }),
};
