/** The journal of one lease as the desk shows it: from the open tail at once, the older rows only where somebody asks. */
import { type Entry, effectCents, type Lease } from '../../domain/book';
import { stateOf } from '../../domain/run-book';
import type { Key } from '../../domain/values';
import type { App } from '../../run/app';
import { textOf } from '../../sheet/cells';
import { entryFrom } from '../../sheet/journal';
import type { Loaded } from '../../sheet/load';
import { layoutFor } from '../../sheet/requests';
import { rowsWhere } from '../../sheet/rows-of';
import { LEDGER } from '../../sheet/schema';
import { entryLine } from './lines';
import type { EntryLine } from './told';

/** Entries of the lease in the order of the journal. */
export function entriesOfLease(app: App, loaded: Loaded, lease: Lease, whole: boolean): readonly Entry[] {
  const tail = loaded.tail.filter((entry) => entry.lease === lease.id);
  return whole ? [...closedEntries(app, loaded, 'Lease ID', (id) => id === lease.id), ...tail] : tail;
}

/** Entries before the open tail whose cell under `header` is wanted. */
function closedEntries(
  app: App,
  loaded: Loaded,
  header: 'Lease ID' | 'Key',
  wanted: (text: string) => boolean,
): readonly Entry[] {
  const rows = rowsWhere(app.host, layoutFor(loaded, LEDGER), header, loaded.marks.tailRow - 1, wanted);
  return rows.flatMap(({ cells }) => entryFrom(cells) ?? []);
}

/** Newest first. The balance is counted back from what is owed now, so a part of the journal is enough. */
export function entryLines(loaded: Loaded, lease: Lease, entries: readonly Entry[]): readonly EntryLine[] {
  let balance = stateOf(loaded.book, lease.id).balanceCents;
  return [...entries].reverse().map((entry) => {
    const line = entryLine(entry, balance);
    balance = (balance - effectCents(entry)) as typeof balance;
    return line;
  });
}

/** The arithmetic of charges, by key; those from before the last close are looked up in the Ledger. */
export function whyOfCharges(
  app: App,
  loaded: Loaded,
  entries: readonly Entry[],
  charges: readonly Key[],
): ReadonlyMap<string, string> {
  const why = new Map<string, string>(entries.map((entry) => [entry.key, entry.why]));
  const missing = new Set<string>(charges.filter((charge) => !why.has(charge)));
  if (missing.size === 0) return why;
  for (const entry of closedEntries(app, loaded, 'Key', (text) => missing.has(textOf(text))))
    why.set(entry.key, entry.why);
  return why;
}
