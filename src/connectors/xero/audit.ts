/**
 * What Xero holds of ours for the nightly comparison: the invoices that fall due within the period, and what lies on them,
 * whenever it was dated.
 */
import { addDays, dayFrom } from '../../domain/calendar';
import type { Day, Instant } from '../../domain/values';
import type { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import type { BookItem, BooksAudit, Flow, PullContext } from '../connector';
import { currencyAt, get, idOf, itemsOf, type Kind, LARGE_PAGE, MAX_PAGES, ourNumber, pageCountOf } from './api';
import { isLive } from './invoices';

const IS_THERE = { AUTHORISED: true, DELETED: false };
/** Rent that is paid or waived so long before it falls due is found. */
const DAYS_AHEAD = 92;
const HOUR_MS = 3_600_000;
/** The civil day of a midnight in any zone from Hawaii to New Zealand. */
const dayOf = (at: Instant): Day => dayFrom(Math.floor((at + 13.5 * HOUR_MS) / (24 * HOUR_MS)));
/** As Xero's filters write dates. */
const dateTime = (on: Day): string => `DateTime(${on.replace(/-/g, ',')})`;

export const books: BooksAudit = {
  *items(context) {
    const items = new Map<string, BookItem>();
    const keep = (item: BookItem): void => {
      // What was replaced stands there twice: the one that counts is told.
      if (items.get(item.number)?.gone ?? true) items.set(item.number, item);
    };
    const due = `DueDate>=${dateTime(dayOf(context.since))} AND DueDate<=${dateTime(dayOf(context.until))}`;
    for (const row of yield* listed(context, 'Invoices', `Type=="ACCREC" AND ${due}`)) {
      const number = ourNumber('RL', row.opt('InvoiceNumber'));
      if (number) keep(documentItem(row, 'invoice', number));
    }
    const from = `Date>=${dateTime(addDays(dayOf(context.since), -DAYS_AHEAD))}`;
    const isOn = (invoice: string | undefined) => items.has(ourNumber('RL', invoice) ?? '');
    for (const row of yield* listed(context, 'Payments', `PaymentType=="ACCRECPAYMENT" AND ${from}`)) {
      const number = ourNumber('RP', row.opt('Reference'));
      if (number && isOn(row.opt('Invoice.InvoiceNumber'))) keep(paymentItem(row, number));
    }
    for (const row of yield* listed(context, 'CreditNotes', `Type=="ACCRECCREDIT" AND ${from}`)) {
      const number = ourNumber('RC', row.opt('CreditNoteNumber'));
      if (number && isOn(row.opt('Reference'))) keep(documentItem(row, 'credit', number));
    }
    return [...items.values()];
  },
};

function documentItem(row: Json, kind: 'invoice' | 'credit', number: string): BookItem {
  const currency = currencyAt(row);
  const amountCents = row.decimal('Total', currency);
  const shared = { kind, number, amountCents, currency, gone: !isLive(row) };
  if (kind === 'credit') return { ...shared, id: idOf(row, 'CreditNotes') };
  return { ...shared, id: idOf(row, 'Invoices'), openCents: row.decimal('AmountDue', currency) };
}

function paymentItem(row: Json, number: string): BookItem {
  const currency = currencyAt(row, 'Invoice.CurrencyCode');
  const amountCents = row.decimal('Amount', currency);
  const gone = !row.oneOf('Status', IS_THERE);
  return { kind: 'payment', number, id: idOf(row, 'Payments'), amountCents, currency, gone };
}

function* listed({ account }: PullContext, kind: Kind, where: string): Flow<readonly Json[]> {
  const pageAt = (page: number) =>
    get(account, `/${kind}`, { where, order: 'UpdatedDateUTC ASC', page, pageSize: LARGE_PAGE });
  let page = 1;
  return yield* everyPage(
    pageAt(page),
    (reply) => {
      const isLast = page >= pageCountOf(reply, page, LARGE_PAGE);
      return { items: itemsOf(reply, kind), ...(isLast ? {} : { next: pageAt(++page) }) };
    },
    MAX_PAGES,
  );
}
