/** The ledger as lines for Breeze: charges, credit on them, and money as it was put on charges or taken off them again. */
import type { FileLine } from '../../../connectors/yardi-breeze/csv/write';
import { DEPOSIT, type Entry, type Item } from '../../../domain/book';
import { creditNumber, invoiceNumber, paymentNumber } from '../../../domain/books';
import { ZERO } from '../../../domain/money';
import type { RunBook } from '../../../domain/run-book';
import { customerAt } from '../../../domain/telling';
import type { Cents, Day, Key, LeaseId } from '../../../domain/values';
import type { Place } from '../../account';

export const BREEZE = 'yardi-breeze';

export interface LedgerLine extends FileLine {
  readonly lease: LeaseId;
  /** Ours, without the `/1` of what follows under the same number. */
  readonly number: string;
  /** The type of the charge that it is, or lies on. */
  readonly type: string;
  /** The receipt whose money it is. */
  readonly receipt?: Key;
}

export interface LedgerLines {
  readonly lines: readonly LedgerLine[];
  /** Days of lines that are left out, for they are of deposits; they are a liability, not rent. */
  readonly deposits: readonly Day[];
}

/** A payment that was read there, or recorded from a file of theirs: a file that held it would double it. */
export const isTheirs = (receipt: string): boolean =>
  receipt.startsWith(`${BREEZE}:`) || /:other-Breeze-/.test(receipt);

/** All lines of these leases, in the order of the journal. */
export function ledgerLines(book: RunBook, places: readonly Place[], entries: readonly Entry[]): LedgerLines {
  const byLease = new Map(places.map((place) => [place.lease.id, place]));
  const dues = new Map(entries.flatMap((entry) => (entry.kind === 'due' ? [[entry.about, entry.due] as const] : [])));
  const credits = new Set(entries.flatMap((entry) => (entry.kind === 'credit' ? [entry.key] : [])));
  const used = new Map<string, number>();
  const lines: LedgerLine[] = [];
  const deposits: Day[] = [];
  for (const entry of entries) {
    const place = byLease.get(entry.lease);
    if (!place) continue;
    for (const part of partsOf(entry, credits, dues)) {
      if (part.type === DEPOSIT) deposits.push(part.day);
      else if (part.amountCents !== 0 && !isTheirs(part.receipt ?? '')) {
        const times = used.get(part.number) ?? 0;
        used.set(part.number, times + 1);
        lines.push({
          ...part,
          lease: entry.lease,
          property: place.property.name,
          unit: place.lease.unit,
          tenant: customerAt(book, entry.lease, BREEZE) || entry.lease,
          currency: place.property.currency,
          reference: times === 0 ? part.number : `${part.number}/${times}`,
        });
      }
    }
  }
  return { lines, deposits };
}

type Part = Pick<LedgerLine, 'kind' | 'number' | 'type' | 'day' | 'amountCents' | 'receipt' | 'notes'>;

function partsOf(entry: Entry, credits: ReadonlySet<Key>, dues: ReadonlyMap<Key, Day>): readonly Part[] {
  switch (entry.kind) {
    case 'charge': {
      const { key, type, amountCents, due, why } = entry;
      const number = invoiceNumber(key);
      return [{ kind: 'charge', number, type, day: dues.get(key) ?? due, amountCents, notes: why }];
    }
    case 'credit':
      return entry.items.map((item) => creditPart(entry, entry.key, item, -1));
    case 'receipt':
    case 'reinstatement':
    case 'allocation':
    case 'reversal': {
      const sign = entry.kind === 'reversal' ? -1 : 1;
      const isCredit = credits.has(entry.receipt) || (entry.kind === 'reversal' && entry.reason.endsWith('undone'));
      // Credit lowers a charge: what takes it off raises the charge again.
      if (isCredit) return entry.items.map((item) => creditPart(entry, entry.receipt, item, sign === 1 ? -1 : 1));
      return entry.items.map((item) => receiptPart(entry, entry.receipt, item, sign));
    }
    default:
      return [];
  }
}

const signed = (amount: Cents, sign: 1 | -1): Cents => (amount === 0 ? ZERO : ((amount * sign) as Cents));

const creditPart = ({ day, why }: Entry, source: Key, item: Item, sign: 1 | -1): Part => ({
  kind: 'charge',
  number: creditNumber(source, item.charge),
  type: item.type,
  day,
  amountCents: signed(item.amountCents, sign),
  notes: why,
});

const receiptPart = (entry: Entry, receipt: Key, item: Item, sign: 1 | -1): Part => ({
  kind: 'receipt',
  number: paymentNumber(receipt, item.charge),
  type: item.type,
  day: entry.day,
  amountCents: signed(item.amountCents, sign),
  receipt,
  notes: entry.kind === 'reversal' ? `${entry.reason}: ${receipt}` : receipt,
});
