/** The native charts of a tab, their ranges resolved to labels and numbers that the page can draw. */
import { type Json, list, obj } from '../../host/workbook/json';
import type { Sheet } from '../../host/workbook/sheet';
import type { WorkbookState } from '../../host/workbook/state';
import type { ChartPlace, ChartSeries, ChartView } from '../types';
import { hexOf } from './colours';

const KINDS: Readonly<Record<string, ChartView['kind']>> = {
  BAR: 'bar',
  COLUMN: 'column',
  LINE: 'line',
  STEPPED_AREA: 'steps',
};
const kindOf = ({ chartType, stackedType = 'NOT_STACKED' }: Json): ChartView['kind'] => {
  const kind = KINDS[String(chartType)] ?? 'table';
  if (stackedType === 'NOT_STACKED') return kind;
  return kind === 'bar' && stackedType === 'STACKED' ? 'stacked bar' : 'table';
};
/** For series that name no colour. */
const PLAIN_COLOURS = ['#0b57d0', '#5f6368', '#0d652d', '#7a4f01'];

interface Place {
  readonly sheet: Sheet;
  readonly row: number;
  readonly column: number;
}

/** The cells of a chart's source range, top to bottom. */
function placesOf(state: WorkbookState, data: unknown): Place[] {
  return list(obj(obj(data).sourceRange).sources).flatMap((source) => {
    const range = obj(source);
    const sheet = state.find(Number(range.sheetId ?? 0));
    if (sheet === undefined) return [];
    const [top, bottom] = [Number(range.startRowIndex ?? 0), Number(range.endRowIndex ?? sheet.usedRows)];
    const column = Number(range.startColumnIndex ?? 0);
    return Array.from({ length: Math.max(0, bottom - top) }, (_, at) => ({ sheet, row: top + at, column }));
  });
}

const textAt = (state: WorkbookState, { sheet, row, column }: Place): string => state.display(sheet, row, column);

function numberAt(state: WorkbookState, { sheet, row, column }: Place): number | null {
  const value = state.effective(sheet, row, column);
  return typeof value === 'number' ? value : null;
}

function seriesOf(state: WorkbookState, series: Json, at: number, heads: number, rows: number): ChartSeries {
  const places = placesOf(state, series.series);
  const head = places[heads - 1];
  const body = places.slice(heads, heads + rows);
  const colour = hexOf(series.colorStyle) ?? PLAIN_COLOURS[at % PLAIN_COLOURS.length] ?? '#5f6368';
  const overrides = new Map(
    list(series.styleOverrides).map((each) => [Number(obj(each).index ?? 0), hexOf(obj(each).colorStyle) ?? colour]),
  );
  return {
    name: head === undefined ? `Series ${at + 1}` : textAt(state, head),
    colour,
    values: body.map((place) => numberAt(state, place)),
    texts: body.map((place) => textAt(state, place)),
    colours: body.map((_, index) => overrides.get(index) ?? colour),
  };
}

/** Rows below the last that has a label or a number are not drawn: a month has not always 31 days. */
function usedRows(labels: readonly string[], series: readonly ChartSeries[]): number {
  for (let row = labels.length - 1; row >= 0; row--) {
    if (labels[row] !== '' || series.some((each) => each.values[row] !== null)) return row + 1;
  }
  return 0;
}

/** Google's size of a chart that names none. */
const SIZE_PX = { width: 600, height: 371 };

function placeOf(chart: Json): ChartPlace {
  const overlay = obj(obj(chart.position).overlayPosition);
  const anchor = obj(overlay.anchorCell);
  return {
    row: Number(anchor.rowIndex ?? 0),
    column: Number(anchor.columnIndex ?? 0),
    leftPx: Number(overlay.offsetXPixels ?? 0),
    topPx: Number(overlay.offsetYPixels ?? 0),
    widthPx: Number(overlay.widthPixels ?? SIZE_PX.width),
    heightPx: Number(overlay.heightPixels ?? SIZE_PX.height),
  };
}

function chartView(state: WorkbookState, chart: Json): ChartView {
  const spec = obj(chart.spec);
  const basic = obj(spec.basicChart);
  const heads = Number(basic.headerCount ?? 0);
  const domain = placesOf(state, obj(list(basic.domains)[0]).domain);
  const labels = domain.slice(heads).map((place) => textAt(state, place));
  const series = list(basic.series).map((each, at) => seriesOf(state, obj(each), at, heads, labels.length));
  const used = usedRows(labels, series);
  const head = domain[heads - 1];
  return {
    place: placeOf(chart),
    title: String(spec.title ?? 'Chart'),
    altText: String(spec.altText ?? ''),
    kind: kindOf(basic),
    labels: labels.slice(0, used),
    labelTitle: head === undefined || heads === 0 ? '' : textAt(state, head),
    series: series.map((each) => ({
      ...each,
      values: each.values.slice(0, used),
      texts: each.texts.slice(0, used),
      colours: each.colours.slice(0, used),
    })),
  };
}

/** The charts that lie on a tab, in the order in which they were made. */
export function chartViews(state: WorkbookState, sheet: Sheet): ChartView[] {
  return (sheet.objects.charts ?? []).map((chart) => chartView(state, chart));
}
