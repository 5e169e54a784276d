/** The Dashboard tab: where its numbers stand, and the native charts that draw them. */
import type { SheetRequest } from '../../ports';
import { AGING_RAMP, rgb, TONES } from './colours';
import type { ChartSeen, CurrentSheet } from './current';
import { COUNT_FORMAT, MONEY_FORMAT } from './formats';

/** A block of rows on the Dashboard: labels in column A, numbers from column B. Rows are 1-based, as in the margin. */
export interface DashboardBlock {
  /** Row of the block's own headings; the first block uses the tab's header row. */
  readonly headingRow: number;
  readonly headings: readonly string[];
  readonly firstRow: number;
  readonly lastRow: number;
  /** Column A, where setup writes it; empty where the run writes it as well. */
  readonly labels: readonly string[];
  /** What the run fills, as a range of the workbook. */
  readonly range: string;
}

function block(headingRow: number, headings: readonly string[], labels: readonly string[], range: string, rows = 0) {
  const firstRow = headingRow + 1;
  return { headingRow, headings, firstRow, lastRow: headingRow + Math.max(labels.length, rows), labels, range };
}

/**
 * The fixed places of the Dashboard's numbers.
 * - `figures` B money or count, C currency, D note: collected this month, outstanding, late residents (a count),
 *   processing, exceptions (a count);
 * - `aging` B unpaid money, C currency, D how many residents: by days since the due date;
 * - `collection` B money of this month's charges, C currency, D share in words;
 * - `cashIn` A day, B received so far this month, C expected so far; 31 rows, blank after the month's last day.
 */
export const DASHBOARD_LAYOUT = {
  figures: block(
    1,
    ['Figure', 'Value', 'Currency', 'Note'],
    ['Collected this month', 'Outstanding', 'Late residents', 'Processing', 'Exceptions to handle'],
    "'Dashboard'!B2:D6",
  ),
  aging: block(
    8,
    ['Unpaid by age in days', 'Unpaid', 'Currency', 'Residents'],
    ['0-30', '31-60', '61-90', '90+'],
    "'Dashboard'!B9:D12",
  ),
  collection: block(
    14,
    ["This month's charges", 'Amount', 'Currency', 'Share'],
    ['Paid', 'Processing', 'Due', 'Late'],
    "'Dashboard'!B15:D18",
  ),
  cashIn: block(20, ['Day', 'Received so far', 'Expected so far', ''], [], "'Dashboard'!A21:C51", 31),
} as const satisfies Readonly<Record<string, DashboardBlock>>;

/** The grid must hold the table and the charts on its right. */
export const DASHBOARD_GRID = { rows: 60, columns: 16 } as const;

const BLOCKS: readonly DashboardBlock[] = Object.values(DASHBOARD_LAYOUT);
const COUNT_ROWS = [4, 6] as const;

/** Labels, headings and number formats of the blocks that are not as they ought to be. */
export function dashboardTable(sheetId: number, sheet: CurrentSheet | undefined): SheetRequest[] {
  const textAt = (row: number, column: number) => sheet?.top[row - 1]?.[column]?.text ?? '';
  const formatAt = (row: number, column: number) => sheet?.top[row - 1]?.[column]?.format;
  const requests: SheetRequest[] = [];
  for (const each of BLOCKS) {
    // Row 1 is the tab's header row and is written with the other headers.
    const stale = each.headings.some(
      (heading, column) => heading !== '' && textAt(each.headingRow, column) !== heading,
    );
    if (each.headingRow > 1 && stale) requests.push(writeHeadings(sheetId, each));
    const gapRow = each.headingRow - 1;
    const gapFilled = [0, 1, 2, 3].some((column) => gapRow > 0 && textAt(gapRow, column) !== '');
    if (gapFilled) requests.push(clearRow(sheetId, gapRow));
    const labels = each.labels.some((label, index) => textAt(each.firstRow + index, 0) !== label);
    if (labels) requests.push(writeLabels(sheetId, each));
  }
  const { firstRow, lastRow } = DASHBOARD_LAYOUT.cashIn;
  if (formatAt(firstRow, 2) !== MONEY_FORMAT.type) requests.push(format(sheetId, firstRow, lastRow, 2, MONEY_FORMAT));
  // Counts share column B with money; both are NUMBER, so only a new or reformatted tab is told.
  if (sheet === undefined) {
    for (const row of COUNT_ROWS) requests.push(format(sheetId, row, row, 1, COUNT_FORMAT));
  }
  return requests;
}

const text = (stringValue: string) => ({ userEnteredValue: { stringValue } });

function writeHeadings(sheetId: number, { headingRow, headings }: DashboardBlock): SheetRequest {
  const values = headings.map((heading) => ({ ...text(heading), userEnteredFormat: { textFormat: { bold: true } } }));
  return {
    updateCells: {
      rows: [{ values }],
      fields: 'userEnteredValue,userEnteredFormat.textFormat.bold',
      start: { sheetId, rowIndex: headingRow - 1, columnIndex: 0 },
    },
  };
}

