/** Monday.com in the story: the office keeps a board of residents and one of tasks, types and tidies in both, and a check bounces. */
import { TASKS_BOARD } from '../../vendors/monday';
import * as people from '../../vendors/monday/people';
import { type Item, type MondayState, RESIDENTS_BOARD, SANDBOX_TOKEN } from '../../vendors/monday/state';
import type { Chapter, Operation, Stage } from '../chapter';
import { recordCheck, returnCheck } from '../checks';

const [LATE, PUNCTUAL, SLOW] = ['MD-1', 'MD-2', 'MD-3'] as const;
const [KEY, BALANCE, EMAIL, PHONE] = ['text_mkrl01', 'numeric_mkrl04', 'email_mkrl07', 'phone_mkrl08'] as const;

/** The office's own columns, as the owner chooses them on the card; what has no column there is made. */
const MAPPED = {
  ...{ MAP_LEASE: KEY, MAP_UNIT: 'text_mkrl02', MAP_STANDING: 'color_mkrl03', MAP_BALANCE: BALANCE },
  ...{ MAP_LAST_PAID: 'date_mkrl06', MAP_EMAIL: EMAIL, MAP_PHONE: PHONE, MAP_PROPERTY: 'dropdown_mkrl11' },
};
const LABELS = 'paid = Current; due = Due; grace = Due; late = Late; hold = On hold';

const stateOf = (stage: Stage): MondayState => stage.state<MondayState>();

/** The owner enters the token, looks at the boards and columns there are, chooses, and has the others made. */
function connect(stage: Stage): void {
  stage.connectKeys({ MONDAY_TOKEN: SANDBOX_TOKEN });
  stage.ask('platformList', { platform: 'monday', list: 'boards' });
  stage.connectKeys({ MONDAY_TOKEN: SANDBOX_TOKEN, MONDAY_BOARD: RESIDENTS_BOARD });
  stage.ask('platformList', { platform: 'monday', list: 'columns' });
  withBoards(stage, {});
}

function withBoards(stage: Stage, more: Readonly<Record<string, string>>): void {
  const chosen = { MONDAY_TOKEN: SANDBOX_TOKEN, MONDAY_BOARD: RESIDENTS_BOARD, MONDAY_LABELS: LABELS };
  stage.connectKeys({ ...chosen, ...MAPPED, ...more });
  stage.act('columns');
}

function rowOf(stage: Stage, lease: string): Item {
  const found = stateOf(stage).items.find(({ values, state }) => values[KEY] === lease && state === 'active');
  if (!found) throw new Error(`Monday.com has no row for ${lease}`);
  return found;
}

/** A clerk types into a row of ours. */
const types = (stage: Stage, lease: string, column: string, value: unknown): void =>
  people.typeOver(stateOf(stage), rowOf(stage, lease).id, column, value, stage.world.now);

/** The newest task about a lease that is not done. */
function finishTask(stage: Stage, lease: string): void {
  const state = stateOf(stage);
  const task = state.items.filter(({ values }) => values.rent_task_lease === lease).at(-1);
  if (!task) throw new Error(`Monday.com has no task about ${lease}`);
  people.typeOver(state, task.id, 'rent_task_status', { label: 'Done' }, stage.world.now);
}

/** Rows of the office's own, more than fit on one page. */
function fillBoard(stage: Stage): void {
  for (let at = 1; at <= 210; at++)
    people.addItem(stateOf(stage), { board: RESIDENTS_BOARD, name: `Applicant ${at}` }, stage.world.now);
}

const days: Chapter['days'] = {
  '2026-12-01': (stage) => recordCheck(stage, PUNCTUAL, '1180.00', '711'),
  '2026-12-03': (stage) => stage.ask('mapping', { platform: 'monday', lease: PUNCTUAL }),
  // The office hears of a new phone and mail.
  '2026-12-04': (stage) => {
    types(stage, PUNCTUAL, EMAIL, { email: 'ida.moe@example.com', text: 'Ida' });
    types(stage, PUNCTUAL, PHONE, { phone: '+15125550177', countryShortName: 'US' });
  },
  '2026-12-08': fillBoard,
  // Somebody types over what the ledger keeps, and tidies up.
  '2026-12-09': (stage) => {
    types(stage, SLOW, BALANCE, '0');
    people.renameColumn(stateOf(stage), RESIDENTS_BOARD, 'Balance', 'Owed');
    people.renameLabel(stateOf(stage), RESIDENTS_BOARD, 'Rent status', 'Due', 'Due soon');
  },
  // The task of the 13th is a note; it closes with the check, and opens when that comes back.
  '2026-12-15': (stage) => recordCheck(stage, LATE, '1240.00', '712'),
  '2026-12-17': (stage) => returnCheck(stage, LATE, '712'),
  // From now on tasks have a board of their own.
  '2026-12-19': (stage) => withBoards(stage, { MONDAY_TASK_BOARD: TASKS_BOARD }),
  '2026-12-22': (stage) => finishTask(stage, SLOW),
  // The answer to a change is lost on its way: the row is found by its key, and none is made twice.
  '2026-12-23': (stage) => {
    stage.world.faults.atVendor({ vendor: 'api.monday.com', what: 'timeout', when: { nth: 2 }, side: 'after' });
    recordCheck(stage, SLOW, '500.00', '714');
  },
  '2026-12-26': (stage) => recordCheck(stage, LATE, '1240.00', '713'),
  '2026-12-28': (stage) => {
    people.setItemState(stateOf(stage), rowOf(stage, PUNCTUAL).id, 'deleted', stage.world.now);
    recordCheck(stage, PUNCTUAL, '20.00', '715');
  },
};

const operation = (name: string, text: RegExp): Operation => ({
  ...{ name, method: 'POST', at: /^api\.monday\.com\/v2$/, with: text },
});

const operations: readonly Operation[] = [
  operation('who the token is', /\{ me \{/),
  operation('the boards', /boards\(limit: 100, page:/),
  operation('the columns of a board', /boards\(ids: \$ids, limit: 10\) \{ id name columns/),
  operation('items by their key', /items_page_by_column_values/),
  operation('an item that is remembered', /items\(ids: \$ids/),
  operation('a row made', /: create_item\(.*text_mkrl01/),
  operation('a row changed', /: change_multiple_column_values\(/),
  operation('a column made', /: create_column\(/),
  operation('a note written', /: create_update\(.*Payment received/),
  operation('a task as a note', /: create_update\(.*To do by/),
  operation('a task as a note, changed', /: edit_update\(.*Done: /),
  operation('a task on a board', /: create_item\(.*rent_task_status/),
  operation('rows that changed', /__last_updated__/),
  operation('further rows that changed', /next_items_page/),
  operation('one row to try the mapping on', /column \{ title \}/),
];

export const chapter: Chapter = {
  platform: 'monday',
  leases: [
    { id: LATE, unit: 'M1', residents: 'Noa Weiss', email: 'noa@example.com', rent: '1240.00' },
    { id: PUNCTUAL, unit: 'M2', residents: 'Ida Moe', email: 'ida@example.com', rent: '1180.00' },
    { id: SLOW, unit: 'M3', residents: 'Otis Hall', email: 'otis@example.com', rent: '1210.00' },
  ],
  connect,
  days,
  operations,
  // A board holds no money.
  totals: () => new Map(),
};
