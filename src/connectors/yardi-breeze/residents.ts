/** Residents of Voyager: who a wish is about, and leases to be taken over. */
import type { BookCustomer } from '../../domain/books';
import { monthKey, parseDay } from '../../domain/calendar';
import { sum } from '../../domain/money';
import type { Cents, Day } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Account, Flow } from '../connector';
import { pairsIn } from '../gateway/profile';
import type { Roster, RosterLease } from '../roster';
import { joined, readRows } from '../seen';
import { codesIn } from './codes';
import { amountIn, currencyOf, customersOf, detailsIn, type PropertyRow, propertiesOf } from './rows';
import { allIn, type Element, firstIn, textIn } from './xml';

const same = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a.trim().toLowerCase() === b.trim().toLowerCase();

/** Our property by its code or name there, or by what the owner entered. */
function propertyOf({ VOYAGER_PROPERTIES: given }: Account, name: string, rows: readonly PropertyRow[]): PropertyRow {
  const told = pairsIn(given).find(([ours]) => same(ours, name))?.[1];
  const found = rows.filter((row) => same(row.code, told ?? name) || (told === undefined && same(row.name, name)));
  const [row] = found;
  if (row && found.length === 1) return row;
  return fail(
    'rejected',
    `Voyager has no one property "${told ?? name}": enter its code on the card, under Properties.`,
  );
}

/** Money never goes to a tenant by guess: by the id on the Links tab, or the unit together with the mail or the name. */
export function* homeOf(
  account: Account,
  customer: BookCustomer,
  properties: readonly PropertyRow[],
): Flow<{ readonly property: string; readonly tenant: string }> {
  const { code } = propertyOf(account, customer.property, properties);
  if (customer.id !== undefined) return { property: code, tenant: customer.id };
  const rows = yield* customersOf(account, 'GetResidents_Login', code);
  const fits = rows.filter((row) => livesThere(row, customer));
  const tenant = fits[0] && textIn(fits[0], 'CustomerID');
  if (tenant && fits.length === 1) return { property: code, tenant };
  return fail(
    'rejected',
    `It is not known who that is in Voyager: put the tenant code of lease ${customer.leaseId} on the Links tab, as its customer.`,
  );
}

function livesThere(row: Element, { residents, email, unit }: BookCustomer): boolean {
  if (!same(textIn(row, 'UnitID'), unit)) return false;
  return allIn(row, 'Customer').some((person) => {
    const name = nameOf(person).toLowerCase();
    return same(textIn(person, 'Email'), email) || (name !== '' && residents.toLowerCase().includes(name));
  });
}

const nameOf = (person: Element): string => joined([textIn(person, 'FirstName'), textIn(person, 'LastName')]);

// ---------------------------------------------------------------- leases to be taken over

const STATES: Readonly<Record<string, RosterLease['state']>> = {
  'current resident': 'current',
  current: 'current',
  notice: 'notice',
  'future resident': 'future',
  future: 'future',
  applicant: 'future',
  'former resident': 'past',
  past: 'past',
};

export function* rosterOf(account: Account, today: Day): Flow<Roster> {
  const leases: RosterLease[] = [];
  const faults: Roster['faults'][number][] = [];
  for (const property of yield* propertiesOf(account)) {
    const rows = yield* customersOf(account, 'GetResidents_Login', property.code);
    if (rows.length === 0) continue;
    const rents = yield* rentsOf(account, property.code, today);
    const balances = yield* balancesOf(account, property.code);
    const about = (row: Element) => textIn(row, 'CustomerID') ?? '(without a code)';
    const read = readRows(rows, about, (row) => {
      const id = textIn(row, 'CustomerID') ?? fail('malformed', 'A resident of Voyager’s has no code.');
      return { ...leaseIn(row, id, property, today, account), ...rents.get(id), ...balances.get(id) };
    });
    leases.push(...read.found);
    faults.push(...read.faults);
  }
  return { leases, faults };
}

/** What the lease charges as rent this month; where it charges none the resident's own row says the rent. */
function* rentsOf(account: Account, property: string, today: Day): Flow<Map<string, { readonly rentCents: Cents }>> {
  const month = { PostMonth: `${monthKey(today)}-01` as Day };
  const rows = yield* customersOf(account, 'GetResidentsLeaseCharges_Login', property, month);
  const rent = codesIn(account, 'rent');
  const found = new Map<string, { readonly rentCents: Cents }>();
  for (const row of rows) {
    const charges = detailsIn([row], 'Charge').filter((each) => textIn(each, 'ChargeCode') === rent);
    const id = textIn(row, 'CustomerID');
    if (id && charges.length > 0)
      found.set(id, { rentCents: sum(charges.map((each) => amountIn(each, 'Amount', account))) });
  }
  return found;
}

function* balancesOf(account: Account, property: string): Flow<Map<string, { readonly balanceCents: Cents }>> {
  const rows = yield* customersOf(account, 'GetResidentBalances', property);
  return new Map(
    rows.flatMap((row) => {
      const id = textIn(row, 'CustomerID');
      return id && firstIn(row, 'Balance') ? [[id, { balanceCents: amountIn(row, 'Balance', account) }] as const] : [];
    }),
  );
}

function leaseIn(row: Element, id: string, property: PropertyRow, today: Day, account: Account): RosterLease {
  const people = allIn(row, 'Customer');
  const on = (name: string): Day | undefined => parseDay((textIn(row, name) ?? '').slice(0, 10));
  const start = on('ActualMoveIn') ?? on('ExpectedMoveInDate') ?? on('LeaseFromDate');
  const leaves = on('ActualMoveOut') ?? on('ExpectedMoveOutDate');
  const end = leaves ?? on('LeaseToDate');
  const state = stateOf(people[0], id);
  return {
    id,
    property: property.name,
    propertyId: property.code,
    unit: textIn(row, 'UnitID') ?? '',
    residents: people.map(nameOf).filter((name) => name !== ''),
    emails: people.flatMap((person) => textIn(person, 'Email') ?? []),
    phone: textIn(row, 'PhoneNumber') ?? '',
    state: state === 'current' && leaves !== undefined && leaves >= today ? 'notice' : state,
    currency: currencyOf(account),
    ...(firstIn(row, 'CurrentRent') ? { rentCents: amountIn(row, 'CurrentRent', account) } : {}),
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
  };
}

/** A word that is not known is a fault that names it. */
function stateOf(person: Element | undefined, id: string): RosterLease['state'] {
  const word = person?.attributes.Type?.toLowerCase() ?? '';
  const found = Object.entries(STATES).find(([each]) => each === word);
  return found
    ? found[1]
    : fail('malformed', `Resident ${id} is "${word}", which is not one of ${Object.keys(STATES).join(', ')}.`);
}
