/**
 * How a customer's JSON gateway before a property system is set up: its keys, paths, names and habits. No vendor publishes such a
 * service: the three profiles are what the operators of such gateways would start from, and everything in them may be changed.
 */

export type Kind = 'charge' | 'payment';
/** What a posted line can say, in words of our own; a profile says what each is called. */
export type Part =
  | 'type'
  | 'property'
  | 'unit'
  | 'tenant'
  | 'lease'
  | 'code'
  | 'amount'
  | 'date'
  | 'postMonth'
  | 'method'
  | 'document'
  | 'reference'
  | 'text';
/** What a row has besides, once it is in the books. */
export type Answered = 'id' | 'status' | 'balance' | 'reverses';
export type Names<Key extends string> = Partial<Record<Key, string>>;

export type Auth =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string };

export type DateFormat = 'yyyy-MM-dd' | 'MM/dd/yyyy' | "yyyy-MM-dd'T'HH:mm:ss";
export type AmountFormat = 'decimal-string' | 'number' | 'cents';
export type Asked = 'from' | 'to' | 'since' | 'property' | 'reference' | 'page' | 'pageSize';
export type About = 'tenant' | 'unit';

/** Plain JSON: part of the sandbox's state, and changed there by the gateway's operator. */
export interface SetUp {
  auth: Auth;
  /** Asked for besides the key. */
  extraHeader: { readonly name: string; readonly value: string } | null;
  /** A line is posted where lines of its kind are listed. */
  paths: { charge: string; payment: string; tenants: string | null; units: string | null };
  /** A name that ends in `?` may be left out. */
  fields: {
    charge: Names<Part>;
    payment: Names<Part>;
    answer: Record<Answered, string>;
    tenant: Record<string, string>;
    unit: Record<string, string>;
  };
  query: Names<Asked>;
  /** `next` is the member that leads on: a page's number, a path, or the count of all pages. */
  list: {
    root: string | Record<'lines' | 'tenants' | 'units', string>;
    next: string;
    nextIs: 'page' | 'path' | 'pages';
    size: number;
    maxSize: number;
  };
  ids: 'text' | 'number';
  /** Charge codes (or account or type numbers) that the books have. */
  codes: string[];
  dateFormat: DateFormat;
  amountFormat: AmountFormat;
  signs: Record<Kind, 1 | -1>;
  errors: 'message' | 'error' | 'errors';
  /** A repeated reference, or a repeated Idempotency-Key, makes nothing new. */
  once: { reference: boolean; key: boolean };
  /** What is posted stands in the books at once, or in a batch until staff post it. */
  posts: 'at once' | 'in a batch';
  /** It takes lines below nothing: money that goes back, and credit. */
  negative: boolean;
  /** Months before this one take no lines: `2026-10`. */
  openFrom: string | null;
  perMinute: number;
}

const HABITS = {
  extraHeader: null,
  dateFormat: 'yyyy-MM-dd',
  amountFormat: 'decimal-string',
  errors: 'message',
  posts: 'at once',
  negative: false,
  openFrom: null,
  perMinute: 120,
} as const;

const TENANT = {
  lease: 'leaseId',
  first: 'firstName',
  last: 'lastName',
  email: 'email',
  phone: 'phone',
  status: 'status',
  rent: 'rent',
  leaseFrom: 'leaseFrom',
  leaseTo: 'leaseTo',
  moveIn: 'moveInDate',
  moveOut: 'moveOutDate',
} as const;

