/**
 * What Xero holds of ours for the nightly comparison: the invoices that fall due within the period, and what lies on them,
 * whenever it was dated.
 */
import { addDays, dayFrom } from '../../domain/calendar';
import type { Day, Instant } from '../../domain/values';
import type { Json } from '../../http/json';
import type { BookItem, BooksAudit, Flow, PullContext } from '../connector';
import { DAY_MS, HOUR_MS } from '../seen';
import { ourNumber } from '../wishes';
import { currencyAt, idOf, type Kind, LARGE_PAGE, listed } from './api';
import { isLive } from './invoices';

const IS_THERE = { AUTHORISED: true, DELETED: false };
/** Rent that is paid or waived so long before it falls due is found. */
const DAYS_AHEAD = 92;
/** The civil day of a midnight in any zone from Hawaii to New Zealand. */
const dayOf = (at: Instant): Day => dayFrom(Math.floor((at + 13.5 * HOUR_MS) / DAY_MS));
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
    for (const row of yield* found(context, 'Invoices', `Type=="ACCREC" AND ${due}`)) {
      const number = ourNumber(row.opt('InvoiceNumber'), 'RL');
      if (number) keep(documentItem(row, 'invoice', number));
    }
    const from = `Date>=${dateTime(addDays(dayOf(context.since), -DAYS_AHEAD))}`;
    const isOn = (invoice: string | undefined) => items.has(ourNumber(invoice, 'RL') ?? '');
    for (const row of yield* found(context, 'Payments', `PaymentType=="ACCRECPAYMENT" AND ${from}`)) {
      const number = ourNumber(row.opt('Reference'), 'RP');
      if (number && isOn(row.opt('Invoice.InvoiceNumber'))) keep(paymentItem(row, number));
    }
    for (const row of yield* found(context, 'CreditNotes', `Type=="ACCRECCREDIT" AND ${from}`)) {
      const number = ourNumber(row.opt('CreditNoteNumber'), 'RC');
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

const found = ({ account }: PullContext, kind: Kind, where: string): Flow<readonly Json[]> =>
  listed(account, kind, { where, order: 'UpdatedDateUTC ASC' }, LARGE_PAGE);
