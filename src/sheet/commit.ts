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
import type { ContactRow } from '../domain/contacts';
import { emptyState, fold } from '../domain/ledger';
import { mirrored } from '../domain/mirror';
import { decimal } from '../domain/money';
import type { PageRow } from '../domain/pages';
import { takenBack } from '../domain/pages-settled';
import { reopenedTasks } from '../domain/reopened';
import type { RequestRow } from '../domain/requests';
import { type Decision, NOTHING, type Run } from '../domain/run-book';
import { taskTellings } from '../domain/task-telling';
import { tellings } from '../domain/telling';
import type { Key, LeaseId } from '../domain/values';
import { logLine } from '../domain/wishes';
import type { Cell, Host, SheetRequest } from '../ports';
import { apiRow } from './cells';
import { entryCells } from './journal';
import type { Loaded } from './load';
import { type Marks, marksRows } from './marks';
import type { OpeningsPart } from './openings';
import { effectsComing } from './outbox-hint';
import { pageCells } from './page-rows';
import { requestCells, requestLines, withRequests } from './request-rows';
import { append, FIELDS, idOf, updateRow, upsert } from './requests';
import { forgetRoll } from './roll-figures';
import { chained, contactCells, outboxCells, receiptCells, taskCells } from './rows';
import {
  CONNECTIONS,
  CONTACTS,
  LEDGER,
  LOG,
  OPENINGS,
  OUTBOX,
  RECEIPTS,
  REQUESTS,
  RESIDENT_PAGES,
  STATE,
  TASKS,
  type Tab,
} from './schema';
import { viewRequests } from './views';

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
  readonly openings?: OpeningsPart;
  /** Rows of the Contacts tab; a new one has the row 0. */
  readonly contacts?: readonly ContactRow[];
  /** Rows of the Requests tab; a new one has the row 0. */
  readonly requests?: readonly RequestRow[];
  /** Rows of the Resident pages tab; a new one has the row 0. */
  readonly pages?: readonly PageRow[];
  readonly people?: readonly PeopleWrite[];
  readonly more?: readonly SheetRequest[];
}

