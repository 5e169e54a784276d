/** Completes Square payments to the whole truth: their refunds, disputes and orders, and customers where nothing else tells. */
import type { PaymentSeen } from '../../domain/book';
import { isFault, isFaultError } from '../../http/faults';
import { Json } from '../../http/json';
import { inWaves } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpRequest } from '../../ports';
import type { Account, FeedPage, Flow } from '../connector';
import { get, listIn, objectIn, search, WAVE } from './api';
import { paymentOf } from './receipts';

type ById = Map<string, Json>;

/** What was found about payments before they are completed. */
export interface Found {
  readonly payments: ById;
  /** By refund id. */
  readonly refunds: ById;
  /** All that there are: disputes cannot be asked for by payment or by time. */
  readonly disputes: readonly Json[];
}

export interface Whole {
  readonly payments: readonly PaymentSeen[];
  readonly faults: FeedPage['faults'];
}

export const paymentIdOf = (dispute: Json): string | undefined => dispute.opt('disputed_payment.payment_id');

const MINUTE_MS = 60_000;
const MAX_ORDERS = 500;
/** The most locations that one search of orders takes. */
const MAX_LOCATIONS = 10;
/** Fewer orders than this are cheaper to read one by one. */
const WORTH_A_SEARCH = 6;

export function* complete(account: Account, found: Found): Flow<Whole> {
  const payments = [...found.payments.values()];
  const orders = yield* ordersBySearch(account, payments);
  const asked = [
    ...missing(payments.flatMap(refundIdsOf), found.refunds).map((id) => [id, 'refund'] as const),
    ...missing(
      payments.flatMap((payment) => payment.opt('order_id') ?? []),
      orders,
    ).map((id) => [id, 'order'] as const),
  ];
  const requests = asked.map(([id, kind]) => get(account, `/v2/${kind}s/${encodeURIComponent(id)}`));
  const single = yield* readEach(
    requests,
    asked.map(([, kind]) => kind),
  );
  const lost = new Map<string, Fault>();
  asked.forEach(([id, kind], index) => {
    const one = single[index];
    if (one instanceof Json) (kind === 'refund' ? found.refunds : orders).set(id, one);
    // An order may have been made and removed by another program: the payment is told without it.
    else if (one && (kind === 'refund' || one.fault !== 'missing')) lost.set(id, one);
  });
  return yield* mapped(account, payments, found, orders, lost);
}

function* mapped(
  account: Account,
  payments: readonly Json[],
  found: Found,
  orders: ById,
  lost: ReadonlyMap<string, Fault>,
): Flow<Whole> {
  const seen: PaymentSeen[] = [];
  const faults: FeedPage['faults'][number][] = [];
  for (const payment of payments) {
    const about = payment.str('id');
    const order = payment.opt('order_id') ?? '';
    const gap = [order, ...refundIdsOf(payment)].map((id) => lost.get(id)).find((each) => each);
    const told = gap ?? tell(payment, found, orders.get(order));
    if (told && 'fault' in told) faults.push({ about, fault: told });
    else if (told) seen.push(told);
  }
  return { payments: yield* withCustomers(account, seen), faults };
}

/** The payment seen, or why it cannot be told. */
function tell(payment: Json, { refunds, disputes }: Found, order: Json | undefined): PaymentSeen | Fault | undefined {
  const id = payment.str('id');
  const ids = refundIdsOf(payment);
  try {
    return paymentOf(payment, {
      order,
      refunds: [...refunds.values()].filter((each) => ids.includes(each.str('id')) || each.opt('payment_id') === id),
      disputes: disputes.filter((each) => paymentIdOf(each) === id),
    });
  } catch (error) {
    if (!isFaultError(error)) throw error;
    return error.fault;
  }
}

const refundIdsOf = (payment: Json): string[] =>
  payment.has('refund_ids') ? payment.list('refund_ids').map((each) => String(each.value)) : [];

const missing = (ids: readonly string[], known: ReadonlyMap<string, unknown>): string[] =>
  [...new Set(ids)].filter((id) => !known.has(id));

/** Reads objects side by side; each is the object or the fault that concerns it alone. */
export function* readEach(requests: readonly HttpRequest[], names: readonly string[]): Flow<readonly (Json | Fault)[]> {
  const outcomes = yield* inWaves(requests, WAVE);
  return outcomes.map((outcome, index) => (isFault(outcome) ? outcome : objectIn(outcome, names[index] ?? '')));
}

/**
 * Orders of many payments at once: an order closes when it is paid. What the searches do not show, such as the order of a bank
 * debit that is on its way, is left to single reads.
 */
function* ordersBySearch(account: Account, payments: readonly Json[]): Flow<ById> {
  const orders: ById = new Map();
  const paid = payments.filter((payment) => payment.has('order_id') && payment.opt('status') === 'COMPLETED');
  if (paid.length < WORTH_A_SEARCH) return orders;
  const at = (path: string): number[] => paid.map((payment) => payment.isoInstant(path));
  const start_at = new Date(Math.min(...at('created_at')) - MINUTE_MS).toISOString();
  const end_at = new Date(Math.max(...at('updated_at')) + MINUTE_MS).toISOString();
  const locations = [...new Set(paid.flatMap((payment) => payment.opt('location_id') ?? []))];
  const requests: HttpRequest[] = [];
  for (let from = 0; from < locations.length; from += MAX_LOCATIONS) {
    const filter = { state_filter: { states: ['COMPLETED'] }, date_time_filter: { closed_at: { start_at, end_at } } };
    const sort = { sort_field: 'CLOSED_AT', sort_order: 'DESC' };
    const location_ids = locations.slice(from, from + MAX_LOCATIONS);
    requests.push(search(account, '/v2/orders/search', { location_ids, query: { filter, sort }, limit: MAX_ORDERS }));
  }
  for (const outcome of yield* inWaves(requests, WAVE)) {
    if (isFault(outcome)) continue;
    for (const order of listIn(outcome, 'orders').items) orders.set(order.str('id'), order);
  }
  return orders;
}

/** A payment that names neither lease nor invoice may come from a customer who does: by our reference, or by mail. */
function* withCustomers(account: Account, payments: readonly PaymentSeen[]): Flow<readonly PaymentSeen[]> {
  const nameless = payments.filter((payment) => !payment.leaseRef && !payment.invoice && payment.customer);
  const ids = [...new Set(nameless.map((payment) => payment.customer as string))];
  if (ids.length === 0) return payments;
  const requests = ids.map((id) => get(account, `/v2/customers/${encodeURIComponent(id)}`));
  const read = yield* readEach(
    requests,
    ids.map(() => 'customer'),
  );
  const customers = new Map(ids.map((id, index) => [id, read[index]]));
  return payments.map((payment) => {
    const customer = nameless.includes(payment) ? customers.get(payment.customer ?? '') : undefined;
    if (!(customer instanceof Json)) return payment;
    const names = ['given_name', 'family_name', 'company_name'].map((name) => customer.opt(name));
    return {
      ...payment,
      leaseRef: customer.opt('reference_id'),
      payerEmail: payment.payerEmail ?? customer.opt('email_address'),
      payerName: payment.payerName ?? (names.filter((name) => name).join(' ') || undefined),
    };
  });
}
