/** English of a payment plan. */
/** What a missed instalment too many brings. */
const THEN = 'the plan ends, and all that is still open is demanded again as if there were no plan.';

export const plan = {
  title: 'Payment plan',
  state: {
    proposed: 'Waiting for your answer',
    running: 'Agreed',
    broken: 'Ended: an instalment was missed',
    finished: 'All paid',
  },
  proposed: (total: string) => `Your property manager offers to take ${total} in instalments.`,
  running: (paid: string, total: string) => `${paid} of ${total} is paid.`,
  broken: (open: string) =>
    `The plan has ended. ${open} of it is still open and is due as it was before the plan. Please pay it or speak with your ` +
    'property manager.',
  finished: (total: string) => `${total} is paid in full. Thank you.`,
  instalments: 'Instalments',
  instalment: {
    paid: 'Paid',
    processing: 'Being processed',
    partial: 'Partly paid',
    due: 'Due now',
    next: 'Next',
    later: 'Upcoming',
    missed: 'Missed',
    over: 'Ended with the plan',
  },
  underWay: (amount: string) => `${amount} is being processed`,
  left: (amount: string) => `${amount} left to pay`,
  feesPaused:
    'No late fee is added for the days on which the plan runs. If it ends early, late fees count again from then on.',
  feesRun: 'Late fees go on by your lease.',
  missed: (days: number) =>
    days === 0
      ? 'An instalment that is not paid on its day counts as missed.'
      : `An instalment that is not paid within ${days === 1 ? 'one day' : `${days} days`} of its day counts as missed.`,
  ends: (allowed: number) =>
    allowed === 0
      ? `If one instalment is missed, ${THEN}`
      : `${allowed === 1 ? 'One instalment' : `${allowed} instalments`} may be missed. With one more, ${THEN}`,
  rent: 'Rent that falls due meanwhile is paid beside the plan.',
  accept: 'Agree to this plan',
  decline: 'Decline',
  signature: 'You agree to it by signature: please see the mail with the document.',
  confirm: 'By agreeing you promise to pay each instalment by its day.',
};

export type PlanWords = typeof plan;
