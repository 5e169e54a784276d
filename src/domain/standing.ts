/** Where a lease stands on a day, in one word; derived each time, never stored, never typed. */
import { type ChargeType, LATE_FEE, type Lease, type LeaseState, type OpenCharge, type Pause } from './book';
import { addDays, daysBetween } from './calendar';
import { sum } from './money';
import { askedOn, instalmentsDue, isAheadOf, isFeeOnPlan, outside, runningPlan } from './plans';
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

/** False for a line that the resident disputes, and for a late fee on one: it is owed, and nobody asks for it. */
export const isDemanded = ({ pauses }: LeaseState, { key, type, about }: OpenCharge): boolean =>
  !pauses.some(
    (pause) =>
      pause.type === 'dispute' &&
      pause.about !== undefined &&
      (pause.about === key || (type === LATE_FEE && pause.about === about)),
  );

/** What fell due, is unpaid and not disputed, oldest due first: money goes on no line that the resident says is wrong. */
export const payableOn = (state: LeaseState, today: Day): readonly OpenCharge[] =>
  unpaidOn(state, today).filter((charge) => isDemanded(state, charge));

/** Of that what is asked for. While a plan runs, its instalments stand in place of what it covers. */
export const demandedOn = (state: LeaseState, today: Day): readonly OpenCharge[] =>
  askedOn(state, payableOn(state, today), today);

/**
 * The standing. Processing money is neither paid nor late; a person's hold, a plan or a dispute comes before late; late
 * comes before partial.
 */
export function standingOf(facts: StandingFacts): Standing {
  const unpaid = unpaidOn(facts.state, facts.today);
  const demanded = unpaid.filter((charge) => isDemanded(facts.state, charge));
  // A line under dispute makes nobody late, and while a plan runs lateness is that of what lies outside it.
  const oldest = outside(facts.state, demanded)[0] ?? demanded[0] ?? unpaid[0];
  const unpaidCents = sum(unpaid.map((charge) => charge.openCents));
  const daysLate = oldest ? daysBetween(oldest.due, facts.today) : 0;
  return {
    word: oldest ? wordFor(facts, demanded, oldest, unpaidCents) : 'paid',
    daysLate,
    unpaidCents,
    ...(oldest ? { oldest } : {}),
  };
}

function wordFor(
  facts: StandingFacts,
  demanded: readonly OpenCharge[],
  oldest: OpenCharge,
  unpaidCents: Cents,
): StandingWord {
  const { lease, state, today, pendingCents } = facts;
  const isAllDisputed = demanded.length === 0;
  const wanted = isAllDisputed ? unpaidCents : sum(demanded.map((charge) => charge.openCents));
  if (pendingCents >= wanted) return 'processing';
  if (lease.holdUntil && lease.holdUntil >= today) return 'hold';
  if (state.pauses.some((pause) => pause.type === 'plan')) return 'plan';
  if (state.disputed.length === 0 && runningPlan(state)) return wordOnPlan(facts, demanded);
  if (state.disputed.length > 0 || isAllDisputed || state.pauses.some(isWholeDispute)) return 'disputed';
  return lateWord(facts, demanded, oldest);
}

/** A plan speaks as long as nothing outside it is late; money under way first meets the instalments that are due. */
function wordOnPlan(facts: StandingFacts, demanded: readonly OpenCharge[]): StandingWord {
  const { state, today, pendingCents } = facts;
  const others = outside(state, demanded).filter((charge) => !isFeeOnPlan(state, charge));
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

const isWholeDispute = ({ type, about }: Pause): boolean => type === 'dispute' && about === undefined;

/** True while the ladder and fees of a lease rest: a hold, a plan, or a payment dispute that runs. */
export const resting = (lease: Lease, state: LeaseState, today: Day): boolean =>
  (lease.holdUntil !== undefined && lease.holdUntil >= today) ||
  state.disputed.length > 0 ||
  state.pauses.some((pause) => pause.type === 'plan' || isWholeDispute(pause));

export const isDisputedLine = (state: LeaseState, charge: OpenCharge): boolean =>
  state.pauses.some((pause) => pause.type === 'dispute' && pause.about === charge.key);

/** The resident has promised to pay this by a day to come: reminders of it rest until then. */
export const isPromised = (state: LeaseState, { due }: Pick<OpenCharge, 'due'>, today: Day): boolean =>
  state.pauses.some(
    ({ type, until, since }) =>
      type === 'promise' && until !== undefined && until >= today && since !== undefined && due <= since,
  );

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
