/** A tab of the add-on read from its end backwards, block by block, for rows that are looked for and are mostly young. */
import type { Cell } from '../../../ports';
import type { App } from '../../../run/app';
import { layoutOf, schemaCells } from '../../../sheet/layout';
import type { Tab } from '../../../sheet/schema';

const BLOCK = 2_000;
/** A guard: older rows are looked for by nobody. */
const BLOCKS_MOST = 100;

/** Rows in the order of the schema, the last one first, with their row numbers in the Sheet. `count` rows stand below the header. */
export function* rowsBack(
  app: App,
  tab: Tab,
  count: number,
): Generator<readonly [row: number, cells: readonly Cell[]]> {
  let last = count + 1;
  for (let block = 0; last >= 2 && block < BLOCKS_MOST; block++) {
    const first = Math.max(2, last - BLOCK + 1);
    const [header = [], rows = []] = app.host.workbook.read([
      `'${tab.title}'!A1:AZ1`,
      `'${tab.title}'!A${first}:AZ${last}`,
    ]);
    const layout = layoutOf(tab, header[0] ?? []);
    for (let row = last; row >= first; row--) yield [row, schemaCells(layout, rows[row - first] ?? [])];
    last = first - 1;
  }
}
