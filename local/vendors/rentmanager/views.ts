/** What Rent Manager shows of a row: its fields, those that are calculated, and the rows that are embedded in it. */
import { type Account, Accounts, amountOf, cents } from './accounts';
import { dayAt, midnight } from './dates';
import { invalid } from './errors';
import { MODELS, type Model, type ModelName } from './shapes';
import { type Desk, inLocation, keyOf, type Row, rowById, type TableName } from './state';

type Members = Record<string, unknown>;

/** One answer's worth of looking: accounts and relations are read once. */
export class View {
  readonly accounts: Accounts;
  private readonly children = new Map<string, Map<unknown, Row[]>>();

  constructor(readonly desk: Desk) {
    this.accounts = new Accounts(desk.state, desk.location);
  }

  /** A field of a row, calculated where it must be. */
  value(model: ModelName, row: Row, field: string): unknown {
    const calculated = CALCULATED[model]?.[field];
    return calculated ? calculated(row, this) : (row[field] ?? null);
  }

  /** The rows behind an embed. */
  related(model: ModelName, row: Row, name: string): Row[] {
    const target = MODELS[model].embeds[name]?.model;
    const found = RELATIONS[`${model}.${name}`]?.(row, this);
    if (found) return found.filter((each) => each !== undefined) as Row[];
    if (target === undefined) throw invalid('embeds', `'${name}' cannot be embedded in ${model}.`);
    const key = keyOf(target as TableName);
    const { state, location } = this.desk;
    const single = rowById(state, target as TableName, location, row[key]);
    return single ? [single] : [];
  }

  /** Rows of a table by a field that names their parent. */
  under(table: TableName, field: string, id: unknown): Row[] {
    const name = `${table}.${field}`;
    let known = this.children.get(name);
    if (!known) {
      known = new Map();
      for (const row of inLocation(this.desk.state, table, this.desk.location))
        known.set(row[field], [...(known.get(row[field]) ?? []), row]);
      this.children.set(name, known);
    }
    return known.get(id) ?? [];
  }

  ofParent(table: TableName, type: string, id: unknown): Row[] {
    return this.under(table, 'ParentID', id).filter((row) => row.ParentType === type);
  }

  account(row: Row): Account {
    return this.accounts.of(row.AccountID);
  }

  shown(model: ModelName, row: Row, embeds: Embeds, fields?: ReadonlySet<string>): Members {
    const { fields: known, embeds: possible } = MODELS[model] as Model;
    const members: Members = {};
    for (const [field, type] of Object.entries(known)) {
      const isWanted = fields ? fields.has(field) : type !== 'sum' || embeds.has(field);
      if (isWanted) members[field] = this.value(model, row, field);
    }
    for (const [name, inner] of embeds) {
      const relation = possible[name];
      if (!relation || (fields && !fields.has(name))) continue;
      const rows = this.related(model, row, name).map((each) => this.shown(relation.model, each, inner));
      members[name] = relation.many ? rows : (rows[0] ?? null);
    }
    return members;
  }
}

/** Names of what is embedded, each with what is embedded in it. */
export type Embeds = Map<string, Embeds>;

const name = (row: Row): string => `${row.FirstName} ${row.LastName}`.trim();

type Calculation = (row: Row, view: View) => unknown;

const paidOf: Calculation = (row, view) =>
  amountOf(
    view
      .account(row)
      .allocations.filter(({ charge, source }) => charge === row || source === row)
      .reduce((total, { units }) => total + units, 0),
  );
const ALLOCATED = {
  AmountAllocated: paidOf,
  IsFullyAllocated: ((row, view) => cents(paidOf(row, view)) === cents(row.Amount)) as Calculation,
};

