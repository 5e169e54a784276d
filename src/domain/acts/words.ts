/** Words and readers that the acts share. */
import type { Account } from '../account';
import type { OpenCharge } from '../book';
import { shortDay } from '../dates';
import { moneyText as moneyIn } from '../fee-words';
import { parseAmount } from '../money';
import type { Cents, Day } from '../values';

export const NO_AMOUNT = 'The amount must be a number above nothing, such as 50.00.';
export const NO_REASON = 'Say why: the reason stands in the Ledger and in the Log.';

export const notDay = (text: string): string => `"${text.slice(0, 40)}" is not a date.`;

/** `1,250.00 USD` */
export const moneyText = (account: Account, amount: Cents): string => moneyIn(amount, account.property.currency);

/** `Dec 6, 2026` */
export const dayText = (on: Day): string => shortDay(on, 'en');

/** `late fee, due Dec 6, 2026` */
export const chargeText = (charge: OpenCharge): string => `${charge.type}, due ${dayText(charge.due)}`;

/** An amount above nothing in the lease's currency; undefined for anything else. */
export function amountFrom(account: Account, text: string): Cents | undefined {
  const amount = parseAmount(text, account.property.currency);
  return amount !== undefined && amount > 0 ? amount : undefined;
}
