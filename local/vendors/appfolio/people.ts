/** What people do at AppFolio's own pages: the manager with tenants and money, residents in the portal, and AppFolio itself. */
import { residing, tenantsOf } from './objects';
import {
  type AppfolioState,
  centsOf,
  type Desk,
  newId,
  nextOf,
  type Occupancy,
  type Property,
  RENT_ACCOUNT,
  type Receipt,
  type Tenant,
  type Unit,
  uuidOf,
} from './state';
import { addCharge } from './writes';

export interface TypedProperty {
  readonly name: string;
  readonly address1: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
}

/** The manager adds a property. */
export function addProperty(state: AppfolioState, typed: TypedProperty, nowMs: number): Property {
  const number = nextOf(state, 'property');
  const property: Property = { ...typed, id: uuidOf('property', number), number, hiddenMs: null, updatedMs: nowMs };
  state.properties.push(property);
  return property;
}

export interface TypedUnit {
  /** The property's name. */
  readonly property: string;
  readonly name: string;
  /** `1250.00` */
  readonly marketRent: string;
  readonly bedrooms?: number;
  readonly bathrooms?: string;
  readonly squareFeet?: number;
}

const propertyNamed = (state: AppfolioState, name: string): Property => {
  const property = state.properties.find((one) => one.name === name);
  if (!property) throw new Error(`AppFolio has no property ${name}.`);
  return property;
};

/** The manager adds a unit to a property. */
export function addUnit(state: AppfolioState, typed: TypedUnit, nowMs: number): Unit {
  const number = nextOf(state, 'unit');
  const unit: Unit = {
    id: uuidOf('unit', number),
    number,
    propertyId: propertyNamed(state, typed.property).id,
    name: typed.name,
    bedrooms: typed.bedrooms ?? 2,
    bathrooms: typed.bathrooms ?? '1.00',
    squareFeet: typed.squareFeet ?? 800,
    marketRentCents: centsOf(typed.marketRent),
    hiddenMs: null,
    updatedMs: nowMs,
  };
  state.units.push(unit);
  return unit;
}

export interface TypedPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  readonly phone?: string;
}

export interface TypedMoveIn {
  readonly property: string;
  readonly unit: string;
  /** The first one is the lease holder. */
  readonly people: readonly TypedPerson[];
  readonly rent: string;
  readonly deposit?: string;
  readonly leaseFrom: string;
  /** Left out for month to month. */
  readonly leaseTo?: string;
  readonly isFuture?: boolean;
}

const unitNamed = (state: AppfolioState, property: string, name: string): Unit => {
  const { id } = propertyNamed(state, property);
  const unit = state.units.find((one) => one.propertyId === id && one.name === name);
  if (!unit) throw new Error(`AppFolio has no unit ${name} at ${property}.`);
  return unit;
};

/** The manager moves people in. */
export function moveIn(state: AppfolioState, typed: TypedMoveIn, nowMs: number): Occupancy {
  const unit = unitNamed(state, typed.property, typed.unit);
  if (!typed.isFuture && residing(state, unit)) throw new Error(`Somebody lives in ${typed.unit}.`);
  const number = nextOf(state, 'occupancy');
  const occupancy: Occupancy = {
    id: uuidOf('occupancy', number),
    number,
    unitId: unit.id,
    status: typed.isFuture ? 'Future' : 'Current',
    moveInOn: typed.leaseFrom,
    moveOutOn: null,
    leaseFrom: typed.leaseFrom,
    leaseTo: typed.leaseTo ?? null,
    rentCents: centsOf(typed.rent),
    depositCents: centsOf(typed.deposit ?? typed.rent),
    updatedMs: nowMs,
  };
  state.occupancies.push(occupancy);
  for (const person of typed.people) addTenant(state, occupancy, person, nowMs);
  unit.updatedMs = nowMs;
  return occupancy;
}

/** The manager adds somebody to a household. */
export function addTenant(state: AppfolioState, occupancy: Occupancy, person: TypedPerson, nowMs: number): Tenant {
  const number = nextOf(state, 'tenant');
  const tenant: Tenant = {
    id: uuidOf('tenant', number),
    number,
    occupancyId: occupancy.id,
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email ?? '',
    phone: person.phone ?? '',
    isPrimary: tenantsOf(state, occupancy).length === 0,
    updatedMs: nowMs,
  };
  state.tenants.push(tenant);
  return tenant;
}

function tenantNamed(state: AppfolioState, name: string): Tenant {
  const tenant = state.tenants.find(({ firstName, lastName }) => `${firstName} ${lastName}` === name);
  if (!tenant) throw new Error(`AppFolio has no tenant ${name}.`);
  return tenant;
}

/** The occupancy of somebody, by their name. */
export const occupancyOf = (state: AppfolioState, name: string): Occupancy =>
  state.occupancies.find(({ id }) => id === tenantNamed(state, name).occupancyId)!;

/** A clerk changes somebody's mail or phone. */
export function changeContact(
  state: AppfolioState,
  name: string,
  change: { readonly email?: string; readonly phone?: string },
  nowMs: number,
): void {
  Object.assign(tenantNamed(state, name), change, { updatedMs: nowMs });
}

