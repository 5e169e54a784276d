/** Once a day the leases of property systems are held against the Leases tab; what differs becomes one task for each system. */
import type { Roster } from '../connectors/roster';
import type { Task } from '../domain/book';
import { localDay } from '../domain/calendar';
import { type RosterNews, rosterNews } from '../domain/roster';
import { type Decision, NOTHING, type RunBook } from '../domain/run-book';
import { type Day, key } from '../domain/values';
import { type App, accountOf, credentialsOf, runNow } from '../run/app';
import { countedFlows } from '../run/flows';
import { withLock } from '../run/lock';
import { commit } from '../sheet/commit';
import { loadBook } from '../sheet/load';
import { unreadRows } from '../sheet/unread-rows';
import { isPaused } from './feed-memory';
import type { Due } from './told-feed';

const ROSTER = 'task:roster:';

export interface RostersReport {
  /** Systems whose leases differ. */
  readonly differ: number;
  readonly faults: readonly string[];
}

/** Undefined where no property system is connected; `busy` where another run holds the lock. */
export function compareRosters(app: App, today: Day): RostersReport | 'busy' | undefined {
  const own = app.host.userStore.all();
  const due = app.connectors.flatMap((connector): Due[] => {
    const credentials = connector.roster && !isPaused(own, connector.id) && credentialsOf(app, connector, own);
    return credentials ? [{ connector, credentials }] : [];
  });
  if (due.length === 0) return undefined;
  const { read, faults } = readThem(app, due, today);
  const differ = withLock(app, () => write(app, read));
  return differ === 'busy' ? 'busy' : { differ, faults };
}

function readThem(app: App, due: readonly Due[], today: Day) {
  const jobs = due.flatMap((each) => {
    const reading = each.connector.roster;
    return reading ? [{ ...each, flow: reading(accountOf(app, each.connector), today) }] : [];
  });
  const results = countedFlows<Roster>(app, jobs);
  const read = new Map<Due, Roster>();
  const faults: string[] = [];
  results.forEach((result, at) => {
    const one = jobs[at];
    if (!one) return;
    if ('value' in result) read.set(one, result.value);
    else faults.push(`${one.connector.title}: ${result.fault.message}`);
  });
  return { read, faults };
}

/** Reads the sheet anew, since people went on while the systems were asked. */
function write(app: App, read: ReadonlyMap<Due, Roster>): number {
  const loaded = loadBook(app.host);
  const run = runNow(app);
  const today = localDay(run.now, loaded.book.settings.zone);
  const newsOf = (platform: string, leases: Roster['leases']) =>
    rosterNews(loaded.book, platform, leases, today, unreadRows(app.host, loaded, platform));
  const decided = [...read].map(([{ connector }, { leases }]) =>
    taskFor(loaded.book, connector, newsOf(connector.id, leases), today),
  );
  const tasks = decided.flatMap((each) => each.tasks);
  const closedTasks = decided.flatMap((each) => each.closedTasks);
  if (tasks.length + closedTasks.length > 0)
    commit(app.host, loaded, run, { decision: { ...NOTHING, tasks, closedTasks } });
  return decided.filter((each) => each.differs).length;
}

interface Decided extends Pick<Decision, 'tasks' | 'closedTasks'> {
  readonly differs: boolean;
}

/** One task for what differs now; a person who has seen it is not asked about the same again. */
function taskFor(
  book: RunBook,
  { id, title }: { readonly id: string; readonly title: string },
  news: RosterNews,
  today: Day,
): Decided {
  const differs = countIn(news) > 0;
  const name = key(`${ROSTER}${id}:${news.version}`);
  const closedTasks = book.tasks
    .filter((task) => task.state === 'open' && task.key.startsWith(`${ROSTER}${id}:`))
    .filter((task) => !differs || task.key !== name)
    .map((task) => ({ key: task.key, outcome: differs ? 'Something else differs by now.' : `Agrees on ${today}.` }));
  const isKnown = book.tasks.some((task) => task.key === name);
  return { differs, tasks: differs && !isKnown ? [taskOf(book, title, name, news, today)] : [], closedTasks };
}

const taskOf = ({ settings }: RunBook, title: string, name: Task['key'], news: RosterNews, today: Day): Task => ({
  key: name,
  title: `${title}: ${counted(countIn(news))} from the Leases tab`,
  detail: `${wordsOf(news)} Look at them: Connections, ${title}, Take over leases.`,
  owner: settings.digestTo,
  due: today,
});

const countIn = ({ changes, missing, notes }: RosterNews): number => changes.length + missing.length + notes.length;

const counted = (count: number): string => (count === 1 ? 'one lease differs' : `${count} leases differ`);

function wordsOf({ changes, missing, notes }: RosterNews): string {
  const count = (kind: string) => changes.filter((each) => each.kind === kind).length;
  const parts = [
    [count('add'), 'new'],
    [count('change'), 'changed'],
    [count('end'), 'ending'],
    [count('link'), 'not linked yet'],
    [missing.length, 'no longer there'],
    [notes.length, 'to look at'],
  ] as const;
  const words = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return `${words.join(', ')}.`;
}
