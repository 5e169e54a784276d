/** Objects in Xero's own JSON. */
import { dated, dayString, stamp, stampString } from './dates';
import {
  type Account,
  type Contact,
  type CreditNote,
  type Document,
  dueOf,
  type Invoice,
  type Line,
  type Payment,
  type Repeating,
  remainingOf,
  type Tenant,
  totalOf,
} from './state';

export type Shape = Record<string, unknown>;

const money = (cents: number): number => cents / 100;
const updated = (ms: number) => ({ UpdatedDateUTC: stamp(ms), UpdatedDateUTCString: stampString(ms) });

export const contactOf = (tenant: Tenant, id: string): Contact => {
  const found = tenant.contacts.find((one) => one.id === id);
  if (!found) throw new Error(`the sandbox has lost contact ${id}`);
  return found;
};

export const contactShape = (contact: Contact): Shape => ({
  ContactID: contact.id,
  ContactNumber: contact.number,
  ContactStatus: contact.status,
  Name: contact.name,
  EmailAddress: contact.email,
  Addresses: [],
  Phones: ['DDI', 'DEFAULT', 'FAX', 'MOBILE'].map((PhoneType) => ({
    PhoneType,
    PhoneNumber: PhoneType === 'DEFAULT' ? contact.phone : '',
    PhoneAreaCode: '',
    PhoneCountryCode: '',
  })),
  UpdatedDateUTC: stamp(contact.updatedMs),
  ContactGroups: [],
  IsSupplier: false,
  IsCustomer: true,
  ContactPersons: [],
  HasAttachments: false,
  HasValidationErrors: false,
});

/** A contact inside of another object. */
const contactPart = (tenant: Tenant, id: string): Shape => {
  const { number, name } = contactOf(tenant, id);
  return { ContactID: id, ContactNumber: number, Name: name, HasValidationErrors: false };
};

const lineShape = (line: Line): Shape => ({
  Description: line.description,
  Quantity: line.quantity,
  UnitAmount: line.unit / 10_000,
  LineAmount: money(line.cents),
  AccountCode: line.account,
  TaxType: 'NONE',
  TaxAmount: 0,
  Tracking: [],
});

const documentShape = (tenant: Tenant, document: Document, whole: boolean): Shape => ({
  Type: document.type,
  Reference: document.reference,
  CurrencyRate: 1,
  Contact: contactPart(tenant, document.contact),
  DateString: dayString(document.day),
  Date: dated(document.day),
  Status: document.status,
  LineAmountTypes: document.amountTypes,
  LineItems: whole ? document.lines.map(lineShape) : [],
  SubTotal: money(totalOf(document)),
  TotalTax: 0,
  Total: money(totalOf(document)),
  ...updated(document.updatedMs),
  CurrencyCode: document.currency,
});

const paymentPart = (payment: Payment): Shape => ({
  PaymentID: payment.id,
  Date: dated(payment.day),
  Amount: money(payment.cents),
  Reference: payment.reference,
  CurrencyRate: 1,
  HasAccount: false,
  HasValidationErrors: false,
});

const isOn = (invoice: Invoice) => (payment: Payment) =>
  payment.invoice === invoice.id && payment.status === 'AUTHORISED';

/** Without pages a list leaves lines and payments out. */
export const invoiceShape = (tenant: Tenant, invoice: Invoice, whole = true): Shape => {
  const paid = tenant.payments.filter(isOn(invoice));
  const isPaid = invoice.status === 'PAID';
  return {
    InvoiceID: invoice.id,
    InvoiceNumber: invoice.number,
    ...documentShape(tenant, invoice, whole),
    DueDateString: dayString(invoice.due),
    DueDate: dated(invoice.due),
    AmountDue: money(dueOf(invoice)),
    AmountPaid: money(invoice.paidCents),
    AmountCredited: money(invoice.creditedCents),
    Payments: whole ? paid.map(paymentPart) : [],
    CreditNotes: whole ? creditsOn(tenant, invoice) : [],
    Prepayments: [],
    Overpayments: [],
    SentToContact: false,
    IsDiscounted: false,
    HasAttachments: false,
    HasErrors: false,
    ...(invoice.repeating ? { RepeatingInvoiceID: invoice.repeating } : {}),
    ...(isPaid
      ? {
          FullyPaidOnDate: dated(
            paid
              .map(({ day }) => day)
              .sort()
              .pop() ?? invoice.day,
          ),
        }
      : {}),
  };
};

