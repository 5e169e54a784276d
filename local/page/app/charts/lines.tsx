/** Charts whose days run along the bottom: lines, and steps as Google draws a stepped area. */
import type { ChartSeries, ChartView } from '../../types';
import { all, HEIGHT, INK, niceMaximum, type Plot, QUIET, Scale, WIDTH } from './plot';

function pointsOf(series: ChartSeries, plot: Plot): string {
  const step = plot.width / Math.max(1, series.values.length - 1);
  return series.values
    .flatMap((value, at) =>
      value === null
        ? []
        : [`${plot.left + at * step},${plot.top + plot.height * (1 - Math.max(0, value) / plot.most)}`],
    )
    .join(' ');
}

export function Lines({ chart }: { readonly chart: ChartView }) {
  const plot: Plot = { left: 52, top: 8, width: WIDTH - 68, height: HEIGHT - 60, most: niceMaximum(all(chart.series)) };
  const every = Math.ceil(chart.labels.length / 6);
  const step = plot.width / Math.max(1, chart.labels.length - 1);
  return (
    <>
      <Scale plot={plot} across={false} />
      {chart.labels.map((label, at) =>
        at % every === 0 ? (
          <text
            key={label}
            x={plot.left + at * step}
            y={plot.top + plot.height + 18}
            text-anchor={at === 0 ? 'start' : 'middle'}
            font-size="11"
            fill={QUIET}
          >
            {label.replace(/^\d{4}-/, '')}
          </text>
        ) : null,
      )}
      {chart.series.map((series, at) => (
        <g key={series.name}>
          <polyline
            points={pointsOf(series, plot)}
            fill="none"
            stroke={series.colour}
            stroke-width="2.5"
            {...(at === 0 ? {} : { 'stroke-dasharray': '6 4' })}
          />
          <line
            x1={plot.left + at * 190}
            x2={plot.left + at * 190 + 24}
            y1={HEIGHT - 12}
            y2={HEIGHT - 12}
            stroke={series.colour}
            stroke-width="2.5"
            {...(at === 0 ? {} : { 'stroke-dasharray': '6 4' })}
          />
          <text x={plot.left + at * 190 + 30} y={HEIGHT - 8} font-size="12" fill={INK}>
            {series.name}
          </text>
        </g>
      ))}
    </>
  );
}

const stepPlot = (chart: ChartView): Plot => ({
  left: 52,
  top: 8,
  width: WIDTH - 68,
  height: HEIGHT - 60,
  most: niceMaximum(all(chart.series)),
});

/** Each value is a level as wide as its day; a day without one ends the area. */
function outlineOf(series: ChartSeries, plot: Plot): { readonly line: string; readonly area: string } {
  const wide = plot.width / Math.max(1, series.values.length);
  const floor = plot.top + plot.height;
  const corners = series.values.flatMap((value, at) => {
    if (value === null) return [];
    const y = plot.top + plot.height * (1 - Math.max(0, value) / plot.most);
    return [`${plot.left + at * wide},${y}`, `${plot.left + (at + 1) * wide},${y}`];
  });
  const first = series.values.findIndex((value) => value !== null);
  const last = series.values.map((value) => value !== null).lastIndexOf(true);
  const line = corners.join(' ');
  return { line, area: `${plot.left + first * wide},${floor} ${line} ${plot.left + (last + 1) * wide},${floor}` };
}

export function Steps({ chart }: { readonly chart: ChartView }) {
  const plot = stepPlot(chart);
  const wide = plot.width / Math.max(1, chart.labels.length);
  const drawn = chart.series.filter((series) => series.values.some((value) => value !== null));
  return (
    <>
      <Scale plot={plot} across={false} />
      {chart.labels.map((label, at) =>
        at % 5 === 0 ? (
          <text
            key={label}
            x={plot.left + (at + 0.5) * wide}
            y={plot.top + plot.height + 18}
            text-anchor="middle"
            font-size="11"
            fill={QUIET}
          >
            {label}
          </text>
        ) : null,
      )}
      {drawn.map((series) => (
        <g key={series.name}>
          <polygon points={outlineOf(series, plot).area} fill={series.colour} fill-opacity="0.15" />
          <polyline points={outlineOf(series, plot).line} fill="none" stroke={series.colour} stroke-width="2.5" />
        </g>
      ))}
      <Legend series={drawn} />
    </>
  );
}

export function Legend({ series }: { readonly series: readonly ChartSeries[] }) {
  const wide = WIDTH / Math.max(3, series.length);
  return (
    <>
      {series.map(({ name, colour }, at) => (
        <g key={name}>
          <rect x={at * wide + 8} y={HEIGHT - 18} width="12" height="12" rx="2" fill={colour} />
          <text x={at * wide + 26} y={HEIGHT - 8} font-size="12" fill={INK}>
            {name}
          </text>
        </g>
      ))}
    </>
  );
}
