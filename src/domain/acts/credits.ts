/** Less debt without money: a charge is waived, or a concession given. */
import { entryBase, post, spendCredit } from '../account';
import { DEPOSIT } from '../book';
import { decimal } from '../money';
import { key } from '../values';
import { type Acting, type ActOf, type ActResult, type Refused, refuse } from './act';
import { amountFrom, chargeText, moneyText, NO_AMOUNT } from './words';

export const NO_DEPOSIT = 'A deposit is held for the resident and is no income: it cannot be waived or adjusted.';

/** Gives up an open charge, whole or in part. */
export function waive({ account }: Acting, act: ActOf<'waive'>): ActResult | Refused {
  const charge = account.state.charges.find((each) => each.key === act.charge);
  if (!charge) return refuse(`There is no open charge ${act.charge} on this lease.`);
  if (charge.type === DEPOSIT) return refuse(NO_DEPOSIT);
  const amountCents = act.amount === undefined ? charge.openCents : amountFrom(account, act.amount);
  if (amountCents === undefined) return refuse(NO_AMOUNT);
  if (amountCents > charge.openCents || amountCents === 0)
    return refuse(`Only ${decimal(charge.openCents, account.property.currency)} of ${charge.key} is open.`);
  const credit = {
    ...entryBase(account),
    kind: 'credit' as const,
    type: 'waiver' as const,
    key: key(`credit:${charge.key}`),
    amountCents,
    items: [],
    day: account.today,
    about: charge.key,
    why: act.reason,
  };
  post(account, spendCredit(account, credit));
  const what = `${moneyText(account, amountCents)} of ${chargeText(charge)}`;
  return { title: `Waive ${what}`, told: `Waived ${what}`, amountCents, touches: charge.due };
}

/** A concession: it pays what is open by the lease's rule, and what is left is money ahead. */
export function giveCredit({ account }: Acting, act: ActOf<'credit'>): ActResult | Refused {
  const amountCents = amountFrom(account, act.amount);
  if (amountCents === undefined) return refuse(NO_AMOUNT);
  const credit = {
    ...entryBase(account),
    kind: 'credit' as const,
    type: 'concession' as const,
    key: key(`credit:${account.lease.id}`),
    amountCents,
    items: [],
    day: account.today,
    why: act.reason,
  };
  post(account, spendCredit(account, credit));
  const what = `a credit of ${moneyText(account, amountCents)}`;
  return { title: `Give ${what}`, told: `Gave ${what}`, amountCents };
}
