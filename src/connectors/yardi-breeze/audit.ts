/** What Voyager holds of ours, for the nightly comparison. Credit is entered there by hand, and is not compared. */
import { addDays, localDay } from '../../domain/calendar';
import { AHEAD_DAYS } from '../../domain/drift';
import { sum, ZERO } from '../../domain/money';
import { zone } from '../../domain/values';
import type { Account, BookItem, BooksAudit, Flow } from '../connector';
import { ourNumber } from '../wishes';
import { waitsForStaff } from './posts';
import { receiptsOf } from './receipts';
import { currencyOf, customersOf, detailsIn, lineIn, propertiesOf, type VoyagerLine } from './rows';

const UTC = zone('Etc/UTC');

export const books: BooksAudit = {
  // What waits in a batch cannot be seen: told again because it is missing, it would be there twice once staff post it.
  takes: (account) => (waitsForStaff(account) ? [] : ['invoice', 'payment']),
  *items({ account, since, until }) {
    // Money may be dated before the charge that it lies on, and what follows a line is dated when it was imported.
    const window = {
      FromDate: addDays(localDay(since, UTC), -AHEAD_DAYS),
      ToDate: addDays(localDay(until, UTC), 1),
    };
    const items: BookItem[] = [];
    for (const { code } of yield* propertiesOf(account)) {
      items.push(...itemsIn(account, 'invoice', yield* chargesOf(account, code, window)));
      items.push(...itemsIn(account, 'payment', (yield* receiptsOf(account, code, window)).lines));
    }
    return items;
  },
};

function* chargesOf(
  account: Account,
  property: string,
  window: Parameters<typeof receiptsOf>[2],
): Flow<readonly VoyagerLine[]> {
  const rows = yield* customersOf(account, 'GetResidentTransactions_ByChargeDate_Login', property, window);
  return detailsIn(rows, 'Charge').map((row) => lineIn(row, account));
}

/** The lines of one number make one item; Voyager puts receipts on charges as it likes, which is not compared. */
function itemsIn(account: Account, kind: 'invoice' | 'payment', lines: readonly VoyagerLine[]): readonly BookItem[] {
  const byNumber = new Map<string, VoyagerLine[]>();
  for (const line of lines) {
    const number = ourNumber(kind === 'invoice' ? line.comment : line.document, kind === 'invoice' ? 'RL' : 'RP');
    if (number) byNumber.set(number, [...(byNumber.get(number) ?? []), line]);
  }
  return [...byNumber].map(([number, own]): BookItem => {
    const net = sum(own.map(({ amountCents }) => amountCents));
    const [first] = own;
    return {
      kind,
      number,
      id: first?.id ?? number,
      amountCents: net === 0 ? (first?.amountCents ?? ZERO) : net,
      currency: currencyOf(account),
      gone: net === 0,
    };
  });
}
