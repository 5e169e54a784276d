/** Completes Stripe objects to the whole truth: the payment, its refunds and its disputes, however they were found. */
import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import { bodyOf } from '../../http/body';
import { faultOf, isFault, type Outcome, raise, replyOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach, concernsOne, inWaves } from '../../http/paging';
import type { Fault } from '../../http/types';
import { asked, type Flow, type Lost } from '../connector';
import { byTime, readRows, type Seen } from '../seen';
import { expanded, get, idOf, listed, listOf, PAGE, WAVE } from './api';
import { paymentOf } from './receipts';
import { disputeOf, refundOf } from './reversals';

export const INTENT_EXPAND = ['latest_charge.balance_transaction'];
export const CHARGE_EXPAND = ['balance_transaction'];

/** An object that something was said about. */
export interface Touched {
  readonly id: string;
  readonly kind: 'payment_intents' | 'charges';
  /** What was said concerned a refund or a dispute. */
  readonly reversed: boolean;
  /** When it was made, if that was said: many intents of one time are then read with one list. */
  readonly createdSeconds?: number;
}

export interface Whole extends Seen {
  /** Objects that are no money yet, such as a card that was only authorised. */
  readonly notMoney: number;
}

/**
 * What an event's object, a refund or a dispute is about. Undefined when it is about no payment, such as a checkout that only
 * saves a card. Only ids are read: the object itself may be rendered in another API version.
 */
export function touchedBy(object: Json): Touched | undefined {
  const type = object.str('object');
  const reversed = type === 'refund' || type === 'dispute';
  if (type === 'payment_intent') {
    return { id: object.str('id'), kind: 'payment_intents', reversed, createdSeconds: object.int('created') };
  }
  const intent = idOf(object, 'payment_intent');
  if (intent) return { id: intent, kind: 'payment_intents', reversed };
  const charge = type === 'charge' ? object.str('id') : reversed ? idOf(object, 'charge') : undefined;
  return charge === undefined ? undefined : { id: charge, kind: 'charges', reversed };
}

/** Each object once, in the order of first mention. */
export function once(touched: readonly (Touched | undefined)[]): Touched[] {
  const byId = new Map<string, Touched>();
  for (const each of touched) {
    if (!each) continue;
    const { reversed = false, createdSeconds } = byId.get(each.id) ?? {};
    const merged = { reversed: reversed || each.reversed, createdSeconds: createdSeconds ?? each.createdSeconds };
    byId.set(each.id, { ...each, ...merged });
  }
  return [...byId.values()];
}

/** Reads the touched objects and completes them. An object that cannot be had is a named fault beside the others. */
export function* readTouched(touched: readonly Touched[]): Flow<Whole> {
  const inLists = yield* readByLists(touched);
  const single = touched.filter(({ id }) => !inLists.has(id));
  const request = ({ id, kind }: Touched) =>
    get(`/v1/${kind}/${encodeURIComponent(id)}`, { expand: kind === 'charges' ? CHARGE_EXPAND : INTENT_EXPAND });
  const lost: Lost[] = [];
  const found = new Map(inLists);
  for (const [{ id: about }, outcome] of yield* askEach(single, request, WAVE)) {
    if (isFault(outcome)) lost.push({ about, fault: outcome });
    else found.set(about, bodyOf(outcome, about));
  }
  const objects = touched.flatMap(({ id }) => found.get(id) ?? []);
  const reversed = new Set(touched.filter((each) => each.reversed).map((each) => each.id));
  const whole = yield* complete(objects, reversed);
  return { ...whole, faults: [...lost, ...whole.faults] };
}

/** Fewer intents than this are cheaper to read one by one. */
const WORTH_A_LIST = 6;
const MAX_LISTS = 5;

/**
 * Rent is paid in bursts: the hundred intents of one autopay run were made within minutes, so that one list by creation
 * time reads what would be a hundred calls. What the lists do not show is left to single reads.
 */
function* readByLists(touched: readonly Touched[]): Flow<ReadonlyMap<string, Json>> {
  const found = new Map<string, Json>();
  const timed = touched.filter((each) => each.createdSeconds !== undefined);
  const createdOf = ({ createdSeconds = 0 }: Touched): number => createdSeconds;
  const wanted = new Set(timed.map(({ id }) => id));
  for (let lists = 0; lists < MAX_LISTS; lists++) {
    const times = timed.filter(({ id }) => !found.has(id)).map(createdOf);
    if (times.length < WORTH_A_LIST) break;
    const created = { gte: Math.min(...times), lte: Math.max(...times) };
    const expand = INTENT_EXPAND.map((path) => `data.${path}`);
    const reply = yield* asked(get('/v1/payment_intents', { limit: PAGE, created, expand }));
    const { items } = listOf(reply, 'payment_intents');
    const news = items.filter((item) => wanted.has(item.str('id')) && !found.has(item.str('id')));
    if (news.length === 0) break;
    for (const item of news) found.set(item.str('id'), item);
  }
  return found;
}

