/** QuickBooks' payments as payments seen: typed there by a bookkeeper, with what they pay and whose customer they are from. */
import type { PaymentSeen, PaymentState } from '../../domain/book';
import { ZERO } from '../../domain/money';
import { type Instant, instant } from '../../domain/values';
import { Json } from '../../http/json';
import { chunks } from '../../http/paging';
import { maskMemo } from '../../http/redact';
import type { HttpRequest } from '../../ports';
import type { Account, Flow } from '../connector';
import { joined, named, readRows, type Seen } from '../seen';
import { ourNumber } from '../wishes';
import { currencyOf, isVoided, type Kind, literal, query, rowsOf } from './api';
import { leaseOf } from './customers';

/** Ids in one statement. */
const TOGETHER = 200;

/** A bookkeeper's payment has no status: the money is in hand. What Intuit processes itself may still be under way. */
const TXN_STATUS: Readonly<Record<string, PaymentState>> = {
  Pending: 'pending',
  Approved: 'settled',
  Declined: 'failed',
};
const ENTITY_STATUS: Readonly<Record<string, 'there' | 'gone'>> = {
  Synchronized: 'there',
  Pending: 'there',
  InTransit: 'there',
  Draft: 'there',
  Deleted: 'gone',
  Voided: 'gone',
};

const isDeleted = (row: Json): boolean => row.has('status') && row.oneOf('status', ENTITY_STATUS) === 'gone';

/** Written by us: the books' feed never gives back what the ledger has put there. */
const isOurs = (row: Json): boolean => ourNumber(row.opt('PaymentRefNum')) !== undefined;

interface Around {
  readonly numbers: ReadonlyMap<string, string>;
  readonly customers: ReadonlyMap<string, Json>;
  readonly methods: ReadonlyMap<string, string>;
}

/** Maps payments, each with its invoice, customer and method; none is asked for by itself. */
export function* seenIn(rows: readonly Json[], account: Account, since: Instant): Flow<Seen> {
  const sorted = readRows(rows, idOf, (row) => ({ row, isGone: isDeleted(row) || isVoided(row) }));
  const gone = sorted.found.flatMap(({ row, isGone }) => (isGone ? row : []));
  const there = sorted.found.flatMap(({ row, isGone }) => (isGone ? [] : row));
  // A payment of nothing puts credit on an invoice: no money came. One that was of something before is gone like one that was voided.
  const isNothing = (row: Json) => row.at('TotalAmt').value === 0;
  const money = there.filter((row) => !isNothing(row) && !isOurs(row));
  const emptied = there.filter((row) => isNothing(row) && !isOurs(row));
  const around = yield* lookAround(money, account);
  const seen = readRows(money, idOf, (row) => paymentOf(row, account, around));
  const lost = readRows(gone, idOf, (row) => {
    if (isDeleted(row)) return goneOf(idOf(row), account);
    return isOurs(row) ? undefined : { ...goneOf(idOf(row), account, paidAt(row)), failure: 'voided in QuickBooks' };
  });
  const cleared = readRows(emptied, idOf, (row) => ({
    ...goneOf(idOf(row), account, paidAt(row)),
    failure: 'set to nothing in QuickBooks',
  }));
  return {
    payments: [...seen.found.filter((one) => one.initiatedAt >= since), ...lost.found, ...cleared.found],
    faults: [sorted, lost, cleared, seen].flatMap(({ faults }) => faults),
  };
}

const idOf = (row: Json): string => row.str('Id');

/**
 * It is there no longer, and nothing tells what it was: a deleted payment leaves its id, a voided one loses its amount and its
 * invoice. The amount of nothing says so; what the ledger knows of it goes back. A date as old as can be has it looked for among
 * all receipts.
 */
export const goneOf = (id: string, account: Account, initiatedAt: Instant = instant(0)): PaymentSeen => ({
  ...named('quickbooks', id),
  amountCents: ZERO,
  currency: currencyOf(new Json({}, `Payment ${id}`), account),
  state: 'failed',
  initiatedAt,
  failure: 'deleted in QuickBooks',
  reversals: [],
});

