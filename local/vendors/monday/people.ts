/** What people do in Monday.com's own pages: clerks fill in and type over, rename and remove, and the owner changes rights and plan. */
import { nextNumber } from '../kit/reply';
import { columnIn } from './find';
import type { Writing } from './labels';
import { type Board, CLERK, type Column, type Item, type MondayState, type Plan, SANDBOX_TOKEN } from './state';
import { rawValue } from './values';

function boardOf(state: MondayState, id: string): Board {
  const board = state.boards.find((one) => one.id === id);
  if (!board) throw new Error(`Monday.com has no board ${id}.`);
  return board;
}

function itemOf(state: MondayState, id: string): Item {
  const item = state.items.find((one) => one.id === id);
  if (!item) throw new Error(`Monday.com has no item ${id}.`);
  return item;
}

function columnOf(state: MondayState, board: string, title: string): Column {
  const column = boardOf(state, board).columns.find((one) => one.title === title);
  if (!column) throw new Error(`The board has no column ${title}.`);
  return column;
}

/** On the page a label that is typed and missing is made on the way. */
const byHand = (state: MondayState, board: Board, nowMs: number): Writing => ({
  ...{ board, users: state.users, makesLabels: true, nowMs },
  user: state.users.find(({ id }) => id === CLERK)!,
});

/** A clerk adds a row, with cells by column id in the API's own forms. Gives its id. */
export function addItem(
  state: MondayState,
  { board: id, name, group, values = {} }: { board: string; name: string; group?: string; values?: object },
  nowMs: number,
): string {
  const board = boardOf(state, id);
  const item: Item = {
    id: String(5_000_000_000 + nextNumber(state, 'item')),
    ...{ board: id, group: group ?? board.groups[0]!.id, name, state: 'active', creator: CLERK, updater: CLERK },
    ...{ createdMs: nowMs, updatedMs: nowMs, values: {} },
  };
  state.items.push(item);
  for (const [column, value] of Object.entries(values)) typeOver(state, item.id, column, value, nowMs);
  return item.id;
}

/** A clerk types into a cell, over whatever stood there; null empties it. */
export function typeOver(state: MondayState, id: string, column: string, value: unknown, nowMs: number): void {
  const item = itemOf(state, id);
  const board = boardOf(state, item.board);
  const raw = rawValue(columnIn(board, column), value, byHand(state, board, nowMs));
  if (raw === undefined) delete item.values[column];
  else item.values[column] = raw;
  Object.assign(item, { updatedMs: nowMs, updater: CLERK });
}

export function renameItem(state: MondayState, id: string, name: string, nowMs: number): void {
  Object.assign(itemOf(state, id), { name, updatedMs: nowMs, updater: CLERK });
}

/** The same row once more, its cells included: the key of a lease then stands twice. Gives the id of the copy. */
export function duplicateItem(state: MondayState, id: string, nowMs: number): string {
  const item = itemOf(state, id);
  const copy = String(5_000_000_000 + nextNumber(state, 'item'));
  const values = structuredClone(item.values);
  state.items.push({ ...item, id: copy, name: `${item.name} (copy)`, createdMs: nowMs, updatedMs: nowMs, values });
  return copy;
}

export function moveItem(state: MondayState, id: string, group: string, nowMs: number): void {
  Object.assign(itemOf(state, id), { group, updatedMs: nowMs, updater: CLERK });
}

/** Archived, deleted, or brought back from the bin. */
export function setItemState(state: MondayState, id: string, to: Item['state'], nowMs: number): void {
  Object.assign(itemOf(state, id), { state: to, updatedMs: nowMs, updater: CLERK });
}

export function renameColumn(state: MondayState, board: string, title: string, to: string): void {
  columnOf(state, board, title).title = to;
}

/** The column is gone from the board, with what stood in it. */
export function removeColumn(state: MondayState, board: string, title: string): void {
  columnOf(state, board, title).archived = true;
}

/** Gives the id that Monday.com makes up for it. */
export function addColumn(state: MondayState, board: string, title: string, type: Column['type']): string {
  const id = `${type}_mk${String(nextNumber(state, 'column')).padStart(4, '0')}`;
  const labels = type === 'status' || type === 'dropdown' ? { labels: [] } : {};
  boardOf(state, board).columns.push({ id, title, type, ...labels });
  return id;
}

/** A column whose id somebody has chosen, as the API lets them. */
export function addColumnAs(state: MondayState, board: string, id: string, type: Column['type']): void {
  const labels = type === 'status' || type === 'dropdown' ? { labels: [] } : {};
  boardOf(state, board).columns.push({ id, title: id, type, ...labels });
}

export function renameLabel(state: MondayState, board: string, title: string, label: string, to: string): void {
  const found = columnOf(state, board, title).labels?.find((one) => one.label === label);
  if (!found) throw new Error(`The column has no label ${label}.`);
  found.label = to;
}

export function deactivateLabel(state: MondayState, board: string, title: string, label: string): void {
  const found = columnOf(state, board, title).labels?.find((one) => one.label === label);
  if (!found) throw new Error(`The column has no label ${label}.`);
  found.isDeactivated = true;
}

/** A clerk writes below an item. */
export function writeUpdate(state: MondayState, item: string, body: string, nowMs: number): string {
  const id = String(3_000_000_000 + nextNumber(state, 'update'));
  state.updates.push({ id, item: itemOf(state, item).id, body, creator: CLERK, createdMs: nowMs, editedMs: nowMs });
  return id;
}

export function deleteUpdate(state: MondayState, id: string): void {
  state.updates = state.updates.filter((one) => one.id !== id);
}

/** The owner locks a board: against changes of its structure, or against all writing. */
export function lockBoard(state: MondayState, board: string, what: 'structure' | 'content'): void {
  const found = boardOf(state, board);
  if (what === 'structure') found.isStructureLocked = true;
  else found.isReadOnly = true;
}

export function archiveBoard(state: MondayState, board: string): void {
  boardOf(state, board).state = 'archived';
}

export function changePlan(state: MondayState, plan: Plan): void {
  state.account.plan = plan;
}

/** Gives the personal token of a person who has another role. */
export function tokenOfPerson(state: MondayState, role: 'member' | 'viewer'): string {
  const id = String(4_012_700 + nextNumber(state, 'user'));
  const token = `${SANDBOX_TOKEN}.${id}`;
  state.users.push({ id, name: `Person ${id}`, email: `person-${id}@example.com`, role });
  state.tokens.push({ token, user: id });
  return token;
}

/** The owner presses Regenerate: every token of theirs is dead from then on. Gives the new one. */
export function regenerateToken(state: MondayState): string {
  const [first] = state.tokens;
  const token = `${SANDBOX_TOKEN}.new${nextNumber(state, 'token')}`;
  state.tokens = [{ token, user: first!.user }, ...state.tokens.filter(({ user }) => user !== first!.user)];
  return token;
}
