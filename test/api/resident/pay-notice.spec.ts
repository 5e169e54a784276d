/** What may be paid while a notice runs: by the property's word, else by its jurisdiction, and a plan comes before both. */
import { payView } from '../../../src/api/resident/pay-view';
import { openAccount } from '../../../src/domain/account';
import type { LeaseState, Property } from '../../../src/domain/book';
import { day, instantOf } from '../../../src/domain/calendar';
import { leaseId } from '../../../src/domain/values';
import { bookOf, leaseFrom, newWorld, nothingTold, runDay } from '../../domain/small-world';

const LINK = { row: 2, id: 'a'.repeat(32), lease: leaseId('L-1'), address: 'l-1@example.com', version: 1 };
const STRIPE = [{ id: 'stripe', title: 'Stripe' }];

/** December's rent is owed, and a person has let the final notice go. */
function viewOf(property: Partial<Property>, state: Partial<LeaseState> = {}) {
  const world = newWorld();
  world.property = { ...world.property, ...property };
  world.leases.push(leaseFrom(world, 'L-1', new Map([['rent', '1000.00']])));
  const today = day('2026-12-28');
  runDay(world, nothingTold(), today);
  const book = bookOf(world);
  const [lease] = book.leases;
  const before = lease && book.states.get(lease.id);
  if (!lease || !before) throw new Error('no lease');
  const released = [`final-notice|${before.charges[0]?.key}`];
  const run = { id: 'run', by: 'test', now: instantOf(today, 10, 0, world.property.zone) };
  const account = openAccount(book, run, lease, world.property, { ...before, released, ...state });
  return payView({ account, link: LINK }, STRIPE);
}

describe('while a notice runs', () => {
  it('the whole only is taken where nobody says otherwise', () => {
    expect(viewOf({})).toMatchObject({ can: 'pay', parts: false, why: 'notice', wholeCents: 100_000 });
    expect(viewOf({ jurisdiction: 'US-TX' })).toMatchObject({ parts: false, why: 'notice' });
  });

  it('any part is taken in Washington, where possession may hang on nothing but rent', () => {
    expect(viewOf({ jurisdiction: 'US-WA' })).toMatchObject({ can: 'pay', parts: true });
    expect(viewOf({ jurisdiction: 'US-WA-SEATTLE' })).toMatchObject({ can: 'pay', parts: true });
    expect(viewOf({ jurisdiction: 'US-WAX' })).toMatchObject({ parts: false });
  });

  it('the property says what holds, whatever its jurisdiction', () => {
    expect(viewOf({ payDuringNotice: 'any' })).toMatchObject({ can: 'pay', parts: true });
    expect(viewOf({ jurisdiction: 'US-WA', payDuringNotice: 'full only' })).toMatchObject({
      parts: false,
      why: 'notice',
    });
    expect(viewOf({ payDuringNotice: 'none', howToPay: 'Certified check only.' })).toEqual({
      can: 'not',
      why: 'notice',
      words: 'Certified check only.',
    });
  });

  it('a plan that was agreed since lets its instalments be paid', () => {
    const pauses = [{ type: 'plan' as const }];
    expect(viewOf({ payDuringNotice: 'none' }, { pauses })).toMatchObject({ can: 'pay', parts: true });
  });

  it('and a notice that nobody has let go holds nothing', () => {
    expect(viewOf({ payDuringNotice: 'none' }, { released: [] })).toMatchObject({ can: 'pay', parts: true });
  });
});
