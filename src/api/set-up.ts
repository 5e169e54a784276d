/** Set up and repair: the workbook's tabs, the hidden state, the triggers. Running it again loses nothing. */

import { isZone, localDay, monthKey, parseDay } from '../domain/calendar';
import { currency as currencyOf, type Day, type Zone } from '../domain/values';
import type { Cell, SheetRequest, WorkbookShape } from '../ports';
import type { App } from '../run/app';
import { daysMayHaveChanged } from '../run/hints';
import { withLock } from '../run/lock';
import { apiRow, textOf } from '../sheet/cells';
import { marksFrom, marksRows, newMarks } from '../sheet/marks';
import { SCHEMA_VERSION, SETTINGS, STATE, TABS } from '../sheet/schema';
import { currentWorkbook, SETUP_FIELDS, setupRanges, setupRequests } from '../sheet/setup';

export interface SetUpOptions {
  readonly zone?: string;
  readonly currency?: string;
  readonly booksOpenOn?: string;
  readonly owner?: string;
  /** Whether residents are written to from the start; a new workbook on Google begins silent. */
  readonly reminders?: 'on' | 'off';
}

export interface SetUpReport {
  readonly created: readonly string[];
  readonly repaired: number;
  readonly triggers: readonly string[];
}

export const TRIGGERS = { poll: 'poll', tick: 'tick', edited: 'edited' } as const;

export function setUp(app: App, options: SetUpOptions): SetUpReport | 'busy' {
  return withLock(app, () => {
    const before = app.host.workbook.shape();
    const current =
      before.sheets.length > 0
        ? currentWorkbook(app.host.workbook.get(SETUP_FIELDS, setupRanges(before)))
        : { sheets: [] };
    const zone =
      options.zone && isZone(options.zone)
        ? options.zone
        : isZone(before.timeZone)
          ? before.timeZone
          : ('Etc/UTC' as Zone);
    const opens = (parseDay(options.booksOpenOn ?? '') ?? localDay(app.host.clock.now(), zone)) as Day;
    const owner = options.owner ?? app.host.session.effectiveUser();
    const requests = setupRequests(before, current, {
      booksOpenOn: opens,
      zone,
      currency: currencyOf(options.currency ?? 'USD'),
      locale: before.locale,
      owner,
      settings: { Reminders: options.reminders ?? 'off' },
    });
    if (requests.length > 0) app.host.workbook.commit(requests);
    const created = TABS.filter((tab) => !before.sheets.some((sheet) => sheet.title === tab.title)).map(
      (tab) => tab.title,
    );
    finish(app, app.host.workbook.shape(), zone);
    app.host.documentStore.set('owner', owner);
    daysMayHaveChanged(app);
    return { created, repaired: created.length === 0 ? requests.length : 0, triggers: installTriggers(app) };
  });
}

/** The State tab begins here; a copy of another ledger's file becomes a ledger of its own, its journal kept. */
function finish(app: App, shape: WorkbookShape, zone: Zone): void {
  const state = shape.sheets.find((sheet) => sheet.title === STATE.title);
  const [rows = [], blank = []] = app.host.workbook.read([`'${STATE.title}'!A1:B`, firstBlankRange(shape)]);
  const marks = marksFrom(rows.slice(1));
  const requests: SheetRequest[] = [];
  if (state && marks?.workbookId !== shape.id) {
    const fresh = {
      ...(marks ?? newMarks(shape.id, SCHEMA_VERSION)),
      workbookId: shape.id,
      closedMonth: marks?.closedMonth || monthKey(localDay(app.host.clock.now(), zone)),
    };
    requests.push({
      updateCells: {
        start: { sheetId: state.id, rowIndex: 1, columnIndex: 0 },
        rows: marksRows(fresh).map(apiRow),
        fields: 'userEnteredValue',
      },
    });
  }
  const untouched = blankSheet(shape, blank);
  if (untouched !== undefined) requests.push({ deleteSheet: { sheetId: untouched } });
  if (requests.length > 0) app.host.workbook.commit(requests);
}

const FIRST_SHEET = /^(Sheet|Tabelle|Feuille|Hoja|Foglio|Blad) ?1$/;
const firstSheet = (shape: WorkbookShape) => shape.sheets.find((sheet) => FIRST_SHEET.test(sheet.title));
const firstBlankRange = (shape: WorkbookShape): string => `'${firstSheet(shape)?.title ?? SETTINGS.title}'!A1:Z50`;

/** The empty sheet that every new file begins with. */
function blankSheet(shape: WorkbookShape, cells: readonly (readonly Cell[])[]): number | undefined {
  const first = firstSheet(shape);
  return first && cells.every((row) => row.every((cell) => textOf(cell) === '')) ? first.id : undefined;
}

/** Each trigger once, owned by the person who sets up. */
export function installTriggers(app: App): readonly string[] {
  const present = new Set(app.host.triggers.list().map((trigger) => trigger.handler));
  if (!present.has(TRIGGERS.poll)) app.host.triggers.everyMinutes(TRIGGERS.poll, 10);
  if (!present.has(TRIGGERS.tick)) app.host.triggers.everyHour(TRIGGERS.tick);
  if (!present.has(TRIGGERS.edited)) app.host.triggers.onEdit(TRIGGERS.edited);
  return Object.values(TRIGGERS);
}
