/** The nightly comparison: every platform and the ledger are held against each other, and each difference becomes a task with its fix. */
import type { BookItem, Connector, Credentials, Flow } from '../connectors/connector';
import type { PaymentSeen, ReceiptRow, Task, TaskRow } from '../domain/book';
import { instantOf, localDay } from '../domain/calendar';
import {
  bookedHere,
  type Compared,
  compareBooks,
  comparePayments,
  type Drift,
  driftDetail,
  driftSince,
  driftTitle,
} from '../domain/drift';
import { booksName, type Mirror } from '../domain/mirror';
import { NOTHING } from '../domain/run-book';
import { type Day, type Instant, key, type Zone } from '../domain/values';
import { logLine } from '../domain/wishes';
import type { Fault } from '../http/types';
import { hasFailed, keepAgreed, keepFailed, lastAgreed } from '../run/agreed';
import { type App, accountOf, credentialsOf, runNow } from '../run/app';
import { countedFlows } from '../run/flows';
import { zoneHint } from '../run/hints';
import { withLock } from '../run/lock';
import type { Kept } from '../run/told';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { olderReceipts } from '../sheet/older-receipts';
import { feedName, isPaused, remembered } from './feed-memory';

export interface AgreeReport {
  readonly compared: number;
  readonly drifts: number;
  readonly faults: readonly string[];
}

interface Seen {
  readonly payments?: readonly PaymentSeen[];
  readonly items?: readonly BookItem[];
}

interface Platform {
  readonly connector: Connector;
  readonly credentials: Credentials;
  readonly since: Instant;
}

/** A payment that shows this late at its vendor is no difference yet. */
const FRESH_MS = 6 * 3_600_000;
const PULLS_MAX = 400;
const LAST_DAY = '9999-12-31' as Day;

/**
 * Once a day and platform, whether it can be compared or not; with `only`, that one at any time. Undefined where there is nothing
 * to compare, and `busy` where another run holds the lock: then nothing is told, and it is still to be done.
 */
export function agree(app: App, kept: Kept, only?: string): AgreeReport | 'busy' | undefined {
  const own = app.host.userStore.all();
  const zone = zoneHint(kept) ?? ('Etc/UTC' as Zone);
  const today = localDay(app.host.clock.now(), zone);
  const first = instantOf(driftSince(today), 0, 0, zone);
  const platforms = app.connectors.flatMap((connector): Platform[] => {
    const isDone = lastAgreed(kept, connector.id)?.day === today || hasFailed(kept, connector.id, today);
    const isDue = only === undefined ? !isDone : only === connector.id;
    if (!isDue || !(connector.receipts || connector.books) || isPaused(own, connector.id)) return [];
    const credentials = credentialsOf(app, connector, own);
    // Nothing before the first day of the books was ever asked for.
    const memory = remembered(own[feedName(connector.id)]);
    const since = Math.max(first, memory?.since ?? first) as Instant;
    // A feed that could not be read just now differs for that reason alone; who asks for this one has it read before.
    if (memory?.lastFault && only === undefined) return [];
    return credentials ? [{ connector, credentials, since }] : [];
  });
  if (platforms.length === 0) return undefined;
  const jobs = platforms.map((platform) => ({ ...platform, flow: look(app, platform) }));
  const results = countedFlows<Seen>(app, jobs, own);
  const faults: string[] = [];
  const seen = new Map<Platform, Seen>();
  results.forEach((result, index) => {
    const platform = platforms[index];
    if (!platform) return;
    if ('value' in result) seen.set(platform, result.value);
    else faults.push(`${platform.connector.title}: ${(result.fault as Fault).message}`);
  });
  keepFailed(
    app,
    today,
    platforms.filter((platform) => !seen.has(platform)).map(({ connector }) => connector.id),
  );
  const drifts = withLock(app, () => write(app, today, seen));
  return drifts === 'busy' ? 'busy' : { compared: seen.size, drifts, faults };
}

/** A feed read anew from the beginning of the period, and what the books hold of ours. */
function* look(app: App, { connector, since }: Platform): Flow<Seen> {
  const now = app.host.clock.now();
  const context = { since, now, account: accountOf(app, connector) };
  const items = connector.books ? yield* connector.books.items({ ...context, until: now }) : undefined;
  if (!connector.receipts) return items ? { items } : {};
  const payments: PaymentSeen[] = [];
  let page = yield* connector.receipts.pull(undefined, context);
  payments.push(...page.payments);
  for (let pulls = 1; page.more && pulls < PULLS_MAX; pulls++) {
    page = yield* connector.receipts.pull(page.state, context);
    payments.push(...page.payments);
  }
  return items ? { payments, items } : { payments };
}

/** Reads the ledger anew, since it went on while the platforms were asked. */
function write(app: App, today: Day, seen: ReadonlyMap<Platform, Seen>): number {
  const loaded = loadBook(app.host);
  const run = runNow(app);
  const tasks: Task[] = [];
  const closed: { key: Task['key']; outcome: string }[] = [];
  const told: Record<string, Compared> = {};
  for (const [{ connector, since }, found] of seen) {
    const compared = comparedWith(app, loaded, connector, found, today, since);
    told[connector.id] = compared;
    const fresh = tasksFor(loaded, connector, compared.drifts, today);
    tasks.push(...fresh.opened);
    closed.push(...fresh.closed);
  }
  if (tasks.length > 0 || closed.length > 0) {
    const decision = { ...NOTHING, tasks, closedTasks: closed };
    const log = [...seen.keys()].flatMap(({ connector }) => {
      const count = told[connector.id]?.drifts.length ?? 0;
      const more = count > TASKS_MAX ? `; tasks stand for ${TASKS_MAX}, and for the others once these are settled` : '';
      const what = `${connector.title}: ${count} differences from the ledger${more}`;
      return count > 0 ? [logLine(run, 'connection', what)] : [];
    });
    commit(app.host, loaded, run, { decision, log });
  }
  keepAgreed(app, today, told);
  return Object.values(told).reduce((all, compared) => all + compared.drifts.length, 0);
}

