/** What the books hold of ours, for the nightly comparison: three lists side by side, each item once. */
import { OUR_NUMBER } from '../../domain/books';
import { addDays, localDay } from '../../domain/calendar';
import { AHEAD_DAYS } from '../../domain/drift';
import { type Day, zone } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { BookItem, BooksAudit, Flow } from '../connector';
import { currencyOf, isVoided, query, rowsOf } from './api';

const PAGE = 1000;
const MOST_PAGES = 100;
const AROUND_DAYS = 62;

const LISTS = [
  { kind: 'Invoice', as: 'invoice', field: 'DocNumber', prefix: 'RL-' },
  { kind: 'Payment', as: 'payment', field: 'PaymentRefNum', prefix: 'RP-' },
  { kind: 'CreditMemo', as: 'credit', field: 'DocNumber', prefix: 'RC-' },
] as const;

type List = (typeof LISTS)[number];

export const audit: BooksAudit = {
  *items({ account, since, until }): Flow<readonly BookItem[]> {
    const [from, to] = [since, until].map((at) => localDay(at, zone('Etc/UTC'))) as [Day, Day];
    // An invoice bears the day of its charge, which may lie well before or after the day on which it falls due.
    const spanOf = ({ as }: List) =>
      as === 'invoice' ? [addDays(from, -AROUND_DAYS), addDays(to, AROUND_DAYS)] : [addDays(from, -AHEAD_DAYS), to];
    // What says no more which invoice it lies on is held against the ledger by its own day.
    const isWithin = (row: Json, { as }: List) => as === 'invoice' || onIn(row) || row.str('TxnDate') >= from;
    const found: BookItem[] = [];
    let open: readonly List[] = LISTS;
    for (let page = 0; open.length > 0; page++) {
      if (page >= MOST_PAGES) return fail('malformed', 'The lists of QuickBooks do not come to an end.');
      const replies = yield open.map((list) => {
        const [first, last] = spanOf(list);
        const ours = `${list.field} like '${list.prefix}%' and TxnDate >= '${first}' and TxnDate <= '${last}'`;
        const window = `orderby Id startposition ${page * PAGE + 1} maxresults ${PAGE}`;
        return query(account, `select * from ${list.kind} where ${ours} ${window}`);
      });
      const pages = open.map(({ kind }, at) => rowsOf(replies[at], kind));
      open.forEach((list, at) => {
        found.push(...(pages[at] ?? []).flatMap((row) => (isWithin(row, list) && itemOf(row, list, account)) || []));
      });
      open = open.filter((_, at) => (pages[at] ?? []).length === PAGE);
    }
    return found;
  },
};

/** The invoice that a payment or credit of ours was put on, from the note that we wrote with it. */
const onIn = (row: Json): string | undefined => /\binvoice (RL-\w{10})/.exec(row.opt('PrivateNote') ?? '')?.[1];

function itemOf(row: Json, { as, field }: List, account: Parameters<typeof currencyOf>[1]): BookItem | undefined {
  const number = row.str(field);
  if (OUR_NUMBER.exec(number)?.[0] !== number) return undefined;
  const currency = currencyOf(row, account);
  const on = as === 'invoice' ? undefined : onIn(row);
  return {
    kind: as,
    number,
    id: row.str('Id'),
    amountCents: row.decimal('TotalAmt', currency),
    ...(on ? { on } : {}),
    ...(as === 'invoice' ? { openCents: row.decimal('Balance', currency) } : {}),
    currency,
    gone: isVoided(row),
  };
}
