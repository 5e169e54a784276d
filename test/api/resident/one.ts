/** One lease of a workbook as a link's reader gives it: the book that holds nothing else. */

import type { OneLease } from '../../../src/api/resident/lease';
import { openAccount } from '../../../src/domain/account';
import type { RunBook } from '../../../src/domain/run-book';
import { type LeaseId, leaseId } from '../../../src/domain/values';
import { type App, runNow } from '../../../src/run/app';
import { loadBook } from '../../../src/sheet/load';

export function oneOf(app: App, id: string, address: string): OneLease {
  const { book } = loadBook(app.host);
  const lease = book.leases.find((each) => each.id === id);
  const property = lease && book.properties.get(lease.property);
  if (!lease || !property) throw new Error(`no lease ${id}`);
  const mine = <T extends { readonly lease?: LeaseId }>(rows: readonly T[]): readonly T[] =>
    rows.filter((row) => row.lease === lease.id);
  const only: RunBook = {
    ...book,
    properties: new Map([[property.name, property]]),
    leases: [lease],
    terms: new Map([...book.terms].filter(([name]) => name === lease.id)),
    states: new Map([...book.states].filter(([name]) => name === lease.id)),
    links: mine(book.links),
    receipts: mine(book.receipts),
    tasks: mine(book.tasks),
    outbox: mine(book.outbox ?? []),
    problems: [],
    contacts: [],
  };
  // Paying asks nothing of these.
  const rest = { platforms: [] };
  return {
    ...rest,
    link: { row: 2, id: 'a'.repeat(32), lease: leaseId(id), address, version: 1 },
    account: openAccount(only, runNow(app), lease, property),
    entries: [],
    older: false,
    receipts: [...only.receipts].sort((a, b) => b.initiatedAt - a.initiatedAt),
    platforms: [],
  };
}
