/** A payment whose source changes its amount, voids it or deletes it: the lease owes what it ought to, and nothing comes twice. */
import type { PaymentSeen } from '../../src/domain/book';
import { day, instantOf } from '../../src/domain/calendar';
import { comparePayments } from '../../src/domain/drift';
import { cents, ZERO } from '../../src/domain/money';
import { currency, key, leaseId } from '../../src/domain/values';
import { leaseFrom, newWorld, nothingTold, runDay, see, stateIn, type World } from './small-world';
import { optionsOf } from './story';

const LEASE = leaseId('L1');

function oneLease(): World {
  const world = newWorld();
  world.ladder = [];
  world.leases.push(leaseFrom(world, LEASE, optionsOf(['rent', '1000.00', 'due', '1', 'returned', '25.00'], [])));
  runDay(world, nothingTold(), day('2026-12-03'));
  return world;
}

const at = (on: string) => instantOf(day(on), 12, 0, newWorld().property.zone);
const typed = (amount: number, more: Partial<PaymentSeen> = {}): PaymentSeen => ({
  key: key('quickbooks:7'),
  source: 'quickbooks',
  externalId: '7',
  amountCents: cents(amount),
  currency: currency('USD'),
  state: amount === 0 ? 'failed' : 'settled',
  initiatedAt: at('2026-12-02'),
  leaseRef: 'L1',
  reversals: [],
  ...more,
});
const nothing = (): PaymentSeen => ({ ...typed(0, { failure: 'deleted in QuickBooks' }), leaseRef: '' });

/** What is owed once all that was typed, one after another, has been seen; each twice, as an overlap has it. */
function owedAfter(...amounts: readonly PaymentSeen[]): { owed: number; world: World } {
  const world = oneLease();
  for (const [index, payment] of amounts.entries())
    for (let times = 0; times < 2; times++) see(world, nothingTold(), [payment], at(`2026-12-1${index}`));
  const state = stateIn(world, LEASE);
  const open = state.charges.reduce((total, charge) => total + charge.openCents, 0);
  return { owed: open, world };
}

describe('a payment that its source states anew', () => {
  it.each([
    ['as it was', [typed(60_000), typed(60_000)], 40_000],
    ['with less', [typed(60_000), typed(50_000)], 50_000],
    ['with more', [typed(60_000), typed(70_000)], 30_000],
    ['with less and then as it was', [typed(60_000), typed(50_000), typed(60_000)], 40_000],
    ['with more and then with less than at first', [typed(60_000), typed(70_000), typed(20_000)], 80_000],
    ['with more twice', [typed(60_000), typed(70_000), typed(90_000)], 10_000],
    ['as nothing', [typed(60_000), nothing()], 100_000],
    ['with more and then as nothing', [typed(60_000), typed(70_000), nothing()], 100_000],
    ['with less and then as nothing', [typed(60_000), typed(50_000), nothing()], 100_000],
    ['as nothing and then again as it was', [typed(60_000), nothing(), typed(60_000)], 40_000],
  ])('%s leaves that much owed', (_, seen, owed) => {
    expect(owedAfter(...seen).owed).toBe(owed);
  });

  it('is no returned payment: no fee for one is charged', () => {
    const { world } = owedAfter(typed(60_000), nothing());
    expect(world.journal.filter((entry) => entry.kind === 'charge').length).toBe(1);
    expect(world.receipts.get(key('quickbooks:7'))).toMatchObject({ state: 'refunded', amountCents: 60_000 });
  });

  it('leaves no trace where it was never seen', () => {
    const { world, owed } = owedAfter(nothing());
    expect(owed).toBe(100_000);
    expect(world.receipts.size).toBe(0);
  });

  it('stops waiting for a person once it is gone', () => {
    const { world } = owedAfter(typed(60_000, { leaseRef: '' }), nothing());
    expect(world.receipts.get(key('quickbooks:7'))).toMatchObject({
      state: 'failed',
      amountCents: 60_000,
      reversedCents: ZERO,
    });
  });
});

describe('the nightly comparison of a payment that was stated anew', () => {
  const kinds = (world: World, ...there: readonly PaymentSeen[]) =>
    comparePayments(there, [...world.receipts.values()], at('2026-11-01')).drifts.map((drift) => drift.kind);

  it.each([
    ['corrected', typed(50_000)],
    ['raised', typed(70_000)],
    ['voided', typed(0)],
  ])('finds no difference once a %s one has been read', (_, now) => {
    expect(kinds(owedAfter(typed(60_000), now).world, now)).toEqual([]);
  });

  it('finds no difference where a deleted one is in no list any more', () => {
    expect(kinds(owedAfter(typed(60_000), nothing()).world)).toEqual([]);
  });

  it.each([
    ['corrected', typed(50_000), ['state differs']],
    ['raised', typed(70_000), ['missing here']],
    ['voided', typed(0), ['state differs']],
  ])('finds one that was %s and not read', (_, now, wanted) => {
    expect(kinds(owedAfter(typed(60_000)).world, now)).toEqual(wanted);
  });
});
