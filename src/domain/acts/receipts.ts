/** Money that was received: taken back as returned or entered in error, or moved to other charges. */
import {
  type Account,
  assessFeesAgain,
  entryBase,
  itemsTakenBack,
  post,
  postReturnFee,
  respendUnspent,
  spendUnspent,
  spreadOver,
  withdrawFees,
} from '../account';
import { allocateAsDirected } from '../allocation';
import type { Item, ReceiptRow } from '../book';
import { localDay } from '../calendar';
import { itemsOf } from '../ledger';
import { cents, minus, negate, parseAmount, plus, sum, ZERO } from '../money';
import { type Cents, type Key, key } from '../values';
import { type Acting, type ActOf, type ActResult, type Refused, refuse } from './act';
import { dayText, moneyText } from './words';

/** A receipt of ours that was entered in error, or a check that bounced: reversed, never deleted. */
export function reverse({ account, receipts }: Acting, act: ActOf<'reverse'>): ActResult | Refused {
  const row = receipts.find((each) => each.key === act.receipt || each.externalId === act.receipt);
  if (row?.lease !== account.lease.id) return refuse(`There is no receipt ${act.receipt} on this lease.`);
  if (row.state === 'pending' || row.state === 'failed')
    return refuse(`It is ${row.state}: there is no money to take back.`);
  const amountCents = minus(row.amountCents, row.reversedCents);
  if (amountCents <= 0) return refuse('It was reversed already.');
  const id = takeBack(account, row, amountCents, act);
  const on = localDay(row.initiatedAt, account.property.zone);
  const what = `${moneyText(account, amountCents)} received ${dayText(on)} (${row.source} ${row.externalId})`;
  const platform = `It comes from ${row.source}, which tells its own returns and refunds: do not take them back twice.`;
  return {
    title: `Reverse ${what} as ${act.because}`,
    told: `Reversed ${what} as ${act.because}`,
    amountCents,
    touches: on,
    receipts: [reversedRow(row, id, amountCents, act.because === 'returned' ? 'returned' : 'taken back')],
    warnings: row.source === 'manual' ? [] : [platform],
  };
}

/** Posts the reversal and what follows from it; gives the reversal's key. */
function takeBack(account: Account, row: ReceiptRow, amountCents: Cents, act: ActOf<'reverse'>): Key {
  post(account, {
    ...entryBase(account),
    kind: 'reversal',
    key: key(`${row.key}:reversed`),
    receipt: row.key,
    about: row.key,
    reason: act.because,
    amountCents,
    items: itemsTakenBack(account, row.key, amountCents, row.items),
    day: account.today,
    why: act.reason,
  });
  const id = account.entries[account.entries.length - 1]?.key ?? row.key;
  if (act.because === 'returned') postReturnFee(account, row.key, `Payment ${row.externalId} was returned.`);
  respendUnspent(account);
  assessFeesAgain(account, localDay(row.initiatedAt, account.property.zone));
  return id;
}

export const reversedRow = (
  row: ReceiptRow,
  reversal: Key,
  amountCents: Cents,
  state: ReceiptRow['state'],
): ReceiptRow => ({
  ...row,
  state,
  reversedCents: plus(row.reversedCents, amountCents),
  reversals: [...row.reversals, { key: reversal, state: 'final', amountCents }],
});

/** The receipt counts again once the reversal of that key is taken back. */
export function countedAgain(row: ReceiptRow, reversal: Key): ReceiptRow {
  const reversals = row.reversals.map((each) => (each.key === reversal ? { ...each, state: 'won' as const } : each));
  const reversedCents = sum(reversals.filter((each) => each.state !== 'won').map((each) => each.amountCents));
  return { ...row, reversals, reversedCents, state: reversedCents > 0 ? 'partly refunded' : 'settled' };
}

/** Moves a receipt's money to other charges: the newest allocation counts. */
export function reallocate({ account }: Acting, act: ActOf<'reallocate'>): ActResult | Refused {
  const id = key(act.receipt);
  const items = itemsOf(account.state, id);
  const unspent = account.state.unspent.find((each) => each.source === id)?.leftCents ?? ZERO;
  const total = plus(sum(items.map((item) => item.amountCents)), unspent);
  if (total === 0) return refuse(`There is no receipt ${act.receipt} with money on this lease.`);
  const wanted = wantedItems(account, act, id, total);
  if ('refused' in wanted) return wanted;
  const moves = movesBetween(items, wanted.items);
  if (moves.length === 0) return refuse('Its money lies there already.');
  post(account, {
    ...entryBase(account),
    kind: 'allocation',
    key: key(`allocate:${id}`),
    receipt: id,
    items: moves,
    day: account.today,
    why: act.reason,
  });
  withdrawFees(account);
  spendUnspent(account);
  const what = `the money of ${act.receipt} (${moneyText(account, total)})`;
  return { title: `Move ${what}`, told: `Moved ${what}` };
}

/** Where the money is to lie. The wanted charges are judged as if this money paid nothing now. */
function wantedItems(
  account: Account,
  act: ActOf<'reallocate'>,
  id: Key,
  total: Cents,
): { readonly items: readonly Item[] } | Refused {
  const freed = account.state.charges.map((charge) => {
    const mine = charge.covers.filter((cover) => cover.source === id).map((cover) => cover.amountCents);
    return { ...charge, openCents: plus(charge.openCents, sum(mine)) };
  });
  if (act.parts.length === 0) return spreadOver(account, freed, total);
  const parts = act.parts.map((part) => ({
    charge: part.charge,
    amountCents: parseAmount(part.amount, account.property.currency) ?? ZERO,
  }));
  const directed = allocateAsDirected(freed, total, parts);
  return 'reason' in directed ? refuse(directed.reason) : directed;
}

/** What is taken off first, then what is put on; a charge that keeps its money is not named. */
function movesBetween(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  const on = (items: readonly Item[], charge: Key) =>
    sum(items.filter((item) => item.charge === charge).map((item) => item.amountCents));
  const less = before.flatMap((item) => {
    const change = minus(item.amountCents, on(after, item.charge));
    return change > 0 ? [{ ...item, amountCents: negate(change) }] : [];
  });
  const more = [...new Map(after.map((item) => [item.charge, item])).values()].flatMap((item) => {
    const change = cents(on(after, item.charge) - on(before, item.charge));
    return change > 0 ? [{ ...item, amountCents: change }] : [];
  });
  return [...less, ...more];
}
