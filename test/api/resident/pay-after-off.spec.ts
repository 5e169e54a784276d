/** After "autopay off": a page that was begun before begins nothing any more, however late the resident finishes it. */

import type { PaypalState } from '../../../local/vendors/paypal/state';
import { approvePaypalSubscription, linkPlaidBank, passPaypalCycle, payCheckout } from '../../../local/vendors/people';
import type { PlaidState } from '../../../local/vendors/plaid';
import type { StripeState } from '../../../local/vendors/stripe/state';
import { connectPaypal, connectPlaid, effects, links, live } from '../../jobs/autopay-world';
import { importRows, leapTo, MINUTE, stripeObjects, verdictOf, type World } from '../../worlds';
import { act, comeBack, house, seen, urlOf } from './pay-world';

const base = house();
const on = (world: World, platform: string) => act(world, 'autopayOn', { platform });
const off = (world: World) => act(world, 'autopayOff', {});
const poll = (world: World): void => leapTo(world, world.now + 11 * MINUTE);

describe('a PayPal subscription that nobody had agreed to', () => {
  const paypal = (world: World) => world.vendorState<PaypalState>('paypal');
  const all = (world: World) => Object.values(paypal(world).subscriptions);
  const statuses = (world: World) => all(world).map((each) => each.status);
  const approve = (world: World, at = 0): void =>
    approvePaypalSubscription(paypal(world), all(world)[at]?.id ?? '', world.now);

  const connected = base.clone();
  connectPaypal(connected);
  const ended = connected.clone();
  on(ended, 'paypal');
  off(ended);

  it('is cancelled by the next poll when its old page is agreed to, and brings no money', () => {
    const world = ended.clone();
    live(world, '2026-12-03');
    approve(world);
    poll(world);
    expect([statuses(world), links(world)]).toEqual([['CANCELLED'], []]);
    expect(() => passPaypalCycle(paypal(world), all(world)[0]?.id ?? '', 'paid', world.now)).toThrow(/CANCELLED/);
    expect(seen(world).autopay).toMatchObject({ state: 'off' });
    const id = all(world)[0]?.id;
    expect(effects(world, 'unsubscribe').slice(-1)).toEqual([[`want:paypal:unsubscribe:${id}`, 'sent']]);
    live(world, '2026-12-04', '2026-12-07');
    // The next day's look finds it ended, and is the last.
    expect(effects(world, 'unsubscribe').slice(-1)).toEqual([[`unsubscribe-again:L-1:${id}:2026-12-04`, 'sent']]);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('is cancelled by the next day where PayPal sends no events', () => {
    const world = ended.clone();
    approve(world);
    paypal(world).events = [];
    live(world, '2026-12-02', '2026-12-06');
    expect([statuses(world), links(world)]).toEqual([['CANCELLED'], []]);
    expect(effects(world, 'unsubscribe').map(([name]) => name.split(':')[0])).toEqual([
      'autopay-off',
      'unsubscribe-again',
    ]);
  });

  it('is asked about each day of two weeks, then each week, and no more after half a year', () => {
    const world = ended.clone();
    live(world, '2026-12-02', '2026-12-24');
    expect(effects(world, 'unsubscribe')).toHaveLength(1 + 14 + 1);
    expect(statuses(world)).toEqual(['APPROVAL_PENDING']);
  });

  it('leaves one that was begun after it as it is', () => {
    const world = ended.clone();
    on(world, 'paypal');
    approve(world, 0);
    approve(world, 1);
    comeBack(world, 'saved');
    poll(world);
    live(world, '2026-12-02', '2026-12-03');
    expect(statuses(world)).toEqual(['CANCELLED', 'ACTIVE']);
    expect(links(world)).toEqual([['paypal', all(world)[1]?.id]]);
    expect(seen(world).autopay).toMatchObject({ state: 'on', by: 'PayPal' });
  });

  it('that is agreed to while autopay is on is taken for what it is: nothing is asked of PayPal', () => {
    const world = connected.clone();
    on(world, 'paypal');
    approve(world);
    poll(world);
    live(world, '2026-12-02');
    expect(statuses(world)).toEqual(['ACTIVE']);
    expect(effects(world, 'unsubscribe')).toEqual([]);
  });
});

describe('a page to save a card at Stripe', () => {
  const stripe = (world: World) => world.vendorState<StripeState>('stripe');
  const finish = (world: World, url: string) =>
    payCheckout(stripe(world), /cs_test_\w+/.exec(url)?.[0] ?? '', 'pm_card_visa', world.now);
  const nothingBegun = (world: World): void => {
    live(world, '2026-12-02', '2026-12-03');
    expect(links(world)).toEqual([]);
    expect(seen(world).autopay.state).toBe('off');
    live(world, '2026-12-31', '2027-01-01');
    expect(effects(world, 'charge')).toEqual([]);
  };

  it('that could not be closed because Stripe was down begins nothing, and is closed later', () => {
    const world = base.clone();
    const url = urlOf(on(world, 'stripe'));
    world.faults.atVendor({ vendor: 'stripe', what: 'server-error', when: 'always' });
    expect(off(world)).toEqual({ done: true, says: 'autopayIsOff' });
    expect(seen(world).autopay.state).toBe('off');
    world.faults.clear();
    finish(world, url);
    nothingBegun(world);
    expect(effects(world, 'closePage').map(([, state]) => state)).toEqual(['sent']);
  });

  it('that was finished at the moment of the click begins nothing', () => {
    const world = base.clone();
    const url = urlOf(on(world, 'stripe'));
    finish(world, url);
    expect(off(world)).toMatchObject({ done: true });
    nothingBegun(world);
  });

  it('is closed too where another way of autopay is what ends', () => {
    const world = base.clone();
    const url = urlOf(on(world, 'stripe'));
    importRows(world, 'Links', [
      { 'Lease ID': 'L-1', Platform: 'stripe', Kind: 'autopay', 'External ID': 'pm_Earlier' },
    ]);
    off(world);
    expect(links(world)).toEqual([]);
    expect(finish(world, url)).toBe('closed: expired');
    nothingBegun(world);
  });

  it('begins autopay again when it was asked for after the end', () => {
    const world = base.clone();
    on(world, 'stripe');
    off(world);
    finish(world, urlOf(on(world, 'stripe')));
    comeBack(world, 'saved');
    expect(seen(world).autopay).toMatchObject({ state: 'on', by: 'Stripe' });
    expect(stripeObjects(world, 'checkout.session').map((each) => each.status)).toEqual(['expired', 'complete']);
  });
});

describe('a page to link a bank at Plaid', () => {
  it('that is finished after the end links nothing, whoever comes back from it', () => {
    const world = base.clone();
    connectPlaid(world);
    const url = urlOf(on(world, 'plaid'));
    off(world);
    const bank = { account: 'Checking', mask: '4417' };
    const { back } = linkPlaidBank(world.vendorState<PlaidState>('plaid'), url, bank, world.now);
    world.doGet(Object.fromEntries(new URL(back ?? '').searchParams));
    poll(world);
    live(world, '2026-12-02', '2026-12-03');
    expect([links(world), seen(world).autopay.state]).toEqual([[], 'off']);
    live(world, '2026-12-31', '2027-01-01');
    expect(effects(world, 'transfer')).toEqual([]);
  });
});
