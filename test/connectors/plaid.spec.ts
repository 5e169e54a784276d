/** What is particular to Plaid's feed: three sources in one, and entries that come and go. */
import {
  correctPlaidEntry,
  endPlaidConsent,
  movePlaidRefund,
  movePlaidTransfer,
  receiveAtPlaidBank,
  refundPlaidTransfer,
  removePlaidEntry,
  settledPlaidTransfer,
} from '../../local/vendors/people';
import type { Item } from '../../local/vendors/plaid/state';
import { referenceOf } from '../../src/connectors/plaid/reference';
import { DAY, debited, MINUTE, only, PlaidBench } from './plaid-bench';

describe('the landlord bank account', () => {
  const arrive = (bench: PlaidBench, item: Item, more: object = {}) =>
    receiveAtPlaidBank(
      bench.state,
      item.item_id,
      { amountCents: 120_050, name: 'Zelle Ann Lee', payer: 'Ann Lee', day: '2026-12-02', ...more },
      bench.nowMs,
    );

  it('tells money in to the cent, on the day the bank says, and money out not at all', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    const id = arrive(bench, item);
    arrive(bench, item, { amountCents: -4999, name: 'Plumber' });
    const payment = only(bench.drain().payments);
    expect(payment).toMatchObject({
      key: `plaid:${id}`,
      amountCents: 120_050,
      currency: 'USD',
      state: 'settled',
      payerName: 'Ann Lee',
      memo: 'ZELLE ANN LEE Zelle Ann Lee',
      initiatedAt: Date.UTC(2026, 11, 2, 12),
      reversals: [],
    });
  });

  it('books no pending entry, and the posted one that takes its place once', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    const pending = arrive(bench, item, { pending: true });
    expect(bench.drain().payments.size).toBe(0);
    const posted = arrive(bench, item, { replaces: pending });
    expect([...bench.later().payments.keys()]).toEqual([posted]);
    expect(bench.later().payments.size).toBe(0);
  });

  it('tells a corrected entry again under the same key', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    const id = arrive(bench, item);
    bench.drain();
    correctPlaidEntry(bench.state, item.item_id, id, { amount: -1300 });
    expect(only(bench.later().payments)).toMatchObject({ externalId: id, amountCents: 130_000 });
  });

  it('takes back what the bank has removed, with its amount, though Plaid names no more than its id', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    const id = arrive(bench, item);
    bench.drain();
    removePlaidEntry(bench.state, item.item_id, id);
    expect(only(bench.later().payments)).toMatchObject({
      externalId: id,
      amountCents: 120_050,
      state: 'settled',
      reversals: [{ key: `plaid:${id}:removed`, reason: 'refunded', state: 'final', amountCents: 120_050 }],
    });
  });

  it('names the charge whose invoice the payer wrote, and leaves a payment that Plaid tells itself to that', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    arrive(bench, item, { name: 'Rent RL-8K2M4N7QPZ thanks' });
    arrive(bench, item, { name: `FPI ${referenceOf('L-1', 'paylink:1')}` });
    expect(only(bench.drain().payments).invoice).toBe('RL-8K2M4N7QPZ');
  });

  it('waits for a bank that was linked a moment ago', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    arrive(bench, item);
    bench.nowMs = item.linkedMs + 5000;
    expect(bench.drain().payments.size).toBe(0);
    expect(bench.later().payments.size).toBe(1);
  });

  it('reads several banks side by side, one page of each in a wave', () => {
    const bench = new PlaidBench();
    for (let at = 0; at < 3; at++) arrive(bench, bench.bank('feed'));
    expect(bench.drain().payments.size).toBe(3);
    expect(bench.waves[0]).toEqual([
      '/transfer/event/sync',
      '/payment_initiation/payment/list',
      ...Array.from({ length: 3 }, () => '/transactions/sync'),
    ]);
  });

  it('begins again where it began when entries change between two pages', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    arrive(bench, item);
    bench.drain();
    for (let at = 0; at < 600; at++) arrive(bench, item, { amountCents: 10_000 + at });
    bench.nowMs += 10 * MINUTE;
    expect(bench.pull().payments).toHaveLength(500);
    arrive(bench, item, { amountCents: 777 });
    const { payments, faults } = bench.drain();
    expect(faults).toEqual([]);
    expect(payments.size).toBe(601);
  });

  it('begins at the beginning when the kept place itself is refused', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    const id = arrive(bench, item);
    bench.drain();
    bench.feed = { ...bench.feed, [`c ${item.item_id}`]: 'stale' };
    expect([...bench.later().payments.keys()]).toEqual([id]);
    expect(bench.bodies.slice(-1)[0]).not.toHaveProperty('cursor');
  });

  it('reads the other banks when one wants a new consent, and goes on where it was', () => {
    const bench = new PlaidBench();
    const [one, two] = [bench.bank('feed'), bench.bank('feed')];
    bench.drain();
    endPlaidConsent(bench.state, one.item_id);
    const [late, good] = [arrive(bench, one), arrive(bench, two)];
    const { payments, faults } = bench.later();
    expect([...payments.keys()]).toEqual([good]);
    expect(faults).toMatchObject([{ about: one.item_id, fault: { fault: 'auth' } }]);
    one.loginRequired = false;
    expect([...bench.later().payments.keys()]).toEqual([late]);
  });

  it('says that a bank must be linked again whose secret is not here', () => {
    const bench = new PlaidBench();
    bench.bank('feed');
    bench.account = { ...bench.account, ITEMS: `${bench.account.ITEMS},itemElse` };
    expect(bench.drain().faults).toMatchObject([
      { about: 'itemElse', fault: { fault: 'auth', message: expect.stringMatching(/Link the bank again/) } },
    ]);
  });

  it('sends the secret of a bank, and never its placeholder', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    bench.drain();
    expect(bench.bodies.map((body) => body.access_token).filter((each) => each !== undefined)).toEqual([
      item.access_token,
    ]);
  });
});

