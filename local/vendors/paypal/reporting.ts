/** The reports: everything that moved the balance, some hours late, in the account's own zone. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import type { Call } from './billing';
import { badQuery, refuse } from './errors';
import { type Body, goneCents } from './shapes';
import { type Movement, money, type PaypalState, type Txn } from './state';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_MS = 31 * DAY_MS;
const YEARS_MS = 3 * 365 * DAY_MS;
const MOST_RESULTS = 10_000;
/** The landlord's account is kept in Los Angeles. */
const OFFSET_MS = -8 * HOUR_MS;

const stamp = (ms: number): string => new Date(ms + OFFSET_MS).toISOString().replace(/\.\d+Z$/, '-08:00');

/** How far the reports are complete: between two and three hours back. */
export const refreshedMs = (nowMs: number): number => Math.floor(nowMs / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;

interface Row {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly cents: number;
  readonly feeCents: number;
  readonly currency: string;
  readonly atMs: number;
  readonly updatedMs: number;
  readonly affects: boolean;
  readonly txn: Txn;
  readonly of?: string;
  readonly note?: string;
}

const STATUSES: Readonly<Record<string, string>> = {
  COMPLETED: 'S',
  PARTIALLY_REFUNDED: 'S',
  REFUNDED: 'V',
  PENDING: 'P',
  DECLINED: 'D',
};
const CODES = { capture: 'T0006', sale: 'T0002', outside: 'T0000' };

/** Money that was pending has two rows with one id once it has come: the old one, and the one that moved the balance. */
function rowsOf(txn: Txn, untilMs: number): Row[] {
  const past = txn.history.filter((each) => each.atMs <= untilMs);
  const now = past[past.length - 1];
  if (!now) return [];
  const row = (status: string, updatedMs: number): Row => ({
    id: txn.id,
    code: CODES[txn.kind],
    status: STATUSES[status] ?? status,
    cents: txn.amountCents,
    feeCents: status === 'COMPLETED' || /REFUNDED/.test(status) ? txn.feeCents : 0,
    currency: txn.currency,
    atMs: txn.atMs,
    updatedMs,
    affects: status !== 'PENDING' && status !== 'DECLINED',
    txn,
  });
  const waited = past.find((each) => each.status === 'PENDING');
  const moved = row(now.status, now.atMs);
  return waited && now.status !== 'PENDING' ? [row('PENDING', waited.atMs), moved] : [moved];
}

const movedBack = (state: PaypalState, move: Movement): Row => ({
  id: move.id,
  code: move.code,
  status: move.status === 'COMPLETED' ? 'S' : move.status,
  cents: move.code === 'T1111' ? move.amountCents : -move.amountCents,
  feeCents: 0,
  currency: move.currency,
  atMs: move.atMs,
  updatedMs: move.atMs,
  affects: true,
  txn: state.txns[move.of] as Txn,
  of: move.of,
  ...(move.note ? { note: move.note } : {}),
});

function detailOf(row: Row, fields: readonly string[]): Body {
  const { txn } = row;
  const reference = row.of
    ? { paypal_reference_id: row.of, paypal_reference_id_type: 'TXN' }
    : txn.order
      ? { paypal_reference_id: txn.order, paypal_reference_id_type: 'ODR' }
      : {};
  const all = fields.includes('all');
  const clean = (text: string) => text.replace(/[^\w'\-., ":;!?]/g, ' ');
  const info = {
    paypal_account_id: txn.payer.id,
    transaction_id: row.id,
    ...reference,
    transaction_event_code: row.code,
    transaction_initiation_date: stamp(row.atMs),
    transaction_updated_date: stamp(row.updatedMs),
    transaction_amount: money(row.cents, row.currency),
    ...(row.feeCents > 0 ? { fee_amount: money(-row.feeCents, row.currency) } : {}),
    transaction_status: row.status,
    ...(txn.words ? { transaction_subject: clean(txn.words) } : {}),
    ...(row.note ? { transaction_note: clean(row.note) } : {}),
    ...(txn.invoice ? { invoice_id: txn.invoice } : {}),
    ...(txn.custom ? { custom_field: txn.custom } : {}),
    protection_eligibility: '02',
  };
  const payer = {
    account_id: txn.payer.id,
    email_address: txn.payer.email,
    payer_status: 'Y',
    payer_name: {
      given_name: txn.payer.given,
      surname: txn.payer.surname,
      alternate_full_name: `${txn.payer.given} ${txn.payer.surname}`,
    },
    country_code: 'US',
  };
  return {
    ...(all || fields.includes('transaction_info') ? { transaction_info: info } : {}),
    ...(all || fields.includes('payer_info') ? { payer_info: payer } : {}),
  };
}

export function searchTransactions({ state, query, nowMs }: Call): SandboxReply {
  const [from, to] = [Date.parse(query.start_date ?? ''), Date.parse(query.end_date ?? '')];
  const until = refreshedMs(nowMs);
  if (to <= from) return badQuery('end_date', 'The end date must lie after the start date.');
  if (to - from > MOST_MS) return badQuery('end_date', 'Date range is greater than 31 days');
  if (from < nowMs - YEARS_MS) return badQuery('start_date', 'Start date must lie within the past 3 years.');
  if (from > until) {
    const words = 'Data for the given start date is not available.';
    return badQuery('start_date', words, words);
  }
  const rows = [
    ...Object.values(state.txns).flatMap((txn) => rowsOf(txn, until)),
    ...Object.values(state.movements).map((move) => movedBack(state, move)),
  ]
    .filter((row) => row.atMs >= from && row.atMs <= Math.min(to, until))
    .filter((row) => row.affects || query.balance_affecting_records_only === 'N')
    .filter((row) => !query.transaction_id || row.id === query.transaction_id)
    .filter((row) => !query.transaction_type || row.code === query.transaction_type)
    .filter((row) => !query.transaction_status || row.status === query.transaction_status)
    .sort((a, b) => a.atMs - b.atMs);
  if (rows.length > MOST_RESULTS) {
    refuse('INVALID_REQUEST', [
      { issue: 'RESULTSET_TOO_LARGE', description: 'Result set size is greater than the maximum limit.' },
    ]);
  }
  const size = Number(query.page_size ?? 100);
  const page = Number(query.page ?? 1);
  const pages = Math.ceil(rows.length / size);
  const details = rows
    .slice((page - 1) * size, page * size)
    .map((row) => detailOf(row, (query.fields ?? 'transaction_info').split(',')));
  return jsonReply(200, {
    ...(details.length > 0 ? { transaction_details: details } : {}),
    account_number: state.account,
    start_date: stamp(from),
    end_date: stamp(Math.min(to, until)),
    last_refreshed_datetime: stamp(until),
    page,
    total_items: rows.length,
    total_pages: pages,
  });
}

export function listBalances({ state, nowMs }: Call): SandboxReply {
  const totals = new Map<string, number>([['USD', 0]]);
  for (const txn of Object.values(state.txns)) {
    if (!['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'].includes(txn.status)) continue;
    const before = totals.get(txn.currency) ?? 0;
    totals.set(txn.currency, before + txn.amountCents - txn.feeCents - goneCents(state, txn));
  }
  const balances = [...totals].map(([currency, cents]) => ({
    currency,
    primary: currency === 'USD',
    total_balance: money(cents, currency),
    available_balance: money(cents, currency),
    withheld_balance: money(0, currency),
  }));
  const until = stamp(refreshedMs(nowMs));
  return jsonReply(200, { balances, account_id: state.account, as_of_time: stamp(nowMs), last_refresh_time: until });
}
