/** Puts the demo portfolio into the workbook and takes it away again, each in one commit. */

import { localDay } from '../../../domain/calendar';
import { DEMO_HOUSE, isDemoHouse } from '../../../domain/demo';
import { type Day, propertyName } from '../../../domain/values';
import { decisionOf, logLine } from '../../../domain/wishes';
import type { SheetRequest } from '../../../ports';
import { type App, runNow } from '../../../run/app';
import { daysMayHaveChanged } from '../../../run/hints';
import { withLock } from '../../../run/lock';
import { textOf } from '../../../sheet/cells';
import { type Changes, commit } from '../../../sheet/commit';
import { currentRows } from '../../../sheet/current-rows';
import { type Loaded, loadBook } from '../../../sheet/load';
import { FIELDS, idOf } from '../../../sheet/requests';
import { LEASES, LINKS, PROPERTIES, type Tab, TERMS } from '../../../sheet/schema';
import { actOnce, type Done } from '../once';
import type { SetupView } from '../setup';
import type { Refusal } from '../told';
import { demoRows, demoStates, demosIn, hasDemo, isDemoLease } from './demo-rows';
import { settledAccount } from './demo-settle';
import { madeReady } from './facts';
import { keep, keptOf } from './kept';
import { setupView } from './view';
import { GOOD } from './words';

export function demoPortfolio(
  app: App,
  { request, put }: { readonly request: string; readonly put: boolean },
): SetupView | Refusal {
  const made = madeReady(app);
  if (made) return made;
  const done = actOnce(app, request, put ? putIn : takeOut);
  if ('refused' in done) return done;
  refreshViews(app);
  return setupView(app, done.says);
}

function putIn(app: App, loaded: Loaded): Done | Refusal {
  if (hasDemo(loaded)) return { refused: `${DEMO_HOUSE} is there already. Take it away first.` };
  const { settings } = loaded.book;
  const run = runNow(app);
  const before = Math.max(keptOf(app.host).demos, demosIn(loaded));
  const people = demoRows({
    today: localDay(run.now, settings.zone),
    zone: settings.zone,
    currency: settings.currency,
    booksOpenOn: settings.booksOpenOn,
    before,
  });
  daysMayHaveChanged(app);
  const says = GOOD.demoThere(DEMO_HOUSE);
  const log = [logLine(run, 'setup', `Demo added: ${people.length} rows on Properties, Leases and Terms`)];
  return { changes: { people, log }, applied: { done: true, says, keys: [] } };
}

/** Rows that people wrote go exactly; what the Ledger holds stays, and entries bring it to nothing. */
function takeOut(app: App, loaded: Loaded): Done | Refusal {
  const rows = rowsOfDemo(app, loaded);
  if (typeof rows === 'string') return { refused: rows };
  const open = demoStates(loaded).filter((state) => rows.leases.has(state.lease.toLowerCase()));
  const accounts = open.map((state) => settledAccount(app, loaded, state.lease));
  const stuck = accounts.indexOf(undefined);
  if (stuck >= 0)
    return {
      refused: `The row of lease ${open[stuck]?.lease} cannot be read. Mend it, or delete what was added to it.`,
    };
  const run = runNow(app);
  const posted = accounts.filter((account) => account !== undefined);
  const decision = decisionOf(loaded.book, run, posted, [], []);
  const entries = decision.entries.length;
  keep(app.host, { demos: Math.max(keptOf(app.host).demos, demosIn(loaded)) });
  daysMayHaveChanged(app);
  const log = [logLine(run, 'setup', `Demo removed: ${rows.count} rows of Properties, Leases, Terms and Links`)];
  const kept = entries > 0 ? GOOD.demoKept(entries) : '';
  return {
    changes: {
      decision: { ...decision, closedTasks: closedTasks(loaded) },
      outbox: cancelled(loaded, run.now),
      marks: forgotten(loaded),
      more: rows.requests,
      log,
    },
    applied: { done: true, says: `${GOOD.demoGone}${kept}`, keys: decision.entries.map((entry) => entry.key) },
  };
}

/** The views follow once the rows are gone; a kill before it leaves that to the next run. */
function refreshViews(app: App): void {
  withLock(app, () => commit(app.host, loadBook(app.host), runNow(app), { views: true }));
}

interface DemoRows {
  readonly leases: ReadonlySet<string>;
  readonly count: number;
  readonly requests: readonly SheetRequest[];
}

/** Where the demo stands now, or why it cannot go: somebody has put a lease of their own into it. */
function rowsOfDemo(app: App, loaded: Loaded): DemoRows | string {
  const at = (tab: Tab) => currentRows(app.host, loaded, tab);
  const leases = at(LEASES).map((row) => ({ id: textOf(row['Lease ID']), house: isDemoHouse(textOf(row.Property)) }));
  const strange = leases.find(({ id, house }) => house && !isDemoLease(id));
  if (strange)
    return `Lease ${strange.id} at ${DEMO_HOUSE} is none of the demo. Give it another property, then take the demo away.`;
  const ids = new Set(leases.filter(({ house }) => house).map(({ id }) => id.toLowerCase()));
  const ofLease = (tab: Tab) => at(tab).map((row) => ids.has(textOf(row['Lease ID']).toLowerCase()));
  const marked: readonly (readonly [Tab, readonly boolean[]])[] = [
    [PROPERTIES, at(PROPERTIES).map((row) => isDemoHouse(textOf(row.Property)))],
    [LEASES, leases.map(({ house }) => house)],
    [TERMS, ofLease(TERMS)],
    [LINKS, ofLease(LINKS)],
  ];
  const count = marked.reduce((all, [, rows]) => all + rows.filter((each) => each).length, 0);
  if (count === 0) return 'There is no demo here.';
  return { leases: ids, count, requests: marked.flatMap(([tab, rows]) => removal(idOf(loaded, tab), rows)) };
}

/** Rows at the end are emptied, so that the tab is as it was before; rows above others are deleted, from below. */
function removal(sheetId: number, marked: readonly boolean[]): SheetRequest[] {
  let end = marked.length;
  while (end > 0 && marked[end - 1]) end--;
  const tail = { sheetId, startRowIndex: end + 1, endRowIndex: marked.length + 1 };
  const inside = marked.slice(0, end).flatMap((each, index) => (each ? [index] : []));
  return [
    ...(end < marked.length ? [{ updateCells: { range: tail, fields: FIELDS } }] : []),
    ...inside.reverse().map((index) => ({
      deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: index + 1, endIndex: index + 2 } },
    })),
  ];
}

const closedTasks = ({ book }: Loaded) =>
  book.tasks
    .filter((task) => task.state === 'open' && task.property !== undefined && isDemoHouse(task.property))
    .map((task) => ({ key: task.key, outcome: 'The demo was taken away.' }));

const cancelled = ({ outbox }: Loaded, now: ReturnType<typeof runNow>['now']): Changes['outbox'] =>
  outbox
    .filter((row) => row.property !== undefined && isDemoHouse(row.property))
    .filter((row) => row.state === 'ready' || row.state === 'waiting for release')
    .map((row) => ({ ...row, state: 'cancelled', fault: 'The demo was taken away.', updatedAt: now }));

/** The next demo's first day is run even if it is today. Emptied and not left out: rows of the State tab keep their places. */
function forgotten({ marks }: Loaded): Changes['marks'] {
  const house = propertyName(DEMO_HOUSE);
  return {
    viewsFor: marks.viewsFor.filter((name) => name !== house),
    ...(marks.days.has(house) ? { days: new Map(marks.days).set(house, '' as Day) } : {}),
  };
}
