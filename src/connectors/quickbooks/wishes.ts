/** What the ledger wishes to see in the books, read from the payloads of domain/books.ts, and how sales look at Intuit. */
import { type BookCustomer, type CreditWish, type InvoiceWish, OUR_NUMBER, type PaymentWish } from '../../domain/books';
import { toNumber } from '../../domain/money';
import { type Cents, type Currency, currency, leaseId } from '../../domain/values';
import { Json } from '../../http/json';
import type { Account, EffectContext } from '../connector';
import { modeOf } from './api';

type Payload = EffectContext['payload'];

function customerOf(wish: Json): BookCustomer {
  const of = (name: string): string => wish.str(`customer.${name}`);
  const [email, phone] = [wish.opt('customer.email'), wish.opt('customer.phone')];
  return {
    leaseId: leaseId(of('leaseId')),
    name: of('name'),
    residents: of('residents'),
    property: of('property'),
    unit: of('unit'),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
  };
}

/** Our number: short enough for a document number and a payment's reference, 21 characters each. */
function numberIn(wish: Json, path: string): string {
  const number = wish.str(path);
  return OUR_NUMBER.exec(number)?.[0] === number
    ? number
    : wish.at(path).wrong('a number of ours, such as RL-8K2M4N7QPZ');
}

function common(wish: Json) {
  const amountCents = wish.minor('amountCents');
  const gone = wish.bool('gone');
  return {
    number: numberIn(wish, 'number'),
    customer: customerOf(wish),
    currency: currency(wish.str('currency')),
    amountCents: amountCents > 0 || gone ? amountCents : wish.at('amountCents').wrong('more than nothing'),
    day: wish.str('day') as InvoiceWish['day'],
    gone,
  };
}

export function invoiceWish(payload: Payload): InvoiceWish {
  const wish = new Json(payload, 'payload');
  const due = wish.str('due') as InvoiceWish['due'];
  return { ...common(wish), due, type: wish.str('type'), description: wish.str('description') };
}

export function paymentWish(payload: Payload): PaymentWish {
  const wish = new Json(payload, 'payload');
  const [source, reference] = [wish.str('source'), wish.str('reference')];
  return { ...common(wish), invoice: numberIn(wish, 'invoice'), source, reference };
}

export function creditWish(payload: Payload): CreditWish {
  const wish = new Json(payload, 'payload');
  return { ...common(wish), invoice: numberIn(wish, 'invoice'), reason: wish.str('reason') };
}

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
