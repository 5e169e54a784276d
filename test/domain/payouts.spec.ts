/** Which entries of a bank are payouts of a processor, and which are rent all the same. */
import fc from 'fast-check';
import type { PaymentSeen } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import { type PayoutFacts, payoutReason } from '../../src/domain/payouts';
import { currency, key, zone } from '../../src/domain/values';

const ON = day('2026-12-04');
const USD = currency('USD');
const FACTS: PayoutFacts = {
  known: [{ by: 'Stripe', amountCents: cents(293_870), currency: USD, day: ON }],
  processors: ['Stripe', 'PayPal', 'Square'],
};

const entry = (more: Partial<PaymentSeen> = {}, after = 0): PaymentSeen => ({
  key: key('plaid:x1'),
  source: 'plaid',
  externalId: 'x1',
  amountCents: cents(293_870),
  currency: USD,
  state: 'settled',
  initiatedAt: instantOf(addDays(ON, after), 12, 0, zone('Etc/UTC')),
  reversals: [],
  ...more,
});
const REASON = 'It looks like a payout of Stripe: its payments are in the ledger already. Mark it not rent.';
const by = (payment: PaymentSeen): string | undefined =>
  /payout of (.+?):/.exec(payoutReason(payment, FACTS) ?? '')?.[1];

describe('an entry of the bank', () => {
  it.each<[number, boolean]>([
    [-4, false],
    [-3, true],
    [0, true],
    [3, true],
    [4, false],
  ])('of the amount of a payout, %i days after its day: %s', (after, isPayout) => {
    expect(payoutReason(entry({}, after), FACTS)).toBe(isPayout ? REASON : undefined);
  });

  it.each<[string, Partial<PaymentSeen>]>([
    ['of another amount', { amountCents: cents(293_871) }],
    ['in another currency', { currency: currency('CAD') }],
    ['of another source', { source: 'paypal' }],
    ['that carries our own reference', { leaseRef: 'L-1' }],
  ])('%s is none', (_, more) => {
    expect(payoutReason(entry(more), FACTS)).toBeUndefined();
  });

  it.each<[string, string | undefined]>([
    ['STRIPE TRANSFER ST-A1B2C3', 'Stripe'],
    ['Stripe Payments UK Ltd', 'Stripe'],
    ['PAYPAL INC. TRANSFER', 'PayPal'],
    ['Square Inc 261204P2', 'Square'],
    ['Zelle from Ann Square, unit 4', undefined],
    ['Rent for 12 Square Street', undefined],
    ['Ada Stripe', undefined],
    ['Pinstripe Transfer', undefined],
  ])('that says "%s" is one of %s', (memo, processor) => {
    expect(by(entry({ memo, amountCents: cents(1) }))).toBe(processor);
  });

  it('that names a processor which is not connected may be rent', () => {
    const payment = entry({ memo: 'PAYPAL TRANSFER', amountCents: cents(1) });
    expect(payoutReason(payment, { ...FACTS, processors: ['Stripe'] })).toBeUndefined();
  });

  it('is no payout for any amount that none has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: -60, max: 60 }), (amount, after) => {
        const isOne = amount === 293_870 && Math.abs(after) <= 3;
        return (payoutReason(entry({ amountCents: cents(amount) }, after), FACTS) !== undefined) === isOne;
      }),
    );
  });
});
