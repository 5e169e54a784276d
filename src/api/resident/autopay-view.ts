/** Whether rent is paid by itself, and where a resident can agree to that. */
import { type Account, upcomingRentDay } from '../../domain/account';
import { setupsOpen } from '../../domain/autopay-ended';
import type { OutboxRow } from '../../domain/book';
import { pageIn } from '../../domain/collect';
import { autopayLinks } from '../../domain/collectors';
import { isAutopayBegun, isPayPage, looksPaid, openPages } from '../../domain/pay-pages';
import { closedByNotice, processorOf, wholeCents } from '../../domain/pay-terms';
import { rowsOfLease } from '../../domain/run-book';
import type { Connected, Payable } from './connected';
import type { OneLease } from './lease';
import type { AutopayOffer, AutopayView } from './view';

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
export function offersIn(account: Account, processors: readonly Connected[]): readonly AutopayOffer[] {
  if (closedByNotice(account) || account.book.settings.paused) return [];
  const offers = processors
    .filter(({ agreesIn, down }) => !down && (agreesIn === 'all' || agreesIn?.includes(account.property.currency)))
    .map(({ id, title }) => ({ platform: id, title }));
  return [...offers, ...offerBySquare(account, processors)];
}

/**
 * A card is saved there while something is paid, so there must be something to pay by Square. It mails each invoice that it charges by
 * itself, so the lease needs an address.
 */
function offerBySquare(account: Account, processors: readonly Connected[]): readonly AutopayOffer[] {
  const by = processorOf(account, processors);
  const paysCents = wholeCents(account);
  if (by?.id !== 'square' || by.down || paysCents === 0 || account.lease.emails.length === 0) return [];
  return [{ platform: by.id, title: by.title, paysCents }];
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
  const open = page?.channel === 'square' ? paidOn(account) : page;
  return open ? { platform: open.channel, url: pageIn(open.vendorRef) } : bank;
}

/** At Square a card is saved on the page of a payment, as long as that is open. */
const paidOn = (account: Account): OutboxRow | undefined =>
  openPages(account)
    .filter((page) => page.channel === 'square' && isPayPage(page) && !looksPaid(account, page))
    .pop();

const rowsOf = ({ book, lease }: Account): readonly OutboxRow[] =>
  rowsOfLease(book.outbox ?? [], lease.id).filter((row) => row.state === 'sent');

/** The page at Stripe or Square where a method can be saved, unless it was closed, or the method is there. */
export function setupOpen(account: Account): OutboxRow | undefined {
  const rows = rowsOf(account);
  const page = rows.filter((row) => isAutopayBegun(row) && row.kind === 'setup').pop();
  if (!page || (page.channel === 'stripe' && account.run.now - page.updatedAt > PAGE_MS)) return undefined;
  return setupsOpen(account).includes(page) ? page : undefined;
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
