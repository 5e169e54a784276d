/** The tables that this environment has, with the columns of Microsoft's Common Data Model that a ledger has use for. */

export type Kind =
  | 'String'
  | 'Memo'
  | 'Integer'
  | 'Decimal'
  | 'Money'
  | 'Boolean'
  | 'DateOnly'
  | 'DateTime'
  | 'Picklist'
  | 'State'
  | 'Status'
  | 'Lookup'
  | 'Customer'
  | 'Uniqueidentifier';

export interface Option {
  readonly value: number;
  readonly label: string;
  /** Of a status: the state that it belongs to. */
  readonly state?: number;
}

export interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly label: string;
  readonly max?: number;
  readonly options?: readonly Option[];
  /** Kept by the platform: what is sent for it is passed over. */
  readonly computed?: true;
  /** A row cannot be without it. */
  readonly required?: true;
  /** Navigation property -> the table that it leads to, as its name is written. */
  readonly leads?: Readonly<Record<string, string>>;
}

export interface Table {
  /** Its logical name. */
  readonly name: string;
  readonly set: string;
  readonly schema: string;
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** Nothing of ours is written to it. */
  readonly fixed?: true;
}

const label = (name: string): string => name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => ` ${letter}`).trim();
const one = (kind: Kind, name: string, more: Partial<Column> = {}): Column => ({
  name,
  kind,
  label: label(name),
  ...more,
});
const text = (name: string, max: number, more: Partial<Column> = {}): Column => one('String', name, { max, ...more });
const all = (kind: Kind, ...names: readonly string[]): Column[] => names.map((name) => one(kind, name));
const sums = (...names: readonly string[]): Column[] => names.map((name) => one('Money', name, { computed: true }));
const choice = (kind: Kind, name: string, ...options: readonly (readonly [number, string, number?])[]): Column =>
  one(kind, name, {
    options: options.map(([value, said, state]) =>
      state === undefined ? { value, label: said } : { value, label: said, state },
    ),
  });
const lookup = (name: string, leads: Readonly<Record<string, string>>, more: Partial<Column> = {}): Column =>
  one('Lookup', name, { leads, ...more });
const currency = lookup('transactioncurrencyid', { transactioncurrencyid: 'transactioncurrency' });
const rate = one('Decimal', 'exchangerate', { computed: true });
const terms = choice('Picklist', 'paymenttermscode', [1, 'Net 30'], [2, '2% 10, Net 30'], [3, 'Net 45'], [4, 'Net 60']);
const active = [
  choice('State', 'statecode', [0, 'Active'], [1, 'Inactive']),
  choice('Status', 'statuscode', [1, 'Active', 0], [2, 'Inactive', 1]),
];
const places = (prefix: string): Column[] => [
  ...[text(`${prefix}_name`, 200), text(`${prefix}_line1`, 250), text(`${prefix}_line2`, 250)],
  ...[text(`${prefix}_line3`, 250), text(`${prefix}_city`, 80), text(`${prefix}_stateorprovince`, 50)],
  ...[text(`${prefix}_postalcode`, 20), text(`${prefix}_country`, 80), text(`${prefix}_telephone`, 50)],
];

const table = (name: string, schema: string, id: string, title: string, columns: readonly Column[]): Table => ({
  name,
  set: `${name}s`,
  schema,
  id,
  title,
  columns: [one('Uniqueidentifier', id, { label: title }), ...columns],
});

const contact = table('contact', 'Contact', 'contactid', 'Contact', [
  ...[text('salutation', 100), text('firstname', 50), text('middlename', 50), text('lastname', 50), text('suffix', 10)],
  text('fullname', 160, { computed: true }),
  ...[text('nickname', 100), text('jobtitle', 100), text('department', 100), text('employeeid', 50)],
  ...[text('emailaddress1', 100), text('emailaddress2', 100), text('emailaddress3', 100), text('websiteurl', 200)],
  ...[text('mobilephone', 50), text('telephone1', 50), text('telephone2', 50), text('telephone3', 50), text('fax', 50)],
  one('Memo', 'description', { max: 2000 }),
  ...all('DateOnly', 'birthdate', 'anniversary'),
  ...all('Boolean', 'donotemail', 'donotphone', 'donotpostalmail', 'donotbulkemail', 'creditonhold'),
  ...all('Money', 'creditlimit', 'annualincome'),
  ...sums('aging30', 'aging60', 'aging90'),
  terms,
  choice('Picklist', 'preferredcontactmethodcode', [1, 'Any'], [2, 'Email'], [3, 'Phone'], [4, 'Fax'], [5, 'Mail']),
  ...[currency, rate, ...active],
]);

