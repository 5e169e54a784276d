/** The rows of each report, from the books: money as printed, ids as numbers. */
import { reportRefused } from './errors';
import { ALL_STATUSES, type Filters, hasStatus, isAsked, isVisible, occupancyNumbered } from './filters';
import { ageing, entriesOf, latenessOf, owedCents, returnsOf } from './ledger';
import { propertyOf, residing, tenantsOf, unitOf } from './objects';
import {
  type AppfolioState,
  centsOf,
  type Desk,
  listedName,
  type Occupancy,
  type Property,
  plain,
  printed,
  type Receipt,
  todayOf,
  type Unit,
} from './state';

export type Row = Record<string, unknown>;

const addressOf = ({ address1, city, state, zip }: Property): string => `${address1} ${city}, ${state} ${zip}`;

const propertyColumns = (property: Property): Row => ({
  property: `${property.name} - ${addressOf(property)}`,
  property_name: property.name,
  property_id: property.number,
  property_address: addressOf(property),
  property_street: property.address1,
  property_street2: '',
  property_city: property.city,
  property_state: property.state,
  property_zip: property.zip,
});

/** Units of the properties asked for. */
function unitsOf(state: AppfolioState, filters: Filters): { unit: Unit; property: Property }[] {
  return state.units
    .map((unit) => ({ unit, property: propertyOf(state, unit) }))
    .filter(({ unit, property }) => isAsked(filters, property) && isVisible(filters.unit_visibility, unit.hiddenMs));
}

const STATE_OF: Readonly<Record<string, string>> = { Current: 'Current', Notice: 'Notice-Unrented', Evict: 'Evict' };
const primaryOf = (state: AppfolioState, occupancy: Occupancy | undefined) =>
  occupancy && tenantsOf(state, occupancy)[0];

export function rentRoll({ state }: Desk, filters: Filters): Row[] {
  return unitsOf(state, filters).map(({ unit, property }) => {
    const occupancy = residing(state, unit);
    const tenant = primaryOf(state, occupancy);
    return {
      property_id: property.number,
      property_name: property.name,
      unit_id: unit.number,
      unit: unit.name,
      sqft: unit.squareFeet,
      status: occupancy ? STATE_OF[occupancy.status] : 'Vacant-Unrented',
      market_rent: printed(unit.marketRentCents),
      rent: printed(occupancy?.rentCents ?? 0),
      lease_to: occupancy?.leaseTo ?? null,
      tenant_id: tenant?.number ?? null,
      tenant: tenant ? listedName(tenant) : null,
    };
  });
}

function compares(
  cents: number,
  { amount = '0', comparator = '>' }: NonNullable<Filters['balance_operator']>,
): boolean {
  const limit = centsOf(amount);
  return comparator === '>' ? cents > limit : comparator === '<' ? cents < limit : cents === limit;
}

/** Who owes: people who live there now, unless other statuses are asked for. */
export function delinquency(desk: Desk, filters: Filters): Row[] {
  const { state } = desk;
  return state.occupancies.flatMap((occupancy) => {
    const unit = unitOf(state, occupancy);
    const property = propertyOf(state, unit);
    const aged = ageing(state, occupancy, todayOf(desk));
    const isWanted =
      hasStatus(filters, occupancy, ['0', '4']) && compares(owedCents(aged), filters.balance_operator ?? {});
    if (!isWanted || !isAsked(filters, property) || property.hiddenMs !== null) return [];
    return [
      {
        property_name: property.name,
        unit: unit.name,
        name: listedName(tenantsOf(state, occupancy)[0]!),
        tenant_status: occupancy.status,
        '00_to30': printed(aged.to30),
        '30_to60': printed(aged.to60),
        '60_to90': printed(aged.to90),
        '90_plus': printed(aged.older),
        in_collections: 'No',
        collections_agency: '',
        payment_plan: 'No',
        certified_funds_only: 'No',
        property_id: property.number,
        unit_id: unit.number,
        occupancy_id: occupancy.number,
        nsf: returnsOf(state, occupancy),
        late: latenessOf(state, occupancy),
      },
    ];
  });
}

const isActive = ({ status }: Occupancy): boolean => status !== 'Past';

