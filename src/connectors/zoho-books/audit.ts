/** What Zoho Books holds of ours, for the nightly comparison: the invoices that changed since the period began, and what lies on them. */
import { OUR_NUMBER } from '../../domain/books';
import { localDay } from '../../domain/calendar';
import { currency as asCurrency, type Day, zone } from '../../domain/values';
import { fail, isFault } from '../../http/faults';
import type { Json } from '../../http/json';
import { everyPage, inWaves } from '../../http/paging';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, BookItem, BooksAudit, Flow } from '../connector';
import { get, memberOf, rowsOf, WAVE, wordsIn } from './api';
import { creditsOn } from './entries';
import { zohoTime } from './feed';
import { adjustmentOf, chargedCents } from './invoices';
import { dayIn } from './payments';

const PAGE = 200;
const MAX_PAGES = 20;
/** A charge may be billed some days before its date. */
const EARLY_MS = 40 * 86_400_000;

/** Invoices are listed 200 at a time; their payments and credits cost a call for each invoice that has some. */
export const books: BooksAudit = {
  *items({ account, since, until }) {
    const [first, last] = [localDay(since, zone('Etc/UTC')), localDay(until, zone('Etc/UTC'))];
    const isWithin = (day: Day): boolean => day >= first && day <= last;
    const rows = (yield* changedSince(account, since - EARLY_MS)).filter(isOurInvoice);
    const invoices = rows.filter((row) => isWithin(dayIn(row, 'date'))).map(invoiceItem);
    const payments = yield* paymentsOf(account, rows.filter(hasMoney), isWithin);
    const credits = yield* creditsOf(
      account,
      rows.filter((row) => adjustmentOf(row) < 0 && isWithin(dayIn(row, 'date'))),
    );
    return [...invoices, ...payments, ...credits];
  },
};

function* changedSince(account: Account, sinceMs: number): Flow<readonly Json[]> {
  const pageAt = (page: number): HttpRequest =>
    get(account, '/invoices', { last_modified_time: zohoTime(sinceMs), page, per_page: PAGE });
  let page = 1;
  const read = (reply: HttpReply) => {
    const { rows, more } = rowsOf(reply, 'invoices', 'invoice_id');
    return more ? { items: rows, next: pageAt(++page) } : { items: rows };
  };
  return yield* everyPage(pageAt(page), read, MAX_PAGES);
}

/** Ours begin with our number; a bookkeeper's copy may hold it somewhere. */
const isOurInvoice = (row: Json): boolean => {
  const number = row.str('invoice_number');
  return number.startsWith('RL-') && OUR_NUMBER.test(number);
};

const currencyOf = (row: Json) => asCurrency(row.str('currency_code'));

const invoiceItem = (row: Json): BookItem => ({
  kind: 'invoice',
  number: row.str('invoice_number'),
  id: row.str('invoice_id'),
  amountCents: chargedCents(row),
  openCents: row.decimal('balance', currencyOf(row)),
  currency: currencyOf(row),
  gone: row.str('status') === 'void',
});

const hasMoney = (row: Json): boolean =>
  row.str('status') !== 'void' && row.decimal('total', currencyOf(row)) !== row.decimal('balance', currencyOf(row));

function* eachOf(
  account: Account,
  rows: readonly Json[],
  path: string,
): Flow<readonly { row: Json; reply: HttpReply }[]> {
  const outcomes = yield* inWaves(
    rows.map((row) => get(account, `/invoices/${row.str('invoice_id')}${path}`)),
    WAVE,
  );
  return rows.flatMap((row, at) => {
    const reply = outcomes[at];
    if (!reply) return [];
    if (!isFault(reply)) return { row, reply };
    return reply.fault === 'missing' ? [] : fail(reply.fault, reply.message, reply);
  });
}

function* paymentsOf(
  account: Account,
  rows: readonly Json[],
  isWithin: (day: Day) => boolean,
): Flow<readonly BookItem[]> {
  const read = yield* eachOf(account, rows, '/payments');
  return read.flatMap(({ row, reply }) =>
    rowsOf(reply, 'payments', 'payment_id').rows.flatMap((each): BookItem[] => {
      const [number] = OUR_NUMBER.exec(wordsIn(each, 'reference_number') ?? '') ?? [];
      if (!number || !isWithin(dayIn(each, 'date'))) return [];
      const currency = currencyOf(row);
      const [id, amountCents] = [each.str('payment_id'), each.decimal('amount', currency)];
      return [{ kind: 'payment', number, id, amountCents, currency, gone: false }];
    }),
  );
}

function* creditsOf(account: Account, rows: readonly Json[]): Flow<readonly BookItem[]> {
  const read = yield* eachOf(account, rows, '');
  return read.flatMap(({ row, reply }) => {
    const [id, currency] = [row.str('invoice_id'), currencyOf(row)];
    return creditsOn(memberOf(reply, 'invoice', id)).map(
      (each): BookItem => ({ kind: 'credit', ...each, id, currency, gone: false }),
    );
  });
}