/** The empty row above a block holds remains of the table where somebody inserted rows. */
function clearRow(sheetId: number, row: number): SheetRequest {
  const start = { sheetId, rowIndex: row - 1, columnIndex: 0 };
  return { updateCells: { rows: [{ values: [{}, {}, {}, {}] }], fields: 'userEnteredValue', start } };
}

function writeLabels(sheetId: number, { firstRow, labels }: DashboardBlock): SheetRequest {
  return {
    updateCells: {
      rows: labels.map((label) => ({ values: [text(label)] })),
      fields: 'userEnteredValue',
      start: { sheetId, rowIndex: firstRow - 1, columnIndex: 0 },
    },
  };
}

function format(
  sheetId: number,
  firstRow: number,
  lastRow: number,
  column: number,
  numberFormat: object,
): SheetRequest {
  return {
    repeatCell: {
      range: {
        sheetId,
        startRowIndex: firstRow - 1,
        endRowIndex: lastRow,
        startColumnIndex: column,
        endColumnIndex: column + 1,
      },
      cell: { userEnteredFormat: { numberFormat } },
      fields: 'userEnteredFormat.numberFormat',
    },
  };
}

// ---------------------------------------------------------------- charts

interface ChartPlan {
  readonly title: string;
  readonly altText: string;
  readonly type: 'BAR' | 'COLUMN' | 'LINE';
  readonly block: DashboardBlock;
  /** One per series column from B on. */
  readonly seriesColours: readonly string[];
  /** One per bar, where the single series is coloured bar by bar. */
  readonly barColours: readonly string[];
  /** 0-based row of the cell under the chart's top left corner. */
  readonly anchorRow: number;
}

// Grey for what is only expected, so that the eye goes to what came.
const EXPECTED_COLOUR = '#5f6368';

const CHARTS: readonly ChartPlan[] = [
  {
    title: 'Unpaid by age',
    altText: 'Unpaid money by days since it was due; the numbers stand in rows 9 to 12.',
    type: 'BAR',
    block: DASHBOARD_LAYOUT.aging,
    seriesColours: [AGING_RAMP[0]],
    barColours: AGING_RAMP,
    anchorRow: 0,
  },
  {
    title: 'Collection this month',
    altText: "This month's charges: paid, processing, due and late; the numbers stand in rows 15 to 18.",
    type: 'COLUMN',
    block: DASHBOARD_LAYOUT.collection,
    seriesColours: [TONES.good.text],
    barColours: [TONES.good.text, TONES.processing.text, TONES.due.text, TONES.late.text],
    anchorRow: 15,
  },
  {
    title: 'Cash in this month',
    altText: 'Money received so far this month against what was expected by each day; the numbers stand from row 21.',
    type: 'LINE',
    block: DASHBOARD_LAYOUT.cashIn,
    seriesColours: [TONES.good.text, EXPECTED_COLOUR],
    barColours: [],
    anchorRow: 30,
  },
];

/**
 * The charts that the tab lacks, and those whose data slid away with inserted rows. A chart is known by its title, so
 * that people may move and restyle it.
 */
export function dashboardCharts(sheetId: number, seen: readonly ChartSeen[]): SheetRequest[] {
  return CHARTS.flatMap((chart): SheetRequest[] => {
    const found = seen.find((each) => each.title === chart.title);
    if (!found) return [addChart(sheetId, chart)];
    if (found.startRow === chart.block.headingRow - 1) return [];
    return [{ updateChartSpec: { chartId: found.id, spec: chartSpec(sheetId, chart) } }];
  });
}

function addChart(sheetId: number, chart: ChartPlan): SheetRequest {
  const anchorCell = { sheetId, rowIndex: chart.anchorRow, columnIndex: 5 };
  const position = { overlayPosition: { anchorCell, widthPixels: 560, heightPixels: 300 } };
  return { addChart: { chart: { spec: chartSpec(sheetId, chart), position } } };
}

function chartSpec(sheetId: number, chart: ChartPlan): object {
  const { headingRow, lastRow } = chart.block;
  const column = (index: number) => ({
    sourceRange: {
      sources: [
        {
          sheetId,
          startRowIndex: headingRow - 1,
          endRowIndex: lastRow,
          startColumnIndex: index,
          endColumnIndex: index + 1,
        },
      ],
    },
  });
  const valueAxis = chart.type === 'BAR' ? 'BOTTOM_AXIS' : 'LEFT_AXIS';
  const overrides = chart.barColours.map((hex, index) => ({ index, colorStyle: { rgbColor: rgb(hex) } }));
  const series = chart.seriesColours.map((hex, index) => ({
    series: column(index + 1),
    targetAxis: valueAxis,
    colorStyle: { rgbColor: rgb(hex) },
    ...(overrides.length === 0 ? {} : { styleOverrides: overrides, dataLabel: { type: 'DATA' } }),
  }));
  return {
    title: chart.title,
    altText: chart.altText,
    basicChart: {
      chartType: chart.type,
      legendPosition: chart.seriesColours.length > 1 ? 'BOTTOM_LEGEND' : 'NO_LEGEND',
      domains: [{ domain: column(0) }],
      series,
      headerCount: 1,
    },
  };
}
