/** The boards that are chosen, and the items on them that bear our keys. */
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Account, Flow } from '../connector';
import { dataOf, query } from './api';
import { type Column, columnsIn } from './columns';

/** Thrown where no board is chosen yet. */
export function boardOf({ MONDAY_BOARD: board = '' }: Account): string {
  const id = board.trim();
  if (id === '') return fail('rejected', 'Choose the board with a row for each lease, on the card of Monday.com.');
  if (/^\d+$/.test(id)) return id;
  // What people copy is the address of its page.
  return (
    /\/boards\/(\d+)/.exec(id)?.[1] ?? fail('rejected', 'The board is neither a number nor the address of its page.')
  );
}

/** '' where tasks are to be notes below the lease's item. */
export const taskBoardOf = ({ MONDAY_TASK_BOARD: board = '' }: Account): string =>
  board.trim() === '' ? '' : boardOf({ MONDAY_BOARD: board });

/** An item that bears a key of ours. */
export interface Found {
  readonly id: string;
  readonly key: string;
  readonly item: Json;
}

export interface Looked {
  readonly columns: ReadonlyMap<string, Column>;
  /** Every item of a key: a row that somebody has duplicated bears it too. */
  readonly found: ReadonlyMap<string, readonly Found[]>;
}

interface Wanted {
  readonly board: string;
  /** The column in which the keys stand. */
  readonly column: string;
  readonly keys: readonly string[];
  /** Items to be looked at beside them, whatever their key: they may have lost it. */
  readonly ids?: readonly string[];
  /** What is read of each item, besides its id and key. */
  readonly gives?: string;
}

const PAGE = 500;

const lookup = (gives: string, withIds: boolean) => `query (
  $board: ID!, $boards: [ID!], $cell: [String!], $by: [ItemsPageByColumnValuesQuery!]${withIds ? ', $ids: [ID!]' : ''}
) {
  boards(ids: $boards, limit: 1) { columns { id title type } }
  items_page_by_column_values(board_id: $board, limit: ${PAGE}, columns: $by) { cursor items { ${itemOf(gives)} } }
  ${withIds ? `items(ids: $ids, limit: 100, exclude_nonactive: true) { board { id } ${itemOf(gives)} }` : ''}
}`;

const NEXT = (gives: string) => `query ($cursor: String!, $cell: [String!]) {
  next_items_page(cursor: $cursor, limit: ${PAGE}) { cursor items { ${itemOf(gives)} } }
}`;

const itemOf = (gives: string): string => `id key: column_values(ids: $cell) { text } ${gives}`;

/** The board's columns, and its items with one of the keys: one call for a hundred of them. */
export function* lookedUp({ board, column, keys, ids = [], gives = '' }: Wanted): Flow<Looked> {
  const by = [{ column_id: column, column_values: [...new Set(keys)] }];
  const cell = [column];
  const given = { board, boards: [board], cell, by, ...(ids.length > 0 ? { ids } : {}) };
  const data = yield* dataOf(query(lookup(gives, ids.length > 0), given), 'board');
  const [shape] = data.list('boards');
  if (!shape) return fail('missing', 'The board is gone, or you may not see it. Choose another one.');
  const items = [...data.items('items').filter((item) => item.str('board.id') === board)];
  let page = data.at('items_page_by_column_values');
  for (;;) {
    items.push(...page.list('items'));
    const cursor = page.opt('cursor');
    if (cursor === undefined) break;
    page = (yield* dataOf(query(NEXT(gives), { cursor, cell }), 'board')).at('next_items_page');
  }
  return { columns: columnsIn(shape), found: byKey(items) };
}

/** Each item once, though it was found in two ways. */
function byKey(items: readonly Json[]): ReadonlyMap<string, readonly Found[]> {
  const found = new Map<string, Found[]>();
  const seen = new Set<string>();
  for (const item of items) {
    const [id, key] = [item.str('id'), (item.word('key.0.text') ?? '').trim()];
    if (seen.has(id)) continue;
    seen.add(id);
    found.set(key, [...(found.get(key) ?? []), { id, key, item }]);
  }
  return found;
}
