/** The Requests tab: its rows as cells and back, the Log lines of what changed, and the book with it. */
import type { LogLine } from '../domain/book';
import { parseDay } from '../domain/calendar';
import { REQUEST_KINDS, REQUEST_STATES, type RequestRow } from '../domain/requests';
import type { Run, RunBook } from '../domain/run-book';
import { key, leaseId, propertyName } from '../domain/values';
import { logLine } from '../domain/wishes';
import type { Cell } from '../ports';
import { instantFrom, isoOf, textOf } from './cells';
import type { Loaded } from './load';

export const requestCells = (row: RequestRow): Cell[] => [
  row.key,
  isoOf(row.at),
  row.property,
  row.lease,
  row.by,
  row.kind,
  row.about,
  row.text,
  row.file,
  row.until ?? '',
  row.state,
  row.answer,
  row.answeredBy,
  row.answeredAt === undefined ? '' : isoOf(row.answeredAt),
];

/** Undefined for a row that this add-on did not write. */
export function requestFrom(cells: readonly Cell[], row: number): RequestRow | undefined {
  const [id, at, property, lease, by, kind, about, text, file, until, state, answer, answeredBy, answeredAt] = cells;
  const [asked, answered] = [instantFrom(at), instantFrom(answeredAt)];
  const knownKind = REQUEST_KINDS.find((each) => each === textOf(kind));
  const knownState = REQUEST_STATES.find((each) => each === textOf(state));
  const [last, lastRead] = [textOf(until), parseDay(textOf(until))];
  if (!asked || !knownKind || !knownState || textOf(id) === '' || textOf(lease) === '' || (last !== '' && !lastRead))
    return undefined;
  return {
    row,
    key: key(textOf(id)),
    at: asked,
    property: propertyName(textOf(property)),
    lease: leaseId(textOf(lease)),
    by: textOf(by),
    kind: knownKind,
    about: textOf(about),
    text: String(text ?? ''),
    file: textOf(file),
    ...(lastRead ? { until: lastRead } : {}),
    state: knownState,
    answer: String(answer ?? ''),
    answeredBy: textOf(answeredBy),
    ...(answered ? { answeredAt: answered } : {}),
  };
}

/** `dispute of L-1 open`, with what it was before. */
export function requestLines(run: Run, book: RunBook, rows: readonly RequestRow[]): readonly LogLine[] {
  const before = new Map((book.requests ?? []).map((row) => [row.key, row.state]));
  return rows.map((row) => {
    const about = row.about === '' ? '' : ` about ${row.about}`;
    const until = row.until === undefined ? '' : ` until ${row.until}`;
    const said = before.has(row.key) ? row.answer : row.text;
    const what = `${row.kind} of ${row.lease}${about}${until}${said ? `: ${said}` : ''}`;
    return logLine(run, 'request', what, {
      lease: row.lease,
      key: row.key,
      before: before.get(row.key) ?? '',
      after: row.state,
    });
  });
}

export function withRequests(
  loaded: Loaded,
  { rows, added }: { readonly rows: readonly RequestRow[]; readonly added: number },
): Loaded {
  if (rows.length === 0) return loaded;
  const changed = new Map(rows.map((row) => [row.key, row]));
  const known = loaded.book.requests ?? [];
  const names = new Set(known.map((row) => row.key));
  const requests = [...known.map((row) => changed.get(row.key) ?? row), ...rows.filter((row) => !names.has(row.key))];
  return { ...loaded, requestRows: loaded.requestRows + added, book: { ...loaded.book, requests } };
}
