/**
 * The receipts feed of Zoho Books. Payments cannot be asked for by change, so the invoices that changed are listed, and the
 * payments of those that have some are read. Once a day all payments are listed: advances pay no invoice, and a payment whose
 * invoice was deleted with it is missed there.
 */
import type { PaymentSeen } from '../../domain/book';
import { localDay } from '../../domain/calendar';
import { currency as asCurrency, instant, zone } from '../../domain/values';
import { isFault } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach } from '../../http/paging';
import {
  type Account,
  asked,
  type FeedPage,
  type FeedState,
  type Flow,
  type Lost,
  type PullContext,
} from '../connector';
import { DAY_MS, MINUTE_MS, readRows } from '../seen';
import { get, rowsOf, WAVE, wordsIn } from './api';
import { dayIn, isOurs, type Read, readPayments, type Wanted } from './payments';
import { remembering, type Told, toldIn } from './told';

/** Ids of a whole page wait in the state, which has to fit into a property. */
const PAGE = 50;
/** The largest page of the documents. */
const SWEEP_PAGE = 200;
const SWEEP_PAGES = 2;
const SWEEP_READS = 20;
/** Invoices read in one pull: with their payments well below the hundred calls of a minute. */
const SLICE = 10;
/** Times are whole seconds, and what was saved just now may show a little later. */
const OVERLAP_MS = 5 * MINUTE_MS;
/** Thirty half-hours apart: 48 polls and a hundred changed invoices leave most of a free account's 1,000 calls for writing. */
const FREE_MINUTES = 30;

export const everyMinutes = (account: Account): number | undefined =>
  (account.ZOHO_PLAN || 'Free') === 'Free' ? FREE_MINUTES : undefined;

/** Whether there can be payments on it. The documents and the help pages know no others. */
const MAY_BE_PAID: Readonly<Record<string, boolean>> = {
  draft: false,
  void: false,
  sent: true,
  viewed: true,
  unpaid: true,
  overdue: true,
  partially_paid: true,
  paid: true,
};

/** The state of the feed, flat and JSON-ready. */
type Place = {
  /** What changed before was read. */
  readonly sinceMs: number;
  /** When the running drain began. */
  readonly startedAt: number;
  /** The next page of changed invoices; 0 when all were listed. */
  readonly page: number;
  /** Invoices to read: `id` or `id=lease`, one a line. */
  readonly queue: string;
  readonly told: string;
  /** When all payments were last listed. */
  readonly sweptAt: number;
};

const NOTHING: Read = { payments: [], faults: [], told: [], gone: new Set() };

export function* pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage> {
  const place = isPlace(state) ? state : beginning(context);
  if (place.queue !== '') return yield* readSome(place, context);
  if (place.page > 0) return yield* listSome(place, context);
  return yield* sweep(place, context);
}

const isPlace = (state: FeedState | undefined): state is Place =>
  state !== undefined && typeof state.sinceMs === 'number' && typeof state.queue === 'string';

const beginning = (context: PullContext): Place => ({
  sinceMs: context.since,
  startedAt: context.now,
  page: 1,
  queue: '',
  told: '',
  sweptAt: 0,
});

// ---------------------------------------------------------------- changed invoices

function* listSome(place: Place, context: PullContext): Flow<FeedPage> {
  const { account, now } = context;
  const startedAt = place.page === 1 ? now : place.startedAt;
  const query = { last_modified_time: zohoTime(place.sinceMs), page: place.page, per_page: PAGE };
  const { rows, more } = rowsOf(yield* asked(get(account, '/invoices', query)), 'invoices');
  const told = new Set(toldIn(place.told).map(({ invoice }) => invoice));
  const isTold = (row: Json): boolean => told.has(row.str('invoice_id'));
  const { found, faults } = readRows(
    rows,
    (row) => row.path,
    (row) => (isTold(row) || mayBePaid(row) ? row : undefined),
  );
  const ours = found.length > MANY ? yield* paidByUs(account) : undefined;
  const queue = found.filter((row) => isTold(row) || !isPaidByUs(row, ours)).map(entryOf);
  const next = { ...place, startedAt, page: more ? place.page + 1 : 0, queue: queue.join('\n') };
  return goneOn(next, { ...NOTHING, faults }, context);
}

