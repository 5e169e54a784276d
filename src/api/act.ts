/** Acts of a person without a preview, for the command line: the same acts as the sidebar's, and money that came by hand. */

import type { Account } from '../domain/account';
import type { Act } from '../domain/acts/act';
import { payLinkFor } from '../domain/collect';
import { cents, decimal } from '../domain/money';
import { NOTHING } from '../domain/run-book';
import { demandedOn } from '../domain/standing';
import { type App, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { commit } from '../sheet/commit';
import { loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { accountOf, noLease } from './account';
import { applyUnseen } from './desk/act/apply';
import { BUSY } from './desk/once';

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
  return acted === 'busy' ? BUSY : acted;
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
    const owed = cents(demandedOn(account.state, account.today).reduce((all, charge) => all + charge.openCents, 0));
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
  return acted === 'busy' ? BUSY : acted;
}
