/** Pages at a processor that a resident has asked for: one for each wish, and never two on which the same debt can be paid. */
import type { Account } from './account';
import type { Intent, OpenCharge, OutboxRow } from './book';
import { invoiceNumber } from './books';
import { leaseOffer, pageKindAt } from './collect';
import { decimal, sum } from './money';
import { chargesItself, isClosing, PAY_BY, wholeCents } from './pay-terms';
import { rowsOfLease } from './run-book';
import type { Person } from './shares';
import { payableOn } from './standing';
import { type Cents, type Instant, instant, type Key, key, type LeaseId } from './values';
import { URGENCY } from './wishes';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a resident has asked for leaves while they wait before the screen. After this long nobody does any more. */
const WAIT_MS = 15 * MINUTE_MS;

const [PAGE, CLOSE, ON, OFF] = ['paypage:', 'closepage:', 'autopay-on:', 'autopay-off:'] as const;

/** A page that somebody waits for: it leaves with their execution, or not at all. */
export const isAwaited = ({ key: name }: Pick<OutboxRow, 'key'>): boolean =>
  name.startsWith(PAGE) || name.startsWith(CLOSE) || name.startsWith(ON);

export const isPayPage = ({ key: name }: Pick<OutboxRow, 'key'>): boolean => name.startsWith(PAGE);
export const isAutopayBegun = ({ key: name }: Pick<OutboxRow, 'key'>): boolean => name.startsWith(ON);
export const isAutopayEnd = ({ key: name }: Pick<OutboxRow, 'key'>): boolean => name.startsWith(OFF);

/** Names of effects, one for each request that the resident's page has made. */
export const pageKey = (lease: LeaseId, request: string): Key => key(`${PAGE}${lease}:${request}`);
export const closeKey = (row: OutboxRow, request: string): Key => key(`${CLOSE}${row.key}:${request}`);
export const autopayOnKey = (lease: LeaseId, request: string): Key => key(`${ON}${lease}:${request}`);
export const autopayOffKey = (lease: LeaseId, platform: string, request: string): Key =>
  key(`${OFF}${platform}:${lease}:${request}`);

/** What is to be paid on a page. */
export interface Chosen {
  readonly amountCents: Cents;
  /** The one charge that it is for. */
  readonly charge?: OpenCharge;
}

/** An effect of a resident's own wish, which leaves at once. */
export function residentIntent(
  { lease, property, run }: Account,
  wish: Pick<Intent, 'key' | 'channel' | 'kind' | 'subject' | 'payload'> & { readonly waits: boolean },
): Intent {
  const { waits, ...rest } = wish;
  return {
    ...rest,
    lease: lease.id,
    property: property.name,
    to: lease.id,
    notBefore: waits ? instant(run.now + WAIT_MS) : run.now,
    waitsForRelease: false,
    because: { rule: 'always' },
    urgency: URGENCY.collect,
  };
}

/** Plaid closes no page. One that lives half an hour stands in nobody's way for long. */
const PLAID_SECONDS = 1800;

/** The page for one wish. Who pays stands on it, and so comes back with the payment, where the lease has several people. */
export function pageIntent(
  account: Account,
  wish: { readonly request: string; readonly platform: string; readonly payer?: Person; readonly returnTo: string },
  { amountCents, charge }: Chosen,
): Intent {
  const { lease, property, state, today } = account;
  const { platform, payer } = wish;
  // Without the saved method: Square would charge it.
  const { autopay: _autopay, number: _number, ...offer } = leaseOffer(account, 'open balance', platform);
  const charges = charge ? [charge.key] : payableOn(state, today).map((each) => each.key);
  return residentIntent(account, {
    key: pageKey(lease.id, wish.request),
    channel: platform,
    kind: pageKindAt(platform),
    subject: `Page to pay ${decimal(amountCents, property.currency)} ${property.currency}`,
    payload: {
      ...offer,
      amountCents,
      charges,
      ...(charge ? { number: invoiceNumber(charge.key) } : {}),
      ...(payer ? { payer: payer.name, description: `${offer.description}, ${payer.name}` } : {}),
      ...(payer?.email ? { email: payer.email } : {}),
      successUrl: wish.returnTo,
      due: today,
      shown: true,
      ...(platform === 'plaid' ? { lastsSeconds: PLAID_SECONDS } : {}),
    },
    waits: true,
  });
}

/** Closes a page that another one takes the place of. */
export const closeIntent = (account: Account, row: OutboxRow, request: string): Intent =>
  residentIntent(account, {
    key: closeKey(row, request),
    channel: row.channel,
    kind: 'closePage',
    subject: `Close the page of ${row.key}`,
    payload: { leaseId: account.lease.id, page: row.vendorRef, of: row.key },
    waits: true,
  });

// ---------------------------------------------------------------- pages that are open

/** After so long nobody can pay on a page, whatever its vendor says of when it is good to be mailed. */
const LIVES_MS: Readonly<Record<string, number>> = {
  stripe: 24 * HOUR_MS,
  paypal: 72 * HOUR_MS,
  plaid: 7 * 24 * HOUR_MS,
  square: 90 * 24 * HOUR_MS,
};

const livesMs = ({ channel, payload }: OutboxRow): number =>
  typeof payload.lastsSeconds === 'number' ? payload.lastsSeconds * 1000 : (LIVES_MS[channel] ?? 0);

/** Somebody may still pay on it, as far as its age tells. */
export const mayBeOpen = (row: OutboxRow, now: Instant): boolean => now - row.updatedAt < livesMs(row);

export const amountOf = ({ payload }: OutboxRow): Cents => Number(payload.amountCents ?? 0) as Cents;

