/** Import of CSV rows: each row is checked as the sheet itself would be read, and taken whole or refused with its reasons. */
import type { LogLine } from '../domain/book';
import { logLine } from '../domain/wishes';
import { type App, runNow, storeWebhook } from '../run/app';
import { withLock } from '../run/lock';
import { maySee } from '../run/person';
import { textOf } from '../sheet/cells';
import { commit, type PeopleWrite } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { dateOrderOf, type ImportReport, type Judged, judge, refusedWhole } from './import-judge';
import { readCsv } from './rent-roll';

export type { ImportReport } from './import-judge';

/** Takes a file's text. `tab` names the tab when the headers alone do not. */
export function importCsv(
  app: App,
  file: { readonly name: string; readonly text: string; readonly tab?: string },
): ImportReport | 'busy' {
  return withLock(app, () => {
    const loaded = loadBook(app.host);
    const dateOrder = dateOrderOf(app.host.workbook.shape().locale);
    const judged = judge(app.host, loaded, { table: readCsv(file.text), tab: file.tab, dateOrder });
    if (judged.writes.length === 0) return judged.report;
    if (!judged.writes.every((write) => mayWrite(app, loaded, write)))
      return refusedWhole(file.tab ?? '', [{ row: 1, reasons: [OTHERS_TOO] }]).report;
    keepSecrets(app, judged);
    commit(app.host, loaded, runNow(app), { people: judged.writes, log: [importLine(app, judged)] });
    return judged.report;
  });
}

const OTHERS_TOO =
  'A file may hold leases of every property, and you act on some of them only. Ask the owner to import it.';

/** For a person who acts on some properties: a file may name any of them, and a tab may hold anybody. */
export const scopeRefused = (app: App): string | undefined =>
  app.person?.properties === undefined ? undefined : OTHERS_TOO;

/** A row about a property, or about a lease that stands at one, before and after it is written. */
function mayWrite(app: App, { book }: Loaded, { cells }: PeopleWrite): boolean {
  if (app.person?.properties === undefined) return true;
  const [property, id] = [textOf(cells.Property), textOf(cells['Lease ID']).toLowerCase()];
  const lease = book.leases.find((each) => each.id.toLowerCase() === id);
  const places = [property, lease?.property ?? ''].filter((place) => place !== '');
  return places.length > 0 && places.every((place) => maySee(app.person, place));
}

/** Before the rows are written: the cells only say that the secrets are there. */
export function keepSecrets(app: App, { secrets }: Judged): void {
  for (const { property, url } of secrets) storeWebhook(app, property, url);
}

export function importLine(app: App, { report }: Judged): LogLine {
  const { tab, taken, refused, added, updated } = report;
  return logLine(runNow(app), 'import', `${taken} rows taken into ${tab}, ${refused.length} refused`, {
    after: `${added} added, ${updated} updated`,
  });
}
