/** Stories of acts: what a person does to an account, what follows of itself, and what the runs make of it afterwards. */
import type { Act } from '../../src/domain/acts/act';
import { clickOf, undoRefusal } from '../../src/domain/acts/undo';
import { addDays, day } from '../../src/domain/calendar';
import { decimal } from '../../src/domain/money';
import { currency, type Key, leaseId } from '../../src/domain/values';
import { type Acted, act, undo } from './acting';
import {
  bookOf,
  fault,
  leaseFrom,
  newWorld,
  nothingTold,
  runDay,
  standingIn,
  stateIn,
  type World,
} from './small-world';
import { optionsOf, retell, tidy } from './story';

const L1 = leaseId('L1');
const RENT = 'rent:L1:2026-12';
const FEE = `fee:${RENT}`;

/** The days through `until` of one lease that pays nothing by itself. */
function lived(terms: string, until: string, fee?: string): World {
  const world = newWorld();
  const options = optionsOf(`rent 1000.00 start 2026-12-01 ${terms}`.split(' '), []);
  world.leases.push(leaseFrom(world, 'L1', fee ? new Map([...options, ['fee', fee]]) : options));
  goOn(world, until, '2026-12-01');
  return world;
}

function goOn(world: World, until: string, from: string = addDays(world.today, 1)): void {
  for (let at = day(from); at <= until; at = addDays(at, 1)) runDay(world, nothingTold(), at);
}

let clicks = 0;
function does(world: World, wanted: Omit<Act, 'lease' | 'reason'> & { readonly kind: Act['kind'] }): Acted {
  const result = act(world, { lease: 'L1', reason: 'agreed', ...wanted } as Act, `click-${++clicks}`);
  return typeof result === 'string' ? fault(result) : result;
}

const money = (amount: number) => decimal(amount as never, currency('USD'));
const open = (world: World) =>
  stateIn(world, L1)
    .charges.filter((charge) => charge.openCents > 0)
    .map((charge) => `${charge.key.replace(/:click-\d+/g, '')} ${money(charge.openCents)} due ${charge.due}`);
const ahead = (world: World) => stateIn(world, L1).unspent.map((each) => `${each.kind} ${money(each.leftCents)}`);
const feesCharged = (world: World) =>
  world.journal.filter((entry) => entry.kind === 'charge' && entry.type === 'late fee').map((entry) => entry.day);

describe('a due day that is moved', () => {
  it('is late by the new day, keeps its late fee and is not charged a second one', () => {
    const world = lived('grace 3 fee 40.00', '2026-12-08');
    const { result } = does(world, { kind: 'due', charge: RENT, to: '2026-12-20' } as never);
    expect(result.warnings).toEqual(['The late fee of 40.00 USD on it stays: waive it if it is no longer right.']);
    expect(standingIn(world, L1)).toMatchObject({ word: 'grace', unpaidCents: 4_000 });
    goOn(world, '2026-12-31');
    expect(feesCharged(world)).toEqual(['2026-12-05']);
    expect(open(world)).toEqual([`${RENT} 1000.00 due 2026-12-20`, `${FEE} 40.00 due 2026-12-05`]);
  });

  it('with a fee that grows by the day comes to what the new day makes of it, and nothing twice', () => {
    const world = lived('grace 3', '2026-12-08', '10.00 a day');
    expect(feesCharged(world)).toHaveLength(4);
    does(world, { kind: 'due', charge: RENT, to: '2026-12-03' } as never);
    goOn(world, '2026-12-10');
    expect(feesCharged(world)).toHaveLength(4);
    goOn(world, '2026-12-12');
    expect(feesCharged(world)).toHaveLength(6);
  });

  it('before a fee has come brings it by the new day', () => {
    const world = lived('grace 3 fee 40.00', '2026-12-03');
    does(world, { kind: 'due', charge: RENT, to: '2026-12-10' } as never);
    goOn(world, '2026-12-20');
    expect(feesCharged(world)).toEqual(['2026-12-14']);
  });

  it('stands in the openings, and a charge that reopens falls due on the new day', () => {
    const world = lived('grace 3', '2026-12-03');
    does(world, { kind: 'due', charge: RENT, to: '2026-12-10' } as never);
    const credit = does(world, { kind: 'credit', amount: '1000' } as never);
    expect(open(world)).toEqual([]);
    undo(world, 'L1', credit, 'click-back');
    expect(open(world)).toEqual([`${RENT} 1000.00 due 2026-12-10`]);
  });
});

