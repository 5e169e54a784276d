/** Reads a book: every tab a run needs in one call, the journal only from its open tail on. */
import type { Entry, Lease, LeaseState, OutboxRow, Property } from '../domain/book';
import { parseDay } from '../domain/calendar';
import { emptyState, fold } from '../domain/ledger';
import type { Mirror } from '../domain/mirror';
import type { RunBook } from '../domain/run-book';
import { type Listener, listenerIn } from '../domain/telling';
import { type LeaseId, leaseId, type Problem, problemText } from '../domain/values';
import type { Cell, Host } from '../ports';
import { carrierProblems } from './carrier-problems';
import { textOf } from './cells';
import { contactProblems } from './contact-problems';
import { entryFrom } from './journal';
import { headerRow, type Layout, layoutOf, rowsBelow, schemaCells } from './layout';
import { type Marks, marksFrom } from './marks';
import { openingFrom, openingLease } from './openings';
import { pageFrom } from './page-rows';
import { readLeases, readProperties } from './people';
import { requestFrom } from './request-rows';
import { contactFrom, outboxFrom, receiptFrom, taskFrom } from './rows';
import {
  CONNECTIONS,
  CONTACTS,
  DASHBOARD,
  LADDER,
  LEASES,
  LEDGER,
  LINKS,
  LOG,
  OPENINGS,
  OUTBOX,
  PROPERTIES,
  RECEIPTS,
  RENT_ROLL,
  REQUESTS,
  RESIDENT_PAGES,
  SETTINGS,
  STATE,
  TASKS,
  type Tab,
  TEMPLATES,
  TERMS,
} from './schema';
import { type ReadSettings, readSettings } from './settings';
import { isLaidOut } from './setup/dashboard-layout';
import { readLadder, readLinks, readTemplates, readTerms } from './terms';

/** Why nothing may be written: what happened, and what to do. */
export class BookBroken extends Error {
  override readonly name = 'BookBroken';
}

export interface ConnectionRow {
  readonly platform: string;
  readonly row: number;
  readonly cells: readonly Cell[];
}

export interface Loaded {
  readonly book: RunBook;
  readonly marks: Marks;
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly sheetIds: ReadonlyMap<string, number>;
  readonly outbox: readonly OutboxRow[];
  readonly connections: readonly ConnectionRow[];
  /** Rent Roll rows as they stand, in the order of the schema. */
  readonly rentRoll: readonly (readonly Cell[])[];
  readonly settings: ReadSettings;
  readonly contactRows: number;
  readonly requestRows: number;
  readonly pageRows: number;
  /** Rows of Openings: those in force, and below them those that a killed close has left. */
  readonly openings: { readonly inForce: number; readonly left: number };
  /** Keys of the journal's open tail. */
  readonly tailKeys: ReadonlySet<string>;
  /** The journal's open tail: the rows written since the last close, in their order. */
  readonly tail: readonly Entry[];
  /** Leases with rows before the tail, which is not read. */
  readonly closedLeases: ReadonlySet<LeaseId>;
  /** Leases that have open money but no row on the Leases tab. */
  readonly openingLeases: readonly LeaseId[];
  /** The Dashboard is there, and laid out as this version fills it. */
  readonly dashboard: boolean;
}

const PEOPLE: readonly Tab[] = [SETTINGS, PROPERTIES, LEASES, TERMS, LINKS, LADDER, TEMPLATES];
const WHOLE: readonly Tab[] = [
  ...PEOPLE,
  STATE,
  OPENINGS,
  TASKS,
  CONNECTIONS,
  CONTACTS,
  REQUESTS,
  RESIDENT_PAGES,
  RENT_ROLL,
];
const TAILED: readonly Tab[] = [LEDGER, RECEIPTS, OUTBOX];
const HINT = 'tails';

type Tails = readonly [ledger: number, receipts: number, outbox: number];

