/**
 * Invoices of Square: an order, an invoice on it, and its publication. Square's API has no series of invoices, so a recurring one
 * is an invoice for each period, made by our daily run.
 */
import { addDays } from '../../domain/calendar';
import { bodyOf } from '../../http/body';
import { fail, faultOf } from '../../http/faults';
import { Json } from '../../http/json';
import { ifThere } from '../../http/paging';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { DAY_MS } from '../seen';
import { paidBy, withPage } from '../wishes';
import { get, isConflict, keyed, listIn, objectIn, post, remove, search } from './api';
import {
  type Customer,
  cardFor,
  customerFor,
  customerOf,
  dueOf,
  mainLocation,
  orderOf,
  todayAt,
  type Wish,
  wishOf,
} from './wish';

/** An invoice whose due date lies further ahead goes out so many days before it. */
const LEAD_DAYS = 5;
/** A poll within this time has brought a payment to the ledger. */
const SEEN_MS = DAY_MS;
const PAGE = 200;
/** Of one customer, newest first: a thousand invoices are decades of rent. */
const MAX_PAGES = 5;

/**
 * What an invoice under our number means when it is met again: `open` asks for money, `kept` has it or will have it, `over` asks
 * for none and never will.
 */
const STATES: Readonly<Record<string, 'draft' | 'open' | 'kept' | 'over'>> = {
  DRAFT: 'draft',
  SCHEDULED: 'open',
  UNPAID: 'open',
  PARTIALLY_PAID: 'open',
  PAYMENT_PENDING: 'kept',
  PAID: 'kept',
  PARTIALLY_REFUNDED: 'kept',
  REFUNDED: 'over',
  CANCELED: 'over',
  FAILED: 'over',
};
export const stateOf = (invoice: Json) => invoice.oneOf('status', STATES);

/**
 * Asks for the amount by an invoice under our number. What is there already under it is looked at first: an invoice that asks for
 * the amount is settled, one that asks for another is cancelled for a new one, and nothing is asked for twice.
 */
export const invoice: Effect = {
  once: 'lookup',
  *run(context) {
    const { account } = context;
    const wish = wishOf(context);
    const customer = yield* customerFor(account, wish);
    const earlier = customer.isNew ? [] : yield* numbered(account, wish.number, customer.id);
    const open = earlier.find((each) => ['draft', 'open'].includes(stateOf(each)));
    if (open && asksFor(open) === wish.money.amount) return refOf(yield* published(account, open, context.key));
    if (open) yield* ended(account, open);
    const served = open ? undefined : yield* servedBy(context, wish, earlier);
    if (served) return refOf(served);
    const number = earlier.length === 0 ? wish.number : `${wish.number}-${earlier.length + 1}`;
    return refOf(yield* published(account, yield* drafted(context, wish, number, customer), context.key));
  },
};

/**
 * The invoice that this very wish has made and that was paid meanwhile. One of an earlier wish whose money the ledger cannot have
 * seen yet is a fault. Money that it has seen, and that is owed all the same, went back: it is asked for anew.
 */
function* servedBy({ account, now }: EffectContext, wish: Wish, earlier: readonly Json[]): Flow<Json | undefined> {
  const kept = earlier.find((each) => stateOf(each) === 'kept');
  if (!kept) return undefined;
  const order = yield* asked(get(account, `/v2/orders/${encodeURIComponent(kept.str('order_id'))}`));
  if (objectIn(order, 'order').opt('metadata.effect') === wish.effect) return kept;
  const status = kept.str('status');
  const isNews = status === 'PAID' && kept.isoInstant('updated_at') > now - SEEN_MS;
  if (!isNews && status !== 'PAYMENT_PENDING') return undefined;
  return fail('rejected', `Invoice ${wish.number} is ${status} at Square already. The next poll brings its payment.`);
}

/** The vendor's id, and the address of its page once it has gone out. */
function refOf(one: Json): string {
  return withPage(one.str('id'), one.opt('public_url'));
}

const asksFor = (one: Json): number => {
  const open = one.has('next_payment_amount_money')
    ? 'next_payment_amount_money'
    : 'payment_requests.0.computed_amount_money';
  return one.minor(`${open}.amount`);
};

/** All invoices under the number, newest first. A number that a cancelled invoice had used up goes on as `RL-…-2`. */
function* numbered(account: Account, number: string, customer: string): Flow<readonly Json[]> {
  const query = {
    filter: { location_ids: [mainLocation(account)], customer_ids: [customer] },
    sort: { field: 'INVOICE_SORT_DATE', order: 'DESC' },
  };
  const found: Json[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const reply = yield* asked(search(account, '/v2/invoices/search', { query, limit: PAGE, cursor }));
    const list = listIn(reply, 'invoices');
    found.push(...list.items.filter((each) => `${each.opt('invoice_number')}-`.startsWith(`${number}-`)));
    cursor = list.next;
    if (cursor === undefined) break;
  }
  return found;
}

function* drafted(context: EffectContext, wish: Wish, number: string, customer: Customer): Flow<Json> {
  const { account, key } = context;
  const card = yield* cardFor(account, wish, customer.id);
  const order = orderOf(account, wish, customer.id);
  const made = objectIn(yield* asked(keyed(account, '/v2/orders', { order }, `${key} ${number}`)), 'order');
  const body = { invoice: invoiceBody(context, { ...wish, card }, number, customer, made.str('id')) };
  return objectIn(yield* asked(keyed(account, '/v2/invoices', body, key)), 'invoice');
}

