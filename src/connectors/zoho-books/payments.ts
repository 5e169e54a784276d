/** Customer payments of Zoho Books as payments seen, with their refunds, and those that have vanished. */
import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import { parseDay } from '../../domain/calendar';
import { ZERO } from '../../domain/money';
import { currency as asCurrency, type Currency, type Day, type Instant } from '../../domain/values';
import { isFault, type Outcome, replyOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach } from '../../http/paging';
import { maskMemo } from '../../http/redact';
import type { Account, Flow, Lost } from '../connector';
import { joined, named, noonOf, readRows, refunded, type Seen } from '../seen';
import { ourNumber } from '../wishes';
import { get, memberOf, rowsOf, WAVE, wordsIn } from './api';
import type { Told } from './told';

const SOURCE = 'zoho-books';
/** The only status that is documented; returned debits and failed cards stay at the gateway. */
const STATES: Readonly<Record<string, 'settled'>> = { success: 'settled' };

export const dayIn = (holder: Json, path: string): Day =>
  parseDay(wordsIn(holder, path) ?? '') ?? holder.at(path).wrong('a date such as 2026-12-01');

/** What was asked for, and for which lease its invoice says it is. */
export interface Wanted {
  readonly payment: string;
  readonly leaseRef?: string | undefined;
  /** As it was told before, where it was: it may have been deleted. */
  readonly before?: Told | undefined;
}

export interface Read extends Seen {
  readonly told: readonly Told[];
  readonly gone: ReadonlySet<string>;
}

export const isOurs = (holder: Json): boolean => ourNumber(wordsIn(holder, 'reference_number')) !== undefined;

/** Reads the payments whole. One that is gone is told as taken back if it was told before. */
export function* readPayments(wanted: readonly Wanted[], account: Account, now: Instant): Flow<Read> {
  const outcomes = yield* askEach(wanted, ({ payment }) => get(account, `/customerpayments/${payment}`), WAVE);
  const found = outcomes.map(([want, outcome]) => detailOf(want, outcome));
  const refunds = yield* refundsOf(found, account);
  const gone = found.flatMap(({ missing, want }) => (missing && want.before ? [want.before] : []));
  const goneSeen = yield* vanished(gone, account, now);
  const lost = found.flatMap(({ want, fault }) => (fault ? [{ about: want.payment, fault }] : []));
  const read = readRows(
    found,
    ({ want }) => want.payment,
    // Our own ones come back to nobody.
    ({ want, detail }) =>
      detail && !isOurs(detail)
        ? { payment: paymentOf(detail, want, refunds.get(want.payment)), told: toldOf(detail, want.payment) }
        : undefined,
  );
  return {
    payments: [...goneSeen, ...read.found.map(({ payment }) => payment)],
    faults: [...lost, ...read.faults],
    told: read.found.map(({ told }) => told),
    gone: new Set(gone.map(({ payment }) => payment)),
  };
}

interface Found {
  readonly want: Wanted;
  readonly detail?: Json;
  readonly missing?: true;
  readonly fault?: Lost['fault'];
}

function detailOf(want: Wanted, outcome: Outcome): Found {
  if (!isFault(outcome)) return { want, detail: memberOf(outcome, 'payment', want.payment) };
  return outcome.fault === 'missing' ? { want, missing: true } : { want, fault: outcome };
}

const currencyOf = (holder: Json): Currency => asCurrency(holder.str('currency_code'));

function* refundsOf(found: readonly Found[], account: Account): Flow<ReadonlyMap<string, Outcome>> {
  const ids = found.flatMap(({ want, detail }) => (detail && isRefunded(detail) ? [want.payment] : []));
  return new Map(yield* askEach(ids, (id) => get(account, `/customerpayments/${id}/refunds`), WAVE));
}

const isRefunded = (detail: Json): boolean => {
  const { value } = detail.at('amount_refunded');
  return value !== undefined && value !== null && Number(value) !== 0;
};

function paymentOf(detail: Json, want: Wanted, refunds: Outcome | undefined): PaymentSeen {
  const [currency, on] = [currencyOf(detail), noonOf(dayIn(detail, 'date'))];
  const fee = detail.has('bank_charges') ? detail.decimal('bank_charges', currency) : ZERO;
  const numbers = invoicesOf(detail).map((invoice) => invoice.str('invoice_number'));
  const memo = joined([wordsIn(detail, 'reference_number'), wordsIn(detail, 'description')]);
  return {
    ...named(SOURCE, want.payment),
    amountCents: detail.decimal('amount', currency),
    currency,
    state: detail.oneOf('status', STATES),
    initiatedAt: on,
    settledAt: on,
    feeCents: fee > 0 ? fee : undefined,
    // A payment of several invoices names none of them.
    invoice: numbers.length === 1 ? oursAlone(numbers[0]) : undefined,
    leaseRef: want.leaseRef,
    ...payerOf(detail),
    memo: memo ? maskMemo(memo) : undefined,
    reversals: refunds ? reversalsIn(refunds, currency) : [],
  };
}

const invoicesOf = (detail: Json): readonly Json[] => detail.items('invoices');

/** The number as it is, if ours stands in it. */
const oursAlone = (number: string | undefined): string | undefined => (ourNumber(number) ? number : undefined);

const payerOf = (holder: Json) => ({
  customer: wordsIn(holder, 'customer_id'),
  payerName: wordsIn(holder, 'customer_name'),
  payerEmail: wordsIn(holder, 'email'),
});

function reversalsIn(outcome: Outcome, currency: Currency): readonly PaymentReversal[] {
  // Without its refunds it would not be the whole truth, so it is not told at all.
  return rowsOf(replyOf(outcome), 'payment_refunds').rows.map((refund) =>
    refunded(
      `${SOURCE}:${refund.str('payment_refund_id')}`,
      refund.decimal('amount_fcy', currency),
      noonOf(dayIn(refund, 'date')),
      maskMemo(wordsIn(refund, 'reference_number') ?? 'Refunded in Zoho Books'),
    ),
  );
}

function toldOf(detail: Json, payment: string): Told {
  const currency = currencyOf(detail);
  const [first] = invoicesOf(detail);
  return {
    payment,
    invoice: first?.str('invoice_id') ?? '',
    amountCents: detail.decimal('amount', currency),
    day: dayIn(detail, 'date'),
    currency,
  };
}

/**
 * A bookkeeper who deletes a payment says that there is no such money, be it a bounced cheque or a slip. It is told as
 * refunded and not as returned: nobody said that the bank took it back, and a return costs the resident a fee.
 */
function* vanished(gone: readonly Told[], account: Account, now: Instant): Flow<readonly PaymentSeen[]> {
  const ids = [...new Set(gone.map(({ invoice }) => invoice).filter((id) => id !== ''))];
  const outcomes = new Map(yield* askEach(ids, (id) => get(account, `/invoices/${id}`), WAVE));
  return gone.map(({ payment, invoice: of, amountCents, currency, day }): PaymentSeen => {
    const outcome = outcomes.get(of);
    const invoice = !outcome || isFault(outcome) ? undefined : memberOf(outcome, 'invoice', of);
    const detail = 'Deleted in Zoho Books';
    return {
      ...named(SOURCE, payment),
      amountCents,
      currency,
      state: 'settled',
      initiatedAt: noonOf(day),
      settledAt: noonOf(day),
      invoice: invoice && oursAlone(wordsIn(invoice, 'invoice_number')),
      ...(invoice ? payerOf(invoice) : {}),
      memo: detail,
      reversals: [refunded(`${SOURCE}:${payment}:deleted`, amountCents, now, detail)],
    };
  });
}
