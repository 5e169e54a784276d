/** Money as the desk's money screens name it. */
import { amountText } from '../../../domain/fee-words';
import type { Cents, Currency } from '../../../domain/values';
import type { Money } from '../told';
import { moneyWords } from '../words';

/** `1,200.00 USD`. */
export const moneyText = (amount: Cents, currency: Currency): string => `${amountText(amount, currency)} ${currency}`;

export const sumsText = (sums: readonly Money[]): string => sums.map(moneyWords).join(' and ');
