/** What a person may do to a lease's account: each act is an entry of its own with author and reason, never an edit of an old one. */

import {
  type Account,
  entryBase,
  itemsTakenBack,
  openAccount,
  post,
  spendCredit,
  spendUnspent,
  withdrawFees,
} from '../domain/account';
import { allocate, allocateAsDirected } from '../domain/allocation';
import type { Entry } from '../domain/book';
import { parseDay } from '../domain/calendar';
import { itemsOf } from '../domain/ledger';
import { cents, decimal, negate, parseAmount, ZERO } from '../domain/money';
import { NOTHING } from '../domain/run-book';
import { unpaidOn } from '../domain/standing';
import { type Cents, key } from '../domain/values';
import { decisionOf, payLinkFor } from '../domain/wishes';
import { type App, runNow } from '../run/app';
import { effectsComing } from '../run/hints';
import { withLock } from '../run/lock';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';

export type Acted =
  | { readonly done: true; readonly balance: string; readonly keys: readonly string[] }
  | { readonly refused: string };

/** Opens a lease's account under the lock, lets `work` post to it, and commits what it posted. */
export function onLease(app: App, leaseId: string, work: (account: Account) => string | undefined): Acted {
  const acted = withLock(app, (): Acted => {
    const loaded = loadBook(app.host);
    const account = accountOf(loaded, app, leaseId);
    if (!account) return { refused: `There is no lease "${leaseId}" that runs. Look at its row on the Leases tab.` };
    const refused = work(account);
    if (refused) return { refused };
    effectsComing(app);
    const decision = decisionOf(loaded.book, runNow(app), [account], [], []);
    commit(app.host, loaded, runNow(app), { decision, views: true });
    return {
      done: true,
      balance: decimal(account.state.balanceCents, account.property.currency),
      keys: account.entries.map((entry) => entry.key),
    };
  });
  return acted === 'busy' ? { refused: 'Another run is at work. Try again in a minute.' } : acted;
}

export function accountOf(loaded: Loaded, app: App, id: string): Account | undefined {
  const lease = loaded.book.leases.find((each) => each.id.toLowerCase() === id.trim().toLowerCase());
  const property = lease && loaded.book.properties.get(lease.property);
  return lease && property ? openAccount(loaded.book, runNow(app), lease, property) : undefined;
}

function amountOf(account: Account, text: string): Cents | undefined {
  const amount = parseAmount(text, account.property.currency);
  return amount !== undefined && amount > 0 ? amount : undefined;
}

const NO_AMOUNT = 'The amount must be a number above nothing, such as 50.00.';
export const NO_REASON = 'Say why: the reason stands in the Ledger and in the Log.';
const stamp = (account: Account) => `${account.today}:${account.run.now.toString(36)}`;

/** A one-off charge, due today or on a later day. */
export function addCharge(
  app: App,
  act: { lease: string; type: string; amount: string; reason: string; due?: string },
): Acted {
  return onLease(app, act.lease, (account) => {
    const amount = amountOf(account, act.amount);
    const due = act.due ? parseDay(act.due) : account.today;
    if (!amount) return NO_AMOUNT;
    if (!due) return `"${act.due}" is not a date.`;
    if (!act.reason.trim()) return NO_REASON;
    post(account, {
      ...entryBase(account),
      kind: 'charge',
      type: act.type.trim().toLowerCase() || 'other',
      key: key(`charge:${account.lease.id}:${stamp(account)}`),
      amountCents: amount,
      due,
      day: account.today,
      why: act.reason,
    });
    spendUnspent(account);
    return undefined;
  });
}

/** Lowers the debt without money: a waiver of one charge, or a concession. */
export function addCredit(app: App, act: { lease: string; amount?: string; reason: string; charge?: string }): Acted {
  return onLease(app, act.lease, (account) => {
    const target = account.state.charges.find((charge) => charge.key === act.charge);
    if (act.charge && !target) return `There is no open charge ${act.charge} on this lease.`;
    const amount = act.amount ? amountOf(account, act.amount) : target?.openCents;
    if (!amount) return NO_AMOUNT;
    if (!act.reason.trim()) return NO_REASON;
    if (target && amount > target.openCents)
      return `Only ${decimal(target.openCents, account.property.currency)} of ${target.key} is open.`;
    const credit: Entry & { kind: 'credit' } = {
      ...entryBase(account),
      kind: 'credit',
      type: target ? 'waiver' : 'concession',
      key: key(`credit:${target?.key ?? account.lease.id}:${stamp(account)}`),
      amountCents: amount,
      items: [],
      day: account.today,
      ...(target ? { about: target.key } : {}),
      why: act.reason,
      ...(target ? {} : { from: account.today, until: account.today }),
    };
    post(account, spendCredit(account, credit));
    return undefined;
  });
}

