/** What a payment seen at a source means for the books: matched, posted, reversed, or kept waiting for a person. */
import { type Account, openAccount } from './account';
import type { PaymentReversal, PaymentSeen, Property, ReceiptRow, Task } from './book';
import { billedAs, byEvidence } from './evidence';
import { itemsOf } from './ledger';
import { type Match, type MatchIndex, matchPayment } from './matching';
import { minus, sum, ZERO } from './money';
import { type PayoutFacts, payoutReason } from './payouts';
import { applyPayment } from './posting';
import { isForPerson, reversalsOf, stateAfter, toldReversals, waits, wasPosted } from './receipt-row';
import { restated } from './restated';
import { type Decision, leaseById, type Run, type RunBook } from './run-book';
import { partsOf, splitTasks, toldOfParts } from './split';
import { type Key, key, type LeaseId } from './values';
import { decisionOf, type News } from './wishes';

export { paymentOf } from './receipt-row';

/** A receipt as it was known before this run; its row may lie before the open tail of the tab. */
export type KnownReceipt = ReceiptRow;

/** Where a person wants a payment put. */
export interface Directed {
  readonly lease: LeaseId;
  /** Stands on the receipt under Matched. */
  readonly reason: string;
  /** The charge to pay first; left out: as the lease's rule says. */
  readonly charge?: Key;
}

export interface PaymentsFacts {
  readonly book: RunBook;
  readonly run: Run;
  readonly index: MatchIndex;
  /** Receipts known already, by key. The parts of a split payment are needed with it. */
  readonly known: ReadonlyMap<Key, KnownReceipt>;
  /** What a person decided, by key of the payment; it comes before all evidence. */
  readonly directed?: ReadonlyMap<Key, Directed>;
  /** What is known of payouts: a bank's entry for one is no rent. */
  readonly payouts?: PayoutFacts;
}

interface Work {
  readonly facts: PaymentsFacts;
  readonly accounts: Map<LeaseId, Account>;
  readonly news: News[];
  readonly rows: Map<Key, ReceiptRow>;
  readonly changed: Map<Key, ReceiptRow>;
  readonly tasks: Task[];
  readonly closed: { readonly key: Key; readonly outcome: string }[];
}

/**
 * Decides on payments in the order in which they were initiated. Each is the source's whole truth at this moment, so a
 * payment seen twice, late or out of order comes to the same end.
 */
export function decidePayments(facts: PaymentsFacts, seen: readonly PaymentSeen[]): Decision {
  const work: Work = {
    facts,
    accounts: new Map(),
    news: [],
    rows: new Map(facts.known),
    changed: new Map(),
    tasks: [],
    closed: [],
  };
  const latest = new Map(seen.map((payment) => [payment.key, { ...payment, reversals: onceEach(payment.reversals) }]));
  const stated = [...latest.values()].flatMap((payment) => restated(payment, facts.known, facts.run.now));
  const ordered = stated.sort((a, b) => a.initiatedAt - b.initiatedAt || (a.key < b.key ? -1 : 1));
  for (const payment of ordered) {
    const before = work.rows.get(payment.key);
    if (before?.state === 'split') settleSplit(work, payment, before);
    else keep(work, settlePayment(work, payment, before));
  }
  const decision = decisionOf(facts.book, facts.run, [...work.accounts.values()], work.news, [
    ...work.changed.values(),
  ]);
  const known = new Set(facts.book.tasks.map((task) => task.key));
  return {
    ...decision,
    tasks: [...decision.tasks, ...work.tasks.filter((task) => !known.has(task.key))],
    closedTasks: [...decision.closedTasks, ...work.closed, ...answered(facts.book, [...work.changed.values()])],
  };
}

/** A page that names a refund or dispute twice must not take its money back twice. */
function onceEach(reversals: readonly PaymentReversal[]): readonly PaymentReversal[] {
  return reversals.length < 2 ? reversals : [...new Map(reversals.map((each) => [each.key, each])).values()];
}

