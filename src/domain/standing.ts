/** Where a lease stands on a day, in one word; derived each time, never stored, never typed. */
import type { ChargeType, Lease, LeaseState, OpenCharge } from './book';
import { addDays, daysBetween } from './calendar';
import { sum } from './money';
import { instalmentsDue, isAheadOf, isFeeOnPlan, outside, runningPlan } from './plans';
import type { Cents, Day } from './values';

export type StandingWord =
  | 'paid'
  | 'due'
  | 'grace'
  | 'late'
  | 'partial'
  | 'processing'
  | 'plan'
  | 'disputed'
  | 'hold'
  | 'notice';

export interface Standing {
  readonly word: StandingWord;
  /** Whole days from the oldest unpaid due date; 0 when nothing that fell due is unpaid. */
  readonly daysLate: number;
  /** Unpaid and due. */
  readonly unpaidCents: Cents;
  readonly oldest?: OpenCharge;
}

export interface StandingFacts {
  readonly lease: Lease;
  readonly state: LeaseState;
  readonly today: Day;
  /** Payments under way for the lease. */
  readonly pendingCents: Cents;
  /** The first day on which a late fee may come: until then an unpaid charge is in grace. */
  readonly firstFeeDay: (charge: { readonly due: Day; readonly type: ChargeType }) => Day;
}

/** Charges that fell due and are unpaid, oldest due first. */
export function unpaidOn(state: LeaseState, today: Day): readonly OpenCharge[] {
  return state.charges
    .filter((charge) => charge.openCents > 0 && charge.due <= today)
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

/**
 * The standing. Processing money is neither paid nor late; a person's hold, a plan or a dispute comes before late; late
 * comes before partial.
 */
export function standingOf(facts: StandingFacts): Standing {
  const unpaid = unpaidOn(facts.state, facts.today);
  // While a plan runs, lateness is that of what lies outside it.
  const oldest = outside(facts.state, unpaid)[0] ?? unpaid[0];
  const unpaidCents = sum(unpaid.map((charge) => charge.openCents));
  const daysLate = oldest ? daysBetween(oldest.due, facts.today) : 0;
  return {
    word: oldest ? wordFor(facts, unpaid, oldest, unpaidCents) : 'paid',
    daysLate,
    unpaidCents,
    ...(oldest ? { oldest } : {}),
  };
}

function wordFor(
  facts: StandingFacts,
  unpaid: readonly OpenCharge[],
  oldest: OpenCharge,
  unpaidCents: Cents,
): StandingWord {
  const { lease, state, today, pendingCents } = facts;
  if (pendingCents >= unpaidCents) return 'processing';
  if (lease.holdUntil && lease.holdUntil >= today) return 'hold';
  if (state.pauses.some((pause) => pause.type === 'plan')) return 'plan';
  if (state.disputed.length === 0 && runningPlan(state)) return wordOnPlan(facts, unpaid);
  if (state.disputed.length > 0 || disputedLine(state, unpaid)) return 'disputed';
  return lateWord(facts, unpaid, oldest);
}

/** A plan speaks as long as nothing outside it is late; money under way first meets the instalments that are due. */
function wordOnPlan(facts: StandingFacts, unpaid: readonly OpenCharge[]): StandingWord {
  const { state, today, pendingCents } = facts;
  const others = outside(state, unpaid).filter(
    (charge) => !isDisputedLine(state, charge) && !isFeeOnPlan(state, charge),
  );
  const oldest = others[0];
  if (!oldest || isAheadOf(state, others, today)) return 'plan';
  const asked = sum([...others, ...instalmentsDue(state, today)].map((charge) => charge.openCents));
  if (pendingCents > 0 && pendingCents >= asked) return 'processing';
  const word = lateWord(facts, others, oldest);
  return word === 'late' || word === 'notice' ? word : 'plan';
}

function lateWord(
  { state, today, firstFeeDay }: StandingFacts,
  unpaid: readonly OpenCharge[],
  oldest: OpenCharge,
): StandingWord {
  if (state.released.some((each) => unpaid.some((charge) => each.endsWith(`|${charge.key}`)))) return 'notice';
  if (unpaid.some((charge) => charge.due < today && today >= firstFeeDay(charge))) return 'late';
  if (unpaid.some((charge) => charge.openCents < charge.totalCents)) return 'partial';
  return oldest.due === today ? 'due' : 'grace';
}

const disputedLine = (state: LeaseState, unpaid: readonly OpenCharge[]) =>
  unpaid.length > 0 &&
  unpaid.every((charge) =>
    state.pauses.some((pause) => pause.type === 'dispute' && (pause.about === undefined || pause.about === charge.key)),
  );

/** True while the ladder and fees of a lease rest: a hold, a plan, or a payment dispute that runs. */
export const resting = (lease: Lease, state: LeaseState, today: Day): boolean =>
  (lease.holdUntil !== undefined && lease.holdUntil >= today) ||
  state.disputed.length > 0 ||
  state.pauses.some((pause) => pause.type === 'plan' || (pause.type === 'dispute' && pause.about === undefined));

export const isDisputedLine = (state: LeaseState, charge: OpenCharge): boolean =>
  state.pauses.some((pause) => pause.type === 'dispute' && pause.about === charge.key);

/** `late 6 days`, `due`, `processing`: the standing in words. */
export const standingWords = (standing: Pick<Standing, 'word' | 'daysLate'>): string =>
  standing.word === 'late' ? `late ${standing.daysLate} ${standing.daysLate === 1 ? 'day' : 'days'}` : standing.word;

/** Long ended and settled: nothing can happen to the lease any more. */
export function isOver({ end }: Lease, state: LeaseState | undefined, today: Day): boolean {
  if (!end || addDays(end, 60) >= today || state === undefined) return false;
  return (
    state.balanceCents === 0 && state.unspent.length === 0 && state.charges.every((charge) => charge.openCents === 0)
  );
}
