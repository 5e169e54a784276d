/** Repair: Openings and State are made anew from the Ledger and the Log as they stand, after a person has looked at what verify says. */

import { CHAIN_START } from '../domain/audit';
import type { LeaseState } from '../domain/book';
import { emptyState, fold } from '../domain/ledger';
import type { LeaseId } from '../domain/values';
import { verify } from '../jobs/verify';
import type { Cell, SheetRequest } from '../ports';
import { type App, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { apiRow, textOf } from '../sheet/cells';
import { entryFrom } from '../sheet/journal';
import { layoutOf, schemaCells } from '../sheet/layout';
import { marksFrom, marksRows } from '../sheet/marks';
import { openingText } from '../sheet/openings';
import { LEDGER, LOG, OPENINGS, STATE, type Tab } from '../sheet/schema';

export interface RepairReport {
  readonly repaired: boolean;
  /** What verify said before; it stays true of rows that were edited. */
  readonly found: readonly string[];
}

/** Trusts the rows that are there: it cannot know what was deleted, but the Log still tells what the Ledger once held. */
export function repair(app: App): RepairReport | 'busy' {
  return withLock(app, () => {
    const found = verify(app).problems;
    const shape = app.host.workbook.shape();
    const marks = marksFrom((app.host.workbook.read([`'${STATE.title}'!A1:B`])[0] ?? []).slice(1));
    const id = (tab: Tab) => shape.sheets.find((sheet) => sheet.title === tab.title)?.id;
    if (!marks || id(STATE) === undefined)
      return { repaired: false, found: ['This workbook has not been set up. Run Set up.'] };
    const ledger = rowsOf(app, LEDGER);
    const entries = ledger.map((cells) => entryFrom(cells));
    const bad = entries.findIndex((entry) => entry === undefined);
    if (bad >= 0)
      return {
        repaired: false,
        found: [`Ledger row ${bad + 2} cannot be read: undo the change on it first (File, Version history).`, ...found],
      };
    const states = new Map<LeaseId, LeaseState>();
    for (const entry of entries)
      if (entry) states.set(entry.lease, fold(states.get(entry.lease) ?? emptyState(entry.lease), entry));
    const log = rowsOf(app, LOG);
    const fresh = {
      ...marks,
      ledgerRows: ledger.length,
      ledgerLastKey: textOf(ledger[ledger.length - 1]?.[0]),
      tailRow: ledger.length + 2,
      logRows: log.length,
      logHead: textOf(log[log.length - 1]?.[log[0] ? log[0].length - 1 : 0]) || CHAIN_START,
      receiptRows: rowsOf(app, 'Receipts').length,
      outboxRows: rowsOf(app, 'Outbox').length,
      taskRows: rowsOf(app, 'Tasks').length,
      receiptsTailRow: 2,
      outboxTailRow: 2,
    };
    const openings = [...states.values()].map((state) => [state.lease, openingText(state)] as Cell[]);
    const requests: SheetRequest[] = [
      {
        updateCells: {
          range: { sheetId: id(OPENINGS), startRowIndex: 1, startColumnIndex: 0, endColumnIndex: 2 },
          fields: 'userEnteredValue',
        },
      },
      ...(openings.length > 0
        ? [{ appendCells: { sheetId: id(OPENINGS), rows: openings.map(apiRow), fields: 'userEnteredValue' } }]
        : []),
      {
        updateCells: {
          start: { sheetId: id(STATE), rowIndex: 1, columnIndex: 0 },
          rows: marksRows(fresh).map(apiRow),
          fields: 'userEnteredValue',
        },
      },
    ];
    app.host.workbook.commit(requests);
    app.host.note(`Repair by ${runNow(app).by}: ${found.length} findings`);
    return { repaired: true, found };
  });
}

function rowsOf(app: App, tab: Tab | string): readonly (readonly Cell[])[] {
  const title = typeof tab === 'string' ? tab : tab.title;
  const values = app.host.workbook.read([`'${title}'!A1:AZ`])[0] ?? [];
  const rows = values.slice(1);
  return typeof tab === 'string' ? rows : rows.map((row) => schemaCells(layoutOf(tab, values[0] ?? []), row));
}
