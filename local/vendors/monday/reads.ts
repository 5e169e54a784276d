/** The queries: who asks, boards, items by id and by what stands in them, further pages, updates, and what the document costs. */
import { refuse } from './errors';
import { type ByColumn, byColumns, MAX_IDS } from './find';
import { firstPage, nextPage } from './pages';
import {
  boardShape,
  itemShape,
  type ListArgs,
  type PageArgs,
  pageOf,
  responseShape,
  updateShape,
  updatesOf,
  userShape,
} from './shapes';
import type { Board, Context, MondayState } from './state';
import { versionShape } from './versions';

type Fields = Readonly<Record<string, unknown>>;

export function boardById(state: MondayState, id: string): Board {
  const found = state.boards.find((one) => one.id === id && one.state === 'active');
  const why = 'The board does not exist. Please check your board ID and try again';
  return found ?? refuse('InvalidBoardIdException', why, 200, { board_id: id });
}

/** A board or an item that nobody knows is left out of a list, without an error. */
function boards(args: ListArgs & { readonly state: string }, context: Context): Fields[] {
  const rows = context.state.boards.filter((one) => args.state === 'all' || one.state === args.state);
  return pageOf(rows, args).map((board) => boardShape(context, board));
}

interface ItemsArgs extends ListArgs {
  readonly exclude_nonactive?: boolean | null;
  readonly newest_first?: boolean | null;
}

function items(args: ItemsArgs, context: Context): Fields[] {
  if ((args.ids?.length ?? 0) > MAX_IDS || (args.limit ?? 0) > MAX_IDS)
    refuse('ItemsLimitationException', `items can be queried at most ${MAX_IDS} at a time`);
  const rows = context.state.items.filter((one) => !args.exclude_nonactive || one.state === 'active');
  return pageOf(args.newest_first ? [...rows].reverse() : rows, args).map((item) => itemShape(context, item));
}

interface FindArgs extends PageArgs {
  readonly board_id: string;
  readonly columns?: readonly ByColumn[] | null;
}

function found({ board_id, columns, cursor, limit }: FindArgs, context: Context): Fields {
  const { state, nowMs } = context;
  if (cursor && columns)
    return refuse('InvalidArgumentException', 'columns and cursor cannot be used together', 200, {
      argument: 'cursor',
    });
  if (cursor) return responseShape(context, nextPage(state, cursor, limit, nowMs));
  const board = boardById(state, board_id);
  if (!columns || columns.length === 0)
    return refuse('InvalidArgumentException', 'columns is missing', 200, { argument: 'columns' });
  return responseShape(context, firstPage(state, byColumns(state, board, columns), limit, nowMs));
}

interface UpdatesArgs extends ListArgs {
  readonly from_date?: string | null;
  readonly to_date?: string | null;
}

function updates(args: UpdatesArgs, context: Context): Fields[] {
  const { from_date, to_date } = args;
  if (!from_date && !to_date) return updatesOf(context, args);
  const fromMs = from_date ? Date.parse(from_date) : Number.NEGATIVE_INFINITY;
  // A day alone is meant with all its hours.
  const wholeDayMs = to_date && !to_date.includes('T') ? 86_400_000 - 1 : 0;
  const toMs = to_date ? Date.parse(to_date) + wholeDayMs : Number.POSITIVE_INFINITY;
  if (Number.isNaN(fromMs) || Number.isNaN(toMs))
    return refuse('InvalidArgumentException', 'a date is not written in ISO 8601', 200, { argument: 'from_date' });
  const rows = context.state.updates.filter(({ createdMs }) => createdMs >= fromMs && createdMs <= toMs).reverse();
  return pageOf(rows, args).map((one) => updateShape(context, one));
}

export const QUERIES = {
  me: (_args: Fields, context: Context) => userShape(context, context.user),
  version: (_args: Fields, context: Context) => versionShape(context.version, context.nowMs),
  complexity: (_args: Fields, { cost }: Context) => ({
    before: cost.before,
    query: cost.query,
    after: cost.before - cost.query,
    reset_in_x_seconds: cost.resetSeconds,
  }),
  boards,
  items,
  items_page_by_column_values: found,
  next_items_page: ({ cursor, limit }: { cursor: string; limit: number }, context: Context) =>
    responseShape(context, nextPage(context.state, cursor, limit, context.nowMs)),
  updates,
};
