/** Closing a page at Checkout: closed once however often it is asked for, and paid is paid, whoever was quicker. */
import { payCheckout } from '../../local/vendors/people';
import type { Flow } from '../../src/connectors/connector';
import { stripe } from '../../src/connectors/stripe';
import type { HttpReply } from '../../src/ports';
import { context, effectOf } from './drive';
import { Account, offer, sessionOf } from './stripe-bench';

function opened(): { readonly account: Account; readonly page: string } {
  const account = new Account();
  return { account, page: account.done('payLink', 'paypage:1', offer()) };
}
const stateOf = (account: Account) => account.all('checkout.session').map((each) => each.status);

describe('a page at Checkout', () => {
  it('is closed, and stays so when it is asked for again', () => {
    const { account, page } = opened();
    expect(account.done('closePage', 'closepage:1', { page })).toBe('closed');
    expect(account.done('closePage', 'closepage:1', { page }, { attempt: 2 })).toBe('closed');
    expect(account.done('closePage', 'closepage:2', { page })).toBe('closed');
    expect(stateOf(account)).toEqual(['expired']);
  });

  it('that was paid gives its payment', () => {
    const { account, page } = opened();
    payCheckout(account.state, sessionOf(page), 'pm_card_visa', account.nowMs);
    const [payment] = account.all('payment_intent');
    expect(account.done('closePage', 'closepage:1', { page })).toBe(`paid ${payment?.id}`);
  });

  it('that is paid between the look and the closing is paid', () => {
    const { account, page } = opened();
    const closing = effectOf(stripe, 'closePage').run(context('closepage:1', { page }));
    const result = account.run(
      between(closing, () => payCheckout(account.state, sessionOf(page), 'pm_card_visa', account.nowMs)),
    );
    expect(result).toEqual({ value: `paid ${account.all('payment_intent')[0]?.id}` });
  });

  it('whose address was changed is a fault', () => {
    const { account } = opened();
    expect(account.ask('closePage', 'closepage:1', { page: 'https://example.com/' })).toMatchObject({
      fault: { fault: 'malformed', message: 'The address holds no Checkout Session.' },
    });
  });
});

/** The same flow, with something that happens at Stripe after its first answer. */
function* between<T>(flow: Flow<T>, happens: () => void): Flow<T> {
  let step = flow.next();
  for (let wave = 0; !step.done; wave++) {
    let replies: readonly HttpReply[];
    try {
      replies = yield step.value;
    } catch (error) {
      step = flow.throw(error);
      continue;
    }
    if (wave === 0) happens();
    step = flow.next(replies);
  }
  return step.value;
}
