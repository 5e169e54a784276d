/** `export`: the book as JSON, as CSV files, or as a double-entry journal. */
import { join } from 'node:path';
import { askApi } from '../api';
import { fromCwd, withBook, writeText } from '../book';
import { UsageError } from '../errors';
import { bookRequest, type Outcome, type Verb } from '../verb';
import { count } from '../words';

const FORMATS = ['json', 'csv', 'hledger'] as const;
type Format = (typeof FORMATS)[number];

interface CsvFile {
  readonly name: string;
  readonly text: string;
}

function readFormat(text: string | undefined): Format {
  const format = FORMATS.find((each) => each === (text ?? 'json'));
  if (format !== undefined) return format;
  throw new UsageError(`--format must be json, csv or hledger; "${text}" is not known.`);
}

const ended = (text: string): string => (text.endsWith('\n') || text === '' ? text : `${text}\n`);

/** The files one after another, each under its name; the way to look at them all in a terminal. */
function concatenation(files: readonly CsvFile[]): string[] {
  return files.flatMap(({ name, text }, at) => [
    ...(at === 0 ? [] : ['']),
    `# ${name}`,
    text.replaceAll('\r\n', '\n').trimEnd(),
  ]);
}

function csvOutcome(files: readonly CsvFile[], folder: string | undefined): Outcome {
  if (folder === undefined) return { json: { ok: true, files }, lines: concatenation(files) };
  for (const { name, text } of files) writeText(join(folder, name), ended(text));
  const names = files.map((file) => file.name);
  return { json: { ok: true, folder, files: names }, lines: [`Wrote ${count(names.length, 'file')} to ${folder}.`] };
}

export const exportVerb: Verb = {
  name: 'export',
  usage: 'export --format json|csv|hledger --book BOOK [--out FILE or, for csv, DIR]',
  about: 'prints the book, or writes it to a file or folder',
  operands: [0, 0],
  options: ['format', 'out'],
  run: async (call) => {
    const format = readFormat(call.words.values.format);
    const out = call.words.values.out === undefined ? undefined : fromCwd(call.io, call.words.values.out);
    return withBook(call.io, bookRequest(call), ({ world }) => {
      if (format === 'csv') return csvOutcome(askApi<{ files: CsvFile[] }>(world, 'exportCsv').files, out);
      const json =
        format === 'json' ? askApi<object>(world, 'exportBook') : askApi<{ text: string }>(world, 'exportHledger');
      const text = 'text' in json ? String(json.text) : JSON.stringify(json, null, 2);
      if (out === undefined) return { json, lines: [text.trimEnd()] };
      writeText(out, ended(text));
      return { json: { ok: true, file: out }, lines: [`Wrote ${out}.`] };
    });
  },
};
