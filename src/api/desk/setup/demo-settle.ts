/** Brings a demo lease to nothing by entries: what was received is reversed, what is open is credited, the deposit goes back. */
import { type Account, entryBase, itemsTakenBack, post, spendCredit, spendUnspent } from '../../../domain/account';
import { minus, sum } from '../../../domain/money';
import { key, type LeaseId } from '../../../domain/values';
import type { App } from '../../../run/app';
import type { Loaded } from '../../../sheet/load';
import { accountOf } from '../../account';

const WHY = 'The demo was taken away';

/** Undefined where the lease has no row that runs. Keys come from the request, so that a repeat has the same ones. */
export function settledAccount(app: App, loaded: Loaded, lease: LeaseId): Account | undefined {
  const account = accountOf(loaded, app, lease);
  if (!account) return undefined;
  reverseReceipts(account);
  creditCharges(account);
  chargeAhead(account);
  returnDeposit(account);
  return account;
}

const base = (account: Account) => ({ ...entryBase(account), day: account.today, why: WHY });
const stamp = (account: Account) => account.run.id;

function reverseReceipts(account: Account): void {
  const mine = account.book.receipts.filter((row) => row.lease === account.lease.id && row.state === 'settled');
  for (const row of mine) {
    const left = minus(row.amountCents, row.reversedCents);
    if (left <= 0) continue;
    post(account, {
      ...base(account),
      kind: 'reversal',
      key: key(`${row.key}:reversed:${stamp(account)}`),
      receipt: row.key,
      about: row.key,
      reason: 'entered in error',
      amountCents: left,
      items: itemsTakenBack(account, row.key, left, row.items),
    });
  }
}

function creditCharges(account: Account): void {
  for (const charge of account.state.charges.filter((each) => each.openCents > 0)) {
    const credit = {
      ...base(account),
      kind: 'credit' as const,
      type: 'adjustment' as const,
      key: key(`credit:${charge.key}:${stamp(account)}`),
      amountCents: charge.openCents,
      items: [],
      about: charge.key,
    };
    post(account, spendCredit(account, credit));
  }
}

/** Credits that were more than was owed are used up by a charge of the same amount. */
function chargeAhead(account: Account): void {
  const ahead = sum(account.state.unspent.map((each) => each.leftCents));
  if (ahead <= 0) return;
  post(account, {
    ...base(account),
    kind: 'charge',
    type: 'other',
    key: key(`charge:${account.lease.id}:${stamp(account)}`),
    amountCents: ahead,
    due: account.today,
  });
  spendUnspent(account);
}

function returnDeposit(account: Account): void {
  if (account.state.depositHeldCents <= 0) return;
  post(account, {
    ...base(account),
    kind: 'deposit',
    type: 'refunded',
    key: key(`deposit-refunded:${account.lease.id}:${stamp(account)}`),
    amountCents: account.state.depositHeldCents,
  });
}
