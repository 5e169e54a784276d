/** Properties, units, leases and residents of AppFolio: the Database API knows people, the reports know rent and what is owed. */
import { sum } from '../../domain/money';
import type { Cents, Day } from '../../domain/values';
import { bodyOf } from '../../http/body';
import type { Json } from '../../http/json';
import { type Account, asked, type Flow } from '../connector';
import type { SampleRow } from '../mirror';
import type { Roster, RosterLease } from '../roster';
import { numberIn, oneOf, printed, report, USD } from './api';
import { directory, type Household, plain } from './households';

const AGES = ['00_to30', '30_to60', '60_to90', '90_plus'];
/** Current, past, future, evicted, on notice. */
const ALL_STATUSES = ['0', '1', '2', '3', '4'];

export function* roster(account: Account, today: Day): Flow<Roster> {
  const { households, faults } = yield* directory();
  const roll = yield* report(account, 'rent_roll', { as_of_to: today, unit_visibility: 'all' });
  const owing = yield* report(account, 'delinquency', { tenant_statuses: ALL_STATUSES });
  const rents = byHome(roll, 'tenant', (row) => (row.opt('rent') ? printed(row, 'rent') : undefined));
  const owed = byHome(owing, 'name', (row) => sum(AGES.map((age) => printed(row, age))));
  // The short number of the house in the reports: people read it, and leases are named by it.
  const houses = new Map(roll.map((row) => [plain(row.opt('property_name') ?? ''), numberIn(row, 'property_id')]));
  // Who has left long ago too: a lease that is linked must be found, or it looks as if it had vanished.
  const leases = households.map((household) => {
    const propertyId = houses.get(plain(household.property)) ?? household.propertyId;
    return { ...leaseOf(household, rents, owed), propertyId };
  });
  return { leases, faults };
}

type Amounts = ReadonlyMap<string, Cents>;

const homeOf = (property: string, unit: string, name: string): string => [property, unit, name].map(plain).join('\n');

/** What a report says of each household, by the names that both APIs share. */
function byHome(rows: readonly Json[], name: string, read: (row: Json) => Cents | undefined): Amounts {
  const found = new Map<string, Cents>();
  for (const row of rows) {
    const amount = read(row);
    const home = homeOf(row.opt('property_name') ?? '', row.opt('unit') ?? '', row.opt(name) ?? '');
    if (amount !== undefined) found.set(home, amount);
  }
  return found;
}

/** What the reports say beside what the Database API says. */
function leaseOf(household: Household, rents: Amounts, owed: Amounts): Omit<RosterLease, 'propertyId'> {
  const { id, property, unit, state, people, moveIn, moveOut, leaseFrom } = household;
  const homes = people.map(({ listed }) => homeOf(property, unit, listed));
  const amount = (of: Amounts): Cents | undefined =>
    homes.map((home) => of.get(home)).find((each) => each !== undefined);
  const rentCents = amount(rents) ?? household.rentCents;
  const start = leaseFrom ?? moveIn;
  // The day on which a term ends is not the day on which somebody leaves: most stay month to month.
  return {
    id,
    property,
    unit,
    residents: people.map(({ name }) => name),
    emails: people.map(({ email }) => email).filter((email) => email !== ''),
    phone: people.map(({ phone }) => phone).find((phone) => phone !== '') ?? '',
    state,
    currency: USD,
    ...(rentCents === undefined ? {} : { rentCents }),
    ...(start === undefined ? {} : { start }),
    ...(moveOut === undefined ? {} : { end: moveOut }),
    balanceCents: amount(owed) ?? (0 as Cents),
  };
}

/** One tenant as AppFolio shows it. */
export function* sample(): Flow<SampleRow | undefined> {
  const [row] = bodyOf(yield* asked(oneOf('tenants')), 'tenants').list('data');
  if (!row) return undefined;
  const fields = Object.entries(row.value as Readonly<Record<string, unknown>>).map(([field, value]) => ({
    field,
    label: field.replace(/([a-z])([A-Z])/g, '$1 $2'),
    value: value === null || typeof value === 'object' ? '' : String(value),
  }));
  return { id: row.str('Id'), name: `${row.opt('FirstName') ?? ''} ${row.opt('LastName') ?? ''}`.trim(), fields };
}
