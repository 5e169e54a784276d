/** How leases stand: an item for each on the board, found by our key, changed in place or made anew. */
import type { LeaseStatus } from '../../domain/status';
import { fail, faultOf } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { standingTold } from '../told';
import { batched, type Change, changed } from './batch';
import { boardOf, type Found, type Looked, lookedUp } from './board';
import { type Column, columnOf, valuesOf } from './columns';

const MAX_NAME = 255;

const nameOf = ({ residents, unit, leaseId }: LeaseStatus): string =>
  ([residents.trim(), unit.trim()].filter((part) => part !== '').join(', ') || leaseId).slice(0, MAX_NAME);

const json = (values: object) => ['JSON!', JSON.stringify(values)] as const;

/** `values` is what the columns are to hold; a label that the board lacks is made on the way. */
export const made = (board: string, name: string, values: object): Change => ({
  field: 'create_item',
  args: {
    board_id: ['ID!', board],
    item_name: ['String!', name.slice(0, MAX_NAME)],
    column_values: json(values),
    create_labels_if_missing: ['Boolean', true],
  },
  gives: 'id url',
});

export const put = (board: string, item: string, values: object): Change => ({
  field: 'change_multiple_column_values',
  args: {
    board_id: ['ID!', board],
    item_id: ['ID!', item],
    column_values: json(values),
    create_labels_if_missing: ['Boolean', true],
  },
  gives: 'id url',
});

/** The id, and the address of its page after a blank. */
export const refIn = (item: Json): string => {
  const url = item.opt('url');
  return url === undefined ? item.str('id') : `${item.str('id')} ${url}`;
};

/** Does what every row wants, all together, and gives each the outcome of its own: the first of its changes that failed, else `ref`. */
export function* settled<Row extends { readonly changes: readonly Change[] }>(
  rows: readonly (Row | Fault)[],
  ref: (row: Row, done: readonly Json[]) => string,
): Flow<readonly (string | Fault)[]> {
  const came = [...(yield* changed(rows.flatMap((row) => (isBad(row) ? [] : row.changes))))];
  return rows.map((row) => {
    if (isBad(row)) return row;
    const done = came.splice(0, row.changes.length);
    return done.find(isBad) ?? ref(row, done as readonly Json[]);
  });
}

export const isBad = (one: object): one is Fault => 'fault' in one;

/** What cannot be read or written is that row's fault alone. */
export function rowsOf<T, Row>(all: readonly T[], row: (one: T) => Row): readonly (Row | Fault)[] {
  return all.map((one) => {
    try {
      return row(one);
    } catch (error) {
      return faultOf(error);
    }
  });
}

interface Row {
  readonly changes: readonly Change[];
}

/** The rows of the lease. One whose key somebody has emptied is still its row, by the id that is remembered. */
function itemsOf({ found }: Looked, { leaseId, customer }: LeaseStatus): readonly Found[] {
  const lost = (found.get('') ?? []).filter(({ id }) => id === customer);
  const all = [...(found.get(leaseId) ?? []), ...lost];
  // The one that is remembered comes first.
  return [...all].sort((a, b) => Number(b.id === customer) - Number(a.id === customer));
}

function rowOf(board: string, account: Account, looked: Looked, status: LeaseStatus): Row {
  const items = itemsOf(looked, status);
  const values = (contact: boolean) => valuesOf(status, account, looked.columns, contact);
  if (items.length === 0) return { changes: [made(board, nameOf(status), values(true))] };
  const isNew = status.contact === 'write';
  const name = isNew ? { name: nameOf(status) } : {};
  return { changes: items.map(({ id }) => put(board, id, { ...values(isNew), ...name })) };
}

/** Rows are found by this column: without it every one would be made anew each time. */
function checkKey(columns: ReadonlyMap<string, Column>, account: Account): void {
  const column = columns.get(columnOf(account, 'LEASE'));
  if (column && column.type !== 'text')
    fail('rejected', `The column "${column.title}" is to find leases by, so it must be a text column.`);
}

function* tell(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const { account } = contexts[0] as EffectContext;
  const board = boardOf(account);
  const told = rowsOf(contexts, ({ payload }) => standingTold(payload));
  // Of two states of one lease only the last is written: both at once would make two rows.
  const newest = new Map(told.flatMap((one) => (isBad(one) ? [] : [[one.leaseId, one] as const])));
  const leases = [...newest.values()];
  if (leases.length === 0) return told.filter(isBad);
  const looked = yield* lookedUp({
    ...{ board, column: columnOf(account, 'LEASE') },
    keys: leases.map(({ leaseId }) => leaseId),
    ids: leases.flatMap(({ customer }) => (/^\d+$/.test(customer) ? [customer] : [])),
  });
  checkKey(looked.columns, account);
  const rows = rowsOf(leases, (status) => rowOf(board, account, looked, status));
  const came = yield* settled(rows, (_row, done) => refIn(done[0] as Json));
  const outcomes = new Map(leases.map(({ leaseId }, at) => [leaseId, came[at] as string | Fault]));
  return told.map((one) => (isBad(one) ? one : (outcomes.get(one.leaseId) as string | Fault)));
}

export const standing: Effect = {
  ...batched('lookup', tell),
  link: (ref) => ({ kind: 'customer', externalId: ref.split(' ')[0] as string }),
};
