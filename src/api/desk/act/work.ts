/** An act on the book as it is loaded: what it would post and write, with the lease as it would be afterwards. */
import type { Account } from '../../../domain/account';
import {
  type Act,
  type Acting,
  type ActResult,
  isContact,
  type PeopleWrite,
  type Refused,
} from '../../../domain/acts/act';
import { rowAfter } from '../../../domain/acts/lease-row';
import { perform } from '../../../domain/acts/perform';
import type { Lease, LogLine, ReceiptRow } from '../../../domain/book';
import { decimal } from '../../../domain/money';
import { type RunBook, rowsOfLease, termsOf } from '../../../domain/run-book';
import { type Key, key } from '../../../domain/values';
import { decisionOf, logLine } from '../../../domain/wishes';
import { type App, runNow } from '../../../run/app';
import { daysMayHaveChanged } from '../../../run/hints';
import { moneyCell, serialOf, textOf } from '../../../sheet/cells';
import type { PeopleWrite as CellWrite, Changes } from '../../../sheet/commit';
import type { Loaded } from '../../../sheet/load';
import { effectsComing } from '../../../sheet/outbox-hint';
import { receiptFrom } from '../../../sheet/rows';
import { LEASES, RECEIPTS, TERMS } from '../../../sheet/schema';
import { accountOf, noLease } from '../../account';
import { isConnected } from '../bank-offers';
import { wishesMet } from './plan-wish';
import { rowsBack } from './rows-back';

export interface Worked {
  /** As it was. */
  readonly before: Account;
  /** With the act's entries. */
  readonly account: Account;
  readonly result: ActResult;
  /** The book as it would be, for what is decided by it next. */
  readonly book: RunBook;
  readonly lease: Lease;
}

/** Does the act in memory; nothing is committed. The click ends the keys of its rows. */
export function workOn(app: App, loaded: Loaded, act: Act): Worked | Refused {
  const before = accountOf(loaded, app, act.lease);
  if (!before) return { refused: noLease(act.lease) };
  const unsigned = cannotSign(loaded, before, act);
  if (unsigned) return { refused: unsigned };
  const account: Account = { ...before, entries: [], click: app.run.id };
  const acting: Acting = { account, receipts: receiptsFor(app, loaded, act), outbox: loaded.outbox };
  const result = perform(acting, act);
  if ('refused' in result) return result;
  return { before, account, result, ...bookAfter(loaded, account, result.people ?? []) };
}

/** Why a plan cannot go out for signature; undefined for any other act. */
function cannotSign(loaded: Loaded, { lease }: Account, act: Act): string | undefined {
  if (act.kind !== 'plan propose' || act.agreed !== 'by signature') return undefined;
  if (!isConnected(loaded, 'docusign')) return 'DocuSign is not connected: let the resident agree on the page.';
  const out = rowsOfLease(loaded.book.links, lease.id).some(
    (link) => link.platform === 'docusign' && link.kind === 'document',
  );
  return out ? 'A document of this lease is out for signature already: void it first.' : undefined;
}

/** A receipt older than the open tail is looked up where it stands. */
function receiptsFor(app: App, loaded: Loaded, act: Act): readonly ReceiptRow[] {
  const { receipts } = loaded.book;
  if (act.kind !== 'reverse') return receipts;
  const named = (row: ReceiptRow) => row.key === act.receipt || row.externalId === act.receipt;
  if (receipts.some(named)) return receipts;
  const older = olderReceipts(app, loaded, new Set([act.receipt]));
  return [...receipts, ...older];
}

/** Rows of Receipts by key or by the source's id, from before the open tail. */
export function olderReceipts(app: App, loaded: Loaded, wanted: ReadonlySet<string>): readonly ReceiptRow[] {
  const found: ReceiptRow[] = [];
  for (const [row, cells] of rowsBack(app, RECEIPTS, loaded.marks.receiptsTailRow - 2)) {
    if (!wanted.has(textOf(cells[0])) && !wanted.has(textOf(cells[2]))) continue;
    const receipt = receiptFrom(cells, row);
    if (receipt) found.push(receipt);
    if (found.length >= wanted.size) break;
  }
  return found;
}

/** The book once the account's entries and the writes to people's tabs stand. */
export function bookAfter(
  { book }: Pick<Loaded, 'book'>,
  account: Account,
  people: readonly PeopleWrite[],
): { readonly book: RunBook; readonly lease: Lease } {
  const states = new Map(book.states).set(account.lease.id, account.state);
  if (people.length === 0) return { book: { ...book, states }, lease: account.lease };
  const { lease, terms } = rowAfter(account.lease, termsOf(book, account.lease), people);
  const leases = book.leases.map((each) => (each === account.lease ? lease : each));
  return { book: { ...book, states, leases, terms: new Map(book.terms).set(lease.id, terms) }, lease };
}

/** What the act wants committed. Hints are set before, so that no later run can miss what follows from it. */
export function changesOf(app: App, { account, result, book }: Worked, reason: string): Changes {
  const decision = decisionOf(book, runNow(app), [account], [], result.receipts ?? []);
  const people = result.people ?? [];
  const intents = [...decision.intents, ...(result.intents ?? [])];
  effectsComing(app);
  if (people.length > 0) daysMayHaveChanged(app);
  return {
    decision: { ...decision, intents },
    ...wishesMet(app, account),
    ...(result.outbox ? { outbox: result.outbox } : {}),
    people: people.map((write) => cellsOf(account, write)),
    log: people.map((write) => lineOf(app, account, write, reason)),
    views: true,
  };
}

/** A write in the person's name. */
export function cellsOf({ lease, property }: Account, write: PeopleWrite): CellWrite {
  // Text stays text: a number that begins with + would be read as a formula.
  if (isContact(write)) return { tab: LEASES, row: lease.row, cells: { [write.header]: write.after } };
  if (!('term' in write))
    return { tab: LEASES, row: lease.row, cells: { [write.header]: write.after ? serialOf(write.after) : '' } };
  const { term } = write;
  const amount = moneyCell(term.amountCents, property.currency);
  const cells = { 'Lease ID': lease.id, Type: term.type, Amount: amount, From: serialOf(term.from), Every: term.every };
  return { tab: TERMS, cells };
}

/** The key tells where it was written, so that undo can find it again. */
export function lineOf(app: App, { lease, property }: Account, write: PeopleWrite, reason: string): LogLine {
  if ('term' in write) {
    const { term } = write;
    return logLine(runNow(app), 'lease', `Rent of ${lease.id} from ${term.from}: ${reason}`, {
      lease: lease.id,
      after: decimal(term.amountCents, property.currency),
      key: placeOf(lease, `${term.type}:${term.from}`, TERMS.title),
    });
  }
  return logLine(runNow(app), 'lease', `${write.header} of ${lease.id}: ${reason}`, {
    lease: lease.id,
    before: write.before ?? '',
    after: write.after ?? '',
    key: placeOf(lease, write.header, LEASES.title),
  });
}

/** `Leases:L-104:Hold until`, `Terms:L-104:rent:2027-01-01` */
export const placeOf = (lease: Lease, what: string, tab: string): Key => key(`${tab}:${lease.id}:${what}`);
