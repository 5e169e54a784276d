/** Payment plans told as stories: what is asked for while one runs, what a missed instalment does, and how it ends. */
import { planFigures } from '../../src/domain/plans';
import { entryCells, entryFrom } from '../../src/sheet/journal';
import { openingFrom, openingText } from '../../src/sheet/openings';
import { act, undo } from './acting';
import { answers, disputes } from './asking';
import { agree, answer, L1, LEASE, mustAct, pay, planWorld, proposal, propose, steps, until } from './plan-worlds';
import { standingIn, stateIn } from './small-world';

const FEE = `${LEASE} fee 50.00`;

const HALVES = {
  instalments: [
    ['2026-11-20', '625.00'],
    ['2026-12-20', '625.00'],
  ] as const,
};

const figures = (world: ReturnType<typeof planWorld>) => {
  const { plan, charges } = stateIn(world, L1);
  return plan && planFigures(plan, charges);
};

describe('while a plan runs', () => {
  it('its instalments are asked for in place of the rent that it covers', () => {
    const world = planWorld(FEE);
    until(world, '2026-11-10');
    expect(standingIn(world, L1).word).toBe('late');
    agree(world, HALVES);
    expect(standingIn(world, L1).word).toBe('plan');
    const { plan } = stateIn(world, L1);
    const told = until(world, '2026-11-20');
    expect(told.rungs).toEqual([`before-due:${plan?.key}#1`, `due-today:${plan?.key}#1`]);
    expect(told.sends).toEqual(['plan-instalment', 'plan-instalment']);
    expect(standingIn(world, L1).word).toBe('plan');
  });

  it('the next rent climbs as usual, and makes the lease late', () => {
    const world = planWorld(FEE);
    until(world, '2026-11-10');
    agree(world, HALVES);
    pay(world, 'm:1 L1 625.00 settled');
    const told = until(world, '2026-12-07');
    expect(told.charges).toContain('fee:rent:L1:2026-12 50.00');
    expect(told.charges.join()).not.toContain('fee:rent:L1:2026-11');
    expect(told.rungs).toContain('late:L1:2026-12');
    expect(standingIn(world, L1)).toMatchObject({ word: 'late', daysLate: 6 });
  });

  it('money for the rent of this month goes there and not to later instalments', () => {
    const world = planWorld(FEE);
    until(world, '2026-11-10');
    agree(world, HALVES);
    pay(world, 'm:1 L1 625.00 settled');
    until(world, '2026-12-02');
    pay(world, 'm:2 L1 1200.00 settled');
    expect(stateIn(world, L1).charges.find(({ key }) => key === 'rent:L1:2026-12')?.openCents).toBe(0);
    expect(figures(world)).toMatchObject({ paidCents: 62_500, openCents: 62_500 });
    expect(until(world, '2026-12-15').charges).toEqual([]);
    expect(standingIn(world, L1).word).toBe('plan');
  });

  it('where a statute puts that money on the older rent, the new rent is not late by it', () => {
    const world = planWorld(`${LEASE} fee 50.00 allocation US-WA`);
    until(world, '2026-11-05');
    agree(world, {
      instalments: [
        ['2026-12-20', '600.00'],
        ['2027-01-20', '600.00'],
      ],
    });
    until(world, '2026-12-01');
    pay(world, 'm:1 L1 1200.00 settled');
    const told = until(world, '2026-12-15');
    expect(stateIn(world, L1).charges.find(({ key }) => key === 'rent:L1:2026-12')?.openCents).toBe(120_000);
    expect([told.charges, told.rungs.filter((each) => each.includes('2026-12'))]).toEqual([[], []]);
    expect(standingIn(world, L1).word).toBe('plan');
  });

  it('money under way counts as paid: nobody is reminded, and nothing is missed', () => {
    const world = planWorld(LEASE);
    until(world, '2026-11-08');
    agree(world, {
      instalments: [
        ['2026-11-15', '600.00'],
        ['2026-12-20', '600.00'],
      ],
    });
    until(world, '2026-11-14');
    pay(world, 'm:1 L1 600.00 pending');
    const told = until(world, '2026-11-22');
    expect(told.sends).toEqual([]);
    expect(steps(world)).toEqual(['proposed 2026-11-08', 'accepted 2026-11-08']);
    pay(world, 'm:1 failed');
    until(world, '2026-11-23');
    expect(steps(world).slice(2)).toEqual(['missed 2026-11-23', 'defaulted 2026-11-23']);
  });

  it('a waiver lowers the last instalments, a payment meets the first', () => {
    const world = planWorld(LEASE);
    until(world, '2026-11-08');
    agree(world, {
      instalments: [
        ['2026-11-15', '600.00'],
        ['2026-12-20', '400.00'],
        ['2027-01-20', '200.00'],
      ],
    });
    mustAct(world, { kind: 'waive', lease: 'L1', reason: 'goodwill', charge: 'rent:L1:2026-11', amount: '250.00' });
    pay(world, 'm:1 L1 650.00 settled');
    expect(figures(world)?.instalments.map((each) => [each.amountCents, each.paidCents])).toEqual([
      [60_000, 60_000],
      [35_000, 5_000],
      [0, 0],
    ]);
  });

  it('a dispute of what it covers lets no instalment be missed', () => {
    const world = planWorld(LEASE);
    until(world, '2026-11-08');
    agree(world, { instalments: [['2026-11-15', '1200.00']] });
    mustAct(world, {
      kind: 'pause',
      lease: 'L1',
      reason: 'r',
      type: 'dispute',
      begins: true,
      charge: 'rent:L1:2026-11',
    });
    expect(until(world, '2026-11-30').sends.filter((each) => each !== 'before-due')).toEqual([]);
    expect(steps(world)).toHaveLength(2);
  });
});

