/** How a resident acts: named in the Log by as much of the address as may be shown, under a run of its own for each request. */
import type { Account } from '../../domain/account';
import { openAccount } from '../../domain/account';
import { leaseById } from '../../domain/run-book';
import { type Person, peopleOn } from '../../domain/shares';
import { type App, runNow } from '../../run/app';
import { type Loaded, loadBook } from '../../sheet/load';
import type { Outcome } from './act';
import type { OneLease, PageLink } from './lease';

/** `m…@example.com`, `…4567`: enough to know one's own by. */
export function masked(address: string): string {
  const [name = '', host] = address.split('@');
  return host === undefined ? `…${address.slice(-4)}` : `${name.slice(0, 1)}…@${host}`;
}

/** The same execution in the resident's name. */
export const asResident = (app: App, { link }: Pick<OneLease, 'link'>, request: string): App => ({
  ...app,
  run: { ...app.run, id: `page-${request}`, by: `resident ${masked(link.address)}` },
});

/** The book as it is now, and in it the account of the link's lease; undefined where that does not run any more. */
export function underLock(app: App, { link }: Pick<OneLease, 'link'>): { loaded: Loaded; account?: Account } {
  const loaded = loadBook(app.host);
  const lease = leaseById(loaded.book, link.lease);
  const property = lease && loaded.book.properties.get(lease.property);
  if (!lease || !property) return { loaded };
  return { loaded, account: openAccount(loaded.book, runNow(app), lease, property) };
}

/** Who of several people the link was made for; undefined where there is one only, or nobody can tell. */
export function payerOf({ address }: PageLink, { lease }: Pick<Account, 'lease'>): Person | undefined {
  const people = peopleOn(lease);
  if (people.length < 2) return undefined;
  return people.find(({ email }) => email !== '' && email.toLowerCase() === address.toLowerCase());
}

/** A request that the page has made; whatever else comes acts on nothing. */
export const isRequest = (request: string): boolean => /^[\w-]{8,80}$/.test(request);

export const not = (says: string, more?: Readonly<Record<string, string>>): Outcome => ({
  done: false,
  says,
  ...(more ? { with: more } : {}),
});
