/** The row on which the person's cursor stands: which lease and which receipt it is about. Asked every two seconds, so cheap. */
import type { App } from '../../run/app';
import { maySee } from '../../run/person';
import { textOf } from '../../sheet/cells';
import { layoutOf, reader } from '../../sheet/layout';
import { LEASES, LEDGER, LINKS, LOG, OUTBOX, RECEIPTS, RENT_ROLL, TASKS, type Tab, TERMS } from '../../sheet/schema';

interface Selected {
  readonly tab: string;
  readonly lease?: string;
  readonly receipt?: string;
}

const WITH_LEASE: readonly Tab[] = [LEASES, RENT_ROLL, TERMS, LINKS, TASKS, OUTBOX, RECEIPTS, LEDGER, LOG];
const ROWS_MAX = 10_000_000;

/** One small read, of the header and the row; a second one only for a person who sees some properties. */
export function selection(app: App): Selected {
  const at = app.host.selection.current();
  if (!at) return { tab: '' };
  const tab = WITH_LEASE.find((each) => each.title === at.tab);
  if (!tab || at.row < 2 || at.row > ROWS_MAX) return { tab: at.tab };
  const [header = [], row = []] = app.host.workbook.read([
    `'${tab.title}'!A1:AZ1`,
    `'${tab.title}'!A${at.row}:AZ${at.row}`,
  ]);
  const cell = reader(layoutOf(tab, header[0] ?? []), row[0] ?? []);
  const lease = textOf(cell('Lease ID'));
  const receipt = tab === RECEIPTS ? textOf(cell('Key')) : '';
  if (!isSeen(app, lease)) return { tab: at.tab };
  return { tab: at.tab, ...(lease ? { lease } : {}), ...(receipt ? { receipt } : {}) };
}

/** Who sees some properties only learns nothing of a row of another, nor of one that names no lease. */
function isSeen(app: App, lease: string): boolean {
  const { person } = app;
  if (person?.properties === undefined) return true;
  return lease !== '' && maySee(person, propertyOf(app, lease));
}

function propertyOf(app: App, lease: string): string {
  const [rows = []] = app.host.workbook.read([`'${LEASES.title}'!A1:AZ`]);
  const layout = layoutOf(LEASES, rows[0] ?? []);
  const found = rows
    .slice(1)
    .find((row) => textOf(reader(layout, row)('Lease ID')).toLowerCase() === lease.toLowerCase());
  return found ? textOf(reader(layout, found)('Property')) : '';
}
