/**
 * Receipts of AppFolio, from the report of receivables by the day of the receipt. A report knows no time of change, so each look goes
 * back two months: a check that was entered late is found, and one that the bank returned is whole.
 */
import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import { addDays, localDay, parseDay } from '../../domain/calendar';
import { minus, negate } from '../../domain/money';
import { type Day, key, zone } from '../../domain/values';
import { fault } from '../../http/faults';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import type { Account, FeedPage, FeedState, Flow, Lost, PullContext } from '../connector';
import { joined, named, noonOf, readRows, refunded } from '../seen';
import { ourNumber } from '../wishes';
import { numberIn, printed, report, USD } from './api';
import { type Directory, directory, plain } from './households';

const BACK_DAYS = 62;
const STEP_DAYS = 62;
/** How far back a receipt is looked for that was taken back since. */
const ORIGINAL_DAYS = 184;

const COLUMNS = [
  ...['txn_id', 'txn_amount', 'txn_receipt_date', 'txn_reference', 'txn_remarks', 'payment_type'],
  ...['party', 'emails', 'property_name', 'move_in', 'occupancy_id'],
];
const UTC = zone('Etc/UTC');

interface Row {
  readonly id: string;
  readonly occupancy: string;
  readonly amountCents: ReturnType<typeof printed>;
  readonly on: Day;
  readonly reference: string;
  readonly remarks: string;
  readonly row: Json;
}

/** Everything up to that day was read. */
const placeOf = (state: FeedState | undefined): Day | undefined =>
  typeof state?.until === 'string' ? parseDay(state.until) : undefined;

export function* pull(state: FeedState | undefined, { account, since, now }: PullContext): Flow<FeedPage> {
  // A day around: the customer's day may be another than that of UTC.
  const [first, last] = [addDays(localDay(since, UTC), -1), addDays(localDay(now, UTC), 1)];
  const until = placeOf(state) ?? first;
  const back = addDays(until, -BACK_DAYS);
  const from = back > first ? back : first;
  const step = addDays(until, STEP_DAYS);
  const to = step < last ? step : last;
  const found = yield* receiptsOf(account, from, to);
  const rows = yield* withOriginals(account, found.rows, from);
  const people = rows.length > 0 ? yield* directory() : { households: [], faults: [] };
  const seen = paymentsIn(rows, people);
  const read: Day = to < last ? to : addDays(last, -1);
  return {
    payments: seen.payments.filter(({ initiatedAt }) => initiatedAt >= since),
    state: { until: read },
    more: to < last,
    faults: [...found.faults, ...seen.faults],
  };
}

/** Former tenants and hidden properties too: without a word the report leaves them out. */
function* receiptsOf(account: Account, from: Day, to: Day): Flow<{ rows: readonly Row[]; faults: readonly Lost[] }> {
  const given = yield* report(account, 'receivables_activity', {
    receipt_date_from: from,
    receipt_date_to: to,
    tenant_visibility: 'all',
    property_visibility: 'all',
    columns: COLUMNS,
  });
  const read = readRows(given, nameOf, rowOf);
  return { rows: read.found, faults: read.faults };
}

const nameOf = (row: Json): string => String(row.at('txn_id').value ?? 'a receipt');

/** What we have told AppFolio's bookkeeper ourselves comes from the ledger; a line of nothing is none. */
function rowOf(given: Json): Row | undefined {
  const id = numberIn(given, 'txn_id');
  const row = given.as(`receipt ${id}`);
  const [reference, remarks] = [row.opt('txn_reference') ?? '', row.opt('txn_remarks') ?? ''];
  const amountCents = printed(row, 'txn_amount');
  if (ourNumber(`${reference} ${remarks}`, 'RP') !== undefined || amountCents === 0) return undefined;
  const occupancy = numberIn(row, 'occupancy_id');
  return { id, occupancy, amountCents, on: row.day('txn_receipt_date'), reference, remarks, row };
}

// ---------------------------------------------------------------- what was taken back

/** A line that takes one back names none: it is the newest one before it, of the same household, amount and reference. */
function originalOf(back: Row, rows: readonly Row[], taken: ReadonlySet<string>): Row | undefined {
  const fits = rows.filter(
    (one) =>
      one.occupancy === back.occupancy &&
      one.amountCents === negate(back.amountCents) &&
      one.on <= back.on &&
      one.reference === back.reference &&
      !taken.has(one.id),
  );
  return fits.reduce<Row | undefined>((last, one) => (last && isAfter(last, one) ? last : one), undefined);
}