function paymentOf(row: Json, account: Account, around: Around): PaymentSeen {
  const currency = currencyOf(row, account);
  const amountCents = row.decimal('TotalAmt', currency);
  const state = row.has('TxnStatus') ? row.oneOf('TxnStatus', TXN_STATUS) : 'settled';
  const customerId = row.str('CustomerRef.value');
  const customer = around.customers.get(customerId);
  const payerName = customer?.opt('DisplayName') ?? row.opt('CustomerRef.name');
  return {
    ...named('quickbooks', idOf(row)),
    amountCents,
    currency,
    state,
    initiatedAt: paidAt(row),
    settledAt: state === 'settled' ? row.isoInstant('MetaData.CreateTime') : undefined,
    failure: state === 'failed' ? 'Declined' : undefined,
    customer: customerId,
    leaseRef: customer && leaseOf(customer),
    invoice: invoiceOf(row, around),
    payerName: payerName && maskMemo(payerName),
    payerEmail: customer?.opt('PrimaryEmailAddr.Address'),
    memo: memoOf(row, around) || undefined,
    reversals: [],
  };
}

/** A payment has a date and no hour. On the day on which it was typed it was that moment; else noon by the company's clock. */
function paidAt(row: Json): Instant {
  const [typed, on] = [row.str('MetaData.CreateTime'), row.str('TxnDate')];
  if (typed.startsWith(`${on}T`)) return row.isoInstant('MetaData.CreateTime');
  const offset = /(?:Z|[+-]\d{2}:\d{2})$/.exec(typed)?.[0] ?? 'Z';
  return new Json({ TxnDate: `${on}T12:00:00${offset}` }, row.path).isoInstant('TxnDate');
}

/** Where it pays one invoice of ours. Of several none is named: the lease's own rule spreads the money. */
function invoiceOf(row: Json, { numbers }: Around): string | undefined {
  const ours = invoicesOf(row).flatMap((id) => ourNumber(numbers.get(id)) ?? []);
  return ours.length === 1 ? ours[0] : undefined;
}

const invoicesOf = (row: Json): string[] =>
  row
    .items('Line')
    .flatMap((line) => line.items('LinkedTxn'))
    .filter((link) => link.opt('TxnType') === 'Invoice')
    .map((link) => link.str('TxnId'));

/** `Check 1042: thank you` */
function memoOf(row: Json, { methods }: Around): string {
  const method = row.opt('PaymentMethodRef.name') ?? methods.get(row.opt('PaymentMethodRef.value') ?? '');
  const how = joined([method, row.opt('PaymentRefNum')]);
  return maskMemo(joined([how, row.opt('PrivateNote')], ': '));
}

function* lookAround(rows: readonly Json[], account: Account): Flow<Around> {
  const customers = rows.map((row) => row.str('CustomerRef.value'));
  const hasMethod = rows.some((row) => row.has('PaymentMethodRef.value') && !row.has('PaymentMethodRef.name'));
  const asked = [
    ...byIds('Invoice', rows.flatMap(invoicesOf), account),
    ...byIds('Customer', customers, account),
    ...(hasMethod
      ? [{ kind: 'PaymentMethod' as const, request: query(account, 'select * from PaymentMethod maxresults 1000') }]
      : []),
  ];
  const replies = asked.length === 0 ? [] : yield asked.map(({ request }) => request);
  const found = (kind: Kind): Json[] =>
    asked.flatMap((one, at) => (one.kind === kind ? rowsOf(replies[at], kind) : []));
  return {
    numbers: new Map(found('Invoice').map((row) => [idOf(row), row.opt('DocNumber') ?? ''])),
    customers: new Map(found('Customer').map((row) => [row.str('Id'), row])),
    methods: new Map(found('PaymentMethod').map((row) => [row.str('Id'), row.str('Name')])),
  };
}

const byIds = (kind: Kind, all: readonly string[], account: Account) =>
  chunks([...new Set(all)], TOGETHER).map((some) => ({ kind, request: withIds(kind, some, account) }));

/** Inactive customers too: their payments are as good as others. */
export function withIds(kind: Kind, some: readonly string[], account: Account): HttpRequest {
  const inactive = kind === 'Customer' ? ' and Active in (true, false)' : '';
  return query(
    account,
    `select * from ${kind} where Id in (${some.map(literal).join(',')})${inactive} maxresults 1000`,
  );
}
