/** How Stripe's words become ours: statuses, payments and reversals. */

import { connectorOf, connectors } from '../../src/connectors';
import { stripe } from '../../src/connectors/stripe';
import { instant } from '../../src/domain/values';
import { drive, NOW, SINCE } from './drive';
import { account, charge, intent, seconds, serve, type Thing } from './stripe-account';

const AT = seconds(NOW) - 3600;

function pullOnce(parts: Parameters<typeof account>[0]) {
  const flow = stripe.receipts?.pull(undefined, { since: instant(SINCE), now: instant(NOW), account: {} });
  if (!flow) throw new Error('no feed');
  const { result } = drive(stripe, flow, serve(account(parts)));
  if ('fault' in result) throw new Error(result.fault.message);
  return result.value;
}

const seenOf = (more: Record<string, unknown>, parts: Parameters<typeof account>[0] = {}) =>
  pullOnce({ ...parts, payment_intents: [intent('pi_1', AT, more)] }).payments[0];

describe('statuses', () => {
  const failedCharge = charge('ch_1', AT, {
    status: 'failed',
    failure_code: 'card_declined',
    failure_message: 'Declined.',
  });
  const pendingCharge = charge('ch_1', AT, { status: 'pending', captured: true, balance_transaction: null });
  const error = { code: 'card_declined', decline_code: 'insufficient_funds', message: 'Not enough money.' };

  it.each([
    ['processing', { latest_charge: pendingCharge }, 'pending'],
    ['succeeded', {}, 'settled'],
    ['canceled', { cancellation_reason: 'abandoned', latest_charge: null }, 'failed'],
    ['requires_payment_method', { last_payment_error: error, latest_charge: failedCharge }, 'failed'],
    ['requires_payment_method', { latest_charge: failedCharge }, 'failed'],
    ['requires_payment_method', { latest_charge: null }, undefined],
    ['requires_confirmation', { latest_charge: null }, undefined],
    ['requires_action', { latest_charge: null }, undefined],
    ['requires_action', { latest_charge: failedCharge }, 'failed'],
    ['requires_action', { latest_charge: pendingCharge }, 'pending'],
    ['requires_capture', { latest_charge: charge('ch_1', AT, { captured: false }) }, undefined],
  ])('%s with %j', (status, more, state) => {
    expect(seenOf({ ...more, status })?.state).toBe(state);
  });

  it.each([
    ['pending', {}, 'pending'],
    ['succeeded', {}, 'settled'],
    ['failed', {}, 'failed'],
    ['succeeded', { captured: false }, undefined],
  ])('a charge of its own that is %s %j', (status, more, state) => {
    const { payments } = pullOnce({ payment_intents: [], charges: [] });
    expect(payments).toEqual([]);
    const first = pullOnce({ charges: [charge('py_1', AT, { ...more, status })] });
    const flow = stripe.receipts?.pull(first.state, { since: instant(SINCE), now: instant(NOW), account: {} });
    if (!flow) throw new Error('no feed');
    const driven = drive(stripe, flow, serve(account({ charges: [charge('py_1', AT, { ...more, status })] })));
    expect(driven.result).toMatchObject({ value: { payments: state ? [{ key: 'stripe:py_1', state }] : [] } });
  });
});

describe('a payment', () => {
  it('is told whole', () => {
    expect(seenOf({})).toEqual({
      key: 'stripe:pi_1',
      source: 'stripe',
      externalId: 'pi_1',
      amountCents: 150_000,
      currency: 'USD',
      state: 'settled',
      initiatedAt: (AT + 5) * 1000,
      settledAt: (AT + 5) * 1000,
      feeCents: 4380,
      leaseRef: 'L-104',
      customer: 'cus_1',
      payerEmail: 'ann@example.com',
      payerName: 'Ann Lee',
      memo: 'Rent December',
      reversals: [],
    });
  });

  it('counts what was received, not what was asked for', () => {
    expect(seenOf({ amount_received: 90_000 })?.amountCents).toBe(90_000);
  });

  it('a bank debit is initiated when its charge is made and settled when it is booked', () => {
    const booked = { object: 'balance_transaction', created: AT + 400_000, fee: 500, currency: 'usd' };
    expect(seenOf({ latest_charge: charge('py_1', AT, { balance_transaction: booked }) })).toMatchObject({
      initiatedAt: AT * 1000,
      settledAt: (AT + 400_000) * 1000,
      feeCents: 500,
    });
  });

  it('has no fee when the fee is in another currency', () => {
    const booked = { object: 'balance_transaction', created: AT, fee: 500, currency: 'eur' };
    expect(seenOf({ latest_charge: charge('ch_1', AT, { balance_transaction: booked }) })?.feeCents).toBeUndefined();
  });

  it('says why it failed, in code and words, without account numbers', () => {
    const message = 'Card 4242 4242 4242 4242 has insufficient funds.';
    const more = {
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined', decline_code: 'insufficient_funds', message },
    };
    expect(seenOf(more)?.failure).toBe('card_declined/insufficient_funds: Card [card …4242] has insufficient funds.');
    expect(seenOf({ status: 'canceled', cancellation_reason: 'abandoned' })?.failure).toBe('abandoned');
  });

  it('has its memo masked', () => {
    expect(seenOf({ description: 'ssn 123-45-6789' })?.memo).toBe('ssn [SSN …6789]');
  });
});

