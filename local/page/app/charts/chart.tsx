/** The workbook's charts as SVG, each with its numbers as a table; on paper white in both colour schemes, as in Sheets. */
import type { ChartView } from '../../types';
import { Lines, Steps } from './lines';
import { all, HEIGHT, INK, niceMaximum, type Plot, Scale, WIDTH } from './plot';
import { STACKED, StackedBars } from './stacked';

/** A letter of a label, about. */
const LETTER_PX = 7;

function Bars({ chart }: { readonly chart: ChartView }) {
  const [series] = chart.series;
  if (series === undefined) return null;
  const left = Math.max(84, ...chart.labels.map((label) => label.length * LETTER_PX + 12));
  const plot: Plot = {
    left,
    top: 8,
    width: WIDTH - 76 - left,
    height: HEIGHT - 36,
    most: niceMaximum(series.values),
  };
  const step = plot.height / Math.max(1, chart.labels.length);
  return (
    <>
      <Scale plot={plot} across />
      {chart.labels.map((label, at) => {
        const value = series.values[at] ?? 0;
        const y = plot.top + at * step;
        const length = Math.max(0, (value / plot.most) * plot.width);
        return (
          <g key={label}>
            <text x={plot.left - 8} y={y + step / 2 + 4} text-anchor="end" font-size="12" fill={INK}>
              {label}
            </text>
            <rect
              x={plot.left}
              y={y + step * 0.18}
              width={length}
              height={step * 0.64}
              rx="2"
              fill={series.colours[at]}
            />
            <text x={plot.left + length + 6} y={y + step / 2 + 4} font-size="12" fill={INK}>
              {series.texts[at]}
            </text>
          </g>
        );
      })}
    </>
  );
}

function Columns({ chart }: { readonly chart: ChartView }) {
  const [series] = chart.series;
  if (series === undefined) return null;
  const plot: Plot = { left: 52, top: 20, width: WIDTH - 64, height: HEIGHT - 52, most: niceMaximum(series.values) };
  const step = plot.width / Math.max(1, chart.labels.length);
  return (
    <>
      <Scale plot={plot} across={false} />
      {chart.labels.map((label, at) => {
        const value = series.values[at] ?? 0;
        const height = Math.max(0, (value / plot.most) * plot.height);
        const [x, y] = [plot.left + at * step, plot.top + plot.height - height];
        return (
          <g key={label}>
            <rect x={x + step * 0.2} y={y} width={step * 0.6} height={height} rx="2" fill={series.colours[at]} />
            <text x={x + step / 2} y={y - 6} text-anchor="middle" font-size="12" fill={INK}>
              {series.texts[at]}
            </text>
            <text x={x + step / 2} y={plot.top + plot.height + 18} text-anchor="middle" font-size="12" fill={INK}>
              {label}
            </text>
          </g>
        );
      })}
    </>
  );
}

function Numbers({ chart }: { readonly chart: ChartView }) {
  return (
    <table class="numbers">
      <caption class="unseen">{chart.title}, as numbers</caption>
      <thead>
        <tr>
          <th scope="col">{chart.labelTitle || 'Label'}</th>
          {chart.series.map((series) => (
            <th key={series.name} scope="col">
              {series.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chart.labels.map((label, at) => (
          <tr key={label || String(at)}>
            <th scope="row">{label}</th>
            {chart.series.map((series) => (
              <td key={series.name} class="right">
                {series.texts[at]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const DRAWN = { bar: Bars, 'stacked bar': StackedBars, column: Columns, line: Lines, steps: Steps } as const;

const sizeOf = ({ kind }: ChartView): string =>
  kind === 'stacked bar' ? `0 0 ${STACKED.width} ${STACKED.height}` : `0 0 ${WIDTH} ${HEIGHT}`;

export function Chart({ chart }: { readonly chart: ChartView }) {
  const hasNumbers = all(chart.series).some((value) => value !== null);
  const Drawn = chart.kind === 'table' ? undefined : DRAWN[chart.kind];
  return (
    <figure class="chart">
      <figcaption>{chart.title}</figcaption>
      {!hasNumbers && <p>No numbers yet: they come with the first daily run.</p>}
      {hasNumbers && Drawn !== undefined && (
        <svg viewBox={sizeOf(chart)} role="img" aria-label={chart.altText || chart.title}>
          <Drawn chart={chart} />
        </svg>
      )}
      {hasNumbers && (
        <div class={Drawn === undefined ? 'numbers-box' : 'unseen'}>
          <Numbers chart={chart} />
        </div>
      )}
    </figure>
  );
}