function keep({ rows, changed }: Work, after: ReceiptRow): void {
  const before = rows.get(after.key);
  if (before && sameReceipt(before, after)) return;
  rows.set(after.key, after);
  changed.set(after.key, after);
}

const receiptText = (row: ReceiptRow) => JSON.stringify({ ...row, row: 0 });
const sameReceipt = (a: ReceiptRow, b: ReceiptRow) => receiptText(a) === receiptText(b);

/** The question that somebody was asked about a waiting receipt. */
export const questionKey = (receipt: Key): Key => key(`task:receipt:${receipt}`);

/** Questions about receipts that wait no longer. */
function answered(book: RunBook, changed: readonly ReceiptRow[]): Decision['closedTasks'] {
  const settled = changed.filter((row) => !waits(row));
  if (settled.length === 0) return [];
  const open = new Set(book.tasks.filter((task) => task.state === 'open').map((task) => task.key));
  return settled
    .filter((row) => open.has(questionKey(row.key)))
    .map((row) => ({ key: questionKey(row.key), outcome: row.lease ? `matched to ${row.lease}` : row.state }));
}

// ---------------------------------------------------------------- one payment

function settlePayment(work: Work, payment: PaymentSeen, before: ReceiptRow | undefined, feeless = false): ReceiptRow {
  const { facts, news } = work;
  // A list that lags behind may show as pending what has settled: money that is posted is not forgotten for that.
  if (before && wasPosted(before) && payment.state === 'pending') return before;
  const match = matchFor(work, payment, before);
  const row = rowOf(facts.run, payment, match, before);
  const account = match.lease ? accountFor(work, match.lease) : undefined;
  // A payment that waits is remembered as it is, so that matching it later takes its refunds along.
  if (!account) return { ...row, ...waitingAs(payment, before, row) };
  const told = wasPosted(before) && payment.state === 'failed' ? cameBack(facts.run, payment, before) : payment;
  const charge = facts.directed?.get(payment.key)?.charge ?? (match.lease ? match.charge : undefined);
  const state = applyPayment({ account, payment: told, before, news, charge, feeless });
  const items = itemsOf(account.state, payment.key);
  return { ...row, state, items: items.length > 0 ? items : row.items, ...reversalsOf(told, before, row) };
}

/** News of a split payment is news of its parts. */
function settleSplit(work: Work, payment: PaymentSeen, before: ReceiptRow): void {
  const { facts } = work;
  const told = payment.state === 'failed' ? cameBack(facts.run, payment, before) : payment;
  keep(work, { ...before, feeCents: told.feeCents ?? before.feeCents, ...reversalsOf(told, before, before) });
  const parts = partsOf(work.rows, before);
  toldOfParts(told, parts).forEach((part, index) => {
    keep(work, settlePayment(work, part, work.rows.get(part.key), index > 0));
  });
  const { tasks, closed } = splitTasks(facts.book, facts.run, told, partsOf(work.rows, before));
  work.tasks.push(...tasks);
  work.closed.push(...closed);
}

function accountFor({ facts, accounts }: Work, id: LeaseId): Account | undefined {
  const open = accounts.get(id);
  if (open) return open;
  const lease = leaseById(facts.book, id);
  const property = lease && facts.book.properties.get(lease.property);
  if (!lease || !property) return undefined;
  const account = openAccount(facts.book, facts.run, lease, property);
  accounts.set(id, account);
  return account;
}

