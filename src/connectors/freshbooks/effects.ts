/**
 * What the ledger writes into FreshBooks. There are no idempotency keys, so every flow looks for our number first, among
 * deleted objects too: FreshBooks takes an invoice number once, and what was deleted is restored rather than made anew.
 */
import type { BookCustomer, InvoiceWish, PaymentWish } from '../../domain/books';
import { daysBetween } from '../../domain/calendar';
import { decimal } from '../../domain/money';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { creditWish, invoiceWish, paymentWish } from '../wishes';
import { all, CLIENTS, DELETED, INVOICES, idOf, type Noun, PAYMENTS, type Search, written } from './api';
import { deleted } from './payments';

// ---------------------------------------------------------------- looking for our number

/** All rows of a search, each of which must bear our text: a list that shows others did not heed it, and proves nothing. */
function* searched(account: Account, noun: Noun, search: Search, bears: (row: Json) => boolean): Flow<readonly Json[]> {
  const rows = yield* all(account, noun, search);
  return rows.every(bears) ? rows : fail('malformed', `FreshBooks lists ${noun.many} that were not asked for.`);
}

/** The row that bears our text, the living one first. */
function* find(account: Account, noun: Noun, search: Search, bears: (row: Json) => boolean): Flow<Json | undefined> {
  const [living] = yield* searched(account, noun, search, bears);
  return living ?? (yield* searched(account, noun, { ...search, vis_state: DELETED }, bears))[0];
}

const invoiceBy = (account: Account, number: string): Flow<Json | undefined> =>
  find(account, INVOICES, { invoice_number: number }, (row) => row.opt('invoice_number') === number);

const paymentBy = (account: Account, number: string): Flow<Json | undefined> =>
  find(account, PAYMENTS, { notes: number }, (row) => (row.opt('note') ?? '').includes(number));

/** Alone in its request: FreshBooks silently throws away whatever stands beside the visible state or an action. */
const visible = (account: Account, noun: Noun, id: string, isGone: boolean): Flow<Json> =>
  written(account, noun, { vis_state: isGone ? DELETED : 0 }, id);

// ---------------------------------------------------------------- clients

const noteOf = (id: string): string => `Rent Ledger lease ${id}`;

/** The client of the lease, found by the line in its note; one that was deleted is left alone and made anew. */
function* clientOf(account: Account, customer: BookCustomer): Flow<string> {
  const line = noteOf(customer.leaseId);
  const linesOf = (row: Json) => (row.opt('note') ?? '').split(/\r?\n/).map((each) => each.trim());
  const bears = (row: Json) => (row.opt('note') ?? '').includes(line);
  const rows = yield* searched(account, CLIENTS, { note_like: line }, bears);
  const known = rows.find((row) => linesOf(row).includes(line));
  if (known) return idOf(known, 'id');
  const made = yield* written(account, CLIENTS, {
    organization: customer.name,
    fname: customer.residents,
    email: customer.email,
    mob_phone: customer.phone,
    note: line,
  });
  return idOf(made, 'id');
}

// ---------------------------------------------------------------- invoices

export const invoice: Effect = {
  once: 'lookup',
  *run({ account, payload }) {
    const wish = invoiceWish(payload);
    const there = yield* invoiceBy(account, wish.number);
    if (wish.gone) return there ? yield* withdrawn(account, wish, there) : wish.number;
    const made = there ? yield* brought(account, wish, there) : yield* billed(account, wish);
    return idOf(yield* sent(account, made), 'id');
  },
};

/** An invoice that was paid is not deleted: its payments would hang in the air. They are taken out by wishes of their own. */
function* withdrawn(account: Account, { number, currency: code }: InvoiceWish, there: Json): Flow<string> {
  const id = idOf(there, 'id');
  if (deleted(there)) return id;
  if (there.decimal('paid.amount', code) !== 0)
    return later(`The invoice ${number} still has payments in FreshBooks; it is deleted once they are gone.`);
  yield* visible(account, INVOICES, id, true);
  return id;
}

function* billed(account: Account, wish: InvoiceWish): Flow<Json> {
  const customerid = Number(yield* clientOf(account, wish.customer));
  return yield* written(account, INVOICES, {
    customerid,
    invoice_number: wish.number,
    po_number: wish.customer.leaseId,
    currency_code: wish.currency,
    ...contentOf(wish),
  });
}

