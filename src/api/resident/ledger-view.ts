/** Lines of the ledger with a running balance that is counted back from what is owed now, so that a part of the journal is enough. */
import { type Entry, effectCents, type ReceiptRow } from '../../domain/book';
import { localDay, monthKey } from '../../domain/calendar';
import { minus } from '../../domain/money';
import { peopleOf } from '../../domain/names';
import { termsOf } from '../../domain/run-book';
import type { Day } from '../../domain/values';
import type { OneLease } from './lease';
import type { LedgerLine, LedgerMonth } from './view';

/** Entries that move the balance, in the order in which they count: by day, and within a day as they were posted. */
export const movesOf = (entries: readonly Entry[]): readonly Entry[] =>
  entries.filter((entry) => effectCents(entry) !== 0).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));

/** Oldest first. */
export function ledgerLines(one: OneLease): readonly LedgerLine[] {
  const lines: LedgerLine[] = [];
  const toLine = liner(one);
  let balance = one.account.state.balanceCents;
  for (const entry of [...movesOf(one.entries)].reverse()) {
    lines.push(toLine(entry, balance));
    balance = minus(balance, effectCents(entry));
  }
  return lines.reverse();
}

/** Newest month first, each with its newest line first. */
export function monthsOf(lines: readonly LedgerLine[]): readonly LedgerMonth[] {
  const months = new Map<string, LedgerLine[]>();
  for (const line of [...lines].reverse()) {
    const month = monthKey(line.day);
    const known = months.get(month);
    if (known) known.push(line);
    else months.set(month, [line]);
  }
  return [...months].map(([month, ofMonth]) => ({ month, lines: ofMonth }));
}

/** A charge's own words as the Terms tab has them; what a person or a rule wrote elsewhere is not for residents. */
export function memoOf({ book, lease }: OneLease['account'], entry: Entry): string {
  if (entry.kind !== 'charge') return '';
  const named = termsOf(book, lease).some(
    ({ type, memo, every }) => every === 'once' && memo !== '' && type === entry.type && memo === entry.why,
  );
  return named ? entry.why : '';
}

type Line = (entry: Entry, balanceCents: LedgerLine['balanceCents']) => LedgerLine;

function liner({ account, receipts }: OneLease): Line {
  const rows = new Map(receipts.map((row) => [row.key, row]));
  const several = peopleOf(account.lease.residents).length > 1;
  return (entry, balanceCents) => {
    const row = 'receipt' in entry ? rows.get(entry.receipt) : undefined;
    const payer = several && entry.kind === 'receipt' ? (row?.payer ?? '') : '';
    const period = 'from' in entry && 'until' in entry ? spanOf(entry.from, entry.until) : {};
    return {
      key: entry.key,
      day: entry.day,
      kind: kindOf(entry),
      type:
        'type' in entry ? entry.type : row ? sourceOf(row) : entry.kind === 'receipt' ? platformOf(entry.receipt) : '',
      ...(entry.kind === 'reversal' ? { reason: entry.reason } : {}),
      memo: memoOf(account, entry),
      ...period,
      amountCents: effectCents(entry),
      balanceCents,
      ...(payer === '' ? {} : { payer }),
    };
  };
}

const spanOf = (from?: Day, until?: Day): { from?: Day; until?: Day } => (from && until ? { from, until } : {});

/** Of a receipt whose row is closed and not read, its key still names the platform: `stripe:pi_1`. */
const platformOf = (receipt: string): string => receipt.split(':')[0] ?? '';

function kindOf({ kind }: Entry): LedgerLine['kind'] {
  if (kind === 'charge' || kind === 'receipt' || kind === 'credit' || kind === 'reversal') return kind;
  return 'reinstatement';
}

/** How money came that a person has recorded, as the receipt's own number begins; of other money its platform. */
const BY_HAND = ['money-order', 'bank-transfer', 'cash', 'check', 'card'];

export function sourceOf(row: Pick<ReceiptRow, 'source' | 'externalId'>): string {
  if (row.source !== 'manual') return row.source;
  return BY_HAND.find((method) => row.externalId.toLowerCase().startsWith(`${method}-`)) ?? row.source;
}

/** The first day of which the books of the lease tell. */
export function sinceOf({ account, entries, older }: OneLease): Day {
  const { lease, book, today } = account;
  const opened = lease.start > book.settings.booksOpenOn ? lease.start : book.settings.booksOpenOn;
  const first = older ? opened : (movesOf(entries)[0]?.day ?? opened);
  const since = first < opened ? first : opened;
  return since < today ? since : today;
}

export const dayOf = (at: Parameters<typeof localDay>[0], { property }: OneLease['account']): Day =>
  localDay(at, property.zone);
