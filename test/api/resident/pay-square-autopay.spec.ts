/** Autopay by Square on the resident's page: begun with a payment on whose page a card is saved, and ended here. */

import { paySquareInvoice, paySquareInvoiceAndSave } from '../../../local/vendors/people';
import type { SquareState } from '../../../local/vendors/square';
import { balance, connectSquare, effects, links, live } from '../../jobs/autopay-world';
import { leapTo, MINUTE, type Row, verdictOf, type World } from '../../worlds';
import { act, comeBack, door, house, pay, request, seen, urlOf } from './pay-world';

const square = (world: World) => world.vendorState<SquareState>('square');
const invoices = (world: World) => Object.values(square(world).invoices);
const statuses = (world: World) => invoices(world).map((each) => each.status);
const on = (world: World, id?: string) => act(world, 'autopayOn', { platform: 'square' }, id);
const off = (world: World) => act(world, 'autopayOff', {});
const save = (world: World, at = 0): string =>
  paySquareInvoiceAndSave(square(world), invoices(world)[at]?.id ?? '', world.now);
/** What is offered there by Square. */
const offers = (world: World) => {
  const { autopay } = seen(world);
  return autopay.state === 'off' ? autopay.offers.filter(({ platform }) => platform === 'square') : autopay.state;
};
const poll = (world: World): void => leapTo(world, world.now + 11 * MINUTE);

const base = house({ property: { 'Pay by': 'square' } });
connectSquare(base);

describe('autopay by Square', () => {
  it('begins with one page on which what is owed is paid, however often it is asked for', () => {
    const world = base.clone();
    expect(offers(world)).toEqual([{ platform: 'square', title: 'Square', paysCents: 100_000 }]);
    const id = request();
    const first = on(world, id);
    expect(first).toMatchObject({ done: true, says: 'autopaySaveCard', open: { by: 'Square' } });
    expect(on(world, id)).toEqual(first);
    expect(on(world)).toEqual(first);
    expect(statuses(world)).toEqual(['UNPAID']);
    expect(seen(world).autopay).toEqual({ state: 'waiting', by: 'Square', url: urlOf(first) });
  });

  it('is on when the card was saved, and Square charges it for the next rent once', () => {
    const world = base.clone();
    on(world);
    // Square's searches are some seconds late, and nobody pays in less.
    leapTo(world, world.now + MINUTE);
    const card = save(world);
    comeBack(world, 'saved');
    expect(links(world)).toEqual([['square', card]]);
    expect(seen(world).autopay).toMatchObject({ state: 'on', by: 'Square', next: '2027-01-01' });
    poll(world);
    expect(balance(world)).toBe('0.00');
    live(world, '2026-12-30', '2027-01-03');
    expect(statuses(world)).toEqual(['PAID', 'PAID']);
    expect([balance(world), verdictOf(world).ok]).toEqual(['0.00', true]);
  });

  it('is on by the next day where nobody comes back, and off again by a click', () => {
    const world = base.clone();
    on(world);
    const card = save(world);
    live(world, '2026-12-02');
    expect(links(world)).toEqual([['square', card]]);
    expect(off(world)).toEqual({ done: true, says: 'autopayIsOff' });
    live(world, '2026-12-03', '2026-12-05');
    live(world, '2026-12-31', '2027-01-02');
    expect([links(world), statuses(world)]).toEqual([[], ['PAID']]);
  });

  it('stays off where the resident paid and saved no card', () => {
    const world = base.clone();
    on(world);
    paySquareInvoice(square(world), invoices(world)[0]?.id ?? '', 'card', world.now);
    comeBack(world, 'saved');
    live(world, '2026-12-02', '2026-12-03');
    expect([links(world), seen(world).autopay.state, balance(world)]).toEqual([[], 'off', '0.00']);
  });

  it('never takes a card that was there before: it is of somebody who may not have agreed', () => {
    const world = base.clone();
    pay(world, { what: 'part', amount: '300' });
    save(world);
    poll(world);
    on(world);
    paySquareInvoice(square(world), invoices(world)[1]?.id ?? '', 'card', world.now);
    comeBack(world, 'saved');
    live(world, '2026-12-02', '2026-12-03');
    expect([links(world), balance(world)]).toEqual([[], '0.00']);
  });

  it('does not begin by a card that is saved without having been asked for', () => {
    const world = base.clone();
    pay(world, { what: 'all' });
    save(world);
    comeBack(world, 'saved');
    live(world, '2026-12-02', '2026-12-03');
    expect([links(world), effects(world, 'adopt')]).toEqual([[], []]);
  });

  it('that was ended before the card was saved does not begin', () => {
    const world = base.clone();
    on(world);
    expect(off(world)).toMatchObject({ done: true });
    expect(seen(world).autopay.state).toBe('off');
    save(world);
    comeBack(world, 'saved');
    live(world, '2026-12-02', '2026-12-03');
    expect([links(world), balance(world)]).toEqual([[], '0.00']);
  });

  it('that was ended while Square could not be asked for the card does not begin later', () => {
    const world = base.clone();
    on(world);
    save(world);
    world.faults.atVendor({ vendor: 'square', what: 'server-error', when: 'always' });
    comeBack(world, 'saved', 0);
    off(world);
    world.faults.clear();
    live(world, '2026-12-02', '2026-12-03');
    expect(links(world)).toEqual([]);
    expect(effects(world, 'adopt').map(([, state]) => state)).toEqual(['cancelled']);
  });

  it.each<readonly [string, Row, string]>([
    ['where nothing is owed yet', { Start: '2026-12-01' }, '2026-11-15'],
    [
      'without an address, for Square mails each invoice that it charges',
      { Email: '', 'Notify by': 'none' },
      '2026-12-01',
    ],
  ])('is not offered %s', (_, lease, day) => {
    const world = house({ on: day, lease, property: { 'Pay by': 'square' } });
    connectSquare(world);
    expect(on(world)).toEqual({ done: false, says: 'autopayNotOffered' });
    expect(offers(world)).toEqual([]);
  });

  it('is the same wherever its beginning was killed, once it is asked for again', () => {
    let kills = 0;
    for (let at = 1; ; at++) {
      const world = base.clone();
      world.faults.killAt(at, 'after', 'residentAct');
      if (door(world, 'autopayOn', { platform: 'square' }, 'request-killed').ok) break;
      kills++;
      let again = on(world, 'request-killed');
      if (!again.done) {
        leapTo(world, world.now + 8 * MINUTE);
        again = on(world, 'request-killed');
      }
      expect([at, again.done, statuses(world)]).toEqual([at, true, ['UNPAID']]);
      expect([at, effects(world, 'setup').length, verdictOf(world).ok]).toEqual([at, 1, true]);
    }
    expect(kills).toBeGreaterThan(10);
  });
});
