/** What only a person can settle, the most urgent first. */
import { dayText } from '../../domain/acts/words';
import type { OutboxRow, ReceiptRow, TaskRow } from '../../domain/book';
import { addDays, localDay } from '../../domain/calendar';
import { planTotal } from '../../domain/plans';
import { isOpenRequest } from '../../domain/requests';
import type { RunBook } from '../../domain/run-book';
import type { Standing } from '../../domain/standing';
import type { Day, Instant, LeaseId, Problem } from '../../domain/values';
import { isInVain } from '../../domain/wanted';
import { type App, runNow } from '../../run/app';
import type { Kept } from '../../run/told';
import { lastVerdict } from '../../run/told';
import type { Loaded } from '../../sheet/load';
import { LEASES, PROPERTIES, RECEIPTS, TASKS } from '../../sheet/schema';
import { accountOf } from '../account';
import { taskOfRequest } from '../resident/request-news';
import type { Connection } from './connections';
import { requestLine } from './requests';
import type { Scope } from './scope';
import type { Need } from './today';
import { moneyOf, moneyWords } from './words';

export interface NeedFacts {
  readonly app: App;
  readonly loaded: Loaded;
  readonly kept: Kept;
  readonly scope: Scope;
  readonly now: Instant;
  readonly standings: ReadonlyMap<LeaseId, Standing>;
  readonly connections: readonly Connection[];
}

export function needsOf(facts: NeedFacts): readonly Need[] {
  return [
    ...integrity(facts),
    ...approvals(facts),
    ...unmatched(facts),
    ...unpaidPayments(facts),
    ...requests(facts),
    ...effects(facts),
    ...feeTerms(facts),
    ...problems(facts),
    ...broken(facts),
    ...openPlans(facts),
    ...openTasks(facts),
  ];
}

const dayIn = ({ loaded }: NeedFacts, at: Instant): Day => localDay(at, loaded.book.settings.zone);

function integrity({ kept, scope }: NeedFacts): readonly Need[] {
  const verdict = lastVerdict(kept);
  if (!verdict || verdict.ok) return [];
  const detail = scope.all ? verdict.problems.join(' ') : '';
  return [{ kind: 'integrity', key: '', title: 'Ledger or Log were changed by hand', detail }];
}

const isApproval = (row: OutboxRow): boolean => row.channel === 'ledger' && row.kind === 'approval';

const maySeeRow = ({ scope }: NeedFacts, row: { readonly lease?: string; readonly property?: string }): boolean =>
  row.lease === undefined ? scope.property(row.property) : scope.lease(row.lease);

function approvals(facts: NeedFacts): readonly Need[] {
  return facts.loaded.outbox
    .filter((row) => isApproval(row) && row.state === 'waiting for release' && maySeeRow(facts, row))
    .map((row) => ({
      kind: 'approval',
      key: row.key,
      title: row.subject,
      detail: row.fault,
      ...(row.lease ? { lease: row.lease } : {}),
      since: dayIn(facts, row.createdAt),
      state: row.state,
    }));
}

/** No lease, no property: it may be anybody's money, and is shown to who sees all. */
function unmatched(facts: NeedFacts): readonly Need[] {
  if (!facts.scope.all) return [];
  return facts.loaded.book.receipts
    .filter((row) => !row.lease && (row.state === 'settled' || row.state === 'pending'))
    .map((row) => ({
      kind: 'unmatched receipt',
      key: row.key,
      title: row.payer || row.payerEmail || row.customer || row.externalId,
      detail: row.matched,
      money: moneyOf(row.amountCents, row.currency),
      since: dayIn(facts, row.seenAt),
      cell: { tab: RECEIPTS.title, row: row.row },
    }));
}

const RECENT_DAYS = 7;

/** Failed or returned within a week, on a lease that is still unpaid. */
function unpaidPayments(facts: NeedFacts): readonly Need[] {
  const { loaded, scope, standings } = facts;
  const tasks = new Map(loaded.book.tasks.map((task) => [task.key as string, task]));
  const first = addDays(dayIn(facts, facts.now), -RECENT_DAYS);
  return loaded.book.receipts.flatMap((row): Need[] => {
    if ((row.state !== 'failed' && row.state !== 'returned') || !row.lease || !scope.lease(row.lease)) return [];
    const unpaid = standings.get(row.lease)?.unpaidCents ?? 0;
    const on = happenedOn(facts, row, tasks.get(returnTask(row)));
    if (unpaid <= 0 || on < first) return [];
    const money = moneyOf(row.amountCents, row.currency);
    return [
      {
        kind: row.state === 'failed' ? 'failed payment' : 'returned payment',
        key: row.key,
        title: `${moneyWords(money)} ${row.state}`,
        detail: placeOf(loaded.book, row),
        lease: row.lease,
        money,
        since: on,
      },
    ];
  });
}

const returnTask = (row: ReceiptRow): string => `task:returned:${row.key}`;

/** A return comes up to weeks after its payment: its task says when, and is due on the day after. */
const happenedOn = (facts: NeedFacts, row: ReceiptRow, task: TaskRow | undefined): Day =>
  task ? addDays(task.due, -1) : dayIn(facts, row.initiatedAt);

function placeOf(book: RunBook, { lease: id }: Pick<ReceiptRow, 'lease'>): string {
  const lease = book.leases.find((each) => each.id === id);
  return lease ? `${lease.residents}, ${lease.property} ${lease.unit}`.trim() : '';
}

