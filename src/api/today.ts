/** The desk's first screen from one read of the book: what needs a person, who is late, what came in, what leaves today. */
import { openAccount, upcomingRent, upcomingRentDay } from '../domain/account';
import type { Lease, Property, ReceiptRow } from '../domain/book';
import { addDays, instantOf, localDay } from '../domain/calendar';
import { sum } from '../domain/money';
import { pendingCents, stateOf } from '../domain/run-book';
import type { Standing } from '../domain/standing';
import type { Cents, Currency, Day, LeaseId } from '../domain/values';
import { isInVain } from '../domain/wanted';
import { type App, runNow } from '../run/app';
import { type Kept, sharedNow } from '../run/told';
import { type Loaded, loadBook } from '../sheet/load';
import { type MonthSums, NO_MONTH, withMonth } from '../sheet/month';
import { standingToday } from '../sheet/rent-roll';
import { clockwork, healthOf } from './desk/health';
import { effectLine, leaseLine, receiptLine } from './desk/lines';
import { needsOf } from './desk/needs';
import { lookAt, mailToday, platformsOf } from './desk/platforms';
import { type Scope, scopeOf } from './desk/scope';
import { keptOf } from './desk/setup/kept';
import type { DueLine, Today } from './desk/today';
import type { LeaseLine } from './desk/told';
import { clockText, moneyOf, sumsOf } from './desk/words';

/** Rows of a list; how many more there are is told beside. */
const ROWS_MAX = 100;
const LATE_ROWS = 5;
const SOON_DAYS = 3;

export const today = (app: App): Today => todayOf(app, loadBook(app.host), sharedNow(app));

/** `kept` are the shared properties. */
export function todayOf(app: App, loaded: Loaded, kept: Kept): Today {
  const { book } = loaded;
  const { now } = runNow(app);
  const { zone } = book.settings;
  const scope = scopeOf(app, book);
  const look = lookAt(app, loaded, kept);
  const connections = platformsOf(look);
  const clock = clockwork(app, kept, zone);
  const { lateLines, dueSoon, standings, months } = leasesToday(app, loaded, scope);
  const needs = needsOf({ app, loaded, kept, scope, now, standings, connections });
  const seen = book.receipts.filter((row) => scope.lease(row.lease));
  const processing = seen.filter((row) => row.state === 'pending');
  const paid = paidSince(seen, instantOf(addDays(localDay(now, zone), -1), 0, 0, zone));
  const sending = leavingToday(app, loaded, scope);
  const mail = mailToday(look);
  return {
    asOf: clockText(now, zone),
    zone,
    person: app.person ?? { mail: '', role: 'viewer' },
    ready: isReady(app, loaded),
    health: healthOf(kept, clock, connections),
    ...(mail ? { mail } : {}),
    reminders: book.settings.reminders,
    paused: book.settings.paused,
    needs: needs.slice(0, ROWS_MAX),
    late: {
      count: lateLines.length,
      sums: sumsOf(lateLines.map((line) => line.unpaid)),
      rows: lateLines.sort((a, b) => b.unpaid.cents - a.unpaid.cents || b.daysLate - a.daysLate).slice(0, LATE_ROWS),
    },
    dueSoon: dueSoon.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)).slice(0, ROWS_MAX),
    processing: processing.slice(0, ROWS_MAX).map((row) => receiptLine(book, row)),
    paid: {
      sums: sumsOf(paid.map((row) => moneyOf(row.amountCents, row.currency))),
      rows: paid.slice(0, ROWS_MAX).map((row) => receiptLine(book, row)),
    },
    sending: sending.slice(0, ROWS_MAX).map((row) => effectLine(app, book, row)),
    ...(clock.lastRun ? { lastRun: clock.lastRun } : {}),
    nextRuns: clock.nextRuns,
    month: [...months].map(([currency, { collected, expected }]) => ({
      collected: moneyOf(collected, currency),
      expected: moneyOf(expected, currency),
    })),
    counts: {
      needs: needs.length,
      dueSoon: dueSoon.length,
      processing: processing.length,
      paid: paid.length,
      sending: sending.length,
    },
  };
}

/** The wizard has come to its end, or the book was filled without it. */
const isReady = (app: App, { book }: Loaded): boolean =>
  book.leases.length > 0 || keptOf(app.host).done.includes('dry run');

/** Money that found its lease, newest first. */
const paidSince = (receipts: readonly ReceiptRow[], since: number): readonly ReceiptRow[] =>
  receipts
    .filter((row) => row.lease !== undefined && row.state === 'settled' && row.seenAt >= since)
    .sort((a, b) => b.seenAt - a.seenAt);

/** One pass over the leases that the person may see. */
function leasesToday(app: App, { book }: Loaded, scope: Scope) {
  const { now } = runNow(app);
  const lateLines: LeaseLine[] = [];
  const dueSoon: DueLine[] = [];
  const standings = new Map<LeaseId, Standing>();
  const months = new Map<Currency, MonthSums>();
  const days = new Map([...book.properties.values()].map((each) => [each.name, localDay(now, each.zone)] as const));
  for (const lease of book.leases) {
    const property = book.properties.get(lease.property);
    const on = property && days.get(property.name);
    if (!property || !on || !scope.property(property.name)) continue;
    const standing = standingToday(book, lease, property, on);
    standings.set(lease.id, standing);
    months.set(property.currency, withMonth(months.get(property.currency) ?? NO_MONTH, stateOf(book, lease.id), on));
    if (standing.word === 'late') lateLines.push(leaseLine(book, lease, property, standing));
    dueSoon.push(...dueWithin(app, { book }, lease, property, on, standing));
  }
  return { lateLines, dueSoon, standings, months };
}

/** Rent of the next days, less money that is ahead. What it comes to is worked out only where it is near. */
function dueWithin(
  app: App,
  { book }: Pick<Loaded, 'book'>,
  lease: Lease,
  property: Property,
  on: Day,
  standing: Standing,
): readonly DueLine[] {
  const account = openAccount(book, runNow(app), lease, property, stateOf(book, lease.id), on);
  const near = upcomingRentDay(account);
  if (near === undefined || near > addDays(on, SOON_DAYS)) return [];
  const next = upcomingRent(account);
  const ahead = sum(account.state.unspent.map((each) => each.leftCents)) + pendingCents(book, lease.id);
  const amount = (next ? Math.max(0, next.amountCents - ahead) : 0) as Cents;
  if (!next || amount === 0) return [];
  return [{ ...leaseLine(book, lease, property, standing), due: next.due, amount: moneyOf(amount, property.currency) }];
}

/** What leaves by the end of today by its property's clock, and what waits for a person; the first to leave first. */
function leavingToday(app: App, { book, outbox }: Loaded, scope: Scope) {
  const run = runNow(app);
  const { now } = run;
  return outbox
    .filter((row) => {
      const zone = (row.property && book.properties.get(row.property)?.zone) ?? book.settings.zone;
      const leaves =
        (row.state === 'waiting for release' && !isInVain(book, run, row)) ||
        row.state === 'sending' ||
        (row.state === 'ready' && localDay(row.notBefore, zone) <= localDay(now, zone));
      return leaves && row.channel !== 'ledger' && (row.lease ? scope.lease(row.lease) : scope.property(row.property));
    })
    .sort((a, b) => a.notBefore - b.notBefore || a.urgency - b.urgency);
}
