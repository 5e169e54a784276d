/** Small worlds with payment plans: proposed by a manager's act, answered as a resident answers, run day by day. */
import { openAccount } from '../../src/domain/account';
import type { Act } from '../../src/domain/acts/act';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { decimal, sum } from '../../src/domain/money';
import { answerPlan } from '../../src/domain/plan-answer';
import { type Day, leaseId } from '../../src/domain/values';
import { type Acted, act } from './acting';
import {
  bookOf,
  commitEntry,
  fault,
  leaseFrom,
  newWorld,
  nothingTold,
  runDay,
  see,
  stateIn,
  type World,
} from './small-world';
import { optionsOf, paymentIn } from './story';

export const L1 = leaseId('L1');
export const FIRST = day('2026-11-01');

export const LEASE = 'rent 1200.00 due 1 grace 5 start 2026-11-01';

/** A lease of 1,200.00 due on the first. */
export function planWorld(words = LEASE): World {
  const world = newWorld();
  world.leases.push(
    leaseFrom(world, 'L1', optionsOf(words.match(/"[^"]*"|\S+/g)?.map((word) => word.replace(/"/g, '')) ?? [], [])),
  );
  world.today = FIRST;
  return world;
}

type Propose = Act & { readonly kind: 'plan propose' };
export type Terms = Partial<Omit<Propose, 'kind' | 'lease' | 'reason' | 'instalments'>> & {
  readonly instalments?: readonly (readonly [due: string, amount: string])[];
};

/** A plan for all that is open, in equal parts every week, unless the terms say otherwise. */
export function proposal(world: World, terms: Terms = {}): Propose {
  const open = stateIn(world, L1).charges.filter((charge) => charge.openCents > 0);
  const { instalments, ...others } = terms;
  const total = decimal(sum(open.map((charge) => charge.openCents)), world.property.currency);
  return {
    kind: 'plan propose',
    lease: 'L1',
    reason: 'agreed by phone',
    charges: open.map((charge) => charge.key),
    instalments: (instalments ?? [[addDays(world.today, 7), total]]).map(([due, amount]) => ({ due, amount })),
    feesPaused: true,
    graceDays: 3,
    missedAllowed: 0,
    agreed: 'on the page',
    note: '',
    ...others,
  };
}

let clicks = 0;
const nextClick = (): string => `click-plan-${++clicks}`;

export function propose(world: World, terms: Terms = {}): Acted {
  const acted = act(world, proposal(world, terms), nextClick());
  return typeof acted === 'string' ? fault(acted) : acted;
}

export function answer(world: World, accepts: boolean): void {
  const lease = world.leases[0] ?? fault('no lease');
  const run = { id: nextClick(), by: 'resident', now: instantOf(world.today, 16, 0, world.property.zone) };
  const account = openAccount(bookOf(world), run, lease, world.property, stateIn(world, L1), world.today);
  const answered = answerPlan(account, account.state.plan?.key ?? '', accepts, 'on the page');
  if ('refused' in answered) fault(answered.refused);
  for (const entry of account.entries) commitEntry(world, entry);
}

export function agree(world: World, terms: Terms = {}): void {
  propose(world, terms);
  answer(world, true);
}

export function mustAct(world: World, wanted: Act): Acted {
  const acted = act(world, wanted, nextClick());
  return typeof acted === 'string' ? fault(acted) : acted;
}

/** Every day up to one; gives what was told of them. */
export function until(world: World, to: string): ReturnType<typeof nothingTold> {
  const told = nothingTold();
  const next = world.begun ? addDays(world.today, 1) : FIRST;
  for (let at: Day = next; at <= to; at = addDays(at, 1)) runDay(world, told, at);
  return told;
}

/** `m:1 L1 300.00 settled`, then `m:1 returned`, at six in the evening. */
export function pay(world: World, words: string): void {
  const { payment, at } = paymentIn(world, words.split(' '));
  see(world, nothingTold(), [payment], at);
}

/** `plan` rows as `accepted 2026-11-10`. */
export const steps = (world: World): readonly string[] =>
  world.journal.flatMap((entry) => (entry.kind === 'plan' ? [`${entry.type} ${entry.day}`] : []));
