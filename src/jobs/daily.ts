/** The daily run: each property's day when its local date changes, in steps of at most 2,000 entries. */
import { type App, runNow, storeWebhook } from '../app';
import { localDay } from '../domain/calendar';
import { decideDay } from '../domain/day';
import { digests } from '../domain/digest';
import { matchIndex } from '../domain/matching';
import { decidePayments, paymentOf } from '../domain/payments';
import { type Decision, NOTHING } from '../domain/run-book';
import { type Day, type PropertyName, problemText } from '../domain/values';
import { logLine } from '../domain/wishes';
import { type Changes, commit } from '../sheet/commit';
import { dashboardRequests } from '../sheet/dashboard';
import { type Loaded, loadBook } from '../sheet/load';
import { rentRollRows } from '../sheet/rent-roll';
import { DASHBOARD, PROPERTIES } from '../sheet/schema';
import { closing } from './close';
import { effectsComing, nextDay } from './hints';
import { withLock } from './lock';

export interface DailyReport {
  readonly result: 'done' | 'goes on' | 'busy' | 'nothing to do';
  readonly days: readonly { readonly property: string; readonly day: string }[];
  readonly charges: number;
  readonly fees: number;
  readonly rungs: number;
  readonly tasks: number;
  readonly problems: readonly string[];
}

/** Google takes at most 10 MB in one call: about 2,000 entries with their log rows. */
export const ENTRIES_AT_ONCE = 2000;

/** Runs every property whose local date has changed since its last run. `views` writes the Rent Roll even when no day is due. */
export function daily(app: App, views = false): DailyReport {
  const report = withLock(app, () => dailyLocked(app, views));
  return report === 'busy' ? { ...EMPTY, result: 'busy' } : report;
}

const EMPTY: DailyReport = { result: 'nothing to do', days: [], charges: 0, fees: 0, rungs: 0, tasks: 0, problems: [] };

function dailyLocked(app: App, views: boolean): DailyReport {
  let loaded = loadBook(app.host);
  loaded = secretsOutOfCells(loaded, app);
  const close = closing(loaded, runNow(app));
  if (close) loaded = commit(app.host, loaded, runNow(app), close);
  const decisions: Decision[] = [];
  const days: { property: PropertyName; day: Day }[] = [];
  let due = nextDue(loaded, app);
  while (due && app.mayGoOn()) {
    const step = dayStep(loaded, app, due, ENTRIES_AT_ONCE);
    if (step.decision.intents.length > 0) effectsComing(app);
    loaded = commit(app.host, loaded, runNow(app), step.changes);
    decisions.push(step.decision);
    days.push(...step.finished);
    due = nextDue(loaded, app);
  }
  if (days.length > 0 || views)
    loaded = commitViews(
      loaded,
      app,
      days.map((each) => each.property),
    );
  if (!due) nextDay(app, loaded.book);
  const problems = loaded.book.problems.map(problemText);
  const entries = decisions.flatMap((decision) => decision.entries);
  const charges = entries.filter((entry) => entry.kind === 'charge');
  return {
    result: due ? 'goes on' : days.length > 0 ? 'done' : 'nothing to do',
    days,
    problems,
    rungs: entries.filter((entry) => entry.kind === 'rung').length,
    charges: charges.filter((entry) => entry.type !== 'late fee').length,
    fees: charges.filter((entry) => entry.type === 'late fee').length,
    tasks: decisions.reduce((all, decision) => all + decision.tasks.length, 0),
  };
}

/** A webhook address typed into a cell goes to the owner's properties; the cell then only says that it is there. */
function secretsOutOfCells(loaded: Loaded, app: App): Loaded {
  const found = [...loaded.book.properties.values()].filter((property) => property.webhookInCell);
  if (found.length === 0) return loaded;
  for (const property of found) storeWebhook(app, property.name, property.webhookInCell ?? '');
  const people = found.map((property) => ({
    tab: PROPERTIES,
    row: property.row,
    cells: { 'Slack webhook': `stored …${property.webhookInCell?.slice(-4)}` },
  }));
  const log = found.map((property) =>
    logLine(runNow(app), 'connection', `Slack webhook of ${property.name} moved out of its cell`),
  );
  return commit(app.host, loaded, runNow(app), { people, log });
}