const UNDECIDED: readonly OutboxRow['state'][] = ['unsure', 'failed', 'waiting for release'];

function effects(facts: NeedFacts): readonly Need[] {
  const { app, loaded } = facts;
  const run = runNow(app);
  return loaded.outbox
    .filter((row) => UNDECIDED.includes(row.state) && !isApproval(row) && maySeeRow(facts, row))
    .filter((row) => !isInVain(loaded.book, run, row))
    .sort((a, b) => UNDECIDED.indexOf(a.state) - UNDECIDED.indexOf(b.state))
    .map((row) => ({
      kind: 'effect',
      key: row.key,
      title: `${row.subject || row.kind} to ${row.to}`,
      detail: row.fault,
      ...(row.lease ? { lease: row.lease } : {}),
      since: dayIn(facts, row.updatedAt),
      state: row.state,
    }));
}

const WAITS_DAYS = 7;

/** A plan that was proposed more than a week ago, and nobody has answered. */
function openPlans(facts: NeedFacts): readonly Need[] {
  const { book } = facts.loaded;
  return book.leases.flatMap((lease): Need[] => {
    const plan = book.states.get(lease.id)?.plan;
    if (plan?.state !== 'proposed' || !facts.scope.lease(lease.id)) return [];
    if (addDays(plan.proposedOn, WAITS_DAYS) >= dayIn(facts, facts.now)) return [];
    const currency = book.properties.get(lease.property)?.currency ?? book.settings.currency;
    return [
      {
        kind: 'plan',
        key: plan.key,
        title: 'A payment plan waits for the resident',
        detail: placeOf(book, { lease: lease.id }),
        lease: lease.id,
        money: moneyOf(planTotal(plan), currency),
        since: plan.proposedOn,
      },
    ];
  });
}

const isFeeTask = (task: TaskRow): boolean => task.key.startsWith('task:fee-terms:');

function feeTerms(facts: NeedFacts): readonly Need[] {
  const { book } = facts.loaded;
  return openOnes(facts)
    .filter(isFeeTask)
    .map((task) => {
      const row = task.property && book.properties.get(task.property)?.row;
      return {
        kind: 'fee terms',
        key: task.key,
        title: task.title,
        detail: task.detail,
        cell: { tab: PROPERTIES.title, ...(row ? { row } : {}) },
      };
    });
}

/** A broken row of the Leases tab has no property that could be trusted: only who sees all is told of it. */
function problems({ loaded, scope }: NeedFacts): readonly Need[] {
  const { book } = loaded;
  const mine = new Set(book.leases.filter((lease) => scope.lease(lease.id)).map((lease) => lease.row));
  const isSeen = (problem: Problem) =>
    scope.all || (problem.tab === LEASES.title && problem.row !== undefined && mine.has(problem.row));
  return book.problems.filter(isSeen).map((problem) => ({
    kind: 'problem',
    key: '',
    title: `${placeIn(problem)}: ${problem.what}`,
    detail: problem.fix,
    cell: { tab: problem.tab, ...(problem.row === undefined ? {} : { row: problem.row }) },
  }));
}

const placeIn = ({ tab, row, column }: Problem): string =>
  `${tab}${row === undefined ? '' : ` row ${row}`}${column === undefined ? '' : `, ${column}`}`;

function broken({ connections }: NeedFacts): readonly Need[] {
  return connections
    .filter((each) => each.state === 'needs sign-in' || each.state === 'failing')
    .map((each) => ({
      kind: 'connection',
      key: each.id,
      title: `${each.title}: ${each.state}`,
      detail: each.fault?.what ?? '',
    }));
}

const openOnes = (facts: NeedFacts): readonly TaskRow[] =>
  facts.loaded.book.tasks
    .filter((task) => task.state === 'open' && maySeeRow(facts, task))
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));

/** Disputes and wishes for a plan that wait for an answer, the oldest first; a promise ends by itself. */
function requests({ app, loaded, scope }: NeedFacts): readonly Need[] {
  return waitingRequests(loaded, scope).flatMap((row): readonly Need[] => {
    const account = accountOf(loaded, app, row.lease);
    if (!account) return [];
    const request = requestLine(account, row);
    return [
      {
        kind: 'request',
        key: row.key,
        title: request.charge ? `${request.charge.type}, due ${dayText(request.charge.due)}` : account.lease.residents,
        detail: `${account.lease.residents}, ${account.property.name} ${account.lease.unit}`.trim(),
        lease: row.lease,
        ...(request.charge ? { money: request.charge.open } : {}),
        since: request.on,
        request,
      },
    ];
  });
}

const waitingRequests = ({ book }: Loaded, scope: Scope) =>
  (book.requests ?? []).filter((row) => row.kind !== 'promise' && isOpenRequest(row) && scope.lease(row.lease));

/** The task of a returned payment is told with the payment, that of a request with the request. */
function openTasks(facts: NeedFacts): readonly Need[] {
  const told = new Set<string>([
    ...unpaidPayments(facts).map((need) => `task:returned:${need.key}`),
    ...waitingRequests(facts.loaded, facts.scope).map((row) => taskOfRequest(row.key)),
  ]);
  return openOnes(facts)
    .filter((task) => !isFeeTask(task) && !told.has(task.key))
    .map((task) => ({
      kind: 'task',
      key: task.key,
      title: task.title,
      detail: `${task.detail}; due ${dayText(task.due)}`,
      ...(task.lease ? { lease: task.lease } : {}),
      cell: { tab: TASKS.title, row: task.row },
    }));
}
