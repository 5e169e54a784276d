/** Leases and residents as Rent Manager has them: one for each tenant who lives there, is to come or has left of late. */

import { addDays } from '../../domain/calendar';
import { sum } from '../../domain/money';
import type { Cents, Day } from '../../domain/values';
import { raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { together } from '../../http/paging';
import type { Account, Flow } from '../connector';
import type { Roster, RosterLease, RosterReading } from '../roster';
import { joined, readRows } from '../seen';
import { all, currencyOf } from './api';
import { typeOf } from './books';
import { dayIn } from './money';

/** So long after the last day a lease is still told, so that its end is taken over. */
const PAST_DAYS = 100;

/** `Past` comes by the leases that ended of late. */
const STATES: Readonly<Record<string, 'current' | 'future' | 'past'>> = {
  Current: 'current',
  Future: 'future',
  Past: 'past',
};

const EMBEDS = 'Contacts.PhoneNumbers,Leases.Unit,RecurringCharges,Balance';

export const roster: RosterReading = function* (account, today): Flow<Roster> {
  const [properties, current, future, ended] = yield* lists(account, today);
  const names = new Map(properties.map((row) => [row.int('PropertyID'), row.str('Name')]));
  const living = readRows([...current, ...future], aboutTenant, (row) => leaseOf(row, names, account, today));
  const past = readRows(ended, aboutLease, (row) => pastLease(row, names, account));
  const there = new Set(living.found.map(({ id }) => id));
  return {
    leases: [...living.found, ...past.found.filter(({ id }) => !there.has(id))],
    faults: [...living.faults, ...past.faults],
  };
};

const aboutTenant = (row: Json): string => `tenant ${row.int('TenantID')}`;
const aboutLease = (row: Json): string => `lease ${row.int('LeaseID')}`;

type Lists = readonly [readonly Json[], readonly Json[], readonly Json[], readonly Json[]];

function* lists(account: Account, today: Day): Flow<Lists> {
  const tenants = (status: string) =>
    all(account, 'Tenants', { filters: [`Status,eq,${status}`], embeds: EMBEDS }, 'TenantID');
  const over = [`MoveOutDate,ge,${addDays(today, -PAST_DAYS)}`, `MoveOutDate,lt,${today}`];
  const results = yield* together([
    all(account, 'Properties', {}, 'PropertyID'),
    tenants('Current'),
    tenants('Future'),
    all(account, 'Leases', { filters: over, embeds: 'Tenant,Unit' }, 'LeaseID'),
  ]);
  return results.map((result) => ('fault' in result ? raise(result.fault) : result.value)) as unknown as Lists;
}

const days = (leases: readonly Json[], path: string): readonly Day[] =>
  leases.flatMap((lease) => (lease.has(path) ? dayIn(lease, path) : [])).sort();

/** A tenant has one account, whatever units are rented: all of them are one lease here, which owes together. */
function leaseOf(tenant: Json, names: ReadonlyMap<number, string>, account: Account, today: Day): RosterLease {
  const told = tenant.oneOf('Status', STATES);
  const leases = tenant
    .items('Leases')
    .filter((lease) => !lease.has('MoveOutDate') || dayIn(lease, 'MoveOutDate') >= today);
  const ends = days(leases, 'MoveOutDate');
  const end = ends.length === leases.length ? ends[ends.length - 1] : undefined;
  const [start] = days(leases, 'MoveInDate');
  const contacts = [...tenant.items('Contacts')].sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
  const rentCents = rentOf(tenant, account, today);
  return {
    ...placeOf(tenant, leases, names),
    residents: contacts.map(nameOf).filter((name) => name !== ''),
    emails: contacts.flatMap((contact) => contact.opt('Email') ?? []),
    phone: contacts.flatMap(phonesOf)[0] ?? '',
    state: told === 'current' && end !== undefined ? 'notice' : told,
    currency: currencyOf(account),
    ...(rentCents === undefined ? {} : { rentCents }),
    ...(tenant.has('RentDueDay') ? { dueDay: tenant.int('RentDueDay') } : {}),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(tenant.has('Balance') ? { balanceCents: tenant.decimal('Balance', currencyOf(account)) } : {}),
  };
}

function placeOf(tenant: Json, leases: readonly Json[], names: ReadonlyMap<number, string>) {
  const property = tenant.int('PropertyID');
  return {
    id: String(tenant.int('TenantID')),
    property: names.get(property) ?? tenant.at('PropertyID').wrong('one of the properties'),
    propertyId: String(property),
    unit: leases.map((lease) => lease.opt('Unit.Name') ?? '').join(', '),
  };
}

const isFirst = (contact: Json): boolean => contact.at('IsPrimary').value === true;
const nameOf = (person: Json): string => joined([person.opt('FirstName'), person.opt('LastName')]);
const phonesOf = (contact: Json): readonly string[] =>
  [...contact.items('PhoneNumbers')]
    .sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)))
    .flatMap((phone) => phone.opt('PhoneNumber') ?? []);

/** What recurs every month for rent on that day, or next where it has not begun; left out where no rent is set up. */
function rentOf(tenant: Json, account: Account, today: Day): Cents | undefined {
  const type = typeOf(account, 'rent');
  const isOver = (row: Json) => row.has('ToDate') && dayIn(row, 'ToDate') < today;
  const rows = tenant
    .items('RecurringCharges')
    .filter((row) => row.int('ChargeTypeID') === type && row.int('Frequency') === 1 && !isOver(row));
  const begun = rows.filter((row) => !row.has('FromDate') || dayIn(row, 'FromDate') <= today);
  const [next] = days(rows, 'FromDate');
  const counted = begun.length > 0 ? begun : rows.filter((row) => dayIn(row, 'FromDate') === next);
  if (counted.length === 0) return undefined;
  return sum(counted.map((row) => row.decimal('Amount', currencyOf(account))));
}

function pastLease(lease: Json, names: ReadonlyMap<number, string>, account: Account): RosterLease {
  const tenant = lease.at('Tenant').as(aboutTenant(lease));
  return {
    ...placeOf(tenant, [lease], names),
    residents: [nameOf(tenant)],
    emails: [],
    phone: '',
    state: 'past',
    currency: currencyOf(account),
    start: dayIn(lease, 'MoveInDate'),
    end: dayIn(lease, 'MoveOutDate'),
  };
}
