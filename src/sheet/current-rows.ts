/** Rows of a people's tab by header, as they stand, whether they can be read or not. */
import type { Cell, Host } from '../ports';
import type { Layout } from './layout';
import type { Loaded } from './load';
import type { Tab } from './schema';

/** Index 0 is sheet row 2. */
export function currentRows(host: Host, loaded: Loaded, tab: Tab): Record<string, Cell>[] {
  const layout = loaded.layouts.get(tab.title) as Layout;
  const rows = (host.workbook.read([`'${tab.title}'!A1:AZ`])[0] ?? []).slice(1);
  return rows.map((row) =>
    Object.fromEntries(tab.columns.map((column) => [column.header, row[layout.at.get(column.header) ?? -1] ?? ''])),
  );
}