function comparedWith(
  app: App,
  loaded: Loaded,
  connector: Connector,
  { payments, items }: Seen,
  today: Day,
  since: Instant,
): Compared {
  const now = runNow(app).now;
  const mirror = (loaded.book.mirrors ?? []).find((each) => each.platform === connector.id);
  if (items && mirror) {
    const { zone } = loaded.book.settings;
    const takes = connector.books?.takes?.(accountOf(app, connector));
    const ours = bookedHere(loaded.book, mirror, localDay(since, zone), today);
    const here = takes ? ours.filter(({ kind }) => takes.includes(kind)) : ours;
    const aside = new Set([...waitingNumbers(loaded, connector.id), ...otherwhen(loaded, mirror, here)]);
    const books = compareBooks(here, items, aside);
    const drifts = payments ? comparedPayments(app, loaded, connector, payments, since, now).drifts : [];
    return { ...books, drifts: [...books.drifts, ...drifts] };
  }
  return comparedPayments(app, loaded, connector, payments ?? [], since, now);
}

/** Rent paid late or ahead lies within the period on an invoice that does not: it stands here, and is no difference. */
function otherwhen({ book }: Loaded, mirror: Mirror, here: ReturnType<typeof bookedHere>): readonly string[] {
  const within = new Set(here.map((each) => each.number));
  return bookedHere(book, mirror, mirror.from, LAST_DAY)
    .map((each) => each.number)
    .filter((number) => !within.has(number));
}

function comparedPayments(
  app: App,
  loaded: Loaded,
  { id }: Connector,
  payments: readonly PaymentSeen[],
  since: Instant,
  now: Instant,
): Compared {
  const rows = rowsFrom(app, loaded, id, payments);
  const isOld = (at: Instant) => at < now - FRESH_MS;
  return comparePayments(
    payments.filter((each) => isOld(each.initiatedAt)),
    rows.filter((row) => isOld(row.initiatedAt)),
    since,
  );
}

function rowsFrom(app: App, loaded: Loaded, id: string, payments: readonly PaymentSeen[]): readonly ReceiptRow[] {
  // Parts of a split payment are ours alone: the whole is what its source knows.
  const mine = loaded.book.receipts.filter((row) => row.source === id && !/\/\d+$/.test(row.key));
  const known = new Set(mine.map((row) => row.key));
  const older = olderReceipts(
    app.host,
    loaded,
    payments.filter((each) => !known.has(each.key)).map((each) => each.key),
  );
  return [...mine, ...older.filter((row) => !/\/\d+$/.test(row.key))];
}

const waitingNumbers = ({ outbox }: Loaded, platform: string): ReadonlySet<string> =>
  new Set(
    outbox
      .filter((row) => row.channel === platform && (row.state === 'ready' || row.state === 'sending'))
      .flatMap((row) => booksName(row.key)?.split(':').slice(2) ?? []),
  );

// ---------------------------------------------------------------- tasks

const stemOf = (connector: Pick<Connector, 'id'>, drift: Drift): string =>
  `task:drift:${connector.id}:${drift.about}:${drift.kind.replace(' ', '-')}`;

/** What a task about a difference is about. */
export function driftOf(task: Pick<TaskRow, 'key'>): { readonly platform: string; readonly about: string } | undefined {
  const match = /^task:drift:([^:]+):(.+):(?:missing-here|missing-there|amount-differs|state-differs):/.exec(task.key);
  return match ? { platform: match[1] ?? '', about: match[2] ?? '' } : undefined;
}

/**
 * Where the wrong account was connected everything differs. So many tasks of a platform are open at most: nobody works on more, and
 * thousands would not fit into one commit.
 */
const TASKS_MAX = 100;

function tasksFor({ book }: Loaded, connector: Connector, drifts: readonly Drift[], today: Day) {
  const open = book.tasks.filter((task) => task.state === 'open' && driftOf(task)?.platform === connector.id);
  const stems = new Set(drifts.map((drift) => stemOf(connector, drift)));
  const isOpen = (stem: string) => open.some((task) => task.key.startsWith(`${stem}:`));
  const closed = open
    .filter((task) => ![...stems].some((stem) => task.key.startsWith(`${stem}:`)))
    .map((task) => ({ key: task.key, outcome: `Agrees again on ${today}.` }));
  const opened = drifts
    .filter((drift) => !isOpen(stemOf(connector, drift)))
    .slice(0, Math.max(0, TASKS_MAX - (open.length - closed.length)))
    .map((drift): Task => {
      const lease = drift.lease && book.leases.find((each) => each.id === drift.lease);
      return {
        key: key(`${stemOf(connector, drift)}:${today}`),
        ...(lease ? { lease: lease.id, property: lease.property } : {}),
        title: driftTitle(connector.title, drift),
        detail: driftDetail(drift),
        owner: (lease && book.properties.get(lease.property)?.managerEmail) || book.settings.digestTo,
        due: today,
      };
    });
  return { opened, closed };
}
