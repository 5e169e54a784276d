/** The account of a lease that a person names. */
import { type Account, openAccount } from '../domain/account';
import { type App, runNow } from '../run/app';
import { maySee } from '../run/person';
import type { Loaded } from '../sheet/load';

/** Undefined for an unknown lease, one whose row has a problem, and one that this person may not see. */
export function accountOf(loaded: Loaded, app: App, id: string): Account | undefined {
  const wanted = id.trim().toLowerCase();
  const lease = loaded.book.leases.find((each) => each.id.toLowerCase() === wanted);
  const property = lease && loaded.book.properties.get(lease.property);
  if (!lease || !property || !maySee(app.person, property.name)) return undefined;
  return openAccount(loaded.book, runNow(app), lease, property);
}

export const noLease = (id: string): string =>
  `There is no lease "${id.slice(0, 60)}" that runs. Look at its row on the Leases tab.`;
