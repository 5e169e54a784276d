/** What one payment posts to its lease's account: the money, what went back of it, and what counts again. */
import {
  type Account,
  assessFees,
  assessFeesAgain,
  entryBase,
  itemsTakenBack,
  payable,
  post,
  postDue,
  postReturnFee,
  respendUnspent,
  spendUnspent,
  spreadOver,
  withdrawFees,
} from './account';
import { allocate } from './allocation';
import type { Item, PaymentReversal, PaymentSeen, ReceiptRow, ReceiptState, ReversalReason } from './book';
import { localDay } from './calendar';
import { cents, decimal, least, minus, sum, ZERO } from './money';
import { again, stateAfter, wasPosted } from './receipt-row';
import { type Cents, type Instant, type Key, key } from './values';
import type { News } from './wishes';

export interface Posting {
  readonly account: Account;
  readonly payment: PaymentSeen;
  /** Its row as it was before this run. */
  readonly before: ReceiptRow | undefined;
  readonly news: News[];
  /** The charge that a person wants paid first. */
  readonly charge?: Key | undefined;
  /** One return is one fee: only the first part of a split payment brings it. */
  readonly feeless?: boolean;
}

/** Posts what this payment changes; gives its receipt's state. */
export function applyPayment(posting: Posting): ReceiptState {
  const { payment, before } = posting;
  if (payment.state === 'pending') return 'pending';
  if (payment.state === 'failed') {
    if (before?.state !== 'failed')
      tell(posting, 'failed', { reason: payment.failure ?? 'it did not go through', at: payment.initiatedAt });
    return 'failed';
  }
  if (!wasPosted(before)) receive(posting);
  const gone = new Gone(payment.amountCents, wasPosted(before) ? (before?.reversals ?? []) : []);
  for (const reversal of payment.reversals) reverse(posting, reversal, gone);
  tellOfTwice(posting);
  return stateAfter(payment);
}

/**
 * A refund and the bank's own return or dispute are two outflows: what they come to above the payment is nowhere in the ledger, which
 * takes back no more than came. A person looks at it, because a source may also tell of one loss under two names.
 */
function tellOfTwice(posting: Posting): void {
  const { payment, before } = posting;
  const known = new Set(before?.reversals.map((each) => each.key) ?? []);
  const news = payment.reversals.filter((each) => !known.has(each.key));
  const [last] = news.slice(-1);
  const standing = payment.reversals.filter((each) => each.state !== 'won');
  const refunded = sum(standing.filter((each) => each.reason === 'refunded').map((each) => each.amountCents));
  const taken = sum(standing.filter((each) => each.reason !== 'refunded').map((each) => each.amountCents));
  const amountCents = least(minus(cents(refunded + taken), payment.amountCents), refunded);
  if (!last || taken === 0 || amountCents <= 0) return;
  tell(posting, 'twice', { reason: '', at: last.at, part: { key: payment.key, amountCents } });
}

/**
 * How much of a payment is gone by all that took it away: never more than it was. A source may tell of one loss under two names, such
 * as PayPal, which first says that all went back and shows the row of it later.
 */
class Gone {
  private readonly by = new Map<Key, Cents>();

  constructor(
    private readonly amountCents: Cents,
    known: ReceiptRow['reversals'],
  ) {
    for (const each of known) this.by.set(each.key, each.state === 'won' ? ZERO : each.amountCents);
  }

  private get total(): Cents {
    return least(this.amountCents, sum([...this.by.values()]));
  }

  /** What the news of one reversal changes: positive is taken away, negative is given back. */
  change(id: Key, standing: Cents): Cents {
    const before = this.total;
    this.by.set(id, standing);
    return minus(this.total, before);
  }
}

const named = ({ before }: Posting, id: Key): Key => again(before, id);

/** What happened so long before it was first seen is told by no mail. */
const OLD_MS = 7 * 24 * 60 * 60 * 1000;

/** A payment that was known to be under way is never old; one that waited for a person is as old as when it was seen. */
function isOld({ before, account }: Posting, at: Instant): boolean {
  if (before?.state === 'pending') return false;
  const seenAt = before && !wasPosted(before) ? before.seenAt : account.run.now;
  return seenAt - at > OLD_MS;
}

/** News under the key of this posting, so that what one lease was told is told anew to the next. */
function tell(
  posting: Posting,
  kind: News['kind'],
  { reason, at, part }: Pick<News, 'reason' | 'part'> & { readonly at: Instant },
): void {
  const payment = { ...posting.payment, key: named(posting, posting.payment.key) };
  const old = isOld(posting, at) ? { isOld: true as const } : {};
  posting.news.push({ kind, account: posting.account, payment, reason, ...(part ? { part } : {}), ...old });
}

function receive(posting: Posting): void {
  const { account, payment } = posting;
  const on = localDay(payment.initiatedAt, account.property.zone);
  postDue(account);
  // A fee that was due before this money was sent stays due, even when no run had come by to charge it.
  assessFees(account, on < account.today ? on : account.today);
  const settled =
    payment.settledAt && payment.settledAt !== payment.initiatedAt
      ? `, settled ${localDay(payment.settledAt, account.property.zone)}`
      : '';
  const name = payment.payerName || payment.payerEmail || payment.customer || '';
  post(account, {
    ...entryBase(account),
    kind: 'receipt',
    key: named(posting, payment.key),
    receipt: payment.key,
    amountCents: payment.amountCents,
    items: spread(account, payment.amountCents, posting.charge),
    day: on,
    why: `${payment.source} ${payment.externalId}${name ? ` from ${name}` : ''}, initiated ${on}${settled}`,
  });
  withdrawFees(account);
  spendUnspent(account);
  tell(posting, 'received', { reason: '', at: payment.settledAt ?? payment.initiatedAt });
}

