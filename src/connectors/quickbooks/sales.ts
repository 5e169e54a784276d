/** How sales look at Intuit: their one line, their item, and the page that shows them. */
import { toNumber } from '../../domain/money';
import type { Cents, Currency } from '../../domain/values';
import type { Json } from '../../http/json';
import type { Account } from '../connector';
import { modeOf } from './api';

/** One line; in the United States it bears no sales tax, elsewhere none is reckoned. */
export function saleLine(
  account: Account,
  amount: { readonly amountCents: Cents; readonly currency: Currency },
  description: string,
  item: string,
) {
  const detail = { ItemRef: { value: item }, ...(account.COUNTRY === 'US' ? { TaxCodeRef: { value: 'NON' } } : {}) };
  const isAbroad = account.COUNTRY !== undefined && account.COUNTRY !== 'US';
  return {
    Line: [
      {
        DetailType: 'SalesItemLineDetail',
        Amount: toNumber(amount.amountCents, amount.currency),
        Description: description.slice(0, 4000),
        SalesItemLineDetail: detail,
      },
    ],
    ...(isAbroad ? { GlobalTaxCalculation: 'NotApplicable' } : {}),
  };
}

/** The item that a sale was made of, which a bookkeeper may have changed. */
export function itemIn(sale: Json): string | undefined {
  for (const line of sale.list('Line'))
    if (line.has('SalesItemLineDetail.ItemRef.value')) return line.str('SalesItemLineDetail.ItemRef.value');
  return undefined;
}

const PAGES = { Invoice: 'invoice', Payment: 'recvpayment', CreditMemo: 'creditmemo' } as const;

/** The id, and the page that shows it. */
export const refOf = (account: Account, kind: keyof typeof PAGES, id: string): string =>
  `${id} https://app.${modeOf(account) === 'sandbox' ? 'sandbox.' : ''}qbo.intuit.com/app/${PAGES[kind]}?txnId=${id}`;

/** What a wish that something be gone comes to where it never was. */
export const NOTHING = 'none';
