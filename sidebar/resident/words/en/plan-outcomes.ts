/** What the page says after a resident has answered a payment plan, in English. */
export const PLAN_OUTCOMES = {
  planAccepted: 'Thank you. The payment plan has begun; we send you its days by message.',
  planDeclined: 'You have declined the plan. Nothing has changed, and we will write to you.',
  planGone: 'This plan does not wait for an answer any more. Please open the page again to see how it stands.',
  planSigned: 'This plan is agreed by signature: please see the message with the document.',
  planBusy: 'We are working on this account just now. Please try again in a minute.',
} as const;

export type PlanOutcomes = Readonly<Record<keyof typeof PLAN_OUTCOMES, string>>;
