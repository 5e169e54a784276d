/** What the person at the keyboard may see of a book: other properties' leases are to them as if they were not there. */
import type { RunBook } from '../../domain/run-book';
import type { App } from '../../run/app';
import { maySee } from '../../run/person';

export interface Scope {
  /** The person sees all properties. */
  readonly all: boolean;
  property(name: string | undefined): boolean;
  lease(id: string | undefined): boolean;
}

/** Of something that names no lease or property only who sees all of them is told. */
export function scopeOf({ person }: App, { leases }: Pick<RunBook, 'leases'>): Scope {
  if (person?.properties === undefined) return { all: true, property: () => true, lease: () => true };
  const mine = new Set(leases.filter((lease) => maySee(person, lease.property)).map((lease) => lease.id as string));
  return {
    all: false,
    property: (name) => name !== undefined && maySee(person, name),
    lease: (id) => id !== undefined && mine.has(id),
  };
}
