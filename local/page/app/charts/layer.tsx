/** The charts of a tab where they lie: over the cells, at the place and size that the workbook gives them. */
import type { ChartPlace, ChartView } from '../../types';
import { Failed, useLoaded, Waiting } from '../load';
import { MARGIN_PX, ROW_PX } from '../sheet/cell';
import { Chart } from './chart';

interface LayerProps {
  readonly id: number;
  readonly revision: number;
  /** Left edges of the columns in pixels. */
  readonly edges: readonly number[];
  readonly head: number;
}

function boxOf(place: ChartPlace, edges: readonly number[], head: number) {
  // The letters' row stands above the first row of the sheet; frozen rows would hide the head of a chart.
  const top = (Math.max(place.row, head) + 1) * ROW_PX + place.topPx;
  const left = MARGIN_PX + (edges[place.column] ?? 0) + place.leftPx;
  return { top: `${top}px`, left: `${left}px`, width: `${place.widthPx}px`, height: `${place.heightPx}px` };
}

export function ChartLayer({ id, revision, edges, head }: LayerProps) {
  const { data, error, retry } = useLoaded<ChartView[]>(`/api/charts/${id}`, revision);
  return (
    <div class="chart-layer">
      {error !== '' && <Failed error={error} retry={retry} />}
      {data === undefined && error === '' && <Waiting what="the charts" />}
      {data?.map((chart) => (
        <div key={chart.title} class="chart-box" style={boxOf(chart.place, edges, head)}>
          <Chart chart={chart} />
        </div>
      ))}
    </div>
  );
}
