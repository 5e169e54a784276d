/** The sentences of the lease screen: how the balance comes about, and what its late fee, grace and law say. */
import { dayText } from '../../domain/acts/words';
import type { Lease, LeaseState, Property } from '../../domain/book';
import { amountText, feeWords, graceWords, listWords, moneyText } from '../../domain/fee-words';
import { lawOf, lawWords } from '../../domain/law';
import { sum } from '../../domain/money';
import type { Currency, Day } from '../../domain/values';

const PARTS_MAX = 6;

/** The balance is what is open less what is ahead. */
export function balanceWhy(state: LeaseState, today: Day, currency: Currency): string {
  const open = state.charges.filter((charge) => charge.openCents > 0);
  const aheadCents = sum(state.unspent.map((each) => each.leftCents));
  const ahead = moneyText(aheadCents, currency);
  if (open.length === 0)
    return aheadCents > 0
      ? `Everything charged is paid, and ${ahead} is ahead for what comes next.`
      : 'Everything charged is paid.';
  const parts = open.slice(0, PARTS_MAX).map((charge) => {
    const amount = amountText(charge.openCents, currency);
    const part = charge.openCents < charge.totalCents ? ` of ${amountText(charge.totalCents, currency)}` : '';
    const due = charge.due > today ? 'due only on' : 'due';
    return `${amount}${part} ${charge.type} ${due} ${dayText(charge.due)}`;
  });
  const more = open.length > PARTS_MAX ? [`${open.length - PARTS_MAX} more`] : [];
  const total = moneyText(state.balanceCents, currency);
  const less = aheadCents > 0 ? `, less ${ahead} ahead` : '';
  return `${listWords([...parts, ...more])}${less}: ${total}.`;
}

/** One line each: the agreed fee, its cap, grace, the law, the fee for a returned payment, who must confirm. */
export function feeTerms({ fees }: Lease, property: Property, dueOn: Day): readonly string[] {
  const { currency } = property;
  const law = lawOf(property.jurisdiction);
  return [
    `Late fee: ${feeWords(fees.late, currency)}`,
    ...(fees.cap ? [`At most: ${feeWords(fees.cap, currency)}`] : []),
    ...(fees.late ? [`Grace: ${graceWords(fees.grace, dueOn)}`] : []),
    ...(fees.minimumCents > 0 ? [`Only from ${amountText(fees.minimumCents, currency)} unpaid`] : []),
    ...(fees.returnedCents > 0 ? [`Returned payment: ${amountText(fees.returnedCents, currency)}`] : []),
    ...(law ? [`Law of ${lawWords(law)}`] : []),
    ...(fees.late && !fees.confirmed && !law?.verified
      ? ['Nobody has confirmed these terms: fees wait for a person']
      : []),
  ];
}
