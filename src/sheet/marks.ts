/** The State tab: where the journal ends, where its open tail begins, and which day each property has reached. */

import { CHAIN_START } from '../domain/audit';
import type { Day, PropertyName } from '../domain/values';
import type { Cell } from '../ports';
import { textOf } from './cells';

/** Row numbers are the Sheet's own: row 1 holds the headers, so the first data row is 2. */
export interface Marks {
  readonly schema: number;
  /** Id of the workbook that this state belongs to: a copy of the file is recognised by it. */
  readonly workbookId: string;
  readonly ledgerRows: number;
  readonly ledgerLastKey: string;
  /** First ledger row that Openings do not hold yet. */
  readonly tailRow: number;
  readonly receiptRows: number;
  readonly receiptsTailRow: number;
  readonly outboxRows: number;
  readonly outboxTailRow: number;
  readonly taskRows: number;
  readonly logRows: number;
  readonly logHead: string;
  /** `2026-11`: the last month whose open items are in Openings. */
  readonly closedMonth: string;
  /** The last day that each property's run has finished. */
  readonly days: ReadonlyMap<PropertyName, Day>;
  /** Properties whose day is done, but whose views and digest are not written yet. */
  readonly viewsFor: readonly PropertyName[];
  /** How much of each closed month a property collected, as rates.ts writes it; a property once known keeps its row. */
  readonly rates: ReadonlyMap<PropertyName, string>;
}

export const newMarks = (workbookId: string, schema: number): Marks => ({
  schema,
  workbookId,
  ledgerRows: 0,
  ledgerLastKey: '',
  tailRow: 2,
  receiptRows: 0,
  receiptsTailRow: 2,
  outboxRows: 0,
  outboxTailRow: 2,
  taskRows: 0,
  logRows: 0,
  logHead: CHAIN_START,
  closedMonth: '',
  days: new Map(),
  viewsFor: [],
  rates: new Map(),
});

const DAY_OF = 'day of ';
const RATES_OF = 'rates of ';

/** Rows of the State tab, name and value. */
export function marksRows(marks: Marks): readonly (readonly [string, string])[] {
  const { days, viewsFor, rates, ...plain } = marks;
  const rows: [string, string][] = Object.entries(plain).map(([name, value]) => [name, String(value)]);
  rows.push(['viewsFor', viewsFor.length > 0 ? JSON.stringify(viewsFor) : '']);
  for (const [property, day] of days) rows.push([DAY_OF + property, day]);
  for (const [property, text] of rates) rows.push([RATES_OF + property, text]);
  return rows;
}

/** Undefined when the tab holds no state: the workbook has not been set up. */
export function marksFrom(cells: readonly (readonly Cell[])[]): Marks | undefined {
  const values = new Map(cells.map((row) => [textOf(row[0]), textOf(row[1])]));
  const number = (name: string, least: number) => Math.max(least, Number(values.get(name)) || 0);
  if (!values.get('workbookId')) return undefined;
  const named = (stem: string) =>
    [...values].flatMap(([name, value]): [PropertyName, string][] =>
      name.startsWith(stem) ? [[name.slice(stem.length) as PropertyName, value]] : [],
    );
  return {
    schema: number('schema', 0),
    workbookId: values.get('workbookId') ?? '',
    ledgerRows: number('ledgerRows', 0),
    ledgerLastKey: values.get('ledgerLastKey') ?? '',
    tailRow: number('tailRow', 2),
    receiptRows: number('receiptRows', 0),
    receiptsTailRow: number('receiptsTailRow', 2),
    outboxRows: number('outboxRows', 0),
    outboxTailRow: number('outboxTailRow', 2),
    taskRows: number('taskRows', 0),
    logRows: number('logRows', 0),
    logHead: values.get('logHead') || CHAIN_START,
    closedMonth: values.get('closedMonth') ?? '',
    days: new Map(named(DAY_OF) as [PropertyName, Day][]),
    viewsFor: listFrom(values.get('viewsFor') ?? '') as readonly PropertyName[],
    rates: new Map(named(RATES_OF)),
  };
}

function listFrom(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
