/** A payment that a person records: what it must have, the key that makes it one, and what it looks like to the books. */
import { dayText } from '../../../domain/acts/words';
import type { PaymentSeen, ReceiptRow } from '../../../domain/book';
import { daysBetween, instantOf, localDay } from '../../../domain/calendar';
import { matchIndex } from '../../../domain/matching';
import { type Directed, decidePayments } from '../../../domain/payments';
import type { Decision, RunBook } from '../../../domain/run-book';
import { type Cents, type Day, type Key, key } from '../../../domain/values';
import { type App, runNow } from '../../../run/app';
import type { Changes } from '../../../sheet/commit';
import type { Loaded } from '../../../sheet/load';
import { olderReceipts } from '../../../sheet/older-receipts';
import { effectsComing } from '../../../sheet/outbox-hint';
import type { Place } from '../../account';

export interface ByHand extends Place {
  readonly amountCents: Cents;
  /** In lower case. */
  readonly method: string;
  /** '' for cash without one. */
  readonly reference: string;
  readonly on: Day;
  readonly memo: string;
}

/** How near two equal payments of a lease must be to look like one that was recorded twice. */
const TWICE_DAYS = 3;

const plain = (text: string): string =>
  text
    .trim()
    .replace(/[^\p{L}\p{N}._#-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);

/** `check-1042`; cash without a reference takes the request that recorded it. */
const idOf = ({ method, reference }: ByHand, request: string): string =>
  `${plain(method) || 'cash'}-${plain(reference) || plain(request)}`;

/** The same check of the same lease and day has the same key, whoever records it. */
export const keyOf = (byHand: ByHand, request: string): Key =>
  key(`manual:${byHand.lease.id}:${byHand.on}:${idOf(byHand, request)}`);

/** Why it cannot be recorded on this day; undefined where it can. */
export function dayProblem(book: RunBook, byHand: Pick<ByHand, 'property' | 'on'>, today: Day): string | undefined {
  if (byHand.on > today) return 'The day of the payment must be a date up to today.';
  const { booksOpenOn } = book.settings;
  if (byHand.on >= booksOpenOn) return undefined;
  return `The books open on ${dayText(booksOpenOn)}: what came before belongs to the balance that they opened with.`;
}

export const alreadyText = ({ method, reference, on }: Pick<ByHand, 'method' | 'reference' | 'on'>): string =>
  `A ${method} with reference ${reference} on ${dayText(on)} is already recorded for this lease.`;

/** Receipts by key, with those before the open tail that one of `wanted` may repeat. */
export function knownFor(app: App, loaded: Loaded, wanted: readonly Key[]): ReadonlyMap<Key, ReceiptRow> {
  const known = new Map(loaded.book.receipts.map((row) => [row.key, row]));
  const unknown = wanted.filter((id) => !known.has(id)).flatMap((id) => [id, ...ANEW.map((n) => anewKey(id, n))]);
  for (const row of olderReceipts(app.host, loaded, unknown)) known.set(row.key, row);
  return known;
}

const ANEW = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const anewKey = (id: Key, times: number): Key => key(`${id}:anew:${times}`);

/** The key to record under: another one where it was recorded and taken back; undefined where it is there already. */
export function freeKey(known: ReadonlyMap<Key, ReceiptRow>, wanted: Key): Key | undefined {
  for (const id of [wanted, ...ANEW.map((times) => anewKey(wanted, times))]) {
    const row = known.get(id);
    if (!row) return id;
    if (row.state !== 'taken back') return undefined;
  }
  return undefined;
}

/** Receipts of the lease that may be the same money: the same amount within three days. */
export function lookAlikes(book: RunBook, byHand: ByHand): readonly ReceiptRow[] {
  const { lease, property, amountCents, on } = byHand;
  const near = (row: ReceiptRow) => Math.abs(daysBetween(localDay(row.initiatedAt, property.zone), on)) <= TWICE_DAYS;
  return book.receipts.filter(
    (row) =>
      row.lease === lease.id &&
      row.amountCents === amountCents &&
      row.currency === property.currency &&
      row.state !== 'taken back' &&
      row.state !== 'failed' &&
      near(row),
  );
}

export function paymentOf(byHand: ByHand, id: Key, request: string): PaymentSeen {
  const { lease, property, amountCents, on, memo } = byHand;
  return {
    key: id,
    source: 'manual',
    externalId: idOf(byHand, request),
    amountCents,
    currency: property.currency,
    state: 'settled',
    // Noon of the property's day: a day without a time of day is the same day in every reading.
    initiatedAt: instantOf(on, 12, 0, property.zone),
    leaseRef: lease.id,
    reversals: [],
    memo,
  };
}

export interface Recording {
  readonly payment: PaymentSeen;
  readonly byHand: ByHand;
}

/** Everything that recording these payments changes. */
export function recording(app: App, loaded: Loaded, payments: readonly Recording[]): Changes & { decision: Decision } {
  const run = runNow(app);
  const { book } = loaded;
  const directed = new Map<Key, Directed>(
    payments.map(({ payment, byHand }) => [payment.key, { lease: byHand.lease.id, reason: `recorded by ${run.by}` }]),
  );
  const decision = decidePayments(
    { book, run, index: matchIndex(book.leases, book.links), known: new Map(), directed },
    payments.map(({ payment }) => payment),
  );
  if (decision.intents.length > 0) effectsComing(app);
  return { decision, views: true };
}
