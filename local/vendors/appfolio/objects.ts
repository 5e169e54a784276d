/** The objects of the Database API as it shows them. */
import { entriesOf, openCharges } from './ledger';
import type { Listed, ListRules } from './lists';
import {
  type AppfolioState,
  type Desk,
  isoOf,
  type Occupancy,
  type Property,
  plain,
  type Tenant,
  todayOf,
  type Unit,
} from './state';

export interface Resource {
  readonly rules: ListRules;
  rows(desk: Desk): Listed[];
}

export const unitOf = (state: AppfolioState, occupancy: Occupancy): Unit =>
  state.units.find(({ id }) => id === occupancy.unitId)!;
export const propertyOf = (state: AppfolioState, unit: Unit): Property =>
  state.properties.find(({ id }) => id === unit.propertyId)!;
export const tenantsOf = (state: AppfolioState, occupancy: Occupancy): Tenant[] =>
  state.tenants
    .filter(({ occupancyId }) => occupancyId === occupancy.id)
    .sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || a.number - b.number);

const LIVES_THERE: readonly string[] = ['Current', 'Notice', 'Evict'];
/** Who lives in the unit now. */
export const residing = (state: AppfolioState, unit: Unit): Occupancy | undefined =>
  state.occupancies.find(({ unitId, status }) => unitId === unit.id && LIVES_THERE.includes(status));

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));
const address = ({ address1, city, state, zip }: Property) => ({
  Address1: address1,
  City: city,
  State: state,
  Zip: zip,
});

const shownProperty = (property: Property): Listed => ({
  id: property.id,
  updatedMs: property.updatedMs,
  isHidden: property.hiddenMs !== null,
  shown: {
    Id: property.id,
    Name: property.name,
    ...address(property),
    HiddenAt: isoOrNull(property.hiddenMs),
    LastUpdatedAt: isoOf(property.updatedMs),
  },
});

function shownUnit(state: AppfolioState, unit: Unit): Listed {
  const occupancy = residing(state, unit);
  return {
    id: unit.id,
    updatedMs: unit.updatedMs,
    isHidden: unit.hiddenMs !== null,
    shown: {
      Id: unit.id,
      PropertyId: unit.propertyId,
      Name: unit.name,
      ...address(propertyOf(state, unit)),
      Bedrooms: unit.bedrooms,
      Bathrooms: unit.bathrooms,
      SquareFeet: unit.squareFeet,
      MarketRent: plain(unit.marketRentCents),
      NonRevenue: false,
      CurrentOccupancyId: occupancy?.id ?? null,
      HiddenAt: isoOrNull(unit.hiddenMs),
      LastUpdatedAt: isoOf(unit.updatedMs),
    },
  };
}

function shownTenant(state: AppfolioState, tenant: Tenant): Listed {
  const occupancy = state.occupancies.find(({ id }) => id === tenant.occupancyId)!;
  const unit = unitOf(state, occupancy);
  // A tenant's row tells of the lease too: what changes there changes here.
  const updatedMs = Math.max(tenant.updatedMs, occupancy.updatedMs);
  return {
    id: tenant.id,
    updatedMs,
    isHidden: false,
    shown: {
      Id: tenant.id,
      OccupancyId: occupancy.id,
      UnitId: unit.id,
      PropertyId: unit.propertyId,
      FirstName: tenant.firstName,
      LastName: tenant.lastName,
      Email: tenant.email === '' ? null : tenant.email,
      Phone: tenant.phone === '' ? null : tenant.phone,
      MobilePhone: null,
      LeaseHolder: tenant.isPrimary,
      Status: occupancy.status,
      MoveInOn: occupancy.moveInOn,
      MoveOutOn: occupancy.moveOutOn,
      LeaseStartDate: occupancy.leaseFrom,
      LeaseEndDate: occupancy.leaseTo,
      CurrentRent: plain(occupancy.rentCents),
      HiddenAt: null,
      LastUpdatedAt: isoOf(updatedMs),
    },
  };
}

function shownLease(state: AppfolioState, occupancy: Occupancy): Listed {
  const unit = unitOf(state, occupancy);
  return {
    id: occupancy.id,
    updatedMs: occupancy.updatedMs,
    isHidden: false,
    shown: {
      Id: occupancy.id,
      OccupancyId: occupancy.id,
      UnitId: unit.id,
      PropertyId: unit.propertyId,
      Status: occupancy.status,
      StartOn: occupancy.leaseFrom,
      EndOn: occupancy.leaseTo,
      Rent: plain(occupancy.rentCents),
      SecurityDeposit: plain(occupancy.depositCents),
      LastUpdatedAt: isoOf(occupancy.updatedMs),
    },
  };
}

type Charged = AppfolioState['charges'][number];

function shownCharge(state: AppfolioState, charge: Charged, cents: number): Listed {
  const occupancy = state.occupancies.find(({ id }) => id === charge.occupancyId)!;
  return {
    id: charge.id,
    updatedMs: charge.updatedMs,
    isHidden: false,
    shown: {
      Id: charge.id,
      OccupancyId: charge.occupancyId,
      PropertyId: unitOf(state, occupancy).propertyId,
      GlAccountId: charge.glAccountId,
      AmountDue: plain(cents),
      ChargedOn: charge.chargedOn,
      Description: charge.description,
      LastUpdatedAt: isoOf(charge.updatedMs),
    },
  };
}

const delinquent = (desk: Desk): Listed[] =>
  desk.state.occupancies.flatMap((occupancy) =>
    openCharges(desk.state, occupancy, todayOf(desk)).map((charge) =>
      shownCharge(desk.state, charge, charge.openCents),
    ),
  );

const ledgerRows = ({ state }: Desk): Listed[] =>
  entriesOf(state).map((entry) => ({
    id: entry.id,
    updatedMs: entry.updatedMs,
    isHidden: false,
    shown: {
      Id: entry.id,
      OccupancyId: entry.occupancyId,
      TenantId: entry.tenantId,
      Type: entry.kind,
      OccurredOn: entry.on,
      Description: entry.description,
      Amount: plain(entry.cents),
      LastUpdatedAt: isoOf(entry.updatedMs),
    },
  }));

/** What can be listed, by its path. */
export const RESOURCES: Readonly<Record<string, Resource>> = {
  properties: { rules: { hides: true }, rows: ({ state }) => state.properties.map(shownProperty) },
  units: { rules: { hides: true }, rows: ({ state }) => state.units.map((unit) => shownUnit(state, unit)) },
  tenants: { rules: {}, rows: ({ state }) => state.tenants.map((tenant) => shownTenant(state, tenant)) },
  leases: { rules: {}, rows: ({ state }) => state.occupancies.map((occupancy) => shownLease(state, occupancy)) },
  charges: {
    rules: {},
    rows: ({ state }) => state.charges.map((charge) => shownCharge(state, charge, charge.cents)),
  },
  delinquent_charges: { rules: {}, rows: delinquent },
  tenant_ledgers: { rules: {}, rows: ledgerRows },
  gl_accounts: {
    rules: { filterIsOptional: true },
    rows: ({ state }) =>
      state.glAccounts.map(({ id, number, name, type, updatedMs }) => ({
        id,
        updatedMs,
        isHidden: false,
        shown: { Id: id, Number: number, AccountName: name, AccountType: type, LastUpdatedAt: isoOf(updatedMs) },
      })),
  },
};
