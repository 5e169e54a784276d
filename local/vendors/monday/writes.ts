/** The mutations: items are made and their columns changed, all of one call or nothing of it; updates are written and corrected. */
import { nextNumber } from '../kit/reply';
import { refuse, unauthorized } from './errors';
import { columnIn } from './find';
import type { Writing } from './labels';
import { boardById } from './reads';
import { columnShape, itemShape, updateShape } from './shapes';
import type { Board, Column, Context, Item, Label, MondayState } from './state';
import { rawValue, simpleValue } from './values';

type Fields = Readonly<Record<string, unknown>>;

const MAX_NAME = 255;
const FIRST_ITEM = 5_000_000_000;
const FIRST_UPDATE = 3_000_000_000;

interface ItemArgs {
  readonly board_id: string;
  readonly item_id?: string | null;
  readonly create_labels_if_missing?: boolean | null;
}

/** `JSON` travels as a text that holds JSON. */
function parsed(json: unknown): unknown {
  if (typeof json !== 'string')
    return refuse('InvalidArgumentException', 'A JSON argument is a text that holds JSON', 200, { argument: 'JSON' });
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return refuse('JsonParseException', 'Syntax error in JSON input', 400, { json: json.slice(0, 40) });
  }
}

function writableBoard({ state, user }: Context, id: string): Board {
  const board = boardById(state, id);
  if (user.role === 'viewer' || (board.isReadOnly && user.role !== 'admin')) return unauthorized();
  return board;
}

function itemIn(state: MondayState, board: Board, id: string | null | undefined): Item {
  const item = state.items.find((one) => one.id === id && one.board === board.id);
  if (!item || item.state === 'deleted')
    return refuse('ResourceNotFoundException', 'Item not found', 404, { resource: 'item', item_id: id ?? null });
  if (item.state === 'archived')
    return refuse('ColumnValueException', 'The item is inactive', 200, {
      ...{ item_id: item.id, column_validation_error_code: 'inactiveItems' },
    });
  return item;
}

function checkName(name: string): string {
  if (name.trim() === '') return refuse('InvalidItemNameException', 'Item name must not be empty');
  if (name.length <= MAX_NAME) return name;
  return refuse('ItemNameTooLongException', `Item name is longer than ${MAX_NAME} characters`);
}

const writingOf = (context: Context, board: Board, makesLabels: boolean | null | undefined): Writing => ({
  board,
  user: context.user,
  users: context.state.users,
  makesLabels: makesLabels ?? false,
  nowMs: context.nowMs,
});

/** What an item becomes: its columns in raw form, and perhaps its name. Nothing is kept before all is read. */
function readValues(board: Board, values: unknown, writing: Writing): { name?: string; cells: [string, unknown][] } {
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    return refuse('InvalidArgumentException', 'column_values is not an object', 200, { argument: 'column_values' });
  const cells: [string, unknown][] = [];
  let name: string | undefined;
  for (const [id, value] of Object.entries(values)) {
    const column = columnIn(board, id);
    if (column.type === 'name') name = checkName(String(value));
    else cells.push([id, rawValue(column, value, writing)]);
  }
  return { ...(name === undefined ? {} : { name }), cells };
}

function put(item: Item, board: Board, context: Context, change: ReturnType<typeof readValues>): void {
  if (change.name !== undefined) item.name = change.name;
  for (const [id, raw] of change.cells) {
    if (raw === undefined) delete item.values[id];
    else item.values[id] = raw;
  }
  Object.assign(item, { updatedMs: context.nowMs, updater: context.user.id });
  board.updatedMs = context.nowMs;
}

function changeMany(args: ItemArgs & { readonly column_values: unknown }, context: Context): Fields {
  const board = writableBoard(context, args.board_id);
  const item = itemIn(context.state, board, args.item_id);
  const writing = writingOf(context, board, args.create_labels_if_missing);
  put(item, board, context, readValues(board, parsed(args.column_values), writing));
  return itemShape(context, item);
}

function changeOne(args: ItemArgs & { readonly column_id: string; readonly value: unknown }, context: Context): Fields {
  const board = writableBoard(context, args.board_id);
  const item = itemIn(context.state, board, args.item_id);
  const writing = writingOf(context, board, args.create_labels_if_missing);
  put(item, board, context, readValues(board, { [args.column_id]: parsed(args.value) }, writing));
  return itemShape(context, item);
}

