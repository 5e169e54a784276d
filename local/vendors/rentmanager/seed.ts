/** Puts houses, units, households and their money into Rent Manager, as its import tool would. */
import type { Portfolio, PortfolioLine, PortfolioTenant, PortfolioUnit } from '../gateway/portfolio';
import { amountOf } from './accounts';
import { midnight } from './dates';
import { inLocation, insert, type RentmanagerState, type Row, rowById } from './state';

/** Where and when something is done by a person. */
export interface Hand {
  readonly nowMs: number;
  /** The first location when left out. */
  readonly location?: number;
}

export const placeOf = ({ location = 1 }: Hand): number => location;

/** Codes that are numbers become the ids; what is there already under one of them stays as it is. */
export function seedPortfolio(state: RentmanagerState, portfolio: Portfolio, hand: Hand): void {
  const location = placeOf(hand);
  for (const { code, name, street, city, state: region, zip } of portfolio.properties) {
    const PropertyID = Number(code);
    if (rowById(state, 'Properties', location, PropertyID)) continue;
    const ShortName = name.replace(/[^A-Z]/g, '');
    insert(state, 'Properties', location, hand.nowMs, { PropertyID, Name: name, ShortName, IsActive: true });
    const address = { Street: street ?? null, City: city ?? null, State: region ?? null, PostalCode: zip ?? null };
    const parent = { ParentID: PropertyID, ParentType: 'Property', IsPrimary: true };
    insert(state, 'Addresses', location, hand.nowMs, { ...parent, ...address });
  }
  for (const unit of portfolio.units) addUnit(state, unit, hand);
  for (const tenant of portfolio.tenants) moveIn(state, tenant, hand);
  for (const line of portfolio.lines ?? []) addLine(state, line, hand);
}

export function addUnit(state: RentmanagerState, unit: PortfolioUnit, hand: Hand): Row {
  const location = placeOf(hand);
  const UnitID = Number(unit.code);
  const known = rowById(state, 'Units', location, UnitID);
  if (known) return known;
  const fields = { UnitID, PropertyID: Number(unit.property), Name: unit.code, UnitTypeID: 1 };
  return insert(state, 'Units', location, hand.nowMs, fields);
}

/** The type of a charge by its name or number; the rent when left out. */
export function kindOf(state: RentmanagerState, location: number, code = 'RENT'): number {
  const found = inLocation(state, 'ChargeTypes', location).find(
    (row) => row.Name === code || String(row.ChargeTypeID) === code,
  );
  if (!found) throw new Error(`Rent Manager has no charge type ${code}.`);
  return Number(found.ChargeTypeID);
}

/** A household moves in: tenant, contact, phone, lease, and the rent that recurs. */
export function moveIn(state: RentmanagerState, tenant: PortfolioTenant, hand: Hand): number {
  const location = placeOf(hand);
  const TenantID = Number(tenant.code);
  if (rowById(state, 'Tenants', location, TenantID)) return TenantID;
  const PropertyID = Number(tenant.property);
  const UnitID = Number(tenant.unit);
  const add = (table: Parameters<typeof insert>[1], fields: Readonly<Record<string, unknown>>): Row =>
    insert(state, table, location, hand.nowMs, fields);
  const names = { FirstName: tenant.firstName, LastName: tenant.lastName };
  const terms = { RentDueDay: 1, RentPeriod: 'Monthly', DoNotChargeLateFees: false };
  const from = midnight(tenant.moveIn ?? tenant.leaseFrom);
  add('Tenants', { TenantID, TenantDisplayID: TenantID, ...names, PropertyID, ...terms, PostingStartDate: from });
  const contact = add('Contacts', {
    ...{ ParentID: TenantID, ParentType: 'Tenant', IsPrimary: true },
    ...names,
    Email: tenant.email ?? null,
  });
  if (tenant.phone !== undefined)
    add('PhoneNumbers', {
      ...{ ParentID: contact.ContactID, ParentType: 'Contact', PhoneNumberTypeID: 3, IsPrimary: true },
      PhoneNumber: tenant.phone,
    });
  const out = tenant.moveOut === undefined ? null : midnight(tenant.moveOut);
  const lease = tenant.lease === undefined ? {} : { LeaseID: Number(tenant.lease) };
  add('Leases', { ...lease, TenantID, UnitID, PropertyID, MoveInDate: from, MoveOutDate: out, SortOrder: 1 });
  addRent(state, { tenant: TenantID, unit: UnitID, property: PropertyID, cents: tenant.rentCents, from }, hand);
  return TenantID;
}

interface Rent {
  readonly tenant: number;
  readonly unit: number;
  readonly property: number;
  readonly cents: number;
  readonly from: string;
}

export function addRent(state: RentmanagerState, rent: Rent, hand: Hand): Row {
  const location = placeOf(hand);
  const whose = { EntityType: 'Tenant', EntityKeyID: rent.tenant, TenantID: rent.tenant };
  const what = { ChargeTypeID: kindOf(state, location), Amount: amountOf(rent.cents), Frequency: 1 };
  const when = { FromDate: rent.from, ToDate: null, IsCalculated: false, SortOrder: 1 };
  const where = { UnitID: rent.unit, PropertyID: rent.property };
  return insert(state, 'RecurringCharges', location, hand.nowMs, { ...whose, ...what, ...when, ...where });
}

/** Somebody at the office records a charge or a payment. Gives its number. */
export function addLine(state: RentmanagerState, line: PortfolioLine, hand: Hand): number {
  const location = placeOf(hand);
  const AccountID = Number(line.tenant);
  const lease = inLocation(state, 'Leases', location).find((row) => row.TenantID === AccountID);
  if (!lease) throw new Error(`Rent Manager has no tenant ${line.tenant}.`);
  const shared = {
    AccountID,
    AccountType: 'Customer',
    Amount: amountOf(line.cents),
    TransactionDate: midnight(line.day),
    Reference: line.reference ?? null,
    Comment: line.text ?? null,
  };
  if (line.kind === 'charge') {
    const { PropertyID, UnitID } = lease;
    const ChargeTypeID = kindOf(state, location, line.code);
    const place = { PropertyID, UnitID, ChargeTypeID, TransactionType: 'Charge' };
    return Number(insert(state, 'Charges', location, hand.nowMs, { ...shared, ...place }).ID);
  }
  const blank = { ReversalDate: null, ReversalType: null, PrepayPropertyID: null, PrepayUnitID: null };
  const paid = { TransactionType: 'Payment', ReceiptID: null, ...blank };
  return Number(insert(state, 'Payments', location, hand.nowMs, { ...shared, ...paid }).ID);
}
