/** Paying at PayPal, Square and Plaid: what each can close is closed, what it cannot is taken on one page only, or stated. */

import type { PaypalState } from '../../../local/vendors/paypal/state';
import {
  approvePaypalOrder,
  authorisePlaidPayment,
  movePlaidPayment,
  paySquareInvoice,
} from '../../../local/vendors/people';
import type { PlaidState } from '../../../local/vendors/plaid';
import type { SquareState } from '../../../local/vendors/square';
import { connectPaypal, connectPlaid, connectSquare, stage } from '../../jobs/autopay-world';
import { bookOf, HOUR, leapTo, MINUTE, verdictOf, type World } from '../../worlds';
import { comeBack, house, pay, request, seen, urlOf } from './pay-world';

const balance = (world: World): string | undefined => bookOf(world).leases[0]?.balance;
const settle = (world: World): void => void world.advanceTo(world.now + 25 * MINUTE);

describe('an order at PayPal', () => {
  const paypal = (world: World) => world.vendorState<PaypalState>('paypal');
  const orders = (world: World) => Object.values(paypal(world).orders);
  const base = house({ property: { 'Pay by': 'paypal' } });
  connectPaypal(base);

  it('is made once, taken when the resident has agreed, and processing or paid after the next poll', () => {
    const world = base.clone();
    const id = request();
    const first = pay(world, { what: 'all' }, id);
    expect(pay(world, { what: 'all' }, id)).toEqual(first);
    expect(pay(world, { what: 'all' })).toEqual(first);
    expect(orders(world)).toHaveLength(1);
    approvePaypalOrder(paypal(world), orders(world)[0]?.id ?? '', world.now);
    comeBack(world);
    settle(world);
    expect(orders(world)[0]?.status).toBe('COMPLETED');
    expect(balance(world)).toBe('0.00');
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('of an amount that was changed since is agreed to in vain: nothing is taken', () => {
    const world = base.clone();
    pay(world, { what: 'all' });
    pay(world, { what: 'part', amount: '300' });
    const [first, second] = orders(world);
    approvePaypalOrder(paypal(world), first?.id ?? '', world.now);
    comeBack(world);
    settle(world);
    expect(orders(world).map((order) => order.status)).toEqual(['APPROVED', 'PAYER_ACTION_REQUIRED']);
    expect(balance(world)).toBe('1000.00');
    approvePaypalOrder(paypal(world), second?.id ?? '', world.now);
    comeBack(world);
    settle(world);
    expect(balance(world)).toBe('700.00');
    const captures = bookOf(world).outbox.filter((row) => row.kind === 'capture');
    expect(captures.map((row) => row.state)).toEqual(['cancelled', 'sent']);
  });

  it('that was agreed to and not taken yet lets no other be made', () => {
    const world = base.clone();
    pay(world, { what: 'all' });
    approvePaypalOrder(paypal(world), orders(world)[0]?.id ?? '', world.now);
    expect(pay(world, { what: 'part', amount: '300' })).toEqual({ done: false, says: 'payUnderWay' });
    settle(world);
    expect(balance(world)).toBe('0.00');
    expect(orders(world)).toHaveLength(1);
  });
});

describe('an invoice at Square', () => {
  const square = (world: World) => world.vendorState<SquareState>('square');
  const invoices = (world: World) => Object.values(square(world).invoices);
  const base = house({ property: { 'Pay by': 'square' } });
  connectSquare(base);

  it('is shown and not mailed, made once, and paid on its page', () => {
    const world = base.clone();
    const first = pay(world, { what: 'all' });
    expect(pay(world, { what: 'all' })).toEqual(first);
    const [invoice, ...more] = invoices(world);
    expect([more.length, invoice?.public_url, invoice?.delivery_method]).toEqual([0, urlOf(first), 'SHARE_MANUALLY']);
    paySquareInvoice(square(world), invoice?.id ?? '', 'card', world.now);
    comeBack(world);
    settle(world);
    expect(balance(world)).toBe('0.00');
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('that a card was declined on stays open', () => {
    const world = base.clone();
    const first = pay(world, { what: 'all' });
    paySquareInvoice(square(world), invoices(world)[0]?.id ?? '', 'declined', world.now);
    comeBack(world);
    expect(balance(world)).toBe('1000.00');
    expect(pay(world, { what: 'all' })).toEqual(first);
  });

  it('is cancelled before one of another amount is there', () => {
    const world = base.clone();
    pay(world, { what: 'all' });
    pay(world, { what: 'part', amount: '300' });
    expect(invoices(world).map((each) => each.status)).toEqual(['CANCELED', 'UNPAID']);
    paySquareInvoice(square(world), invoices(world)[1]?.id ?? '', 'card', world.now);
    comeBack(world);
    settle(world);
    expect(balance(world)).toBe('700.00');
  });

  it('that was just paid lets no other be made', () => {
    const world = base.clone();
    pay(world, { what: 'all' });
    paySquareInvoice(square(world), invoices(world)[0]?.id ?? '', 'card', world.now);
    expect(pay(world, { what: 'part', amount: '300' })).toEqual({ done: false, says: 'payUnderWay' });
    settle(world);
    expect([balance(world), invoices(world).length]).toEqual(['0.00', 1]);
  });
});

describe('a page of Plaid', () => {
  const plaid = (world: World) => world.vendorState<PlaidState>('plaid');
  const payments = (world: World) => Object.values(plaid(world).payments);
  function london(): World {
    const world = house({ property: { Currency: 'GBP', 'Pay by': 'plaid' } });
    const state = plaid(world);
    stage(world, 'plaid').connectKeys({
      PLAID_CLIENT_ID: state.client_id,
      PLAID_SECRET: state.secrets.sandbox ?? '',
      PLAID_MODE: 'sandbox',
      PLAID_RECIPIENT_NAME: 'Elm House Ltd',
      PLAID_RECIPIENT_SORT_CODE: '20-00-00',
      PLAID_RECIPIENT_ACCOUNT: '55779911',
    });
    return world;
  }
  const base = london();

  it('is paid on from the bank and shown as processing until the money has arrived', () => {
    const world = base.clone();
    const first = pay(world, { what: 'all' });
    expect(pay(world, { what: 'all' })).toEqual(first);
    expect(payments(world)).toHaveLength(1);
    const id = authorisePlaidPayment(plaid(world), urlOf(first), world.now);
    comeBack(world);
    settle(world);
    expect(seen(world).pay).toMatchObject({ can: 'not', why: 'processing' });
    movePlaidPayment(plaid(world), String(id ?? payments(world)[0]?.payment_id), 'PAYMENT_STATUS_EXECUTED', world.now);
    settle(world);
    expect(balance(world)).toBe('0.00');
  });

  it('lives half an hour, for Plaid closes none: until then no other amount is taken', () => {
    const world = base.clone();
    const first = urlOf(pay(world, { what: 'all' }));
    expect(pay(world, { what: 'part', amount: '300' })).toEqual({
      done: false,
      says: 'payOtherOpen',
      with: { amount: '£1,000.00' },
    });
    leapTo(world, world.now + HOUR);
    expect(() => authorisePlaidPayment(plaid(world), first, world.now)).toThrow(/expired/);
    expect(pay(world, { what: 'part', amount: '300' })).toMatchObject({ done: true, says: 'payOpen' });
  });
});

describe('the processor', () => {
  it('is the only one that can take the currency where nobody has named one', () => {
    const world = house({ settings: { 'Pay links by': 'square' } });
    connectPlaid(world);
    expect(seen(world).pay).toMatchObject({ can: 'pay', by: 'Stripe' });
    connectPaypal(world);
    expect(seen(world).pay).toMatchObject({ can: 'not', why: 'no platform' });
    connectSquare(world);
    expect(seen(world).pay).toMatchObject({ can: 'pay', by: 'Square' });
  });
});
