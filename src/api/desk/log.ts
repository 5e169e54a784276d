/** The compliance log as the desk shows it: filtered, page by page from its end, with what can be undone. */

export interface LogQuery {
  readonly person?: string;
  readonly run?: string;
  readonly lease?: string;
  /** Words such as `money`, `messages`, `edits`, `runs`, `connections`; each stands for several kinds of the Log. */
  readonly group?: string;
  /** Problems, faults, refusals and effects that failed or are unsure. */
  readonly errors?: boolean;
  /** Anywhere in the line, in any case. */
  readonly text?: string;
  /** Civil days in the workbook's zone, both included. */
  readonly from?: string;
  readonly until?: string;
  /** Lines before this number only: the next page. */
  readonly before?: number;
}

export interface LogRow {
  readonly number: number;
  /** `2026-12-06 09:05`, by the workbook's clock. */
  readonly at: string;
  readonly by: string;
  readonly run: string;
  readonly lease?: string;
  readonly kind: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly key: string;
  /** What to hand to `undo`; left out where it cannot be undone. */
  readonly undo?: string;
}

export interface LogPage {
  /** Newest first, at most fifty. */
  readonly rows: readonly LogRow[];
  /** The `before` of the next page; left out at the beginning of the Log. */
  readonly next?: number;
  readonly total: number;
  /** Everybody who stands in the lines that were read. */
  readonly people: readonly string[];
  /** The last verdict on ledger and log; left out when nobody has asked for one. */
  readonly verified?: { readonly ok: boolean; readonly at: string; readonly problems: readonly string[] };
  readonly zone: string;
}

export interface LogCsv {
  readonly name: string;
  readonly text: string;
  /** What is not in it: one question reads so many lines at most. */
  readonly note?: string;
}