/** Adds refunds and disputes where there are any, and maps. `reversed` holds ids known to have some. */
export function* complete(objects: readonly Json[], reversed: ReadonlySet<string> = new Set()): Flow<Whole> {
  const nameOf = (object: Json): string => object.str('id');
  const lists = yield* reversalsOf(objects.filter((each) => reversed.has(nameOf(each)) || mayBeReversed(each)));
  const { found, faults } = readRows(objects, nameOf, (object) =>
    paymentOf(object, reversalsIn(object, lists.get(nameOf(object)))),
  );
  const notMoney = objects.length - found.length - faults.length;
  return { payments: yield* withCustomerMail(found), faults, notMoney };
}

/**
 * A payment that names neither a lease nor a payer's address may still come from a known customer: its address is asked
 * for. A restricted key that may not read customers only leaves the payment to a person.
 */
function* withCustomerMail(payments: readonly PaymentSeen[]): Flow<readonly PaymentSeen[]> {
  const nameless = payments.filter((payment) => !payment.leaseRef && !payment.payerEmail && payment.customer);
  const customers = [...new Set(nameless.map((payment) => payment.customer as string))];
  if (customers.length === 0) return payments;
  const known = new Map<string, Json>();
  try {
    const outcomes = yield* askEach(customers, (id) => get(`/v1/customers/${encodeURIComponent(id)}`), WAVE);
    for (const [id, outcome] of outcomes) if (!isFault(outcome)) known.set(id, bodyOf(outcome, id));
  } catch (error) {
    // The payments themselves were read with this key, so a refusal here is about customers alone.
    if (faultOf(error).fault === 'auth') return payments;
    throw error;
  }
  return payments.map((payment) => {
    const customer = nameless.includes(payment) ? known.get(payment.customer ?? '') : undefined;
    const payerEmail = customer?.opt('email');
    return payerEmail ? { ...payment, payerEmail, payerName: payment.payerName ?? customer?.opt('name') } : payment;
  });
}

const chargeOf = (object: Json): Json | undefined =>
  object.str('object') === 'charge' ? object : expanded(object, 'latest_charge');

/** The charge says so; when it was not expanded nobody can tell, so they are asked for. */
function mayBeReversed(object: Json): boolean {
  const charge = chargeOf(object);
  if (!charge) return object.has('latest_charge');
  const { value } = charge.at('amount_refunded');
  return (
    charge.at('refunded').value === true || charge.at('disputed').value === true || (value !== undefined && value !== 0)
  );
}

const REFUNDS = '/v1/refunds';
const DISPUTES = '/v1/disputes';

interface Reversed {
  readonly refunds: readonly Json[];
  readonly disputes: readonly Json[];
  readonly lost?: Fault;
}

function* reversalsOf(objects: readonly Json[]): Flow<ReadonlyMap<string, Reversed>> {
  const filterOf = (object: Json) => ({ [object.str('object')]: object.str('id') });
  const requests = objects.flatMap((object) =>
    [REFUNDS, DISPUTES].map((path) => get(path, { ...filterOf(object), limit: PAGE })),
  );
  const outcomes = yield* inWaves(requests, WAVE);
  const found = new Map<string, Reversed>();
  for (const [index, object] of objects.entries()) {
    const id = object.str('id');
    const [first, second] = outcomes.slice(index * 2) as [Outcome, Outcome];
    try {
      const refunds = yield* listed(REFUNDS, filterOf(object), replyOf(first));
      const disputes = yield* listed(DISPUTES, filterOf(object), replyOf(second));
      found.set(id, { refunds, disputes });
    } catch (error) {
      const lost = faultOf(error);
      if (!concernsOne(lost)) throw error;
      found.set(id, { refunds: [], disputes: [], lost });
    }
  }
  return found;
}

function reversalsIn(object: Json, lists: Reversed | undefined): readonly PaymentReversal[] {
  if (!lists) return [];
  // Without its reversals the payment would not be the whole truth, so it is not told at all.
  if (lists.lost) return raise(lists.lost);
  const methodType = chargeOf(object)?.opt('payment_method_details.type');
  const all = [...lists.refunds.map(refundOf), ...lists.disputes.map((dispute) => disputeOf(dispute, methodType))];
  return all.filter((each): each is PaymentReversal => each !== undefined).sort(byTime);
}
