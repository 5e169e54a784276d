/** Monday.com's own client talks to our sandbox: it reads boards, finds, makes and changes items, pages, is refused in part and slowed down. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import mondayApi from '@mondaydotcomorg/api';
import { mondayPeople } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

// The package is CommonJS, and not all of its names can be imported one by one.
const { ApiClient, ClientError } = mondayApi;

const BOARD = '1234567890';
const KEY = 'text_mkrl01';
const STATUS = 'color_mkrl03';
const BALANCE = 'numeric_mkrl04';
const { url, state, clock } = await serve('monday');
const clientWith = (token, apiVersion = '2026-10') => new ApiClient({ token, endpoint: `${url}/v2`, apiVersion });
const monday = clientWith(state.tokens[0].token);
const errorOf = async (call) => {
  const caught = await call.then(
    () => assert.fail('it was not refused'),
    (error) => error,
  );
  assert.ok(caught instanceof ClientError);
  return caught.response;
};

test('the client learns who it is, in the version that it names', async () => {
  assert.deepEqual((await monday.operations.getMeOp()).me, {
    id: '4012689',
    name: 'Olivia Owner',
    email: 'owner@example.com',
  });
  const { version } = await monday.request('{ version { value kind } }');
  assert.deepEqual(version, { value: '2026-10', kind: 'current' });
  const older = await monday.request('{ version { value } }', undefined, { versionOverride: '2026-01' });
  assert.equal(older.version.value, '2026-01');
});

test('groups, items and their columns are made, changed and read by its ready-made operations', async () => {
  const { boards } = await monday.operations.getBoardGroupsOp({ ids: [BOARD] });
  assert.deepEqual(boards[0].groups[1], { id: 'group_mkgone', title: 'Moved out' });
  const { create_item } = await monday.operations.createItemOp({
    boardId: BOARD,
    groupId: 'topics',
    itemName: 'Unit 1',
  });
  const itemId = create_item.id;
  const columnValues = JSON.stringify({ [KEY]: 'L-101', [STATUS]: { label: 'Late' }, [BALANCE]: '1250.50' });
  const changed = await monday.operations.changeMultipleColumnValuesOp({ boardId: BOARD, itemId, columnValues });
  const cell = (id) => changed.change_multiple_column_values.column_values.find((one) => one.id === id);
  assert.equal(cell(KEY).value, '"L-101"');
  assert.equal(JSON.parse(cell(STATUS).value).index, 2);
  const one = { boardId: BOARD, itemId, columnId: STATUS };
  await monday.operations.changeColumnValueOp({ ...one, value: JSON.stringify({ label: 'Current' }) });
  await monday.operations.changeSimpleColumnValueOp({ ...one, columnId: BALANCE, value: '0' });
  const read = await monday.operations.getBoardItemsOp({ ids: [BOARD] });
  const [item] = read.boards[0].items_page.items;
  assert.equal(item.column_values.find(({ id }) => id === BALANCE).value, '"0"');
});

test('items are found by a key, and a board is read to its end by cursor', async () => {
  for (const n of [2, 3, 4]) {
    mondayPeople.addItem(state, { board: BOARD, name: `Unit ${n}`, values: { [KEY]: `L-10${n}` } }, clock.nowMs);
  }
  const found = await monday.request(
    `query ($columns: [ItemsPageByColumnValuesQuery!]) {
      items_page_by_column_values(board_id: ${BOARD}, columns: $columns, limit: 10) { cursor items { name } } }`,
    { columns: [{ column_id: KEY, column_values: ['L-103', 'L-104'] }] },
  );
  assert.deepEqual(found.items_page_by_column_values, {
    cursor: null,
    items: [{ name: 'Unit 3' }, { name: 'Unit 4' }],
  });
  const names = [];
  const first = await monday.request(
    `{ boards(ids: [${BOARD}]) { items_page(limit: 2) { cursor items { name updates { id } } } } }`,
  );
  let page = first.boards[0].items_page;
  for (;;) {
    names.push(...page.items.map(({ name }) => name));
    if (page.cursor === null) break;
    const next = 'query ($cursor: String!) { next_items_page(cursor: $cursor, limit: 2) { cursor items { name } } }';
    page = (await monday.request(next, { cursor: page.cursor })).next_items_page;
  }
  assert.deepEqual(names, ['Unit 1', 'Unit 2', 'Unit 3', 'Unit 4']);
});

test('of aliased changes those that can be done are done, and the client sees both data and errors', async () => {
  const [first, second] = state.items.map(({ id }) => id);
  const lenient = new ApiClient({
    token: state.tokens[0].token,
    endpoint: `${url}/v2`,
    apiVersion: '2026-10',
    requestConfig: { errorPolicy: 'all' },
  });
  const document = `mutation ($good: JSON!, $bad: JSON!) {
    a: change_multiple_column_values(board_id: ${BOARD}, item_id: ${first}, column_values: $good) { id }
    b: change_multiple_column_values(board_id: ${BOARD}, item_id: ${second}, column_values: $bad) { id }
    note: create_update(item_id: ${first}, body: "Rent was paid") { text_body }
  }`;
  const variables = { good: JSON.stringify({ [BALANCE]: '7' }), bad: JSON.stringify({ [STATUS]: { label: 'Gone' } }) };
  const { data, errors } = await lenient.rawRequest(document, variables);
  assert.deepEqual(data, { a: { id: first }, b: null, note: { text_body: 'Rent was paid' } });
  assert.deepEqual(errors[0].path, ['b']);
  assert.equal(errors[0].extensions.error_data.column_validation_error_code, 'missingLabel');
  const response = await errorOf(monday.request(document, variables));
  assert.equal(response.status, 200);
  assert.equal(response.errors[0].extensions.code, 'ColumnValueException');
});

test('a token that nobody knows, and a document that is none, are told by their status', async () => {
  assert.equal((await errorOf(clientWith('nobody').operations.getMeOp())).status, 401);
  assert.equal((await errorOf(monday.request('{ me { rent } }'))).status, 400);
});

test('once the day is used up the client is told how long to wait', async () => {
  mondayPeople.changePlan(state, 'trial');
  state.used.calls = 200;
  const response = await errorOf(monday.operations.getMeOp());
  assert.equal(response.status, 429);
  assert.deepEqual(response.errors[0].extensions, { code: 'DAILY_LIMIT_EXCEEDED', retry_in_seconds: 9 * 3600 });
  assert.equal(response.headers.get('retry-after'), String(9 * 3600));
});
