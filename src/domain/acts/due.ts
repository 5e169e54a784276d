/** An unpaid charge falls due on another day. */
import { entryBase, firstFeeDayOf, post } from '../account';
import { addDays, parseDay } from '../calendar';
import { mayCarryFee } from '../fees';
import { key } from '../values';
import { type Acting, type ActOf, type ActResult, type Refused, refuse } from './act';
import { feesOn } from './adjust';
import { chargeText, dayText, moneyText, notDay } from './words';

/** A guard against a mistyped year. */
const DAYS_MOST = 366;

export function changeDue({ account }: Acting, act: ActOf<'due'>): ActResult | Refused {
  const charge = account.state.charges.find((each) => each.key === act.charge && each.openCents > 0);
  const to = parseDay(act.to);
  if (!charge) return refuse(`There is no open charge ${act.charge} on this lease.`);
  if (!to) return refuse(notDay(act.to));
  if (to === charge.due) return refuse(`It falls due on ${to} already.`);
  if (to < account.book.settings.booksOpenOn || to > addDays(account.today, DAYS_MOST))
    return refuse('The new due day must lie after the books opened and within a year from now.');
  const fees = feesOn(account, charge);
  const late = mayCarryFee(account.lease.fees, charge.type) && firstFeeDayOf(account, to) > account.today;
  post(account, {
    ...entryBase(account),
    kind: 'due',
    key: key(`due:${charge.key}`),
    about: charge.key,
    due: to,
    was: charge.due,
    day: account.today,
    why: act.reason,
  });
  const what = `${chargeText(charge)}, to ${dayText(to)}`;
  const stays = `The late fee of ${moneyText(account, fees)} on it stays: waive it if it is no longer right.`;
  return {
    title: `Move ${what}`,
    told: `Moved ${what}`,
    touches: charge.due < to ? charge.due : to,
    warnings: fees > 0 && late ? [stays] : [],
  };
}