const invoice = table('invoice', 'Invoice', 'invoiceid', 'Invoice', [
  ...[text('name', 300), text('invoicenumber', 100), text('emailaddress', 100)],
  one('Memo', 'description', { max: 2000 }),
  one('Customer', 'customerid', { leads: { customerid_contact: 'contact' }, required: true }),
  lookup('pricelevelid', { pricelevelid: 'pricelevel' }),
  ...[currency, rate, terms],
  ...all('DateOnly', 'duedate', 'datedelivered'),
  ...all('DateTime', 'lastbackofficesubmit'),
  ...all('Boolean', 'ispricelocked', 'willcall'),
  ...all('Money', 'discountamount', 'freightamount'),
  one('Decimal', 'discountpercentage'),
  ...sums('totallineitemamount', 'totallineitemdiscountamount', 'totaldiscountamount', 'totaltax'),
  ...sums('totalamountlessfreight', 'totalamount'),
  ...places('billto'),
  ...places('shipto'),
  choice('State', 'statecode', [0, 'Active'], [1, 'Closed (deprecated)'], [2, 'Paid'], [3, 'Canceled']),
  choice(
    'Status',
    'statuscode',
    [1, 'New', 0],
    [2, 'Partially Shipped', 0],
    [4, 'Billed', 0],
    [5, 'Booked (applies to services)', 0],
    [6, 'Installed (applies to services)', 0],
    [3, 'Canceled (deprecated)', 1],
    [7, 'Paid in Full (deprecated)', 1],
    [100001, 'Complete', 2],
    [100002, 'Partial', 2],
    [100003, 'Canceled', 3],
  ),
]);

const invoicedetail = table('invoicedetail', 'InvoiceDetail', 'invoicedetailid', 'Invoice Line', [
  lookup('invoiceid', { invoiceid: 'invoice' }, { required: true }),
  ...[text('productname', 500), text('productdescription', 500), text('invoicedetailname', 100, { computed: true })],
  one('Memo', 'description', { max: 2000 }),
  ...all('Boolean', 'isproductoverridden', 'ispriceoverridden', 'iscopied', 'willcall'),
  ...all('Decimal', 'quantity', 'quantityshipped', 'quantitycancelled', 'quantitybackordered'),
  ...all('Money', 'priceperunit', 'manualdiscountamount', 'tax'),
  ...sums('baseamount', 'extendedamount', 'volumediscountamount'),
  ...all('Integer', 'lineitemnumber', 'sequencenumber'),
  one('DateOnly', 'actualdeliveryon'),
  choice(
    'Picklist',
    'pricingerrorcode',
    [0, 'None'],
    [1, 'Detail Error'],
    [4, 'Missing Quantity'],
    [5, 'Missing Unit Price'],
  ),
  ...[currency, rate],
]);

const task = table('task', 'Task', 'activityid', 'Task', [
  text('subject', 200),
  one('Memo', 'description', { max: 2000 }),
  text('category', 250),
  one('Lookup', 'regardingobjectid', {
    leads: { regardingobjectid_contact_task: 'contact', regardingobjectid_invoice_task: 'invoice' },
  }),
  ...all('DateTime', 'scheduledstart', 'scheduledend', 'actualstart'),
  one('DateTime', 'actualend', { computed: true }),
  one('Integer', 'percentcomplete'),
  choice('Picklist', 'prioritycode', [0, 'Low'], [1, 'Normal'], [2, 'High']),
  choice('State', 'statecode', [0, 'Open'], [1, 'Completed'], [2, 'Canceled']),
  choice(
    'Status',
    'statuscode',
    [2, 'Not Started', 0],
    [3, 'In Progress', 0],
    [4, 'Waiting on someone else', 0],
    [5, 'Completed', 1],
    [6, 'Canceled', 2],
    [7, 'Deferred', 0],
  ),
]);

const transactioncurrency: Table = {
  ...table('transactioncurrency', 'TransactionCurrency', 'transactioncurrencyid', 'Currency', [
    ...[
      text('isocurrencycode', 5),
      text('currencyname', 100),
      text('currencysymbol', 13),
      one('Decimal', 'exchangerate'),
    ],
    ...active,
  ]),
  set: 'transactioncurrencies',
  fixed: true,
};

const pricelevel: Table = {
  ...table('pricelevel', 'PriceLevel', 'pricelevelid', 'Price List', [
    ...[text('name', 100), currency],
    choice('State', 'statecode', [0, 'Active'], [1, 'Inactive']),
    choice('Status', 'statuscode', [100001, 'Active', 0], [100002, 'Inactive', 1]),
  ]),
  fixed: true,
};

export const tables: Readonly<Record<string, Table>> = {
  contact,
  invoice,
  invoicedetail,
  task,
  transactioncurrency,
  pricelevel,
};

export const tableOfSet = (set: string): Table | undefined => Object.values(tables).find((each) => each.set === set);
export const columnOf = (from: Table, name: string): Column | undefined =>
  from.columns.find((each) => each.name === name);

/** The column that a navigation property fills, and the table that it leads to. */
export function navigation(columns: readonly Column[], name: string): { column: Column; to: Table } | undefined {
  const column = columns.find((each) => each.leads?.[name] !== undefined);
  return column && { column, to: tables[column.leads![name]!]! };
}

export const isLookup = (column: Column): boolean => column.leads !== undefined;
/** As it is read: a lookup's own name is that of its navigation property. */
export const readName = (column: Column): string => (isLookup(column) ? `_${column.name}_value` : column.name);