/** A charge that a person names is paid first; the rest goes as the lease's rule says. */
function spread(account: Account, amount: Cents, charge: Key | undefined): readonly Item[] {
  const { lease, state } = account;
  const first = allocate(
    lease.allocation,
    state.charges.filter((each) => each.key === charge),
    amount,
  );
  const others = payable(state).filter((each) => each.key !== charge);
  return [...first.items, ...spreadOver(account, others, first.leftCents).items];
}

const ENTRY_REASON: Readonly<Record<PaymentReversal['reason'], ReversalReason>> = {
  returned: 'returned',
  disputed: 'disputed',
  refunded: 'refunded',
};

function reverse(posting: Posting, reversal: PaymentReversal, gone: Gone): void {
  const posted = wasPosted(posting.before) ? posting.before : undefined;
  const known = posted?.reversals.find((each) => each.key === reversal.key);
  const standing = reversal.state === 'won' ? ZERO : reversal.amountCents;
  const change = gone.change(reversal.key, standing);
  const money = decimal(standing, posting.payment.currency);
  const anew = known?.state === 'won' ? `:${posting.account.today}` : '';
  const id = known && change > 0 ? key(`${reversal.key}:${money}${anew}`) : reversal.key;
  if (change > 0) takeAway(posting, reversal, change, named(posting, id));
  if (change < 0) reinstate(posting, reversal, minus(ZERO, change));
  // An appeal opens a lost dispute again and may lose it again: the ledger has closed it already. While another one runs none is closed.
  const isOpen = posting.account.state.disputed.includes(posting.payment.key);
  if (reversal.state === 'lost' && standing > 0 && known?.state !== 'lost' && isOpen && !runsBeside(posting, reversal))
    closeLostDispute(posting, reversal, key(`${id}:lost`));
}

const runsBeside = ({ payment }: Posting, { key: own }: PaymentReversal): boolean =>
  payment.reversals.some((each) => each.key !== own && each.reason === 'disputed' && each.state === 'open');

function takeAway(posting: Posting, reversal: PaymentReversal, amountCents: Cents, id: Key): void {
  const { account, payment, before } = posting;
  const remembered = wasPosted(before) ? (before?.items ?? []) : [];
  const detail = reversal.detail ? ` (${reversal.detail})` : '';
  post(account, {
    ...entryBase(account),
    kind: 'reversal',
    key: id,
    receipt: payment.key,
    about: payment.key,
    reason: ENTRY_REASON[reversal.reason],
    amountCents,
    items: itemsTakenBack(account, payment.key, amountCents, remembered),
    day: localDay(reversal.at, account.property.zone),
    why: `${reversal.reason}: ${decimal(cents(amountCents), payment.currency)} of ${payment.externalId}${detail}`,
  });
  if (reversal.reason === 'returned' && !posting.feeless)
    postReturnFee(
      account,
      named(posting, payment.key),
      `Payment ${payment.externalId} was returned${reversal.detail ? `: ${reversal.detail}` : ''}.`,
    );
  respendUnspent(account);
  assessFeesAgain(account, localDay(payment.initiatedAt, account.property.zone));
  tell(posting, reversal.reason, { reason: reversal.detail, at: reversal.at, part: { key: id, amountCents } });
}

function reinstate(posting: Posting, reversal: PaymentReversal, amountCents: Cents): void {
  const { account, payment } = posting;
  const money = decimal(amountCents, payment.currency);
  const { items } = spreadOver(account, payable(account.state), amountCents);
  post(account, {
    ...entryBase(account),
    kind: 'reinstatement',
    // A dispute that was won may be appealed and won again: each time is an event of its own.
    key: named(posting, key(`${reversal.key}:${reversal.state}:${money}:${account.today}`)),
    receipt: payment.key,
    about: reversal.key,
    amountCents,
    items,
    day: account.today,
    from: localDay(payment.initiatedAt, account.property.zone),
    why: `${reversal.reason} ${reversal.state}: ${money} of ${payment.externalId} counts again`,
  });
  withdrawFees(account);
  spendUnspent(account);
  tell(posting, 'reinstated', { reason: reversal.detail, at: reversal.at });
}

/** A lost dispute moves no more money, but the ladder may go on: the rent is owed again. */
function closeLostDispute(posting: Posting, reversal: PaymentReversal, id: Key): void {
  const { account, payment } = posting;
  post(account, {
    ...entryBase(account),
    kind: 'reversal',
    key: named(posting, id),
    receipt: payment.key,
    about: reversal.key,
    reason: 'dispute lost',
    amountCents: ZERO,
    items: [],
    day: localDay(reversal.at, account.property.zone),
    why: `Dispute ${reversal.key} was lost: what it paid is owed again.`,
  });
  assessFees(account, account.today, account.today);
  tell(posting, 'dispute lost', { reason: reversal.detail, at: reversal.at });
}