/** One batchGet (and a second one only when the remembered tails turn out to lie too late). */
export function loadBook(host: Host): Loaded {
  const shape = host.workbook.shape();
  const sheetIds = new Map(shape.sheets.map((sheet) => [sheet.title, sheet.id]));
  const missing = [...WHOLE, ...TAILED, LOG].filter((tab) => !sheetIds.has(tab.title)).map((tab) => tab.title);
  if (missing.length > 0)
    throw new BookBroken(
      `The tab ${missing.join(', ')} is missing. Run Set up: it puts it back and keeps everything else.`,
    );
  const hint = hinted(host);
  const views = sheetIds.has(DASHBOARD.title) ? [DASHBOARD] : [];
  let cells = readCells(host, hint, views);
  const marks = marksFrom(cells.get(STATE.title)?.slice(1) ?? []);
  if (!marks) throw new BookBroken('This workbook has not been set up. Choose Set up in the Rent Ledger menu.');
  if (marks.workbookId !== shape.id)
    throw new BookBroken(
      'This file is a copy of another rent ledger, and writes nothing. Run Set up here to make it a ledger of its own.',
    );
  const tails: Tails = [marks.tailRow, marks.receiptsTailRow, marks.outboxTailRow];
  const usable = tails.every((tail, index) => tail >= (hint[index] ?? 2));
  if (!usable) cells = readCells(host, tails, views);
  if (!usable || tails.some((tail, index) => tail !== hint[index])) host.documentStore.set(HINT, JSON.stringify(tails));
  return assemble(cells, usable ? hint : tails, marks, sheetIds);
}

function hinted(host: Host): Tails {
  try {
    const value: unknown = JSON.parse(host.documentStore.get(HINT) ?? '');
    if (Array.isArray(value) && value.length === 3 && value.every((row) => Number.isSafeInteger(row) && row >= 2))
      return value as unknown as Tails;
  } catch {
    // No hint yet: everything is read once.
  }
  return [2, 2, 2];
}

function readCells(host: Host, tails: Tails, views: readonly Tab[]): Map<string, readonly (readonly Cell[])[]> {
  const whole = WHOLE.map((tab) => `'${tab.title}'!A1:AZ`);
  const headers = [...TAILED, LOG, ...views].map((tab) => `'${tab.title}'!A1:AZ1`);
  // The row before the tail comes along: its key proves that the journal ends where State says.
  const open = TAILED.map((tab, index) => `'${tab.title}'!A${Math.max(2, (tails[index] ?? 2) - 1)}:AZ`);
  const values = host.workbook.read([...whole, ...headers, ...open]);
  const named = [
    ...WHOLE.map((tab) => tab.title),
    ...[...TAILED, LOG, ...views].map((tab) => `${tab.title} headers`),
    ...TAILED.map((tab) => tab.title),
  ];
  return new Map(named.map((name, index) => [name, values[index] ?? []]));
}

