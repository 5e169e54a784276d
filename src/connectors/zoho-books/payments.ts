/** Customer payments of Zoho Books as payments seen, with their refunds, and those that have vanished. */
import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import { OUR_NUMBER } from '../../domain/books';
import { instantOf, parseDay } from '../../domain/calendar';
import { currency as asCurrency, type Currency, type Day, type Instant, key, zone } from '../../domain/values';
import { fail, isFault, isFaultError, type Outcome } from '../../http/faults';
import type { Json } from '../../http/json';
import { inWaves } from '../../http/paging';
import { maskMemo } from '../../http/redact';
import type { Account, FeedPage, Flow } from '../connector';
import { get, memberOf, rowsOf, WAVE, wordsIn } from './api';
import type { Told } from './told';

export const SOURCE = 'zoho-books';
/** The only status that is documented; returned debits and failed cards stay at the gateway. */
const STATES: Readonly<Record<string, 'settled'>> = { success: 'settled' };

/** Days have no hour there: noon in UTC is the same day nearly everywhere. */
const noon = (day: Day): Instant => instantOf(day, 12, 0, zone('Etc/UTC'));

export const dayIn = (holder: Json, path: string): Day =>
  parseDay(wordsIn(holder, path) ?? '') ?? holder.at(path).wrong('a date such as 2026-12-01');

/** What was asked for, and for which lease its invoice says it is. */
export interface Wanted {
  readonly payment: string;
  readonly leaseRef?: string | undefined;
  /** As it was told before, where it was: it may have been deleted. */
  readonly before?: Told | undefined;
}

export interface Read {
  readonly payments: readonly PaymentSeen[];
  readonly faults: FeedPage['faults'];
  readonly told: readonly Told[];
  readonly gone: ReadonlySet<string>;
}

export const isOurs = (holder: Json): boolean => OUR_NUMBER.test(wordsIn(holder, 'reference_number') ?? '');

/** Reads the payments whole. One that is gone is told as taken back if it was told before. */
export function* readPayments(wanted: readonly Wanted[], account: Account, now: Instant): Flow<Read> {
  const outcomes = yield* inWaves(
    wanted.map(({ payment }) => get(account, `/customerpayments/${payment}`)),
    WAVE,
  );
  const found = wanted.map((each, at) => detailOf(each, outcomes[at] as Outcome));
  const refunds = yield* refundsOf(found, account);
  const gone = found.flatMap(({ missing, want }) => (missing && want.before ? [want.before] : []));
  const goneSeen = yield* vanished(gone, account, now);
  const payments: PaymentSeen[] = [...goneSeen];
  const faults: FeedPage['faults'][number][] = [];
  const told: Told[] = [];
  for (const { want, detail, fault } of found) {
    if (fault) faults.push({ about: want.payment, fault });
    if (!detail) continue;
    try {
      // Our own ones come back to nobody.
      if (isOurs(detail)) continue;
      payments.push(paymentOf(detail, want, refunds.get(want.payment)));
      told.push(toldOf(detail, want.payment));
    } catch (error) {
      if (!isFaultError(error)) throw error;
      faults.push({ about: want.payment, fault: error.fault });
    }
  }
  return { payments, faults, told, gone: new Set(gone.map(({ payment }) => payment)) };
}

interface Found {
  readonly want: Wanted;
  readonly detail?: Json;
  readonly missing?: true;
  readonly fault?: FeedPage['faults'][number]['fault'];
}

function detailOf(want: Wanted, outcome: Outcome): Found {
  if (!isFault(outcome)) return { want, detail: memberOf(outcome, 'payment', want.payment) };
  return outcome.fault === 'missing' ? { want, missing: true } : { want, fault: outcome };
}

const currencyOf = (holder: Json): Currency => asCurrency(holder.str('currency_code'));

function* refundsOf(found: readonly Found[], account: Account): Flow<ReadonlyMap<string, Outcome>> {
  const refunded = found.flatMap(({ want, detail }) => (detail && isRefunded(detail) ? [want.payment] : []));
  const outcomes = yield* inWaves(
    refunded.map((id) => get(account, `/customerpayments/${id}/refunds`)),
    WAVE,
  );
  return new Map(refunded.map((id, at) => [id, outcomes[at] as Outcome]));
}

