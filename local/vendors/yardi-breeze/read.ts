/** What the interface reads out: residents with their contacts and leases, units, lines, balances. */
import type { PortfolioProperty, PortfolioUnit } from '../gateway/portfolio';
import { balanceOf, type Line, openCents, prepaidCents, type Tenant, type VoyagerState } from './state';
import { xml, xmlIf } from './xml';

const SPACES = {
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  xmlns: 'http://yardi.com/ResidentTransactions20',
  'xmlns:MITS': 'http://my-company.com/namespace',
};

export const money = (cents: number): string => (cents / 100).toFixed(2);

export interface Desk {
  readonly state: VoyagerState;
  readonly property: PortfolioProperty;
  readonly nowMs: number;
}

/** One property with the customers that are given, each written already. */
function document(root: string, { property }: Desk, customers: readonly string[]): string {
  const { code, name, street, city, state, zip } = property;
  const identification = xml('Identification', [xml('PrimaryID', code), xml('MarketingName', name)], { Type: 'other' });
  const address = [xmlIf('Address1', street), xmlIf('City', city), xmlIf('State', state), xmlIf('PostalCode', zip)];
  const head = xml('PropertyID', [identification, xml('Address', address, { Type: 'property' })]);
  return xml(root, [xml('Property', [head, ...customers])], SPACES);
}

const today = ({ nowMs }: Desk): string => new Date(nowMs).toISOString().slice(0, 10);

function typeOf(desk: Desk, tenant: Tenant): string {
  if ((tenant.moveIn ?? tenant.leaseFrom) > today(desk)) return 'future resident';
  return tenant.moveOut !== undefined && tenant.moveOut < today(desk) ? 'former resident' : 'current resident';
}

function customerOf(desk: Desk, tenant: Tenant): string {
  const { moveIn, moveOut } = tenant;
  const has = (day: string | undefined) => (day !== undefined && day <= today(desk) ? day : undefined);
  const lease = xml('Lease', [
    xml('CurrentRent', money(tenant.rentCents)),
    xml('ExpectedMoveInDate', moveIn ?? tenant.leaseFrom),
    xmlIf('ExpectedMoveOutDate', moveOut),
    xml('LeaseFromDate', tenant.leaseFrom),
    xmlIf('LeaseToDate', tenant.leaseTo),
    xmlIf('ActualMoveIn', has(moveIn)),
    xmlIf('ActualMoveOut', has(moveOut)),
    xml('ResponsibleForLease', 'true'),
  ]);
  const { code, name } = desk.property;
  const home = [xml('PrimaryID', code), xml('MarketingName', name), xml('UnitID', tenant.unit)];
  const parts = [
    xml('CustomerID', tenant.code),
    xml('Property', home),
    xml('Name', [xml('FirstName', tenant.firstName), xml('LastName', tenant.lastName)]),
    tenant.phone === undefined ? undefined : xml('Phone', [xml('PhoneNumber', tenant.phone)], { Type: 'cell' }),
    xmlIf('Email', tenant.email),
    lease,
  ];
  return xml('Customers', [xml('Customer', parts, { Type: typeOf(desk, tenant) })]);
}

function unitOf(desk: Desk, unit: PortfolioUnit): string {
  const { state, property } = desk;
  const lived = state.tenants.find(
    (tenant) =>
      tenant.property === property.code && tenant.unit === unit.code && typeOf(desk, tenant) === 'current resident',
  );
  const rent = unit.marketRentCents === undefined ? undefined : money(unit.marketRentCents);
  const information = xml('Information', [
    xml('UnitID', unit.code),
    xmlIf('UnitType', unit.type),
    xmlIf('UnitRent', lived ? money(lived.rentCents) : rent),
    xmlIf('MarketRent', rent),
    xml('UnitOccupancyStatus', lived ? 'occupied' : 'vacant'),
  ]);
  const inner = [information, xml('PropertyPrimaryID', property.code)];
  return xml('RT_Unit', [xml('UnitID', unit.code), xml('Unit', inner)]);
}

const ownUnit = ({ state, property }: Desk, tenant: Tenant): PortfolioUnit | undefined =>
  state.units.find((unit) => unit.property === property.code && unit.code === tenant.unit);

/** `transactions` are written already; a customer without any has an empty list. */
function customer(desk: Desk, tenant: Tenant, transactions: readonly string[]): string {
  const unit = ownUnit(desk, tenant);
  return xml('RT_Customer', [
    xml('CustomerID', tenant.code),
    customerOf(desk, tenant),
    unit && unitOf(desk, unit),
    xml('PaymentAccepted', String(tenant.paymentAccepted)),
    xml('RTServiceTransactions', transactions),
  ]);
}

export const tenantsOf = ({ state, property }: Desk): readonly Tenant[] =>
  state.tenants.filter((tenant) => tenant.property === property.code);

