/** A charge is made to come to another amount: more by a further charge about it, less by a credit on it. */
import { type Account, entryBase, freeMoney, lowers, post, spendCredit, spendUnspent } from '../account';
import { DEPOSIT, LATE_FEE, type OpenCharge } from '../book';
import { cents, least, minus, parseAmount, plus, sum, ZERO } from '../money';
import { type Cents, key } from '../values';
import { type Acting, type ActOf, type ActResult, type Refused, refuse } from './act';
import { NO_DEPOSIT } from './credits';
import { chargeText, moneyText } from './words';

export function adjust({ account }: Acting, act: ActOf<'adjust'>): ActResult | Refused {
  const charge = account.state.charges.find((each) => each.key === act.charge);
  const to = parseAmount(act.to, account.property.currency);
  if (!charge) return refuse(`There is no open charge ${act.charge} on this lease.`);
  if (charge.type === DEPOSIT) return refuse(NO_DEPOSIT);
  if (to === undefined || to < 0) return refuse('What it is to come to must be an amount such as 50.00, or 0.');
  const parts = [charge, ...raises(account, charge)];
  const now = sum(parts.map(comesTo));
  if (now === to) return refuse(`${charge.key} comes to ${moneyText(account, to)} already.`);
  if (to > now) raise(account, charge, minus(to, now), act.reason);
  else lower(account, parts, minus(now, to), act.reason);
  spendUnspent(account);
  const what = `${chargeText(charge)} from ${moneyText(account, now)} to ${moneyText(account, to)}`;
  const amountCents = cents(Math.abs(to - now));
  return { title: `Adjust ${what}`, told: `Adjusted ${what}`, amountCents, touches: charge.due };
}

/** Further charges that a person made to raise it. */
const raises = ({ state }: Account, charge: OpenCharge): readonly OpenCharge[] =>
  state.charges.filter((each) => each.about === charge.key && each.key.startsWith(`adjust:${charge.key}:`));

/** What was charged less what was given up of it since. */
export const comesTo = (charge: OpenCharge): Cents =>
  charge.covers
    .filter((cover) => lowers(cover.source, charge.key))
    .reduce((all, cover) => minus(all, cover.amountCents), charge.totalCents);

function raise(account: Account, charge: OpenCharge, amountCents: Cents, why: string): void {
  post(account, {
    ...entryBase(account),
    kind: 'charge',
    type: charge.type,
    key: key(`adjust:${charge.key}`),
    amountCents,
    due: charge.due > account.today ? charge.due : account.today,
    day: account.today,
    about: charge.key,
    why,
  });
}

/** Raises go first. What money had paid of it is free again, and pays something else. */
function lower(account: Account, parts: readonly OpenCharge[], amount: Cents, why: string): void {
  let left = amount;
  for (const part of [...parts].reverse()) {
    const off = least(left, comesTo(part));
    if (off <= 0) continue;
    left = minus(left, off);
    const paid = off > part.openCents ? minus(off, part.openCents) : ZERO;
    freeMoney(account, part, paid, `${part.key} was lowered`);
    const credit = {
      ...entryBase(account),
      kind: 'credit' as const,
      // A fee that a person lowered is not assessed again, as one that they waived.
      type: part.type === LATE_FEE ? ('waiver' as const) : ('adjustment' as const),
      key: key(`credit:${part.key}`),
      amountCents: off,
      items: [],
      day: account.today,
      about: part.key,
      why,
    };
    post(account, spendCredit(account, credit));
  }
}

/** Late fees that stand on a charge. */
export const feesOn = ({ state }: Account, charge: OpenCharge): Cents =>
  state.charges
    .filter((fee) => fee.type === LATE_FEE && fee.about === charge.key)
    .reduce((all, fee) => plus(all, fee.openCents), ZERO);
