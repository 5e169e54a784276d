/** One spreadsheet of the local host: the Sheets API over it, and a person's hands at its grid. */
import { getSpreadsheet, readMask } from './answer';
import type { CallAnswer, CustomCall } from './custom-calls';
import { CustomCells } from './custom-cells';
import { checkProtection, deleteRowsAt, type Edited, editCell, insertRowsAt, pasteRows, sortSheet } from './edit';
import { SheetsApiError } from './errors';
import { type Json, obj } from './json';
import { checkRequestBytes } from './limits';
import { select } from './mask';
import { batchUpdate } from './requests';
import { Sheet } from './sheet';
import { type StateJson, WorkbookState } from './state';
import { batchClear, batchGet, batchUpdateValues, clearValues, getValues, updateValues } from './values';
import { appendValues } from './values-append';

export interface NewWorkbook {
  readonly id: string;
  readonly title: string;
  /** Like `en_US`. */
  readonly locale: string;
  readonly timeZone: string;
  /** E-mail of the owner, whom no protection stops. */
  readonly owner?: string;
  /** The host's clock in epoch ms. */
  readonly nowMs?: () => number;
}

export interface ModelJson extends StateJson {
  readonly owner?: string;
}

/** Where the person at the keyboard stands; not a part of the file. */
export interface ActivePlace {
  readonly sheetId: number;
  readonly a1: string;
}

type Method = (state: WorkbookState, params: Json, body: Json) => Json;

const METHODS: Readonly<Record<string, Method>> = {
  'spreadsheets.get': (state, params) => getSpreadsheet(state, params),
  'spreadsheets.batchUpdate': (state, _params, body) => batchUpdateAnswer(state, body),
  'spreadsheets.values.get': (state, params) => getValues(state, params),
  'spreadsheets.values.batchGet': (state, params) => batchGet(state, params),
  'spreadsheets.values.update': (state, params, body) => updateValues(state, params, body),
  'spreadsheets.values.batchUpdate': (state, _params, body) => batchUpdateValues(state, body),
  'spreadsheets.values.append': (state, params, body) => appendValues(state, params, body),
  'spreadsheets.values.clear': (state, params, body) => clearValues(state, params, body),
  'spreadsheets.values.batchClear': (state, _params, body) => batchClear(state, body),
};

/** The answer's message for a `fields` mask; `spreadsheets.get` builds by its mask itself. */
const MASKED: Readonly<Record<string, string>> = {
  'spreadsheets.batchUpdate': 'BatchUpdateAnswer',
  'spreadsheets.values.get': 'ValueRange',
  'spreadsheets.values.batchGet': 'BatchGetAnswer',
  'spreadsheets.values.update': 'UpdateValuesAnswer',
  'spreadsheets.values.batchUpdate': 'BatchUpdateValuesAnswer',
  'spreadsheets.values.append': 'AppendValuesAnswer',
  'spreadsheets.values.clear': 'ClearAnswer',
  'spreadsheets.values.batchClear': 'BatchClearAnswer',
};

function batchUpdateAnswer(state: WorkbookState, body: Json): Json {
  const { replies } = batchUpdate(state, body);
  const answer = { spreadsheetId: state.spreadsheetId, replies };
  if (body.includeSpreadsheetInResponse !== true) return answer;
  const params = { ranges: body.responseRanges, includeGridData: body.responseIncludeGridData };
  return { ...answer, updatedSpreadsheet: getSpreadsheet(state, params) };
}

/** A function may be an argument of another; deeper than this nobody nests them. */
const SETTLE_ROUNDS = 10;

export class WorkbookModel {
  owner: string | undefined;
  active: ActivePlace;
  private readonly customCells = new CustomCells();
  private settledAt = -1;

  private constructor(readonly state: WorkbookState) {
    this.active = { sheetId: (state.sheets[0] as Sheet).id, a1: 'A1' };
  }

  /** A new spreadsheet with one empty tab, as Google makes it. */
  static create(options: NewWorkbook): WorkbookModel {
    const { id, title, locale, timeZone } = options;
    const state = new WorkbookState(id, { title, locale, timeZone });
    const gridProperties = { rowCount: 1000, columnCount: 26 };
    state.sheets = [new Sheet({ sheetId: 0, title: 'Sheet1', sheetType: 'GRID', gridProperties })];
    const model = new WorkbookModel(state);
    model.owner = options.owner;
    if (options.nowMs !== undefined) state.nowMs = options.nowMs;
    return model;
  }

