/** Acts of a person on the leases of a small world, and their undoing, with the laws held after every entry. */
import { openAccount } from '../../src/domain/account';
import type { Act, ActResult } from '../../src/domain/acts/act';
import { rowAfter } from '../../src/domain/acts/lease-row';
import { perform } from '../../src/domain/acts/perform';
import { undoEntry } from '../../src/domain/acts/undo';
import type { Entry } from '../../src/domain/book';
import { instantOf } from '../../src/domain/calendar';
import { leaseId } from '../../src/domain/values';
import { bookOf, commitEntry, fault, stateIn, type World } from './small-world';

export interface Acted {
  readonly entries: readonly Entry[];
  readonly result: ActResult;
}

function accountIn(world: World, id: string, click: string) {
  const lease = world.leases.find((each) => each.id === id) ?? fault(`no lease ${id}`);
  const run = { id: click, by: 'ann@example.com', now: instantOf(world.today, 15, 0, world.property.zone) };
  const account = openAccount(bookOf(world), run, lease, world.property, stateIn(world, lease.id), world.today);
  return { ...account, click };
}

/** What became of it, or the refusal in words. */
export function act(world: World, wanted: Act, click: string): Acted | string {
  const account = accountIn(world, wanted.lease, click);
  const result = perform({ account, receipts: [...world.receipts.values()], outbox: [] }, wanted);
  if ('refused' in result) {
    if (account.entries.length > 0) fault(`"${result.refused}", but ${account.entries.length} entries were posted`);
    return result.refused;
  }
  for (const entry of account.entries) commitEntry(world, entry);
  for (const row of result.receipts ?? []) world.receipts.set(row.key, row);
  const id = leaseId(wanted.lease);
  const after = rowAfter(account.lease, world.terms.get(id) ?? [], result.people ?? []);
  world.leases.splice(world.leases.indexOf(account.lease), 1, after.lease);
  world.terms.set(id, after.terms);
  return { entries: account.entries, result };
}

/** The refusal, or undefined. */
export function undo(world: World, lease: string, { entries }: Acted, click: string): string | undefined {
  const account = accountIn(world, lease, click);
  const receipts = new Map(world.receipts);
  for (const entry of [...entries].reverse()) {
    const refused = undoEntry({ account, reason: 'it was a mistake', receipts }, entry);
    if (refused) return refused.refused;
  }
  for (const entry of account.entries) commitEntry(world, entry);
  for (const [key, row] of receipts) world.receipts.set(key, row);
  return undefined;
}
