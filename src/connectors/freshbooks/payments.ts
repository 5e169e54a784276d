/** Reads payments of FreshBooks, with the invoices that they pay, as payments seen. */
import type { PaymentSeen, PaymentState } from '../../domain/book';
import { instantOf, isZone } from '../../domain/calendar';
import { currency, type Instant, type Zone, zone } from '../../domain/values';
import { isFault } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach, inWaves } from '../../http/paging';
import { maskMemo } from '../../http/redact';
import type { Account, Flow } from '../connector';
import { joined, named, readRows, refunded, type Seen } from '../seen';
import { ourNumber } from '../wishes';
import { INVOICES, idOf, listsOf, optId, pageOf, read, rowOf } from './api';
import { eastern } from './eastern';

const IS_DELETED: Readonly<Record<string, boolean>> = { '0': false, '1': true, '2': false };
/**
 * Whether money that came online is still on its way. `failed` and `declined` tell of a later try at the same invoice,
 * not of a payment that is there.
 */
const IS_PENDING: Readonly<Record<string, boolean>> = {
  created: false,
  draft: false,
  sent: false,
  viewed: false,
  partial: false,
  overdue: false,
  paid: false,
  autopaid: false,
  success: false,
  pending: true,
  retry: false,
  failed: false,
  declined: false,
  disputed: false,
  resolved: false,
  'deposit-partial': false,
  'deposit-paid': false,
};

/** Pages ask one after another: FreshBooks is to be asked once a second. */
const WAVE = 10;

/** The rows that are money of residents, each complete; one that cannot be read is a named fault beside the others. */
export function* readPayments(account: Account, rows: readonly Json[]): Flow<Seen> {
  const about = (row: Json): string => idOf(row, 'id');
  const money = readRows(rows, about, (row) => (isMoney(row) ? row : undefined));
  const invoices = yield* invoicesOf(account, money.found);
  const seen = readRows(money.found, about, (row) =>
    paymentOf(row, invoices.get(optId(row, 'invoiceid') ?? ''), account),
  );
  return { payments: seen.found, faults: [...money.faults, ...seen.faults] };
}

/**
 * What we wrote there ourselves comes from the ledger, and credit that is used up is no money: neither is a payment. An
 * overpayment leaves a payment of nothing behind, and one of its own for the credit.
 */
function isMoney(row: Json): boolean {
  if (ourNumber(row.opt('note'))) return false;
  if (row.at('from_credit').value === true || row.at('type').value === 'Credit') return false;
  return amountOf(row) !== 0;
}

const currencyOf = (row: Json) => currency(row.str('amount.code'));

function amountOf(row: Json) {
  const amountCents = row.decimal('amount.amount', currencyOf(row));
  return amountCents < 0 ? row.at('amount.amount').wrong('money that was received') : amountCents;
}

function paymentOf(row: Json, invoice: Json | undefined, account: Account): PaymentSeen {
  const id = idOf(row, 'id');
  const isDeleted = deleted(row);
  const at = dayAt(row, account);
  const amountCents = amountOf(row);
  const state = stateOf(row, invoice);
  return {
    ...named('freshbooks', id),
    amountCents,
    currency: currencyOf(row),
    state,
    initiatedAt: at,
    settledAt: state === 'settled' ? at : undefined,
    customer: optId(row, 'clientid'),
    ...(invoice ? told(invoice) : {}),
    memo: maskMemo(joined([row.opt('type'), row.opt('note')], ': ')) || undefined,
    // Whoever deletes a payment corrects the books: that is no return by a bank, for which a fee could be due.
    reversals: isDeleted
      ? [refunded(`freshbooks:${id}:deleted`, amountCents, eastern(row, 'updated').first, 'deleted in FreshBooks')]
      : [],
  };
}

/** Throws a `malformed` fault on a state that is not known. */
export function deleted(row: Json): boolean {
  const found = row.at('vis_state');
  return IS_DELETED[String(found.value)] ?? found.wrong('one of 0, 1, 2');
}

/** A payment has no state of its own; one that came through a gateway is as far as its invoice says. */
function stateOf(row: Json, invoice: Json | undefined): PaymentState {
  const isPending = invoice?.oneOf('v3_status', IS_PENDING) === true;
  return isPending && row.opt('gateway') ? 'pending' : 'settled';
}

const UTC = zone('Etc/UTC');

/** A payment has a date only: noon of the business's own zone is the same day in its neighbours' zones. */
const dayAt = (row: Json, account: Account): Instant => instantOf(row.day('date'), 12, 0, zoneOf(account));

export const zoneOf = ({ TIMEZONE: name = '' }: Account): Zone => (isZone(name) ? name : UTC);

/** What the invoice knows of the payer; the lease's id stands beside our own number. */
function told(invoice: Json): Partial<PaymentSeen> {
  const number = invoice.opt('invoice_number');
  const isOurs = number !== undefined && ourNumber(number) === number;
  return {
    invoice: isOurs ? number : undefined,
    leaseRef: isOurs ? invoice.opt('po_number') : undefined,
    payerName: joined([invoice.opt('fname'), invoice.opt('lname')]) || invoice.opt('organization'),
    payerEmail: invoice.opt('email'),
  };
}

/** The invoices that the payments pay: all in one list, and what that does not show (deleted ones) one by one. */
function* invoicesOf(account: Account, rows: readonly Json[]): Flow<ReadonlyMap<string, Json>> {
  const wanted = [...new Set(rows.flatMap((row) => optId(row, 'invoiceid') ?? []))];
  const found = new Map<string, Json>();
  const listed = yield* inWaves(listsOf(account, INVOICES, 'invoiceids', wanted), WAVE);
  for (const outcome of listed) {
    if (isFault(outcome)) continue;
    for (const invoice of pageOf(outcome, INVOICES).items) found.set(idOf(invoice, 'id'), invoice);
  }
  const missing = wanted.filter((id) => !found.has(id));
  for (const [id, outcome] of yield* askEach(missing, (each) => read(account, INVOICES, each), WAVE))
    if (!isFault(outcome)) found.set(id, rowOf(outcome, INVOICES));
  return found;
}
