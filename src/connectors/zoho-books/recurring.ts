/** The offers `repeat` and `unrepeat`: Zoho Books bills the rent of a lease itself, from period to period, until it is stopped. */
import { customerName } from '../../domain/mirror';
import { toNumber } from '../../domain/money';
import { currency as asCurrency, leaseId } from '../../domain/values';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import type { HttpRequest } from '../../ports';
import { type Account, asked, autopayIn, type Effect, type Flow } from '../connector';
import { PERIODS } from '../wishes';
import { answered, get, rowsOf, wordsIn, write } from './api';
import { leaseReference } from './feed';
import { contactFor, sameCurrency } from './there';

/** By which the recurring invoice of a lease is found again. */
const recurrenceName = (lease: string): string => `Rent Ledger ${lease}`;

const MEMBER = 'recurring_invoice';

const listOf = (account: Account, lease: string, status?: 'active' | 'stopped'): HttpRequest =>
  get(account, '/recurringinvoices', { recurrence_name: recurrenceName(lease), ...(status ? { status } : {}) });

/** Its id among all of that name, or among those of that status. */
function* found(account: Account, lease: string, status?: 'active' | 'stopped'): Flow<string | undefined> {
  const { rows } = rowsOf(yield* asked(listOf(account, lease, status)), 'recurring_invoices');
  return rows.find((row) => row.str('recurrence_name') === recurrenceName(lease))?.str('recurring_invoice_id');
}

/** Makes it, changes its amount, or resumes it, whichever is needed. */
export const repeat: Effect = {
  once: 'lookup',
  *run({ payload, account }) {
    const offer = new Json(payload, 'payload');
    const lease = offer.str('leaseId');
    sameCurrency(account, asCurrency(offer.str('currency')));
    offer.positive('amountCents');
    const id = (yield* found(account, lease)) ?? (yield* created(account, offer));
    const there = yield* answered(get(account, `/recurringinvoices/${id}`), MEMBER, id);
    if (!isAsOffered(there, offer)) yield* corrected(account, there, offer);
    const isStopped = (yield* found(account, lease, 'stopped')) === id;
    if (isStopped) yield* asked(status(account, id, 'resume'));
    return id;
  },
  link: (ref) => ({ kind: 'autopay', externalId: ref }),
};

function* created(account: Account, offer: Json): Flow<string> {
  const lease = leaseId(offer.str('leaseId'));
  const residents = offer.str('name');
  const customer = yield* contactFor(account, {
    leaseId: lease,
    name: customerName(residents, lease),
    residents,
    email: offer.opt('email'),
    phone: offer.opt('phone'),
  });
  const { rate, name } = lineOf(account, offer);
  const body = {
    ...headOf(offer, customer),
    end_date: offer.has('end') ? offer.day('end') : undefined,
    // The day on which it is sent is the day on which it is due.
    start_date: offer.day('due'),
    // The documents name a line's total within the line and its rate outside; an update takes both within.
    line_items: [{ name, quantity: 1, item_total: rate }],
    name,
    rate,
    quantity: 1,
  };
  return (yield* answered(write('POST', account, '/recurringinvoices', body), MEMBER)).str('recurring_invoice_id');
}

function headOf(offer: Json, customer: string) {
  const lease = offer.str('leaseId');
  const { unit, count } = offer.oneOf('frequency', PERIODS);
  return {
    recurrence_name: recurrenceName(lease),
    reference_number: leaseReference(lease),
    customer_id: customer,
    recurrence_frequency: `${unit}s`,
    repeat_every: count,
  };
}

function lineOf({ ZOHO_ITEM: item = '' }: Account, offer: Json) {
  const rate = toNumber(offer.minor('amountCents'), asCurrency(offer.str('currency')));
  return { item_id: item, name: 'rent', description: offer.str('description'), rate, quantity: 1 };
}

function isAsOffered(there: Json, offer: Json): boolean {
  const lines = there.list('line_items');
  const currency = asCurrency(offer.str('currency'));
  return lines.length === 1 && lines[0]?.decimal('item_total', currency) === offer.minor('amountCents');
}

/** Writes the amount anew. Should Zoho Books still bill another one it is stopped: a wrong bill is worse than none. */
function* corrected(account: Account, there: Json, offer: Json): Flow<void> {
  const id = there.str('recurring_invoice_id');
  const body = { ...headOf(offer, there.str('customer_id')), line_items: [lineOf(account, offer)] };
  const after = yield* answered(write('PUT', account, `/recurringinvoices/${id}`, body), MEMBER, id);
  if (isAsOffered(after, offer)) return;
  yield* asked(status(account, id, 'stop'));
  fail('rejected', 'Zoho Books would bill another amount than the rent; the recurring invoice was stopped.');
}

const status = (account: Account, id: string, what: 'stop' | 'resume'): HttpRequest =>
  write('POST', account, `/recurringinvoices/${id}/status/${what}`, { recurring_invoice_id: id });

/** Stops it. What it has billed stays. */
export const unrepeat: Effect = {
  once: 'lookup',
  *run({ payload, account }) {
    const offer = new Json(payload, 'payload');
    const lease = offer.str('leaseId');
    const active = yield* found(account, lease, 'active');
    if (active) yield* asked(status(account, active, 'stop'));
    return active ?? wordsIn(offer, 'autopay') ?? (yield* found(account, lease)) ?? 'none';
  },
  unlink: autopayIn,
};
