/** Data validation as the grid applies it to what a person types. */
import type { Effective } from './cells';
import { copyFormula } from './formula-tokens';
import { type Json, list, maybeObj, obj, text } from './json';
import { serialOfInstant } from './serial';
import type { Sheet } from './sheet';
import type { WorkbookState } from './state';
import { readTyped } from './typed';
import { civilYear } from './values';

export interface Verdict {
  readonly valid: boolean;
  /** True when an invalid entry is turned away; otherwise the cell is only marked. */
  readonly strict: boolean;
  readonly message: string;
}

type Test = (value: Effective, wanted: readonly Effective[]) => boolean;

const isNumber = (value: Effective | undefined): value is number => typeof value === 'number';

function numeric(test: (value: number, a: number, b: number) => boolean): Test {
  return (value, [a, b]) => isNumber(value) && isNumber(a) && test(value, a, isNumber(b) ? b : a);
}

function textual(test: (value: string, wanted: string) => boolean): Test {
  return (value, [wanted]) => {
    const shown = value === null || typeof value === 'object' ? '' : String(value);
    return test(shown.toLowerCase(), String(wanted ?? '').toLowerCase());
  };
}

const inside = (value: number, a: number, b: number) => value >= Math.min(a, b) && value <= Math.max(a, b);
const day = (value: number) => Math.floor(value);

const TESTS: Readonly<Record<string, Test>> = {
  NUMBER_GREATER: numeric((value, a) => value > a),
  NUMBER_GREATER_THAN_EQ: numeric((value, a) => value >= a),
  NUMBER_LESS: numeric((value, a) => value < a),
  NUMBER_LESS_THAN_EQ: numeric((value, a) => value <= a),
  NUMBER_EQ: numeric((value, a) => value === a),
  NUMBER_NOT_EQ: numeric((value, a) => value !== a),
  NUMBER_BETWEEN: numeric(inside),
  NUMBER_NOT_BETWEEN: numeric((value, a, b) => !inside(value, a, b)),
  DATE_EQ: numeric((value, a) => day(value) === day(a)),
  DATE_NOT_EQ: numeric((value, a) => day(value) !== day(a)),
  DATE_BEFORE: numeric((value, a) => day(value) < day(a)),
  DATE_AFTER: numeric((value, a) => day(value) > day(a)),
  DATE_ON_OR_BEFORE: numeric((value, a) => day(value) <= day(a)),
  DATE_ON_OR_AFTER: numeric((value, a) => day(value) >= day(a)),
  DATE_BETWEEN: numeric((value, a, b) => inside(day(value), day(a), day(b))),
  DATE_NOT_BETWEEN: numeric((value, a, b) => !inside(day(value), day(a), day(b))),
  DATE_IS_VALID: (value) => isNumber(value),
  TEXT_CONTAINS: textual((value, wanted) => value.includes(wanted)),
  TEXT_NOT_CONTAINS: textual((value, wanted) => !value.includes(wanted)),
  TEXT_STARTS_WITH: textual((value, wanted) => value.startsWith(wanted)),
  TEXT_ENDS_WITH: textual((value, wanted) => value.endsWith(wanted)),
  TEXT_EQ: textual((value, wanted) => value === wanted),
  TEXT_NOT_EQ: textual((value, wanted) => value !== wanted),
  TEXT_IS_EMAIL: textual((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)),
  TEXT_IS_URL: textual((value) => /^(https?:\/\/)?[^\s/.]+(\.[^\s/.]+)+(\/\S*)?$/.test(value)),
  ONE_OF_LIST: (value, wanted) => wanted.some((item) => same(item, value)),
  BLANK: (value) => value === null,
  NOT_BLANK: (value) => value !== null,
};

function same(a: Effective, b: Effective): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  return a === b || String(a) === String(b);
}

/** An operand of a condition: a formula is calculated, a text is read as if typed. */
function operand(state: WorkbookState, sheet: Sheet, value: Json): Effective {
  const relative = text(value.relativeDate);
  if (relative !== '') return relativeDay(state, relative);
  const typed = readTyped(text(value.userEnteredValue), state.locale, false, civilYear(state)).value;
  return typeof typed === 'object' && typed !== null ? state.calculate(sheet, typed.f) : typed;
}

