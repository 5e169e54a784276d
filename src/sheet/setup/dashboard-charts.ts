/** The native charts of the Dashboard: over the left columns, each beside the numbers that it draws. */
import type { SheetRequest } from '../../ports';
import { AGING_RAMP, rgb, TONES } from './colours';
import type { ChartSeen } from './current';
import { DASHBOARD_LAYOUT, type DashboardBlock } from './dashboard-layout';

interface ChartPlan {
  readonly title: string;
  readonly altText: string;
  readonly type: 'BAR' | 'STEPPED_AREA';
  readonly stacked: boolean;
  readonly block: DashboardBlock;
  /** One per series column right of the labels. */
  readonly seriesColours: readonly string[];
  /** One per bar, where the single series is coloured bar by bar. */
  readonly barColours: readonly string[];
  /** The cell under the chart's top left corner, 0-based, and its size in pixels. */
  readonly at: readonly [row: number, column: number, widthPixels: number, heightPixels: number];
}

// Grey for what is only expected or long past, so that the eye goes to what came.
const EXPECTED = '#5f6368';
const PAST = '#9aa0a6';

const CHARTS: readonly ChartPlan[] = [
  {
    title: 'Collection this month',
    altText:
      "One bar of this month's charges: paid, processing, due, late; below it what was paid by the same day of last " +
      'month. The numbers stand beside it, in H10 to M12.',
    type: 'BAR',
    stacked: true,
    block: DASHBOARD_LAYOUT.collection,
    seriesColours: [TONES.good.text, TONES.processing.text, TONES.due.text, TONES.late.text, PAST],
    barColours: [],
    at: [9, 0, 900, 185],
  },
  {
    title: 'Cash in this month',
    altText:
      'Steps of the money received so far this month against what was expected by each day, with last month in grey. ' +
      'The numbers stand beside it, in H21 to K52.',
    type: 'STEPPED_AREA',
    stacked: false,
    block: DASHBOARD_LAYOUT.cashIn,
    seriesColours: [PAST, EXPECTED, TONES.good.text],
    barColours: [],
    at: [18, 0, 445, 320],
  },
  {
    title: 'Unpaid by age',
    altText: 'Unpaid money by days since it was due, with how many leases. The numbers stand beside it, in H14 to K18.',
    type: 'BAR',
    stacked: false,
    block: DASHBOARD_LAYOUT.aging,
    seriesColours: [AGING_RAMP[0]],
    barColours: AGING_RAMP,
    at: [18, 3, 445, 320],
  },
];

/**
 * The charts that the tab lacks, and those whose data slid away with inserted rows or columns. A chart is known by its title, so
 * that people may move and restyle it; only where the whole tab is laid out anew is it put in its place.
 */
export function dashboardCharts(sheetId: number, seen: readonly ChartSeen[], anew: boolean): SheetRequest[] {
  return CHARTS.flatMap((chart): SheetRequest[] => {
    const found = seen.find((each) => each.title === chart.title);
    if (!found) return [{ addChart: { chart: { spec: chartSpec(sheetId, chart), position: place(sheetId, chart) } } }];
    const { headingRow, column } = chart.block;
    const isThere = found.startRow === headingRow - 1 && found.startColumn === column;
    if (isThere && !anew) return [];
    return [
      { updateChartSpec: { chartId: found.id, spec: chartSpec(sheetId, chart) } },
      ...(anew ? [moved(sheetId, chart, found.id)] : []),
    ];
  });
}

function place(sheetId: number, { at: [rowIndex, columnIndex, widthPixels, heightPixels] }: ChartPlan) {
  return { overlayPosition: { anchorCell: { sheetId, rowIndex, columnIndex }, widthPixels, heightPixels } };
}

function moved(sheetId: number, chart: ChartPlan, objectId: number): SheetRequest {
  const fields = 'anchorCell,widthPixels,heightPixels';
  return { updateEmbeddedObjectPosition: { objectId, newPosition: place(sheetId, chart), fields } };
}

function chartSpec(sheetId: number, chart: ChartPlan): object {
  const { headingRow, lastRow, column: first } = chart.block;
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
  const isBar = chart.type === 'BAR';
  const overrides = chart.barColours.map((hex, index) => ({ index, colorStyle: { rgbColor: rgb(hex) } }));
  const series = chart.seriesColours.map((hex, index) => ({
    series: column(first + 1 + index),
    targetAxis: isBar ? 'BOTTOM_AXIS' : 'LEFT_AXIS',
    colorStyle: { rgbColor: rgb(hex) },
    ...(overrides.length === 0 ? {} : { styleOverrides: overrides }),
    ...(isBar ? { dataLabel: { type: 'DATA' } } : {}),
  }));
  return {
    title: chart.title,
    altText: chart.altText,
    basicChart: {
      chartType: chart.type,
      legendPosition: chart.seriesColours.length > 1 ? 'BOTTOM_LEGEND' : 'NO_LEGEND',
      domains: [{ domain: column(first) }],
      series,
      headerCount: 1,
      ...(chart.stacked ? { stackedType: 'STACKED' } : {}),
    },
  };
}
