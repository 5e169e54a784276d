/** Autopay that was ended before anybody had agreed to it: what is agreed to on its old page afterwards counts for nothing. */
import type { Account } from './account';
import type { OutboxRow } from './book';
import { daysBetween, localDay } from './calendar';
import { rowsOfLease } from './run-book';
import { type Key, key } from './values';

// ---------------------------------------------------------------- PayPal: a subscription that waits for its approval

/** PayPal's word for one that waits. It lets nobody cancel such a one, and says nowhere for how long its page is good. */
export const WAITS = 'APPROVAL_PENDING';

/** Those that an end has found waiting and none has found otherwise, with the row of the first such end. */
function leftWaiting(outbox: readonly OutboxRow[]): ReadonlyMap<string, OutboxRow> {
  const ends = outbox.filter(
    ({ channel, kind, state }) => channel === 'paypal' && kind === 'unsubscribe' && state === 'sent',
  );
  const left = new Map<string, OutboxRow>();
  for (const row of ends) {
    const id = String(row.payload.autopay);
    if (row.vendorRef !== `${id} ${WAITS}`) left.delete(id);
    else if (!left.has(id)) left.set(id, row);
  }
  return left;
}

/** Whether PayPal's word that a subscription was agreed to is one to answer with its end. */
export const isAgreedTooLate = (outbox: readonly OutboxRow[], id: string): boolean => leftWaiting(outbox).has(id);

/** Each day of two weeks, then once a week for half a year: where PayPal sends us no events nothing else tells of it. */
const DAILY = 14;
const LAST = 182;

const isItsDay = (age: number): boolean => age > 0 && age <= LAST && (age <= DAILY || age % 7 === 0);

/** Subscriptions of the lease to be asked about today, by the name of the effect. */
export function waitingToday({ book, lease, property, today }: Account): readonly (readonly [Key, string])[] {
  return [...leftWaiting(rowsOfLease(book.outbox ?? [], lease.id))]
    .filter(([, row]) => isItsDay(daysBetween(localDay(row.updatedAt, property.zone), today)))
    .map(([id]) => [key(`unsubscribe-again:${lease.id}:${id}:${today}`), id]);
}

// ---------------------------------------------------------------- Stripe and Square: a page where a method can be saved

/** Whether somebody has closed that page, or wants it closed: what was saved there is not taken up. */
export const isSetupClosed = (rows: readonly OutboxRow[], page: OutboxRow): boolean =>
  rows.some(
    ({ kind, payload, state }) =>
      kind === 'closePage' && payload.of === page.key && state !== 'failed' && state !== 'cancelled',
  );

/** A method that was taken up after the page was made. */
export const isAdopted = (rows: readonly OutboxRow[], page: OutboxRow): boolean =>
  rows.some(
    ({ kind, row, state, vendorRef }) =>
      kind === 'adopt' && state === 'sent' && row > page.row && /^(?:pm_|ccof:)/.test(vendorRef),
  );

/** After so many days a page where a method is saved has long been forgotten. */
export const ADOPT_DAYS = 14;

/** Processors at which a resident saves what is charged. */
const SAVED_BY: readonly string[] = ['stripe', 'square'];

/** Pages on which a method may have been saved, or may still be, that nobody has taken up, whoever has asked for them. */
export function setupsOpen({ book, lease, run }: Account): readonly OutboxRow[] {
  const rows = rowsOfLease(book.outbox ?? [], lease.id);
  return rows.filter(
    (row) =>
      SAVED_BY.includes(row.channel) &&
      row.kind === 'setup' &&
      row.state === 'sent' &&
      run.now - row.updatedAt < (ADOPT_DAYS + 1) * 86_400_000 &&
      !isSetupClosed(rows, row) &&
      !isAdopted(rows, row),
  );
}

/** The page whose method is to be taken up when it is there: the newest, of one processor or of whichever it was. */
export const setupAwaited = (account: Account, platform?: string): OutboxRow | undefined =>
  setupsOpen(account)
    .filter(({ channel }) => platform === undefined || channel === platform)
    .pop();

/** What the effect `adopt` takes beside the offer: at Square the cards that were there before. Most days nothing is saved yet. */
export const adoptTakes = ({ channel, vendorRef }: OutboxRow): Readonly<Record<string, unknown>> => ({
  mayBeNone: true,
  ...(channel === 'square' ? { known: vendorRef } : {}),
});
