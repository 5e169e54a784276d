/** Autopay by the resident's own hand: agreed to on the processor's page, on, and off again before the next collection. */

import type { PaypalState } from '../../../local/vendors/paypal/state';
import { approvePaypalSubscription, linkPlaidBank, passPaypalCycle, payCheckout } from '../../../local/vendors/people';
import type { PlaidState } from '../../../local/vendors/plaid';
import type { SquareState } from '../../../local/vendors/square';
import type { StripeState } from '../../../local/vendors/stripe/state';
import { connectPaypal, connectPlaid, connectSquare, effects, linkCard, links, live } from '../../jobs/autopay-world';
import { bookOf, leapTo, stripeObjects, tabOf, typeInto, verdictOf, type World } from '../../worlds';
import { act, comeBack, house, request, seen, TOKEN, urlOf } from './pay-world';

const stripe = (world: World) => world.vendorState<StripeState>('stripe');
const sessionIn = (url: string): string => /cs_test_\w+/.exec(url)?.[0] ?? '';
const on = (world: World, platform: string, id?: string) => act(world, 'autopayOn', { platform }, id);
const off = (world: World, id?: string) => act(world, 'autopayOff', {}, id);
const base = house();

describe('autopay by Stripe', () => {
  function saved(): World {
    const world = base.clone();
    const url = urlOf(on(world, 'stripe'));
    payCheckout(stripe(world), sessionIn(url), 'pm_card_visa', world.now);
    comeBack(world, 'saved');
    return world;
  }

  it('waits on a page of its own, one for one wish, until a method is saved there', () => {
    const world = base.clone();
    expect(seen(world).autopay).toEqual({ state: 'off', offers: [{ platform: 'stripe', title: 'Stripe' }] });
    const id = request();
    const first = on(world, 'stripe', id);
    expect(on(world, 'stripe', id)).toEqual(first);
    expect(on(world, 'stripe')).toEqual(first);
    expect(seen(world).autopay).toEqual({ state: 'waiting', by: 'Stripe', url: urlOf(first) });
    expect(stripeObjects(world, 'checkout.session')).toMatchObject([
      { mode: 'setup', success_url: `${world.webAppUrl}?page=${TOKEN}&view=saved` },
    ]);
    expect(JSON.stringify(tabOf(world, 'Outbox'))).not.toContain(TOKEN);
  });

  it('is on when the resident comes back, and collects the next rent', () => {
    const world = saved();
    expect(seen(world).autopay).toEqual({ state: 'on', by: 'Stripe', next: '2027-01-01', mayEnd: true });
    expect(on(world, 'stripe')).toEqual({ done: false, says: 'autopayAlready' });
    live(world, '2026-12-30', '2027-01-01');
    expect(effects(world, 'charge')).toEqual([['autopay:rent:L-1:2027-01', 'sent']]);
  });

  it('is off at once, with nothing collected after it and the method gone from Stripe', () => {
    const world = saved();
    const id = request();
    expect(off(world, id)).toEqual({ done: true, says: 'autopayIsOff' });
    expect(off(world, id)).toEqual({ done: true, says: 'autopayIsOff' });
    expect(links(world)).toEqual([]);
    expect(stripeObjects(world, 'payment_method').map((each) => each.customer)).toEqual([null]);
    live(world, '2026-12-30', '2027-01-02');
    expect(effects(world, 'charge')).toEqual([]);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('is off though Stripe is down, which lets go of the method later', () => {
    const world = saved();
    world.faults.atVendor({ vendor: 'stripe', what: 'timeout', when: 'always' });
    expect(off(world)).toMatchObject({ done: true, says: 'autopayIsOff' });
    expect(links(world)).toEqual([]);
    world.faults.clear();
    live(world, '2026-12-02');
    expect(stripeObjects(world, 'payment_method').map((each) => each.customer)).toEqual([null]);
  });

  it('tells of a charge that is under way when it ends', () => {
    const world = saved();
    const [method] = stripeObjects(world, 'payment_method');
    stripe(world).fates[method?.id ?? ''] = 'pm_usBankAccount_processing';
    live(world, '2026-12-31');
    world.faults.atVendor({ vendor: 'stripe', what: 'empty-page', when: 'always' });
    leapTo(world, '2027-01-01T14:30:00Z');
    expect(effects(world, 'charge')).toEqual([['autopay:rent:L-1:2027-01', 'sent']]);
    world.faults.clear();
    expect(off(world)).toEqual({ done: true, says: 'autopayOffUnderWay' });
  });

  it('ended while it waits closes the page: nothing can be saved there any more', () => {
    const world = base.clone();
    const url = urlOf(on(world, 'stripe'));
    expect(off(world)).toMatchObject({ done: true });
    expect(payCheckout(stripe(world), sessionIn(url), 'pm_card_visa', world.now)).toBe('closed: expired');
    expect(seen(world).autopay.state).toBe('off');
  });

  it('is made neither then nor later when Stripe is down', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'stripe', what: 'server-error', when: 'always' });
    expect(on(world, 'stripe')).toEqual({ done: false, says: 'payDown' });
    world.faults.clear();
    live(world, '2026-12-02');
    expect(stripeObjects(world, 'checkout.session')).toEqual([]);
  });

  it('is offered by nobody who is not connected or has no page for it', () => {
    const world = base.clone();
    connectSquare(world);
    for (const platform of ['paypal', 'square', 'plaid', 'xero', ''])
      expect(on(world, platform)).toEqual({ done: false, says: 'autopayNotOffered' });
    typeInto(world, 'Settings', 'Pause everything', 'Value', 'yes');
    expect(seen(world).autopay).toEqual({ state: 'off', offers: [] });
  });
});

