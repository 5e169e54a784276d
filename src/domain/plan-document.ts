/** A plan as a document for signature: what its template is filled with, and how long its terms may be. */
import type { Account } from './account';
import type { Plan } from './book';
import { type LeaseOffer, leaseOffer, termsFor } from './collect';
import { termsWords } from './plan-rule';
import { planTotal } from './plans';

/** The offer for a plan: its whole amount, and its terms in the language of the lease as the note that stands in the document. */
export function planDocument(account: Account, plan: Plan): LeaseOffer & { readonly plan: string } {
  const { terms } = plan;
  return {
    ...leaseOffer(account, 'open balance', 'docusign'),
    amountCents: planTotal(plan),
    due: terms.instalments[0]?.due ?? account.today,
    terms: termsFor(account),
    note: termsWords(terms, account.property.currency, account.lease.language),
    plan: plan.key,
  };
}
