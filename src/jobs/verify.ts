/** Verify: the log's chain, the digest of every ledger row, the laws of the journal, and that Openings equal its fold. */

import { CHAIN_START, chainText, digestOf, rowDigest } from '../domain/audit';
import type { LeaseState } from '../domain/book';
import { localDay } from '../domain/calendar';
import { canonical, emptyState, fold, imbalance, prune } from '../domain/ledger';
import type { LeaseId } from '../domain/values';
import type { Cell } from '../ports';
import type { App } from '../run/app';
import { intOf, textOf } from '../sheet/cells';
import { entryFrom } from '../sheet/journal';
import { layoutOf, schemaCells } from '../sheet/layout';
import { type Marks, marksFrom } from '../sheet/marks';
import { openingFrom, openingLease } from '../sheet/openings';
import { LEDGER, LOG, OPENINGS, STATE, type Tab } from '../sheet/schema';

export interface Verdict {
  readonly ok: boolean;
  /** What is wrong, where, and what to do; at most 50. */
  readonly problems: readonly string[];
  readonly checked: { readonly entries: number; readonly log: number; readonly leases: number };
}

const PROBLEMS_MAX = 50;
/** Rows read at once: a large ledger is walked in steps that each stay small. */
const ROWS_AT_ONCE = 20_000;

/** Reads everything and changes nothing. */
export function verify(app: App): Verdict {
  const problems: string[] = [];
  const tell = (text: string) => {
    if (problems.length < PROBLEMS_MAX) problems.push(text);
  };
  const marks = marksFrom((app.host.workbook.read([`'${STATE.title}'!A1:B`])[0] ?? []).slice(1));
  if (!marks)
    return {
      ok: false,
      problems: ['This workbook has not been set up. Run Set up.'],
      checked: { entries: 0, log: 0, leases: 0 },
    };
  const reported = verifyLog(app, marks, tell);
  const states = verifyLedger(app, marks, reported, tell);
  verifyEnds(app, marks, tell);
  verifyOpenings(app, marks.closedMonth, states.atTail, tell);
  for (const state of states.now.values()) {
    const wrong = imbalance(state);
    if (wrong) tell(wrong);
  }
  return {
    ok: problems.length === 0,
    problems,
    checked: { entries: marks.ledgerRows, log: marks.logRows, leases: states.now.size },
  };
}

/** Rows 2.. of a tab in schema order, in steps. */
function* rowsOf(app: App, tab: Tab, count: number): Generator<readonly [number, readonly Cell[]]> {
  const header = app.host.workbook.read([`'${tab.title}'!A1:AZ1`])[0]?.[0] ?? [];
  const layout = layoutOf(tab, header);
  for (let first = 2; first <= count + 1; first += ROWS_AT_ONCE) {
    const last = Math.min(first + ROWS_AT_ONCE - 1, count + 1);
    const rows = app.host.workbook.read([`'${tab.title}'!A${first}:AZ${last}`])[0] ?? [];
    for (let row = first; row <= last; row++) yield [row, schemaCells(layout, rows[row - first] ?? [])];
  }
}

type Tell = (text: string) => void;

/** Nothing may stand below the last row that the add-on wrote. */
function verifyEnds(app: App, marks: Marks, tell: Tell): void {
  const ends = [
    [LEDGER, marks.ledgerRows + 1],
    [LOG, marks.logRows + 1],
  ] as const;
  // Read from the last row on: a range that begins below the grid would be refused.
  const below = app.host.workbook.read(ends.map(([tab, row]) => `'${tab.title}'!A${row}:AZ`));
  ends.forEach(([tab, row], index) => {
    if (below[index]?.slice(1).some((cells) => cells.some((cell) => textOf(cell) !== '')))
      tell(`${tab.title} should end at row ${row}, but something stands below: clear or delete those rows.`);
  });
}