/** By the days of the leases: who lives there, who is to come, who has left. */
function statusOf(row: Row, view: View): string {
  const { state, nowMs } = view.desk;
  const today = midnight(dayAt(state.zone, nowMs).slice(0, 10));
  const leases = view.under('Leases', 'TenantID', row.TenantID);
  const begun = leases.filter((lease) => String(lease.MoveInDate) <= today);
  if (begun.some((lease) => lease.MoveOutDate === null || String(lease.MoveOutDate) >= today)) return 'Current';
  return begun.length < leases.length ? 'Future' : 'Past';
}

const CALCULATED: Partial<Record<ModelName, Readonly<Record<string, Calculation>>>> = {
  Tenants: {
    Name: name,
    LastNameFirstName: (row) => `${row.LastName}, ${row.FirstName}`,
    Balance: (row, view) => amountOf(view.accounts.balanceUnits(row.TenantID)),
    OpenBalance: (row, view) => amountOf(view.accounts.openUnits(row.TenantID)),
    Status: statusOf,
  },
  PhoneNumbers: { StrippedPhoneNumber: (row) => String(row.PhoneNumber).replace(/\D/g, '') },
  Charges: ALLOCATED,
  Payments: ALLOCATED,
  Credits: ALLOCATED,
};

type Relation = (row: Row, view: View) => readonly (Row | undefined)[];

const tenantOf = (view: View, id: unknown) => rowById(view.desk.state, 'Tenants', view.desk.location, id);

const allocations: Relation = (row, view) =>
  view
    .account(row)
    .allocations.filter(({ charge, source }) => charge === row || source === row)
    .map(({ source, charge, units, isCredit }) => ({
      $location: row.$location,
      AllocationID: Number(source.ID) * 100_000 + Number(charge.ID),
      PaymentID: isCredit ? null : source.ID,
      CreditID: isCredit ? source.ID : null,
      ChargeID: charge.ID,
      Amount: amountOf(units),
    }));

const OF_TENANT =
  (table: TableName, field = 'AccountID'): Relation =>
  (row, view) =>
    view.under(table, field, row.TenantID);

const RELATIONS: Readonly<Record<string, Relation>> = {
  'Properties.Units': (row, view) => view.under('Units', 'PropertyID', row.PropertyID),
  'Properties.Addresses': (row, view) => view.ofParent('Addresses', 'Property', row.PropertyID),
  'Units.Leases': (row, view) => view.under('Leases', 'UnitID', row.UnitID),
  'Units.Addresses': (row, view) => view.ofParent('Addresses', 'Unit', row.UnitID),
  'Units.CurrentOccupants': (row, view) =>
    view
      .under('Leases', 'UnitID', row.UnitID)
      .map((lease) => tenantOf(view, lease.TenantID))
      .filter((tenant) => tenant?.Status === 'Current'),
  'Tenants.Contacts': (row, view) => view.ofParent('Contacts', 'Tenant', row.TenantID),
  'Tenants.PrimaryContact': (row, view) =>
    view.ofParent('Contacts', 'Tenant', row.TenantID).filter((contact) => contact.IsPrimary),
  'Tenants.Addresses': (row, view) => view.ofParent('Addresses', 'Tenant', row.TenantID),
  'Tenants.Leases': OF_TENANT('Leases', 'TenantID'),
  'Tenants.RecurringCharges': (row, view) =>
    view.under('RecurringCharges', 'EntityKeyID', row.TenantID).filter((each) => each.EntityType === 'Tenant'),
  'Tenants.Charges': OF_TENANT('Charges'),
  'Tenants.Payments': OF_TENANT('Payments'),
  'Tenants.Credits': OF_TENANT('Credits'),
  'Tenants.PaymentReversals': OF_TENANT('PaymentReversals'),
  'Contacts.PhoneNumbers': (row, view) => view.ofParent('PhoneNumbers', 'Contact', row.ContactID),
  'Charges.Allocations': allocations,
  'Payments.Allocations': allocations,
  'Payments.Tenant': (row, view) => [tenantOf(view, row.AccountID)],
  'Payments.PaymentReversal': (row, view) => view.under('PaymentReversals', 'PaymentID', row.ID),
  'Credits.Allocations': allocations,
};
