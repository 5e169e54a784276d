/** The steps of a plan, folded: what each row of the journal makes of the plan and of the fees on what it covers. */
import type { Entry, LeaseState, OpenCharge, Plan, PlanPart } from './book';
import { restFrom, restUntil } from './fee-clock';
import { sum } from './money';
import type { Cents } from './values';

type PlanEntry = Entry & { readonly kind: 'plan' };

/** The state after one more step; a step of a plan that is not the lease's last one changes nothing. */
export function planStepped(state: LeaseState, entry: PlanEntry): LeaseState {
  if (entry.type === 'proposed') return entry.terms ? { ...state, plan: proposed(state, entry) } : state;
  const before = state.plan;
  if (!before || before.key !== entry.about) return state;
  const plan = { ...before, steps: before.steps + 1 };
  switch (entry.type) {
    case 'accepted':
      return resting({ ...state, plan: { ...plan, state: 'running', acceptedOn: entry.day } }, entry);
    case 'missed':
      return { ...state, plan: { ...plan, missed: entry.due ? [...plan.missed, entry.due] : plan.missed } };
    case 'declined':
    case 'withdrawn':
      return { ...state, plan: { ...plan, state: entry.type, closedOn: entry.day } };
    case 'defaulted':
      return counting({ ...state, plan: { ...plan, state: 'broken', closedOn: entry.day } }, entry);
    case 'finished':
    case 'ended':
      return counting({ ...state, plan: { ...plan, state: entry.type, closedOn: entry.day } }, entry);
    case 'resumed':
      return resumed(state, plan, entry);
    default:
      return state;
  }
}

function proposed(state: LeaseState, entry: PlanEntry): Plan {
  const parts = entry.items.map(({ charge, amountCents }) => ({ charge, amountCents }));
  return {
    key: entry.key,
    state: 'proposed',
    proposedOn: entry.day,
    terms: entry.terms as NonNullable<PlanEntry['terms']>,
    parts,
    creditedCents: creditsOn(state.charges, parts),
    missed: [],
    steps: 1,
  };
}

function resumed(state: LeaseState, plan: Plan, entry: PlanEntry): LeaseState {
  const { closedOn: _closed, ...open } = plan;
  const runs = plan.acceptedOn !== undefined;
  const next: LeaseState = { ...state, plan: { ...open, state: runs ? 'running' : 'proposed' } };
  return runs ? resting(next, entry) : next;
}

const resting = (state: LeaseState, { day }: PlanEntry): LeaseState =>
  state.plan?.terms.feesPaused ? onCovered(state, (charge) => restFrom(charge, day)) : state;

const counting = (state: LeaseState, { day }: PlanEntry): LeaseState =>
  state.plan?.terms.feesPaused ? onCovered(state, (charge) => restUntil(charge, day)) : state;

function onCovered(state: LeaseState, change: (charge: OpenCharge) => OpenCharge): LeaseState {
  const covered = new Set(state.plan?.parts.map((part) => part.charge));
  return { ...state, charges: state.charges.map((charge) => (covered.has(charge.key) ? change(charge) : charge)) };
}

/** Credits that lie on what a plan covers. */
export function creditsOn(charges: readonly OpenCharge[], parts: readonly PlanPart[]): Cents {
  const covered = new Set(parts.map((part) => part.charge));
  return sum(
    charges
      .filter((charge) => covered.has(charge.key))
      .flatMap((charge) => charge.covers.filter((cover) => cover.credit).map((cover) => cover.amountCents)),
  );
}
