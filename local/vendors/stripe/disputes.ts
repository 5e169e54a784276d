/** Disputes: a card holder's objection, or a bank debit that came back late. */
import { book, DISPUTE_FEE_CENTS } from './banking';
import { emit } from './events';
import { complete, shown } from './objects';
import { type Desk, find, keep, newId, type StripeObject, schedule } from './state';

const EVIDENCE_DAYS = 21;
const INQUIRY_DAYS = 120;

export const DISPUTE_STATUSES = [
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'needs_response',
  'under_review',
  'won',
  'lost',
  'prevented',
  'appeal_needs_response',
  'appeal_under_review',
];

/** True when the dispute will not change by itself any more. */
export function isClosed(status: unknown): boolean {
  return ['won', 'lost', 'warning_closed', 'prevented'].includes(String(status));
}

/** Opens a dispute about the whole charge and takes the money back, unless it is only an inquiry. */
export function openDispute(desk: Desk, charge: StripeObject, reason: string, status: string): StripeObject {
  const inquiry = status.startsWith('warning_');
  const dueBy = desk.now + (inquiry ? INQUIRY_DAYS : EVIDENCE_DAYS) * 86_400;
  const dispute = complete(desk, {
    id: newId(desk.state, 'dp'),
    object: 'dispute',
    amount: charge.amount,
    charge: charge.id,
    currency: charge.currency,
    is_charge_refundable: inquiry,
    payment_intent: charge.payment_intent,
    reason,
    status,
  });
  dispute.evidence_details = { ...(dispute.evidence_details as object), due_by: isClosed(status) ? null : dueBy };
  keep(desk.state, dispute);
  charge.disputed = true;
  if (!inquiry) withdraw(desk, dispute);
  emit(desk, 'charge.dispute.created', dispute);
  if (!inquiry) emit(desk, 'charge.dispute.funds_withdrawn', dispute);
  if (isClosed(status)) emit(desk, 'charge.dispute.closed', dispute);
  else schedule(desk.state, dueBy, { does: 'lapse-dispute', id: dispute.id });
  return dispute;
}

/** Nobody answered in time: an inquiry closes, a dispute is lost. */
export function lapseDispute(desk: Desk, id: string): void {
  const dispute = find(desk.state, 'dispute', id);
  if (!dispute) return;
  const was = dispute.status;
  if (was !== 'needs_response' && was !== 'warning_needs_response') return;
  dispute.status = was === 'needs_response' ? 'lost' : 'warning_closed';
  emit(desk, 'charge.dispute.closed', dispute, { status: was });
}

/** Takes the disputed amount and the fee off the balance. */
export function withdraw(desk: Desk, dispute: StripeObject): void {
  move(desk, dispute, -(dispute.amount ?? 0), DISPUTE_FEE_CENTS, 'dispute');
}

/** Gives the amount back after a dispute was won. */
export function reinstate(desk: Desk, dispute: StripeObject): void {
  move(desk, dispute, dispute.amount ?? 0, -DISPUTE_FEE_CENTS, 'dispute_reversal');
}

function move(desk: Desk, dispute: StripeObject, amount: number, fee: number, category: string): void {
  const currency = dispute.currency ?? 'usd';
  const movement = book(desk, { amount, fee, currency, type: 'adjustment', category, source: dispute.id });
  const before = Array.isArray(dispute.balance_transactions) ? dispute.balance_transactions : [];
  dispute.balance_transactions = [...before, shown(movement, desk.now)];
}
