/** What a person decided about receipts, undone: for the undo of a click, and for taking one receipt back. */
import type { LeaseState, OutboxRow, ReceiptRow } from '../../../domain/book';
import { emptyState, fold } from '../../../domain/ledger';
import { type Decision, NOTHING, type RunBook } from '../../../domain/run-book';
import { asksAbout, partsOf } from '../../../domain/split';
import {
  messageKeys,
  rentAgain,
  type TakeBack,
  type TakenBack,
  takeBack,
  unmatch,
  unsplit,
} from '../../../domain/take-back';
import { type Key, key, type LeaseId } from '../../../domain/values';
import { merged } from '../../../jobs/daily';
import type { SheetRequest } from '../../../ports';
import { type App, runNow } from '../../../run/app';
import type { Changes } from '../../../sheet/commit';
import type { Loaded } from '../../../sheet/load';
import { olderReceipts } from '../../../sheet/older-receipts';
import { effectsComing } from '../../../sheet/outbox-hint';
import { idOf } from '../../../sheet/requests';
import { LINKS } from '../../../sheet/schema';
import { placeFor } from '../../account';
import type { Refusal } from '../told';
import { isMeantFor } from './queue';
import { RECONCILED, reconciledLine } from './reconciled';
import { rememberedWith } from './resolve';

/** The receipts that a run decided on, by its lines in the Log: what to hand to {@link undoReceipts}. */
export const receiptsDecided = (
  lines: readonly { readonly kind: string; readonly key: string }[],
): readonly string[] => [
  ...new Set(
    lines
      .filter(({ kind, key: id }) => kind === RECONCILED || (kind === 'receipt' && id.startsWith('manual:')))
      .map((line) => line.key),
  ),
];

type Known = ReadonlyMap<Key, ReceiptRow>;

/**
 * Everything that taking these receipts back changes: hand-recorded money is reversed, a split undone, what was set aside
 * waits again, and a match is taken off its lease. Refused as a whole where one of them cannot be. Run it under the lock.
 */
export function undoReceipts(
  app: App,
  loaded: Loaded,
  receipts: readonly string[],
  why: string,
): (Changes & { readonly decision: Decision }) | Refusal {
  const known = withParts(app, loaded, receipts);
  const decisions: Decision[] = [];
  const rows: ReceiptRow[] = [];
  let { book } = loaded;
  for (const id of receipts) {
    const row = known.get(key(id));
    const all = row ? [row, ...(row.state === 'split' ? partsOf(known, row) : [])] : [];
    if (!row || !all.every((each) => isSeen(app, book, each))) return { refused: `There is no receipt ${id}.` };
    const undone = undoneBy({ book, run: runNow(app), why }, row, known);
    if ('reason' in undone) return { refused: undone.reason };
    rows.push(...all);
    decisions.push(undone);
    book = { ...book, states: statesAfter(book, undone) };
  }
  const decision = merged([...decisions, { ...NOTHING, closedTasks: rows.flatMap((row) => asksAbout(book, row.key)) }]);
  if (decision.intents.length > 0) effectsComing(app);
  return {
    decision,
    views: true,
    outbox: unsent(app, loaded, rows),
    more: forgotten(loaded, rows),
    log: rows.map((row) => reconciledLine(app, row, `taken back: ${why}`)),
  };
}

function undoneBy(facts: TakeBack, row: ReceiptRow, known: Known): TakenBack {
  if (row.state === 'split') return unsplit(facts, row, partsOf(known, row));
  if (row.state === 'not rent') return rentAgain(facts, row);
  return row.source === 'manual' ? takeBack(facts, row) : unmatch(facts, row);
}

/** With those that lie before the open tail, and the parts of what is split. */
function withParts(app: App, loaded: Loaded, receipts: readonly string[]): Known {
  const known = new Map(loaded.book.receipts.map((row) => [row.key, row]));
  const unknown = receipts.filter((id) => !known.has(key(id)));
  for (const row of olderReceipts(app.host, loaded, unknown)) known.set(row.key, row);
  return known;
}

const isSeen = (app: App, book: RunBook, row: ReceiptRow): boolean => {
  if (row.state === 'split') return true;
  return row.lease ? placeFor(app, book, row.lease) !== undefined : isMeantFor(app, book, row);
};

function statesAfter(book: RunBook, { entries }: Decision): ReadonlyMap<LeaseId, LeaseState> {
  const states = new Map(book.states);
  for (const entry of entries) states.set(entry.lease, fold(states.get(entry.lease) ?? emptyState(entry.lease), entry));
  return states;
}

/** Nobody is thanked for money that was taken off their lease. */
const unsent = (app: App, { outbox }: Loaded, rows: readonly ReceiptRow[]): readonly OutboxRow[] => {
  const names = new Set<string>(rows.flatMap(messageKeys));
  return outbox
    .filter((effect) => names.has(effect.key) && (effect.state === 'ready' || effect.state === 'waiting for release'))
    .map((effect) => ({
      ...effect,
      state: 'cancelled',
      fault: 'The payment was taken back before this left.',
      updatedAt: runNow(app).now,
    }));
};

/** The link that was remembered with a match leads to the wrong lease now. From below, so that the rows above stay where they are. */
function forgotten(loaded: Loaded, rows: readonly ReceiptRow[]): readonly SheetRequest[] {
  const sheetId = idOf(loaded, LINKS);
  return loaded.book.links
    .filter((link) => rows.some((row) => `${link.note ?? ''} `.startsWith(`${rememberedWith(row.key)} `)))
    .map((link) => link.row)
    .sort((a, b) => b - a)
    .map((row) => ({
      deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: row - 1, endIndex: row } },
    }));
}