/** The manager enters that somebody will leave. */
export function giveNotice(state: AppfolioState, name: string, moveOutOn: string, nowMs: number): void {
  Object.assign(occupancyOf(state, name), { status: 'Notice', moveOutOn, updatedMs: nowMs });
}

/** The manager moves somebody out. */
export function moveOut(state: AppfolioState, name: string, moveOutOn: string, nowMs: number): void {
  const occupancy = occupancyOf(state, name);
  Object.assign(occupancy, { status: 'Past', moveOutOn, updatedMs: nowMs });
  state.units.find(({ id }) => id === occupancy.unitId)!.updatedMs = nowMs;
}

/** The manager renews a lease, at another rent. */
export function renewLease(
  state: AppfolioState,
  name: string,
  { rent, leaseTo }: { readonly rent: string; readonly leaseTo: string },
  nowMs: number,
): void {
  Object.assign(occupancyOf(state, name), { rentCents: centsOf(rent), leaseTo, updatedMs: nowMs });
}

/** The manager hides a property that was sold. */
export function hideProperty(state: AppfolioState, name: string, nowMs: number): void {
  Object.assign(propertyNamed(state, name), { hiddenMs: nowMs, updatedMs: nowMs });
}

export interface TypedCharge {
  readonly amount: string;
  readonly on: string;
  readonly description: string;
  /** The number of the account; rent's when left out. */
  readonly account?: string;
}

/** The bookkeeper types a charge. Gives its id. */
export function typeCharge(state: AppfolioState, name: string, typed: TypedCharge, nowMs: number): string {
  const account = state.glAccounts.find(({ number }) => number === (typed.account ?? RENT_ACCOUNT));
  if (!account) throw new Error(`AppFolio has no account ${typed.account}.`);
  return addCharge(
    { state, nowMs },
    {
      OccupancyId: occupancyOf(state, name).id,
      GlAccountId: account.id,
      AmountDue: typed.amount,
      ChargedOn: typed.on,
      Description: typed.description,
    },
  ).id;
}

export interface TypedReceipt {
  readonly amount: string;
  readonly on: string;
  readonly reference?: string;
  readonly remarks?: string;
  readonly paymentType?: string;
}

function addReceipt({ state, nowMs }: Desk, name: string, typed: TypedReceipt, isOnline: boolean): Receipt {
  const tenant = tenantNamed(state, name);
  const receipt: Receipt = {
    id: newId(state, 'receipt'),
    number: nextOf(state, 'txn'),
    occupancyId: tenant.occupancyId,
    tenantId: tenant.id,
    cents: centsOf(typed.amount),
    receivedOn: typed.on,
    reference: typed.reference ?? '',
    remarks: typed.remarks ?? '',
    paymentType: typed.paymentType ?? (isOnline ? 'eCheck' : 'Check'),
    isOnline,
    reverses: null,
    updatedMs: nowMs,
  };
  state.receipts.push(receipt);
  return receipt;
}

/** The bookkeeper types a receipt. Gives its transaction. */
export const typeReceipt = (state: AppfolioState, name: string, typed: TypedReceipt, nowMs: number): number =>
  addReceipt({ state, nowMs }, name, typed, false).number;

/** A resident pays in the portal. Gives the transaction. */
export const payInPortal = (state: AppfolioState, name: string, typed: TypedReceipt, nowMs: number): number =>
  addReceipt({ state, nowMs }, name, typed, true).number;

/** The bank returns a receipt: it stays, and a transaction of its own takes it back. Gives that one. */
export function returnReceipt(state: AppfolioState, transaction: number, on: string, nowMs: number): number {
  const receipt = state.receipts.find(({ number }) => number === transaction);
  if (!receipt) throw new Error(`AppFolio has no receipt ${transaction}.`);
  const back: Receipt = {
    ...receipt,
    id: newId(state, 'receipt'),
    number: nextOf(state, 'txn'),
    cents: -receipt.cents,
    receivedOn: on,
    remarks: `NSF receipt ${receipt.reference}`.trim(),
    reverses: receipt.number,
    updatedMs: nowMs,
  };
  state.receipts.push(back);
  return back.number;
}

/** The bookkeeper closes the books up to a day. */
export function closeBooks(state: AppfolioState, until: string): void {
  state.closedUntil = until;
}

/** The owner makes new keys for the Database API; the old ones are worth nothing from then on. */
export function renewDatabaseKeys(state: AppfolioState): { clientId: string; clientSecret: string } {
  const serial = nextOf(state, 'keys');
  const { clientId } = state.databaseApi;
  state.databaseApi = { ...state.databaseApi, clientSecret: `af-database-secret-renewed-${serial}` };
  return { clientId, clientSecret: state.databaseApi.clientSecret };
}

/** The owner takes the right to post away from the keys, or gives it. */
export function allowWrites(state: AppfolioState, may: boolean): void {
  state.databaseApi = { ...state.databaseApi, mayWrite: may };
}

/** AppFolio takes the database down until then. */
export function startMaintenance(state: AppfolioState, untilMs: number): void {
  state.maintenanceUntilMs = untilMs;
}

/** AppFolio is slow until then: what is posted is done, and the answer comes too late. */
export function slowDown(state: AppfolioState, untilMs: number): void {
  state.slowUntilMs = untilMs;
}
