/** The test call, the boards and columns to choose from, and the columns that are made when the owner asks for them. */
import { fail, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Account, AccountSeen, Choice, Effect, Flow } from '../connector';
import { dataOf, query } from './api';
import { type Change, changed } from './batch';
import { boardOf, taskBoardOf } from './board';
import { type Column, canHold, columnOf, columnsIn, NONE, PLACES } from './columns';
import { isBad } from './rows';
import { TASK_COLUMNS } from './tasks';

const ME = `me { name account { name slug tier is_during_trial } }`;
const BOARDS = 'query ($ids: [ID!]) { boards(ids: $ids, limit: 10) { id name columns { id title type } } }';
const COLUMNS = 'boards(ids: $ids, limit: 10) { id name columns { id title type } }';

/** Without a board the connection is good all the same: only then there is a list to choose one from. */
export function* seen(account: Account): Flow<AccountSeen> {
  const ids = chosen(account);
  const data = yield* dataOf(
    ids.length === 0 ? query(`{ ${ME} }`) : query(`query ($ids: [ID!]) { ${ME} ${COLUMNS} }`, { ids }),
    'account',
  );
  const owner = data.at('me.account');
  const plan = owner.at('is_during_trial').value === true ? 'trial' : (owner.word('tier') ?? '');
  const boards = data.items('boards');
  const missing = ids.find((id) => !boards.some((board) => board.str('id') === id));
  if (missing) return fail('missing', `The board ${missing} is gone, or you may not see it. Choose another one.`);
  const lacks = boards.flatMap((board) => lacking(board, account)).map(({ title }) => title);
  const names = boards.map((board) => board.str('name')).join(', ');
  return {
    name: names === '' ? owner.str('name') : `${owner.str('name')}: ${names}`,
    mode: 'live',
    found: { PLAN: plan, SLUG: owner.str('slug'), LACKS: lacks.join(', ') },
  };
}

/** '' where none is chosen yet. */
const mainOf = (account: Account): string => ((account.MONDAY_BOARD ?? '').trim() === '' ? '' : boardOf(account));

const chosen = (account: Account): readonly string[] => [
  ...new Set([mainOf(account), taskBoardOf(account)].filter((id) => id !== '')),
];

/** What we make on the board of leases; what is mapped to a column of the owner's own is not. */
const leaseColumns = (account: Account): readonly Column[] =>
  Object.entries(PLACES)
    .filter(([name]) => (account[`MAP_${name}`] ?? '').trim() === '')
    .map(([name, { label, type }]) => ({ id: columnOf(account, name), title: label, type }));

/** Columns of ours that the board has not. */
function lacking(board: Json, account: Account): readonly Column[] {
  const id = board.str('id');
  const there = columnsIn(board);
  const wanted = [
    ...(id === mainOf(account) ? leaseColumns(account) : []),
    ...(id === taskBoardOf(account) ? TASK_COLUMNS : []),
  ];
  return wanted.filter((column) => !there.has(column.id));
}

const PAGE = 100;
const PAGES = 10;

/** The boards that the token's owner can see. */
export function* boards(_account: Account): Flow<readonly Choice[]> {
  const found: Choice[] = [];
  for (let page = 1; page <= PAGES; page++) {
    const text = `query ($page: Int) { boards(limit: ${PAGE}, page: $page) { id name type } }`;
    const rows = (yield* dataOf(query(text, { page }), 'boards')).list('boards');
    for (const row of rows) if (row.word('type') === 'board') found.push({ id: row.str('id'), name: row.str('name') });
    if (rows.length < PAGE) break;
  }
  return found;
}

/** The columns of the board of leases. */
export function* columns(account: Account): Flow<readonly Choice[]> {
  const [board] = (yield* dataOf(query(BOARDS, { ids: [boardOf(account)] }), 'board')).list('boards');
  if (!board) return fail('missing', 'The board is gone, or you may not see it. Choose another one.');
  const there = [...columnsIn(board).values()].filter(({ type }) => type !== 'name');
  const choices = there.map(({ id, title, type }) => ({
    ...{ id, name: title, note: canHold(type) ? type : `${type}: takes no value of ours` },
  }));
  return [...choices, { id: NONE, name: 'None', note: 'it is not written' }];
}

// ---------------------------------------------------------------- columns to be made

const newColumn = (board: string, { id, title, type }: Column): Change => ({
  field: 'create_column',
  args: {
    board_id: ['ID!', board],
    id: ['String', id],
    title: ['String!', title],
    column_type: ['ColumnType!', type],
  },
  gives: 'id',
});

/** What is there stays as it is, so a repeat makes only what is missing. */
export const makeColumns: Effect = {
  once: 'natural-id',
  *run({ account }) {
    boardOf(account);
    const rows = (yield* dataOf(query(BOARDS, { ids: chosen(account) }), 'boards')).list('boards');
    const wanted = rows.flatMap((board) => lacking(board, account).map((column) => newColumn(board.str('id'), column)));
    const failed = (yield* changed(wanted)).find(isBad);
    return failed ? raise(failed) : 'columns';
  },
};
