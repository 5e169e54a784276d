/** A packet as one CSV file: each record names its part, and it is read back to the last character. */
import { PARTS, type PartId, type PartRow } from './parts';
import { PACKET_FORMAT, type Sealed } from './seal';

const TITLE = 'Rent Ledger evidence packet';
const HEADER = 'columns';

/** The same guard as in every CSV of ours: text that a spreadsheet program would run gets an apostrophe, a number stays one. */
const DANGEROUS = /^'*[=+\-@\t\r\n]/;
const GUARDED = /^'+[=+\-@\t\r\n]/;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const guard = (text: string): string => (DANGEROUS.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text);
const unguard = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);

const record = (fields: readonly string[]): string =>
  fields.map((field) => `"${guard(field).replace(/"/g, '""')}"`).join(',');

/** RFC 4180, every field in quotes. */
export function packetCsv({ packet, checks, digest }: Sealed): string {
  const parts = PARTS.flatMap(({ id, columns }) => [
    record([HEADER, id, ...columns.map(({ header }) => header), 'Check']),
    ...packet[id].map((row, at) => record([id, ...row, checks[id][at] ?? ''])),
  ]);
  return `${[record([TITLE, PACKET_FORMAT, digest]), ...parts].join('\r\n')}\r\n`;
}

/** Undefined for a file of another kind, or one in which a quotation mark is missing. */
export function packetFromCsv(text: string): Sealed | undefined {
  if (!text.startsWith(`"${TITLE}"`)) return undefined;
  const records = recordsIn(text);
  if (!records) return undefined;
  const packet = {} as Record<PartId, PartRow[]>;
  const checks = {} as Record<PartId, string[]>;
  for (const { id } of PARTS) {
    packet[id] = [];
    checks[id] = [];
  }
  for (const [name, ...cells] of records.slice(1)) {
    const kind = PARTS.find(({ id }) => id === name);
    if (!kind) continue;
    checks[kind.id].push(cells.pop() ?? '');
    packet[kind.id].push(cells);
  }
  return { packet, checks, digest: records[0]?.[2] ?? '' };
}

/** Strict: what {@link record} writes, and nothing else. */
function recordsIn(text: string): readonly (readonly string[])[] | undefined {
  const records: string[][] = [];
  let fields: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '"') return undefined;
    let end = text.indexOf('"', at + 1);
    while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
    if (end < 0) return undefined;
    fields.push(unguard(text.slice(at + 1, end).replace(/""/g, '"')));
    at = end + 1;
    if (text[at] === ',') at++;
    else if (text.startsWith('\r\n', at) || text[at] === '\n' || at === text.length) {
      records.push(fields);
      fields = [];
      at += text[at] === '\r' ? 2 : 1;
    } else return undefined;
  }
  return fields.length > 0 ? undefined : records;
}
