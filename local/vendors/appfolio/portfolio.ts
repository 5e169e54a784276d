/** A portfolio to begin with: properties, units, who lives there, and what was charged and paid, from plain data. */
import {
  addProperty,
  addUnit,
  moveIn,
  occupancyOf,
  payInPortal,
  type TypedCharge,
  type TypedMoveIn,
  type TypedProperty,
  type TypedReceipt,
  type TypedUnit,
  typeCharge,
  typeReceipt,
} from './people';
import type { AppfolioState } from './state';

export interface Portfolio {
  readonly properties?: readonly TypedProperty[];
  readonly units?: readonly TypedUnit[];
  readonly households?: readonly TypedMoveIn[];
  /** By the full name of somebody of the household. */
  readonly charges?: readonly (TypedCharge & { readonly who: string })[];
  readonly receipts?: readonly (TypedReceipt & { readonly who: string; readonly isOnline?: boolean })[];
}

/** Puts all of it into the database, as if the manager had typed it at that moment. */
export function openPortfolio(state: AppfolioState, portfolio: Portfolio, nowMs: number): void {
  for (const property of portfolio.properties ?? []) addProperty(state, property, nowMs);
  for (const unit of portfolio.units ?? []) addUnit(state, unit, nowMs);
  for (const household of portfolio.households ?? []) moveIn(state, household, nowMs);
  for (const { who, ...charge } of portfolio.charges ?? []) typeCharge(state, who, charge, nowMs);
  for (const { who, isOnline, ...receipt } of portfolio.receipts ?? [])
    (isOnline ? payInPortal : typeReceipt)(state, who, receipt, nowMs);
}

const street = (name: string, address1: string): TypedProperty => ({
  ...{ name, address1, city: 'Albany', state: 'NY', zip: '12210' },
});
const home = (property: string, name: string, marketRent: string): TypedUnit => ({ property, name, marketRent });

/** A small portfolio that shows each case: a couple, somebody on notice soon, a vacant unit, month to month. */
export const SMALL: Portfolio = {
  properties: [street('Maple Court', '12 Maple St'), street('Elm House', '7 Elm Ave')],
  units: [
    home('Maple Court', '1A', '1250.00'),
    home('Maple Court', '1B', '1300.00'),
    home('Maple Court', '2A', '1400.00'),
    home('Elm House', '1', '1850.00'),
  ],
  households: [
    {
      ...{ property: 'Maple Court', unit: '1A', rent: '1250.00', leaseFrom: '2026-01-01', leaseTo: '2026-12-31' },
      people: [{ firstName: 'Ada', lastName: 'Park', email: 'ada@example.com', phone: '(518) 555-0101' }],
    },
    {
      ...{ property: 'Maple Court', unit: '1B', rent: '1300.00', leaseFrom: '2025-06-01' },
      people: [
        { firstName: 'Ben', lastName: 'Ortiz', email: 'ben@example.com', phone: '(518) 555-0102' },
        { firstName: 'Carla', lastName: 'Ortiz', email: 'carla@example.com' },
      ],
    },
    {
      ...{ property: 'Elm House', unit: '1', rent: '1850.00', leaseFrom: '2026-04-01', leaseTo: '2027-03-31' },
      people: [{ firstName: 'Dina', lastName: 'Moss', email: 'dina@example.com', phone: '(518) 555-0104' }],
    },
  ],
};

/** How the two APIs name one household. */
export const idsOf = (state: AppfolioState, who: string): { readonly uuid: string; readonly number: number } => {
  const { id, number } = occupancyOf(state, who);
  return { uuid: id, number };
};
