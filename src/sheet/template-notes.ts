/** What is wrong with an edited template, as a note on its cell: taken away when it is mended, and beside what people noted. */
import { oneLine } from '../domain/message-pieces';
import type { Problem } from '../domain/values';
import type { SheetRequest, Workbook } from '../ports';
import { headerRow, layoutOf, rowsBelow } from './layout';
import { TEMPLATES } from './schema';
import { columnLetters } from './setup/current';
import { readTemplates } from './terms';

const CHECKED: readonly string[] = ['Subject', 'Body', 'SMS'];
/** Begins each line of ours in a note; every other line is a person's and stays as it is. */
const OURS = 'Rent Ledger: ';
/** A broken template may have a hundred faults; the first ones are what a person mends first. */
const LINES_MAX = 5;
const FIELDS = 'sheets(properties.sheetId,data(startRow,startColumn,rowData.values.note))';

interface Place {
  /** 1-based sheet row, and 0-based column. */
  readonly row: number;
  readonly column: number;
}

/** Checks the templates in the rows of an edited range and writes the notes that differ, in one call; none where all are right. */
export function noteTemplateFaults(workbook: Workbook, a1: string): void {
  const [rows = []] = workbook.read([`'${TEMPLATES.title}'!A1:AZ`]);
  const header = headerRow(TEMPLATES, rows);
  const layout = layoutOf(TEMPLATES, rows[header] ?? []);
  const [from, last] = rowsOfRange(a1, rows.length);
  const first = Math.max(from, header + 2);
  const columns = CHECKED.flatMap((name) => layout.at.get(name) ?? []);
  if (columns.length === 0 || last < first) return;
  const edited = rowsBelow(rows, header).map((row, index) => (index + 2 >= first && index + 2 <= last ? row : []));
  const faults = readTemplates(layout, edited).problems;
  const faultsAt = ({ row, column }: Place) =>
    faults.filter((each) => each.row === row && layout.at.get(each.column ?? '') === column);
  const { sheetId, noteAt } = notesIn(workbook.get(FIELDS, [rangeOf(columns, first, last)]));
  const places = Array.from({ length: last - first + 1 }, (_, at) =>
    columns.map((column) => ({ row: first + at, column })),
  );
  const requests = places.flat().flatMap((place) => {
    const [before, after] = [noteAt(place), noteWith(noteAt(place), faultsAt(place))];
    return after === before ? [] : [noteRequest(sheetId, place, after)];
  });
  if (requests.length > 0) workbook.commit(requests);
}

const rangeOf = (columns: readonly number[], first: number, last: number): string =>
  `'${TEMPLATES.title}'!${columnLetters(Math.min(...columns))}${first}:${columnLetters(Math.max(...columns))}${last}`;

/** First and last row of `C5`, `C5:D9`, `5:9` or `C:D`; a range of whole columns ends where the tab does. */
function rowsOfRange(a1: string, used: number): readonly [first: number, last: number] {
  const [from = '', to = from] = a1.split(':');
  const rowIn = (corner: string) => Number(/\d+$/.exec(corner)?.[0] ?? Number.NaN);
  const first = rowIn(from) || 1;
  return [first, rowIn(to) || used];
}

interface NotesReply {
  readonly sheets?: readonly {
    readonly properties?: { readonly sheetId?: number };
    readonly data?: readonly {
      readonly startRow?: number;
      readonly startColumn?: number;
      readonly rowData?: readonly { readonly values?: readonly { readonly note?: string }[] }[];
    }[];
  }[];
}

function notesIn(reply: NotesReply): { readonly sheetId: number; readonly noteAt: (place: Place) => string } {
  const sheet = reply.sheets?.[0];
  const { startRow = 0, startColumn = 0, rowData = [] } = sheet?.data?.[0] ?? {};
  return {
    sheetId: sheet?.properties?.sheetId ?? 0,
    noteAt: ({ row, column }) => rowData[row - 1 - startRow]?.values?.[column - startColumn]?.note ?? '',
  };
}

function noteWith(before: string, problems: readonly Problem[]): string {
  const lines = before.split('\n');
  const theirs = lines.filter((line) => !line.startsWith(OURS));
  const told = problems.slice(0, LINES_MAX).map(({ what, fix }) => OURS + oneLine(`${what} ${fix}`));
  const more = problems.length > LINES_MAX ? [`${OURS}and ${problems.length - LINES_MAX} more`] : [];
  if (told.length === 0 && theirs.length === lines.length) return before;
  return [...(theirs.join('\n') === '' ? [] : theirs), ...told, ...more].join('\n');
}

const noteRequest = (sheetId: number, { row, column }: Place, note: string): SheetRequest => ({
  updateCells: {
    rows: [{ values: [note === '' ? {} : { note }] }],
    fields: 'note',
    start: { sheetId, rowIndex: row - 1, columnIndex: column },
  },
});
