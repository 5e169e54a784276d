/** How leases of a property system and those of the sheet are named and found beside each other. */
import type { Lease } from './book';
import type { Listed } from './roster';
import { unitName } from './unit-text';
import type { Day } from './values';

export const titleOf = ({ property, unit, residents }: Listed): string =>
  `${`${property} ${unit}`.trim()}, ${residents.join(', ') || 'nobody named'}`;

export const isRunning = (lease: Lease | undefined, today: Day): boolean =>
  lease !== undefined && (lease.end === undefined || lease.end >= today);

/** People write a property's name or its code. */
export const isPlace = (name: string, { property, propertyId }: Listed): boolean =>
  [property, propertyId].some((each) => plain(each) !== '' && plain(each) === plain(name));

const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

export const sameUnit = (lease: Lease, each: Listed): boolean =>
  isPlace(lease.property, each) && unitName(lease.unit) === unitName(each.unit);