/** A match once made stays until a person takes it back, and what a person took back only a person matches again. */
function matchFor({ facts, accounts }: Work, payment: PaymentSeen, before: ReceiptRow | undefined): Match {
  const directed = facts.directed?.get(payment.key);
  if (directed) return { lease: directed.lease, reason: directed.reason };
  if (before?.lease) return { lease: before.lease, reason: before.matched };
  if (before && (before.state === 'not rent' || before.state === 'taken back' || isForPerson(before)))
    return { reason: before.matched };
  const match = matchPayment(facts.index, payment, {
    billedAs: (number) => billedAs(facts.book, number),
    byEvidence: (told) => asPayout(facts, told) ?? byEvidence(facts.book, told, (lease) => accounts.get(lease)?.state),
  });
  if (!match.lease) return match;
  const property = propertyOf(facts.book, match.lease);
  if (!property)
    return {
      reason: `Lease ${match.lease} has a problem on the Leases tab. Mend its row; the payment is then matched.`,
    };
  if (property.currency === payment.currency) return match;
  return {
    reason: `It is in ${payment.currency}, but ${property.name} keeps its books in ${property.currency}. Record what arrived by hand.`,
  };
}

function asPayout({ payouts }: PaymentsFacts, payment: PaymentSeen): Match | undefined {
  const reason = payouts && payoutReason(payment, payouts);
  return reason === undefined ? undefined : { reason };
}

function propertyOf(book: RunBook, id: LeaseId): Property | undefined {
  const lease = leaseById(book, id);
  return lease && book.properties.get(lease.property);
}

function rowOf(run: Run, payment: PaymentSeen, match: Match, before: ReceiptRow | undefined): ReceiptRow {
  return {
    row: before?.row ?? 0,
    key: payment.key,
    source: payment.source,
    externalId: payment.externalId,
    ...(match.lease ? { lease: match.lease } : {}),
    amountCents: payment.amountCents,
    currency: payment.currency,
    state: before && isSetAside(before) ? before.state : payment.state,
    initiatedAt: payment.initiatedAt,
    payer: payment.payerName ?? '',
    payerEmail: payment.payerEmail ?? '',
    customer: payment.customer ?? '',
    leaseRef: payment.leaseRef ?? '',
    memo: payment.memo ?? '',
    ...failureIn(payment, before),
    matched: match.reason,
    items: before?.items ?? [],
    reversedCents: before?.reversedCents ?? ZERO,
    feeCents: payment.feeCents ?? before?.feeCents ?? ZERO,
    reversals: before?.reversals ?? [],
    seenAt: before?.seenAt ?? run.now,
  };
}

/** Why it failed, or why the bank sent it back: what decides whether it may be asked for again. */
function failureIn(payment: PaymentSeen, before: ReceiptRow | undefined): Pick<ReceiptRow, 'failure'> {
  const back = [...payment.reversals].reverse().find((each) => each.reason === 'returned');
  const failure = payment.state === 'failed' ? payment.failure : back && (back.detail || before?.failure);
  return failure ? { failure } : {};
}

/** A person has settled it, whatever its source tells later. */
const isSetAside = (row: ReceiptRow): boolean => row.state === 'not rent' || row.state === 'taken back';

const waitingAs = (payment: PaymentSeen, before: ReceiptRow | undefined, row: ReceiptRow) => ({
  ...reversalsOf(payment, before, row),
  ...(payment.state === 'settled' && !isSetAside(row) ? { state: stateAfter(payment) } : {}),
});

/**
 * A payment that had settled and now says failed came back from the bank, as far as it had not been taken back before: by what
 * its source tells now, or by a dispute or refund that it told earlier and no longer mentions.
 */
function cameBack(run: Run, payment: PaymentSeen, before: ReceiptRow | undefined): PaymentSeen {
  const told = new Set(payment.reversals.map((each) => each.key));
  const earlier = before ? toldReversals(before).filter((each) => !told.has(each.key)) : [];
  const all = [...payment.reversals, ...earlier].filter((each) => each.key !== `${payment.key}:failed`);
  const gone = sum(all.filter((each) => each.state !== 'won').map((each) => each.amountCents));
  const back: PaymentReversal = {
    key: key(`${payment.key}:failed`),
    reason: 'returned',
    state: 'final',
    amountCents: minus(payment.amountCents, gone),
    at: run.now,
    detail: payment.failure ?? '',
  };
  return { ...payment, state: 'settled', reversals: [...payment.reversals, back] };
}
