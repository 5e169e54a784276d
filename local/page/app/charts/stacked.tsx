/** Bars whose parts stand behind one another, each with its number where it has room. */
import type { ChartView } from '../../types';
import { INK, niceMaximum, type Plot, QUIET, Scale, WIDTH } from './plot';

/** Lower and wider than the others: it lies over the whole table. */
export const STACKED = { width: WIDTH * 2, height: 170 };
/** Pixels of a letter of a label, about. */
const LETTER = 7.5;

export function StackedBars({ chart }: { readonly chart: ChartView }) {
  const totals = chart.labels.map((_, at) =>
    chart.series.reduce((all, { values }) => all + Math.max(0, values[at] ?? 0), 0),
  );
  const plot: Plot = {
    left: 150,
    top: 4,
    width: STACKED.width - 190,
    height: STACKED.height - 52,
    most: niceMaximum(totals),
  };
  const step = plot.height / Math.max(1, chart.labels.length);
  return (
    <>
      <Scale plot={plot} across />
      {chart.labels.map((label, row) => (
        <g key={label}>
          <text x={plot.left - 8} y={plot.top + (row + 0.5) * step + 4} text-anchor="end" font-size="12" fill={INK}>
            {label}
          </text>
          <Segments chart={chart} row={row} plot={plot} step={step} />
        </g>
      ))}
      {chart.series.map(({ name, colour }, at) => (
        <g key={name}>
          <rect x={plot.left + at * 130} y={STACKED.height - 16} width="12" height="12" rx="2" fill={colour} />
          <text x={plot.left + at * 130 + 18} y={STACKED.height - 6} font-size="12" fill={QUIET}>
            {name}
          </text>
        </g>
      ))}
    </>
  );
}

interface SegmentsProps {
  readonly chart: ChartView;
  readonly row: number;
  readonly plot: Plot;
  readonly step: number;
}

function Segments({ chart, row, plot, step }: SegmentsProps) {
  let before = 0;
  return (
    <>
      {chart.series.map(({ name, values, texts, colours }) => {
        const value = Math.max(0, values[row] ?? 0);
        const [x, width] = [plot.left + (before / plot.most) * plot.width, (value / plot.most) * plot.width];
        before += value;
        if (width <= 0) return null;
        const text = texts[row] ?? '';
        const y = plot.top + row * step + step * 0.14;
        return (
          <g key={name}>
            <rect x={x} y={y} width={width} height={step * 0.72} fill={colours[row]} stroke="#ffffff" />
            {width > text.length * LETTER && (
              <text x={x + width / 2} y={y + step * 0.36 + 4} text-anchor="middle" font-size="12" fill="#ffffff">
                {text}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}
