/** What a payment seen at a source means for the books: matched, posted, reversed, or kept waiting for a person. */
import {
  type Account,
  assessFees,
  assessFeesAgain,
  entryBase,
  itemsTakenBack,
  openAccount,
  post,
  postDue,
  postReturnFee,
  respendUnspent,
  spendUnspent,
  withdrawFees,
} from './account';
import { allocate } from './allocation';
import type { Entry, PaymentReversal, PaymentSeen, Property, ReceiptRow, ReceiptState, ReversalReason } from './book';
import { localDay } from './calendar';
import { itemsOf } from './ledger';
import { type Match, type MatchIndex, matchPayment } from './matching';
import { cents, decimal, minus, plus, sum, ZERO } from './money';
import { type Decision, leaseById, type Run, type RunBook } from './run-book';
import { type Key, key, type LeaseId } from './values';
import { decisionOf, type News } from './wishes';

/** A receipt as it was known before this run; its row may lie before the open tail of the tab. */
export type KnownReceipt = ReceiptRow;

export interface PaymentsFacts {
  readonly book: RunBook;
  readonly run: Run;
  readonly index: MatchIndex;
  /** Receipts known already, by key. */
  readonly known: ReadonlyMap<Key, KnownReceipt>;
}

/**
 * Decides on payments in the order in which they were initiated. Each is the source's whole truth at this moment, so a
 * payment seen twice, late or out of order comes to the same end.
 */
export function decidePayments(facts: PaymentsFacts, seen: readonly PaymentSeen[]): Decision {
  const accounts = new Map<LeaseId, Account>();
  const rows = new Map<Key, ReceiptRow>(facts.known);
  const changed = new Map<Key, ReceiptRow>();
  const news: News[] = [];
  const latest = new Map(seen.map((payment) => [payment.key, { ...payment, reversals: onceEach(payment.reversals) }]));
  const ordered = [...latest.values()].sort((a, b) => a.initiatedAt - b.initiatedAt || (a.key < b.key ? -1 : 1));
  for (const payment of ordered) {
    const before = rows.get(payment.key);
    const after = settlePayment(facts, accounts, news, payment, before);
    if (before && sameReceipt(before, after)) continue;
    rows.set(payment.key, after);
    changed.set(payment.key, after);
  }
  return decisionOf(facts.book, facts.run, [...accounts.values()], news, [...changed.values()]);
}

/** A page that names a refund or dispute twice must not take its money back twice. */
function onceEach(reversals: readonly PaymentReversal[]): readonly PaymentReversal[] {
  return reversals.length < 2 ? reversals : [...new Map(reversals.map((each) => [each.key, each])).values()];
}

function settlePayment(
  facts: PaymentsFacts,
  accounts: Map<LeaseId, Account>,
  news: News[],
  payment: PaymentSeen,
  before: ReceiptRow | undefined,
): ReceiptRow {
  const match = matchFor(facts, payment, before);
  const row = rowOf(facts.run, payment, match, before);
  const account = match.lease ? accountFor(facts, accounts, match.lease) : undefined;
  // A payment that waits is remembered as it is, so that matching it later takes its refunds along.
  if (!account) return { ...row, ...waitingAs(payment, before, row) };
  const posted = wasPosted(before);
  const told = posted && payment.state === 'failed' ? cameBack(facts.run, payment) : payment;
  const state = applyPayment(account, told, posted ? before : undefined, before, news);
  const items = itemsOf(account.state, payment.key);
  return { ...row, state, items: items.length > 0 ? items : row.items, ...reversalsOf(told, before, row) };
}

function accountFor(facts: PaymentsFacts, accounts: Map<LeaseId, Account>, id: LeaseId): Account | undefined {
  const open = accounts.get(id);
  if (open) return open;
  const lease = leaseById(facts.book, id);
  const property = lease && facts.book.properties.get(lease.property);
  if (!lease || !property) return undefined;
  const account = openAccount(facts.book, facts.run, lease, property);
  accounts.set(id, account);
  return account;
}

/** A match once made stays; a person's later correction is a re-allocation, not a new match. */
function matchFor(facts: PaymentsFacts, payment: PaymentSeen, before: ReceiptRow | undefined): Match {
  if (before?.lease) return { lease: before.lease, reason: before.matched };
  if (before?.state === 'not rent') return { reason: before.matched };
  const match = matchPayment(facts.index, payment);
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
    state: before?.state === 'not rent' ? 'not rent' : payment.state,
    initiatedAt: payment.initiatedAt,
    payer: payment.payerName ?? '',
    payerEmail: payment.payerEmail ?? '',
    customer: payment.customer ?? '',
    leaseRef: payment.leaseRef ?? '',
    memo: payment.memo ?? '',
    matched: match.reason,
    items: before?.items ?? [],
    reversedCents: before?.reversedCents ?? ZERO,
    feeCents: payment.feeCents ?? before?.feeCents ?? ZERO,
    reversals: before?.reversals ?? [],
    seenAt: before?.seenAt ?? run.now,
  };
}

