/** A disputed line rests alone: no fee, no rung and no message asks for it, other lines go on, and its days do not count afterwards. */
import fc from 'fast-check';
import type { OutboxRow } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { decideDay } from '../../src/domain/day';
import { dueAfterDispute } from '../../src/domain/disputes';
import { mailFields } from '../../src/domain/mail-fields';
import { cents, sum } from '../../src/domain/money';
import type { RequestRow } from '../../src/domain/requests';
import { demandedOn, isDemanded, unpaidOn } from '../../src/domain/standing';
import { currency, key, leaseId } from '../../src/domain/values';
import { accountIn, answers, disputes, mine } from './asking';
import { leaseFrom, newWorld, nothingTold, runDay, see, standingIn, stateIn, take, type World } from './small-world';
import { optionsOf } from './story';

const L1 = leaseId('L1');
const FIRST = day('2026-10-01');

function worldWith(words: string): World {
  const world = newWorld();
  world.leases.push(leaseFrom(world, 'L1', optionsOf(words.split(' '), [])));
  return world;
}

const paid = (world: World, name: string, amount: number) =>
  see(
    world,
    nothingTold(),
    [
      {
        key: key(`stripe:${name}`),
        source: 'stripe',
        externalId: name,
        amountCents: cents(amount),
        currency: currency('USD'),
        state: 'settled',
        initiatedAt: instantOf(world.today, 12, 0, world.property.zone),
        leaseRef: 'L1',
        reversals: [],
      },
    ],
    instantOf(world.today, 13, 0, world.property.zone),
  );

const runUntil = (world: World, last: string) => {
  const told = nothingTold();
  for (let today = world.begun ? addDays(world.today, 1) : FIRST; today <= last; today = addDays(today, 1))
    runDay(world, told, today);
  return told;
};
const isRow = (row: RequestRow | string): RequestRow => {
  if (typeof row === 'string') throw new Error(row);
  return row;
};

const LEASE = 'rent 1000.00 due 1 start 2026-10-01 grace 5 fee 50.00';

describe('rent under dispute', () => {
  it('brings no fee and no reminder, and says so', () => {
    const world = worldWith(LEASE);
    runUntil(world, '2026-10-03');
    disputes(world, 'L1', 'rent:L1:2026-10');
    const told = runUntil(world, '2026-10-28');
    expect(told).toMatchObject({ charges: [], rungs: [], sends: [], tasks: [] });
    expect(standingIn(world, L1).word).toBe('disputed');
  });

  it('goes on where it was once it is refused: the days of the dispute do not count', () => {
    const world = worldWith(LEASE);
    runUntil(world, '2026-10-03');
    const row = isRow(disputes(world, 'L1', 'rent:L1:2026-10'));
    runUntil(world, '2026-10-20');
    answers(world, row, 'refused');
    expect(unpaidOn(stateIn(world, L1), world.today).map(({ due }) => due)).toEqual(['2026-10-18']);
    expect(runUntil(world, '2026-10-23')).toMatchObject({ charges: [], rungs: [] });
    expect(runUntil(world, '2026-10-24')).toMatchObject({
      charges: ['fee:rent:L1:2026-10 50.00'],
      rungs: ['late:L1:2026-10'],
    });
  });

  it('counts as if it had never been disputed where the manager says so', () => {
    const world = worldWith(LEASE);
    runUntil(world, '2026-10-03');
    const row = isRow(disputes(world, 'L1', 'rent:L1:2026-10'));
    runUntil(world, '2026-10-20');
    answers(world, row, 'refused', true);
    expect(runUntil(world, '2026-10-21')).toMatchObject({
      charges: ['fee:rent:L1:2026-10 50.00'],
      rungs: ['final-notice:L1:2026-10'],
    });
  });
});

describe('a fee under dispute', () => {
  it('leaves the rent to be asked for, without the fee', () => {
    const world = worldWith(LEASE);
    runUntil(world, '2026-10-07');
    disputes(world, 'L1', 'fee:rent:L1:2026-10');
    expect(runUntil(world, '2026-10-14').rungs).toEqual(['late-second:L1:2026-10']);
    const account = accountIn(world, 'L1');
    const fields = mailFields(account, { kind: 'late-second', payload: { about: 'rent:L1:2026-10' } }, 'en', '');
    expect([fields.balance_due, fields.amount_due, fields.charges?.length]).toEqual(['$1,000.00', '$1,000.00', 1]);
  });

  it('takes no money away from the rent that is paid', () => {
    const world = worldWith(`${LEASE} allocation oldest`);
    runUntil(world, '2026-10-07');
    disputes(world, 'L1', 'fee:rent:L1:2026-10');
    paid(world, 'p1', 100_000);
    expect(standingIn(world, L1).word).toBe('disputed');
    runUntil(world, '2026-11-01');
    paid(world, 'p2', 100_000);
    expect(demandedOn(stateIn(world, L1), world.today)).toEqual([]);
    expect(runUntil(world, '2026-11-20')).toMatchObject({ charges: [], rungs: [], sends: [] });
  });

  it('is paid by money ahead once it counts again', () => {
    const world = worldWith(LEASE);
    runUntil(world, '2026-10-07');
    const row = isRow(disputes(world, 'L1', 'fee:rent:L1:2026-10'));
    paid(world, 'p1', 105_000);
    expect(stateIn(world, L1).unspent).toHaveLength(1);
    answers(world, row, 'refused');
    expect(stateIn(world, L1).unspent).toEqual([]);
    expect(standingIn(world, L1).word).toBe('paid');
  });
});

