/** Repair: Openings and State are made anew from the Ledger and the Log as they stand, after a person has looked at what verify says. */

import { CHAIN_START } from '../domain/audit';
import type { LeaseState } from '../domain/book';
import { emptyState, fold } from '../domain/ledger';
import type { LeaseId } from '../domain/values';
import { logLine } from '../domain/wishes';
import { verify } from '../jobs/verify';
import type { Cell, SheetRequest } from '../ports';
import { type App, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { apiRow, textOf } from '../sheet/cells';
import { entryFrom } from '../sheet/journal';
import { layoutOf, placed, schemaCells } from '../sheet/layout';
import { marksFrom, marksRows } from '../sheet/marks';
import { openingText } from '../sheet/openings';
import { chained } from '../sheet/rows';
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
    if (marks.workbookId !== shape.id)
      return { repaired: false, found: ['This file is a copy of another rent ledger. Run Set up here first.'] };
    const ledger = rowsOf(app, LEDGER);
    const states = foldedStates(ledger);
    if ('reason' in states) return { repaired: false, found: [states.reason, ...found] };
    const log = rowsOf(app, LOG);
    const head = textOf(log[log.length - 1]?.[log[0] ? log[0].length - 1 : 0]) || CHAIN_START;
    const what = `Openings and State made anew after ${found.length} findings${found[0] ? `: ${found[0]}` : ''}`;
    const told = chained([logLine(runNow(app), 'repair', what)], log.length, head);
    const fresh = {
      ...marks,
      ledgerRows: ledger.length,
      ledgerLastKey: textOf(ledger[ledger.length - 1]?.[0]),
      tailRow: ledger.length + 2,
      logRows: log.length + 1,
      logHead: told.head,
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
      { appendCells: { sheetId: id(LOG), rows: placedRows(app, told.rows), fields: 'userEnteredValue' } },
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

const placedRows = (app: App, rows: readonly (readonly Cell[])[]) => {
  const layout = layoutOf(LOG, app.host.workbook.read([`'${LOG.title}'!A1:AZ1`])[0]?.[0] ?? []);
  return rows.map((cells) => apiRow(placed(layout, cells)));
};

/** What the rows come to; the first row that cannot be read or does not fit those before it is the reason why not. */
function foldedStates(ledger: readonly (readonly Cell[])[]): Map<LeaseId, LeaseState> | { readonly reason: string } {
  const states = new Map<LeaseId, LeaseState>();
  for (const [index, cells] of ledger.entries()) {
    const entry = entryFrom(cells);
    const undo = 'undo the change on the tab first (Edit, Undo, or File, Version history).';
    if (!entry) return { reason: `Ledger row ${index + 2} cannot be read: ${undo}` };
    try {
      states.set(entry.lease, fold(states.get(entry.lease) ?? emptyState(entry.lease), entry));
    } catch {
      return { reason: `Ledger row ${index + 2} (${entry.key}) does not fit the rows before it: ${undo}` };
    }
  }
  return states;
}