describe('autopay by PayPal', () => {
  const paypal = (world: World) => world.vendorState<PaypalState>('paypal');
  const only = (world: World) => Object.values(paypal(world).subscriptions)[0];
  const connected = base.clone();
  connectPaypal(connected);

  it('waits until the resident has agreed, then is on, and off when PayPal has ended it', () => {
    const world = connected.clone();
    const url = urlOf(on(world, 'paypal'));
    comeBack(world, 'saved');
    expect(seen(world).autopay).toEqual({ state: 'waiting', by: 'PayPal', url });
    approvePaypalSubscription(paypal(world), only(world)?.id ?? '', world.now);
    comeBack(world, 'saved');
    expect(seen(world).autopay).toMatchObject({ state: 'on', by: 'PayPal' });
    expect(off(world)).toEqual({ done: true, says: 'autopayIsOff' });
    expect([only(world)?.status, links(world)]).toEqual(['CANCELLED', []]);
    expect(() => passPaypalCycle(paypal(world), only(world)?.id ?? '', 'paid', world.now)).toThrow(/CANCELLED/);
  });

  it('stays until PayPal can be asked to end it, and says so', () => {
    const world = connected.clone();
    on(world, 'paypal');
    approvePaypalSubscription(paypal(world), only(world)?.id ?? '', world.now);
    world.faults.atVendor({ vendor: 'paypal', what: 'server-error', when: 'always' });
    expect(off(world)).toEqual({ done: false, says: 'autopayOffLater' });
    expect(links(world)).toHaveLength(1);
    world.faults.clear();
    live(world, '2026-12-02');
    expect([only(world)?.status, links(world)]).toEqual(['CANCELLED', []]);
  });

  it('that nobody has agreed to leaves the Links tab', () => {
    const world = connected.clone();
    on(world, 'paypal');
    expect(off(world)).toMatchObject({ done: true });
    expect(links(world)).toEqual([]);
  });
});

describe('autopay by Plaid', () => {
  const plaid = (world: World) => world.vendorState<PlaidState>('plaid');
  const connected = base.clone();
  connectPlaid(connected);

  it('is on once a bank is linked, and off with the bank let go and its secret forgotten', () => {
    const world = connected.clone();
    const id = request();
    const first = on(world, 'plaid', id);
    expect(on(world, 'plaid', id)).toEqual(first);
    expect(seen(world).autopay).toMatchObject({ state: 'waiting', by: 'Plaid', url: urlOf(first) });
    const { back } = linkPlaidBank(plaid(world), urlOf(first), { account: 'Checking', mask: '4417' }, world.now);
    world.doGet(Object.fromEntries(new URL(back ?? '').searchParams));
    leapTo(world, world.now + 11 * 60_000);
    expect(seen(world).autopay).toMatchObject({ state: 'on', by: 'Plaid' });
    const secrets = () =>
      Object.keys(world.properties[`user:${world.owner}`] ?? {}).filter((name) => /:ITEM_/.test(name));
    expect(secrets()).toHaveLength(1);
    expect(off(world)).toEqual({ done: true, says: 'autopayIsOff' });
    expect([links(world), secrets()]).toEqual([[], []]);
    live(world, '2026-12-31', '2027-01-01');
    expect(effects(world, 'transfer')).toEqual([]);
  });

  it('ended while it waits leaves no page whose end would begin it', () => {
    const world = connected.clone();
    on(world, 'plaid');
    expect(off(world)).toMatchObject({ done: true });
    expect(seen(world).autopay.state).toBe('off');
  });
});

describe('autopay by Square', () => {
  it('ends with the invoices that it would charge taken back', () => {
    const world = house({ on: '2026-11-30', settings: { 'Autopay days before': '3' } });
    connectSquare(world);
    linkCard(world);
    leapTo(world, '2026-12-01T14:30:00Z');
    const invoices = () => Object.values(world.vendorState<SquareState>('square').invoices).map((each) => each.status);
    expect(effects(world, 'invoice')).toHaveLength(1);
    const before = invoices();
    expect(off(world)).toMatchObject({ done: true });
    expect(links(world)).toEqual([]);
    expect([before.length, invoices().length]).toEqual([1, 1]);
    expect(['PAID', 'CANCELED']).toContain(invoices()[0]);
    expect(
      bookOf(world)
        .outbox.filter((row) => row.kind === 'cancelInvoice')
        .map((row) => row.state),
    ).toEqual(['sent']);
  });
});
