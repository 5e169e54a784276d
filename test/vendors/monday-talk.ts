/** A small client for the Monday.com sandbox: documents with variables, and the rows that most tests begin with. */
import { type MondayState, monday, RESIDENTS_BOARD, SANDBOX_TOKEN } from '../../local/vendors/monday';
import { mondayPeople } from '../../local/vendors/people';
import type { SandboxReply } from '../../local/vendors/sandbox';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const URL_V2 = 'https://api.monday.com/v2';
export const BOARD = RESIDENTS_BOARD;

/** Columns of the residents' board. */
export const KEY = 'text_mkrl01';
export const STATUS = 'color_mkrl03';
export const BALANCE = 'numeric_mkrl04';
export const EMAIL = 'email_mkrl07';

export interface Heard {
  readonly status: number;
  readonly headers: SandboxReply['headers'];
  readonly json: Json;
}

export const CHANGE = `mutation ($board: ID!, $item: ID!, $values: JSON!, $labels: Boolean) {
  change_multiple_column_values(
    board_id: $board, item_id: $item, column_values: $values, create_labels_if_missing: $labels
  ) { id name updated_at column_values { id text value ... on StatusValue { index label } } }
}`;

export const FIND = `query ($board: ID!, $columns: [ItemsPageByColumnValuesQuery!], $limit: Int!) {
  items_page_by_column_values(board_id: $board, columns: $columns, limit: $limit) { cursor items { id name } }
}`;

export class MondayTalk extends Talk<MondayState> {
  token = SANDBOX_TOKEN;
  version: string | undefined = '2026-10';

  constructor(nowMs = WEDNESDAY_MS) {
    super(monday, monday.start(), nowMs);
  }

  headers(): Record<string, string> {
    const base = { authorization: this.token, 'content-type': 'application/json' };
    return this.version === undefined ? base : { ...base, 'api-version': this.version };
  }

  raw(body: unknown, headers: Record<string, string> = {}): Heard {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const reply = this.send('POST', URL_V2, { ...this.headers(), ...headers }, text);
    return { status: reply.status, headers: reply.headers, json: JSON.parse(reply.body) as Json };
  }

  /** A second passes before each document. */
  ask(query: string, variables?: Json): Heard {
    this.nowMs += 1000;
    return this.raw({ query, ...(variables ? { variables } : {}) });
  }

  /** Fails the test with Monday's own words when anything of the document failed. */
  data(query: string, variables?: Json): Json {
    const { json } = this.ask(query, variables);
    if (json.errors) throw new Error(JSON.stringify(json.errors));
    return json.data as Json;
  }

  /** The first error, with its HTTP status. */
  refusal(query: string, variables?: Json): Json {
    const { status, json } = this.ask(query, variables);
    const [error] = json.errors as Json[];
    return { http: status, message: error!.message, code: error!.extensions?.code, ...error!.extensions?.error_data };
  }

  change(item: string, values: Json, labels = false): Heard {
    return this.ask(CHANGE, { board: BOARD, item, values: JSON.stringify(values), labels });
  }

  /** The cell after a change that must succeed. */
  cell(item: string, column: string, value: unknown): Json {
    const { json } = this.change(item, { [column]: value });
    if (json.errors) throw new Error(JSON.stringify(json.errors));
    return json.data.change_multiple_column_values.column_values.find((one: Json) => one.id === column) as Json;
  }

  find(columns: readonly Json[], limit = 25): Json {
    return this.data(FIND, { board: BOARD, columns, limit }).items_page_by_column_values as Json;
  }

  row(name: string, values: object = {}): string {
    return mondayPeople.addItem(this.state, { board: BOARD, name, values }, this.nowMs);
  }
}

export const idsOf = (page: Json): string[] => (page.items as Json[]).map(({ id }) => id as string);

/** An account with one row, of lease L-101. */
export const withRow = (): { talk: MondayTalk; item: string } => {
  const talk = new MondayTalk();
  return { talk, item: talk.row('Unit 1', { [KEY]: 'L-101' }) };
};
