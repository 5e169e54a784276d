/** The packet of one lease from its rows: which of them belong to the days, and each part in its order. */
import { rowDigest } from '../../../domain/audit';
import { type Entry, effectCents, type OutboxRow, type ReceiptRow, type TaskRow } from '../../../domain/book';
import { localDay } from '../../../domain/calendar';
import { sum } from '../../../domain/money';
import {
  chargeRows,
  decidedRows,
  isIn,
  matterRows,
  openingCents,
  type Period,
  statementRows,
} from '../../../domain/packet/account';
import { ledgerDigest, ledgerTexts, type SheetRow } from '../../../domain/packet/cells';
import type { Packet, PartRow } from '../../../domain/packet/parts';
import {
  decisionRows,
  isBrokenLine,
  type Line,
  logRows,
  messageRows,
  receiptRows,
  taskRows,
} from '../../../domain/packet/rows';
import type { Cents, Instant } from '../../../domain/values';
import { instantFrom, isoOf, textOf } from '../../../sheet/cells';
import { entryFrom } from '../../../sheet/journal';
import type { Place } from '../../account';
import { coverRows } from './cover';

export interface PacketFacts {
  readonly place: Place;
  readonly period: Period;
  readonly ledger: readonly SheetRow[];
  readonly receipts: readonly ReceiptRow[];
  readonly effects: readonly OutboxRow[];
  readonly tasks: readonly TaskRow[];
  readonly lines: readonly Line[];
  /** What residents asked for, as rows of the part. */
  readonly asked: readonly PartRow[];
  readonly madeBy: string;
  readonly madeAt: Instant;
}

const ROW_KEY = 9;
const ROW_DIGEST = 10;

export function packetOf(facts: PacketFacts): Packet {
  const { place, period, madeAt } = facts;
  const { zone } = place.property;
  const dayOf = (at: Instant) => localDay(at, zone);
  const isNow = (at: Instant | undefined) => at !== undefined && isIn(period, dayOf(at));
  const all = facts.ledger.flatMap((cells) => entryFrom(cells) ?? []);
  const opening = openingCents(all, period);
  const ledger = facts.ledger.filter((cells) => isIn(period, textOf(cells[2])));
  const entries = ledger.flatMap((cells) => entryFrom(cells) ?? []);
  const keys = new Set(ledger.map((cells) => textOf(cells[0])));
  const lines = facts.lines.filter(
    ({ cells }) =>
      isNow(instantFrom(cells[1])) || (textOf(cells[ROW_DIGEST]) !== '' && keys.has(textOf(cells[ROW_KEY]))),
  );
  const statement = statementRows(entries, opening);
  const book = ledgerRows(ledger, facts.lines);
  const cover = coverRows({
    ...place,
    period: periodText(period),
    openingCents: opening,
    closingCents: closingOf(entries, opening),
    madeBy: facts.madeBy,
    madeAt: isoOf(madeAt),
    today: dayOf(madeAt),
    rows: book.length,
    lines: lines.length,
    edited: {
      rows: book.filter((row) => row[row.length - 1] === NOT_LOGGED).length,
      lines: lines.filter(isBrokenLine).length,
    },
  });
  return {
    cover,
    statement,
    charges: chargeRows(entries),
    receipts: receiptRows(
      facts.receipts.filter((row) => isNow(row.initiatedAt)),
      secondOf,
    ),
    messages: messageRows(
      facts.effects.filter((row) => isNow(row.createdAt)),
      facts.lines,
      secondOf,
    ),
    tasks: taskRows(facts.tasks.filter(({ due }) => isIn(period, due))),
    decisions: [...decidedRows(entries, ({ postedAt }) => isoOf(postedAt)), ...decisionRows(lines)].sort(byFirst),
    matters: [...matterRows(book), ...facts.asked.filter(([day = '']) => isIn(period, day))].sort(byFirst),
    ledger: book,
    log: logRows(lines),
  };
}

/** To the second, which is all that a reader needs. */
const secondOf = (at: Instant): string => isoOf(at).replace(/\.\d+Z$/, 'Z');

const byFirst = ([a = '']: PartRow, [b = '']: PartRow): number => (a < b ? -1 : a > b ? 1 : 0);

const closingOf = (entries: readonly Entry[], opening: Cents): Cents => sum([opening, ...entries.map(effectCents)]);

const LOGGED = 'yes';
const NOT_LOGGED = 'no';

function ledgerRows(rows: readonly SheetRow[], lines: readonly Line[]): readonly PartRow[] {
  const reported = new Map(
    lines.flatMap(({ cells }) => {
      const digest = textOf(cells[ROW_DIGEST]);
      return digest === '' ? [] : [[textOf(cells[ROW_KEY]), digest] as const];
    }),
  );
  return rows.map((cells) => {
    const texts = ledgerTexts(cells);
    const isLogged = reported.get(textOf(cells[0])) === rowDigest(cells);
    return [...texts, ledgerDigest(texts), isLogged ? LOGGED : NOT_LOGGED];
  });
}

const periodText = ({ from, until }: Period): string => {
  if (!from && !until) return 'the whole lease';
  if (!from) return `until ${until}`;
  return until ? `${from} to ${until}` : `from ${from}`;
};
