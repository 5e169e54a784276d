/** What managers see of a resident's page on the lease's screen: its links, autopay, and payments that are coming; and what they may do. */
import { type Account, upcomingRentDay } from '../../domain/account';
import type { OutboxRow, Plan } from '../../domain/book';
import { addDays, localDay } from '../../domain/calendar';
import { autopayLinks, isAutopay, methodOf } from '../../domain/collectors';
import { sum } from '../../domain/money';
import { type PageRow, type PageState, pagesOf } from '../../domain/pages';
import { pendingOf, rowsOfLease } from '../../domain/run-book';
import { isDisputedLine } from '../../domain/standing';
import type { Cents, Day } from '../../domain/values';
import type { App } from '../../run/app';
import { carrierName } from './lines';
import type { Money } from './told';
import { clockText, moneyOf } from './words';

/** The page as one address has it. */
export interface PageLine {
  /** Names it for {@link PageAct}; alone it opens nothing. */
  readonly page: string;
  readonly address: string;
  readonly state: PageState;
  /** `2026-12-06 09:05`, by the workbook's clock. */
  readonly sent?: string;
  /** Requests for it: mail scanners ask as well. */
  readonly opened: number;
  readonly openedAt?: string;
  readonly until?: Day;
}

export interface ResidentPage {
  readonly links: readonly PageLine[];
  /** The platform that collects by itself, and the day on which it is asked next where that is ours to say. */
  readonly autopay?: { readonly by: string; readonly next?: Day };
  /** Asked for and not yet under way. */
  readonly scheduled: readonly { readonly by: string; readonly on: Day; readonly amount: Money }[];
  /** Under way together; left out where nothing is. */
  readonly processing?: { readonly amount: Money; readonly since: Day };
  /** `running`, `proposed` or how the last one ended; left out where there never was one. */
  readonly plan?: Plan['state'];
  /** Open charges that are disputed, and payments whose dispute runs at a bank. */
  readonly disputes: number;
}

/** `link` shows the address, `send` sends it anew (and opens a page that was revoked), `revoke` makes all that were sent worthless. */
export const PAGE_ACTS = ['link', 'send', 'revoke'] as const;
export type PageAct = (typeof PAGE_ACTS)[number];

export function residentPage(app: App, account: Account): ResidentPage {
  const { book, lease, state, property } = account;
  const { zone } = book.settings;
  const autopay = autopayOf(app, account);
  const pending = pendingOf(book, lease.id);
  const since = pending.map((row) => localDay(row.initiatedAt, property.zone)).sort()[0];
  const disputed = state.charges.filter((charge) => charge.openCents > 0 && isDisputedLine(state, charge)).length;
  return {
    links: pagesOf(book.pages ?? [], lease.id).map((page) => lineOf(page, (at) => clockText(at, zone))),
    ...(autopay ? { autopay } : {}),
    scheduled: rowsOfLease(book.outbox ?? [], lease.id)
      .filter((row) => isAutopay(row) && SCHEDULED.includes(row.state))
      .map((row) => ({
        by: carrierName(app, row.channel),
        on: localDay(row.notBefore, property.zone),
        amount: moneyOf(amountIn(row), property.currency),
      })),
    ...(since
      ? { processing: { amount: moneyOf(sum(pending.map((row) => row.amountCents)), property.currency), since } }
      : {}),
    ...(state.plan ? { plan: state.plan.state } : {}),
    disputes: disputed + state.disputed.length,
  };
}

const SCHEDULED: readonly OutboxRow['state'][] = ['ready', 'scheduled', 'sending', 'waiting for release'];

const amountIn = ({ payload }: OutboxRow): Cents => Number(payload.amountCents ?? 0) as Cents;

const lineOf = (
  { id, address, state, sent, opened, openedAt, until }: PageRow,
  clock: (at: number) => string,
): PageLine => ({
  page: id,
  address,
  state,
  ...(sent === undefined ? {} : { sent: clock(sent) }),
  opened,
  ...(openedAt === undefined ? {} : { openedAt: clock(openedAt) }),
  ...(until === undefined ? {} : { until }),
});

/** A PayPal subscription runs by itself: its next day is PayPal's. */
function autopayOf(app: App, account: Account): ResidentPage['autopay'] {
  const method = methodOf(account);
  if (!method) {
    const [link] = autopayLinks(account);
    return link && { by: carrierName(app, link.platform) };
  }
  const due = upcomingRentDay(account);
  const on = due && addDays(due, -account.book.settings.autopayDaysBefore);
  return { by: carrierName(app, method.platform), ...(on && on >= account.today ? { next: on } : {}) };
}