export const residents = (desk: Desk): string =>
  document(
    'ResidentTransactions',
    desk,
    tenantsOf(desk).map((tenant) => customer(desk, tenant, [])),
  );

/** Every tenant of the property with those lines that are wanted. */
export function transactions(desk: Desk, isWanted: (line: Line) => boolean): string {
  const { state } = desk;
  const rows = tenantsOf(desk).map((tenant) => {
    const own = state.lines.filter((line) => line.posted && line.tenant === tenant.code && isWanted(line));
    return customer(
      desk,
      tenant,
      own.map((line) => xml('Transactions', [line.kind === 'charge' ? charge(desk, tenant, line) : receipt(line)])),
    );
  });
  return document('ResidentTransactions', desk, rows);

  function receipt(line: Line): string {
    const detail = xml('Detail', [
      xmlIf('Description', line.description),
      xmlIf('DocumentNumber', line.document),
      line.reverses === null ? undefined : xml('Reversal', '', { Type: 'NSF' }),
      xml('TransactionDate', line.day),
      xml('TransactionID', line.id),
      xml('CustomerID', line.tenant),
      xml('PostMonth', `${line.postMonth}-01T00:00:00`),
      xml('Amount', money(line.cents)),
      xmlIf('Comment', line.comment),
      xml('PropertyPrimaryID', desk.property.code),
    ]);
    return xml('Payment', [detail], { Type: line.type ?? 'Other' });
  }
}

function charge({ state }: Desk, tenant: Tenant, line: Line): string {
  const open = openCents(state, line);
  const code = state.codes.find((one) => one.code === line.code);
  const detail = xml('Detail', [
    xml('Description', line.description ?? code?.description ?? ''),
    xml('TransactionDate', line.day),
    xml('TransactionID', line.id),
    xml('ChargeCode', line.code ?? ''),
    xmlIf('GLAccountNumber', code?.account),
    xml('ArAccountId', '13000000'),
    xml('CustomerID', tenant.code),
    xml('PostMonth', `${line.postMonth}-01T00:00:00`),
    xml('UnitID', tenant.unit),
    xml('AmountPaid', money(line.cents - open)),
    xml('BalanceDue', money(open)),
    xml('Amount', money(line.cents)),
    xml('Comment', line.comment ?? ''),
  ]);
  return xml('Charge', [detail]);
}

/** What of receipts is not applied to any charge. */
export const prepays = (desk: Desk): string =>
  transactions(desk, (line) => line.kind === 'payment' && prepaidCents(desk.state, line) > 0);

/** The charges that a lease makes in a month: they are no lines of the books. */
export function leaseCharges(desk: Desk, month: string): string {
  const first = `${month}-01`;
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
  const due = tenantsOf(desk).filter(
    ({ leaseFrom, moveOut }) => leaseFrom <= last && (moveOut === undefined || moveOut >= first),
  );
  const rows = due.map((tenant) => {
    const detail = xml('Detail', [
      xml('Description', 'Rent'),
      xml('ServiceFromDate', first),
      xml('ServiceToDate', last),
      xml('ChargeCode', 'rent'),
      xml('CustomerID', tenant.code),
      xml('UnitID', tenant.unit),
      xml('Amount', money(tenant.rentCents)),
    ]);
    return customer(desk, tenant, [xml('Transactions', [xml('Charge', [detail])])]);
  });
  return document('ResidentTransactions', desk, rows);
}

/** Units stand alone here, those that nobody lives in too. */
export function units(desk: Desk): string {
  const own = desk.state.units.filter((unit) => unit.property === desk.property.code);
  const rows = own.map((unit) => xml('RT_Customer', [unitOf(desk, unit)]));
  return document('PhysicalProperty', desk, rows);
}

export function balances(desk: Desk): string {
  const rows = tenantsOf(desk).map((tenant) =>
    xml('RT_Customer', [xml('CustomerID', tenant.code), xml('Balance', money(balanceOf(desk.state, tenant.code)))]),
  );
  return document('ResidentBalances', desk, rows);
}

export const properties = ({ properties: all, withheld }: VoyagerState): string =>
  xml(
    'Properties',
    all
      .filter(({ code }) => !withheld.includes(code))
      .map(({ code, name, street, city, state, zip }) =>
        xml('Property', [
          xml('Code', code),
          xml('MarketingName', name),
          xml('AddressLine1', street ?? ''),
          xml('City', city ?? ''),
          xml('State', state ?? ''),
          xml('PostalCode', zip ?? ''),
          xml('AccountsReceivable', '13000000'),
        ]),
      ),
  );

export const chargeTypes = ({ codes }: VoyagerState): string =>
  xml(
    'ChargeTypes',
    codes.map(({ code, description, account }) =>
      xml('ChargeType', [xml('Code', code), xml('Description', description), xml('GLAccountNumber', account)]),
    ),
  );
