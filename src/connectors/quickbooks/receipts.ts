/** QuickBooks' payments as payments seen: typed there by a bookkeeper, with what they pay and whose customer they are from. */
import type { PaymentSeen, PaymentState } from '../../domain/book';
import { OUR_NUMBER } from '../../domain/books';
import { ZERO } from '../../domain/money';
import { type Instant, instant, key } from '../../domain/values';
import { isFaultError } from '../../http/faults';
import { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import type { HttpRequest } from '../../ports';
import type { Account, FeedPage, Flow } from '../connector';
import { currencyOf, isVoided, type Kind, literal, query, rowsOf } from './api';
import { leaseOf } from './customers';

const SOURCE = 'quickbooks';
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
const isOurs = (row: Json): boolean => OUR_NUMBER.test(row.opt('PaymentRefNum') ?? '');

interface Around {
  readonly numbers: ReadonlyMap<string, string>;
  readonly customers: ReadonlyMap<string, Json>;
  readonly methods: ReadonlyMap<string, string>;
}

export interface Seen {
  readonly payments: readonly PaymentSeen[];
  readonly faults: FeedPage['faults'];
}

/** Maps payments, each with its invoice, customer and method; none is asked for by itself. */
export function* seenIn(rows: readonly Json[], account: Account, since: Instant): Flow<Seen> {
  const faults: FeedPage['faults'][number][] = [];
  const each = <T>(of: readonly Json[], read: (row: Json) => T | undefined): T[] =>
    of.flatMap((row) => {
      try {
        return read(row) ?? [];
      } catch (error) {
        if (!isFaultError(error)) throw error;
        faults.push({ about: row.str('Id'), fault: error.fault });
        return [];
      }
    });
  const gone = each(rows, (row) => (isDeleted(row) || isVoided(row) ? row : undefined));
  const bad = new Set(faults.map(({ about }) => about));
  const there = rows.filter((row) => !gone.includes(row) && !bad.has(row.str('Id')));
  // A payment of nothing puts credit on an invoice: no money came.
  const money = there.filter((row) => row.at('TotalAmt').value !== 0 && !isOurs(row));
  const around = yield* lookAround(money, account);
  const lost = each(
    gone.filter((row) => isDeleted(row) || !isOurs(row)),
    (row) =>
      isDeleted(row)
        ? goneOf(row.str('Id'), account)
        : { ...goneOf(row.str('Id'), account, paidAt(row)), failure: 'voided in QuickBooks' },
  );
  const found = each(money, (row) => paymentOf(row, account, around)).filter((one) => one.initiatedAt >= since);
  return { payments: [...found, ...lost], faults };
}

/**
 * It is there no longer, and nothing tells what it was: a deleted payment leaves its id, a voided one loses its amount and its
 * invoice. The amount of nothing says so; what the ledger knows of it goes back. A date as old as can be has it looked for among
 * all receipts.
 */
export const goneOf = (id: string, account: Account, initiatedAt: Instant = instant(0)): PaymentSeen => ({
  key: key(`${SOURCE}:${id}`),
  source: SOURCE,
  externalId: id,
  amountCents: ZERO,
  currency: currencyOf(new Json({}, `Payment ${id}`), account),
  state: 'failed',
  initiatedAt,
  failure: 'deleted in QuickBooks',
  reversals: [],
});

function paymentOf(row: Json, account: Account, around: Around): PaymentSeen {
  const id = row.str('Id');
  const currency = currencyOf(row, account);
  const amountCents = row.decimal('TotalAmt', currency);
  const state = row.has('TxnStatus') ? row.oneOf('TxnStatus', TXN_STATUS) : 'settled';
  const customerId = row.str('CustomerRef.value');
  const customer = around.customers.get(customerId);
  const invoice = invoiceOf(row, around);
  const leaseRef = customer && leaseOf(customer);
  const payerName = customer?.opt('DisplayName') ?? row.opt('CustomerRef.name');
  const payerEmail = customer?.opt('PrimaryEmailAddr.Address');
  const memo = memoOf(row, around);
  return {
    key: key(`${SOURCE}:${id}`),
    source: SOURCE,
    externalId: id,
    amountCents,
    currency,
    state,
    initiatedAt: paidAt(row),
    ...(state === 'settled' ? { settledAt: row.isoInstant('MetaData.CreateTime') } : {}),
    ...(state === 'failed' ? { failure: 'Declined' } : {}),
    customer: customerId,
    ...(leaseRef ? { leaseRef } : {}),
    ...(invoice ? { invoice } : {}),
    ...(payerName ? { payerName: maskMemo(payerName) } : {}),
    ...(payerEmail ? { payerEmail } : {}),
    ...(memo ? { memo } : {}),
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
  const ours = invoicesOf(row).flatMap((id) => OUR_NUMBER.exec(numbers.get(id) ?? '')?.[0] ?? []);
  return ours.length === 1 ? ours[0] : undefined;
}

const invoicesOf = (row: Json): string[] =>
  (row.has('Line') ? row.list('Line') : [])
    .flatMap((line) => (line.has('LinkedTxn') ? line.list('LinkedTxn') : []))
    .filter((link) => link.opt('TxnType') === 'Invoice')
    .map((link) => link.str('TxnId'));

/** `Check 1042: thank you` */
function memoOf(row: Json, { methods }: Around): string {
  const method = row.opt('PaymentMethodRef.name') ?? methods.get(row.opt('PaymentMethodRef.value') ?? '');
  const how = [method, row.opt('PaymentRefNum')].filter((part) => part).join(' ');
  return maskMemo([how, row.opt('PrivateNote')].filter((part) => part).join(': '));
}

function* lookAround(rows: readonly Json[], account: Account): Flow<Around> {
  const invoices = ids(rows.flatMap((row) => invoicesOf(row)));
  const customers = ids(rows.map((row) => row.str('CustomerRef.value')));
  const hasMethod = rows.some((row) => row.has('PaymentMethodRef.value') && !row.has('PaymentMethodRef.name'));
  const asked = [
    ...byIds('Invoice', invoices, account),
    ...byIds('Customer', customers, account),
    ...(hasMethod
      ? [{ kind: 'PaymentMethod' as const, request: query(account, 'select * from PaymentMethod maxresults 1000') }]
      : []),
  ];
  const replies = asked.length === 0 ? [] : yield asked.map(({ request }) => request);
  const found = (kind: Kind): Json[] =>
    asked.flatMap((one, at) => (one.kind === kind ? rowsOf(replies[at], kind) : []));
  return {
    numbers: new Map(found('Invoice').map((row) => [row.str('Id'), row.opt('DocNumber') ?? ''])),
    customers: new Map(found('Customer').map((row) => [row.str('Id'), row])),
    methods: new Map(found('PaymentMethod').map((row) => [row.str('Id'), row.str('Name')])),
  };
}

const ids = (all: readonly string[]): string[] => [...new Set(all)];

function byIds(kind: Kind, all: readonly string[], account: Account) {
  const requests: { readonly kind: Kind; readonly request: HttpRequest }[] = [];
  for (let at = 0; at < all.length; at += TOGETHER)
    requests.push({ kind, request: withIds(kind, all.slice(at, at + TOGETHER), account) });
  return requests;
}

/** Inactive customers too: their payments are as good as others. */
export function withIds(kind: Kind, some: readonly string[], account: Account): HttpRequest {
  const inactive = kind === 'Customer' ? ' and Active in (true, false)' : '';
  return query(
    account,
    `select * from ${kind} where Id in (${some.map(literal).join(',')})${inactive} maxresults 1000`,
  );
}
