/** What Xero holds of ours within a period, for the nightly comparison. */
import { dayFrom } from '../../domain/calendar';
import type { Day, Instant } from '../../domain/values';
import type { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import type { BookItem, BooksAudit, Flow, PullContext } from '../connector';
import { currencyAt, get, idOf, itemsOf, type Kind, LARGE_PAGE, MAX_PAGES, ourNumber, pageCountOf } from './api';
import { isLive } from './invoices';

type Period = PullContext & { readonly until: Instant };

const IS_THERE = { AUTHORISED: true, DELETED: false };

function invoiceItem(item: Json): BookItem | undefined {
  const number = ourNumber('RL', item.opt('InvoiceNumber'));
  if (!number) return undefined;
  const code = currencyAt(item);
  return {
    kind: 'invoice',
    number,
    id: idOf(item, 'Invoices'),
    amountCents: item.decimal('Total', code),
    openCents: item.decimal('AmountDue', code),
    currency: code,
    gone: !isLive(item),
  };
}

function paymentItem(item: Json): BookItem | undefined {
  const number = ourNumber('RP', item.opt('Reference'));
  if (!number) return undefined;
  const code = currencyAt(item, 'Invoice.CurrencyCode');
  const amountCents = item.decimal('Amount', code);
  const gone = !item.oneOf('Status', IS_THERE);
  return { kind: 'payment', number, id: idOf(item, 'Payments'), amountCents, currency: code, gone };
}

function creditItem(item: Json): BookItem | undefined {
  const number = ourNumber('RC', item.opt('CreditNoteNumber'));
  if (!number) return undefined;
  const code = currencyAt(item);
  const amountCents = item.decimal('Total', code);
  return { kind: 'credit', number, id: idOf(item, 'CreditNotes'), amountCents, currency: code, gone: !isLive(item) };
}

const LISTS: readonly (readonly [Kind, string, (item: Json) => BookItem | undefined])[] = [
  ['Invoices', 'Type=="ACCREC"', invoiceItem],
  ['Payments', 'PaymentType=="ACCRECPAYMENT"', paymentItem],
  ['CreditNotes', 'Type=="ACCRECCREDIT"', creditItem],
];

export const books: BooksAudit = {
  *items(context) {
    const items = new Map<string, BookItem>();
    for (const [kind, only, read] of LISTS)
      for (const row of yield* listed(context, kind, only)) {
        const item = read(row);
        // A payment that was replaced stands there twice: the one that counts is told.
        if (item && (items.get(item.number)?.gone ?? true)) items.set(item.number, item);
      }
    return [...items.values()];
  },
};

function* listed(context: Period, kind: Kind, only: string): Flow<readonly Json[]> {
  const where = `${only} AND Date>=${dateTime(dayOf(context.since))} AND Date<=${dateTime(dayOf(context.until))}`;
  const pageAt = (page: number) =>
    get(context.account, `/${kind}`, { where, order: 'UpdatedDateUTC ASC', page, pageSize: LARGE_PAGE });
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

const dayOf = (at: Instant): Day => dayFrom(Math.floor(at / 86_400_000));
/** As Xero's filters write dates. */
const dateTime = (on: Day): string => `DateTime(${on.replace(/-/g, ',')})`;