describe('a missed instalment', () => {
  it('breaks the plan after its days of grace: one message, a task, and from the next day on the ladder where it stood', () => {
    const world = planWorld(FEE);
    until(world, '2026-11-10');
    agree(world, HALVES);
    until(world, '2026-11-23');
    const broken = until(world, '2026-11-24');
    expect(steps(world).slice(2)).toEqual(['missed 2026-11-24', 'defaulted 2026-11-24']);
    expect(broken.sends).toEqual(['plan-ended', 'plan-news']);
    expect(broken.tasks).toHaveLength(1);
    const after = until(world, '2026-11-25');
    expect(after.rungs).toEqual(['final-notice:L1:2026-11']);
    expect(after.sends).toEqual(['final-notice (waits)']);
    expect(until(world, '2026-11-27').rungs).toEqual([]);
    expect(standingIn(world, L1).word).toBe('late');
  });

  it('is told of and no more while the terms allow it', () => {
    const world = planWorld(LEASE);
    until(world, '2026-11-10');
    agree(world, {
      missedAllowed: 1,
      instalments: [
        ['2026-11-20', '600.00'],
        ['2026-12-20', '600.00'],
      ],
    });
    const told = until(world, '2026-11-24');
    expect(steps(world).slice(2)).toEqual(['missed 2026-11-24']);
    expect(told.sends).toContain('plan-missed');
    expect(standingIn(world, L1).word).toBe('plan');
    pay(world, 'm:1 L1 600.00 settled');
    until(world, '2026-12-24');
    expect(steps(world).slice(3)).toEqual(['missed 2026-12-24', 'defaulted 2026-12-24']);
  });

  it('is nothing while a person holds the lease', () => {
    const world = planWorld(LEASE);
    until(world, '2026-11-10');
    agree(world, HALVESOF('600.00'));
    mustAct(world, { kind: 'hold', lease: 'L1', reason: 'in hospital', until: '2026-12-31' });
    until(world, '2026-12-31');
    expect(steps(world)).toHaveLength(2);
    until(world, '2027-01-01');
    expect(steps(world).slice(2)).toEqual(['missed 2027-01-01', 'missed 2027-01-01', 'defaulted 2027-01-01']);
  });
});

const HALVESOF = (amount: string) => ({
  instalments: [
    ['2026-11-20', amount],
    ['2026-12-20', amount],
  ] as const,
});