const wasPosted = (before: ReceiptRow | undefined): boolean =>
  before?.lease !== undefined && before.state !== 'pending' && before.state !== 'failed';

const waitingAs = (payment: PaymentSeen, before: ReceiptRow | undefined, row: ReceiptRow) => ({
  ...reversalsOf(payment, before, row),
  ...(payment.state === 'settled' && row.state !== 'not rent' ? { state: stateAfter(payment) } : {}),
});

/** A payment that had settled and now says failed came back from the bank, as far as it had not been taken back before. */
function cameBack(run: Run, payment: PaymentSeen): PaymentSeen {
  const gone = sum(payment.reversals.filter((each) => each.state !== 'won').map((each) => each.amountCents));
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

/** Posts what this payment changes; gives its receipt's state. `posted` is its row if it is in the ledger. */
function applyPayment(
  account: Account,
  payment: PaymentSeen,
  posted: ReceiptRow | undefined,
  before: ReceiptRow | undefined,
  news: News[],
): ReceiptState {
  if (payment.state === 'pending') return 'pending';
  if (payment.state === 'failed') {
    if (before?.state !== 'failed')
      news.push({ kind: 'failed', account, payment, reason: payment.failure ?? 'it did not go through' });
    return 'failed';
  }
  if (!posted) receive(account, payment, news);
  for (const reversal of payment.reversals) reverse(account, payment, reversal, posted, news);
  return stateAfter(payment);
}

function receive(account: Account, payment: PaymentSeen, news: News[]): void {
  const on = localDay(payment.initiatedAt, account.property.zone);
  postDue(account);
  // A fee that was due before this money was sent stays due, even when no run had come by to charge it.
  assessFees(account, on < account.today ? on : account.today);
  const { items } = allocate(account.lease.allocation, account.state.charges, payment.amountCents);
  const settled =
    payment.settledAt && payment.settledAt !== payment.initiatedAt
      ? `, settled ${localDay(payment.settledAt, account.property.zone)}`
      : '';
  const name = payment.payerName ?? payment.payerEmail ?? payment.customer ?? '';
  post(account, {
    ...entryBase(account),
    kind: 'receipt',
    key: payment.key,
    receipt: payment.key,
    amountCents: payment.amountCents,
    items,
    day: on,
    why: `${payment.source} ${payment.externalId}${name ? ` from ${name}` : ''}, initiated ${on}${settled}`,
  });
  withdrawFees(account);
  spendUnspent(account);
  news.push({ kind: 'received', account, payment, reason: '' });
}

const ENTRY_REASON: Readonly<Record<PaymentReversal['reason'], ReversalReason>> = {
  returned: 'returned',
  disputed: 'disputed',
  refunded: 'refunded',
};

function reverse(
  account: Account,
  payment: PaymentSeen,
  reversal: PaymentReversal,
  before: ReceiptRow | undefined,
  news: News[],
): void {
  const known = before?.reversals.find((each) => each.key === reversal.key);
  const takenBefore = known && known.state !== 'won' ? known.amountCents : ZERO;
  const standing = reversal.state === 'won' ? ZERO : reversal.amountCents;
  const on = localDay(reversal.at, account.property.zone);
  const money = (amount: number) => decimal(cents(amount), payment.currency);
  if (standing > takenBefore) {
    const amountCents = minus(standing, takenBefore);
    const id = takenBefore > 0 || known ? key(`${reversal.key}:${money(standing)}`) : reversal.key;
    const remembered = before?.items ?? [];
    const items = itemsTakenBack(account, payment.key, amountCents, remembered);
    post(account, {
      ...entryBase(account),
      kind: 'reversal',
      key: id,
      receipt: payment.key,
      about: payment.key,
      reason: ENTRY_REASON[reversal.reason],
      amountCents,
      items,
      day: on,
      why: `${reversal.reason}: ${money(amountCents)} of ${payment.externalId}${reversal.detail ? ` (${reversal.detail})` : ''}`,
    });
    if (reversal.reason === 'returned')
      postReturnFee(
        account,
        payment.key,
        `Payment ${payment.externalId} was returned${reversal.detail ? `: ${reversal.detail}` : ''}.`,
      );
    respendUnspent(account);
    assessFeesAgain(account, localDay(payment.initiatedAt, account.property.zone));
    news.push({ kind: reversal.reason, account, payment, reason: reversal.detail });
  }
  if (standing < takenBefore) {
    const amountCents = minus(takenBefore, standing);
    const { items } = allocate(account.lease.allocation, account.state.charges, amountCents);
    post(account, {
      ...entryBase(account),
      kind: 'reinstatement',
      key: key(`${reversal.key}:${reversal.state}:${money(amountCents)}`),
      receipt: payment.key,
      about: reversal.key,
      amountCents,
      items,
      day: account.today,
      from: localDay(payment.initiatedAt, account.property.zone),
      why: `${reversal.reason} ${reversal.state}: ${money(amountCents)} of ${payment.externalId} counts again`,
    });
    withdrawFees(account);
    spendUnspent(account);
    news.push({ kind: 'reinstated', account, payment, reason: reversal.detail });
  }
  if (reversal.state === 'lost' && known?.state !== 'lost') closeLostDispute(account, payment, reversal, on, news);
}

/** A lost dispute moves no more money, but the ladder may go on: the rent is owed again. */
function closeLostDispute(
  account: Account,
  payment: PaymentSeen,
  reversal: PaymentReversal,
  on: Entry['day'],
  news: News[],
): void {
  post(account, {
    ...entryBase(account),
    kind: 'reversal',
    key: key(`${reversal.key}:lost`),
    receipt: payment.key,
    about: reversal.key,
    reason: 'dispute lost',
    amountCents: ZERO,
    items: [],
    day: on,
    why: `Dispute ${reversal.key} was lost: what it paid is owed again.`,
  });
  assessFees(account, account.today, account.today);
  news.push({ kind: 'dispute lost', account, payment, reason: reversal.detail });
}

function stateAfter(payment: PaymentSeen): ReceiptState {
  const last = (reason: PaymentReversal['reason']) =>
    [...payment.reversals].reverse().find((each) => each.reason === reason);
  if (last('returned')) return 'returned';
  const dispute = last('disputed');
  if (dispute?.state === 'open') return 'disputed';
  if (dispute?.state === 'lost' || dispute?.state === 'final') return 'dispute lost';
  const refunded = sum(payment.reversals.filter((each) => each.reason === 'refunded').map((each) => each.amountCents));
  if (refunded >= payment.amountCents && refunded > 0) return 'refunded';
  if (refunded > 0) return 'partly refunded';
  return dispute?.state === 'won' ? 'dispute won' : 'settled';
}

function reversalsOf(payment: PaymentSeen, before: ReceiptRow | undefined, row: ReceiptRow) {
  if (payment.state !== 'settled') return { reversals: row.reversals, reversedCents: row.reversedCents };
  const told = payment.reversals.map(({ key: id, state, amountCents }) => ({ key: id, state, amountCents }));
  const forgotten = (before?.reversals ?? []).filter((each) => !told.some((one) => one.key === each.key));
  const reversals = [...forgotten, ...told];
  return {
    reversals,
    reversedCents: reversals
      .filter((each) => each.state !== 'won')
      .reduce((all, each) => plus(all, each.amountCents), ZERO),
  };
}

const receiptText = (row: ReceiptRow) => JSON.stringify({ ...row, row: 0 });
const sameReceipt = (a: ReceiptRow, b: ReceiptRow) => receiptText(a) === receiptText(b);

/** Why the money of a waiting receipt went back, as far as its state says. */
const reasonOf = (state: ReceiptState): PaymentReversal['reason'] =>
  state === 'returned' ? 'returned' : state.startsWith('dispute') ? 'disputed' : 'refunded';

/** A waiting receipt as the payment it was, to be matched again once its lease, link or reference is there. */
export const paymentOf = (row: ReceiptRow): PaymentSeen => ({
  key: row.key,
  source: row.source,
  externalId: row.externalId,
  amountCents: row.amountCents,
  currency: row.currency,
  state: row.state === 'pending' ? 'pending' : row.state === 'failed' ? 'failed' : 'settled',
  initiatedAt: row.initiatedAt,
  feeCents: row.feeCents,
  reversals: row.reversals.map((each) => ({
    ...each,
    reason: reasonOf(row.state),
    at: row.initiatedAt,
    detail: '',
  })),
  memo: row.memo,
  payerName: row.payer,
  payerEmail: row.payerEmail,
  customer: row.customer,
  leaseRef: row.leaseRef,
});