function reversal(object: 'refund' | 'dispute', status: string, more: Record<string, unknown> = {}): Thing {
  return {
    id: object === 'refund' ? 're_1' : 'dp_1',
    object,
    created: AT + 60,
    amount: 150_000,
    payment_intent: 'pi_1',
    charge: 'ch_1',
    reason: null,
    status,
    ...more,
  };
}

describe('reversals', () => {
  const reversed = (found: Thing, methodType = 'card') => {
    const latest = charge('ch_1', AT, {
      refunded: true,
      amount_refunded: 1,
      disputed: true,
      payment_method_details: { type: methodType },
    });
    const list = found.object === 'refund' ? { refunds: [found] } : { disputes: [found] };
    return pullOnce({ payment_intents: [intent('pi_1', AT, { latest_charge: latest })], ...list });
  };

  it.each([
    ['succeeded', 'final'],
    ['pending', 'final'],
    ['requires_action', 'final'],
    ['failed', undefined],
    ['canceled', undefined],
  ])('a refund that is %s is %s', (status, state) => {
    const [payment] = reversed(reversal('refund', status)).payments;
    expect(payment?.reversals.map((each) => [each.reason, each.state])).toEqual(state ? [['refunded', state]] : []);
  });

  it.each([
    ['warning_needs_response', undefined],
    ['warning_under_review', undefined],
    ['warning_closed', undefined],
    ['prevented', undefined],
    ['needs_response', 'open'],
    ['under_review', 'open'],
    ['appeal_needs_response', 'open'],
    ['appeal_under_review', 'open'],
    ['won', 'won'],
    ['lost', 'lost'],
  ])('a card dispute that is %s is %s', (status, state) => {
    const [payment] = reversed(reversal('dispute', status)).payments;
    expect(payment?.reversals.map((each) => [each.reason, each.state])).toEqual(state ? [['disputed', state]] : []);
  });

  it('a prevented dispute that took money is lost, whatever its word', () => {
    const movement = { id: 'txn_9', object: 'balance_transaction', amount: -150_000 };
    const [payment] = reversed(reversal('dispute', 'prevented', { balance_transactions: [movement] })).payments;
    expect(payment?.reversals.map((each) => [each.reason, each.state])).toEqual([['disputed', 'lost']]);
  });

  it.each(['needs_response', 'under_review', 'lost'])(
    'a bank debit dispute that is %s is a return, and final',
    (status) => {
      const [payment] = reversed(
        reversal('dispute', status, { reason: 'insufficient_funds', network_reason_code: 'R01' }),
        'us_bank_account',
      ).payments;
      expect(payment?.reversals).toEqual([
        {
          key: 'stripe:dp_1',
          reason: 'returned',
          state: 'final',
          amountCents: 150_000,
          at: (AT + 60) * 1000,
          detail: `ACH return by the payer's bank, dispute ${status}: insufficient_funds (R01)`,
        },
      ]);
    },
  );

  it('an unknown status of a reversal is a fault, and the payment is not told by halves', () => {
    for (const object of ['refund', 'dispute'] as const) {
      const page = reversed(reversal(object, 'vaporised'));
      expect(page.payments).toEqual([]);
      expect(page.faults).toMatchObject([{ about: 'pi_1', fault: { fault: 'malformed' } }]);
      expect(page.faults[0]?.fault.message).toContain('"vaporised"');
    }
  });

  it('all refunds of a payment are read, however many pages they fill', () => {
    const refunds = Array.from({ length: 230 }, (_, index) => ({
      ...reversal('refund', 'succeeded', { amount: 1 }),
      id: `re_${index}`,
      created: AT + index,
    }));
    const latest = charge('ch_1', AT, { amount_refunded: 230 });
    const page = pullOnce({ payment_intents: [intent('pi_1', AT, { latest_charge: latest })], refunds });
    expect(new Set(page.payments[0]?.reversals.map((each) => each.key)).size).toBe(230);
  });
});

describe('the list', () => {
  it('knows each connector by its name, each once', () => {
    const ids = connectors.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(['stripe', 'slack']));
    expect(connectorOf('stripe')).toBe(stripe);
    expect(connectorOf('constructor')).toBeUndefined();
  });

  it('every connector calls https hosts of its own and says how each effect stays once', () => {
    // Microsoft's sign-in is that of two platforms, each with its own application.
    const claimed = connectors.flatMap(({ hosts }) => hosts).filter((host) => host !== 'login.microsoftonline.com');
    expect(new Set(claimed).size).toBe(claimed.length);
    for (const { hosts, effects } of connectors) {
      expect(hosts.filter((host) => !/^\.?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host))).toEqual([]);
      for (const effect of Object.values(effects ?? {}))
        expect(['vendor-key', 'natural-id', 'lookup', 'ask']).toContain(effect.once);
    }
  });
});
