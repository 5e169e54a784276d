/** What a person decided about a receipt, taken back by reversing entries: a match, a split, money recorded in error, not rent. */
import { type Account, assessFeesAgain, entryBase, itemsTakenBack, openAccount, post, respendUnspent } from './account';
import type { ReceiptRow, ReceiptState } from './book';
import { localDay } from './calendar';
import { minus, ZERO } from './money';
import { again, markOf, paymentOf, stateAfter, unmatchKey, waits, wasPosted } from './receipt-row';
import { type Decision, leaseById, NOTHING, type Run, type RunBook } from './run-book';
import { type Key, key, type LeaseId } from './values';
import { decisionOf } from './wishes';

export interface TakeBack {
  readonly book: RunBook;
  readonly run: Run;
  /** Stands on the reversing entries. */
  readonly why: string;
}

export type TakenBack = Decision | { readonly reason: string };

/** Money that its source has sent back or withholds is no longer ours to move. */
const MAY_MOVE: readonly ReceiptState[] = ['settled', 'pending', 'partly refunded', 'dispute won'];

/** Takes a receipt off its lease, where it was entered in error, and lets it wait for a person. */
export function unmatch(facts: TakeBack, row: ReceiptRow): TakenBack {
  const accounts = new Map<LeaseId, Account>();
  const wrong = !row.lease ? 'It belongs to no lease.' : takenOff(facts, accounts, row, unmatchKey(row));
  if (wrong) return { reason: wrong };
  const { lease, ...waiting } = row;
  const after: ReceiptRow = {
    ...waiting,
    state: row.state === 'pending' ? 'pending' : stateAfter(paymentOf(row)),
    matched: `${facts.run.by} took it off lease ${lease}. It waits until a person matches it again.`,
    items: [],
    reversals: [...row.reversals, markOf(unmatchKey(row))],
  };
  return decisionOf(facts.book, facts.run, [...accounts.values()], [], [after]);
}

/** Takes the parts of a split off their leases, and lets the whole wait for a person. */
export function unsplit(facts: TakeBack, whole: ReceiptRow, parts: readonly ReceiptRow[]): TakenBack {
  if (whole.state !== 'split') return { reason: 'It is not split.' };
  const accounts = new Map<LeaseId, Account>();
  for (const part of parts) {
    const id = again(part, key(`${part.key}:taken-back`));
    const wrong = part.state === 'not rent' || waits(part) ? undefined : takenOff(facts, accounts, part, id);
    if (wrong) return { reason: wrong };
  }
  const gone = parts.map((part): ReceiptRow => ({ ...part, state: 'taken back', items: [] }));
  const after: ReceiptRow = {
    ...whole,
    state: stateAfter(paymentOf(whole)),
    matched: `${facts.run.by} took its split back. It waits until a person matches it again.`,
    reversals: [...whole.reversals, ...parts.map((part) => markOf(part.key))],
  };
  return decisionOf(facts.book, facts.run, [...accounts.values()], [], [after, ...gone]);
}

/** Takes back money that a person recorded in error. */
export function takeBack(facts: TakeBack, row: ReceiptRow): TakenBack {
  if (row.source !== 'manual') return { reason: 'It was read from a platform: match it to another lease instead.' };
  const accounts = new Map<LeaseId, Account>();
  const id = again(row, key(`${row.key}:taken-back`));
  const wrong = waits(row) ? undefined : takenOff(facts, accounts, row, id);
  if (wrong) return { reason: wrong };
  const after: ReceiptRow = { ...row, state: 'taken back', items: [], reversedCents: row.amountCents };
  return decisionOf(facts.book, facts.run, [...accounts.values()], [], [after]);
}

/** Sets a waiting receipt aside: it is no rent, and nothing asks for it again. */
export function setAside({ run, why }: Pick<TakeBack, 'run' | 'why'>, row: ReceiptRow): Decision {
  return { ...NOTHING, receipts: [{ ...row, state: 'not rent', matched: `not rent, says ${run.by}: ${why}` }] };
}

/** A receipt that was set aside waits again. */
export function rentAgain(facts: TakeBack, row: ReceiptRow): TakenBack {
  if (row.state !== 'not rent') return { reason: 'It is not set aside as not rent.' };
  const matched = `${facts.run.by} took back that it is not rent. It waits until it is matched.`;
  const after: ReceiptRow = { ...row, state: stateAfter(paymentOf(row)), matched };
  return decisionOf(facts.book, facts.run, [], [], [after]);
}

/** Posts the reversal of what is left of a receipt on its lease; gives the reason where that cannot be. */
function takenOff(facts: TakeBack, accounts: Map<LeaseId, Account>, row: ReceiptRow, id: Key): string | undefined {
  if (!MAY_MOVE.includes(row.state))
    return `${row.externalId} is ${row.state}: what its source took back stays where it was posted.`;
  if (!wasPosted(row)) return undefined;
  const account = accountOf(facts, accounts, row);
  if (!account) return `Lease ${row.lease} has no row that runs. Mend it on the Leases tab first.`;
  const left = minus(row.amountCents, row.reversedCents);
  if (left <= ZERO) return `Nothing is left of ${row.externalId} on lease ${row.lease}.`;
  post(account, {
    ...entryBase(account),
    kind: 'reversal',
    key: id,
    receipt: row.key,
    about: row.key,
    reason: 'entered in error',
    amountCents: left,
    items: itemsTakenBack(account, row.key, left, row.items),
    day: account.today,
    why: facts.why,
  });
  respendUnspent(account);
  assessFeesAgain(account, localDay(row.initiatedAt, account.property.zone));
  return undefined;
}

function accountOf({ book, run }: TakeBack, accounts: Map<LeaseId, Account>, row: ReceiptRow): Account | undefined {
  const lease = row.lease && leaseById(book, row.lease);
  const property = lease && book.properties.get(lease.property);
  if (!lease || !property) return undefined;
  const account = accounts.get(lease.id) ?? openAccount(book, run, lease, property);
  accounts.set(lease.id, account);
  return account;
}

/** Names under which messages about a receipt's money may still wait in the Outbox. */
export const messageKeys = (row: ReceiptRow): readonly Key[] => [key(`email:receipt:${again(row, row.key)}`)];
