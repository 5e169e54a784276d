/** Leases of a property system taken over: what would be added, changed and ended, and then what a person has chosen of it. */
import type { Roster } from '../../connectors/roster';
import { localDay } from '../../domain/calendar';
import { needsLink, type RosterChange, type RosterNews, rosterNews } from '../../domain/roster';
import type { Day } from '../../domain/values';
import { logLine } from '../../domain/wishes';
import { type App, accountOf, runNow } from '../../run/app';
import { daysMayHaveChanged } from '../../run/hints';
import type { PeopleWrite } from '../../sheet/commit';
import { type Loaded, loadBook } from '../../sheet/load';
import { LEASES, LINKS } from '../../sheet/schema';
import { unreadRows } from '../../sheet/unread-rows';
import { type Judged, judge } from '../import-judge';
import { askedOf } from './asked';
import { actOnce, became, type Done } from './once';
import type { Applied } from './override';
import { type Open, opened } from './platform-acts';
import type { Refusal } from './told';

export interface RosterView extends RosterNews {
  /** What could not be read there. */
  readonly faults: readonly string[];
  /** Leases that were read, whoever lives there. */
  readonly leases: number;
}

export function roster(app: App, { platform }: { readonly platform: string }): RosterView | Refusal {
  const open = opened(app, platform);
  if ('refused' in open) return open;
  const loaded = loadBook(app.host);
  const read = readThere(app, open, loaded);
  return 'refused' in read ? read : viewOf(app, open, loaded, read.value);
}

function readThere(app: App, open: Open, loaded: Loaded): { readonly value: Roster } | Refusal {
  const { connector } = open;
  if (!connector.roster) return { refused: `${connector.title} has no leases to take over.` };
  return askedOf(app, open, connector.roster(accountOf(app, connector), todayIn(app, loaded)));
}

const todayIn = (app: App, { book }: Loaded): Day => localDay(runNow(app).now, book.settings.zone);

function viewOf(app: App, { connector }: Open, loaded: Loaded, { leases, faults }: Roster): RosterView {
  const { book } = loaded;
  const today = todayIn(app, loaded);
  return {
    ...rosterNews(book, connector.id, leases, today, unreadRows(app.host, loaded, connector.id)),
    faults: faults.map(({ about, fault }) => `${about}: ${fault.message}`),
    leases: leases.length,
  };
}

interface Taking {
  readonly request: string;
  readonly platform: string;
  /** Of the preview that the person has seen. */
  readonly version: string;
  /** Which of it, by the ids there. */
  readonly ids: readonly string[];
}

/** It is read again, before the lock is taken: what has changed since the preview is not taken unseen. */
export function takeRoster(app: App, asked: Taking): Applied | Refusal {
  const open = opened(app, asked.platform);
  if ('refused' in open) return open;
  const before = became(app, asked);
  if (before.state === 'done') return before.applied;
  const read = readThere(app, open, loadBook(app.host));
  if ('refused' in read) return read;
  return actOnce(app, asked.request, (acting, loaded): Done | Refusal => {
    const view = viewOf(acting, open, loaded, read.value);
    if (view.version !== asked.version)
      return { refused: `${open.connector.title} or the Leases tab has changed since you looked. Look once more.` };
    const chosen = view.changes.filter((each) => asked.ids.includes(each.id));
    if (chosen.length === 0) return { refused: 'Nothing is chosen.' };
    return taken(acting, loaded, open, chosen);
  });
}

function taken(app: App, loaded: Loaded, { connector }: Open, chosen: readonly RosterChange[]): Done | Refusal {
  const judged = groupsOf(chosen).map((group) => ({ group, judged: judgedGroup(app, loaded, group) }));
  const refused = judged.flatMap(({ group, judged: { report } }) =>
    report.refused.map(({ row, reasons }) => ({ change: group[row - 2], reasons })),
  );
  const out = new Set(refused.map(({ change }) => change?.id));
  const good = chosen.filter(({ id }) => !out.has(id));
  const [first] = refused;
  const why = first ? `${first.change?.title ?? ''}: ${first.reasons.join(' ')}` : '';
  if (good.length === 0) return { refused: `None of them can be taken. ${why}` };
  daysMayHaveChanged(app);
  const writes = [...judged.flatMap((each) => each.judged.writes), ...linkWrites(loaded, connector.id, good)];
  const says =
    `${good.length} ${good.length === 1 ? 'lease is' : 'leases are'} taken from ${connector.title}.` +
    (refused.length > 0 ? ` ${refused.length} could not be: ${why}` : '');
  const lines = good.map((change) =>
    logLine(runNow(app), 'import', `${connector.title}: ${change.kind} ${change.title}`, {
      lease: change.lease,
      before: textOf(change, 'before'),
      after: textOf(change, 'after'),
    }),
  );
  return {
    changes: { people: sameRow(writes), log: lines },
    applied: { done: true, says: says.slice(0, 600), keys: [] },
  };
}

const textOf = ({ cells }: RosterChange, side: 'before' | 'after'): string =>
  cells
    .map((cell) => `${cell.header}: ${cell[side] || 'nothing'}`)
    .join('; ')
    .slice(0, 300);

/** Rows with the same columns are one table: a column that a row has not must stay as it is. */
function groupsOf(chosen: readonly RosterChange[]): readonly (readonly RosterChange[])[] {
  const groups = new Map<string, RosterChange[]>();
  for (const change of chosen) {
    if (change.cells.length === 0) continue;
    const name = change.cells.map(({ header }) => header).join('|');
    groups.set(name, [...(groups.get(name) ?? []), change]);
  }
  return [...groups.values()];
}

/** As the sheet itself would be read. */
function judgedGroup(app: App, loaded: Loaded, group: readonly RosterChange[]): Judged {
  const headers = [
    'Lease ID',
    ...(group[0]?.cells ?? []).map(({ header }) => header).filter((each) => each !== 'Lease ID'),
  ];
  const rows = group.map((change, at) => ({
    row: at + 2,
    cells: headers.map((header) =>
      header === 'Lease ID' ? change.lease : (change.cells.find((cell) => cell.header === header)?.after ?? ''),
    ),
  }));
  const table = { headers, rows, problems: [] };
  return judge(app.host, loaded, { table, tab: LEASES.title, dateOrder: 'ymd' });
}

const linkWrites = ({ book }: Loaded, platform: string, good: readonly RosterChange[]): readonly PeopleWrite[] =>
  good
    .filter((change) => needsLink(book, platform, change))
    .map(({ lease, id }) => ({
      tab: LINKS,
      cells: { 'Lease ID': lease, Platform: platform, Kind: 'customer', 'External ID': id },
    }));

/** Each group adds the properties that it misses: of two that miss the same one, one adds it. */
function sameRow(writes: readonly PeopleWrite[]): readonly PeopleWrite[] {
  const seen = new Set<string>();
  return writes.filter((write) => {
    const name = write.tab.title === 'Properties' && write.row === undefined ? String(write.cells.Property) : '';
    return name === '' || (!seen.has(name) && seen.add(name));
  });
}
