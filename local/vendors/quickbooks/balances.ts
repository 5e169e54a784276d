/** Balances that move with payments: what lies on an invoice, what is left of a credit memo, what of a payment is unapplied. */
import { all, type Entity, type Kind, type LinkedTxn, type QuickbooksState, touch } from './state';

const unit = (value: number): number => Math.round(value * 100) / 100;

interface Use {
  readonly payment: Entity;
  readonly amount: number;
}

/** Payments whose lines name this transaction. */
export function usesOf(state: QuickbooksState, kind: Kind, id: string): Use[] {
  return all(state, 'Payment').flatMap((payment) =>
    (payment.Line ?? [])
      .filter((line) => line.LinkedTxn?.some((one) => one.TxnId === id && one.TxnType === kind))
      .map((line) => ({ payment, amount: line.Amount })),
  );
}

const sumOf = (uses: readonly Use[]): number => unit(uses.reduce((total, { amount }) => total + amount, 0));

/** What is open on an invoice, or left of a credit memo. */
export const openOf = (state: QuickbooksState, kind: Kind, entity: Entity): number =>
  unit((entity.TotalAmt ?? 0) - sumOf(usesOf(state, kind, entity.Id)));

/** Writes what follows from the payments into a transaction; a change from outside moves its token, as at Intuit. */
export function settle(
  state: QuickbooksState,
  kind: 'Invoice' | 'CreditMemo',
  id: string,
  nowMs: number,
  isOwnWrite = false,
): void {
  const entity = state.objects[kind][id];
  if (!entity) return;
  const open = openOf(state, kind, entity);
  const links: LinkedTxn[] = [...new Set(usesOf(state, kind, id).map(({ payment }) => payment.Id))].map((TxnId) => ({
    TxnId,
    TxnType: 'Payment',
  }));
  const before = JSON.stringify([entity.Balance, entity.LinkedTxn]);
  entity.Balance = open;
  if (kind === 'CreditMemo') entity.RemainingCredit = open;
  entity.LinkedTxn = links;
  if (!isOwnWrite && before !== JSON.stringify([open, links])) touch(entity, nowMs);
}

/** What a payment's lines take, credit counted against it. */
const spentBy = (payment: Entity): number =>
  unit(
    (payment.Line ?? []).reduce(
      (total, line) => total + (line.LinkedTxn?.[0]?.TxnType === 'CreditMemo' ? -line.Amount : line.Amount),
      0,
    ),
  );

export function settlePayment(payment: Entity): void {
  payment.UnappliedAmt = unit((payment.TotalAmt ?? 0) - spentBy(payment));
}

/** All transactions that the lines name. */
export function settleLinked(state: QuickbooksState, lines: Entity['Line'], nowMs: number): void {
  for (const { LinkedTxn: [link] = [] } of lines ?? [])
    if (link?.TxnType === 'Invoice' || link?.TxnType === 'CreditMemo') settle(state, link.TxnType, link.TxnId, nowMs);
}

/** An invoice that became smaller, or went, lets go of money that no longer fits: it is unapplied from then on. */
export function letGo(state: QuickbooksState, kind: 'Invoice' | 'CreditMemo', id: string, nowMs: number): void {
  let left = state.objects[kind][id]?.TotalAmt ?? 0;
  for (const { payment } of usesOf(state, kind, id)) {
    const before = JSON.stringify(payment.Line);
    payment.Line = (payment.Line ?? []).flatMap((line) => {
      if (line.LinkedTxn?.[0]?.TxnId !== id || line.LinkedTxn[0].TxnType !== kind) return [line];
      const Amount = Math.min(line.Amount, left);
      left = unit(left - Amount);
      return Amount > 0 ? [{ ...line, Amount }] : [];
    });
    if (JSON.stringify(payment.Line) === before) continue;
    settlePayment(payment);
    touch(payment, nowMs);
  }
}
