/** A packet held against the book: whether the file is as it was made, whether the book is as it was then, and where not. */
import { rowDigest } from '../audit';
import { ledgerDigest, ledgerTexts, lineDigest, logTexts, type SheetRow } from './cells';
import { checksDiffer, type Difference, type EntryReader } from './check-file';
import { LEDGER_HEADERS, LOG_HEADERS, type PartRow } from './parts';
import type { Line } from './rows';
import type { Sealed } from './seal';

/** What the book holds of the rows that a packet names. */
export interface BookSide {
  /** Rows of the Ledger by key. */
  readonly ledger: ReadonlyMap<string, SheetRow>;
  /** Lines of the Log by their place. */
  readonly log: ReadonlyMap<number, Line>;
  /** The Log tells that a packet with the digest of this one was made, in a line that stands whole in its chain. */
  readonly isTold: boolean;
}

export interface Verdict {
  readonly ok: boolean;
  /** The file is as the add-on wrote it. */
  readonly genuine: boolean;
  readonly ledgerRows: number;
  readonly logLines: number;
  /** The first ones, at most {@link MOST}. */
  readonly differences: readonly Difference[];
}

const MOST = 20;

export function checkPacket(sealed: Sealed, book: BookSide, read: EntryReader): Verdict {
  const { packet } = sealed;
  const inFile = checksDiffer(sealed, book.isTold, read);
  const genuine = inFile.length === 0;
  const named = [...ledgerDiffers(sealed, book, genuine), ...logDiffers(sealed, book, genuine)];
  // A row whose column is known need not be told of a second time without it.
  const known = new Set(named.map(({ part, row }) => `${part} ${row}`));
  const others = inFile.filter(({ part, row }) => !known.has(`${part} ${row}`));
  const differences = [...named, ...others].sort((a, b) => rank(a) - rank(b));
  return {
    ok: differences.length === 0,
    genuine,
    ledgerRows: packet.ledger.length,
    logLines: packet.log.length,
    differences: differences.slice(0, MOST),
  };
}

/** What names a column comes first, what is about the whole file last. */
const rank = ({ part, column }: Difference): number => (part === 'file' ? 2 : column === undefined ? 1 : 0);

const DIGEST = LEDGER_HEADERS.length;

/** The first column in which two rows of text differ. */
function columnOf(headers: readonly { readonly header: string }[], a: PartRow, b: PartRow): number {
  return headers.findIndex((_, at) => (a[at] ?? '') !== (b[at] ?? ''));
}

function ledgerDiffers({ packet }: Sealed, book: BookSide, genuine: boolean): readonly Difference[] {
  const reported = reportedIn(book);
  return packet.ledger.flatMap((row): readonly Difference[] => {
    const where = { part: 'ledger' as const, row: row[0] ?? '' };
    const digest = ledgerDigest(row);
    const stands = book.ledger.get(row[0] ?? '');
    if (!stands) return [{ ...where, whose: genuine ? 'book' : 'file', what: 'missing in the book' }];
    const texts = ledgerTexts(stands);
    const at = columnOf(LEDGER_HEADERS, row, texts);
    const column = { column: LEDGER_HEADERS[at]?.header ?? 'Digest', file: row[at] ?? '', book: texts[at] ?? '' };
    if (digest !== row[DIGEST])
      return [{ ...where, ...(at < 0 ? { column: 'Digest' } : column), whose: 'file', what: 'differs' }];
    const now = rowDigest(stands);
    const logged = reported.get(row[0] ?? '');
    if (now !== digest) {
      const whose = genuine || logged === digest ? 'book' : logged === now ? 'file' : 'unclear';
      return [{ ...where, ...column, whose, what: 'differs' }];
    }
    return logged !== undefined && logged !== now ? [{ ...where, whose: 'book', what: 'not as logged' }] : [];
  });
}

/** Digests of ledger rows as lines of the Log report them that stand whole in their chain. */
function reportedIn({ log }: BookSide): ReadonlyMap<string, string> {
  const keyAt = LOG_HEADERS.findIndex(({ header }) => header === 'Key');
  return new Map(
    [...log.values()].flatMap(({ cells, before, digest }) => {
      const reported = String(cells[keyAt + 1] ?? '');
      const isWhole = lineDigest(before, logTexts(cells)) === digest;
      return reported !== '' && isWhole ? [[String(cells[keyAt] ?? ''), reported] as const] : [];
    }),
  );
}

const LINE_HEADERS = [...LOG_HEADERS, { header: 'Digest before' }, { header: 'Digest' }];

function logDiffers({ packet }: Sealed, book: BookSide, genuine: boolean): readonly Difference[] {
  return packet.log.flatMap((row, index): readonly Difference[] => {
    const where = { part: 'log' as const, row: row[0] ?? '' };
    const [before = '', digest = ''] = row.slice(LOG_HEADERS.length);
    const line = book.log.get(Number(row[0]));
    const texts = line ? [...logTexts(line.cells), line.before, line.digest] : [];
    const at = columnOf(LINE_HEADERS, row, texts);
    const column = { column: LINE_HEADERS[at]?.header ?? 'Digest', file: row[at] ?? '', book: texts[at] ?? '' };
    const next = packet.log[index + 1];
    const isBroken =
      lineDigest(before, row) !== digest ||
      (next !== undefined && Number(next[0]) === Number(row[0]) + 1 && next[LOG_HEADERS.length] !== digest);
    if (isBroken && !genuine)
      return [{ ...where, ...(at < 0 ? { column: 'Digest' } : column), whose: 'file', what: 'differs' }];
    if (!line) return [{ ...where, whose: genuine ? 'book' : 'file', what: 'missing in the book' }];
    if (at >= 0) {
      const isWhole = lineDigest(line.before, logTexts(line.cells)) === line.digest;
      return [{ ...where, ...column, whose: genuine || !isWhole ? 'book' : 'file', what: 'differs' }];
    }
    return isBroken ? [{ ...where, whose: 'book', what: 'not as logged' }] : [];
  });
}

/** Keys of the Ledger and numbers of the Log that a packet names, to read what the book has of them. */
export const namedIn = ({ packet }: Sealed) => ({
  keys: new Set(packet.ledger.map((row) => row[0] ?? '')),
  numbers: packet.log.map((row) => Number(row[0])).filter((number) => Number.isSafeInteger(number) && number > 0),
});
