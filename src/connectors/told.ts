/** The payloads of domain/status.ts as connectors read them back from the Outbox, and the short name of an effect at a vendor. */
import { digestOf } from '../domain/audit';
import type { StandingWord } from '../domain/standing';
import type { LastPayment, LeaseStatus, ReceiptNote, RentEvent, RentEventType, TaskNote } from '../domain/status';
import { currency, instant, type Key, key, leaseId, propertyName } from '../domain/values';
import { Json } from '../http/json';
import type { EffectContext } from './connector';

type Payload = EffectContext['payload'];

/** 20 hex digits by which a vendor knows one effect: the same at every repeat, and no word of it is about anybody. */
export const refOf = (effect: Key): string => digestOf(effect).slice(0, 20);

/** Every word there is for how a lease stands. */
export const STANDINGS: readonly StandingWord[] = [
  'paid',
  'due',
  'grace',
  'late',
  'partial',
  'processing',
  'plan',
  'disputed',
  'hold',
  'notice',
];

/** Every type of event there is, in the order of the guide. */
export const EVENTS: readonly RentEventType[] = [
  'payment.received',
  'payment.failed',
  'payment.returned',
  'lease.late',
  'lease.escalated',
  'lease.resolved',
];

/** All of them throw a `malformed` fault that names the member of the payload. */
export function standingTold(payload: Payload): LeaseStatus {
  const told = new Json(payload, 'payload');
  return {
    ...about(told),
    residents: told.opt('residents') ?? '',
    email: told.opt('email') ?? '',
    phone: told.opt('phone') ?? '',
    balanceCents: told.minor('balanceCents'),
    unpaidCents: told.minor('unpaidCents'),
    processingCents: told.minor('processingCents'),
    standing: oneOf(told, 'standing', STANDINGS),
    daysLate: told.int('daysLate'),
    rentCents: told.minor('rentCents'),
    nextDue: told.opt('nextDue') ? told.day('nextDue') : '',
    lastRung: told.opt('lastRung') ?? '',
    ...(told.has('lastPayment') ? { lastPayment: lastPaymentIn(told.at('lastPayment')) } : {}),
    asOf: told.day('asOf'),
    customer: told.opt('customer') ?? '',
    // What was wanted before there was the word wrote them always.
    contact: told.opt('contact') === 'keep' ? 'keep' : 'write',
  };
}

const lastPaymentIn = (told: Json): LastPayment => ({
  day: told.day('day'),
  amountCents: told.minor('amountCents'),
  source: told.opt('source') ?? '',
  reference: told.opt('reference') ?? '',
});

export function receiptTold(payload: Payload): ReceiptNote {
  const told = new Json(payload, 'payload');
  return {
    ...about(told),
    receipt: key(told.str('receipt')),
    residents: told.opt('residents') ?? '',
    address: told.opt('address') ?? '',
    manager: told.opt('manager') ?? '',
    amountCents: told.positive('amountCents'),
    state: told.str('state'),
    reversedCents: told.minor('reversedCents'),
    day: told.day('day'),
    source: told.str('source'),
    reference: told.opt('reference') ?? '',
    matched: told.opt('matched') ?? '',
    allocated: told.list('allocated').map((each) => String(each.value)),
    balanceCents: told.minor('balanceCents'),
    customer: told.opt('customer') ?? '',
  };
}

export function taskTold(payload: Payload): TaskNote {
  const told = new Json(payload, 'payload');
  return {
    ...about(told),
    task: key(told.str('task')),
    residents: told.opt('residents') ?? '',
    email: told.opt('email') ?? '',
    balanceCents: told.minor('balanceCents'),
    title: told.str('title'),
    detail: told.opt('detail') ?? '',
    owner: told.opt('owner') ?? '',
    due: told.day('due'),
    state: oneOf(told, 'state', ['open', 'closed']),
    outcome: told.opt('outcome') ?? '',
    customer: told.opt('customer') ?? '',
  };
}

/** By what the task is found again at a vendor: its own name, whatever state of it is told. */
export const taskMark = ({ task }: Pick<TaskNote, 'task'>): string => `RL-task-${refOf(task)}`;

export function eventTold(payload: Payload): RentEvent {
  const told = new Json(payload, 'payload');
  const { leaseId: lease, ...place } = about(told, 'lease');
  return {
    ...place,
    lease,
    id: told.str('id'),
    type: oneOf(told, 'type', EVENTS),
    at: instant(told.int('at')),
    amountCents: told.minor('amountCents'),
    balanceCents: told.minor('balanceCents'),
    standing: oneOf(told, 'standing', STANDINGS),
    daysLate: told.int('daysLate'),
    rung: told.opt('rung') ?? '',
    ref: told.opt('ref') ?? '',
  };
}

const about = (told: Json, name = 'leaseId') => ({
  leaseId: leaseId(told.str(name)),
  property: propertyName(told.str('property')),
  unit: told.opt('unit') ?? '',
  currency: currency(told.str('currency')),
});

function oneOf<T extends string>(told: Json, path: string, words: readonly T[]): T {
  const found = words.find((word) => word === told.str(path));
  return found ?? told.at(path).wrong(`one of ${words.join(', ')}`);
}