describe('transfers', () => {
  const made = (bench: PlaidBench, amountCents = 150_000) =>
    settledPlaidTransfer(bench.state, { lease: 'L-1', amountCents }, bench.nowMs);

  it.each([
    ['settled', 'settled', 0],
    ['funds_available', 'settled', 0],
    ['returned', 'settled', 150_000],
  ] as const)('%s is %s', (status, state, backCents) => {
    const bench = new PlaidBench();
    const id = made(bench);
    if (status !== 'settled') movePlaidTransfer(bench.state, id, status, bench.nowMs);
    const payment = only(bench.later().payments);
    expect(payment).toMatchObject({ externalId: id, state, amountCents: 150_000, leaseRef: 'L-1' });
    expect(payment.reversals.reduce((sum, each) => sum + each.amountCents, 0)).toBe(backCents);
  });

  it.each([
    [[], 'pending', undefined],
    [['posted'], 'pending', undefined],
    [['failed'], 'failed', 'R01: Returned with R01'],
    [['cancelled'], 'failed', 'cancelled'],
  ] as const)('after %j it is %s', (steps, state, failure) => {
    const bench = new PlaidBench();
    const id = debited(bench);
    for (const step of steps) movePlaidTransfer(bench.state, id, step, bench.nowMs);
    expect(only(bench.later().payments)).toMatchObject({ state, ...(failure ? { failure } : {}) });
  });

  it('a return names its code and the day on which Plaid told it', () => {
    const bench = new PlaidBench();
    const id = made(bench);
    bench.later();
    bench.nowMs += 3 * DAY;
    movePlaidTransfer(bench.state, id, 'returned', bench.nowMs, 'R10');
    const at = bench.nowMs;
    expect(only(bench.later().payments).reversals).toEqual([
      expect.objectContaining({ reason: 'returned', state: 'final', at, detail: 'R10: Returned with R10' }),
    ]);
  });

  it('refunds take their part while they run, and give it back when they fail', () => {
    const bench = new PlaidBench();
    const id = made(bench);
    bench.later();
    const refund = refundPlaidTransfer(bench.state, id, 40_000, bench.nowMs);
    expect(only(bench.later().payments).reversals).toMatchObject([{ reason: 'refunded', amountCents: 40_000 }]);
    movePlaidRefund(bench.state, refund, 'failed', bench.nowMs);
    expect(only(bench.later().payments).reversals).toEqual([]);
  });

  it('reads a burst with lists, not one by one', () => {
    const bench = new PlaidBench();
    for (let at = 0; at < 40; at++) made(bench, 100_000 + at);
    expect(bench.later().payments.size).toBe(40);
    const asked = bench.waves.flat();
    expect(asked.filter((path) => path === '/transfer/get')).toEqual([]);
    expect(asked.filter((path) => path === '/transfer/list').length).toBeLessThanOrEqual(3);
  });

  it('begins at the first event again when Plaid no longer knows the last', () => {
    const bench = new PlaidBench();
    const id = made(bench);
    bench.drain();
    bench.feed = { ...bench.feed, events: 99 };
    const { payments, faults } = bench.later();
    expect([...payments.keys()]).toEqual([id]);
    expect(faults).toEqual([]);
  });

  it('gives up on a page that stays empty and says that more follows', () => {
    const bench = new PlaidBench();
    bench.account = { ...bench.account, PAYMENTS: 'no' };
    bench.twist = () => ({
      status: 200,
      headers: {},
      body: JSON.stringify({ transfer_events: [], has_more: true }),
    });
    expect(() => bench.drain()).toThrow(/has sent nothing new 5 times/);
  });

  it('says nothing of money that goes out', () => {
    const bench = new PlaidBench();
    const id = made(bench);
    Object.assign(bench.state.transfers[id] ?? {}, { type: 'credit' });
    expect(bench.later().payments.size).toBe(0);
  });
});