/** Walks the chain; gives the digest that the log reports for each ledger row. */
function verifyLog(app: App, marks: Marks, tell: Tell): Map<string, string> {
  const reported = new Map<string, string>();
  let previous = CHAIN_START;
  for (const [row, cells] of rowsOf(app, LOG, marks.logRows)) {
    const body = cells.slice(0, -1);
    const digest = textOf(cells[cells.length - 1]);
    if (intOf(cells[0]) !== row - 1)
      tell(
        `Log row ${row} should carry number ${row - 1}, but carries "${textOf(cells[0])}": rows were added, deleted or sorted.`,
      );
    const expected = digestOf(chainText(previous, body));
    if (digest !== expected)
      tell(
        `Log row ${row} was edited, or the row before it: its digest does not fit. Look at the version history of this row.`,
      );
    // Going on from what is written keeps one edited row from making every later row look wrong.
    previous = digest;
    const rowDigestText = textOf(cells[10]);
    if (rowDigestText) reported.set(textOf(cells[9]), rowDigestText);
  }
  if (previous !== marks.logHead)
    tell(
      `The Log ends with digest ${previous.slice(0, 12)}…, but State says ${marks.logHead.slice(0, 12)}…: rows were cut off or added.`,
    );
  return reported;
}

function verifyLedger(app: App, marks: Marks, reported: ReadonlyMap<string, string>, tell: Tell) {
  const now = new Map<LeaseId, LeaseState>();
  const atTail = new Map<LeaseId, LeaseState>();
  const keys = new Set<string>();
  const places = new Map([...reported.keys()].map((key, place) => [key, place]));
  let sorted = false;
  let furthest = -1;
  let lastKey = '';
  for (const [row, cells] of rowsOf(app, LEDGER, marks.ledgerRows)) {
    if (row === marks.tailRow) copyInto(atTail, now);
    const entry = entryFrom(cells);
    lastKey = textOf(cells[0]);
    if (!entry) {
      tell(`Ledger row ${row} (${lastKey || 'no key'}) is not as the add-on wrote it. Undo the change on it.`);
      continue;
    }
    if (keys.has(entry.key)) tell(`Ledger row ${row}: the key ${entry.key} stands twice.`);
    keys.add(entry.key);
    const place = places.get(entry.key) ?? furthest;
    if (place < furthest && !sorted) {
      sorted = true;
      tell(
        `Ledger row ${row} (${entry.key}) stands behind rows that were written later: the tab was sorted. Undo that.`,
      );
    }
    furthest = Math.max(furthest, place);
    if (reported.get(entry.key) !== rowDigest(cells))
      tell(`Ledger row ${row} (${entry.key}) differs from what the Log reports of it: a cell was edited.`);
    foldInto(now, entry, row, tell);
  }
  if (marks.tailRow > marks.ledgerRows + 1) copyInto(atTail, now);
  if (lastKey !== marks.ledgerLastKey)
    tell(`The Ledger ends with "${lastKey}", but State says "${marks.ledgerLastKey}".`);
  for (const key of reported.keys())
    if (!keys.has(key)) tell(`The Log reports ledger row ${key}, which is not in the Ledger.`);
  return { now, atTail };
}

const copyInto = (target: Map<LeaseId, LeaseState>, source: ReadonlyMap<LeaseId, LeaseState>): void => {
  for (const [lease, state] of source) target.set(lease, state);
};

function foldInto(
  states: Map<LeaseId, LeaseState>,
  entry: NonNullable<ReturnType<typeof entryFrom>>,
  row: number,
  tell: Tell,
): void {
  try {
    states.set(entry.lease, fold(states.get(entry.lease) ?? emptyState(entry.lease), entry));
  } catch (error) {
    tell(
      `Ledger row ${row} (${entry.key}) does not fit the rows before it: ${error instanceof Error ? error.message : 'unknown'}.`,
    );
  }
}

/** The openings must be what the journal before the tail comes to. */
function verifyOpenings(app: App, closedMonth: string, atTail: ReadonlyMap<LeaseId, LeaseState>, tell: Tell): void {
  const rows = (app.host.workbook.read([`'${OPENINGS.title}'!A1:B`])[0] ?? []).slice(1);
  const today = localDay(app.host.clock.now(), 'Etc/UTC' as never);
  const seen = new Set<string>();
  rows.forEach((row, index) => {
    const lease = openingLease(textOf(row[0]), closedMonth) as LeaseId | undefined;
    if (!lease) return;
    seen.add(lease);
    const opening = openingFrom(lease, textOf(row[1]));
    const folded = atTail.get(lease);
    if (!opening || !folded || canonical(opening) !== canonical(prune(folded, today)))
      tell(
        `Openings row ${index + 2} (lease ${lease}) is not what the Ledger comes to. Run Repair: it makes Openings anew.`,
      );
  });
  for (const lease of atTail.keys())
    if (!seen.has(lease)) tell(`Openings lack lease ${lease}. Run Repair: it makes Openings anew.`);
}
