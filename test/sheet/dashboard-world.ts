/** Looks at the Dashboard of a world: the app on its workbook, and which formulas stand on the tab. */
import type { App } from '../../src/run/app';
import { nodeApp } from '../bench/node-host';
import type { World } from '../worlds';

export const appAt = (world: World): App => nodeApp(world, 'tick', world.now);

interface Cell {
  readonly userEnteredValue?: { readonly formulaValue?: string };
}

/** The formulas of the Dashboard: how many are sparklines as the add-on writes them, and all that are anything else. */
export function sparklines(world: World): { readonly rows: number; readonly others: readonly string[] } {
  const reply = world.workbook.api('spreadsheets.get', {
    ranges: "'Dashboard'",
    fields: 'sheets.data.rowData.values.userEnteredValue.formulaValue',
  }) as { sheets?: readonly { data?: readonly { rowData?: readonly { values?: readonly Cell[] }[] }[] }[] };
  const formulas = (reply.sheets ?? [])
    .flatMap((sheet) => sheet.data ?? [])
    .flatMap((grid) => grid.rowData ?? [])
    .flatMap((row) => row.values ?? [])
    .flatMap((cell) => cell.userEnteredValue?.formulaValue ?? []);
  const isOurs = (formula: string) => /^=SPARKLINE\(\$D\d+:\$O\d+;\$Q\$73:\$R\$76\)$/.test(formula);
  return { rows: formulas.filter(isOurs).length, others: formulas.filter((formula) => !isOurs(formula)) };
}
