/** The board's rows as they are now: what people have changed there, and one row with all that could be mapped. */
import type { Instant } from '../../domain/values';
import { FaultError } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Account, FeedState, Flow, PullContext } from '../connector';
import type { MirrorPage, MirrorReading, MirrorRow, SampleOf, SampleRow } from '../mirror';
import { MINUTE_MS, readRows } from '../seen';
import { dataOf, query } from './api';
import { boardOf } from './board';
import { CELL, canHold, columnOf, OURS, PLACES, shownIn, written } from './columns';
import { everyMinutes } from './plan';

const PAGE = 200;
/** Moments are told in whole seconds, and a change may show late. */
const OVERLAP_MS = 5 * MINUTE_MS;

const ITEMS = `cursor items { id updated_at column_values(ids: $cells) { ${CELL} } }`;
/** The newest first: where nothing has changed one short page tells it. */
const FIRST = `query ($boards: [ID!], $cells: [String!]) {
  boards(ids: $boards, limit: 1) {
    items_page(limit: ${PAGE}, query_params: { order_by: [{ column_id: "__last_updated__", direction: desc }] }) { ${ITEMS} }
  }
}`;
const NEXT = `query ($cursor: String!, $cells: [String!]) { next_items_page(cursor: $cursor, limit: ${PAGE}) { ${ITEMS} } }`;

const cellsOf = (account: Account): readonly string[] => Object.keys(PLACES).map((name) => columnOf(account, name));

function* firstPage(account: Account): Flow<Json> {
  const variables = { boards: [boardOf(account)], cells: cellsOf(account) };
  const data = yield* dataOf(query(FIRST, variables), 'board');
  return data.at('boards.0.items_page');
}

const isExpired = (error: unknown): boolean =>
  error instanceof FaultError && /^Cursor|^InvalidArgument/.test(error.fault.code ?? '');

/** Undefined when the cursor is good no more: Monday.com keeps it for an hour. */
function* nextPage(account: Account, cursor: string): Flow<Json | undefined> {
  try {
    return (yield* dataOf(query(NEXT, { cursor, cells: cellsOf(account) }), 'board')).at('next_items_page');
  } catch (error) {
    if (isExpired(error)) return undefined;
    throw error;
  }
}

const changedAt = (item: Json): Instant => item.isoInstant('updated_at');

const labelOf = (name: string): string => PLACES[name]?.label ?? name;

/** Undefined for a row of somebody's own, which bears no key of ours. */
function rowIn(item: Json, account: Account): MirrorRow | undefined {
  const shown = shownIn(item, account);
  const leaseId = shown.get('LEASE')?.trim();
  if (!leaseId) return undefined;
  const named = OURS.flatMap((name) => {
    const text = shown.get(name);
    return text === undefined ? [] : [[labelOf(name), text] as const];
  });
  const [email, phone] = [shown.get('EMAIL'), shown.get('PHONE')];
  return {
    ...{ id: item.str('id'), leaseId, changedAt: changedAt(item), fields: Object.fromEntries(named) },
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
  };
}

function* pull(state: FeedState | undefined, { since, now, account }: PullContext): Flow<MirrorPage> {
  const fromMs = Number(state?.fromMs ?? since);
  const cursor = typeof state?.cursor === 'string' ? state.cursor : undefined;
  const later = cursor === undefined ? undefined : yield* nextPage(account, cursor);
  const page = later ?? (yield* firstPage(account));
  // What changes while the pages are read is met again: the next reading begins where this one began.
  const begunMs = later ? Number(state?.begunMs ?? now) : now;
  let isPast = false;
  const { found, faults } = readRows(
    page.list('items'),
    (item) => `item ${item.word('id') ?? ''}`,
    (item) => {
      const isOld = changedAt(item) < fromMs - OVERLAP_MS;
      isPast ||= isOld;
      return isOld ? undefined : rowIn(item, account);
    },
  );
  const next = isPast ? undefined : page.opt('cursor');
  const goesOn: FeedState = next === undefined ? { fromMs: begunMs } : { fromMs, begunMs, cursor: next };
  return { rows: found, state: goesOn, more: next !== undefined, faults };
}

export const mirror: MirrorReading = { written, pull, everyMinutes };

// ---------------------------------------------------------------- one row

const SAMPLE_ITEM = `id name column_values { ${CELL} type column { title } }`;

const SAMPLE = `query ($boards: [ID!], $board: ID!, $by: [ItemsPageByColumnValuesQuery!]) {
  items_page_by_column_values(board_id: $board, limit: 1, columns: $by) { items { ${SAMPLE_ITEM} } }
  boards(ids: $boards, limit: 1) { items_page(limit: 1) { items { ${SAMPLE_ITEM} } } }
}`;

const ANY = `query ($boards: [ID!]) { boards(ids: $boards, limit: 1) { items_page(limit: 1) { items { ${SAMPLE_ITEM} } } } }`;

/** The lease's row, else any row. */
export function* sample(of: SampleOf | undefined, account: Account): Flow<SampleRow | undefined> {
  const board = boardOf(account);
  const by = of && [{ column_id: columnOf(account, 'LEASE'), column_values: [of.leaseId] }];
  const data = by
    ? yield* dataOf(query(SAMPLE, { boards: [board], board, by }), 'sample')
    : yield* dataOf(query(ANY, { boards: [board] }), 'sample');
  const mine = by ? data.items('items_page_by_column_values.items') : [];
  const [item] = [...mine, ...data.items('boards.0.items_page.items')];
  if (!item) return undefined;
  // What is ours is shown as it is compared.
  const shown = shownIn(item, account);
  const ours = new Map(OURS.filter((name) => shown.has(name)).map((name) => [columnOf(account, name), name]));
  const fields = item
    .list('column_values')
    .filter((cell) => canHold(cell.str('type')))
    .map((cell) => {
      const [id, label, name] = [cell.str('id'), cell.str('column.title'), ours.get(cell.str('id'))];
      if (name === undefined) return { field: id, label, value: cell.word('text') ?? '' };
      return { field: labelOf(name), label, value: shown.get(name) ?? '' };
    });
  return { id: item.str('id'), name: item.str('name'), fields };
}
