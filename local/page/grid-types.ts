/** What the grid and its server tell each other: windows of cells, the rules of cells, edits and their outcome. */

export interface Tone {
  readonly text?: string;
  readonly fill?: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly struck?: boolean;
}

export interface ColumnView {
  readonly letter: string;
  readonly header: string;
  readonly widthPx: number;
}

export interface CellView {
  readonly text: string;
  /** What the formula bar shows; absent when it is the text. */
  readonly entry?: string;
  /** Numbers, money and dates stand at the right. */
  readonly right?: boolean;
  readonly tone?: Tone;
  readonly note?: string;
  /** The rule of the cell, by its id in {@link TabView.rules}. */
  readonly rule?: number;
  /** Why what stands here breaks a rule that only warns. */
  readonly bad?: string;
  /** Where a link in the cell leads: a tab of this file, or an address elsewhere. */
  readonly link?: string;
  /** A sparkline in the cell: its values on a scale from 0 to 1, empty ones left out as null. */
  readonly spark?: {
    readonly values: readonly (number | null)[];
    readonly kind: 'column' | 'line';
    readonly colour: string;
  };
  /** A checkbox and whether it is ticked. */
  readonly tick?: boolean;
}

export interface RowView {
  /** As in the margin of the sheet: the first row is 1. */
  readonly number: number;
  readonly cells: readonly CellView[];
}

/** A rule that offers something: the choices of a dropdown, or a checkbox. */
export interface RuleView {
  readonly kind: 'list' | 'checkbox';
  readonly choices: readonly string[];
  /** Other entries are turned away; otherwise they are only marked. */
  readonly isStrict: boolean;
}

export interface ColumnFilter {
  /** 0-based. */
  readonly column: number;
  readonly contains?: string;
  /** Displayed texts whose rows are hidden. */
  readonly hidden?: readonly string[];
}

/** One person's way of looking at a tab: it hides and sorts rows and touches no data. */
export interface RowsView {
  /** Rows that hold this text anywhere, in any case; '' for all. */
  readonly search: string;
  readonly filters: readonly ColumnFilter[];
  readonly sort?: { readonly column: number; readonly isDescending: boolean };
}

export interface TabView {
  readonly revision: number;
  readonly title: string;
  /** What a person reads about the tab's protection; '' when it has none. */
  readonly guard: string;
  readonly columns: readonly ColumnView[];
  readonly frozenColumns: number;
  /** The frozen rows. */
  readonly head: readonly RowView[];
  /** The rules of the cells told here, by their ids, which hold for the whole workbook. */
  readonly rules: readonly (readonly [id: number, rule: RuleView])[];
  /** Rows below the head: those that hold something, and those that the view shows, empty ones included. */
  readonly total: number;
  readonly shown: number;
  /** Columns up to the last that holds something. */
  readonly usedColumns: number;
  readonly offset: number;
  readonly rows: readonly RowView[];
}

/** The distinct texts of a column, as its filter offers them. */
export interface ColumnValues {
  readonly values: readonly (readonly [text: string, rows: number])[];
  /** How many more there are than are listed. */
  readonly more: number;
}

export interface ToastView {
  readonly title: string;
  readonly message: string;
  /** Below 0 it stays until it is closed. */
  readonly seconds: number;
}

/** What any run of the script left for the person to see. */
export interface Shown {
  readonly revision: number;
  readonly toasts: readonly ToastView[];
  /** The script has put a page into the sidebar. */
  readonly sidebar?: boolean;
  /** The script has opened a dialog with a page of its own. */
  readonly dialog?: { readonly title: string; readonly widthPx: number; readonly heightPx: number };
}

export interface EditReply extends Shown {
  /** A protection that only warns covers the place, and nobody has confirmed yet: nothing was done. */
  readonly asks?: string;
  readonly accepted: boolean;
  /** Why it was turned away, or what a rule that only warns says. */
  readonly message?: string;
  /** The block that was written. */
  readonly a1: string;
  /** What stood there, as texts to type back. */
  readonly before: readonly (readonly string[])[];
  /** Executions that failed, in words. */
  readonly failures: readonly string[];
}

export type MenuItem =
  | { readonly caption: string; readonly functionName: string }
  | { readonly separator: true }
  | { readonly submenu: MenuView };

export interface MenuView {
  readonly caption: string;
  readonly items: readonly MenuItem[];
}

/** A question that a running script puts to the person. */
export interface Question {
  readonly kind: 'alert' | 'prompt';
  readonly title: string;
  readonly text: string;
  /** Names as Apps Script has them: OK, CANCEL, YES, NO. */
  readonly buttons: readonly string[];
}

export interface GivenAnswer {
  readonly button: string;
  readonly text?: string;
}

export interface MenuReply extends Shown {
  /** Answer it and ask again with all answers so far; nothing was done yet. */
  readonly question?: Question;
  readonly ok: boolean;
  readonly error?: string;
}

export interface ScriptReply extends Shown {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}