/** In front of Yardi Breeze: one path for both kinds, and people and units to import. */
export const yardiGateway = (): SetUp => ({
  ...HABITS,
  auth: { kind: 'bearer', token: 'gw-breeze-4fd1b6' },
  paths: {
    charge: '/api/transactions/rent',
    payment: '/api/transactions/rent',
    tenants: '/api/tenants',
    units: '/api/units',
  },
  fields: {
    charge: {
      type: 'type',
      property: 'propertyCode',
      unit: 'unitCode',
      tenant: 'tenantCode',
      code: 'chargeCode',
      amount: 'amount',
      postMonth: 'postMonth',
      date: 'transactionDate',
      reference: 'reference',
      text: 'description?',
    },
    payment: {
      type: 'type',
      tenant: 'tenantCode',
      property: 'propertyCode?',
      unit: 'unitCode?',
      amount: 'amount',
      method: 'paymentMethod',
      document: 'documentNumber?',
      date: 'transactionDate',
      reference: 'reference',
      text: 'comment?',
    },
    answer: { id: 'transactionId', status: 'status', balance: 'balanceDue', reverses: 'reversedTransactionId' },
    tenant: {
      ...TENANT,
      code: 'tenantCode',
      property: 'propertyCode',
      unit: 'unitCode',
      balance: 'balanceDue',
    },
    unit: {
      code: 'unitCode',
      property: 'propertyCode',
      type: 'unitType',
      rent: 'marketRent',
      status: 'occupancyStatus',
    },
  },
  query: {
    from: 'from',
    to: 'to',
    property: 'propertyCode',
    reference: 'reference',
    page: 'page',
    pageSize: 'pageSize',
  },
  list: {
    root: { lines: 'transactions', tenants: 'tenants', units: 'units' },
    next: 'nextPage',
    nextIs: 'page',
    size: 100,
    maxSize: 500,
  },
  ids: 'text',
  codes: ['rent', 'late', 'util', 'park', 'nsf', 'admin'],
  signs: { charge: 1, payment: 1 },
  once: { reference: true, key: true },
});

/** In front of AppFolio: payments and charges have a path each, and the lease (occupancy) is the key for money. */
export const appfolioGateway = (): SetUp => ({
  ...HABITS,
  auth: { kind: 'basic', user: 'rent-ledger', password: 'gw-appfolio-93ac' },
  paths: { charge: '/v1/charges', payment: '/v1/payments', tenants: null, units: null },
  fields: {
    charge: {
      lease: 'occupancyId',
      code: 'glAccountId',
      amount: 'amount',
      date: 'chargedOn',
      text: 'description?',
      reference: 'reference',
    },
    payment: {
      lease: 'occupancyId',
      tenant: 'tenantId?',
      amount: 'amount',
      date: 'receivedOn',
      method: 'paymentMethod',
      reference: 'reference',
      text: 'memo?',
    },
    answer: { id: 'id', status: 'status', balance: 'amountOpen', reverses: 'reversedId' },
    tenant: { ...TENANT, code: 'id', property: 'propertyId', unit: 'unitId', lease: 'occupancyId' },
    unit: { code: 'id', property: 'propertyId', rent: 'marketRent', status: 'status' },
  },
  query: { from: 'from', to: 'to', reference: 'reference', page: 'page' },
  list: { root: 'data', next: 'next_page_path', nextIs: 'path', size: 100, maxSize: 1000 },
  ids: 'text',
  codes: ['4100', '4150', '4170'],
  signs: { charge: 1, payment: 1 },
  errors: 'errors',
  once: { reference: true, key: true },
});

/** In front of Rent Manager: one path, numbers for ids, and a key in a header of the operator's choice. */
export const rentmanagerGateway = (): SetUp => ({
  ...HABITS,
  auth: { kind: 'header', name: 'X-RM12Api-ApiToken', value: 'gw-rm-7720c5' },
  paths: {
    charge: '/api/v2/transactions/rent',
    payment: '/api/v2/transactions/rent',
    tenants: null,
    units: null,
  },
  fields: {
    charge: {
      type: 'type',
      tenant: 'tenantId',
      unit: 'unitId',
      property: 'propertyId',
      code: 'chargeTypeId',
      amount: 'amount',
      date: 'date',
      reference: 'reference',
      text: 'comment?',
    },
    payment: {
      type: 'type',
      tenant: 'tenantId',
      unit: 'unitId?',
      property: 'propertyId?',
      amount: 'amount',
      date: 'date',
      reference: 'reference',
      text: 'comment?',
    },
    answer: { id: 'id', status: 'status', balance: 'balance', reverses: 'reversesId' },
    tenant: { ...TENANT, code: 'tenantId', property: 'propertyId', unit: 'unitId' },
    unit: { code: 'unitId', property: 'propertyId', rent: 'marketRent', status: 'status' },
  },
  query: { since: 'since', reference: 'reference', page: 'page', pageSize: 'pageSize' },
  list: { root: 'data', next: 'totalPages', nextIs: 'pages', size: 100, maxSize: 500 },
  ids: 'number',
  codes: ['2', '5', '8'],
  signs: { charge: 1, payment: 1 },
  errors: 'error',
  once: { reference: true, key: false },
});
