/** What is said of a packet that was held against the book. */
import type { Verdict } from '../../../domain/packet/check';
import type { Difference } from '../../../domain/packet/check-file';
import { partKind } from '../../../domain/packet/parts';

const TEXT_MAX = 160;
const cut = (text: string): string => (text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text);

const rows = (count: number): string => `${count} ledger ${count === 1 ? 'row' : 'rows'}`;
const lines = (count: number): string => `${count} log ${count === 1 ? 'line' : 'lines'}`;

export function verdictWords({ ok, genuine, ledgerRows, logLines, differences }: Verdict): string {
  if (ok) return `The file is as it was made, and all ${rows(ledgerRows)} and ${lines(logLines)} are as in the book.`;
  const [first] = differences;
  if (genuine)
    return `The file is as it was made, but the book was changed since. First: ${first ? differenceWords(first) : ''}`;
  return `The file is not as it was made. First: ${first ? differenceWords(first) : ''}`;
}

export function differenceWords(difference: Difference): string {
  const { part, row, column, whose, what } = difference;
  if (part === 'file') return fileWords(difference);
  const where = `${partKind(part).title}, ${part === 'log' ? 'line' : 'row'} ${row}${column ? `, ${column}` : ''}`;
  if (what === 'missing in the book')
    return whose === 'book'
      ? `${where}: it is not in the book any more.`
      : `${where}: there is no such row of this lease in the book.`;
  if (what === 'not as logged')
    return `${where}: the book was edited before the packet was made; the Log reports another row.`;
  if (what === 'follows otherwise') return `${where}: the file was changed. ${said(difference)}`;
  if (column === undefined) return `${where}: it was changed in the file.`;
  const who =
    whose === 'file'
      ? 'the file was changed'
      : whose === 'book'
        ? 'the book was changed'
        : 'the file or the book was changed';
  const { file = '', book = '' } = difference;
  return file === book
    ? `${where}: ${who}.`
    : `${where}: ${who}. The file says "${cut(file)}", the book says "${cut(book)}".`;
}

const said = ({ file = '', book = '' }: Difference): string =>
  `It says "${cut(file)}", but its own rows of the Ledger come to "${cut(book)}".`;

function fileWords({ what, row }: Difference): string {
  if (what === 'digest') return 'The contents digest of the file is not that of its contents.';
  if (what === 'not told') return 'The Log tells of no packet with this contents digest.';
  return `Line ${row} of the file is not as it was written.`;
}
