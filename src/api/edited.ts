/** A person's edit on a people's tab is written to the Log: who, what, before, after. */

import { logLine } from '../domain/wishes';
import type { Edit } from '../ports';
import { type App, runNow } from '../run/app';
import { daysMayHaveChanged } from '../run/hints';
import { withLock } from '../run/lock';
import { commit } from '../sheet/commit';
import { loadBook } from '../sheet/load';
import { TABS } from '../sheet/schema';

const SECRET = /hooks\.slack\.com|sk_(live|test)_|rk_(live|test)_/;

export function edited(app: App, edit: Edit): void {
  const tab = TABS.find((each) => each.title === edit.tab);
  if (!tab) return;
  if (tab.owner === 'people') daysMayHaveChanged(app);
  const shown = (value: string | undefined) =>
    value === undefined ? '' : SECRET.test(value) ? '(secret)' : value.slice(0, 500);
  const several = edit.after === undefined && edit.before === undefined ? ' (several cells)' : '';
  const what =
    tab.owner === 'people'
      ? `${edit.tab}!${edit.a1} edited${several}`
      : `${edit.tab}!${edit.a1}, a tab of the add-on, edited${several}`;
  withLock(app, () => {
    const run = runNow(app);
    commit(app.host, loadBook(app.host), run, {
      log: [
        logLine({ ...run, by: edit.user || 'unknown person' }, 'edit', what, {
          before: shown(edit.before),
          after: shown(edit.after),
        }),
      ],
    });
  });
}
