/** Writes what a step decided: journal, receipts, effects, tasks, log and cursors in one atomic call. */
import { rowDigest } from '../domain/audit';
import {
  type Entry,
  effectCents,
  type LeaseState,
  type LogLine,
  type OutboxRow,
  type ReceiptRow,
  type TaskRow,
} from '../domain/book';
import { emptyState, fold } from '../domain/ledger';
import { decimal } from '../domain/money';
import { type Decision, NOTHING, type Run } from '../domain/run-book';
import { assert, type Key, type LeaseId } from '../domain/values';
import { logLine } from '../domain/wishes';
import type { Cell, Host, SheetRequest } from '../ports';
import { apiCell, apiMoney, apiRow } from './cells';
import { dashboardRequests } from './dashboard';
import { entryCells } from './journal';
import { placed } from './layout';
import type { Loaded } from './load';
import { type Marks, marksRows } from './marks';
import { openingText } from './openings';
import { rentRollRows } from './rent-roll';
import { chained, outboxCells, receiptCells, taskCells } from './rows';
import {
  CONNECTIONS,
  DASHBOARD,
  LEDGER,
  LOG,
  OPENINGS,
  OUTBOX,
  RECEIPTS,
  RENT_ROLL,
  STATE,
  TASKS,
  type Tab,
} from './schema';

