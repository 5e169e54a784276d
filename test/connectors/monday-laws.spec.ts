/** Monday.com and its sandbox keep the laws: whatever answer is lost, there is one row, one note and one task. */
import type { MondayState } from '../../local/vendors/monday';
import { TASKS_BOARD } from '../../local/vendors/monday/state';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import type { Credentials } from '../../src/connectors/connector';
import { taskMark } from '../../src/connectors/told';
import { holdsTheLaws } from './laws';
import { BOARD, receiptOf, rigWith, statusOf, taskOf } from './monday-rig';

const payload = (told: object) => () => JSON.parse(JSON.stringify(told)) as Record<string, unknown>;

const ask = (query: string, token: string, more: Record<string, string> = {}): SandboxRequest => ({
  method: 'POST',
  url: 'https://api.monday.com/v2',
  headers: { authorization: token, 'content-type': 'application/json', ...more },
  body: JSON.stringify({ query }),
});

const refusal = (name: string, status: number, says: RegExp, request: (token: string) => SandboxRequest) => ({
  ...{ name, status, says },
  request: ({ MONDAY_TOKEN = '' }: Credentials) => request(MONDAY_TOKEN),
});

const CHANGE = (values: string) =>
  `mutation { change_multiple_column_values(board_id: ${BOARD}, item_id: 5000000001, column_values: ${JSON.stringify(values)}) { id } }`;

const rowsOf = (state: MondayState) => state.items.filter(({ values }) => values.text_mkrl01 === 'L-1').length;
const notesOf = (mark: RegExp) => (state: MondayState) => state.updates.filter(({ body }) => mark.test(body)).length;

describe('with rows for leases', () => {
  holdsTheLaws<MondayState>(
    rigWith(
      {},
      {
        writes: [
          { effect: 'standing', payload: payload(statusOf('L-1')), count: rowsOf },
          {
            effect: 'columns',
            payload: () => ({}),
            count: (state: MondayState) => state.boards[0]!.columns.filter(({ id }) => id === 'rent_days_late').length,
          },
        ],
        refusals: [
          refusal('a token of nobody', 401, /Not Authenticated/, () => ask('{ me { id } }', 'nobody')),
          refusal('a token behind the word Bearer', 401, /Not Authenticated/, (token) =>
            ask('{ me { id } }', `Bearer ${token}`),
          ),
          refusal('a field that is not there', 400, /Cannot query field \\"rent\\"/, (token) =>
            ask('{ me { rent } }', token),
          ),
          refusal('a form', 400, /application\/json/, (token) =>
            ask('{ me { id } }', token, { 'content-type': 'application/x-www-form-urlencoded' }),
          ),
          refusal('a board that is not there', 200, /InvalidBoardIdException/, (token) =>
            ask('mutation { create_item(board_id: 9, item_name: "x") { id } }', token),
          ),
          refusal('an item that is not there', 200, /ResourceNotFoundException/, (token) => ask(CHANGE('{}'), token)),
          refusal('a cursor that nobody gave', 200, /cursor is not valid/, (token) =>
            ask('{ next_items_page(cursor: "x") { cursor } }', token),
          ),
        ],
      },
    ),
  );
});

describe('with notes below the row', () => {
  holdsTheLaws<MondayState>(
    rigWith(
      {},
      {
        hasRow: true,
        refusals: [
          refusal('a note below an item that is not there', 200, /ResourceNotFoundException/, (token) =>
            ask('mutation { create_update(item_id: 7, body: "x") { id } }', token),
          ),
        ],
        writes: [
          {
            effect: 'receipt',
            payload: payload(receiptOf('L-1')),
            count: notesOf(/^Payment received: 1000\.00 USD/),
          },
          { effect: 'task', payload: payload(taskOf('L-1')), count: notesOf(new RegExp(taskMark(taskOf('L-1')))) },
        ],
      },
    ),
  );
});

describe('with a board for tasks', () => {
  holdsTheLaws<MondayState>(
    rigWith(
      { MONDAY_TASK_BOARD: TASKS_BOARD },
      {
        refusals: [
          refusal('a column that is not there', 200, /InvalidColumnIdException/, (token) =>
            ask(
              `mutation { create_item(board_id: ${TASKS_BOARD}, item_name: "x", column_values: "{\\"rent\\":1}") { id } }`,
              token,
            ),
          ),
        ],
        writes: [
          {
            effect: 'task',
            payload: payload(taskOf('L-1')),
            count: (state: MondayState) =>
              state.items.filter(({ board, values }) => board === TASKS_BOARD && values.rent_task !== undefined).length,
          },
        ],
      },
    ),
  );
});