describe('how often', () => {
  it('is once, and once more after an answer', () => {
    const world = worldWith(LEASE);
    runUntil(world, '2026-10-07');
    const fee = 'fee:rent:L1:2026-10';
    const first = isRow(disputes(world, 'L1', fee));
    expect(disputes(world, 'L1', fee)).toBe('disputed already');
    answers(world, first, 'refused');
    const second = isRow(disputes(world, 'L1', fee));
    answers(world, second, 'refused');
    expect(disputes(world, 'L1', fee)).toBe('twice');
  });
});

it('gives back exactly the days on which a line was due and disputed', () => {
  const days = fc.integer({ min: -60, max: 60 });
  fc.assert(
    fc.property(days, days, fc.nat(60), (dueAt, beganAt, lasted) => {
      const [due, began] = [addDays(FIRST, dueAt), addDays(FIRST, beganAt)];
      const ended = addDays(began, lasted);
      const after = dueAfterDispute(due, began, ended);
      const counted = Array.from({ length: lasted }, (_, at) => addDays(began, at)).filter((on) => on >= due).length;
      expect(after).toBe(addDays(due, counted));
    }),
  );
});

/** One day of a life: somebody pays, disputes, answers or withdraws, and the day is run. */
const lives = fc.array(
  fc.record({
    what: fc.constantFrom('pay', 'dispute', 'refuse', 'refuse, days count', 'withdraw', 'nothing', 'nothing'),
    at: fc.nat(9),
    amount: fc.integer({ min: 1, max: 210_000 }),
    days: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 3, maxLength: 22 },
);

it('is in no demand, whatever happens around it', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const world = worldWith(`${LEASE} returned 25.00`);
      let number = 0;
      for (const { what, at, amount, days } of life) {
        const last = addDays(world.begun ? world.today : FIRST, days);
        for (let today = world.begun ? addDays(world.today, 1) : FIRST; today <= last; today = addDays(today, 1))
          dayWithin(world, today);
        const open = mine(world, 'L1').filter((row) => row.state === 'open');
        const chosen = open[at % Math.max(1, open.length)];
        const charges = stateIn(world, L1).charges;
        if (what === 'pay') paid(world, `p${++number}`, amount);
        if (what === 'dispute') disputes(world, 'L1', charges[at % Math.max(1, charges.length)]?.key ?? '');
        if (what === 'refuse' && chosen) answers(world, chosen, 'refused');
        if (what === 'refuse, days count' && chosen) answers(world, chosen, 'refused', true);
        if (what === 'withdraw' && chosen) answers(world, chosen, 'withdrawn', true);
        expect(stateIn(world, L1).pauses.length).toBe(mine(world, 'L1').filter((row) => row.state === 'open').length);
      }
    }),
    { numRuns: 120 },
  );
});

/** Runs a day and looks at all that it asks for. */
function dayWithin(world: World, today: ReturnType<typeof day>): void {
  world.today = today;
  const disputed = new Set(stateIn(world, L1).pauses.map((pause) => pause.about));
  const account = accountIn(world, 'L1');
  const run = { id: `day-${today}`, by: 'test', now: instantOf(today, 9, 0, world.property.zone) };
  const { decision } = decideDay(account.book, run, world.property, today, 0, Number.POSITIVE_INFINITY);
  for (const entry of decision.entries) {
    if (entry.kind === 'charge' && entry.type === 'late fee') expect(disputed).not.toContain(entry.about);
    if (entry.kind === 'rung') expect(disputed).not.toContain(entry.about);
    if (entry.kind === 'allocation') for (const item of entry.items) expect(disputed).not.toContain(item.charge);
  }
  take(world, nothingTold(), decision);
  world.begun = true;
  const then = accountIn(world, 'L1');
  const asked = demandedOn(then.state, today);
  for (const intent of decision.intents.filter(({ channel }) => channel === 'gmail')) {
    if (intent.because.rule === 'unpaid')
      for (const charge of intent.because.charges) expect(disputed).not.toContain(charge);
    const fields = mailFields(then, intent as unknown as OutboxRow, 'en', '');
    if (intent.because.rule === 'unpaid') expect(fields.charges?.length).toBe(asked.length);
    const money = (text = '') => Number(text.replace(/[^\d.]/g, '')) * 100;
    if (intent.because.rule === 'unpaid')
      expect(money(fields.amount_due)).toBeLessThanOrEqual(sum(asked.map((charge) => charge.openCents)) + 0.5);
    const left = then.state.charges.filter((charge) => isDemanded(then.state, charge));
    expect(money(fields.balance_due)).toBeLessThanOrEqual(sum(left.map((charge) => charge.openCents)) + 0.5);
  }
}
