/** The end of a lease, set by a person: moving out and renewing write the Leases tab in their name. */
import type { Account } from '../domain/account';
import { parseDay } from '../domain/calendar';
import { decimal } from '../domain/money';
import { datesRefused, renewedEnd } from '../domain/term-dates';
import type { Day } from '../domain/values';
import { logLine } from '../domain/wishes';
import { type App, runNow } from '../run/app';
import { daysMayHaveChanged } from '../run/hints';
import { withLock } from '../run/lock';
import { serialOf } from '../sheet/cells';
import { commit } from '../sheet/commit';
import { loadBook } from '../sheet/load';
import { LEASES } from '../sheet/schema';
import { type Acted, accountOf, NO_REASON } from './act';

/** Sets the last day lived in, in the person's name; refused where it would orphan money that was received. */
export function moveOut(app: App, act: { lease: string; end: string; reason: string }): Acted {
  return setEnd(app, act.lease, act.reason, (account) => {
    const end = parseDay(act.end);
    if (!end) return { reason: `"${act.end}" is not a date.` };
    const refused = datesRefused(account.state, account.lease.start, end, account.lease);
    return refused ? { reason: refused } : { end };
  });
}

/** The same term once more, from the day after its end. */
export function renew(app: App, act: { lease: string; reason: string }): Acted {
  return setEnd(app, act.lease, act.reason, ({ lease }) =>
    lease.end
      ? { end: renewedEnd(lease, lease.end) }
      : { reason: 'The lease has no end: it runs from month to month.' },
  );
}

function setEnd(
  app: App,
  lease: string,
  reason: string,
  wanted: (account: Account) => { readonly end: Day } | { readonly reason: string },
): Acted {
  const acted = withLock(app, (): Acted => {
    const loaded = loadBook(app.host);
    const account = accountOf(loaded, app, lease);
    if (!account) return { refused: `There is no lease "${lease}" that runs. Look at its row on the Leases tab.` };
    if (!reason.trim()) return { refused: NO_REASON };
    const dates = wanted(account);
    if ('reason' in dates) return { refused: dates.reason };
    const log = logLine(runNow(app), 'lease', `End of ${account.lease.id}: ${reason}`, {
      lease: account.lease.id,
      before: account.lease.end ?? '',
      after: dates.end,
    });
    daysMayHaveChanged(app);
    const people = [{ tab: LEASES, row: account.lease.row, cells: { End: serialOf(dates.end) } }];
    commit(app.host, loaded, runNow(app), { people, log: [log] });
    return { done: true, balance: decimal(account.state.balanceCents, account.property.currency), keys: [] };
  });
  return acted === 'busy' ? { refused: 'Another run is at work. Try again in a minute.' } : acted;
}