/** A write to a people's tab in a person's name. */
export interface PeopleWrite {
  readonly tab: Tab;
  /** Sheet row; undefined appends. */
  readonly row?: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface Changes {
  readonly decision?: Decision;
  readonly outbox?: readonly OutboxRow[];
  readonly tasks?: readonly TaskRow[];
  readonly log?: readonly LogLine[];
  readonly marks?: Partial<Marks>;
  readonly connections?: readonly { readonly platform: string; readonly cells: readonly Cell[] }[];
  /** Write the Rent Roll and the Dashboard as they look after this step; of the Rent Roll only what differs. */
  readonly views?: boolean;
  readonly openings?: readonly LeaseState[];
  readonly people?: readonly PeopleWrite[];
  readonly more?: readonly SheetRequest[];
}

/** Commits one step and gives the book as it then stands, so that a next step needs no second read. */
export function commit(host: Host, loaded: Loaded, run: Run, changes: Changes): Loaded {
  const decision = withoutRepeats(loaded, run, changes.decision ?? NOTHING);
  const outbox = outboxAfter(loaded, run, decision, changes.outbox ?? []);
  const tasks = tasksAfter(loaded, decision, changes.tasks ?? []);
  const receipts = numbered(decision.receipts, loaded.marks.receiptRows);
  const lines = [
    ...decision.entries.map((entry) => entryLine(run, entry)),
    ...decision.log,
    ...taskLines(run, tasks.changed),
    ...(changes.log ?? []),
  ];
  const log = chained(lines, loaded.marks.logRows, loaded.marks.logHead);
  const marks: Marks = {
    ...loaded.marks,
    ...changes.marks,
    ledgerRows: loaded.marks.ledgerRows + decision.entries.length,
    ledgerLastKey: decision.entries[decision.entries.length - 1]?.key ?? loaded.marks.ledgerLastKey,
    receiptRows: loaded.marks.receiptRows + receipts.added,
    outboxRows: loaded.marks.outboxRows + outbox.added,
    taskRows: loaded.marks.taskRows + tasks.added,
    logRows: loaded.marks.logRows + lines.length,
    logHead: log.head,
  };
  const next = after(loaded, decision, receipts.rows, outbox.rows, tasks.rows, marks, changes);
  const requests: SheetRequest[] = [
    ...append(loaded, LEDGER, decision.entries.map(entryCells)),
    ...upsert(loaded, RECEIPTS, receipts.rows, receiptCells, loaded.marks.receiptRows),
    ...upsert(loaded, OUTBOX, outbox.changed, outboxCells, loaded.marks.outboxRows),
    ...upsert(loaded, TASKS, tasks.changed, taskCells, loaded.marks.taskRows),
    ...append(loaded, LOG, log.rows),
    ...connectionRequests(loaded, changes.connections ?? []),
    ...(changes.openings ? openingsRequests(loaded, changes.openings) : []),
    ...(changes.views ? viewRequests(loaded, next, run) : []),
    ...(changes.people ?? []).flatMap((write) => peopleRequest(loaded, write)),
    ...(changes.more ?? []),
    stateRequest(loaded, marks),
  ];
  host.workbook.commit(requests);
  return next;
}

function viewRequests(loaded: Loaded, next: Loaded, run: Run): SheetRequest[] {
  const dashboard = loaded.sheetIds.get(DASHBOARD.title);
  return [
    ...rentRollRequests(loaded, rentRollRows(next.book, run)),
    ...(dashboard === undefined ? [] : dashboardRequests(next.book, run, dashboard)),
  ];
}

const idOf = (loaded: Loaded, tab: Tab): number => {
  const id = loaded.sheetIds.get(tab.title);
  assert(id !== undefined, `no tab ${tab.title}`);
  return id;
};
const layoutFor = (loaded: Loaded, tab: Tab) => {
  const layout = loaded.layouts.get(tab.title);
  assert(layout, `no layout of ${tab.title}`);
  return layout;
};

/** A lease whose entries would repeat a key of the journal is left out whole, and the log says so: never a second row. */
function withoutRepeats(loaded: Loaded, run: Run, decision: Decision): Decision {
  const seen = new Set<string>();
  const repeated = decision.entries.filter(
    (entry) => loaded.tailKeys.has(entry.key) || seen.has(entry.key) || !seen.add(entry.key),
  );
  const [first] = repeated;
  if (!first)
    return {
      ...decision,
      intents: decision.intents.filter((intent) => !loaded.outbox.some((row) => row.key === intent.key)),
    };
  const leases = new Set(repeated.map((entry) => entry.lease));
  const keeps = (each: { readonly lease?: LeaseId }) => !each.lease || !leases.has(each.lease);
  const lines = repeated.map((entry) =>
    logLine(
      run,
      'problem',
      `${entry.key} is already in the Ledger and was not written again; the other changes of lease ${entry.lease} ` +
        'in this run were left out too.',
      { lease: entry.lease, key: entry.key },
    ),
  );
  return {
    entries: decision.entries.filter(keeps),
    receipts: decision.receipts.filter(keeps),
    intents: decision.intents.filter(keeps),
    tasks: decision.tasks.filter(keeps),
    closedTasks: decision.closedTasks,
    log: [...decision.log, ...lines],
  };
}

function entryLine(run: Run, entry: Entry): LogLine {
  const amount = effectCents(entry);
  const what =
    entry.kind === 'rung' || entry.kind === 'release'
      ? `${entry.kind} ${entry.rung}`
      : entry.kind === 'charge' || entry.kind === 'credit' || entry.kind === 'deposit'
        ? `${entry.kind} ${entry.type}`
        : entry.kind;
  return logLine(run, entry.kind, `${what}: ${entry.why}`, {
    lease: entry.lease,
    key: entry.key,
    rowDigest: rowDigest(entryCells(entry)),
    after: amount === 0 ? '' : `${decimal(amount, entry.currency)} ${entry.currency}`,
  });
}

function outboxAfter(loaded: Loaded, run: Run, decision: Decision, updates: readonly OutboxRow[]) {
  const fresh = decision.intents.map((intent, index): OutboxRow => {
    const { waitsForRelease, ...wish } = intent;
    return {
      ...wish,
      row: loaded.marks.outboxRows + 2 + index,
      createdAt: run.now,
      updatedAt: run.now,
      state: waitsForRelease ? 'waiting for release' : 'ready',
      attempts: 0,
      vendorRef: '',
      fault: '',
    };
  });
  const changed = new Map(updates.map((row) => [row.key, row]));
  const rows = [...loaded.outbox.map((row) => changed.get(row.key) ?? row), ...fresh];
  return { changed: [...updates, ...fresh], rows, added: fresh.length };
}

function tasksAfter(loaded: Loaded, decision: Decision, updates: readonly TaskRow[]) {
  const closed = new Map(decision.closedTasks.map((task) => [task.key, task.outcome]));
  const changed = new Map<Key, TaskRow>(updates.map((row) => [row.key, row]));
  for (const task of loaded.book.tasks) {
    const outcome = closed.get(task.key);
    if (outcome !== undefined && task.state === 'open')
      changed.set(task.key, { ...task, state: 'closed by payment', outcome });
  }
  const known = new Set(loaded.book.tasks.map((task) => task.key));
  const fresh = decision.tasks
    .filter((task) => !known.has(task.key))
    .map((task, index): TaskRow => ({ ...task, row: loaded.marks.taskRows + 2 + index, state: 'open', outcome: '' }));
  const rows = [...loaded.book.tasks.map((task) => changed.get(task.key) ?? task), ...fresh];
  return { changed: [...changed.values(), ...fresh], rows, added: fresh.length };
}

const taskLines = (run: Run, tasks: readonly TaskRow[]): readonly LogLine[] =>
  tasks.map((task) =>
    logLine(run, 'task', `${task.state === 'open' ? 'opened' : task.state}: ${task.title}`, {
      ...(task.lease ? { lease: task.lease } : {}),
      key: task.key,
      after: task.outcome,
    }),
  );

/** New receipts get the rows after the last one; known ones keep theirs. */
function numbered(
  rows: readonly ReceiptRow[],
  count: number,
): { readonly rows: readonly ReceiptRow[]; readonly added: number } {
  let added = 0;
  const placedRows = rows.map((row) => (row.row > 0 ? row : { ...row, row: count + 2 + added++ }));
  return { rows: placedRows, added };
}

// ---------------------------------------------------------------- requests

const FIELDS = 'userEnteredValue';

function append(loaded: Loaded, tab: Tab, rows: readonly (readonly Cell[])[]): SheetRequest[] {
  if (rows.length === 0) return [];
  const layout = layoutFor(loaded, tab);
  const sheetId = idOf(loaded, tab);
  if (!outgrown(loaded, tab, rows.length)) {
    return [{ appendCells: { sheetId, rows: rows.map((cells) => apiRow(placed(layout, cells))), fields: FIELDS } }];
  }
  const money = new Set(tab.columns.flatMap((each) => (each.kind === 'money' ? [layout.at.get(each.header)] : [])));
  const cellOf = (cell: Cell | undefined, index: number) => (money.has(index) ? apiMoney(cell) : apiCell(cell));
  const values = rows.map((cells) => ({ values: placed(layout, cells).map(cellOf) }));
  return [{ appendCells: { sheetId, rows: values, fields: `${FIELDS},userEnteredFormat.numberFormat` } }];
}

/** Set up formats the first thousand rows; what is appended below them must bring its format along. */
function outgrown(loaded: Loaded, tab: Tab, added: number): boolean {
  const { marks } = loaded;
  const rows =
    tab === LEDGER
      ? marks.ledgerRows
      : tab === RECEIPTS
        ? marks.receiptRows
        : tab === RENT_ROLL
          ? loaded.rentRoll.length
          : 0;
  return rows + added > 990;
}

/** Cells at their columns, in runs of neighbours, so that people's own columns in between are not touched. */
function updateRow(loaded: Loaded, tab: Tab, row: number, cells: readonly (Cell | undefined)[]): SheetRequest[] {
  const places = placed(layoutFor(loaded, tab), cells);
  const requests: SheetRequest[] = [];
  let at = 0;
  while (at < places.length) {
    if (places[at] === undefined) {
      at++;
      continue;
    }
    let end = at;
    while (end < places.length && places[end] !== undefined) end++;
    requests.push({
      updateCells: {
        start: { sheetId: idOf(loaded, tab), rowIndex: row - 1, columnIndex: at },
        rows: [apiRow(places.slice(at, end))],
        fields: FIELDS,
      },
    });
    at = end;
  }
  return requests;
}

function upsert<T extends { readonly row: number }>(
  loaded: Loaded,
  tab: Tab,
  rows: readonly T[],
  cells: (row: T) => readonly Cell[],
  count: number,
): SheetRequest[] {
  const isNew = (row: T) => row.row >= count + 2;
  return [
    ...rows.filter((row) => !isNew(row)).flatMap((row) => updateRow(loaded, tab, row.row, cells(row))),
    ...append(loaded, tab, rows.filter(isNew).map(cells)),
  ];
}

function connectionRequests(
  loaded: Loaded,
  connections: readonly { readonly platform: string; readonly cells: readonly Cell[] }[],
): SheetRequest[] {
  return connections.flatMap(({ platform, cells }) => {
    const known = loaded.connections.find((each) => each.platform === platform);
    return known ? updateRow(loaded, CONNECTIONS, known.row, cells) : append(loaded, CONNECTIONS, [cells]);
  });
}

function stateRequest(loaded: Loaded, marks: Marks): SheetRequest {
  return {
    updateCells: {
      start: { sheetId: idOf(loaded, STATE), rowIndex: 1, columnIndex: 0 },
      rows: marksRows(marks).map(apiRow),
      fields: FIELDS,
    },
  };
}

/** Openings are rewritten whole: rows beyond the last lease are cleared in the same call. */
function openingsRequests(loaded: Loaded, states: readonly LeaseState[]): SheetRequest[] {
  const rows = states.map((state) => [state.lease, openingText(state)]);
  const sheetId = idOf(loaded, OPENINGS);
  return [
    { updateCells: { range: { sheetId, startRowIndex: 1, startColumnIndex: 0, endColumnIndex: 2 }, fields: FIELDS } },
    { appendCells: { sheetId, rows: rows.map(apiRow), fields: FIELDS } },
  ];
}

const sameCells = (a: readonly Cell[], b: readonly Cell[]) => a.every((cell, index) => cell === (b[index] ?? ''));

/** Rows are found by lease, wherever a person has sorted them; only rows that look different are written. */
function rentRollRequests(loaded: Loaded, wanted: readonly (readonly Cell[])[]): SheetRequest[] {
  const at = new Map(loaded.rentRoll.map((row, index) => [String(row[0] ?? ''), index]));
  const keep = new Set(wanted.map((row) => String(row[0] ?? '')));
  const updates: SheetRequest[] = [];
  const added: (readonly Cell[])[] = [];
  for (const row of wanted) {
    const index = at.get(String(row[0] ?? ''));
    if (index === undefined) added.push(row);
    else if (!sameCells(row, loaded.rentRoll[index] ?? []))
      updates.push(...updateRow(loaded, RENT_ROLL, index + 2, row));
  }
  const sheetId = idOf(loaded, RENT_ROLL);
  const gone = loaded.rentRoll
    .map((row, index) => (String(row[0] ?? '') !== '' && !keep.has(String(row[0] ?? '')) ? index + 1 : -1))
    .filter((index) => index >= 0);
  const deletes = gone.reverse().map((index) => ({
    deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: index, endIndex: index + 1 } },
  }));
  return [...mergedRows(updates), ...append(loaded, RENT_ROLL, added), ...deletes];
}

