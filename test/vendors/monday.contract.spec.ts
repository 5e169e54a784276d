/** Monday.com's sandbox against the schema that Monday.com serves: every operation, and what of the sandbox's own schema is the same. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { schema } from '../../local/vendors/monday/schema';
import { TASKS_BOARD } from '../../local/vendors/monday/state';
import { mondayPeople } from '../../local/vendors/people';
import { monday } from '../../src/connectors/monday';
import { MondayBench, receiptOf, statusOf, taskOf } from '../connectors/monday-rig';
import { BALANCE, BOARD, EMAIL, KEY, MondayTalk, STATUS } from './monday-talk';
import { fitsWhatIsPublished, itIfPublished } from './published';
import { har, type Json } from './talk';

const ITEM = `id name state url created_at updated_at creator_id creator { id name email title url } group { id title position color }
  board { id name permissions board_kind state } column_values { id type text value is_leaf column { id title revision }
    ... on StatusValue { index label is_done updated_at } ... on NumbersValue { number symbol direction }
    ... on DateValue { date time icon } ... on EmailValue { email label } ... on PhoneValue { phone country_short_name }
    ... on LinkValue { url url_text } ... on CheckboxValue { checked } ... on FormulaValue { display_value }
    ... on MirrorValue { display_value } ... on LastUpdatedValue { updated_at updater_id }
    ... on PeopleValue { persons_and_teams { id kind } } ... on LongTextValue { updated_at } }`;

const VALUES = {
  [KEY]: 'L-101',
  [STATUS]: { label: 'Late' },
  [BALANCE]: '1250.50',
  [EMAIL]: { email: 'ada@example.com', text: 'Ada' },
  date_mkrl05: { date: '2026-12-01' },
  phone_mkrl08: { phone: '+15125550104', countryShortName: 'US' },
  multiple_person_mkrl12: { personsAndTeams: [{ id: 4012690, kind: 'person' }] },
};

function tour(): MondayTalk {
  const talk = new MondayTalk();
  talk.data('{ me { id name email account { id name slug tier } } version { value kind display_name } }');
  talk.data('{ complexity { before query after reset_in_x_seconds } }');
  talk.data(
    `mutation { create_column(board_id: ${BOARD}, id: "rent_due", title: "Due", column_type: date) { id type title } }`,
  );
  talk.data(
    `query ($ids: [ID!]) { boards(ids: $ids, limit: 10) { id name permissions items_count top_group { id }
      columns { id title type settings settings_str revision archived } groups { id title } } }`,
    { ids: [BOARD] },
  );
  const { create_item } = talk.data(
    `mutation ($values: JSON) { create_item(board_id: ${BOARD}, item_name: "Unit 1", column_values: $values) { ${ITEM} } }`,
    { values: JSON.stringify(VALUES) },
  );
  const item = create_item.id as string;
  talk.change(item, { [STATUS]: { index: 0 }, [BALANCE]: '0' });
  talk.data(
    `mutation { a: change_column_value(board_id: ${BOARD}, item_id: ${item}, column_id: "${BALANCE}", value: "\\"5\\"") { id }
      b: change_simple_column_value(board_id: ${BOARD}, item_id: ${item}, column_id: "${KEY}", value: "L-102") { id } }`,
  );
  const { create_update } = talk.data(`mutation { create_update(item_id: ${item}, body: "Late") { id item { id } } }`);
  talk.data(`mutation { edit_update(id: ${create_update.id}, body: "Paid") { id body edited_at } }`);
  reads(talk, item);
  refusals(talk, item);
  return talk;
}

function reads(talk: MondayTalk, item: string): void {
  for (let n = 0; n < 3; n += 1) talk.row(`Unit ${n}`, { [KEY]: `L-2${n}` });
  talk.find([{ column_id: KEY, column_values: ['L-102'] }]);
  talk.data(
    `{ items(ids: [${item}]) { ${ITEM} updates(limit: 5) { id body text_body created_at creator { name } } } }`,
  );
  talk.data(
    '{ updates(limit: 5, from_date: "2026-12-01", to_date: "2026-12-31") { id text_body item_id updated_at } }',
  );
  const page = talk.data(
    `query ($query: ItemsQuery) { boards(ids: [${BOARD}]) { items_page(limit: 2, query_params: $query) { cursor items { id } } } }`,
    {
      query: {
        rules: [{ column_id: KEY, operator: 'is_not_empty', compare_value: [] }],
        order_by: [{ column_id: '__last_updated__', direction: 'desc' }],
      },
    },
  ).boards[0].items_page as Json;
  talk.data('query ($cursor: String!) { next_items_page(cursor: $cursor, limit: 2) { cursor items { id } } }', {
    cursor: page.cursor,
  });
}

/** Refusals of documents that are sound: those that are not fit no schema. */
function refusals(talk: MondayTalk, item: string): void {
  talk.change(item, { [STATUS]: { label: 'Evicted' } });
  talk.change(item, { rent: '5' });
  talk.change('77', { [BALANCE]: '5' });
  talk.ask('mutation { create_item(board_id: 1, item_name: "x") { id } }');
  talk.ask('{ next_items_page(cursor: "x") { cursor } }');
  talk.token = mondayPeople.tokenOfPerson(talk.state, 'viewer');
  talk.change(item, { [BALANCE]: '5' });
  talk.token = 'nobody';
  talk.ask('{ me { id } }');
  talk.token = talk.state.tokens[0]!.token;
  mondayPeople.changePlan(talk.state, 'trial');
  talk.state.used.calls = 200;
  talk.ask('{ me { id } }');
}

