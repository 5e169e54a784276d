/** A plan or a dispute that begins or ends, and the deposit at the end. */
import { entryBase, post, spendCredit } from '../account';
import { decimal } from '../money';
import { key } from '../values';
import { type Acting, type ActOf, type ActResult, type Refused, refuse } from './act';
import { amountFrom, moneyText, NO_AMOUNT } from './words';

export function pause({ account }: Acting, act: ActOf<'pause'>): ActResult | Refused {
  const rests = account.state.pauses.some((each) => each.type === act.type && each.about === act.charge);
  if (rests && act.begins) return refuse(`The ${act.type} runs already.`);
  if (!rests && !act.begins) return refuse(`There is no ${act.type} that could end.`);
  if (act.begins && act.charge && !account.state.charges.some((each) => each.key === act.charge))
    return refuse(`There is no open charge ${act.charge} on this lease.`);
  post(account, {
    ...entryBase(account),
    kind: 'pause',
    type: act.type,
    begins: act.begins,
    key: key(`pause:${act.type}:${account.lease.id}`),
    ...(act.charge ? { about: key(act.charge) } : {}),
    day: account.today,
    why: act.reason,
  });
  const what = `a ${act.type} for ${act.charge ?? account.lease.id}`;
  return act.begins
    ? { title: `Begin ${what}`, told: `Began ${what}` }
    : { title: `End ${what}`, told: `Ended ${what}` };
}

const DONE = { refunded: 'given back', withheld: 'kept', applied: 'put against what is owed' } as const;

/** Given back, kept, or put against what is owed. */
export function settleDeposit({ account }: Acting, act: ActOf<'deposit'>): ActResult | Refused {
  const amountCents = amountFrom(account, act.amount);
  if (amountCents === undefined) return refuse(NO_AMOUNT);
  const held = account.state.depositHeldCents;
  if (amountCents > held) return refuse(`Only ${decimal(held, account.property.currency)} is held.`);
  const base = { ...entryBase(account), amountCents, day: account.today, why: act.reason };
  const name = key(`deposit-${act.action}:${account.lease.id}`);
  post(account, { ...base, kind: 'deposit', type: act.action === 'refunded' ? 'refunded' : 'withheld', key: name });
  if (act.action === 'applied') {
    const credit = { ...base, kind: 'credit' as const, type: 'deposit applied' as const, items: [] };
    post(account, spendCredit(account, { ...credit, key: key(`deposit-credit:${account.lease.id}`) }));
  }
  const what = `${moneyText(account, amountCents)} of the deposit: ${DONE[act.action]}`;
  return { title: `Settle ${what}`, told: `Settled ${what}`, amountCents };
}
