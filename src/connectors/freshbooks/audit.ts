/** What FreshBooks holds of ours, for the nightly comparison. */
import { addDays, localDay } from '../../domain/calendar';
import { AHEAD_DAYS } from '../../domain/drift';
import { currency, type Day } from '../../domain/values';
import type { Json } from '../../http/json';
import type { BookItem, BooksAudit, Flow } from '../connector';
import { ourNumber } from '../wishes';
import { allEver, INVOICES, idOf, type Noun, PAYMENTS } from './api';
import { deleted, zoneOf } from './payments';

export const books: BooksAudit = {
  *items({ account, since, until }) {
    const zone = zoneOf(account);
    const [from, to] = [localDay(since, zone), localDay(until, zone)];
    const invoices = yield* dated(account, INVOICES, 'create_date', [from, to]);
    const payments = yield* dated(account, PAYMENTS, 'date', [addDays(from, -AHEAD_DAYS), to]);
    const numbers = new Map(invoices.map((row) => [idOf(row, 'id'), row.opt('invoice_number') ?? '']));
    return [
      ...invoices.flatMap((row) => invoiceItem(row) ?? []),
      ...payments.flatMap((row) => paymentItem(row, numbers) ?? []),
    ];
  },
};

type Account = Parameters<BooksAudit['items']>[0]['account'];

/** Live and deleted rows of some days. */
function* dated(account: Account, noun: Noun, field: string, [from, to]: readonly [Day, Day]): Flow<readonly Json[]> {
  // Whether the last day counts is told differently in different places, so one more is asked for.
  const search = { date_min: from, date_max: addDays(to, 1) };
  const rows = yield* allEver(account, noun, search);
  return rows.filter((row) => row.str(field) >= from && row.str(field) <= to);
}

function invoiceItem(row: Json): BookItem | undefined {
  const number = row.opt('invoice_number') ?? '';
  if (ourNumber(number) !== number) return undefined;
  const item = { ...common(row, number), kind: 'invoice' as const };
  // FreshBooks takes a bank debit that is on its way for paid; the ledger does not, and neither is wrong.
  if (row.str('v3_status') === 'pending') return item;
  return { ...item, openCents: row.decimal('outstanding.amount', currency(row.str('outstanding.code'))) };
}

/** `numbers` are those of the period's invoices by FreshBooks' id; another invoice goes by its id. */
function paymentItem(row: Json, numbers: ReadonlyMap<string, string>): BookItem | undefined {
  const number = ourNumber(row.opt('note'));
  if (!number) return undefined;
  const invoice = idOf(row, 'invoiceid');
  return {
    ...common(row, number),
    on: numbers.get(invoice) || invoice,
    kind: number.startsWith('RC') ? 'credit' : 'payment',
  };
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
