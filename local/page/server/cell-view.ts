/** One cell as the grid shows it: text, content, alignment, tone, note, rule, and what is wrong with it. */
import { columnName } from '../../host/workbook/a1';
import { entryOf } from '../../host/workbook/entry';
import { type Json, list, obj } from '../../host/workbook/json';
import type { Sheet } from '../../host/workbook/sheet';
import type { WorkbookState } from '../../host/workbook/state';
import { choicesOf, validate } from '../../host/workbook/validation';
import type { CellView, RowView, RuleView } from '../grid-types';
import { linkOf, sparkOf } from './cell-extras';
import { conditionalTone, rulesOf, toneOf } from './colours';

/** ISO days stand as text in the add-on's own tabs; people expect dates at the right all the same. */
const ISO_DAY = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/;
/** Typing reads such a text as nothing but text, so that it need not be tried. */
const WORDS = /^[A-Za-z][A-Za-z ,;-]*$/;

/** What the cells of one window have in common. */
export class Windows {
  private readonly known = new Map<number, RuleView | undefined>();
  private readonly conditional: ReturnType<typeof rulesOf>;

  constructor(
    private readonly state: WorkbookState,
    private readonly sheet: Sheet,
    private readonly columns: number,
  ) {
    this.conditional = rulesOf(state, sheet);
  }

  /** The rules of the cells so far, by their ids. */
  rules(): (readonly [number, RuleView])[] {
    return [...this.known].flatMap(([id, rule]) => (rule === undefined ? [] : [[id, rule] as const]));
  }

  /** A row of the sheet, 0-based. */
  row(row: number): RowView {
    const cells = Array.from({ length: this.columns }, (_, column) => this.cell(row, column));
    return { number: row + 1, cells };
  }

  private cell(row: number, column: number): CellView {
    const { state, sheet } = this;
    const value = state.effective(sheet, row, column);
    const text = state.display(sheet, row, column);
    const format = state.formatOf(sheet, row, column);
    const tone = conditionalTone(this.conditional, row, column, value, text) ?? toneOf(format);
    const rule = this.ruleAt(row, column);
    const entry = text === '' || WORDS.test(text) ? text : entryOf(state, sheet, row, column);
    return {
      text,
      ...(entry === text ? {} : { entry }),
      ...(isRight(value, format) ? { right: true } : {}),
      ...(tone === undefined ? {} : { tone }),
      ...this.noteAt(row, column),
      ...linkOf(state, format),
      ...sparkOf(state, sheet, row, column),
      ...(rule === undefined ? {} : { rule }),
      ...this.badAt(row, column),
      ...(rule !== undefined && this.known.get(rule)?.kind === 'checkbox' ? { tick: value === true } : {}),
    };
  }

  private noteAt(row: number, column: number): Pick<CellView, 'note'> {
    const note = this.state.pool.value(this.sheet.attributes.note.at(row, column));
    return typeof note === 'string' && note !== '' ? { note } : {};
  }

  private badAt(row: number, column: number): Pick<CellView, 'bad'> {
    const { state, sheet } = this;
    if (sheet.cell(row, column) === null || sheet.attributes.dataValidation.at(row, column) === 0) return {};
    const verdict = validate(state, sheet, row, column, `${columnName(column)}${row + 1}`);
    return verdict.valid ? {} : { bad: verdict.message };
  }

  /** The id of the rule of a cell, where it offers something. */
  private ruleAt(row: number, column: number): number | undefined {
    const id = this.sheet.attributes.dataValidation.at(row, column);
    if (id === 0) return undefined;
    if (!this.known.has(id)) this.known.set(id, ruleView(this.state, obj(this.state.pool.value(id))));
    return this.known.get(id) === undefined ? undefined : id;
  }
}

function ruleView(state: WorkbookState, rule: Json): RuleView | undefined {
  const condition = obj(rule.condition);
  const isBox = condition.type === 'BOOLEAN' && list(condition.values).length === 0;
  const choices = isBox ? [] : choicesOf(state, condition);
  if (choices === undefined || rule.showCustomUi === false) return undefined;
  return { kind: isBox ? 'checkbox' : 'list', choices, isStrict: rule.strict === true };
}

function isRight(value: unknown, format: Json | undefined): boolean {
  const aligned = format?.horizontalAlignment;
  if (aligned !== undefined) return aligned === 'RIGHT';
  return typeof value === 'number' || (typeof value === 'string' && ISO_DAY.test(value));
}