function invoiceBody(context: EffectContext, wish: Wish, number: string, customer: Customer, order: string) {
  const today = todayAt(context);
  const due = dueOf(context);
  const sent = addDays(due, -LEAD_DAYS);
  const pays = wish.card ? { automatic_payment_source: 'CARD_ON_FILE', card_id: wish.card } : NO_CARD;
  return {
    location_id: mainLocation(context.account),
    order_id: order,
    primary_recipient: { customer_id: customer.id },
    payment_requests: [{ request_type: 'BALANCE', due_date: due < today ? today : due, ...pays }],
    // Square wants mail where it charges by itself.
    delivery_method: wish.card || (customer.hasMail && !isShown(context)) ? 'EMAIL' : 'SHARE_MANUALLY',
    invoice_number: number,
    title: wish.description,
    scheduled_at: sent > today ? `${sent}T15:00:00Z` : undefined,
    accepted_payment_methods: {
      card: true,
      // Bank debits by invoice are of the United States only.
      bank_account: wish.money.currency === 'USD',
      square_gift_card: false,
      buy_now_pay_later: false,
      cash_app_pay: false,
    },
    store_payment_method_enabled: wish.card === undefined,
  };
}

/** Whoever asked for it has it before them: no mail of Square follows. */
const isShown = ({ payload }: EffectContext): boolean => payload.shown === true;

const NO_CARD = { automatic_payment_source: 'NONE' };

/** Publishes a draft; one that went out already is left as it is. */
function* published(account: Account, one: Json, key: string): Flow<Json> {
  if (stateOf(one) !== 'draft') return one;
  return yield* byVersion(account, one, (now) =>
    stateOf(now) === 'draft'
      ? keyed(account, `${pathOf(now)}/publish`, { version: now.int('version') }, key)
      : undefined,
  );
}

const pathOf = (one: Json): string => `/v2/invoices/${encodeURIComponent(one.str('id'))}`;

/**
 * Does what is told by the version of an invoice. When somebody has changed it in between it is read again, once, and what is to do
 * is asked again.
 */
function* byVersion(account: Account, one: Json, toDo: (now: Json) => HttpRequest | undefined): Flow<Json> {
  const request = toDo(one);
  if (!request) return one;
  try {
    return resultOf(one, yield* asked(request));
  } catch (error) {
    if (!isConflict(faultOf(error))) throw error;
  }
  const now = objectIn(yield* asked(get(account, pathOf(one))), 'invoice');
  const again = toDo(now);
  return again ? resultOf(now, yield* asked(again)) : now;
}

/** A draft that was deleted comes back as nothing. */
const resultOf = (one: Json, reply: HttpReply): Json =>
  bodyOf(reply, 'answer').has('invoice') ? objectIn(reply, 'invoice') : one;

// ---------------------------------------------------------------- cancelling

/**
 * Takes an invoice back: payload `{ leaseId, number, customer? }`, or `{ invoice }` with what the effect `invoice` gave. A draft is
 * deleted, one that asks for money is cancelled, and one that has it is left: a refund is a person's business at Square. With
 * `unlessPaid` that, and one that was never made, is what was wished for; else it is a fault. With `tellsIfPaid` the reference of one
 * that is left is `paid <payment>`.
 */
export const cancelInvoice: Effect = {
  once: 'lookup',
  *run({ account, payload, attempt }) {
    const told = new Json(payload, 'payload');
    const ref = told.opt('invoice');
    const name = ref?.split(' ')[0] ?? told.str('number');
    const found = ref ? yield* byId(account, name) : yield* byNumber(account, told);
    const isKept = found !== undefined && stateOf(found) === 'kept';
    if (payload.unlessPaid === true && (!found || isKept))
      return found && payload.tellsIfPaid === true ? paidBy((yield* paymentOn(account, found)) ?? name) : name;
    if (found) yield* ended(account, found);
    // A draft that an earlier try has deleted is gone: so the name that it was asked by is all that a repeat can give.
    if (found || attempt > 1) return name;
    return fail('missing', `There is no invoice ${name} at Square.`);
  },
};

/** The newest payment on an invoice. */
export function* paymentOn(account: Account, one: Json): Flow<string | undefined> {
  const order = objectIn(yield* asked(get(account, `/v2/orders/${encodeURIComponent(one.str('order_id'))}`)), 'order');
  return order.items('tenders')[0]?.opt('payment_id');
}

export function* byId(account: Account, id: string): Flow<Json | undefined> {
  const reply = yield* ifThere(asked(get(account, `/v2/invoices/${encodeURIComponent(id)}`)));
  return reply && objectIn(reply, 'invoice');
}

function* byNumber(account: Account, told: Json): Flow<Json | undefined> {
  const number = told.str('number');
  const customer = told.opt('customer') ?? (yield* customerOf(account, told.str('leaseId')))?.id;
  const found = customer ? yield* numbered(account, number, customer) : [];
  return found.find((each) => stateOf(each) !== 'over') ?? found[0];
}

export function* ended(account: Account, one: Json): Flow<Json> {
  return yield* byVersion(account, one, (now) => {
    const version = now.int('version');
    switch (stateOf(now)) {
      case 'draft':
        return remove(account, pathOf(now), { version });
      case 'open':
        return post(account, `${pathOf(now)}/cancel`, { version });
      case 'over':
        return undefined;
      case 'kept':
        return fail('rejected', keptWords(now));
    }
  });
}

const keptWords = (one: Json): string => {
  const name = one.opt('invoice_number') ?? one.str('id');
  return `Invoice ${name} cannot be cancelled: it is ${one.str('status')} at Square. Refund the payment there.`;
};
