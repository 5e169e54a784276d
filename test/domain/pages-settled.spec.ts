/** Pages that are out for more than is still owed: which are closed, when, and what each is measured by. */
import fc from 'fast-check';
import type { OutboxRow } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { takenBack } from '../../src/domain/pages-settled';
import type { Run, RunBook } from '../../src/domain/run-book';
import { instant, key } from '../../src/domain/values';
import { agree, FIRST, L1, pay, planWorld, propose, until } from './plan-worlds';
import { bookOf, stateIn, type World } from './small-world';

const RENT = 'rent:L1:2026-11';
const HOUR = 3_600_000;

const runOf = (world: World): Run => ({
  id: 'run-1',
  by: 'test',
  now: instantOf(world.today, 20, 0, world.property.zone),
});

/** A page of Checkout for so much, made some hours ago. */
function page(world: World, more: Partial<OutboxRow> = {}, hours = 3): OutboxRow {
  const at = instant(runOf(world).now - hours * HOUR);
  return {
    row: 2,
    key: key('paylink:late:L1:2026-11'),
    channel: 'stripe',
    kind: 'payLink',
    lease: L1,
    to: 'l1@example.com',
    subject: 'Pay link',
    payload: { amountCents: 120_000, charges: [RENT] },
    notBefore: at,
    because: { rule: 'unpaid', charges: [key(RENT)] },
    urgency: 0,
    createdAt: at,
    updatedAt: at,
    state: 'sent',
    attempts: 1,
    vendorRef: 'https://checkout.stripe.com/c/pay/cs_test_1',
    fault: '',
    ...more,
  };
}

function closed(world: World, outbox: readonly OutboxRow[], arrived: readonly OutboxRow[] = []) {
  const book: RunBook = { ...bookOf(world), outbox };
  const entries = arrived.length > 0 ? [] : world.journal;
  return takenBack(book, book.states, runOf(world), { entries }, arrived);
}
const isClosed = (world: World, row: OutboxRow): boolean => closed(world, [row]).length === 1;

function due(): World {
  const world = planWorld();
  until(world, FIRST);
  return world;
}
const paid = (amount: string): World => {
  const world = due();
  pay(world, `m:1 L1 ${amount} settled`);
  return world;
};

describe('a page of Checkout', () => {
  it.each<readonly [string, Partial<OutboxRow>, number, boolean]>([
    ['that is open', {}, 3, true],
    ['of more than a day ago', {}, 25, false],
    ['that has not come', { state: 'ready', vendorRef: '' }, 3, false],
    ['that is being made', { state: 'sending', vendorRef: '' }, 3, false],
    ['that could not be made', { state: 'failed', vendorRef: '' }, 3, false],
    ['of PayPal, which closes none', { channel: 'paypal' }, 3, false],
    ['that bears no charge', { payload: { amountCents: 120_000 } }, 3, false],
    ['to pay on again and again', { kind: 'paymentLink' }, 3, false],
  ])('%s is closed once its debt is settled, or left', (_, more, hours, is) => {
    const world = paid('1200.00');
    expect(isClosed(world, page(world, more, hours))).toBe(is);
  });

  it('is closed by its address, unless it was paid', () => {
    const world = paid('1200.00');
    expect(closed(world, [page(world)])).toMatchObject([
      {
        key: 'take-back:paylink:late:L1:2026-11',
        channel: 'stripe',
        kind: 'closePage',
        payload: { page: 'https://checkout.stripe.com/c/pay/cs_test_1', of: 'paylink:late:L1:2026-11' },
      },
    ]);
  });

  it('is closed by any payment that leaves less than it asks for, and by no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 130_000 }), fc.integer({ min: 1, max: 120_000 }), (came, asks) => {
        const world = paid((came / 100).toFixed(2));
        const row = page(world, { payload: { amountCents: asks, charges: [RENT] } });
        const open = Math.max(0, 120_000 - came);
        expect([came, asks, isClosed(world, row)]).toEqual([came, asks, asks > open]);
        // It makes no difference whether the money or the page was there first.
        expect(closed(world, [], [row])).toEqual(closed(world, [row]));
      }),
    );
  });

  it('that arrives while all is owed stays', () => {
    const world = due();
    expect(closed(world, [], [page(world)])).toEqual([]);
  });

  it('that arrives when its debt is settled is closed in the place of the row that was being sent', () => {
    const world = paid('1200.00');
    const [wish, ...more] = closed(world, [page(world, { state: 'sending', vendorRef: '' })], [page(world)]);
    expect([wish?.payload.page, more]).toEqual([page(world).vendorRef, []]);
  });

  it('that was left once because the debt had come back is closed by an effect of another name', () => {
    const world = paid('1200.00');
    const row = page(world);
    const left = page(world, {
      row: 3,
      key: key(`take-back:${row.key}`),
      kind: 'closePage',
      payload: { of: row.key },
      state: 'cancelled',
    });
    expect(closed(world, [row, left]).map((each) => each.key)).toEqual([`take-back:${row.key}:2`]);
    // One that has left already is the same wish again, which the Outbox knows.
    expect(closed(world, [row, { ...left, state: 'sent' }]).map((each) => each.key)).toEqual([`take-back:${row.key}`]);
  });
});

describe('where a payment plan runs', () => {
  const instalments = [
    ['2026-11-10', '700.00'],
    ['2026-11-20', '500.00'],
  ] as const;
  function planned(on: string): World {
    const world = due();
    agree(world, { instalments });
    until(world, on);
    return world;
  }
  /** The page that the reminder of an instalment carries. */
  const ofInstalment = (world: World, channel: 'stripe' | 'square', amountCents = 70_000): OutboxRow =>
    page(world, {
      channel,
      kind: channel === 'square' ? 'invoice' : 'payLink',
      payload: { amountCents, charges: [`${stateIn(world, L1).plan?.key}#1`] },
    });

  it('a page that asks for the whole rent is closed when the plan is agreed, and not when it is proposed', () => {
    const world = due();
    propose(world, { instalments });
    expect(isClosed(world, page(world))).toBe(false);
    const agreed = planned('2026-11-02');
    expect(isClosed(agreed, page(agreed))).toBe(true);
  });

  it.each(['stripe', 'square'] as const)('the page of an instalment at %s stays until that is paid', (channel) => {
    const world = planned('2026-11-10');
    expect(isClosed(world, ofInstalment(world, channel))).toBe(false);
    pay(world, 'm:1 L1 699.99 settled');
    expect(isClosed(world, ofInstalment(world, channel, 1))).toBe(false);
    expect(isClosed(world, ofInstalment(world, channel))).toBe(true);
    pay(world, 'm:2 L1 0.01 settled');
    expect(isClosed(world, ofInstalment(world, channel, 1))).toBe(true);
  });

  it('what a resident has chosen to pay on their page is measured by the whole debt', () => {
    const world = planned('2026-11-02');
    expect(isClosed(world, page(world, { key: key('paypage:L1:request-1') }))).toBe(false);
    pay(world, 'm:1 L1 0.01 settled');
    expect(isClosed(world, page(world, { key: key('paypage:L1:request-1') }))).toBe(true);
  });

  it('the day after its last hour no page is asked about, whatever was paid', () => {
    const world = planned('2026-11-10');
    pay(world, 'm:1 L1 1200.00 settled');
    world.today = addDays(day('2026-11-10'), 1);
    expect(closed(world, [page(world, {}, 27)])).toEqual([]);
  });
});