function assemble(
  cells: ReadonlyMap<string, readonly (readonly Cell[])[]>,
  tails: Tails,
  marks: Marks,
  sheetIds: ReadonlyMap<string, number>,
): Loaded {
  const headerAt = (tab: Tab) => (tab.owner === 'people' ? headerRow(tab, cells.get(tab.title) ?? []) : 0);
  const rowsOf = (tab: Tab) => rowsBelow(cells.get(tab.title) ?? [], headerAt(tab));
  const layouts = new Map<string, Layout>();
  for (const tab of WHOLE) layouts.set(tab.title, layoutOf(tab, cells.get(tab.title)?.[headerAt(tab)] ?? []));
  for (const tab of [...TAILED, LOG])
    layouts.set(tab.title, layoutOf(tab, cells.get(`${tab.title} headers`)?.[0] ?? []));
  const layout = (tab: Tab) => layouts.get(tab.title) as Layout;
  refuseBrokenHeaders([...layouts.values()]);
  const settings = readSettings(layout(SETTINGS), rowsOf(SETTINGS));
  const properties = readProperties(layout(PROPERTIES), rowsOf(PROPERTIES), settings.defaults);
  const leases = readLeases(layout(LEASES), rowsOf(LEASES), {
    properties: properties.byName,
    defaults: settings.defaults,
  });
  const byId = new Map(leases.rows.map((lease) => [lease.id.toLowerCase(), lease]));
  const currencyOf = (lease: Lease) =>
    properties.byName.get(lease.property.toLowerCase())?.currency ?? settings.defaults.currency;
  const terms = readTerms(layout(TERMS), rowsOf(TERMS), byId, currencyOf);
  const links = readLinks(layout(LINKS), rowsOf(LINKS), byId);
  const ladder = readLadder(layout(LADDER), rowsOf(LADDER), settings.settings.currency);
  const templates = readTemplates(layout(TEMPLATES), rowsOf(TEMPLATES));
  const journal = readJournal(layout(LEDGER), cells.get(LEDGER.title) ?? [], tails[0], marks);
  const openings = openingsInForce(rowsOf(OPENINGS), marks);
  const states = statesFrom(openings, journal);
  const receipts = tailRows(layout(RECEIPTS), cells.get(RECEIPTS.title) ?? [], tails[1], receiptFrom);
  const outbox = tailRows(layout(OUTBOX), cells.get(OUTBOX.title) ?? [], tails[2], outboxFrom);
  const tasks = tailRows(layout(TASKS), rowsOf(TASKS), 2, taskFrom);
  const requests = tailRows(layout(REQUESTS), rowsOf(REQUESTS), 2, requestFrom);
  const contacts = tailRows(layout(CONTACTS), rowsOf(CONTACTS), 2, contactFrom);
  const pages = tailRows(layout(RESIDENT_PAGES), rowsOf(RESIDENT_PAGES), 2, pageFrom);
  const orphans = [...states.values()].filter(
    (state) => state.balanceCents !== 0 && !byId.has(state.lease.toLowerCase()),
  );
  const orphanProblems = orphans.map(
    (state): Problem => ({
      tab: LEASES.title,
      column: 'Lease ID',
      what: `Lease ${state.lease} has open money in the Ledger, but no row here that runs.`,
      fix: 'Put its row back, or mend it; to close it, enter the last payment or a credit first.',
    }),
  );
  const grouped = new Map<LeaseId, (typeof terms.rows)[number][]>();
  for (const term of terms.rows) grouped.set(term.lease, [...(grouped.get(term.lease) ?? []), term]);
  const connections = connectionRows(layout(CONNECTIONS), rowsOf(CONNECTIONS));
  const dashboard = isLaidOut(cells.get(`${DASHBOARD.title} headers`)?.[0] ?? []);
  const book: RunBook = {
    properties: new Map([...properties.byName.values()].map((property: Property) => [property.name, property])),
    leases: leases.rows,
    terms: grouped,
    links: links.rows,
    ladder: ladder.rows,
    templates: templates.rows,
    settings: settings.settings,
    states,
    receipts: receipts.rows,
    tasks: tasks.rows,
    outbox: outbox.rows,
    problems: [
      ...settings.problems,
      ...properties.problems,
      ...leases.problems,
      ...terms.problems,
      ...links.problems,
      ...ladder.problems,
      ...templates.problems,
      ...receipts.problems,
      ...outbox.problems,
      ...tasks.problems,
      ...contacts.problems,
      ...requests.problems,
      ...pages.problems,
      ...contactProblems(leases.rows, contacts.rows),
      ...carrierProblems(settings.settings, properties.byName.values(), connectedIn(connections)),
      ...orphanProblems,
      ...(dashboard || !sheetIds.has(DASHBOARD.title) ? [] : [DASHBOARD_MOVED]),
    ],
    mirrors: mirrorsIn(connections),
    contacts: contacts.rows,
    requests: requests.rows,
    listeners: listenersIn(connections),
    pages: pages.rows,
  };
  return {
    book,
    marks,
    layouts,
    sheetIds,
    outbox: outbox.rows,
    connections,
    rentRoll: rowsOf(RENT_ROLL).map((row) => schemaCells(layout(RENT_ROLL), row)),
    settings,
    contactRows: rowsOf(CONTACTS).length,
    requestRows: rowsOf(REQUESTS).length,
    pageRows: rowsOf(RESIDENT_PAGES).length,
    openings: { inForce: openings.length, left: rowsOf(OPENINGS).length - openings.length },
    tailKeys: new Set(journal.map((entry) => entry.key)),
    tail: journal,
    closedLeases: new Set(openings.map(([name]) => leaseId(textOf(name)))),
    openingLeases: orphans.map((state) => state.lease),
    dashboard,
  };
}

const DASHBOARD_MOVED: Problem = {
  tab: DASHBOARD.title,
  row: 1,
  what: 'The Dashboard is not laid out as this version fills it, so its figures stand still.',
  fix: 'Run Set up: it lays the Dashboard out anew, and keeps what people have put there.',
};

/** Books that are connected, even if paused: what they must be told waits in the Outbox until they go on. */
const mirrorsIn = (connections: readonly ConnectionRow[]): readonly Mirror[] =>
  connections.flatMap(({ platform, cells }) => {
    const from = parseDay(textOf(cells[9]));
    return from && textOf(cells[1]) !== 'not connected' ? [{ platform, from }] : [];
  });

const connectedIn = (connections: readonly ConnectionRow[]): ReadonlySet<string> =>
  new Set(connections.filter(({ cells }) => textOf(cells[1]) !== 'not connected').map(({ platform }) => platform));

/** Platforms that are told of the ledger, even if paused: what they must be told waits in the Outbox until they go on. */
const listenersIn = (connections: readonly ConnectionRow[]): readonly Listener[] =>
  connections.flatMap(({ platform, cells }) => {
    const listener = listenerIn(platform, textOf(cells[10]));
    return Object.keys(listener.tells).length > 0 && textOf(cells[1]) !== 'not connected' ? [listener] : [];
  });

