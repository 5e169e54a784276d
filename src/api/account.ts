/** The leases that a person may name, and their accounts: any other one is answered as one that does not exist. */
import { type Account, openAccount } from '../domain/account';
import type { Lease, Property } from '../domain/book';
import type { RunBook } from '../domain/run-book';
import { type App, runNow } from '../run/app';
import { maySee } from '../run/person';
import type { Loaded } from '../sheet/load';

export interface Place {
  readonly lease: Lease;
  readonly property: Property;
}

/** Those that run, in the order of the Leases tab. */
export function placesFor(app: Pick<App, 'person'>, book: RunBook): readonly Place[] {
  return book.leases.flatMap((lease) => {
    const property = book.properties.get(lease.property);
    return property && maySee(app.person, property.name) ? [{ lease, property }] : [];
  });
}

/** By its id in any case; undefined where it does not run, its row has a problem, or it must not be seen. */
export function placeFor(app: Pick<App, 'person'>, book: RunBook, id: string): Place | undefined {
  const wanted = id.trim().toLowerCase();
  const lease = book.leases.find((each) => each.id.toLowerCase() === wanted);
  const property = lease && book.properties.get(lease.property);
  return lease && property && maySee(app.person, property.name) ? { lease, property } : undefined;
}

/** Undefined for a lease that {@link placeFor} does not give. */
export function accountOf(loaded: Loaded, app: App, id: string): Account | undefined {
  const place = placeFor(app, loaded.book, id);
  return place && openAccount(loaded.book, runNow(app), place.lease, place.property);
}

/** The same answer for a lease that is not there and for one that the person may not see. */
export const noLease = (id: string): string =>
  `There is no lease "${id.slice(0, 60)}" that runs. Look at its row on the Leases tab.`;
