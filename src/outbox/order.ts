/** What in the Outbox builds on what: of several states of one thing only the newest is told, and a reply waits for its thread. */
import type { OutboxRow } from '../domain/book';
import { booksName } from '../domain/mirror';
import { updateName } from '../domain/slack-thread';
import { taskName } from '../domain/task-telling';
import { standingName } from '../domain/telling';
import type { Key } from '../domain/values';

const stateName = (row: OutboxRow): string | undefined =>
  booksName(row.key) ?? standingName(row.key) ?? taskName(row.key) ?? updateName(row);

/** By when it was wanted, for people may have sorted the tab; those of one commit by their rows. */
const isNewer = (one: OutboxRow, other: OutboxRow): boolean =>
  one.createdAt === other.createdAt ? one.row > other.row : one.createdAt > other.createdAt;

/** Told already, on its way, or to be told: what never will be says nothing. */
const isTold = ({ state }: OutboxRow): boolean => state !== 'cancelled' && state !== 'failed';

/**
 * Rows that wait although a newer state of the same thing is there: an invoice, how a lease stands, a message in Slack. A newer one
 * that has left counts as well: an older state that was refused before must not be told after it.
 */
export function superseded(outbox: readonly OutboxRow[]): ReadonlySet<Key> {
  const newest = new Map<string, OutboxRow>();
  const named = outbox.flatMap((row) => {
    const name = isTold(row) ? stateName(row) : undefined;
    return name === undefined ? [] : [{ name, row }];
  });
  for (const { name, row } of named) {
    const known = newest.get(name);
    if (!known || isNewer(row, known)) newest.set(name, row);
  }
  return new Set(
    named.flatMap(({ name, row }) => (row.state === 'ready' && newest.get(name) !== row ? [row.key] : [])),
  );
}

/** The reference of what a row belongs to; `waits` until that has left, `gone` when it never will. */
export function after(
  outbox: readonly OutboxRow[],
  { payload }: OutboxRow,
): 'none' | 'waits' | 'gone' | { readonly ref: string } {
  if (typeof payload.after !== 'string') return 'none';
  const row = outbox.find((each) => each.key === payload.after);
  if (!row || row.state === 'failed' || row.state === 'cancelled') return 'gone';
  return row.state === 'sent' || row.state === 'scheduled' ? { ref: row.vendorRef } : 'waits';
}