/** All that the connector does, and the repeats after answers that were lost. */
function work(): MondayBench {
  const bench = new MondayBench({ MONDAY_TASK_BOARD: TASKS_BOARD });
  bench.run(monday.test!(bench.account));
  bench.run(monday.test!({}));
  bench.run(monday.lists!.boards!(bench.account));
  bench.run(monday.lists!.columns!(bench.account));
  bench.tellOk('columns');
  const ref = bench.tellOk('standing', statusOf('L-1'));
  bench.tell('standing', ...Array.from({ length: 260 }, (_, at) => statusOf(`L-${at}`)).slice(0, 100));
  bench.tell('standing', ...Array.from({ length: 260 }, (_, at) => statusOf(`L-${at}`)).slice(100, 200));
  bench.tell('standing', ...Array.from({ length: 60 }, (_, at) => statusOf(`L-${200 + at}`)));
  bench.tellOk('standing', statusOf('L-1', { customer: ref.split(' ')[0]!, contact: 'keep' }));
  for (const state of ['open', 'closed'] as const) bench.tellOk('task', taskOf('L-1', { state }));
  const { MONDAY_TASK_BOARD: _, ...withoutBoard } = bench.account;
  Object.assign(bench.account, { MONDAY_TASK_BOARD: '' });
  for (const state of ['open', 'closed'] as const) bench.tellOk('task', taskOf('L-1', { state }));
  bench.tellOk('receipt', receiptOf('L-1'));
  bench.one('receipt', receiptOf('L-1'), 2);
  bench.run(monday.sample!({ leaseId: 'L-1', customer: '' }, withoutBoard));
  bench.run(monday.sample!(undefined, withoutBoard));
  bench.read();
  return bench;
}

/** Every member of a schema with its type, as lines; the arguments of fields are members too. */
function membersOf(described: GraphQLSchema): Map<string, string> {
  const lines = new Map<string, string>();
  for (const type of Object.values(described.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isEnumType(type)) for (const { name } of type.getValues()) lines.set(`${type.name}.${name}`, 'enum');
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      lines.set(`${type.name}.${field.name}`, String(field.type));
      if (!('args' in field)) continue;
      for (const arg of field.args) lines.set(`${type.name}.${field.name}(${arg.name})`, String(arg.type));
    }
  }
  return lines;
}

describe('the sandbox', () => {
  const { exchanges } = tour();

  it('gives every kind of answer', () => {
    const answers = exchanges.map(({ reply }) => {
      const [first] = (JSON.parse(reply.body) as Json).errors ?? [];
      return `${reply.status} ${first?.extensions?.code ?? first ?? 'ok'}`;
    });
    expect([...new Set(answers)].sort()).toEqual([
      '200 ColumnValueException',
      '200 InvalidArgumentException',
      '200 InvalidBoardIdException',
      '200 InvalidColumnIdException',
      '200 ResourceNotFoundException',
      '200 UserUnauthorizedException',
      '200 ok',
      '401 Not Authenticated',
      '429 DAILY_LIMIT_EXCEEDED',
    ]);
  });

  it('is asked for every query and mutation that it has', () => {
    const asked = exchanges.map(({ request }) => request.body).join(' ');
    for (const root of [schema.getQueryType()!, schema.getMutationType()!])
      for (const name of Object.keys(root.getFields())) expect(asked).toMatch(new RegExp(`\\b${name}\\b`));
  });

  itIfPublished(
    'has no type, field, argument or value that Monday.com’s schema has not, and each of the same type',
    () => {
      const path = join(__dirname, '../../../shared/contracts/monday/schema.graphql');
      expect(existsSync(path)).toBe(true);
      const theirs = membersOf(buildSchema(readFileSync(path, 'utf8'), { assumeValid: true }));
      const ours = [...membersOf(schema)].map(([name, type]) => `${name}: ${type}`);
      expect(ours.filter((line) => `${theirs.get(line.split(': ')[0]!)}` !== line.split(': ')[1])).toEqual([]);
      expect(ours.length).toBeGreaterThan(200);
    },
  );

  fitsWhatIsPublished('Monday.com’s sandbox', () => har(exchanges), { passed: exchanges.length, platform: 'monday' });
});

describe('the connector', () => {
  const bench = work();
  const recorded = bench.har.toJSON();
  const asked = recorded.log.entries
    .map(({ request }) => String((request.postData as { text: string }).text))
    .join(' ');

  it('asks for everything that it can do, in the pinned version', () => {
    for (const name of [
      ...['me', 'boards', 'items', 'items_page', 'items_page_by_column_values', 'next_items_page', 'updates'],
      ...['create_item', 'change_multiple_column_values', 'create_update', 'edit_update', 'create_column'],
    ])
      expect(asked).toMatch(new RegExp(`\\b${name}\\b`));
    const versions = recorded.log.entries.flatMap(({ request }) =>
      (request.headers as { name: string; value: string }[]).filter(({ name }) => name === 'api-version'),
    );
    expect(new Set(versions.map(({ value }) => value))).toEqual(new Set(['2026-10']));
    expect(versions).toHaveLength(recorded.log.entries.length);
  });

  it('has the token in no line', () => {
    expect(JSON.stringify(recorded)).not.toContain(bench.credentials.MONDAY_TOKEN);
  });

  fitsWhatIsPublished('Monday.com’s connector', () => recorded, {
    passed: recorded.log.entries.length,
    platform: 'monday',
  });
});
