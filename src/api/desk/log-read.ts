/** The Log read from its end, block by block, as far as a question needs: it grows for years, and its newest lines matter most. */
import { addDays, instantOf, parseDay } from '../../domain/calendar';
import type { Zone } from '../../domain/values';
import type { Cell } from '../../ports';
import type { App } from '../../run/app';
import { maySee } from '../../run/person';
import { instantFrom, textOf } from '../../sheet/cells';
import { type Layout, layoutOf, reader, schemaCells } from '../../sheet/layout';
import { BookBroken } from '../../sheet/load';
import { marksFrom } from '../../sheet/marks';
import { LEASES, LOG, SETTINGS, STATE } from '../../sheet/schema';
import { readSettings } from '../../sheet/settings';
import type { LogQuery } from './log';
import { isInGroup, isTrouble } from './log-kinds';

/** Rows that one question may read. */
export const ROWS_MAX = 20_000;
/** Blocks grow: what is near the end is found with little, what is rare with few calls. */
const BLOCKS = [1000, 3000, 6000, 10_000];

export interface LogTab {
  readonly layout: Layout;
  readonly rows: number;
  readonly zone: Zone;
  /** Leases that the person may see, in lower case; left out: all lines may be seen. */
  readonly leases?: ReadonlySet<string>;
}

/** Where the Log ends, and what else its lines need to be told; one call besides the shape. */
export function logTab(app: App): LogTab {
  const titles = new Set(app.host.workbook.shape().sheets.map((sheet) => sheet.title));
  const missing = [STATE, SETTINGS, LOG, LEASES].filter((tab) => !titles.has(tab.title)).map((tab) => tab.title);
  if (missing.length > 0)
    throw new BookBroken(
      `The tab ${missing.join(', ')} is missing. Run Set up: it puts it back and keeps everything else.`,
    );
  const isScoped = app.person?.properties !== undefined;
  const [state = [], settings = [], header = [], leases = []] = app.host.workbook.read([
    `'${STATE.title}'!A1:B`,
    `'${SETTINGS.title}'!A1:AZ`,
    `'${LOG.title}'!A1:AZ1`,
    ...(isScoped ? [`'${LEASES.title}'!A1:AZ`] : []),
  ]);
  const marks = marksFrom(state.slice(1));
  if (!marks) throw new BookBroken('This workbook has not been set up. Choose Set up in the Rent Ledger menu.');
  return {
    layout: layoutOf(LOG, header[0] ?? []),
    rows: marks.logRows,
    zone: readSettings(layoutOf(SETTINGS, settings[0] ?? []), settings.slice(1)).settings.zone,
    ...(isScoped ? { leases: leasesOf(app, leases) } : {}),
  };
}

function leasesOf(app: App, rows: readonly (readonly Cell[])[]): ReadonlySet<string> {
  const layout = layoutOf(LEASES, rows[0] ?? []);
  const mine = rows.slice(1).filter((row) => maySee(app.person, textOf(reader(layout, row)('Property'))));
  return new Set(mine.map((row) => textOf(reader(layout, row)('Lease ID')).toLowerCase()));
}

/** The cells of a line, in the order of the schema. */
export type LogCells = readonly Cell[];

export interface Found {
  /** Newest first. */
  readonly lines: readonly LogCells[];
  /** Lines before this number were not read; left out where the beginning was reached. */
  readonly next?: number;
  readonly people: readonly string[];
  /** What people have undone, as far as it was read: `undo` lines name it. */
  readonly undone: ReadonlySet<string>;
}

/** Lines that fit the question, at most `linesMax`. */
export function readLog(app: App, tab: LogTab, query: LogQuery, linesMax: number): Found {
  const fits = filterOf(app, tab, query);
  const since = sinceOf(tab, query);
  const lines: LogCells[] = [];
  const people = new Set<string>();
  const undone = new Set<string>();
  let last = Math.min(query.before === undefined ? tab.rows : query.before - 1, tab.rows);
  let read = 0;
  for (let block = 0; last > 0 && read < ROWS_MAX; block++) {
    const count = Math.min(BLOCKS[Math.min(block, BLOCKS.length - 1)] ?? last, last, ROWS_MAX - read);
    for (const cells of blockBackwards(app, tab, last, count)) {
      if (textOf(cells[5]) === 'undo') undone.add(textOf(cells[9]));
      if ((instantFrom(cells[1]) ?? 0) < since) return { lines, people: [...people].sort(), undone };
      if (mayBeSeen(app, tab, cells)) people.add(textOf(cells[2]));
      if (fits(cells)) {
        if (lines.length === linesMax) return { lines, next: numberOf(lines), people: [...people].sort(), undone };
        lines.push(cells);
      }
    }
    last -= count;
    read += count;
  }
  return { lines, ...(last > 0 ? { next: last + 1 } : {}), people: [...people].sort(), undone };
}

/** The next page goes on before the last line of this one. */
const numberOf = (lines: readonly LogCells[]): number => Number(lines[lines.length - 1]?.[0] ?? 1);

/** Lines `last - count + 1` to `last`, by their place, newest first. */
function blockBackwards(app: App, { layout }: LogTab, last: number, count: number): readonly LogCells[] {
  const [rows = []] = app.host.workbook.read([`'${LOG.title}'!A${last - count + 2}:AZ${last + 1}`]);
  return rows.map((row) => schemaCells(layout, row)).reverse();
}

const sinceOf = ({ zone }: LogTab, { from }: LogQuery): number => {
  const day = parseDay(from ?? '');
  return day ? instantOf(day, 0, 0, zone) : 0;
};

/** Of other properties' leases, and of what names no lease, only who sees everything is told; and everybody of their own acts. */
const mayBeSeen = (app: App, { leases }: LogTab, cells: LogCells): boolean =>
  leases === undefined ||
  leases.has(textOf(cells[4]).toLowerCase()) ||
  (textOf(cells[4]) === '' && textOf(cells[2]).toLowerCase() === app.person?.mail);

function filterOf(app: App, tab: LogTab, query: LogQuery): (cells: LogCells) => boolean {
  const titles = app.connectors.map((connector) => connector.title);
  const until = parseDay(query.until ?? '');
  const before = until ? instantOf(addDays(until, 1), 0, 0, tab.zone) : Number.POSITIVE_INFINITY;
  const same = (wanted: string | undefined, cell: Cell | undefined) =>
    !wanted || textOf(cell).toLowerCase() === wanted.trim().toLowerCase();
  const text = (query.text ?? '').trim().toLowerCase();
  return (cells) =>
    mayBeSeen(app, tab, cells) &&
    same(query.person, cells[2]) &&
    same(query.run, cells[3]) &&
    same(query.lease, cells[4]) &&
    (!query.group || isInGroup(query.group, textOf(cells[5]))) &&
    (!query.errors || isTrouble(textOf(cells[5]), textOf(cells[6]), titles)) &&
    (text === '' || cells.slice(0, 10).some((cell) => textOf(cell).toLowerCase().includes(text))) &&
    (instantFrom(cells[1]) ?? 0) < before;
}
