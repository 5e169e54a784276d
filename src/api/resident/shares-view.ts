/** What each of several people on a lease has to pay by their own word, and has paid this month. */
import type { Account } from '../../domain/account';
import { RENT, type ReceiptRow } from '../../domain/book';
import { localDay } from '../../domain/calendar';
import { rateOn } from '../../domain/line-cost';
import { cents, minus, sum } from '../../domain/money';
import { wordsOf } from '../../domain/names';
import { termsOf } from '../../domain/run-book';
import { type Person, sharedRent } from '../../domain/shares';
import type { Cents } from '../../domain/values';
import { payerOf } from './click';
import type { OneLease } from './lease';
import type { ShareView } from './view';

/** Empty for one person. The debt stays joint: nothing here says what one of them owes. */
export function sharesOf({
  account,
  link,
  receipts,
}: Pick<OneLease, 'account' | 'link' | 'receipts'>): readonly ShareView[] {
  const shares = sharedRent(account.lease, rentNow(account));
  const people = shares.map(({ person }) => person);
  const you = payerOf(link, account);
  const month = receipts.filter((row) => isThisMonth(account, row));
  return shares.map(({ person, shareCents }) => ({
    name: person.name,
    you: person.name === you?.name,
    shareCents,
    paidCents: sum(month.filter((row) => whoPaid(people, row) === person).map(keptOf)),
  }));
}

const rentNow = ({ book, lease, today }: Account): Cents => rateOn(termsOf(book, lease), RENT, today, lease.rentCents);

const isThisMonth = ({ property, today }: Account, { initiatedAt }: ReceiptRow): boolean =>
  localDay(initiatedAt, property.zone).slice(0, 7) === today.slice(0, 7);

/** Money of these came, and what of it went back is taken off. */
const CAME: readonly ReceiptRow['state'][] = ['settled', 'partly refunded', 'dispute won', 'returned', 'refunded'];

function keptOf({ state, amountCents, reversedCents }: ReceiptRow): Cents {
  if (!CAME.includes(state)) return cents(0);
  const kept = minus(amountCents, reversedCents);
  return kept > 0 ? kept : cents(0);
}

/**
 * By the name that stands on a page of ours, the payer's mail address, or the payer's name; undefined where none of them tells one
 * person from the others.
 */
export function whoPaid(people: readonly Person[], { memo, payerEmail, payer }: ReceiptRow): Person | undefined {
  const named = (text: string): readonly Person[] =>
    people.filter(({ name }) => wordsOf(name).every((word) => wordsOf(text).includes(word)));
  const mail = people.filter(({ email }) => email !== '' && email.toLowerCase() === payerEmail.toLowerCase());
  return [named(memo), mail, named(payer)].find((found) => found.length === 1)?.[0];
}
