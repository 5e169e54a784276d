/** Voyager's answers in words of our own: properties, residents, charges, receipts. */
import { parseDay } from '../../domain/calendar';
import { decimal, parseAmount } from '../../domain/money';
import { type Cents, currency, type Day } from '../../domain/values';
import { fail } from '../../http/faults';
import { ifThere } from '../../http/paging';
import type { Account, Flow } from '../connector';
import { request, resultOf } from './soap';
import { allIn, type Element, el, firstIn, textIn } from './xml';

/** Voyager says no currency: the databases of Billing and Payments are in dollars. */
export const currencyOf = ({ GATEWAY_CURRENCY: code }: Account) => currency(code || 'USD');

export interface PropertyRow {
  readonly code: string;
  readonly name: string;
}

export function* propertiesOf(account: Account): Flow<readonly PropertyRow[]> {
  const result = yield* resultOf(request(account, 'GetPropertyConfigurations', ''));
  return allIn(result, 'Property').map((row) => {
    const code = textIn(row, 'Code') ?? fail('malformed', 'A property of Voyager’s has no code.');
    return { code, name: textIn(row, 'MarketingName') ?? code };
  });
}

const dateTime = (on: Day): string => `${on}T00:00:00`;

/** The customers in an answer about one property; none where nobody is there, which Voyager says as an error. */
export function* customersOf(
  account: Account,
  operation: string,
  property: string,
  days: { readonly FromDate?: Day; readonly ToDate?: Day; readonly PostMonth?: Day } = {},
): Flow<readonly Element[]> {
  const more = Object.entries(days).map(([name, on]) => el(name, dateTime(on)));
  const result = yield* ifThere(resultOf(request(account, operation, el('YardiPropertyId', property) + more.join(''))));
  return result ? allIn(result, 'RT_Customer') : [];
}

export function amountIn(row: Element, name: string, account: Account): Cents {
  const text = textIn(row, name) ?? '';
  const found = /^-?[\d.,]+$/.test(text) ? parseAmount(text, currencyOf(account)) : undefined;
  return found ?? fail('malformed', `${aboutRow(row)}.${name} is "${text}", which is not an amount.`);
}

export function dayIn(row: Element, name: string): Day {
  const text = textIn(row, name) ?? '';
  return parseDay(text.slice(0, 10)) ?? fail('malformed', `${aboutRow(row)}.${name} is "${text}", which is not a day.`);
}

export const aboutRow = (row: Element): string =>
  `transaction ${textIn(row, 'TransactionID') ?? '(without an id)'} of ${textIn(row, 'CustomerID') ?? 'nobody'}`;

export interface VoyagerLine {
  readonly id: string;
  readonly customer: string;
  readonly amountCents: Cents;
  readonly day: Day;
  /** Of a receipt: Check, ACH, … */
  readonly type: string;
  readonly document: string | undefined;
  readonly comment: string | undefined;
  readonly isReversal: boolean;
}

/** The details of charges, or of payments. */
export const detailsIn = (customers: readonly Element[], kind: 'Charge' | 'Payment'): readonly Element[] =>
  customers.flatMap((customer) => allIn(customer, kind));

/** `row` is a Charge or a Payment. */
export function lineIn(row: Element, account: Account): VoyagerLine {
  const detail = firstIn(row, 'Detail') ?? row;
  const needed = (name: string): string =>
    textIn(detail, name) ?? fail('malformed', `${aboutRow(row)} has no ${name}.`);
  return {
    id: needed('TransactionID'),
    customer: needed('CustomerID'),
    amountCents: amountIn(detail, 'Amount', account),
    day: dayIn(detail, 'TransactionDate'),
    type: row.attributes.Type ?? '',
    document: textIn(detail, 'DocumentNumber'),
    comment: textIn(detail, 'Comment'),
    isReversal: firstIn(detail, 'Reversal') !== undefined,
  };
}

export const amountText = (amount: Cents, account: Account): string => decimal(amount, currencyOf(account));
