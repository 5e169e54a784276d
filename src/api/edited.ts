/** A person's edit on a people's tab is written to the Log: who, what, before, after. */

import type { LogLine } from '../domain/book';
import { logLine } from '../domain/wishes';
import { continueLater } from '../jobs/later';
import type { Edit } from '../ports';
import { type App, errorText, runNow } from '../run/app';
import { setAside } from '../run/edits';
import { daysMayHaveChanged } from '../run/hints';
import { withLock } from '../run/lock';
import { commit } from '../sheet/commit';
import { BookBroken, loadBook } from '../sheet/load';
import { TABS, TEMPLATES } from '../sheet/schema';
import { noteTemplateFaults } from '../sheet/template-notes';

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
  const run = runNow(app);
  const line = logLine({ ...run, by: edit.user || 'unknown person' }, 'edit', what, {
    before: shown(edit.before),
    after: shown(edit.after),
  });
  // The edit has happened and nobody will tell of it again: what cannot be written now is kept for the next run.
  const isLogged = logged(app, line);
  if (!isLogged) setAside(app, line);
  if (tab === TEMPLATES) tellFaults(app, edit);
  if (!isLogged) continueLater(app);
}

/** While the person still looks at the template. The same faults are problems of the book, so nothing is lost without a note. */
function tellFaults(app: App, { a1 }: Edit): void {
  try {
    noteTemplateFaults(app.host.workbook, a1);
  } catch (error) {
    app.host.note(`The notes on ${TEMPLATES.title}!${a1} are not written: ${errorText(error)}`);
  }
}

/** False when another run holds the lock, or the book is broken and takes nothing. */
function logged(app: App, line: LogLine): boolean {
  try {
    return withLock(app, () => commit(app.host, loadBook(app.host), runNow(app), { log: [line] })) !== 'busy';
  } catch (error) {
    if (!(error instanceof BookBroken)) throw error;
    app.host.note(`The edit is not in the Log yet: ${errorText(error)}`);
    return false;
  }
}
