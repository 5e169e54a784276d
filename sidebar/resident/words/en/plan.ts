/** English of a payment plan. */
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
  broken:
    'The plan has ended, so everything that is still open is due now. Please pay it or speak with your property manager.',
  finished: (total: string) => `${total} is paid in full. Thank you.`,
  instalments: 'Instalments',
  instalment: { paid: 'Paid', partial: 'Partly paid', next: 'Next', later: 'Later', missed: 'Missed' },
  feesPaused: 'No late fee is added while you keep to the plan.',
  feesRun: 'Late fees go on by your lease.',
  grace: (days: number) =>
    days === 0
      ? 'If an instalment is not paid on its day, the plan ends.'
      : `If an instalment is not paid within ${days === 1 ? 'one day' : `${days} days`} of its day, the plan ends.`,
  rent: 'Rent that falls due meanwhile is paid beside the plan.',
  accept: 'Agree to this plan',
  decline: 'Decline',
  signature: 'You agree to it by signature: please see the mail with the document.',
  confirm: 'By agreeing you promise to pay each instalment by its day.',
};

export type PlanWords = typeof plan;
