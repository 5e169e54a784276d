/** Who calls, and in which role: the owner by the set-up, managers and viewers by their addresses on the Settings tab. */

import type { App } from '../run/app';
import type { Person } from '../run/person';
import { textOf } from '../sheet/cells';
import { headerRow } from '../sheet/layout';
import { readPeopleList } from '../sheet/people-list';
import { SETTINGS } from '../sheet/schema';

/**
 * An empty address is an unknown person: the lowest role, never the owner. Before the set-up there is no owner, and whoever
 * sets up becomes it. Where Viewers names nobody, everybody who can open the Sheet may look.
 */
export function personOf(app: App): Person {
  const mail = app.host.session.activeUser().trim().toLowerCase();
  const owner = app.host.documentStore.get('owner')?.toLowerCase();
  if (mail !== '' && (owner === undefined || mail === owner)) return { mail, role: 'owner' };
  const { managers, viewers } = listed(app);
  const manager = mail === '' ? undefined : managers.find((each) => each.mail === mail);
  if (manager) return { ...manager, role: 'manager' };
  const viewer = mail === '' ? undefined : viewers.find((each) => each.mail === mail);
  if (viewer) return { ...viewer, role: 'viewer' };
  return { mail, role: viewers.length > 0 ? 'none' : 'viewer' };
}

/** One read, and only for people who are not the owner. A workbook without settings lists nobody. */
function listed(app: App) {
  const shape = app.host.workbook.shape();
  const rows = shape.sheets.some((sheet) => sheet.title === SETTINGS.title)
    ? (app.host.workbook.read([`'${SETTINGS.title}'!A1:AZ`])[0] ?? [])
    : [];
  const header = (rows[headerRow(SETTINGS, rows)] ?? []).map((cell) => textOf(cell).toLowerCase());
  const [name, value] = [header.indexOf('setting'), header.indexOf('value')];
  const setting = (wanted: string) =>
    readPeopleList(textOf(rows.find((row) => textOf(row[name]).toLowerCase() === wanted)?.[value]));
  return { managers: setting('managers'), viewers: setting('viewers') };
}
