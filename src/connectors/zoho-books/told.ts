/**
 * Payments that the feed has told of: one that is deleted at Zoho Books leaves no trace there, so only what is remembered
 * here can be missed. A text in the feed's state, which has to fit into a property with all else.
 */
import { dayFrom, dayNumber } from '../../domain/calendar';
import { currency as asCurrency, type Cents, type Currency, type Day } from '../../domain/values';

export interface Told {
  readonly payment: string;
  /** The first invoice that it pays; empty for an advance. */
  readonly invoice: string;
  readonly amountCents: Cents;
  readonly day: Day;
  readonly currency: Currency;
}

/** About 40 characters each; a property holds 9,000, and the cursor is not alone in it. */
export const TOLD_MAX = 140;

const BASE = 36;

/** Ids are numbers of up to 19 digits. */
const short = (id: string): string => (/^[1-9]\d*$/.test(id) ? BigInt(id).toString(BASE) : '');
const long = (text: string): string => {
  let id = BigInt(0);
  for (const digit of text) id = id * BigInt(BASE) + BigInt(Number.parseInt(digit, BASE));
  return text === '' ? '' : id.toString();
};

export function toldIn(text: string): readonly Told[] {
  return text.split(' ').flatMap((each) => {
    const [payment = '', invoice = '', amount = '', on = '', currency = ''] = each.split(':');
    if (payment === '' || currency === '') return [];
    return {
      payment: long(payment),
      invoice: long(invoice),
      amountCents: Number.parseInt(amount, BASE) as Cents,
      day: dayFrom(Number.parseInt(on, BASE)),
      currency: asCurrency(currency),
    };
  });
}

const textOf = ({ payment, invoice, amountCents, day, currency }: Told): string =>
  [short(payment), short(invoice), amountCents.toString(BASE), dayNumber(day).toString(BASE), currency].join(':');

/** With the new ones in, without the gone ones; of too many the latest stay. */
export function remembering(before: readonly Told[], seen: readonly Told[], gone: ReadonlySet<string>): string {
  const all = new Map([...before, ...seen].map((each) => [each.payment, each]));
  const kept = [...all.values()].filter(({ payment }) => !gone.has(payment));
  const latest = kept.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : a.payment < b.payment ? 1 : -1));
  return latest.slice(0, TOLD_MAX).map(textOf).join(' ');
}