const RELATIVE_DAYS: Readonly<Record<string, number>> = {
  TODAY: 0,
  YESTERDAY: -1,
  TOMORROW: 1,
  PAST_WEEK: -7,
  PAST_MONTH: -30,
  PAST_YEAR: -365,
};

function relativeDay(state: WorkbookState, name: string): number {
  const today = Math.floor(serialOfInstant(state.nowMs(), state.properties.timeZone));
  return today + (RELATIVE_DAYS[name] ?? 0);
}

function rangeItems(state: WorkbookState, condition: Json): Effective[] {
  const name = text(obj(list(condition.values)[0]).userEnteredValue).replace(/^=/, '');
  const { sheet, rect } = state.locate(name);
  const items: Effective[] = [];
  const right = Math.min(rect?.c2 ?? sheet.columnCount, sheet.columnCount);
  for (let row = rect?.r1 ?? 0; row < Math.min(rect?.r2 ?? sheet.rowCount, sheet.usedRows); row++) {
    for (let column = rect?.c1 ?? 0; column < right; column++) items.push(state.effective(sheet, row, column));
  }
  return items.filter((item) => item !== null);
}

/** A rule's formula is written for the first cell of the block that has the rule. */
function customFormula(state: WorkbookState, sheet: Sheet, row: number, column: number, condition: Json): boolean {
  const grid = sheet.attributes.dataValidation;
  const id = grid.at(row, column);
  let first = column;
  while (first > 0 && grid.at(row, first - 1) === id) first--;
  const start = grid.column(first).find(([from, to]) => from <= row && row < to)?.[0] ?? row;
  const formula = text(obj(list(condition.values)[0]).userEnteredValue);
  return state.calculate(sheet, copyFormula(formula, row - start, column - first)) === true;
}

function booleanValues(condition: Json): Effective[] {
  const given = list(condition.values).map((value) => text(obj(value).userEnteredValue));
  return given.length === 0 ? [true, false] : given;
}

function satisfies(state: WorkbookState, sheet: Sheet, row: number, column: number, condition: Json): boolean {
  const type = text(condition.type);
  const value = state.effective(sheet, row, column);
  if (type === 'CUSTOM_FORMULA') return customFormula(state, sheet, row, column, condition);
  if (type === 'BOOLEAN') return booleanValues(condition).some((item) => same(item, value));
  if (type === 'ONE_OF_RANGE') return rangeItems(state, condition).some((item) => same(item, value));
  if (type === 'ONE_OF_LIST') {
    const items = list(condition.values).map((item) => text(obj(item).userEnteredValue));
    return items.some((item) => same(item, value));
  }
  const wanted = list(condition.values).map((item) => operand(state, sheet, obj(item)));
  return TESTS[type]?.(value, wanted) ?? true;
}

/** What the dropdown of a rule offers; undefined when the rule is none that offers something. */
export function choicesOf(state: WorkbookState, condition: Json): readonly string[] | undefined {
  const type = text(condition.type);
  if (type === 'ONE_OF_LIST') return list(condition.values).map((item) => text(obj(item).userEnteredValue));
  return type === 'ONE_OF_RANGE' ? rangeItems(state, condition).map(String) : undefined;
}

/** Judges what stands in a cell by the rule of that cell; an empty cell is always valid. */
export function validate(state: WorkbookState, sheet: Sheet, row: number, column: number, a1: string): Verdict {
  const rule = maybeObj(state.pool.value(sheet.attributes.dataValidation.at(row, column)));
  const strict = rule?.strict === true;
  const message =
    text(rule?.inputMessage) ||
    `The data you entered in cell ${a1} violates the data validation rules set on this cell.`;
  if (rule === undefined || sheet.cell(row, column) === null) return { valid: true, strict, message };
  return { valid: satisfies(state, sheet, row, column, obj(rule.condition)), strict, message };
}
