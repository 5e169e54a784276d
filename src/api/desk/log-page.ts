/** One page of the Log, and all of it that fits a question as CSV. */
import { type App, runNow } from '../../run/app';
import { lastVerdict, sharedNow } from '../../run/told';
import { instantFrom, textOf } from '../../sheet/cells';
import { LOG } from '../../sheet/schema';
import { columnLetters } from '../../sheet/setup/current';
import { csvText } from '../rent-roll';
import type { LogCsv, LogPage, LogQuery, LogRow } from './log';
import { type LogCells, type LogTab, logTab, ROWS_MAX, readLog } from './log-read';
import { UNDOABLE } from './once';
import { clockText } from './words';

const PAGE = 50;

export function logPage(app: App, query: LogQuery): LogPage {
  const tab = logTab(app);
  const { lines, next, people, undone } = readLog(app, tab, query, PAGE);
  const known =
    query.before === undefined ? undone : new Set([...undone, ...undoneLater(app, tab, query.before, lines)]);
  const verdict = lastVerdict(sharedNow(app));
  return {
    rows: lines.map((cells) => rowOf(cells, tab, known)),
    ...(next === undefined ? {} : { next }),
    total: tab.rows,
    people,
    ...(verdict
      ? {
          verified: {
            ok: verdict.ok,
            at: clockText(verdict.at, tab.zone),
            problems: tab.leases ? [] : verdict.problems,
          },
        }
      : {}),
    zone: tab.zone,
  };
}

/** An act that is undone is undone by a later line: on later pages those lines lie before the page. */
function undoneLater(app: App, tab: LogTab, before: number, lines: readonly LogCells[]): readonly string[] {
  if (!lines.some(isUndoable) || before > tab.rows) return [];
  const first = Math.max(before, tab.rows - ROWS_MAX + 1) + 1;
  const column = (header: string) => columnLetters(tab.layout.at.get(header) ?? 0);
  const [kinds = [], keys = []] = app.host.workbook.read(
    [column('Kind'), column('Key')].map((letters) => `'${LOG.title}'!${letters}${first}:${letters}${tab.rows + 1}`),
  );
  return kinds.flatMap((cells, index) => (textOf(cells[0]) === 'undo' ? [textOf(keys[index]?.[0])] : []));
}

const isUndoable = (cells: LogCells): boolean => textOf(cells[5]) === 'act' && textOf(cells[8]) === UNDOABLE;

function rowOf(cells: LogCells, { zone }: LogTab, undone: ReadonlySet<string>): LogRow {
  const [number, at, by, run, lease, kind, what, before, after, key] = cells;
  const moment = instantFrom(at);
  const canUndo = isUndoable(cells) && !undone.has(textOf(run));
  return {
    number: Number(number),
    at: moment === undefined ? textOf(at) : clockText(moment, zone),
    by: textOf(by),
    run: textOf(run),
    ...(textOf(lease) ? { lease: textOf(lease) } : {}),
    kind: textOf(kind),
    what: textOf(what),
    before: textOf(before),
    after: textOf(after),
    key: textOf(key),
    ...(canUndo ? { undo: textOf(run) } : {}),
  };
}

/** The oldest first, as the tab has them; text that begins like a formula is defused. */
export function logCsv(app: App, query: LogQuery): LogCsv {
  const tab = logTab(app);
  const { lines, next } = readLog(app, tab, query, ROWS_MAX);
  const headers = LOG.columns.map((column) => column.header);
  const texts = LOG.columns.flatMap((column) => (column.kind === 'int' ? [] : [column.header]));
  const day = clockText(runNow(app).now, tab.zone).slice(0, 10);
  return {
    name: `log-${day}.csv`,
    text: csvText(
      headers,
      [...lines].reverse().map((cells) => cells.map(textOf)),
      texts,
    ),
    ...(next === undefined ? {} : { note: `Only lines from number ${next} on: narrow the filter for older ones.` }),
  };
}