describe('late fees', () => {
  it('do not come a second time where a plan ran while a dispute moved the due day past the first one', () => {
    const world = planWorld(FEE);
    expect(until(world, '2026-11-08').charges).toContain('fee:rent:L1:2026-11 50.00');
    propose(world, { charges: ['rent:L1:2026-11'], instalments: [['2026-11-14', '1200.00']] });
    const dispute = disputes(world, 'L1', 'rent:L1:2026-11');
    if (typeof dispute === 'string') throw new Error(dispute);
    until(world, '2026-11-09');
    answer(world, true);
    until(world, '2026-11-13');
    answers(world, dispute, 'refused');
    expect(until(world, '2026-11-30').charges).toEqual([]);
    expect(steps(world).join()).toContain('defaulted');
  });

  const DAILY = `${LEASE} fee "5.00 per day"`;

  it('rest while it runs, and count again from the day on which it breaks, never for the days between', () => {
    const world = planWorld(DAILY);
    until(world, '2026-11-10');
    const before = stateIn(world, L1).charges[0]?.feeCents;
    expect(before).toBe(2_000);
    propose(world, { charges: ['rent:L1:2026-11'], instalments: [['2026-11-20', '1200.00']] });
    answer(world, true);
    until(world, '2026-11-23');
    expect(stateIn(world, L1).charges[0]?.feeCents).toBe(before);
    until(world, '2026-11-26');
    expect(stateIn(world, L1).charges[0]?.feeCents).toBe((before ?? 0) + 3 * 500);
  });

  it('that had not come yet come as many days later as the plan ran', () => {
    const world = planWorld(FEE);
    until(world, '2026-11-03');
    agree(world, { instalments: [['2026-11-10', '1200.00']] });
    until(world, '2026-11-14');
    expect(steps(world)).toContain('defaulted 2026-11-14');
    // Four days of grace were left on the third of November.
    expect(until(world, '2026-11-16').charges).toEqual([]);
    expect(until(world, '2026-11-20').charges).toEqual(['fee:rent:L1:2026-11 50.00']);
    expect(world.journal.find((entry) => entry.key === 'fee:rent:L1:2026-11')?.day).toBe('2026-11-18');
  });

  it('that were held back until it was agreed do not come while it runs', () => {
    const world = planWorld(FEE);
    until(world, '2026-11-03');
    mustAct(world, { kind: 'hold', lease: 'L1', reason: 'in hospital', until: '2026-11-12' });
    until(world, '2026-11-09');
    agree(world, { instalments: [['2026-11-30', '1200.00']] });
    expect(until(world, '2026-11-20').charges).toEqual([]);
  });

  it('go on where the terms say so', () => {
    const world = planWorld(FEE);
    until(world, '2026-11-03');
    agree(world, { feesPaused: false, instalments: [['2026-11-30', '1200.00']] });
    expect(until(world, '2026-11-08').charges).toEqual(['fee:rent:L1:2026-11 50.00']);
    expect(standingIn(world, L1).word).toBe('plan');
  });
});

describe('the end', () => {
  it('comes by itself when all is paid', () => {
    const world = planWorld(LEASE);
    until(world, '2026-11-10');
    agree(world, HALVESOF('600.00'));
    until(world, '2026-11-18');
    pay(world, 'm:1 L1 1200.00 settled');
    const told = until(world, '2026-11-19');
    expect(steps(world).slice(2)).toEqual(['finished 2026-11-19']);
    expect(told.sends).toEqual(['plan-finished']);
    expect(standingIn(world, L1).word).toBe('paid');
  });

  it('is taken back when the money that had finished it goes back: the plan runs again', () => {
    const world = planWorld(LEASE);
    until(world, '2026-11-10');
    agree(world, HALVESOF('600.00'));
    pay(world, 'm:1 L1 600.00 settled');
    until(world, '2026-11-25');
    pay(world, 'm:2 L1 600.00 settled');
    until(world, '2026-11-26');
    pay(world, 'm:2 returned');
    until(world, '2026-11-28');
    expect(steps(world).slice(2)).toEqual(['finished 2026-11-26', 'resumed 2026-11-27']);
    expect(standingIn(world, L1).word).toBe('plan');
    pay(world, 'm:3 L1 600.00 settled');
    until(world, '2026-11-29');
    expect(steps(world).slice(4)).toEqual(['finished 2026-11-29']);
  });

  it('comes when a manager ends it, and an undo lets it run on', () => {
    const world = planWorld(LEASE);
    until(world, '2026-11-10');
    agree(world, HALVESOF('600.00'));
    const ended = mustAct(world, { kind: 'plan end', lease: 'L1', reason: 'moved out' });
    expect(ended.result.intents?.map((each) => each.kind)).toEqual(['plan-ended']);
    expect(standingIn(world, L1).word).toBe('late');
    expect(undo(world, 'L1', ended, 'click-u1')).toBeUndefined();
    expect(standingIn(world, L1).word).toBe('plan');
  });
});

