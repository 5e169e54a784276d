/** The parts of a packet that tell what was seen, said and asked: payments, messages, tasks, decisions, lines of the Log. */
import type { OutboxRow, ReceiptRow, TaskRow } from '../book';
import { isMessage } from '../legs';
import { decimal } from '../money';
import type { Instant } from '../values';
import { lineDigest, logTexts, type SheetRow } from './cells';
import { LOG_HEADERS, type PartRow } from './parts';

/** An instant as the packet writes it. */
export type At = (at: Instant) => string;

export const receiptRows = (rows: readonly ReceiptRow[], at: At): readonly PartRow[] =>
  [...rows]
    .sort((a, b) => a.initiatedAt - b.initiatedAt || (a.key < b.key ? -1 : 1))
    .map((row) => {
      const money = (amount: ReceiptRow['amountCents']) => decimal(amount, row.currency);
      return [
        at(row.initiatedAt),
        row.source,
        row.externalId,
        [row.payer, row.payerEmail].filter((each) => each !== '').join(', '),
        money(row.amountCents),
        row.state,
        row.reversedCents > 0 ? money(row.reversedCents) : '',
        row.reversals.map((each) => `${each.key} ${each.state} ${money(each.amountCents)}`).join('; '),
        row.matched,
        row.items.map((item) => `${item.charge} = ${money(item.amountCents)}`).join('; '),
        row.failure ?? '',
        row.key,
      ];
    });

/** One line of the Log: its cells, its digest, and that of the line before it. */
export interface Line {
  readonly cells: SheetRow;
  readonly before: string;
  readonly digest: string;
}

const cell = ({ cells }: Line, header: string): string =>
  String(cells[LOG_HEADERS.findIndex((each) => each.header === header)] ?? '');

export const logRows = (lines: readonly Line[]): readonly PartRow[] =>
  lines.map(({ cells, before, digest }) => [...logTexts(cells), before, digest]);

/** A line of which the digest does not fit its cells: somebody edited it. */
export const isBrokenLine = ({ cells, before, digest }: Line): boolean =>
  lineDigest(before, logTexts(cells)) !== digest;

const STAMP = /\(template (\S+ [0-9a-f]+), content ([0-9a-f]+)\)$/;

/** Messages to the residents, with what the Log tells of the words in which they left. */
export function messageRows(rows: readonly OutboxRow[], lines: readonly Line[], at: At): readonly PartRow[] {
  const stamps = new Map(
    lines.flatMap((line) => {
      const match = cell(line, 'Kind').startsWith('effect ') ? STAMP.exec(cell(line, 'What')) : null;
      return match ? [[cell(line, 'Key'), [match[1] ?? '', match[2] ?? '']] as const] : [];
    }),
  );
  return rows
    .filter(isMessage)
    .sort((a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1))
    .map((row) => {
      const { delivery } = row;
      const [template = '', content = ''] = stamps.get(row.key) ?? [];
      const news = delivery
        ? `${delivery.state}, ${at(delivery.at)}${delivery.detail ? `: ${delivery.detail}` : ''}`
        : '';
      return [
        at(row.createdAt),
        row.kind,
        row.channel,
        row.to,
        row.subject,
        row.state,
        at(row.updatedAt),
        news,
        row.vendorRef,
        row.fault,
        template,
        content,
        row.key,
      ];
    });
}

export const taskRows = (tasks: readonly TaskRow[]): readonly PartRow[] =>
  [...tasks]
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.key < b.key ? -1 : 1))
    .map((task) => [task.due, task.title, task.detail, task.owner, task.state, task.outcome, task.key]);

/** Kinds of the Log that tell what a person did or wanted. */
const DECISIONS: readonly string[] = [
  'act',
  'undo',
  'approval',
  'refused',
  'edit',
  'import',
  'lease',
  'setting',
  'release',
  'contact',
];

export const decisionRows = (lines: readonly Line[]): readonly PartRow[] =>
  lines
    .filter((line) => DECISIONS.includes(cell(line, 'Kind')) && cell(line, 'Who').includes('@'))
    .map((line) => {
      const [before, after] = [cell(line, 'Before'), cell(line, 'After')];
      const change = before !== '' ? `${before} → ${after === '' ? '(empty)' : after}` : after;
      return [cell(line, 'At'), cell(line, 'Who'), cell(line, 'What'), change, `Log line ${cell(line, 'Number')}`];
    });
