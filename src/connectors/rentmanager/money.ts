/** Reads Rent Manager's payments as payments seen: no status, but a day on which one was reversed. */
import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import { instantOf, parseDay } from '../../domain/calendar';
import { type Day, type Instant, instant, key } from '../../domain/values';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import type { Account } from '../connector';
import { joined, named, readRows, refunded, type Seen } from '../seen';
import { ourNumber } from '../wishes';
import { currencyOf, zoneOf } from './api';

/** Whose account money is on: residents', or others' that are none of ours. */
const ACCOUNTS: Readonly<Record<string, boolean>> = {
  Customer: true,
  Tenant: true,
  Prospect: false,
  Owner: false,
  OwnerProspect: false,
  Vendor: false,
};

/** `returned`: a bank did it, and a fee may be due. The others are corrections by people. */
const REVERSALS: Readonly<Record<string, PaymentReversal['reason']>> = {
  NSF: 'returned',
  Void: 'refunded',
  Refund: 'refunded',
};

/** A day without an hour: `2026-12-02T00:00:00`. */
export function dayIn(row: Json, path: string): Day {
  const found = row.at(path);
  return parseDay(row.str(path).slice(0, 10)) ?? found.wrong('a day');
}

/** The number that we gave to a charge, payment or credit: in its reference, or, where that cannot be written, in its comment. */
export const numberIn = (row: Json, kind = 'R'): string | undefined =>
  ourNumber(row.opt('Reference'), kind) ?? ourNumber(row.opt('Comment'), kind);

export const idOf = (row: Json): string => String(row.int('ID'));

/** Payments by residents that we have not written there ourselves. */
export function seenIn(rows: readonly Json[], account: Account, since: Instant): Seen {
  const { found, faults } = readRows(rows, idOf, (row) => paymentOf(row, account));
  return { payments: found.filter((each) => each.initiatedAt >= since), faults };
}

function paymentOf(row: Json, account: Account): PaymentSeen | undefined {
  if (numberIn(row) || !row.oneOf('AccountType', ACCOUNTS)) return undefined;
  const currency = currencyOf(account);
  const amountCents = row.decimal('Amount', currency);
  if (amountCents < 0) return row.at('Amount').wrong('money that was received');
  if (amountCents === 0) return undefined;
  const at = paidAt(row, account);
  return {
    ...named('rentmanager', idOf(row)),
    amountCents,
    currency,
    state: 'settled',
    initiatedAt: at,
    settledAt: at,
    customer: String(row.int('AccountID')),
    payerName: row.has('Tenant') ? joined([row.opt('Tenant.FirstName'), row.opt('Tenant.LastName')]) : undefined,
    memo: maskMemo(joined([row.opt('Reference'), row.opt('Comment')], ': ')) || undefined,
    reversals: row.opt('ReversalDate') ? [reversalOf(row, amountCents, account)] : [],
  };
}

function reversalOf(row: Json, amountCents: PaymentSeen['amountCents'], account: Account): PaymentReversal {
  const type = row.opt('ReversalType') ?? 'no type';
  const reason = row.oneOf('ReversalType', REVERSALS);
  const name = `rentmanager:${idOf(row)}:reversed`;
  const at = noon(dayIn(row, 'ReversalDate'), account);
  const detail = `${type} in Rent Manager`;
  if (reason === 'refunded') return refunded(name, amountCents, at, detail);
  return { key: key(name), reason, state: 'final', amountCents, at, detail };
}

const noon = (on: Day, account: Account): Instant => instantOf(on, 12, 0, zoneOf(account));

/** A payment has a day and no hour. On the day on which it was entered it was that moment; else noon. */
function paidAt(row: Json, account: Account): Instant {
  const on = dayIn(row, 'TransactionDate');
  const [, entered, hour, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(row.opt('CreateDate') ?? '') ?? [];
  if (entered !== on) return noon(on, account);
  return instant(instantOf(on, Number(hour), Number(minute), zoneOf(account)));
}