/** A receipt of ours that was entered in error, or a check that bounced: reversed, never deleted. */
export function reverseReceipt(
  app: App,
  act: { lease: string; receipt: string; reason: 'returned' | 'entered in error'; why: string },
): Acted {
  return onLease(app, act.lease, (account) => {
    const row = account.book.receipts.find((each) => each.key === act.receipt || each.externalId === act.receipt);
    const left = row ? cents(row.amountCents - row.reversedCents) : ZERO;
    if (!row || row.lease !== account.lease.id) return `There is no receipt ${act.receipt} on this lease.`;
    if (left <= 0) return 'It was reversed already.';
    if (!act.why.trim()) return NO_REASON;
    const items = itemsTakenBack(account, row.key, left, row.items);
    post(account, {
      ...entryBase(account),
      kind: 'reversal',
      key: key(`${row.key}:reversed:${stamp(account)}`),
      receipt: row.key,
      about: row.key,
      reason: act.reason,
      amountCents: left,
      items,
      day: account.today,
      why: act.why,
    });
    return undefined;
  });
}

/** Moves a receipt's money to other charges: the newest allocation counts. */
export function reallocate(
  app: App,
  act: {
    lease: string;
    receipt: string;
    parts: readonly { readonly charge: string; readonly amount: string }[];
    reason: string;
  },
): Acted {
  return onLease(app, act.lease, (account) => {
    const id = key(act.receipt);
    const items = itemsOf(account.state, id);
    const unspent = account.state.unspent.find((each) => each.source === id)?.leftCents ?? ZERO;
    const total = cents(items.reduce((all, item) => all + item.amountCents, 0) + unspent);
    if (total === 0) return `There is no receipt ${act.receipt} with money on this lease.`;
    if (!act.reason.trim()) return NO_REASON;
    // What the receipt pays now is taken off first, so that the wanted charges are judged as if it paid nothing.
    const freed = account.state.charges.map((charge) => ({
      ...charge,
      openCents: cents(
        charge.openCents +
          charge.covers.filter((cover) => cover.source === id).reduce((all, cover) => all + cover.amountCents, 0),
      ),
    }));
    const wanted = act.parts.map((part) => ({
      charge: part.charge,
      amountCents: parseAmount(part.amount, account.property.currency) ?? cents(0),
    }));
    const directed =
      act.parts.length > 0
        ? allocateAsDirected(freed, total, wanted)
        : allocate(account.lease.allocation, freed, total);
    if ('reason' in directed) return directed.reason;
    const moves = [...items.map((item) => ({ ...item, amountCents: negate(item.amountCents) })), ...directed.items];
    post(account, {
      ...entryBase(account),
      kind: 'allocation',
      key: key(`allocate:${id}:${stamp(account)}`),
      receipt: id,
      items: moves,
      day: account.today,
      why: act.reason,
    });
    withdrawFees(account);
    return undefined;
  });
}

/** A plan or a dispute over a line begins or ends. */
export function pause(
  app: App,
  act: { lease: string; type: 'plan' | 'dispute'; begins: boolean; charge?: string; reason: string },
): Acted {
  return onLease(app, act.lease, (account) => {
    if (!act.reason.trim()) return NO_REASON;
    post(account, {
      ...entryBase(account),
      kind: 'pause',
      type: act.type,
      begins: act.begins,
      key: key(`pause:${act.type}:${account.lease.id}:${stamp(account)}`),
      ...(act.charge ? { about: key(act.charge) } : {}),
      day: account.today,
      why: act.reason,
    });
    return undefined;
  });
}

/** The deposit at the end: given back, or kept against what is owed. */
export function settleDeposit(
  app: App,
  act: { lease: string; action: 'refunded' | 'withheld' | 'applied'; amount: string; reason: string },
): Acted {
  return onLease(app, act.lease, (account) => {
    const amount = amountOf(account, act.amount);
    if (!amount) return NO_AMOUNT;
    if (amount > account.state.depositHeldCents)
      return `Only ${decimal(account.state.depositHeldCents, account.property.currency)} is held.`;
    if (!act.reason.trim()) return NO_REASON;
    const base = { ...entryBase(account), amountCents: amount, day: account.today, why: act.reason };
    post(account, {
      ...base,
      kind: 'deposit',
      type: act.action === 'refunded' ? 'refunded' : 'withheld',
      key: key(`deposit-${act.action}:${account.lease.id}:${stamp(account)}`),
    });
    if (act.action === 'applied')
      post(
        account,
        spendCredit(account, {
          ...base,
          kind: 'credit',
          type: 'deposit applied',
          key: key(`deposit-credit:${account.lease.id}:${stamp(account)}`),
          items: [],
          from: account.today,
          until: account.today,
        }),
      );
    return undefined;
  });
}

/** A page at the processor to pay what the lease owes now; its address stands in the Outbox once it is made. */
export function makePayLink(app: App, act: { lease: string; returnTo?: string }): Acted {
  const acted = withLock(app, (): Acted => {
    const loaded = loadBook(app.host);
    const account = accountOf(loaded, app, act.lease);
    if (!account) return { refused: `There is no lease "${act.lease}" that runs. Look at its row on the Leases tab.` };
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
