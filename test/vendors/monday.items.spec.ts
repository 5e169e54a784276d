/** The Monday.com sandbox's boards and items: changes, finding, paging, partial success, and what people do meanwhile. */
import { TASKS_BOARD } from '../../local/vendors/monday';
import { mondayPeople } from '../../local/vendors/people';
import { BALANCE, BOARD, EMAIL, idsOf, KEY, MondayTalk, STATUS, withRow } from './monday-talk';
import type { Json } from './talk';

describe('a board', () => {
  it('shows its columns with their labels, and its groups', () => {
    const { boards } = new MondayTalk().data(
      `{ boards(ids: [${BOARD}]) { name columns(ids: ["${STATUS}", "${KEY}"]) { id title type settings settings_str } groups { id title } } }`,
    );
    expect(boards[0].columns[0]).toMatchObject({ id: KEY, title: 'Lease', type: 'text', settings: {} });
    expect(boards[0].columns[1].settings.labels[2]).toEqual({
      ...{ id: 2, label: 'Late', color: 2, index: 2 },
      ...{ is_done: false, is_deactivated: false },
    });
    expect(JSON.parse(boards[0].columns[1].settings_str).labels).toMatchObject({ 0: 'Current', 2: 'Late' });
    expect(boards[0].groups.map(({ id }: Json) => id)).toEqual(['topics', 'group_mkgone']);
  });

  it('that nobody knows is left out of a list, and refused where it is written to', () => {
    const talk = new MondayTalk();
    expect(talk.data('{ boards(ids: [99]) { id } }').boards).toEqual([]);
    expect(talk.refusal('mutation { create_item(board_id: 99, item_name: "x") { id } }').code).toBe(
      'InvalidBoardIdException',
    );
  });

  it('gets a column with an id of one’s own, which is never given twice', () => {
    const talk = new MondayTalk();
    const CREATE = `mutation ($id: String) {
      create_column(board_id: ${BOARD}, id: $id, title: "Standing", column_type: status) { id title type }
    }`;
    const made = { id: 'rent_standing', title: 'Standing', type: 'status' };
    expect(talk.data(CREATE, { id: 'rent_standing' }).create_column).toEqual(made);
    mondayPeople.removeColumn(talk.state, BOARD, 'Standing');
    for (const id of ['rent_standing', 'Rent', 'rent1', 'x'.repeat(21)])
      expect(talk.refusal(CREATE, { id }).code).toBe('InvalidArgumentException');
    expect(talk.data(CREATE).create_column.id).toBe('status_mk0001');
    mondayPeople.lockBoard(talk.state, BOARD, 'structure');
    talk.token = mondayPeople.tokenOfPerson(talk.state, 'member');
    expect(talk.refusal(CREATE).code).toBe('UserUnauthorizedException');
  });

  it('shows a column under its new title, and one that was removed no more', () => {
    const talk = new MondayTalk();
    mondayPeople.renameColumn(talk.state, BOARD, 'Lease', 'Lease number');
    mondayPeople.removeColumn(talk.state, BOARD, 'Balance');
    const [board] = talk.data(`{ boards(ids: [${BOARD}]) { columns { id title } } }`).boards;
    expect(board.columns).toContainEqual({ id: KEY, title: 'Lease number' });
    expect(board.columns.some(({ id }: Json) => id === BALANCE)).toBe(false);
  });
});

