/** A lease that is signed after its rent fell due: nobody was asked before, so nobody is late with it. */
import type { Lease } from '../../src/domain/book';
import { addDays, day } from '../../src/domain/calendar';
import type { Day } from '../../src/domain/values';
import { leaseFrom, newWorld, nothingTold, runDay } from './small-world';
import { optionsOf } from './story';

const STARTS = day('2026-12-01');
const SIGNED_ON = day('2026-12-10');

/** The lease waits until it is signed, and every day's run comes by. */
function lived(signed: (today: Day) => Partial<Lease>, last: Day) {
  const world = newWorld();
  const lease = leaseFrom(world, 'L1', optionsOf(['rent', '1000.00', 'fee', '50.00', 'deposit', '500.00'], []));
  const told = nothingTold();
  for (let today = addDays(STARTS, -1); today <= last; today = addDays(today, 1)) {
    world.leases.splice(0, 1, { ...lease, ...signed(today) });
    runDay(world, told, today);
  }
  const dues = world.journal.flatMap((entry) => (entry.kind === 'charge' ? [`${entry.type} ${entry.due}`] : []));
  return { told, dues, why: world.journal[0]?.why ?? '' };
}

const waits = (today: Day): Partial<Lease> => (today < SIGNED_ON ? { awaitsSignature: true } : { signedOn: SIGNED_ON });

describe('a lease that is signed after its first rent fell due', () => {
  it('owes rent and deposit from the day of its signature', () => {
    const { dues, why } = lived(waits, SIGNED_ON);
    expect(dues).toEqual(['rent 2026-12-10', 'deposit 2026-12-10']);
    expect(why).toMatch(/; due when the lease was signed$/);
  });

  it('gets no late fee and no late notice for days before it', () => {
    const { told } = lived(waits, addDays(SIGNED_ON, 5));
    expect([told.rungs, told.charges.filter((each) => each.startsWith('fee'))]).toEqual([['due-today:L1:2026-12'], []]);
  });

  it('is late with it like any other, once the grace has passed from then on', () => {
    const { told } = lived(waits, addDays(SIGNED_ON, 6));
    expect(told.rungs).toEqual(['due-today:L1:2026-12', 'late:L1:2026-12']);
    expect(told.charges).toContain('fee:rent:L1:2026-12 50.00');
  });

  it('is late with nothing in the evening of that day, when it is tomorrow in UTC', () => {
    const { dues, told } = lived(
      (today) => (today < addDays(SIGNED_ON, -1) ? waits(today) : { signedOn: SIGNED_ON }),
      addDays(SIGNED_ON, -1),
    );
    expect([dues, told.rungs]).toEqual([['rent 2026-12-10', 'deposit 2026-12-10'], []]);
  });

  it('owes later rents on their own days', () => {
    expect(lived(waits, day('2027-01-01')).dues).toContain('rent 2027-01-01');
  });

  it.each([
    ['before it starts', day('2026-11-20')],
    ['on a day that is still to come', day('2027-03-01')],
  ])('is charged as ever where it was signed %s', (_, signedOn) => {
    expect(lived(() => ({ signedOn }), STARTS).dues).toEqual(['rent 2026-12-01', 'deposit 2026-12-01']);
  });
});