const isAfter = (a: Row, b: Row): boolean => (a.on === b.on ? Number(a.id) > Number(b.id) : a.on > b.on);

/** Receipts by which line they were taken back, and lines that take back nothing that is there. */
function matched(rows: readonly Row[]): { readonly backs: ReadonlyMap<string, Row>; readonly lonely: readonly Row[] } {
  const backs = new Map<string, Row>();
  const lonely: Row[] = [];
  const negative = rows.filter(({ amountCents }) => amountCents < 0).sort((a, b) => (isAfter(a, b) ? 1 : -1));
  for (const back of negative) {
    const original = originalOf(back, rows, new Set(backs.keys()));
    if (original) backs.set(original.id, back);
    else lonely.push(back);
  }
  return { backs, lonely };
}

/** The rows, and those of the time before that are needed to understand them. */
function* withOriginals(account: Account, rows: readonly Row[], from: Day): Flow<readonly Row[]> {
  if (matched(rows).lonely.length === 0) return rows;
  const before = yield* receiptsOf(account, addDays(from, -ORIGINAL_DAYS), addDays(from, -1));
  const all = [...before.rows, ...rows];
  const { backs } = matched(all);
  const told = new Set(rows.map(({ id }) => id));
  return [...before.rows.filter(({ id }) => told.has(backs.get(id)?.id ?? '')), ...rows];
}

// ---------------------------------------------------------------- payments seen

function paymentsIn(rows: readonly Row[], people: Directory): Pick<FeedPage, 'payments' | 'faults'> {
  const { backs, lonely } = matched(rows);
  const received = rows.filter(({ amountCents }) => amountCents > 0);
  return {
    payments: received.map((row) => paymentOf(row, backs.get(row.id), people)),
    faults: lonely.map(({ id, on }) => ({
      about: id,
      fault: fault('malformed', `Line ${id} of ${on} takes a receipt back, and none like it is in the report.`),
    })),
  };
}

/** A receipt has a day and no hour, and no state: what is in the report is in AppFolio's books. */
function paymentOf(one: Row, back: Row | undefined, people: Directory): PaymentSeen {
  const { row } = one;
  const at = noonOf(one.on);
  const customer = customerOf(row, people);
  const emails = row.opt('emails')?.split(/[,;\s]+/) ?? [];
  return {
    ...named('appfolio', one.id),
    amountCents: one.amountCents,
    currency: USD,
    state: 'settled',
    initiatedAt: at,
    settledAt: at,
    ...(customer === undefined ? {} : { customer }),
    payerName: nameFrom(row.opt('party')),
    payerEmail: emails.find((each) => each.includes('@')),
    memo: maskMemo(joined([row.opt('payment_type'), one.reference, one.remarks])) || undefined,
    reversals: back ? [reversalOf(back)] : [],
  };
}

/** `Park, Ada` as people say it. */
function nameFrom(party: string | undefined): string | undefined {
  const [last = '', ...first] = (party ?? '').split(',').map((part) => part.trim());
  return [...first, last].filter((part) => part !== '').join(' ') || undefined;
}

/** The word is the bookkeeper's: only a return by the bank may bring a fee. */
function reversalOf({ id, amountCents, on, remarks }: Row): PaymentReversal {
  const taken = refunded(
    `appfolio:${id}`,
    minus(0 as Row['amountCents'], amountCents),
    noonOf(on),
    remarks || 'taken back',
  );
  return /\b(nsf|returned|bounced)\b/i.test(remarks)
    ? { ...taken, key: key(`appfolio:${id}`), reason: 'returned' }
    : taken;
}

/** The occupancy by the id that the Links tab has: the two APIs of AppFolio share names alone. */
function customerOf(row: Json, { households }: Directory): string | undefined {
  const [party, property] = [plain(row.opt('party') ?? ''), plain(row.opt('property_name') ?? '')];
  const found = households.filter(
    (one) => plain(one.property) === property && one.people.some(({ listed }) => plain(listed) === party),
  );
  if (found.length === 1) return found[0]?.id;
  const moved = found.filter(({ moveIn }) => moveIn !== undefined && moveIn === row.opt('move_in')?.slice(0, 10));
  return moved.length === 1 ? moved[0]?.id : undefined;
}
