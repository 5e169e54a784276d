/** What the QuickBooks sandbox takes in a body: writable members by rule, and members that it knows and passes over. */
import { amount, anything, day, flag, listOf, object, oneOf, type Rule, text, whole } from '../kit/strict';
import { complain } from './refuse';
import type { Kind } from './state';

const ref = object({ value: text({ min: 1 }), 'name?': text(), 'type?': text() });
const email = object({ 'Address?': text({ max: 100, like: /^[^@\s]+@[^@\s]+\.[^@\s]+$/ }), 'Id?': text() });
const phone = object({ FreeFormNumber: text({ max: 30 }) });
const note = text({ max: 4000 });

const salesDetail = object({
  'ItemRef?': ref,
  'ItemAccountRef?': ref,
  'Qty?': amount(7),
  'UnitPrice?': amount(7),
  'TaxCodeRef?': ref,
  'ServiceDate?': day,
});

const salesLine = object({
  DetailType: oneOf('SalesItemLineDetail', 'SubTotalLineDetail', 'DescriptionOnly'),
  'Amount?': amount(2),
  'Id?': text(),
  'LineNum?': whole,
  'Description?': text({ max: 4000 }),
  'SalesItemLineDetail?': salesDetail,
  'SubTotalLineDetail?': object({}),
  'DescriptionLineDetail?': object({ 'ServiceDate?': day, 'TaxCodeRef?': ref }),
});

const linked = object({ TxnId: text({ min: 1 }), TxnType: text({ min: 1 }), 'TxnLineId?': text() });
const paymentLine = object({
  Amount: amount(2),
  'Id?': text(),
  'LineNum?': whole,
  LinkedTxn: listOf(linked, { min: 1, max: 1 }),
});

type Members = Readonly<Record<string, Rule>>;

const sales: Members = {
  'CustomerRef?': ref,
  'Line?': listOf(salesLine),
  'DocNumber?': text({ max: 21 }),
  'TxnDate?': day,
  'PrivateNote?': note,
  'CustomerMemo?': object({ value: text({ max: 1000 }) }),
  'BillEmail?': email,
  'CurrencyRef?': ref,
  'GlobalTaxCalculation?': oneOf('TaxInclusive', 'TaxExcluded', 'NotApplicable'),
  'EmailStatus?': oneOf('NotSet', 'NeedToSend', 'EmailSent'),
  'PrintStatus?': oneOf('NotSet', 'NeedToPrint', 'PrintComplete'),
};

const WRITABLE: Readonly<Partial<Record<Kind, Members>>> = {
  Invoice: { ...sales, 'DueDate?': day, 'AllowOnlineACHPayment?': flag, 'AllowOnlineCreditCardPayment?': flag },
  CreditMemo: sales,
  Payment: {
    'CustomerRef?': ref,
    'TotalAmt?': amount(2),
    'Line?': listOf(paymentLine),
    'TxnDate?': day,
    'PaymentRefNum?': text({ max: 21 }),
    'PaymentMethodRef?': ref,
    'DepositToAccountRef?': ref,
    'CurrencyRef?': ref,
    'PrivateNote?': note,
    'ProcessPayment?': flag,
  },
  Customer: {
    'DisplayName?': text({ min: 1, max: 500 }),
    'GivenName?': text({ max: 100 }),
    'FamilyName?': text({ max: 100 }),
    'CompanyName?': text({ max: 100 }),
    'Notes?': text({ max: 2000 }),
    'PrimaryEmailAddr?': email,
    'PrimaryPhone?': phone,
    'Active?': flag,
    'CurrencyRef?': ref,
  },
  Item: {
    'Name?': text({ min: 1, max: 100 }),
    'Type?': oneOf('Service', 'NonInventory', 'Inventory'),
    'Description?': text({ max: 4000 }),
    'IncomeAccountRef?': ref,
    'UnitPrice?': amount(7),
    'Taxable?': flag,
    'Active?': flag,
  },
};

/** Members that a read gives and a client may send back: Intuit writes them itself. */
const WRITTEN_THERE = [
  'Balance HomeBalance RemainingCredit UnappliedAmt LinkedTxn MetaData domain status TxnTaxDetail TotalAmt time',
  'FullyQualifiedName BalanceWithJobs',
];
const READ_ONLY: Members = Object.fromEntries(
  WRITTEN_THERE.flatMap((names) => names.split(' ')).map((name) => [`${name}?`, anything]),
);

const control: Members = { 'Id?': text({ min: 1 }), 'SyncToken?': text({ min: 1 }), 'sparse?': flag };

/** The writable members of a body, checked; null counts as left out, as Intuit has it. */
export function fieldsOf(kind: Kind, body: unknown): Record<string, unknown> {
  const writable = WRITABLE[kind] ?? {};
  const given = Object.fromEntries(
    Object.entries((body ?? {}) as Record<string, unknown>).filter(([, value]) => value !== null),
  );
  const complaint = object({ ...READ_ONLY, ...control, ...writable })(given, '');
  if (complaint) return complain(complaint);
  return Object.fromEntries(Object.entries(given).filter(([name]) => `${name}?` in writable));
}

export const isWritable = (kind: Kind, name: string): boolean => `${name}?` in (WRITABLE[kind] ?? {});
