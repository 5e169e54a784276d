/** CSV in and out: separator and header row found, dangerous text defused on the way out and restored on the way in. */
import Papa from 'papaparse';
import type { Problem } from '../../domain/values';
import { headerScore } from '../import-headers';

export interface CsvRow {
  /** 1-based row of the file, as a spreadsheet program numbers it. */
  readonly row: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly headers: readonly string[];
  readonly rows: readonly CsvRow[];
  /** What makes the file unreadable. With a problem there are no rows: an import is whole or not at all. */
  readonly problems: readonly Problem[];
}

const MAX_LINE_BYTES = 1024 * 1024;
const SEPARATORS = [',', ';', '\t', '|'] as const;
/** Exports put titles such as "As Of = 12/31/2026" above the headers. */
const HEADER_SEARCH_ROWS = 20;
const TAB_NAME = 'Import file';

/**
 * Reads CSV text (RFC 4180; comma, semicolon, TAB or bar). A byte order mark is dropped. NUL characters, lines above
 * 1 MiB and broken quotes refuse the file and name the row.
 */
export function readCsv(text: string): CsvTable {
  const read = readRecords(text, headerScore);
  return 'problem' in read ? refused(read.problem) : tableOf(read.records);
}

/** Every line as its fields, the empty ones too; `score` says how much a line looks like headers. */
export function readRecords(
  text: string,
  score: (record: readonly string[]) => number,
  separators: readonly string[] = SEPARATORS,
): { readonly records: readonly (readonly string[])[] } | { readonly problem: Problem } {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  const unreadable = binaryProblem(body);
  if (unreadable) return { problem: unreadable };
  const parsed = parse(body, sniff(body, score, separators));
  const broken = parsed.errors.find((error) => error.type === 'Quotes');
  if (!broken) return { records: parsed.data.map((record) => record.map(unguard)) };
  const row = (broken.row ?? 0) + 1;
  return { problem: problem('A quotation mark is opened and not closed.', 'Export the file again as CSV.', row) };
}

const refused = (problem: Problem): CsvTable => ({ headers: [], rows: [], problems: [problem] });

const problem = (what: string, fix: string, row?: number): Problem => ({
  tab: TAB_NAME,
  what,
  fix,
  ...(row === undefined ? {} : { row }),
});

function parse(text: string, delimiter: string, preview = 0): Papa.ParseResult<string[]> {
  return Papa.parse<string[]>(text, { delimiter, preview, quoteChar: '"', skipEmptyLines: false });
}

/** Looks at raw lines before anything is parsed: such a file is no CSV, or is made to choke a parser. */
function binaryProblem(text: string): Problem | undefined {
  const nul = text.indexOf('\0');
  let from = 0;
  for (let row = 1; from <= text.length; row++) {
    const found = text.indexOf('\n', from);
    const to = found < 0 ? text.length : found;
    if (nul >= from && nul < to) {
      return problem('The line holds a NUL character, so this is no text file.', 'Save the sheet as CSV (UTF-8).', row);
    }
    if (longerThan(text, from, to, MAX_LINE_BYTES)) {
      return problem('The line is longer than 1 MiB.', 'Check that the file is a rent roll saved as CSV.', row);
    }
    from = to + 1;
  }
  return undefined;
}

/** Length in UTF-8 bytes, counted only where the answer is open. */
function longerThan(text: string, from: number, to: number, limitBytes: number): boolean {
  if (to - from > limitBytes) return true;
  if ((to - from) * 3 <= limitBytes) return false;
  let bytes = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    const half = unit >= 0xd800 && unit <= 0xdfff;
    bytes += unit < 0x80 ? 1 : unit < 0x800 || half ? 2 : 3;
  }
  return bytes > limitBytes;
}

/** The separator under which the most header names appear; among equals the one that gives the most columns. */
function sniff(text: string, scoreOf: (record: readonly string[]) => number, separators: readonly string[]): string {
  const scored = separators.map((separator) => {
    const rows = parse(text, separator, HEADER_SEARCH_ROWS).data;
    const score = Math.max(0, ...rows.map(scoreOf));
    const width = Math.max(0, ...rows.map((row) => row.length));
    return { separator, score, width };
  });
  scored.sort((a, b) => b.score - a.score || b.width - a.width);
  return scored[0]!.separator;
}

// ---------------------------------------------------------------- header row

/** Rows of texts with their header row found; also for what comes from a tab and not from a file. */
export function tableOf(clean: readonly (readonly string[])[]): CsvTable {
  const top = clean.slice(0, HEADER_SEARCH_ROWS);
  const scores = top.map(headerScore);
  const best = scores.indexOf(Math.max(0, ...scores));
  if (best < 0) return refused(problem('The file is empty.', 'Choose a CSV file with a header row.'));
  const header = headerRows(top, best, scores[best]!);
  const rows = clean
    .slice(header.next)
    .map((cells, index) => ({ row: header.next + index + 1, cells }))
    // A lone empty field is an empty line; the last one is only the end of the file.
    .filter(({ cells }) => cells.length > 1 || cells[0] !== '' || header.texts.length === 1);
  const last = rows[rows.length - 1];
  if (last && last.cells.length === 1 && last.cells[0] === '') rows.pop();
  return { headers: header.texts, rows, problems: [] };
}

/** Some programs break headers over two rows: "Market" over "Rent". They are joined where that makes more sense. */
function headerRows(top: readonly (readonly string[])[], best: number, score: number) {
  const [upper = [], lower = []] = [top[best], top[best + 1]];
  const joined = join(upper, lower);
  if (headerScore(joined) > score) return { texts: joined, next: best + 2 };
  const above = best > 0 ? join(top[best - 1] ?? [], upper) : [];
  if (headerScore(above) > score) return { texts: above, next: best + 1 };
  return { texts: upper.map((text) => text.trim()), next: best + 1 };
}

function join(upper: readonly string[], lower: readonly string[]): string[] {
  const width = Math.max(upper.length, lower.length);
  return Array.from({ length: width }, (_, at) => `${upper[at] ?? ''} ${lower[at] ?? ''}`.trim());
}

// ---------------------------------------------------------------- formula guard

const DANGEROUS = /^'*[=+\-@\t\r\n]/;
const GUARDED = /^'+[=+\-@\t\r\n]/;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/** An apostrophe before text that a spreadsheet program would run as a formula. {@link unguard} gives the text back. */
export const guard = (text: string): string => (DANGEROUS.test(text) ? `'${text}` : text);

const unguard = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);

/**
 * CSV text (RFC 4180, CRLF) of a table. Cells under `textColumns` are quoted and guarded against formulas; a number
 * elsewhere stays a number, negative ones included. {@link readCsv} gives every text back as it was.
 */
export function csvText(
  headers: readonly string[],
  rows: readonly (readonly (string | number | boolean)[])[],
  textColumns: readonly string[],
): string {
  const isText = headers.map((header) => textColumns.includes(header));
  const field = (value: string | number | boolean, at: number): string | number | boolean => {
    if (typeof value !== 'string') return value;
    // A formula that somebody typed into a money column is no number either.
    return isText[at] || !PLAIN_NUMBER.test(value) ? guard(value) : value;
  };
  const data = rows.map((row) => headers.map((_, at) => field(row[at] ?? '', at)));
  const quotes = (value: unknown, at: number) => typeof value === 'string' && (isText[at] || !PLAIN_NUMBER.test(value));
  return Papa.unparse([headers.map(guard), ...data], { newline: '\r\n', quotes });
}
