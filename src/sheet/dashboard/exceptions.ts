/** What needs a person, as the Dashboard lists it: what happened, since when, where to look, and what to do. */

import type { OutboxRow, ReceiptRow } from '../../domain/book';
import { addDays, daysBetween, localDay } from '../../domain/calendar';
import { isGood } from '../../domain/contacts';
import { decimal } from '../../domain/money';
import { waits } from '../../domain/receipt-row';
import { leaseById, type Run, type RunBook, stateOf } from '../../domain/run-book';
import { unpaidOn } from '../../domain/standing';
import type { Day, Instant } from '../../domain/values';
import { isInVain } from '../../domain/wanted';
import { instantFrom, textOf } from '../cells';
import type { ConnectionRow } from '../load';
import { CONNECTIONS, CONTACTS, OUTBOX, RECEIPTS, TASKS } from '../schema';

export interface Exception {
  readonly kind: string;
  readonly what: string;
  readonly fix: string;
  /** Left out where nobody knows since when. */
  readonly since?: Day;
  /** Where it stands. */
  readonly tab: string;
  readonly row?: number;
  /** Key of the payment. */
  readonly about?: string;
}

interface Facts {
  readonly book: RunBook;
  readonly run: Run;
  readonly connections: readonly ConnectionRow[];
  readonly today: Day;
}

/** The kinds in the order of their urgency, the oldest of each first. */
export function exceptionsOf(book: RunBook, run: Run, connections: readonly ConnectionRow[]): readonly Exception[] {
  const facts: Facts = { book, run, connections, today: localDay(run.now, book.settings.zone) };
  const kinds = [broken, unmatched, failed, undecided, bounced, tasks, missing];
  return kinds.flatMap((kind) => [...kind(facts)].sort(olderFirst));
}

const olderFirst = (a: Exception, b: Exception): number => {
  const [one, other] = [a.since ?? '9', b.since ?? '9'];
  return one < other ? -1 : one > other ? 1 : 0;
};

/** Whole days since then; undefined where nobody knows. */
export const ageOf = ({ since }: Exception, today: Day): number | undefined =>
  since === undefined ? undefined : Math.max(0, daysBetween(since, today));

const dayIn = ({ book }: Facts, at: Instant): Day => localDay(at, book.settings.zone);
const moneyOf = (row: Pick<ReceiptRow, 'amountCents' | 'currency'>): string =>
  `${decimal(row.amountCents, row.currency)} ${row.currency}`;

/** Since it last worked. */
function broken(facts: Facts): readonly Exception[] {
  return facts.connections
    .filter(({ cells }) => ['needs sign-in', 'failing'].includes(textOf(cells[1])))
    .map(({ platform, row, cells }) => {
      const state = textOf(cells[1]);
      const success = instantFrom(cells[3]);
      const isFailing = state === 'failing';
      return {
        kind: 'Broken connection',
        what: `${platform}: ${state}. ${textOf(cells[4])}`.trim(),
        fix: isFailing
          ? 'It is tried again by itself; if it stays, open Connections.'
          : 'Open Connections and sign in again.',
        ...(success === undefined ? {} : { since: dayIn(facts, success) }),
        tab: CONNECTIONS.title,
        row,
      };
    });
}

const payerOf = (row: ReceiptRow): string => row.payer || row.payerEmail || row.customer || row.externalId;

function unmatched(facts: Facts): readonly Exception[] {
  return facts.book.receipts.filter(waits).map((row) => ({
    kind: 'Unmatched payment',
    what: `${moneyOf(row)} from ${payerOf(row)}. ${row.matched}`.trim(),
    fix: 'Open Reconcile and say whose it is, or that it is no rent.',
    since: dayIn(facts, row.seenAt),
    tab: RECEIPTS.title,
    row: row.row,
  }));
}

const RECENT_DAYS = 14;

/** Failed or returned lately, on a lease that is still unpaid. */
function failed(facts: Facts): readonly Exception[] {
  const { book, today } = facts;
  return book.receipts.flatMap((row): Exception[] => {
    const lease = row.lease && leaseById(book, row.lease);
    const since = dayIn(facts, row.initiatedAt);
    if ((row.state !== 'failed' && row.state !== 'returned') || !lease || since < addDays(today, -RECENT_DAYS))
      return [];
    if (unpaidOn(stateOf(book, lease.id), today).length === 0) return [];
    return [
      {
        kind: row.state === 'failed' ? 'Failed payment' : 'Returned payment',
        what: `${moneyOf(row)} of ${lease.residents}, ${lease.property} ${lease.unit}. ${row.failure ?? ''}`.trim(),
        fix: 'Agree with the resident on another way to pay.',
        since,
        tab: RECEIPTS.title,
        row: row.row,
        about: row.key,
      },
    ];
  });
}

const UNDECIDED: readonly OutboxRow['state'][] = ['unsure', 'failed', 'waiting for release'];

function undecided(facts: Facts): readonly Exception[] {
  return (facts.book.outbox ?? [])
    .filter((row) => UNDECIDED.includes(row.state) && !isInVain(facts.book, facts.run, row))
    .map((row) => ({
      kind: row.state === 'waiting for release' ? 'Waits for release' : `Message or order ${row.state}`,
      what: `${row.subject || row.kind} to ${row.to}. ${row.fault}`.trim(),
      fix:
        row.state === 'waiting for release'
          ? 'Open Today: let it go or hold it.'
          : 'Open Today: send it again or settle it.',
      since: dayIn(facts, row.updatedAt),
      tab: OUTBOX.title,
      row: row.row,
    }));
}

/** Only addresses of leases of today: one that nobody lives behind needs nobody. */
function bounced(facts: Facts): readonly Exception[] {
  const { book } = facts;
  const used = new Set(
    book.leases.flatMap((lease) => [...lease.emails.map((mail) => mail.toLowerCase()), lease.phone.trim()]),
  );
  return (book.contacts ?? [])
    .filter(
      (row) =>
        !isGood(row) &&
        (row.state === 'bounced' || row.state === 'blocked') &&
        used.has(row.address.trim().toLowerCase()),
    )
    .map((row) => ({
      kind: row.kind === 'email' ? 'Bounced mail' : 'Number not reached',
      what: `${row.address}: ${row.detail || row.state}`,
      fix: 'Correct the address on the Leases tab, or try it again on the lease.',
      since: dayIn(facts, row.since),
      tab: CONTACTS.title,
      row: row.row,
    }));
}

/** Differences between a platform and the ledger are tasks of their own. */
const isDifference = (key: string): boolean => key.startsWith('task:drift:');

/** The task of a returned payment is told with the payment. A task does not say since when it is open; it says until when. */
function tasks(facts: Facts): readonly Exception[] {
  const told = new Set(failed(facts).map((each) => each.about));
  return facts.book.tasks
    .filter((task) => task.state === 'open' && !told.has(task.key.replace(/^task:returned:/, '')))
    .map((task) => ({
      kind: isDifference(task.key) ? 'Amounts differ' : 'Open task',
      what: `${task.title}. ${task.detail}`,
      fix: `Do it by ${task.due}, then mark it done in Today.`,
      tab: TASKS.title,
      row: task.row,
    }));
}

function missing({ book }: Facts): readonly Exception[] {
  return book.problems.map(({ tab, row, column, what, fix }) => ({
    kind: 'Missing or wrong data',
    what: `${tab}${row === undefined ? '' : ` row ${row}`}${column === undefined ? '' : `, ${column}`}: ${what}`,
    fix,
    tab,
    ...(row === undefined ? {} : { row }),
  }));
}
