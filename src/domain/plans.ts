/**
 * What a payment plan means. It covers what was open of named charges when it was proposed; what was paid of that since meets its
 * instalments in order. A credit or a waiver on what it covers lowers the last instalments. While it runs, its instalments are the
 * debts in place of what it covers, and everything outside it is as ever.
 */
import { type Allocated, allocate } from './allocation';
import type { AllocationRule, LeaseState, OpenCharge, Plan } from './book';
import { addDays } from './calendar';
import { least, minus, most, plus, sum, ZERO } from './money';
import { creditsOn } from './plan-steps';
import { type Cents, type Day, type Key, key } from './values';

export const INSTALMENT = 'plan instalment';

export interface InstalmentFigures {
  /** Named by its plan and its place: `plan:L-104:…#2`. */
  readonly key: Key;
  readonly due: Day;
  /** Less what credits took off it. */
  readonly amountCents: Cents;
  readonly paidCents: Cents;
  readonly openCents: Cents;
}

export interface PlanFigures {
  /** Open of what it covers when it was proposed. */
  readonly totalCents: Cents;
  readonly paidCents: Cents;
  readonly openCents: Cents;
  /** Credits and waivers since. */
  readonly loweredCents: Cents;
  readonly instalments: readonly InstalmentFigures[];
}

const instalmentKey = (plan: Plan, index: number): Key => key(`${plan.key}#${index + 1}`);
export const isInstalment = (name: Key): boolean => /^plan:.*#\d+$/.test(name);

export const runningPlan = ({ plan }: Pick<LeaseState, 'plan'>): Plan | undefined =>
  plan?.state === 'running' ? plan : undefined;

/** A plan that is proposed or runs: there is no room for another one. */
export const livePlan = ({ plan }: Pick<LeaseState, 'plan'>): Plan | undefined =>
  plan?.state === 'running' || plan?.state === 'proposed' ? plan : undefined;

/** What a plan comes to by charges as they stand. */
export function planFigures(plan: Plan, charges: readonly OpenCharge[]): PlanFigures {
  const totalCents = sum(plan.parts.map((part) => part.amountCents));
  const openCents = sum(plan.parts.map((part) => partOpen(part, charges)));
  const gone = minus(totalCents, openCents);
  const loweredCents = least(gone, most(ZERO, minus(creditsOn(charges, plan.parts), plan.creditedCents)));
  const paidCents = minus(gone, loweredCents);
  return { totalCents, paidCents, openCents, loweredCents, instalments: spread(plan, paidCents, loweredCents) };
}

const partOpen = ({ charge: name, amountCents }: Plan['parts'][number], charges: readonly OpenCharge[]): Cents =>
  least(charges.find((charge) => charge.key === name)?.openCents ?? ZERO, amountCents);

/** Payments meet the first instalments, credits lower the last ones. */
function spread(plan: Plan, paidCents: Cents, loweredCents: Cents): readonly InstalmentFigures[] {
  const amounts = plan.terms.instalments.map((each) => each.amountCents);
  let off = loweredCents;
  for (let i = amounts.length - 1; i >= 0; i--) {
    const part = least(off, amounts[i] ?? ZERO);
    amounts[i] = minus(amounts[i] ?? ZERO, part);
    off = minus(off, part);
  }
  let left = paidCents;
  return plan.terms.instalments.map(({ due }, index) => {
    const amountCents = amounts[index] ?? ZERO;
    const paid = least(left, amountCents);
    left = minus(left, paid);
    return { key: instalmentKey(plan, index), due, amountCents, paidCents: paid, openCents: minus(amountCents, paid) };
  });
}

/** A line that it covers is in dispute: until that is answered no instalment is asked for or missed. */
export const planRests = (state: LeaseState, plan: Plan): boolean =>
  state.pauses.some(
    (pause) =>
      pause.type === 'dispute' && plan.parts.some((part) => part.charge === pause.about && isOpen(state, part)),
  );

const isOpen = (state: LeaseState, part: Plan['parts'][number]): boolean => partOpen(part, state.charges) > 0;

/** What of a charge lies outside the plan that runs: all of it where none covers it. */
export function outsideOf(state: LeaseState, charge: OpenCharge): Cents {
  const part = runningPlan(state)?.parts.find((each) => each.charge === charge.key);
  return part ? minus(charge.openCents, least(charge.openCents, part.amountCents)) : charge.openCents;
}

/** A fee about something that the plan covers: beside the plan, it makes nobody late. */
export const isFeeOnPlan = (state: LeaseState, charge: OpenCharge): boolean =>
  charge.about !== undefined && (runningPlan(state)?.parts.some((part) => part.charge === charge.about) ?? false);

/** A charge that the plan which runs covers. */
export const isCovered = (state: LeaseState, charge: Key): boolean =>
  runningPlan(state)?.parts.some((part) => part.charge === charge) ?? false;

/** Charges with what is open of them outside the plan that runs. */
export function outside(state: LeaseState, charges: readonly OpenCharge[]): readonly OpenCharge[] {
  if (!runningPlan(state)) return charges;
  return charges.flatMap((charge) => {
    const openCents = outsideOf(state, charge);
    return openCents > 0 ? [openCents === charge.openCents ? charge : { ...charge, openCents }] : [];
  });
}

/**
 * Instalments as charges, unpaid and due by a day. Money under way counts as paid, so that nobody is reminded of what they have sent.
 */
