/** The paper of a chart: its size, its scale, and a round number for its end. */
import type { ChartSeries } from '../../types';

export const WIDTH = 520;
export const HEIGHT = 260;
export const INK = '#202124';
export const QUIET = '#5f6368';
const LINE = '#dadce0';

/** A round number at or above the greatest value, so that the scale's marks are readable. */
export function niceMaximum(values: readonly (number | null)[]): number {
  const greatest = Math.max(0, ...values.map((value) => value ?? 0));
  if (greatest === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(greatest));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= greatest) ?? 10;
  return step * power;
}

export const all = (series: readonly ChartSeries[]) => series.flatMap((each) => each.values);
const short = (value: number): string =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value);

export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly most: number;
}

export function Scale({ plot, across }: { readonly plot: Plot; readonly across: boolean }) {
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