/** Commits one step and gives the book as it then stands, so that a next step needs no second read. */
export function commit(host: Host, loaded: Loaded, run: Run, changes: Changes): Loaded {
  const decided = withoutRepeats(loaded, run, changes.decision ?? NOTHING);
  const states = statesAfter(loaded, decided);
  const reopened = reopenedTasks(loaded.book, states, run, decided);
  const tasks = tasksAfter(loaded, decided, [...reopened, ...(changes.tasks ?? [])]);
  const decision = withWishes(host, loaded, states, run, decided, tasks.changed, changes.outbox ?? []);
  const outbox = outboxAfter(loaded, run, decision, changes.outbox ?? []);
  const receipts = numbered(decision.receipts, loaded.marks.receiptRows);
  const contacts = numbered(changes.contacts ?? [], loaded.contactRows);
  const asked = numbered([...(decision.requests ?? []), ...(changes.requests ?? [])], loaded.requestRows);
  const pages = numbered(changes.pages ?? [], loaded.pageRows);
  const lines = [
    ...decision.entries.map((entry) => entryLine(run, entry)),
    ...decision.log,
    ...taskLines(run, tasks.changed),
    ...requestLines(run, loaded.book, asked.rows),
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
  const next = withPages(
    withRequests(
      withContacts(after(loaded, decision, states, receipts.rows, outbox.rows, tasks.rows, marks, changes), contacts),
      asked,
    ),
    pages,
  );
  const views = changes.views ? viewRequests(loaded, next, run) : [];
  const requests: SheetRequest[] = [
    ...append(loaded, LEDGER, decision.entries.map(entryCells)),
    ...upsert(loaded, RECEIPTS, receipts.rows, receiptCells, loaded.marks.receiptRows),
    ...upsert(loaded, OUTBOX, outbox.changed, outboxCells, loaded.marks.outboxRows),
    ...upsert(loaded, TASKS, tasks.changed, taskCells, loaded.marks.taskRows),
    ...upsert(loaded, CONTACTS, contacts.rows, contactCells, loaded.contactRows),
    ...upsert(loaded, REQUESTS, asked.rows, requestCells, loaded.requestRows),
    ...upsert(loaded, RESIDENT_PAGES, pages.rows, pageCells, loaded.pageRows),
    ...append(loaded, LOG, log.rows),
    ...connectionRequests(loaded, changes.connections ?? []),
    ...(changes.openings ? openingsRequests(loaded, changes.openings) : []),
    ...(views[views.length - 1] ?? []),
    ...(changes.people ?? []).flatMap((write) => peopleRequest(loaded, write)),
    ...(changes.more ?? []),
    stateRequest(loaded, marks),
  ];
  // Forgotten just before: cells that follow the Rent Roll ask the moment it is written, and must not find the old one.
  for (const part of views.slice(0, -1)) {
    forgetRoll(host.cache);
    host.workbook.commit(part);
  }
  if (changes.views) forgetRoll(host.cache);
  host.workbook.commit(requests);
  return next;
}

function statesAfter({ book }: Loaded, { entries }: Decision): ReadonlyMap<LeaseId, LeaseState> {
  const states = new Map(book.states);
  for (const entry of entries) states.set(entry.lease, fold(states.get(entry.lease) ?? emptyState(entry.lease), entry));
  return states;
}

/**
 * What a decision makes others want, in the same commit, so that the ledger and they cannot part: invoices and pages that are out for
 * what is settled now are taken back (a saved card is charged soon), books kept elsewhere are told, and so are platforms that keep a
 * picture of the ledger, and threads in Slack.
 */
const WANTED_BY_IT = [mirrored, tellings] as const;

function withWishes(
  host: Host,
  loaded: Loaded,
  states: ReadonlyMap<LeaseId, LeaseState>,
  run: Run,
  decision: Decision,
  tasks: readonly TaskRow[],
  arrived: readonly OutboxRow[],
): Decision {
  const wishes = [
    ...takenBack(loaded.book, states, run, decision, arrived),
    ...WANTED_BY_IT.flatMap((wanted) => wanted(loaded.book, states, run, decision)),
    ...taskTellings(loaded.book, states, run, tasks),
  ];
  if (wishes.length === 0) return decision;
  const known = new Set([...loaded.outbox, ...decision.intents].map((row) => row.key));
  const fresh = wishes.filter((intent) => !known.has(intent.key) && known.add(intent.key));
  if (fresh.length === 0) return decision;
  effectsComing({ host });
  return { ...decision, intents: [...decision.intents, ...fresh] };
}

/** A lease whose entries would repeat a key of the journal is left out whole, and the log says so: never a second row. */
function withoutRepeats(loaded: Loaded, run: Run, decision: Decision): Decision {
  const seen = new Set<string>();
  const repeated = decision.entries.filter(
    (entry) => loaded.tailKeys.has(entry.key) || seen.has(entry.key) || !seen.add(entry.key),
  );
  const [first] = repeated;
  if (!first) {
    const known = new Set(decision.intents.length > 0 ? loaded.outbox.map((row) => row.key) : []);
    return { ...decision, intents: decision.intents.filter((intent) => !known.has(intent.key)) };
  }
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
    requests: (decision.requests ?? []).filter(keeps),
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

/** What differed elsewhere and agrees again: no payment has closed it. */
const COMPARED = /^task:(picture|roster|drift):/;

function tasksAfter(loaded: Loaded, decision: Decision, updates: readonly TaskRow[]) {
  const closed = new Map(decision.closedTasks.map((task) => [task.key, task.outcome]));
  const changed = new Map<Key, TaskRow>(updates.map((row) => [row.key, row]));
  for (const task of loaded.book.tasks) {
    const outcome = closed.get(task.key);
    if (outcome !== undefined && task.state === 'open')
      changed.set(task.key, { ...task, state: COMPARED.test(task.key) ? 'done' : 'closed by payment', outcome });
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

/** New receipts, contacts and requests get the rows after the last one; known ones keep theirs. */
function numbered<T extends { readonly row: number }>(
  rows: readonly T[],
  count: number,
): { readonly rows: readonly T[]; readonly added: number } {
  let added = 0;
  const placedRows = rows.map((row) => (row.row > 0 ? row : { ...row, row: count + 2 + added++ }));
  return { rows: placedRows, added };
}

// ---------------------------------------------------------------- requests

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

/** One part is Openings written anew. Of several, the first clears what a killed close left, the last takes the old rows out. */
function openingsRequests(loaded: Loaded, { rows, first, inForce }: OpeningsPart): SheetRequest[] {
  const sheetId = idOf(loaded, OPENINGS);
  const { inForce: old, left } = loaded.openings;
  const alone = first && inForce !== undefined;
  const columns = { sheetId, startColumnIndex: 0, endColumnIndex: 2 };
  const stale = alone
    ? { ...columns, startRowIndex: 1 }
    : { ...columns, startRowIndex: 1 + old, endRowIndex: 1 + old + left };
  const gone = { sheetId, dimension: 'ROWS', startIndex: 1, endIndex: 1 + old };
  return [
    ...(alone || (first && left > 0) ? [{ updateCells: { range: stale, fields: FIELDS } }] : []),
    { appendCells: { sheetId, rows: rows.map(apiRow), fields: FIELDS } },
    ...(inForce && !alone && old > 0 ? [{ deleteDimension: { range: gone } }] : []),
  ];
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
  folded: ReadonlyMap<LeaseId, LeaseState>,
  receipts: readonly ReceiptRow[],
  outbox: readonly OutboxRow[],
  tasks: readonly TaskRow[],
  marks: Marks,
  changes: Changes,
): Loaded {
  const states = new Map(folded);
  const inForce = changes.openings?.inForce;
  for (const state of inForce ?? []) states.set(state.lease, state);
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
    book: { ...loaded.book, states, receipts: rows, tasks, outbox },
    openings: inForce ? { inForce: inForce.length, left: 0 } : loaded.openings,
    tailKeys: inForce ? new Set() : new Set([...loaded.tailKeys, ...decision.entries.map((entry) => entry.key)]),
    tail: inForce ? [] : [...loaded.tail, ...decision.entries],
    closedLeases: inForce ? new Set(inForce.map((state) => state.lease)) : loaded.closedLeases,
  };
}

function withContacts(
  loaded: Loaded,
  { rows, added }: { readonly rows: readonly ContactRow[]; readonly added: number },
): Loaded {
  if (rows.length === 0) return loaded;
  const changed = new Map(rows.map((row) => [row.row, row]));
  const known = (loaded.book.contacts ?? []).map((row) => changed.get(row.row) ?? row);
  const fresh = rows.filter((row) => row.row >= loaded.contactRows + 2);
  return {
    ...loaded,
    contactRows: loaded.contactRows + added,
    book: { ...loaded.book, contacts: [...known, ...fresh] },
  };
}

function withPages(
  loaded: Loaded,
  { rows, added }: { readonly rows: readonly PageRow[]; readonly added: number },
): Loaded {
  if (rows.length === 0) return loaded;
  const changed = new Map(rows.map((row) => [row.row, row]));
  const known = (loaded.book.pages ?? []).map((row) => changed.get(row.row) ?? row);
  const fresh = rows.filter((row) => row.row >= loaded.pageRows + 2);
  return { ...loaded, pageRows: loaded.pageRows + added, book: { ...loaded.book, pages: [...known, ...fresh] } };
}