describe('a change of several columns', () => {
  it('is whole or not at all', () => {
    const { talk, item } = withRow();
    const { json } = talk.change(item, { [BALANCE]: '10', [STATUS]: { label: 'Nowhere' } });
    expect(json.data).toEqual({ change_multiple_column_values: null });
    expect(talk.state.items[0]!.values).toEqual({ [KEY]: 'L-101' });
  });

  it('renames the item by its first column', () => {
    const { talk, item } = withRow();
    expect(talk.change(item, { name: 'Unit 1A' }).json.data.change_multiple_column_values.name).toBe('Unit 1A');
  });

  it.each([
    ['JSON that is broken', '{', 'JsonParseException'],
    ['JSON that is a list', '[]', 'InvalidArgumentException'],
    ['an object that is not a text', { [KEY]: 'x' }, 'InvalidArgumentException'],
    ['a column that is not there', JSON.stringify({ rent: '1' }), 'InvalidColumnIdException'],
    ['an empty name', JSON.stringify({ name: ' ' }), 'InvalidItemNameException'],
    ['a name that is too long', JSON.stringify({ name: 'x'.repeat(256) }), 'ItemNameTooLongException'],
  ])('refuses %s', (_name, values, code) => {
    const { talk, item } = withRow();
    const query = `mutation ($values: JSON!) { change_multiple_column_values(board_id: ${BOARD}, item_id: ${item}, column_values: $values) { id } }`;
    expect(talk.refusal(query, { values })).toMatchObject({ http: 200, code });
  });

  it('refuses an item that is not there, was deleted or lies in the archive', () => {
    const { talk, item } = withRow();
    const codeFor = (id: string) => talk.change(id, { [BALANCE]: '1' }).json.errors[0].extensions;
    expect(codeFor('77').code).toBe('ResourceNotFoundException');
    mondayPeople.setItemState(talk.state, item, 'archived', talk.nowMs);
    expect(codeFor(item).error_data.column_validation_error_code).toBe('inactiveItems');
    mondayPeople.setItemState(talk.state, item, 'deleted', talk.nowMs);
    expect(codeFor(item).code).toBe('ResourceNotFoundException');
    mondayPeople.setItemState(talk.state, item, 'active', talk.nowMs);
    expect(talk.change(item, { [BALANCE]: '1' }).json.errors).toBe(undefined);
  });

  it('is refused to a viewer, and to a member where the board is locked', () => {
    const { talk, item } = withRow();
    const owner = talk.token;
    talk.token = mondayPeople.tokenOfPerson(talk.state, 'viewer');
    expect(talk.change(item, { [BALANCE]: '1' }).json.errors[0].extensions.status_code).toBe(403);
    mondayPeople.lockBoard(talk.state, BOARD, 'content');
    talk.token = mondayPeople.tokenOfPerson(talk.state, 'member');
    expect(talk.change(item, { [BALANCE]: '1' }).json.errors[0].extensions.status_code).toBe(403);
    talk.token = owner;
    expect(talk.change(item, { [BALANCE]: '1' }).json.errors).toBe(undefined);
  });
});

describe('aliased mutations', () => {
  it('succeed each alone: what failed is null, and its error names the alias', () => {
    const talk = new MondayTalk();
    const rows = [1, 2, 3].map((n) => talk.row(`Unit ${n}`, { [KEY]: `L-${n}` }));
    const one = (alias: string, id: string, value: string) =>
      `${alias}: change_multiple_column_values(board_id: ${BOARD}, item_id: ${id}, column_values: ${JSON.stringify(JSON.stringify({ [BALANCE]: value }))}) { id }`;
    const { status, json } = talk.ask(
      `mutation { ${one('a', rows[0]!, '10')} ${one('b', rows[1]!, 'ten')} ${one('c', rows[2]!, '30')} }`,
    );
    expect(status).toBe(200);
    expect(json.data).toEqual({ a: { id: rows[0] }, b: null, c: { id: rows[2] } });
    expect(json.errors).toHaveLength(1);
    expect(json.errors[0]).toMatchObject({ path: ['b'], extensions: { code: 'ColumnValueException' } });
    expect(talk.state.items.map(({ values }) => values[BALANCE])).toEqual(['10', undefined, '30']);
  });

  it('count as one call of the day', () => {
    const talk = new MondayTalk();
    const creations = Array.from(
      { length: 20 },
      (_, n) => `a${n}: create_item(board_id: ${BOARD}, item_name: "U${n}") { id }`,
    );
    talk.data(`mutation { ${creations.join(' ')} }`);
    expect([talk.state.used.calls, talk.state.items.length]).toEqual([1, 20]);
  });
});

describe('an item', () => {
  const CREATE = `mutation ($values: JSON, $group: String) {
    create_item(board_id: ${BOARD}, group_id: $group, item_name: "Unit 9", column_values: $values) {
      id name group { id } creator { name } column_values(ids: ["${KEY}"]) { text }
    }
  }`;

  it('is made with its columns, in the first group or the one that is named', () => {
    const talk = new MondayTalk();
    const { create_item } = talk.data(CREATE, { values: JSON.stringify({ [KEY]: 'L-109' }) });
    expect(create_item).toMatchObject({ group: { id: 'topics' }, column_values: [{ text: 'L-109' }] });
    expect(talk.data(CREATE, { group: 'group_mkgone' }).create_item.group.id).toBe('group_mkgone');
    expect(talk.refusal(CREATE, { group: 'nowhere' }).code).toBe('ResourceNotFoundException');
  });

  it('is not made when one of its columns is refused', () => {
    const talk = new MondayTalk();
    expect(talk.refusal(CREATE, { values: JSON.stringify({ [BALANCE]: 'x' }) }).code).toBe('ColumnValueException');
    expect(talk.state.items).toEqual([]);
  });

  it('is read by its id, at most a hundred at once, in any state', () => {
    const { talk, item } = withRow();
    mondayPeople.setItemState(talk.state, item, 'archived', talk.nowMs);
    expect(talk.data(`{ items(ids: [${item}, 1]) { id state } }`).items).toEqual([{ id: item, state: 'archived' }]);
    expect(talk.data(`{ items(ids: [${item}], exclude_nonactive: true) { id } }`).items).toEqual([]);
    const many = Array.from({ length: 101 }, (_, n) => n);
    expect(talk.refusal(`{ items(ids: ${JSON.stringify(many)}) { id } }`).code).toBe('ItemsLimitationException');
  });
});