describe('an adjustment', () => {
  it('of a charge that is paid frees the money, which pays what else is open', () => {
    const world = lived('grace 3 fee 40.00', '2026-12-08');
    does(world, { kind: 'credit', amount: '1000' } as never);
    expect(open(world)).toEqual([`${FEE} 40.00 due 2026-12-05`]);
    does(world, { kind: 'adjust', charge: RENT, to: '900' } as never);
    expect([open(world), ahead(world)]).toEqual([[], ['credit 60.00']]);
  });

  it('upwards and down again takes back what it had added first', () => {
    const world = lived('grace 3', '2026-12-03');
    does(world, { kind: 'adjust', charge: RENT, to: '1100' } as never);
    expect(open(world)).toEqual([`${RENT} 1000.00 due 2026-12-01`, `adjust:${RENT} 100.00 due 2026-12-03`]);
    does(world, { kind: 'adjust', charge: RENT, to: '1050' } as never);
    expect(open(world)).toEqual([`${RENT} 1000.00 due 2026-12-01`, `adjust:${RENT} 50.00 due 2026-12-03`]);
    does(world, { kind: 'adjust', charge: RENT, to: '0' } as never);
    expect(open(world)).toEqual([]);
    goOn(world, '2026-12-31');
    expect([open(world), ahead(world)]).toEqual([[], []]);
  });
});

describe('a late fee', () => {
  it('that was lowered or waived is not charged again, and counts again once that is undone', () => {
    const world = lived('grace 3 fee 40.00', '2026-12-08');
    const lowered = does(world, { kind: 'adjust', charge: FEE, to: '15' } as never);
    goOn(world, '2026-12-12');
    expect(open(world)).toContain(`${FEE} 15.00 due 2026-12-05`);
    const waived = does(world, { kind: 'waive', charge: FEE } as never);
    expect(undo(world, 'L1', waived, 'click-a')).toBeUndefined();
    expect(undo(world, 'L1', lowered, 'click-b')).toBeUndefined();
    goOn(world, '2026-12-16');
    expect(open(world)).toContain(`${FEE} 40.00 due 2026-12-05`);
    expect(feesCharged(world)).toHaveLength(1);
  });

  it('that was waived in part is taken back for the rest alone when the money turns out to have been in time', () => {
    const story = `
      lease L1 rent 1000.00 due 1 grace 3 fee 40.00
      until 2026-12-08  balance L1 1040.00
      waive L1 ${FEE} 15.00
      receipt stripe:p1 L1 1000.00 settled on 2026-12-02
      day 2026-12-09  balance L1 0.00  credit void:${FEE} 25.00
    `;
    expect(retell(story)).toBe(tidy(story));
  });
});

describe('the deposit', () => {
  it('that was put against the rent is held again once that is undone', () => {
    const world = lived('deposit 300.00', '2026-12-02');
    does(world, { kind: 'credit', amount: '300' } as never);
    does(world, {
      kind: 'reallocate',
      receipt: stateIn(world, L1).charges[0]?.covers[0]?.source ?? '',
      parts: [{ charge: 'deposit:L1', amount: '300' }],
    } as never);
    expect(stateIn(world, L1).depositHeldCents).toBe(30_000);
    const applied = does(world, { kind: 'deposit', action: 'applied', amount: '250' } as never);
    expect([open(world), stateIn(world, L1).depositHeldCents]).toEqual([[`${RENT} 750.00 due 2026-12-01`], 5_000]);
    undo(world, 'L1', applied, 'click-back');
    expect([open(world), stateIn(world, L1).depositHeldCents]).toEqual([[`${RENT} 1000.00 due 2026-12-01`], 30_000]);
  });
});

describe('what can be undone', () => {
  it('is what a click wrote and nothing else', () => {
    const world = lived('grace 3 fee 40.00', '2026-12-08');
    const { entries } = does(world, { kind: 'waive', charge: FEE } as never);
    expect(entries.map(undoRefusal)).toEqual([undefined]);
    const ruled = world.journal.filter((entry) => clickOf(entry.key) === undefined);
    expect(ruled.length).toBeGreaterThan(2);
    expect(ruled.map(undoRefusal).every((why) => typeof why === 'string')).toBe(true);
    expect(clickOf('undo:credit:x:click-1:click-2' as Key)).toBe('click-2');
  });

  it('is refused after the account has forgotten it, and nothing is posted', () => {
    const world = lived('grace 3', '2026-12-03');
    const { entries } = does(world, { kind: 'charge', type: 'cleaning', amount: '50' } as never);
    const state = stateIn(world, L1);
    world.states.set(L1, {
      ...state,
      charges: state.charges.filter((each) => !each.key.startsWith('charge:')),
      balanceCents: (state.balanceCents - 5_000) as never,
    });
    const before = world.journal.length;
    expect(undo(world, 'L1', { entries } as Acted, 'click-back')).toMatch(/settled too long ago/);
    expect([world.journal.length, bookOf(world).states.size]).toEqual([before, 1]);
  });
});
