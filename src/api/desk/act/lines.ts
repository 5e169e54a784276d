/** Rows of the Ledger and of the Outbox as the desk shows them. */
import { undoRefusal } from '../../../domain/acts/undo';
import { type Entry, effectCents, type OutboxRow } from '../../../domain/book';
import { plus } from '../../../domain/money';
import type { RunBook } from '../../../domain/run-book';
import type { Cents } from '../../../domain/values';
import { asInstantText } from '../../../outbox/texts';
import type { EffectLine, EntryLine } from '../told';

/** Entries in their order, each with the balance after it; `openingCents` is owed before the first. */
export function entryLines(entries: readonly Entry[], openingCents: Cents): readonly EntryLine[] {
  let balance = openingCents;
  return entries.map((entry) => {
    balance = plus(balance, effectCents(entry));
    return entryLine(entry, balance);
  });
}

function entryLine(entry: Entry, balanceCents: Cents): EntryLine {
  const { key, day, kind, why, by, currency } = entry;
  const fixed = undoRefusal(entry);
  return {
    key,
    day,
    kind,
    type: typeOf(entry),
    why,
    by,
    amount: { cents: effectCents(entry), currency },
    balance: { cents: balanceCents, currency },
    ...(fixed ? { fixed } : {}),
  };
}

export function typeOf(entry: Entry): string {
  if (entry.kind === 'reversal') return entry.reason;
  if (entry.kind === 'rung' || entry.kind === 'release') return entry.rung;
  return 'type' in entry ? entry.type : '';
}

export const effectLine = (book: RunBook, row: OutboxRow): EffectLine => ({
  key: row.key,
  channel: row.channel,
  kind: row.kind,
  ...(row.lease ? { lease: row.lease } : {}),
  to: row.to,
  subject: row.subject,
  state: row.state,
  at: asInstantText(row.state === 'ready' ? row.notBefore : row.updatedAt, book, row.property),
  fault: row.fault,
});