interface Due {
  readonly property: PropertyName;
  readonly day: Day;
  readonly nextLease: number;
}

/** The day to go on with, else the first property whose date has changed. */
function nextDue(loaded: Loaded, app: App): Due | undefined {
  const { marks, book } = loaded;
  const run = runNow(app);
  for (const property of book.properties.values()) {
    const day = localDay(run.now, property.zone);
    const last = marks.days.get(property.name);
    if (last && last >= day) continue;
    const begun = marks.begun?.property === property.name && marks.begun.day === day ? marks.begun.nextLease : 0;
    return { property: property.name, day, nextLease: begun };
  }
  return undefined;
}

/** One step takes as many properties as fit, so that three buildings of ten units are one commit. */
function dayStep(loaded: Loaded, app: App, first: Due, entriesMax: number) {
  const run = runNow(app);
  const finished: { property: PropertyName; day: Day }[] = [];
  const decisions: Decision[] = [rematched(loaded, app)];
  const matchedAccounts = decisions[0]?.entries.length ?? 0;
  let entries = matchedAccounts;
  let begun: Due | undefined;
  const days = new Map(loaded.marks.days);
  // Entries of a re-match change the state that the day is decided on: they are committed first, alone.
  if (matchedAccounts === 0) {
    for (const property of loaded.book.properties.values()) {
      const day = localDay(run.now, property.zone);
      const last = days.get(property.name);
      if (last && last >= day) continue;
      const from = property.name === first.property ? first.nextLease : 0;
      const part = decideDay(loaded.book, run, property, day, from, entriesMax - entries);
      decisions.push(part.decision);
      entries += part.decision.entries.length;
      if (part.nextLease !== undefined) {
        begun = { property: property.name, day, nextLease: part.nextLease };
        break;
      }
      days.set(property.name, day);
      finished.push({ property: property.name, day });
      if (entries >= entriesMax) break;
    }
  }
  const decision = merged(decisions);
  const { begun: _begun, ...marks } = loaded.marks;
  const changes: Changes = { decision, marks: { ...marks, days, ...(begun ? { begun } : { begun: undefined }) } };
  return { changes, decision, finished };
}

/** Payments that waited are matched again: the lease, the link or the reference may be there now. */
function rematched(loaded: Loaded, app: App): Decision {
  const waiting = loaded.book.receipts.filter(
    (row) => !row.lease && (row.state === 'settled' || row.state === 'pending') && row.reversals.length === 0,
  );
  if (waiting.length === 0) return NOTHING;
  const index = matchIndex(loaded.book.leases, loaded.book.links);
  const known = new Map(waiting.map((row) => [row.key, row]));
  const decision = decidePayments({ book: loaded.book, run: runNow(app), index, known }, waiting.map(paymentOf));
  return decision.receipts.some((row) => row.lease) ? decision : NOTHING;
}

export function merged(decisions: readonly Decision[]): Decision {
  return {
    entries: decisions.flatMap((each) => each.entries),
    receipts: decisions.flatMap((each) => each.receipts),
    intents: decisions.flatMap((each) => each.intents),
    tasks: decisions.flatMap((each) => each.tasks),
    closedTasks: decisions.flatMap((each) => each.closedTasks),
    log: decisions.flatMap((each) => each.log),
  };
}

/** The views that people look at, and the digest of the properties whose day was just run. */
function commitViews(loaded: Loaded, app: App, properties: readonly PropertyName[]): Loaded {
  const run = runNow(app);
  const dashboard = loaded.sheetIds.get(DASHBOARD.title);
  const intents = digests(loaded.book, loaded.outbox, run, properties);
  if (intents.length > 0) effectsComing(app);
  const log =
    properties.length > 0
      ? [
          logLine(
            run,
            'run',
            `Daily run of ${properties.join(', ')}${loaded.book.problems.length > 0 ? `; ${loaded.book.problems.length} problems` : ''}`,
          ),
        ]
      : [];
  return commit(app.host, loaded, run, {
    decision: { ...NOTHING, intents },
    rentRoll: rentRollRows(loaded.book, run),
    log,
    more: dashboard === undefined ? [] : dashboardRequests(loaded.book, run, dashboard),
  });
}
