/** A page of Checkout that a mail carried is closed as soon as its debt is settled otherwise, and what is paid on one is never lost. */
import { payCheckout } from '../../local/vendors/people';
import type { StripeState } from '../../local/vendors/stripe/state';
import { askApi, bookOf, leapTo, MINUTE, stripeObjects, verdictOf, type World } from '../worlds';
import { balance, effects, eve, live, payByCheck } from './autopay-world';
import { comesToTheSameEnd } from './crash-harness';

const sessions = (world: World) => stripeObjects(world, 'checkout.session');
const statuses = (world: World) => sessions(world).map((each) => each.status);
const payOn = (world: World, at: number): string =>
  payCheckout(world.vendorState<StripeState>('stripe'), sessions(world)[at]?.id ?? '', 'pm_card_visa', world.now);
const poll = (world: World): void => leapTo(world, world.now + 11 * MINUTE);
const closings = (world: World) =>
  bookOf(world)
    .outbox.filter((row) => row.key.startsWith('take-back:'))
    .map((row) => [row.state, String(row.reference).split(' ')[0]]);

function reminded(until = '2026-12-01'): World {
  const world = eve({}, { Reminders: 'on', 'Pay links': 'yes' });
  live(world, '2026-12-01', until);
  return world;
}
const base = reminded();

/** Asked of Stripe about pages, by method and the end of the address. */
function asksIn(act: (world: World) => void, made: World): readonly string[] {
  const world = made.clone();
  const recorder = world.record();
  act(world);
  return recorder.toJSON().log.entries.flatMap((entry) => {
    const { method, url } = entry.request as unknown as { readonly method: string; readonly url: string };
    const found = /checkout\/sessions\/cs_\w+(\/expire)?/.exec(url);
    return found ? [`${method}${found[1] ?? ''}`] : [];
  });
}

describe('the page of a mail at Stripe', () => {
  it('is closed when a check has paid the debt, and cannot be paid any more', () => {
    const world = base.clone();
    expect(statuses(world)).toEqual(['open']);
    payByCheck(world);
    poll(world);
    expect([balance(world), statuses(world), closings(world)]).toEqual(['0.00', ['expired'], [['sent', 'closed']]]);
    expect(payOn(world, 0)).toBe('closed: expired');
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('that was paid is left, and the money is taken for what it is', () => {
    const world = base.clone();
    payOn(world, 0);
    poll(world);
    expect([balance(world), statuses(world)]).toEqual(['0.00', ['complete']]);
    poll(world);
    expect(closings(world)).toEqual([['sent', 'paid']]);
  });

  it('that was paid at the moment at which a check came in is told of as a payment: both are on the books', () => {
    const world = base.clone();
    payOn(world, 0);
    payByCheck(world);
    poll(world);
    poll(world);
    expect([balance(world), statuses(world), closings(world)]).toEqual(['-1000.00', ['complete'], [['sent', 'paid']]]);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('is closed where a part was paid, and the next mail brings one of the rest', () => {
    const world = base.clone();
    payByCheck(world, '400.00');
    poll(world);
    expect(statuses(world)).toEqual(['expired']);
    live(world, '2026-12-02', '2026-12-09');
    const [first, ...later] = sessions(world).map((each) => Number(each.amount_total));
    expect(first).toBe(100_000);
    expect(later.length).toBeGreaterThan(0);
    expect(Math.max(...later)).toBeLessThanOrEqual(65_000);
  });

  it('is closed though Stripe was down when the check came', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'stripe', what: 'server-error', when: 'always' });
    payByCheck(world);
    poll(world);
    expect(statuses(world)).toEqual(['open']);
    world.faults.clear();
    leapTo(world, world.now + 90 * MINUTE);
    expect(statuses(world)).toEqual(['expired']);
  });

  it('stays where the debt came back before Stripe could be asked, and is closed when it is settled again', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'stripe', what: 'server-error', when: 'always' });
    payByCheck(world);
    const [receipt] = bookOf(world).receipts;
    const act = { kind: 'reverse', lease: 'L-1', receipt: receipt?.key ?? '', because: 'returned', reason: 'bounced' };
    const { version } = askApi<{ version: string }>(world, 'preview', [{ act }]);
    askApi(world, 'apply', [{ request: 'check-bounced-1', act, before: { version } }]);
    world.faults.clear();
    leapTo(world, world.now + 90 * MINUTE);
    expect([statuses(world), closings(world)]).toEqual([['open'], [['cancelled', '']]]);
    world.run('api', ['recordReceipt', [{ lease: 'L-1', amount: '1000.00', method: 'check', reference: '78' }]], {
      trigger: 'sidebar',
    });
    poll(world);
    expect([statuses(world), effects(world, 'closePage').length]).toEqual([['expired'], 2]);
  });

  it('of yesterday is asked about no more: nobody can pay on it', () => {
    const world = base.clone();
    live(world, '2026-12-02', '2026-12-03');
    const pages = statuses(world).length;
    const asks = asksIn((at) => {
      payByCheck(at);
      poll(at);
    }, world);
    expect([pages, asks]).toEqual([1, []]);
  });

  it('is asked about once when it is closed, and nothing is asked on a day without one', () => {
    const settled = (world: World): void => {
      payByCheck(world);
      poll(world);
      live(world, '2026-12-02', '2026-12-04');
    };
    expect(asksIn(settled, base)).toEqual(['GET', 'POST/expire']);
    const without = eve({}, { Reminders: 'on' });
    live(without, '2026-12-01');
    expect(asksIn(settled, without)).toEqual([]);
  });
});

describe('a page that a manager made at Stripe', () => {
  it.each<readonly [string, (world: World) => void]>([
    [
      'on the screen of the lease',
      (world) =>
        void askApi(world, 'askPlatform', [
          { request: 'page-by-hand-1', lease: 'L-1', platform: 'stripe', kind: 'payLink' },
        ]),
    ],
    ['by the function for scripts', (world) => void askApi(world, 'payLink', [{ lease: 'L-1' }])],
  ])('%s is closed when its charges are settled', (_, make) => {
    const world = eve();
    live(world, '2026-12-01');
    make(world);
    poll(world);
    expect(statuses(world)).toEqual(['open']);
    payByCheck(world);
    poll(world);
    expect(statuses(world)).toEqual(['expired']);
  });
});

describe('a run that dies while the page of a settled debt is closed', () => {
  it('comes to the same end wherever it is killed', () => {
    comesToTheSameEnd({
      name: 'a check that settles what a page asks for',
      handler: 'api',
      world: () => base.clone(),
      start: (world) =>
        world.run('api', ['recordReceipt', [{ lease: 'L-1', amount: '1000.00', method: 'check', reference: '77' }]], {
          trigger: 'sidebar',
        }).ok,
      again: true,
    });
  });

  it('comes to the same end when it dies in the run that asks Stripe', () => {
    comesToTheSameEnd({
      name: 'the poll that closes it',
      handler: 'poll',
      world: () => {
        const world = base.clone();
        payByCheck(world);
        return world;
      },
      start: (world) => world.run('poll', [], { trigger: 'time' }).ok,
    });
  });
});
