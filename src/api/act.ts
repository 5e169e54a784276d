/** Acts of a person without a preview, for the command line: the same acts as the sidebar's, and money that came by hand. */

import type { Account } from '../domain/account';
import type { Act } from '../domain/acts/act';
import { amountFrom, NO_AMOUNT } from '../domain/acts/words';
import type { PaymentSeen, ReceiptRow } from '../domain/book';
import { localDay, parseDay } from '../domain/calendar';
import { matchIndex } from '../domain/matching';
import { cents, decimal, ZERO } from '../domain/money';
import { decidePayments, paymentOf } from '../domain/payments';
import { type Decision, NOTHING } from '../domain/run-book';
import { unpaidOn } from '../domain/standing';
import { type Day, type Instant, type Key, key } from '../domain/values';
import { payLinkFor } from '../domain/wishes';
import { type App, runNow } from '../run/app';
import { effectsComing } from '../run/hints';
import { withLock } from '../run/lock';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { accountOf, noLease } from './account';
import { applyUnseen } from './desk/act/apply';

export type Acted =
  | { readonly done: true; readonly balance: string; readonly keys: readonly string[] }
  | { readonly refused: string };

/** Does an act that no preview came before. Above the approval limit it is refused. */
export function actUnseen(app: App, act: Act): Acted {
  const acted = withLock(app, (): Acted => {
    const loaded = loadBook(app.host);
    const done = applyUnseen(app, loaded, act);
    if ('refused' in done) return { refused: done.refused };
    const { account } = done.worked;
    commit(app.host, { ...loaded, book: done.book ?? loaded.book }, runNow(app), done.changes);
    return {
      done: true,
      balance: decimal(account.state.balanceCents, account.property.currency),
      keys: done.applied.keys,
    };
  });
  return acted === 'busy' ? { refused: 'Another run is at work. Try again in a minute.' } : acted;
}

const stamp = (account: Account) => `${account.today}:${account.run.now.toString(36)}`;

/** A one-off charge, due today or on another day. */
export const addCharge = (
  app: App,
  act: { lease: string; type: string; amount: string; reason: string; due?: string },
): Acted => actUnseen(app, { ...act, kind: 'charge' });

/** Lowers the debt without money: a waiver of one charge, or a concession. */
export function addCredit(app: App, act: { lease: string; amount?: string; reason: string; charge?: string }): Acted {
  const { lease, reason, amount, charge } = act;
  if (charge) return actUnseen(app, { kind: 'waive', lease, reason, charge, ...(amount ? { amount } : {}) });
  return actUnseen(app, { kind: 'credit', lease, reason, amount: amount ?? '' });
}

/** Money that came by hand: cash, check, money order. */
export function recordReceipt(
  app: App,
  act: { lease: string; amount: string; method: string; reference: string; on?: string; memo?: string },
): Acted {
  const acted = withLock(app, (): Acted => {
    const loaded = loadBook(app.host);
    const account = accountOf(loaded, app, act.lease);
    if (!account) return { refused: noLease(act.lease) };
    const amount = amountFrom(account, act.amount);
    const on = act.on ? parseDay(act.on) : account.today;
    if (!amount) return { refused: NO_AMOUNT };
    if (!on || on > account.today) return { refused: 'The day of the payment must be a date up to today.' };
    const id = `${act.method.trim().toLowerCase() || 'cash'}-${act.reference.trim() || stamp(account)}`.replace(
      /\s+/g,
      '-',
    );
    const payment: PaymentSeen = {
      key: key(`manual:${account.lease.id}:${on}:${id}`),
      source: 'manual',
      externalId: id,
      amountCents: amount,
      currency: account.property.currency,
      state: 'settled',
      initiatedAt: noonOf(on, loaded, account),
      leaseRef: account.lease.id,
      reversals: [],
      memo: act.memo ?? '',
    };
    if (loaded.book.receipts.some((row) => row.key === payment.key))
      return {
        refused: `A ${act.method} with reference ${act.reference} on ${on} is already recorded for this lease.`,
      };
    return take(app, loaded, [payment], new Map(), account);
  });
  return acted === 'busy' ? { refused: 'Another run is at work. Try again in a minute.' } : acted;
}

/** Noon of the property's day: a day without a time of day is the same day in every reading. */
const noonOf = (on: Day, loaded: Loaded, account: Account): Instant => {
  const zone = account.property.zone;
  const guess = Date.parse(`${on}T12:00:00Z`);
  for (const hours of [0, -14, 14]) {
    const at = (guess + hours * 3_600_000) as Instant;
    if (localDay(at, zone) === on) return at;
  }
  return loaded.book.settings ? (guess as Instant) : (guess as Instant);
};

