/** What a person decides about an effect that waits in the Outbox. */
import type { EffectState, OutboxRow } from '../book';
import type { Instant } from '../values';
import { type Refused, refuse } from './act';

export type EffectAct = 'release' | 'hold' | 'drop' | 'sent' | 'again';

/** The states from which each decision can be taken, and the state after it. */
const DECISIONS: Readonly<Record<EffectAct, { readonly from: readonly EffectState[]; readonly to: EffectState }>> = {
  release: { from: ['waiting for release'], to: 'ready' },
  hold: { from: ['ready'], to: 'waiting for release' },
  drop: { from: ['ready', 'waiting for release', 'failed', 'unsure'], to: 'cancelled' },
  sent: { from: ['unsure', 'failed'], to: 'sent' },
  again: { from: ['unsure', 'failed'], to: 'ready' },
};

/** The row as it is once it is decided. What is held back keeps that word, so that letting it go is no legal release. */
export function decideEffect(row: OutboxRow, as: EffectAct, now: Instant): OutboxRow | Refused {
  if (row.channel === 'ledger') return refuse('It waits for a second person: approve or refuse it.');
  const { from, to } = DECISIONS[as];
  if (!from.includes(row.state)) return refuse(`It is ${row.state}: there is nothing to decide about it.`);
  const payload = as === 'hold' ? { ...row.payload, held: true } : row.payload;
  return { ...row, state: to, payload, fault: '', updatedAt: now };
}