export function instalmentsDue(state: LeaseState, through: Day, pendingCents: Cents = ZERO): readonly OpenCharge[] {
  const plan = runningPlan(state);
  if (!plan || planRests(state, plan)) return [];
  return unmet(plan, state.charges, pendingCents).filter((each) => each.due <= through);
}

/** The next instalment that will fall due. */
export function nextInstalment(state: LeaseState, today: Day, pendingCents: Cents = ZERO): OpenCharge | undefined {
  const plan = runningPlan(state);
  if (!plan || planRests(state, plan)) return undefined;
  return unmet(plan, state.charges, pendingCents).find((each) => each.due > today);
}

export interface InstalmentNow extends InstalmentFigures {
  /** Of what is open; it clears nothing yet. */
  readonly underWayCents: Cents;
}

/** Money under way meets the first instalments that are open, as it will once it has settled. */
export function instalmentsNow(
  plan: Plan,
  charges: readonly OpenCharge[],
  pendingCents: Cents,
): readonly InstalmentNow[] {
  let pending = pendingCents;
  return planFigures(plan, charges).instalments.map((each) => {
    const underWayCents = least(pending, each.openCents);
    pending = minus(pending, underWayCents);
    return { ...each, underWayCents };
  });
}

const unmet = (plan: Plan, charges: readonly OpenCharge[], pendingCents: Cents): readonly OpenCharge[] =>
  instalmentsNow(plan, charges, pendingCents).flatMap((each) => {
    const openCents = minus(each.openCents, each.underWayCents);
    return openCents > 0 ? [asCharge(each, openCents)] : [];
  });

const asCharge = ({ key: name, due, amountCents }: InstalmentFigures, openCents: Cents): OpenCharge => ({
  key: name,
  type: INSTALMENT,
  due,
  totalCents: amountCents,
  openCents,
  covers: [],
  feeCents: ZERO,
});

/** Paid of the plan beyond what is due of it by a day, as where a statute puts money on the oldest rent: it stands in for other debts. */
export function paidAhead(state: LeaseState, through: Day): Cents {
  const plan = runningPlan(state);
  if (!plan) return ZERO;
  const later = planFigures(plan, state.charges).instalments.filter((each) => each.due > through);
  return sum(later.map((each) => each.paidCents));
}

/** What was paid on the plan before its day comes to these other debts. */
export const isAheadOf = (state: LeaseState, others: readonly OpenCharge[], through: Day): boolean =>
  paidAhead(state, through) >= sum(others.map((charge) => charge.openCents));

/** Instalments that are missed on a day and were not before, with money under way counted as paid. */
export function newlyMissed(state: LeaseState, today: Day, pendingCents: Cents): readonly OpenCharge[] {
  const plan = runningPlan(state);
  if (!plan || planRests(state, plan)) return [];
  return unmet(plan, state.charges, pendingCents).filter(
    ({ due }) => addDays(due, plan.terms.graceDays) < today && !plan.missed.includes(due),
  );
}

/** The day from which an unpaid instalment is missed. */
export const missedFrom = (plan: Plan, due: Day): Day => addDays(due, plan.terms.graceDays + 1);

/**
 * Spreads money while a plan runs: by the lease's rule over what is outside it and its instalments, each by its own day, so that
 * today's rent is not late because the money went to the plan. An order that a statute prescribes holds as it is.
 */
export function allocateOn(
  state: Pick<LeaseState, 'plan'>,
  rule: AllocationRule,
  charges: readonly OpenCharge[],
  amount: Cents,
): Allocated {
  const plan = runningPlan(state);
  if (!plan || rule.kind === 'statute') return allocate(rule, charges, amount);
  const names = new Set(plan.parts.map((part) => part.charge));
  const covered = charges.filter((charge) => names.has(charge.key));
  const others = charges.filter((charge) => !names.has(charge.key));
  const type = covered.find((charge) => charge.openCents > 0)?.type ?? INSTALMENT;
  const asked = unmet(plan, charges, ZERO).map((each) => ({ ...each, type }));
  const first = allocate(rule, [...others, ...asked], amount);
  const onOthers = first.items.filter((item) => !isInstalment(item.charge));
  const left = minus(amount, sum(onOthers.map((item) => item.amountCents)));
  const onCovered = allocate(rule, covered, left);
  return { items: [...onOthers, ...onCovered.items], leftCents: onCovered.leftCents };
}

/** All that is due and asked for now: unpaid charges outside the plan, and its instalments, oldest first. */
export function askedOn(state: LeaseState, unpaid: readonly OpenCharge[], today: Day): readonly OpenCharge[] {
  if (!runningPlan(state)) return unpaid;
  const asked = [...outside(state, unpaid), ...instalmentsDue(state, today)];
  return asked.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

/** A plan broke, or was ended by a person, on this day. */
export const brokeOn = ({ plan }: Pick<LeaseState, 'plan'>, today: Day): boolean =>
  plan !== undefined && (plan.state === 'broken' || plan.state === 'ended') && plan.closedOn === today;

/** The next name of a row about the plan. */
export const stepKey = (plan: Plan, step: string): Key => key(`${plan.key}:${step}:${plan.steps}`);

export const planTotal = (plan: Pick<Plan, 'parts'>): Cents =>
  plan.parts.reduce<Cents>((all, part) => plus(all, part.amountCents), ZERO);
