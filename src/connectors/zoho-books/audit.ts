/** What Zoho Books holds of ours, for the nightly comparison: the invoices that changed since the period began, and what lies on them. */
import { localDay } from '../../domain/calendar';
import { currency as asCurrency, type Currency, zone } from '../../domain/values';
import type { Params } from '../../http/encode';
import { isFault, replyOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach, everyPage } from '../../http/paging';
import type { HttpReply } from '../../ports';
import { type Account, asked, type BookItem, type BooksAudit, type Flow } from '../connector';
import { DAY_MS } from '../seen';
import { ourNumber } from '../wishes';
import { get, type Member, memberOf, rowsOf, WAVE, wordsIn } from './api';
import { creditsOn } from './entries';
import { zohoTime } from './feed';
import { adjustmentOf, chargedCents } from './invoices';
import { dayIn } from './payments';

const PAGE = 200;
const MAX_PAGES = 20;
/** A charge may be billed some days before its date. */
const EARLY_MS = 40 * DAY_MS;

/** Invoices are listed 200 at a time; credits cost a call for each invoice that has some. */
export const books: BooksAudit = {
  *items({ account, since, until }) {
    const [first, last] = [localDay(since, zone('Etc/UTC')), localDay(until, zone('Etc/UTC'))];
    const query = { last_modified_time: zohoTime(since - EARLY_MS) };
    // The ledger compares charges by the day on which they fall due, and what lies on those.
    const isWithin = (row: Json): boolean => dayIn(row, 'due_date') >= first && dayIn(row, 'due_date') <= last;
    const all = yield* listed(account, '/invoices', query, 'invoices');
    const rows = all.filter((row) => isOurInvoice(row) && isWithin(row));
    const payments = yield* paymentsOf(account, rows.filter(hasMoney));
    const credits = yield* creditsOf(
      account,
      rows.filter((row) => adjustmentOf(row) < 0),
    );
    return [...rows.map(invoiceItem), ...payments, ...credits];
  },
};

const listed = (account: Account, path: string, query: Params, member: Member): Flow<Json[]> =>
  everyPage<Json, number>(
    (page = 1) => get(account, path, { ...query, page, per_page: PAGE }),
    (reply, page = 1) => {
      const { rows, more } = rowsOf(reply, member);
      return { items: rows, next: more ? page + 1 : undefined };
    },
    MAX_PAGES,
  );

/** A bookkeeper's copy may hold our number somewhere else. */
const isOurInvoice = (row: Json): boolean => {
  const number = row.str('invoice_number');
  return number.startsWith('RL-') && ourNumber(number) !== undefined;
};

const currencyOf = (row: Json): Currency => asCurrency(row.str('currency_code'));

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

/**
 * The documents show no reference in the list of all payments, live answers have one. Where it is there, pages of 200 do what
 * takes a call for each paid invoice otherwise.
 */
function* paymentsOf(account: Account, invoices: readonly Json[]): Flow<readonly BookItem[]> {
  const [first] = invoices;
  if (!first) return [];
  const reply = yield* asked(get(account, '/customerpayments', { page: 1, per_page: 1 }));
  const [probe] = rowsOf(reply, 'customer_payments').rows;
  if (probe?.has('reference_number')) {
    const all = yield* listed(account, '/customerpayments', {}, 'customer_payments');
    const numbers = new Set(invoices.map((row) => row.str('invoice_number')));
    const isOnThese = (row: Json) =>
      (wordsIn(row, 'invoice_number') ?? '').split(/, ?/).some((each) => numbers.has(each));
    return all.filter(isOnThese).flatMap((row) => paymentItem(row, currencyOf(first)));
  }
  const read = yield* eachOf(account, invoices, '/payments');
  return read.flatMap(([row, told]) =>
    rowsOf(told, 'payments').rows.flatMap((each) => paymentItem(each, currencyOf(row))),
  );
}

function paymentItem(row: Json, currency: Currency): readonly BookItem[] {
  const number = ourNumber(wordsIn(row, 'reference_number'));
  if (!number) return [];
  const [id, amountCents] = [row.str('payment_id'), row.decimal('amount', currency)];
  return [{ kind: 'payment', number, id, amountCents, currency, gone: false }];
}

function* creditsOf(account: Account, invoices: readonly Json[]): Flow<readonly BookItem[]> {
  const read = yield* eachOf(account, invoices, '');
  return read.flatMap(([row, reply]) => {
    const [id, currency] = [row.str('invoice_id'), currencyOf(row)];
    return creditsOn(memberOf(reply, 'invoice', id)).map(
      (each): BookItem => ({ kind: 'credit', ...each, id, currency, gone: false }),
    );
  });
}

/** What is told of each invoice under a path; one that is gone meanwhile is left out. */
function* eachOf(account: Account, rows: readonly Json[], path: string): Flow<(readonly [Json, HttpReply])[]> {
  const told = yield* askEach(rows, (row) => get(account, `/invoices/${row.str('invoice_id')}${path}`), WAVE);
  return told
    .filter(([, outcome]) => !(isFault(outcome) && outcome.fault === 'missing'))
    .map(([row, outcome]) => [row, replyOf(outcome)]);
}