/** Restores the invoice where it was deleted, and changes what is not as it ought to be. */
function* brought(account: Account, wish: InvoiceWish, there: Json): Flow<Json> {
  const id = idOf(there, 'id');
  const now = deleted(there) ? yield* visible(account, INVOICES, id, false) : there;
  const isRight =
    now.decimal('amount.amount', wish.currency) === wish.amountCents &&
    now.str('create_date') === wish.day &&
    now.int('due_offset_days') === offsetOf(wish);
  return isRight ? now : yield* written(account, INVOICES, contentOf(wish), id);
}

/** A bill cannot fall due before it was made. */
const offsetOf = ({ day, due }: InvoiceWish): number => Math.max(0, daysBetween(day, due));

const contentOf = (wish: InvoiceWish) => ({
  create_date: wish.day,
  due_offset_days: offsetOf(wish),
  lines: [
    {
      type: 0,
      name: wish.type,
      description: wish.description,
      qty: 1,
      unit_cost: { amount: decimal(wish.amountCents, wish.currency), code: wish.currency },
    },
  ],
});

/** A draft is in no report of FreshBooks. Nobody is mailed. */
function* sent(account: Account, row: Json): Flow<Json> {
  const isDraft = ['draft', 'created'].includes(row.str('v3_status'));
  return isDraft ? yield* written(account, INVOICES, { action_mark_as_sent: true }, idOf(row, 'id')) : row;
}

// ---------------------------------------------------------------- money and credit on an invoice

/** A payment that another platform or a person brought, or credit, which FreshBooks takes as a payment of that type. */
interface Applied extends Omit<PaymentWish, 'source' | 'reference'> {
  readonly type: 'Other' | 'Credit';
  readonly note: string;
}

/** The type is `Other`: how the resident paid stands in the note. */
export const payment: Effect = {
  once: 'lookup',
  *run(context) {
    const wish = paymentWish(context.payload);
    const note = `${wish.number} ${wish.source} ${wish.reference}`.trim();
    return yield* applied(context, { ...wish, type: 'Other', note });
  },
};

export const credit: Effect = {
  once: 'lookup',
  *run(context) {
    const wish = creditWish(context.payload);
    return yield* applied(context, { ...wish, type: 'Credit', note: `${wish.number} ${wish.reason}`.trim() });
  },
};

/** How long a wish waits for the one that it needs. */
const WAIT_SECONDS = 600;
const later = (why: string): never => fail('busy', why, { retryAfterSeconds: WAIT_SECONDS });

function* applied({ account }: EffectContext, wish: Applied): Flow<string> {
  const there = yield* paymentBy(account, wish.number);
  if (!there) return wish.gone ? wish.number : yield* recorded(account, wish);
  const id = idOf(there, 'id');
  const now = deleted(there) === wish.gone ? there : yield* visible(account, PAYMENTS, id, wish.gone);
  if (wish.gone || isAsWished(now, wish)) return id;
  yield* written(account, PAYMENTS, { amount: moneyOf(wish), date: wish.day }, id);
  return id;
}

const isAsWished = (row: Json, { amountCents, currency: code, day }: Applied): boolean =>
  row.decimal('amount.amount', code) === amountCents && row.str('date') === day;

const moneyOf = ({ amountCents, currency: code }: Applied) => ({ amount: decimal(amountCents, code), code });

function* recorded(account: Account, wish: Applied): Flow<string> {
  const bill = yield* invoiceBy(account, wish.invoice);
  if (!bill) return later(`The invoice ${wish.invoice} is not in FreshBooks yet; what is put on it follows.`);
  if (deleted(bill)) return fail('rejected', `The invoice ${wish.invoice} was deleted in FreshBooks.`);
  // More than is open would silently become a credit of the client.
  if (bill.decimal('outstanding.amount', wish.currency) < wish.amountCents)
    return later(`The invoice ${wish.invoice} has less open in FreshBooks than what is put on it, which waits.`);
  const made = yield* written(account, PAYMENTS, {
    invoiceid: Number(idOf(bill, 'id')),
    amount: moneyOf(wish),
    date: wish.day,
    type: wish.type,
    note: wish.note,
  });
  return idOf(made, 'id');
}
