/** Disputes: a cardholder's bank asks for money back. They are listed newest first, by no time. */
import { invalid, notFound } from './answer';
import { page } from './lists';
import { paymentOf } from './payments';
import { type Dispute, iso, newId, type SquareState } from './state';

export const DISPUTE_STATES = [
  'INQUIRY_EVIDENCE_REQUIRED',
  'INQUIRY_PROCESSING',
  'INQUIRY_CLOSED',
  'EVIDENCE_REQUIRED',
  'PROCESSING',
  'WON',
  'LOST',
  'ACCEPTED',
];
const PAGE = 50;

export function listDisputes(
  state: SquareState,
  query: { readonly states?: string; readonly cursor?: string; readonly location_id?: string },
  nowMs: number,
) {
  const states = query.states?.split(',');
  const unknown = states?.find((each) => !DISPUTE_STATES.includes(each));
  if (unknown !== undefined) throw invalid('INVALID_ENUM_VALUE', `\`${unknown}\` is no state of a dispute.`, 'states');
  const rows = Object.values(state.disputes).filter(
    (each) =>
      (states ?? [each.state]).includes(each.state) && (query.location_id ?? each.location_id) === each.location_id,
  );
  const { cursor, ...asked } = query;
  const madeAt = (row: Dispute): number => Date.parse(row.created_at);
  const found = page({ rows, by: madeAt, descends: true, limit: PAGE, asked, cursor, nowMs });
  return {
    ...(found.rows.length > 0 ? { disputes: found.rows } : {}),
    ...(found.cursor ? { cursor: found.cursor } : {}),
  };
}

export function disputeOf(state: SquareState, id: string): Dispute {
  const found = Object.hasOwn(state.disputes, id) ? state.disputes[id] : undefined;
  if (!found) throw notFound('dispute', id);
  return found;
}

export function openDispute(state: SquareState, payment: string, cents: number, first: string, nowMs: number): Dispute {
  const disputed = paymentOf(state, payment);
  const id = newId(state, 'dispute', 'DP');
  const dispute: Dispute = {
    id,
    dispute_id: id,
    amount_money: { amount: cents, currency: disputed.amount_money.currency },
    reason: 'NO_KNOWLEDGE',
    state: first,
    due_at: iso(nowMs + 14 * 86_400_000),
    reported_at: iso(nowMs),
    disputed_payment: { payment_id: payment },
    card_brand: 'VISA',
    location_id: disputed.location_id,
    version: 1,
    created_at: iso(nowMs),
    updated_at: iso(nowMs),
  };
  state.disputes[id] = dispute;
  return dispute;
}
