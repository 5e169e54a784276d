/** Who is billed, and as which item: found by our own reference, made where they are missing. */
import type { BookCustomer } from '../../domain/books';
import type { Currency } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type EffectContext, type Flow } from '../connector';
import { literal, query, rowsOf, written } from './api';

/** A line of a customer's notes. A bookkeeper may write it too, to say whose payments these are. */
const MARK = 'Rent Ledger lease: ';
const MARKED = /^Rent Ledger lease: (.{1,60}?)\s*$/m;

export const leaseOf = (customer: Json): string | undefined => MARKED.exec(customer.opt('Notes') ?? '')?.[1];

// No colon, tab or line break may stand in a name, and 500 characters are the most.
const nameOf = ({ name }: BookCustomer): string => name.replace(/[:\t\r\n"]+/g, ' ').slice(0, 500);

/** Also a customer whom a bookkeeper has renamed, as long as the lease id is left in the name. */
export function findCustomer(account: Account, customer: BookCustomer): HttpRequest {
  const name = nameOf(customer);
  const by = name.includes(customer.leaseId) ? `like ${literal(`%${customer.leaseId}%`)}` : `= ${literal(name)}`;
  return query(account, `select * from Customer where DisplayName ${by} maxresults 1000`);
}

const customerIn = (reply: HttpReply | undefined, customer: BookCustomer): Json | undefined => {
  const rows = rowsOf(reply, 'Customer');
  const name = nameOf(customer).toLowerCase();
  return (
    rows.find((row) => leaseOf(row) === customer.leaseId) ??
    rows.find((row) => row.str('DisplayName').toLowerCase() === name)
  );
};

/** The customer's id; made where the reply to {@link findCustomer} has none. */
export function* customerFor(
  { account, key }: EffectContext,
  reply: HttpReply | undefined,
  customer: BookCustomer,
  inCurrency: Currency,
  isSecondLook: boolean,
): Flow<string> {
  const known = customerIn(reply, customer);
  if (known) return known.str('Id');
  const DisplayName = nameOf(customer);
  // The name was taken at the first try, and no customer bears it.
  if (isSecondLook)
    fail('rejected', `"${DisplayName}" is the name of a supplier, an employee or an inactive customer in QuickBooks.`);
  const body = {
    DisplayName,
    Notes: `${MARK}${customer.leaseId}`,
    PrimaryEmailAddr: customer.email && { Address: customer.email },
    PrimaryPhone: customer.phone && { FreeFormNumber: customer.phone.slice(0, 30) },
    ...currencyRef(account, inCurrency),
  };
  return (yield* written(account, { kind: 'Customer', body, key })).str('Id');
}

/** Must be told where the company keeps several currencies, and may not be where it does not. */
export const currencyRef = (account: Account, inCurrency: Currency) =>
  account.MULTI_CURRENCY === 'yes' ? { CurrencyRef: { value: inCurrency } } : {};

export function checkCurrency(account: Account, wanted: Currency): void {
  const { HOME_CURRENCY: home, MULTI_CURRENCY: several } = account;
  if (several === 'yes' || !home || home === wanted) return;
  fail(
    'rejected',
    `The books in QuickBooks are in ${home} only; this is in ${wanted}. Switch on several currencies there.`,
  );
}

// ---------------------------------------------------------------- the item

const DEFAULT_ITEM = 'Rent';

export function findItem(account: Account): HttpRequest {
  const named = account.QUICKBOOKS_ITEM?.trim() || DEFAULT_ITEM;
  return query(account, `select * from Item where ${/^\d+$/.test(named) ? 'Id' : 'Name'} = ${literal(named)}`);
}

/** The item's id; the item `Rent` is made where nobody has chosen one. */
export function* itemFor({ account, key }: EffectContext, reply: HttpReply | undefined): Flow<string> {
  const [known] = rowsOf(reply, 'Item');
  if (known) return known.str('Id');
  const named = account.QUICKBOOKS_ITEM?.trim();
  if (named) fail('rejected', `QuickBooks has no product or service "${named}". Correct it on the screen Connections.`);
  const statement = "select * from Account where AccountType = 'Income' maxresults 1000";
  const rows = rowsOf(yield* asked(query(account, statement)), 'Account');
  const income = rows.find((row) => /rent/i.test(row.str('Name'))) ?? rows[0];
  if (!income) return fail('rejected', 'QuickBooks has no income account that rent could be booked to.');
  const body = { Name: DEFAULT_ITEM, Type: 'Service', IncomeAccountRef: { value: income.str('Id') } };
  return (yield* written(account, { kind: 'Item', body, key })).str('Id');
}
