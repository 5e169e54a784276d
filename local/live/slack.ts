/** What Slack's effects are given on trial: one lease, one month, a message that stands nowhere. */
import type { RentEvent } from '../../src/domain/status';

/** `leaseId` and the like come from the trial's lease. */
const event = (lease: string): Readonly<Record<keyof RentEvent, string | number>> => ({
  id: `late:${lease}:2026-12`,
  type: 'lease.late',
  at: Date.UTC(2026, 11, 7, 14),
  property: 'Trial House',
  lease,
  unit: '1',
  currency: 'USD',
  amountCents: 100,
  balanceCents: 100,
  standing: 'late',
  daysLate: 6,
  rung: '',
  ref: '',
});

const text = 'Trial of Rent Ledger';

/** Where no channel is named, that of the connection is meant. */
export const slackSamples = (lease: string): Readonly<Record<string, object>> => ({
  post: { text },
  thread: { event: event(lease), text },
  reply: { text },
  update: { event: event(lease), text },
  digest: { text, figures: [{ label: 'Late', value: '1' }], lines: [text] },
  notice: { text },
  test: {},
});

/** The message that is answered and changed: Slack is not asked for it, because a trial changes nothing. */
export const slackMessage = 'C0RENTLEDGER 1796223600.000001';
