/** Colours and conditional formats of the workbook, in the Sheets API's own shapes, as the page shows them. */
import type { Effective } from '../../host/workbook/cells';
import { isCellError } from '../../host/workbook/cells';
import { copyFormula } from '../../host/workbook/formula-tokens';
import { type Json, list, obj } from '../../host/workbook/json';
import type { Sheet } from '../../host/workbook/sheet';
import type { WorkbookState } from '../../host/workbook/state';
import type { Tone } from '../grid-types';

/** `{ red: 1 }` as `#ff0000`; undefined when there is no colour. */
export function hexOf(style: unknown): string | undefined {
  const rgb = obj(style).rgbColor;
  if (rgb === undefined) return undefined;
  const part = (name: string) =>
    Math.round(Number(obj(rgb)[name] ?? 0) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${part('red')}${part('green')}${part('blue')}`;
}

/** The tone of a cell format; undefined when it says nothing that the page shows. */
export function toneOf(format: unknown): Tone | undefined {
  const cell = obj(format);
  const letters = obj(cell.textFormat);
  const text = hexOf(letters.foregroundColorStyle);
  const fill = hexOf(cell.backgroundColorStyle);
  const tone = {
    ...(text === undefined ? {} : { text }),
    ...(fill === undefined ? {} : { fill }),
    ...(letters.bold === true ? { bold: true } : {}),
    ...(letters.italic === true ? { italic: true } : {}),
    ...(letters.strikethrough === true ? { struck: true } : {}),
  };
  return Object.keys(tone).length === 0 ? undefined : tone;
}

type Test = (value: Effective, shown: string, row: number, column: number) => boolean;

interface Rule {
  readonly covers: (row: number, column: number) => boolean;
  readonly test: Test;
  readonly tone: Tone;
}

const textOf = (value: Effective): string => (typeof value === 'string' ? value.toLowerCase() : '');

const TESTS: Readonly<Record<string, (wanted: readonly string[]) => Test>> = {
  TEXT_STARTS_WITH:
    ([wanted = '']) =>
    (value) =>
      textOf(value).startsWith(wanted.toLowerCase()),
  TEXT_ENDS_WITH:
    ([wanted = '']) =>
    (value) =>
      textOf(value).endsWith(wanted.toLowerCase()),
  TEXT_CONTAINS:
    ([wanted = '']) =>
    (value) =>
      textOf(value).includes(wanted.toLowerCase()),
  TEXT_EQ:
    ([wanted = '']) =>
    (value) =>
      textOf(value) === wanted.toLowerCase(),
  BLANK: () => (_value, shown) => shown === '',
  NOT_BLANK: () => (_value, shown) => shown !== '',
  NUMBER_GREATER:
    ([wanted]) =>
    (value) =>
      typeof value === 'number' && value > Number(wanted),
  NUMBER_GREATER_THAN_EQ:
    ([wanted]) =>
    (value) =>
      typeof value === 'number' && value >= Number(wanted),
  NUMBER_LESS:
    ([wanted]) =>
    (value) =>
      typeof value === 'number' && value < Number(wanted),
  NUMBER_LESS_THAN_EQ:
    ([wanted]) =>
    (value) =>
      typeof value === 'number' && value <= Number(wanted),
  NUMBER_EQ:
    ([wanted]) =>
    (value) =>
      typeof value === 'number' && value === Number(wanted),
};

function covers(ranges: readonly Json[]): Rule['covers'] {
  const edges = ranges.map((range) => ({
    top: Number(range.startRowIndex ?? 0),
    bottom: Number(range.endRowIndex ?? Number.POSITIVE_INFINITY),
    left: Number(range.startColumnIndex ?? 0),
    right: Number(range.endColumnIndex ?? Number.POSITIVE_INFINITY),
  }));
  return (row, column) =>
    edges.some(({ top, bottom, left, right }) => row >= top && row < bottom && column >= left && column < right);
}

/** A formula is written for the top left cell of the rule's first range. */
function formulaTest(state: WorkbookState, sheet: Sheet, formula: string, range: Json): Test {
  const [top, left] = [Number(range.startRowIndex ?? 0), Number(range.startColumnIndex ?? 0)];
  return (_value, _shown, row, column) =>
    state.calculate(sheet, copyFormula(formula, row - top, column - left)) === true;
}

/** The conditional formats of a sheet, first match first; colour scales are not drawn. */
export function rulesOf(state: WorkbookState, sheet: Sheet): readonly Rule[] {
  return (sheet.objects.conditionalFormats ?? []).flatMap((rule): Rule[] => {
    const { condition, format } = obj(rule.booleanRule);
    const { type, values } = obj(condition);
    const tone = toneOf(format);
    const ranges = list(rule.ranges).map(obj);
    const wanted = list(values).map((value) => String(obj(value).userEnteredValue ?? ''));
    const isFormula = type === 'CUSTOM_FORMULA';
    const test = isFormula
      ? formulaTest(state, sheet, wanted[0] ?? '', ranges[0] ?? {})
      : TESTS[String(type)]?.(wanted);
    return test === undefined || tone === undefined ? [] : [{ covers: covers(ranges), test, tone }];
  });
}

/** The tone that the first matching rule gives. */
export function conditionalTone(
  rules: readonly Rule[],
  row: number,
  column: number,
  value: Effective,
  shown: string,
): Tone | undefined {
  return rules.find((rule) => rule.covers(row, column) && !isCellError(value) && rule.test(value, shown, row, column))
    ?.tone;
}
