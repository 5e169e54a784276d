/** Pairs of state and status, and what an invoice that is paid or canceled still takes. */
import { refused } from './errors';
import type { Row, Scalar } from './state';
import { columnOf, type Table } from './tables';

type Values = Readonly<Record<string, Scalar>>;

const noPair = (table: Table, state: Scalar, status: Scalar) =>
  refused(
    400,
    '0x80048408',
    `State code is invalid or state code is valid but status code is invalid for a specified state code: ` +
      `${status} is not a valid status code for state code ${state} on ${table.name}`,
  );

const statusesOf = (table: Table) => columnOf(table, 'statuscode')?.options ?? [];

/** The state and status after a write; undefined for a table that has none. */
export function pairAfter(
  table: Table,
  before: Values,
  given: Values,
): { statecode: number; statuscode: number } | undefined {
  const options = statusesOf(table);
  if (options.length === 0) return undefined;
  const statecode = (given.statecode ?? before.statecode ?? 0) as number;
  const stays = given.statuscode === undefined && before.statecode === statecode ? before.statuscode : undefined;
  const first = options.find((each) => each.state === statecode)?.value;
  const statuscode = (given.statuscode ?? stays ?? first ?? null) as number;
  if (!options.some((each) => each.state === statecode && each.value === statuscode))
    throw noPair(table, statecode, statuscode);
  return { statecode, statuscode };
}

/** A new row is in its first state; any other is a second write. */
export function checkBirth(table: Table, given: Values): void {
  if ((given.statecode ?? 0) !== 0) throw noPair(table, given.statecode ?? null, given.statuscode ?? null);
}

const readOnly = () => refused(400, '0x8004022e', 'The object cannot be updated because it is read-only.');

const STATE_ONLY = ['statecode', 'statuscode'];

/** A paid or canceled invoice takes a write of its state alone: back to active, or to another status of the same state. */
export function checkOpen(table: Table, row: Row, given: Values): void {
  if (table.name !== 'invoice' || row.values.statecode === 0) return;
  const target = given.statecode ?? row.values.statecode;
  const isStateOnly = Object.keys(given).every((name) => STATE_ONLY.includes(name));
  if (!isStateOnly || (target !== 0 && target !== row.values.statecode)) throw readOnly();
}

export function checkLineOpen(invoice: Row | undefined): void {
  if (invoice && invoice.values.statecode !== 0) throw readOnly();
}
