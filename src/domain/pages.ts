/** Residents' pages: whom a lease has one for, and what becomes of those whose address or lease has gone. */
import type { Lease } from './book';
import { addDays, localDay, monthOf, yearOf, ymd } from './calendar';
import { contactName, type Way } from './contacts';
import { e164 } from './phone';
import { mailsOf } from './reach';
import { pendingCents, type Run, type RunBook, stateOf } from './run-book';
import type { Day, Instant, LeaseId, Zone } from './values';

/** `revoked` by a person; `over` where the address, the person or the lease has gone. */
export type PageState = 'live' | 'revoked' | 'over';

/** One row of the Resident pages tab. */
export interface PageRow {
  readonly row: number;
  /** 128 random bits, lower-case hex. */
  readonly id: string;
  readonly lease: LeaseId;
  /** A mail address, a phone number, or all mail addresses of the lease as one message goes to them. */
  readonly address: string;
  /** Counted up, it makes every link that was sent before worthless. */
  readonly version: number;
  readonly state: PageState;
  readonly made: Instant;
  /** When a message last carried the link. */
  readonly sent?: Instant;
  /** Requests for the page: mail scanners and previews ask as well, so that nobody can say that it was read. */
  readonly opened: number;
  readonly openedAt?: Instant;
  /** The last day of it, where it has one. */
  readonly until?: Day;
}

/** So long a lease that is over and settled keeps its page. */
const DAYS_AFTER_END = 60;

const sameAddress = (one: string, other: string): boolean => nameOf(one) === nameOf(other);

/** A list in any order is the same list. */
const nameOf = (address: string): string =>
  address
    .split(',')
    .map((each) => contactName(wayTo(each), each))
    .sort()
    .join(' ');

export const wayTo = (address: string): Way => (address.includes('@') ? 'email' : 'sms');

/** True from the day on which somebody moves out. */
const hasLeft = ({ movedOut = [] }: Lease, address: string, today: Day): boolean =>
  movedOut.some((each) => today >= each.on && sameAddress(each.address, address));

type Known = Pick<RunBook, 'contacts'>;

/** The addresses that a lease has pages for: each mail address, all of them together, and the phone. */
export function pageAddresses(lease: Lease, today: Day, { contacts = [] }: Known = {}): readonly string[] {
  if (lease.awaitsSignature) return [];
  const mails = lease.emails.filter((address) => !hasLeft(lease, address, today));
  const phone = e164(lease.phone);
  const open = mailsOf(contacts, lease);
  const all = open.length > 1 && open.every((address) => mails.includes(address)) ? [open.join(', ')] : [];
  const phones = 'number' in phone && !hasLeft(lease, phone.number, today) ? [phone.number] : [];
  return [...mails, ...all, ...phones];
}

/** The last day of a lease's page; undefined while the lease runs, or money is open or under way. */
export function pageUntil(book: RunBook, lease: Lease, today: Day): Day | undefined {
  if (lease.end === undefined || lease.end >= today) return undefined;
  const state = stateOf(book, lease.id);
  if (state.balanceCents !== 0 || pendingCents(book, lease.id) !== 0) return undefined;
  return addDays(lease.end, DAYS_AFTER_END);
}

/** Whether a page may be shown now, as the book stands: what was decided in the night may be out of date. */
export function isPageOpen(book: RunBook, lease: Lease, address: string, today: Day): boolean {
  if (!pageAddresses(lease, today, book).some((each) => sameAddress(each, address))) return false;
  const until = pageUntil(book, lease, today);
  return until === undefined || today <= until;
}

/** The live page of a message's recipients, if there is one. */
export const pageFor = (pages: readonly PageRow[], lease: LeaseId, to: string): PageRow | undefined =>
  pagesOf(pages, lease).find((page) => page.state === 'live' && sameAddress(page.address, to));

const indexes = new WeakMap<readonly PageRow[], ReadonlyMap<LeaseId, readonly PageRow[]>>();

export function pagesOf(pages: readonly PageRow[], lease: LeaseId): readonly PageRow[] {
  let index = indexes.get(pages);
  if (!index) {
    const groups = new Map<LeaseId, PageRow[]>();
    for (const page of pages) groups.set(page.lease, [...(groups.get(page.lease) ?? []), page]);
    index = groups;
    indexes.set(pages, index);
  }
  return index.get(lease) ?? [];
}

/** Rows that change: pages that are missing are made, with the row 0, and those that have lost their ground are over. */
export function planPages(book: RunBook, run: Run, newId: () => string): readonly PageRow[] {
  const pages = book.pages ?? [];
  const leases = new Set(book.leases.map((lease) => lease.id));
  const orphans = pages.filter((page) => page.state === 'live' && !leases.has(page.lease));
  return [...orphans.map((page) => over(page)), ...book.leases.flatMap((lease) => planFor(book, run, lease, newId))];
}

const over = (page: PageRow): PageRow => ({ ...page, state: 'over' });

function planFor(book: RunBook, run: Run, lease: Lease, newId: () => string): readonly PageRow[] {
  const property = book.properties.get(lease.property);
  if (!property) return [];
  const today = localDay(run.now, property.zone);
  const until = pageUntil(book, lease, today);
  const wanted = until !== undefined && today > until ? [] : pageAddresses(lease, today, book);
  const known = pagesOf(book.pages ?? [], lease.id);
  const kept = known.flatMap((page) => keptAs(page, wanted, until));
  const missing = wanted.filter((address) => !known.some((page) => sameAddress(page.address, address)));
  const fresh = missing.map((address): PageRow => {
    const limit = until ? { until } : {};
    return {
      row: 0,
      id: newId(),
      lease: lease.id,
      address,
      version: 1,
      state: 'live',
      made: run.now,
      opened: 0,
      ...limit,
    };
  });
  return [...kept, ...fresh];
}

/** The row as it must become, if it changes. What a person has revoked stays revoked. */
function keptAs(page: PageRow, wanted: readonly string[], until: Day | undefined): readonly PageRow[] {
  const isWanted = wanted.some((address) => sameAddress(address, page.address));
  const { until: before, ...rest } = page;
  if (!isWanted) return page.state === 'live' ? [over(page)] : [];
  // Who comes back gets new links: the old ones may be in other hands.
  const back = page.state === 'over' ? { state: 'live' as const, version: page.version + 1 } : {};
  if (page.state !== 'over' && before === until) return [];
  return [{ ...rest, ...back, ...(until ? { until } : {}) }];
}

/** Months that a page shows, with the present one. */
const MONTHS = 13;

/** The first day that a page shows: by UTC, so that at a month's end it may be a month more. */
export function shownSince(now: Instant): Day {
  const today = localDay(now, 'Etc/UTC' as Zone);
  const months = yearOf(today) * 12 + monthOf(today) - MONTHS;
  return ymd(Math.floor(months / 12), (months % 12) + 1, 1);
}