describe('finding by the values of columns', () => {
  it('gives the items that have one of the values in each column', () => {
    const talk = new MondayTalk();
    const [a, b, c] = ['L-1', 'L-2', 'L-3'].map((key) => talk.row(key, { [KEY]: key }));
    mondayPeople.typeOver(talk.state, b!, STATUS, { label: 'Late' }, talk.nowMs);
    expect(idsOf(talk.find([{ column_id: KEY, column_values: ['L-1', 'L-3'] }]))).toEqual([a, c]);
    const late = { column_id: STATUS, column_values: ['Late'] };
    expect(idsOf(talk.find([late, { column_id: KEY, column_values: ['L-1', 'L-2'] }]))).toEqual([b]);
    expect(idsOf(talk.find([{ column_id: KEY, column_values: ['L-10'] }]))).toEqual([]);
  });

  it('gives both when a row was duplicated, and none that is archived', () => {
    const { talk, item } = withRow();
    const copy = mondayPeople.duplicateItem(talk.state, item, talk.nowMs);
    expect(idsOf(talk.find([{ column_id: KEY, column_values: ['L-101'] }]))).toEqual([item, copy]);
    mondayPeople.setItemState(talk.state, item, 'archived', talk.nowMs);
    expect(idsOf(talk.find([{ column_id: KEY, column_values: ['L-101'] }]))).toEqual([copy]);
  });

  it('refuses a column that is not there, one that cannot be searched, and pages that are too long', () => {
    const talk = new MondayTalk();
    const codeOf = (column_id: string, limit = 25) => {
      const [error] = talk.ask(
        'query ($columns: [ItemsPageByColumnValuesQuery!], $limit: Int!) { items_page_by_column_values(board_id: ' +
          `${BOARD}, columns: $columns, limit: $limit) { cursor } }`,
        { columns: [{ column_id, column_values: ['x'] }], limit },
      ).json.errors as Json[];
      return error!.extensions.code;
    };
    expect(codeOf('rent')).toBe('InvalidColumnIdException');
    expect(codeOf('formula_mkrl14')).toBe('InvalidColumnTypeException');
    expect(codeOf(KEY, 501)).toBe('InvalidArgumentException');
  });
});