const isRefunded = (detail: Json): boolean => {
  const { value } = detail.at('amount_refunded');
  return value !== undefined && value !== null && Number(value) !== 0;
};

function paymentOf(detail: Json, want: Wanted, refunds: Outcome | undefined): PaymentSeen {
  const [currency, on] = [currencyOf(detail), noon(dayIn(detail, 'date'))];
  const fee = detail.has('bank_charges') ? detail.decimal('bank_charges', currency) : 0;
  const numbers = invoicesOf(detail).map((invoice) => invoice.str('invoice_number'));
  const ours = numbers.filter((number) => OUR_NUMBER.test(number));
  const memo = [wordsIn(detail, 'reference_number'), wordsIn(detail, 'description')].filter((each) => each).join(' ');
  return {
    ...common(want.payment),
    amountCents: detail.decimal('amount', currency),
    currency,
    state: detail.oneOf('status', STATES),
    initiatedAt: on,
    settledAt: on,
    ...(fee > 0 ? { feeCents: detail.decimal('bank_charges', currency) } : {}),
    // A payment of several invoices names none of them.
    ...(ours[0] && numbers.length === 1 ? { invoice: ours[0] } : {}),
    ...(want.leaseRef ? { leaseRef: want.leaseRef } : {}),
    ...payerOf(detail),
    ...(memo ? { memo: maskMemo(memo) } : {}),
    reversals: refunds ? reversalsIn(refunds, currency) : [],
  };
}

const invoicesOf = (detail: Json): readonly Json[] => (detail.has('invoices') ? detail.list('invoices') : []);

const common = (payment: string) => ({
  key: key(`${SOURCE}:${payment}`),
  source: SOURCE,
  externalId: payment,
});

function payerOf(holder: Json) {
  const [customer, payerName] = [wordsIn(holder, 'customer_id'), wordsIn(holder, 'customer_name')];
  const payerEmail = wordsIn(holder, 'email');
  return {
    ...(customer ? { customer } : {}),
    ...(payerName ? { payerName } : {}),
    ...(payerEmail ? { payerEmail } : {}),
  };
}

function reversalsIn(outcome: Outcome, currency: Currency): readonly PaymentReversal[] {
  // Without its refunds it would not be the whole truth, so it is not told at all.
  if (isFault(outcome)) return fail(outcome.fault, outcome.message, outcome);
  return rowsOf(outcome, 'payment_refunds', 'payment_refund_id').rows.map((refund) => ({
    key: key(`${SOURCE}:${refund.str('payment_refund_id')}`),
    reason: 'refunded',
    state: 'final',
    amountCents: refund.decimal('amount_fcy', currency),
    at: noon(dayIn(refund, 'date')),
    detail: maskMemo(wordsIn(refund, 'reference_number') ?? 'Refunded in Zoho Books'),
  }));
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
  const outcomes = yield* inWaves(
    ids.map((id) => get(account, `/invoices/${id}`)),
    WAVE,
  );
  return gone.map(({ payment, invoice: of, amountCents, currency, day }): PaymentSeen => {
    const outcome = outcomes[ids.indexOf(of)];
    const invoice = !outcome || isFault(outcome) ? undefined : memberOf(outcome, 'invoice', of);
    const number = invoice && wordsIn(invoice, 'invoice_number');
    const detail = 'Deleted in Zoho Books';
    return {
      ...common(payment),
      amountCents,
      currency,
      state: 'settled',
      initiatedAt: noon(day),
      settledAt: noon(day),
      ...(number && OUR_NUMBER.test(number) ? { invoice: number } : {}),
      ...(invoice ? payerOf(invoice) : {}),
      memo: detail,
      reversals: [
        { key: key(`${SOURCE}:${payment}:deleted`), reason: 'refunded', state: 'final', amountCents, at: now, detail },
      ],
    };
  });
}
