/** Lets the days pass: carries out everything that has come due, each at its own time and in order. */
import { arrive } from './arrivals';
import { lapseDispute } from './disputes';
import { returnDebit, settleDebit } from './pay';
import { settleRefund } from './refunds';
import { expireSession } from './sessions';
import type { Deed, Desk, StripeState } from './state';

/** `now` is in Unix seconds. Work that one deed leads to is done in the same pass when it is due as well. */
export function letPass(state: StripeState, now: number): void {
  while (state.due[0] && state.due[0].at <= now) {
    const { at, deed } = state.due.shift()!;
    perform({ state, now: at, live: false, requestId: null, idempotencyKey: null }, deed);
  }
}

function perform(desk: Desk, deed: Deed): void {
  if (deed.does === 'settle-debit') settleDebit(desk, deed.id);
  else if (deed.does === 'return-debit') returnDebit(desk, deed.id);
  else if (deed.does === 'settle-refund') settleRefund(desk, deed.id, deed.status);
  else if (deed.does === 'lapse-dispute') lapseDispute(desk, deed.id);
  else if (deed.does === 'expire-session') expireSession(desk, deed.id);
  else arrive(desk, deed);
}
