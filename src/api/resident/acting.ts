/** What acts on the page share: the book under the lock, a request that is the page's own, and a refusal in its words. */
import type { Account } from '../../domain/account';
import { openAccount } from '../../domain/account';
import { leaseById } from '../../domain/run-book';
import { type App, runNow } from '../../run/app';
import { type Loaded, loadBook } from '../../sheet/load';
import type { Outcome } from './act';
import type { OneLease } from './lease';

/** The book as it is now, and in it the account of the link's lease; undefined where that does not run any more. */
export function underLock(app: App, { link }: Pick<OneLease, 'link'>): { loaded: Loaded; account?: Account } {
  const loaded = loadBook(app.host);
  const lease = leaseById(loaded.book, link.lease);
  const property = lease && loaded.book.properties.get(lease.property);
  if (!lease || !property) return { loaded };
  return { loaded, account: openAccount(loaded.book, runNow(app), lease, property) };
}

/** A request that the page has made; whatever else comes acts on nothing. */
export const isRequest = (request: string): boolean => /^[\w-]{8,80}$/.test(request);

export const not = (says: string, more?: Readonly<Record<string, string>>): Outcome => ({
  done: false,
  says,
  ...(more ? { with: more } : {}),
});
