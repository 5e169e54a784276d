/** Reads payments of FreshBooks, with the invoices that they pay, as payments seen. */
import type { PaymentSeen, PaymentState } from '../../domain/book';
import { OUR_NUMBER } from '../../domain/books';
import { instantOf, isZone, parseDay } from '../../domain/calendar';
import { currency, type Instant, key, type Zone, zone } from '../../domain/values';
import { isFault, isFaultError } from '../../http/faults';
import type { Json } from '../../http/json';
import { inWaves } from '../../http/paging';
import { maskMemo } from '../../http/redact';
import type { Account, FeedPage, Flow } from '../connector';
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

export interface Read {
  readonly payments: readonly PaymentSeen[];
  readonly faults: FeedPage['faults'];
}

/** The rows that are money of residents, each complete; one that cannot be read is a named fault beside the others. */
export function* readPayments(account: Account, rows: readonly Json[]): Flow<Read> {
  const payments: PaymentSeen[] = [];
  const faults: FeedPage['faults'][number][] = [];
  const attempt = <T>(row: Json, act: () => T): T | undefined => {
    try {
      return act();
    } catch (error) {
      if (!isFaultError(error)) throw error;
      faults.push({ about: idOf(row, 'id'), fault: error.fault });
      return undefined;
    }
  };
  const money = rows.filter((row) => attempt(row, () => isMoney(row)));
  const invoices = yield* invoicesOf(account, money);
  for (const row of money) {
    const payment = attempt(row, () => paymentOf(row, invoices.get(optId(row, 'invoiceid') ?? ''), account));
    if (payment) payments.push(payment);
  }
  return { payments, faults };
}

/**
 * What we wrote there ourselves comes from the ledger, and credit that is used up is no money: neither is a payment. An
 * overpayment leaves a payment of nothing behind, and one of its own for the credit.
 */
function isMoney(row: Json): boolean {
  if (OUR_NUMBER.test(row.opt('note') ?? '')) return false;
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
  const memo = maskMemo([row.opt('type'), row.opt('note')].filter((part) => part !== undefined).join(': '));
  const state = stateOf(row, invoice);
  return {
    key: key(`freshbooks:${id}`),
    source: 'freshbooks',
    externalId: id,
    amountCents,
    currency: currencyOf(row),
    state,
    initiatedAt: at,
    ...(state === 'settled' ? { settledAt: at } : {}),
    ...(optId(row, 'clientid') ? { customer: idOf(row, 'clientid') } : {}),
    ...(invoice ? told(invoice) : {}),
    ...(memo ? { memo } : {}),
    // Whoever deletes a payment corrects the books: that is no return by a bank, for which a fee could be due.
    reversals: isDeleted
      ? [
          {
            key: key(`freshbooks:${id}:deleted`),
            reason: 'refunded',
            state: 'final',
            amountCents,
            at: eastern(row, 'updated').first,
            detail: 'deleted in FreshBooks',
          },
        ]
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
function dayAt(row: Json, account: Account): Instant {
  const on = parseDay(row.str('date'));
  if (!on) return row.at('date').wrong('a day');
  return instantOf(on, 12, 0, zoneOf(account));
}

export function zoneOf({ TIMEZONE: name = '' }: Account): Zone {
  return isZone(name) ? name : UTC;
}

/** What the invoice knows of the payer; the lease's id stands beside our own number. */
function told(invoice: Json): Partial<PaymentSeen> {
  const number = invoice.opt('invoice_number') ?? '';
  const isOurs = OUR_NUMBER.exec(number)?.[0] === number;
  const leaseRef = isOurs ? invoice.opt('po_number') : undefined;
  const person = [invoice.opt('fname'), invoice.opt('lname')].filter((part) => part !== undefined).join(' ');
  const payerName = person || invoice.opt('organization');
  const payerEmail = invoice.opt('email');
  return {
    ...(isOurs ? { invoice: number } : {}),
    ...(leaseRef ? { leaseRef } : {}),
    ...(payerName ? { payerName } : {}),
    ...(payerEmail ? { payerEmail } : {}),
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
  const outcomes = yield* inWaves(
    missing.map((id) => read(account, INVOICES, id)),
    WAVE,
  );
  outcomes.forEach((outcome, index) => {
    if (!isFault(outcome)) found.set(missing[index] ?? '', rowOf(outcome, INVOICES));
  });
  return found;
}
