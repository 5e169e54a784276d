/** The payloads of the effects that mirror the ledger, read field by field. */
import type { BookCustomer, CreditWish, InvoiceWish, PaymentWish } from '../../domain/books';
import { parseDay } from '../../domain/calendar';
import { currency, type Day, leaseId } from '../../domain/values';
import { Json } from '../../http/json';
import type { EffectContext } from '../connector';

export function invoiceWish(payload: EffectContext['payload']): InvoiceWish {
  const wish = new Json(payload, 'payload');
  return {
    ...common(wish),
    due: dayIn(wish, 'due'),
    type: wish.str('type'),
    description: wish.str('description'),
  };
}

export function paymentWish(payload: EffectContext['payload']): PaymentWish {
  const wish = new Json(payload, 'payload');
  const [source, reference] = [wish.str('source'), wish.str('reference')];
  return { ...common(wish), invoice: wish.str('invoice'), source, reference };
}

export function creditWish(payload: EffectContext['payload']): CreditWish {
  const wish = new Json(payload, 'payload');
  return { ...common(wish), invoice: wish.str('invoice'), reason: wish.str('reason') };
}

function common(wish: Json) {
  const amountCents = wish.minor('amountCents');
  const gone = wish.bool('gone');
  return {
    number: wish.str('number'),
    customer: customerIn(wish),
    currency: currency(wish.str('currency')),
    amountCents: amountCents > 0 || gone ? amountCents : wish.at('amountCents').wrong('more than nothing'),
    day: dayIn(wish, 'day'),
    gone,
  };
}

function customerIn(wish: Json): BookCustomer {
  const [email, phone] = [wish.opt('customer.email'), wish.opt('customer.phone')];
  return {
    leaseId: leaseId(wish.str('customer.leaseId')),
    name: wish.str('customer.name'),
    residents: wish.str('customer.residents'),
    property: wish.str('customer.property'),
    unit: wish.str('customer.unit'),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
  };
}

const dayIn = (wish: Json, path: string): Day => parseDay(wish.str(path)) ?? wish.at(path).wrong('a day');
