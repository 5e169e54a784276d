/** Who lives where: occupancies with their unit, property and people, and which of them a charge or receipt of ours is about. */
import type { BookCustomer } from '../../domain/books';
import { parseDay } from '../../domain/calendar';
import { wordsOf } from '../../domain/names';
import { unitName } from '../../domain/unit-text';
import type { Cents, Day } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Flow, Lost } from '../connector';
import { readRows } from '../seen';
import { EVER, list, USD } from './api';

export interface Person {
  readonly id: string;
  /** `Ada Park` */
  readonly name: string;
  /** `Park, Ada`, as reports have it. */
  readonly listed: string;
  readonly email: string;
  readonly phone: string;
  readonly isPrimary: boolean;
}

export interface Household {
  /** The occupancy: what money hangs on. */
  readonly id: string;
  readonly property: string;
  readonly propertyId: string;
  readonly unit: string;
  readonly state: 'future' | 'current' | 'notice' | 'past';
  /** The lease holder first. */
  readonly people: readonly Person[];
  readonly moveIn?: Day;
  readonly moveOut?: Day;
  readonly leaseFrom?: Day;
  readonly rentCents?: Cents;
}

export interface Directory {
  readonly households: readonly Household[];
  readonly faults: readonly Lost[];
}

/** Somebody who is being evicted lives there still. */
const STATES: Readonly<Record<string, Household['state']>> = {
  Current: 'current',
  Notice: 'notice',
  Evict: 'current',
  Future: 'future',
  Past: 'past',
};

/** Everybody who lives, lived or will live in any unit, hidden ones too: a sold house may still owe. */
export function* directory(): Flow<Directory> {
  const hidden = { ...EVER, IncludeHidden: 'true' };
  const properties = byId(yield* list('properties', hidden));
  const units = byId(yield* list('units', hidden));
  const tenants = yield* list('tenants', EVER);
  // A lead that never moved in has no occupancy.
  const living = tenants.filter((row) => row.has('OccupancyId'));
  const read = readRows(
    living,
    (row) => row.path,
    (row) => ({ row, person: personIn(row), household: householdIn(row, properties, units) }),
  );
  const households = new Map<string, Household>();
  for (const { person, household } of read.found) {
    const { people } = households.get(household.id) ?? household;
    const all = person.isPrimary ? [person, ...people] : [...people, person];
    households.set(household.id, { ...household, people: all });
  }
  return { households: [...households.values()], faults: read.faults };
}

const byId = (rows: readonly Json[]): ReadonlyMap<string, Json> => new Map(rows.map((row) => [row.str('Id'), row]));

function personIn(row: Json): Person {
  const [first, last] = [row.opt('FirstName') ?? '', row.opt('LastName') ?? ''];
  return {
    id: row.str('Id'),
    name: `${first} ${last}`.trim(),
    listed: [last, first].filter((part) => part !== '').join(', '),
    email: row.opt('Email') ?? '',
    phone: row.opt('MobilePhone') ?? row.opt('Phone') ?? '',
    isPrimary: row.at('LeaseHolder').value === true,
  };
}

function householdIn(row: Json, properties: ReadonlyMap<string, Json>, units: ReadonlyMap<string, Json>): Household {
  const unit = units.get(row.opt('UnitId') ?? '');
  // Some rows lack the property's id: the unit has it.
  const propertyId = row.opt('PropertyId') ?? unit?.opt('PropertyId') ?? '';
  const property = properties.get(propertyId);
  const rentCents = row.has('CurrentRent') ? row.decimal('CurrentRent', USD) : undefined;
  return {
    id: row.str('OccupancyId'),
    property:
      property?.opt('Name') ?? property?.opt('Address1') ?? row.at('PropertyId').wrong('a property of the list'),
    propertyId,
    unit: unit?.opt('Name') ?? '',
    state: row.oneOf('Status', STATES),
    people: [],
    ...days({
      moveIn: dayIn(row, 'MoveInOn'),
      moveOut: dayIn(row, 'MoveOutOn'),
      leaseFrom: dayIn(row, 'LeaseStartDate'),
    }),
    ...(rentCents === undefined ? {} : { rentCents }),
  };
}

const dayIn = (row: Json, path: string): Day | undefined => {
  const text = row.opt(path);
  return text === undefined ? undefined : (parseDay(text.slice(0, 10)) ?? row.at(path).wrong('a day'));
};

type Days = Readonly<Record<string, Day | undefined>>;
const days = <T extends Days>(given: T): { [Name in keyof T]?: Day } =>
  Object.fromEntries(Object.entries(given).filter(([, day]) => day !== undefined)) as { [Name in keyof T]?: Day };

// ---------------------------------------------------------------- which of them it is

/** One form of a name: words in lower case. */
export const plain = (text: string): string => wordsOf(text).join(' ');

const isAt = (one: Household, property: string, unit: string): boolean =>
  plain(one.property) === plain(property) && unitName(one.unit) === unitName(unit);

function lives(one: Household, { residents, email }: BookCustomer): boolean {
  const words = ` ${plain(residents)} `;
  return one.people.some(
    (person) =>
      (email !== undefined && person.email !== '' && person.email.toLowerCase() === email.toLowerCase()) ||
      (person.name !== '' && words.includes(` ${plain(person.name)} `)),
  );
}

/**
 * The household of a lease: the one that the Links tab names, or that of its property and unit with somebody of its residents by mail
 * or full name. Throws where that is nobody or not one alone: a charge must never lie on somebody else's account.
 */
export function householdOf({ households }: Directory, customer: BookCustomer): Household {
  const { id, property, unit, residents } = customer;
  const linked = households.find((one) => one.id === id);
  if (linked) return linked;
  if (id !== undefined) return fail('missing', `AppFolio has no lease ${id}, which the Links tab names for this one.`);
  const there = households.filter((one) => isAt(one, property, unit));
  const found = there.filter((one) => lives(one, customer));
  const living = found.filter(({ state }) => state !== 'past');
  const [only] = living.length > 0 ? living : found;
  if (only && (living.length === 1 || found.length === 1)) return only;
  const where = `${property} ${unit}`.trim();
  if (found.length > 1) return fail('rejected', `AppFolio has several leases of ${residents} at ${where}.`);
  const lacks = there.length === 0 ? `no lease of ${where}` : `nobody called ${residents} at ${where}`;
  return fail('missing', `AppFolio has ${lacks}. Take the lease over from AppFolio, or name it on the Links tab.`);
}
