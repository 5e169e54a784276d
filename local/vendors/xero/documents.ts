/** What invoices, credit notes and repeating invoices share: lines, contact, currency, and the days that are locked. */
import { amount, listOf, oneOf, type Rule, text } from '../kit/strict';
import { dayIn } from './dates';
import { invalid } from './errors';
import type { Account, Contact, Line, Tenant } from './state';
import { date, type Given, guid, optional } from './writes';

export const contactRef = optional({ ContactID: guid, ContactNumber: text({ max: 50 }), Name: text({ max: 255 }) });

const line = optional({
  LineItemID: guid,
  Description: text({ max: 4000 }),
  Quantity: amount(4),
  UnitAmount: amount(4),
  LineAmount: amount(2),
  AccountCode: text({ max: 10 }),
  AccountID: guid,
  TaxType: text({ max: 50 }),
  TaxAmount: amount(2),
  Tracking: listOf(optional({})),
});

/** Members of a document that may be written. */
export const DOCUMENT: Readonly<Record<string, Rule>> = {
  Type: text({ max: 20 }),
  Contact: contactRef,
  LineItems: listOf(line),
  LineAmountTypes: oneOf('Exclusive', 'Inclusive', 'NoTax'),
  Date: date,
  Reference: text({ max: 4000 }),
  CurrencyCode: text({ like: /^[A-Z]{3}$/ }),
  Status: text({ max: 20 }),
};

export function contactIn(tenant: Tenant, given: unknown): Contact {
  const { ContactID, ContactNumber, Name } = (given ?? {}) as Given;
  const found = tenant.contacts.find((one) =>
    ContactID ? one.id === ContactID : ContactNumber ? one.number === ContactNumber : Name && one.name === Name,
  );
  if (!found) throw invalid('A valid contact must be specified. The Contact could not be found.');
  if (found.status !== 'ACTIVE') throw invalid('The contact is archived and cannot be used.');
  return found;
}

export const accountIn = (tenant: Tenant, given: Given): Account | undefined => {
  const { AccountID, AccountCode, Code = AccountCode } = given;
  return tenant.accounts.find(
    (one) => one.Status === 'ACTIVE' && (AccountID ? one.AccountID === AccountID : Code !== '' && one.Code === Code),
  );
};

/** Lines of a document; what is approved needs all of it. */
export function linesIn(tenant: Tenant, given: unknown, approved: boolean): Line[] {
  const lines = ((given ?? []) as readonly Given[]).map((each) => lineIn(tenant, each, approved));
  if (lines.length === 0 && approved) throw invalid('One or more line items must be specified');
  if (lines.reduce((sum, each) => sum + each.cents, 0) < 0)
    throw invalid('The document total must not be less than zero');
  return lines;
}

function lineIn(tenant: Tenant, given: Given, approved: boolean): Line {
  const { Description = '', Quantity = 1, UnitAmount = 0, LineAmount, TaxType } = given;
  const account = accountIn(tenant, given);
  const hasAccount = given.AccountCode !== undefined || given.AccountID !== undefined;
  const unit = Math.round((UnitAmount as number) * 10_000);
  const cents = Math.round(((Quantity as number) * unit) / 100);
  if (approved && Description === '') throw invalid('Description must be at least 1 character long');
  if ((Quantity as number) < 0) throw invalid(`The quantity value '${Quantity}' is invalid. It must not be negative.`);
  if (approved && !hasAccount) throw invalid('Account code or ID must be specified');
  if (hasAccount && !account)
    throw invalid(`Account code '${given.AccountCode ?? given.AccountID}' is not a valid code for this document.`);
  if (account && (account.Type === 'BANK' || account.SystemAccount))
    throw invalid(`Account code '${account.Code}' is not a valid code for this document.`);
  if (LineAmount !== undefined && Math.round((LineAmount as number) * 100) !== cents)
    throw invalid('The line total does not match the expected line total');
  if (TaxType !== undefined && TaxType !== 'NONE')
    throw invalid(`The TaxType code '${TaxType}' does not exist or cannot be used for this type of transaction.`);
  return { description: String(Description), quantity: Quantity as number, unit, cents, account: account?.Code ?? '' };
}

export function currencyIn(tenant: Tenant, given: unknown): string {
  const code = (given as string | undefined) ?? tenant.currencies[0] ?? 'USD';
  if (!tenant.currencies.includes(code)) throw invalid(`Organisation is not subscribed to currency ${code}`);
  return code;
}

/** The day, which must not lie in a closed period. */
export function openDay(tenant: Tenant, given: unknown, otherwise: string): string {
  const day = given === undefined ? otherwise : (dayIn(given) ?? otherwise);
  if (tenant.lockedUntil !== undefined && day <= tenant.lockedUntil)
    throw invalid(`The document date cannot be on or before ${tenant.lockedUntil}, the lock date of the organisation`);
  return day;
}

export const NOT_MODIFIABLE = 'not of valid status for modification';
export const HAS_MONEY = 'This document cannot be edited as it has a payment or credit note allocated to it.';
