/** A payment split over several leases: its row stays as the whole, and each part is a receipt of its own on its lease. */
import type { PaymentReversal, PaymentSeen, ReceiptRow, Task } from './book';
import { addDays, localDay } from './calendar';
import { moneyText } from './fee-words';
import { cents, decimal, least, most, sum, ZERO } from './money';
import { partKey } from './receipt-row';
import { leaseById, type Run, type RunBook } from './run-book';
import { type Cents, type Key, key, type LeaseId } from './values';

/** A part as a person wants it. */
export interface Part {
  readonly lease: LeaseId;
  readonly amountCents: Cents;
  /** The charge to pay first; left out: as the lease's rule says. */
  readonly charge?: Key;
}

/** The rows of new parts, before anything of them is posted. Each has its own key and id at the source. */
export function partRows(whole: ReceiptRow, parts: readonly Part[]): readonly ReceiptRow[] {
  const { lease: _none, ...row } = whole;
  return parts.map((part, index) => {
    const id = partKey(whole, index + 1);
    return {
      ...row,
      row: 0,
      key: id,
      externalId: `${whole.externalId}${id.slice(whole.key.length)}`,
      amountCents: part.amountCents,
      state: 'settled',
      leaseRef: '',
      matched: '',
      items: [],
      reversedCents: ZERO,
      feeCents: ZERO,
      reversals: [],
    };
  });
}

/** The parts that stand for a split receipt now, in their order. */
export function partsOf(known: ReadonlyMap<Key, ReceiptRow>, whole: ReceiptRow): readonly ReceiptRow[] {
  const parts: ReceiptRow[] = [];
  for (let part = 1; ; part++) {
    const row = known.get(partKey(whole, part));
    if (!row) return parts;
    parts.push(row);
  }
}

const standingCents = (reversal: PaymentReversal): Cents => (reversal.state === 'won' ? ZERO : reversal.amountCents);

/** What of a split payment is away now, at most all of it. */
const awayCents = (payment: PaymentSeen): Cents =>
  least(payment.amountCents, sum(payment.reversals.map(standingCents)));

const isPartlyAway = (payment: PaymentSeen): boolean => {
  const away = awayCents(payment);
  return away > 0 && away < payment.amountCents;
};

/**
 * What the source tells of the whole, told of each part. When all of it went back, each part went back the same way; of which
 * part a smaller sum was taken only a person can say, so it takes nothing from any.
 */
export function toldOfParts(payment: PaymentSeen, parts: readonly ReceiptRow[]): readonly PaymentSeen[] {
  if (payment.state !== 'settled') return [];
  const all = awayCents(payment) === payment.amountCents;
  let from = 0;
  return parts.map((part) => {
    const until = from + part.amountCents;
    const reversals = all ? shares(payment, part, from, until) : shares(payment, part, 0, 0);
    from = until;
    const { leaseRef: _whole, feeCents: _fee, ...told } = payment;
    return { ...told, key: part.key, externalId: part.externalId, amountCents: part.amountCents, reversals };
  });
}

/** Reversals lie one after another over the payment's cents, as its parts do; a part bears what lies over its own. */
function shares(payment: PaymentSeen, part: ReceiptRow, from: number, until: number): readonly PaymentReversal[] {
  const suffix = part.key.slice(part.key.lastIndexOf('/'));
  let begins = 0;
  return payment.reversals.map((reversal) => {
    const ends = begins + standingCents(reversal);
    const amountCents = most(ZERO, cents(Math.min(ends, until) - Math.max(begins, from)));
    begins = ends;
    return { ...reversal, key: key(`${reversal.key}${suffix}`), amountCents };
  });
}

const stemOf = (receipt: Key): string => `task:partly back:${receipt}:`;

/** Open questions about what went back of a split payment; they are void once the split is undone. */
export const asksAbout = (book: Pick<RunBook, 'tasks'>, receipt: Key): SplitTasks['closed'] =>
  book.tasks
    .filter((task) => task.state === 'open' && task.key.startsWith(stemOf(receipt)))
    .map((task) => ({ key: task.key, outcome: 'its split was taken back' }));

export interface SplitTasks {
  readonly tasks: readonly Task[];
  readonly closed: readonly { readonly key: Key; readonly outcome: string }[];
}

/** A person is asked whose money it was that went back in part; a question that is no longer the right one is closed. */
export function splitTasks(book: RunBook, run: Run, payment: PaymentSeen, parts: readonly ReceiptRow[]): SplitTasks {
  const money = (amount: Cents) => moneyText(amount, payment.currency);
  const asks = payment.state === 'settled' && isPartlyAway(payment);
  const now = key(`${stemOf(payment.key)}${decimal(awayCents(payment), payment.currency)}`);
  const stale = book.tasks.filter(
    (task) => task.state === 'open' && task.key.startsWith(stemOf(payment.key)) && !(asks && task.key === now),
  );
  const closed =
    payment.state === 'settled' ? stale.map((task) => ({ key: task.key, outcome: 'more is known now' })) : [];
  if (!asks) return { tasks: [], closed };
  const first = parts.map((part) => part.lease && leaseById(book, part.lease)).find((lease) => lease !== undefined);
  const property = first && book.properties.get(first.property);
  const paid = parts.map((part) => `${money(part.amountCents)} of ${part.lease ?? 'no lease'}`).join(', ');
  const task: Task = {
    key: now,
    ...(property ? { property: property.name } : {}),
    owner: property?.managerEmail ?? '',
    due: addDays(localDay(run.now, book.settings.zone), 1),
    title: `Decide whose money went back of the split payment ${payment.externalId}`,
    detail:
      `${money(awayCents(payment))} of ${money(payment.amountCents)} went back. Its parts paid ${paid}. ` +
      'Charge what went back to the lease whose money it was.',
  };
  return { tasks: [task], closed };
}
