/** Rows of an import read as if they stood on their tab already: which of them the sheet would take, and why not the others. */
import type { Lease, Property } from '../domain/book';
import type { Problem } from '../domain/values';
import type { Cell } from '../ports';
import type { PeopleWrite } from '../sheet/commit';
import type { Layout } from '../sheet/layout';
import type { Loaded } from '../sheet/load';
import { readLeases, readProperties } from '../sheet/people';
import { LADDER, LEASES, LINKS, PROPERTIES, type Tab, TERMS } from '../sheet/schema';
import { readLadder, readLinks, readTerms } from '../sheet/terms';

/** A row that wants to stand on a tab. */
export interface Candidate {
  readonly fileRow: number;
  /** Sheet row that it updates; left out, it is appended. */
  readonly row?: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface Refused {
  readonly row: number;
  readonly reasons: readonly string[];
}

export interface Checked {
  readonly taken: readonly Candidate[];
  readonly refused: readonly Refused[];
  readonly notes: readonly string[];
}

/** Reads the candidates as if they stood on the tab. */
export function check(
  loaded: Loaded,
  tab: Tab,
  existing: readonly Record<string, Cell>[],
  candidates: readonly Candidate[],
  writes: readonly PeopleWrite[],
): Checked {
  const layout = loaded.layouts.get(tab.title) as Layout;
  const rows = existing.map((row) => ({ ...row }));
  const places = candidates.map((each) => {
    if (each.row !== undefined) {
      rows[each.row - 2] = { ...rows[each.row - 2], ...each.cells };
      return each.row;
    }
    rows.push({ ...each.cells });
    return rows.length + 1;
  });
  const cells = rows.map((row) => {
    const line: Cell[] = [];
    for (const column of tab.columns) line[layout.at.get(column.header) ?? 0] = row[column.header] ?? '';
    return Array.from({ length: layout.width }, (_, index) => line[index] ?? '');
  });
  const { good, problems } = readAs(loaded, tab, layout, cells, writes);
  const byRow = new Map<number, Problem[]>();
  for (const problem of problems)
    if (problem.row !== undefined) byRow.set(problem.row, [...(byRow.get(problem.row) ?? []), problem]);
  const words = (problem: Problem) => `${problem.column ? `${problem.column}: ` : ''}${problem.what} ${problem.fix}`;
  const taken: Candidate[] = [];
  const refused: Refused[] = [];
  const notes: string[] = [];
  const seen = new Set<number>();
  candidates.forEach((each, index) => {
    const place = places[index] ?? 0;
    const told = (byRow.get(place) ?? []).map(words);
    if (seen.has(place)) refused.push({ row: each.fileRow, reasons: ['The same row stands earlier in this file.'] });
    else if (good.has(place)) {
      taken.push(each);
      notes.push(...told.map((text) => `Row ${each.fileRow}: ${text}`));
    } else refused.push({ row: each.fileRow, reasons: told.length > 0 ? told : ['The row is empty.'] });
    seen.add(place);
  });
  return { taken, refused, notes };
}

function readAs(
  loaded: Loaded,
  tab: Tab,
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  writes: readonly PeopleWrite[],
): { readonly good: ReadonlySet<number>; readonly problems: readonly Problem[] } {
  const { defaults } = loaded.settings;
  const rowsOf = (read: {
    readonly rows: readonly { readonly row: number }[];
    readonly problems: readonly Problem[];
  }) => ({ good: new Set(read.rows.map((each) => each.row)), problems: read.problems });
  const leases = leasesWith(loaded, writes);
  switch (tab) {
    case LEASES:
      return rowsOf(readLeases(layout, cells, { properties: propertiesWith(loaded, writes), defaults }));
    case PROPERTIES: {
      const read = readProperties(layout, cells, defaults);
      return rowsOf({ rows: [...read.byName.values()], problems: read.problems });
    }
    case TERMS:
      return rowsOf(
        readTerms(
          layout,
          cells,
          leases,
          (lease) => propertiesWith(loaded, writes).get(lease.property.toLowerCase())?.currency ?? defaults.currency,
        ),
      );
    case LINKS:
      return rowsOf(readLinks(layout, cells, leases));
    case LADDER: {
      const read = readLadder(layout, cells, defaults.currency);
      const bad = new Set(read.problems.map((problem) => problem.row));
      return {
        good: new Set(cells.map((_, index) => index + 2).filter((row) => !bad.has(row))),
        problems: read.problems,
      };
    }
    default:
      return { good: new Set(cells.map((_, index) => index + 2)), problems: [] };
  }
}

/** Rows of a people's tab as this import will write them. */
function writtenRows(loaded: Loaded, tab: Tab, writes: readonly PeopleWrite[]): Cell[][] {
  const layout = loaded.layouts.get(tab.title) as Layout;
  return writes
    .filter((write) => write.tab === tab)
    .map((write) => {
      const line: Cell[] = Array.from({ length: layout.width }, () => '');
      for (const [header, cell] of Object.entries(write.cells)) line[layout.at.get(header) ?? 0] = cell;
      return line;
    });
}

/** The leases that run, with those that stand in the same file: a rent roll brings its leases and their charges at once. */
function leasesWith(loaded: Loaded, writes: readonly PeopleWrite[]): ReadonlyMap<string, Lease> {
  const layout = loaded.layouts.get(LEASES.title) as Layout;
  const context = { properties: propertiesWith(loaded, writes), defaults: loaded.settings.defaults };
  const fresh = readLeases(layout, writtenRows(loaded, LEASES, writes), context).rows;
  return new Map([...loaded.book.leases, ...fresh].map((lease) => [lease.id.toLowerCase(), lease]));
}

function propertiesWith(loaded: Loaded, writes: readonly PeopleWrite[]): ReadonlyMap<string, Property> {
  const all = new Map([...loaded.book.properties.values()].map((property) => [property.name.toLowerCase(), property]));
  const layout = loaded.layouts.get(PROPERTIES.title) as Layout;
  const cells = writtenRows(loaded, PROPERTIES, writes);
  for (const [name, property] of readProperties(layout, cells, loaded.settings.defaults).byName)
    all.set(name, property);
  return all;
}
