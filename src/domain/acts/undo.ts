/** Undo: the opposite of each row that a click wrote, as a row of its own; nothing is ever taken out. */
import {
  type Account,
  entryBase,
  freeMoney,
  itemsTakenBack,
  payable,
  post,
  spendCredit,
  spreadOver,
  withdrawFees,
} from '../account';
import { DEPOSIT, type Entry, type Item, LATE_FEE, type ReceiptRow } from '../book';
import { localDay } from '../calendar';
import { itemsOf } from '../ledger';
import { minus, most, negate, plus, sum, ZERO } from '../money';
import { DOCUMENT_GONE } from '../plan-void';
import { type Key, key } from '../values';
import { type Refused, refuse } from './act';
import { comesTo } from './adjust';
import { DEPOSIT_STAYS } from './charge';
import { countedAgain } from './receipts';

type EntryOf<Kind extends Entry['kind']> = Entry & { readonly kind: Kind };

/** An account on which a click is undone, with the receipts that its rows name. */
export interface Undoing {
  readonly account: Account;
  readonly reason: string;
  /** Rows of Receipts by key; those that change are put back changed. */
  readonly receipts: Map<Key, ReceiptRow>;
}

/** The click that wrote a row, to hand to `undo`; undefined for what the rules wrote. */
export const clickOf = (entry: Key): string | undefined => /:(click-[\w-]+)$/.exec(entry)?.[1];

/** Why a row of the Ledger cannot be undone by a person; undefined where it can. */
export function undoRefusal(entry: Entry): string | undefined {
  if (entry.kind === 'rung') return 'A reminder that went out cannot be taken back.';
  if (entry.kind === 'release') return 'A notice that was let go cannot be taken back.';
  if (entry.kind === 'plan' && (entry.type === 'accepted' || entry.type === 'declined'))
    return 'The resident answered this plan: withdraw or end it instead.';
  if (entry.kind === 'receipt')
    return entry.key.startsWith('manual:') ? undefined : 'A payment is as its platform tells it: reverse it instead.';
  if (entry.key.startsWith('undo:')) return 'An undo cannot be undone: do the act again.';
  if (entry.kind === 'pause' && entry.key.startsWith('pause:request:'))
    return 'It belongs to a request of the resident: answer that instead.';
  if (!clickOf(entry.key)) return 'The rules wrote this row: waive, adjust or reverse it instead.';
  return entry.kind === 'charge' && entry.type === DEPOSIT ? DEPOSIT_STAYS : undefined;
}

/** Posts the opposite of one entry. A click's entries are undone from the last to the first. */
export function undoEntry(undoing: Undoing, entry: Entry): Refused | undefined {
  const fixed = undoRefusal(entry);
  if (fixed !== undefined) return refuse(fixed);
  // A receipt's row on Receipts goes with its money: see take-back.
  switch (entry.kind) {
    case 'charge':
      return chargeBack(undoing, entry);
    case 'credit':
      return creditBack(undoing, entry);
    case 'reversal':
      return receiptAgain(undoing, entry);
    case 'allocation':
      return moneyBack(undoing, entry);
    case 'due':
      return dueBack(undoing, entry);
    case 'pause':
      return pauseBack(undoing, entry);
    case 'plan':
      return planBack(undoing, entry);
    case 'deposit':
      return depositBack(undoing, entry);
    default:
      return refuse('This row has no opposite.');
  }
}

const base = ({ account, reason }: Undoing, entry: Entry) => ({
  ...entryBase(account),
  key: key(`undo:${entry.key}`),
  day: account.today,
  why: reason,
});

const tooOld = (name: string) => refuse(`${name} was settled too long ago to be undone: enter the opposite instead.`);

/** What is left of the charge is given up; what money had paid of it is free again. */
function chargeBack(undoing: Undoing, entry: EntryOf<'charge'>): Refused | undefined {
  const { account } = undoing;
  const charge = account.state.charges.find((each) => each.key === entry.key);
  if (!charge) return tooOld(entry.key);
  const amountCents = comesTo(charge);
  if (amountCents <= 0) return undefined;
  freeMoney(account, charge, most(minus(amountCents, charge.openCents), ZERO), `${charge.key} is undone`);
  const raised = account.state.charges.some((each) => each.key === charge.about && each.type === LATE_FEE);
  const credit = {
    ...base(undoing, entry),
    kind: 'credit' as const,
    // A fee that was raised by a person is no fee of the rules: nothing is assessed in its place.
    type: raised ? ('waiver' as const) : ('adjustment' as const),
    amountCents,
    items: [],
    about: charge.key,
  };
  post(account, spendCredit(account, credit));
  return undefined;
}

/** The debt that the credit had lowered stands again. */
function creditBack(undoing: Undoing, entry: EntryOf<'credit'>): Refused | undefined {
  const { account } = undoing;
  const lies = itemsOf(account.state, entry.key);
  const unspent = account.state.unspent.find((each) => each.source === entry.key)?.leftCents ?? ZERO;
  if (plus(sum(lies.map((item) => item.amountCents)), unspent) < entry.amountCents) return tooOld(entry.key);
  const fee = account.state.charges.find((each) => each.key === entry.about && each.type === LATE_FEE);
  const onFee = sum(lies.filter((item) => item.charge === fee?.key).map((item) => item.amountCents));
  if (fee && onFee < entry.amountCents) return tooOld(entry.key);
  post(account, {
    ...base(undoing, entry),
    kind: 'reversal',
    receipt: entry.key,
    about: entry.key,
    reason: !fee ? 'undone' : entry.type === 'adjustment' ? 'adjustment undone' : 'waiver undone',
    amountCents: entry.amountCents,
    items: itemsTakenBack(account, entry.key, entry.amountCents, []),
  });
  return undefined;
}