describe('a proposal', () => {
  const world = () => {
    const one = planWorld(LEASE);
    until(one, '2026-11-10');
    return one;
  };

  it('changes nothing until it is accepted', () => {
    const one = world();
    const acted = propose(one, HALVESOF('600.00'));
    expect(acted.result.intents?.map((each) => each.kind)).toEqual(['plan-offered']);
    expect(standingIn(one, L1).word).toBe('late');
    expect(until(one, '2026-11-14').rungs).toEqual(['late-second:L1:2026-11']);
  });

  it('is refused beside another one, with a sum that is not what is open, and with days out of order', () => {
    const one = world();
    const said = (terms: Parameters<typeof proposal>[1]) => act(one, proposal(one, terms), 'click-x');
    expect(said({ instalments: [['2026-11-20', '1000.00']] })).toMatch(/come to 1,000.00 USD.*1,200.00 USD/);
    expect(
      said({
        instalments: [
          ['2026-11-20', '600.00'],
          ['2026-11-20', '600.00'],
        ],
      }),
    ).toMatch(/after the one before/);
    expect(said({ instalments: [['2026-11-09', '1200.00']] })).toMatch(/none before today/);
    expect(said({ charges: ['rent:L1:2026-10'] })).toMatch(/Not all of these charges are open/);
    expect(said({ charges: [] })).toMatch(/at least one open charge/);
    expect(said({ missedAllowed: 1 })).toMatch(/less than there are instalments/);
    propose(one);
    expect(said({})).toMatch(/A plan is proposed already/);
  });

  it('is withdrawn by its undo, stands again by the undo of a withdrawal, and is answered once', () => {
    const one = world();
    const acted = propose(one);
    expect(undo(one, 'L1', acted, 'click-u1')).toBeUndefined();
    expect(stateIn(one, L1).plan?.state).toBe('withdrawn');
    propose(one);
    const withdrawn = mustAct(one, { kind: 'plan withdraw', lease: 'L1', reason: 'a mistake' });
    expect(undo(one, 'L1', withdrawn, 'click-u2')).toBeUndefined();
    answer(one, false);
    expect(stateIn(one, L1).plan?.state).toBe('declined');
    expect(() => answer(one, true)).toThrow(/does not wait for an answer/);
    expect(undo(one, 'L1', withdrawn, 'click-u3')).toMatch(/went on since/);
  });

  it('and all its steps are read back from the Ledger and from Openings as they were', () => {
    const one = world();
    agree(one, { ...HALVESOF('600.00'), note: 'Call us; any time: (555) 1; 2' });
    until(one, '2026-11-25');
    for (const entry of one.journal) expect(entryFrom(entryCells(entry))).toEqual(entryFrom(entryCells(entry)));
    for (const entry of one.journal.filter(({ kind }) => kind === 'plan'))
      expect(entryFrom(entryCells(entry))).toEqual(entry);
    const state = stateIn(one, L1);
    expect(openingFrom('L1', openingText(state))).toEqual(state);
    expect(state.plan).toMatchObject({ state: 'broken', closedOn: '2026-11-24' });
  });
});