function changeSimply(
  args: ItemArgs & { readonly column_id: string; readonly value?: string | null },
  context: Context,
): Fields {
  const board = writableBoard(context, args.board_id);
  const item = itemIn(context.state, board, args.item_id);
  const column = columnIn(board, args.column_id);
  const writing = writingOf(context, board, args.create_labels_if_missing);
  const change =
    column.type === 'name'
      ? { name: checkName(args.value ?? ''), cells: [] }
      : { cells: [[column.id, simpleValue(column, args.value, writing)]] as [string, unknown][] };
  put(item, board, context, change);
  return itemShape(context, item);
}

interface ColumnArgs {
  readonly board_id: string;
  readonly id?: string | null;
  readonly title: string;
  readonly column_type: Column['type'];
  readonly defaults?: unknown;
}

/** An id of one's own has small letters and underscores, and is never given twice on a board, though its column may be gone. */
function createColumn({ board_id, id, title, column_type, defaults }: ColumnArgs, context: Context): Fields {
  const board = writableBoard(context, board_id);
  if (board.isStructureLocked && context.user.role !== 'admin') return unauthorized();
  const isTaken = board.columns.some((one) => one.id === id);
  if (id && (isTaken || !/^[a-z_]{1,20}$/.test(id)))
    return refuse('InvalidArgumentException', 'The column id is not valid or is taken', 200, { argument: 'id' });
  if (title.trim() === '' || title.length > MAX_NAME)
    return refuse('InvalidArgumentException', 'The title is not valid', 200, { argument: 'title' });
  const column: Column = {
    id: id ?? `${column_type}_mk${String(nextNumber(context.state, 'column')).padStart(4, '0')}`,
    ...{ title, type: column_type },
    ...(column_type === 'status' || column_type === 'dropdown' ? { labels: labelsIn(defaults) } : {}),
  };
  board.columns.push(column);
  return columnShape(column);
}

/** `{"labels":[{"label":"Open","index":0}]}`, or none of one's own. */
function labelsIn(defaults: unknown): Label[] {
  const given = defaults === undefined || defaults === null ? {} : parsed(defaults);
  const { labels = [] } = given as { readonly labels?: readonly { readonly label: string }[] };
  return labels.map(({ label }, id) => ({ id, label }));
}

interface CreateArgs extends ItemArgs {
  readonly group_id?: string | null;
  readonly item_name: string;
  readonly column_values?: unknown;
}

function createItem(args: CreateArgs, context: Context): Fields {
  const { state, nowMs, user } = context;
  const board = writableBoard(context, args.board_id);
  const group = args.group_id ? board.groups.find(({ id }) => id === args.group_id) : board.groups[0];
  if (!group) return refuse('ResourceNotFoundException', 'Group not found', 404, { resource: 'group' });
  const name = checkName(args.item_name);
  const writing = writingOf(context, board, args.create_labels_if_missing);
  const given = args.column_values === undefined || args.column_values === null ? {} : parsed(args.column_values);
  const change = readValues(board, given, writing);
  const item: Item = {
    id: String(FIRST_ITEM + nextNumber(state, 'item')),
    ...{ board: board.id, group: group.id, name, state: 'active', creator: user.id, updater: user.id },
    ...{ createdMs: nowMs, updatedMs: nowMs, values: {} },
  };
  state.items.push(item);
  put(item, board, context, change);
  return itemShape(context, item);
}

function createUpdate({ item_id, body }: { item_id?: string | null; body: string }, context: Context): Fields {
  const { state, nowMs, user } = context;
  const item = state.items.find(({ id, state: of }) => id === item_id && of !== 'deleted');
  if (!item) return refuse('ResourceNotFoundException', 'Item not found', 404, { resource: 'item' });
  writableBoard(context, item.board);
  if (body.trim() === '') return refuse('InvalidArgumentException', 'body is empty', 200, { argument: 'body' });
  const id = String(FIRST_UPDATE + nextNumber(state, 'update'));
  const update = { id, item: item.id, body, creator: user.id, createdMs: nowMs, editedMs: nowMs };
  state.updates.push(update);
  return updateShape(context, update);
}

/** Only whoever wrote it, or an admin. */
function editUpdate({ id, body }: { id: string; body: string }, context: Context): Fields {
  const update = context.state.updates.find((one) => one.id === id);
  if (!update) return refuse('ResourceNotFoundException', 'Update not found', 404, { resource: 'update' });
  if (update.creator !== context.user.id && context.user.role !== 'admin') return unauthorized();
  Object.assign(update, { body, editedMs: context.nowMs });
  return updateShape(context, update);
}

export const MUTATIONS = {
  create_column: createColumn,
  create_item: createItem,
  change_column_value: changeOne,
  change_simple_column_value: changeSimply,
  change_multiple_column_values: changeMany,
  create_update: createUpdate,
  edit_update: editUpdate,
};
