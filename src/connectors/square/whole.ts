/** Completes Square payments to the whole truth: their refunds, disputes and orders, and customers where nothing else tells. */
import type { PaymentSeen } from '../../domain/book';
import { isFault, raise } from '../../http/faults';
import { Json } from '../../http/json';
import { askEach, chunks, inWaves } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { Account, Flow } from '../connector';
import { joined, MINUTE_MS, readRows, type Seen } from '../seen';
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

export const paymentIdOf = (dispute: Json): string | undefined => dispute.opt('disputed_payment.payment_id');

const MAX_ORDERS = 500;
/** The most locations that one search of orders takes. */
const MAX_LOCATIONS = 10;
/** Fewer orders than this are cheaper to read one by one. */
const WORTH_A_SEARCH = 6;

export function* complete(account: Account, found: Found): Flow<Seen> {
  const payments = [...found.payments.values()];
  const orders = yield* ordersBySearch(account, payments);
  const orderIds = payments.flatMap((payment) => payment.opt('order_id') ?? []);
  const single = yield* readEach(account, [
    ...named('refund', missing(payments.flatMap(refundIdsOf), found.refunds)),
    ...named('order', missing(orderIds, orders)),
  ]);
  const lost = new Map<string, Fault>();
  for (const [{ id, kind }, one] of single) {
    if (one instanceof Json) (kind === 'refund' ? found.refunds : orders).set(id, one);
    // An order may have been made and removed by another program: the payment is told without it.
    else if (kind === 'refund' || one.fault !== 'missing') lost.set(id, one);
  }
  return yield* mapped(account, payments, found, orders, lost);
}

function* mapped(
  account: Account,
  payments: readonly Json[],
  found: Found,
  orders: ById,
  lost: ReadonlyMap<string, Fault>,
): Flow<Seen> {
  const seen = readRows(
    payments,
    (payment) => payment.str('id'),
    (payment) => {
      const [id, order, ids] = [payment.str('id'), payment.opt('order_id') ?? '', refundIdsOf(payment)];
      const gap = [order, ...ids].map((each) => lost.get(each)).find((each) => each);
      if (gap) return raise(gap);
      return paymentOf(payment, {
        order: orders.get(order),
        refunds: [...found.refunds.values()].filter(
          (each) => ids.includes(each.str('id')) || each.opt('payment_id') === id,
        ),
        disputes: found.disputes.filter((each) => paymentIdOf(each) === id),
      });
    },
  );
  return { payments: yield* withCustomers(account, seen.found), faults: seen.faults };
}

const refundIdsOf = (payment: Json): string[] => payment.items('refund_ids').map((each) => String(each.value));

const missing = (ids: readonly string[], known: ReadonlyMap<string, unknown>): string[] =>
  [...new Set(ids)].filter((id) => !known.has(id));

interface Named {
  readonly kind: 'payment' | 'refund' | 'order' | 'customer';
  readonly id: string;
}

export const named = (kind: Named['kind'], ids: readonly string[]): readonly Named[] => ids.map((id) => ({ kind, id }));

/** Reads objects side by side; each beside the object or the fault that concerns it alone. */
export function* readEach(account: Account, all: readonly Named[]): Flow<readonly (readonly [Named, Json | Fault])[]> {
  const request = ({ kind, id }: Named) => get(account, `/v2/${kind}s/${encodeURIComponent(id)}`);
  const outcomes = yield* askEach(all, request, WAVE);
  return outcomes.map(([one, outcome]) => [one, isFault(outcome) ? outcome : objectIn(outcome, one.kind)]);
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
  const filter = { state_filter: { states: ['COMPLETED'] }, date_time_filter: { closed_at: { start_at, end_at } } };
  const query = { filter, sort: { sort_field: 'CLOSED_AT', sort_order: 'DESC' } };
  const requests = chunks(locations, MAX_LOCATIONS).map((location_ids) =>
    search(account, '/v2/orders/search', { location_ids, query, limit: MAX_ORDERS }),
  );
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
  const read = yield* readEach(account, named('customer', ids));
  const customers = new Map(read.map(([{ id }, one]) => [id, one]));
  return payments.map((payment) => {
    const customer = nameless.includes(payment) ? customers.get(payment.customer ?? '') : undefined;
    if (!(customer instanceof Json)) return payment;
    const names = ['given_name', 'family_name', 'company_name'].map((name) => customer.opt(name));
    return {
      ...payment,
      leaseRef: customer.opt('reference_id'),
      payerEmail: payment.payerEmail ?? customer.opt('email_address'),
      payerName: payment.payerName ?? (joined(names) || undefined),
    };
  });
}
