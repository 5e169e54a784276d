/** Rows of the Leases and Links tabs of which the book has nothing, because a person must mend them first. */
import type { Unread } from '../domain/roster';
import type { Host } from '../ports';
import { textOf } from './cells';
import { currentRows } from './current-rows';
import type { Loaded } from './load';
import { LEASES, LINKS } from './schema';

export function unreadRows(host: Host, loaded: Loaded, platform: string): Unread {
  const runs = new Set(loaded.book.leases.map(({ id }) => id.toLowerCase()));
  const isLost = (id: string) => id !== '' && !runs.has(id.toLowerCase());
  const links = currentRows(host, loaded, LINKS)
    .filter((row) => textOf(row.Platform).toLowerCase() === platform && textOf(row.Kind).toLowerCase() === 'customer')
    .map((row) => [textOf(row['External ID']), textOf(row['Lease ID'])] as const);
  const leases = currentRows(host, loaded, LEASES).map((row) => textOf(row['Lease ID']));
  return { leases: leases.filter(isLost), links: new Map(links.filter(([, lease]) => isLost(lease))) };
}
