/** The daily run: each property's day when its local date changes, in steps of at most 2,000 entries. */

import type { Property } from '../domain/book';
import { localDay } from '../domain/calendar';
import { decideDay } from '../domain/day';
import { digests } from '../domain/digest';
import { matchIndex } from '../domain/matching';
import { decidePayments, paymentOf } from '../domain/payments';
import { type Decision, NOTHING } from '../domain/run-book';
import { standingsToTell } from '../domain/telling';
import { type Day, type PropertyName, problemText } from '../domain/values';
import { logLine } from '../domain/wishes';
import { SEND } from '../outbox/deliver';
import { type App, runNow, storeWebhook } from '../run/app';
import { editsAside, forgetAside } from '../run/edits';
import { alertsKept } from '../run/failures';
import { nextDay } from '../run/hints';
import { withLock } from '../run/lock';
import { type Changes, commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { PROPERTIES } from '../sheet/schema';
import { closing } from './close';
import { listPageRows } from './page-rows';
import { keepPages } from './pages';
import { payoutFacts } from './payouts';
import { daySteps, entryCounts, READ_SHEET, VIEWS } from './steps';

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
  app.progress?.begin(READ_SHEET);
  app.progress?.plan([VIEWS, SEND]);
  let loaded = editsLogged(secretsOutOfCells(loadBook(app.host), app), app);
  for (const part of closing(loaded, runNow(app))) loaded = commit(app.host, loaded, runNow(app), part);
  const matched = rematched(loaded, app);
  if (matched.receipts.length > 0) {
    if (matched.intents.length > 0) effectsComing(app);
    loaded = commit(app.host, loaded, runNow(app), { decision: matched });
  }
  const decisions: Decision[] = [matched];
  const days: { property: PropertyName; day: Day }[] = [];
  let from: Position = { lease: 0 };
  const steps = daySteps(dueProperties(loaded, app));
  app.progress?.plan([...new Set(steps.values())]);
  while (isDayDue(loaded, app) && app.mayGoOn()) {
    const [next] = dueProperties(loaded, app);
    app.progress?.begin(...(next ? [steps.get(next) ?? READ_SHEET] : []));
    if (app.progress?.isStopping()) break;
    const step = dayStep(loaded, app, from, ENTRIES_AT_ONCE);
    if (step.decision.intents.length > 0) effectsComing(app);
    loaded = commit(app.host, loaded, runNow(app), step.changes);
    tellDays(app, steps, step);
    decisions.push(step.decision);
    days.push(...step.finished);
    from = step.next;
  }
  loaded = keepPages(app, loaded);
  listPageRows(app, loaded);
  if (loaded.marks.viewsFor.length > 0 || views) {
    app.progress?.begin(VIEWS);
    if (!app.progress?.isStopping()) loaded = commitViews(loaded, app);
  }
  const due = isDayDue(loaded, app);
  if (!due) nextDay(app, loaded.book, alertsKept(loaded));
  return reportOf(loaded, decisions, days, due);
}

function reportOf(
  loaded: Loaded,
  decisions: readonly Decision[],
  days: DailyReport['days'],
  due: boolean,
): DailyReport {
  const entries = decisions.flatMap((decision) => decision.entries);
  const charges = entries.filter((entry) => entry.kind === 'charge');
  return {
    result: due ? 'goes on' : days.length > 0 ? 'done' : 'nothing to do',
    days,
    problems: loaded.book.problems.map(problemText),
    rungs: entries.filter((entry) => entry.kind === 'rung').length,
    charges: charges.filter((entry) => entry.type !== 'late fee').length,
    fees: charges.filter((entry) => entry.type === 'late fee').length,
    tasks: decisions.reduce((all, decision) => all + decision.tasks.length, 0),
  };
}

