/** The leases that a person may see: any other one is answered as one that does not exist. */
import type { Lease, Property } from '../../../domain/book';
import type { RunBook } from '../../../domain/run-book';
import type { App } from '../../../run/app';
import { maySee } from '../../../run/person';

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

/** By its id in any case; undefined where it does not run or must not be seen. */
export function placeFor(app: Pick<App, 'person'>, book: RunBook, id: string): Place | undefined {
  const wanted = id.trim().toLowerCase();
  const lease = book.leases.find((each) => each.id.toLowerCase() === wanted);
  const property = lease && book.properties.get(lease.property);
  return lease && property && maySee(app.person, property.name) ? { lease, property } : undefined;
}

export const noLease = (id: string): string =>
  `There is no lease "${id}" that runs. Look at its row on the Leases tab.`;
