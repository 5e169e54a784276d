/** Which tenant's account in Rent Manager is that of a lease here: by the id on the Links tab, or by who lives in the unit. */
import type { BookCustomer } from '../../domain/books';
import type { Day } from '../../domain/values';
import { fault } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import type { Account, Flow } from '../connector';
import { all, oneOf } from './api';
import { dayIn } from './money';

export interface Place {
  readonly tenant: number;
  readonly property: number;
  readonly unit: number;
}

export interface Wanted {
  readonly customer: BookCustomer;
  readonly day: Day;
}

/** A place, or why there is none, for each. */
export function* placesOf(account: Account, wanted: readonly Wanted[]): Flow<readonly (Place | Fault)[]> {
  const ids = [...new Set(wanted.flatMap((each) => linkOf(each) ?? []))];
  const known =
    ids.length === 0
      ? []
      : yield* all(account, 'Leases', { filters: [oneOf('TenantID', ids)], embeds: 'Tenant,Unit' }, 'LeaseID');
  const unlinked = wanted.filter((each) => !linkOf(each)).map(({ customer }) => plain(customer.property));
  const units = unlinked.length === 0 ? [] : yield* unitsOf(account, new Set(unlinked));
  return wanted.map((each) => (linkOf(each) ? placeOfTenant(each, known) : placeInUnit(each, units)));
}

/** Rent Manager's id of the tenant, from the Links tab. */
const linkOf = ({ customer: { id = '' } }: Wanted): string | undefined => (/^\d+$/.test(id) ? id : undefined);

const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

interface Unit {
  readonly property: string;
  readonly row: Json;
}

/** The units of properties by their names here, with the leases in them. */
function* unitsOf(account: Account, names: ReadonlySet<string>): Flow<readonly Unit[]> {
  const properties = (yield* all(account, 'Properties', {}, 'PropertyID')).filter((row) =>
    names.has(plain(row.str('Name'))),
  );
  if (properties.length === 0) return [];
  const titles = new Map(properties.map((row) => [row.int('PropertyID'), plain(row.str('Name'))]));
  const filters = [oneOf('PropertyID', [...titles.keys()])];
  const rows = yield* all(account, 'Units', { filters, embeds: 'Leases.Tenant' }, 'UnitID');
  return rows.map((row) => ({ property: titles.get(row.int('PropertyID')) ?? '', row }));
}

/** It runs on that day; a charge may be dated a little before the move-in, and money may come after the move-out. */
const isOn = (lease: Json, day: Day): boolean =>
  dayIn(lease, 'MoveInDate') <= day && (!lease.has('MoveOutDate') || dayIn(lease, 'MoveOutDate') >= day);

/** The one of that day, or the latest. */
function leaseFor(leases: readonly Json[], day: Day): Json | undefined {
  const byDay = [...leases].sort((a, b) => (dayIn(a, 'MoveInDate') < dayIn(b, 'MoveInDate') ? -1 : 1));
  return byDay.filter((lease) => isOn(lease, day)).pop() ?? byDay.pop();
}

const placeOf = (lease: Json): Place => ({
  tenant: lease.int('TenantID'),
  property: lease.int('PropertyID'),
  unit: lease.int('UnitID'),
});

const noPlace = (why: string): Fault => fault('rejected', why);

function placeOfTenant({ customer, day }: Wanted, leases: readonly Json[]): Place | Fault {
  const linked = customer.id;
  const own = leases.filter((lease) => String(lease.int('TenantID')) === linked);
  // A tenant with several units has one account; the unit here says which lease is meant.
  const inUnit = own.filter((lease) => plain(lease.opt('Unit.Name') ?? '') === plain(customer.unit));
  const lease = leaseFor(inUnit.length > 0 ? inUnit : own, day);
  return lease
    ? placeOf(lease)
    : noPlace(`Rent Manager has no lease of tenant ${linked}, to whom lease ${customer.leaseId} is linked.`);
}

/** Who lives there must be one of the residents here: the wrong account is worse than none. */
function placeInUnit({ customer, day }: Wanted, units: readonly Unit[]): Place | Fault {
  const unit = units.find(
    ({ property, row }) => property === plain(customer.property) && plain(row.str('Name')) === plain(customer.unit),
  );
  if (!unit)
    return noPlace(
      `Rent Manager has no unit "${customer.unit}" in "${customer.property}". Link the lease on the Links tab.`,
    );
  const residents = plain(customer.residents);
  const theirs = unit.row.items('Leases').filter((lease) => {
    const last = plain(lease.opt('Tenant.LastName') ?? '');
    return last !== '' && residents.includes(last);
  });
  const lease = leaseFor(theirs, day);
  return lease
    ? placeOf(lease)
    : noPlace(
        `Nobody of "${customer.residents}" lives in "${customer.unit}" in Rent Manager. Link the lease on the Links tab.`,
      );
}
