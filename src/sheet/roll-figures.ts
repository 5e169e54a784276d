/** The Rent Roll's figures by lease, kept in the file's cache, so that five hundred cells do not read the tab five hundred times. */
import { AGING_NAMES } from '../domain/aging';
import type { Cache, Cell, OpenTabs } from '../ports';
import { textOf } from './cells';
import { layoutOf, reader } from './layout';
import { RENT_ROLL } from './schema';

/** What stands on the Rent Roll about one lease; '' where a cell is empty. */
export interface RollFigures {
  readonly status: Cell;
  /** In major units of the property's currency, as the cell shows it. */
  readonly balance: Cell;
  /** Unpaid by age, in the order of AGING_NAMES. */
  readonly ages: readonly Cell[];
}

export interface RollSources {
  readonly tabs: OpenTabs;
  readonly cache: Cache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type Row = readonly [id: string, status: Cell, balance: Cell, ...ages: Cell[]];

/** Where the parts are: `stamp` names one reading of the tab, `firsts` the first lease of each part. */
interface Index {
  readonly stamp: string;
  readonly firsts: readonly string[];
}

const INDEX = 'rent-roll';
const LIFE_SECONDS = 60;
/** A value may have 100 KB and a character up to three bytes. */
const PART_CHARACTERS = 30_000;

const partName = (stamp: string, part: number) => `${INDEX}-${stamp}-${part}`;

/** Just before the add-on writes the Rent Roll. What is left of the old parts is never asked for again. */
export const forgetRoll = (cache: Cache): void => cache.remove(INDEX);

/**
 * Finds leases on the Rent Roll; undefined for one that is not there. The tab is read when it is first needed, and at most
 * once. Throws, in words for a person, when the tab or one of its headers is missing.
 */
export function rollFinder(from: RollSources): (lease: string) => RollFigures | undefined {
  const kept = keptFinder(from.cache);
  let read: ReadonlyMap<string, Row> | undefined;
  return (lease) => {
    const found = read ? undefined : kept(lease);
    if (found) return found.row && figuresOf(found.row);
    read ??= readAnew(from);
    const row = read.get(lease);
    return row && figuresOf(row);
  };
}

const figuresOf = ([, status, balance, ...ages]: Row): RollFigures => ({ status, balance, ages });

/** Looks into the cache: undefined when it does not know, a row or none when it does. */
function keptFinder(cache: Cache): (lease: string) => { readonly row?: Row } | undefined {
  const parts = new Map<number, ReadonlyMap<string, Row> | undefined>();
  let index: Index | undefined;
  return (lease) => {
    index ??= parsed<Index>(cache.get(INDEX));
    if (!index) return undefined;
    const { stamp, firsts } = index;
    const part = firsts.filter((first) => first <= lease).length - 1;
    if (part < 0) return {};
    if (!parts.has(part)) {
      const rows = parsed<readonly Row[]>(cache.get(partName(stamp, part)));
      parts.set(part, rows && byLease(rows));
    }
    const known = parts.get(part);
    const row = known?.get(lease);
    return known && (row ? { row } : {});
  };
}

const parsed = <T>(text: string | undefined): T | undefined => (text === undefined ? undefined : JSON.parse(text));
const byLease = (rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map((row) => [row[0], row]));

function readAnew({ tabs, cache, now }: RollSources): ReadonlyMap<string, Row> {
  const rows = byLease(rollRows(tabs.rows(RENT_ROLL.title)));
  keep(cache, [...rows.values()], now().toString(36));
  return rows;
}

/** The parts first: whoever finds the index finds all of them, or reads the tab. */
function keep(cache: Cache, rows: readonly Row[], stamp: string): void {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = inParts(sorted);
  parts.forEach((part, at) => {
    cache.put(partName(stamp, at), JSON.stringify(part), LIFE_SECONDS);
  });
  const index: Index = { stamp, firsts: parts.map((part) => part[0]?.[0] ?? '') };
  cache.put(INDEX, JSON.stringify(index), LIFE_SECONDS);
}

function inParts(rows: readonly Row[]): readonly (readonly Row[])[] {
  const parts: Row[][] = [];
  let size = PART_CHARACTERS;
  for (const row of rows) {
    const more = JSON.stringify(row).length + 1;
    if (size + more > PART_CHARACTERS) {
      parts.push([]);
      size = 0;
    }
    parts[parts.length - 1]?.push(row);
    size += more;
  }
  return parts;
}

function rollRows(rows: readonly (readonly Cell[])[] | undefined): readonly Row[] {
  if (!rows) throw new Error('There is no Rent Roll in this file yet. Choose Set up in the Rent Ledger menu.');
  const [headers = [], ...below] = rows;
  const layout = layoutOf(RENT_ROLL, headers);
  const wanted = ['Lease ID', 'Status', 'Balance', ...AGING_NAMES];
  const missing = wanted.find((header) => !layout.at.has(header));
  if (missing !== undefined)
    throw new Error(
      `The Rent Roll has no column "${missing}". Put the header back in row 1, or run Set up, which adds it at the end.`,
    );
  return below.flatMap((cells): Row[] => {
    const at = reader(layout, cells);
    const id = textOf(at('Lease ID'));
    return id === '' ? [] : [[id, at('Status'), at('Balance'), ...AGING_NAMES.map(at)]];
  });
}