/** On the add-on's own tabs a missing column would lose data: nothing runs until it is mended. On people's tabs it is a problem only. */
function refuseBrokenHeaders(layouts: readonly Layout[]): void {
  const broken = layouts.filter((layout) => layout.tab.owner === 'add-on').flatMap((layout) => layout.problems);
  const [first] = broken;
  if (first)
    throw new BookBroken(
      `${problemText(first)}${broken.length > 1 ? ` (and ${broken.length - 1} more)` : ''} Nothing was written.`,
    );
}

const TAMPERED =
  'Nothing was written. Undo that change (Edit, Undo, or File, Version history), or run Repair, which says what differs.';

function readJournal(
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  tail: number,
  marks: Marks,
): readonly Entry[] {
  const firstRow = Math.max(2, tail - 1);
  const last = firstRow + cells.length - 1;
  if (last !== marks.ledgerRows + 1 && !(cells.length === 0 && marks.ledgerRows === 0)) {
    throw new BookBroken(
      `The Ledger ends at row ${last}, but should end at row ${marks.ledgerRows + 1}: somebody added or deleted rows there. ${TAMPERED}`,
    );
  }
  const entries: Entry[] = [];
  const keys = new Set<string>();
  cells.forEach((row, index) => {
    const at = firstRow + index;
    const values = schemaCells(layout, row);
    if (at === marks.ledgerRows + 1 && textOf(values[0]) !== marks.ledgerLastKey) {
      throw new BookBroken(
        `The last row of the Ledger (row ${at}) is "${textOf(values[0])}", but should be "${marks.ledgerLastKey}": ` +
          `the tab was sorted or edited. ${TAMPERED}`,
      );
    }
    if (at < marks.tailRow) return;
    const entry = entryFrom(values);
    if (!entry || keys.has(entry.key))
      throw new BookBroken(
        `Ledger row ${at} is not as the add-on wrote it${entry ? ` (its key ${entry.key} stands twice)` : ''}. ${TAMPERED}`,
      );
    keys.add(entry.key);
    entries.push(entry);
  });
  return entries;
}

/** Up to the first row of a close that has not come to its end. */
function openingsInForce(rows: readonly (readonly Cell[])[], marks: Marks): readonly (readonly Cell[])[] {
  const ready = rows.findIndex((row) => openingLease(textOf(row[0]), marks.closedMonth) === undefined);
  const inForce = ready < 0 ? rows : rows.slice(0, ready);
  return inForce.map(([name, text]) => [openingLease(textOf(name), marks.closedMonth) ?? '', text ?? '']);
}

function statesFrom(openings: readonly (readonly Cell[])[], journal: readonly Entry[]): Map<LeaseId, LeaseState> {
  const states = new Map<LeaseId, LeaseState>();
  openings.forEach((row, index) => {
    const id = textOf(row[0]);
    if (id === '') return;
    const state = openingFrom(id, textOf(row[1]));
    if (!state)
      throw new BookBroken(
        `Openings row ${index + 2} (lease ${id}) was edited. Run Repair: it makes Openings anew from the Ledger.`,
      );
    states.set(leaseId(id), state);
  });
  for (const entry of journal) {
    try {
      states.set(entry.lease, fold(states.get(entry.lease) ?? emptyState(entry.lease), entry));
    } catch (error) {
      throw new BookBroken(
        `Ledger row ${entry.key} does not fit the rows before it (${error instanceof Error ? error.message : ''}). ${TAMPERED}`,
      );
    }
  }
  return states;
}

function tailRows<T>(
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  tail: number,
  read: (cells: readonly Cell[], row: number) => T | undefined,
): { readonly rows: readonly T[]; readonly problems: readonly Problem[] } {
  const firstRow = TAILED.includes(layout.tab) ? Math.max(2, tail - 1) : 2;
  const rows: T[] = [];
  const problems: Problem[] = [];
  cells.forEach((line, index) => {
    const row = firstRow + index;
    const values = schemaCells(layout, line);
    if (row < tail || values.every((cell) => textOf(cell) === '')) return;
    const value = read(values, row);
    if (value === undefined)
      problems.push({
        tab: layout.tab.title,
        row,
        what: 'This row is not as the add-on wrote it, and is left out.',
        fix: 'Undo the change on it (Edit, Undo, or File, Version history).',
      });
    else rows.push(value);
  });
  return { rows, problems };
}

function connectionRows(layout: Layout, cells: readonly (readonly Cell[])[]): readonly ConnectionRow[] {
  return cells.map((line, index) => {
    const values = schemaCells(layout, line);
    return { platform: textOf(values[0]), row: index + 2, cells: values };
  });
}
