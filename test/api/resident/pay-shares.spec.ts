/** Roommates: each sees their share and what they paid, each has a page of their own, and the debt stays joint. */
import { payCheckout } from '../../../local/vendors/people';
import type { StripeState } from '../../../local/vendors/stripe/state';
import { bookOf, stripeObjects, tabOf, typeInto, type World } from '../../worlds';
import { comeBack, house, pay, seen, urlOf } from './pay-world';

const [ANA, BEN] = ['ana@example.com', 'ben@example.com'] as const;
const base = house({ lease: { Residents: 'Ana Diaz, Ben Cole', Email: `${ANA}, ${BEN}` } });
const sessionIn = (url: string): string => /cs_test_\w+/.exec(url)?.[0] ?? '';
const payOn = (world: World, url: string): string =>
  payCheckout(world.vendorState<StripeState>('stripe'), sessionIn(url), 'pm_card_visa', world.now);
const asks = (world: World, address: string, amount: string) =>
  pay(world, { what: 'part', amount }, undefined, address);
const paid = (world: World) => seen(world, ANA).people.map((each) => [each.name, each.shareCents, each.paidCents]);

describe('two people on one lease', () => {
  it('have equal parts where nobody says otherwise, and each is told which is theirs', () => {
    expect(seen(base.clone(), BEN).people).toEqual([
      { name: 'Ana Diaz', you: false, shareCents: 50_000, paidCents: 0 },
      { name: 'Ben Cole', you: true, shareCents: 50_000, paidCents: 0 },
    ]);
    expect(seen(base.clone(), '+15550100').people.map((each) => each.you)).toEqual([false, false]);
  });

  it('have the parts of the Leases tab; a cell that does not add up is a problem with what to do', () => {
    const world = base.clone();
    typeInto(world, 'Leases', 'L-1', 'Shares', 'Ana 60%, Ben 40%');
    expect(paid(world)).toEqual([
      ['Ana Diaz', 60_000, 0],
      ['Ben Cole', 40_000, 0],
    ]);
    typeInto(world, 'Leases', 'L-1', 'Shares', 'Ana 60%, Ben 30%');
    expect(paid(world).map(([, share]) => share)).toEqual([50_000, 50_000]);
    expect(JSON.stringify(bookOf(world).problems)).toContain('The shares do not come to 100%; equal parts are shown.');
  });

  it('pay on two pages at once, for together these ask for no more than is owed', () => {
    const world = base.clone();
    const [first, second] = [asks(world, ANA, '500'), asks(world, BEN, '500')].map(urlOf);
    expect([payOn(world, first ?? ''), payOn(world, second ?? '')]).toEqual(['complete: paid', 'complete: paid']);
    comeBack(world);
    expect(bookOf(world).leases[0]?.balance).toBe('0.00');
    expect(paid(world)).toEqual([
      ['Ana Diaz', 50_000, 50_000],
      ['Ben Cole', 50_000, 50_000],
    ]);
  });

  it('cannot both pay the whole: the page of the one is closed before that of the other is there', () => {
    const world = base.clone();
    const first = urlOf(asks(world, ANA, '700'));
    const second = urlOf(asks(world, BEN, '500'));
    expect([payOn(world, first), payOn(world, second)]).toEqual(['closed: expired', 'complete: paid']);
    expect(stripeObjects(world, 'payment_intent').filter((each) => each.status === 'succeeded')).toHaveLength(1);
  });

  it('owe the whole together: what one has not paid is asked of both', () => {
    const world = base.clone();
    payOn(world, urlOf(asks(world, ANA, '500')));
    comeBack(world);
    expect(seen(world, ANA).pay).toMatchObject({ can: 'pay', wholeCents: 50_000 });
    expect(seen(world, BEN).pay).toMatchObject({ can: 'pay', wholeCents: 50_000 });
    expect(paid(world).map(([, , each]) => each)).toEqual([50_000, 0]);
  });

  it('have no page of the other shown to them', () => {
    const world = base.clone();
    asks(world, ANA, '500');
    expect(seen(world, ANA).pay).toHaveProperty('open');
    expect(seen(world, BEN).pay).not.toHaveProperty('open');
    expect(tabOf(world, 'Receipts')).toEqual([]);
  });
});
