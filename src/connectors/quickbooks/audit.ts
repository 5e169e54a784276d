/** What the books hold of ours, for the nightly comparison: three lists side by side, each item once. */
import { addDays, localDay } from '../../domain/calendar';
import { type Day, zone } from '../../domain/values';
import { raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { everyPage, together } from '../../http/paging';
import type { Account, BookItem, BooksAudit, Flow } from '../connector';
import { ourNumber } from '../wishes';
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
type Span = readonly [Day, Day];

const UTC = zone('Etc/UTC');

export const audit: BooksAudit = {
  *items({ account, since, until }): Flow<readonly BookItem[]> {
    const [from, to] = [localDay(since, UTC), localDay(until, UTC)];
    // An invoice bears the day of its charge, which may lie well before or after the day on which it falls due.
    const spanOf = ({ as }: List): Span =>
      as === 'invoice' ? [addDays(from, -AROUND_DAYS), addDays(to, AROUND_DAYS)] : [from, to];
    const rows = yield* together(LISTS.map((list) => listed(account, list, spanOf(list))));
    return LISTS.flatMap((list, at) => {
      const found = rows[at] as (typeof rows)[number];
      return 'fault' in found ? raise(found.fault) : found.value.flatMap((row) => itemOf(row, list, account) ?? []);
    });
  },
};

const listed = (account: Account, { kind, field, prefix }: List, [first, last]: Span): Flow<Json[]> =>
  everyPage<Json, number>(
    (position = 1) => {
      const ours = `${field} like '${prefix}%' and TxnDate >= '${first}' and TxnDate <= '${last}'`;
      const window = `orderby Id startposition ${position} maxresults ${PAGE}`;
      return query(account, `select * from ${kind} where ${ours} ${window}`);
    },
    (reply, position = 1) => {
      const items = rowsOf(reply, kind);
      return { items, next: items.length === PAGE ? position + PAGE : undefined };
    },
    MOST_PAGES,
  );

function itemOf(row: Json, { as, field }: List, account: Account): BookItem | undefined {
  const number = row.str(field);
  if (ourNumber(number) !== number) return undefined;
  const currency = currencyOf(row, account);
  return {
    kind: as,
    number,
    id: row.str('Id'),
    amountCents: row.decimal('TotalAmt', currency),
    ...(as === 'invoice' ? { openCents: row.decimal('Balance', currency) } : {}),
    currency,
    gone: isVoided(row),
  };
}
