/** Whether a packet's file is as the add-on wrote it: the check of each row, the digest of all, and what the Log tells of it. */
import type { Entry } from '../book';
import { parseAmount } from '../money';
import { currency } from '../values';
import { chargeRows, statementRows } from './account';
import { ledgerCells, type SheetRow } from './cells';
import { coverFact, PARTS, type PartId, type PartRow, partKind } from './parts';
import { checkOf, contentsDigest, type Sealed } from './seal';

export interface Difference {
  readonly part: PartId | 'file';
  /** Its key, its number or its place; '' for what is about all. */
  readonly row: string;
  readonly column?: string;
  readonly file?: string;
  readonly book?: string;
  /** Which of the two was changed. */
  readonly whose: 'file' | 'book' | 'unclear';
  readonly what: 'differs' | 'missing in the book' | 'not as logged' | 'digest' | 'not told' | 'follows otherwise';
}

/** Reads cells in the order of the Ledger's columns; undefined when they are no entry. */
export type EntryReader = (cells: SheetRow) => Entry | undefined;

/** Empty for a file that is as it was made. */
export function checksDiffer(sealed: Sealed, isTold: boolean, read: EntryReader): readonly Difference[] {
  const rows = PARTS.flatMap(({ id }) => rowsDiffer(sealed, id));
  const isSame = contentsDigest(sealed.packet) === sealed.digest;
  const digest: Difference = { part: 'file', row: '', whose: 'file', what: 'digest' };
  const told: Difference = { part: 'file', row: '', whose: 'file', what: 'not told' };
  if (rows.length === 0 && isSame && isTold) return [];
  return [
    ...rows,
    ...followsOtherwise(sealed, read),
    ...(isSame ? [] : [digest]),
    ...(isSame && !isTold ? [told] : []),
  ];
}

function rowsDiffer({ packet, checks }: Sealed, id: PartId): readonly Difference[] {
  const { columns } = partKind(id);
  return packet[id].flatMap((row, place) =>
    row.length === columns.length && checks[id][place] === checkOf(id, place, row)
      ? []
      : [{ part: id, row: nameOf(id, row, place), whose: 'file' as const, what: 'differs' as const }],
  );
}

/** How a person finds the row in the file. */
function nameOf(id: PartId, row: PartRow, place: number): string {
  if (id === 'ledger' || id === 'log') return row[0] ?? '';
  const name = id === 'cover' ? row[0] : row[row.length - 1];
  return `${place + 1} (${name ?? ''})`;
}

/** The statement and the charges must be what the packet's own rows of the Ledger come to. */
function followsOtherwise({ packet }: Sealed, read: EntryReader): readonly Difference[] {
  const entries = packet.ledger.flatMap((row) => read(ledgerCells(row)) ?? []);
  const code = currency(coverFact(packet, 'Currency'));
  const opening = parseAmount(coverFact(packet, 'Owed before'), code);
  if (opening === undefined) return [];
  const parts: readonly (readonly [PartId, readonly PartRow[]])[] = [
    ['statement', statementRows(entries, opening)],
    ['charges', chargeRows(entries)],
  ];
  return parts.flatMap(([part, wanted]) => {
    const { columns } = partKind(part);
    const length = Math.max(wanted.length, packet[part].length);
    for (let place = 0; place < length; place++) {
      const [row = [], good = []] = [packet[part][place], wanted[place]];
      const at = columns.findIndex((_, index) => row[index] !== good[index]);
      if (at < 0) continue;
      const column = { column: columns[at]?.header ?? '', file: row[at] ?? '', book: good[at] ?? '' };
      return [{ part, row: nameOf(part, row, place), ...column, whose: 'file', what: 'follows otherwise' }];
    }
    return [];
  });
}
