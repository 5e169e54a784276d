/** The page to pay on that a mail carries: its own, as long as it can be paid on, and made anew where the mail has waited too long. */

import { openAccount } from '../domain/account';
import type { Intent, OutboxRow } from '../domain/book';
import { payLinkFor } from '../domain/collect';
import { isMailedPage, linkName, messageName } from '../domain/legs';
import { sum } from '../domain/money';
import { isAwaited } from '../domain/pay-pages';
import { isBeingTakenBack, isClosing } from '../domain/pay-terms';
import { leaseById, type Run, type RunBook } from '../domain/run-book';
import { demandedOn } from '../domain/standing';

/** For how long the page of such a row can be paid on; undefined for ever. */
export type GoodFor = (row: OutboxRow) => number | undefined;

/** Another mail's page is as good while it is young: it asks for what was owed then. */
const YOUNG_MS = 20 * 3_600_000;

const isSent = (row: OutboxRow): boolean => (row.kind === 'payLink' || isMailedPage(row)) && row.state === 'sent';

/** `email:first-reminder:2026-12` and `sms:…` carry `paylink:first-reminder:2026-12`, or the last of those that came after it. */
function linksOf(outbox: readonly OutboxRow[], mail: OutboxRow): readonly OutboxRow[] {
  const name = linkName(mail);
  return outbox.filter((row) => row.key === name || row.key.startsWith(`${name}:again:`));
}

/** The page that a mail carries when it leaves now; undefined where there is none that can be paid on. */
export function linkOf(
  outbox: readonly OutboxRow[],
  mail: OutboxRow,
  now: number,
  goodFor: GoodFor,
): OutboxRow | undefined {
  const age = (row: OutboxRow): number => now - row.updatedAt;
  const isGood = (row: OutboxRow): boolean =>
    isSent(row) && age(row) < (goodFor(row) ?? Number.POSITIVE_INFINITY) && !isBeingTakenBack(outbox, row);
  const own = linksOf(outbox, mail).filter(isGood).pop();
  return (
    own ??
    outbox.filter((row) => row.lease === mail.lease && !isAwaited(row) && isGood(row) && age(row) < YOUNG_MS).pop()
  );
}

/** A new page for a mail whose own one can be paid on no more; undefined where it needs none. */
export function linkAnew(book: RunBook, run: Run, mail: OutboxRow, goodFor: GoodFor): Intent | undefined {
  const outbox = book.outbox ?? [];
  const links = mail.because.rule === 'unpaid' && book.settings.payLinks ? linksOf(outbox, mail) : [];
  const last = links[links.length - 1];
  const known = outbox.filter((row) => row.lease === mail.lease && (links.includes(row) || isClosing(row)));
  if (!last || !isSent(last) || linkOf(known, mail, run.now, goodFor)) return undefined;
  const lease = mail.lease && leaseById(book, mail.lease);
  const property = lease && book.properties.get(lease.property);
  if (!lease || !property) return undefined;
  const account = openAccount(book, run, lease, property);
  const cents = sum(demandedOn(account.state, account.today).map((charge) => charge.openCents));
  const name = `${messageName(mail)}:again:${links.length}`;
  return cents > 0 ? payLinkFor(account, name, cents, book.settings.payReturnTo) : undefined;
}
