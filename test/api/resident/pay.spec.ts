/** Paying at Stripe: one page for one wish, money that is shown as processing within a poll, and nothing paid twice. */
import { payCheckout } from '../../../local/vendors/people';
import type { StripeState } from '../../../local/vendors/stripe/state';
import {
  askApi,
  bookOf,
  HOUR,
  importRows,
  leapTo,
  stripeObjects,
  tabOf,
  typeInto,
  verdictOf,
  type World,
} from '../../worlds';
import { comeBack, house, pay, request, seen, TOKEN, urlOf } from './pay-world';

const stripe = (world: World) => world.vendorState<StripeState>('stripe');
const sessionIn = (url: string): string => /cs_test_\w+/.exec(url)?.[0] ?? '';
const CARD = 'pm_card_visa';
const payOn = (world: World, url: string, method = CARD): string =>
  payCheckout(stripe(world), sessionIn(url), method, world.now);
const payments = (world: World) => stripeObjects(world, 'payment_intent').filter((each) => each.status === 'succeeded');
const balance = (world: World): string | undefined => bookOf(world).leases[0]?.balance;
const base = house();

describe('a page at Stripe', () => {
  it('is one for one wish, however often it is clicked', () => {
    const world = base.clone();
    const id = request();
    const first = pay(world, { what: 'all' }, id);
    const page = { url: expect.stringMatching(/^https:\/\/checkout\.stripe\.com\//), by: 'Stripe' };
    expect(first).toEqual({ done: true, says: 'payOpen', with: { by: 'Stripe' }, open: page });
    expect(pay(world, { what: 'all' }, id)).toEqual(first);
    expect(pay(world, { what: 'all' })).toEqual(first);
    expect(stripeObjects(world, 'checkout.session')).toHaveLength(1);
    expect(seen(world).pay).toMatchObject({ can: 'pay', open: { url: urlOf(first), amountCents: 100_000 } });
  });

  it('leads back to the page that it was asked on, whose secret stands in no cell', () => {
    const world = base.clone();
    pay(world, { what: 'all' });
    const [session] = stripeObjects(world, 'checkout.session');
    expect(session?.success_url).toBe(`${world.webAppUrl}?page=${TOKEN}&view=paid`);
    expect(session?.cancel_url).toBe(`${world.webAppUrl}?page=${TOKEN}`);
    for (const tab of ['Outbox', 'Log', 'Tasks', 'Connections'])
      expect(JSON.stringify(tabOf(world, tab))).not.toContain(TOKEN);
  });

  it('shows a payment as processing within one poll, then as paid, and asks for it no more', () => {
    const world = base.clone();
    const id = request();
    const url = urlOf(pay(world, { what: 'all' }, id));
    expect(payOn(world, url, 'pm_usBankAccount_success')).toBe('complete: unpaid');
    comeBack(world);
    expect(seen(world).pay).toEqual({ can: 'not', why: 'processing', words: '' });
    expect(pay(world, { what: 'all' })).toEqual({ done: false, says: 'payProcessing' });
    expect(pay(world, { what: 'all' }, id)).toEqual({ done: false, says: 'payUnderWay' });
    expect(bookOf(world).receipts.map((row) => row.state)).toEqual(['pending']);
    leapTo(world, '2026-12-08T15:00:00Z');
    expect(balance(world)).toBe('0.00');
    expect(seen(world).pay).toMatchObject({ can: 'not', why: 'nothing owed' });
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('stays open after a card was declined, and can be paid on with another', () => {
    const world = base.clone();
    const url = urlOf(pay(world, { what: 'all' }));
    expect(payOn(world, url, 'pm_card_chargeDeclined')).toMatch(/^refused: /);
    comeBack(world);
    expect(balance(world)).toBe('1000.00');
    expect(urlOf(pay(world, { what: 'all' }))).toBe(url);
    expect(payOn(world, url)).toBe('complete: paid');
    comeBack(world);
    expect(balance(world)).toBe('0.00');
    expect(payments(world)).toHaveLength(1);
  });

  it('is made anew when it is over', () => {
    const world = base.clone();
    const url = urlOf(pay(world, { what: 'all' }));
    leapTo(world, world.now + 26 * HOUR);
    const second = urlOf(pay(world, { what: 'all' }));
    expect(second).not.toBe(url);
    expect(payOn(world, url)).toBe('closed: expired');
    expect(payOn(world, second)).toBe('complete: paid');
  });

  it('closes the one of another amount that the same person had opened in another tab', () => {
    const world = base.clone();
    const first = urlOf(pay(world, { what: 'all' }));
    const second = urlOf(pay(world, { what: 'part', amount: '250' }));
    expect(payOn(world, first)).toBe('closed: expired');
    expect(payOn(world, second)).toBe('complete: paid');
    comeBack(world);
    expect(balance(world)).toBe('750.00');
  });

  it('is not made beside one on which money has just been paid', () => {
    const world = base.clone();
    const first = urlOf(pay(world, { what: 'all' }));
    expect(payOn(world, first)).toBe('complete: paid');
    expect(pay(world, { what: 'part', amount: '250' })).toEqual({ done: false, says: 'payUnderWay' });
    world.advanceTo(world.now + 2 * 60_000);
    expect(balance(world)).toBe('0.00');
    expect(stripeObjects(world, 'checkout.session')).toHaveLength(1);
    expect(pay(world, { what: 'part', amount: '250' })).toEqual({ done: false, says: 'payNothing' });
  });

  it('takes what was paid on it after the balance has changed, as money ahead', () => {
    const world = base.clone();
    const url = urlOf(pay(world, { what: 'all' }));
    askApi(world, 'recordReceipt', [{ lease: 'L-1', amount: '400.00', method: 'check', reference: '7' }]);
    expect(seen(world).pay).toMatchObject({ wholeCents: 60_000 });
    expect(payOn(world, url)).toBe('complete: paid');
    comeBack(world);
    expect(balance(world)).toBe('-400.00');
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('for one charge puts the money on that charge', () => {
    const world = base.clone();
    const parking = { 'Lease ID': 'L-1', Type: 'parking', Amount: '75.00', From: '2026-12-01', Every: 'once' };
    importRows(world, 'Terms', [parking]);
    leapTo(world, '2026-12-02T15:00:00Z');
    const charge = bookOf(world).entries.find((entry) => entry.type === 'parking')?.key ?? '';
    const url = urlOf(pay(world, { what: 'charge', charge }));
    expect(payOn(world, url)).toBe('complete: paid');
    comeBack(world);
    const receipt = bookOf(world).entries.find((entry) => entry.kind === 'receipt');
    expect(receipt).toMatchObject({ amount: '-75.00', allocations: [{ charge, amount: '75.00' }] });
  });

  it('is not made when Stripe is down, then or later', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'stripe', what: 'timeout', when: 'always' });
    expect(pay(world, { what: 'all' })).toEqual({ done: false, says: 'payDown' });
    world.faults.clear();
    leapTo(world, world.now + 2 * HOUR);
    expect(stripeObjects(world, 'checkout.session')).toEqual([]);
    expect(
      bookOf(world)
        .outbox.filter((row) => row.kind === 'payLink')
        .map((row) => row.state),
    ).toEqual(['cancelled']);
    expect(pay(world, { what: 'all' })).toMatchObject({ done: true });
  });
});

describe('what may be paid', () => {
  it('is the whole, one charge or a part that is not too small, and never more', () => {
    const world = base.clone();
    expect(pay(world, { what: 'part', amount: '1000.01' })).toEqual({
      done: false,
      says: 'payTooMuch',
      with: { whole: '$1,000.00' },
    });
    expect(pay(world, { what: 'part', amount: '9.99' })).toMatchObject({
      says: 'payTooLittle',
      with: { least: '$10.00' },
    });
    for (const amount of ['', 'abc', '-5', '0', '1e3', '12.345', '10,00,0'])
      expect(pay(world, { what: 'part', amount })).toMatchObject({ done: false, says: 'payAmountUnread' });
    expect(pay(world, { what: 'charge', charge: 'rent:L-2:2026-12' })).toMatchObject({ says: 'payChargeGone' });
    expect(pay(world, { what: 'everything' })).toMatchObject({ done: false, says: 'notUnderstood' });
    expect(pay(world, { what: 'all' }, 'x')).toMatchObject({ done: false, says: 'notUnderstood' });
    expect(stripeObjects(world, 'checkout.session')).toEqual([]);
  });

  it('is the whole only where the lease says so, and then on the property as Settings say', () => {
    const world = base.clone();
    typeInto(world, 'Leases', 'L-1', 'Partial payments', 'no');
    expect(seen(world).pay).toMatchObject({ can: 'pay', parts: false, why: 'lease' });
    expect(pay(world, { what: 'part', amount: '500' })).toMatchObject({ says: 'payWholeOnly' });
    expect(pay(world, { what: 'part', amount: '1000' })).toMatchObject({ done: true });
    typeInto(world, 'Leases', 'L-1', 'Partial payments', '');
    typeInto(world, 'Settings', 'Partial payments', 'Value', 'no');
    expect(seen(world).pay).toMatchObject({ parts: false, why: 'lease' });
  });

  it('is told with how else to pay where no processor is connected that the property names', () => {
    const world = base.clone();
    typeInto(world, 'Properties', 'Elm House', 'Pay by', 'square');
    typeInto(world, 'Settings', 'How to pay', 'Value', 'By check to the office.');
    expect(seen(world).pay).toEqual({ can: 'not', why: 'no platform', words: 'By check to the office.' });
    expect(pay(world, { what: 'all' })).toEqual({ done: false, says: 'payNoPlatform' });
    typeInto(world, 'Properties', 'Elm House', 'How to pay', 'Cash in the red box.');
    expect(seen(world).pay).toMatchObject({ words: 'Cash in the red box.' });
  });

  it('is nothing while everything is paused', () => {
    const world = base.clone();
    typeInto(world, 'Settings', 'Pause everything', 'Value', 'yes');
    expect(seen(world).pay).toMatchObject({ can: 'not', why: 'down' });
    expect(pay(world, { what: 'all' })).toEqual({ done: false, says: 'payDown' });
  });
});

describe('the Log', () => {
  it('names who asked by as much of the address as may be shown', () => {
    const world = base.clone();
    pay(world, { what: 'all' });
    const lines = tabOf(world, 'Log').filter((row) => row.Who?.startsWith('resident'));
    expect(lines.map((row) => [row.Who, row.Kind, row['Lease ID']])).toEqual([
      ['resident l…@example.com', 'resident', 'L-1'],
      ['resident l…@example.com', 'effect sent', 'L-1'],
    ]);
    expect(lines[0]?.What).toBe('asks to pay 1000.00 USD by Stripe');
  });
});
