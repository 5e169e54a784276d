/** A one-off charge, due today or on another day. */
import { entryBase, post, spendUnspent } from '../account';
import { DEPOSIT } from '../book';
import { parseDay } from '../calendar';
import { key } from '../values';
import { type Acting, type ActOf, type ActResult, type Refused, refuse } from './act';
import { amountFrom, dayText, moneyText, NO_AMOUNT, notDay } from './words';

/** Plain words: the type becomes part of the rows that pay the charge. */
const TYPE = /^[\p{L}\p{N}][\p{L}\p{N} .&'/-]{0,39}$/u;

export const DEPOSIT_STAYS = 'A deposit that was charged stays charged: give it back once it is paid.';

export function addCharge({ account }: Acting, act: ActOf<'charge'>): ActResult | Refused {
  const amountCents = amountFrom(account, act.amount);
  const due = act.due ? parseDay(act.due) : account.today;
  const type = act.type.trim().toLowerCase() || 'other';
  if (amountCents === undefined) return refuse(NO_AMOUNT);
  if (!due) return refuse(notDay(act.due ?? ''));
  if (!TYPE.test(type)) return refuse('Name the charge in a few plain words, such as key replacement.');
  post(account, {
    ...entryBase(account),
    kind: 'charge',
    type,
    key: key(`charge:${account.lease.id}`),
    amountCents,
    due,
    day: account.today,
    why: act.reason,
  });
  spendUnspent(account);
  const what = `${moneyText(account, amountCents)} for ${type}, due ${dayText(due)}`;
  return {
    title: `Charge ${what}`,
    told: `Charged ${what}`,
    amountCents,
    touches: due,
    ...(type === DEPOSIT ? { fixed: DEPOSIT_STAYS } : {}),
  };
}
