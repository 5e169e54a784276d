/** Rent Manager's models: the fields of each resource with their types, and what can be embedded in it. */
import type { TableName } from './state';

/** `sum` is calculated: it is given only when it is asked for by name. */
export type FieldType = 'int' | 'money' | 'date' | 'flag' | 'text' | 'sum';

export type ModelName = TableName | 'Allocations' | 'Transactions';

export interface Model {
  readonly fields: Readonly<Record<string, FieldType>>;
  /** What can be embedded: the name, the model, and whether it is a list. */
  readonly embeds: Readonly<Record<string, { readonly model: ModelName; readonly many?: true }>>;
  /** Fields that cannot stand in a filter. */
  readonly unfiltered?: readonly string[];
}

const STAMPS = { CreateDate: 'date', CreateUserID: 'int', UpdateDate: 'date', UpdateUserID: 'int' } as const;

const one = (model: ModelName) => ({ model });
const many = (model: ModelName) => ({ model, many: true as const });

const MONEY = {
  ID: 'int',
  AccountID: 'int',
  AccountType: 'text',
  Reference: 'text',
  Comment: 'text',
  Amount: 'money',
  TransactionDate: 'date',
  TransactionType: 'text',
  ...STAMPS,
} as const;

const ALLOCATED = { AmountAllocated: 'money', IsFullyAllocated: 'flag' } as const;

export const MODELS: Readonly<Record<ModelName, Model>> = {
  Locations: { fields: { LocationID: 'int', Name: 'text', FriendlyName: 'text' }, embeds: {} },
  Properties: {
    fields: { PropertyID: 'int', Name: 'text', ShortName: 'text', IsActive: 'flag', Comment: 'text', ...STAMPS },
    embeds: { Units: many('Units'), Addresses: many('Addresses') },
  },
  Units: {
    fields: {
      UnitID: 'int',
      PropertyID: 'int',
      Name: 'text',
      Comment: 'text',
      UnitTypeID: 'int',
      Bedrooms: 'int',
      Bathrooms: 'money',
      SortOrder: 'int',
      ...STAMPS,
    },
    embeds: {
      Property: one('Properties'),
      Leases: many('Leases'),
      CurrentOccupants: many('Tenants'),
      Addresses: many('Addresses'),
    },
  },
  Tenants: {
    fields: {
      TenantID: 'int',
      TenantDisplayID: 'int',
      Name: 'text',
      FirstName: 'text',
      LastName: 'text',
      LastNameFirstName: 'text',
      WebMessage: 'text',
      Comment: 'text',
      RentDueDay: 'int',
      RentPeriod: 'text',
      DoNotChargeLateFees: 'flag',
      FirstContact: 'date',
      PropertyID: 'int',
      PostingStartDate: 'date',
      PostingEndDate: 'date',
      Status: 'text',
      Balance: 'sum',
      OpenBalance: 'sum',
      ...STAMPS,
    },
    embeds: {
      Contacts: many('Contacts'),
      PrimaryContact: one('Contacts'),
      Addresses: many('Addresses'),
      Leases: many('Leases'),
      Property: one('Properties'),
      RecurringCharges: many('RecurringCharges'),
      Charges: many('Charges'),
      Payments: many('Payments'),
      Credits: many('Credits'),
      PaymentReversals: many('PaymentReversals'),
    },
  },
  Contacts: {
    fields: {
      ContactID: 'int',
      ParentID: 'int',
      ParentType: 'text',
      FirstName: 'text',
      LastName: 'text',
      MiddleName: 'text',
      IsPrimary: 'flag',
      Email: 'text',
      Comment: 'text',
      ...STAMPS,
    },
    embeds: { PhoneNumbers: many('PhoneNumbers') },
  },
  PhoneNumbers: {
    fields: {
      PhoneNumberID: 'int',
      PhoneNumberTypeID: 'int',
      ParentID: 'int',
      ParentType: 'text',
      PhoneNumber: 'text',
      Extension: 'text',
      StrippedPhoneNumber: 'text',
      IsPrimary: 'flag',
    },
    embeds: {},
  },
  Addresses: {
    fields: {
      AddressID: 'int',
      ParentID: 'int',
      ParentType: 'text',
      Street: 'text',
      City: 'text',
      State: 'text',
      PostalCode: 'text',
      IsPrimary: 'flag',
    },
    embeds: {},
  },
  Leases: {
    fields: {
      LeaseID: 'int',
      TenantID: 'int',
      UnitID: 'int',
      PropertyID: 'int',
      MoveInDate: 'date',
      MoveOutDate: 'date',
      ArrivalDate: 'date',
      DepartureDate: 'date',
      SortOrder: 'int',
      ...STAMPS,
    },
    embeds: { Tenant: one('Tenants'), Unit: one('Units'), Property: one('Properties') },
  },
  RecurringCharges: {
    fields: {
      RecurringChargeID: 'int',
      EntityType: 'text',
      EntityKeyID: 'int',
      UnitID: 'int',
      Frequency: 'int',
      ChargeTypeID: 'int',
      Amount: 'money',
      Comment: 'text',
      FromDate: 'date',
      ToDate: 'date',
      IsCalculated: 'flag',
      SortOrder: 'int',
      PropertyID: 'int',
      TenantID: 'int',
      ...STAMPS,
    },
    embeds: { ChargeType: one('ChargeTypes'), Tenant: one('Tenants'), Unit: one('Units') },
    unfiltered: ['PropertyID', 'TenantID'],
  },
  ChargeTypes: {
    fields: { ChargeTypeID: 'int', Name: 'text', Description: 'text', IsActive: 'flag', ...STAMPS },
    embeds: {},
  },
  Charges: {
    fields: { ...MONEY, ChargeID: 'int', PropertyID: 'int', UnitID: 'int', ChargeTypeID: 'int', ...ALLOCATED },
    embeds: {
      ChargeType: one('ChargeTypes'),
      Property: one('Properties'),
      Unit: one('Units'),
      Allocations: many('Allocations'),
    },
  },
  Payments: {
    fields: {
      ...MONEY,
      PaymentID: 'int',
      ReceiptID: 'int',
      ReversalDate: 'date',
      ReversalType: 'text',
      PrepayPropertyID: 'int',
      PrepayUnitID: 'int',
      ...ALLOCATED,
    },
    embeds: { Allocations: many('Allocations'), Tenant: one('Tenants'), PaymentReversal: one('PaymentReversals') },
  },
  PaymentReversals: {
    fields: {
      PaymentID: 'int',
      AccountID: 'int',
      ReversalDate: 'date',
      ReversalType: 'text',
      ReversalReason: 'text',
      CreateDate: 'date',
      CreateUserID: 'int',
    },
    embeds: {},
  },
  Credits: {
    fields: { ...MONEY, CreditID: 'int', PropertyID: 'int', UnitID: 'int', ChargeTypeID: 'int', ...ALLOCATED },
    embeds: { ChargeType: one('ChargeTypes'), Allocations: many('Allocations') },
  },
  Allocations: {
    fields: { AllocationID: 'int', PaymentID: 'int', CreditID: 'int', ChargeID: 'int', Amount: 'money' },
    embeds: {},
  },
  Transactions: {
    fields: {
      ...MONEY,
      AccountName: 'text',
      PropertyID: 'int',
      UnitID: 'int',
      Description: 'text',
      ReversalDate: 'date',
    },
    embeds: {},
  },
};
