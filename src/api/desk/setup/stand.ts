/** Where the workbook stands: not set up at all, or a book that can be read. */
import { isZone } from '../../../domain/calendar';
import { type Zone, zone } from '../../../domain/values';
import type { WorkbookShape } from '../../../ports';
import type { App } from '../../../run/app';
import { type Loaded, loadBook } from '../../../sheet/load';
import { marksFrom } from '../../../sheet/marks';
import { STATE, TABS } from '../../../sheet/schema';

export interface Stand {
  readonly shape: WorkbookShape;
  /** Left out where tabs are missing, or this file is a copy of another ledger: Set up makes it right. */
  readonly loaded?: Loaded;
}

/** Throws BookBroken where the tabs are there and the journal is not as the add-on left it. */
export function standOf(app: App): Stand {
  const shape = app.host.workbook.shape();
  return isSetUp(app, shape) ? { shape, loaded: loadBook(app.host) } : { shape };
}

export function isSetUp(app: App, shape: WorkbookShape): boolean {
  const titles = new Set(shape.sheets.map((sheet) => sheet.title));
  if (TABS.some((tab) => !titles.has(tab.title))) return false;
  const [rows = []] = app.host.workbook.read([`'${STATE.title}'!A1:B`]);
  return marksFrom(rows.slice(1))?.workbookId === shape.id;
}

/** The spreadsheet's own zone, or UTC where Google names one that is none. */
export const zoneOf = (shape: WorkbookShape): Zone => (isZone(shape.timeZone) ? shape.timeZone : zone('Etc/UTC'));
