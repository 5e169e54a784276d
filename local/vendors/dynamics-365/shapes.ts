/** How rows are read: with an etag, the columns asked for and always the id. */
import type { SandboxReply } from '../sandbox';
import { SYSTEM_COLUMNS } from './address';
import { odata } from './errors';
import { CLERK, columnsIn, type Desk, moment, type Row, type Scalar } from './state';
import { readName, type Table } from './tables';

export const etagOf = (row: Row): string => `W/"${row.version}"`;

/** The value of a column as it is read. */
export function look(table: Table, row: Row, name: string): Scalar {
  switch (name) {
    case table.id:
      return row.id;
    case 'createdon':
      return moment(row.createdMs);
    case 'modifiedon':
      return moment(row.modifiedMs);
    case 'versionnumber':
      return row.version;
    case '_modifiedby_value':
      return row.modifiedBy;
    case '_createdby_value':
      return CLERK;
  }
  const [, inner] = /^_(\w+)_value$/.exec(name) ?? [];
  return row.values[inner ?? name] ?? null;
}

export function shown(desk: Desk, table: Table, row: Row, select?: readonly string[]): Record<string, Scalar> {
  const names = select ?? [...columnsIn(desk.state, table).map(readName), ...SYSTEM_COLUMNS];
  const found: Record<string, Scalar> = { '@odata.etag': etagOf(row) };
  for (const name of new Set([...names, table.id])) found[name] = look(table, row, name);
  return found;
}

/** `contacts(firstname,lastname)` */
const described = (table: Table, select?: readonly string[]): string =>
  select === undefined ? table.set : `${table.set}(${select.join(',')})`;

export const contextOf = (desk: Desk, table: Table, select?: readonly string[]): string =>
  `${desk.root}/$metadata#${described(table, select)}`;

export function oneRow(
  desk: Desk,
  table: Table,
  row: Row,
  { select, status = 200 }: { readonly select?: readonly string[] | undefined; readonly status?: number } = {},
): SandboxReply {
  const body = { '@odata.context': `${contextOf(desk, table, select)}/$entity`, ...shown(desk, table, row, select) };
  return odata(status, body, { etag: etagOf(row) });
}

export const addressOf = (desk: Desk, table: Table, key: string): string => `${desk.root}/${table.set}(${key})`;

/** Nothing but where the row is. */
export const done = (desk: Desk, table: Table, key: string, withLocation: boolean): SandboxReply => {
  const address = addressOf(desk, table, key);
  return odata(204, undefined, { 'odata-entityid': address, ...(withLocation ? { location: address } : {}) });
};
