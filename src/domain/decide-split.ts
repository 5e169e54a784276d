/** A person splits a waiting payment: every part is posted to its lease, and the whole is remembered as split. */
import type { ReceiptRow } from './book';
import { type Directed, decidePayments, type PaymentsFacts, questionKey } from './payments';
import { paymentOf } from './receipt-row';
import type { Decision } from './run-book';
import { type Part, partRows } from './split';
import type { Key } from './values';

export interface SplitWords {
  /** Stands under Matched on the whole, and on each part. */
  readonly whole: string;
  readonly part: string;
}

/**
 * Parts must come to the whole amount. The whole is decided on as news of a split payment, so that what went back of it
 * before reaches its parts as well.
 */
export function decideSplit(
  facts: Pick<PaymentsFacts, 'book' | 'run' | 'index'>,
  row: ReceiptRow,
  parts: readonly Part[],
  words: SplitWords,
): Decision {
  const whole: ReceiptRow = { ...row, state: 'split', matched: words.whole };
  const rows = partRows(row, parts);
  const directed = new Map<Key, Directed>();
  parts.forEach(({ lease, charge }, at) => {
    const id = rows[at]?.key;
    if (id) directed.set(id, { lease, reason: words.part, ...(charge ? { charge } : {}) });
  });
  const known = new Map([whole, ...rows].map((each) => [each.key, each]));
  const decision = decidePayments({ ...facts, known, directed }, [paymentOf(row)]);
  const told = decision.receipts.find((each) => each.key === whole.key) ?? whole;
  const others = decision.receipts.filter((each) => each.key !== whole.key);
  const question = { key: questionKey(row.key), outcome: 'split' };
  return { ...decision, receipts: [told, ...others], closedTasks: [...decision.closedTasks, question] };
}
