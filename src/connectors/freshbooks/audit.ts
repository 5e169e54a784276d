/** What FreshBooks holds of ours, for the nightly comparison. */
import { addDays, localDay } from '../../domain/calendar';
import { currency, type Day } from '../../domain/values';
import type { Json } from '../../http/json';
import type { BookItem, BooksAudit } from '../connector';
import { ourNumber } from '../wishes';
import { allEver, INVOICES, idOf, type Noun, PAYMENTS } from './api';
import { deleted, zoneOf } from './payments';

export const books: BooksAudit = {
  *items({ account, since, until }) {
    const zone = zoneOf(account);
    const [from, to] = [localDay(since, zone), localDay(until, zone)];
    const items: BookItem[] = [];
    for (const { noun, dated, read } of KINDS) {
      // Whether the last day counts is told differently in different places, so one more is asked for.
      const search = { date_min: from, date_max: addDays(to, 1) };
      const all = yield* allEver(account, noun, search);
      const rows = all.filter((row) => isWithin(row.str(dated), from, to));
      items.push(...rows.flatMap((row) => read(row) ?? []));
    }
    return items;
  },
};

const isWithin = (on: string, from: Day, to: Day): boolean => on >= from && on <= to;

interface Kind {
  readonly noun: Noun;
  readonly dated: string;
  read(row: Json): BookItem | undefined;
}

const KINDS: readonly Kind[] = [
  { noun: INVOICES, dated: 'create_date', read: invoiceItem },
  { noun: PAYMENTS, dated: 'date', read: paymentItem },
];

function invoiceItem(row: Json): BookItem | undefined {
  const number = row.opt('invoice_number') ?? '';
  if (ourNumber(number) !== number) return undefined;
  const item = { ...common(row, number), kind: 'invoice' as const };
  // FreshBooks takes a bank debit that is on its way for paid; the ledger does not, and neither is wrong.
  if (row.str('v3_status') === 'pending') return item;
  return { ...item, openCents: row.decimal('outstanding.amount', currency(row.str('outstanding.code'))) };
}

function paymentItem(row: Json): BookItem | undefined {
  const number = ourNumber(row.opt('note'));
  if (!number) return undefined;
  return { ...common(row, number), kind: number.startsWith('RC') ? 'credit' : 'payment' };
}

function common(row: Json, number: string) {
  const code = currency(row.str('amount.code'));
  return {
    number,
    id: idOf(row, 'id'),
    amountCents: row.decimal('amount.amount', code),
    currency: code,
    gone: deleted(row),
  };
}
