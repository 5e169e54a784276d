/** A plan as a document for signature: what its template is filled with, and how long its terms may be. */
import type { Account } from './account';
import type { Plan } from './book';
import { type LeaseOffer, leaseOffer, termsFor } from './collect';
import { shortDay } from './dates';
import { moneyText } from './fee-words';
import { planTotal } from './plans';

/** The offer for a plan: its whole amount, and its instalments as the note that stands in the document. */
export function planDocument(account: Account, plan: Plan): LeaseOffer & { readonly plan: string } {
  const { terms } = plan;
  const { currency } = account.property;
  const dated = terms.instalments.map(
    (each) => `${moneyText(each.amountCents, currency)} on ${shortDay(each.due, 'en')}`,
  );
  const fees = terms.feesPaused ? 'Late fees on what it covers rest while the plan runs.' : '';
  const grace = `An instalment that is unpaid ${terms.graceDays} days after its day is missed.`;
  return {
    ...leaseOffer(account, 'open balance', 'docusign'),
    amountCents: planTotal(plan),
    due: terms.instalments[0]?.due ?? account.today,
    terms: termsFor(account),
    note: [`${dated.join('; ')}.`, fees, grace, terms.note].filter((part) => part !== '').join(' '),
    plan: plan.key,
  };
}