/** `2026-11-22T00:00:00+0000` */
export const zohoTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}+0000`;

function mayBePaid(row: Json): boolean {
  if (!row.oneOf('status', MAY_BE_PAID)) return false;
  const currency = asCurrency(row.str('currency_code'));
  return row.decimal('total', currency) !== row.decimal('balance', currency) || !!wordsIn(row, 'last_payment_date');
}

/** So many paid invoices are worth a call that may spare a call for each. */
const MANY = 5;

/**
 * What we put on each invoice, by its number, as far as the newest payments tell. The documents show no reference in that list,
 * live answers have one; without it nothing is spared.
 */
function* paidByUs(account: Account): Flow<ReadonlyMap<string, number>> {
  const request = get(account, '/customerpayments', { page: 1, per_page: SWEEP_PAGE });
  const { rows } = rowsOf(yield* asked(request), 'customer_payments');
  const sums = new Map<string, number>();
  for (const row of rows) {
    const number = wordsIn(row, 'invoice_number') ?? '';
    if (isOurs(row)) sums.set(number, (sums.get(number) ?? 0) + Number(row.at('amount').value));
  }
  return sums;
}

/** All the money on it is ours: there is nothing to learn from its payments. */
function isPaidByUs(row: Json, ours: ReadonlyMap<string, number> | undefined): boolean {
  const sum = ours?.get(row.str('invoice_number')) ?? 0;
  const paid = Number(row.at('total').value) - Number(row.at('balance').value);
  return sum > 0 && Math.round((paid - sum) * 1000) === 0;
}

const LEASE = /^Lease (\S.*)$/;
/** How our invoices name their lease in the reference. */
export const leaseReference = (lease: string): string => `Lease ${lease}`;

function entryOf(row: Json): string {
  const lease = LEASE.exec(wordsIn(row, 'reference_number') ?? '')?.[1];
  return lease ? `${row.str('invoice_id')}=${lease}` : row.str('invoice_id');
}

// ---------------------------------------------------------------- their payments

function* readSome(place: Place, context: PullContext): Flow<FeedPage> {
  const lines = place.queue.split('\n');
  const read = yield* readInvoices(lines.slice(0, SLICE), toldIn(place.told), context);
  return goneOn({ ...place, queue: lines.slice(SLICE).join('\n') }, read, context);
}

function* readInvoices(
  lines: readonly string[],
  told: readonly Told[],
  { account, now }: Pick<PullContext, 'account' | 'now'>,
): Flow<Read> {
  const invoices = lines.map((line) => /^(\d+)(?:=(.+))?$/.exec(line) ?? []);
  const outcomes = yield* askEach(invoices, ([, id]) => get(account, `/invoices/${id}/payments`), WAVE);
  const wanted = new Map<string, Wanted>();
  const faults: Lost[] = [];
  for (const [[, id = '', leaseRef], outcome] of outcomes) {
    const before = told.filter((each) => each.invoice === id);
    for (const each of before) wanted.set(each.payment, { payment: each.payment, leaseRef, before: each });
    if (isFault(outcome)) {
      // An invoice that was deleted meanwhile has no payments any more.
      if (outcome.fault !== 'missing') faults.push({ about: id, fault: outcome });
      continue;
    }
    for (const row of rowsOf(outcome, 'payments').rows) {
      const payment = row.str('payment_id');
      if (!isOurs(row)) wanted.set(payment, { ...wanted.get(payment), payment, leaseRef });
    }
  }
  const read = yield* readPayments([...wanted.values()], account, now);
  return { ...read, faults: [...faults, ...read.faults] };
}

/** The page, and what is to do next: more of the queue, the next page, the daily list, or nothing. */
function goneOn(place: Place, read: Read, context: PullContext): FeedPage {
  const told = remembering(toldIn(place.told), read.told, read.gone);
  const payments = read.payments.filter((payment) => payment.initiatedAt >= context.since);
  const next = { ...place, told };
  const isDrained = next.queue === '' && next.page === 0;
  if (!isDrained) return { payments, faults: read.faults, state: next, more: true };
  const isSwept = next.startedAt - next.sweptAt < DAY_MS;
  return { payments, faults: read.faults, state: isSwept ? drained(next) : next, more: !isSwept };
}

const drained = (place: Place): Place => ({
  ...place,
  sinceMs: Math.max(place.sinceMs, place.startedAt - OVERLAP_MS),
  page: 1,
});

// ---------------------------------------------------------------- once a day

function* sweep(place: Place, context: PullContext): Flow<FeedPage> {
  const rows: Json[] = [];
  let isWhole = false;
  for (let page = 1; page <= SWEEP_PAGES && !isWhole; page++) {
    const request = get(context.account, '/customerpayments', { page, per_page: SWEEP_PAGE });
    const found = rowsOf(yield* asked(request), 'customer_payments');
    rows.push(...found.rows);
    isWhole = !found.more;
  }
  const told = toldIn(place.told);
  const wanted = [...advances(rows, told, context), ...missed(rows, told, isWhole)].slice(0, SWEEP_READS);
  const read = yield* readPayments(wanted, context.account, context.now);
  return goneOn({ ...place, sweptAt: place.startedAt }, read, context);
}

/** Payments of no invoice that nobody was told of. */
function advances(rows: readonly Json[], told: readonly Told[], { since }: PullContext): Wanted[] {
  const [known, first] = [new Set(told.map(({ payment }) => payment)), localDay(since, zone('Etc/UTC'))];
  return rows
    .filter((row) => !wordsIn(row, 'invoice_number') && dayIn(row, 'date') >= first)
    .map((row) => ({ payment: row.str('payment_id') }))
    .filter(({ payment }) => !known.has(payment));
}

/** Told of, and not in the list where it would have to be. */
function missed(rows: readonly Json[], told: readonly Told[], isWhole: boolean): Wanted[] {
  const there = new Set(rows.map((row) => row.str('payment_id')));
  const oldest = rows.map((row) => dayIn(row, 'date')).sort()[0];
  return told
    .filter(({ payment, day }) => !there.has(payment) && (isWhole || (oldest !== undefined && day > oldest)))
    .map((before) => ({ payment: before.payment, before }));
}

// ---------------------------------------------------------------- hints

const ID = /^\d{5,19}$/;

/**
 * A webhook of a workflow rule, as JSON or as a form: `invoice_id` or `payment_id`, at the top or within the object. Nothing
 * of it is believed but the id.
 */
export function byHint(
  hint: Readonly<Record<string, unknown>>,
  account: Account,
): Flow<readonly PaymentSeen[]> | undefined {
  const payment = idIn(hint, 'payment_id', ['payment', 'customerpayment', 'customer_payment']);
  const invoice = idIn(hint, 'invoice_id', ['invoice']);
  if (payment) return told(readPayments([{ payment }], account, instant(0)));
  if (!invoice) return undefined;
  return told(readInvoices([invoice], [], { account, now: instant(0) }));
}

function idIn(hint: Readonly<Record<string, unknown>>, name: string, holders: readonly string[]): string | undefined {
  const places = [hint, ...holders.map((holder) => hint[holder])];
  for (const place of places) {
    if (typeof place !== 'object' || place === null) continue;
    const id = (place as Readonly<Record<string, unknown>>)[name];
    if (typeof id === 'string' && ID.test(id)) return id;
  }
  return undefined;
}

function* told(read: Flow<Read>): Flow<readonly PaymentSeen[]> {
  return (yield* read).payments;
}
