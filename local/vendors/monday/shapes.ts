/** Objects as GraphQL reads them: plain fields, and functions for those that take arguments or lead to another object. */
import { cellShape } from './cells';
import { byQuery, type ItemsQuery } from './find';
import { settingsOf, settingsText } from './labels';
import { firstPage, nextPage } from './pages';
import { type Board, type Column, type Context, type Item, momentOf, type Update, type User } from './state';

type Fields = Readonly<Record<string, unknown>>;

export interface PageArgs {
  readonly cursor?: string | null;
  readonly limit: number;
  readonly query_params?: ItemsQuery | null;
}

export interface ListArgs {
  readonly ids?: readonly string[] | null;
  readonly limit?: number | null;
  readonly page?: number | null;
}

const site = ({ state }: Context): string => `https://${state.account.slug}.monday.com`;

/** The rows of one page of a list with `limit` and `page`. */
export function pageOf<Row extends { readonly id: string }>(rows: readonly Row[], args: ListArgs, usual = 25): Row[] {
  const found = args.ids ? rows.filter(({ id }) => args.ids!.includes(id)) : rows;
  const limit = Math.max(0, args.limit ?? usual);
  return found.slice((Math.max(1, args.page ?? 1) - 1) * limit).slice(0, limit);
}

export function userShape(context: Context, user: User): Fields {
  const { account } = context.state;
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    title: '',
    time_zone_identifier: 'America/Chicago',
    url: `${site(context)}/users/${user.id}`,
    account: {
      id: String(account.id),
      name: account.name,
      slug: account.slug,
      tier: account.plan === 'trial' ? null : account.plan,
      is_during_trial: account.plan === 'trial',
    },
  };
}

export const columnShape = (column: Column): Fields => ({
  id: column.id,
  title: column.title,
  description: null,
  type: column.type,
  archived: column.archived ?? false,
  settings: settingsOf(column),
  settings_str: settingsText(column),
  revision: `${column.id}-${column.labels?.length ?? 0}`,
});

const groupsOf = (board: Board): Fields[] =>
  board.groups.map(({ id, title }, at) => ({
    ...{ id, title, archived: false, deleted: false, color: '#579bfc' },
    position: String((at + 1) * 65_536),
  }));

export function boardShape(context: Context, board: Board): Fields {
  const { state } = context;
  const columns = board.columns.filter(({ archived }) => !archived);
  return {
    id: board.id,
    name: board.name,
    description: null,
    state: board.state,
    type: board.isOfSubitems ? 'sub_items_board' : 'board',
    board_kind: 'public',
    permissions: board.isReadOnly ? 'owners' : board.isStructureLocked ? 'collaborators' : 'everyone',
    url: `${site(context)}/boards/${board.id}`,
    items_count: state.items.filter((one) => one.board === board.id && one.state === 'active').length,
    updated_at: momentOf(board.updatedMs),
    top_group: () => groupsOf(board)[0],
    columns: ({ ids, types }: { ids?: readonly string[] | null; types?: readonly string[] | null }) =>
      columns.filter(({ id, type }) => (!ids || ids.includes(id)) && (!types || types.includes(type))).map(columnShape),
    groups: ({ ids }: { ids?: readonly string[] | null }) =>
      groupsOf(board).filter(({ id }) => !ids || ids.includes(String(id))),
    items_page: ({ cursor, limit, query_params }: PageArgs) => {
      if (cursor) return responseShape(context, nextPage(state, cursor, limit, context.nowMs));
      return responseShape(context, firstPage(state, byQuery(state, board, query_params), limit, context.nowMs));
    },
  };
}

export const responseShape = (
  context: Context,
  page: { readonly items: readonly Item[]; readonly cursor: string | null },
): Fields => ({ cursor: page.cursor, items: page.items.map((item) => itemShape(context, item)) });

export function itemShape(context: Context, item: Item): Fields {
  const { state } = context;
  const board = state.boards.find(({ id }) => id === item.board)!;
  const creator = state.users.find(({ id }) => id === item.creator);
  return {
    id: item.id,
    name: item.name,
    state: item.state,
    url: `${site(context)}/boards/${board.id}/pulses/${item.id}`,
    created_at: momentOf(item.createdMs),
    updated_at: momentOf(item.updatedMs),
    creator_id: item.creator,
    creator: creator && userShape(context, creator),
    board: () => boardShape(context, board),
    group: groupsOf(board).find(({ id }) => id === item.group),
    column_values: ({ ids, types }: { ids?: readonly string[] | null; types?: readonly string[] | null }) =>
      board.columns
        .filter(({ id, type, archived }) => {
          const isAsked = (!ids || ids.includes(id)) && (!types || types.includes(type));
          return type !== 'name' && !archived && isAsked;
        })
        .map((column) => cellShape(state, item, column, columnShape(column))),
    updates: (args: ListArgs) => updatesOf(context, args, item.id),
  };
}

/** Tags are for the page; the text of an update is what is left without them. */
const plain = (body: string): string =>
  body
    .replace(/<br\s*\/?>|<\/p>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .trim();

export function updateShape(context: Context, update: Update): Fields {
  const { state } = context;
  const creator = state.users.find(({ id }) => id === update.creator);
  return {
    id: update.id,
    body: update.body,
    text_body: plain(update.body),
    creator_id: update.creator,
    creator: creator && userShape(context, creator),
    created_at: momentOf(update.createdMs),
    updated_at: momentOf(update.editedMs),
    edited_at: momentOf(update.editedMs),
    item_id: update.item,
    item: () => itemShape(context, state.items.find(({ id }) => id === update.item)!),
  };
}

/** The newest first. */
export const updatesOf = (context: Context, args: ListArgs, item?: string): Fields[] =>
  pageOf(context.state.updates.filter((one) => item === undefined || one.item === item).reverse(), args).map((one) =>
    updateShape(context, one),
  );
