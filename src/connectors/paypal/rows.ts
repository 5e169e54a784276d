/** A page of the reports as payments: rows of one id taken together, with what went back of them. */

import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import type { Instant } from '../../domain/values';
import { utcSeconds } from '../../http/encode';
import type { Json } from '../../http/json';
import { together } from '../../http/paging';
import type { Flow, Lost } from '../connector';
import { readRows } from '../seen';
import { read } from './api';
import { disputesOf, withDisputes } from './disputes';
import { readEvents } from './events';
import { paymentOfRows, paypalKey, withReversals } from './receipts';
import { backOf, type Found, idOf, isPayment, paymentById } from './report';

/** One page of rows, completed: `isWhole` when nothing that belongs to these rows can stand on another page. */
export function* paymentsInRows(rows: readonly Json[], isWhole: boolean, since: number, now: Instant): Flow<Found> {
  const groups = new Map<string, Json[]>();
  const backs = new Map<string, PaymentReversal[]>();
  const sorted = readRows(rows, aboutOf, (row) => {
    if (isPayment(row)) add(groups, idOf(row), row);
    const back = backOf(row);
    if (back) add(backs, back.of, back.reversal);
  });
  const read = readRows(groups.values(), ([row]) => aboutOf(row as Json), paymentOfRows);
  const found = new Map(read.found.map((payment) => [payment.externalId, payment]));
  const faults = [...sorted.faults, ...read.faults];
  yield* findOthers(
    found,
    [...backs].filter(([id]) => !groups.has(id)),
    since,
    faults,
  );
  const waiting = [...found.values()].filter((each) => each.state === 'pending');
  for (const each of waiting.slice(ASKED_MAX)) found.delete(each.externalId);
  const flows = [...found].map(([id, payment]) => {
    if (payment.state === 'pending') return newest(payment, since, now);
    const told = backs.get(id) ?? (isWhole && isTakenBack(groups.get(id)) ? [wholly(payment, now)] : []);
    return completed(payment, told, now);
  });
  const outcomes = yield* together(flows);
  const payments = outcomes.flatMap((outcome, index) => {
    if ('value' in outcome) return [outcome.value];
    faults.push({ about: [...found.keys()][index] ?? '', fault: outcome.fault });
    return [];
  });
  return { payments, faults };
}

/** What is left out above so many is told when it has cleared, and by its event before. */
const ASKED_MAX = 15;

/** The reports are hours behind: what they call pending may have cleared, and an event has told so. */
function* newest(payment: PaymentSeen, since: number, now: Instant): Flow<PaymentSeen> {
  const id = payment.externalId;
  const events = yield* read('/v1/notifications/webhooks-events', `events of ${id}`, {
    transaction_id: id,
    start_time: utcSeconds(payment.initiatedAt - 1000),
    end_time: utcSeconds(now + 1000),
    page_size: 10,
  });
  const told = yield* readEvents(events.items('events'), { since, now });
  const last = told.payments.filter((each) => each.externalId === id).pop();
  return last && last.state !== 'pending' ? last : payment;
}

function add<T>(lists: Map<string, T[]>, id: string, item: T): void {
  const list = lists.get(id);
  if (list) list.push(item);
  else lists.set(id, [item]);
}

/** What went back may be of a payment that stands on an older page. */
function* findOthers(
  found: Map<string, PaymentSeen>,
  elsewhere: readonly (readonly [string, readonly PaymentReversal[]])[],
  since: number,
  faults: Lost[],
): Flow<void> {
  const outcomes = yield* together(elsewhere.map(([id, [back]]) => paymentById(id, back?.at ?? since, since)));
  outcomes.forEach((outcome, index) => {
    const id = elsewhere[index]?.[0] ?? '';
    if ('fault' in outcome) faults.push({ about: id, fault: outcome.fault });
    else if (outcome.value) found.set(id, outcome.value);
  });
}

function* completed(payment: PaymentSeen, told: readonly PaymentReversal[], now: Instant): Flow<PaymentSeen> {
  const isReturned = told.some((each) => each.reason === 'returned');
  const disputed = isReturned ? yield* disputesOf(payment.externalId) : [];
  return disputed.length > 0 ? yield* withDisputes(payment, told, disputed, now) : withReversals(payment, told);
}

const isTakenBack = (rows: readonly Json[] | undefined): boolean =>
  rows?.some((row) => row.opt('transaction_info.transaction_status') === 'V') ?? false;

/** PayPal says that all of it went back, and shows no row of how. */
const wholly = (payment: PaymentSeen, now: Instant): PaymentReversal => ({
  key: paypalKey(`${payment.externalId}:reversed`),
  reason: 'returned',
  state: 'final',
  amountCents: payment.amountCents,
  at: now,
  detail: 'V',
});

const aboutOf = (row: Json): string => row.opt('transaction_info.transaction_id') ?? 'a row without an id';