interface RowUpdate {
  readonly updateCells: {
    readonly start: { readonly sheetId: number; readonly rowIndex: number; readonly columnIndex: number };
    readonly rows: readonly unknown[];
    readonly fields: string;
  };
}

/** Neighbouring rows become one request. */
function mergedRows(requests: readonly SheetRequest[]): SheetRequest[] {
  const sorted = (requests as readonly unknown[] as readonly RowUpdate[])
    .map((each) => each.updateCells)
    .sort((a, b) => a.start.columnIndex - b.start.columnIndex || a.start.rowIndex - b.start.rowIndex);
  const merged: { start: RowUpdate['updateCells']['start']; rows: unknown[]; fields: string }[] = [];
  for (const each of sorted) {
    const last = merged[merged.length - 1];
    if (
      last &&
      last.start.columnIndex === each.start.columnIndex &&
      last.start.rowIndex + last.rows.length === each.start.rowIndex
    )
      last.rows.push(...each.rows);
    else merged.push({ start: each.start, rows: [...each.rows], fields: each.fields });
  }
  return merged.map((each) => ({ updateCells: each }));
}

function peopleRequest(loaded: Loaded, write: PeopleWrite): SheetRequest[] {
  const cells = write.tab.columns.map((column) => write.cells[column.header]);
  if (write.row !== undefined) return updateRow(loaded, write.tab, write.row, cells);
  return append(loaded, write.tab, [cells.map((cell) => cell ?? '')]);
}

// ---------------------------------------------------------------- the book afterwards

function after(
  loaded: Loaded,
  decision: Decision,
  receipts: readonly ReceiptRow[],
  outbox: readonly OutboxRow[],
  tasks: readonly TaskRow[],
  marks: Marks,
  changes: Changes,
): Loaded {
  const states = new Map(loaded.book.states);
  for (const entry of decision.entries)
    states.set(entry.lease, fold(states.get(entry.lease) ?? emptyState(entry.lease), entry));
  for (const state of changes.openings ?? []) states.set(state.lease, state);
  const changed = new Map(receipts.map((row) => [row.key, row]));
  const known = new Set(loaded.book.receipts.map((row) => row.key));
  const rows = [
    ...loaded.book.receipts.map((row) => changed.get(row.key) ?? row),
    ...receipts.filter((row) => !known.has(row.key)),
  ];
  return {
    ...loaded,
    marks,
    outbox,
    book: { ...loaded.book, states, receipts: rows, tasks },
    tailKeys: changes.openings
      ? new Set()
      : new Set([...loaded.tailKeys, ...decision.entries.map((entry) => entry.key)]),
  };
}
