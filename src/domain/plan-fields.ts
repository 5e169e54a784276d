/** What a message about a plan says of it, in the reader's language. */
import type { Account } from './account';
import type { OutboxRow } from './book';
import { daysWords, moneyWords, shortDay } from './dates';
import type { MessageFields } from './message-fields';
import { sum } from './money';
import { missedRule } from './plan-rule';
import { planFigures } from './plans';
import type { Cents } from './values';

/** Empty for a message that names no plan, or one that the lease has no more. */
export function planFields(
  { state, property }: Account,
  { payload }: Pick<OutboxRow, 'payload'>,
  language: string,
): MessageFields {
  const { plan } = state;
  if (!plan || plan.key !== payload.plan) return {};
  const money = (amount: Cents) => moneyWords(amount, property.currency, language);
  const { totalCents, openCents, instalments } = planFigures(plan, state.charges);
  const missed = sum(instalments.filter((each) => plan.missed.includes(each.due)).map((each) => each.openCents));
  const { feesPaused, graceDays, agreed, note } = plan.terms;
  return {
    plan_total: money(totalCents),
    plan_open: money(openCents),
    plan_missed: missed > 0 ? money(missed) : '',
    plan_instalments: instalments
      .filter((each) => each.amountCents > 0)
      .map((each) => ({ amount: money(each.amountCents), due: shortDay(each.due, language) })),
    plan_fees_rest: feesPaused ? 'yes' : '',
    plan_signature: agreed === 'by signature' ? 'yes' : '',
    plan_grace: daysWords(graceDays, language),
    plan_rule: missedRule(plan.terms, language),
    plan_note: note,
  };
}
