/** The bound file through SpreadsheetApp, which a cell's own function may read though nobody has consented to anything. */
import type { Cache, Cell, OpenTabs } from '../ports';
import { documentCache } from './host';

/** What a cell's own function has at hand. */
export const cellHost = (): { readonly tabs: OpenTabs; readonly cache: Cache; readonly now: () => number } => ({
  tabs: openTabs(),
  cache: documentCache(),
  now: () => Date.now(),
});

function openTabs(): OpenTabs {
  return {
    rows(title) {
      const tab = SpreadsheetApp.getActiveSpreadsheet().getSheetByName(title);
      return tab
        ?.getDataRange()
        .getValues()
        .map((row) => row.map(cellOf));
    },
  };
}

/** A date cell is a Date here and stays recognisable as text; no figure that is looked up is one. */
const cellOf = (value: unknown): Cell =>
  typeof value === 'number' || typeof value === 'boolean' ? value : String(value ?? '');
