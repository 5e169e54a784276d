/** A platform's row on the Connections tab, written when a person or a sign-in changes it. */
import type { LogLine } from '../domain/book';
import type { Cell } from '../ports';
import { type App, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { isoOf } from '../sheet/cells';
import { commit, type PeopleWrite } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import type { ConnectionState } from './desk/connections';

export interface RowChange {
  readonly state: ConnectionState;
  readonly account?: string;
  readonly fault?: string;
  readonly success?: boolean;
  /** `live` or `sandbox`. */
  readonly mode?: string;
  /** The first day whose charges are mirrored into these books; '' takes it away. */
  readonly booksFrom?: string;
  /** Reading begins anew. */
  readonly anew?: boolean;
}

/** The platform's row on the Connections tab, with a line of the Log where there is one to write. */
export function writeRow(
  app: App,
  platform: string,
  change: RowChange,
  line: LogLine | undefined,
  people: (loaded: Loaded) => readonly PeopleWrite[] = () => [],
): true | 'busy' {
  return withLock(app, () => {
    const loaded = loadBook(app.host);
    commit(app.host, loaded, runNow(app), {
      connections: [{ platform, cells: rowCells(app, loaded, platform, change) }],
      people: people(loaded),
      log: line ? [line] : [],
    });
    return true;
  });
}

function rowCells(app: App, { connections: rows }: Loaded, platform: string, change: RowChange): readonly Cell[] {
  const before = rows.find((each) => each.platform === platform)?.cells ?? [];
  const now = isoOf(runNow(app).now);
  return [
    platform,
    change.state,
    change.account ?? before[2] ?? '',
    change.success ? now : (before[3] ?? ''),
    change.fault ?? before[4] ?? '',
    before[5] ?? 0,
    change.anew ? '' : (before[6] ?? ''),
    now,
    change.mode ?? before[8] ?? '',
    change.booksFrom ?? before[9] ?? '',
  ];
}