/** Pages on which somebody may still pay, oldest first: residents' own, and those of messages and of managers. */
export function openPages(account: Account): readonly OutboxRow[] {
  const { book, lease, run, today } = account;
  return rowsOfLease(book.outbox ?? [], lease.id).filter(
    (row) =>
      PAY_BY.some((platform) => platform === row.channel) &&
      (row.kind === 'payLink' || row.kind === 'invoice') &&
      row.state === 'sent' &&
      !chargesItself(row, today) &&
      mayBeOpen(row, run.now) &&
      !isClosed(account, row),
  );
}

/** Google ends every run after six minutes: what a run began to send longer ago it sends no more. */
const ALIVE_MS = 7 * MINUTE_MS;

/** Pages of other wishes that are not there yet, and may still come to be. */
export const beingMade = ({ book, lease, run }: Account): readonly OutboxRow[] =>
  rowsOfLease(book.outbox ?? [], lease.id).filter(
    (row) =>
      isPayPage(row) && (row.state === 'ready' || (row.state === 'sending' && run.now - row.updatedAt < ALIVE_MS)),
  );

/** What its vendor can close: Checkout's pages, PayPal's orders, Square's invoices. */
export const canClose = ({ channel, kind }: OutboxRow): boolean =>
  channel === 'stripe' || channel === 'paypal' || (channel === 'square' && kind === 'invoice');

/** What has closed a page, or found it paid: for another one, for the end of autopay, or because its debt was settled. */
const closings = (outbox: readonly OutboxRow[], page: Key): readonly OutboxRow[] =>
  outbox.filter((row) => isClosing(row) && row.payload.of === page && row.state === 'sent');

const paidIn = ({ vendorRef }: OutboxRow): string | undefined => /^paid (.+)$/.exec(vendorRef)?.[1];

/** Closed at its vendor, or paid by money that the ledger has seen. */
function isClosed(account: Account, page: OutboxRow): boolean {
  const outbox = rowsOfLease(account.book.outbox ?? [], account.lease.id);
  return closings(outbox, page.key).some((row) => paidIn(row) === undefined || isSeen(account, page, row));
}

/** Somebody has paid on it, and no feed has told yet. */
export const isPaidUnseen = (account: Account, page: OutboxRow, closing: OutboxRow): boolean =>
  paidIn(closing) !== undefined && !isSeen(account, page, closing);

function isSeen({ book }: Account, page: OutboxRow, closing: OutboxRow): boolean {
  const id = paidIn(closing);
  const isRow = book.receipts.some((row) => row.source === page.channel && row.externalId === id);
  // An order of PayPal that was agreed to and could not be taken brings nothing.
  return isRow || (book.outbox ?? []).some((row) => isCaptureOf(row, id) && row.state === 'failed');
}

const isCaptureOf = ({ channel, kind, payload }: OutboxRow, order: string | undefined): boolean =>
  channel === 'paypal' && kind === 'capture' && payload.order === order;

/** The capture of an order that was closed: PayPal has told that the resident agreed after another page took its place. */
export function isOfClosedPage(outbox: readonly OutboxRow[], row: OutboxRow): boolean {
  if (row.channel !== 'paypal' || row.kind !== 'capture' || typeof row.payload.order !== 'string') return false;
  const order = row.payload.order;
  const page = outbox.find((each) => each.kind === 'payLink' && each.vendorRef.split(' ')[0] === order);
  return page !== undefined && closings(outbox, page.key).some((each) => paidIn(each) === undefined);
}

/** A payment of that amount came from that processor since the page was made: as good as certain that it was paid there. */
export const looksPaid = ({ book, lease }: Account, page: OutboxRow): boolean =>
  rowsOfLease(book.receipts, lease.id).some(
    (row) =>
      row.source === page.channel &&
      row.amountCents === amountOf(page) &&
      row.initiatedAt >= page.createdAt &&
      row.state !== 'failed',
  );

/** The same wish by the same person is served by the page that is there. */
export const isSamePage = (
  page: OutboxRow,
  platform: string,
  { amountCents, charge }: Chosen,
  payer: Person | undefined,
) =>
  page.channel === platform &&
  isPayPage(page) &&
  amountOf(page) === amountCents &&
  page.payload.payer === payer?.name &&
  page.payload.number === (charge ? invoiceNumber(charge.key) : undefined);

/**
 * Pages that must be closed before another one of that amount may be open: those of the same person, and of the others the oldest for
 * as long as together they could pay more than is owed.
 */
export function inTheWay(account: Account, amountCents: Cents, payer: Person | undefined): readonly OutboxRow[] {
  const pages = openPages(account);
  const own = pages.filter((page) => isPayPage(page) && page.payload.payer === payer?.name);
  const others = pages.filter((page) => !own.includes(page));
  const room = wholeCents(account) - amountCents;
  let at = 0;
  while (at < others.length && sum(others.slice(at).map(amountOf)) > room) at++;
  return [...own, ...others.slice(0, at)];
}

// ---------------------------------------------------------------- asked again before it leaves

/** Why what a resident has waited for is not done any more; undefined while it is. */
export function unawaited(account: Account, row: OutboxRow): string | undefined {
  if (account.run.now >= row.notBefore) return 'The resident waits for it no more.';
  return isPayPage(row) && amountOf(row) > wholeCents(account) ? 'Part of it was paid in the meantime.' : undefined;
}

/** The newest page of this person that can be paid on. */
export const pageOpenFor = (account: Account, payer: Person | undefined, now: Instant): OutboxRow | undefined =>
  openPages(account)
    .filter((page) => isPayPage(page) && page.payload.payer === payer?.name && !looksPaid(account, page))
    .filter((page) => now - page.updatedAt < livesMs(page) / 2)
    .pop();
