/** `import` and `vendor NAME load`: rows into the workbook, objects into a platform's sandbox; what is refused is told. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { askApi } from '../api';
import { fromCwd, withBook } from '../book';
import { Refused, UsageError } from '../errors';
import { bookRequest, operand, type Verb } from '../verb';
import { count, firstOf } from '../words';

interface ImportReport {
  readonly tab: string;
  readonly taken: number;
  readonly added: number;
  readonly updated: number;
  readonly refused: readonly { readonly row: number; readonly reasons: readonly string[] }[];
  readonly skipped?: readonly { readonly row: number; readonly reason: string }[];
  readonly notes: readonly string[];
}

const SHOWN = 40;

/** Throws {@link Refused} where there is none. */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Refused(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${message}`);
  }
}

/** Spreadsheets save CSV as UTF-8, as UTF-16, or in the old Windows letters. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function importLines(name: string, report: ImportReport): string[] {
  const { tab, taken, added, updated, refused, skipped = [], notes } = report;
  const lines = [`${name}: ${count(taken, 'row')} taken into ${tab} (${added} new, ${updated} changed).`];
  lines.push(...notes.map((note) => `Note: ${note}`));
  if (skipped.length > 0) lines.push(`${count(skipped.length, 'row')} left out:`);
  lines.push(
    ...firstOf(
      skipped.map(({ row, reason }) => `  row ${row}: ${reason}`),
      SHOWN,
      'rows left out',
    ),
  );
  if (refused.length === 0) return lines;
  lines.push(`${count(refused.length, 'row')} refused:`);
  const reasons = refused.map(({ row, reasons: why }) => `  row ${row}: ${why.join('; ')}`);
  return [...lines, ...firstOf(reasons, SHOWN, 'refused rows')];
}

export const importVerb: Verb = {
  name: 'import',
  usage: 'import FILE.csv --book BOOK [--tab Leases]',
  about: 'takes rows by their header names; tells rows taken and rows refused, with reasons',
  operands: [1, 1],
  options: ['tab'],
  run: async (call) => {
    const path = fromCwd(call.io, operand(call, 0));
    const text = decodeText(readBytes(path));
    const name = basename(path);
    const { tab } = call.words.values;
    return withBook(call.io, bookRequest(call), (book) => {
      book.touch();
      const wanted = { ...(tab === undefined ? {} : { tab }), name, text };
      const report = askApi<ImportReport>(book.world, 'importCsv', [wanted]);
      const ok = report.taken > 0;
      return { exit: ok ? 0 : 1, json: { ok, file: path, ...report }, lines: importLines(name, report) };
    });
  },
};

function readJson(path: string): unknown {
  const text = decodeText(readBytes(path));
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Refused(`${path} is not JSON: ${(error as Error).message}. Nothing was loaded.`);
  }
}

export const vendorVerb: Verb = {
  name: 'vendor',
  usage: 'vendor NAME load FILE.json --book BOOK',
  about: "puts objects in the platform's own JSON into its sandbox, such as `vendor stripe load payments.json`",
  operands: [3, 3],
  options: [],
  run: async (call) => {
    const [vendor, act] = [operand(call, 0), operand(call, 1)];
    if (act !== 'load') throw new UsageError(`A vendor can only \`load\`; "${act}" is not known.`);
    const path = fromCwd(call.io, operand(call, 2));
    const json = readJson(path);
    return withBook(call.io, bookRequest(call), (book) => {
      requireLoader(book.world.sandboxes, vendor);
      book.touch();
      const { loaded, refused } = book.world.load(vendor, json);
      const ok = loaded > 0;
      const reasons = refused.map(({ index, reason }) => `  object ${index + 1}: ${reason}`);
      return {
        exit: ok ? 0 : 1,
        json: { ok, vendor, file: path, loaded, refused },
        lines: [
          `${basename(path)}: ${count(loaded, 'object')} loaded into ${vendor}, ${refused.length} refused.`,
          ...firstOf(reasons, SHOWN, 'refused objects'),
        ],
      };
    });
  },
};

function requireLoader(all: readonly { readonly id: string; readonly load?: unknown }[], vendor: string): void {
  const able = all.filter((sandbox) => sandbox.load !== undefined).map((sandbox) => sandbox.id);
  if (able.includes(vendor)) return;
  throw new UsageError(`No sandbox named "${vendor}" takes objects. There is: ${able.join(', ')}.`);
}
