/** What stands behind a gateway of ours, for the nightly comparison: the lines of one number make one charge, payment or credit. */
import { addDays, localDay } from '../../domain/calendar';
import { AHEAD_DAYS } from '../../domain/drift';
import { negate, sum, ZERO } from '../../domain/money';
import { zone } from '../../domain/values';
import type { BookItem, BooksAudit, Flow, PullContext } from '../connector';
import { ourNumber } from '../wishes';
import { type Line, lineIn, rowsOf } from './lines';
import { KINDS, type Profile } from './profile';
import { idIf } from './wire';

const UTC = zone('Etc/UTC');

export const booksOf = (profileOf: (context: Pick<PullContext, 'account'>) => Profile): BooksAudit => ({
  // Credit that a person enters there by hand does not bear our number.
  takes: (account) =>
    profileOf({ account }).takesNegative ? ['invoice', 'payment', 'credit'] : ['invoice', 'payment'],
  *items(context) {
    const profile = profileOf(context);
    const [from, until] = [localDay(context.since, UTC), localDay(context.until, UTC)];
    const items: BookItem[] = [];
    for (const kind of KINDS) {
      // Money may be dated before the charge that it lies on, and what follows a line is dated when it was posted.
      const asked = { from: addDays(from, -AHEAD_DAYS), to: addDays(until, 1) };
      const byNumber = yield* ours(profile, kind, asked);
      for (const [number, lines] of byNumber) items.push(itemOf(profile, number, lines));
    }
    return items;
  },
});

function* ours(
  profile: Profile,
  kind: Line['kind'],
  asked: Parameters<typeof rowsOf>[2],
): Flow<ReadonlyMap<string, readonly Line[]>> {
  const byNumber = new Map<string, Line[]>();
  for (const row of yield* rowsOf(profile, kind, asked)) {
    const number = ourNumber(idIf(row, profile[kind].reference));
    if (number !== undefined) byNumber.set(number, [...(byNumber.get(number) ?? []), lineIn(profile, kind, row)]);
  }
  return byNumber;
}

/** How a payment lies on charges is the system's own business: oldest first in most. Neither that nor what is open is compared. */
function itemOf({ currency }: Profile, number: string, lines: readonly Line[]): BookItem {
  const own = lines.filter(({ reverses }) => reverses === undefined);
  const isUndone = own.some(({ state }) => state === 'reversed' || state === 'returned');
  const net = isUndone ? ZERO : sum(own.map(({ amountCents }) => amountCents));
  const isCredit = number.startsWith('RC');
  const first = own[0]?.amountCents ?? ZERO;
  const shown = net === 0 ? first : net;
  return {
    kind: isCredit ? 'credit' : number.startsWith('RP') ? 'payment' : 'invoice',
    number,
    id: lines[0]?.id ?? number,
    amountCents: isCredit ? negate(shown) : shown,
    currency,
    gone: net === 0,
  };
}
