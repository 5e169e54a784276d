/** The payloads of effects as connectors read them: the wishes of domain/books.ts, and what a LeaseOffer asks for. */
import type { Frequency } from '../domain/book';
import { type BookCustomer, type CreditWish, type InvoiceWish, OUR_NUMBER, type PaymentWish } from '../domain/books';
import { currency, leaseId } from '../domain/values';
import { Json } from '../http/json';
import type { EffectContext } from './connector';

type Payload = EffectContext['payload'];

/** All three throw a `malformed` fault that names the member of the payload. */
export function invoiceWish(payload: Payload): InvoiceWish {
  const wish = new Json(payload, 'payload');
  return {
    ...common(wish, 'RL'),
    due: wish.day('due'),
    type: wish.str('type'),
    description: wish.str('description'),
  };
}

export function paymentWish(payload: Payload): PaymentWish {
  const wish = new Json(payload, 'payload');
  const [source, reference] = [wish.str('source'), wish.str('reference')];
  return { ...common(wish, 'RP'), invoice: numberIn(wish, 'invoice', 'RL'), source, reference };
}

export function creditWish(payload: Payload): CreditWish {
  const wish = new Json(payload, 'payload');
  return { ...common(wish, 'RC'), invoice: numberIn(wish, 'invoice', 'RL'), reason: wish.str('reason') };
}

type Kind = 'RL' | 'RP' | 'RC';

function common(wish: Json, kind: Kind) {
  const gone = wish.bool('gone');
  return {
    number: numberIn(wish, 'number', kind),
    customer: customerIn(wish.at('customer')),
    currency: currency(wish.str('currency')),
    amountCents: gone ? wish.minor('amountCents') : wish.positive('amountCents'),
    day: wish.day('day'),
    gone,
  };
}

/** It goes into addresses, filters and queries as it is. */
function numberIn(wish: Json, path: string, kind: Kind): string {
  const number = wish.str(path);
  return ourNumber(number, kind) === number ? number : wish.at(path).wrong(`a number of ours, ${kind}-…`);
}

/** Our number, of that kind where one is given, in a text of theirs. */
export function ourNumber(text: string | undefined, kind = 'R'): string | undefined {
  const number = OUR_NUMBER.exec(text ?? '')?.[0];
  return number?.startsWith(kind) ? number : undefined;
}

const customerIn = (customer: Json): BookCustomer => ({
  leaseId: leaseId(customer.str('leaseId')),
  id: customer.opt('id'),
  name: customer.str('name'),
  residents: customer.str('residents'),
  property: customer.str('property'),
  unit: customer.str('unit'),
  email: customer.opt('email'),
  phone: customer.opt('phone'),
});

// ---------------------------------------------------------------- offers

export function httpsIn(offer: Json, path: string): string {
  const url = offer.str(path);
  return /^https:\/\/[\w.-]+(?:[/?#]\S*)?$/.test(url) ? url : offer.at(path).wrong('an https address');
}

/** Rent periods as billing services count them. */
export const PERIODS: Readonly<Record<Frequency, { readonly unit: 'week' | 'month'; readonly count: number }>> = {
  weekly: { unit: 'week', count: 1 },
  fortnightly: { unit: 'week', count: 2 },
  monthly: { unit: 'month', count: 1 },
  quarterly: { unit: 'month', count: 3 },
  yearly: { unit: 'month', count: 12 },
};

/** A vendor's reference with the page that shows it, or on which it is paid, where there is one. */
export const withPage = (id: string, url: string | undefined): string => (url ? `${id} ${url}` : id);

/** What closing a page to pay on gives: it is over, or somebody has paid there. */
export const CLOSED = 'closed';
export const paidBy = (payment: string): string => `paid ${payment}`;