function take(
  app: App,
  loaded: Loaded,
  payments: readonly PaymentSeen[],
  known: ReadonlyMap<Key, ReceiptRow>,
  account: Account,
): Acted {
  const decision = decidePayments(
    { book: loaded.book, run: runNow(app), index: matchIndex(loaded.book.leases, loaded.book.links), known },
    payments,
  );
  return written(app, loaded, decision, account);
}

function written(app: App, loaded: Loaded, decision: Decision, account: Account): Acted {
  if (decision.intents.length > 0) effectsComing(app);
  const after = commit(app.host, loaded, runNow(app), { decision, views: true });
  const state = after.book.states.get(account.lease.id);
  return {
    done: true,
    balance: decimal(state?.balanceCents ?? ZERO, account.property.currency),
    keys: decision.entries.map((entry) => entry.key),
  };
}

/** A waiting receipt is given to a lease by a person. */
export function matchReceipt(app: App, act: { receipt: string; lease: string }): Acted {
  const acted = withLock(app, (): Acted => {
    const loaded = loadBook(app.host);
    const row = loaded.book.receipts.find((each) => each.key === act.receipt || each.externalId === act.receipt);
    const account = accountOf(loaded, app, act.lease);
    if (!row) return { refused: `There is no receipt ${act.receipt} that waits.` };
    if (row.lease) return { refused: `It already belongs to lease ${row.lease}. Reverse it there first.` };
    if (!account) return { refused: noLease(act.lease) };
    if (account.property.currency !== row.currency)
      return { refused: `It is in ${row.currency}, but the lease keeps its books in ${account.property.currency}.` };
    return take(app, loaded, [{ ...paymentOf(row), leaseRef: account.lease.id }], new Map([[row.key, row]]), account);
  });
  return acted === 'busy' ? { refused: 'Another run is at work. Try again in a minute.' } : acted;
}

/** A receipt of ours that was entered in error, or a check that bounced: reversed, never deleted. */
export const reverseReceipt = (
  app: App,
  {
    lease,
    receipt,
    reason,
    why,
  }: { lease: string; receipt: string; reason: 'returned' | 'entered in error'; why: string },
): Acted => actUnseen(app, { kind: 'reverse', lease, receipt, because: reason, reason: why });

/** Moves a receipt's money to other charges: the newest allocation counts. */
export const reallocate = (
  app: App,
  act: {
    lease: string;
    receipt: string;
    parts: readonly { readonly charge: string; readonly amount: string }[];
    reason: string;
  },
): Acted => actUnseen(app, { ...act, kind: 'reallocate' });

/** A plan or a dispute over a line begins or ends. */
export const pause = (
  app: App,
  act: { lease: string; type: 'plan' | 'dispute'; begins: boolean; charge?: string; reason: string },
): Acted => actUnseen(app, { ...act, kind: 'pause' });

/** The deposit at the end: given back, or kept against what is owed. */
export const settleDeposit = (
  app: App,
  act: { lease: string; action: 'refunded' | 'withheld' | 'applied'; amount: string; reason: string },
): Acted => actUnseen(app, { ...act, kind: 'deposit' });

/** A page at the processor to pay what the lease owes now; its address stands in the Outbox once it is made. */
export function makePayLink(app: App, act: { lease: string; returnTo?: string }): Acted {
  const acted = withLock(app, (): Acted => {
    const loaded = loadBook(app.host);
    const account = accountOf(loaded, app, act.lease);
    if (!account) return { refused: noLease(act.lease) };
    const owed = cents(unpaidOn(account.state, account.today).reduce((all, charge) => all + charge.openCents, 0));
    const returnTo = act.returnTo || account.book.settings.payReturnTo || app.host.session.webAddress();
    if (owed <= 0) return { refused: 'Nothing is owed: there is nothing to pay.' };
    if (!/^https:\/\//.test(returnTo)) {
      return {
        refused:
          'Write an https address under "Pay link returns to" on the Settings tab: the page a resident sees after paying.',
      };
    }
    const intent = payLinkFor(account, `${account.lease.id}:${stamp(account)}`, owed, returnTo);
    effectsComing(app);
    commit(app.host, loaded, runNow(app), {
      decision: { ...NOTHING, intents: [{ ...intent, notBefore: runNow(app).now }] },
    });
    return { done: true, balance: decimal(account.state.balanceCents, account.property.currency), keys: [intent.key] };
  });
  return acted === 'busy' ? { refused: 'Another run is at work. Try again in a minute.' } : acted;
}
