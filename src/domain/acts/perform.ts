/** Does an act on a lease's account: its entries are posted, and what else it wants is given back. */
import { never } from '../values';
import type { Act, Acting, ActResult, Refused } from './act';
import { refuse } from './act';
import { adjust } from './adjust';
import { pause, settleDeposit } from './agreements';
import { addCharge } from './charge';
import { changeContact } from './contact';
import { giveCredit, waive } from './credits';
import { changeDue } from './due';
import { changeRent, hold, moveOut, renew } from './lease-row';
import { endPlan, proposePlan, withdrawPlan } from './plan';
import { reallocate, reverse } from './receipts';
import { release } from './release';
import { NO_REASON } from './words';

/** Letters of a reason. */
export const REASON_MOST = 500;

/** Posts to the account only where it is not refused. */
export function perform(acting: Acting, act: Act): ActResult | Refused {
  if (!act.reason.trim()) return refuse(NO_REASON);
  if (act.reason.length > REASON_MOST) return refuse(`Say why in at most ${REASON_MOST} letters.`);
  switch (act.kind) {
    case 'waive':
      return waive(acting, act);
    case 'credit':
      return giveCredit(acting, act);
    case 'adjust':
      return adjust(acting, act);
    case 'charge':
      return addCharge(acting, act);
    case 'due':
      return changeDue(acting, act);
    case 'hold':
      return hold(acting, act);
    case 'rent':
      return changeRent(acting, act);
    case 'move out':
      return moveOut(acting, act);
    case 'renew':
      return renew(acting, act);
    case 'contact':
      return changeContact(acting, act);
    case 'release':
      return release(acting, act);
    case 'reverse':
      return reverse(acting, act);
    case 'reallocate':
      return reallocate(acting, act);
    case 'pause':
      return pause(acting, act);
    case 'plan propose':
      return proposePlan(acting, act);
    case 'plan withdraw':
      return withdrawPlan(acting, act);
    case 'plan end':
      return endPlan(acting, act);
    case 'deposit':
      return settleDeposit(acting, act);
    default:
      return never(act);
  }
}
