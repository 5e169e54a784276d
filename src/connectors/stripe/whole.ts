/** Completes Stripe objects to the whole truth: the payment, its refunds and its disputes, however they were found. */
import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import { type FaultError, fail, isFault, isFaultError, type Outcome } from '../../http/faults';
import type { Json } from '../../http/json';
import { concernsOne, everyPage, inWaves, type Page } from '../../http/paging';
import type { HttpReply } from '../../ports';
import type { FeedPage, Flow } from '../connector';
import { bodyOf, expanded, get, idOf, listOf, PAGE, WAVE } from './api';
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

export interface Whole {
  readonly payments: readonly PaymentSeen[];
  readonly faults: FeedPage['faults'];
  /** Objects that are no money yet, such as a card that was only authorised. */
  readonly notMoney: number;
}

/** A list of this many pages for one payment is not a list of refunds. */
const MAX_PAGES = 20;

/**
 * What an event's object, a refund or a dispute is about. Undefined when it is about no payment, such as a checkout
 * that
 * only saves a card. Only ids are read: the object itself may be rendered in another API version.
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
  const listed = yield* readByLists(touched);
  const single = touched.filter(({ id }) => !listed.has(id));
  const requests = single.map(({ id, kind }) =>
    get(`/v1/${kind}/${encodeURIComponent(id)}`, { expand: kind === 'charges' ? CHARGE_EXPAND : INTENT_EXPAND }),
  );
  const outcomes = yield* inWaves(requests, WAVE);
  const lost: FeedPage['faults'][number][] = [];
  const found = new Map(listed);
  outcomes.forEach((outcome, index) => {
    const about = single[index]?.id ?? '';
    if (isFault(outcome)) lost.push({ about, fault: outcome });
    else found.set(about, bodyOf(outcome, about));
  });
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
    const replies = yield [get('/v1/payment_intents', { limit: PAGE, created, expand })];
    const items = replies[0] ? listOf(replies[0], 'payment_intents').items : [];
    const news = items.filter((item) => wanted.has(item.str('id')) && !found.has(item.str('id')));
    if (news.length === 0) break;
    for (const item of news) found.set(item.str('id'), item);
  }
  return found;
}

/** Adds refunds and disputes where there are any, and maps. `reversed` holds ids known to have some. */
export function* complete(objects: readonly Json[], reversed: ReadonlySet<string> = new Set()): Flow<Whole> {
  const ids = objects.map((object) => object.str('id'));
  const asked = objects.filter((object, index) => reversed.has(ids[index] ?? '') || mayBeReversed(object));
  const lists = yield* reversalsOf(asked);
  const payments: PaymentSeen[] = [];
  const faults: FeedPage['faults'][number][] = [];
  let notMoney = 0;
  objects.forEach((object, index) => {
    const about = ids[index] ?? '';
    try {
      const payment = paymentOf(object, reversalsIn(object, lists.get(about)));
      if (payment) payments.push(payment);
      else notMoney++;
    } catch (error) {
      if (!isFaultError(error)) throw error;
      faults.push({ about, fault: error.fault });
    }
  });
  return { payments: yield* withCustomerMail(payments), faults, notMoney };
}

/**
 * A payment that names neither a lease nor a payer's address may still come from a known customer: its address is asked
 * for. A restricted key that may not read customers only leaves the payment to a person.
 */
function* withCustomerMail(payments: readonly PaymentSeen[]): Flow<readonly PaymentSeen[]> {
  const nameless = payments.filter((payment) => !payment.leaseRef && !payment.payerEmail && payment.customer);
  const customers = [...new Set(nameless.map((payment) => payment.customer as string))];
  if (customers.length === 0) return payments;
  const requests = customers.map((id) => get(`/v1/customers/${encodeURIComponent(id)}`));
  let outcomes: readonly Outcome[];
  try {
    outcomes = yield* inWaves(requests, WAVE);
  } catch (error) {
    // The payments themselves were read with this key, so a refusal here is about customers alone.
    if (isFaultError(error) && error.fault.fault === 'auth') return payments;
    throw error;
  }
  const known = new Map<string, { readonly email?: string | undefined; readonly name?: string | undefined }>();
  outcomes.forEach((outcome, index) => {
    const id = customers[index] ?? '';
    if (isFault(outcome)) return;
    const customer = bodyOf(outcome, id);
    known.set(id, { email: customer.opt('email'), name: customer.opt('name') });
  });
  return payments.map((payment) => {
    const told = nameless.includes(payment) ? known.get(payment.customer ?? '') : undefined;
    const payerName = payment.payerName ?? told?.name;
    return told?.email ? { ...payment, payerEmail: told.email, ...(payerName ? { payerName } : {}) } : payment;
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

interface Reversed {
  readonly refunds: readonly Json[];
  readonly disputes: readonly Json[];
  readonly error?: FaultError;
}

function* reversalsOf(objects: readonly Json[]): Flow<ReadonlyMap<string, Reversed>> {
  const requests = objects.flatMap((object) => {
    const filter = { [object.str('object')]: object.str('id'), limit: PAGE };
    return [get('/v1/refunds', filter), get('/v1/disputes', filter)];
  });
  const outcomes = yield* inWaves(requests, WAVE);
  const found = new Map<string, Reversed>();
  for (const [index, object] of objects.entries()) {
    const id = object.str('id');
    const filter = { [object.str('object')]: id };
    try {
      const refunds = yield* rest('/v1/refunds', filter, outcomes[index * 2]);
      const disputes = yield* rest('/v1/disputes', filter, outcomes[index * 2 + 1]);
      found.set(id, { refunds, disputes });
    } catch (error) {
      if (!isFaultError(error) || !concernsOne(error.fault)) throw error;
      found.set(id, { refunds: [], disputes: [], error });
    }
  }
  return found;
}

/** The items of a first page already had, and of the pages after it. */
function* rest(
  path: string,
  filter: Readonly<Record<string, string>>,
  outcome: Outcome | undefined,
): Flow<readonly Json[]> {
  if (!outcome) return fail('malformed', `Nothing came back for ${path}.`);
  if (isFault(outcome)) return fail(outcome.fault, outcome.message, outcome);
  const pageOf = (reply: HttpReply): Page<Json> => {
    const { items, hasMore } = listOf(reply, path);
    const last = items[items.length - 1]?.str('id');
    if (hasMore && last === undefined) return fail('malformed', `An empty page of ${path} says that more follows.`);
    return hasMore ? { items, next: get(path, { ...filter, limit: PAGE, starting_after: last }) } : { items };
  };
  const first = pageOf(outcome);
  return first.next ? [...first.items, ...(yield* everyPage(first.next, pageOf, MAX_PAGES))] : first.items;
}

function reversalsIn(object: Json, lists: Reversed | undefined): readonly PaymentReversal[] {
  if (!lists) return [];
  // Without its reversals the payment would not be the whole truth, so it is not told at all.
  if (lists.error) throw lists.error;
  const methodType = chargeOf(object)?.opt('payment_method_details.type');
  const all = [...lists.refunds.map(refundOf), ...lists.disputes.map((dispute) => disputeOf(dispute, methodType))];
  return all
    .filter((each): each is PaymentReversal => each !== undefined)
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}