/** Edits that came while another run had the lock. */
function editsLogged(loaded: Loaded, app: App): Loaded {
  const aside = editsAside(app);
  if (aside.names.length === 0) return loaded;
  const after = commit(app.host, loaded, runNow(app), { log: aside.lines });
  forgetAside(app, aside);
  return after;
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

/** Where a step goes on within this execution; another execution begins anew, for people may have sorted the rows. */
interface Position {
  readonly property?: PropertyName;
  readonly lease: number;
}

const ranToday = (days: ReadonlyMap<PropertyName, Day>, property: Property, today: Day): boolean =>
  (days.get(property.name) ?? '') >= today;

function dueProperties({ book, marks }: Loaded, app: App): readonly PropertyName[] {
  const { now } = runNow(app);
  const due = [...book.properties.values()].filter((each) => !ranToday(marks.days, each, localDay(now, each.zone)));
  return due.map((each) => each.name);
}

const isDayDue = (loaded: Loaded, app: App): boolean => dueProperties(loaded, app).length > 0;

/** A step takes several properties at once: each of them is told apart. */
function tellDays(app: App, steps: ReadonlyMap<PropertyName, string>, step: ReturnType<typeof dayStep>): void {
  for (const [property, name] of steps) {
    const entries = step.decision.entries.filter((entry) => entry.property === property);
    app.progress?.add(entryCounts(entries), name);
  }
  const left = step.next.property;
  const finished = step.finished.flatMap(({ property }) => steps.get(property as PropertyName) ?? []);
  app.progress?.done(finished.filter((name) => left === undefined || name !== steps.get(left)));
}

/** One step takes as many properties as fit, so that three buildings of ten units are one commit. */
function dayStep(loaded: Loaded, app: App, from: Position, entriesMax: number) {
  const run = runNow(app);
  const finished: { property: PropertyName; day: Day }[] = [];
  const decisions: Decision[] = [];
  const days = new Map(loaded.marks.days);
  let entries = 0;
  let next: Position = { lease: 0 };
  for (const property of loaded.book.properties.values()) {
    const day = localDay(run.now, property.zone);
    if (ranToday(days, property, day)) continue;
    const first = property.name === from.property ? from.lease : 0;
    const part = decideDay(loaded.book, run, property, day, first, entriesMax - entries);
    decisions.push(part.decision);
    entries += part.decision.entries.length;
    if (part.nextLease !== undefined) {
      next = { property: property.name, lease: part.nextLease };
      break;
    }
    days.set(property.name, day);
    finished.push({ property: property.name, day });
    if (entries >= entriesMax) break;
  }
  const decision = merged(decisions);
  const viewsFor = [...new Set([...loaded.marks.viewsFor, ...finished.map((each) => each.property)])];
  const changes: Changes = { decision, marks: { days, viewsFor } };
  return { changes, decision, finished, next };
}

/** Payments that waited are matched again: the lease, the link or the reference may be there now. */
function rematched(loaded: Loaded, app: App): Decision {
  const waiting = loaded.book.receipts.filter(
    (row) => !row.lease && (row.state === 'settled' || row.state === 'pending') && row.reversals.length === 0,
  );
  if (waiting.length === 0) return NOTHING;
  const index = matchIndex(loaded.book.leases, loaded.book.links);
  const known = new Map(waiting.map((row) => [row.key, row]));
  const decision = decidePayments(
    { book: loaded.book, run: runNow(app), index, known, payouts: payoutFacts(app, loaded) },
    waiting.map(paymentOf),
  );
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
    requests: decisions.flatMap((each) => each.requests ?? []),
  };
}

/** The views that people look at, and the digest of the properties whose day was run: what a kill left undone is done now. */
function commitViews(loaded: Loaded, app: App): Loaded {
  const run = runNow(app);
  const { book } = loaded;
  const properties = loaded.marks.viewsFor;
  const intents = [
    ...digests(book, loaded.outbox, run, properties),
    ...standingsToTell(book, run, loaded.outbox, (property) => properties.includes(property.name)),
  ];
  if (intents.length > 0) effectsComing(app);
  const problems = book.problems.length > 0 ? `; ${book.problems.length} problems` : '';
  const log = properties.length > 0 ? [logLine(run, 'run', `Daily run of ${properties.join(', ')}${problems}`)] : [];
  return commit(app.host, loaded, run, {
    decision: { ...NOTHING, intents },
    views: true,
    log,
    marks: { viewsFor: [] },
  });
}
