/** Every operation of the PayPal connector against the sandbox, recorded: it fits PayPal's published description. */
import {
  approvePaypalOrder,
  openPaypalDispute,
  passPaypalCycle,
  refundPaypalPayment,
  resolvePaypalDispute,
  reversePaypalPayment,
} from '../../local/vendors/paypal/people';
import type { PaypalState } from '../../local/vendors/paypal/state';
import { paypal } from '../../src/connectors/paypal';
import { instant, key } from '../../src/domain/values';
import { LawBench } from '../connectors/laws';
import { HOUR, ORDER, offer, rig, SUBSCRIPTION } from '../connectors/paypal-rig';
import { fitsWhatIsPublished } from './published';

const OPERATIONS = [
  'GET /v1/billing/plans/ID',
  'GET /v1/billing/subscriptions/ID',
  'GET /v1/billing/subscriptions/ID/transactions',
  'GET /v1/catalogs/products/ID',
  'GET /v1/customer/disputes',
  'GET /v1/customer/disputes/ID',
  'GET /v1/notifications/webhooks-events',
  'GET /v1/notifications/webhooks-events/ID',
  'GET /v1/reporting/balances',
  'GET /v1/reporting/transactions',
  'GET /v2/checkout/orders/ID',
  'GET /v2/payments/captures/ID',
  'GET /v2/payments/refunds/ID',
  'POST /v1/billing/plans',
  'POST /v1/billing/plans/ID/activate',
  'POST /v1/billing/plans/ID/update-pricing-schemes',
  'POST /v1/billing/subscriptions',
  'POST /v1/billing/subscriptions/ID/cancel',
  'POST /v1/billing/subscriptions/ID/revise',
  'POST /v1/catalogs/products',
  'POST /v2/checkout/orders',
  'POST /v2/checkout/orders/ID/capture',
];

function tour(): LawBench<PaypalState> {
  const one = new LawBench(rig);
  const doIt = (effect: string, payload: Readonly<Record<string, unknown>>): string => {
    one.nowMs += 61_000;
    const flow = paypal.effects?.[effect]?.run({
      key: key(`tour:${effect}:${JSON.stringify(payload).length}`),
      payload,
      now: instant(one.nowMs),
      account: one.account,
      attempt: 1,
    });
    const result = flow && one.run(flow);
    if (!result || 'fault' in result) throw new Error(`${effect}: ${JSON.stringify(result)}`);
    return result.value;
  };
  const look = (ms: number) => {
    one.nowMs += ms;
    one.state.callsMs = [];
    return one.drain();
  };
  if (paypal.test) one.run(paypal.test(one.account));
  look(60_000);
  doIt('subscribe', { ...offer, leaseId: 'L-2' });
  const [order = ''] = doIt('payLink', { ...offer, number: 'RL-8K2M4N7QPZ', leaseId: 'L-3' }).split(' ');
  doIt('closePage', { page: `${order} https://www.paypal.com/checkoutnow?token=${order}` });
  approvePaypalOrder(one.state, order, one.nowMs);
  doIt('capture', { ...offer, leaseId: 'L-3' });
  // PayPal's links to more events carry parameters that its description leaves out; so few are told here at a time.
  look(60_000);
  one.nowMs += HOUR;
  const captured = doIt('capture', { order: ORDER });
  const paid = passPaypalCycle(one.state, SUBSCRIPTION, 'paid', one.nowMs);
  passPaypalCycle(one.state, SUBSCRIPTION, 'declined', one.nowMs);
  look(60_000);
  refundPaypalPayment(one.state, captured, one.nowMs, 5000);
  const dispute = openPaypalDispute(one.state, paid, one.nowMs);
  look(4 * HOUR);
  resolvePaypalDispute(one.state, dispute, 'lost', one.nowMs);
  reversePaypalPayment(one.state, captured, one.nowMs);
  look(4 * HOUR);
  const event = one.state.events[0]?.id ?? '';
  const hint = paypal.receipts?.byHint?.({ id: event }, one.account);
  if (hint) one.run(hint);
  doIt('agreed', { ...offer, autopay: SUBSCRIPTION });
  doIt('revise', { ...offer, autopay: SUBSCRIPTION });
  doIt('revise', { ...offer, autopay: SUBSCRIPTION, leaseId: 'L-9', amountCents: 140_000 });
  doIt('unsubscribe', { ...offer, autopay: SUBSCRIPTION });
  // Refusals are answers too.
  const gone = paypal.effects?.capture?.run({
    key: key('tour:gone'),
    payload: { order: '5GONEGONEGONEGONE' },
    now: instant(one.nowMs),
    account: one.account,
    attempt: 1,
  });
  if (gone) one.run(gone);
  return one;
}

describe('the traffic of PayPal', () => {
  const har = tour().har.toJSON();

  it('holds every operation', () => {
    const calls = new Set(
      har.log.entries.map(({ request }) => {
        const { pathname } = new URL(String(request.url));
        const path = pathname.replace(/\/(?:RENT|P|I|WH|PP-D)-[\w-]+|\/[57][A-Z0-9]{16}\b/g, '/ID');
        return `${request.method} ${path}`;
      }),
    );
    calls.delete('POST /v1/oauth2/token');
    expect([...calls].sort()).toEqual(OPERATIONS);
  });

  fitsWhatIsPublished('PayPal', () => har, { platform: 'paypal' });
});
