/** A plan that closes before all have signed takes its document back: nobody shall sign what does not hold any more. */
import type { Account } from './account';
import type { Intent, OutboxRow, Plan } from './book';
import { leaseOffer, offerIntent } from './collect';
import { isDocumentOver } from './delivered';
import { VOID_DOCUMENT } from './plan-letters';
import { closedWords } from './plan-rule';
import { rowsOfLease } from './run-book';

const PLATFORM = 'docusign';
/** The effect that sends a plan for signature. */
const PLAN_DOCUMENT = 'plan';

/** Why a plan by signature that was withdrawn does not go on. */
export const DOCUMENT_GONE = 'Its document does not go out again: propose the plan anew.';

/**
 * Voids the document of a plan that has just closed, with a reason in the residents' language. Nothing where none went out, none will,
 * or all is over there. What is just leaving is voided after it has left; what has not left yet does not leave.
 */
export function voidOf(account: Account, plan: Plan, why: 'withdrawn' | 'declined'): readonly Intent[] {
  const row = documentOf(account, plan);
  if (!row) return [];
  const offer = leaseOffer(account, 'none', PLATFORM);
  const payload = { ...offer, note: closedWords(why, account.lease.language), plan: plan.key, after: row.key };
  const asked = { request: plan.key, platform: PLATFORM, kind: VOID_DOCUMENT, title: 'Void the payment plan' };
  return [offerIntent(account, asked, payload)];
}

/** The row by which the plan went out, or goes out just now, and of which no end is known. */
export function documentOf({ book, lease }: Account, plan: Plan): OutboxRow | undefined {
  if (plan.terms.agreed !== 'by signature') return undefined;
  return rowsOfLease(book.outbox ?? [], lease.id).find(
    (row) => row.kind === PLAN_DOCUMENT && row.payload.plan === plan.key && mayLieThere(row) && !isDocumentOver(row),
  );
}

/** What waits does not leave any more, since the rule is asked again before. */
const mayLieThere = ({ state }: OutboxRow): boolean => state === 'sent' || state === 'sending' || state === 'unsure';
