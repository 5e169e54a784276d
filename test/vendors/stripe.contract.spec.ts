/** Everything that our Stripe connector can do, through the connector, held against the description that Stripe publishes. */
import { payOut } from '../../local/vendors/stripe/payouts';
import {
  disputePayment,
  ignoreDispute,
  moveDispute,
  payByLink,
  payCheckout,
  refundPayment,
} from '../../local/vendors/stripe/people';
import type { AccountSeen, Flow } from '../../src/connectors/connector';
import { stripe } from '../../src/connectors/stripe';
import type { PaymentSeen } from '../../src/domain/book';
import { cents } from '../../src/domain/money';
import { leaseId } from '../../src/domain/values';
import { Account, DAY, linkOf, offer, sessionOf } from '../connectors/stripe-bench';
import { fitsWhatIsPublished } from './published';

/** The resident saves a method; gives what a charge of it takes. */
function saved(account: Account, lease: string, method: string) {
  const wanted = offer({ leaseId: leaseId(lease), email: `${lease}@example.com` });
  const page = account.done('setup', `offer:setup:${lease}`, wanted);
  payCheckout(account.state, sessionOf(page), method, account.nowMs);
  const customer = linkOf('setup', page)?.externalId;
  const [paymentMethod, methodType] = account.done('adopt', `offer:adopt:${lease}`, { ...wanted, customer }).split(' ');
  return { ...wanted, customer, paymentMethod, methodType };
}

function moneyIn(account: Account): string {
  const card = saved(account, 'L-1', 'pm_card_visa');
  const bank = saved(account, 'L-2', 'pm_usBankAccount_success');
  const paid = account.done('charge', 'autopay:1', card);
  account.done('charge', 'autopay:1', card, { attempt: 2 });
  account.done('charge', 'autopay:2', bank);
  account.state.fates[String(card.paymentMethod)] = 'pm_card_chargeDeclinedInsufficientFunds';
  expect(account.ask('charge', 'autopay:3', card)).toMatchObject({ fault: { code: 'insufficient_funds' } });
  const page = account.done('payLink', 'paylink:1', offer({ leaseId: leaseId('L-3') }));
  payCheckout(account.state, sessionOf(page), 'pm_usBankAccount_dispute', account.nowMs);
  account.done('closePage', 'closepage:paid', { page });
  const other = account.done('payLink', 'paylink:2', offer({ leaseId: leaseId('L-5') }));
  account.done('closePage', 'closepage:open', { page: other });
  account.done('forget', 'autopay-off:2', { ...bank, autopay: `us_bank_account ${bank.paymentMethod}` });
  for (const amount of [150_000, 155_000])
    account.done('paymentLink', `offer:link:${amount}`, offer({ leaseId: leaseId('L-4'), amountCents: cents(amount) }));
  const link = account.all('payment_link').find((one) => one.active)?.id ?? '';
  for (const month of [0, 1]) {
    const intent = payByLink(account.state, link, 'pm_card_visa', account.nowMs + month * 1000);
    if (month === 0) refundPayment(account.state, intent, account.nowMs, 5000);
  }
  return paid;
}

function tour(): Account {
  const account = new Account();
  expect(account.run(stripe.test?.({}) as Flow<AccountSeen>)).toMatchObject({ value: { mode: 'sandbox' } });
  account.poll();
  const paid = moneyIn(account);
  const dispute = disputePayment(account.state, paid, account.nowMs);
  const inquiry = disputePayment(account.state, paid, account.nowMs, 'warning_needs_response');
  account.nowMs += DAY;
  account.poll();
  for (const status of ['under_review', 'won', 'appeal_needs_response', 'appeal_under_review', 'lost'] as const) {
    account.nowMs += DAY;
    moveDispute(account.state, dispute, status, account.nowMs);
    account.poll();
  }
  ignoreDispute(account.state, inquiry, account.nowMs);
  account.nowMs += 15 * DAY;
  account.poll();
  payOut(account.state, account.nowMs);
  account.nowMs += DAY;
  expect(account.payouts()).toHaveLength(1);
  const [event] = account.all('event').filter((one) => one.type === 'payment_intent.succeeded');
  const hint = stripe.receipts?.byHint?.({ id: event?.id }, {}) as Flow<readonly PaymentSeen[]>;
  expect(account.run(hint)).toMatchObject({ value: [{ source: 'stripe' }] });
  // A reader who comes anew reads everything from the lists.
  delete account.feed;
  account.poll();
  return account;
}

describe('what our Stripe connector sends and reads', () => {
  const account = tour();
  const { entries } = account.har.toJSON().log;

  it('is every operation that it has', () => {
    const asked = entries.map(({ request }) => `${request.method} ${new URL(String(request.url)).pathname}`);
    const folded = asked.map((each) => each.replace(/\/(pi|cus|evt|plink|pm|cs_test)_\w+/g, '/ID').replace('/v1/', ''));
    expect([...new Set(folded)].sort()).toEqual([
      'GET balance',
      'GET balance_transactions',
      'GET charges',
      'GET checkout/sessions/ID',
      'GET customers',
      'GET customers/search',
      'GET disputes',
      'GET events',
      'GET events/ID',
      'GET payment_intents',
      'GET payment_intents/ID',
      'GET payment_links',
      'GET payment_methods/ID',
      'GET refunds',
      'GET setup_intents',
      'POST checkout/sessions',
      'POST checkout/sessions/ID/expire',
      'POST customers',
      'POST payment_intents',
      'POST payment_links',
      'POST payment_links/ID',
      'POST payment_methods/ID/detach',
      'POST prices',
      'POST products',
    ]);
  });

  fitsWhatIsPublished('Stripe', () => account.har.toJSON(), { passed: entries.length });
});