/** A receipt that was reversed counts again, on the charges that it had paid as far as they are open. */
function receiptAgain(undoing: Undoing, entry: EntryOf<'reversal'>): Refused | undefined {
  const { account, receipts } = undoing;
  const row = receipts.get(entry.receipt);
  const standing = row?.reversals.find((each) => each.key === entry.key);
  if (!row || standing?.state !== 'final') return refuse(`${entry.receipt} is no longer reversed by this row.`);
  const open = (item: Item) => account.state.charges.find((each) => each.key === item.charge)?.openCents ?? ZERO;
  const fits = entry.items.every((item) => open(item) >= item.amountCents);
  const spread = spreadOver(account, payable(account.state), entry.amountCents);
  post(account, {
    ...base(undoing, entry),
    kind: 'reinstatement',
    receipt: entry.receipt,
    about: entry.key,
    amountCents: entry.amountCents,
    items: fits ? dueNow(account, entry.items) : spread.items,
    from: localDay(row.initiatedAt, account.property.zone),
  });
  // Runs between the two may have charged fees that this money, as it counts now, had come in time to avert.
  if (account.today > entry.day) withdrawFees(account);
  receipts.set(row.key, countedAgain(row, entry.key));
  return undefined;
}

/** Items as their charges fall due by now. */
const dueNow = ({ state }: Account, items: readonly Item[]): readonly Item[] =>
  items.map((item) => ({ ...item, due: state.charges.find((each) => each.key === item.charge)?.due ?? item.due }));

/** The money goes back to where it lay, if it still can. */
function moneyBack(undoing: Undoing, entry: EntryOf<'allocation'>): Refused | undefined {
  const { account } = undoing;
  const moves = [...entry.items].reverse().map((item) => ({ ...item, amountCents: negate(item.amountCents) }));
  const gone = moves.some((move) => !mayMove(account, entry.receipt, move));
  const unspent = account.state.unspent.find((each) => each.source === entry.receipt)?.leftCents ?? ZERO;
  if (gone || sum(moves.map((move) => move.amountCents)) > unspent)
    return refuse(`The money of ${entry.receipt} lies elsewhere by now: re-allocate it instead.`);
  post(account, { ...base(undoing, entry), kind: 'allocation', receipt: entry.receipt, items: dueNow(account, moves) });
  return undefined;
}

function mayMove({ state }: Account, source: Key, { charge: id, amountCents }: Item): boolean {
  const charge = state.charges.find((each) => each.key === id);
  if (amountCents > 0) return charge !== undefined && charge.openCents >= amountCents;
  const mine = charge?.covers.filter((cover) => cover.source === source).map((cover) => cover.amountCents);
  return sum(mine ?? []) >= -amountCents;
}

function dueBack(undoing: Undoing, entry: EntryOf<'due'>): Refused | undefined {
  const { account } = undoing;
  const charge = account.state.charges.find((each) => each.key === entry.about);
  if (!charge) return tooOld(entry.about);
  if (charge.due !== entry.due) return refuse(`${entry.about} was given yet another due day since: undo that first.`);
  post(account, { ...base(undoing, entry), kind: 'due', about: entry.about, due: entry.was, was: entry.due });
  return undefined;
}

function pauseBack(undoing: Undoing, entry: EntryOf<'pause'>): Refused | undefined {
  const { account } = undoing;
  const runs = account.state.pauses.some((each) => each.type === entry.type && each.about === entry.about);
  if (runs !== entry.begins) return refuse(`Somebody changed this ${entry.type} again since: look at it as it stands.`);
  post(account, {
    ...base(undoing, entry),
    kind: 'pause',
    type: entry.type,
    begins: !entry.begins,
    ...(entry.about ? { about: entry.about } : {}),
  });
  return undefined;
}

/** A proposal is withdrawn; what closed a plan is taken back, and it goes on as it was. */
function planBack(undoing: Undoing, entry: EntryOf<'plan'>): Refused | undefined {
  const { account } = undoing;
  const about = entry.type === 'proposed' ? entry.key : entry.about;
  const { plan } = account.state;
  if (!about || plan?.key !== about || plan.state !== entry.type)
    return refuse('The plan went on since: look at it as it stands.');
  if (entry.type === 'withdrawn' && plan.terms.agreed === 'by signature') return refuse(DOCUMENT_GONE);
  const type = entry.type === 'proposed' ? 'withdrawn' : 'resumed';
  post(account, { ...base(undoing, entry), kind: 'plan', type, about, items: [] });
  return undefined;
}

function depositBack(undoing: Undoing, entry: EntryOf<'deposit'>): Refused | undefined {
  if (entry.type !== 'refunded' && entry.type !== 'withheld') return refuse('This row has no opposite.');
  const type = entry.type === 'refunded' ? 'refund undone' : 'withholding undone';
  post(undoing.account, { ...base(undoing, entry), kind: 'deposit', type, amountCents: entry.amountCents });
  return undefined;
}
