/** One lease, receipt, effect or ledger row as a line of a list, for every screen that shows one. */
import { undoRefusal } from '../../domain/acts/undo';
import { type Entry, effectCents, type Lease, type OutboxRow, type Property, type ReceiptRow } from '../../domain/book';
import { localDay } from '../../domain/calendar';
import { isFinal } from '../../domain/delivered';
import { wayOf } from '../../domain/legs';
import { plus } from '../../domain/money';
import { type RunBook, stateOf } from '../../domain/run-book';
import { type Standing, standingWords } from '../../domain/standing';
import type { Cents } from '../../domain/values';
import { effectOf } from '../../outbox/effect';
import { asInstantText } from '../../outbox/texts';
import { type App, connectorOf } from '../../run/app';
import type { EffectLine, EntryLine, LeaseLine, ReceiptLine } from './told';
import { moneyOf } from './words';

export const leaseLine = (book: RunBook, lease: Lease, property: Property, standing: Standing): LeaseLine => ({
  lease: lease.id,
  property: property.name,
  unit: lease.unit,
  residents: lease.residents,
  word: standing.word,
  standing: standingWords(standing),
  daysLate: standing.daysLate,
  balance: moneyOf(stateOf(book, lease.id).balanceCents, property.currency),
  unpaid: moneyOf(standing.unpaidCents, property.currency),
});

export const receiptLine = (book: RunBook, row: ReceiptRow): ReceiptLine => ({
  key: row.key,
  source: row.source,
  externalId: row.externalId,
  ...(row.lease ? { lease: row.lease } : {}),
  amount: moneyOf(row.amountCents, row.currency),
  fee: moneyOf(row.feeCents, row.currency),
  state: row.state,
  on: localDay(row.initiatedAt, book.settings.zone),
  payer: row.payer || row.payerEmail || row.customer,
  memo: row.memo,
  matched: row.matched,
});

/** By its name for people: a platform, or Gmail, which is the owner's own account. */
export const carrierName = (app: App, channel: string): string =>
  channel === 'gmail' ? 'Gmail' : (connectorOf(app, channel)?.title ?? channel);

/** One that has not left yet says when it leaves, any other when its state changed. */
export function effectLine(app: App, book: RunBook, row: OutboxRow): EffectLine {
  const way = wayOf(row);
  const leaves = row.state === 'ready' || row.state === 'scheduled';
  return {
    key: row.key,
    channel: row.channel,
    by: carrierName(app, row.channel),
    ...(way ? { way } : {}),
    kind: row.kind,
    ...(row.lease ? { lease: row.lease } : {}),
    to: row.to,
    subject: row.subject,
    state: row.state,
    at: asInstantText(leaves ? row.notBefore : row.updatedAt, book, row.property),
    fault: row.fault,
    ...deliveryOf(book, row),
    ...(awaitsNews(app, row) ? { awaits: true } : {}),
  };
}

function deliveryOf(book: RunBook, { delivery, property }: OutboxRow): Pick<EffectLine, 'delivery'> {
  if (!delivery) return {};
  const { state, at, detail } = delivery;
  return { delivery: { state, at: asInstantText(at, book, property), detail } };
}

const awaitsNews = (app: App, row: OutboxRow): boolean =>
  row.state === 'sent' && !isFinal(row) && effectOf(app, row)?.followed === true;

/** `balanceCents` is what is owed after the row. */
export function entryLine(entry: Entry, balanceCents: Cents): EntryLine {
  const fixed = undoRefusal(entry);
  return {
    key: entry.key,
    day: entry.day,
    kind: entry.kind,
    type: typeOf(entry),
    why: entry.why,
    by: entry.by,
    amount: moneyOf(effectCents(entry), entry.currency),
    balance: moneyOf(balanceCents, entry.currency),
    ...(fixed ? { fixed } : {}),
  };
}

/** Entries in their order, each with the balance after it; `openingCents` is owed before the first. */
export function entryLinesAfter(entries: readonly Entry[], openingCents: Cents): readonly EntryLine[] {
  let balance = openingCents;
  return entries.map((entry) => {
    balance = plus(balance, effectCents(entry));
    return entryLine(entry, balance);
  });
}

function typeOf(entry: Entry): string {
  if (entry.kind === 'reversal') return entry.reason;
  if (entry.kind === 'rung' || entry.kind === 'release') return entry.rung;
  if (entry.kind === 'pause') return `${entry.type} ${entry.begins ? 'begins' : 'ends'}`;
  return 'type' in entry ? entry.type : '';
}
