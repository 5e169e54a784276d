/** Whether rent is paid by itself, and where a resident can agree to that. */
import { type Account, upcomingRentDay } from '../../domain/account';
import { isAdopted, isSetupClosed } from '../../domain/autopay-ended';
import type { OutboxRow } from '../../domain/book';
import { pageIn } from '../../domain/collect';
import { autopayLinks } from '../../domain/collectors';
import { isAutopayBegun } from '../../domain/pay-pages';
import { closedByNotice } from '../../domain/pay-terms';
import { rowsOfLease } from '../../domain/run-book';
import type { Connected, Payable } from './connected';
import type { OneLease } from './lease';
import type { AutopayView } from './view';

export function autopayView({ account }: Pick<OneLease, 'account'>, { processors, banks }: Payable): AutopayView {
  const titleOf = (id: string): string => processors.find((each) => each.id === id)?.title ?? id;
  const link = autopayLinks(account).slice(-1)[0];
  const waiting = waitingFor(account, banks);
  if (waiting) return { state: 'waiting', by: titleOf(waiting.platform), url: waiting.url };
  if (!link) return { state: 'off', offers: offersIn(account, processors) };
  const next = upcomingRentDay(account);
  return { state: 'on', by: titleOf(link.platform), ...(next ? { next } : {}), mayEnd: true };
}

/** Those that have a page of their own for it; none while a notice lets nothing be paid. */
export function offersIn(account: Account, processors: readonly Connected[]) {
  if (closedByNotice(account) || account.book.settings.paused) return [];
  return processors
    .filter(({ agreesIn, down }) => !down && (agreesIn === 'all' || agreesIn?.includes(account.property.currency)))
    .map(({ id, title }) => ({ platform: id, title }));
}

/** Checkout keeps a page for a day. */
const PAGE_MS = 20 * 3_600_000;

interface Waiting {
  readonly platform: string;
  readonly url: string;
}

/** A page on which the resident has not finished yet. */
function waitingFor(account: Account, banks: Payable['banks']): Waiting | undefined {
  const link = autopayLinks(account).slice(-1)[0];
  if (link) return link.platform === 'paypal' ? subscriptionOpen(account, link.externalId) : undefined;
  const page = setupOpen(account);
  const bank = banks.filter((each) => each.lease === account.lease.id).pop();
  return page ? { platform: page.channel, url: pageIn(page.vendorRef) } : bank;
}

const rowsOf = ({ book, lease }: Account): readonly OutboxRow[] =>
  rowsOfLease(book.outbox ?? [], lease.id).filter((row) => row.state === 'sent');

/** The page at Stripe where a method can be saved, unless it was closed, or the method is there. */
export function setupOpen(account: Account): OutboxRow | undefined {
  const rows = rowsOf(account);
  const page = rows.filter((row) => isAutopayBegun(row) && row.kind === 'setup').pop();
  if (!page || account.run.now - page.updatedAt > PAGE_MS) return undefined;
  const isClosed = isSetupClosed(rowsOfLease(account.book.outbox ?? [], account.lease.id), page);
  return isClosed || isAdopted(rows, page) ? undefined : page;
}

/** A subscription that was begun here and that the resident has not agreed to, as far as PayPal or a payment has told. */
function subscriptionOpen(account: Account, id: string): Waiting | undefined {
  const rows = rowsOf(account);
  const begun = rows.find(
    (row) => isAutopayBegun(row) && row.kind === 'subscribe' && row.vendorRef.startsWith(`${id} `),
  );
  const isAgreed = rows.some((row) => row.kind === 'agreed' && / (?:ACTIVE|APPROVED|SUSPENDED)$/.test(row.vendorRef));
  const hasPaid = rowsOfLease(account.book.receipts, account.lease.id).some(
    (row) => row.source === 'paypal' && begun !== undefined && row.initiatedAt > begun.createdAt,
  );
  return begun && !isAgreed && !hasPaid ? { platform: 'paypal', url: pageIn(begun.vendorRef) } : undefined;
}