/** Receipts of a span of days. Without a word, neither former tenants nor hidden properties are in it. */
export function receivables({ state }: Desk, filters: Filters): Row[] {
  const { receipt_date_from: from = '', receipt_date_to: to = '', tenant_visibility: who = 'active' } = filters;
  const rows = state.receipts.filter(({ receivedOn }) => receivedOn >= from && receivedOn <= to);
  return rows.flatMap((receipt) => {
    const occupancy = state.occupancies.find(({ id }) => id === receipt.occupancyId)!;
    const property = propertyOf(state, unitOf(state, occupancy));
    const isWanted =
      (who === 'all' || (who === 'active') === isActive(occupancy)) &&
      hasStatus(filters, occupancy, ALL_STATUSES) &&
      isVisible(filters.property_visibility, property.hiddenMs) &&
      isAsked(filters, property) &&
      !(filters.manually_entered_only === '1' && receipt.isOnline);
    return isWanted ? [receiptRow(state, receipt, occupancy, property)] : [];
  });
}

function receiptRow(state: AppfolioState, receipt: Receipt, occupancy: Occupancy, property: Property): Row {
  const tenant = state.tenants.find(({ id }) => id === receipt.tenantId)!;
  const online = state.receipts.filter((one) => one.occupancyId === occupancy.id && one.isOnline);
  return {
    ...propertyColumns(property),
    party: listedName(tenant),
    status: occupancy.status,
    txn_amount: printed(receipt.cents),
    txn_remarks: receipt.remarks === '' ? null : receipt.remarks,
    txn_reference: receipt.reference === '' ? null : receipt.reference,
    txn_receipt_date: receipt.receivedOn,
    portal_activated: online.length > 0 ? 'Yes' : 'No',
    last_online_receipt_date: online.at(-1)?.receivedOn ?? null,
    online_payments_recurring_count: 0,
    online_payments_recurring_total: plain(0),
    move_in: occupancy.moveInOn,
    emails: tenant.email === '' ? null : tenant.email,
    phone_numbers: tenant.phone === '' ? null : tenant.phone,
    certified_funds_only: 'No',
    opted_out_of_portal: 'No',
    payment_type: receipt.paymentType,
    must_pay_balance_in_full: 'No',
    property_list: property.name,
    txn_id: receipt.number,
    occupancy_id: occupancy.number,
    selected_tenant_id: tenant.number,
    unit_id: unitOf(state, occupancy).number,
  };
}

/** One occupancy's account, with what was owed when the span began as its first row. */
export function tenantLedger({ state }: Desk, filters: Filters): Row[] {
  const { occurred_on_from: from = '', occurred_on_to: to = '' } = filters;
  return filters.parties_ids!.occupancies_ids.flatMap((number) => {
    const occupancy = occupancyNumbered(state, number);
    if (!occupancy) throw reportRefused(404, `Occupancy ${number} not found`);
    const entries = entriesOf(state, occupancy.id).filter(({ on }) => on <= to);
    let balance = entries.filter(({ on }) => on < from).reduce((sum, { cents }) => sum + cents, 0);
    const start = ledgerRow({ description: 'Starting Balance', credit_debit_balance: plain(balance) });
    const rows = entries
      .filter(({ on }) => on >= from)
      .map((entry) => {
        balance += entry.cents;
        const payer = state.tenants.find(({ id }) => id === entry.tenantId);
        return ledgerRow({
          date: entry.on,
          payer: payer ? listedName(payer) : null,
          description: entry.description,
          debit: entry.cents > 0 ? printed(entry.cents) : null,
          credit: entry.cents < 0 ? printed(-entry.cents) : null,
          credit_debit_balance: balance === 0 ? plain(0) : printed(balance),
        });
      });
    return [start, ...rows];
  });
}

const ledgerRow = (given: Row): Row => ({
  date: null,
  payer: null,
  description: null,
  debit: null,
  credit: null,
  credit_debit_balance: null,
  ...given,
});

export function unitDirectory({ state }: Desk, filters: Filters): Row[] {
  return unitsOf(state, filters).map(({ unit, property }) => ({
    property: `${property.name} - ${addressOf(property)}`,
    property_name: property.name,
    property_id: property.number,
    unit_address: `${property.address1} Unit ${unit.name} ${property.city}, ${property.state} ${property.zip}`,
    unit_street: property.address1,
    unit_street2: `Unit ${unit.name}`,
    unit_city: property.city,
    unit_state: property.state,
    unit_zip: property.zip,
    unit_name: unit.name,
    market_rent: printed(unit.marketRentCents),
    sqft: unit.squareFeet,
    bedrooms: unit.bedrooms,
    bathrooms: unit.bathrooms,
    rentable: 'Yes',
    unit_id: unit.number,
    visibility: unit.hiddenMs === null ? 'Active' : 'Hidden',
    rentable_uid: unit.id,
  }));
}
