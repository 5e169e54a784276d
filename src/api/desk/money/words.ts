/** Money and receipts as the desk's money screens name them. */
import type { ReceiptRow } from '../../../domain/book';
import { localDay } from '../../../domain/calendar';
import { amountText } from '../../../domain/fee-words';
import { cents } from '../../../domain/money';
import type { Cents, Currency, Zone } from '../../../domain/values';
import type { Money, ReceiptLine } from '../told';

/** `1,200.00 USD`. */
export const moneyText = (amount: Cents, currency: Currency): string => `${amountText(amount, currency)} ${currency}`;

/** One sum for each currency, in the order in which they come. */
export function sumsOf(amounts: readonly Money[]): readonly Money[] {
  const sums = new Map<Currency, Cents>();
  for (const each of amounts) sums.set(each.currency, cents((sums.get(each.currency) ?? 0) + each.cents));
  return [...sums].map(([currency, total]) => ({ cents: total, currency }));
}

export const sumsText = (sums: readonly Money[]): string =>
  sums.map((each) => moneyText(each.cents, each.currency)).join(' and ');

export function receiptLineOf(row: ReceiptRow, zone: Zone): ReceiptLine {
  return {
    key: row.key,
    source: row.source,
    externalId: row.externalId,
    ...(row.lease ? { lease: row.lease } : {}),
    amount: { cents: row.amountCents, currency: row.currency },
    fee: { cents: row.feeCents, currency: row.currency },
    state: row.state,
    on: localDay(row.initiatedAt, zone),
    payer: row.payer || row.payerEmail || row.customer,
    memo: row.memo,
    matched: row.matched,
  };
}
