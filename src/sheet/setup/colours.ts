/** The colours of the workbook as the Sheets API wants them; every text-on-fill pair is at least 4.5:1 (WCAG AA). */

/** A colour as the Sheets API writes it: each part 0 to 1, a part of 0 may be left out. */
export interface RgbColor {
  readonly red?: number;
  readonly green?: number;
  readonly blue?: number;
}

/** Text on fill. */
export interface Tone {
  readonly text: string;
  readonly fill: string;
}

/** What a colour means is always said by a word and an icon as well: colour never stands alone. */
export const TONES = {
  good: { text: '#0d652d', fill: '#e6f4ea' },
  due: { text: '#7a4f01', fill: '#fef7e0' },
  late: { text: '#a50e0e', fill: '#fce8e6' },
  processing: { text: '#174ea6', fill: '#e8f0fe' },
  agreed: { text: '#681da8', fill: '#f3e8fd' },
  resting: { text: '#3c4043', fill: '#f1f3f4' },
} as const satisfies Readonly<Record<string, Tone>>;

export type ToneName = keyof typeof TONES;

/** Bars on white, at least 3:1, from youngest to oldest debt. */
export const AGING_RAMP = ['#e8710a', '#c5221f', '#7b1410', '#202124'] as const;

export const HEADER_FILL = '#f1f3f4';
export const PEOPLE_TAB = '#0b57d0';
export const ADD_ON_TAB = '#5f6368';

/** `#0d652d` as the API's parts. */
export function rgb(hex: string): RgbColor {
  const part = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16) / 255;
  return { red: part(1), green: part(3), blue: part(5) };
}

/** The API's parts as `#0d652d`: Google drops zeros and keeps floats, so colours are compared in this form. */
export function hexOf(color: RgbColor | undefined): string | undefined {
  if (color === undefined) return undefined;
  const two = (part: number | undefined) =>
    Math.round((part ?? 0) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${two(color.red)}${two(color.green)}${two(color.blue)}`;
}
