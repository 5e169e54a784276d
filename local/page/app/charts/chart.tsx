/** The workbook's charts as SVG, each with its numbers as a table; on paper white in both colour schemes, as in Sheets. */
import type { ChartSeries, ChartView } from '../../types';

const WIDTH = 520;
const HEIGHT = 260;
const INK = '#202124';
const QUIET = '#5f6368';
const LINE = '#dadce0';

/** A round number at or above the greatest value, so that the scale's marks are readable. */
export function niceMaximum(values: readonly (number | null)[]): number {
  const greatest = Math.max(0, ...values.map((value) => value ?? 0));
  if (greatest === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(greatest));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= greatest) ?? 10;
  return step * power;
}

const all = (series: readonly ChartSeries[]) => series.flatMap((each) => each.values);
const short = (value: number): string =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value);

interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly most: number;
}

function Scale({ plot, across }: { readonly plot: Plot; readonly across: boolean }) {
  const { left, top, width, height, most } = plot;
  return (
    <>
      {[0, 0.25, 0.5, 0.75, 1].map((part) => {
        const x = left + width * part;
        const y = top + height * (1 - part);
        return (
          <g key={part}>
            <line
              x1={across ? x : left}
              x2={across ? x : left + width}
              y1={across ? top : y}
              y2={across ? top + height : y}
              stroke={LINE}
            />
            <text
              x={across ? x : left - 6}
              y={across ? top + height + 16 : y + 4}
              text-anchor={across ? 'middle' : 'end'}
              font-size="11"
              fill={QUIET}
            >
              {short(most * part)}
            </text>
          </g>
        );
      })}
    </>
  );
}

function Bars({ chart }: { readonly chart: ChartView }) {
  const [series] = chart.series;
  if (series === undefined) return null;
  const plot: Plot = { left: 84, top: 8, width: WIDTH - 160, height: HEIGHT - 36, most: niceMaximum(series.values) };
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

function Lines({ chart }: { readonly chart: ChartView }) {
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

const DRAWN = { bar: Bars, column: Columns, line: Lines } as const;

export function Chart({ chart }: { readonly chart: ChartView }) {
  const hasNumbers = all(chart.series).some((value) => value !== null);
  const Drawn = chart.kind === 'table' ? undefined : DRAWN[chart.kind];
  return (
    <figure class="chart">
      <figcaption>{chart.title}</figcaption>
      {!hasNumbers && <p>No numbers yet: they come with the first daily run.</p>}
      {hasNumbers && Drawn !== undefined && (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={chart.altText || chart.title}>
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
