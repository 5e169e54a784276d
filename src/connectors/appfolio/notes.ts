/**
 * Money and credit on our charges. AppFolio has no call that takes a receipt or a credit, so its bookkeeper is told by a note at the
 * tenant: what came in, by which number it is known, and what to enter.
 */

import { digestOf } from '../../domain/audit';
import type { CreditWish, InvoiceWish, PaymentWish } from '../../domain/books';
import { display } from '../../domain/money';
import { fail } from '../../http/faults';
import type { HttpRequest } from '../../ports';
import { asked, type Effect, type Flow } from '../connector';
import { creditWish, paymentWish } from '../wishes';
import { idIn, post } from './api';
import { directory, type Household, householdOf } from './households';

/** A note at the lease holder. The same words are written once. */
export function note(household: Household, text: string): HttpRequest {
  const [person] = household.people;
  if (!person) return fail('missing', 'AppFolio names nobody in this household.');
  const key = `rent-ledger-note-${digestOf(`${person.id}\n${text}`).slice(0, 40)}`;
  return post(`tenants/${encodeURIComponent(person.id)}/notes`, { Body: text }, key);
}

const amountOf = ({ amountCents, currency }: PaymentWish | CreditWish | InvoiceWish): string =>
  display(amountCents, currency);

function paymentNote(wish: PaymentWish): string {
  const { number, invoice, day, source, reference, gone } = wish;
  const money = `${amountOf(wish)} received ${day} (${source} ${reference}) on charge ${invoice}`;
  return gone
    ? `Rent Ledger ${number}: ${money} came back or lies elsewhere now. Reverse its receipt here.`
    : `Rent Ledger ${number}: ${money}. Enter it as a receipt with the reference ${number}.`;
}

function creditNote(wish: CreditWish): string {
  const { number, invoice, day, reason, gone } = wish;
  const credit = `credit of ${amountOf(wish)} of ${day} on charge ${invoice} (${reason})`;
  return `Rent Ledger ${number}: ${credit}. ${gone ? 'It was taken back: remove it here.' : 'Enter it here.'}`;
}

export const changeNote = (wish: InvoiceWish, id: string): string =>
  wish.gone
    ? `Rent Ledger ${wish.number}: charge ${id} was entered in error. Reverse it here.`
    : `Rent Ledger ${wish.number}: charge ${id} is to be ${amountOf(wish)}, due ${wish.due}. Change it here.`;

function* noted(customer: PaymentWish['customer'], text: string): Flow<string> {
  return idIn(yield* asked(note(householdOf(yield* directory(), customer), text)), 'note');
}

export const payment: Effect = {
  once: 'vendor-key',
  *run({ payload }) {
    const wish = paymentWish(payload);
    return yield* noted(wish.customer, paymentNote(wish));
  },
};

export const credit: Effect = {
  once: 'vendor-key',
  *run({ payload }) {
    const wish = creditWish(payload);
    return yield* noted(wish.customer, creditNote(wish));
  },
};