  /** Takes what `toJSON` gave, or its parsed text. The rows are shared with it and never changed in place. */
  static fromJSON(json: ModelJson, nowMs?: () => number): WorkbookModel {
    const model = new WorkbookModel(WorkbookState.fromJSON(json));
    model.owner = json.owner;
    if (nowMs !== undefined) model.state.nowMs = nowMs;
    return model;
  }

  /** The whole file without a copy of any row: for `JSON.stringify`, not for changing. */
  toJSON(): ModelJson {
    const json = this.state.toJSON();
    return this.owner === undefined ? json : { ...json, owner: this.owner };
  }

  /** An independent workbook; costs next to nothing because unchanged rows are shared. */
  clone(): WorkbookModel {
    const made = new WorkbookModel(this.state.copy());
    made.owner = this.owner;
    made.active = this.active;
    return made;
  }

  /**
   * Calculates every cell that calls a function of the script, until no call waits any more. `answer` is asked once for each
   * call whose arguments are new; nothing is asked when no cell has changed since.
   */
  settle(answer: (call: CustomCall) => CallAnswer): void {
    const { state } = this;
    if (this.settledAt === state.changes) return;
    for (let round = 0; round < SETTLE_ROUNDS; round++) {
      state.changed();
      state.custom.begin();
      const hasMoved = this.customCells.lay(state);
      const calls = state.custom.take();
      if (calls.length === 0 && !hasMoved) break;
      state.custom.answer(calls.map((call) => [call.key, answer(call)] as const));
    }
    state.custom.end();
    this.settledAt = state.changes;
  }

  /** As when somebody opens the file: every call will be asked for again. */
  reopen(): void {
    this.state.custom.forget();
    this.state.changed();
  }

  get id(): string {
    return this.state.spreadsheetId;
  }

  set clock(nowMs: () => number) {
    this.state.nowMs = nowMs;
  }

  /**
   * One call of the Sheets API, by its id (`spreadsheets.values.get`). `bytes` is the length of the request's JSON; `user` is
   * who asks, and left out it is somebody whom no protection stops.
   * @throws SheetsApiError
   */
  api(method: string, params: Json, body: unknown = {}, bytes = 0, user?: string): Json {
    const run = METHODS[method];
    if (run === undefined) {
      throw new SheetsApiError(501, 'UNIMPLEMENTED', `${method} is not part of the local workbook.`);
    }
    if (params.spreadsheetId !== undefined && params.spreadsheetId !== this.id) {
      throw new SheetsApiError(404, 'NOT_FOUND', 'Requested entity was not found.');
    }
    checkRequestBytes(bytes);
    const message = MASKED[method];
    const mask = message === undefined ? true : readMask(params.fields, message);
    const { state, owner } = this;
    state.guard = user === undefined ? undefined : (sheet, rect) => checkProtection(sheet, rect, { user, owner });
    try {
      return select(run(state, params, obj(body)), mask) as Json;
    } finally {
      state.guard = undefined;
    }
  }

  /** A person types into a cell (USER_ENTERED); row and column of the answer are 1-based. @throws SheetsApiError */
  edit(sheet: string, a1: string, entry: string, user?: string): Edited {
    const edited = editCell(this.state, sheet, a1, entry, { user, owner: this.owner });
    this.active = { sheetId: edited.sheetId, a1: edited.a1 };
    return edited;
  }

  /** A person pastes rows of texts; the event has no `value`. */
  paste(sheet: string, a1: string, rows: readonly (readonly string[])[], user?: string): Edited {
    const edited = pasteRows(this.state, sheet, a1, rows, { user, owner: this.owner });
    this.active = { sheetId: edited.sheetId, a1: edited.a1 };
    return edited;
  }

  /** `before` is the 1-based row that moves down. */
  insertRows(sheet: string, before: number, count = 1): void {
    insertRowsAt(this.state, sheet, before, count);
  }

  /** `first` is 1-based. */
  deleteRows(sheet: string, first: number, count = 1): void {
    deleteRowsAt(this.state, sheet, first, count);
  }

  /** Sorts the rows below the frozen ones; `column` is 1-based. */
  sort(sheet: string, column: number, ascending = true): void {
    sortSheet(this.state, sheet, column, ascending);
  }
}
