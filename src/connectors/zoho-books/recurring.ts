/** The offers `repeat` and `unrepeat`: Zoho Books bills the rent of a lease itself, from period to period, until it is stopped. */
import type { Frequency } from '../../domain/book';
import { customerName } from '../../domain/mirror';
import { toNumber } from '../../domain/money';
import { currency as asCurrency, leaseId } from '../../domain/values';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import type { HttpRequest } from '../../ports';
import { type Account, asked, autopayIn, type Effect, type Flow } from '../connector';
import { answered, get, rowsOf, wordsIn, write } from './api';
import { leaseReference } from './feed';
import { dayIn } from './payments';
import { contactFor, sameCurrency } from './wishes';

const RHYTHM: Readonly<Record<Frequency, { readonly every: 'weeks' | 'months'; readonly times: number }>> = {
  weekly: { every: 'weeks', times: 1 },
  fortnightly: { every: 'weeks', times: 2 },
  monthly: { every: 'months', times: 1 },
  quarterly: { every: 'months', times: 3 },
  yearly: { every: 'months', times: 12 },
};

/** By which the recurring invoice of a lease is found again. */
const recurrenceName = (lease: string): string => `Rent Ledger ${lease}`;

const MEMBER = 'recurring_invoice';

const listOf = (account: Account, lease: string, status?: 'active' | 'stopped'): HttpRequest =>
  get(account, '/recurringinvoices', { recurrence_name: recurrenceName(lease), ...(status ? { status } : {}) });

/** Its id among all of that name, or among those of that status. */
function* found(account: Account, lease: string, status?: 'active' | 'stopped'): Flow<string | undefined> {
  const { rows } = rowsOf(yield* asked(listOf(account, lease, status)), 'recurring_invoices', 'recurring_invoice_id');
  return rows.find((row) => row.str('recurrence_name') === recurrenceName(lease))?.str('recurring_invoice_id');
}

/** Makes it, changes its amount, or resumes it, whichever is needed. */
export const repeat: Effect = {
  once: 'lookup',
  *run({ payload, account }) {
    const offer = new Json(payload, 'payload');
    const lease = offer.str('leaseId');
    sameCurrency(account, asCurrency(offer.str('currency')));
    if (offer.minor('amountCents') <= 0) offer.at('amountCents').wrong('more than nothing');
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
  const [email, phone] = [offer.opt('email'), offer.opt('phone')];
  const [property, unit, residents] = [offer.str('property'), offer.str('unit'), offer.str('name')];
  const lease = leaseId(offer.str('leaseId'));
  const customer = yield* contactFor(account, {
    ...{ leaseId: lease, name: customerName(residents, lease), residents, property, unit },
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
  });
  const { rate, name } = lineOf(account, offer);
  const body = {
    ...headOf(offer, customer),
    ...(offer.has('end') ? { end_date: dayIn(offer, 'end') } : {}),
    // The day on which it is sent is the day on which it is due.
    start_date: dayIn(offer, 'due'),
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
  const { every, times } = offer.oneOf('frequency', RHYTHM);
  return {
    recurrence_name: recurrenceName(lease),
    reference_number: leaseReference(lease),
    customer_id: customer,
    recurrence_frequency: every,
    repeat_every: times,
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
