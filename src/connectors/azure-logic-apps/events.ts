/** Events of the ledger posted to the workflow, each once. */
import { ZERO } from '../../domain/money';
import type { RentEvent } from '../../domain/status';
import { currency, type Key, leaseId, propertyName } from '../../domain/values';
import { fault, isFault, isFaultError, type Outcome, raise } from '../../http/faults';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Effect, EffectContext, Flow } from '../connector';
import { eventTold, refOf } from '../told';
import { addressOf, managedIn, postTo, tokenFor } from './api';
import { bodyFor } from './event';
import { hasRun } from './runs';

/** So many leave in one go: the address is asked for once. */
const MOST = 20;

type Came = string | Fault;

/** The events that these effects are about; a payload that cannot be read is the fault of one alone. */
type Reader = (context: EffectContext) => RentEvent;

/**
 * Posts events. Each has its name for life, which Azure keeps with the run; before one is posted again its run is looked
 * for. Where only an address is entered nothing can be looked for, and whether it is posted again is a person's word.
 */
function* postAll(contexts: readonly EffectContext[], read: Reader): Flow<readonly Came[]> {
  const came = new Map<EffectContext, Came>();
  const [{ account } = { account: {} }] = contexts;
  const managed = managedIn(account);
  const token = managed && (yield* tokenFor(managed));
  if (managed && token !== undefined) {
    for (const context of contexts.filter(({ attempt }) => attempt > 1)) {
      const ref = refOf(context.key);
      if (yield* hasRun(managed, token, ref)) came.set(context, ref);
    }
  }
  const left = contexts.filter((context) => !came.has(context));
  const posts = new Map<EffectContext, HttpRequest>();
  const address = managed && token !== undefined && left.length > 0 ? yield* addressOf(managed, token) : undefined;
  for (const context of left) {
    const request = orFault(() => postTo(address, bodyFor(read(context)), refOf(context.key)));
    if (isFaultValue(request)) came.set(context, request);
    else posts.set(context, request);
  }
  const outcomes = yield* wave([...posts.values()]);
  for (const [at, context] of [...posts.keys()].entries()) came.set(context, cameOf(context.key, outcomes[at]!));
  return contexts.map((context) => came.get(context)!);
}

const isFaultValue = (value: HttpRequest | Fault): value is Fault => 'fault' in value;

function orFault(make: () => HttpRequest): HttpRequest | Fault {
  try {
    return make();
  } catch (error) {
    if (isFaultError(error)) return error.fault;
    throw error;
  }
}

/** All in one wave; the good ones are kept where others fail. */
function* wave(requests: readonly HttpRequest[]): Flow<readonly Outcome[]> {
  if (requests.length === 0) return [];
  try {
    return yield requests;
  } catch (error) {
    if (isFaultError(error) && error.outcomes.length === requests.length) return error.outcomes;
    throw error;
  }
}

/** The name under which the run is found is the reference. */
function cameOf(effect: Key, outcome: Outcome): Came {
  return isFault(outcome) ? outcome : accepted(outcome) ? refOf(effect) : strange(outcome);
}

/** 202; or what a Response step of the owner's own says. */
const accepted = ({ status, headers }: HttpReply): boolean =>
  status === 202 || headers['x-ms-workflow-run-id'] !== undefined;

const strange = ({ status }: HttpReply): Fault =>
  fault('malformed', `Azure answered HTTP ${status} and named no run. Look what is at the trigger address.`, {
    status,
  });

const once = (read: Reader): Effect => ({
  once: 'lookup',
  onceFor: (account) => (managedIn(account) ? 'lookup' : 'ask'),
  followed: true,
  *run(context) {
    const [came] = yield* postAll([context], read);
    return typeof came === 'string' ? came : raise(came!);
  },
  batch: {
    most: MOST,
    together: () => 'events',
    run: (contexts) => postAll(contexts, read),
  },
});

export const event: Effect = once(({ payload }) => eventTold(payload));

/** An event of no lease, by which the owner sees that steps work. */
export const test: Effect = once(({ key, now }) => ({
  id: `test:${refOf(key)}`,
  type: 'lease.resolved',
  at: now,
  property: propertyName('Rent Ledger test'),
  lease: leaseId('TEST'),
  unit: 'TEST',
  currency: currency('USD'),
  amountCents: ZERO,
  balanceCents: ZERO,
  standing: 'paid',
  daysLate: 0,
  rung: '',
  ref: '',
}));

/** A body that is no event: where the trigger checks its schema nothing is begun by it. */
export const probe = (): HttpRequest => postTo(undefined, {}, 'rent-ledger-connection-test');

/** What the probe tells: it is refused for its body by a trigger that is there and whose signature is good. */
export function* probed(): Flow<'checks' | 'takes anything'> {
  try {
    yield [probe()];
    return 'takes anything';
  } catch (error) {
    if (isFaultError(error) && error.fault.code === 'TriggerInputSchemaMismatch') return 'checks';
    throw error;
  }
}
