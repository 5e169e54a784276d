/** A payment plan as it is being typed: what it covers, its instalments made in equal parts or typed, and its terms. */
import type { LeaseView } from '../../../src/api/desk/lease';
import type { Act } from '../../../src/api/desk/override';
import { addDays, parseDay } from '../../../src/domain/calendar';
import { cents, decimal, parseAmount, sum } from '../../../src/domain/money';
import type { Cents, Currency } from '../../../src/domain/values';
import { type Every, equalParts } from './equal-parts';

export interface PlanRow {
  readonly due: string;
  readonly amount: string;
}

export interface PlanDraft {
  readonly charges: readonly string[];
  readonly count: string;
  readonly every: Every;
  readonly first: string;
  /** Typed by hand; undefined while they are made from the three fields above. */
  readonly typed?: readonly PlanRow[];
  readonly feesPaused: boolean;
  readonly graceDays: string;
  readonly missedAllowed: string;
  readonly agreed: 'on the page' | 'by signature';
  readonly note: string;
}

/** What is due and open, in four parts every month from a week from now on. */
export const startPlan = (view: LeaseView): PlanDraft => ({
  charges: view.open.filter(({ due }) => due <= view.asOf).map(({ key }) => key),
  count: '4',
  every: 'month',
  first: addDays(view.asOf, 7),
  feesPaused: true,
  graceDays: '3',
  missedAllowed: '0',
  agreed: 'on the page',
  note: '',
});

export const coveredCents = (view: LeaseView, { charges }: PlanDraft): Cents =>
  sum(view.open.filter(({ key }) => charges.includes(key)).map(({ open }) => open.cents));

/** The instalments as they stand: typed, or made. */
export function rowsOf(view: LeaseView, plan: PlanDraft): readonly PlanRow[] {
  if (plan.typed) return plan.typed;
  const first = parseDay(plan.first);
  if (!first) return [];
  return equalParts(coveredCents(view, plan), Number(plan.count), first, plan.every).map(({ due, amountCents }) => ({
    due,
    amount: decimal(amountCents, view.rent.currency),
  }));
}

/** What the instalments lack of what the plan covers; less than nothing is too much. */
export const lackingCents = (view: LeaseView, plan: PlanDraft, currency: Currency): Cents =>
  cents(
    coveredCents(view, plan) - sum(rowsOf(view, plan).map(({ amount }) => parseAmount(amount, currency) ?? cents(0))),
  );

export function planFault(view: LeaseView, plan: PlanDraft): string | undefined {
  const rows = rowsOf(view, plan);
  if (plan.charges.length === 0) return 'Choose what the plan covers.';
  if (rows.length === 0) return 'Say into how many parts it is split, and from which day on.';
  const isWhole = ({ due, amount }: PlanRow) => parseDay(due) && (parseAmount(amount, view.rent.currency) ?? 0) > 0;
  if (!rows.every(isWhole)) return 'Each instalment needs a day and an amount.';
  if (!/^\d+$/.test(plan.graceDays) || !/^\d+$/.test(plan.missedAllowed))
    return 'Type whole numbers of days and misses.';
  return undefined;
}

export const proposalOf = (
  view: LeaseView,
  plan: PlanDraft,
  on: { readonly lease: string; readonly reason: string },
): Act & { readonly kind: 'plan propose' } => ({
  ...on,
  kind: 'plan propose',
  charges: plan.charges,
  instalments: rowsOf(view, plan).map(({ due, amount }) => ({ due, amount: amount.trim() })),
  feesPaused: plan.feesPaused,
  graceDays: Number(plan.graceDays),
  missedAllowed: Number(plan.missedAllowed),
  agreed: plan.agreed,
  note: plan.note,
});
