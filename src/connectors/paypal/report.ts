/** Rows of the transaction reports: everything that moved the balance, taken by id and event code. */
import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import { fail, faultOf } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Flow, Want } from '../connector';
import { DAY_MS, MINUTE_MS, type Seen } from '../seen';
import { centsAt, get, read } from './api';
import { paymentOfRows, reversalOfRow } from './receipts';

const PATH = '/v1/reporting/transactions';
export const PAGE = 500;
/** The longest window that PayPal answers. */
export const WINDOW_MS = 31 * DAY_MS;
/** PayPal takes refunds and disputes for 180 days; what comes later all the same must find its payment too. */
const WINDOWS_BACK = 24;

/** Pending payments are told only with `N`. */
const wanted = (from: number, to: number) => ({
  start_date: new Date(from).toISOString(),
  end_date: new Date(to).toISOString(),
  fields: 'transaction_info,payer_info',
  balance_affecting_records_only: 'N',
  page_size: PAGE,
});

export const reportRequest = (from: number, to: number, page: number) => get(PATH, { ...wanted(from, to), page });

export interface Found extends Seen {
  readonly wants?: readonly Want[];
}

/** What a row of the families T11 and T12 means: fees and holds move with the payment or its dispute. */
const CODES: Readonly<Record<string, PaymentReversal['reason'] | 'nothing'>> = {
  T1107: 'refunded',
  T1106: 'returned',
  T1201: 'returned',
  T1105: 'nothing',
  T1108: 'nothing',
  T1109: 'nothing',
  T1110: 'nothing',
  T1111: 'nothing',
  T1202: 'nothing',
};

interface Back {
  readonly of: string;
  readonly reversal: PaymentReversal;
}

export const idOf = (row: Json): string => row.str('transaction_info.transaction_id');
const codeOf = (row: Json): string => row.str('transaction_info.transaction_event_code');

/** Money that a payer sent: T00 with a plus. */
export const isPayment = (row: Json): boolean =>
  codeOf(row).startsWith('T00') && centsAt(row, 'transaction_info.transaction_amount') > 0;

export function backOf(row: Json): Back | undefined {
  if (!/^T1[12]/.test(codeOf(row)) || centsAt(row, 'transaction_info.transaction_amount') >= 0) return undefined;
  if (row.opt('transaction_info.paypal_reference_id_type') !== 'TXN') return undefined;
  const reason = row.oneOf('transaction_info.transaction_event_code', CODES);
  const reversal = reason === 'nothing' ? undefined : reversalOfRow(row, reason);
  return reversal && { of: row.str('transaction_info.paypal_reference_id'), reversal };
}

/**
 * The payment of that id, looked for from a moment backwards. Undefined where it lies before the books or is not in the
 * reports yet: its own row tells it then.
 */
export function* paymentById(id: string, near: number, since: number): Flow<PaymentSeen | undefined> {
  let to = near + DAY_MS;
  for (let windows = 0; windows < WINDOWS_BACK && to > since; windows++) {
    const from = to - WINDOW_MS;
    const rows = yield* rowsIn(from, to, { transaction_id: id });
    const payment = paymentOfRows(rows.filter(isPayment));
    if (payment) return payment;
    to = from;
  }
  return undefined;
}

/** Refunds of a payment within a month from a moment on. */
export function* refundsSince(id: string, from: number, now: number): Flow<readonly PaymentReversal[]> {
  const rows = yield* rowsIn(from, Math.min(from + WINDOW_MS, Math.max(now, from + 1000)), {
    transaction_type: 'T1107',
  });
  return rows.flatMap((row) => {
    const back = backOf(row);
    return back?.of === id ? [back.reversal] : [];
  });
}

function* rowsIn(from: number, to: number, filter: Readonly<Record<string, string>>): Flow<readonly Json[]> {
  try {
    const body = yield* read(PATH, 'transactions', { ...wanted(from, to), ...filter });
    return body.items('transaction_details');
  } catch (error) {
    if (isTooNew(faultOf(error).message)) return [];
    throw error;
  }
}

/** PayPal answers 400 to a window that begins after what its reports have taken up. */
export const isTooNew = (message: string): boolean => /start date is not available/i.test(message);

export const tooLarge = (code: string | undefined): boolean => code === 'RESULTSET_TOO_LARGE';

export const half = (from: number, to: number): number =>
  to - from > MINUTE_MS
    ? from + Math.floor((to - from) / 2)
    : fail('malformed', 'PayPal has more rows in a minute than it can list.');
