/** What Dynamics 365 holds of ours, for the nightly comparison: invoices that fall due within the period, and what lies on them. */
import { localDay } from '../../domain/calendar';
import { minus, negate, sum } from '../../domain/money';
import { zone } from '../../domain/values';
import { bodyOf } from '../../http/body';
import type { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import { type Account, asked, type BookItem, type BooksAudit, type Flow } from '../connector';
import { ourNumber } from '../wishes';
import { following, get, listOf, odataIn } from './api';
import { CURRENCIES, currenciesIn, currencyIn } from './invoices';
import { LINES, openIn, paymentsIn, SELECT, type There, thereIn } from './ledger';

const PAGES = 40;
const SIZE = 'odata.maxpagesize=1000';

const listed = (account: Account, path: string): Flow<Json[]> =>
  everyPage<Json, string>(
    (link) => (link === undefined ? get(account, path, SIZE) : following(account, link, SIZE)),
    (reply) => {
      const body = bodyOf(reply, 'list');
      return { items: body.list('value'), next: odataIn(body, 'nextLink') };
    },
    PAGES,
  );

export const books: BooksAudit = {
  *items({ account, since, until }) {
    const utc = zone('Etc/UTC');
    const within = `duedate ge ${localDay(since, utc)} and duedate le ${localDay(until, utc)}`;
    const currencies = currenciesIn(yield* asked(get(account, CURRENCIES)));
    const rows = yield* listed(
      account,
      listOf('invoices', {
        select: `invoicenumber,${SELECT}`,
        filter: `startswith(invoicenumber,'RL-') and ${within}`,
      }),
    );
    const ours = rows.filter((row) => ourNumber(row.opt('invoicenumber'), 'RL') === row.opt('invoicenumber'));
    if (ours.length === 0) return [];
    const filter = "startswith(productdescription,'RC-')";
    const credits = yield* listed(account, listOf('invoicedetails', { select: `${LINES},_invoiceid_value`, filter }));
    const byInvoice = new Map<string, Json[]>();
    for (const line of credits) {
      const id = line.str('_invoiceid_value');
      byInvoice.set(id, [...(byInvoice.get(id) ?? []), line]);
    }
    return ours.flatMap((row) => {
      const [id, number] = [row.str('invoiceid'), row.str('invoicenumber')];
      return itemsOf(thereIn(row, byInvoice.get(id) ?? [], number, currencyIn(row, currencies)), id, number);
    });
  },
};

function itemsOf(there: There, id: string, number: string): readonly BookItem[] {
  const { currency, credits, totalCents, description } = there;
  const gone = there.state === 'canceled';
  const common = { id, currency, on: number, gone: false };
  const less = sum(credits.map(({ amountCents }) => amountCents));
  return [
    { kind: 'invoice', number, id, amountCents: minus(totalCents, less), openCents: openIn(there), currency, gone },
    ...(gone
      ? []
      : paymentsIn(description, currency).map((each): BookItem => ({ ...common, kind: 'payment', ...each }))),
    ...(gone
      ? []
      : credits.map((each): BookItem => {
          return { ...common, kind: 'credit', number: each.number, amountCents: negate(each.amountCents) };
        })),
  ];
}