const creditsOn = (tenant: Tenant, invoice: Invoice): Shape[] =>
  tenant.creditNotes.flatMap((note) =>
    note.allocations
      .filter((each) => each.invoice === invoice.id)
      .map((each) => ({
        CreditNoteID: note.id,
        CreditNoteNumber: note.number,
        AppliedAmount: money(each.cents),
        Date: dated(each.day),
      })),
  );

export const accountShape = (account: Account): Shape => ({
  AccountID: account.AccountID,
  Code: account.Code,
  Name: account.Name,
  Status: account.Status,
  Type: account.Type,
  TaxType: 'NONE',
  EnablePaymentsToAccount: account.EnablePaymentsToAccount,
  ShowInExpenseClaims: false,
  HasAttachments: false,
  ...(account.Type === 'BANK' ? { BankAccountType: 'BANK', CurrencyCode: 'USD' } : {}),
  ...(account.SystemAccount ? { SystemAccount: account.SystemAccount } : {}),
});

export const paymentShape = (tenant: Tenant, payment: Payment): Shape => {
  const invoice = tenant.invoices.find((one) => one.id === payment.invoice);
  const account = tenant.accounts.find((one) => one.AccountID === payment.account);
  if (!invoice || !account) throw new Error(`the sandbox has lost what payment ${payment.id} is on`);
  return {
    ...paymentPart(payment),
    BankAmount: money(payment.cents),
    PaymentType: invoice.type === 'ACCREC' ? 'ACCRECPAYMENT' : 'ACCPAYPAYMENT',
    Status: payment.status,
    ...updated(payment.updatedMs),
    HasAccount: true,
    IsReconciled: payment.reconciled,
    Account: { AccountID: account.AccountID, Code: account.Code },
    Invoice: {
      Type: invoice.type,
      InvoiceID: invoice.id,
      InvoiceNumber: invoice.number,
      Contact: contactPart(tenant, invoice.contact),
      CurrencyCode: invoice.currency,
      HasErrors: false,
      IsDiscounted: false,
    },
  };
};

export const allocationShape = (note: CreditNote, each: CreditNote['allocations'][number]): Shape => ({
  AllocationID: each.id,
  Amount: money(each.cents),
  Date: dated(each.day),
  Invoice: { InvoiceID: each.invoice },
  CreditNote: { CreditNoteID: note.id },
  IsDeleted: false,
});

export const creditShape = (tenant: Tenant, note: CreditNote, whole = true): Shape => ({
  CreditNoteID: note.id,
  CreditNoteNumber: note.number,
  ...documentShape(tenant, note, whole),
  RemainingCredit: money(remainingOf(note)),
  Allocations: note.allocations.map((each) => ({
    AllocationID: each.id,
    Amount: money(each.cents),
    Date: dated(each.day),
    Invoice: {
      InvoiceID: each.invoice,
      InvoiceNumber: tenant.invoices.find((one) => one.id === each.invoice)?.number,
    },
  })),
  Payments: [],
  HasAttachments: false,
});

export const repeatingShape = (tenant: Tenant, repeating: Repeating, next: string): Shape => ({
  RepeatingInvoiceID: repeating.id,
  ID: repeating.id,
  Type: 'ACCREC',
  Reference: repeating.reference,
  Contact: contactPart(tenant, repeating.contact),
  Status: repeating.status,
  LineAmountTypes: repeating.amountTypes,
  LineItems: repeating.lines.map(lineShape),
  SubTotal: money(totalOf(repeating)),
  TotalTax: 0,
  Total: money(totalOf(repeating)),
  CurrencyCode: repeating.currency,
  HasAttachments: false,
  ApprovedForSending: false,
  Schedule: {
    Period: repeating.schedule.period,
    Unit: repeating.schedule.unit,
    DueDate: repeating.schedule.due,
    DueDateType: repeating.schedule.dueType,
    StartDate: dated(repeating.schedule.start),
    NextScheduledDate: dated(next),
    ...(repeating.schedule.end ? { EndDate: dated(repeating.schedule.end) } : {}),
  },
});
