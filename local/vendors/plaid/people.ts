/** What people and banks do outside the API: link a bank on Plaid's page, pay, send money, and take it back. */
import { type NewBank, newItem } from './items';
import { movePayment, paymentIn } from './payments';
import { moveRefund } from './refunds';
import { type BankPayment, type Entry, type Item, iso, type LinkToken, longId, type PlaidState, uuid } from './state';
import { keepTransfer, moveTransfer } from './transfers';

function openLink(state: PlaidState, url: string, nowMs: number): LinkToken {
  const link = Object.values(state.links).find((each) => each.hosted_link_url === url);
  if (!link) throw new Error(`Plaid serves no page at ${url}`);
  if (link.untilMs < nowMs) throw new Error('This page of Plaid has expired');
  return link;
}

function finishLink(
  link: LinkToken,
  state: PlaidState,
  nowMs: number,
  result: { token?: string; item?: string },
): void {
  link.sessions.push({
    link_session_id: uuid(state, 'session'),
    started_at: iso(nowMs - 60_000),
    finished_at: iso(nowMs),
    public_token: result.token ?? null,
    item_id: result.item ?? null,
  });
}

/** Somebody opens the page, signs in to their bank and agrees. Gives the item, and where the page leads back to. */
export function linkPlaidBank(
  state: PlaidState,
  url: string,
  bank: Omit<NewBank, 'products'>,
  nowMs: number,
): { readonly item: string; readonly account: string; readonly back: string | null } {
  const link = openLink(state, url, nowMs);
  const renewed = link.item_id === null ? undefined : state.items[link.item_id];
  if (renewed) {
    renewed.loginRequired = false;
    finishLink(link, state, nowMs, {});
    return { item: renewed.item_id, account: renewed.accounts[0]!.account_id, back: link.redirect };
  }
  const environment = link.link_token.split('-')[1] ?? 'sandbox';
  const { item, token } = newItem(state, { ...bank, products: link.products }, environment, nowMs);
  finishLink(link, state, nowMs, { token, item: item.item_id });
  return { item: item.item_id, account: item.accounts[0]!.account_id, back: link.redirect };
}

/** The bank asks for a new consent. */
export const endPlaidConsent = (state: PlaidState, item: string): void => {
  itemIn(state, item).loginRequired = true;
};

function itemIn(state: PlaidState, id: string): Item {
  const item = state.items[id];
  if (!item) throw new Error(`no item ${id}`);
  return item;
}

export interface Arrival {
  /** Money in is positive here, as people say it. */
  readonly amountCents: number;
  readonly name: string;
  readonly payer?: string;
  readonly reference?: string;
  readonly day?: string;
  readonly pending?: boolean;
  /** The pending entry that this one replaces. */
  readonly replaces?: string;
}

/** Money arrives on a linked account; below zero it leaves. Gives the entry's id. */
export function receiveAtPlaidBank(state: PlaidState, item: string, arrival: Arrival, nowMs: number): string {
  const bank = itemIn(state, item);
  const account = bank.accounts[0]!;
  const on = arrival.day ?? iso(nowMs).slice(0, 10);
  const entry: Entry = {
    transaction_id: longId(state, 'txn'),
    account_id: account.account_id,
    amount: -arrival.amountCents / 100,
    iso_currency_code: account.currency,
    date: on,
    authorized_date: on,
    name: arrival.name,
    original_description: arrival.name.toUpperCase(),
    payer: arrival.payer ?? null,
    reference: arrival.reference ?? null,
    pending: arrival.pending ?? false,
    pending_transaction_id: arrival.replaces ?? null,
  };
  if (arrival.replaces) bank.changes.push({ id: arrival.replaces, entry: null });
  bank.changes.push({ id: entry.transaction_id, entry });
  if (!entry.pending) account.balance += arrival.amountCents / 100;
  return entry.transaction_id;
}

const entryIn = (bank: Item, id: string): Entry => {
  const found = [...bank.changes].reverse().find((change) => change.id === id)?.entry;
  if (!found) throw new Error(`no entry ${id}`);
  return found;
};

/** The bank corrects what an entry says. */
export function correctPlaidEntry(state: PlaidState, item: string, id: string, change: Partial<Entry>): void {
  const bank = itemIn(state, item);
  bank.changes.push({ id, entry: { ...entryIn(bank, id), ...change } });
}

/** The bank takes an entry away. */
export function removePlaidEntry(state: PlaidState, item: string, id: string): void {
  const bank = itemIn(state, item);
  entryIn(bank, id);
  bank.changes.push({ id, entry: null });
}

type Step = 'posted' | 'settled' | 'funds_available' | 'failed' | 'returned' | 'cancelled';

/** The ACH network moves a debit along. */
export function movePlaidTransfer(state: PlaidState, id: string, to: Step, nowMs: number, code = 'R01'): void {
  const failure = { failure_code: code, ach_return_code: code, description: `Returned with ${code}` };
  moveTransfer(state, id, to, to === 'failed' || to === 'returned' ? failure : null, nowMs);
}

/** A debit that somebody made at Plaid and that has settled since. Gives its id. */
export function settledPlaidTransfer(
  state: PlaidState,
  given: { readonly lease: string; readonly amountCents: number; readonly name?: string },
  nowMs: number,
): string {
  const transfer = keepTransfer(
    state,
    {
      authorization_id: uuid(state, 'authorization'),
      account_id: longId(state, 'acc'),
      type: 'debit',
      network: 'ach',
      ach_class: 'web',
      user: { legal_name: given.name ?? 'Anne Charleston' },
      amount: (given.amountCents / 100).toFixed(2),
      description: 'Rent',
      metadata: { lease_id: given.lease },
    },
    nowMs,
  );
  for (const step of ['posted', 'settled'] as const) moveTransfer(state, transfer.id, step, null, nowMs);
  return transfer.id;
}

/** The landlord gives money back in Plaid's dashboard. Gives the refund's id. */
export function refundPlaidTransfer(state: PlaidState, id: string, amountCents: number, nowMs: number): string {
  const transfer = state.transfers[id];
  if (!transfer) throw new Error(`no transfer ${id}`);
  const refund = {
    id: uuid(state, 'refund'),
    transfer_id: id,
    amount: (amountCents / 100).toFixed(2),
    created: iso(nowMs),
    status: 'pending',
  };
  transfer.refunds.push(refund);
  moveRefund(state, refund.id, 'pending', nowMs);
  return refund.id;
}

export const movePlaidRefund = moveRefund;

/** The payer opens the page of a payment by bank and agrees; the bank accepts it. Gives the payment's id. */
export function authorisePlaidPayment(state: PlaidState, url: string, nowMs: number): string {
  const link = openLink(state, url, nowMs);
  if (link.payment_id === null) throw new Error('This page of Plaid is for no payment');
  movePayment(state, link.payment_id, 'INITIATED', nowMs);
  finishLink(link, state, nowMs, {});
  return link.payment_id;
}

/** The payer's bank says more of a payment. */
export const movePlaidPayment = (state: PlaidState, id: string, status: string, nowMs: number): void => {
  movePayment(state, id, status, nowMs);
};

/** A payment by bank is given back from the landlord's account at Plaid. */
export function refundPlaidPayment(state: PlaidState, id: string, amountCents: number): void {
  const payment: BankPayment = paymentIn(state, id);
  payment.refunded += amountCents / 100;
  payment.refund_ids.push(`wallet-refund-${uuid(state, 'walletRefund')}`);
}