describe('pages of a board', () => {
  const PAGE = `query ($query: ItemsQuery, $limit: Int!) {
    boards(ids: [${BOARD}]) { items_page(limit: $limit, query_params: $query) { cursor items { id name updated_at } } }
  }`;
  const NEXT = 'query ($cursor: String!) { next_items_page(cursor: $cursor, limit: 2) { cursor items { id } } }';
  const board = () => {
    const talk = new MondayTalk();
    const rows = [1, 2, 3, 4, 5].map((n) => talk.row(`Unit ${n}`, n === 3 ? {} : { [KEY]: `L-${n}` }));
    const first = (query: Json, limit = 25) => talk.data(PAGE, { query, limit }).boards[0].items_page as Json;
    return { talk, rows, first };
  };

  it('are read to the end by cursor, as the list was at the first', () => {
    const { talk, rows, first } = board();
    const one = first({}, 2);
    talk.row('Unit 6');
    mondayPeople.setItemState(talk.state, rows[2]!, 'deleted', talk.nowMs);
    const two = talk.data(NEXT, { cursor: one.cursor }).next_items_page;
    const three = talk.data(NEXT, { cursor: two.cursor }).next_items_page;
    expect([idsOf(one), idsOf(two), idsOf(three)]).toEqual([rows.slice(0, 2), [rows[3]], [rows[4]]]);
    expect(three.cursor).toBe(null);
  });

  it('cannot be gone on with after an hour, nor by a cursor that nobody gave', () => {
    const { talk, first } = board();
    const { cursor } = first({}, 2);
    talk.nowMs += 3_600_000;
    expect(talk.refusal(NEXT, { cursor }).code).toBe('CursorExpiredError');
    expect(talk.refusal(NEXT, { cursor: 'x' }).code).toBe('InvalidArgumentException');
  });

  it('come in the order of the last change', () => {
    const { talk, rows, first } = board();
    talk.nowMs += 60_000;
    talk.cell(rows[1]!, BALANCE, '5');
    talk.nowMs += 60_000;
    mondayPeople.typeOver(talk.state, rows[3]!, EMAIL, { email: 'a@example.com', text: 'a' }, talk.nowMs);
    const order_by = [{ column_id: '__last_updated__', direction: 'desc' }];
    expect(idsOf(first({ order_by })).slice(0, 2)).toEqual([rows[3], rows[1]]);
  });

  it('are narrowed by rules and by ids', () => {
    const { talk, rows, first } = board();
    talk.cell(rows[4]!, STATUS, { label: 'Late' });
    const rule = (column_id: string, operator: string, compare_value: unknown) => ({
      rules: [{ column_id, operator, compare_value }],
    });
    expect(idsOf(first(rule(KEY, 'is_not_empty', [])))).toHaveLength(4);
    expect(idsOf(first(rule(KEY, 'is_empty', [])))).toEqual([rows[2]]);
    expect(idsOf(first(rule(STATUS, 'any_of', [2])))).toEqual([rows[4]]);
    expect(idsOf(first(rule(KEY, 'contains_text', ['-4'])))).toEqual([rows[3]]);
    expect(idsOf(first(rule(KEY, 'not_any_of', ['L-1', 'L-2', ''])))).toEqual(rows.slice(3));
    expect(idsOf(first({ ids: [rows[0], rows[4]] }))).toEqual([rows[0], rows[4]]);
  });
});

describe('updates', () => {
  it('are written below an item, read with it, and corrected', () => {
    const { talk, item } = withRow();
    const CREATE =
      'mutation ($item: ID, $body: String!) { create_update(item_id: $item, body: $body) { id text_body } }';
    const { create_update } = talk.data(CREATE, { item, body: '<p>Rent is <b>late</b></p>' });
    expect(create_update.text_body).toBe('Rent is late');
    mondayPeople.writeUpdate(talk.state, item, 'I have called them.', talk.nowMs);
    const [read] = talk.data(`{ items(ids: [${item}]) { updates { text_body creator { name } } } }`).items;
    expect(read.updates).toEqual([
      { text_body: 'I have called them.', creator: { name: 'Carl Clerk' } },
      { text_body: 'Rent is late', creator: { name: 'Olivia Owner' } },
    ]);
    const EDIT = 'mutation ($id: ID!) { edit_update(id: $id, body: "All is paid") { text_body edited_at } }';
    expect(talk.data(EDIT, { id: create_update.id }).edit_update.text_body).toBe('All is paid');
    mondayPeople.deleteUpdate(talk.state, create_update.id);
    expect(talk.refusal(EDIT, { id: create_update.id }).code).toBe('ResourceNotFoundException');
    expect(talk.refusal(CREATE, { item: '1', body: 'x' }).code).toBe('ResourceNotFoundException');
    expect(talk.refusal(CREATE, { item, body: ' ' }).code).toBe('InvalidArgumentException');
  });

  it('are read across boards between two days', () => {
    const { talk, item } = withRow();
    const task = mondayPeople.addItem(talk.state, { board: TASKS_BOARD, name: 'Call Ada' }, talk.nowMs);
    mondayPeople.writeUpdate(talk.state, item, 'first', talk.nowMs);
    talk.nowMs += 86_400_000;
    mondayPeople.writeUpdate(talk.state, task, 'second', talk.nowMs);
    const between = (from: string, to: string) =>
      talk
        .data(`{ updates(from_date: "${from}", to_date: "${to}") { text_body item { name } } }`)
        .updates.map(({ text_body }: Json) => text_body);
    expect(between('2026-12-02', '2026-12-02')).toEqual(['first']);
    expect(between('2026-12-02', '2026-12-03')).toEqual(['second', 'first']);
    expect(talk.refusal('{ updates(from_date: "soon") { id } }').code).toBe('InvalidArgumentException');
  });
});
