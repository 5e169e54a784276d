/** The three kinds of lines: a charge of a type that the owner has chosen, a payment, and a credit; and the nightly list of them. */
import type { CreditWish, InvoiceWish, PaymentWish } from '../../domain/books';
import { addDays, localDay } from '../../domain/calendar';
import { AHEAD_DAYS } from '../../domain/drift';
import { fail, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { together } from '../../http/paging';
import { maskMemo } from '../../http/redact';
import type { HttpRequest } from '../../ports';
import type { Account, BookItem, BooksAudit, Effect, EffectContext } from '../connector';
import { creditWish, invoiceWish, paymentWish } from '../wishes';
import { all, currencyOf, zoneOf } from './api';
import { type Kind, lineEffect, rehearsedLine } from './lines';
import { idOf, numberIn } from './money';
import type { Place } from './places';

/** By our word for a charge: the field of the mapping, and what the test call has found by its name. */
const TYPES: Readonly<Record<string, readonly [mapped: string, found: string]>> = {
  rent: ['MAP_RENT', 'RENT_TYPE'],
  'late fee': ['MAP_LATE_FEE', 'LATE_TYPE'],
  'returned payment fee': ['MAP_RETURN_FEE', 'NSF_TYPE'],
};

/** Rent Manager's number of the charge type. Throws a fault that names the charge where nobody has chosen one. */
export function typeOf(account: Account, type: string): number {
  const [mapped = '', found = ''] = TYPES[type] ?? [];
  const chosen = [account[mapped], account[found], account.MAP_OTHER].find((each) => each?.trim());
  const number = /^(\d+)/.exec(chosen?.trim() ?? '')?.[1];
  return number
    ? Number(number)
    : fail(
        'rejected',
        `No charge type of Rent Manager is chosen for "${type}". Choose one in the mapping on its card.`,
      );
}

const placeOf = ({ property, unit }: Place) => ({
  ...(property ? { PropertyID: property } : {}),
  ...(unit ? { UnitID: unit } : {}),
});

const CHARGES: Kind<InvoiceWish> = {
  path: 'Charges',
  read: invoiceWish,
  comment: ({ description }) => description,
  more: ({ type }, place, account) => ({ ...placeOf(place), ChargeTypeID: typeOf(account, type) }),
};

/** Where the money goes is left to Rent Manager, which gives it to the oldest charge. */
const PAYMENTS: Kind<PaymentWish> = {
  path: 'Payments',
  read: paymentWish,
  comment: ({ number, source, reference, invoice }) =>
    `${number} ${maskMemo(`${source} ${reference}`)}, for ${invoice}`,
  more: () => ({}),
};

const CREDITS: Kind<CreditWish> = {
  path: 'Credits',
  read: creditWish,
  comment: ({ number, reason, invoice }) => `${number} ${reason}, for ${invoice}`,
  more: (_wish, place, account) => ({ ...placeOf(place), ChargeTypeID: typeOf(account, 'rent') }),
};

export const invoice: Effect = lineEffect(CHARGES);
export const payment: Effect = lineEffect(PAYMENTS);
export const credit: Effect = lineEffect(CREDITS);

export function rehearse(kind: string, context: EffectContext): readonly HttpRequest[] {
  if (kind === 'invoice') return [rehearsedLine(CHARGES, context)];
  if (kind === 'payment') return [rehearsedLine(PAYMENTS, context)];
  return kind === 'credit' ? [rehearsedLine(CREDITS, context)] : [];
}

// ---------------------------------------------------------------- the nightly comparison

const AROUND_DAYS = 62;
const LISTS = [
  { path: 'Charges', kind: 'invoice', prefix: 'RL' },
  { path: 'Payments', kind: 'payment', prefix: 'RP' },
  { path: 'Credits', kind: 'credit', prefix: 'RC' },
] as const;
type List = (typeof LISTS)[number];

/** What is open on a charge is not compared: Rent Manager spreads money by its own rule. */
export const books: BooksAudit = {
  *items({ account, since, until }) {
    const [from, to] = [localDay(since, zoneOf(account)), localDay(until, zoneOf(account))];
    const results = yield* together(
      LISTS.map(({ path, kind }) => {
        const [first, last] = kind === 'invoice' ? [-AROUND_DAYS, AROUND_DAYS] : [-AHEAD_DAYS, 0];
        const filters = [`TransactionDate,ge,${addDays(from, first)}`, `TransactionDate,lt,${addDays(to, last + 1)}`];
        return all(account, path, { filters }, 'ID');
      }),
    );
    return results.flatMap((result, at) => {
      if ('fault' in result) return raise(result.fault);
      return result.value.flatMap((row) => itemOf(row, LISTS[at] as List, account) ?? []);
    });
  },
};

function itemOf(row: Json, { kind, prefix }: List, account: Account): BookItem | undefined {
  const number = numberIn(row, prefix);
  if (!number) return undefined;
  const currency = currencyOf(account);
  const on = kind === 'invoice' ? undefined : /\bfor (RL-\w{10})/.exec(row.opt('Comment') ?? '')?.[1];
  return {
    kind,
    number,
    id: idOf(row),
    amountCents: row.decimal('Amount', currency),
    ...(on ? { on } : {}),
    currency,
    gone: row.opt('ReversalDate') !== undefined,
  };
}
