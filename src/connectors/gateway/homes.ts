/** Who lives where, as a gateway's list of tenants tells it: for what is posted, and for leases to be taken over. */
import type { BookCustomer } from '../../domain/books';
import type { Day } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Flow } from '../connector';
import type { Roster, RosterLease } from '../roster';
import { joined, readRows } from '../seen';
import { aboutRow, everyRow, wordIn } from './lines';
import type { Kind, Profile, TenantPart } from './profile';
import { dayIn, idIf, idIn, textIf } from './wire';

export interface Home {
  readonly tenant: string | undefined;
  readonly lease: string | undefined;
  readonly property: string | undefined;
  readonly unit: string | undefined;
}

const rowsOfTenants = (profile: Profile): Flow<readonly Json[]> =>
  everyRow(profile, profile.paths.tenants ?? '', profile.list.tenants, {});

// ---------------------------------------------------------------- where a line belongs

const PLACES = ['property', 'unit', 'tenant', 'lease'] as const;

/** Whether more has to be known of the household than the id that the Links tab has. */
const needsRows = (profile: Profile, kind: Kind, { id }: BookCustomer): boolean =>
  id === undefined || PLACES.some((part) => part !== profile.key && profile[kind][part] !== undefined);

export interface Posted {
  readonly kind: Kind;
  readonly customer: BookCustomer;
}

/** The list of tenants, where one of the lines cannot do without; read once for all of them. */
export function* tenantsFor(profile: Profile, lines: readonly Posted[]): Flow<readonly Json[]> {
  const isNeeded = lines.some(({ kind, customer }) => needsRows(profile, kind, customer));
  return isNeeded && profile.paths.tenants !== undefined ? yield* rowsOfTenants(profile) : [];
}

/** Throws a `rejected` fault where nobody, or more than one, may be meant: money never goes to a household by guess. */
export function homeOf(profile: Profile, { kind, customer }: Posted, rows: readonly Json[]): Home {
  if (rows.length === 0 || !needsRows(profile, kind, customer)) return untold(profile, customer);
  const at = (row: Json, part: TenantPart) => idIf(row, profile.tenant[part]);
  const keyed = (row: Json) => at(row, profile.key === 'tenant' ? 'id' : 'lease');
  const fits = customer.id === undefined ? livesThere(profile, customer) : (row: Json) => keyed(row) === customer.id;
  const [row, another] = rows.filter(fits);
  if (!row || another) return unknown(profile, customer);
  return { tenant: at(row, 'id'), lease: at(row, 'lease'), property: at(row, 'property'), unit: at(row, 'unit') };
}

function untold({ title, key }: Profile, { id, leaseId, property, unit }: BookCustomer): Home {
  if (id === undefined) return unknown({ title }, { leaseId, id });
  const home = { property, unit };
  return key === 'tenant' ? { ...home, tenant: id, lease: undefined } : { ...home, lease: id, tenant: undefined };
}

function unknown({ title }: Pick<Profile, 'title'>, { id, leaseId }: Pick<BookCustomer, 'id' | 'leaseId'>): never {
  const known = id === undefined ? 'It is not known who that is there' : `There is nobody with the id ${id} there`;
  return fail('rejected', `${known}: put the id of lease ${leaseId} at ${title} on the Links tab, as its customer.`);
}

/** The same unit, and the same mail or the same name. */
function livesThere({ tenant: names }: Profile, customer: BookCustomer): (row: Json) => boolean {
  const plain = (text: string | undefined): string => (text ?? '').trim().toLowerCase();
  const residents = plain(customer.residents);
  return (row) => {
    const name = plain(joined([textIf(row, names.first), textIf(row, names.last)]));
    const mail = plain(textIf(row, names.email));
    const isSame = (mail !== '' && mail === plain(customer.email)) || (name !== '' && residents.includes(name));
    return isSame && plain(idIf(row, names.unit)) === plain(customer.unit);
  };
}

// ---------------------------------------------------------------- leases to be taken over

const STATES: Readonly<Record<string, RosterLease['state']>> = {
  current: 'current',
  active: 'current',
  notice: 'notice',
  'on notice': 'notice',
  future: 'future',
  applicant: 'future',
  past: 'past',
  former: 'past',
  moved: 'past',
  'moved out': 'past',
};

export function* rosterOf(profile: Profile): Flow<Roster> {
  if (profile.paths.tenants === undefined)
    return fail('rejected', 'This gateway lists no tenants: enter the path of its list, or import a file.');
  const rows = yield* rowsOfTenants(profile);
  const about = (row: Json) => aboutRow(row, profile.tenant.id ?? '');
  const { found, faults } = readRows(rows, about, (row) => leaseIn(profile, row.as(`tenant ${about(row)}`)));
  return { leases: found, faults };
}

function leaseIn(profile: Profile, row: Json): RosterLease {
  const { tenant: names, key, currency } = profile;
  const text = (part: TenantPart) => textIf(row, names[part]);
  const money = (part: TenantPart) =>
    names[part] && row.has(names[part]) ? amountOf(profile, row, names[part]) : undefined;
  const on = (part: TenantPart): Day | undefined => (text(part) ? dayIn(profile, row, names[part] ?? '') : undefined);
  const id = key === 'tenant' ? idIn(row, names.id ?? '') : idIn(row, names.lease ?? '');
  const property = idIf(row, names.property) ?? '';
  const email = text('email');
  return {
    id,
    property,
    propertyId: property,
    unit: idIf(row, names.unit) ?? '',
    residents: [joined([text('first'), text('last')])].filter((name) => name !== ''),
    emails: email ? [email] : [],
    phone: text('phone') ?? '',
    state: wordIn(row, names.status ?? '', STATES),
    currency,
    ...known('rentCents', money('rent')),
    ...known('balanceCents', money('balance')),
    ...known('start', on('moveIn') ?? on('from')),
    ...known('end', on('moveOut') ?? on('to')),
  };
}

const amountOf = ({ amounts, currency }: Profile, row: Json, name: string) =>
  amounts === 'cents' ? row.minor(name) : row.decimal(name, currency);

const known = <Name extends string, T>(name: Name, value: T | undefined): { readonly [Each in Name]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Each in Name]?: T };
