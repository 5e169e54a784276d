/** Which items of a board a list has: found by the values of columns, by rules, by ids, and put in order. */
import { textOf } from './cells';
import { refuse } from './errors';
import { labelById } from './labels';
import type { Board, Column, Item, MondayState } from './state';

export interface ByColumn {
  readonly column_id: string;
  readonly column_values: readonly (string | null)[];
}

export interface ItemRule {
  readonly column_id: string;
  readonly compare_value: unknown;
  readonly operator: 'any_of' | 'not_any_of' | 'is_empty' | 'is_not_empty' | 'contains_text';
}

export interface ItemsQuery {
  readonly ids?: readonly string[] | null;
  readonly operator: 'and' | 'or';
  readonly order_by?: readonly { readonly column_id: string; readonly direction: 'asc' | 'desc' }[] | null;
  readonly rules?: readonly ItemRule[] | null;
}

export const MAX_IDS = 100;
const UNSEARCHABLE: readonly Column['type'][] = ['formula', 'mirror', 'last_updated'];

export function columnIn(board: Board, id: string): Column {
  const found = board.columns.find((one) => one.id === id && !one.archived);
  if (found) return found;
  const data = { board_id: board.id, column_id: id };
  return refuse('InvalidColumnIdException', "This column ID doesn't exist for the board", 200, data);
}

function searchable(board: Board, id: string): Column {
  const column = columnIn(board, id);
  if (!UNSEARCHABLE.includes(column.type)) return column;
  return refuse('InvalidColumnTypeException', 'This column type is not supported yet in the API');
}

/** What a cell is compared by: each of its labels, an address itself, and otherwise its text. */
function searchTexts(state: MondayState, item: Item, column: Column): string[] {
  if (column.type === 'name') return [item.name];
  const raw = item.values[column.id] as Record<string, unknown> | undefined;
  if (raw === undefined) return [''];
  if (column.type === 'dropdown') return (raw.ids as number[]).map((id) => labelById(column, id)?.label ?? '');
  if (column.type === 'email') return [String(raw.email), String(raw.text)];
  return [textOf(state, item, column) ?? ''];
}

const activeOf = (state: MondayState, board: Board): Item[] =>
  state.items.filter((one) => one.board === board.id && one.state === 'active');

/** Every column must have one of its values: `null` and '' stand for an empty cell. */
export function byColumns(state: MondayState, board: Board, columns: readonly ByColumn[]): Item[] {
  const wanted = columns.map((one) => ({ column: searchable(board, one.column_id), values: one.column_values }));
  return activeOf(state, board).filter((item) =>
    wanted.every(({ column, values }) => {
      const texts = searchTexts(state, item, column);
      return values.some((value) => texts.includes(value ?? ''));
    }),
  );
}

/** A status is compared by its number, every other cell by its text. */
function compared(state: MondayState, item: Item, column: Column): readonly unknown[] {
  if (column.type !== 'status') return searchTexts(state, item, column);
  const raw = item.values[column.id] as { readonly index: number } | undefined;
  return [raw?.index ?? 5];
}

function keeps(state: MondayState, board: Board, rule: ItemRule): (item: Item) => boolean {
  const column = searchable(board, rule.column_id);
  const list = Array.isArray(rule.compare_value) ? (rule.compare_value as unknown[]) : [rule.compare_value];
  const isEmpty = (item: Item) => searchTexts(state, item, column).every((text) => text === '');
  const isAny = (item: Item) => compared(state, item, column).some((one) => list.includes(one));
  const contains = (item: Item) =>
    searchTexts(state, item, column).some((text) => list.some((one) => text.includes(String(one))));
  switch (rule.operator) {
    case 'any_of':
      return isAny;
    case 'not_any_of':
      return (item) => !isAny(item);
    case 'is_empty':
      return isEmpty;
    case 'is_not_empty':
      return (item) => !isEmpty(item);
    case 'contains_text':
      return contains;
  }
}

/** What items are put in order by: when they were made or last changed, or a column's text. */
function rankOf(state: MondayState, board: Board, id: string): (item: Item) => number | string {
  if (id === '__last_updated__') return (item) => item.updatedMs;
  if (id === '__creation_log__') return (item) => item.createdMs;
  const column = searchable(board, id);
  return (item) => searchTexts(state, item, column)[0] ?? '';
}

export function byQuery(state: MondayState, board: Board, query: ItemsQuery | null | undefined): Item[] {
  if ((query?.ids?.length ?? 0) > MAX_IDS)
    refuse('InvalidArgumentException', `ids has more than ${MAX_IDS} items`, 200, { argument: 'ids' });
  const rules = (query?.rules ?? []).map((rule) => keeps(state, board, rule));
  const isKept = (item: Item) => {
    if (query?.ids && !query.ids.includes(item.id)) return false;
    if (rules.length === 0) return true;
    return query?.operator === 'or' ? rules.some((keep) => keep(item)) : rules.every((keep) => keep(item));
  };
  const items = activeOf(state, board).filter(isKept);
  for (const { column_id, direction } of [...(query?.order_by ?? [])].reverse()) {
    const rank = rankOf(state, board, column_id);
    const sign = direction === 'desc' ? -1 : 1;
    items.sort((one, other) => {
      const [a, b] = [rank(one), rank(other)];
      return a === b ? 0 : sign * (a < b ? -1 : 1);
    });
  }
  return items;
}
